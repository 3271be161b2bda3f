import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Millis } from '../../../src/core/time.ts';
import { electionsAt, electionsOf, occasionOf } from '../../../src/protocol/elections.ts';
import { findings } from '../../../src/protocol/findings.ts';
import type { Protocol } from '../../../src/protocol/protocol.ts';
import type { Finding } from '../../../src/protocol/rule.ts';
import { sayFinding } from '../../../src/words/findings.ts';
import { fixtureProtocol } from '../fixture-registers.ts';

const may = {
  name: 'the local elections',
  begins: '2027-03-31',
  'polling-day': '2027-05-06',
  candidates: [],
};
const byElection = {
  name: 'the by-election in Norwood',
  begins: '2027-09-01',
  'polling-day': '2027-10-07',
  wards: ['Norwood'],
  candidates: ['Hortensia Blackledge'],
};
const [thackwell, ...others] = fixtureProtocol.registers.councillors;
if (thackwell === undefined) throw new Error('the fixture has no councillors');
const council: Protocol = {
  ...fixtureProtocol,
  flags: [{ id: 'notice', label: 'Statutory notice', safety: false, statutory: true }],
  registers: {
    ...fixtureProtocol.registers,
    councillors: [{ ...thackwell, ward: 'Norwood' }, ...others],
    campaigns: [
      { name: 'Love Your Bins', since: '2026-02-01' },
      { name: 'Later On', since: '2027-04-20' },
    ],
  },
  elections: electionsOf({ department: 'elections', periods: [may, byElection] }),
};

const before = Date.UTC(2027, 2, 30, 22, 59, 59);
const inMay = Date.UTC(2027, 3, 12, 9);
const inAutumn = Date.UTC(2027, 8, 10, 9);

interface As {
  readonly alt?: string;
  readonly department?: string;
  readonly urgency?: 'normal' | 'emergency';
  readonly flags?: readonly string[];
  readonly campaign?: string;
}

function found(text: string, at: Millis, as: As = {}): readonly Finding[] {
  const { alt, department, urgency = 'normal', flags = [], campaign = '' } = as;
  return findings(
    {
      texts: [{ account: 'facebook', network: 'facebook', text }],
      media: alt === undefined ? [] : [{ type: 'image', alt, captions: false }],
      occasion: occasionOf({ at, department, urgency, flags, campaign }, council),
    },
    council,
  );
}

const rulesOf = (all: readonly Finding[]) => [...new Set(all.map(({ rule }) => rule))];

describe('the period', () => {
  test('begins as its first day begins and ends as polling day ends, by the clock of Europe/London', () => {
    const names = (at: Millis) => electionsAt(council, at).map(({ name }) => name);
    expect(names(before)).toEqual([]);
    expect(names(before + 1000)).toEqual(['the local elections']);
    expect(names(Date.UTC(2027, 4, 6, 22, 59, 59))).toEqual(['the local elections']);
    expect(names(Date.UTC(2027, 4, 6, 23))).toEqual([]);
  });

  test('no rule of elections finds anything outside a period, whatever is said, and POL-2 is no worse than the protocol says', () => {
    const text = fc.constantFrom(
      'Cllr Peregrine Thackwell opened the new path.',
      'The Leader of the Council met our crews.',
      'Today we launch Bin It Well, a new drive against litter.',
      'Only Labour will keep our libraries open.',
    );
    const inside = (at: Millis) =>
      (council.elections?.periods ?? []).some(({ from, to }) => from <= at && at < to);
    fc.assert(
      fc.property(text, fc.integer({ min: inMay - 1e10, max: inMay + 3e10 }), (words, at) => {
        const all = found(words, at);
        const strict = all.some(
          ({ rule, breach }) =>
            rule === 'POL-5' || rule === 'POL-6' || (rule === 'POL-2' && breach === 'block'),
        );
        // every one of these is found while everybody votes, and only then
        const everywhere = electionsAt(council, at).some(({ wards }) => wards === undefined);
        if (everywhere) expect(strict).toBe(true);
        if (!inside(at)) expect(strict).toBe(false);
      }),
    );
  });
});

describe('POL-5: one politician while people are about to vote', () => {
  test.each([
    'Cllr Peregrine Thackwell opened the new play area.',
    'Ottoline Marchbanks answers your questions at noon.',
    'Jocasta Wrenfield came to see the sea wall.',
    'Thanks to @CllrBellwether for the photos.',
    'Councillor Anybody Else was there too.',
    'The leader of the council met our crews.',
    'The deputy mayor lit the beacon.',
    'The Mayor of Sefton planted a tree.',
    'The cabinet member for roads rode the first bus.',
    'Roads Minister Ada Quill came to see the bridge.',
    'The pool was opened by your local MP.',
    'Our thanks to Ivo Sallow MP for his letter.',
    'Read what the Prime Minister said in Bootle.',
    'The Housing Secretary came to look round the new flats.',
    'Thanks to the deputy leader for opening the new school.',
    'The deputy leader of the council met the Scouts.',
    'The council leader with the school choir at Formby.',
    'The council leader at Netherton nursery today.',
    'Thanks to the deputy leader for the new school.',
    'The deputy leader, who runs a choir, won a prize.',
    'The woman who has led the council for three years planted a tree.',
    'The Mayor of Bootle read to us.',
    'The council leader met the school council.',
    'The mayor met the young mayor at noon.',
    'At Holy Rosary school Councillor Benji Marsh read to Year 2.',
    "The borough's first citizen drew the raffle at the fair.",
    'Whoever wears the mayoral chain gets the first slice.',
    'Her Worship and the choir sang.',
    'The head of the council toured the depot.',
    'Mrs Dunmore, who sits for Kew on the council, judged the cakes.',
    'Dr Pell has represented Ford at the town hall since 2014.',
    'Ask Basil Crewe. He has a seat on the council.',
    'Your member for Ainsdale will be there at two.',
    'The Linacre councillor came to see the drains.',
    'The mayor read from a letter that was sent in 1883.',
    "Sefton's leader went to see the sea wall.",
    'The mayor laid a wreath for those who fell in 1941.',
    'The mayor, who was born in 1962, lit the lamps.',
    'Baroness Thelma Oduya cut the ribbon at the hospice today.',
    'The Police, Fire and Crime Commissioner judged the cakes.',
  ])('%s', (text) => {
    expect(rulesOf(found(text, inMay))).toContain('POL-5');
    expect(rulesOf(found(text, before))).not.toContain('POL-5');
  });

  test.each([
    'Our chief executive met the crews at the depot.',
    'The Returning Officer will publish the notice of poll on Monday.',
    'Write to your MPs or ward councillors about it.',
    'All 66 councillors may vote on the budget in July.',
    "Bring a cake to the Mayor's Charity Fair.",
    'The leader of the walk is Ranger Holly Moss.',
    'Well done to Priti, deputy leader of 4th Formby Scouts, and her pack.',
    'Our deputy leader at Netherton nursery, Jo, has won an award.',
    'We are hiring a deputy leader for our holiday club.',
    'The leader of the walking group has the map.',
    'Our Scout group leader Sam won a medal.',
    'The woman who runs the council gym won a medal.',
    'This month our book group reads The Mayor of Casterbridge.',
    'Mayor Street and Chancellor Court are closed until noon.',
    'A minister from each church will light a candle.',
    'Polling stations are open from 7am to 10pm.',
    'On 6 May you can vote for a city region mayor.',
    'Each ward votes for one councillor and a mayor. Polls close at 10pm.',
    'Year 6 school council leader Amira showed us round the worm farm.',
    'The deputy leader of our youth council spoke to 200 pupils.',
    'School councillor Amira Dale showed us the worm farm.',
    'The youth mayor scheme is on hold until after the elections.',
    'Freya, 9, was mayor for the day. She rode in a bin lorry.',
    'The town hall cat sits on the council doormat.',
    'Nadia Froud sits on the youth council.',
    'In 1883 the mayor fell into the dock at the opening.',
    'Who was mayor in 1902? Our archive knows.',
    'Local history: in 1883 the mayor rode the first tram.',
    'The first woman mayor of Southport took office in 1927.',
    "The Lord Mayor's Show is on TV at noon, with our band.",
    'The Prime Minister pub is now a nursery.',
    'Prime Minister Gladstone was born in Liverpool in 1809.',
    "The old mayor's chair is on show.",
    'Ada Orme was elected to the council in 1919. Her diary is in our archive.',
    "The town's gold chain is back from the cleaner. See it in the foyer.",
    'The head of council tax answers your questions.',
    'Find out who sits for your ward on the council.',
    "Alderman Street and Mayor's Walk are shut for works.",
    'Baroness Road is shut for works.',
    'In 1869 Baroness Burdett-Coutts gave us the fountain.',
    'Meet at Labour-in-Vain Hill for the bat walk.',
  ])('%s', (text) => {
    expect(rulesOf(found(text, inMay))).not.toContain('POL-5');
  });

  test('the description of a picture counts, and an emergency passes', () => {
    const alt = 'Cllr Ottoline Marchbanks on a blue court';
    expect(rulesOf(found('The new courts are open.', inMay, { alt }))).toContain('POL-5');
    const all = found('The Mayor asks everybody to leave Marine Drive now.', inMay, { urgency: 'emergency' });
    expect(rulesOf(all)).not.toContain('POL-5');
  });

  test("what the Returning Officer's own department has to publish passes, and nobody else's", () => {
    const result =
      'Result of the poll in Norwood: Peregrine Thackwell (Labour Party), 12 Sandlark Grove, Southport, is duly elected.';
    const rules = (department: string, flags: readonly string[] = []) =>
      rulesOf(found(result, inMay, { department, flags })).filter((rule) => !rule.startsWith('ACC'));
    expect(rules('elections')).toEqual([]);
    expect(rules('highways', ['notice'])).toEqual(expect.arrayContaining(['DAT-5', 'POL-5']));
    const marked = { department: 'elections', flags: ['notice'] };
    expect(rulesOf(found('Peregrine Thackwell stands for Labour.', inMay, marked))).toEqual([]);
    expect(
      rulesOf(found('Peregrine Thackwell cut the ribbon.', inMay, { department: 'elections' })),
    ).toContain('POL-5');
  });

  test('an election in one ward concerns its candidates, its councillors, and posts that name it', () => {
    expect(rulesOf(found('Cllr Ottoline Marchbanks chairs the meeting.', inAutumn))).toEqual([]);
    expect(rulesOf(found('Cllr Ottoline Marchbanks came to Norwood.', inAutumn))).toContain('POL-5');
    expect(rulesOf(found('Cllr Thackwell chairs the meeting.', inAutumn))).toContain('POL-5');
    expect(rulesOf(found('Hortensia Blackledge won the bake-off.', inAutumn))).toContain('POL-5');
    expect(rulesOf(found('Hortensia Blackledge won the bake-off.', inMay))).toEqual([]);
  });

  test('the sentence names the politician, the election and the day', () => {
    const [finding] = found('Cllr Thackwell opened the path.', inMay).filter(({ rule }) => rule === 'POL-5');
    if (finding === undefined) throw new Error('nothing was found');
    expect(finding.breach).toBe('block');
    expect(sayFinding(finding, 2).what).toContain('Thackwell');
    expect(sayFinding(finding, 2).what).toContain('the local elections');
    expect(sayFinding(finding, 2).what).toContain('6 May');
  });
});

describe('POL-6: no campaign begins while people are about to vote', () => {
  test('the first use of a campaign is found by its name; one that ran before passes', () => {
    const plain = 'Rinse your tins before you bin them.';
    expect(rulesOf(found(plain, inMay, { campaign: 'Rinse It' }))).toEqual(['POL-6']);
    expect(rulesOf(found(plain, inMay, { campaign: 'Later On' }))).toEqual(['POL-6']);
    expect(rulesOf(found(plain, inMay, { campaign: 'love your bins' }))).toEqual([]);
    expect(rulesOf(found(plain, before, { campaign: 'Rinse It' }))).toEqual([]);
    expect(rulesOf(found('Love Your Bins starts its spring tour today.', inMay))).toEqual([]);
  });

  test.each([
    'Today we launch Bin It Well, a new drive to cut litter in every town.',
    'Brand new: our campaign for safer roads begins this morning.',
    'Say hello to Walk With Me. It starts today.',
    'You will see our posters on every bus. Slow Down For Kids starts here.',
    'Since last May we have made a plan. Today our campaign to end litter begins.',
    'Our first annual campaign against litter starts today.',
    'At our annual meeting we launched Kind Hands, a new campaign.',
  ])('%s', (text) => {
    expect(rulesOf(found(text, inMay))).toContain('POL-6');
    expect(rulesOf(found(text, before))).not.toContain('POL-6');
  });

  test.each([
    'The new café in Botanic Gardens opens on Saturday at 9am.',
    'From Monday the bin lorries start at 6.30am.',
    'Our litter campaign is in its third year. Meet us on Sunday.',
    'Work on the new bridge starts on Monday and lasts six weeks.',
    'The new timetable for Dunes begins on Monday.',
    'Our annual Big Beach Clean is under way again.',
    'Once more our annual flu jab drive begins.',
    'Meet our rangers at Lunt Meadows at 10am.',
    'Mr Prickles, the hedgehog in our logo, turns 30 this week.',
    'Our litter campaign began last May. You have filled 900 bags since then. Thank you!',
    'Six months ago we launched our drive to get you to switch. Here is what you did.',
  ])('%s', (text) => {
    expect(rulesOf(found(text, inMay))).not.toContain('POL-6');
  });

  test.each([
    'A poster that reads: Breathe Free, our new campaign against smoke near schools. Starts Monday',
    'A banner on the town hall says: Today we launch Slow Down Sefton, our new road safety drive',
  ])('a launch that only the description of a picture tells is one: %s', (alt) => {
    expect(rulesOf(found('What do you think?', inMay, { alt }))).toContain('POL-6');
    expect(rulesOf(found('What do you think?', before, { alt }))).not.toContain('POL-6');
  });

  test.each([
    'A poster from 1942 that reads: Dig for Victory, a new campaign starts today',
    'A bus shelter with a green roof and a poster for a film that starts on Friday',
    'A lifeboat slides down the slipway as a new crew is launched to sea',
  ])('what else a picture shows is none: %s', (alt) => {
    expect(rulesOf(found('What do you think?', inMay, { alt }))).not.toContain('POL-6');
  });
});

test('POL-2 lets people be told what they vote for, and not for whom', () => {
  for (const text of [
    'You can vote for councillors on 6 May.',
    'Vote for a new councillor on 6 May. Bring photo ID.',
  ])
    expect(rulesOf(found(text, inMay)), text).not.toContain('POL-2');
  expect(rulesOf(found('Vote for Councillor Smith, the best we ever had.', inMay))).toContain('POL-2');
});

test('POL-2 knows a pencil that draws from one that votes', () => {
  for (const alt of [
    'A pencil sketch of a large house by the shore',
    'A robin in pencil',
    'A recycling leaflet',
  ])
    expect(rulesOf(found('Come and see.', inMay, { alt })), alt).not.toContain('POL-2');
  expect(rulesOf(found('A stub of pencil can end four years of waste.', inMay))).toContain('POL-2');
});

test('POL-2 blocks while people are about to vote', () => {
  const breach = (at: Millis) =>
    found('Only Labour will keep our libraries open.', at).find(({ rule }) => rule === 'POL-2')?.breach;
  expect(breach(before)).toBe('higher');
  expect(breach(inMay)).toBe('block');
  expect(breach(inAutumn)).toBe('block');
});

import { describe, expect, test } from 'vitest';
import { findings } from '../../../src/protocol/findings.ts';
import type { PictureAnswers } from '../../../src/protocol/pictured.ts';
import { ordinarily } from '../../../src/protocol/rule.ts';
import { fixtureProtocol } from '../fixture-registers.ts';

/* Rows that a simple check would get wrong, each with what has to be found. */
const L = 'https://www.sefton.gov.uk/a';
const rows: readonly (readonly [string, readonly string[]])[] = [
  [`See ${L} for more.`, []],
  [`See ${L} and ${L}b.`, ['ACC-7']],
  ['See sefton.gov.uk/a, then mysefton.co.uk.', ['ACC-7']],
  ['Go to www.sefton.gov.uk. Or visit bit.ly/3abc.', ['ACC-7']],
  ['Mail contact@sefton.gov.uk or see sefton.gov.uk/x', []],
  ['See sefton.gov.uk. Bins are late.', []],
  ['Ring us by 6.30pm.It is free.', []],
  ['Use youtu.be/abc and forms.gle/xyz', ['ACC-7']],
  ['HTTP://SEFTON.GOV.UK/A and Sefton.gov.uk/b', ['ACC-7']],
  ['Follow @sefton.bsky.social and see sefton.gov.uk', []],
  ['See (sefton.gov.uk/a) or [theatkinson.co.uk].', ['ACC-7']],
  ['Costs £3.50 at 9.30am. See sefton.gov.uk/x.', []],
  ['Book at eventbrite.co.uk. See gov.uk.', ['ACC-7']],
  ['See tinyurl.com/x and facebook.com/SeftonCouncil', ['ACC-7']],
  ['Read no.10 and no.12 of the plan.', []],
  ['See nhs.uk/flu or call 111.', []],
  ['Try linktr.ee/sefton or sefton.gov.uk', ['ACC-7']],
  ['Go to https://maps.app.goo.gl/abc then gov.uk/vote', ['ACC-7']],
  ['Fun day. #SeftonParks', []],
  ['Fun day. #seftonparks', ['ACC-3']],
  ['Fun day. #Seftonparks', []],
  ['Fun. #SEFTON', []],
  ['Fun day. #SeftonParks #LoveParks', []],
  ['Fun day. #SeftonParks #LoveParks #Go', ['ACC-3']],
  ['#SeftonParks Fun day.', ['ACC-3']],
  ['Fun #SeftonParks day.', ['ACC-3']],
  [`Fun day. #SeftonParks ${L}`, []],
  [`Fun day. ${L} #SeftonParks`, []],
  ['Fun day. #SeftonParks 🌞', []],
  ['Fun day. #SeftonParks.', []],
  ['You are #1 for us.', []],
  ['Fun day. #Sefton10K', []],
  ['Fun day. #sefton', ['ACC-3']],
  ['Fun day.\n\n#SeftonParks\n#LoveParks', []],
  ['Fun day. #loveSefton', ['ACC-3']],
  ['Fun day. #Love_Sefton', ['ACC-3']],
  ['See sefton.gov.uk/page#top now.', []],
  ['Fun. #VE80', []],
  ['Fun. #NHS', []],
  ['Fun. #LGBTHistoryMonth', []],
  ['Fun. #lgbt', ['ACC-3']],
  ['Fun. #5aDay', []],
  ['Fun. #SeftonCoast, #BeachClean', []],
  ['Sun ☀️ sea 🌊 sand 🏖️ here.', []],
  ['Sun ☀️☀️ here.', ['ACC-4']],
  ['Sun ☀ and ☀️ here.', ['ACC-4']],
  ['A 🏴󠁧󠁢󠁥󠁮󠁧󠁿 B 🇬🇧 C 1️⃣.', []],
  ['👍 👍🏽 ok', []],
  ['👨‍👩‍👧 👨‍👩‍👧 yes', ['ACC-4']],
  ['🎉🎈🎁🎂', ['ACC-4']],
  ['✅ Food ✅ Fun', ['ACC-4']],
  ['Cost © ™ 2027 → go', []],
  ['❤️🧡💛', []],
  ['🇬🇧🇫🇷🇩🇪', []],
  ['1️⃣ One 2️⃣ Two 3️⃣ Three 4️⃣ Four', ['ACC-4']],
  [Array(25).fill('we').join(' ') + '.', []],
  ['The council leader visited Maghull library.', []],
  ["The council's chief executive visited Maghull library.", []],
  ['Application reference S/2026/0123: comment by 4 December.', []],
  ['Ainsdale community library reopens Wednesday.', []],
  ['Supplementary accommodation allocations necessitate evidential verification.', ['ACC-6']],
  [
    'Applications for discretionary housing payments must be submitted with supporting documentation of household expenditure.',
    ['ACC-6'],
  ],
  [Array(26).fill('we').join(' ') + '.', ['ACC-6']],
  [Array(20).fill('we').join(' ') + '. ' + Array(20).fill('go').join(' ') + '!', []],
  [`${Array(20).fill('we').join(' ')} in the 1840s. Open daily, 10am to 4pm.`, []],
  [`${Array(20).fill('we').join(' ')} in zone 3b. Please use zone 4a.`, []],
  [
    'Come at 6.30pm to the St. John hall with Mr. Bee and Dr. Lee so we can eat cake and have tea and sit in the sun and sing.',
    ['ACC-6'],
  ],
  [
    'We are open:\n- all day on Monday and Tuesday in the hall\n- all day on Friday and Sunday in the old town hall\n- all day by phone',
    [],
  ],
];

function found(network: 'x' | 'facebook', text: string, alts: readonly string[] = []): readonly string[] {
  const media = alts.map((alt) => ({
    type: 'image' as const,
    alt,
    captions: false,
    recognised: { who: 'nobody' as const },
    origin: { whose: 'ours' as const },
  }));
  const draft = { texts: [{ account: network, network, text }], media, occasion: ordinarily };
  const all = findings(draft, fixtureProtocol);
  return [...new Set(all.map((f) => f.rule))];
}

describe('links, hashtags, emoji and sentences', () => {
  test.each(rows)('%s', (text, expected) => {
    expect(found('facebook', text).filter((rule) => rule.startsWith('ACC'))).toEqual(expected);
  });
});

/** Plain words that weigh `weight` on X. */
const words = (weight: number): string => 'be '.repeat(200).slice(0, weight).replace(/ $/, 'e');

describe('what a text weighs on X', () => {
  const weights: readonly (readonly [string, number])[] = [
    ['end', 3],
    [L + 'bcdef/ghi', 23],
    ['sefton.gov.uk/x', 23],
    ['🌞', 2],
    ['👨‍👩‍👧', 2],
    ['→', 2],
    ['•', 2],
    ['“q”', 3],
    ['£5', 2],
    ['…', 2],
    ['–', 1],
    ['é', 1],
    ['🇬🇧', 2],
    ['#Tag', 4],
    ['a@b.com', 7],
    ['’s', 2],
    ['€', 2],
    ['½', 1],
  ];
  test.each(weights)('%s weighs %i', (piece, weight) => {
    expect(found('x', `${words(279 - weight)} ${piece}`)).not.toContain('LEN');
    expect(found('x', `${words(280 - weight)} ${piece}`)).toContain('LEN');
  });
});

describe('alternative texts', () => {
  test.each([
    '',
    ' ',
    '.',
    '-',
    '...',
    'n/a',
    'N/A',
    'none',
    'image',
    'Image',
    'An image',
    'a photo',
    'Photo 1',
    'photo 2 of 3',
    'picture',
    'Picture of',
    'Image of',
    'photograph',
    'graphic',
    'untitled',
    'Untitled',
    'Untitled design',
    'Untitled-1',
    'screenshot',
    'Screenshot',
    'Screenshot 2027-01-02 at 10.11',
    'Screenshot 2027-03-02 at 10.11.22',
    'Screenshot_20270302-101122',
    'IMG_2044',
    'IMG_2044.HEIC',
    'img2044',
    'DSC_0042.JPG',
    'DSC00123',
    'P1010023',
    'photo.jpeg',
    'bins final v2.png',
    'park-opening-final.png',
    'poster_v2_FINAL',
    'bin-day-banner',
    'logo',
    'Logo.png',
    'alt text',
    'Alt text here',
    'description here',
    'Description',
    'placeholder',
    'TBC',
    'image description',
    'see image',
    'IMG-20270309-WA0004',
    'WhatsApp Image 2027-03-09 at 10.14.22',
    'WhatsApp Image 2027-03-09 at 10.14.22.jpeg',
    'image1',
    'image (1)',
    'null',
    'undefined',
    'pic',
    'Pic 3',
    '12345',
    'PXL_20270309_101112',
    'video',
    'A video',
    'clip',
    'thumbnail',
    'banner',
    'poster',
    'Our photo',
    'this is an image',
    'picture of something',
    'Picture1',
    'untitled (2)',
    '📷',
    'image/jpeg',
    'C:\\pics\\bin.jpg',
    'https://www.sefton.gov.uk/media/bin.jpg',
    'Careers fair poster FINAL v3',
    'Copy of Bin calendar',
    'Playground opening poster (2)',
    'Summer fair flyer draft',
    'Library banner 1200x630',
    'Summer fair (2)',
    'Flyers (2)',
  ])('%j says nothing', (alt) => {
    expect(found('facebook', 'Plain words.', [alt])).toEqual(['ACC-1']);
  });
  test.each([
    'A dog',
    'Bins',
    'A yellow gritter lorry spreading salt on a dark road',
    'Logo of the Green Flag award',
    'Sefton Council logo',
    'Photo of a beach at dusk',
    'Beach',
    'Tide table for May',
    'A poster that says shut on Monday',
    'Screenshot of the new form',
    'Map of road closures',
    'Two people',
    'A5036',
    'Sunset at low-tide',
    '3 bins',
    'Volunteers',
    'Mother-in-law',
    'Pop-up shop',
    'Covid-19 test',
    'State-of-the-art pool',
    'A video call',
    'Image of a lake',
    'Cut the ribbon',
    'Cup final',
    'A V2 rocket in the museum',
    'Mural design, version 2: gulls over a blue sea',
    'A copy of Oliver Twist on a shelf',
    'Hedgehogs (2)',
  ])('%j says something', (alt) => {
    expect(found('facebook', 'Plain words.', [alt])).toEqual([]);
  });
});

describe('who can be recognised, and whose picture it is', () => {
  const answered = { recognised: { who: 'nobody' }, origin: { whose: 'ours' } } as const;
  const found = (answers: PictureAnswers): readonly string[] =>
    findings(
      {
        occasion: ordinarily,
        texts: [{ account: 'x', network: 'x', text: 'The park is open.' }],
        media: [
          { type: 'image', alt: 'A park', captions: false, ...answered },
          { type: 'image', alt: 'A swing', captions: false, ...answers },
        ],
      },
      fixtureProtocol,
    ).map(({ rule, code, facts, spots }) => {
      expect(facts).toEqual({ number: 2, type: 'image' });
      expect(spots).toEqual([{ in: 'media', media: 1, from: 0, to: 0 }]);
      return `${rule} ${code}`;
    });

  test.each<[PictureAnswers, readonly string[]]>([
    [answered, []],
    [{}, ['DAT-4 recognised-unanswered', 'DAT-6 origin-unanswered']],
    [{ ...answered, recognised: { who: 'adults' } }, []],
    [{ ...answered, recognised: { who: 'children' } }, ['DAT-4 consent-form-missing']],
    [{ ...answered, recognised: { who: 'children', form: 'PC-114' } }, []],
    [{ ...answered, origin: { whose: 'permitted' } }, ['DAT-6 permission-from-whom']],
    [{ ...answered, origin: { whose: 'permitted', from: 'Wirral Photographic' } }, []],
    [{ ...answered, origin: { whose: 'not-cleared' } }, ['DAT-6 not-cleared']],
  ])('%j', (answers, expected) => {
    expect(found(answers)).toEqual(expected);
  });
});

describe('words that are hidden', () => {
  test.each([
    ['an article in front of letters set apart', 'What a r e t a r d.'],
    ['a word that a line cuts in two', 'What a re\ntard.'],
    ['a word that a line cuts in two at a hyphen', 'What a re-\ntard.'],
    ['a hashtag with a capital alone', '#WhatARetard'],
    ['letters of another alphabet', 'What a rеtаrd.'],
    ['characters without width', 'What a re\u200btard.'],
  ])('%s hides nothing', (_, text) => {
    expect(found('facebook', text)).toContain('WORDS');
  });

  test('lines that end with words of their own are not joined', () => {
    expect(found('facebook', 'Our class\nis full. Do you pass\nor play?')).not.toContain('WORDS');
  });

  test('a party is named when it is shouted, a ward and a place are none', () => {
    expect(found('facebook', 'Vote LABOUR!')).toContain('POL-2');
    expect(found('facebook', 'The LABOUR WARD has moved.')).not.toContain('POL-2');
    expect(found('facebook', 'The Tory Island ferry talk is on Tuesday.')).not.toContain('POL-2');
  });
});

describe("a resident's number", () => {
  test.each([
    'Ring Sam on 07700 900652.',
    'Ring Sam on +44 7700 900652.',
    'Ring Sam on 0044 7700 900652.',
    'Sam says to call plus 44 7700 900 652 after six.',
    'Sam is on zero seven seven double zero, nine hundred, 652',
    'For the book with ISBN 978 0 14 103614 4 ring Jo on 07700 900461.',
    'Sam has the model. 07700 900461.',
    'Ring Pat about the planning reference on 0151 496 0733.',
    'The NHS number on the lot is 943 476 5919.',
    'His card number, 4556 7375 8689 9855, was in the batch.',
  ])('%s', (text) => {
    expect(found('facebook', text)).toEqual(['DAT-5']);
  });

  test.each([
    'We planted 1,200 trees, plus 44 more in 2027.',
    'Ring the council on 0345 140 0845.',
    'Book of the month: ISBN 978 0 14 103614 4.',
    'We have 40 copies of 978-0-14-103614-4 to give away.',
    'ISBN-10: 0141036144. Ask at the desk.',
    'Recall: a baby bath, bar code 0 12345 67890 5 on the pack.',
    'Planning reference DC/2026/0170042601 is for a loft.',
    'Stop using heaters with serial number 4556 7375 8689 9855.',
    'The winning numbers are 07 12 23 34 45 56.',
    'The 47 Lord Street service runs late on Friday.',
    'Chapter 9 Abbey Road is the best in the book.',
  ])('not: %s', (text) => {
    expect(found('facebook', text)).toEqual([]);
  });
});

describe('a number in front of a street', () => {
  test.each([
    'Mon 3 Station Road. Tue 4 Church Road. Wed 5 Moor Lane. Move your car by 8am.',
    'On 5 June Moor Lane is shut.',
    'Results: 1 Elm Road, 2 Ash Grove, 3 Oak Drive.',
    'Plots 4 to 9 Mill Lane are for new homes.',
    'Kew 2 Moor Lane 3. What a match!',
    'Stop B, 45 Lord Street, has a new seat.',
  ])('is a date, a place won or a score: %s', (text) => {
    expect(found('facebook', text)).toEqual([]);
  });

  test.each([
    'On Tue 4 we called at 17 Church Road and found no one in.',
    'The lost tortoise belongs to 14 Oak Drive.',
    'Calls about 18 Duke Street go to our noise team.',
    'Notes went to 4 Elm Road and 9 Ash Grove.',
  ])('is a house: %s', (text) => {
    expect(found('facebook', text)).toEqual(['DAT-5']);
  });
});

describe('a handle, with nothing said against it', () => {
  test.each([
    'Liverpool Road is shut. Updates @SeftonCouncil. Please use the A565.',
    'Tell us more @SeftonCouncil, today.',
    'Thanks to @Merseytravel.\nPlease plan your trip.',
    'Join us @southportfc. kick off is at 3pm.',
    'Meet us @ Crosby. There is tea inside.',
    'Tickets from @SouthportTheatre.',
  ])('is neither an email address nor somebody accused: %s', (text) => {
    expect(found('facebook', text)).toEqual([]);
  });

  test.each(['Write to sam.poole @ gmail.com. Please do.', 'Write to sam dot poole at gmail dot com. Do.'])(
    'a disguised address before the end of a sentence is one: %s',
    (text) => {
      expect(found('facebook', text)).toEqual(['DAT-5']);
    },
  );
});

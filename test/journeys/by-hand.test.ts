import { expect, test } from 'vitest';
import { letOutByDesk, sentByDesk } from './beginnings.ts';
import { asked } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';

const text = 'Liverpool Road is closed until Thursday.';
const right = 'Liverpool Road is closed until Friday.';
const link = 'https://nextdoor.co.uk/p/1';

/** A post for the website and Nextdoor, approved: Bethan Prys posts on Nextdoor by hand. */
async function approved(council: Council, accounts = 'news,nextdoor-sefton', until = ''): Promise<void> {
  await letOutByDesk(council, text, { accounts, until });
}

/** The desk asks that it says the right day. */
async function correctionAsked(council: Council): Promise<void> {
  await asked(council, { text: right, what: 'It is Friday.' });
}

test('posted by hand: the person is asked, says where it stands, changes it and takes it down', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await approved(council);
  const card = bethan.card(1);
  expect(card.text).toContain('Please post this on Nextdoor Sefton yourself.');
  expect(JSON.stringify(card.card)).toContain(text);
  // It names nobody to themselves.
  expect(card.text).toContain('Nextdoor Sefton**: Waits for you to post it by hand');
  expect(ellen.card(1).text).toContain('Published on 1 of 2. The rest is posted by hand');
  expect(ellen.card(1).text).toContain('Nextdoor Sefton**: Waits for Bethan Prys to post it by hand');
  expect(council.as('priya-desai').buttons(council.as('priya-desai').card(1))).not.toContain(
    'I have posted it',
  );

  const nowhere = await bethan.press('I have posted it', {}, card);
  expect(nowhere.text).toContain('or tick that it has none');
  for (const none of ['nowhere', 'javascript:alert(1)', 'https://me@nextdoor.co.uk/p/1'])
    expect((await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': none }, card)).text).toContain(
      'beginning with https://',
    );
  const unsafe = { 'link:nextdoor-sefton.0': 'http://nextdoor.co.uk/p/1' };
  expect((await bethan.press('I have posted it', unsafe, card)).text).toContain('beginning with https://');
  // As a phone shares it.
  const shared = { 'link:nextdoor-sefton.0': 'See my post: nextdoor.co.uk/p/1.' };
  expect((await bethan.press('I have posted it', shared, card)).text).not.toContain('has not been kept');
  const post = await council.post(1);
  expect(post.status).toMatchObject({
    is: 'published',
    publications: { 'nextdoor-sefton.0': { is: 'published', remote: { url: link } } },
  });
  expect(post.byHand).toBeUndefined();

  await correctionAsked(council);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(bethan.card(1).text).toContain('Please change the post on Nextdoor Sefton yourself.');
  expect(JSON.stringify(bethan.card(1).card)).toContain(right);
  expect(ellen.card(1).text).not.toContain('Corrected on');
  await bethan.press('I have changed it', {}, bethan.card(1));
  expect(ellen.card(1).text).toContain('Corrected on');

  await ellen.say('remove 1');
  expect(ellen.card(1).text).toContain('Nextdoor Sefton**: Waits for Bethan Prys to take it down by hand');
  await bethan.press('I have taken it down', {}, bethan.card(1));
  expect(ellen.card(1).text).toMatch(/Nextdoor Sefton\*\*: Taken down/u);
  expect((await council.audit()).findings).toEqual([]);
});

test('held while somebody is still to post it by hand, let go on, put right and taken down: who approved what is public is always told', async () => {
  await using council = await openCouncil();
  const [ellen, tom, priya] = [
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
    council.as('priya-desai'),
  ];
  const why = async (): Promise<string> => (await ellen.say('why 1')).at(-1)?.text ?? '';
  await approved(council);
  await council.pass(minute);
  await council.as('gareth-molyneux').say('hold 1');
  const approval = /Proposed on Tue 24 Nov at \S+ by Ellen Rimmer\. Priya Desai approved it at/u;
  for (const text of [ellen.card(1).text, await why()]) {
    expect(text).toMatch(approval);
    expect(text).toMatch(/Gareth Molyneux held this (?:on Tue 24 Nov )?at/u);
    expect(text.match(/Gareth Molyneux held/gu)).toHaveLength(1);
  }
  // In its order: it was public before it was held.
  expect(await why()).toMatch(/approved it at \S+ Published at .* Gareth Molyneux held this/u);

  await council.pass(minute);
  await tom.press('Release: goes out now', { confirm: 'true' });
  const all =
    /Priya Desai approved it at \S+ (?:Published [^.]+\. )?Gareth Molyneux held this at \S+ Tom Ashcroft approved it at/u;
  for (const text of [ellen.card(1).text, await why()]) expect(text).toMatch(all);

  const bethan = council.as('bethan-prys');
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await council.pass(minute);
  const [form] = await tom.say('correct 1');
  const wrong = 'It is Friday.';
  await tom.press('Ask for this correction', { text: text.replace('Thursday', 'Friday'), what: wrong }, form);
  expect(await why()).toMatch(
    /Tom Ashcroft asked on Tue 24 Nov at [^:]*:\d+am for a correction: It is Friday\. Waiting for Priya Desai, Gareth Molyneux, Ellen Rimmer or Joseph Adeyemi\./u,
  );
  await priya.press('Agree: correct it now', { confirm: 'true' });
  expect(await why()).toMatch(/Tom Ashcroft asked .* Priya Desai agreed at/u);

  await ellen.say('remove 1');
  for (const text of [ellen.card(1).text, await why()]) expect(text).toMatch(all);
  expect((await council.audit()).findings).toEqual([]);
});

test('what somebody is still to take down by hand stays in the calendar until it is down', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await letOutByDesk(council, 'Moor Lane is closed.', { accounts: 'x-main,nextdoor-sefton' });
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await ellen.say('remove 1');
  await council.quiet();
  const calendar = async () => (await ellen.say('calendar')).at(-1)?.text;
  expect(await calendar()).toMatch(/^Calendar Tuesday 24 November #1 .*still on Nextdoor Sefton/u);
  await bethan.press('I have taken it down', {}, bethan.card(1));
  expect(await calendar()).not.toContain('#1');
});

test('held after somebody was asked to post it: the card says that they were, and whoever had posted it says so', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await approved(council);
  await council.pass(minute);
  await ellen.say('hold 1');
  await council.quiet();
  expect(ellen.card(1).text).toContain(
    'Nextdoor Sefton**: Held. Bethan Prys was asked to post it by hand, and has not said whether they had',
  );
  const told = bethan.card(1);
  expect(told.text).toMatch(
    /Please do not post this on Nextdoor Sefton: it is held\. Have you posted it already\?|This was to be posted on Nextdoor Sefton by hand before it was held\. If it had been posted by then, say so here\./u,
  );
  expect(bethan.buttons(told)).not.toContain('It will not be posted');
  expect(JSON.stringify(told.card)).not.toContain('copy:nextdoor-sefton.0');
  expect(council.shown(bethan.chat).at(-1)?.text).toBe(
    '#1 (Highways) is held: please do not post it by hand now. Say on its card whether you have posted it already. Type "show 1" to see it.',
  );
  // Nobody waits for her, and nobody reminds her.
  const before = council.shown(bethan.chat).length;
  await council.pass(2 * hour);
  expect(council.shown(bethan.chat)).toHaveLength(before);
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, told);
  const post = await council.post(1);
  // All of it is out: nothing is left that a release would bring about.
  expect(post.status).toMatchObject({
    is: 'published',
    publications: { 'nextdoor-sefton.0': { is: 'published', remote: { url: link } } },
  });
  expect(post.wasByHand).toBeUndefined();
  expect(ellen.card(1).text).toMatch(/Priya Desai approved it at \S+ Ellen Rimmer held this at/u);

  // Let go on, they are asked anew.
  await letOutByDesk(council, 'Moor Lane is closed.', { accounts: 'news,nextdoor-sefton' });
  const priya = council.as('priya-desai');
  await ellen.say('hold 2');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(2));
  expect(bethan.card(2).text).toContain('Please post this on Nextdoor Sefton yourself.');
  expect((await council.post(2)).wasByHand).toBeUndefined();
  expect((await council.audit()).findings).toEqual([]);
});

test('somebody else said first where it stands: an address that was pasted for it is given back, unless it is that one', async () => {
  await using council = await openCouncil();
  const [bethan, joseph] = [council.as('bethan-prys'), council.as('joseph-adeyemi')];
  await approved(council);
  const old = structuredClone(bethan.card(1).card);
  const [asked] = await joseph.say('show 1');
  await joseph.press('It has been posted', { 'link:nextdoor-sefton.0': link }, asked);
  expect((await council.post(1)).status.is).toBe('published');
  const press = async (pasted: string): Promise<string> =>
    (await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': pasted }, old)).text;
  expect(await press('https://nextdoor.co.uk/p/2')).toContain(
    'This has been settled already. Here is how it stands. The address that you gave has not been kept: "https://nextdoor.co.uk/p/2"',
  );
  expect(await press(link)).not.toContain('has not been kept');
  expect(await press('')).not.toContain('has not been kept');
});

test('put right before it was posted: they are told, get the new words, and a press on the old card is not taken for them', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const last = () => council.shown(bethan.chat).at(-1)?.text;
  await approved(council);
  const old = structuredClone(bethan.card(1).card);
  await council.pass(minute);
  await correctionAsked(council);
  // Nothing on a card asks for what its box says to wait with.
  const [told, elsewhere] = [bethan.card(1).text, ellen.card(1).text];
  expect(told).toContain('Please wait before you post this on Nextdoor Sefton');
  for (const shown of [told, elsewhere]) {
    expect(shown).toContain('Published on 1 of 2. The rest waits until the correction has been decided');
    expect(shown).not.toMatch(/waits for \S+ .*to post it by hand/iu);
  }
  expect(told).toContain('Nextdoor Sefton**: You were asked to post it by hand, which waits until the');
  expect(elsewhere).toContain('Nextdoor Sefton**: Bethan Prys was asked to post it by hand, which waits');
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(last()).toContain('the words that you are to post by hand have been put right');
  const card = JSON.stringify(bethan.card(1).card);
  expect(card).toContain(`"value":"${right}"`);
  expect(card).not.toContain(`"value":"${text}"`);

  const posted = { 'link:nextdoor-sefton.0': link };
  expect((await bethan.press('I have posted it', posted, old)).text).toContain(
    'The words have been put right since.',
  );
  expect((await council.post(1)).status.is).toBe('publishing');
  await bethan.press('I have posted it', posted, bethan.card(1));
  expect((await council.post(1)).status).toMatchObject({
    is: 'published',
    publications: { 'nextdoor-sefton.0': { is: 'published', remote: { url: link } } },
  });
  const [accounts] = await ellen.say('accounts');
  expect(accounts?.text).toContain('Last post: #1');
  expect(JSON.stringify(accounts?.card)).toContain(link);
  expect((await council.audit()).findings).toEqual([]);
});

test('put right again while somebody still changes it by hand: nobody waits for them, and they get the last words alone', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  await approved(council);
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  const correct = async (right: string, what: string): Promise<string> => {
    const [form] = await ellen.say('correct 1');
    await ellen.press('Ask for this correction', { text: right, what }, form);
    return form?.text ?? '';
  };
  const friday = 'Liverpool Road is closed until Friday.';
  await correct(friday, 'It is Friday.');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  expect(ellen.card(1).text).toContain('waits for Bethan Prys to change it by hand');
  expect(ellen.card(1).text).toMatch(
    /On the website Liverpool Road is closed until Friday\. By hand \(Nextdoor Sefton\) Liverpool Road is closed until Thursday\./u,
  );

  // Asked for, not agreed yet: what she is asked for stays as it was.
  const saturday = 'Liverpool Road is closed until Saturday.';
  const form = await correct(saturday, 'It is Saturday.');
  expect(form).toContain('waits for Bethan Prys to change it by hand');
  const { revision, byHand } = await council.post(1);
  expect([revision.text, byHand?.['nextdoor-sefton.0']?.what]).toEqual([friday, 'change']);
  expect(ellen.card(1).text).not.toContain('could not be corrected');
  const old = structuredClone(bethan.card(1).card);
  expect(JSON.stringify(old)).toContain(`"value":"${friday}"`);
  await council.pass(minute);
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  expect(JSON.stringify(bethan.card(1).card)).toContain(`"value":"${saturday}"`);
  expect((await bethan.press('I have changed it', {}, old)).text).toContain(
    'The words have been put right since.',
  );
  await bethan.press('I have changed it', {}, bethan.card(1));
  const done = await council.post(1);
  expect([done.revision.text, done.byHand, done.notCorrected]).toEqual([saturday, undefined, undefined]);
  expect(done.corrected.map(({ what }) => what)).toEqual(['It is Friday.', 'It is Saturday.']);

  // A third is asked for and turned down: what the second left to do by hand is still to be done.
  await correct('Liverpool Road is closed until Sunday.', 'It is Sunday.');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await correct('Liverpool Road is closed until Monday.', 'It is Monday.');
  await joseph.press('Leave it as it is', { note: 'It is not.' }, joseph.card(1));
  await bethan.press('It cannot be changed', {}, bethan.card(1));
  const left = await council.post(1);
  expect([left.byHand, left.notCorrected]).toEqual([undefined, ['nextdoor-sefton.0']]);
  expect(ellen.card(1).text).toContain(
    'Nextdoor Sefton**: It could not be corrected and still says what it said.',
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('while everything is stopped nobody is asked to post by hand, and whoever was is told not to', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await approved(council, 'nextdoor-sefton');
  await ellen.say('stop everything');
  const stopped = await ellen.press('Yes, stop everything');
  expect(stopped.text).toContain('Nextdoor');
  await council.quiet();
  expect(council.shown(bethan.chat).at(-1)?.text).toContain('please do not post it by hand now');
  expect((await council.post(1)).status.is).toBe('held');
  expect((await council.post(1)).byHand).toBeUndefined();

  // What is sent meanwhile asks nobody either.
  await sentByDesk(council, 'Moor Lane is closed.', { accounts: 'nextdoor-sefton' });
  expect((await council.post(2)).status.is).toBe('held');
  expect((await council.post(2)).byHand).toBeUndefined();
  expect(council.shown(bethan.chat).some(({ text }) => text.includes('#2'))).toBe(false);
  expect((await council.audit()).findings).toEqual([]);
});

test('not done yet: a hold tells them not to post, a reminder follows, and the desk is asked when nothing happens or they are away', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const last = (person: typeof bethan) => council.shown(person.chat).at(-1)?.text;
  await approved(council, 'nextdoor-sefton');
  await ellen.say('hold 1');
  expect(last(bethan)).toContain('please do not post it by hand now');
  await council
    .as('priya-desai')
    .press('Release: goes out now', { confirm: 'true' }, council.as('priya-desai').card(1));
  const asked = bethan.card(1);
  expect(bethan.buttons(asked)).toContain('I have posted it');
  await council.pass(hour);
  expect(last(bethan)).toContain('please post it on Nextdoor Sefton by hand');
  // She may just be pasting the link there.
  expect(bethan.card(1).versions).toBe(asked.versions);
  expect(council.as('joseph-adeyemi').card().text).not.toContain('I have posted it');
  await council.pass(hour);
  // Nothing came of it, so that the desk is asked as well; it has no address there.
  await council
    .as('joseph-adeyemi')
    .press('I have posted it', { 'none:nextdoor-sefton.0': 'true' }, council.as('joseph-adeyemi').card(1));
  expect((await council.post(1)).status.is).toBe('published');

  await bethan.say('away until tomorrow');
  await letOutByDesk(council, 'Moor Lane is closed.', { accounts: 'nextdoor-sefton', until: 'today 17:00' });
  expect(ellen.card(2).text).toContain('Waits for Ellen Rimmer or Joseph Adeyemi to post it by hand');
  await council.until(Date.UTC(2026, 10, 24, 17, 1));
  expect((await council.post(2)).status.is).toBe('expired');
  expect(last(ellen)).toContain('please do not post it by hand any more');
  const accounts = async () => (await ellen.say('accounts'))[0]?.text;
  expect(await accounts()).toContain(
    'By hand: Bethan Prys is away, so Crier asks Communications to post there.',
  );
  await bethan.say('away no');
  expect(await accounts()).toContain('By hand: Crier asks Bethan Prys to post there.');
  expect((await council.audit()).findings).toEqual([]);
});

test('while somebody still has to post it by hand, what became of the other accounts is said all the same', async () => {
  await using council = await openCouncil();
  // It arrives, and nobody hears so, until it is looked for.
  council.outside.next('x-main', { way: 'lost' });
  await approved(council, 'x-main,nextdoor-sefton');
  await council.pass(minute);
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  for (const { text: shown } of [ellen.card(1), bethan.card(1)]) {
    expect(shown).toContain('Published on 1 of 2. The rest is posted by hand');
    expect(shown).toMatch(/X\*\*: Published on Tue 24 Nov at 9:4\dam/u);
  }
});

test('what cannot be changed by hand is taken at the first press: the line is there at once, and desk and author are told', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  const last = (person: typeof bethan) => council.shown(person.chat).at(-1)?.text;
  await approved(council);
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await correctionAsked(council);
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  const is = 'could not be corrected and still says what it said.';
  const wrong = `Nextdoor Sefton**: It ${is}`;
  const pressed = await bethan.press('It cannot be changed', {}, bethan.card(1));
  expect(pressed.text).toContain(wrong);
  expect(pressed.text).not.toContain('Please change the post');
  await council.quiet();
  for (const each of [ellen, joseph, bethan]) {
    expect(each.card(1).text).toContain(wrong);
    expect(each.card(1).text).not.toContain('waits for Bethan Prys to change it by hand');
  }
  for (const each of [ellen, joseph]) {
    expect(last(each)).toBe(
      `#1 (Highways): Nextdoor Sefton ${is} Ask for the correction again with "Put the rest right", put it right there yourself, or take it down. Type "show 1" to see it.`,
    );
  }
  const { byHand, notCorrected, corrected } = await council.post(1);
  expect([byHand, notCorrected, corrected.length]).toEqual([undefined, ['nextdoor-sefton.0'], 1]);
  // Nobody is reminded of what is settled.
  const before = council.shown(bethan.chat).length;
  await council.pass(2 * hour);
  expect(council.shown(bethan.chat)).toHaveLength(before);

  // Where it can be changed after all, the same words are asked for once more: of her alone.
  const rest = await ellen.press('Put the rest right', {}, ellen.card(1));
  await ellen.press('Ask for this correction', { text: right, what: 'It is Friday.' }, rest.card);
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  expect(bethan.card(1).text).toContain(right);
  await bethan.press('I have changed it', {}, bethan.card(1));
  expect(ellen.card(1).text).not.toContain('could not be corrected');
  expect(ellen.buttons(ellen.card(1))).toContain('Correct');
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever is asked alone reads that they are to post it, and goes away: who takes over is told, and alone is asked then', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  const last = (person: typeof bethan) => council.shown(person.chat).at(-1)?.text;
  const please = 'Please post this on Nextdoor Sefton yourself.';
  const may = 'to post it by hand. If it has been posted, say so here.';
  await approved(council);
  const [shown] = await joseph.say('show 1');
  expect(bethan.card(1).text).toContain(please);
  for (const other of [ellen.card(1), shown]) {
    expect(other?.text).toContain(`Nextdoor Sefton waits for Bethan Prys ${may}`);
    expect(other?.text).not.toContain(please);
    // What somebody could copy, they would post beside her.
    expect(JSON.stringify(other?.card)).not.toContain('copy:nextdoor-sefton.0');
  }

  await ellen.say('away until tomorrow');
  await bethan.say('away until tomorrow');
  await council.quiet();
  expect(last(joseph)).toBe(
    '#1 (Highways): whoever was to do it is away, so please post it on Nextdoor Sefton by hand. Type "show 1" to see the card.',
  );
  expect(joseph.card(1).text).toContain(please);
  for (const away of [ellen, bethan]) {
    expect(away.card(1).text).toContain(`Nextdoor Sefton waits for Joseph Adeyemi ${may}`);
    expect(away.card(1).text).not.toContain(please);
  }
  // She is back, and he is asked still: two of them would post it twice.
  await bethan.say('away no');
  await council.pass(hour);
  expect((await council.post(1)).byHand?.['nextdoor-sefton.0']?.people).toEqual(['joseph-adeyemi']);
  await bethan.press('It has been posted', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('held when somebody was asked to post it there alone: it may stand there, so that nobody edits it before they have said', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await approved(council, 'nextdoor-sefton');
  await council.pass(minute);
  await ellen.say('hold 1');
  expect(ellen.buttons(ellen.card(1))).not.toContain('Edit');
  expect(ellen.card(1).text).toContain(
    'Nextdoor Sefton**: Held. Bethan Prys was asked to post it by hand, and has not said whether they had',
  );
  // She has not, and it is as if it had never been let go.
  await bethan.press('I have not posted it', {}, bethan.card(1));
  expect((await council.post(1)).wasByHand).toBeUndefined();
  const form = await ellen.press('Edit', {}, ellen.card(1));
  const saved = await ellen.press('Save as a draft', { text: right }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect(JSON.stringify(bethan.card(1).card)).toContain(`"value":"${right}"`);

  // Now she has.
  await ellen.say('hold 1');
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  expect((await council.post(1)).status).toMatchObject({
    is: 'published',
    publications: { 'nextdoor-sefton.0': { is: 'published', remote: { url: link } } },
  });
  expect((await council.audit()).findings).toEqual([]);
});

test('taken down while somebody was asked to post it by hand: they say where it stands, and are asked to take it down', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await approved(council);
  await ellen.say('remove 1');
  await council.quiet();
  expect(council.shown(bethan.chat).at(-1)?.text).toBe(
    '#1 (Highways): please do not post it by hand any more. Say on its card whether you have posted it already. Type "show 1" to see it.',
  );
  expect(bethan.card(1).text).toMatch(
    /Please do not post this on Nextdoor Sefton: the post has been taken down\. Have you posted it already\?/u,
  );
  expect(ellen.card(1).text).toContain(
    'Nextdoor Sefton**: Did not go out. Bethan Prys was asked to post it by hand, and has not said whether they had',
  );
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await council.quiet();
  expect(ellen.card(1).text).toContain('Nextdoor Sefton**: Waits for Bethan Prys to take it down by hand');
  expect(JSON.stringify(ellen.card(1).card)).toContain(link);
  await bethan.press('I have taken it down', {}, bethan.card(1));
  expect(ellen.card(1).text).toMatch(/Nextdoor Sefton\*\*: Taken down/u);
  expect((await council.audit()).findings).toEqual([]);
});

test('it will not be posted there: they say why, author and desk hear it, card and record name them, and it can be asked for again', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  const last = (person: typeof bethan) => council.shown(person.chat).at(-1)?.text;
  await approved(council);
  await council.pass(minute);
  const asked = await bethan.press('It will not be posted', {}, bethan.card(1));
  expect(asked.text).toContain('Say why it will not be posted, so that its author knows.');
  expect((await council.post(1)).byHand).toMatchObject({
    'nextdoor-sefton.0': { what: 'post', people: ['bethan-prys'] },
  });
  const why = { 'why:nextdoor-sefton.0': 'The group is closed for the week.' };
  const pressed = await bethan.press('It will not be posted', why, asked.card);
  expect(pressed.text).not.toContain('has not been sent');
  await council.quiet();
  const decided =
    /Bethan Prys decided at 9:4\dam that it is not posted on Nextdoor Sefton: "The group is closed for the week\."/u;
  expect(ellen.card(1).text).toContain('Published on 1 of 2');
  expect(ellen.card(1).text).toMatch(decided);
  expect(ellen.card(1).text).toContain(
    'Nextdoor Sefton**: Not published: whoever was asked to post it by hand will not. To ask for it once more, press "Try again".',
  );
  expect((await ellen.say('why 1')).at(-1)?.text).toMatch(decided);
  for (const each of [ellen, joseph]) {
    expect(council.shown(each.chat).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^#1 \(Highways\): Bethan Prys decided .* press "Try again" on its card\./u),
    );
  }
  await ellen.press('Try again', {}, (await ellen.say('show 1'))[0]);
  expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
  expect(last(bethan)).toContain('please post it on Nextdoor Sefton by hand');
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('who posted, changed and took down by hand is told in its order, and whoever held it hears that it was posted all the same', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  const story = async (): Promise<readonly string[]> => [
    (await ellen.say('why 1')).at(-1)?.text ?? '',
    ellen.card(1).text,
  ];
  await approved(council);
  await council.pass(minute);
  await ellen.say('hold 1');
  await council.pass(minute);
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await council.quiet();
  expect(council.shown(ellen.chat).map(({ text }) => text)).toContainEqual(
    expect.stringMatching(
      /^#1 \(Highways\): Bethan Prys posted it on Nextdoor Sefton on Tue 24 Nov at 9:4\dam\. It was not to be posted any more\./u,
    ),
  );
  await council.pass(minute);
  await correctionAsked(council);
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  expect(await story()).toEqual([
    expect.stringContaining('waits for Bethan Prys to change it by hand'),
    expect.stringContaining('waits for Bethan Prys to change it by hand'),
  ]);
  await council.pass(minute);
  await joseph.press('It has been changed', {}, joseph.card(1));
  await council.pass(minute);
  await ellen.say('remove 1');
  await council.pass(minute);
  await bethan.press('I have taken it down', {}, bethan.card(1));
  const inOrder = [
    'Ellen Rimmer held this at',
    'Bethan Prys posted it on Nextdoor Sefton at',
    'Corrected on Tue 24 Nov',
    'Joseph Adeyemi said at',
    'Ellen Rimmer took it down at',
    'Bethan Prys took it down on Nextdoor Sefton at',
  ];
  for (const told of await story()) {
    const at = inOrder.map((words) => told.indexOf(words));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((one, other) => one - other));
  }
  // Where it was posted by hand is told with who did.
  expect((await story())[0]).toMatch(/Published at 9:4\dam on the website\./u);
  expect((await council.audit()).findings).toEqual([]);
});

test('what is not out on every account says so, also while a correction of it is on its way', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  const outcome = { outcome: 'refused', reason: 'duplicate' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome });
  await approved(council, 'news,x-main,facebook-main,nextdoor-sefton');
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await correctionAsked(council);
  const busy = { outcome: 'retry', after: 10 * minute, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('publishing');
  expect(bethan.card(1).text).toContain('Published on 3 of 4 · being corrected');
});

test('held while a correction of what stands waits for agreement: it is let go on first, and the correction is agreed to then', async () => {
  await using council = await openCouncil();
  const [tom, joseph] = [council.as('tom-ashcroft'), council.as('joseph-adeyemi')];
  await approved(council);
  await council.pass(minute);
  await correctionAsked(council);
  await tom.say('hold 1');
  expect(tom.card(1).text).toContain('It waits until somebody has decided what is held.');
  expect(tom.card(1).text).not.toContain('Agree: correct it now');
  await council.pass(minute);
  await tom.press('Release: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('publishing');
  expect(joseph.card(1).text).toContain('Agree: correct it now');
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  expect(JSON.stringify(council.as('bethan-prys').card(1).card)).toContain(`"value":"${right}"`);
  expect((await council.audit()).findings).toEqual([]);
});

test('while a correction waits, whoever is to post by hand is not told to post the words that are wrong', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  await approved(council);
  await correctionAsked(council);
  const waits = bethan.card(1);
  expect(waits.text).toContain(
    'Please wait before you post this on Nextdoor Sefton: Ellen Rimmer has asked for other words.',
  );
  // Whoever asked is not told of somebody, and whoever decides reads what comes of it there.
  expect(council.as('ellen-rimmer').card(1).text).toContain('by hand before you asked for other words.');
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'Bethan Prys was asked to post it on Nextdoor Sefton by hand, and was told to wait: once this is agreed, they get the new words.',
  );
  expect(JSON.stringify(waits.card)).not.toContain(`"value":"${text}"`);
  expect(bethan.buttons(waits)).toEqual(
    expect.arrayContaining(['I have posted it', 'It will not be posted']),
  );
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself');
  expect(JSON.stringify(bethan.card(1).card)).toContain(`"value":"${right}"`);
});

test('taken down while a correction is still to be made by hand: nobody is said to have changed it', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await approved(council);
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await correctionAsked(council);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  const gareth = council.as('gareth-molyneux');
  await ellen.say('remove 1');
  expect((await council.post(1)).status.is).toBe('taken-down');
  for (const said of [ellen.card(1).text, (await gareth.say('why 1')).at(-1)?.text])
    expect(said).not.toMatch(/changed it at/u);
});

test('a change that somebody is asked to make by hand is held with its correction: they are told, may say what they did, and are asked again by its release alone', async () => {
  for (const did of ['nothing yet', 'changed before they heard']) {
    await using council = await openCouncil();
    const [ellen, bethan, priya] = [
      council.as('ellen-rimmer'),
      council.as('bethan-prys'),
      council.as('priya-desai'),
    ];
    await approved(council);
    await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
    const [form] = await ellen.say('correct 1');
    const right = 'Liverpool Road is closed until Friday.';
    await ellen.press('Ask for this correction', { text: right, what: 'It is Friday.' }, form);
    await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
    expect(bethan.card(1).text).toContain('Please change the post on Nextdoor Sefton yourself');
    await ellen.say('hold 1');
    await council.pass(minute);
    expect((await council.post(1)).status.is).toBe('held');
    expect(ellen.card(1).text).toContain(
      'Bethan Prys was asked to change it by hand, and has not said whether they had',
    );
    const told = bethan.card(1);
    expect(told.text).toMatch(
      /Please do not change the post on Nextdoor Sefton: its correction is held\. Have you changed it already\?/u,
    );
    expect(JSON.stringify(told.card)).not.toContain(`"value":"${right}"`);
    expect(
      council
        .shown(bethan.chat)
        .map((each) => each.text)
        .join(),
    ).toContain('is held: please do not change it by hand now.');
    if (did === 'nothing yet') {
      await bethan.press('I have not changed it', {}, told);
      expect((await council.post(1)).status.is).toBe('held');
      expect(bethan.card(1).text).not.toContain('Please do not change');
      await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
      await council.pass(minute);
      expect(bethan.card(1).text).toContain('Please change the post on Nextdoor Sefton yourself');
      await bethan.press('I have changed it', {}, bethan.card(1));
    } else await bethan.press('I have changed it', {}, told);
    const { status, corrected, correction } = await council.post(1);
    expect([status.is, corrected.length, correction]).toEqual(['published', 1, undefined]);
    expect(ellen.card(1).text).not.toContain('is held');
    expect((await council.audit()).findings).toEqual([]);
  }
});

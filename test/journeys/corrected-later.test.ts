import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';

const at = (iso: string): number => Date.parse(iso);

/** A post on the website, Facebook and X, approved by Priya Desai. */
async function published(council: Council, text: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
}

async function askToCorrect(council: Council, inputs: Readonly<Record<string, string>>) {
  const ellen = council.as('ellen-rimmer');
  const [form] = await ellen.say('correct 1');
  return await ellen.press('Ask for this correction', { what: 'We left that out.', ...inputs }, form);
}

/** What was changed, deleted and posted outside since. */
const since = (council: Council, before: number): readonly string[] => council.outside.calls.slice(before);

/** The messages in a chat, which are no cards. */
const said = (council: Council, chat: string): string =>
  council
    .shown(chat)
    .flatMap(({ card, text }) => (Object.keys(card).length === 0 ? [text] : []))
    .join('\n');

const opened = 'The diversion on Moor Lane is open.';
const byCouncillor = 'Cllr Cornelius Aldershaw, cabinet member for transport, opened the diversion.';

test('an election comes near before anybody agrees to a correction: nothing is changed or deleted, and it says why', async () => {
  await using council = await openCouncil({ at: at('2027-03-30T20:00:00Z') });
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await published(council, opened);
  await council.pass(2 * hour);
  await askToCorrect(council, { text: byCouncillor, 'way:x-main': 'again' });
  const old = joseph.card(1);
  expect(joseph.buttons(old)).toContain('Agree: correct it now');
  const before = council.outside.calls.length;
  // In London that is midnight.
  await council.until(at('2027-03-30T23:00:00Z'));
  for (const somebody of [ellen, joseph]) {
    expect(somebody.card(1).text).toMatch(/✖ [^[]*Cornelius Aldershaw/u);
    expect(somebody.buttons(somebody.card(1))).not.toContain('Agree: correct it now');
  }
  expect(said(council, ellen.chat)).toContain('A correction of #1');
  expect(said(council, ellen.chat)).toContain('Nobody can agree to it as it is');
  expect(said(council, joseph.chat)).not.toContain('Nobody can agree');
  await council.until(at('2027-03-31T08:40:00Z'));
  const pressed = await joseph.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(since(council, before)).toEqual([]);
  expect(council.outside.standing('facebook-main')).toEqual([opened]);
  expect(council.outside.standing('x-main')).toEqual([opened]);
  expect(pressed.text).toContain('It cannot be corrected so: something in it has come to stand in the way.');
  expect(pressed.text).toMatch(/✖ [^[]*Cornelius Aldershaw/u);
  // Nobody can agree, so that nobody is offered it; what they can do instead is.
  expect(pressed.text).not.toContain('I am content for the council to say this');
  expect(pressed.text).not.toContain('Agree: correct it now');
  for (const somebody of [ellen, joseph]) {
    const [shown] = await somebody.say('show 1');
    expect(shown?.text).toContain('Nobody can agree to it as it is');
    expect(shown?.text).toMatch(/✖ [^[]*Cornelius Aldershaw/u);
    expect(somebody.buttons(shown)).not.toContain('Agree: correct it now');
  }
  const [why] = await ellen.say('why 1');
  expect(why?.text).toContain('Cornelius Aldershaw');
  await joseph.press('Leave it as it is', { note: 'Not before the election.' }, joseph.card(1));
  expect((await council.post(1)).correction).toBeUndefined();
  expect(since(council, before)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

for (const way of ['again', 'reply'])
  test(`midnight comes before anybody agrees to a correction with a word for a day (${way}): every card says why, and nothing is done`, async () => {
    await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
    const ellen = council.as('ellen-rimmer');
    const joseph = council.as('joseph-adeyemi');
    await published(council, 'The A59 is shut.');
    await askToCorrect(council, { text: 'The A59 opens again tomorrow.', 'way:x-main': way });
    const old = joseph.card(1);
    const before = council.outside.calls.length;
    await council.until(at('2026-11-24T23:59:59Z'));
    expect(joseph.buttons(joseph.card(1))).toContain('Agree: correct it now');
    const { versions } = joseph.card(1);
    await council.until(at('2026-11-25T00:00:00Z'));
    expect(joseph.card(1).versions).toBe(versions + 1);
    for (const somebody of [ellen, joseph]) {
      expect(somebody.card(1).text).toMatch(/✖ [^[]*"tomorrow" would mean Thursday 26 November/u);
      expect(somebody.buttons(somebody.card(1))).not.toContain('Agree: correct it now');
    }
    expect(joseph.card(1).text).not.toContain('I am content for the council to say this');
    await council.until(at('2026-11-25T08:40:00Z'));
    const pressed = await joseph.press('Agree: correct it now', { confirm: 'true' }, old);
    expect(pressed.text).toContain('It cannot be corrected so');
    expect(since(council, before)).toEqual([]);
    expect(council.outside.standing('x-main')).toEqual(['The A59 is shut.']);
    // It is drawn no more often for that.
    const { turn } = await council.post(1);
    await council.pass(hour);
    expect((await council.post(1)).turn).toBe(turn);
    // Asked for anew in words that stay true, it is made.
    await ellen.press('Take this request back', {}, ellen.card(1));
    await askToCorrect(council, { text: 'The A59 opens again on Thursday.', 'way:x-main': way });
    await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
    expect(council.outside.standing('facebook-main')).toEqual(['The A59 opens again on Thursday.']);
    expect(council.outside.standing('x-main').join(' ')).toContain('The A59 opens again on Thursday.');
    expect((await council.audit()).findings).toEqual([]);
  });

const busy = (after: number) => ({ outcome: 'retry', after, reason: 'busy' }) as const;

test('agreed in time, and midnight comes before it is made: what waits is not changed, not deleted and not replied, and says why', async () => {
  for (const way of ['again', 'reply'] as const) {
    await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
    const ellen = council.as('ellen-rimmer');
    await published(council, 'The A59 is shut.');
    await askToCorrect(council, { text: 'The A59 opens again tomorrow.', 'way:x-main': way });
    council.outside.answer('edit', 'facebook-main', busy(2 * hour));
    if (way === 'again') council.outside.answer('remove', 'x-main', busy(2 * hour));
    else council.outside.next('x-main', { way: 'answer', outcome: busy(2 * hour) });
    await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
    const before = council.outside.calls.length;
    for (let n = 0; n < 10; n += 1) await council.pass(hour / 2);
    expect(since(council, before)).toEqual([]);
    expect(council.outside.standing('facebook-main')).toEqual(['The A59 is shut.']);
    expect(council.outside.standing('x-main')).toEqual(['The A59 is shut.']);
    const post = await council.post(1);
    expect(post.status.is).not.toBe('held');
    const { text } = ellen.card(1);
    expect(text).toContain(
      'Facebook**: It could not be corrected: a rule has come to stop what it was to say.',
    );
    // What would be stopped again is not offered to be tried.
    expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
    // It can be asked for anew in words that stay true.
    expect(ellen.buttons(ellen.card(1))).toContain(way === 'again' ? 'Put the rest right' : 'Correct');
    await askToCorrect(council, { text: 'The A59 opens again on Thursday.', 'way:x-main': way });
    await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
    await council.pass(minute);
    expect(council.outside.standing('facebook-main')).toEqual(['The A59 opens again on Thursday.']);
    expect(council.outside.standing('x-main').join(' ')).toContain('The A59 opens again on Thursday.');
    expect((await council.audit()).findings).toEqual([]);
  }
});

/** Agreed to while X is busy, so that nothing is deleted there, and held before it comes to that. */
async function agreedAndHeld(council: Council): Promise<void> {
  await published(council, 'The A59 is shut.');
  await askToCorrect(council, { text: 'The A59 opens again tomorrow.', 'way:x-main': 'again' });
  council.outside.answer('remove', 'x-main', busy(2 * hour));
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.as('ellen-rimmer').say('hold 1');
}

test('midnight comes while a correction is held: every card names what stands in the way and who can do what, and none offers to let it go on', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await agreedAndHeld(council);
  const old = priya.card(1);
  expect(priya.buttons(old)).toContain('Release: goes out now');
  expect(old.text).not.toContain('✖');
  const { versions } = old;
  const before = council.outside.calls.length;
  await council.until(at('2026-11-25T00:00:00Z'));
  expect(priya.card(1).versions).toBe(versions + 1);
  const [why] = await ellen.say('why 1');
  for (const { text } of [priya.card(1), ellen.card(1), why ?? priya.card(1)])
    expect(text).toMatch(/"tomorrow" would mean Thursday 26 November/u);
  for (const { text } of [priya.card(1), ellen.card(1)])
    expect(text).toContain(
      'Nobody can let it go on as it is. Tom Ashcroft, Priya Desai or Gareth Molyneux can press "Leave it as it is". What is public stays, and can be corrected then.',
    );
  expect(priya.buttons(priya.card(1))).not.toContain('Release: goes out now');
  expect(priya.card(1).text).not.toContain('I am content for the council to say this');
  const pressed = await priya.press('Release: goes out now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('It cannot go on as it is');
  expect(pressed.text).toMatch(/✖ [^[]*"tomorrow" would mean/u);
  expect((await council.post(1)).status.is).toBe('held');
  await council.pass(10 * hour);
  expect(since(council, before)).toEqual([]);
  // The way out that is named works.
  await priya.press('Leave it as it is', { note: 'It is the wrong day by now.' }, priya.card(1));
  expect(council.outside.standing('x-main')).toEqual(['The A59 is shut.']);
  await askToCorrect(council, { text: 'The A59 opens again on Thursday.', 'way:x-main': 'again' });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(council.outside.standing('x-main')).toEqual(['The A59 opens again on Thursday.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('old words with what a rule stops by now do not keep the right ones from being let go on', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
  const priya = council.as('priya-desai');
  await published(council, 'The A59 is shut today.');
  await askToCorrect(council, { text: 'The A59 is open.', 'way:x-main': 'again' });
  council.outside.answer('remove', 'x-main', busy(2 * hour));
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.as('ellen-rimmer').say('hold 1');
  await council.until(at('2026-11-25T08:40:00Z'));
  expect(priya.card(1).text).not.toContain('✖');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  expect(council.outside.standing('x-main')).toEqual(['The A59 is open.']);
  expect((await council.audit()).findings).toEqual([]);
});

for (const held of ['by Crier', 'by somebody'])
  test(`the rest of a post is held ${held} and names another day by now: everybody reads who can end that, and how it goes on`, async () => {
    await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    council.outside.next('x-main', { way: 'answer', outcome: busy(2 * hour) });
    await published(council, 'The A59 is shut today.');
    if (held === 'by somebody') await ellen.say('hold 1');
    const old = priya.card(1);
    await council.until(at('2026-11-25T01:00:00Z'));
    expect(await council.post(1)).toMatchObject({ status: { is: 'held' } });
    for (const { text } of [priya.card(1), ellen.card(1)]) {
      expect(text).toMatch(/✖ [^[]*"today" would mean/u);
      expect(text).toContain(
        'Nobody can let it go on as it is. Ask for a correction: once somebody has agreed, it changes what is public, and the rest can go out with its words. Or Tom Ashcroft, Priya Desai or Gareth Molyneux can press "Do not publish the rest".',
      );
      expect(text).not.toContain('before it is changed');
    }
    if (held === 'by somebody') {
      const pressed = await priya.press('Release: goes out now', { confirm: 'true' }, old);
      expect(pressed.text).toContain('It cannot go on as it is');
      expect(pressed.text).not.toContain('has to be put right first');
    }
    await priya.press('Do not publish the rest', { note: 'Too late for that.' }, priya.card(1));
    expect(ellen.buttons(ellen.card(1))).toContain('Correct');
    expect((await council.audit()).findings).toEqual([]);
  });

test('a word for a day that stands since the day before keeps its day: changed in place it stays, and nothing new says it', async () => {
  await using council = await openCouncil();
  const joseph = council.as('joseph-adeyemi');
  const was = 'The A59 is shut tomorrow from 9am.';
  const becomes = 'The A59 is shut tomorrow from 10am.';
  await published(council, was);
  await council.pass(day);
  const before = council.outside.calls.length;
  for (const way of ['reply', 'again']) {
    const asked = await askToCorrect(council, { text: becomes, 'way:x-main': way });
    expect(asked.text).toContain(
      '"tomorrow" would mean Thursday 26 November when this goes out, not Wednesday 25 November. Write the day itself',
    );
  }
  expect((await council.post(1)).correction).toBeUndefined();
  expect(since(council, before)).toEqual([]);
  // A word of today is of today, be it the same.
  const more = await askToCorrect(council, { text: `${becomes} It opens today.`, 'way:x-main': 'reply' });
  expect(more.text).not.toContain('"today" would mean');
  await askToCorrect(council, { text: 'The A59 is shut on Wednesday from 10am.' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  expect(council.outside.standing('x-main').at(-1)).toContain('The A59 is shut on Wednesday from 10am.');
  expect((await council.post(1)).corrected).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('where what stands is changed, a word for a day stays as it was meant, also by the next correction and the next day', async () => {
  await using council = await openCouncil();
  const joseph = council.as('joseph-adeyemi');
  await letOutByDesk(council, 'The A59 is shut tomorrow from 9am.', { accounts: 'news,facebook-main' });
  for (const hourOf of ['10am', '11am']) {
    await council.pass(day);
    const text = `The A59 is shut tomorrow from ${hourOf}.`;
    await askToCorrect(council, { text });
    await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
    expect(council.outside.standing('facebook-main')).toEqual([text]);
  }
  // A new one of today is not agreed to tomorrow.
  await askToCorrect(council, { text: 'The A59 was shut for a day. It opens again tomorrow.' });
  await council.pass(day);
  expect(joseph.buttons(joseph.card(1))).not.toContain('Agree: correct it now');
  expect((await council.audit()).findings).toEqual([]);
});

test('what a correction gave other words, and had not left, keeps the day that its words were written for', async () => {
  await using council = await openCouncil();
  const joseph = council.as('joseph-adeyemi');
  const refused = { outcome: 'refused', reason: 'not-allowed' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: refused });
  await published(council, 'The A59 is shut tomorrow from 9am.');
  await council.pass(day);
  await askToCorrect(council, { text: 'The A59 is shut tomorrow from 10am.' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  expect(council.outside.standing('facebook-main')).toEqual(['The A59 is shut tomorrow from 10am.']);
  // X had refused it, and would say tomorrow of another day now.
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.entries('x-main')).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('the new end of a correction comes before anybody agrees to it: the card says that it has passed, nobody can agree, and nothing goes out', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await letOutByDesk(council, 'Moor Lane is shut.', { until: 'today 4pm' });
  const wanted = { text: 'Moor Lane is shut for a burst main.', until: 'today 2pm' };
  await askToCorrect(council, wanted);
  const old = joseph.card(1);
  expect(old.text).toContain('It ends on Tue 24 Nov at 2pm. Before, that was at 4pm.');
  const before = council.outside.calls.length;
  await council.until(at('2026-11-24T14:00:00Z'));
  for (const somebody of [ellen, joseph]) {
    const { text } = somebody.card(1);
    expect(text).toContain('Its new end has passed, so nobody can agree to it.');
    expect(text).toContain('It was to end on Tue 24 Nov at 2pm. Before, that was at 4pm.');
    expect(text).not.toContain('It ends on Tue 24 Nov at 2pm');
    expect(somebody.buttons(somebody.card(1))).not.toContain('Agree: correct it now');
  }
  expect(said(council, ellen.chat)).toContain('Its new end has passed, so nobody can agree to it.');
  await council.until(at('2026-11-24T14:14:00Z'));
  const pressed = await joseph.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('The new end, Tue 24 Nov at 2pm, has passed meanwhile');
  expect(since(council, before)).toEqual([]);
  await joseph.press('Leave it as it is', { note: 'It is over.' }, joseph.card(1));
  expect((await council.post(1)).correction).toBeUndefined();
  // An end that stands, and has passed, keeps nobody from putting the words right.
  await council.until(at('2026-11-24T17:00:00Z'));
  await askToCorrect(council, { text: 'Moor Lane was shut for a burst main.' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  expect(council.outside.standing('facebook-main')).toEqual(['Moor Lane was shut for a burst main.']);
  expect((await council.audit()).findings).toEqual([]);
});

/** Deleted on X before midnight, and what takes its place is kept waiting until it names another day. */
async function deletedAndStopped(council: Council, accounts: string): Promise<void> {
  await letOutByDesk(council, 'The A59 is shut.', { accounts });
  await askToCorrect(council, { text: 'The A59 opens again tomorrow.', 'way:x-main': 'again' });
  council.outside.next('x-main', { way: 'answer', outcome: busy(2 * hour) });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(council.outside.standing('x-main')).toEqual([]);
  await council.until(at('2026-11-25T01:00:00Z'));
  expect(council.outside.standing('x-main')).toEqual([]);
  expect((await council.post(1)).status.is).not.toBe('held');
}

test('deleted, and a rule comes to stop what takes its place: other words are asked for, and go out there', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
  const ellen = council.as('ellen-rimmer');
  await deletedAndStopped(council, 'news,x-main');
  expect(ellen.card(1).text).toContain(
    'Not published: a rule has come to stop what it was to say. Press "Correct" and change the words. Once that is agreed, press "Try again".',
  );
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  await askToCorrect(council, { text: 'The A59 opens again on Thursday.' });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.standing('x-main')).toEqual(['The A59 opens again on Thursday.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('deleted where it stood alone, and a rule comes to stop what takes its place: other words are asked for, and go out', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T22:40:00Z') });
  const ellen = council.as('ellen-rimmer');
  await deletedAndStopped(council, 'x-main');
  expect(ellen.card(1).text).toContain(
    'Not published: a rule has come to stop what it was to say. Press "Correct" and change the words. Ellen Rimmer asked',
  );
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  await askToCorrect(council, { text: 'The A59 opens again on Thursday.' });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual(['The A59 opens again on Thursday.']);
  expect((await council.audit()).findings).toEqual([]);
});

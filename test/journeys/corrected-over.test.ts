import { expect, test } from 'vitest';
import { hour, minute, openCouncil } from './council.ts';
import { agreed, asked, published } from './corrections.ts';
import { toldIn } from './told.ts';

const at = (clock: string): number => Date.parse(`2026-11-24T${clock}:00Z`);

const open = 'Moor Lane in Crosby is closed.';
const closed = 'Moor Lane in Crosby is closed until 4pm today.';
const over = '"until 4pm today" is over when this goes out: it means Tue 24 Nov at 4pm.';
const fix = 'Say until when it goes on, or that it is over.';
const what = 'We left out until when.';

test('a correction that newly says what is over is not asked for: the form says where, why and what to do, and in other words it is made', async () => {
  await using council = await openCouncil({ at: at('15:00') });
  await published(council, open, 'x-main,facebook-main,news');
  await council.until(at('16:30'));
  const refused = await asked(council, { text: closed, what });
  expect(refused.text).toContain(`✖ ${over} ${fix}`);
  expect(refused.text).not.toContain('choose a time before it');
  expect((await council.post(1)).correction).toBeUndefined();
  // What was wrong is read by the public as well.
  const inWhat = await asked(council, { text: open, what: 'It is closed until 4pm today.' });
  expect(inWhat.text).not.toContain('is over');
  const told = await asked(council, { text: `${open} Sorry.`, what: 'It is closed until 4pm today.' });
  expect(told.text).toContain(over);
  // A "sorry" for what was wrong says nothing of the right words.
  expect((await asked(council, { text: closed, what: 'Sorry, we left that out.' })).text).toContain(over);
  expect((await council.post(1)).correction).toBeUndefined();

  const past = closed.replace('is closed', 'was closed');
  await asked(council, { text: past, what });
  await agreed(council);
  expect(council.outside.standing('facebook-main')).toEqual([past]);
  expect(council.outside.standing('x-main').at(-1)).toContain(past);
  expect((await council.audit()).findings).toEqual([]);
});

test('the end that a correction newly names comes before anybody agrees: every card says so, its writer hears, and nobody can', async () => {
  await using council = await openCouncil({ at: at('15:00') });
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, open, 'x-main,facebook-main');
  await asked(council, { text: closed, what });
  await council.until(at('15:59'));
  const old = joseph.card(1);
  expect(joseph.buttons(old)).toContain('Agree: correct it now');
  await council.until(at('16:00'));
  for (const somebody of [ellen, joseph]) {
    expect(somebody.card(1).text).toContain(`✖ ${over} ${fix}`);
    expect(somebody.card(1).text).toContain('Nobody can agree to it as it is');
  }
  expect(joseph.card(1).versions).toBe(old.versions + 1);
  expect(joseph.buttons(joseph.card(1)).join()).not.toContain('Agree');
  expect(toldIn(council, ellen.chat).join()).toContain('Nobody can agree to it as it is');
  const pressed = await joseph.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('It cannot be corrected so');
  await council.pass(hour);
  expect(council.outside.standing('x-main')).toEqual([open]);
  expect(council.outside.standing('facebook-main')).toEqual([open]);
  // The way out that is named works.
  await ellen.press('Take this request back', {}, ellen.card(1));
  await asked(council, { text: `${open} It is to open at 6pm.`, what });
  await agreed(council);
  expect(council.outside.standing('facebook-main')).toEqual([`${open} It is to open at 6pm.`]);
  expect((await council.audit()).findings).toEqual([]);
});

test('agreed in time, and the end comes while its account is busy: what waits is not said there any more, and says why', async () => {
  await using council = await openCouncil({ at: at('15:00') });
  const ellen = council.as('ellen-rimmer');
  await published(council, open, 'x-main,facebook-main');
  const busy = { way: 'answer', outcome: { outcome: 'retry', after: hour, reason: 'busy' } } as const;
  await council.until(at('15:50'));
  await asked(council, { text: closed, what });
  council.outside.next('x-main', busy);
  await agreed(council);
  await council.pass(2 * hour);
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([closed]);
  expect(council.outside.standing('x-main')).toEqual([open]);
  expect(ellen.card(1).text).toContain(
    'X, correction**: Not published: a rule has come to stop what it was to say.',
  );
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  expect((await council.audit()).findings).toEqual([]);
});

test.each([
  ['changes something else', closed.replace('Crosby', 'Bootle')],
  ['takes it out', 'Moor Lane in Crosby is open.'],
  ['says it once more in other words', 'Until 4pm today, Moor Lane in Crosby is closed.'],
])('an end that stood before stops no correction that %s, wherever it is said', async (_what, right) => {
  for (const way of ['reply', 'again']) {
    await using council = await openCouncil({ at: at('15:00') });
    await published(council, closed, 'x-main,facebook-main,news');
    await council.until(at('16:30'));
    const answer = await asked(council, {
      text: right,
      what: 'We said that Moor Lane in Crosby is closed until 4pm today.',
      'way:x-main': way,
    });
    expect(answer.text).not.toContain('is over');
    await agreed(council);
    expect(council.outside.standing('facebook-main')).toEqual([right]);
    expect(council.outside.standing('x-main').at(-1)).toContain(right);
  }
});

test('an end that stood before keeps no rest of a reply from its thread, and one that was newly named does', async () => {
  for (const [before, was, last] of [
    [closed, closed, 2],
    [closed, open, 1],
  ] as const) {
    await using council = await openCouncil({ at: at('15:00') });
    await published(council, `Use the A565.\n---\n${was}`, 'news,x-main');
    await council.until(at('15:30'));
    council.outside.next('x-main', { way: 'through' });
    council.outside.next('x-main', {
      way: 'answer',
      outcome: { outcome: 'retry', after: 2 * hour, reason: 'busy' },
    });
    await asked(council, { text: `Use the A59.\n---\n${before}`, what: 'Wrong.' });
    await agreed(council);
    await council.pass(3 * hour);
    await council.pass(minute);
    expect(council.outside.standing('x-main').filter((each) => each.includes('/2'))).toHaveLength(2 + last);
  }
});

import { expect, test } from 'vitest';
import type { PublishOutcome } from '../../src/networks/network.ts';
import { agreed, asked, published } from './corrections.ts';
import { openCouncil } from './council.ts';

/** A status alone, as a network has sent after it had done what it was asked. */
const unheardOf: PublishOutcome = { outcome: 'refused', reason: 'status-400' };
const text = 'The tip in Formby is open until 6pm.';

test('refused in a way that nobody knows, a removal and a change are asked for once more before anybody is told', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  const calls = (call: string) => outside.calls.filter((each) => each === call).length;
  await published(council, text, 'news,x-main,facebook-main');
  await asked(council, {
    text: 'The tip in Formby is open until 5pm.',
    what: 'The hour.',
    'way:x-main': 'again',
  });
  outside.answer('edit', 'facebook-main', unheardOf);
  outside.answer('remove', 'x-main', unheardOf);
  await agreed(council);
  expect(outside.standing('x-main')).toEqual(['The tip in Formby is open until 5pm.']);
  expect(outside.standing('facebook-main')).toEqual(['The tip in Formby is open until 5pm.']);
  expect([calls('edit facebook-main'), calls('remove x-main')]).toEqual([2, 2]);
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).not.toContain('could not');

  outside.answer('remove', 'facebook-main', unheardOf);
  await ellen.say('remove 1');
  await council.pass(10_000);
  expect(ellen.card(1).text).toContain('Taken down');
  expect(ellen.card(1).text).not.toContain('by hand');
  expect((await council.audit()).findings).toEqual([]);
});

test('refused so each time, people hear of it', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  await published(council, text, 'news,facebook-main');
  for (let n = 0; n < 3; n += 1) outside.answer('remove', 'facebook-main', unheardOf);
  const ellen = council.as('ellen-rimmer');
  await ellen.say('remove 1');
  await council.pass(60_000);
  await council.pass(60_000);
  expect(ellen.card(1).text).toContain('Could not be taken down');
  expect(outside.standing('facebook-main')).toEqual([text]);
  expect(outside.calls.filter((each) => each === 'remove facebook-main')).toHaveLength(3);
});

test('refused so and tried again in a moment: until then nobody can tell whether it is gone, and no card says that it stands', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  const ellen = council.as('ellen-rimmer');
  await published(council, text, 'news,facebook-main');
  outside.answer('remove', 'facebook-main', unheardOf);
  await ellen.say('remove 1');
  await council.pass(3_000);
  expect(ellen.card(1).text).toContain('Taken down on 1 of 2; perhaps still on Facebook');
  await council.pass(10_000);
  expect(ellen.card(1).text).not.toContain('still on');
});

test('refused so each time where nobody can look: it is said to be perhaps gone; where it can be seen gone, it is', async () => {
  for (const is of ['unseen', 'gone'] as const) {
    await using council = await openCouncil();
    const { outside } = council;
    const ellen = council.as('ellen-rimmer');
    await published(council, text, 'news,facebook-main');
    if (is === 'unseen') outside.blind('facebook-main');
    for (let n = 0; n < 3; n += 1) outside.answer('remove', 'facebook-main', unheardOf);
    await ellen.say('remove 1');
    await council.pass(8_000);
    if (is === 'gone') for (const entry of outside.entries('facebook-main')) entry.removed = true;
    await council.pass(60_000);
    if (is === 'gone') expect(ellen.card(1).text).toMatch(/Taken down (?!on 1 of 2)/u);
    else expect(ellen.card(1).text).toContain('Taken down on 1 of 2; perhaps still on Facebook');
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('refused so while it is deleted to be posted again, and held in that moment: it is looked up before anything is said to stand', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const joseph = council.as('joseph-adeyemi');
  await published(council, text, 'news,x-main');
  await asked(council, { text: 'The tip is open until 5pm.', what: 'The hour.', 'way:x-main': 'again' });
  outside.answer('remove', 'x-main', unheardOf);
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  for (const entry of outside.entries('x-main')) entry.removed = true;
  await ellen.say('hold 1');
  await priya.press('Leave it as it is', { note: 'No.' }, priya.card(1));
  expect(ellen.card(1).text).toContain('perhaps deleted on X');
  for (let n = 0; n < 4; n += 1) await council.pass(60_000);
  expect(ellen.card(1).text).toContain('It was deleted on X and is not posted there again.');
  expect((await council.audit()).findings).toEqual([]);
});

test('a change refused so each time: nobody can tell which words it has, and no card says that it has the old ones', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  const ellen = council.as('ellen-rimmer');
  await published(council, text, 'news,facebook-main');
  for (let n = 0; n < 3; n += 1) outside.answer('edit', 'facebook-main', unheardOf);
  await asked(council, { text: 'The tip in Formby is open until 5pm.', what: 'The hour.' });
  await agreed(council);
  await council.pass(60_000);
  expect(outside.calls.filter((each) => each === 'edit facebook-main')).toHaveLength(3);
  const { text: said } = ellen.card(1);
  expect(said).toContain('It may have been corrected, and nobody can tell');
  expect(said).not.toContain('still says what it said');
  expect((await council.audit()).findings).toEqual([]);
});

test('a change refused so, and held before it is tried again: it may have been made, and the card says so', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await published(council, text, 'news,facebook-main');
  outside.answer('edit', 'facebook-main', unheardOf);
  await asked(council, { text: 'The tip in Formby is open until 5pm.', what: 'The hour.' });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await ellen.say('hold 1');
  const { text: said } = ellen.card(1);
  expect(said).toContain('It was being corrected, and the network gave no clear answer');
  expect(said).not.toContain('still says what it said');
  expect((await council.audit()).findings).toEqual([]);
});

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

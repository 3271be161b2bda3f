import { expect, test } from 'vitest';
import { agreed, asked, published } from './corrections.ts';
import { minute, openCouncil } from './council.ts';

/** A thread of three posts. */
const thread = (n: number): string =>
  ['up', 'lit', 'safe'].map((is) => `Sign ${String(n)} in Formby is ${is}.`).join('\n---\n');

test('a thread that was posted again, of which the end alone could be deleted for the next correction, is not said to be being corrected', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  await published(council, thread(0), 'news,bluesky-main');
  await asked(council, { text: thread(1), what: 'Wrong.', 'way:bluesky-main': 'again' });
  await agreed(council);
  await asked(council, { text: thread(2), what: 'Wrong.', 'way:bluesky-main': 'again' });
  outside.pauseRemoval('bluesky-main', async () => {
    outside.answer('remove', 'bluesky-main', { outcome: 'refused', reason: 'no-permission' });
    await Promise.resolve();
  });
  await agreed(council);
  await council.pass(30 * minute);
  expect(outside.standing('bluesky-main')).toHaveLength(2);
  const { text } = council.as('ellen-rimmer').card(1);
  expect(text).toContain('Only the first two of three posts still stand there');
  expect(text).not.toContain('being corrected');
});

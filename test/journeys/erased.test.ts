import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { erase } from '../../src/core/erase.ts';
import type { Actor } from '../../src/core/context.ts';
import { refuseErasure } from '../../src/posts/erasing/erasable.ts';
import { forgetMedia } from '../../src/posts/erasing/forget-media.ts';
import type { PostState } from '../../src/posts/post.ts';
import { filesInTeams } from './files-in-teams.ts';
import { hour, openCouncil, type Council } from './council.ts';

const claire: Actor = { by: 'person', person: 'claire-whitworth' };

/** Erases as `npm run erase` does. @returns all that the store keeps of the post and of its record, as one text */
async function erased(council: Council, number: number, names: readonly string[]): Promise<string> {
  const { executor } = council.app;
  const post = await council.post(number);
  const erasure = { clause: '7.1', names };
  expect(refuseErasure(post, erasure, 'claire-whitworth', council.protocol)).toBeUndefined();
  await erase(executor, { kind: 'post', id: post.id }, erasure, claire);
  await council.quiet();
  expect((await council.audit()).findings).toEqual([]);
  const aside = await executor.store.scan('audit-texts', 100);
  return JSON.stringify([await executor.store.get('post', post.id), aside.items]);
}

test('a headline that is erased alone is nowhere any more, nor in what went out with it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { headline: 'Grit for Zanzibar Terrace' }, form.card);
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(hour);
  await ellen.say('remove 1');
  const left = await erased(council, 1, ['headline']);
  expect(left.toLowerCase()).not.toContain('zanzibar');
  expect(left).toContain('The gritters are out');
});

test('words that are erased are not left in a correction of which nothing came', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { accounts: 'x-main' }, form.card);
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(hour);
  const [asking] = await ellen.say('correct 1');
  const text = 'The gritters are out in Zanzibar Terrace.';
  await ellen.press(
    'Ask for this correction',
    { text, what: 'The wrong road.', 'way:x-main': 'again' },
    asking,
  );
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'status-400' } });
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  await council.pass(hour);
  const left = await erased(council, 1, ['text']);
  expect(left).not.toContain('Zanzibar');
  expect(left).not.toContain('gritters');
});

test('pictures that are erased leave the place where media are kept, unless another post has them', async () => {
  await using council = await openCouncil();
  const { executor } = council.app;
  const nadia = council.as('nadia-hartley');
  await nadia.say('hello');
  await using files = await filesInTeams(council, {
    'grey.jpg': await plainPhoto('#888888'),
    'green.jpg': await plainPhoto('#228822'),
  });
  await files.send(nadia, 'grey.jpg', 'Our new road is open.');
  await files.send(nadia, 'grey.jpg', 'Our old road is shut.');
  await files.send(nadia, 'green.jpg', 'Our park is open.');
  const posts = await Promise.all([1, 2, 3].map(async (number) => await council.post(number)));
  const [grey = '', again = '', green = ''] = posts.map(({ revision }) => revision.media[0]?.hash);
  expect(again).toBe(grey);
  const isKept = async (hash: string): Promise<boolean> => (await council.blobs.read(hash)) !== undefined;
  const media = { clause: '7.1', names: ['media'] };
  const forget = async (post: PostState | undefined): Promise<number> =>
    post === undefined ? -1 : await forgetMedia({ executor, blobs: council.blobs }, post, media);

  // What is still in its post stays.
  expect(await forget(posts[2])).toBe(0);
  await erased(council, 1, ['media']);
  expect(await forget(posts[0])).toBe(0);
  expect(await isKept(grey)).toBe(true);
  await erased(council, 2, ['media']);
  expect(await forget(posts[1])).toBe(1);
  expect(await isKept(grey)).toBe(false);
  // A death in between leaves it to a second time, which finds no picture in the post any more.
  await erased(council, 3, ['media']);
  expect(await isKept(green)).toBe(true);
  expect(await forget(await council.post(3))).toBe(1);
  expect(await isKept(green)).toBe(false);
  expect(nadia.card(3).text).toContain('its pictures and videos');
  expect((await council.post(3)).revision).toMatchObject({ text: 'Our park is open.', media: [] });
});

test('a note beside an approval is erased as every other, on the post and on a card that says it was not sent', async () => {
  await using council = await openCouncil();
  const [ellen, joseph, priya] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('priya-desai'),
  ];
  await council.as('nadia-hartley').say('propose Moor Lane is closed.');
  await council.as('nadia-hartley').press('Send to Communications');
  const old = joseph.card(1);
  const note = 'Zanzibar Terrace is closed as well.';
  await ellen.press('Pass on to Highways approvers', { note }, ellen.card(1));
  await joseph.press('Send back with a note', { note }, old);
  expect(joseph.card(1).text).toContain(`Your note has not been sent: "${note}"`);
  expect(priya.card(1).text).toContain(note);
  expect((await erased(council, 1, ['note'])).toLowerCase()).not.toContain('zanzibar');
  for (const { chat } of [ellen, joseph, priya])
    expect(
      council
        .shown(chat)
        .map(({ text }) => text)
        .join(' '),
    ).not.toContain('Zanzibar');
});

import { expect, test } from 'vitest';
import { openCouncil } from './council.ts';

/* Whoever has another client than Microsoft's can press a button that no card has, with whatever they like in it. */

/** Names that every object has, so that a record gives something for each. */
const everyObjectHas = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

test.each(everyObjectHas)('what is no part or account of a post is answered as such: %s', async (name) => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Ash Road in Bootle is closed while we mend a water main.');
  const before = await council.post(1);
  const press = async (verb: string, data: object): Promise<string> =>
    await nadia.invoke('adaptiveCard/action', {
      action: {
        type: 'Action.Execute',
        verb,
        data: { post: before.id, turn: before.turn, revision: 1, ...data },
      },
      trigger: 'manual',
    });
  const done = await press('post.done-by-hand', { part: name, did: 'done', [`none:${name}`]: 'true' });
  expect(done).not.toContain('Nobody can tell yet');
  const revised = await press('post.revise', { text: 'Ash Road in Bootle is open.', accounts: name });
  expect(revised).not.toContain('Nobody can tell yet');
  expect((await council.post(1)).revision).toEqual(before.revision);
});

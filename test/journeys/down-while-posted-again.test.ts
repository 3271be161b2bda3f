import { expect, test } from 'vitest';
import { comesTo } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';

/** A post is taken down while X deletes it to post it again in other words, and X lets nobody take down what stands. */

const shut = 'The bridge is shut.';
const open = 'The bridge is open.';
const right = { text: open, what: 'It is not.', 'way:x-main': 'again', 'way:bluesky-main': 'again' };
const refused = { outcome: 'refused', reason: 'no-permission' } as const;
const busy = { outcome: 'retry', after: 2 * hour, reason: 'busy' } as const;
const unclear = { outcome: 'unknown', reason: 'no-clear-answer' } as const;

async function corrected(council: Council): Promise<void> {
  await asked(council, right);
  await agreed(council);
}

/** From now on X takes nothing down, and somebody asks for that. */
function remove(council: Council): Promise<unknown> {
  council.outside.answer('remove', 'x-main', refused);
  return council.as('ellen-rimmer').say('remove 1');
}

/** It is taken down while X is being asked to delete it, and X answers so; `deleted`: it is gone. */
async function whileDeleting(
  council: Council,
  answer: typeof refused | typeof busy | typeof unclear | 'deleted',
): Promise<void> {
  const said: Promise<unknown>[] = [];
  council.outside.pauseRemoval('x-main', async () => {
    said.push(remove(council));
    await comesTo(council, 'taken-down');
    if (answer !== 'deleted') council.outside.answerRemoval('x-main', answer);
  });
  await corrected(council);
  await Promise.all(said);
}

/** It is taken down while it is being posted on X once more, and that comes to this. */
async function whilePosting(council: Council, way: Parameters<Council['outside']['next']>[1]): Promise<void> {
  const paused = council.outside.pause('x-main');
  council.outside.next('x-main', way);
  const agrees = corrected(council);
  await paused.begun;
  const said = remove(council);
  await comesTo(council, 'taken-down');
  paused.go();
  await Promise.all([agrees, said]);
}

/** It is taken down once that is done. */
async function afterwards(council: Council, before: () => void): Promise<void> {
  before();
  await corrected(council);
  await remove(council);
}

const orders: readonly (readonly [
  string,
  (council: Council) => Promise<void>,
  { readonly stands: string | undefined; readonly said: string },
])[] = [
  [
    'before it began to be deleted',
    (council) => afterwards(council, () => council.outside.answer('remove', 'x-main', busy)),
    { stands: shut, said: shut },
  ],
  [
    'after its deletion was refused',
    (council) => afterwards(council, () => council.outside.answer('remove', 'x-main', refused)),
    { stands: shut, said: shut },
  ],
  [
    'after nobody could tell whether it was deleted',
    (council) =>
      afterwards(council, () => {
        council.outside.answer('remove', 'x-main', unclear);
        council.outside.answer('remove', 'x-main', busy);
      }),
    { stands: shut, said: shut },
  ],
  [
    'while its deletion is refused',
    (council) => whileDeleting(council, refused),
    { stands: shut, said: shut },
  ],
  [
    'while X is too busy to delete it',
    (council) => whileDeleting(council, busy),
    { stands: shut, said: shut },
  ],
  [
    'while nobody can tell whether it is deleted',
    (council) => whileDeleting(council, unclear),
    { stands: shut, said: shut },
  ],
  ['while it is deleted', (council) => whileDeleting(council, 'deleted'), { stands: undefined, said: shut }],
  [
    'while it is posted again',
    (council) => whilePosting(council, { way: 'through' }),
    { stands: open, said: open },
  ],
  [
    'while X refuses to post it again',
    (council) => whilePosting(council, { way: 'answer', outcome: refused }),
    { stands: undefined, said: shut },
  ],
  [
    'while nobody hears that it is posted again',
    (council) => whilePosting(council, { way: 'lost' }),
    { stands: open, said: open },
  ],
  [
    'while nobody hears that it is not posted again',
    (council) => whilePosting(council, { way: 'nothing' }),
    { stands: undefined, said: shut },
  ],
  [
    'after X refused to post it again',
    (council) =>
      afterwards(council, () => council.outside.next('x-main', { way: 'answer', outcome: refused })),
    { stands: undefined, said: shut },
  ],
  [
    'while X is too busy to post it again',
    (council) => afterwards(council, () => council.outside.next('x-main', { way: 'answer', outcome: busy })),
    { stands: undefined, said: shut },
  ],
  [
    'after it was posted again',
    (council) => afterwards(council, () => undefined),
    { stands: open, said: open },
  ],
];

for (const [order, happens, { stands, said }] of orders)
  test(`taken down ${order}: its card says what X said last, and whether that stands there`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, shut, 'news,x-main');
    await happens(council);
    await council.pass(3 * hour);
    expect(council.outside.standing('x-main')).toEqual(stands === undefined ? [] : [stands]);
    const [shown] = await ellen.say('show 1');
    for (const text of [ellen.card(1).text, shown?.text ?? '']) {
      // Where the words are the same everywhere, no account is named with them.
      if (said === open) expect(text).not.toContain(shut);
      else expect(text).toContain(`On the website ${open} On X ${said} [`);
      // What stands still is what it is known by.
      if (stands !== undefined)
        expect(text).toContain(`[I have taken it down] [It cannot be taken down] ${stands} [Show more]`);
      expect(text.includes('still on X')).toBe(stands !== undefined);
      expect(text.includes('[I have taken it down]')).toBe(stands !== undefined);
      expect(text).not.toContain('correction');
    }
    const [why] = await ellen.say('why 1');
    expect(why?.text.includes('still on X')).toBe(stands !== undefined);
    const [waiting] = await ellen.say('waiting');
    if (stands === undefined) expect(waiting?.text).toContain('Nothing waits for you.');
    // It was seen there as it was refused, or no attempt but the refused one was ever under way.
    else expect(waiting?.text).toContain(`Transport ${stands} Taken down on 1 of 2; still on X`);
    const post = await council.post(1);
    expect([post.corrected.length, post.correction]).toEqual([1, undefined]);
    expect((await council.audit()).findings).toEqual([]);
  });

test('of two accounts one is posted on again as the post is taken down, and the other not deleted yet: each is said to have its own words', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, shut, 'x-main,bluesky-main');
  council.outside.answer('remove', 'bluesky-main', busy);
  council.outside.answer('remove', 'bluesky-main', refused);
  await whilePosting(council, { way: 'through' });
  await council.pass(3 * hour);
  expect(council.outside.standing('x-main')).toEqual([open]);
  expect(council.outside.standing('bluesky-main')).toEqual([shut]);
  expect(ellen.card(1).text).toContain(`On X ${open} On Bluesky ${shut} [`);
  expect(ellen.card(1).text).toMatch(/Corrected on Tue 24 Nov .*: It is not\./u);
  expect((await council.audit()).findings).toEqual([]);
});

test('a thread of which the last post was deleted, and which is taken down then: its card says what is left', async () => {
  await using council = await openCouncil();
  const thread = (road: string): string => `The bridge is shut.\n---\nUse ${road}.\n---\nWe are sorry.`;
  await published(council, thread('the A565'), 'news,x-main');
  council.outside.pauseRemoval('x-main', () => {
    council.outside.answer('remove', 'x-main', busy);
    return Promise.resolve();
  });
  await asked(council, { ...right, text: thread('the A59') });
  await agreed(council);
  for (let n = 0; n < 2; n += 1) council.outside.answer('remove', 'x-main', refused);
  await council.as('ellen-rimmer').say('remove 1');
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(['1/3 The bridge is shut.', '2/3 Use the A565.']);
  expect(council.as('ellen-rimmer').card(1).text).toContain(
    'On X, what is left there 1/3 The bridge is shut. 2/3 Use the A565. [',
  );
});

test('taken down while X is being asked to delete it: as soon as X refuses, it is said to stand; where nobody can look, a lost attempt leaves that open', async () => {
  for (const [answer, state] of [
    [refused, 'still on X'],
    [busy, 'still on X'],
    [unclear, 'perhaps still on X'],
  ] as const) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, shut, 'news,x-main');
    council.outside.blind('x-main');
    await whileDeleting(council, answer);
    await council.pass(minute);
    expect(ellen.card(1).text).toContain(`Taken down on 1 of 2; ${state}`);
    expect(ellen.card(1).text.includes('erhaps')).toBe(answer === unclear);
    expect((await council.audit()).findings).toEqual([]);
  }
});

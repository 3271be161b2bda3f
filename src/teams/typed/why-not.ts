import { whyNotCancel } from '../../posts/writing/cancel.ts';
import { editors, holders } from '../../posts/deciding/may.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { type PostRefusal, refusePost } from '../../posts/refusals.ts';
import { whyNotRemove } from '../../posts/taking-down/remove.ts';
import { whyNotEdit } from '../../posts/writing/revise.ts';

/** Commands that change a post, each with why somebody may not give it; undefined where they may. */
export const whyNot: Readonly<
  Record<
    'cancel' | 'correct' | 'edit' | 'hold' | 'remove',
    (post: PostState, person: string, rules: DeskRules) => PostRefusal | undefined
  >
> = {
  cancel: whyNotCancel,
  remove: whyNotRemove,
  correct: (post, person, rules) => unlessOneOf(editors(post, rules), person, 'may-not-correct'),
  edit: whyNotEdit,
  hold: (post, person, rules) => unlessOneOf(holders(post, rules), person, 'may-not-hold'),
};

const unlessOneOf = (
  may: readonly string[],
  person: string,
  refused: 'may-not-correct' | 'may-not-hold',
): PostRefusal | undefined => (may.includes(person) ? undefined : refusePost(refused, { may }));

/** Whether somebody may give a command, as far as there is one that changes a post: no button offers what is refused. */
export const mayGive = (command: string, post: PostState, person: string, rules: DeskRules): boolean =>
  !isChange(command) || whyNot[command](post, person, rules) === undefined;

/** Whether words name a command that changes a post. */
export const namesChange = (words: string): boolean =>
  words
    .toLowerCase()
    .split(/\P{L}+/u)
    .some(isChange);

const isChange = (command: string): command is keyof typeof whyNot => Object.hasOwn(whyNot, command);

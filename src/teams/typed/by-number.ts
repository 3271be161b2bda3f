import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { whyNotCancel } from '../../posts/writing/cancel.ts';
import type { PostState } from '../../posts/post.ts';
import { whyNotRemove } from '../../posts/taking-down/remove.ts';
import { refusalWords } from '../../words/refusals.ts';
import { askEachWords, doneWords, offerOf, type ByNumber } from '../../words/several.ts';
import { sayNotice } from '../../words/typed.ts';
import { shown } from '../answered.ts';
import { act, type Desk, type Did } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { readNumbers, type NamedPosts } from './named-posts.ts';
import { visible, whichPost, withPost } from './numbered.ts';
import type { AskedFor, TypedCommand } from './typed-command.ts';

/** The commands that do something with posts and need nothing but their numbers. */

/**
 * Gives a command that needs nothing but the post's number, and shows what has become of the post.
 *
 * Words that are left over are never passed over in silence; what they do follows from what goes wrong either way:
 * - `hold`: a hold too many costs one more approval, a hold too few is read by residents. Every post that is plainly
 *   named is held at once, whatever else was written, and the answer says what was not understood.
 * - `cancel`, `remove`: nobody can undo them, and waiting costs one press. With anything left over, and with several
 *   numbers, nothing happens: each post gets a button. So does a post to be cancelled that is not somebody's own draft.
 * - `hold all`, `pause`, `stop`, `resume` reach every post there is: they ask, and the question says what it is not for.
 * - what only opens a post opens it; words that were meant for a form are quoted, so that nobody thinks they are in it.
 */
export async function giveByNumber(rest: string, turn: Turn, desk: Desk, command: ByNumber): Promise<Reply> {
  const named = readNumbers(rest);
  if (named === undefined) return await whichPost(rest, turn, desk, command);
  const { numbers, either, later, left } = named;
  const isPlain = numbers.length === 1 && either.length === 0 && left === '';
  if (!isPlain && command !== 'hold') return await askEach(named, turn, desk, command);
  if (!isPlain || later.length > 0) return await giveEach(named, turn, desk, command);
  return await withPost(rest, turn, desk, command, async (post) =>
    command === 'cancel' &&
    turn.onButton !== true &&
    isOthersWork(post, turn.person) &&
    whyNotCancel(post, turn.person, desk.rules()) === undefined
      ? await askEach(named, turn, desk, command)
      : shown(await give(post.id, turn, desk, command), turn, desk),
  );
}

/** What is asked for by the numbers of posts. */
export const asksByNumber =
  (command: ByNumber) =>
  (rest: string): AskedFor => {
    const { numbers = [], either = [] } = readNumbers(rest) ?? {};
    return { command: `post.${command}`, numbers: [...numbers, ...either] };
  };

/** Whether somebody else has written it or has been asked about it, so that a slip in the number would cost them. */
const isOthersWork = (post: PostState, person: string): boolean =>
  post.author !== person || (post.status.is !== 'draft' && post.status.is !== 'sent-back');

async function give(post: string, turn: Turn, desk: Desk, command: ByNumber): Promise<Did> {
  const call = { command: `post.${command}`, post, params: {}, person: turn.person, key: turn.key };
  return await act(desk, call);
}

/** Gives it to each, one after the other, and tells of each what came of it. */
async function giveEach(
  { numbers, either, later, left }: NamedPosts,
  turn: Turn,
  desk: Desk,
  command: ByNumber,
): Promise<Reply> {
  const done: number[] = [];
  const lines: string[] = [];
  for (const number of numbers) {
    const post = await visible(number, turn, desk);
    if (post === undefined) {
      lines.push(sayNotice('no-such-post', { number }).words);
      continue;
    }
    const did = await give(post.id, turn, desk, command);
    if (!did.done) {
      lines.push(`#${String(number)}: ${refusalWords(did.refusal, desk.rules(), turn.now).words}`);
      continue;
    }
    done.push(number);
    const isSending = Object.values(publicationsOf(did.post)).some(({ is }) => is === 'sending');
    if (isSending) lines.push(`#${String(number)}: ${doneWords.onItsWay}`);
  }
  const said = doneWords.of(command, done, { either, left });
  return {
    show: 'choice',
    title: said.title,
    lines: [...lines, ...said.lines],
    offers: [
      ...[...either, ...later].map((number, i, all) => offerOf(command, number, all.slice(i + 1))),
      ...done.map((number) => offerOf('show', number)),
    ],
  };
}

/** Asks which of the posts is meant; nothing has happened yet. */
async function askEach(
  { numbers, either, left }: NamedPosts,
  turn: Turn,
  desk: Desk,
  command: ByNumber,
): Promise<Reply> {
  const all = [...numbers, ...either];
  const there: number[] = [];
  const cannot: string[] = [];
  for (const number of all) {
    const post = await visible(number, turn, desk);
    if (post === undefined) {
      cannot.push(sayNotice('no-such-post', { number }).words);
      continue;
    }
    const whyNot = command === 'remove' ? whyNotRemove : whyNotCancel;
    const refusal = whyNot(post, turn.person, desk.rules());
    if (refusal === undefined) there.push(number);
    else cannot.push(`#${String(number)}: ${refusalWords(refusal, desk.rules(), turn.now).words}`);
  }
  const said = askEachWords(command, {
    can: there.length > 0,
    several: there.length > 1,
    either: either.length > 0,
    left,
  });
  return {
    show: 'choice',
    title: said.title,
    lines: [...cannot, ...said.lines],
    offers: [
      // Of one or the other only one is meant; of several the rest is offered again.
      ...there.map((number) =>
        offerOf(command, number, either.length > 0 ? [] : there.filter((other) => other !== number)),
      ),
      ...(there.length === 1 ? there.map((number) => offerOf('show', number)) : []),
    ],
  };
}

/** Gives a post up that is not public yet. */
export const cancel: TypedCommand = {
  name: 'cancel',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'cancel'),
  asksFor: asksByNumber('cancel'),
};

/** Takes down what is public. */
export const remove: TypedCommand = {
  name: 'remove',
  run: async (rest, turn, desk) => await giveByNumber(rest, turn, desk, 'remove'),
  asksFor: asksByNumber('remove'),
};

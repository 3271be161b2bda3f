import { mayDecide, mayDecideCorrection, mayPassOn, maySee } from '../../posts/may.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { sayNotice } from '../../words/typed.ts';
import { notice } from '../notices.ts';
import { shown } from '../answered.ts';
import { act, postByNumber, type Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';

/**
 * Reads `142` or `#142` at the beginning of what was typed after a command's word. A figure that goes on (`1.5`,
 * `1,500`, `3-7`) is no number of a post: the post that its beginning names is another one.
 */
export function readNumber(rest: string): { number: number; after: string } | undefined {
  const match =
    /^(?:post |number |no\.? ?)?#?(?<number>\d{1,9})\b(?![.,/\u2013-]\d)[\s:,.]*(?<after>[\s\S]*)$/iu.exec(
      rest.trim(),
    );
  if (match?.groups === undefined) return undefined;
  return { number: Number(match.groups['number']), after: (match.groups['after'] ?? '').trim() };
}

/** Runs what a command does with a numbered post, if there is one that the person may see. */
export async function withPost(
  rest: string,
  turn: Turn,
  desk: Desk,
  command: string,
  then: (post: PostState, after: string) => Promise<Reply>,
): Promise<Reply> {
  const typed = readNumber(rest);
  if (typed === undefined) return notice('which-post', { command });
  const post = await postByNumber(desk, typed.number);
  if (post === undefined || !maySee(post, turn.person, desk.rules())) {
    return notice('no-such-post', { number: typed.number });
  }
  return await then(post, typed.after);
}

/** Gives a command that needs nothing but the post's number, and shows what has become of the post. */
export async function giveByNumber(
  rest: string,
  turn: Turn,
  desk: Desk,
  command: 'cancel' | 'hold' | 'remove',
): Promise<Reply> {
  return await withPost(rest, turn, desk, command, async ({ id }) => {
    const call = { command: `post.${command}`, post: id, params: {}, person: turn.person, key: turn.key };
    return shown(await act(desk, call), turn, desk);
  });
}

const isAsked = (post: PostState, person: string, rules: DeskRules): boolean =>
  mayDecide(post, person, rules) ||
  mayPassOn(post, person, rules) ||
  mayDecideCorrection(post, person, rules);

/** The card of a post, on which it is decided: nobody decides by a number on what they may not have read. */
export async function decideOnCard(number: string, turn: Turn, desk: Desk): Promise<Reply> {
  return await withPost(
    number,
    turn,
    desk,
    'show',
    async (post) =>
      await Promise.resolve({
        show: 'post',
        post,
        view: 'main',
        ...(isAsked(post, turn.person, desk.rules())
          ? { notice: sayNotice('decide-on-card', {}).words }
          : {}),
      }),
  );
}

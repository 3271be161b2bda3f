import { crier } from '../core/context.ts';
import { readableState, stateOf } from '../core/execute.ts';
import type { Executed, Executor } from '../core/execute.ts';
import { idFrom } from '../core/json.ts';
import type { Refusal } from '../core/change.ts';
import type { Store } from '../core/store.ts';
import type { Millis } from '../core/time.ts';
import type { Connection } from '../dispatch/access.ts';
import type { Measures, Remote } from '../networks/network.ts';
import type { AccountEntry } from '../protocol/protocol.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { LinkedPage, Picture, Video, VideoCaptions } from '../posts/writing/revision.ts';
import type { AccountState } from '../dispatch/account.ts';
import { postKind } from '../posts/kind.ts';
import {
  accountsOfPost,
  stopAmong,
  stoppedIn,
  type AccountStates,
  type StopOfPost,
} from '../posts/stopping/stop-of-post.ts';
import { statesOf } from '../posts/stopping/stopped.ts';
import { numberId, numberKind } from '../posts/number.ts';
import type { FileRefusal } from '../words/files.ts';
import type { Beside } from './beside.ts';
import type { FileOpened, Turn } from './turn.ts';

/** What was done or refused to a post; the state is the one to draw either way. */
export type Did =
  | {
      readonly done: true;
      readonly post: PostState;
      readonly repeated: boolean;
      /** what stopped its accounts, so that what was let go was held with it */
      readonly heldBy?: StopOfPost;
    }
  | { readonly done: false; readonly refusal: Refusal; readonly post: PostState | undefined };

/** What came of a file: what it is and what is kept of it, or why nothing is. */
export type FileKept =
  | { readonly kept: 'picture'; readonly medium: Omit<Picture, 'alt'> }
  | { readonly kept: 'video'; readonly medium: Omit<Video, 'alt' | 'captions'> }
  /** `last` is when the last words of the captions are shown */
  | { readonly kept: 'captions'; readonly captions: VideoCaptions; readonly last: Millis }
  | ({ readonly kept: 'nothing' } & FileRefusal);

/** Keeps files that people send: pictures and videos without location or camera data, captions in one form. */
export interface Files {
  readonly keep: (opened: Extract<FileOpened, { readonly ok: true }>) => Promise<FileKept>;
  /** what captions say that were kept, by the hash of their file; undefined where it is gone */
  readonly captionWords: (hash: string) => Promise<string | undefined>;
  /** the file behind a link of one of these hosts, each redirect looked at as the link was */
  readonly behind: (address: string, hosts: readonly string[]) => Promise<FileOpened>;
}

/** Who is in a conversation, for the guests of a Teams channel. */
export interface Roster {
  readonly members: (where: {
    readonly conversationId: string;
    readonly serviceUrl: string;
  }) => Promise<readonly { readonly userPrincipalName?: string; readonly isGuest: boolean }[]>;
}

/** What the turns of people stand on. */
export interface Desk {
  readonly executor: Executor;
  readonly beside: Beside;
  readonly rules: () => DeskRules;
  readonly clock: () => Millis;
  readonly files: Files;
  /** what the page behind an address says of itself, if it is our own or on one of these hosts; undefined if neither */
  readonly pageBehind: (address: string, hosts: readonly string[]) => Promise<LinkedPage | undefined>;
  readonly roster: Roster;
  /** how Crier speaks for an account */
  readonly connectionOf: (account: AccountEntry) => Connection;
  /** how a post is doing on an account; undefined where that is not told */
  readonly measure: (account: string, remote: Remote, signal: AbortSignal) => Promise<Measures | undefined>;
}

/** For whom an answer is put into words, under which rules and when. */
export const readerOf = ({ person, now }: Turn, desk: Pick<Desk, 'rules'>) => ({
  person,
  rules: desk.rules(),
  now,
});

/** What dispatch knows of the accounts of a post. */
export const statesFor = async (
  post: PostState,
  { executor }: Pick<Desk, 'executor'>,
): Promise<AccountStates> => await statesOf(accountsOfPost(post), executor);

/** Gives a command to a post as a person, with what stops its accounts: what they let go then is held at once. */
export async function actOn(
  post: PostState,
  call: { command: string; params: object; person: string; key: string },
  desk: Desk,
  states?: AccountStates,
): Promise<Did> {
  const known = states ?? (await statesFor(post, desk));
  const did = await act(desk, { ...call, post: post.id, params: { ...call.params, ...stoppedIn(known) } });
  if (!did.done || did.post.status.is !== 'held' || did.post.status.stop === undefined) return did;
  const heldBy = post.status.is === 'held' ? undefined : stopAmong(did.post, known, desk.rules());
  return heldBy === undefined ? did : { ...did, heldBy };
}

/** Gives a command to a post as a person. */
export async function act(
  desk: Desk,
  call: { command: string; post: string; params: unknown; person: string; key: string },
): Promise<Did> {
  const executed = await desk.executor.execute({
    command: call.command,
    id: call.post,
    params: call.params,
    actor: { by: 'person', person: call.person },
    key: call.key,
  });
  // Refusals are not stored, and what one found in what waits concerns others than who pressed.
  if (!executed.done && executed.refusal.refused === 'blocked')
    await desk.beside(
      desk.executor.execute({ command: 'post.check-again', id: call.post, params: {}, actor: crier }),
    );
  return await didFrom(desk, call.post, executed);
}

async function didFrom(desk: Desk, id: string, executed: Executed): Promise<Did> {
  if (executed.done) {
    return { done: true, post: stateOf(postKind, executed), repeated: executed.repeated };
  }
  return { done: false, refusal: executed.refusal, post: await postById(desk, id) };
}

/** A post by its id. */
export async function postById(desk: Pick<Desk, 'executor'>, id: string): Promise<PostState | undefined> {
  return (await desk.executor.load(postKind, id))?.state;
}

/** The same where many are looked through: what a newer release has written is left out. */
export const readableById = async (
  desk: Pick<Desk, 'executor'>,
  id: string,
): Promise<PostState | undefined> => await readableState(desk.executor, postKind, id);

/** What dispatch knows of every account of the protocol. */
export async function accountStates(desk: Desk): Promise<ReadonlyMap<string, AccountState>> {
  return await statesOf(Object.keys(desk.rules().accounts), desk.executor);
}

/** A post by the number that people say. */
export async function postByNumber(
  desk: Pick<Desk, 'executor'>,
  number: number,
): Promise<PostState | undefined> {
  const taken = await desk.executor.load(numberKind, numberId(number));
  return taken === undefined ? undefined : await postById(desk, taken.state.post);
}

/**
 * The short number of a post: the one it has, or the next free one. Numbers are created before their post, so a
 * death in between leaves a gap, never a number used twice.
 */
export async function numberFor(desk: Pick<Desk, 'executor'>, post: string): Promise<number> {
  const { store } = desk.executor;
  const given = beingGiven.get(store) ?? new Map<string, Promise<number>>();
  beingGiven.set(store, given);
  const asked = given.get(post);
  if (asked !== undefined) return await asked;
  const giving = giveNumber(desk, post).finally(() => given.delete(post));
  given.set(post, giving);
  return await giving;
}

/** Numbers that are being given now, by post: the same message delivered twice at once takes one, not two. */
const beingGiven = new WeakMap<Store, Map<string, Promise<number>>>();

async function giveNumber({ executor }: Pick<Desk, 'executor'>, post: string): Promise<number> {
  const had = await executor.store.list({ kind: numberKind.kind, index: 'of-post', equals: post, limit: 1 });
  const earlier = had.items[0];
  if (earlier !== undefined) return numberOf(earlier.index);
  let number = await newestNumber(executor.store);
  for (;;) {
    number = Math.max(number, lastTried.get(executor.store) ?? 0) + 1;
    lastTried.set(executor.store, number);
    const taken = await executor.execute({
      command: 'number.take',
      id: numberId(number),
      params: { number, post },
      actor: crier,
    });
    if (taken.done) return number;
  }
}

/** The highest number that was given; where this process alone gives them, it knows after the first. */
async function newestNumber(store: Store): Promise<number> {
  const tried = lastTried.get(store);
  if (tried !== undefined && !store.shared) return tried;
  const { items } = await store.list({ kind: numberKind.kind, index: 'newest', limit: 1 });
  return items[0] === undefined ? 0 : numberOf(items[0].index);
}

/**
 * The highest number that this process has tried, so that people who propose at the same moment do not all try the
 * same one. It is a hint: what the store gives counts.
 */
const lastTried = new WeakMap<Store, number>();

function numberOf(index: Readonly<Record<string, unknown>>): number {
  const { number } = index;
  if (typeof number !== 'number') throw new Error('a number document has no number');
  return number;
}

/** The hash of what was typed: how many blanks stand between its words says nothing. */
export const typedAs = (words: string): string =>
  idFrom(
    'typed',
    words
      .trim()
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n ?/gu, '\n'),
  );

/** A new post's id follows from its message's key, so that the same message makes one post. */
export const postIdFrom = (key: string): string => idFrom('post', key);

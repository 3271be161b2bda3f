import { crier } from '../core/context.ts';
import { stateOf } from '../core/execute.ts';
import { forEach } from '../core/at-once.ts';
import { unlessNewer } from '../core/forms.ts';
import { seconds, type Millis } from '../core/time.ts';
import { stopInForce } from '../dispatch/access.ts';
import { accountOf } from '../dispatch/thread.ts';
import { accountId, accountKind, openFor, type AccountState, type Stopped } from '../dispatch/account.ts';
import { changing, countHeld, countHoldable, heldNow, holdable } from '../posts/holdable.ts';
import { isSafetyInformation, safetyFlags } from '../posts/hold.ts';
import { postKind } from '../posts/kind.ts';
import { statesOf } from '../posts/stopped.ts';
import { publicationsOf } from '../posts/how-it-stands.ts';
import { removers } from '../posts/may.ts';
import { publicationKey } from '../posts/plan.ts';
import type { PostState } from '../posts/post.ts';
import { stillToChange } from '../posts/still-to-change.ts';
import type { StopWish } from '../words/stopping.ts';
import { nameOf } from '../words/names.ts';
import type { Changing, OnItsWay, SomePosts } from './cards/stop-card.ts';
import { readableById, type Desk } from './desk.ts';
import { notice } from './notices.ts';
import type { Reply } from './reply.ts';
import { byPerson, type Turn } from './turn.ts';
import { everyListed } from '../core/every.ts';

/** What was stopped, and who did it. */
type Stop = Pick<NonNullable<AccountState['stopped']>, 'what' | 'by'>;

/** How many posts an answer lists by name. */
const listed = 20;
/** How many posts are held at once. */
const atOnce = 16;
/**
 * How long the answer to a stop waits for what was on its way; then it lists what still is. By then the account's
 * word that let a request begin is too old for every process, be it held still at the moment.
 */
const patience = openFor + seconds(2);
/** How often another process's word on what was on its way is read. */
const readEvery = seconds(0.5);

/**
 * Asks whether somebody means it: how many posts wait, and what follows. The question names the stop that it knows of,
 * so that a yes to it is one to nothing else.
 *
 * @param unheeded words that came with it and cannot be heeded
 * @param again whether somebody said yes to a question that is out of date
 */
export async function askToStop(
  wish: StopWish,
  turn: Turn,
  desk: Desk,
  unheeded: string,
  again = false,
): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const states = await accountStates(desk);
  const before = stopInForce(states.values());
  const known = newestChange(states);
  if (wish === 'resume') {
    if (before === undefined) return notice('nothing-stopped', {});
    const waiting = await countHoldable(desk.executor, passing(before.what, desk));
    // What was approved meanwhile is held by resuming, if not before.
    const held = (await heldWithOthers(desk)).length + waiting.all - waiting.flagged;
    const asked = {
      is: 'asked',
      wish,
      held,
      already: 0,
      left: 0,
      changing: 0,
      unheeded,
      known,
      again,
      before,
    } as const;
    return { show: 'stop', stop: asked };
  }
  const accounts = Object.keys(desk.rules().accounts);
  if (
    before !== undefined &&
    accounts.every((account) => isAtLeast(wish, states.get(account)?.stopped?.what))
  ) {
    return { show: 'stop', stop: { is: 'in-force', wish, before } };
  }
  const [{ all, flagged }, already, goesOn] = await Promise.all([
    countHoldable(desk.executor, passing(wish, desk)),
    countHeld(desk.executor),
    changingNow(desk),
  ]);
  const waits = { held: all - flagged, already, left: flagged, changing: goesOn.length };
  const asked = { is: 'asked', wish, ...waits, unheeded, known, again } as const;
  return { show: 'stop', stop: before === undefined ? asked : { ...asked, before } };
}

/** The flags of posts that a stop lets through. */
const passing = (what: Stopped, desk: Desk): readonly string[] =>
  what === 'routine' ? safetyFlags({ protocol: desk.rules() }) : [];

/** When anything was stopped or resumed last. */
const newestChange = (states: ReadonlyMap<string, AccountState>): Millis =>
  Math.max(0, ...[...states.values()].flatMap(({ stopped, resumedAt = 0 }) => [stopped?.at ?? 0, resumedAt]));

/** Whether what is stopped is all that is wanted, or more. */
const isAtLeast = (wanted: Stopped, is: Stopped | undefined): boolean => is === 'all' || is === wanted;

/**
 * Stops every account, each in one commit: from then on none gives a slot, so that nothing begins to leave, whatever
 * happens to this process and whatever is decided meanwhile. Then every waiting post is held by itself, which also
 * stops what had a slot and had not begun. What had begun is waited for, and listed.
 *
 * @param known the newest stop or resume that the question knew of: what was resumed since is asked about once more
 */
export async function stopNow(wanted: Stopped, turn: Turn, desk: Desk, known: Millis): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const earlier = await accountStates(desk);
  if ([...earlier.values()].some(({ resumedAt = 0 }) => resumedAt > known))
    return await askToStop(wanted, turn, desk, '', true);
  // A look that ends meanwhile finds what left before: read before and after, it is in one of both.
  const lookedFor = await unclear(desk);
  const stops = (state: AccountState | undefined): boolean => !isAtLeast(wanted, state?.stopped?.what);
  const { changed: atStop, newer } = await everyAccount('account.stop', { what: wanted }, stops, turn, desk);
  const states = await accountStates(desk);
  const now = desk.clock();
  // A pause does not weaken a stop of everything.
  const stop = stopInForce(states.values()) ?? { what: wanted, by: turn.person };
  const { what } = stop;
  // As each account stood in the very commit that stopped it: a slot may be given back before anybody reads it.
  const open = [...new Map([...states, ...atStop])].flatMap(([account, { slots }]) =>
    slots.flatMap(({ publication, post, until, alone }) =>
      post === undefined || alone === true || until <= now ? [] : [{ account, publication, post }],
    ),
  );
  const onWay = [
    ...new Map(
      [...open, ...lookedFor, ...(await unclear(desk))].map((slot) => [slot.publication, slot]),
    ).values(),
  ];
  // First what had a slot and may not have begun: after this none of it begins any more.
  const holdOpen = async () => {
    await Promise.all(
      [...new Set(open.map(({ post }) => post))].map(async (id) => {
        const post = await readableById(desk, id);
        if (post !== undefined && !passes(post, what, desk)) await hold(post, stop, turn, desk, true);
      }),
    );
  };
  await holdOpen();
  // Of the rest none can leave either. A storm of posts is held behind the answer; what a death leaves out is held
  // when it falls due, or at the resume.
  const holding = holdWaiting(stop, turn, desk, true);
  holding.catch(() => undefined);
  const [going] = await Promise.all([
    Promise.race([holding.then(() => false), forSeconds(patience, true)]),
    untilSettled(open, desk),
  ]);
  // What was let in and had not begun after all waits now.
  await holdOpen();
  // By what stands, so that the same press once more has the same answer.
  const { held, already } = await heldBy(what, states, desk);
  const sent = (await Promise.all(onWay.map(async (slot) => await onItsWay(slot, desk)))).flat();
  const left = some(going ? [] : await holding);
  // What is public is changed and comes down whatever is stopped: whoever stops is told of what is still to come.
  const goesOn = await changingNow(desk);
  return {
    show: 'stop',
    stop: { is: 'stopped', what, held, already, left, sent, changing: goesOn, going, newer },
  };
}

/**
 * Holds every post that the stop is for.
 *
 * @param rest only those of which something waits
 * @returns what it lets through
 */
async function holdWaiting(stop: Stop, turn: Turn, desk: Desk, rest: boolean): Promise<readonly PostState[]> {
  const left: PostState[] = [];
  await forEach(holdable(desk.executor), atOnce, async (post) => {
    if (passes(post, stop.what, desk)) left.push(post);
    else await hold(post, stop, turn, desk, rest);
  });
  return left;
}

async function hold(
  post: PostState,
  { what, by }: Stop,
  turn: Turn,
  desk: Desk,
  rest: boolean,
): Promise<void> {
  await desk.executor.execute({
    command: 'post.hold-with-all',
    id: post.id,
    params: { by, stop: what, ...(rest ? { rest } : {}) },
    actor: crier,
    key: `${turn.key}:${post.id}`,
  });
}

async function forSeconds<T>(millis: Millis, value: T): Promise<T> {
  return await new Promise((resolve) => {
    setTimeout(() => resolve(value), millis).unref();
  });
}

/**
 * Lifts the stop. What it held stays held: each post comes back by a decision, the overdue with another time.
 *
 * @param known the newest stop that the question knew of: a later one is not lifted but asked about
 */
export async function resumeNow(turn: Turn, desk: Desk, known: Millis): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const stop = stopInForce((await accountStates(desk)).values());
  if (stop === undefined) return notice('nothing-stopped', {});
  const isKnown = (state: AccountState | undefined) => (state?.stopped?.at ?? Infinity) <= known;
  const anew = async () =>
    [...(await accountStates(desk)).values()].some((state) => state.stopped !== undefined && !isKnown(state));
  if (await anew()) return await askToStop('resume', turn, desk, '', true);
  // Whatever has not been held yet must not leave by itself once the stop is lifted, be it that it comes back then.
  await holdWaiting(stop, turn, desk, false);
  await everyAccount('account.resume', { known }, isKnown, turn, desk);
  if (await anew()) return await askToStop('resume', turn, desk, '', true);
  const now = desk.clock();
  const held = await heldWithOthers(desk);
  const overdue = held.filter(({ when }) => when !== undefined && when.at <= now);
  const waiting = held.filter((post) => !overdue.includes(post));
  return { show: 'stop', stop: { is: 'resumed', overdue: some(overdue), waiting: some(waiting) } };
}

/** Whom the protocol names for it: the desk's officers, and those on duty. */
function mayNot(turn: Turn, desk: Desk): Reply | undefined {
  const rules = desk.rules();
  const may = removers(rules);
  if (may.includes(turn.person)) return undefined;
  return notice('may-not-stop', { may: may.map((person) => nameOf(person, rules)) });
}

const passes = (post: PostState, what: Stopped, desk: Desk): boolean =>
  what === 'routine' && isSafetyInformation(post, { protocol: desk.rules() });

const some = (posts: readonly PostState[]): SomePosts => ({
  posts: posts.slice(0, listed),
  more: Math.max(posts.length - listed, 0),
});

/**
 * Gives a command to every account at once, and to one of those that it changes after all others, which then tells
 * whatever waits: so it tells of all of them, and a process that dies meanwhile leaves something to do by saying it again.
 *
 * @returns the accounts that were changed by it, as they then stood; and those that a newer release has written, which
 *   are left to that
 */
async function everyAccount(
  command: string,
  params: Readonly<Record<string, string | number>>,
  isChanged: (state: AccountState | undefined) => boolean,
  turn: Turn,
  desk: Desk,
): Promise<{ readonly changed: ReadonlyMap<string, AccountState>; readonly newer: readonly string[] }> {
  const states = await accountStates(desk);
  const accounts = Object.keys(desk.rules().accounts);
  const newer: string[] = [];
  const last = accounts.findLast((account) => isChanged(states.get(account)));
  const give = async (account: string, more: object): Promise<[string, AccountState][]> => {
    const executed = await unlessNewer(
      desk.executor.execute({
        command,
        id: accountId(account),
        params: { ...params, ...more },
        ...byPerson(turn),
      }),
      undefined,
    );
    if (executed === undefined) newer.push(account);
    return executed?.done === true ? [[account, stateOf(accountKind, executed)]] : [];
  };
  const others = accounts.filter((account) => account !== last);
  const first = await Promise.all(others.map(async (account) => await give(account, {})));
  const changed = [...first.flat(), ...(last === undefined ? [] : await give(last, { last: true }))];
  return { changed: new Map(changed), newer };
}

/** What dispatch knows of every account of the protocol. */
export async function accountStates(desk: Desk): Promise<ReadonlyMap<string, AccountState>> {
  return await statesOf(Object.keys(desk.rules().accounts), desk.executor);
}

/** What the stop in force has held, and what was held before it: by a pause, by everything being held, by itself. */
async function heldBy(
  what: Stopped,
  states: ReadonlyMap<string, AccountState>,
  desk: Desk,
): Promise<{ readonly held: SomePosts; readonly already: SomePosts }> {
  const times = [...states.values()].flatMap(({ stopped }) => (stopped?.what === what ? [stopped.at] : []));
  const since = Math.min(...times);
  const held: PostState[] = [];
  const already: PostState[] = [];
  let more = 0;
  let moreBefore = 0;
  for await (const post of heldNow(desk.executor)) {
    const { status } = post;
    const isOurs = status.is === 'held' && status.stop === what && status.at >= since;
    const list = isOurs ? held : already;
    if (list.length < listed) list.push(post);
    else if (isOurs) more += 1;
    else moreBefore += 1;
  }
  return { held: { posts: held, more }, already: { posts: already, more: moreBefore } };
}

/** What is held with everything else and waits for a decision, by whatever stop of however long ago. */
async function heldWithOthers(desk: Desk): Promise<readonly PostState[]> {
  const held: PostState[] = [];
  for await (const post of heldNow(desk.executor)) {
    if (post.status.is === 'held' && post.status.all) held.push(post);
  }
  return held;
}

/** What has left already and is being looked for, without a slot. */
async function unclear(desk: Desk): Promise<readonly OpenSlot[]> {
  const query = { kind: postKind.kind, index: 'unclear', equals: 'yes', limit: 200 };
  const ids: string[] = [];
  for await (const { id } of everyListed(desk.executor.store, query)) ids.push(id);
  const posts = await Promise.all(ids.map(async (id) => await readableById(desk, id)));
  return posts.flatMap((post) =>
    post === undefined
      ? []
      : Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
          publication.is === 'unknown' && !publication.asked
            ? [
                {
                  account: accountOf(part),
                  publication: publicationKey(post, part).id,
                  post: post.id,
                },
              ]
            : [],
        ),
  );
}

/** What is public and is still to be changed, or to come down. */
async function changingNow(desk: Desk): Promise<readonly Changing[]> {
  const all: Changing[] = [];
  for await (const post of changing(desk.executor))
    for (const { part, ...each } of stillToChange(post))
      all.push({ number: post.number, account: accountOf(part), ...each });
  return all;
}

/** A send slot that was taken when everything was stopped. */
interface OpenSlot {
  readonly account: string;
  readonly publication: string;
  readonly post: string;
}

/** Waits until every slot is given back, or for as long as somebody can be let wait. */
async function untilSettled(open: readonly OpenSlot[], desk: Desk): Promise<void> {
  const signal = AbortSignal.timeout(patience);
  for (;;) {
    const heard = nextCommit(desk, signal);
    const states = await accountStates(desk);
    const still = open.some(({ account, publication }) =>
      states.get(account)?.slots.some((slot) => slot.publication === publication),
    );
    if (!still || signal.aborted) {
      heard.forget();
      return;
    }
    await heard.come;
  }
}

/** The next change of an account in this process, or a little while for the others. */
function nextCommit(
  desk: Desk,
  signal: AbortSignal,
): { readonly come: Promise<void>; readonly forget: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const come = () => resolve(undefined);
  const stopListening = desk.executor.onCommit(({ kind }) => {
    if (kind === accountKind.kind) come();
  });
  const timer = setTimeout(come, readEvery);
  signal.addEventListener('abort', come, { once: true });
  const forget = () => {
    stopListening();
    clearTimeout(timer);
    signal.removeEventListener('abort', come);
  };
  return { come: promise.finally(forget), forget };
}

/** What became of a slot that was taken: nothing where its part had not begun to leave. */
async function onItsWay(
  { account, publication: id, post: postId }: OpenSlot,
  desk: Desk,
): Promise<OnItsWay[]> {
  const post = await readableById(desk, postId);
  if (post === undefined) return [];
  return Object.entries(publicationsOf(post)).flatMap(([part, publication]): OnItsWay[] => {
    const left =
      publication.is === 'sending' ||
      publication.is === 'unknown' ||
      publication.is === 'published' ||
      ((publication.is === 'removing' || publication.is === 'removed') && publication.instead !== undefined);
    return left && publicationKey(post, part).id === id
      ? [{ number: post.number, account, publication }]
      : [];
  });
}

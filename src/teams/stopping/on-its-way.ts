import { everyListed } from '../../core/every.ts';
import { seconds, type Millis } from '../../core/time.ts';
import { accountKind, openFor, type AccountState } from '../../dispatch/account.ts';
import { isLookOver } from '../../dispatch/perhaps-gone.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { changeOf } from '../../posts/correcting/changes-in-place.ts';
import { isLookedUp } from '../../posts/correcting/deletions-begun.ts';
import { hasRest } from '../../posts/stopping/held.ts';
import type { PostState } from '../../posts/post.ts';
import { unclearParts } from '../../posts/leaving/unclear.ts';
import { isHoldable } from '../../posts/stopping/what-a-hold-stops.ts';
import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { postKind } from '../../posts/kind.ts';
import { changeKey, publicationKey } from '../../posts/writing/plan.ts';
import type { LeftPart } from '../../people/what-left.ts';
import type { OnItsWay, ComingDown } from '../cards/stop-card.ts';
import { accountStates, readableById, type Desk } from '../desk.ts';
import { comingDownNow } from '../../posts/stopping/holdable.ts';
import { stillToComeDown } from '../../posts/taking-down/came-down.ts';

/**
 * How long the answer to a stop waits for what was on its way; then it lists what still is. By then the account's
 * word that let a request begin is too old for every process, be it held still at the moment.
 */
export const patience = openFor + seconds(2);

/** How often another process's word on what was on its way is read. */
const readEvery = seconds(0.5);

/** The slots that were taken as the accounts stood then. */
export const openSlots = (states: ReadonlyMap<string, AccountState>, now: Millis): readonly LeftPart[] =>
  [...states].flatMap(([account, { slots }]) =>
    slots.flatMap(({ publication, post, until, alone }) =>
      post === undefined || alone === true || until <= now ? [] : [{ account, publication, post }],
    ),
  );

/** What may have come about already, though nobody can tell yet, without a slot. */
export async function unclear(desk: Desk): Promise<readonly LeftPart[]> {
  const query = { kind: postKind.kind, index: 'unclear', equals: 'yes', limit: 200 };
  const ids: string[] = [];
  for await (const { id } of everyListed(desk.executor.store, query)) ids.push(id);
  const posts = await Promise.all(ids.map(async (id) => await readableById(desk, id)));
  return posts.flatMap((post) =>
    post === undefined
      ? []
      : unclearParts(post).map(({ part, key }) => ({
          account: accountOf(part),
          publication: key,
          post: post.id,
        })),
  );
}

/**
 * Posts of which all is on its way that was let go, or may have come about already: they could be held, and a stop finds
 * nothing of them to hold.
 */
export async function whollyOnTheirWay(
  states: ReadonlyMap<string, AccountState>,
  now: Millis,
  desk: Desk,
): Promise<readonly PostState[]> {
  const parts = [...openSlots(states, now), ...(await unclear(desk))];
  const ids = [...new Set(parts.map(({ post }) => post))];
  const posts = await Promise.all(ids.map(async (id) => await readableById(desk, id)));
  return posts.flatMap((post) => (post !== undefined && isHoldable(post) && !hasRest(post) ? [post] : []));
}

/** Waits until every slot is given back, or for as long as somebody can be let wait. */
export async function untilSettled(open: readonly LeftPart[], desk: Desk): Promise<void> {
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
export async function onItsWay(of: LeftPart, desk: Desk): Promise<readonly OnItsWay[]> {
  return (await became(of, desk)).filter(hasBegun);
}

/** What became, up to now, of what was still on its way as somebody was answered, and whether all of it is known. */
export async function whatLeft(
  parts: readonly LeftPart[],
  desk: Desk,
): Promise<{ readonly sent: readonly OnItsWay[]; readonly isKnown: boolean }> {
  const sent = (await Promise.all(parts.map(async (part) => await became(part, desk)))).flat();
  return { sent, isKnown: !sent.some(isStillOnItsWay) };
}

async function became({ account, publication: id, post: postId }: LeftPart, desk: Desk): Promise<OnItsWay[]> {
  const post = await readableById(desk, postId);
  if (post === undefined) return [];
  const { number } = post;
  return Object.entries(publicationsOf(post)).flatMap(([part, publication]): OnItsWay[] => {
    if (changeKey(post, part) === id) return [{ number, account, publication, change: changeOf(post, part) }];
    if (publicationKey(post, part).id !== id) return [];
    const perhaps = isLookedUp(post, publication) && !isLookOver(publication);
    return [{ number, account, publication, ...(perhaps ? { change: 'perhaps-gone' as const } : {}) }];
  });
}

/** Whether a part, or a change of it, had begun to leave. */
function hasBegun({ publication, change }: OnItsWay): boolean {
  if (change !== undefined && change !== 'perhaps-gone') return change !== 'waits' && change !== 'not-made';
  return (
    publication.is === 'sending' ||
    publication.is === 'unknown' ||
    publication.is === 'published' ||
    ((publication.is === 'removing' || publication.is === 'removed') && publication.instead !== undefined)
  );
}

/** Whether nobody knows yet what became of it, and somebody soon does: a person is asked about the rest. */
export function isStillOnItsWay({ publication, change }: OnItsWay): boolean {
  if (change !== undefined) return change === 'under-way' || change === 'perhaps-gone';
  if (publication.is === 'unknown') return !publication.asked;
  return (
    publication.is === 'sending' ||
    (publication.is === 'removing' && publication.problem === undefined && publication.waits === undefined)
  );
}

/** What is public and is still to come down. */
export async function comingDown(desk: Desk): Promise<readonly ComingDown[]> {
  const all: ComingDown[] = [];
  for await (const post of comingDownNow(desk.executor))
    for (const { part, ...comes } of stillToComeDown(post))
      all.push({ number: post.number, account: accountOf(part), ...comes });
  return all;
}

import { crier } from '../../core/context.ts';
import { z } from 'zod';
import { everyListed } from '../../core/every.ts';
import type { Executor } from '../../core/execute.ts';
import { isReadable } from '../../core/forms.ts';
import { handler, type BoundHandler } from '../../core/handler.ts';
import { seconds } from '../../core/time.ts';
import { notTaken } from '../../dispatch/attempt.ts';
import { accountWasBlocked, type Publication } from '../../dispatch/publication.ts';
import { lastToRemove, type Publications } from '../../dispatch/thread.ts';
import { isNotTaken } from '../../networks/network.ts';
import { changed } from '../changed.ts';
import { hearersOf, isToTryAgain } from '../deciding/may.ts';
import { effect, tell, tellOfLate } from '../post-effect.ts';
import { withCard } from '../telling/copies.ts';
import { crierCommand } from '../command.ts';
import { holdable } from '../stopping/holdable.ts';
import { publicationsOf } from './what-is-public.ts';
import { postKind } from '../kind.ts';
import { putRightEffect, takeDownEffects } from './let-go.ts';
import type { PostState } from '../post.ts';
import { withPublications } from './publications.ts';
import { withPublication } from './publish.ts';
import { refusePost } from '../refusals.ts';
import { waitsForAccounts } from './waits-for-account.ts';

/**
 * Whether it need not be recorded that a part waits since its account does: that it is refused, or not taken, is known
 * already, or its turn comes once a window of its network opens, which nobody has to be asked about.
 */
export const isKnownToWait = (publication: Publication | undefined, reason: string): boolean =>
  publication?.is !== 'queued' ||
  (isNotTaken(reason)
    ? publication.notTakenSince !== undefined && publication.lastReason === reason
    : publication.notTakenSince === undefined);

/** Records that a part can not leave by the account's doing and why, so that its card says so. */
export const waitForAccount = crierCommand(
  'post.wait',
  z.object({ part: z.string(), reason: z.string() }),
  (post, { part, reason }, context) => {
    const publication = publicationsOf(post)[part];
    if (publication?.is !== 'queued' || isKnownToWait(publication, reason)) {
      return refusePost('settled-already', {});
    }
    // Its time has come, or it is not there yet.
    const { shownFrom: _passed, notTakenSince: _since, notTakenFor: _for, ...queued } = publication;
    const waits = { ...queued, lastReason: reason, ...notTaken(publication, reason, context.now) };
    const note = { action: 'waits-for-account', facts: { part, reason } };
    return withPublication(post, { part, publication: waits, audit: [note], next: 'comes-again' }, context);
  },
);

/**
 * An account is connected again: what waited for it leaves now; what could not come down or be put right is tried again.
 * What does not leave by itself any more does not say that the account is at fault, and whoever may try it again hears.
 */
export const leaveAgain = crierCommand(
  'post.leave-again',
  z.object({ account: z.string() }),
  (before, { account }, context) => {
    const { leave, takeDown, putRight, keptAway } = waitsForAccounts(before, account);
    const parts = [...leave, ...takeDown, ...putRight, ...keptAway];
    if (parts.length === 0) return refusePost('settled-already', {});
    // What is held stays so, and does not say any more that it waits for this. Whoever is asked to take it down by hand stays asked until it is gone.
    const connectedNow = { ...triedAgain(before, takeDown), ...letInAgain(before, [...leave, ...keptAway]) };
    const post = withoutWaits(withPublications(before, connectedNow, context.now), putRight);
    const { protocol, now } = context;
    const mayBeTried = keptAway.length > 0 && isToTryAgain(post, protocol, now);
    const { officers } = protocol.desk;
    const hearers = mayBeTried ? [...withCard(hearersOf(post, protocol, now), post), ...officers] : [];
    return changed(
      {
        post,
        audit: [{ action: 'account-connected', facts: { parts } }],
        effects: [
          ...leave.map((part) =>
            effect(`publish:${part}`, { type: 'post.publish', data: { part } }, context.now),
          ),
          ...takeDownEffects(
            lastToRemove(publicationsOf(post)).filter((part) => takeDown.includes(part)),
            context.now,
          ),
          ...putRight.map((part) => putRightEffect(part, context.now)),
          ...(post.revision.urgency === 'emergency' ? tell : tellOfLate)(
            [...new Set(hearers)],
            'not-taken',
            now,
          ),
        ],
      },
      context,
    );
  },
);

/** What did not leave since its account was blocked, as it is once that is connected again. */
const letInAgain = (post: PostState, parts: readonly string[]): Publications =>
  Object.fromEntries(
    parts.flatMap((part): [string, Publication][] => {
      const publication = publicationsOf(post)[part];
      if (publication?.is === 'queued') return [[part, { ...publication, lastReason: accountWasBlocked }]];
      return publication?.is === 'failed' ? [[part, { ...publication, reason: accountWasBlocked }]] : [];
    }),
  );

/** What could not come down, as it is when that is tried again. */
const triedAgain = (post: PostState, parts: readonly string[]): Publications =>
  Object.fromEntries(
    parts.flatMap((part): [string, Publication][] => {
      const publication = publicationsOf(post)[part];
      if (publication?.is !== 'removing') return [];
      const { problem: _past, waits: _waited, ...removing } = publication;
      return [[part, removing]];
    }),
  );

/** The post with its correction not waiting any more to be made of these parts. */
function withoutWaits(post: PostState, parts: readonly string[]): PostState {
  const { correction } = post;
  if (correction?.applied?.waits === undefined) return post;
  const { waits, ...applied } = correction.applied;
  const left = Object.entries(waits).filter(([part]) => !parts.includes(part));
  const rest = left.length === 0 ? {} : { waits: Object.fromEntries(left) };
  return { ...post, correction: { ...correction, applied: { ...applied, ...rest } } };
}

/** Tells every post that waits for an account that it is connected again. May be repeated. */
export function connectedHandler(executor: Executor): BoundHandler {
  return handler({
    type: 'account.connected',
    schema: z.object({ account: z.string() }),
    deadline: seconds(60),
    onLostLease: 'again',
    run: async ({ data: { account } }) => {
      const ids = new Set<string>();
      const waiting = { kind: postKind.kind, index: 'waits-for-account', equals: account, limit: 200 };
      for await (const item of everyListed(executor.store, waiting))
        if (isReadable(postKind, item)) ids.add(item.id);
      // Earlier releases did not note what a post waits for.
      for await (const post of holdable(executor))
        if (waitsForAccounts(post, account).leave.length > 0) ids.add(post.id);
      for (const id of ids)
        await executor.execute({ command: 'post.leave-again', id, params: { account }, actor: crier });
      return { outcome: 'done' };
    },
  });
}

import { z } from 'zod';
import { beginDeleting, mayBeGone } from '../../dispatch/perhaps-gone.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { notWanted } from '../../dispatch/said.ts';
import { isRemovalUnclear, triedInVain, untried } from '../../dispatch/tried.ts';
import { accountOf, isOneOf, lastToRemove } from '../../dispatch/thread.ts';
import type { AuditNote, NewEffect } from '../../core/change.ts';
import { accountBlocked, noClearAnswer } from '../../networks/network.ts';
import type { Millis } from '../../core/time.ts';
import { withAsked } from '../by-hand/asked-by-hand.ts';
import { showSoon } from '../telling/cards-to-show.ts';
import { changed } from '../changed.ts';
import { tell } from '../post-effect.ts';
import { crierCommand, type PostDecision } from '../command.ts';
import { correctedNote, partMissed } from '../correcting/correction-parts.ts';
import { publishEffects, takeDownEffects } from '../leaving/let-go.ts';
import { isLookedUp } from '../correcting/deletions-begun.ts';
import { isGivenUp } from '../correcting/given-up.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { PostContext, PostState } from '../post.ts';
import { unlessHeldBack, withPublications } from '../leaving/publications.ts';
import { refusePost } from '../refusals.ts';
import type { Removing } from './remove.ts';
import type { PerhapsGone } from '../../dispatch/perhaps-gone.ts';

/** The attempts at taking a part down: one begins, takes it down or cannot, is made again by itself, or is looked up. */

/** What comes down for a correction makes room for what is posted again; what can not come down stays as it is. */
function removedForCorrection(
  post: PostState,
  part: string,
  problem: string | undefined,
  notes: readonly AuditNote[],
  context: PostContext,
): PostDecision {
  const publication = publicationsOf(post)[part];
  if (publication?.is !== 'removing' || publication.instead === undefined)
    return refusePost('settled-already', {});
  const { remote, publishedAt, instead } = publication;
  if (problem !== undefined) {
    // The old post and the new one must not stand side by side, so nothing is posted again.
    const stays = Object.entries(publicationsOf(post)).flatMap(([key, each]): [string, Publication][] =>
      each.is === 'removing' && each.instead === instead
        ? [[key, { is: 'published', remote: each.remote, at: each.publishedAt }]]
        : [],
    );
    const standing = withPublications(post, Object.fromEntries(stays), context.now);
    const settled = unlessHeldBack(partMissed(standing, instead, problem) ?? standing, context.now);
    return changed(
      { post: settled, audit: [...notes, correctedNote(post, instead, false, problem)] },
      context,
    );
  }
  const gone: Publication = { is: 'removed', remote, at: context.now, publishedAt, instead };
  const next = postedAgain(post, instead, { ...publicationsOf(post), [part]: gone }, context.now);
  const posted = withPublications(post, next.publications, context.now);
  const there = isGivenUp(post, publication) ? (partMissed(posted, instead, notWanted) ?? posted) : posted;
  return changed(
    {
      post: there,
      audit: notes,
      effects: [...next.effects, ...nextDown(there, part, context.now)],
    },
    context,
  );
}

/**
 * What is posted in the place of something that came down, once all of it is gone: it leaves, or waits for a
 * decision where the post is held.
 */
function postedAgain(
  post: PostState,
  instead: string,
  publications: Readonly<Record<string, Publication>>,
  now: number,
): { readonly publications: Readonly<Record<string, Publication>>; readonly effects: readonly NewEffect[] } {
  const more = Object.values(publications).some((each) => each.is === 'removing' && each.instead === instead);
  if (more || !('plan' in post.status)) return { publications, effects: [] };
  const isWanted = !Object.values(publicationsOf(post)).some(
    (each) => each.is === 'removing' && each.instead === instead && isGivenUp(post, each),
  );
  const held = post.status.is === 'held';
  const added = Object.fromEntries(
    post.status.plan.parts
      .filter(({ key }) => isOneOf(key, [instead]))
      .map(({ key }): [string, Publication] => [
        key,
        !isWanted
          ? { is: 'stopped', at: now, forGood: true }
          : held
            ? { is: 'stopped', at: now }
            : { is: 'queued', tries: 0 },
      ]),
  );
  return { publications: { ...publications, ...added }, effects: publishEffects(added, now) };
}

/** Commits that a part begins to be taken down, before the network is called: what makes room may be gone from then on. */
export const beginRemoving = crierCommand(
  'post.begin-removal',
  z.object({ part: z.string(), attempt: z.string() }),
  (post, { part, attempt }, { now }) => {
    const publication = publicationsOf(post)[part];
    if (publication?.is !== 'removing') return refusePost('settled-already', {});
    if (!makesRoom(publication)) return { state: post, audit: [], effects: [] };
    if (post.status.is === 'held' || isLookedUp(post, publication)) return refusePost('settled-already', {});
    const begun = withPublications(post, { [part]: beginDeleting(publication, attempt, now) }, now);
    return { state: begun, audit: [{ action: 'removal-began', facts: { part } }], effects: [] };
  },
);

/** What is known of whether something stands once an attempt did not take it down; absent: that attempt did nothing. */
export const known = z.enum([
  /** it did nothing, and it was seen to stand */
  'stands',
  /** networks have answered so after it was done */
  'unclear',
]);

/**
 * Records that a part no longer stands, or why it could not be removed. What was to make room and may be gone by an
 * attempt is looked up first.
 */
export const recordRemoved = crierCommand(
  'post.removed',
  z.object({
    part: z.string(),
    attempt: z.string().exactOptional(),
    problem: z.string().exactOptional(),
    known: known.exactOptional(),
  }),
  (post, { part, attempt, problem, known: stands }, context) => {
    const publication = publicationsOf(post)[part];
    if (problem === undefined || publication?.is !== 'removing')
      return removedPart(post, part, problem, context);
    const unclear = isUnclearAfter(publication, attempt, stands);
    if (mayBeGone(publication))
      return unclear
        ? lookedUp(
            post,
            part,
            { ...publication, begun: { ...publication.begun, ends: publication.begun.ends ?? problem } },
            context,
          )
        : removedPart(post, part, problem, context);
    const { begun: _over, tried, ...rest } = publication;
    const { unclear: _before, ...attempts } = tried ?? { since: context.now };
    const still: Publication = {
      ...rest,
      ...(unclear ? { tried: { ...attempts, unclear } } : tried === undefined ? {} : { tried: attempts }),
    };
    return removedPart(withPublications(post, { [part]: still }, context.now), part, problem, context);
  },
);

/** Whether it may be gone, though an attempt at deleting it was refused: by that one, or by one before it. */
function isUnclearAfter(
  { begun, tried }: Removing,
  attempt: string | undefined,
  stands: z.infer<typeof known> | undefined,
): boolean {
  if (stands !== undefined) return stands === 'unclear';
  return (
    tried?.unclear === true || begun?.before === true || (begun !== undefined && begun.attempt !== attempt)
  );
}

/**
 * Records why a part could not be removed yet, once for each reason: it is tried again by itself. Where that goes on and
 * on, people are asked meanwhile. What certainly was not deleted stands, also where nobody wants it deleted any more.
 */
export const recordRemovalWaits = crierCommand(
  'post.removal-waits',
  z.object({
    part: z.string(),
    /** which had begun; absent where none did */
    attempt: z.string().exactOptional(),
    reason: z.string(),
    told: z.boolean(),
    known: known.exactOptional(),
  }),
  (post, { part, attempt, reason, told, known: seen }, context) => {
    const publication = publicationsOf(post)[part];
    if (publication?.is !== 'removing') return refusePost('settled-already', {});
    const { begun, ...rest } = publication;
    // Of an attempt before that got no clear answer, a later one tells nothing.
    const isOnly = begun?.attempt === attempt && begun?.before !== true;
    const stands = reason !== noClearAnswer && (isOnly || seen === 'stands');
    if (stands && isGivenUp(post, publication) && makesRoom(publication))
      return removedPart(post, part, notWanted, context);
    const tried =
      attempt === undefined
        ? undefined
        : stillTried(publication, reason, told, seen === 'stands', context.now);
    const isAsked = tried?.asked === true && publication.tried?.asked !== true;
    const isNews = isAsked || (told && publication.waits !== reason);
    if (!isNews && !stands && tried === undefined) return refusePost('settled-already', {});
    const still: Publication = {
      ...(stands ? rest : publication),
      ...(tried === undefined ? {} : { tried }),
      ...(isNews ? { waits: reason } : {}),
    };
    const note = { action: 'removal-waits', facts: { part, reason } };
    if (isAsked && !makesRoom(publication))
      return notRemoved(post, part, { ...still, problem: reason }, note, context);
    const waits = withPublications(post, { [part]: still }, context.now);
    if (isNews) return changed({ post: waits, audit: [note] }, context);
    const isOtherwise = isRemovalUnclear(still) !== isRemovalUnclear(publication);
    return { state: waits, audit: [], effects: isOtherwise ? [showSoon(context.now)] : [] };
  },
);

/** What is known of attempts at taking something down, with one more; until its account is connected again there are none. */
function stillTried(
  { tried }: Removing,
  reason: string,
  told: boolean,
  isSeen: boolean,
  now: Millis,
): Removing['tried'] {
  if (reason === accountBlocked) return tried;
  const isUnclear = reason === noClearAnswer || (tried?.unclear === true && !isSeen);
  return { ...triedInVain(tried, told, now), ...(isUnclear ? { unclear: true as const } : {}) };
}

/** A part no longer stands, or could not be removed. */
export function removedPart(
  post: PostState,
  part: string,
  problem: string | undefined,
  context: PostContext,
  notes: readonly AuditNote[] = [],
): PostDecision {
  const publication = publicationsOf(post)[part];
  if (publication?.is !== 'removing') return refusePost('settled-already', {});
  const { remote, publishedAt, instead } = publication;
  const note = {
    action: problem === undefined ? 'removed' : 'not-removed',
    // Replies and shares go with what comes down; posting again brings none of them back.
    facts: { part, problem: problem ?? '', ...(instead === undefined ? {} : { instead }) },
  };
  if (instead !== undefined) return removedForCorrection(post, part, problem, [...notes, note], context);
  if (post.status.is !== 'taken-down') return refusePost('settled-already', {});
  if (problem !== undefined) return notRemoved(post, part, { ...publication, problem }, note, context);
  const gone: Publication = { is: 'removed', remote, at: context.now, publishedAt };
  const there = withPublications(post, { [part]: gone }, context.now);
  const effects = nextDown(there, part, context.now);
  return changed({ post: there, audit: [...notes, note], effects }, context);
}

/**
 * Crier could not take it down, and it is public all the while: the desk and whoever wanted it gone are told, once, and
 * asked to do it by hand, so that it stands in what waits for them until it is gone.
 */
function notRemoved(
  post: PostState,
  part: string,
  stands: Publication,
  note: AuditNote,
  context: PostContext,
): PostDecision {
  const still = withPublications(post, { [part]: stands }, context.now);
  // Whoever is asked already knows: it was only tried once more.
  if (post.byHand?.[part]?.what === 'remove')
    return changed({ post: still, audit: [note], effects: nextDown(still, part, context.now) }, context);
  const asked = withAsked(still, part, 'remove', context);
  return changed(
    {
      post: asked.post,
      audit: [note, { action: 'asked-by-hand', facts: { part, what: 'remove', people: asked.people } }],
      effects: [
        ...tell(asked.people, 'not-taken-down', context.now),
        // What it answers can come down all the same.
        ...nextDown(asked.post, part, context.now),
      ],
    },
    context,
  );
}

/** What comes down next on the account of a part: the post of the thread that it answered. */
function nextDown(post: PostState, part: string, now: number): readonly NewEffect[] {
  const last = lastToRemove(publicationsOf(post));
  return takeDownEffects(
    last.filter((key) => accountOf(key) === accountOf(part)),
    now,
  );
}

/** The post with a part of which it is looked up whether it is gone, since it is not deleted once more. */
export const lookedUp = (
  post: PostState,
  part: string,
  publication: PerhapsGone,
  context: PostContext,
  notes: readonly AuditNote[] = [],
): PostDecision =>
  changed(
    {
      post: withPublications(post, { [part]: untried(publication) }, context.now),
      audit: [...notes, { action: 'removal-ended', facts: { part, reason: publication.begun.ends ?? '' } }],
    },
    context,
  );

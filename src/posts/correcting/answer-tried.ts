import { z } from 'zod';
import type { AuditNote } from '../../core/change.ts';
import { attemptOver } from '../../dispatch/look.ts';
import { mayBeGone } from '../../dispatch/perhaps-gone.ts';
import { notWanted } from '../../dispatch/said.ts';
import { isRoomAskedFor, untried } from '../../dispatch/tried.ts';
import { changed } from '../changed.ts';
import { personCommand, type PostDecision } from '../command.ts';
import { triedAnew, withUnclear } from './applied.ts';
import { settledCorrection } from './put-right.ts';
import { beingChanged } from './changes-in-place.ts';
import { changesAskedFor } from './correction-goes-on.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { putRightEffect, takeDownEffects } from '../leaving/let-go.ts';
import type { PostContext, PostState } from '../post.ts';
import { withPublications } from '../leaving/publications.ts';
import { refusePost } from '../refusals.ts';
import { unlessDesk } from '../deciding/may.ts';
import { removedPart, lookedUp } from '../taking-down/take-down.ts';

/** What a person may say of what a correction changes or deletes, and is tried in vain. */
export const triedSayings = ['it-is-done', 'try-again', 'leave-it'] as const;
type TriedSaying = (typeof triedSayings)[number];

/** The desk says how a correction goes on that is tried in vain on an account, once it has been asked. */
export const answerTried = personCommand(
  'post.answer-tried',
  z.object({ part: z.string(), word: z.enum(triedSayings) }),
  (post, { part, word }, person, context) => {
    const refusal = unlessDesk(person, context.protocol);
    if (refusal !== undefined) return refusal;
    const answer = { part, word, note: { action: 'tried-answered', facts: { part, word } } };
    return changesAskedFor(post).includes(part)
      ? changeAnswered(post, answer, context)
      : roomAnswered(post, answer, context);
  },
);

/** What somebody has said of a part. */
interface Answer {
  readonly part: string;
  readonly word: TriedSaying;
  readonly note: AuditNote;
}

/** What was to be changed where it stands was changed there, is tried at once, or stays as whoever says so has seen it. */
function changeAnswered(post: PostState, { part, word, note }: Answer, context: PostContext): PostDecision {
  switch (word) {
    case 'it-is-done':
      return settledCorrection(post, { part, ok: true, notes: [note] }, context);
    case 'try-again':
      return changed(
        { post: triedAnew(post, part), audit: [note], effects: [putRightEffect(part, context.now)] },
        context,
      );
    case 'leave-it': {
      // What is being changed at this moment may have other words than they saw.
      const seen = withUnclear(post, part, beingChanged(post).includes(part));
      return settledCorrection(seen, { part, ok: false, reason: notWanted, notes: [note] }, context);
    }
  }
}

/** What was to make room is gone, is deleted at once, or stays. */
function roomAnswered(post: PostState, { part, word, note }: Answer, context: PostContext): PostDecision {
  const { now } = context;
  const publication = publicationsOf(post)[part];
  if (publication === undefined || !isRoomAskedFor(publication)) return refusePost('settled-already', {});
  switch (word) {
    case 'it-is-done':
      return removedPart(post, part, undefined, context, [note]);
    case 'try-again':
      return changed(
        {
          post: withPublications(post, { [part]: untried(publication) }, now),
          audit: [note],
          effects: takeDownEffects([part], now),
        },
        context,
      );
    case 'leave-it':
      // What is being deleted at this moment may be gone by the time they have said so: that is looked up first.
      return mayBeGone(publication) && now < publication.begun.at + attemptOver
        ? lookedUp(
            post,
            part,
            { ...publication, begun: { ...publication.begun, ends: notWanted } },
            context,
            [note],
          )
        : removedPart(post, part, notWanted, context, [note]);
  }
}

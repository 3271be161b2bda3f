import { z } from 'zod';
import type { AuditNote } from '../../core/change.ts';
import { goneLooks, isLookOver, lookedWhetherGone, type PerhapsGone } from '../../dispatch/perhaps-gone.ts';
import { notWanted } from '../../dispatch/said.ts';
import { changed } from '../changed.ts';
import { crierCommand, personCommand, type PostDecision } from '../command.ts';
import { isLookedUp } from '../correcting/deletions-begun.ts';
import { isGivenUp } from '../correcting/given-up.ts';
import { unlessDesk } from '../deciding/may.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { PostContext, PostState } from '../post.ts';
import { withPublications } from '../leaving/publications.ts';
import { refusePost } from '../refusals.ts';
import { removedPart } from './take-down.ts';

/** What a person may say of what nobody could tell whether it is gone. */
export const goneSayings = ['still-there', 'it-is-gone'] as const;

/** Records a look for something of which nobody knows whether it is gone. */
export const recordGoneLook = crierCommand(
  'post.looked-whether-gone',
  z.object({ part: z.string(), attempt: z.string(), look: z.enum(goneLooks), began: z.int() }),
  (post, { part, attempt, look, began }, context) => {
    const publication = publicationsOf(post)[part];
    if (publication === undefined || !isLookedUp(post, publication) || publication.begun.attempt !== attempt)
      return refusePost('settled-already', {});
    const note = { action: 'looked-whether-gone', facts: { part, look } };
    const came = lookedWhetherGone(publication, look, began);
    return came === 'there' || came === 'gone'
      ? settled(post, { part, publication, is: came }, note, context)
      : changed({ post: withPublications(post, { [part]: came }, context.now), audit: [note] }, context);
  },
);

/** The desk says whether something is gone of which nobody could tell. */
export const answerGone = personCommand(
  'post.answer-gone',
  z.object({ part: z.string(), word: z.enum(goneSayings) }),
  (post, { part, word }, person, context) => {
    const refusal = unlessDesk(person, context.protocol);
    if (refusal !== undefined) return refusal;
    const publication = publicationsOf(post)[part];
    if (publication === undefined || !isLookOver(publication)) return refusePost('settled-already', {});
    const note = { action: 'whether-gone-answered', facts: { part, word } };
    const is = word === 'it-is-gone' ? 'gone' : 'there';
    return settled(post, { part, publication, is }, note, context);
  },
);

/** It is known whether it is gone. What stands is deleted once it is let go on, or stays where nobody wants that. */
function settled(
  post: PostState,
  {
    part,
    publication,
    is,
  }: { readonly part: string; readonly publication: PerhapsGone; readonly is: 'there' | 'gone' },
  note: AuditNote,
  context: PostContext,
): PostDecision {
  if (is === 'gone') return removedPart(post, part, undefined, context, [note]);
  const { begun, tried: _before, ...stands } = publication;
  const ends = isGivenUp(post, publication) ? notWanted : begun.ends;
  return ends === undefined
    ? changed({ post: withPublications(post, { [part]: stands }, context.now), audit: [note] }, context)
    : removedPart(post, part, ends, context, [note]);
}

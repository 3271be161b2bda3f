import type { Change } from '../../core/change.ts';
import type { PostContext, PostState } from '../post.ts';
import { refusePost, type PostRefusal } from '../refusals.ts';
import { nameOfWords } from '../correcting/standing.ts';
import { heldIfStopped, type StoppedNow } from '../stopping/stop-of-post.ts';
import { isAway } from './asked.ts';
import { isThere, maySendBack } from './may.ts';

/** What somebody wrote beside a press, and what they were asked about; `stopped` as the press came. */
export interface Beside extends StoppedNow {
  readonly note?: string | undefined;
  readonly noted?: string | undefined;
}

/**
 * Whether a note beside a press is asked about first: nobody could mind what it asks for before the post is out as it
 * was, or is corrected. What a stop holds again waits for another decision, and whoever makes that reads it before.
 *
 * @param change what would come of the press
 */
export function isUnread(beside: Beside, change: Change<PostState>, context: PostContext): boolean {
  const note = beside.note?.trim() ?? '';
  if (note === '' || beside.noted === nameOfWords(note)) return false;
  const { stopped } = beside;
  const then = stopped === undefined ? change : heldIfStopped(change, { stopped }, context);
  return then === change;
}

/** The question about such a note: what comes of the press, when, and who reads the note of those who wrote it. */
export function refuseUnread(
  post: PostState,
  to: 'approve' | 'release' | 'pass-on' | 'agree',
  person: string,
  { protocol: rules, now }: PostContext,
): PostRefusal {
  const { author, revision, correction } = post;
  const wrote = to === 'agree' && correction !== undefined ? [correction.by] : [author, revision.by];
  const readers = [...new Set(wrote)].filter((each) => each !== person && isThere(each, rules));
  const here = readers.filter((each) => !isAway(each, rules, now));
  const at = to === 'agree' ? undefined : post.when?.at;
  return refusePost('note-unread', {
    to,
    at: at !== undefined && at > now ? at : null,
    reads: here.length > 0 ? here : readers,
    here: here.length > 0,
    back: to !== 'agree' && maySendBack(post, person, rules),
  });
}

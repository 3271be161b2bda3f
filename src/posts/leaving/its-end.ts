import type { Millis } from '../../core/time.ts';
import { mayTurnUp } from '../../dispatch/publication.ts';
import { tellsEnd } from '../../dispatch/put-right.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { accountOf, before, isOfCorrection } from '../../dispatch/thread.ts';
import { refusedAnew } from '../taking-down/came-down.ts';
import type { PostState } from '../post.ts';
import type { PlannedTime } from '../writing/revision.ts';
import { publicationsOf } from './what-is-public.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/** When it ends: as what was agreed to put right says, also while that is on its way. */
export const endOf = ({ revision, correction }: PostState): PlannedTime | undefined =>
  correction?.applied === undefined ? revision.until : correction.revision.until;

/**
 * The end that people read where it stands: while a correction that was agreed to is not made there, such as one that is
 * held, the one before it.
 */
export function endStanding(post: PostState): PlannedTime | undefined {
  const { revision, correction, status } = post;
  const planned = 'plan' in status ? status.plan.parts : [];
  const publications = publicationsOf(post);
  const isOld = Object.entries(correction?.applied?.parts ?? {}).some(
    ([part, is]) =>
      is !== 'done' &&
      publications[part]?.is === 'published' &&
      planned.some(({ key, network }) => key === part && tellsEnd(network)),
  );
  return isOld ? revision.until : endOf(post);
}

/** The same where it is not the one that was agreed to, and comes before that is made. */
export function oldEndOf(post: PostState): Millis | undefined {
  const at = endStanding(post)?.at;
  return at === endOf(post)?.at ? undefined : at;
}

/**
 * Whether its end kept from going out what had been let go: it waited for its account until then. Who was asked to post
 * it by hand may have done so, which is told apart.
 */
export function isEndedFirst(post: PostState, part: string): boolean {
  const publication = publicationsOf(post)[part];
  const until = endOf(post);
  return (
    'decidedAt' in post.status &&
    until !== undefined &&
    publication?.is === 'stopped' &&
    mayComeBack(publication) &&
    publication.at >= until.at &&
    post.wasByHand?.[part] === undefined
  );
}

/**
 * Whether it does not go out any more once the end has come. A correction puts right what stands, whether that is over
 * or not; where nothing stood any more by then, it would only say anew what is over.
 */
export function goesOutNoLater(post: PostState, part: string): boolean {
  const until = endOf(post)?.at ?? Infinity;
  return (
    !isOfCorrection(part) ||
    !Object.entries(publicationsOf(post)).some(
      ([key, each]) =>
        key !== part &&
        accountOf(key) === accountOf(part) &&
        (each.is === 'published' ||
          each.is === 'removing' ||
          (each.is === 'removed' && each.at >= until) ||
          mayTurnUp(each)),
    )
  );
}

/** Whether its end has come, so that it does not go out any more. */
export const hasEndedFor = (post: PostState, part: string, now: Millis): boolean =>
  (endOf(post)?.at ?? Infinity) <= now && goesOutNoLater(post, part);

/** The accounts on which something waits for a decision, and does not go out any more since the end has come. */
export function overOn(post: PostState, now: Millis): readonly string[] {
  const until = endOf(post);
  if (until === undefined || until.at > now) return [];
  return [
    ...new Set(
      Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
        mayComeBack(each) && goesOutNoLater(post, part) ? [accountOf(part)] : [],
      ),
    ),
  ];
}

/** Whether its end came before any of it was out. */
export const isEndedBeforeOut = ({ status, revision }: PostState): boolean =>
  status.is === 'expired' && status.because === 'ended-before-it-went-out' && revision.until !== undefined;

/** What its end kept from going out, by part keys. */
export const endedFirst = (post: PostState): readonly string[] =>
  Object.keys(publicationsOf(post)).filter((part) => isEndedFirst(post, part));

/** What somebody had been asked to post by hand when its end came, and has not said whether they had, by part keys. */
export const unsaidAtEnd = (post: PostState): readonly string[] => {
  const until = endOf(post)?.at ?? Infinity;
  const publications = publicationsOf(post);
  return Object.entries(post.wasByHand ?? {}).flatMap(([part, { what }]) => {
    const publication = publications[part];
    const isStopped = publication?.is === 'stopped' && mayComeBack(publication) && publication.at >= until;
    return what === 'post' && 'decidedAt' in post.status && isStopped ? [part] : [];
  });
};

/** Whether its end came before all of it was out, or somebody had said whether it is. */
export const isEndedUnsent = (post: PostState): boolean =>
  isEndedBeforeOut(post) || endedFirst(post).length > 0 || unsaidAtEnd(post).length > 0;

/** The accounts on which its end let only the beginning of a thread out: nobody chose that it stands so. */
export const tornByEnd = (post: PostState): readonly string[] =>
  endedFirst(post).flatMap((part) => {
    const earlier = before(part);
    return earlier !== undefined && publicationsOf(post)[earlier]?.is === 'published'
      ? [accountOf(part)]
      : [];
  });

/** The end that somebody wants for what stands, or is to be posted again, while nobody has agreed to it. */
export function newEndOf(post: PostState): PlannedTime | undefined {
  const { revision, correction } = post;
  if (correction === undefined || correction.applied !== undefined) return undefined;
  // What is posted again goes out no later than its end, be it the one that it had.
  const isNew = correction.revision.until?.at !== revision.until?.at || refusedAnew(post) !== undefined;
  return isNew ? correction.revision.until : undefined;
}

/** The same where it has passed by now, so that nobody can agree to it. */
export function newEndPassed(post: PostState, now: Millis): Millis | undefined {
  const at = newEndOf(post)?.at;
  return at !== undefined && at <= now ? at : undefined;
}

/** An end that comes before the post would go out, or before its film would be shown. */
export function endsBeforeItGoes(
  until: PlannedTime | undefined,
  when: PlannedTime | undefined,
  now: number,
  shownAt?: PlannedTime,
): PostRefusal | undefined {
  if (until === undefined) return undefined;
  if (until.at <= now) return refusePost('end-passed', { until: until.at });
  const times = (later: PlannedTime) => ({ until: until.at, when: later.at });
  if (when !== undefined && until.at <= when.at) return refusePost('ends-before-it-goes-out', times(when));
  if (shownAt !== undefined && until.at <= shownAt.at)
    return refusePost('ends-before-it-is-shown', times(shownAt));
  return undefined;
}

import type { Change } from '../../core/change.ts';
import { canonical } from '../../core/json.ts';
import { refusedAnew } from '../taking-down/came-down.ts';
import { changersOf } from '../writing/desk-changed.ts';
import { reviewAwaited, reviewOf, isStageOfCorrection } from '../deciding/reviews.ts';
import { isPublic, publicationsOf } from '../leaving/what-is-public.ts';
import type { PostContext, PostState, Step } from '../post.ts';

/** So many of the notes that were written to steps are kept, the last ones: each can be long. */
const notesKept = 5;

/**
 * What has been done with a post, in its order: what its state tells, and what it told before. A hold and another time
 * void decisions, and an edit the walk; that somebody decided is so all the same.
 */
export function stepsOf(post: PostState): readonly Step[] {
  const present = untold(post);
  const before = (post.past ?? []).filter((step) => !present.some((each) => isSame(each, step)));
  const steps = [...before, ...present].toSorted((one, other) => one.at - other.at);
  // Of changes that somebody makes one after the other, the last.
  return steps.filter((step, index) => {
    const next = steps[index + 1];
    return !(step.did === 'changed' && next?.did === 'changed' && next.by === step.by);
  });
}

/** Whether somebody had approved it, be it that a hold or another time voided that. */
export const isApprovedOnce = (post: PostState): boolean =>
  stepsOf(post).some((step) => step.did === 'approved');

/** Whether somebody has approved what it says now, be it that a hold or another time voided that. */
export const isApprovedAsItIs = (post: PostState): boolean =>
  stepsOf(post).some((step) => step.did === 'approved' && step.at >= post.revision.at);

/** Whether nobody could tell whether a part is there, and somebody decided that it is not posted once more. */
export const isLeftUnclear = (post: PostState, part: string): boolean => {
  const publication = publicationsOf(post)[part];
  return (
    publication?.is === 'stopped' &&
    stepsOf(post).some(
      (step) => step.did === 'left-as-it-is' && step.unclear === part && step.at === publication.at,
    )
  );
};

/** What last made a draft of it that is to be sent anew: that somebody wrote it, or chose another department for it. */
export function rewritten(
  post: PostState,
):
  | Extract<Step, { readonly did: 'department-chosen' }>
  | (Pick<Step, 'by' | 'at'> & { readonly did: 'changed' }) {
  const { by, at } = post.revision;
  const chosen = (post.past ?? []).findLast((step) => step.did === 'department-chosen');
  return chosen === undefined || chosen.at < at ? { did: 'changed', by, at } : chosen;
}

/** The post without what people wrote to steps, or of a correction that was made nowhere, for whoever is not to read it. */
export function withoutNotes({ past, madeNowhere, ...post }: PostState): PostState {
  return {
    ...post,
    ...(past === undefined
      ? {}
      : { past: past.map((step) => ('note' in step ? { ...step, note: '' } : step)) }),
    // What was wrong with what is public is read where it was put right.
    ...(madeNowhere === undefined
      ? {}
      : { madeNowhere: madeNowhere.map(({ text: _words, ...each }) => ({ ...each, what: '' })) }),
  };
}

/** The post without what people wrote to their decisions, for a Teams channel, where others than the asked read along. */
export function withoutNotesToDecisions({ past, ...post }: PostState): PostState {
  const told = past?.map((step) => (isNoted(step) ? { ...step, note: '' } : step));
  return told === undefined ? post : { ...post, past: told };
}

/** What somebody wrote as they let a post go on, or a correction of it. */
export const isNoted = (
  step: Step,
): step is Extract<Step, { readonly did: 'passed-on' | 'approved' | 'agreed' }> & { readonly note: string } =>
  (step.did === 'passed-on' || step.did === 'approved' || step.did === 'agreed') &&
  step.note !== undefined &&
  step.note !== '';

/** The post with one thing more that was done with it. */
export const withStep = (post: PostState, step: Step): PostState => ({
  ...post,
  past: [...(post.past ?? []), step],
});

/** What the state of a post tells by itself and was not kept with what somebody wrote to it, which the state does not have. */
function untold(post: PostState): readonly Step[] {
  const noted = (post.past ?? []).filter((step) => 'note' in step && step.did !== 'sent-back');
  return toldBy(post).filter((step) => !noted.some((each) => isSame(each, step)));
}

/** What the state of a post tells by itself. Who agreed to a correction is told with what it corrected. */
function toldBy(post: PostState): readonly Step[] {
  const { status } = post;
  const review = reviewOf(post);
  return [
    ...changersOf(post).map(({ person, at }): Step => ({ did: 'changed', by: person, at })),
    ...(review?.passedOn ?? []).map(({ by, at }): Step => ({ did: 'passed-on', by, at })),
    ...(review?.decisions ?? [])
      .filter(({ stage }) => !isStageOfCorrection(stage))
      .map(({ by, at }): Step => ({ did: 'approved', by, at })),
    ...(status.is === 'held' ? [heldStep(status)] : []),
    ...(status.is === 'sent-back' ? [sentBackStep(status)] : []),
  ];
}

const heldStep = ({
  by,
  at,
  all,
  stop,
  missed,
  turned,
  newWords,
}: Extract<PostState['status'], { readonly is: 'held' }>): Step => ({
  did: 'held',
  by,
  at,
  all,
  ...(stop === undefined ? {} : { stop }),
  ...(missed === undefined ? {} : { missed }),
  ...(turned === undefined ? {} : { turned }),
  ...(newWords === undefined ? {} : { newWords }),
});

const sentBackStep = ({
  by,
  at,
  note,
}: Extract<PostState['status'], { readonly is: 'sent-back' }>): Step => ({
  did: 'sent-back',
  by,
  at,
  note,
});

const isSame = (one: Step, other: Step): boolean =>
  one.did === other.did && one.by === other.by && one.at === other.at && partOf(one) === partOf(other);

const partOf = (step: Step): string => ('part' in step ? step.part : '');

/** A change that keeps what the state before told and the one after does not tell any more, and what it says itself. */
export function withPast(
  before: PostState,
  change: Change<PostState>,
  context: PostContext,
): Change<PostState> {
  const { past: kept = [], ...after } = change.state;
  const present = untold(change.state);
  const told = stepsOf(before);
  const lost = told.filter((step) => !present.some((each) => isSame(each, step)));
  const stated = kept.filter((step) => !told.some((each) => isSame(each, step)));
  const past = withFewNotes([...lost, ...doneNow(before, after, lost, stated, context), ...stated]);
  if (canonical(past) === canonical(before.past ?? [])) return change;
  return { ...change, state: past.length === 0 ? after : { ...after, past } };
}

/** What the states themselves do not name: who wrote it anew once others had seen it, or chose another time for what was approved. */
function doneNow(
  before: PostState,
  after: PostState,
  lost: readonly Step[],
  stated: readonly Step[],
  { actor, now }: PostContext,
): readonly Step[] {
  // What is public, or was deleted to be posted again, is changed by corrections alone, which are told apart.
  const wasPublic = [before, after].some((each) => isPublic(each) || refusedAnew(each) !== undefined);
  if (actor.by !== 'person' || wasPublic) return [];
  const by = actor.person;
  if (after.revision.n !== before.revision.n) {
    const isSeen = before.status.is !== 'draft' || lost.length > 0;
    const isTold = changersOf(after).some(({ person, at }) => person === by && at === now);
    return isSeen && !isTold ? [{ did: 'changed', by, at: now }] : [];
  }
  // Whoever asks for approval again once its time has passed chooses none.
  if (stated.some((step) => step.did === 'asked-again')) return [];
  const isRetimed = canonical(after.when ?? null) !== canonical(before.when ?? null);
  const decided = toldBy(after);
  const isVoid = toldBy(before).some(
    (step) => step.did === 'approved' && !decided.some((each) => isSame(each, step)),
  );
  const isAskedAnew =
    reviewAwaited(before) !== undefined && reviewAwaited(after)?.id !== reviewAwaited(before)?.id;
  const isTold = changersOf(after).some(({ person, at }) => person === by && at === now);
  return isRetimed && (isVoid || (isAskedAnew && !isTold)) ? [{ did: 'retimed', by, at: now }] : [];
}

/** The steps with the last few of their notes. */
function withFewNotes(steps: readonly Step[]): readonly Step[] {
  const noted = steps.filter((step) => 'note' in step).slice(-notesKept);
  return steps.map((step) => ('note' in step && !noted.includes(step) ? { ...step, note: '' } : step));
}

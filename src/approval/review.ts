import type { Millis } from '../core/time.ts';
import type { RoutedStage } from '../protocol/route.ts';

/**
 * A stage as it was frozen when something was sent for approval. Who acts on it is not frozen with it: what is awaited
 * or still to come asks whom the protocol in force names, and what is through keeps those whom it asked.
 */
export type FrozenStage = RoutedStage;

/** One person's approval, bound to the hash of what they saw. */
export interface Decision {
  readonly stage: string;
  readonly by: string;
  readonly at: Millis;
  readonly hash: string;
}

/** The walk of one frozen thing through its frozen stages. Posts, corrections, answers and alerts share it. */
export interface Review {
  /** names this sending, so that timers and presses of an earlier one are recognised */
  readonly id: string;
  /** the hash of what is decided on */
  readonly hash: string;
  readonly stages: readonly FrozenStage[];
  /** index of the stage that is awaited; `stages.length` once every stage is through */
  readonly current: number;
  readonly sentAt: Millis;
  readonly sentBy: string;
  /** when the current stage began */
  readonly since: Millis;
  readonly decisions: readonly Decision[];
  readonly passedOn: readonly { readonly stage: string; readonly by: string; readonly at: Millis }[];
  /** the current stage has been escalated; those people may act on it too */
  readonly escalated: boolean;
  /** they may while nobody who is asked is here, nor anybody who could be told: nothing is late for that */
  readonly handedOn?: true;
  /** nobody decides on what they wrote or last edited */
  readonly writers: readonly string[];
}

/** Begins a review at its first stage. */
export function openReview(
  review: Pick<Review, 'id' | 'hash' | 'stages' | 'sentBy' | 'writers'>,
  now: Millis,
): Review {
  return { ...review, current: 0, sentAt: now, since: now, decisions: [], passedOn: [], escalated: false };
}

/** The stage that is awaited, or undefined when all are through. */
export function awaited(review: Review): FrozenStage | undefined {
  return review.stages[review.current];
}

/** Everybody who may act on the awaited stage now, before anybody is left out for being away. */
export function askedNow(review: Review): readonly string[] {
  const stage = awaited(review);
  if (stage === undefined) return [];
  const all = asksFurther(review) ? [...stage.people, ...stage.escalateTo] : stage.people;
  const decided = new Set(review.decisions.filter((d) => d.stage === stage.id).map((d) => d.by));
  return [...new Set(all)].filter(
    (person) => !decided.has(person) && (stage.kind === 'pass-on' || !review.writers.includes(person)),
  );
}

/** Whether those whom the stage is escalated to may act on it too. */
export const asksFurther = ({ escalated, handedOn }: Review): boolean => escalated || handedOn === true;

/** How many more have to agree before the awaited stage is through. */
export function missingAt(review: Review): number {
  const stage = awaited(review);
  if (stage === undefined) return 0;
  return stage.need - review.decisions.filter((decision) => decision.stage === stage.id).length;
}

/** Whether the awaited stage cannot be fulfilled, whoever is here: too few are left who may act on it. */
export const lacksPeople = (review: Review): boolean => askedNow(review).length < missingAt(review);

/** The walk as it is without a look at who is here. */
export function bareReview({ handedOn: _on, ...review }: Review): Review {
  return review;
}

/** Why a press on a review changes nothing. */
export type ReviewRefusal =
  | { readonly no: 'nothing-awaited' }
  | { readonly no: 'another-version' }
  | { readonly no: 'own-work'; readonly others: readonly string[] }
  | { readonly no: 'not-asked'; readonly asked: readonly string[] }
  | { readonly no: 'already-decided' }
  | {
      readonly no: 'stage-moved-on';
      readonly by?: string;
      readonly at?: Millis;
      readonly look?: boolean;
      readonly nextName?: string;
    };

export interface Press {
  readonly person: string;
  /** the hash on the card that was pressed */
  readonly hash: string;
  /** the stage on the card that was pressed */
  readonly stage: string;
  readonly now: Millis;
}

/**
 * Counts one press on the awaited stage: passing on for a look, an approval for a decision.
 * A person counts once per stage; the stage is through when as many as it needs have agreed.
 */
export function agree(review: Review, press: Press): { review: Review; through: boolean } | ReviewRefusal {
  const stage = awaited(review);
  if (press.hash !== review.hash) return { no: 'another-version' };
  if (stage === undefined) return { no: 'nothing-awaited' };
  if (stage.id !== press.stage) return movedOn(review, press.stage);
  if (stage.kind === 'decide' && review.writers.includes(press.person)) {
    return { no: 'own-work', others: askedNow(review) };
  }
  if (review.decisions.some((d) => d.stage === stage.id && d.by === press.person))
    return { no: 'already-decided' };
  if (!askedNow(review).includes(press.person)) return { no: 'not-asked', asked: askedNow(review) };
  if (stage.kind === 'pass-on') {
    const passedOn = [...review.passedOn, { stage: stage.id, by: press.person, at: press.now }];
    return { review: next({ ...review, passedOn }, press.now), through: true };
  }
  const decisions = [
    ...review.decisions,
    { stage: stage.id, by: press.person, at: press.now, hash: review.hash },
  ];
  const agreed = decisions.filter((d) => d.stage === stage.id).length;
  const counted = { ...review, decisions };
  return agreed >= stage.need
    ? { review: next(counted, press.now), through: true }
    : { review: counted, through: false };
}

/** Who pressed first, told to whoever pressed a moment later. */
function movedOn(review: Review, stage: string): ReviewRefusal {
  const last = [...review.decisions, ...review.passedOn].filter((d) => d.stage === stage).at(-1);
  const following = awaited(review);
  return {
    no: 'stage-moved-on',
    ...(last === undefined ? {} : { by: last.by, at: last.at, look: !('hash' in last) }),
    ...(following === undefined ? {} : { nextName: following.name }),
  };
}

function next(review: Review, now: Millis): Review {
  return { ...bareReview(review), current: review.current + 1, since: now, escalated: false };
}

/** Lets the people of the stage's escalation act too. */
export function escalate(review: Review): Review {
  return { ...bareReview(review), escalated: true };
}

/** When the awaited stage is reminded of, escalated and expires. */
export function stageTimes(review: Review): { remind: Millis; escalate: Millis; expire: Millis } | undefined {
  const stage = awaited(review);
  if (stage === undefined) return undefined;
  return {
    remind: review.since + stage.remindAfter,
    escalate: review.since + stage.escalateAfter,
    expire: review.since + stage.expireAfter,
  };
}

/**
 * The same frozen walk with every decision forgotten: what a hold or another time leaves, since only a fresh
 * decision lets it go on. A look that was given stays given; one that was not is still to come.
 */
export function afresh(review: Review, id: string, now: Millis): Review {
  const first = review.stages.findIndex(
    (stage) => stage.kind === 'decide' || !review.passedOn.some((passed) => passed.stage === stage.id),
  );
  return {
    ...bareReview(review),
    id,
    current: first === -1 ? review.stages.length : first,
    since: now,
    decisions: [],
    escalated: false,
  };
}

/**
 * How the clock stands of what cannot wait, once it is asked about anew: it is escalated when it was to be, at the latest
 * now, since stops and resumes would else put that off without end. What has been is not a second time, and whoever it
 * was escalated to is asked still.
 */
export function clockGoesOn(review: Review, now: Millis): Pick<Review, 'since' | 'escalated'> {
  const { escalated, since } = review;
  const stage = awaited(review);
  const isToEscalate = stage !== undefined && !escalated;
  return { since: isToEscalate ? Math.max(since, now - stage.escalateAfter) : now, escalated };
}

/**
 * The walk once what was decided elsewhere about the same words counts on it: each decision once, at the stage that is
 * awaited then, where whoever made it is asked there and wrote nothing of it.
 */
export function counting(review: Review, decisions: readonly Decision[]): Review {
  return decisions.reduce((walk, { by: person, at: now, hash }) => {
    const stage = awaited(walk);
    const result = stage === undefined ? undefined : agree(walk, { person, hash, stage: stage.id, now });
    return result === undefined || 'no' in result ? walk : result.review;
  }, review);
}

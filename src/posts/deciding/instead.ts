import type { FrozenStage } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import type { Urgency } from '../../protocol/protocol.ts';
import { isAway } from './asked.ts';
import type { DeskRules, PostState } from '../post.ts';
import { hasLostDepartment } from './may.ts';
import { routeOf } from './send.ts';

/** Another urgency of a post, and the stages that it would walk by that, with those who are here. */
export interface Instead {
  readonly urgency: Urgency;
  readonly stages: readonly FrozenStage[];
}

/** The least urgency by which somebody who is here would decide a post, once the desk has edited it to that. */
export function instead(post: PostState, rules: DeskRules, now: Millis): Instead | undefined {
  const officer = rules.desk.officers.find((each) => !isAway(each, rules, now));
  if (officer === undefined || hasLostDepartment(post, rules)) return undefined;
  const writers = [post.author, ...rules.desk.officers];
  const passing = post.findings.filter(({ breach }) => breach !== 'block');
  const withHere = (stage: FrozenStage): FrozenStage => ({
    ...stage,
    people: stage.people.filter((person) => !isAway(person, rules, now) && !writers.includes(person)),
  });
  for (const urgency of ['urgent', 'emergency'] as const) {
    const edited = { ...post, revision: { ...post.revision, urgency, by: officer } };
    const stages = routeOf(edited, officer, passing, rules).stages.map(withHere);
    const isFilled = stages.every(({ kind, people, need }) => kind === 'pass-on' || people.length >= need);
    if (urgency !== post.revision.urgency && stages.length > 0 && isFilled) return { urgency, stages };
  }
  return undefined;
}

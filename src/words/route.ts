import type { FrozenStage, Review } from '../approval/review.ts';
import { correctionStage, isStageOfCorrection } from '../posts/deciding/reviews.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { isWithWriters } from '../posts/leaving/to-go-out.ts';
import { sayPeople } from './names.ts';
import { count } from './posts.ts';
import { departmentById } from '../protocol/people.ts';

/** The way of approvals: what its stages are called, who is asked at each, and who acted there. */

/** @returns what those are called who may agree to a correction: `Highways approvers or Communications` */
export function correctionDecidersName(
  department: string | undefined,
  { departments, desk }: DeskRules,
): string {
  const short = departmentById(department ?? '', { departments })?.short;
  return short === undefined ? desk.name : `${short} approvers or ${desk.name}`;
}

/** What a stage is called. Earlier releases stored words for the first one of a correction, which has a code now. */
export const stageName = (
  { id, name }: FrozenStage,
  department: string | undefined,
  rules: DeskRules,
): string => (id === correctionStage ? correctionDecidersName(department, rules) : name);

/**
 * @param may who can choose another one
 * @returns that a department is not in the protocol any more, and how a post of it goes on
 */
export const departmentGoneWords = (department: string, may: readonly string[], rules: DeskRules): string =>
  `${goneWords(department, rules)} ${may.length === 0 ? `${rules.desk.name} can help.` : `${sayPeople(may, rules, 'or')} can choose another department for it.`}`;

const goneWords = (department: string, { earlier }: DeskRules): string =>
  `${earlier?.departments[department]?.name ?? 'Its department'} is not in the protocol any more, so nobody can be asked.`;

/** @returns the same to somebody who chooses another one, and what comes of that */
export const chooseAnotherWords = (post: PostState, rules: DeskRules): string =>
  `${goneWords(post.department ?? '', rules)} Choose another department.${isWithWriters(post) ? '' : ' It is a draft then, and is sent once more.'}`;

/** @returns `Communications, then one of 3 Highways approvers`: the way ahead of a draft */
export function routeWords(
  stages: readonly FrozenStage[],
  writers: readonly string[],
  rules: DeskRules,
): string {
  return stages.map((stage) => stageWords(stage, writers, rules)).join(', then ');
}

/** @returns who is asked at one stage: `one of 3 Highways approvers` */
function stageWords(stage: FrozenStage, writers: readonly string[], rules: DeskRules): string {
  if (stage.kind === 'pass-on') return stage.name;
  const people = stage.people.filter((person) => !writers.includes(person));
  if (people.length === 0) return `${stage.name} (nobody at present)`;
  if (people.length === 1) return `${sayPeople(people, rules)} (${stage.name})`;
  // Of "the duty officer" there may be two.
  const group = stage.name.replace(/^the (.+)$/u, '$1s');
  if (stage.need >= people.length) return `all ${String(people.length)} ${group}`;
  return `${count(stage.need)} of ${String(people.length)} ${group}`;
}

/**
 * @param review the walk that was frozen, of which those who may not decide are left out already
 * @returns `First: Communications (Ellen Rimmer passed it on)`, `Then: one of 3 Highways approvers`
 */
export function walkedWords(
  index: number,
  stage: FrozenStage,
  review: Review | undefined,
  rules: DeskRules,
): string {
  const by = (acts: Review['passedOn'] = []): readonly string[] =>
    acts.flatMap((each) => (each.stage === stage.id ? [each.by] : []));
  const [passed, approved] = [by(review?.passedOn), by(review?.decisions)];
  const did = passed.length > 0 ? 'passed it on' : isStageOfCorrection(stage.id) ? 'agreed' : 'approved it';
  const people = [...passed, ...approved];
  const done = people.length === 0 ? '' : ` (${sayPeople(people, rules)} ${did})`;
  return `${index === 0 ? 'First' : 'Then'}: ${stageWords(stage, [], rules)}${done}`;
}

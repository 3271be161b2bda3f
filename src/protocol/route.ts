import type { Millis } from '../core/time.ts';
import { peopleOf, shortOf } from './people.ts';
import type { Roles } from './people.ts';
import type { NetworkName, Protocol, RouteClause, RouteCondition, StageEntry, Urgency } from './protocol.ts';
import type { Finding } from './rule.ts';

/** What the routes are asked about: one plan of one department. */
export interface RouteInput {
  readonly department: string;
  readonly accounts: readonly string[];
  readonly networks: readonly NetworkName[];
  readonly findings: readonly Pick<Finding, 'rule' | 'breach' | 'clause' | 'code'>[];
  readonly hasVideo: boolean;
  readonly campaign: boolean;
  readonly urgency: Urgency;
  readonly flags: readonly string[];
  readonly sentBy: 'desk' | 'service';
  /** person ids; neither may decide (GOV-3) */
  readonly author: string;
  readonly lastEditor: string;
}

/** A stage as the protocol gives it to a plan. It is frozen so when the plan is sent for approval. */
export interface RoutedStage {
  readonly id: string;
  /** as cards call those who are asked, the department's short name filled in: `Highways approvers` */
  readonly name: string;
  /** `pass-on`: a look that is no decision; `decide`: an approval */
  readonly kind: StageEntry['kind'];
  /** person ids of those who may act on it */
  readonly people: readonly string[];
  readonly need: number;
  readonly remindAfter: Millis;
  readonly escalateAfter: Millis;
  readonly escalateTo: readonly string[];
  readonly expireAfter: Millis;
  /** the clauses that gave it */
  readonly because: readonly { readonly clause: string; readonly title: string }[];
}

/** What one clause did to a route, and the findings that made it apply. */
export interface ExplainedClause {
  readonly clause: string;
  readonly title: string;
  /** stage ids that it gave, also those that stood already */
  readonly gave: readonly string[];
  /** stage ids that it left out */
  readonly leftOut: readonly string[];
  readonly findings: RouteInput['findings'];
}

/** A stage that too few people are left for, given who wrote and last edited the post. */
export interface UnfillableStage {
  readonly stage: string;
  readonly need: number;
  readonly have: number;
}

export interface RoutedPlan {
  /** in the order of the protocol's stages; one that nobody can fulfil stays in and is named in `unfillable` */
  readonly stages: readonly RoutedStage[];
  readonly explained: readonly ExplainedClause[];
  readonly unfillable: readonly UnfillableStage[];
}

/** The part of a plan's facts that conditions look at. */
export type RouteFacts = Omit<RouteInput, 'author' | 'lastEditor'>;

/** The stages that the protocol gives a plan, who is asked in each, and which clause gave or left out which. */
export function route(
  input: RouteInput,
  protocol: Roles & Pick<Protocol, 'stages' | 'routes' | 'earlier'>,
): RoutedPlan {
  const walked = walk(input, protocol.routes);
  const short = shortOf(input.department, protocol) ?? 'Former';
  const stages = protocol.stages
    .filter((stage) => walked.given.has(stage.id))
    .map((stage): RoutedStage => {
      const { remindAfter, escalateAfter, expireAfter, id, kind, need } = stage;
      return {
        id,
        name: stageName(stage, short),
        kind,
        ...whoActs(stage, input.department, [input.author, input.lastEditor], protocol),
        need,
        remindAfter,
        escalateAfter,
        expireAfter,
        because: reasonsFor(id, walked, protocol.stages).map(({ clause, title }) => ({ clause, title })),
      };
    });
  return {
    stages,
    explained: walked.explained,
    unfillable: stages
      .filter((stage) => stage.people.length < stage.need)
      .map((stage) => ({ stage: stage.id, need: stage.need, have: stage.people.length })),
  };
}

/** How cards call those who are asked at a stage, for a department by its short name. */
export const stageName = ({ name }: Pick<StageEntry, 'name'>, short: string): string =>
  name.replaceAll('{department}', () => short);

/**
 * The clauses that gave a stage, and those that left out what would have come just before it: they are why it comes
 * so soon.
 */
function reasonsFor(
  id: string,
  { given, explained }: ReturnType<typeof walk>,
  stages: readonly Pick<StageEntry, 'id'>[],
): readonly Pick<RouteClause, 'clause' | 'title'>[] {
  const all = stages.map((stage) => stage.id);
  const before = all.slice(0, all.indexOf(id));
  const last = before.findLastIndex((stage) => given.has(stage));
  const skipped = before.slice(last + 1);
  const gave = given.get(id) ?? [];
  const left = explained.filter(
    ({ clause, leftOut }) =>
      leftOut.some((stage) => skipped.includes(stage)) && !gave.some((each) => each.clause === clause),
  );
  return [...gave, ...left];
}

/**
 * Who may press on a stage: for a decision, nobody who wrote or last edited what is decided (GOV-3).
 * Passing on is no decision, so an author of the desk is left in.
 */
export function entitled(
  stage: Pick<StageEntry, 'kind' | 'who'>,
  department: string,
  writers: readonly string[],
  roles: Roles,
): readonly string[] {
  const asked = peopleOf(stage.who, department, roles);
  return stage.kind === 'pass-on' ? asked : asked.filter((person) => !writers.includes(person));
}

/** Who may press on a stage, and whom it is escalated to. */
export function whoActs(
  stage: Pick<StageEntry, 'kind' | 'who' | 'escalateTo'>,
  department: string,
  writers: readonly string[],
  roles: Roles,
): Pick<RoutedStage, 'people' | 'escalateTo'> {
  const escalateTo = peopleOf(stage.escalateTo, department, roles);
  const others = escalateTo.filter((person) => !writers.includes(person));
  return {
    people: entitled(stage, department, writers, roles),
    // somebody has to hear of it, if need be the author
    escalateTo: others.length > 0 ? others : escalateTo,
  };
}

/** Walks the clauses in the file's order: each that holds gives its stages, then takes away those it leaves out. */
export function walk(
  facts: RouteFacts,
  routes: readonly RouteClause[],
): {
  readonly given: ReadonlyMap<string, readonly RouteClause[]>;
  readonly explained: readonly ExplainedClause[];
} {
  const given = new Map<string, RouteClause[]>();
  const explained: ExplainedClause[] = [];
  for (const clause of routes) {
    const held = holds(clause.when, facts);
    if (!held.holds) continue;
    for (const stage of clause.add) given.set(stage, [...(given.get(stage) ?? []), clause]);
    const leftOut = clause.leaveOut.filter((stage) => given.delete(stage));
    explained.push({
      clause: clause.clause,
      title: clause.title,
      gave: clause.add,
      leftOut,
      findings: held.findings,
    });
  }
  return { given, explained };
}

const severity = { warn: 0, higher: 1, block: 2 } as const;

/** Whether a condition holds, and the findings that it asked for; an empty condition always holds. */
export function holds(
  when: RouteCondition,
  facts: RouteFacts,
): { readonly holds: boolean; readonly findings: RouteInput['findings'] } {
  const level = when.finding;
  const rules = when.rules;
  const asksFindings = level !== undefined || rules !== undefined;
  const findings = asksFindings
    ? facts.findings.filter(
        (finding) =>
          (level === undefined || severity[finding.breach] >= severity[level]) &&
          (rules === undefined || rules.includes(finding.rule)),
      )
    : [];
  const all =
    (when.departments === undefined || when.departments.includes(facts.department)) &&
    anyOf(when.accounts, facts.accounts) &&
    anyOf(when.networks, facts.networks) &&
    (!asksFindings || findings.length > 0) &&
    (when.video === undefined || when.video === facts.hasVideo) &&
    (when.campaign === undefined || when.campaign === facts.campaign) &&
    (when.urgency === undefined || when.urgency.includes(facts.urgency)) &&
    anyOf(when.flags, facts.flags) &&
    (when.sentBy === undefined || when.sentBy === facts.sentBy);
  return { holds: all, findings: all ? findings : [] };
}

function anyOf<T>(wanted: readonly T[] | undefined, present: readonly T[]): boolean {
  return wanted === undefined || wanted.some((one) => present.includes(one));
}

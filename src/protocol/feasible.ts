import { peopleOf } from './people.ts';
import type { Roles } from './people.ts';
import type { NetworkName, RouteClause, RouteCondition, StageEntry, Urgency } from './protocol.ts';
import { entitled, walk } from './route.ts';
import type { RouteFacts } from './route.ts';
import { urgencies } from './protocol.ts';

/** What has to be known of a protocol to tell whether every route can be walked. */
export interface RoutedProtocol extends Roles {
  readonly accounts: readonly {
    readonly id: string;
    readonly network: NetworkName;
    readonly departments: readonly string[];
    readonly byDefault: boolean;
  }[];
  readonly stages: readonly Pick<StageEntry, 'id' | 'kind' | 'who' | 'need'>[];
  readonly routes: readonly RouteClause[];
}

/** A stage that too few people can fulfil, for these departments and authors. */
export interface StuckStage {
  readonly stage: string;
  readonly departments: readonly string[];
  /** whose posts would be stuck; empty when it is so whoever wrote the post */
  readonly authors: readonly string[];
  readonly need: number;
  /** who is asked at all */
  readonly asked: readonly string[];
  /** a clause that gives the stage */
  readonly clause: string;
}

/** Posts that would go out with nobody having decided. */
export interface UndecidedPosts {
  readonly departments: readonly string[];
  readonly sentBy: 'desk' | 'service';
  readonly urgencies: readonly Urgency[];
  /** the last clause that leaves a stage out there; empty when no clause gives a deciding stage at all */
  readonly clause: string;
}

const sides = ['service', 'desk'] as const;

/**
 * The stages that would be stuck: for every department and every clause that can give the stage, whoever may
 * write the post (its proposers, or the desk) has to leave enough others to decide it.
 */
export function stuckStages(protocol: RoutedProtocol): readonly StuckStage[] {
  return protocol.stages.flatMap((stage) => {
    const groups = new Map<string, Omit<StuckStage, 'departments'> & { departments: string[] }>();
    for (const department of Object.keys(protocol.departments)) {
      const stuck = stuckIn(stage, department, protocol);
      if (stuck === undefined) continue;
      const key = JSON.stringify([stuck.asked, stuck.authors]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { ...stuck, departments: [department] });
      else group.departments.push(department);
    }
    return [...groups.values()];
  });
}

function stuckIn(
  stage: RoutedProtocol['stages'][number],
  department: string,
  protocol: RoutedProtocol,
): Omit<StuckStage, 'departments'> | undefined {
  const tried = new Set<string>();
  const stuck = new Set<string>();
  let because: string | undefined;
  for (const giving of protocol.routes.filter((clause) => clause.add.includes(stage.id))) {
    for (const facts of casesOf([giving.when], department, protocol)) {
      if (!walk(facts, protocol.routes).given.has(stage.id)) continue;
      for (const author of authorsOf(department, facts.sentBy, protocol)) {
        tried.add(author);
        const left = entitled(stage, department, [author], protocol);
        if (left.length >= stage.need) continue;
        stuck.add(author);
        because ??= giving.clause;
      }
    }
  }
  if (because === undefined) return undefined;
  return {
    stage: stage.id,
    authors: stuck.size === tried.size ? [] : [...stuck].sort(),
    need: stage.need,
    asked: peopleOf(stage.who, department, protocol),
    clause: because,
  };
}

function authorsOf(
  department: string,
  sentBy: 'desk' | 'service',
  protocol: RoutedProtocol,
): readonly string[] {
  if (sentBy === 'desk') return protocol.desk.officers;
  return protocol.departments[department]?.proposers ?? [];
}

/**
 * The posts that no stage would decide. Every set of clauses that leave stages out is tried with as little
 * else as possible, since everything more can only add stages.
 */
export function undecidedPosts(protocol: RoutedProtocol): readonly UndecidedPosts[] {
  const deciding = new Set(
    protocol.stages.filter((stage) => stage.kind === 'decide').map((stage) => stage.id),
  );
  const leaving = protocol.routes.filter((clause) => clause.leaveOut.length > 0);
  const found = new Map<
    string,
    { departments: Set<string>; urgencies: Set<Urgency> } & Pick<UndecidedPosts, 'sentBy' | 'clause'>
  >();
  for (const department of Object.keys(protocol.departments)) {
    for (const together of subsets(leaving)) {
      for (const facts of casesOf(
        together.map((clause) => clause.when),
        department,
        protocol,
      )) {
        const walked = walk(facts, protocol.routes);
        if ([...walked.given.keys()].some((stage) => deciding.has(stage))) continue;
        const { sentBy, urgency } = facts;
        const clause = walked.explained.findLast((one) => one.leftOut.length > 0)?.clause ?? '';
        const key = `${sentBy} ${clause}`;
        const group = found.get(key) ?? { departments: new Set(), urgencies: new Set(), sentBy, clause };
        group.departments.add(department);
        group.urgencies.add(urgency);
        found.set(key, group);
      }
    }
  }
  return [...found.values()].map((group) => ({
    ...group,
    departments: [...group.departments],
    urgencies: [...group.urgencies],
  }));
}

/** Every subset, the empty one first; beyond eight clauses only those of at most two, to stay quick. */
function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  let sets: (readonly T[])[] = [[]];
  const most = items.length > 8 ? 2 : items.length;
  for (const item of items) {
    sets = [...sets, ...sets.filter((set) => set.length < most).map((set) => [...set, item])];
  }
  return sets;
}

/**
 * Plans of the department for which all the conditions hold, with nothing more than they ask for. What they
 * leave open is varied where a clause that leaves stages out looks at it.
 */
function* casesOf(
  conditions: readonly RouteCondition[],
  department: string,
  protocol: RoutedProtocol,
): Generator<RouteFacts> {
  if (conditions.some((when) => when.departments !== undefined && !when.departments.includes(department)))
    return;
  const looked = protocol.routes.filter((clause) => clause.leaveOut.length > 0).map((clause) => clause.when);
  const usable = protocol.accounts.filter(
    (account) => account.departments.length === 0 || account.departments.includes(department),
  );
  // Two accounts of a plan may meet a condition between them: one by its name, the other by its network.
  const wanted = conditions.flatMap(({ accounts, networks }) => [
    ...(accounts === undefined ? [] : [usable.filter((account) => accounts.includes(account.id))]),
    ...(networks === undefined ? [] : [usable.filter((account) => networks.includes(account.network))]),
  ]);
  const accountChoices =
    wanted.length > 0
      ? product(wanted)
      : looked.some((when) => when.accounts !== undefined || when.networks !== undefined)
        ? usable.map((account) => [account])
        : [usable.slice(0, 1)];
  const flagChoices = product(conditions.flatMap((when) => (when.flags === undefined ? [] : [when.flags])));
  const finding = conditions.flatMap((when) =>
    when.finding === undefined && when.rules === undefined
      ? []
      : [
          {
            rule: when.rules?.[0] ?? '',
            breach: when.finding ?? ('warn' as const),
            clause: '',
            code: '',
          },
        ],
  );
  const seen = (part: (when: RouteCondition) => unknown) =>
    [...looked, ...conditions].some((when) => part(when) !== undefined);
  const videos = seen((when) => when.video) ? [false, true] : [false];
  const campaigns = seen((when) => when.campaign) ? [false, true] : [false];

  for (const sentBy of sides) {
    for (const urgency of urgencies) {
      for (const hasVideo of videos) {
        for (const campaign of campaigns) {
          const fits = conditions.every(
            (when) =>
              (when.sentBy ?? sentBy) === sentBy &&
              (when.urgency?.includes(urgency) ?? true) &&
              (when.video ?? hasVideo) === hasVideo &&
              (when.campaign ?? campaign) === campaign,
          );
          if (!fits) continue;
          for (const accounts of accountChoices) {
            for (const flags of flagChoices) {
              yield {
                department,
                accounts: accounts.map((account) => account.id),
                networks: accounts.map((account) => account.network),
                findings: finding,
                hasVideo,
                campaign,
                urgency,
                flags,
                sentBy,
              };
            }
          }
        }
      }
    }
  }
}

/** One of each list, in every combination; nothing at all where a list is empty. */
function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (made, list) => made.flatMap((some) => list.map((one) => [...some, one])),
    [[]],
  );
}

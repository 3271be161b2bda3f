import type { Millis } from '../core/time.ts';
import { inUse, type PlaceState } from '../people/place.ts';
import { whileAway } from '../posts/deciding/asked.ts';
import type { DeskRules } from '../posts/post.ts';
import { isToldInChannel } from '../protocol/people.ts';
import type { Department } from '../protocol/protocol.ts';
import type { Said } from './answers.ts';
import { awayWords, knowsWords } from './nobody-here.ts';
import { departmentName, nameOf, sayList, sayPeople, waitsWords } from './names.ts';
import { channelUseWords } from './teams-channels.ts';
import { dayAfter, sayUntil } from './times.ts';

/** @returns who writes, who approves and who is away, of one department */
export function departmentWords(
  department: Department,
  place: PlaceState | undefined,
  rules: DeskRules,
  now: Millis,
): Said {
  const { proposers, approvers, leads } = department;
  return {
    title: department.name,
    lines: [
      `Write: ${sayPeople(proposers, rules)}`,
      `Approve: ${sayPeople(approvers, rules)}`,
      ...(leads.length === 0 ? [] : [`Lead: ${sayPeople(leads, rules)}`]),
      ...awayWords([...new Set([...proposers, ...approvers, ...leads])], rules, now),
      ...channelUseWords(place, rules, now),
    ],
  };
}

/** @returns that a department which has a Teams channel is not in the protocol any more, and how that is given up */
export const goneDepartmentWords = (place: PlaceState, rules: DeskRules, now: Millis): Said => ({
  title: departmentName(place.of, rules),
  lines: [
    `Not in the protocol any more. For each of its posts that waits, its author or ${rules.desk.name} can choose another department.`,
    ...channelUseWords(place, rules, now),
    'To have no posts shown in that channel any more, type "stop using this channel" in it.',
  ],
});

/** @returns who works on the desk */
export function deskWords(place: PlaceState | undefined, rules: DeskRules, now: Millis): Said {
  const { officers, name } = rules.desk;
  return {
    title: name,
    lines: [
      `Officers: ${sayPeople(officers, rules)}`,
      `Head of Communications: ${nameOf(rules.headOfCommunications, rules)}`,
      `On duty: ${sayPeople(rules.dutyOfficers, rules)}`,
      `Monitoring Officer: ${nameOf(rules.monitoringOfficer, rules)}`,
      ...awayWords(
        [...new Set([...officers, rules.headOfCommunications, ...rules.dutyOfficers])],
        rules,
        now,
      ),
      ...channelUseWords(place, rules, now),
    ],
  };
}

/**
 * @param places the Teams channels that were ever chosen
 * @returns whom Crier cannot write to in person, who of them is told in a Teams channel, and what can be done about it
 */
export function unreachableWords(
  people: readonly string[],
  places: readonly PlaceState[],
  rules: DeskRules,
): Said {
  const channels = places.flatMap((place) => inUse(place)?.of ?? []);
  const named = (some: readonly string[]): string =>
    sayList(
      some.map((person) => nameOf(person, rules)),
      'and',
      12,
    );
  const told = people.filter((person) => isToldInChannel(person, channels, rules));
  const untold = people.filter((person) => !isToldInChannel(person, channels, rules));
  return {
    title: 'Cannot be reached in person',
    lines: [
      ...(told.length === 0 ? [] : [`${named(told)}: told in a Teams channel.`]),
      ...(untold.length === 0
        ? []
        : [
            `${named(untold)}: not told at all, since no Teams channel is chosen for them. Please tell them yourself what waits for them.`,
          ]),
      'Ask them to open Crier in Teams once and say hello.',
    ],
  };
}

/** @returns that another account came under a name that is known already, for the desk */
export function otherAccountWords(person: string, rules: DeskRules): string {
  return `Somebody wrote to me as ${nameOf(person, rules)} from another account than the one I know, and I showed them nothing. If ${nameOf(person, rules)} has a new work account, type "sign-in of ${nameOf(person, rules)}" to let them in. If not, tell your IT security team.`;
}

/**
 * @param account how many accounts have come under the name; absent once the last of them is the one we know
 * @returns the question whether somebody has a new work account, or that they are known by it now
 */
export function signInWords(
  person: string,
  account: number | undefined,
  rules: DeskRules,
): Said & { readonly warning: string; readonly confirm: string } {
  const name = nameOf(person, rules);
  if (account === undefined) {
    return {
      title: `${name} signs in with the new account now`,
      lines: [
        'The old account is not let in any more.',
        `Ask ${name} to say hello to me once, so that I can reach them.`,
      ],
      warning: '',
      confirm: '',
    };
  }
  return {
    title: `Does ${name} have a new work account?`,
    lines: [
      `Somebody came as ${name} from an account that I did not know.`,
      'Ring them, or ask your IT team, before you say yes: whoever has that account can then write and approve under this name.',
    ],
    warning:
      account === 1
        ? ''
        : `${String(account)} accounts have come under this name. You would let in the one that came last.`,
    confirm: `Yes, ${name} signs in with a new account now`,
  };
}

/** Until when somebody is away, or that they are back; how many posts wait for them, and how many for nobody else. */
export interface Away {
  readonly person: string;
  readonly until: Millis | null;
  readonly waiting: number;
  readonly left: number;
}

/** @returns that somebody is away and not asked, or back; who is asked instead, or who knows where nobody is */
export function awayAnswer(away: Away, rules: DeskRules, now: Millis): Said {
  const { until, waiting } = away;
  if (until === null) {
    return {
      title: 'Welcome back',
      lines: [waiting === 0 ? 'Nothing waits for you.' : `${waitsWords(waiting)} for you.`],
    };
  }
  const back = dayAfter(until, now);
  return {
    title: `You are away until ${sayUntil(until, now)}`,
    lines: [
      'Nobody will ask you to decide until then.',
      ...(back === undefined
        ? []
        : [
            `You are asked again from ${back} on. If you come back earlier, press the button or type "away no".`,
          ]),
      ...(waiting === 0 ? [] : [`${waitsWords(waiting)} for you now. ${insteadWords(away, rules, now)}`]),
    ],
  };
}

/** Who is asked in the place of somebody who goes away. */
function insteadWords({ person, until, waiting, left }: Away, rules: DeskRules, now: Millis): string {
  if (left === 0) return 'Others are asked instead.';
  const knows = knowsWords(whileAway(rules, person, until), now);
  if (left === waiting) return `Nobody else is here to decide ${left === 1 ? 'it' : 'them'}. ${knows}`;
  return `For ${String(left)} of them nobody else is here to decide. ${knows} For the others somebody else is asked.`;
}

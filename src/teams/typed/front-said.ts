import { findDepartment, mayPropose } from '../../protocol/people.ts';
import type { Urgency } from '../../protocol/protocol.ts';
import { reading } from '../../protocol/time-words.ts';
import {
  parseTypedTime,
  parseUntil,
  splitUntil,
  type TypedTime,
  type TypedUntil,
} from '../../protocol/typed-time.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { PlannedTime } from '../../posts/writing/revision.ts';
import { defaultAccounts } from '../../posts/writing/propose.ts';
import { accountName, sayList } from '../../words/names.ts';
import { frontOffers } from '../../words/several.ts';
import { sayTime, sayUntil } from '../../words/times.ts';
import { sayNotice, type Places } from '../../words/typed.ts';
import type { Choice, Reply } from '../reply.ts';
import { hasPassed, timeSaid } from '../said-times.ts';
import type { Turn } from '../turn.ts';
import { accountsBy, accountsFor, isSame, type DraftPlaces } from './accounts-said.ts';
import { frontOf } from './front.ts';
import { saysNot } from './denials.ts';
import { frontAndTime, spanIn, timeOf } from './looks-said.ts';
import type { Asked, Open } from './proposal.ts';

/** A draft as words beside its text would change it. */
export interface Standing extends DraftPlaces {
  readonly number: number;
  readonly urgency: Urgency;
}

/** How a post stands for that. */
export const standingOf = ({ number, department, revision }: PostState): Standing => ({
  number,
  ...(department === undefined ? {} : { department }),
  urgency: revision.urgency,
  accounts: revision.accounts,
  media: revision.media,
});

/** What is said of words in front of a text and behind it. */
export interface FrontSaid extends Open {
  /** words that are no part of the text */
  readonly taken?: string;
  /** words that were put in front of it, behind which the others stand */
  readonly behind?: string;
}

/**
 * What is said of words at the front, which neither become public unseen nor are lost unseen, with a button each way;
 * undefined where its card says all.
 */
export function frontSaid(
  standing: Standing,
  { taken, asked, ending, behind }: FrontSaid,
  turn: Pick<Turn, 'person' | 'now' | 'of'>,
  rules: DeskRules,
): Choice | undefined {
  const { number } = standing;
  const said = [
    ...(taken === undefined ? [] : takenWords(standing, taken, rules)),
    ...(asked === undefined
      ? []
      : [
          askedWords(
            number,
            asked,
            toldBy(asked.words, standing, turn, rules).department ?? standing.department,
            placesIn(asked.words, standing, rules),
          ),
        ]),
    ...(ending === undefined ? [] : [staysWords(number, ending, [], placesIn(ending, standing, rules))]),
  ];
  const [first, ...others] = said;
  if (first === undefined) return undefined;
  const kept = [
    ...(asked === undefined ? [] : [{ words: asked.words, at: 'in front' } as const]),
    ...(ending === undefined ? [] : [{ words: ending, at: 'at the end' } as const]),
  ];
  return {
    show: 'choice',
    title: first.title,
    lines: [first.words, ...others.map(({ title, words }) => `${title} ${words}`)],
    offers: frontOffers(
      number,
      taken === undefined
        ? undefined
        : { words: taken, does: undoneWords(undoneBy(taken, standing, rules), standing, rules) },
      kept.map((each) => ({
        ...each,
        does: doneBy(each.words, standing, turn, rules),
        isUnclear: placesIn(each.words, standing, rules) === 'unclear',
      })),
      behind,
    ),
  };
}

/** What is said of words that were taken off: several departments, and whatever else they told. */
function takenWords(
  { number, urgency }: Standing,
  words: string,
  rules: DeskRules,
): readonly ReturnType<typeof sayNotice>[] {
  const front = frontOf(words, rules);
  const [department, ...others] = (front?.departments ?? []).map(({ short }) => short);
  const isUrgent = front?.urgency !== undefined;
  const facts = {
    number,
    words,
    urgency: isUrgent ? urgency : 'normal',
    ...(department === undefined || others.length > 0 ? {} : { department }),
  };
  return [
    ...(others.length > 0 && !isUrgent ? [] : [sayNotice('front-taken', facts)]),
    ...(department === undefined || others.length === 0
      ? []
      : [sayNotice('one-department', { number, words, departments: [department, ...others] })]),
  ];
}

/** An answer with what is said of the front as well, so that neither keeps the other from being read. */
export function withFront(reply: Reply, said: Choice | undefined): Reply {
  if (said === undefined) return reply;
  const words = [said.title, ...said.lines];
  if (reply.show === 'post') return { ...reply, notice: [reply.notice ?? '', ...words].join(' ').trim() };
  if (reply.show !== 'notice') return said;
  return reply.title === ''
    ? { ...said, lines: [...said.lines, reply.words] }
    : { ...said, title: reply.title, lines: [reply.words, ...words] };
}

/** What a post would become by words in front of it. */
function doneBy(
  words: string,
  standing: Standing,
  turn: Pick<Turn, 'person' | 'now' | 'of'>,
  rules: DeskRules,
): readonly string[] {
  const { department, urgency, accounts, when, until } = toldBy(words, standing, turn, rules);
  return [
    ...(urgency === undefined ? [] : [urgency === 'urgent' ? 'urgent' : 'an emergency']),
    ...(department === undefined ? [] : [`for ${rules.departments[department]?.short ?? ''}`]),
    ...(accounts === undefined ? [] : [`for ${accountNames(accounts, rules)}`]),
    ...(when === undefined ? [] : [`go out ${sayTime(when.at, turn.now)}`]),
    ...(until === undefined ? [] : [`stand until ${sayUntil(until.at, turn.now)}`]),
  ];
}

/** What a post would be no more by words that are put back. */
const undoneWords = (
  { urgency, accounts }: Undone,
  before: Standing,
  rules: DeskRules,
): readonly string[] => [
  ...(urgency === undefined ? [] : [before.urgency === 'urgent' ? 'not urgent' : 'no emergency']),
  ...(accounts === undefined ? [] : [`for ${accountNames(accounts, rules)}`]),
];

export const accountNames = (accounts: readonly string[], rules: DeskRules): string =>
  sayList(accounts.map((id) => accountName(id, rules)));

const ranks: readonly Urgency[] = ['normal', 'urgent', 'emergency'];

/**
 * What words beside a draft tell Crier, as far as it can be so and is not so already: a post keeps the department that
 * it has, and becomes no less urgent.
 */
export function toldBy(
  words: string,
  standing: Standing,
  turn: Pick<Turn, 'person' | 'now' | 'of'>,
  rules: DeskRules,
): Told {
  const span = spanIn(words);
  if (span !== undefined) {
    const begins = timeSaid(span.when, parseTypedTime, turn);
    if (!begins.ok) return {};
    const stops = timeSaid(span.until, (typed) => parseUntil(typed, begins.at), turn);
    // One without the other would be half of what was said.
    return stops.ok ? { ...plannedAs('when', begins), ...plannedAs('until', stops) } : {};
  }
  const end = endIn(words);
  const ends = end === undefined ? undefined : timeSaid(end, parseUntil, turn);
  if (ends?.ok === true) return plannedAs('until', ends);
  const time = timeSaid(timeOf(words), parseTypedTime, turn);
  if (time.ok) return plannedAs('when', time);
  const both = frontAndTime(words, rules);
  if (both !== undefined)
    return { ...toldBy(both.front, standing, turn, rules), ...toldBy(both.time, standing, turn, rules) };
  const { department: own, urgency: before } = standing;
  const front = frontOf(words, rules);
  const bare = words.replace(/[:,!.–—-]+/gu, ' ').trim();
  const found = front === undefined ? findDepartment(bare.replace(/^for\s+/iu, ''), rules) : undefined;
  const near = found === undefined || found.found === 'no' ? undefined : found.department;
  const [named = near, ...others] = front?.departments ?? [];
  const isMeant = named !== undefined && others.length === 0 && mayPropose(turn.person, named.id, rules);
  const department = own === undefined && isMeant ? named : undefined;
  const urgency =
    front?.urgency !== undefined && ranks.indexOf(front.urgency) > ranks.indexOf(before)
      ? front.urgency
      : undefined;
  const of = department?.id ?? own;
  const accounts = accountsBy(front, { ...standing, ...(of === undefined ? {} : { department: of }) }, rules);
  return {
    ...(department === undefined ? {} : { department: department.id }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(accounts === undefined || isSame(accounts, standing.accounts) ? {} : { accounts }),
  };
}

/** What a time that was read becomes of a post; nothing where it is none. */
const plannedAs = (as: 'when' | 'until', read: TypedTime | TypedUntil): Pick<Told, 'when' | 'until'> =>
  read.ok ? { [as]: { wall: read.wall, zone: read.zone, at: read.at } } : {};

/**
 * What words that were taken off and are put back undo: what a post is by them, and is still. What somebody has chosen
 * since stays.
 */
export function undoneBy(words: string, standing: Standing, rules: DeskRules): Undone {
  const { department, urgency, accounts } = standing;
  const front = frontOf(words, rules);
  const byDefault = defaultAccounts(department, rules);
  const isTheirs =
    front !== undefined &&
    front.accounts.length > 0 &&
    isSame(accountsFor(front, department, rules), accounts) &&
    !isSame(byDefault, accounts);
  return {
    ...(front?.urgency === undefined || front.urgency !== urgency || urgency === 'normal'
      ? {}
      : { urgency: 'normal' }),
    ...(isTheirs ? { accounts: byDefault } : {}),
  };
}

/** Which time words beside a draft named when they were said, where that has passed since. */
export function passedBeside(
  words: string,
  turn: Pick<Turn, 'now' | 'of'>,
  rules: DeskRules,
): 'when' | 'until' | undefined {
  const span = spanIn(words);
  if (span !== undefined) return hasPassed(span.when, parseTypedTime, turn) ? 'when' : undefined;
  const end = endIn(words);
  if (end !== undefined && hasPassed(end, parseUntil, turn)) return 'until';
  const { time } = frontAndTime(words, rules) ?? { time: words };
  return hasPassed(timeOf(time), parseTypedTime, turn) ? 'when' : undefined;
}

/** The end that a line names; the line alone would be a text. */
const endIn = (words: string): string | undefined => splitUntil(`-\n${words}`).until;

/** What a post becomes by words for Crier. */
export interface Told extends Undone {
  readonly department?: string;
  readonly when?: PlannedTime;
  readonly until?: PlannedTime;
}

interface Undone {
  readonly urgency?: Urgency;
  readonly accounts?: readonly string[];
}

/** @param is the department that the post has, or has by the button below */
function askedWords(
  number: number,
  asked: Asked,
  is: string | undefined,
  places: Places | undefined,
): ReturnType<typeof sayNotice> {
  const { words } = asked;
  if (asked.is === 'stays') {
    const { id, short: department } = asked.department;
    return sayNotice('name-stays-text', { number, words, department, is: id === is });
  }
  const isOne = asked.departments.some(({ id }) => id === is);
  const departments = isOne ? [] : asked.departments.map(({ short }) => short);
  return staysWords(number, words, departments, places);
}

/** That words stay in the text, and are asked about. */
const staysWords = (
  number: number,
  words: string,
  departments: readonly string[],
  places: Places | undefined,
): ReturnType<typeof sayNotice> =>
  sayNotice('front-stays-text', {
    number,
    words,
    departments,
    ...(places === undefined ? {} : { places }),
  });

/**
 * What is to be said of the places that words name: the council has no account there; or nobody can tell where the post is
 * not to go, or nothing would be left of where it goes, so that no button does what was meant.
 */
function placesIn(words: string, standing: Standing, rules: DeskRules): Places | undefined {
  const front = frontOf(frontAndTime(words, rules)?.front ?? words, rules);
  if (front === undefined)
    return saysNot(words) && reading(timeOf(words)) === undefined ? 'unclear' : undefined;
  const isNowhere = front.without.length > 0 && accountsBy(front, standing, rules) === undefined;
  return isNowhere ? 'unclear' : front.isElsewhere ? 'elsewhere' : undefined;
}

import { findDepartment, mayPropose } from '../../protocol/people.ts';
import type { Urgency } from '../../protocol/protocol.ts';
import { parseTypedTime } from '../../protocol/typed-time.ts';
import type { DeskRules, PlannedTime, PostState } from '../../posts/post.ts';
import { defaultAccounts } from '../../posts/propose.ts';
import { accountName, sayList } from '../../words/names.ts';
import { frontOffers } from '../../words/several.ts';
import { sayTime } from '../../words/times.ts';
import { sayNotice } from '../../words/typed.ts';
import type { Choice, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { readFront, timeOf } from './front.ts';
import type { Asked, FrontOf, Proposal } from './proposal.ts';

/** The accounts that somebody named, as far as the department may use them; where it may use none, those by default. */
export function accountsFor(
  { accounts, isMore }: Pick<Proposal, 'accounts' | 'isMore'>,
  of: string | undefined,
  rules: DeskRules,
): readonly string[] {
  const byDefault = defaultAccounts(of, rules);
  const theirs = (accounts ?? []).filter((id) => {
    const { departments = [] } = rules.accounts[id] ?? {};
    return departments.length === 0 || of === undefined || departments.includes(of);
  });
  if (theirs.length === 0) return byDefault;
  return [...new Set([...(isMore === true ? byDefault : []), ...theirs])];
}

/**
 * What is said of words at the front, which neither become public unseen nor are lost unseen, with a button each way;
 * undefined where its card says all.
 */
export function frontSaid(
  { number, department: own }: Pick<PostState, 'number' | 'department'>,
  { taken, asked, ending, department, urgency }: FrontOf,
  turn: Pick<Turn, 'person' | 'now'>,
  rules: DeskRules,
): Choice | undefined {
  const off = asked?.is === 'several' ? asked.words : taken;
  const said = [
    ...(taken === undefined
      ? []
      : [
          sayNotice('front-taken', {
            number,
            words: taken,
            urgency,
            ...(department === undefined ? {} : { department: department.short }),
          }),
        ]),
    ...(asked === undefined ? [] : [askedWords(number, asked)]),
    ...(ending === undefined
      ? []
      : [sayNotice('front-stays-text', { number, words: ending, departments: [] })]),
  ];
  const [first] = said;
  if (first === undefined) return undefined;
  const kept = [
    ...(asked === undefined || asked.is === 'several'
      ? []
      : [{ words: asked.words, at: 'in front' } as const]),
    ...(ending === undefined ? [] : [{ words: ending, at: 'at the end' } as const]),
  ];
  return {
    show: 'choice',
    title: first.title,
    lines: said.map(({ words }) => words),
    offers: frontOffers(
      number,
      off,
      kept.map((each) => ({ ...each, does: doneBy(each.words, own, turn, rules) })),
    ),
  };
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
  own: string | undefined,
  turn: Pick<Turn, 'person' | 'now'>,
  rules: DeskRules,
): readonly string[] {
  const { department, urgency, accounts, when } = toldBy(words, own, turn, rules);
  return [
    ...(urgency === undefined ? [] : [urgency === 'urgent' ? 'urgent' : 'an emergency']),
    ...(department === undefined ? [] : [`for ${rules.departments[department]?.short ?? ''}`]),
    ...(accounts === undefined ? [] : [`for ${sayList(accounts.map((id) => accountName(id, rules)))}`]),
    ...(when === undefined ? [] : [`go out ${sayTime(when.at, turn.now)}`]),
  ];
}

/** What words beside a draft tell Crier, as far as it can be so: a post keeps the department that it has. */
export function toldBy(
  words: string,
  own: string | undefined,
  { person, now }: Pick<Turn, 'person' | 'now'>,
  rules: DeskRules,
): Told {
  const time = parseTypedTime(timeOf(words), now);
  if (time.ok) return { when: { wall: time.wall, zone: time.zone, at: time.at } };
  const bare = words.replace(/[:,!.–—-]+/gu, ' ').trim();
  const front = readFront(bare, rules);
  const found = front === undefined ? findDepartment(bare.replace(/^for\s+/iu, ''), rules) : undefined;
  const near = found === undefined || found.found === 'no' ? undefined : found.department;
  const [named = near, ...others] = front?.departments ?? [];
  const isMeant = named !== undefined && others.length === 0 && mayPropose(person, named.id, rules);
  const department = own === undefined && isMeant ? named : undefined;
  const { accounts = [], isMore = false, urgency } = front ?? {};
  const told = accounts.length === 0 ? [] : accountsFor({ accounts, isMore }, department?.id ?? own, rules);
  return {
    ...(department === undefined ? {} : { department: department.id }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(told.length === 0 ? {} : { accounts: told }),
  };
}

/** What a post becomes by words for Crier. */
interface Told {
  readonly department?: string;
  readonly urgency?: Urgency;
  readonly accounts?: readonly string[];
  readonly when?: PlannedTime;
}

function askedWords(number: number, asked: Asked): ReturnType<typeof sayNotice> {
  const { words } = asked;
  if (asked.is === 'stays')
    return sayNotice('name-stays-text', { number, words, department: asked.department.short });
  const departments = asked.departments.map(({ short }) => short);
  return sayNotice(asked.is === 'front' ? 'front-stays-text' : 'one-department', {
    number,
    words,
    departments,
  });
}

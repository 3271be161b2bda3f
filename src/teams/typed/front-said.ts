import { findDepartment, mayPropose } from '../../protocol/people.ts';
import type { Urgency } from '../../protocol/protocol.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { defaultAccounts } from '../../posts/propose.ts';
import { accountName, sayList } from '../../words/names.ts';
import { frontOffers } from '../../words/several.ts';
import { sayNotice } from '../../words/typed.ts';
import type { Choice } from '../reply.ts';
import { readFront } from './front.ts';
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
  { taken, asked, department, urgency }: FrontOf,
  person: string,
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
  ];
  const [first] = said;
  if (first === undefined) return undefined;
  const kept =
    asked === undefined || asked.is === 'several'
      ? undefined
      : { words: asked.words, does: doneBy(asked.words, own, person, rules) };
  return {
    show: 'choice',
    title: first.title,
    lines: said.map(({ words }) => words),
    offers: frontOffers(number, off, kept),
  };
}

/** What a post would become by words in front of it. */
function doneBy(words: string, own: string | undefined, person: string, rules: DeskRules): readonly string[] {
  const { department, urgency, accounts } = toldBy(words, own, person, rules);
  return [
    ...(urgency === undefined ? [] : [urgency === 'urgent' ? 'urgent' : 'an emergency']),
    ...(department === undefined ? [] : [`for ${rules.departments[department]?.short ?? ''}`]),
    ...(accounts === undefined ? [] : [`for ${sayList(accounts.map((id) => accountName(id, rules)))}`]),
  ];
}

/** What words in front of a draft tell Crier, as far as it can be so: a post keeps the department that it has. */
export function toldBy(
  words: string,
  own: string | undefined,
  person: string,
  rules: DeskRules,
): { readonly department?: string; readonly urgency?: Urgency; readonly accounts?: readonly string[] } {
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

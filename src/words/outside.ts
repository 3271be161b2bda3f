import type { Millis } from '../core/time.ts';
import type { Seen } from '../dispatch/outside.ts';
import type { DeskRules } from '../posts/post.ts';
import type { LinkedLine } from './accounts.ts';
import { onAccount, sentence } from './names.ts';
import { sayClock, sayDay } from './times.ts';

/** A post that is not from here, and the account that it was seen on. */
export interface SeenOn {
  readonly account: string;
  readonly seen: Seen;
}

/** Posts on our accounts that did not go out from here, as the calendar shows them. */
export interface OutsideShown {
  /** in the order of their times */
  readonly posts: readonly SeenOn[];
  readonly more: number;
}

/** @returns what is not from here, day by day, each with its time, its account and where it stands */
export function outsideWords(
  { posts, more }: OutsideShown,
  rules: DeskRules,
  now: Millis,
): {
  readonly title: string;
  readonly days: readonly { readonly day: string; readonly lines: readonly LinkedLine[] }[];
  readonly rest: readonly string[];
} {
  const days = new Map<string, LinkedLine[]>();
  for (const { account, seen } of posts) {
    const day = sayDay(seen.at, now);
    const how = seen.planned === true ? ", planned in the network's own tool" : '';
    const words = seen.words === '' ? 'no words, see there' : `"${seen.words}"`;
    const line = `${sentence(sayClock(seen.at))} ${onAccount(account, rules)}${how}: ${words}`;
    days.set(day, [...(days.get(day) ?? []), { words: line, url: seen.url }]);
  }
  return {
    title: 'Posted outside Crier',
    days: [...days].map(([day, lines]) => ({ day, lines })),
    rest: more === 0 ? [] : [`And ${String(more)} more.`],
  };
}

import { minutes, type Millis } from '../../core/time.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { PostRefusal } from '../../posts/refusals.ts';
import { accountName, nameOf, sayList, sentence } from '../names.ts';
import { buttons } from '../on-cards.ts';
import { heldBy } from '../steps.ts';
import { sayOn } from '../times.ts';

/** An old card may be pressed days later. */
export const justNow = (at: Millis, now: Millis): string =>
  now - at < minutes(5) ? 'a moment ago' : sayOn(at, now);

export type GoneOn = Extract<PostRefusal, { readonly refused: 'gone-on-since' }>['facts'];

const didSince: Readonly<Record<Exclude<GoneOn['did'], 'held'>, string>> = {
  changed: 'changed this',
  retimed: 'chose another time for this',
  'sent-back': 'sent this back',
  'asked-again': 'asked for approval of this again',
  'department-chosen': 'chose another department for this',
  'sent-first': 'sent this for approval',
  sent: 'sent this for approval again',
  'passed-on': 'passed this on',
  approved: 'approved this',
};

/** What somebody did with a post since a card of it was drawn. */
export function goneOnWords({ did, ...how }: GoneOn, rules: DeskRules, now: Millis): string {
  const { by, at } = how;
  const when = justNow(at, now);
  if (did !== 'held') return `${nameOf(by, rules)} ${didSince[did]} ${when}.`;
  return sentence(heldBy(how, when, rules));
}

/** @returns where more was not taken since a card was drawn on which somebody left what it listed, or that was settled before */
export function refusedSinceWords(
  accounts: readonly string[],
  listed: 'left' | 'settled',
  rules: DeskRules,
): string {
  const names = sayList(accounts.map((account) => accountName(account, rules)));
  const is = listed === 'left' ? 'left as it is' : 'settled already';
  return `What your card listed is ${is}. What ${names} did not take since then is not: it stands below. To leave that as well, press "${buttons.leaveAsItIs}" again.`;
}

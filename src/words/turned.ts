import { isAllToLeave, isForRehearsal, isRestOn, turnedOf } from '../posts/leaving/for-rehearsal.ts';
import type { DeskRules, PostState, Turned } from '../posts/post.ts';
import type { AccountEntry } from '../protocol/protocol.ts';
import { accountItself, accountName, sayList } from './names.ts';

/** Accounts that rehearse, or came to be real, as one post has them. */

/** The rules with names as each post has them: drawing a card asks for them often, and what they are worked out from lasts. */
const known = new WeakMap<DeskRules, Map<string, DeskRules>>();

/** @returns the rules by which a post is spoken of: an account is called a rehearsal where it was for one, and nowhere else */
export function asInPost(post: Pick<PostState, 'status'>, rules: DeskRules): DeskRules {
  const { status } = post;
  if (!('plan' in status)) return rules;
  const others = [...new Set(status.plan.parts.map(({ account }) => account))].filter((account) => {
    const entry = rules.accounts[account];
    return entry !== undefined && isForRehearsal(post, account) !== (entry.rehearsed === true);
  });
  if (others.length === 0) return rules;
  const before = known.get(rules) ?? new Map<string, DeskRules>();
  known.set(rules, before);
  const name = others.join(' ');
  const made = before.get(name) ?? { ...rules, accounts: renamed(rules.accounts, others) };
  before.set(name, made);
  return made;
}

const renamed = (accounts: DeskRules['accounts'], others: readonly string[]): DeskRules['accounts'] =>
  Object.fromEntries(
    Object.entries(accounts).map(([id, entry]): [string, AccountEntry] => [
      id,
      others.includes(id) ? { ...entry, inPost: entry.rehearsed === true ? 'real' : 'rehearsal' } : entry,
    ]),
  );

/** @returns what has turned of what waits for a decision, and what that now comes to; nothing where nothing has */
export function turnedWords(post: PostState, rules: DeskRules): readonly string[] {
  const { real = [], rehearsed = [], back = [] } = turnedOf(post) ?? {};
  const all = [...real, ...rehearsed, ...back];
  if (all.length === 0) return [];
  const { status } = post;
  const [was, once] =
    status.is === 'in-review' || status.is === 'held'
      ? [
          status.plan.decided === true ? 'when this was approved last' : 'when this was sent',
          'once it is approved',
        ]
      : ['when this was asked for', 'once somebody agrees'];
  const isRehearsed = (account: string): boolean => rules.accounts[account]?.rehearsed === true;
  const became = (account: string): string => {
    const [now, other] = isRehearsed(account) ? ['rehearses', 'was real'] : ['is real', 'rehearsed'];
    return back.includes(account) ? `${now} again, as ${was}` : `${now} now, and ${other} ${was}`;
  };
  const comesTo = (account: string): string => {
    if (isAllToLeave(post, account))
      return isRehearsed(account)
        ? 'nobody outside will see it there'
        : `${once}, everybody can see it there`;
    const [stays, rest] = isRehearsed(account)
      ? ['what stands there in public keeps its words', 'the rest of it does not go out there']
      : [
          'what stands there in public is corrected as well',
          'the rest of it goes out there for everybody to see',
        ];
    const is = isRestOn(post, account)
      ? post.correction === undefined
        ? rest
        : `${stays}, and ${rest}`
      : stays;
    return isRehearsed(account) ? is : `${once}, ${is}`;
  };
  return [
    ...all.map((account) => `${accountItself(account, rules)} ${became(account)}: ${comesTo(account)}.`),
    'What was decided before does not count any more.',
  ];
}

/** @returns what has turned since the card of a draft was drawn, by which it is not sent */
export const turnedUnsentWords = ({ real, rehearsed }: Turned, rules: DeskRules): string =>
  [
    ...real.map(
      (account) =>
        `${accountItself(account, rules)} is real now, and rehearsed when that card was drawn, so it has not been sent: once it is approved, everybody can see it there.`,
    ),
    ...rehearsed.map(
      (account) =>
        `${accountItself(account, rules)} rehearses now, and was real when that card was drawn, so it has not been sent: nobody outside will see it there.`,
    ),
    'Here is the latest: if that is right, send it.',
  ].join(' ');

/** @returns why a part for the public is not posted on an account now */
export function onlyOnceRealWords(account: string, rules: DeskRules): string {
  const name = accountItself(account, rules);
  return `${name} rehearses now, and this is for the public: it can be posted there only once ${name} is real again.`;
}

/** @returns that a correction changes nothing that stands in public on an account, since that rehearses */
export const outOfReachWords = (account: string, rules: DeskRules): string =>
  `${accountName(account, rules)}: the account rehearses now, so what stands there in public keeps its words.`;

/** @returns why something was held since accounts of it had turned: `X had become real` */
export const hadTurned = (turned: Turned, rules: DeskRules): string =>
  each(turned, rules, {
    real: 'had become real',
    rehearsed: 'had begun to rehearse',
    realAgain: 'had become real again',
    rehearsedAgain: 'had begun to rehearse again',
  });

/** @returns the same of what is so now: `X is real now` */
export const haveTurned = (turned: Turned, rules: DeskRules): string =>
  each(turned, rules, {
    real: 'is real now',
    rehearsed: 'rehearses now',
    realAgain: 'is real again',
    rehearsedAgain: 'rehearses again',
  });

type Became = Readonly<Record<'real' | 'rehearsed' | 'realAgain' | 'rehearsedAgain', string>>;

const each = ({ real, rehearsed, back = [] }: Turned, rules: DeskRules, became: Became): string => {
  const again = (account: string): string =>
    rules.accounts[account]?.rehearsed === true ? became.rehearsedAgain : became.realAgain;
  return sayList([
    ...real.map((account) => `${accountItself(account, rules)} ${became.real}`),
    ...rehearsed.map((account) => `${accountItself(account, rules)} ${became.rehearsed}`),
    ...back.map((account) => `${accountItself(account, rules)} ${again(account)}`),
  ]);
};

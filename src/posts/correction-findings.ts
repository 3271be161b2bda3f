import { tellsWhatWasWrong } from '../dispatch/put-right.ts';
import type { Millis } from '../core/time.ts';
import { findings } from '../protocol/findings.ts';
import type { Finding, Spot } from '../protocol/rule.ts';
import { withoutBreaks } from '../protocol/text/thread.ts';
import { saidAnew, type WantedCorrection } from './correction-plan.ts';
import { blockingCorrection, distinct } from './draft.ts';
import { checkedDraft } from './plan.ts';
import type { DeskRules, PostState } from './post.ts';

/** What somebody types who corrects something. */
export type CorrectionField = 'text' | 'headline' | 'what';

/** What the rules find in a correction, by the words that it is about. Its spots lie in those, whatever the account. */
export type FoundInCorrection = Readonly<Record<CorrectionField, readonly Finding[]>>;

/** Names what was wrong among the texts of accounts; no account has such an id. */
const why = '?what';

type Located = readonly [CorrectionField, Spot | undefined];

/**
 * Every finding about what a correction says anew: the right words, a reply that holds them, and what was wrong
 * wherever the public reads that.
 */
export function foundInCorrection(
  post: Pick<PostState, 'department'>,
  wanted: WantedCorrection,
  now: Millis,
  rules: DeskRules,
): FoundInCorrection {
  const { revision, ways, what } = wanted;
  const said = checkedDraft({ ...post, revision: saidAnew(wanted) }, now, rules);
  const told = said.texts.find(
    ({ account, network }) => ways[account] === 'edit' && tellsWhatWasWrong(network),
  );
  const texts =
    told === undefined ? said.texts : [...said.texts, { account: why, network: told.network, text: what }];
  const isReply = (account: string): boolean => ways[account] === 'reply';
  const reply = texts.find(({ account }) => isReply(account))?.text ?? '';
  const right = rules.threads === undefined ? revision.text : withoutBreaks(revision.text);
  const locate = (spot: Spot): Located => {
    if ('media' in spot) return ['text', spot];
    const { in: kind, from, to, account = texts[0]?.account ?? '' } = spot;
    if (kind === 'headline' && revision.headline !== '') return ['headline', { in: kind, from, to }];
    if (kind !== 'text') return ['text', { in: kind, from, to }];
    if (account === why) return ['what', { in: kind, from, to }];
    if (!isReply(account) && revision.variants[account] !== undefined) return ['text', undefined];
    return isReply(account) ? inReply(reply, what, right, from, to) : ['text', { in: kind, from, to }];
  };
  const all = findings({ ...said, texts }, rules).map((finding) => {
    const { account } = finding.facts;
    // A reply that is too long is so by what was wrong: the right words stand in it only where there is room.
    if (finding.rule === 'LEN' && typeof account === 'string' && isReply(account))
      return { finding, located: [['what', undefined]] satisfies Located[] };
    return { finding, located: finding.spots.map(locate) };
  });
  // What is found in a reply as a whole, and in what it is made of too, is of that.
  const placed = all.filter(
    ({ finding, located }) =>
      finding.rule === 'LEN' ||
      located.length === 0 ||
      located.some(([, spot]) => spot !== undefined) ||
      !all.some(
        (other) =>
          other.finding.rule === finding.rule &&
          other.finding.code === finding.code &&
          other.located.some(([, spot]) => spot !== undefined),
      ),
  );
  const inField = (field: CorrectionField): readonly Finding[] =>
    distinct(
      placed.flatMap(({ finding, located }) => {
        const here = located.filter(([of]) => of === field);
        const isHere = here.length > 0 || (located.length === 0 && field === 'text');
        return isHere ? [{ ...finding, spots: here.flatMap(([, spot]) => spot ?? []) }] : [];
      }),
    );
  return { text: inField('text'), headline: inField('headline'), what: inField('what') };
}

/** Which words of a reply a place in it lies in; one that is in no one of them has no place of its own. */
function inReply(reply: string, what: string, right: string, from: number, to: number): Located {
  const begins = reply.indexOf(what);
  const ends = begins + what.length;
  const then = begins < 0 || right === '' ? -1 : reply.indexOf(right, ends);
  if (then >= 0 && from >= then) return ['text', { in: 'text', from: from - then, to: to - then }];
  const isIn = begins >= 0 && from >= begins && to <= ends;
  return ['what', isIn ? { in: 'text', from: from - begins, to: to - begins } : undefined];
}

/** What of it stops the correction, by field. */
export const blockingIn = ({ text, headline, what }: FoundInCorrection): FoundInCorrection => ({
  text: blockingCorrection(text),
  headline: blockingCorrection(headline),
  what: blockingCorrection(what),
});

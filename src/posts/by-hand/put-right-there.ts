import { z } from 'zod';
import { accountOf } from '../../dispatch/thread.ts';
import { partMade, correctedNote } from '../correcting/correction-parts.ts';
import { withApplied } from '../correcting/applied.ts';
import { changed } from '../changed.ts';
import { personCommand } from '../command.ts';
import { saidRight } from '../correcting/corrected-by-hand.ts';
import { described } from '../correcting/descriptions.ts';
import { keptWords } from '../correcting/earlier.ts';
import { ruleStops } from '../leaving/leaving.ts';
import { editors, removers } from '../deciding/may.ts';
import { called } from '../writing/personal.ts';
import type { DeskRules, PostState, Step } from '../post.ts';
import { wrongThere } from '../correcting/refused-there.ts';
import { refusePost } from '../refusals.ts';
import type { Revision } from '../writing/revision.ts';
import { notPutRightBecause } from '../correcting/standing.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { withWordsKept } from '../correcting/words-kept.ts';

/** What a correction could not change where it stands, and somebody puts right there by hand: part keys. */
export const toPutRightThere = (post: PostState, rules: DeskRules): readonly string[] =>
  wrongThere(post, rules).filter(
    (part) => publicationsOf(post)[part]?.is === 'published' && notPutRightBecause(post, part) !== ruleStops,
  );

/** Whoever reads that they can put it right there themselves may say that they have: its writers, and who may take it down. */
export const mayPutRightThere = (post: PostState, person: string, rules: DeskRules): boolean =>
  puttersRight(post, rules).includes(person);

const puttersRight = (post: PostState, rules: DeskRules): readonly string[] => [
  ...new Set([...editors(post, rules), ...removers(rules)]),
];

/** How many corrections had come to their end when a card was drawn: by hand it was put right what the last of them said. */
export const correctionsEnded = ({ corrected, madeNowhere = [] }: PostState): number =>
  corrected.length + madeNowhere.length;

/** Somebody says that they have put right by hand what a correction that was agreed to could not change there. */
export const putRightThere = personCommand(
  'post.put-right-there',
  z.object({
    part: z.string(),
    /** as the card says on which they pressed */
    ended: z.int(),
  }),
  (post, { part, ended }, person, context) => {
    const { protocol: rules, now } = context;
    if (ended !== correctionsEnded(post) || !toPutRightThere(post, rules).includes(part))
      return refusePost('settled-already', {});
    if (!mayPutRightThere(post, person, rules))
      return refusePost('may-not-edit', { may: puttersRight(post, rules) });
    const step: Step = { did: 'by-hand', by: person, at: now, part, what: 'change', done: true, asked: true };
    const next: PostState = { ...madeThere(post, part, now), past: [...(post.past ?? []), step] };
    return changed(
      {
        post: next,
        audit: [
          { action: 'put-right-there', facts: { part } },
          ...(post.correction?.applied === undefined ? [] : [correctedNote(post, part, true)]),
        ],
      },
      context,
    );
  },
);

function madeThere(post: PostState, part: string, now: number): PostState {
  if (post.correction?.applied !== undefined) {
    const open = withApplied(post, (applied) => ({
      ...applied,
      parts: { ...applied.parts, [part]: 'waiting' },
    }));
    return partMade(open, part, now) ?? post;
  }
  const right = agreedTo(post);
  if (right === undefined) return saidRight(post, part, now);
  // What was made nowhere is made here first: the post says it from now on, and each other account what it said.
  const others = (post.notCorrected ?? []).filter((each) => each !== part).map(accountOf);
  const revision = withWordsKept(post.revision, right, others);
  return saidRight({ ...post, ...keptWords(post, revision, now), revision }, part, now);
}

/** The revision that a correction was to make and made nowhere; undefined where the post says that already. */
function agreedTo({ revision, notMade, status }: PostState): Revision | undefined {
  if (notMade === undefined || !('plan' in status) || status.plan.revision === revision.n) return undefined;
  const { text, by, others = {} } = notMade;
  const { headline = revision.headline, summary = revision.summary, 'youtube-title': title } = others;
  const descriptions = Object.fromEntries(
    revision.media.flatMap((_medium, place): [string, string][] => {
      const alt = others[called.alt(place + 1)];
      return alt === undefined ? [] : [[String(place), alt]];
    }),
  );
  const { youtube, ...rest } = described(revision, descriptions);
  const own = revision.text === text ? revision.variants : {};
  return {
    ...rest,
    ...(youtube === undefined ? {} : { youtube: { ...youtube, title: title ?? youtube.title } }),
    n: status.plan.revision,
    by,
    text,
    headline,
    summary,
    variants: own,
  };
}

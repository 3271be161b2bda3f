import type { Erasure } from '../../core/aggregate.ts';
import type { Millis } from '../../core/time.ts';
import { called, meantBy, readTexts } from '../writing/personal.ts';
import { hasStood, mayTurnUp, type Publication } from '../../dispatch/publication.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import type { Earlier, PostState } from '../post.ts';
import { madeAt } from './applied.ts';
import { downOn } from './standing.ts';
import type { Revision } from '../writing/revision.ts';

/** What people wrote in a post before others wrote it anew: what stood in public, and what its author had written. */

/** Most that is kept of it, in characters of JSON: far more than a post is ever corrected by. */
const mostKept = 200_000;

/** The texts of one that the other does not say, by their names. */
function changedFrom(before: Earlier['texts'], after: Earlier['texts']): Earlier['texts'] {
  return Object.fromEntries(
    Object.entries(before).filter(([name, text]) => text !== '' && after[name] !== text),
  );
}

/**
 * What is kept of a post's words once a correction has put others in their place. Words that no account ever took were
 * said nowhere: what was said last is what stood before them.
 */
export function keptWords(post: PostState, right: Revision, at: Millis): Pick<PostState, 'earlier'> {
  const { earlier = [], revision } = post;
  const texts = changedFrom(readTexts(revision), readTexts(right));
  const stood = saidNowhereSince(post, post.correction?.applied?.at ?? at);
  const all =
    stood !== undefined
      ? [...earlier.slice(0, -1), { ...stood, texts: { ...texts, ...stood.texts } }]
      : Object.keys(texts).length === 0
        ? earlier
        : [...earlier, { by: revision.by, at, texts }];
  return all.length === 0 ? {} : { earlier: withinRoom(all) };
}

/** The same where no account took the other words: they are not what the post said when it is corrected the next time. */
export function keptInVain(post: PostState, right: Revision, at: Millis): Pick<PostState, 'earlier'> {
  const { earlier = [] } = keptWords(post, right, at);
  const last = earlier.at(-1);
  if (last === undefined) return {};
  const isOfThis = last !== post.earlier?.at(-1);
  return { earlier: isOfThis ? [...earlier.slice(0, -1), { ...last, inVain: true }] : earlier };
}

/** What a post said last where the words that took its place have gone out nowhere up to a time; undefined where they may have. */
function saidNowhereSince(post: PostState, until: Millis): Earlier | undefined {
  const { earlier = [], past = [] } = post;
  const last = earlier.at(-1);
  if (last?.inVain !== true) return undefined;
  const { inVain: _told, ...stood } = last;
  const isSince = (at: Millis): boolean => at >= last.at && at < until;
  const isSaid =
    Object.values(publicationsOf(post)).some((each) => mayStandFrom(each).some(isSince)) ||
    past.some((step) => step.did === 'by-hand' && step.done && isSince(step.at));
  return isSaid ? undefined : stood;
}

/** Since when it stands or stood, or may; nothing where it never did. */
function mayStandFrom(publication: Publication): readonly Millis[] {
  if (publication.is === 'published') return [publication.at];
  if (hasStood(publication)) return 'publishedAt' in publication ? [publication.publishedAt] : [];
  return mayTurnUp(publication) && 'since' in publication ? [publication.since] : [];
}

/** What a post has said before its corrections, with what came down already for one that is still being made. */
export function saidBefore(post: PostState): readonly Earlier[] {
  const { correction, earlier = [] } = post;
  if (correction?.applied === undefined || downOn(post).length === 0) return earlier;
  return keptWords(post, correction.revision, madeAt(correction.applied)).earlier ?? [];
}

/** What a correction was to change beside the text, by the names of that: an emptied heading as well. */
export function correctedBeside(before: Revision, right: Revision): Earlier['texts'] {
  const others = ({ headline, summary, youtube, media }: Revision): [string, string][] => [
    ['headline', headline],
    ['summary', summary],
    ['youtube-title', youtube?.title ?? ''],
    ...media.map(({ alt }, n): [string, string] => [called.alt(n + 1), alt]),
  ];
  const said = Object.fromEntries(others(before));
  return Object.fromEntries(others(right).filter(([name, text]) => said[name] !== text));
}

/** Without what is too much: what it said first, and what it said last, are looked for most. */
function withinRoom(all: readonly Earlier[]): readonly Earlier[] {
  const [first, , ...others] = all;
  return first === undefined || all.length < 3 || JSON.stringify(all).length <= mostKept
    ? all
    : withinRoom([first, ...others]);
}

/** What the author of a post had written of what went out, or is to; undefined where nobody else has changed its words. */
export function wroteFirst({
  serviceWrote,
  revision,
  earlier = [],
}: PostState): Pick<Earlier, 'by' | 'texts'> | undefined {
  if (serviceWrote === undefined) return undefined;
  // As it was before its corrections.
  const went = earlier.reduceRight<Earlier['texts']>(
    (after, { texts }) => ({ ...after, ...texts }),
    readTexts(revision),
  );
  const texts = changedFrom(readTexts(serviceWrote), went);
  return Object.keys(texts).length === 0 ? undefined : { by: serviceWrote.by, texts };
}

/** What an erasure leaves of what a post said before. */
export function redactEarlier(
  { earlier }: Pick<PostState, 'earlier'>,
  { names, actor }: Erasure,
): Pick<PostState, 'earlier'> {
  if (earlier === undefined) return {};
  const left = earlier.flatMap((each): readonly Earlier[] => {
    if (actor !== undefined && actor !== `person:${each.by}`) return [each];
    const texts = redactTexts(each.texts, names);
    return Object.keys(texts).length === 0 ? [] : [{ ...each, texts }];
  });
  return left.length === 0 ? {} : { earlier: left };
}

/** Which of a post's texts a name is of. */
export function textCalled(
  name: string,
  { accounts, media }: Pick<Revision, 'accounts' | 'media'>,
):
  | { readonly of: 'account'; readonly account: string }
  | { readonly of: 'medium'; readonly index: number }
  | undefined {
  const account = accounts.find((each) => called.own(each) === name);
  if (account !== undefined) return { of: 'account', account };
  const index = media.findIndex((_medium, n) => called.alt(n + 1) === name);
  return index === -1 ? undefined : { of: 'medium', index };
}

/** What an erasure leaves of texts by their names. */
export function redactTexts(texts: Earlier['texts'], names: Erasure['names']): Earlier['texts'] {
  const all = Object.keys(texts);
  const gone = names === undefined ? all : meantBy(names, all);
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !gone.includes(name)));
}

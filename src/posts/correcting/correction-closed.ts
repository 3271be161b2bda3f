import type { Millis } from '../../core/time.ts';
import { hasStood } from '../../dispatch/publication.ts';
import { notWanted } from '../../dispatch/said.ts';
import { mayComeBack } from '../../dispatch/stop.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { noClearAnswer } from '../../networks/network.ts';
import { withWordsKept } from './words-kept.ts';
import { isChangedByHand, unsaidByHand } from '../by-hand/done-by-hand.ts';
import { publicationsOf, standingOn } from '../leaving/what-is-public.ts';
import { cardLeftBehind } from './cards-kept.ts';
import { correctedBeside, keptInVain, keptWords } from './earlier.ts';
import { isKeptBack } from '../stopping/open-hold.ts';
import { ruleStops } from '../leaving/leaving.ts';
import type { Applied, Correction, MadeNowhere, PostState } from '../post.ts';
import { handUnsaid, saysOldWords } from './standing.ts';
import { madeAt } from './applied.ts';

/** Closes an applied correction: what could be put right says it right, and what could not is named. */
export function closed(post: PostState): PostState {
  const {
    correction,
    notCorrected: _earlier,
    notCorrectedBecause: _reasons,
    notMade: _words,
    ...bare
  } = post;
  const applied = correction?.applied;
  if (correction === undefined || applied === undefined) return post;
  const { findings } = correction;
  const missed = Object.keys(applied.parts).filter((part) => applied.parts[part] !== 'done');
  // What was taken down says nothing any more.
  const isDown = post.status.is === 'taken-down';
  const wrong = isDown
    ? []
    : [...missed.filter((part) => saysOldWords(post, part)), ...leftAsChosen(post, correction)];
  const left = (applied.left ?? []).map((part): [string, string] => [part, notWanted]);
  const because = [...Object.entries(reasonsOf(post, applied)), ...left].filter(([part]) =>
    wrong.includes(part),
  );
  // What somebody is changing by hand is to say it right too.
  const isMade = Object.entries(applied.parts).some(
    ([part, is]) => is === 'done' || (is === 'waiting' && isChangedByHand(post, part)),
  );
  const inVain = [...(post.madeNowhere ?? []), asMadeNowhere(post, correction, applied)];
  const nowhere = { madeNowhere: withTextsOfLast(inVain) };
  const rest: PostState = {
    ...bare,
    ...(isMade ? {} : nowhere),
    ...(wrong.length === 0 ? {} : { notCorrected: wrong }),
    ...(because.length === 0 ? {} : { notCorrectedBecause: Object.fromEntries(because) }),
  };
  const said = isDown ? missed.filter((part) => hasStoodOn(post, part)) : wrong;
  const revision = withWordsKept(post.revision, correction.revision, said.map(accountOf));
  if (isMade) {
    const kept = keptWords(post, revision, madeAt(applied));
    const corrected = [...post.corrected, asMade(post, correction, applied)];
    return { ...rest, ...kept, revision, findings, corrected };
  }
  // Where none could be put right, nothing was corrected and the old words stand; what goes out from now on has the new
  // ones all the same, and it is those that the rules look at then.
  if (saysItAnew(post) || comesInstead(post))
    return { ...rest, ...keptInVain(post, revision, madeAt(applied)), revision, findings };
  const { by, text } = correction.revision;
  const others = correctedBeside(post.revision, correction.revision);
  const isSaid = text === post.revision.text && Object.keys(others).length === 0;
  // Whoever puts it right there by hand needs what was agreed to, unless it is not wanted, or not allowed, any more.
  const isWanted = wrong.some(
    (part) =>
      missed.includes(part) && ![notWanted, ruleStops].includes(rest.notCorrectedBecause?.[part] ?? ''),
  );
  return isWanted && !isSaid ? { ...rest, notMade: { by, text, others } } : rest;
}

/** What somebody chose to leave as it stands: one part of each account. */
const leftAsChosen = (post: PostState, { ways = {} }: Correction): readonly string[] =>
  Object.keys(ways)
    .filter((account) => ways[account] === 'leave')
    .flatMap((account) => standingOn(post, account).slice(0, 1));

/** Why parts of a correction were not made, or are not known to be. */
const reasonsOf = (post: PostState, applied: Applied): Readonly<Record<string, string>> => ({
  ...applied.waits,
  ...Object.fromEntries((applied.unclear ?? []).map((part) => [part, noClearAnswer])),
  ...Object.fromEntries(unsaidByHand(post).map((part) => [part, handUnsaid])),
  ...applied.because,
});

/** When the last part on each account was made. */
const byAccount = (madeAt: Readonly<Record<string, Millis>>): Readonly<Record<string, Millis>> =>
  Object.entries(madeAt).reduce<Record<string, Millis>>(
    (all, [part, at]) => ({ ...all, [accountOf(part)]: Math.max(all[accountOf(part)] ?? 0, at) }),
    {},
  );

/** A correction as it is kept once it has been made, with what each account answered that did not take it. */
function asMade(
  post: PostState,
  { what, by, review, ways, plan, revision }: Correction,
  applied: Applied,
): PostState['corrected'][number] {
  const answers = answersTo(post, applied);
  const changed = plan.parts.filter(
    ({ key, account }) => applied.parts[key] === 'done' && (ways?.[account] ?? 'edit') === 'edit',
  );
  const cards = changed.flatMap((part) =>
    cardLeftBehind(part, post.revision, revision) === undefined ? [] : [part.account],
  );
  return {
    what,
    at: applied.at,
    by,
    approvedBy: applied.by,
    review,
    ...(applied.letGo === undefined ? {} : { letGo: applied.letGo }),
    ...(applied.made === undefined ? {} : { made: applied.made }),
    ...(applied.madeAt === undefined ? {} : { madeOn: byAccount(applied.madeAt) }),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
    ...(cards.length === 0 ? {} : { cardsKept: cards }),
    ...(ways === undefined ? {} : { ways }),
  };
}

/** Account id → why a correction was not made there; empty where nobody gave a reason. Where somebody changes it by hand it may be yet. */
function answersTo(post: PostState, applied: Applied): MadeNowhere['answers'] {
  const reasons = reasonsOf(post, applied);
  const publications = publicationsOf(post);
  const missed = Object.entries(applied.parts).filter(
    ([part, is]) => is === 'failed' || (is === 'waiting' && !isChangedByHand(post, part)),
  );
  return Object.fromEntries(
    missed.map(([part]): [string, string] => {
      // They had been asked, and may have changed it before they heard that it is wanted no more.
      if (isChangedByHand(post, part) && reasons[part] === notWanted) return [accountOf(part), handUnsaid];
      const publication = publications[part];
      // What an account has refused was not made for that, whoever gave it up afterwards.
      const refused = publication?.is === 'failed' ? publication.reason : undefined;
      const isDropped = publication?.is === 'stopped' && publication.forGood === true;
      const given = reasons[part] ?? (isDropped ? notWanted : '');
      return [accountOf(part), given === '' || given === notWanted ? (refused ?? given) : given];
    }),
  );
}

/** Of how many corrections that were made nowhere the words are kept: a post has room for those. */
const textsKept = 5;

const withTextsOfLast = (inVain: readonly MadeNowhere[]): readonly MadeNowhere[] =>
  inVain.map((each, n) => {
    const { text: _old, ...rest } = each;
    return n < inVain.length - textsKept ? rest : each;
  });

/** A correction of which nothing was made as it is kept, with what each account answered. */
function asMadeNowhere(
  post: PostState,
  { what, by, at, review, ways, revision }: Correction,
  applied: Applied,
): MadeNowhere {
  return {
    what,
    ...(revision.text === post.revision.text ? {} : { text: revision.text }),
    by,
    askedAt: at,
    approvedBy: applied.by,
    at: applied.at,
    review,
    ...(ways === undefined ? {} : { ways }),
    answers: answersTo(post, applied),
  };
}

/** Whether the old words came down somewhere, and those of the correction that did not take their place still may. */
function comesInstead(post: PostState): boolean {
  if (post.status.is === 'taken-down') return false;
  const publications = publicationsOf(post);
  return Object.keys(post.correction?.applied?.parts ?? {}).some((part) => {
    const publication = publications[part];
    const mayCome = publication?.is === 'failed' || (publication !== undefined && mayComeBack(publication));
    return mayCome && !saysOldWords(post, part);
  });
}

/** Whether anything of the post stood on the account of a part: what it said there last is what it said. */
const hasStoodOn = (post: PostState, part: string): boolean =>
  Object.entries(publicationsOf(post)).some(
    ([key, each]) => accountOf(key) === accountOf(part) && hasStood(each),
  );

/** Whether something that did not stand when a correction was agreed to has its words, or may still go out with them. */
function saysItAnew(post: PostState): boolean {
  const applied = post.correction?.applied;
  const publications = publicationsOf(post);
  return (applied?.anew ?? []).some((key) => {
    const publication = publications[key];
    if (publication === undefined || applied?.parts[key] === 'failed') return false;
    if (publication.is === 'stopped')
      return (post.status.is === 'held' || isKeptBack(post, key)) && mayComeBack(publication);
    return true;
  });
}

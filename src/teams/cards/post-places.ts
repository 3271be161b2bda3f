import type { Millis } from '../../core/time.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { accountOf, isOfCorrection } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { beingChanged, changesInPlace, isChangeUnclear } from '../../posts/correcting/changes-in-place.ts';
import { wayToChange } from '../../posts/correcting/correctable.ts';
import { changesAskedFor, correctionWaitsForAccount } from '../../posts/correcting/correction-goes-on.ts';
import { isLookedUp } from '../../posts/correcting/deletions-begun.ts';
import { unsaidByHand } from '../../posts/by-hand/done-by-hand.ts';
import { needsFreshDecision } from '../../posts/correcting/fresh-decision.ts';
import { isHeldLater } from '../../posts/stopping/held-again.ts';
import { hasEndedFor } from '../../posts/leaving/its-end.ts';
import { isStillOurs } from '../../posts/deciding/may.ts';
import { notPutRight } from '../../posts/correcting/standing.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { askedAndUnsaid, askedAndWaits, askedByHand, wasAskedByHand } from '../../words/by-hand.ts';
import { copyWords } from '../../words/sent-anew.ts';
import { filmLeftWords } from '../../words/film-left.ts';
import { inItsTime, notPutRightOn } from '../../words/not-put-right.ts';
import { sentence } from '../../words/names.ts';
import { cardWords, placeName } from '../../words/on-cards.ts';
import { notDownWords, notRightYetWords, publicationWords } from '../../words/publications.ts';
import { dayOnCard, type Telling } from '../../words/story.ts';
import { sayOn } from '../../words/times.ts';
import { overOf } from './by-hand.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { cardText, linkAddress } from './text.ts';

/** What each account is doing with it. */
export function placesOf(drawing: PostDrawing, telling: Telling): PostCardData['places'] {
  const all = [...publicationLines(drawing, telling), ...filmLines(drawing)];
  return { show: all.length > 0, lines: all };
}

type PlaceLines = PostCardData['places']['lines'];

/** Films that lie there still though the post does not go out. */
const filmLines = ({ post: { brought = {} }, rights, rules }: PostDrawing): PlaceLines =>
  Object.entries(brought).flatMap(([part, { left }]) =>
    left === undefined || !rights.see
      ? []
      : [
          {
            account: cardText(placeName(part, [part], rules)),
            words: cardText(filmLeftWords(left)),
            url: linkAddress(left.url ?? '') ?? '',
          },
        ],
  );

function publicationLines(drawing: PostDrawing, telling: Telling): PlaceLines {
  const { post, rights, rules, now } = drawing;
  const publications =
    'publications' in post.status
      ? post.status.publications
      : post.status.is === 'held'
        ? post.status.out
        : undefined;
  if (publications === undefined || post.status.is === 'approved' || post.status.is === 'scheduled') {
    return [];
  }
  // the question about an unknown one says the same and more
  const asked = Object.entries(publications).filter(
    ([part, publication]) =>
      !(rights.answer && (isAskedAbout(publication) || changesAskedFor(post).includes(part))),
  );
  // What a correction posts stands beside what it corrects.
  const inOrder = Object.keys(rules.accounts);
  const accounts = [...new Set(asked.map(([part]) => accountOf(part)))].sort(
    (one, other) => inOrder.indexOf(one) - inOrder.indexOf(other),
  );
  const all = accounts.flatMap((account) => asked.filter(([part]) => accountOf(part) === account));
  let day = dayOnCard(post, telling, rules, now);
  return all.map(([part, publication]) => {
    const words = standingWords({ part, publication, day }, drawing);
    // Where nothing above the list has named a day, its first line does.
    if (telling !== 'whole' && publication.is === 'published' && words.includes(sayOn(publication.at, now)))
      day ??= publication.at;
    // What is to come down stands there until it has.
    const remote =
      publication.is === 'published' || publication.is === 'removing' ? publication.remote : undefined;
    return {
      account: cardText(placeName(part, Object.keys(publications), rules)),
      words: cardText(sentence(words)),
      url: remote === undefined ? '' : (linkAddress(remote.url) ?? ''),
    };
  });
}

/** A line of the list: a part as it is, and the day that is named above it. */
interface Line {
  readonly part: string;
  readonly publication: Publication;
  readonly day: Millis | undefined;
}

/** What a part is doing, and who is asked where somebody is to do something by hand. */
function standingWords({ part, publication, day }: Line, drawing: PostDrawing): string {
  const { post, rights, rules, now } = drawing;
  const entry = post.byHand?.[part];
  if (isLookedUp(post, publication))
    return isAskedAbout(publication)
      ? publicationWords(publication, undefined, now, day)
      : cardWords.deletionBegun;
  const was = post.wasByHand?.[part];
  // What is over is held for nobody: no release sends it.
  const isHeldThere = post.status.is === 'held' && !hasEndedFor(post, part, now);
  if (was?.what === 'post') return wasAskedByHand(was, isHeldThere, rules);
  if (was !== undefined && unsaidByHand(post).includes(part)) return askedAndUnsaid(was, rules);
  const isHeld = needsFreshDecision(post);
  if (isHeld && changesInPlace(post).includes(part) && !correctionWaitsForAccount(post, part))
    return whileHeld(post, part);
  const shown = isStillOurs(part, rules)
    ? withAccount(publication, accountOf(part), rules)
    : withoutAccount(publication);
  // What to do next is for whoever can.
  const way = rights.tryAgain ? wayToChange(post, part) : undefined;
  const words = copyWords(post, { part, publication: shown, way, said: day }, now);
  const still = notPutRightOn(post, rights, rules).find((each) => each.part === part);
  if (still !== undefined)
    return publication.is === 'published' ||
      (publication.is === 'removing' && publication.waits === accountBlocked)
      ? `it ${still.words}`
      : `${words}. It ${still.words}`;
  if (isHeld && makesRoom(publication)) return cardWords.staysWhileHeld;
  if (post.status.is === 'held' && publication.is === 'stopped' && publication.forGood !== true)
    return isHeldThere ? cardWords.heldThere : cardWords.overThere;
  if (isHeldLater(post, part, now))
    return post.correction === undefined ? cardWords.heldThere : cardWords.heldOnceCorrected;
  if (isMadeInPlace(post, part, publication)) return cardWords.corrected;
  const { parts, waits: reasons } = post.correction?.applied ?? {};
  const waits = parts?.[part] === 'waiting' ? reasons?.[part] : undefined;
  if (waits === undefined && changesInPlace(post).includes(part)) return cardWords.beingCorrected;
  if (entry === undefined)
    return waits === undefined ? words : `${words}; ${notRightYetWords(waits, isChangeUnclear(post, part))}`;
  // It names nobody to themselves; who are asked together share one drawing.
  const isOwn = entry.people.length === 1 && rights.byHand.split(' ').includes(part);
  if (overOf(part, drawing) === 'to-be-corrected') return askedAndWaits(entry, rules, isOwn);
  const asked = askedByHand(entry, rules, isOwn);
  if (shown.is === 'removing' && shown.problem !== undefined) return `${notDownWords(shown)}; ${asked}`;
  return entry.what === 'change' ? `${words}; ${asked}` : asked;
}

/** Whether a correction that is not made everywhere has changed it where it stands, be it closed. */
function isMadeInPlace(post: PostState, part: string, { is }: Publication): boolean {
  if (is !== 'published' || isOfCorrection(part)) return false;
  const { applied } = post.correction ?? {};
  if (applied !== undefined) return applied.parts[part] === 'done';
  const { madeOn = {}, ways = {} } = post.corrected.at(-1) ?? {};
  const account = accountOf(part);
  return madeOn[account] !== undefined && ways[account] !== 'reply' && notPutRight(post).length > 0;
}

/** What a part says while its correction is held or waits for the desk, and whether anybody knows that. */
function whileHeld(post: PostState, part: string): string {
  if (beingChanged(post).includes(part)) return cardWords.changedWhileHeld;
  return isChangeUnclear(post, part) ? cardWords.unclearWhileHeld : cardWords.saysOldWhileHeld;
}

/** A part whose account is gone: whatever else was in the way once, nobody can do anything about it there. */
const withoutAccount = (publication: Publication): Publication =>
  publication.is === 'failed' ? { ...publication, reason: 'account-gone' } : publication;

/** A part whose account is in the protocol: that it was not when it was to go out, or to come down, is past. */
function withAccount(publication: Publication, account: string, rules: DeskRules): Publication {
  if (publication.is === 'failed')
    return { ...publication, reason: inItsTime(publication.reason, account, rules) };
  return publication.is === 'removing' && publication.problem !== undefined
    ? { ...publication, problem: inItsTime(publication.problem, account, rules) }
    : publication;
}

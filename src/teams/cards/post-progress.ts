import { askedNow, awaited, type Review } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { isLookOver } from '../../dispatch/perhaps-gone.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { isRemovalUnclear, isRoomAskedFor } from '../../dispatch/tried.ts';
import { accountOf, isOfCorrection } from '../../dispatch/thread.ts';
import { accountBlocked } from '../../networks/network.ts';
import { instead } from '../../posts/instead.ts';
import { beingChanged, changesInPlace, isChangeUnclear } from '../../posts/changes-in-place.ts';
import { awaitsCorrection, wayToChange } from '../../posts/correctable.ts';
import { changesAskedFor, correctionWaitsForAccount } from '../../posts/correction-goes-on.ts';
import { isLookedUp } from '../../posts/deletions-begun.ts';
import { redescribed, olderDescriptions } from '../../posts/descriptions.ts';
import { unsaidByHand } from '../../posts/done-by-hand.ts';
import { needsFreshDecision } from '../../posts/fresh-decision.ts';
import { isGivenUp } from '../../posts/given-up.ts';
import { isHeldLater } from '../../posts/held-again.ts';
import { hasEndedFor } from '../../posts/its-end.ts';
import { reviewAwaited } from '../../posts/reviews.ts';
import { publicationsOf } from '../../posts/what-is-public.ts';
import { hasLostDepartment, isStillOurs, lacksDepartment, lettersOut, removers } from '../../posts/may.ts';
import { isStoppedThere } from '../../posts/leaving.ts';
import { isKeptBack } from '../../posts/open-hold.ts';
import { accountTexts, readWhole } from '../../posts/plan.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { awaitedWords, goOnWords, notReachedWords, thenTheDeskWords, thenWords } from '../../words/asked.ts';
import { routeWords } from '../../words/route.ts';
import {
  handedOnWords,
  nextStepOfCorrection,
  nextStepWords,
  notYoursToLetOut,
} from '../../words/nobody-here.ts';
import { askedAndUnsaid, askedByHand, wasAskedByHand } from '../../words/by-hand.ts';
import { copyWords, restWaitsWords, sentWords, triedWords } from '../../words/sent-anew.ts';
import { isWhyTold } from '../../posts/correction-ways.ts';
import { correctionWords } from '../../words/corrections.ts';
import { notPutRightOn } from '../../words/not-put-right.ts';
import { sentence } from '../../words/names.ts';
import {
  buttons,
  cardWords,
  descriptionChanges,
  olderDescriptionChanges,
  placeName,
} from '../../words/on-cards.ts';
import { notDownWords, notRightYetWords, publicationWords } from '../../words/publications.ts';
import { dayOnCard, type Telling } from '../../words/story.ts';
import { sayOn } from '../../words/times.ts';
import type { Lines } from './data.ts';
import type { PostCardData } from './post-data.ts';
import { difference } from './difference.ts';
import { mayAgree } from './post-buttons.ts';
import { lines, none, nothing } from './post-head.ts';
import { cardText, linkAddress, linkText, paragraphs } from './text.ts';
import type { PostCardOptions, Rights } from './viewer.ts';

/** What each account is doing with it. */
export function placesOf(
  post: PostState,
  rights: Rights,
  telling: Telling,
  rules: DeskRules,
  now: Millis,
): PostCardData['places'] {
  const publications =
    'publications' in post.status
      ? post.status.publications
      : post.status.is === 'held'
        ? post.status.out
        : undefined;
  if (publications === undefined || post.status.is === 'approved' || post.status.is === 'scheduled') {
    return { show: false, lines: [] };
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
  return {
    show: all.length > 0,
    lines: all.map(([part, publication]) => {
      const words = standingWords(post, part, publication, rights, day, rules, now);
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
    }),
  };
}

/** What a part is doing, and who is asked where somebody is to do something by hand. */
function standingWords(
  post: PostState,
  part: string,
  publication: Publication,
  rights: Rights,
  day: Millis | undefined,
  rules: DeskRules,
  now: Millis,
): string {
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
  const shown = isStillOurs(part, rules) ? withAccount(publication) : withoutAccount(publication);
  // What to do next is for whoever can.
  const way = rights.tryAgain ? wayToChange(post, part) : undefined;
  const words = copyWords(post, part, shown, way, now, day);
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
  const asked = askedByHand(entry, rules);
  if (shown.is === 'removing' && shown.problem !== undefined) return `${notDownWords(shown)}; ${asked}`;
  return entry.what === 'change' ? `${words}; ${asked}` : asked;
}

/** Whether a correction that is not made everywhere has changed it where it stands. */
const isMadeInPlace = (post: PostState, part: string, { is }: Publication): boolean =>
  is === 'published' && post.correction?.applied?.parts[part] === 'done' && !isOfCorrection(part);

/** What a part says while its correction is held or waits for the desk, and whether anybody knows that. */
function whileHeld(post: PostState, part: string): string {
  if (beingChanged(post).includes(part)) return cardWords.changedWhileHeld;
  return isChangeUnclear(post, part) ? cardWords.unclearWhileHeld : cardWords.saysOldWhileHeld;
}

/** A part whose account is gone: whatever else was in the way once, nobody can do anything about it there. */
const withoutAccount = (publication: Publication): Publication =>
  publication.is === 'failed' ? { ...publication, reason: accountGone } : publication;

const accountGone = 'account-gone';

/** A part whose account is in the protocol: that it was not when it was to go out, or to come down, is past. */
function withAccount(publication: Publication): Publication {
  const reason = 'account-was-gone';
  if (publication.is === 'failed' && publication.reason === accountGone) return { ...publication, reason };
  if (publication.is === 'removing' && publication.problem === accountGone)
    return { ...publication, problem: reason };
  return publication;
}

/** What nobody could tell and the desk is asked about. */
export function unknownsOf(
  post: PostState,
  telling: Telling,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData['unknowns'] {
  const publications = publicationsOf(post);
  const parts = Object.keys(publications);
  const day = dayOnCard(post, telling, rules, now);
  const words = (part: string, publication: Publication): string =>
    `${placeName(part, parts, rules)}: ${publicationWords(publication, undefined, now, day)}`;
  return Object.entries(publications).flatMap(([part, publication]): PostCardData['unknowns'] => {
    const isChange = changesAskedFor(post).includes(part);
    if (!isChange && !isAskedAbout(publication)) return [];
    const inputId = `link:${part}`;
    const asked = {
      part,
      inputId,
      value: options.typed?.[inputId] ?? '',
      error: cardText(options.errors?.[inputId] ?? ''),
    };
    if (isChange && publication.is === 'published') {
      const isUnclear = isChangeUnclear(post, part);
      return [
        {
          ...asked,
          words: cardText(
            `${placeName(part, parts, rules)}: ${triedWords(post, part)}.${isUnclear ? ' Which words has it?' : ''}`,
          ),
          lookAt: linkAddress(publication.remote.url) ?? '',
          asksLink: false,
          answers: [
            { part, word: 'it-is-done', title: buttons.isChanged },
            { part, word: 'try-again', title: buttons.tryNow },
            { part, word: 'leave-it', title: buttons.leaveWords },
          ],
        },
      ];
    }
    if (isLookOver(publication))
      return [
        {
          ...asked,
          words: cardText(`${words(part, publication)} Is it still there?`),
          lookAt: linkAddress(publication.remote.url) ?? '',
          asksLink: false,
          answers: [
            { part, word: 'still-there', title: buttons.stillThere },
            { part, word: 'it-is-gone', title: buttons.isGone },
          ],
        },
      ];
    if (isRoomAskedFor(publication))
      return [
        {
          ...asked,
          words: cardText(
            `${words(part, publication)}.${isRemovalUnclear(publication) ? ' Is it still there?' : ''}`,
          ),
          lookAt: linkAddress(publication.remote.url) ?? '',
          asksLink: false,
          answers: [
            { part, word: 'it-is-done', title: buttons.isGoneByNow },
            { part, word: 'try-again', title: buttons.tryNow },
            { part, word: 'leave-it', title: buttons.leaveThere },
          ],
        },
      ];
    if (publication.is !== 'unknown') return [];
    const mayPost = !isGivenUp(post, publication);
    // What is held goes out by its release alone.
    const isHeld = post.status.is === 'held' || isKeptBack(post, part);
    const postIt = isHeld
      ? buttons.postOnceReleased
      : awaitsCorrection(post)
        ? buttons.postOnceDecided
        : buttons.postNow;
    return [
      {
        ...asked,
        words: cardText(`${words(part, publication)}${sentWords(post, part)} Is it there?`),
        lookAt: linkAddress(publication.lookAt ?? '') ?? '',
        asksLink: true,
        answers: [
          { part, word: 'it-is-there', title: buttons.itIsThere },
          ...(mayPost ? [{ part, word: 'post-it-now', title: postIt }] : []),
          { part, word: 'do-not-post', title: buttons.doNotPost },
        ],
      },
    ];
  });
}

/**
 * A correction that waits, or is on its way.
 *
 * @param open whether all of the card is seen at once
 */
export function correctionOf(
  post: PostState,
  open: boolean,
  rules: DeskRules,
  now: Millis,
  rights: Rights,
): PostCardData['correction'] {
  const { correction } = post;
  if (correction === undefined || !rights.see) {
    return {
      show: false,
      open: false,
      title: nothing,
      whatTitle: nothing,
      what: [],
      changesTitle: nothing,
      changes: [],
      descriptions: [],
      lines: [],
    };
  }
  const { media } = correction.revision;
  const before = accountTexts(post.revision, rules)[0]?.text ?? post.revision.text;
  const right = readWhole(correction.revision.text, rules);
  const changed = difference(before, right);
  const decides = rights.decide || rights.decideCorrection;
  const words = correctionWords(post, correction, rules, now);
  const isTold = rights.told && post.allAway !== undefined && reviewAwaited(post) === correction.review;
  return {
    show: true,
    open: open || decides || correction.applied === undefined,
    title: cardText(words.title),
    whatTitle: cardText(isWhyTold(correction, rules) ? cardWords.whyInPublic : cardWords.why),
    what: paragraphs(correction.what),
    changesTitle: cardText(changed === undefined ? cardWords.sameText : cardWords.whatChanges),
    // Whoever decides on it reads all that it is to say.
    changes: (decides ? changed?.whole : changed?.paragraphs) ?? paragraphs(right),
    descriptions: [
      ...redescribed(post.revision, correction.revision).map((place) => ({
        title: descriptionChanges(place, media),
        was: post.revision.media[place]?.alt ?? '',
        is: media[place]?.alt ?? '',
      })),
      ...olderDescriptions(post, correction, rules).map(({ account, place, was, is }) => ({
        title: olderDescriptionChanges(account, place, media, rules),
        was,
        is,
      })),
    ].flatMap(({ title, was, is }) => {
      const other = difference(was, is);
      return other === undefined
        ? []
        : [{ title: cardText(title), paragraphs: decides ? other.whole : other.paragraphs }];
    }),
    // Whoever is asked need not read that they are awaited.
    lines: lines([
      ...words.ways,
      ...(rights.decideCorrection ? restWaitsWords(post) : []),
      ...words.agreed.map((each) => each.words()),
      ...(mayAgree(post, rights, rules, now)
        ? [
            ...thenWords(correction.review, rules),
            ...thenTheDeskWords(post, correction.review, rules),
            ...handedOnWords(post, correction.review, rules, now, 'you'),
          ]
        : words.besideList),
      ...(isTold
        ? [nextStepOfCorrection(correction.review, rights.remove, removers(rules), rules, now)]
        : []),
    ]).lines,
  };
}

const shownLines = (all: Lines['lines']): Lines => ({ show: all.length > 0, lines: all });

/** Who could not be reached; in a rehearsal, where to go on as them. */
function missedOf(
  post: PostState,
  review: Review,
  rules: DeskRules,
  { playedAt }: PostCardOptions,
): Lines['lines'] {
  const { lines: missed } = lines(notReachedWords(post, askedNow(review), rules, playedAt !== undefined));
  return missed.length === 0 || playedAt === undefined
    ? missed
    : [...missed, { words: linkText(goOnWords, playedAt) }];
}

/** Who is awaited or comes next, and who could not be reached. */
export function nextOf(
  post: PostState,
  rights: Rights,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): Lines {
  const review: Review | undefined =
    post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  // What has to be changed first stands above; nobody's decision is waited for.
  if (isStoppedThere(post, now, rules)) return none;
  if (review !== undefined) {
    const missed = missedOf(post, review, rules, options);
    if (!rights.decide && !rights.passOn) {
      const isTold = rights.told && post.allAway !== undefined && !hasLostDepartment(post, rules);
      const edits = rights.edit ? instead(post, rules, now) : undefined;
      return shownLines([
        ...lines(awaitedWords(post, review, rules, now)).lines,
        ...missed,
        ...lines(isTold ? [nextStepWords(review, edits, rules)] : []).lines,
      ]);
    }
    const rest = review.stages.slice(review.current + 1);
    return shownLines([
      ...lines(handedOnWords(post, review, rules, now, 'you')).lines,
      ...lines(thenTheDeskWords(post, review, rules)).lines,
      ...lines(rest.length === 0 ? [] : [`Next: ${routeWords(rest, review.writers, rules)}.`]).lines,
      // Whoever can do it alone need not reach the others.
      ...((awaited(review)?.need ?? 1) > 1 ? missed : []),
    ]);
  }
  if (rights.makers && !rights.letOut)
    return lines([notYoursToLetOut(lettersOut(post, rules), rights.askAgain, rules, now)]);
  if (
    !rights.send ||
    lacksDepartment(post, rules) ||
    options.route === undefined ||
    options.route.length === 0
  )
    return none;
  return lines([`Next: ${routeWords(options.route, [post.author, post.revision.by], rules)}.`]);
}

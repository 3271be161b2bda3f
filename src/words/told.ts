import type { Millis } from '../core/time.ts';
import { isRefused, type Publication } from '../dispatch/publication.ts';
import { isRemovalUnclear } from '../dispatch/tried.ts';
import { accountOf, inSameThread, isOfCorrection, isReply } from '../dispatch/thread.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { isInVain } from '../posts/by-hand/asked-by-hand.ts';
import { needsAnswer } from '../posts/deciding/asks-the-desk.ts';
import type { Told, ToldTogether } from '../posts/telling/tellings.ts';
import { wayToChange } from '../posts/correcting/correctable.ts';
import { changesAskedFor } from '../posts/correcting/correction-goes-on.ts';
import { ruleStops } from '../posts/leaving/leaving.ts';
import { waitsForTheDesk } from '../posts/correcting/fresh-decision.ts';
import { isEmergency } from '../posts/stopping/held-emergency.ts';
import { endedFirst, endOf, isEndedBeforeOut, tornByEnd, unsaidAtEnd } from '../posts/leaving/its-end.ts';
import { downOf, isAllDown } from '../posts/taking-down/over.ts';
import { hasToBeChanged, isHeldByCrier, isOverdue } from '../posts/leaving/to-go-out.ts';
import { publicationsOf, standingOn } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { handUnsaid } from '../posts/correcting/standing.ts';
import { goneForNothing, goneOn, notDownOf } from '../posts/taking-down/came-down.ts';
import {
  editors,
  isStillOurs,
  mayComeDown,
  mayCorrect,
  mayDoByHand,
  mayRemove,
  mayTryAgain,
} from '../posts/deciding/may.ts';
import { askedAndUnsaid, askedByHand } from './by-hand.ts';
import { decideBy, wasDue } from './asked.ts';
import { copyWords, triedWords } from './sent-anew.ts';
import { correctionWords } from './corrections.ts';
import { notPutRightWords, type MayPutRight } from './not-put-right.ts';
import { accountName, sayList, sayPeople, sentence } from './names.ts';
import { whatFailed } from './failures.ts';
import { filmsLeftWords } from './film-left.ts';
import { placeName } from './on-cards.ts';
import { namedWords } from './titles.ts';
import { onAll } from './posts.ts';
import { stillWords } from './state.ts';
import { correctionRefusedWords } from './came-to-nothing.ts';
import { isHeldAhead } from './held.ts';
import { endedFirstWords, tornWords } from './its-end.ts';
import { restingWords } from './resting.ts';
import { lastByHandWords, lastLeftWords, lastMendedWords, lastNotedWords, rewrittenWords } from './steps.ts';
import { writtenWords } from './notes.ts';
import { doNotLeaveIt } from './stopped.ts';
import { sayDated, sayOn } from './times.ts';
import { asInPost, turnedWords } from './turned.ts';

/** @returns a message that points a person at a post whose card is only updated */
export function tellWords(
  post: PostState,
  about: Exclude<Told, ToldTogether | `emergency-${string}`>,
  person: string,
  protocol: DeskRules,
  now: Millis,
): string {
  const rules = asInPost(post, protocol);
  const { what, waiting, due } = waitingWords(post, rules, now);
  const show = `Type "show ${String(post.number)}" to see it.`;
  const { write: writes } = mayPutRight(post, person, rules, now);
  switch (about) {
    case 'asked':
      return `${waiting} waits for you.${due} ${show}`;
    case 'ended-first':
      if (!isEndedBeforeOut(post)) return `${what}: ${endedWords(post, rules, now)} ${show}`;
      return `${what}: ${overWords(post, writes, rules, now)} ${show}`;
    case 'turned': {
      const decides = isCorrection(post) ? 'A correction of it' : 'It';
      const asks = askedAndHere(post, rules, now).includes(person)
        ? ` ${decides} waits for your decision.`
        : '';
      return `${what}: ${turnedWords(post, rules).join(' ')}${asks} ${show}`;
    }
    case 'came-back':
      return `${what}: ${[overWords(post, writes, rules, now), ...writtenWords(post, rules)].join(' ')} ${show}`;
    case 'rewritten':
      return `${what}: ${rewrittenWords(post, rules, now)} ${restingWords(post, writes, rules, now).join(' ')} ${show}`;
    case 'correction-refused': {
      const { correctionRefused: said } = post;
      return `${what}: ${said === undefined ? '' : [correctionRefusedWords(said, rules, now), ...writtenWords(post, rules)].join(' ')} ${show}`;
    }
    case 'noted':
      return `${what}: ${lastNotedWords(post, rules, now)} ${show}`;
    case 'rest-refused':
      return `${what}: ${[...restingWords(post, writes, rules, now), ...notPutRightWords(post, mayPutRight(post, person, rules, now), rules), ...writtenWords(post, rules)].join(' ')} ${show}`;
    case 'correction-stopped':
      return `${waiting}: ${post.correction === undefined ? '' : correctionWords(post, post.correction, rules, now).lines.join(' ')} ${show}`;
    case 'correction-over':
      return `${what}: ${restingWords(post, writes, rules, now).join(' ')} ${show}`;
    case 'gone-for-nothing':
      return `${what}: it was decided that the post ${onAll(goneForNothing(post), rules)} stays as it is, but it had been deleted already, so nothing of it stands there. To have it there, propose a new post. ${show}`;
    case 'not-corrected':
      return `${what}: ${notPutRightWords(post, mayPutRight(post, person, rules, now), rules).join(' ')} ${show}`;
    case 'asks-the-desk':
      return `${what} needs ${rules.desk.name}. ${troubleWords(post, rules, now)} ${show}`;
    case 'not-taken':
      return `${notTaken(post, what)} did not go out${post.status.is === 'failed' ? '' : ' everywhere'}. ${thereWords(post, isRefused, rules, now).join(' ')} ${show}`;
    case 'reminder':
      return `${waiting} still waits for you.${due} ${show}`;
    case 'escalated':
      return `${waiting} has waited long, so you are asked as well.${due} ${show}`;
    case 'by-hand':
      return `${what}: please ${handWords(post, person, rules)} by hand. Type "show ${String(post.number)}" to see the card.`;
    case 'by-hand-in-vain':
      return `${what}: ${inVainWords(post, rules, now)} ${show}`;
    case 'takes-over':
      return `${what}: whoever was to do it is away, so please ${handWords(post, person, rules)} by hand. Type "show ${String(post.number)}" to see the card.`;
    case 'others-by-hand':
      return `${what}: ${leaveItWords(post, person, rules)} If you have done it already, tell ${rules.desk.name}.`;
    case 'whether-done':
      return `${what}: ${findOutWords(post, rules).join(' ')} ${show}`;
    case 'new-words':
      return `${what}: the words that you are to post by hand have been put right. Type "show ${String(post.number)}" to see the new ones. If you have posted the old ones already, please change them there.`;
    case 'do-not-post':
      return `${what}${doNotWords(post, person, rules, show)}`;
    case 'by-hand-mended':
      return `${what}: ${lastMendedWords(post, restingWords(post, writes, rules, now), rules, now)} ${show}`;
    case 'left-as-it-is':
      return `${what}: ${lastLeftWords(post, rules, now)} ${show}`;
    case 'film-left':
      return `${what}: ${filmsLeftWords(post, rules)}`;
    case 'not-taken-down':
      return `${what} ${notDownThere(post, rules)} and say so on its card${mayComeDown(post, rules) ? `, or type "remove ${String(post.number)}" to have Crier try again` : ''}. ${show}`;
    case 'cannot-come-down':
      return `${what}: ${lastByHandWords(post, rules, now)} It still stands there. Once it has been taken down all the same, say so on its card. ${show}`;
    case 'not-posted':
    case 'posted-all-the-same':
      return `${what}: ${lastByHandWords(post, rules, now)} ${about === 'not-posted' ? 'To ask for it once more, press "Try again" on its card.' : 'It was not to be posted any more.'} ${show}`;
  }
}

/** To the desk: what somebody was asked and reminded to do by hand, and nobody has said anything of. */
const inVainWords = (post: PostState, rules: DeskRules, now: Millis): string =>
  Object.entries(post.byHand ?? {})
    .filter(([, entry]) => isInVain(entry))
    .map(
      ([part, entry]) =>
        `${accountName(accountOf(part), rules)} still ${askedByHand(entry, rules)}, asked ${sayOn(entry.since, now)} and reminded in vain. Nobody is reminded of it any more: please see to it, and say on its card what became of it.`,
    )
    .join(' ');

const mayPutRight = (post: PostState, person: string, rules: DeskRules, now: Millis): MayPutRight => ({
  write: editors(post, rules).includes(person),
  remove: mayRemove(post, person, rules),
  correct: mayCorrect(post, person, rules),
  tryAgain: mayTryAgain(post, person, rules, now),
});

/** To whoever was to do something by hand: that they are to leave it, since others do it now, or the account is gone. */
const leaveItWords = (post: PostState, person: string, rules: DeskRules): string =>
  Object.entries(post.wasByHand ?? {}).some(
    ([part, { people }]) => people.includes(person) && !isStillOurs(part, rules),
  )
    ? 'the account is not in the protocol any more, so please do nothing more there by hand.'
    : 'the protocol names others now for what you were to do by hand, so please leave it to them.';

/** To the desk: that nobody who was asked may say any more whether something was done by hand. */
const findOutWords = (post: PostState, rules: DeskRules): readonly string[] =>
  Object.entries(post.wasByHand ?? {}).flatMap(([part, entry]) => {
    if (entry.deskSays !== true) return [];
    const why = isStillOurs(part, rules)
      ? 'the protocol names others for it now'
      : 'the account is not in the protocol any more';
    return [
      `on ${accountName(accountOf(part), rules)}, ${askedAndUnsaid(entry, rules)}. ${sentence(why)}: please find out, and say so on its card.`,
    ];
  });

/** To whoever was to post or change something by hand: that it is not to be done, and whom to tell if it was already. */
function doNotWords(post: PostState, person: string, rules: DeskRules, show: string): string {
  const mine = Object.entries(post.wasByHand ?? {}).filter(
    ([part, { people }]) => people.includes(person) && mayDoByHand(post, part, person, rules),
  );
  if (mine.length > 0) {
    const [does, done] = mine.some(([, { what }]) => what === 'post')
      ? ['post', 'posted']
      : ['change', 'changed'];
    return `${post.status.is === 'held' ? ` is held: please do not ${does} it by hand now` : `: please do not ${does} it by hand any more`}. Say on its card whether you have ${done} it already. ${show}`;
  }
  const gone = 'the account is not in the protocol any more, so ';
  const unsaid = Object.entries({
    ...post.correction?.applied?.because,
    ...post.notCorrectedBecause,
  }).filter(([, why]) => why === handUnsaid || why === ruleStops);
  if (unsaid.length > 0)
    return `: ${unsaid.every(([part]) => isStillOurs(part, rules)) ? '' : gone}please do not change it by hand any more. If you have changed it already, tell ${rules.desk.name}.`;
  return `: ${isGone(post) ? gone : ''}please do not post it by hand any more. If you have posted it already, take it down there and tell ${rules.desk.name}.`;
}

/** @returns a line under a post's card in a Teams channel, for those who are asked and can be reached nowhere else */
export function askedInChannelWords(
  post: PostState,
  people: readonly string[],
  rules: DeskRules,
  now: Millis,
): string {
  const { waiting, due } = waitingWords(post, rules, now);
  return `${waiting} waits for ${sayPeople(people, rules, 'or')}.${due} Press Open for me on the card above.`;
}

/** What waits, and by when it is due. */
function waitingWords(post: PostState, rules: DeskRules, now: Millis) {
  const what = namedWords(post, rules);
  return { what, due: dueWords(post, now), waiting: isCorrection(post) ? `A correction of ${what}` : what };
}

/** By when it is due. Once that has passed, and more people are asked, until when it still waits. */
function dueWords(post: PostState, now: Millis): string {
  const by = decideBy(post);
  if (by === undefined) return '';
  const was = wasDue(post);
  const waits = by > now ? `, and waits until ${sayDated(by, now)} at the latest` : '';
  if (was !== undefined && was <= now) return ` It was due by ${sayDated(was, now)}${waits}.`;
  return by <= now ? '' : ` It is due by ${sayDated(by, now)}.`;
}

const isCorrection = ({ status, correction }: PostState): boolean =>
  correction !== undefined && status.is !== 'in-review' && status.is !== 'held';

/** Whether what was to be posted by hand did not go out since the account is gone. */
const isGone = (post: PostState): boolean =>
  'plan' in post.status &&
  post.status.plan.parts.some(({ key, network }) => {
    const publication = publicationsOf(post)[key];
    return network === 'by-hand' && publication?.is === 'failed' && publication.reason === 'account-gone';
  });

/** What has become of a post that does not go on by itself. */
function overWords(post: PostState, writes: boolean, rules: DeskRules, now: Millis): string {
  if (isHeldByCrier(post)) return heldByCrierWords(post, rules, now);
  if (hasToBeChanged(post)) return toBeChangedWords;
  const words = restingWords(post, writes, rules, now);
  const stands = isAllDown(post) ? undefined : downOf(post);
  return [...words, ...(stands === undefined ? [] : [`It is ${stillWords(stands, rules)}.`])].join(' ');
}

const toBeChangedWords =
  'something in it has come to stand in the way, so nobody can approve it before it is changed.';

/** Who can let an emergency go that did not go out at its time. */
function pressingWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  if (!isEmergency(post)) return [];
  const asked = isOverdue(post, now) ? [] : askedAndHere(post, rules, now);
  return [...(asked.length === 0 ? [] : [`${sayPeople(asked, rules, 'or')} can do that.`]), doNotLeaveIt];
}

function heldByCrierWords(post: PostState, rules: DeskRules, now: Millis): string {
  const missed = post.status.is === 'held' ? post.status.missed : undefined;
  if (missed !== undefined)
    return [...restingWords(post, false, rules, now), ...pressingWords(post, rules, now)].join(' ');
  if (post.status.is === 'held' && post.status.newWords === true)
    return 'the correction gives it new words where it is not out yet, and they wait for approval.';
  return isHeldAhead(post)
    ? 'something in it has come to stand in the way, so it does not go out as it is. It is held.'
    : 'it did not go out at its time, since something in it had come to stand in the way. It is held.';
}

/**
 * Where it could not be taken down, or may not be, and why: `is still public on Facebook. Crier could not take it down: …`.
 */
function notDownThere(post: PostState, rules: DeskRules): string {
  const publications = publicationsOf(post);
  const all = notDownOf(post);
  const isOf = (part: string, isSo: (publication: Publication) => boolean): boolean => {
    const publication = publications[part];
    return publication !== undefined && isSo(publication);
  };
  const accounts = [...new Set(all.map(([part]) => accountOf(part)))];
  const whys = [...new Set(all.map(([, problem]) => whatFailed(problem)))].join('; ');
  const isUnclear = all.every(([part]) => isOf(part, isRemovalUnclear));
  const goesOn = all.some(([part]) => isOf(part, isTriedOn)) ? ' It is tried again by itself.' : '';
  const where = onAll(accounts, rules);
  return isUnclear
    ? `may still be public ${where}: nobody can tell whether it came down, since ${whys}.${goesOn} Please look there, take it down yourself if it still is,`
    : `is still public ${where}. Crier could not take it down: ${whys}.${goesOn} Please take it down there yourself`;
}

const isTriedOn = (publication: Publication): boolean =>
  publication.is === 'removing' && publication.tried?.asked === true;

/** What only the desk can answer, account by account. */
function troubleWords(post: PostState, rules: DeskRules, now: Millis): string {
  if (isHeldByCrier(post)) return sentence(heldByCrierWords(post, rules, now));
  if (hasToBeChanged(post)) return sentence(toBeChangedWords);
  if (waitsForTheDesk(post)) return restingWords(post, false, rules, now)[0] ?? '';
  return [
    ...thereWords(post, needsAnswer, rules, now),
    ...changesAskedFor(post).map(
      (part) =>
        `${accountName(accountOf(part), rules)}: ${triedWords(post, part)}. Please look there, and say on its card how it goes on.`,
    ),
    ...(tornByEnd(post).length === 0 ? [] : [endedWords(post, rules, now)]),
  ].join(' ');
}

/** What became of it where that is so, account by account, and what to do about it. */
function thereWords(
  post: PostState,
  isSo: (publication: Publication) => boolean,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const all = Object.entries(publicationsOf(post));
  const keys = all.map(([part]) => part);
  return all
    .filter(([, publication]) => isSo(publication))
    .map(([part, publication]) => {
      const words = copyWords(post, { part, publication, way: wayToChange(post, part) }, now).replace(
        /\.$/u,
        '',
      );
      return `${placeName(part, keys, rules)}: ${words}.${stateThere(post, part)}`;
    });
}

/** What stands where a correction was refused. */
function stateThere(post: PostState, part: string): string {
  if (staysWrong(post, part)) return ' The post there still says what it said.';
  const isRefusedAgain = isOfCorrection(part) && publicationsOf(post)[part]?.is === 'failed';
  return isRefusedAgain && goneOn(post).includes(accountOf(part))
    ? ' It was deleted there to be posted again, so nothing of it stands there.'
    : '';
}

/** Whether a reply that was to put right what stands there did not go out, not even the beginning of its thread. */
function staysWrong(post: PostState, part: string): boolean {
  const publication = publicationsOf(post)[part];
  if (!isReply(part) || publication === undefined || !isRefused(publication)) return false;
  const stands = standingOn(post, accountOf(part));
  return stands.length > 0 && !stands.some((key) => inSameThread(key, part));
}

/** What did not go out: the post, or only replies that were to correct it where it stands. */
const notTaken = (post: PostState, what: string): string =>
  Object.entries(publicationsOf(post)).every(([part, each]) => isReply(part) || !isRefused(each))
    ? `The correction of ${what}`
    : what;

/** When its end came before all of it was out, and what stands only in part since. */
const endedWords = (post: PostState, rules: DeskRules, now: Millis): string =>
  [
    ...endedFirstWords(post, rules, now),
    ...endedUnsaidWords(post, rules, now),
    ...tornWords(post, rules),
  ].join(' ');

/** When its end came, and who had been asked to post it by hand and has not said whether they had. */
function endedUnsaidWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const until = endOf(post);
  const unsaid = unsaidAtEnd(post).flatMap((part) => {
    const entry = post.wasByHand?.[part];
    return entry === undefined
      ? []
      : [`${accountName(accountOf(part), rules)}: ${askedAndUnsaid(entry, rules)}.`];
  });
  if (unsaid.length === 0 || until === undefined) return [];
  return endedFirst(post).length > 0 ? unsaid : [`Its end came ${sayOn(until.at, now)}.`, ...unsaid];
}

const handVerbs = { post: 'post it', change: 'change it', remove: 'take it down' } as const;

/** @returns what somebody is asked to do by hand, each account with what to do there: `post it on Nextdoor Sefton` */
function handWords(post: PostState, person: string, rules: DeskRules): string {
  const asked = Object.entries(post.byHand ?? {}).flatMap(([part, { what, people }]) =>
    people.includes(person) ? [`${handVerbs[what]} on ${accountName(accountOf(part), rules)}`] : [],
  );
  return asked.length === 0 ? 'do something' : sayList([...new Set(asked)]);
}

import { askedNow, awaited, stageTimes, type FrozenStage, type Review } from '../approval/review.ts';
import type { Millis } from '../core/time.ts';
import { isReplaced, isSettled, type Publication } from '../dispatch/publication.ts';
import { accountOf, isReply, type Publications } from '../dispatch/thread.ts';
import type { Told } from '../posts/changed.ts';
import { correctionIsStuck, correctionStage, publicationsOf, waitsForTheDesk } from '../posts/may.ts';
import type { DeskRules, ErasedText, PostState, Status } from '../posts/post.ts';
import { failureWords, hasWords } from './failures.ts';
import { accountName, departmentShort, nameOf, sayList, sayPeople, sentence } from './names.ts';
import { sayEndOfDay, sayShort, sayTime } from './times.ts';

/** @returns where the post stands, as a card's second line says it to somebody who is not asked for anything */
export function stateWords(post: PostState, rules: DeskRules, now: Millis): string {
  const { status } = post;
  if (waitsForTheDesk(post)) return `Waits for ${rules.desk.name}`;
  switch (status.is) {
    case 'draft':
      return post.department === undefined ? 'Draft. Which department is it for?' : 'Draft';
    case 'sent-back':
      return `Sent back by ${nameOf(status.by, rules)}`;
    case 'in-review':
      return `Waiting for: ${awaited(status.review)?.name ?? rules.desk.name}`;
    case 'approved':
      return 'Approved, goes out now';
    case 'scheduled':
      return `Approved, goes out ${sayShort(status.for.at, now)}`;
    case 'publishing':
      if (waitsForHands(status.publications)) return waitingForHands(status.publications);
      return waitsForAccounts(status.publications)
        ? 'Waits until an account is connected again'
        : 'Going out now';
    case 'published':
      return `Published ${atMoment(status.at, now)}${endsWords(post, now)}${correctionWords(post)}`;
    case 'partly-published': {
      const accounts = [...new Set(Object.keys(status.publications).map(accountOf))];
      const out = accounts.filter((account) => isOutOn(account, status.publications));
      return out.length === accounts.length
        ? `Published ${atMoment(status.at, now)}${correctionWords(post)}`
        : `Published on ${String(out.length)} of ${String(accounts.length)}${correctionWords(post)}`;
    }
    case 'failed':
      return 'Could not be published';
    case 'not-to-be-published':
      return 'Not to be published';
    case 'cancelled':
      return 'Cancelled';
    case 'expired':
      return status.because === 'nobody-decided' ? 'Nobody decided in time' : 'It ended before it went out';
    case 'held':
      return status.by === 'crier' ? 'Held by Crier' : `Held by ${nameOf(status.by, rules)}`;
    case 'taken-down':
      return 'Taken down';
  }
}

/** Whether nothing more is under way but what somebody is asked to post by hand. */
const waitsForHands = (publications: Publications): boolean => Object.values(publications).every(isSettled);

function waitingForHands(publications: Publications): string {
  const accounts = [...new Set(Object.keys(publications).map(accountOf))];
  const out = accounts.filter((account) => isOutOn(account, publications)).length;
  return out === 0
    ? 'Waits for somebody to post it by hand'
    : `Published on ${String(out)} of ${String(accounts.length)}. The rest is posted by hand`;
}

/** Whether nothing more is under way but what waits for an account that the network refuses. */
function waitsForAccounts(publications: Readonly<Record<string, Publication>>): boolean {
  const under = Object.values(publications).filter(({ is }) => is === 'queued' || is === 'sending');
  return under.length > 0 && under.every(waitsForAccount);
}

const waitsForAccount = (publication: Publication): boolean =>
  publication.is === 'queued' && publication.lastReason === 'account-blocked';

/** The state as one or two words, for messages such as `This post is … already`. */
export function stateName(state: string): string {
  if (state === 'decided') return 'decided';
  const names: Readonly<Record<Status['is'], string>> = {
    draft: 'still a draft',
    'sent-back': 'sent back to its author',
    'in-review': 'with somebody for a decision',
    approved: 'approved',
    scheduled: 'approved and waiting for its time',
    publishing: 'on its way out',
    published: 'published',
    'partly-published': 'published on some accounts',
    failed: 'not published, because the accounts refused it',
    'not-to-be-published': 'decided not to be published',
    cancelled: 'cancelled',
    expired: 'out of time',
    held: 'held',
    'taken-down': 'taken down',
  };
  return isStatus(state, names) ? names[state] : 'in another state';
}

function isStatus(state: string, names: Readonly<Record<Status['is'], string>>): state is Status['is'] {
  return Object.hasOwn(names, state);
}

/** Whether everything that an account was to get is out, every post of a thread; its correction is told apart. */
function isOutOn(account: string, publications: Publications): boolean {
  return Object.entries(publications).every(
    ([part, publication]) =>
      accountOf(part) !== account || isReply(part) || isReplaced(publication) || isOut(publication),
  );
}

function isOut(publication: Publication): boolean {
  return publication.is === 'published' || publication.is === 'removing' || publication.is === 'removed';
}

/** @returns `at 10:03` today, `yesterday at 10:03`, `on Fri 27 Nov at 9am` */
export function atMoment(at: Millis, now: Millis): string {
  const said = sayTime(at, now);
  if (said.startsWith('today at ')) return `at ${sayShort(at, now)}`;
  return /^[A-Z]/u.test(said) ? `on ${said}` : said;
}

function endsWords(post: PostState, now: Millis): string {
  const until = post.revision.until;
  if (until === undefined) return '';
  return ` · ${until.at <= now ? 'ended' : 'ends'} ${sayTime(until.at, now)}`;
}

function correctionWords(post: PostState): string {
  if (post.correction === undefined) return '';
  if (post.correction.applied === undefined) return ' · a correction waits';
  return correctionIsStuck(post) ? ' · its correction did not go out everywhere' : ' · being corrected';
}

/** When the people who are asked should have decided: before it is taken further, and before the post's own times. */
export function decideBy(post: PostState): Millis | undefined {
  if (post.status.is !== 'in-review') return undefined;
  const times = stageTimes(post.status.review);
  if (times === undefined) return undefined;
  const own = [post.when?.at, post.revision.until?.at].filter((at) => at !== undefined);
  return Math.min(post.status.review.escalated ? times.expire : times.escalate, ...own);
}

/** @returns the second line of somebody who is asked: `Please decide by 11:42` */
export function pleaseDecide(post: PostState, now: Millis): string {
  if (post.status.is === 'held') return 'Held. Your approval lets it go on';
  const by = decideBy(post);
  if (by === undefined) return 'Please decide';
  return by <= now
    ? `Please decide now: it was due ${atMoment(by, now)}`
    : `Please decide by ${sayShort(by, now)}`;
}

/** @returns the second line of the desk's officers while a look is awaited */
export function pleaseLook(post: PostState, now: Millis): string {
  const by = decideBy(post);
  if (by === undefined) return 'Please look at this';
  return by <= now
    ? `Please look now: it was due ${atMoment(by, now)}`
    : `Please look by ${sayShort(by, now)}`;
}

/** @returns `Communications, then one of 3 Highways approvers`: the way ahead of a draft */
export function routeWords(
  stages: readonly FrozenStage[],
  writers: readonly string[],
  rules: DeskRules,
): string {
  return stages.map((stage) => stageWords(stage, writers, rules)).join(', then ');
}

/** @returns who is asked at one stage: `one of 3 Highways approvers` */
export function stageWords(stage: FrozenStage, writers: readonly string[], rules: DeskRules): string {
  if (stage.kind === 'pass-on') return stage.name;
  const people = stage.people.filter((person) => !writers.includes(person));
  if (people.length === 1) return `${sayPeople(people, rules)} (${stage.name})`;
  if (stage.need >= people.length) return `all ${String(people.length)} ${stage.name}`;
  return `${count(stage.need)} of ${String(people.length)} ${stage.name}`;
}

/** @returns who is awaited by name, by when, and who follows; who of them is away */
export function awaitedWords(
  post: PostState,
  review: Review,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const stage = awaited(review);
  if (stage === undefined) return [];
  const asked = askedNow(review);
  const here = asked.filter((person) => (rules.away[person] ?? 0) <= now);
  const by = decideBy(post);
  const missing = stage.need - review.decisions.filter((decision) => decision.stage === stage.id).length;
  const many = missing > 1 ? `${count(missing)} of ` : '';
  const names = sayPeople(here, rules, missing > 1 ? 'and' : 'or');
  const who =
    here.length === 0
      ? `Everybody of ${stage.name} is away. ${rules.desk.name} knows.`
      : `Waiting for ${many}${names}`;
  const first =
    here.length === 0
      ? who
      : `${who}${names.includes(stage.name) ? '' : ` (${stage.name})`}${by === undefined ? '' : `, by ${sayShort(by, now)}`}.`;
  const rest = review.stages.slice(review.current + 1);
  return [
    first,
    ...(rest.length === 0 ? [] : [`Then: ${routeWords(rest, review.writers, rules)}.`]),
    ...awayWords(asked, rules, now),
    ...(review.escalated ? ['It has waited long, so more people have been asked.'] : []),
  ];
}

/** @returns `Away: A until Fri 9:00.`, or nothing */
export function awayWords(people: readonly string[], rules: DeskRules, now: Millis): readonly string[] {
  const away = people.flatMap((person) => {
    const until = rules.away[person] ?? 0;
    return until > now
      ? [`${nameOf(person, rules)} until ${sayEndOfDay(until, now)?.until ?? sayShort(until, now)}`]
      : [];
  });
  return away.length === 0 ? [] : [`Away: ${sayList(away)}.`];
}

/** @returns what has happened so far: proposed, passed on, approved */
export function historyWords(post: PostState, rules: DeskRules, now: Millis): string {
  const review = reviewIn(post.status);
  const steps = [
    ...(review?.passedOn ?? []).map((step) => ({ ...step, words: `${nameOf(step.by, rules)} passed it on` })),
    // Who agreed to a correction is said with what it corrected.
    ...(review?.decisions ?? [])
      .filter(({ stage }) => stage !== correctionStage)
      .map((step) => ({ ...step, words: `${nameOf(step.by, rules)} approved it` })),
  ];
  return [
    `Proposed ${atMoment(post.createdAt, now)} by ${nameOf(post.author, rules)}.`,
    ...steps.map((step) => `${step.words} ${atMoment(step.at, now)}.`),
  ].join(' ');
}

function reviewIn(status: Status): Review | undefined {
  return 'review' in status ? status.review : undefined;
}

/** @returns why a post that was approved does not leave: whoever approved it may not any more */
function makersWords(post: PostState, rules: DeskRules): readonly string[] {
  const people = post.makersGone?.people ?? [];
  return [
    `It was to go out, but ${sayPeople(people, rules)} approved it and may not approve such posts any more.`,
    `${rules.desk.name} says whether it goes out all the same.`,
  ];
}

/** @returns what happened last and what can be done now, for the states in which a post rests */
export function restingWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { status, restRefused } = post;
  if (waitsForTheDesk(post)) return makersWords(post, rules);
  switch (status.is) {
    case 'sent-back':
      return [
        `${nameOf(status.by, rules)} sent it back ${atMoment(status.at, now)}. Edit it, then send it again.`,
      ];
    case 'not-to-be-published':
      return [
        `${nameOf(status.by, rules)} decided ${atMoment(status.at, now)} that this will not be published.`,
      ];
    case 'cancelled':
      return [
        `${nameOf(status.by, rules)} cancelled it ${atMoment(status.at, now)}. Nothing of it was published.`,
      ];
    case 'expired':
      return status.because === 'nobody-decided'
        ? [
            `Nobody decided by ${sayShort(status.at, now)}, so it did not go out. Send it again if it is still needed.`,
          ]
        : post.revision.until === undefined
          ? ['It did not go out anywhere. Send it again if it is still needed.']
          : [
              `Its end came ${atMoment(status.at, now)}, before it was out. Give it another end if it is still needed.`,
            ];
    case 'held':
      if (status.by === 'crier') {
        return [
          `Its time came ${atMoment(status.at, now)}, but something in it had come to stand in the way. See below.`,
          'Edit it, then send it again.',
        ];
      }
      return [
        status.all
          ? `${nameOf(status.by, rules)} held everything ${atMoment(status.at, now)}.`
          : `${nameOf(status.by, rules)} held this ${atMoment(status.at, now)}.`,
        'It stays here until somebody approves it again.',
      ];
    case 'taken-down':
      return [
        `${nameOf(status.by, rules)} took it down ${atMoment(status.takenDownAt, now)}. The record of it is kept.`,
      ];
    case 'failed':
      return ['No account took it. What each of them said is below.'];
    default:
      return restRefused === undefined
        ? []
        : [
            `${nameOf(restRefused.by, rules)} decided ${atMoment(restRefused.at, now)} that the rest will not be published.`,
          ];
  }
}

const erasedTexts: Readonly<Record<ErasedText, string>> = {
  words: 'its words',
  descriptions: 'what its pictures show',
  notes: 'the note to its author',
  corrections: 'what was said of a correction',
  answers: 'what was answered about its pictures',
};

/** @returns what was erased of a post, when and under which clause, and what stays */
export function erasedWords(post: PostState, now: Millis): readonly string[] {
  const erased = post.erased ?? [];
  return [
    ...erased.map(
      ({ what, clause, at }) =>
        `Erased ${atMoment(at, now)} under clause ${clause} of the protocol: ${sayList(what.map((each) => erasedTexts[each]))}.`,
    ),
    ...(erased.length === 0
      ? []
      : ['What stays on the record is who proposed and decided it, when, and where it was posted.']),
  ];
}

/** @returns the first words of a post in a list, or that they were erased */
export function firstLine(post: PostState, words: string): string {
  const erased = post.erased?.findLast(({ what }) => what.includes('words'));
  return erased === undefined || words !== ''
    ? words
    : `Its words were erased under clause ${erased.clause}.`;
}

/** @returns all that has happened to a post up to now, its corrections as they are told, to its end: a line each */
export function storyWords(
  post: PostState,
  corrected: readonly string[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { until } = post.revision;
  const standing = post.status.is === 'published' || post.status.is === 'partly-published';
  return [
    historyWords(post, rules, now),
    ...outWords(post, rules, now),
    ...corrected,
    ...(standing && until !== undefined && until.at <= now
      ? [`Its end came ${atMoment(until.at, now)}.`]
      : []),
    ...restingWords(post, rules, now),
    ...erasedWords(post, now),
  ];
}

/** When and where it came out, whatever became of it afterwards. */
function outWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const out = Object.entries(publicationsOf(post)).filter(
    ([part, publication]) => isOut(publication) && !isReply(part),
  );
  if (out.length === 0) return [];
  const times = out.flatMap(([, publication]) => outAt(publication) ?? []);
  const when = times.length === 0 ? '' : ` ${atMoment(Math.min(...times), now)}`;
  return [`Published${when} ${onAll([...new Set(out.map(([part]) => accountOf(part)))], rules)}.`];
}

function outAt(publication: Publication): Millis | undefined {
  if (publication.is === 'published') return publication.at;
  return publication.is === 'removing' ? publication.publishedAt : undefined;
}

/** @returns when it goes out, and when it ends: `As soon as it is approved`, `Ends today at 4pm` */
export function whenWords(post: PostState, now: Millis): readonly string[] {
  const { when } = post;
  const { until } = post.revision;
  return [
    when === undefined ? 'As soon as it is approved' : `Planned for ${sayTime(when.at, now)}`,
    ...(until === undefined ? [] : [`Ends ${sayTime(until.at, now)}`]),
  ];
}

/** @returns the question whether the end that the words name is the post's, and the button that sets it */
export function endOffer(at: Millis, now: Millis): { readonly words: string; readonly title: string } {
  const when = sayEndOfDay(at, now)?.until ?? sayTime(at, now);
  return {
    words: 'Is the post over then? After its end its page says so, and it leaves the frame on our website.',
    title: `Yes, it ends ${when.startsWith('the end') ? `at ${when}` : when}`,
  };
}

/** @returns what one account's copy of the post is doing */
export function publicationWords(publication: Publication, now: Millis): string {
  switch (publication.is) {
    case 'queued':
      if (waitsForAccount(publication)) return 'waits until the account is connected again';
      return publication.lastReason === undefined
        ? 'waiting for its turn'
        : waitWords(publication.lastReason);
    case 'sending':
      return 'on its way';
    case 'unknown':
      return publication.asked
        ? `we could not tell whether it arrived.${looksWords(publication.looks, publication.lastLook, now)}`
        : 'we are looking whether it arrived';
    case 'asked':
      return 'waits for somebody to post it by hand';
    case 'published':
      return `published ${atMoment(publication.at, now)}`;
    case 'failed':
      return failedWords(publication.reason);
    case 'stopped':
      return 'did not go out';
    case 'removing':
      if (publication.problem !== undefined) {
        return `could not be taken down${notRemovedWords(publication.problem)}. Please look there yourself, or press "Take it down" again`;
      }
      if (publication.waits !== undefined) {
        return `not taken down yet${notRemovedWords(publication.waits)}. It will be tried again by itself`;
      }
      return publication.instead === undefined ? 'being taken down' : 'being taken down, to be posted again';
    case 'removed':
      return publication.instead === undefined
        ? `taken down ${atMoment(publication.at, now)}`
        : `taken down ${atMoment(publication.at, now)} to be posted again. Its replies and shares are gone`;
  }
}

/** Why something stands still: nothing is said of a reason that has no words. */
const notRemovedWords = (reason: string): string =>
  hasWords(reason) ? `: ${failureWords(reason).what}` : '';

function waitWords(reason: string): string {
  return hasWords(reason)
    ? `did not go through yet: ${failureWords(reason).what}. It will be tried again by itself`
    : 'did not go through yet. It will be tried again by itself';
}

function failedWords(reason: string): string {
  const { what, next } = failureWords(reason);
  return `not published: ${what}. ${next}`;
}

function looksWords(looks: number, last: Millis | undefined, now: Millis): string {
  if (looks === 0 || last === undefined) return '';
  if (looks === 1) return ` Looked once, ${atMoment(last, now)}.`;
  return ` Looked ${String(looks)} times, last ${atMoment(last, now)}.`;
}

/** Words on the buttons: what happens, and who gets it next. */
export const buttonWords = {
  send: (stages: readonly FrozenStage[] | undefined): string => {
    const first = stages?.[0];
    return first === undefined ? 'Send for approval' : `Send to ${first.name}`;
  },
  passOn: (review: Review): string => {
    const next = review.stages[review.current + 1];
    return next === undefined ? 'Pass on: goes out now' : `Pass on to ${next.name}`;
  },
  approve: (post: PostState, review: Review, now: Millis): string => {
    const verb = post.status.is === 'held' ? 'Release' : 'Approve';
    const stage = awaited(review);
    const missing =
      (stage?.need ?? 1) - review.decisions.filter((decision) => decision.stage === stage?.id).length - 1;
    if (missing > 0) return `${verb}: ${count(missing)} more is needed`;
    const next = review.stages[review.current + 1];
    if (next !== undefined) return `${verb}: passes to ${next.name}`;
    const { when } = post;
    return when === undefined || when.at <= now
      ? `${verb}: goes out now`
      : `${verb}: goes out ${sayShort(when.at, now)}`;
  },
} as const;

/** @returns a message that points somebody at a post whose card is only updated */
export function tellWords(post: PostState, about: Told, rules: DeskRules, now: Millis): string {
  const what = `#${String(post.number)} (${departmentShort(post.department, rules)})`;
  const by = decideBy(post);
  const until = by === undefined || by <= now ? '' : `, by ${sayShort(by, now)}`;
  switch (about) {
    case 'reminder':
      return `${what} still waits for you${until}. Type "show ${String(post.number)}" to see it.`;
    case 'escalated':
      return `${what} has waited long, so you are asked as well${until}. Type "show ${String(post.number)}" to see it.`;
    case 'by-hand':
      return `${what}: please do something by hand that no machine can. Type "show ${String(post.number)}" to see what.`;
    case 'do-not-post':
      return `${what}: please do not post it by hand any more. If you have posted it already, take it down there and tell ${rules.desk.name}.`;
    case 'all-away':
      return `${what}: everybody who could decide it is away. Type "show ${String(post.number)}" to see it.`;
  }
}

/**
 * @param playedAt the page of a rehearsal on which one person is everybody; absent where people are real
 * @returns that somebody who is asked cannot be reached, for everybody who sees the card
 */
export function notReachedWords(
  post: PostState,
  asked: readonly string[],
  rules: DeskRules,
  playedAt?: string,
): readonly string[] {
  const missed = post.copies.flatMap(({ to, unreachable }) =>
    unreachable === true && to.kind === 'person' && asked.includes(to.person) ? [to.person] : [],
  );
  if (missed.length === 0) return [];
  if (playedAt !== undefined) {
    return [`In this rehearsal you are ${sayPeople(missed, rules, 'or')} as well: go on at ${playedAt}.`];
  }
  return [`Could not be reached in person: ${sayPeople(missed, rules)}. Please tell them yourself.`];
}

/** @returns one line for a notification or a list: number, department, state */
export function summaryWords(post: PostState, rules: DeskRules, now: Millis): string {
  return `#${String(post.number)}: ${stateWords(post, rules, now)}`;
}

/** @returns `one`, `two`, … as words people read faster than figures */
export function count(n: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][n] ?? String(n);
}

/** @returns `Ellen Rimmer changed 1 sentence:` */
export function changedWords(by: string, sentences: number, rules: DeskRules): string {
  return `${nameOf(by, rules)} changed ${sentences === 1 ? '1 sentence' : `${String(sentences)} sentences`}:`;
}

/** @returns `On Facebook and the website the same` */
export function sameWords(accounts: readonly string[], rules: DeskRules): string {
  return `${sentence(onAll(accounts, rules))} the same`;
}

/** @returns `on X and Facebook` */
export function onAll(accounts: readonly string[], rules: DeskRules): string {
  const names = accounts.map((account) =>
    rules.accounts[account]?.network === 'website' ? 'the website' : accountName(account, rules),
  );
  return `on ${sayList(names)}`;
}

/** @returns what an edit does to the walk of approvals, said before somebody saves it */
export function savingWords(
  post: PostState,
  byDesk: boolean,
): { readonly consequence: string; readonly save: string } {
  switch (post.status.is) {
    case 'in-review':
      return byDesk
        ? {
            consequence: 'Whoever approves it sees what you changed, word by word.',
            save: 'Save and pass on',
          }
        : {
            consequence: 'It becomes a draft again, and then you send it once more.',
            save: 'Save as a draft',
          };
    case 'approved':
    case 'scheduled':
    case 'held':
      return {
        consequence:
          'It becomes a draft again: what was approved is not what would go out, so it is approved afresh.',
        save: 'Save as a draft',
      };
    default:
      return { consequence: '', save: 'Save' };
  }
}

/** @returns what another time does to the walk of approvals */
export function rescheduleWords(post: PostState): readonly string[] {
  switch (post.status.is) {
    case 'in-review':
    case 'approved':
    case 'scheduled':
    case 'held':
      return [
        'The words stay as they are. If somebody else has approved the time, they are asked about the new one.',
      ];
    default:
      return [];
  }
}

/** @returns `Clause 3.1: Posts of a service` */
export function clauseWords(clause: string, title: string): string {
  return `Clause ${clause}: ${title}`;
}

/** @returns where a finding's rule stands */
export function ruleWords(rule: string, clause: string): string {
  return `Clause ${clause} of the protocol (${rule})`;
}

/** @returns `First: Communications`, `Then: one of 3 Highways approvers` */
export function stepWords(index: number, who: string): string {
  return `${index === 0 ? 'First' : 'Then'}: ${who}`;
}

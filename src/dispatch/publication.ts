import type { Millis } from '../core/time.ts';
import { accountBlocked, type Remote } from '../networks/network.ts';

/**
 * One plan part on one account. `sending` is committed before the call; an attempt that ends without a clear
 * answer is `unknown`, is looked up, and is never blindly repeated.
 */
export type Publication =
  | ({
      readonly is: 'queued';
      readonly tries: number;
      readonly lastReason?: string;
      /** it has been brought as far as it goes, and nobody sees it before then */
      readonly shownFrom?: Millis;
    } & InVain)
  | ({
      readonly is: 'sending';
      readonly attempt: string;
      readonly since: Millis;
      readonly tries: number;
    } & Sent &
      InVain)
  | ({
      readonly is: 'unknown';
      readonly attempt: string;
      /** when the attempt began */
      readonly since: Millis;
      readonly tries: number;
      /** how often it was looked for */
      readonly looks: number;
      readonly lastLook?: Millis;
      /** the looks are over (or impossible): a person is asked */
      readonly asked: boolean;
      readonly lookAt?: string;
    } & Sent &
      InVain)
  /** a person is asked to post it, since no machine can */
  | { readonly is: 'asked'; readonly since: Millis }
  | { readonly is: 'published'; readonly remote: Remote; readonly at: Millis }
  | {
      readonly is: 'failed';
      readonly reason: string;
      readonly at: Millis;
      /** who decided, and when, that it stays so: it waits for nobody then */
      readonly left?: { readonly by: string; readonly at: Millis };
    }
  /** held, cancelled or ended before it left */
  | ({
      readonly is: 'stopped';
      readonly at: Millis;
      /** a person said that it does not go out: letting the post go on brings it back no more */
      readonly forGood?: true;
    } & InVain)
  | {
      readonly is: 'removing';
      readonly remote: Remote;
      readonly publishedAt: Millis;
      readonly problem?: string;
      /** why it did not come down yet; it is tried again by itself */
      readonly waits?: string;
      /** the part that is posted once this is gone, where it comes down for a correction */
      readonly instead?: string;
      /** it began to be deleted to make room, and no clear answer has come: it may be gone */
      readonly begun?: Begun;
      /** attempts that came to nothing, or of which nobody can tell; earlier releases kept none */
      readonly tried?: Tried & {
        /** one of them ended without a clear answer: it may be gone */
        readonly unclear?: true;
      };
    }
  | {
      readonly is: 'removed';
      readonly remote: Remote;
      readonly at: Millis;
      /** the part that takes its place, where it came down for a correction */
      readonly instead?: string;
    };

/** An attempt at a deletion of which nobody can tell whether it came to anything. */
export interface Begun {
  /** when the last attempt began, and which that was */
  readonly at: Millis;
  readonly attempt: string;
  /** one before it ended without a clear answer: whatever comes of this one, it may be gone */
  readonly before?: true;
  /** why there is no other attempt though nobody has decided so; absent where it goes on once that is let go on */
  readonly ends?: string;
  /** how often it was looked whether it is gone */
  readonly looks?: number;
  readonly lastLook?: Millis;
  /** the looks are over (or impossible): a person is asked */
  readonly asked?: true;
}

/** Attempts at changing or taking down what stands, one after the other, none of which is known to have come to anything. */
export interface Tried {
  /** when the first of them ended */
  readonly since: Millis;
  /** it has gone on so long that a person is asked; it is tried on meanwhile, which does no harm */
  readonly asked?: true;
}

/** An attempt is looked for by what it sent. */
interface Sent {
  /** the bytes that it was begun with, where the plan has others since; absent: as the plan says */
  readonly sent?: string;
}

/** What is known of earlier attempts that ended without a clear answer and of which nothing was found. */
interface InVain {
  /** when the first of them began, or a person was asked: what shows up late is found by the looks of later ones */
  readonly lookFrom?: Millis;
  /** how many there were since a person last said something */
  readonly rounds?: number;
  /** the bytes that they sent, where the plan has others since */
  readonly sentBefore?: readonly string[];
}

const inVain = ({ lookFrom, rounds, sentBefore }: InVain): InVain => ({
  ...(lookFrom === undefined ? {} : { lookFrom }),
  ...(rounds === undefined ? {} : { rounds }),
  ...(sentBefore === undefined ? {} : { sentBefore }),
});

const ofAttempt = ({ sent }: Sent): Sent => (sent === undefined ? {} : { sent });

/** What an attempt sent is remembered with those before it, once it is one of them. */
function sentInVain({ sent, sentBefore = [] }: Sent & InVain): Pick<InVain, 'sentBefore'> {
  const all = sent === undefined ? sentBefore : [...new Set([...sentBefore, sent])];
  return all.length === 0 ? {} : { sentBefore: all };
}

/**
 * A part as its plan gets other bytes: what its attempts have sent is kept with it until it is known what became of
 * them, since it is what may stand.
 *
 * @param before what the plan said until now
 */
export function withOtherBytes(publication: Publication, before: string): Publication {
  switch (publication.is) {
    case 'sending':
    case 'unknown':
      return {
        ...publication,
        sent: publication.sent ?? before,
        ...(publication.lookFrom === undefined ? {} : sentInVain({ ...publication, sent: before })),
      };
    case 'queued':
    case 'stopped':
      return publication.lookFrom === undefined
        ? publication
        : { ...publication, ...sentInVain({ ...publication, sent: before }) };
    default:
      return publication;
  }
}

/** A publication that no longer holds what its attempts sent: nothing of it can be looked for any more. */
export function withoutBytes(publication: Publication): Publication {
  if (!('sent' in publication) && !('sentBefore' in publication)) return publication;
  return {
    ...publication,
    ...('sent' in publication ? { sent: '' } : {}),
    ...('sentBefore' in publication ? { sentBefore: [] } : {}),
  };
}

/** Whether it is known to stand, or to have stood. */
export const hasStood = ({ is }: Publication): boolean =>
  is === 'published' || is === 'removing' || is === 'removed';

/** Whether it is still to leave, or was refused or stopped before it did. */
export const hasNotLeft = ({ is }: Publication): boolean =>
  is === 'queued' || is === 'failed' || is === 'stopped';

/** Whether anything of it may stand though nobody knows yet that it does. */
export const mayTurnUp = (publication: Publication): boolean =>
  publication.is === 'sending' ||
  publication.is === 'unknown' ||
  (publication.is === 'queued' && publication.lookFrom !== undefined);

/** So many attempts may be lost without a trace; then a person is asked instead of trying without end. */
export const mostRounds = 3;

/** Looks for an unknown publication come about so long after the attempt ended. */
export const lookDelays: readonly Millis[] = [5_000, 30_000, 120_000, 600_000];

/**
 * So long after an attempt began nothing of it can arrive any more: its call and the lease around it are over by
 * then (60 s), and what was on its way has had time to get there.
 */
export const attemptOver: Millis = 65_000;

/** When to look next: by the delays, and also as soon as nothing of the attempt can arrive any more. */
export function nextLook(
  {
    since,
    looks,
    lastLook,
  }: Pick<Extract<Publication, { readonly is: 'unknown' }>, 'since' | 'looks' | 'lastLook'>,
  now: Millis,
): Millis {
  const last = lastLook ?? now;
  const next = last + (lookDelays[looks] ?? 0);
  const over = since + attemptOver;
  return last < over ? Math.min(next, over) : next;
}

/** Why a transition does not apply; the caller treats it as nothing to do. */
export type NotNow = { readonly notNow: Publication['is'] };

/** Commits that an attempt begins; only what is queued may begin. */
export function begin(publication: Publication, attempt: string, now: Millis): Publication | NotNow {
  if (publication.is !== 'queued') return { notNow: publication.is };
  return { is: 'sending', attempt, since: now, tries: publication.tries + 1, ...inVain(publication) };
}

/** What the network answered to an attempt, or what a look found. */
export type Answer =
  | { readonly answer: 'published'; readonly remote: Remote }
  /** `shownFrom`: all that can be done before then is done */
  | { readonly answer: 'retry'; readonly reason: string; readonly shownFrom?: Millis }
  | { readonly answer: 'refused'; readonly reason: string }
  | { readonly answer: 'unknown' }
  /** no machine does it: a person is asked */
  | { readonly answer: 'asked' };

/**
 * Settles an attempt. A late answer of the same attempt is taken also from `unknown`; an answer of another
 * attempt, or to something already settled, changes nothing.
 */
export function settle(
  publication: Publication,
  attempt: string,
  answer: Answer,
  now: Millis,
): Publication | NotNow {
  if (publication.is !== 'sending' && publication.is !== 'unknown') return { notNow: publication.is };
  if (publication.attempt !== attempt) return { notNow: publication.is };
  switch (answer.answer) {
    case 'published':
      return { is: 'published', remote: answer.remote, at: now };
    case 'retry':
      return {
        is: 'queued',
        tries: publication.tries,
        lastReason: answer.reason,
        ...(answer.shownFrom === undefined ? {} : { shownFrom: answer.shownFrom }),
        ...inVain(publication),
      };
    case 'refused':
      return { is: 'failed', reason: answer.reason, at: now };
    case 'asked':
      return { is: 'asked', since: now };
    case 'unknown':
      return publication.is === 'unknown'
        ? publication
        : {
            is: 'unknown',
            attempt,
            since: publication.since,
            tries: publication.tries,
            looks: 0,
            asked: false,
            ...ofAttempt(publication),
            ...inVain(publication),
          };
  }
}

/** From when on anything of a publication may have arrived: also of attempts before the present one. */
export const mayStandSince = ({
  since,
  lookFrom,
}: Extract<Publication, { readonly is: 'sending' | 'unknown' }>): Millis => lookFrom ?? since;

/** What a look for an unknown publication came to. */
export type Look =
  | { readonly look: 'found'; readonly remote: Remote }
  /** `goesOn`: an attempt after it goes on where that one broke off, so that nothing has to be waited for */
  | { readonly look: 'absent'; readonly certain: boolean; readonly goesOn?: boolean }
  | { readonly look: 'cannot'; readonly lookAt?: string };

/**
 * Records a look. Found: published. Absent where the network can tell for certain, once nothing of the attempt
 * can arrive any more: queued again, unless that has happened too often. Otherwise another look follows, and after
 * the last one a person is asked.
 */
export function looked(
  publication: Publication,
  attempt: string,
  look: Look,
  now: Millis,
): Publication | NotNow {
  if (publication.is !== 'unknown' || publication.attempt !== attempt) return { notNow: publication.is };
  if (look.look === 'found') return { is: 'published', remote: look.remote, at: now };
  if (look.look === 'absent' && look.goesOn === true) {
    return { is: 'queued', tries: publication.tries, ...inVain(publication) };
  }
  const looks = publication.looks + 1;
  const over = look.look === 'cannot' || looks >= lookDelays.length;
  const settled = now >= publication.since + attemptOver;
  const gone = settled && look.look === 'absent' && look.certain;
  const rounds = (publication.rounds ?? 0) + (gone ? 1 : 0);
  if (gone && rounds < mostRounds) {
    return {
      is: 'queued',
      tries: publication.tries,
      lookFrom: mayStandSince(publication),
      rounds,
      ...sentInVain(publication),
    };
  }
  return {
    ...publication,
    looks,
    lastLook: now,
    asked: over || gone,
    ...(rounds === 0 ? {} : { rounds }),
    ...(look.look === 'cannot' && look.lookAt !== undefined ? { lookAt: look.lookAt } : {}),
  };
}

/** What is to make room, began to be deleted, and may be gone. */
export type PerhapsGone = Extract<Publication, { readonly is: 'removing' }> & { readonly begun: Begun };

/** Whether it may be gone: it began to be deleted to make room, and no clear answer has come. */
export const mayBeGone = (publication: Publication): publication is PerhapsGone =>
  publication.is === 'removing' && makesRoom(publication) && publication.begun !== undefined;

/** What is to make room as an attempt at deleting it begins. */
export const beginDeleting = (
  publication: Extract<Publication, { readonly is: 'removing' }>,
  attempt: string,
  at: Millis,
): Publication => ({
  ...publication,
  begun: { at, attempt, ...(publication.begun === undefined ? {} : { before: true }) },
});

/** So long something is tried in vain before a person is asked: as long as the last look for what may have arrived waits. */
const askedAfter = Math.max(...lookDelays);

/**
 * Attempts with another one that came to nothing, or of which nobody can tell.
 *
 * @param goesOn whether it is more than a moment's trouble
 * @param from those before somebody decided anew do not count
 */
export function triedInVain(before: Tried | undefined, goesOn: boolean, now: Millis, from = 0): Tried {
  const earlier = before !== undefined && before.since >= from ? before : undefined;
  const since = earlier?.since ?? now;
  const asked = earlier?.asked === true || (goesOn && now - since >= askedAfter);
  return { since, ...(asked ? { asked } : {}) };
}

/** Whether it may be gone, though nobody heard so, while it is tried on to take it down. */
export const isRemovalUnclear = (publication: Publication): boolean =>
  publication.is === 'removing' && publication.tried?.unclear === true;

/** What is to make room, and was tried in vain so long that a person is asked about it. */
export const isRoomAskedFor = (
  publication: Publication,
): publication is Extract<Publication, { readonly is: 'removing' }> =>
  publication.is === 'removing' && makesRoom(publication) && publication.tried?.asked === true;

/** What is to come down without what is known of attempts at that: they do not go on, or begin anew. */
export function untried(publication: Extract<Publication, { readonly is: 'removing' }>): Publication {
  const { tried: _before, ...rest } = publication;
  return rest;
}

/** When to look next whether it is gone. */
export const nextLookWhetherGone = (
  { begun: { at, looks = 0, lastLook } }: PerhapsGone,
  now: Millis,
): Millis => nextLook({ since: at, looks, ...(lastLook === undefined ? {} : { lastLook }) }, now);

/** What a look whether something is gone came to; `cannot`: there is no way to look. */
export const goneLooks = ['there', 'gone', 'not-now', 'cannot'] as const;
export type GoneLook = (typeof goneLooks)[number];

/**
 * Records a look whether something is gone: that it is, or that it stands once nothing of the attempt can arrive any
 * more. Otherwise another look follows, and after the last one a person is asked.
 */
export function lookedWhetherGone(
  publication: PerhapsGone,
  look: GoneLook,
  now: Millis,
): 'there' | 'gone' | Publication {
  const { begun } = publication;
  if (look === 'gone') return look;
  if (look === 'there' && now >= begun.at + attemptOver) return look;
  const looks = (begun.looks ?? 0) + 1;
  const over = look === 'cannot' || looks >= lookDelays.length;
  return {
    ...publication,
    begun: { ...begun, looks, lastLook: now, ...(over ? { asked: true } : {}) },
  };
}

/** Whether a person is asked what became of it, since nobody could tell. */
export const isAskedAbout = (publication: Publication): boolean =>
  (publication.is === 'unknown' && publication.asked) ||
  isLookOver(publication) ||
  isRoomAskedFor(publication);

/** Whether nothing more is looked up of what may be gone: only a person can say that now. */
export const isLookOver = (publication: Publication): publication is PerhapsGone =>
  mayBeGone(publication) && publication.begun.asked === true;

/** The id of what only a person found: the network's own stands in the link that they gave. */
export const saidByPerson = 'said-by-a-person';

/** Why what a person was asked to post did not go out: they said that they will not. */
export const notByHand = 'not-by-hand';

/** Why something was not changed, deleted or posted: somebody decided that what was still to come is not to. */
export const notWanted = 'not-wanted';

/** What a person said about a publication that nobody could tell. */
export const sayings = ['it-is-there', 'post-it-now', 'do-not-post'] as const;
export type Said = (typeof sayings)[number];

/** Settles an unknown publication by a person's word. */
export function said(publication: Publication, word: Said, link: string, now: Millis): Publication | NotNow {
  if (publication.is !== 'unknown' || !publication.asked) return { notNow: publication.is };
  switch (word) {
    case 'it-is-there':
      return { is: 'published', remote: { remoteId: saidByPerson, url: link }, at: now };
    case 'post-it-now':
      return {
        is: 'queued',
        tries: publication.tries,
        lookFrom: mayStandSince(publication),
        ...sentInVain(publication),
      };
    case 'do-not-post':
      return { is: 'stopped', at: now, forGood: true };
  }
}

/** Stops what has not begun to leave, and what a person was asked for; anything else is on its way or settled. */
export function stop(publication: Publication, now: Millis): Publication {
  switch (publication.is) {
    case 'queued':
      return { is: 'stopped', at: now, ...inVain(publication) };
    case 'asked':
      // They may have posted it before they hear of that.
      return { is: 'stopped', at: now, lookFrom: publication.since };
    case 'removing':
      // What makes room is not tried any more; whether it is gone is looked up.
      return makesRoom(publication) ? untried(publication) : publication;
    default:
      return publication;
  }
}

/** Nothing more is to come of it: what has not left never does. What is on its way, or may stand, is as it turns out. */
export function giveUp(publication: Publication, now: Millis): Publication {
  switch (publication.is) {
    case 'queued':
    case 'asked':
      return { is: 'stopped', at: now, forGood: true };
    case 'failed':
    case 'stopped':
      return { is: 'stopped', at: publication.at, forGood: true };
    default:
      return publication;
  }
}

/** Whether an account refused it, and nobody has decided to leave that so. */
export const isRefused = (publication: Publication): boolean =>
  publication.is === 'failed' && publication.left === undefined;

/** Whether a hold stopped it, and nobody said that it does not go out. */
export const mayComeBack = (publication: Publication): boolean =>
  publication.is === 'stopped' && publication.forGood !== true;

/** Whether nothing of it has left or may have, and nothing was decided about it: as if it had never been let go. */
export const isUntouched = (publication: Publication): boolean =>
  publication.is === 'stopped' && mayComeBack(publication) && publication.lookFrom === undefined;

/** Whether it was leaving when its post was held, and its account refused it after that: it is held with the rest. */
export const isRefusedSince = (publication: Publication, heldAt: Millis): boolean =>
  publication.is === 'failed' && publication.at >= heldAt;

/**
 * What comes back, or was refused since it was held, waits for its turn again; what was lost before may still show up.
 * What was being deleted is deleted once more, which tells whether it is gone.
 */
export function letGoOn(publication: Publication, heldAt: Millis): Publication {
  if (publication.is === 'stopped' && mayComeBack(publication))
    return { is: 'queued', tries: 0, ...inVain(publication) };
  if (isRefusedSince(publication, heldAt)) return { is: 'queued', tries: 0 };
  if (!mayBeGone(publication)) return publication;
  const { at, attempt } = publication.begun;
  return { ...publication, begun: { at, attempt, before: true } };
}

/** Whether nothing is under way by itself: at most a person is still to do something. */
export const isSettled = (publication: Publication): boolean =>
  publication.is !== 'queued' &&
  publication.is !== 'sending' &&
  (publication.is !== 'unknown' || publication.asked);

/** Whether it came down, or is to, so that another part takes its place. */
export const isReplaced = (publication: Publication): boolean =>
  (publication.is === 'removing' || publication.is === 'removed') && publication.instead !== undefined;

/** Whether it comes down so that another part is posted in its place, which is all one going out. */
export const makesRoom = (publication: Publication): boolean =>
  publication.is === 'removing' && publication.instead !== undefined;

/** Whether any of them changes soon without anybody's doing. */
export const isUnderWay = (publications: readonly Publication[]): boolean =>
  publications.some((each) => !isSettled(each) || (makesRoom(each) && !isLookOver(each)));

/**
 * How a set of publications stands, taken together; what another took the place of counts no more. Where there are none,
 * nothing is out.
 */
export function together(
  all: readonly Publication[],
): 'publishing' | 'published' | 'partly-published' | 'failed' | 'stopped' {
  const publications = all.filter((each) => !(each.is === 'removed' && isReplaced(each)));
  const is = (...kinds: readonly Publication['is'][]) =>
    publications.filter((p) => kinds.includes(p.is)).length;
  if (isUnderWay(publications) || is('asked') > 0) return 'publishing';
  // Of what may be gone nobody can tell, as of what may have arrived.
  const perhapsGone = publications.filter(mayBeGone).length;
  const out = is('published', 'removing', 'removed') - perhapsGone;
  if (out > 0 && out === publications.length) return 'published';
  if (out > 0 || is('unknown') > 0 || perhapsGone > 0) return 'partly-published';
  return is('failed') > 0 ? 'failed' : 'stopped';
}

/** From when on the first of them is shown that wait for nothing else; undefined where none does. */
export function shownLater(publications: readonly Publication[]): Millis | undefined {
  const times = publications.flatMap((each) =>
    each.is === 'queued' && each.shownFrom !== undefined ? [each.shownFrom] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Those of them that do not only wait for the time at which they are shown. */
export const notOnlyLater = (publications: readonly Publication[]): readonly Publication[] =>
  publications.filter((each) => shownLater([each]) === undefined);

/** Whether it is to make room for another, and cannot until its account is connected again. */
export const roomWaitsForAccount = (
  publication: Publication,
): publication is Extract<Publication, { readonly is: 'removing' }> & { readonly waits: string } =>
  publication.is === 'removing' && makesRoom(publication) && publication.waits === accountBlocked;

/** Whether a part waits because its account has to be connected again. */
export const waitsForAccount = (publication: Publication | undefined): boolean =>
  publication?.is === 'queued' && publication.lastReason === accountBlocked;

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
      /**
       * when its last attempt was known to have come to nothing, nobody had been at work for too long since it was to leave;
       * earlier releases kept none
       */
      readonly missed?: true;
    } & NotTaken &
      InVain)
  | ({
      readonly is: 'sending';
      readonly attempt: string;
      readonly since: Millis;
      readonly tries: number;
    } & NotTaken &
      Sent &
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
      /** it began to be deleted to make room, be it that it simply comes down since, and no clear answer has come: it may be gone */
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
      /** since when it stood; earlier releases kept none */
      readonly publishedAt?: Millis;
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

/** What is still to leave, and its network fails to take. */
export interface NotTaken {
  /** since when it could not be reached, refused Crier or did not take it; earlier releases kept none */
  readonly notTakenSince?: Millis;
  /** for how long it had not by when it said that it takes more later, which is no time that it fails to; earlier releases forgot that */
  readonly notTakenFor?: Millis;
}

/** An attempt is looked for by what it sent. */
export interface Sent {
  /** the bytes that it was begun with, where the plan has others since; absent: as the plan says */
  readonly sent?: string;
}

/** What is known of earlier attempts that ended without a clear answer and of which nothing was found. */
export interface InVain {
  /** when the first of them began, or a person was asked: what shows up late is found by the looks of later ones */
  readonly lookFrom?: Millis;
  /** how many there were since a person last said something */
  readonly rounds?: number;
  /** the bytes that they sent, where the plan has others since */
  readonly sentBefore?: readonly string[];
}

/** Whether it is known to stand, or to have stood. */
export const hasStood = ({ is }: Publication): boolean =>
  is === 'published' || is === 'removing' || is === 'removed';

/** @returns since when the public has it, or had; undefined of what never stood, or was removed by a release that kept no time */
export function outAt(publication: Publication): Millis | undefined {
  if (publication.is === 'published') return publication.at;
  return publication.is === 'removing' || publication.is === 'removed' ? publication.publishedAt : undefined;
}

/** Whether it is still to leave, or was refused or stopped before it did. */
export const hasNotLeft = ({ is }: Publication): boolean =>
  is === 'queued' || is === 'failed' || is === 'stopped';

/** Whether anything of it may stand though nobody knows yet that it does. */
export const mayTurnUp = (publication: Publication): boolean =>
  publication.is === 'sending' ||
  publication.is === 'unknown' ||
  (publication.is === 'queued' && publication.lookFrom !== undefined);

/** Why a transition does not apply; the caller treats it as nothing to do. */
export type NotNow = { readonly notNow: Publication['is'] };

/** Whether an account refused it, and somebody decided to leave that so. */
export const isLeft = (publication: Publication): boolean =>
  publication.is === 'failed' && publication.left !== undefined;

/** Whether an account refused it, and nobody has decided to leave that so. */
export const isRefused = (
  publication: Publication,
): publication is Extract<Publication, { readonly is: 'failed' }> =>
  publication.is === 'failed' && publication.left === undefined;

/** Whether it came down, or is to, so that another part takes its place. */
export const isReplaced = (publication: Publication): boolean =>
  (publication.is === 'removing' || publication.is === 'removed') && publication.instead !== undefined;

/** Whether it comes down so that another part is posted in its place, which is all one going out. */
export const makesRoom = (publication: Publication): boolean =>
  publication.is === 'removing' && publication.instead !== undefined;

/** Whether it is to make room for another, and cannot until its account is connected again. */
export const roomWaitsForAccount = (
  publication: Publication,
): publication is Extract<Publication, { readonly is: 'removing' }> & { readonly waits: string } =>
  publication.is === 'removing' && makesRoom(publication) && publication.waits === accountBlocked;

/** Why it did not leave while its account was blocked, once that is connected again. */
export const accountWasBlocked = 'account-was-blocked';

/** Whether a part waits because its account has to be connected again. */
export const waitsForAccount = (publication: Publication | undefined): boolean =>
  publication?.is === 'queued' && publication.lastReason === accountBlocked;

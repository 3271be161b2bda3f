import type { Refusal } from '../core/change.ts';
import type { Millis } from '../core/time.ts';
import type { Stopped } from '../dispatch/account.ts';
import type { Finding } from '../protocol/rule.ts';
import type { CorrectionField } from './correcting/correction-findings.ts';
import type { WhereNamed } from './writing/end-in-words.ts';
import type { AccountText } from './writing/plan.ts';
import type { Missed, Turned } from './post.ts';
import type { ReadMedium } from './writing/revision.ts';
import type { Dropped } from './correcting/standing.ts';

/** Every way in which posts say no, with the facts that its sentence needs. Person facts are person ids. */
export interface PostRefusals {
  /** nobody of the council by the protocol */
  'not-a-person': Record<never, never>;
  'unknown-post': { number: number };
  'may-not-propose': { department: string; may: readonly string[] };
  'no-department-yet': { departments: readonly string[] };
  'empty-text': Record<never, never>;
  /** all texts and descriptions of the post together */
  'too-much-written': { characters: number; most: number };
  /** its department is not in the protocol any more; who can choose another one */
  'department-gone': { department: string; may: readonly string[] };
  'no-accounts': Record<never, never>;
  /** the channel has no such list, or the channel was left out */
  'playlist-unknown': Record<never, never>;
  /** what was given is no address of a post that can be quoted */
  'not-quotable': Record<never, never>;
  'account-unknown': { account: string };
  /** GOV-1: the account is not this department's to post to */
  'account-not-yours': { account: string; departments: readonly string[] };
  /** nobody can say yet whether the post may go there */
  'department-first': { account: string; departments: readonly string[] };
  /** GOV-1 */
  'not-trained': { person: string; lastDay: string };
  'may-not-edit': { may: readonly string[] };
  'may-not-see': Record<never, never>;
  /** the post is no longer in a state in which this makes sense; `state` names the state */
  'not-now': { state: string; action: string };
  /**
   * it is leaving: `waits` are the accounts that all of the rest waits for; `correction`: it waits for other words that somebody
   * has asked for; `kept`: a hold keeps it back till then already; `untouched`: once it is held, all of it is open again
   */
  'on-its-way': {
    action: 'edit' | 'cancel' | 'schedule' | 'correct' | 'send-back' | 'refuse';
    number: number;
    waits: readonly string[];
    correction: boolean;
    kept: boolean;
    public: boolean;
    correctable: boolean;
    untouched: boolean;
  };
  /** what is public cannot be corrected before the rest has left, or will not: it is held, or `waits` on accounts */
  'rest-comes-first': { number: number; held: boolean; waits: readonly string[]; instead: Dropped };
  /** somebody has asked for other words: what did not go out is not sent again before that is decided */
  'correction-comes-first': Record<never, never>;
  blocked: { rules: readonly string[] };
  /** by what somebody typed for a post on its way: all that was found in that, which `read` is as it was looked at */
  'edit-blocked': {
    found: readonly Pick<Finding, keyof Finding>[];
    read: {
      texts: readonly Pick<AccountText, 'account' | 'text' | 'headline' | 'summary'>[];
      media: readonly ReadMedium[];
    };
  };
  /**
   * of what is public in part already, the rest cannot go on as it is; `instead`: the press by which it does not;
   * `corrects`: other words can be asked for, with which it can go out
   */
  'rest-stopped': { instead: Dropped; corrects: boolean };
  /** by what was typed, which `read` is as it was looked at */
  'correction-blocked': {
    found: Readonly<Record<CorrectionField, readonly Pick<Finding, keyof Finding>[]>>;
    read: Readonly<Record<Exclude<CorrectionField, 'descriptions'>, string>> & {
      readonly descriptions: readonly string[];
    };
  };
  /** what somebody asked to correct has come to be stopped by a rule: nobody can agree to it as it is */
  'correction-stopped': { by: string };
  /** it may not go out at the time that somebody wants, null: as soon as it is approved; `media` stand beside its words */
  'blocked-then': {
    at: Millis | null;
    media: number;
    found: readonly { code: string; facts: Readonly<Record<string, string | number>> }[];
    /** what of it whoever asks can put right: nobody changes the words of what has begun to leave */
    can: 'edit' | 'send-back' | 'ask' | 'nothing';
    /** whom they can ask to change it */
    ask: readonly string[];
    /** whether another time may do */
    byTime: boolean;
  };
  /** the protocol gives a stage that nobody can fulfil for this author */
  'nobody-can-decide': { stage: string; have: number };
  'edited-since': Record<never, never>;
  /** an old card was pressed: what somebody did with the post since; `all`, `stop` and `missed` say how it was held */
  'gone-on-since': {
    did:
      | 'changed'
      | 'held'
      | 'retimed'
      | 'sent-back'
      | 'asked-again'
      | 'department-chosen'
      | 'sent-first'
      | 'passed-on'
      | 'sent'
      | 'approved';
    by: string;
    at: Millis;
    all: boolean;
    stop?: Stopped;
    missed?: Missed;
  };
  /** an old card was pressed, and accounts of the post have come to be real, or to rehearse, since it was drawn */
  'accounts-turned': Turned;
  /** a part for the public would be posted on an account that rehearses now */
  'rehearses-now': { account: string };
  /** the same of a draft, which is not sent by what its card said before */
  'turned-unsent': Turned;
  /** the correction that was pressed is not the one that waits */
  'another-correction': { by: string; at: Millis };
  /** the correction that was pressed waits no more: who decided that, or took it back */
  'correction-settled': { did: 'agreed' | 'refused' | 'taken-back'; by: string; at: Millis };
  'own-work': { others: readonly string[] };
  /** they wrote it, so others say whether it goes out by decisions of people who may not make them any more */
  'own-work-let-out': { others: readonly string[]; mayAskAgain: boolean };
  'not-asked': { asked: readonly string[]; stage: string };
  /** the same of a correction, on which the approvers of a department decide, or the desk */
  'not-asked-to-agree': { asked: readonly string[]; department: string };
  'already-decided': Record<never, never>;
  /** `look`: what they pressed first was no decision, they passed it on */
  'somebody-was-first': { by: string; at: number | null; next: string; look?: boolean };
  /** POL-1: the approver has not said that the facts are right */
  'not-confirmed': Record<never, never>;
  /**
   * a note beside a press that lets it out, or corrects it; `at`: when it leaves, where that is not at once; `reads`: who
   * wrote it and reads the note, `here`: not all of them are away; `back`: they may send it back
   */
  'note-unread': {
    to: 'approve' | 'release' | 'pass-on' | 'agree';
    at: Millis | null;
    reads: readonly string[];
    here: boolean;
    back: boolean;
  };
  'note-needed': { for: 'send-back' | 'refuse' | 'refuse-correction' | 'not-posted' | 'not-taken-down' };
  'planned-time-passed': { at: Millis };
  'time-in-the-past': { at: Millis };
  'ends-before-it-goes-out': { until: Millis; when: Millis };
  /** its film is shown later than the post goes out */
  'ends-before-it-is-shown': { until: Millis; when: Millis };
  'end-passed': { until: Millis };
  /** the end that somebody wants for what stands has passed before anybody agreed */
  'new-end-passed': { until: Millis; by: string };
  /** `all`: they wanted to hold everything */
  'may-not-hold': { may: readonly string[]; all?: boolean };
  'nothing-to-hold': { state: string };
  /** it is out, and has to come down instead: who may take it down; `own`: whoever asked is one of them */
  'is-public': {
    action: 'cancel' | 'hold' | 'send-back' | 'refuse';
    state: string;
    may: readonly string[];
    own: boolean;
  };
  'may-not-remove': { may: readonly string[] };
  /** it is taken down already; there it stands still, or may; `stuck`: none of that comes down any more */
  'being-taken-down': { still: readonly string[]; perhaps: readonly string[]; stuck: boolean };
  'may-not-correct': { may: readonly string[] };
  'say-what-was-wrong': Record<never, never>;
  /** `agreed`: decided, and on its way; `own`: they asked for it themselves, and may take that back */
  'correction-waits-already': { by: string; agreed: boolean; own: boolean };
  /** one that `by` agreed to waits for these accounts, and ends there by a plain choice alone */
  'correction-would-end': { by: string; accounts: readonly string[] };
  /** the corrected text names this end, and the post would end at another time */
  'names-another-end': { end: Millis; where: WhereNamed; until: Millis };
  'nothing-changed': Record<never, never>;
  /** what these media show, by their place from 0, would be said nowhere: `again` are the accounts that could post it again */
  'described-nowhere': { media: readonly number[]; again: readonly string[] };
  'link-needed': Record<never, never>;
  /** what was posted by hand: where it stands, or that it has no address */
  'link-or-none': Record<never, never>;
  /** what is to be posted by hand was put right since the card was drawn */
  'new-words': Record<never, never>;
  /** what the card listed waits no more; these accounts have not taken it since */
  'refused-since': { accounts: readonly string[] };
  'settled-already': Record<never, never>;
  'too-many-pictures': { most: number };
}

export type PostRefusalCode = keyof PostRefusals;
export type PostRefusal = {
  [C in PostRefusalCode]: Refusal<C> & { readonly facts: PostRefusals[C] };
}[PostRefusalCode];

/** @returns the refusal with exactly the facts that its sentence needs */
export function refusePost<C extends PostRefusalCode>(
  code: C,
  facts: PostRefusals[C],
): Refusal<C> & { readonly facts: PostRefusals[C] } {
  return { refused: code, facts };
}

/** @returns whether it is what was typed for a correction that stands in its way */
export const isBlockedCorrection = (
  refusal: Refusal,
): refusal is Extract<PostRefusal, { readonly refused: 'correction-blocked' }> =>
  refusal.refused === 'correction-blocked';

/** @returns whether it is what was typed for a post on its way that stands in its way */
export const isBlockedEdit = (
  refusal: Refusal,
): refusal is Extract<PostRefusal, { readonly refused: 'edit-blocked' }> =>
  refusal.refused === 'edit-blocked';

/** @returns whether nobody would read the new description of a picture or video */
export const isDescribedNowhere = (
  refusal: Refusal,
): refusal is Extract<PostRefusal, { readonly refused: 'described-nowhere' }> =>
  refusal.refused === 'described-nowhere';

/** @returns whether it has to be said first if a post ends when its corrected text says */
export const isAnotherEnd = (
  refusal: Refusal,
): refusal is Extract<PostRefusal, { readonly refused: 'names-another-end' }> =>
  refusal.refused === 'names-another-end';

/** @returns whether somebody has gone on with the post since what was pressed was drawn */
export const isGoneOn = (
  refusal: Refusal,
): refusal is Extract<PostRefusal, { readonly refused: 'gone-on-since' }> =>
  refusal.refused === 'gone-on-since';

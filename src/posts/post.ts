import type { Review } from '../approval/review.ts';
import type { Stopped } from '../dispatch/account.ts';
import type { Publication, Tried } from '../dispatch/publication.ts';
import type { Ways } from '../dispatch/put-right.ts';
import type { Millis } from '../core/time.ts';
import type { Finding } from '../protocol/rule.ts';
import type { NetworkName, Protocol } from '../protocol/protocol.ts';
import type { Context } from '../core/context.ts';
import type { ByHandTask, MendedByHand } from './by-hand/done-by-hand.ts';
import type { Revision, PlannedTime } from './writing/revision.ts';

/** What exactly would go out, frozen when it is sent for approval. */
export interface Plan {
  /** over the renderer's version, every part's bytes and the accounts that rehearse */
  readonly hash: string;
  readonly renderer: string;
  readonly revision: number;
  readonly parts: readonly PlannedPart[];
  /** accounts for whose rehearsal it is, and not for the public; earlier releases did not note it */
  readonly rehearsed?: readonly string[];
  /**
   * accounts on which a correction leaves alone what stands there in public, and no rest of a post goes out, since they
   * rehearse; earlier releases did not note it
   */
  readonly outOfReach?: readonly string[];
  /** what has turned, and nobody has decided on since; absent once it is decided on as it is now */
  readonly turned?: Turned;
  /** it was decided on once accounts of it had turned: what has turned since has since that; earlier releases kept none */
  readonly decided?: true;
  /** what the same was before accounts of it turned, and which had by then, oldest first; earlier releases kept none */
  readonly before?: readonly { readonly hash: string; readonly turned: Turned }[];
}

/** Accounts that have come to be real, or to rehearse. */
export type Turned = Readonly<{
  real: readonly string[];
  rehearsed: readonly string[];
  /** what had turned, and is again what it was when the post was sent; earlier releases kept none */
  back?: readonly string[];
}>;

export interface PlannedPart {
  /** `<account>.<part>` */
  readonly key: string;
  readonly account: string;
  readonly network: NetworkName;
  /** the canonical JSON of a `PlanPart`: what is stored, hashed and handed to the network */
  readonly bytes: string;
  /** when its words were written, where a correction says them anew; earlier releases kept none */
  readonly at?: Millis;
  /** what a correction's reply gives as the right words, by their name, and in how many posts; earlier releases kept none */
  readonly says?: { readonly words: string; readonly posts: number };
}

/** Something on its way out or out: the frozen plan, who let it go, and each part's publication by part key. */
export interface Outgoing {
  readonly plan: Plan;
  /** the finished review */
  readonly review: Review;
  readonly decidedAt: Millis;
  readonly publications: Readonly<Record<string, Publication>>;
  /** when it was out before a correction of it began to leave */
  readonly was?: Millis;
}

/** A change to what is already public. One other person has to agree to it. */
export interface Correction {
  readonly revision: Revision;
  readonly plan: Plan;
  /** what was wrong, in words for the public */
  readonly what: string;
  /** what a reply under the old post says, as it was asked for; earlier releases kept it in the plan alone */
  readonly reply?: string;
  readonly by: string;
  readonly at: Millis;
  readonly review: Review;
  /** when a stop that had kept it waiting was lifted: nobody is late before */
  readonly resumedAt?: Millis;
  /** about the right words, when it was asked for */
  readonly findings: readonly Finding[];
  /** account id → how it is put right there; one that is not named is changed where it stands */
  readonly ways?: Ways;
  /** approved and on its way */
  readonly applied?: Applied;
}

/** What a correction has come to that somebody agreed to, until it is closed. */
export interface Applied {
  readonly by: string;
  readonly at: Millis;
  /** key of what changes or is posted → whether it stands */
  readonly parts: Readonly<Record<string, 'waiting' | 'done' | 'failed'>>;
  /** keys of what did not stand yet and got other words by it; earlier releases kept none */
  readonly anew?: readonly string[];
  /** key of what failed → the network's reason */
  readonly because?: Readonly<Record<string, string>>;
  /** key of what is not changed yet → why; it is tried again by itself */
  readonly waits?: Readonly<Record<string, string>>;
  /** key of what is being changed where it stands at this moment → by which attempt; earlier releases kept none */
  readonly underWay?: Readonly<Record<string, string>>;
  /** keys of what an attempt may have changed, though nobody can tell; earlier releases kept none */
  readonly unclear?: readonly string[];
  /** key of what is not changed yet → the attempts at that; earlier releases kept none */
  readonly tried?: Readonly<Record<string, Tried>>;
  /** it was held, and somebody let it go on: `rest`: of it, where some had been made before; earlier releases kept none */
  readonly letGo?: LetGo;
  /** when the first of it was made anywhere; earlier releases kept none */
  readonly made?: Millis;
  /** key of what was made of it → when; earlier releases kept none */
  readonly madeAt?: Readonly<Record<string, Millis>>;
  /** keys of what failed, and somebody decided to leave so; earlier releases put that in the place of the reason */
  readonly left?: readonly string[];
  /** nobody wants any more of it: what is under way is waited for, to say what came of that */
  readonly over?: true;
}

/** When what was held of a correction was let go on. */
interface LetGo {
  readonly at: Millis;
  readonly rest: boolean;
}

/** A correction that was agreed to and made nowhere, as the record keeps it. */
export interface MadeNowhere {
  readonly what: string;
  /** the words that were agreed to, of the last of them, where it was to change those; earlier releases kept none */
  readonly text?: string;
  readonly by: string;
  readonly askedAt: Millis;
  readonly approvedBy: string;
  /** when it was agreed to */
  readonly at: Millis;
  readonly review: Review;
  readonly ways?: Ways;
  /** account id → why it was not made there; empty where nobody gave a reason */
  readonly answers: Readonly<Record<string, string>>;
}

/** What is over without being out: `walked` is the walk of approvals that it was on, for whoever asks why; earlier releases kept none. */
interface Walked {
  readonly walked?: Review;
}

/** Where a post stands. What a state does not have can not be read from it. */
export type Status =
  | { readonly is: 'draft' }
  | { readonly is: 'sent-back'; readonly by: string; readonly at: Millis; readonly note: string }
  | { readonly is: 'in-review'; readonly review: Review; readonly plan: Plan }
  /** decided, and its time is not settled or its accounts have not begun: leaves as soon as a slot is free */
  | ({ readonly is: 'approved' } & Outgoing)
  | ({ readonly is: 'scheduled'; readonly for: PlannedTime } & Outgoing)
  | ({ readonly is: 'publishing' } & Outgoing)
  | ({ readonly is: 'published'; readonly at: Millis } & Outgoing)
  | ({ readonly is: 'partly-published'; readonly at: Millis } & Outgoing)
  | ({ readonly is: 'failed'; readonly at: Millis } & Outgoing)
  | ({
      readonly is: 'not-to-be-published';
      readonly by: string;
      readonly at: Millis;
      readonly note: string;
    } & Walked)
  | ({ readonly is: 'cancelled'; readonly by: string; readonly at: Millis } & Walked)
  | ({
      readonly is: 'expired';
      readonly at: Millis;
      readonly because: 'nobody-decided' | 'ended-before-it-went-out';
    } & Walked)
  /** stopped by one press; `review` is a fresh walk whose decisions release it; `out` is what had begun to leave */
  | {
      readonly is: 'held';
      readonly by: string;
      readonly at: Millis;
      readonly all: boolean;
      /** what had been stopped, where it was held by that; earlier releases kept none */
      readonly stop?: Stopped;
      /** where Crier held it since its time had passed */
      readonly missed?: Missed;
      /** where Crier held it since accounts of it had turned */
      readonly turned?: Turned;
      /** where Crier held the rest since a correction gave it words that too few have agreed to */
      readonly newWords?: true;
      readonly review: Review;
      readonly plan: Plan;
      readonly out?: Readonly<Record<string, Publication>>;
      /** when it was out before the correction that is held began to leave */
      readonly was?: Millis;
    }
  | ({ readonly is: 'taken-down'; readonly by: string; readonly takenDownAt: Millis } & Outgoing);

/**
 * The time at which an approved post was to leave, and why it did not: nothing goes out days late by itself. `not-taken`:
 * these accounts could not be reached, refused Crier or did not take it, by the reason of their networks.
 * `not-running-then`: it waited for its turn on this account as it passed, and nobody was at work for hours once that came.
 */
export type Missed = Readonly<
  { at: Millis } & (
    | { because: 'makers-gone' | 'not-running' }
    | { because: 'not-taken'; reason: string; accounts: readonly string[] }
    | { because: 'not-running-then'; account: string }
  )
>;

/** Who has approved a post that is still to leave, and may not any more; the desk is asked. */
export interface MakersGone {
  /** names the decisions that are meant */
  readonly decisions: string;
  readonly people: readonly string[];
  readonly at: Millis;
  readonly desk: readonly string[];
}

/** What somebody is asked to do by hand. */
export interface ByHand {
  readonly what: ByHandTask;
  /** who is asked now */
  readonly people: readonly string[];
  readonly since: Millis;
  /** how often they have been reminded */
  readonly reminders: number;
  /** the desk is to find out whether it was done, since the protocol lets none of them say so any more */
  readonly deskSays?: true;
  /** somebody said that it cannot be done: nobody is asked any more, and whoever may say that it is done still may */
  readonly cannot?: true;
}

/** A film of a part that began to be brought to its network, and that nobody outside has seen. */
export interface Brought {
  /** it is there though the post does not go out: why Crier could not delete it, and where, if that is known */
  readonly left?: { readonly because: string; readonly at: Millis; readonly url?: string };
}

/** A card that shows this post somewhere. `person:<id>` in their own chat, `channel:<department id or desk>` in a Teams channel, `thread` where it was typed. */
export interface Copy {
  /** cards in Teams channels that were left, of those used for the same: one of them may be used again */
  readonly left?: readonly NonNullable<Copy['posted']>[];
  readonly key: string;
  readonly to:
    | { readonly kind: 'person'; readonly person: string }
    | { readonly kind: 'teams-channel'; readonly of: string }
    /** the thread of a Teams channel or group chat in which it was typed */
    | { readonly kind: 'thread'; readonly conversationId: string; readonly serviceUrl: string };
  /** known once it was posted */
  readonly posted?: {
    readonly activityId: string;
    readonly conversationId: string;
    /** where Teams stood for it; earlier releases kept it with the person's chat alone, which may have moved since */
    readonly serviceUrl?: string;
    /** in a person's own chat: by which object id they were known then, since another one's chat is another's */
    readonly objectId?: string;
  };
  /** the `turn` of the post that it shows */
  readonly shown: number;
  /** person id → until when the form that they opened on it is left as it is; earlier releases kept none */
  readonly forms?: Readonly<Record<string, Millis>>;
  /** person id → what they were last answered on it beside the post; earlier releases kept none */
  readonly said?: Readonly<Record<string, AnswerOnCard>>;
  /** in somebody's own chat: what it asks them to decide, as a hash of what they read; earlier releases kept none */
  readonly asks?: string;
  /** nobody could be reached there */
  readonly unreachable?: true;
}

/** Words that answered somebody on a card of a post, for when it is drawn anew before they can have read them. */
export interface AnswerOnCard {
  readonly words: string;
  /** what they had typed there, by input id */
  readonly typed: Readonly<Record<string, string>>;
  /** the post's turn that it was about */
  readonly turn: number;
  readonly at: Millis;
}

/** Texts that an erasure took out of a post. */
export interface Erased {
  readonly clause: string;
  readonly at: Millis;
  readonly what: readonly ErasedText[];
}

/** What an erasure may take; `earlier`: what it said before it was corrected. */
export const erasedTexts = [
  'words',
  'earlier',
  'media',
  'descriptions',
  'captions',
  'notes',
  'corrections',
  'answers',
] as const;
export type ErasedText = (typeof erasedTexts)[number];

/** What a post said before a correction put other words in their place: those that it changed, by their names in the record. */
export interface Earlier {
  /** who had written them */
  readonly by: string;
  /** when the correction was made */
  readonly at: Millis;
  readonly texts: Readonly<Record<string, string>>;
  /** no account had taken the words that took their place when that correction came to its end; earlier releases kept none */
  readonly inVain?: true;
}

/** What changes by others than its author leave behind beside the words: the desk's, and those of its service. */
export interface DeskChanged {
  /** each of them once, with their latest change, oldest first */
  readonly by: readonly { readonly person: string; readonly at: Millis }[];
  /** the time that the service last chose; absent: as soon as it is approved */
  readonly serviceMeant?: PlannedTime;
}

/** One thing that somebody did with a post before it was public, did by hand, or held what was on its way. */
export type Step = { readonly by: string; readonly at: Millis } & (
  | { readonly did: 'changed' | 'retimed' }
  /** with what they wrote to that; earlier releases kept none */
  | { readonly did: 'passed-on' | 'approved'; readonly note?: string }
  /** what somebody wrote as they agreed to a correction, which is told with what it corrected */
  | { readonly did: 'agreed'; readonly note: string }
  | {
      readonly did: 'held';
      readonly all: boolean;
      readonly stop?: Stopped;
      readonly missed?: Missed;
      readonly turned?: Turned;
      readonly newWords?: true;
      /** nothing was left to hold, so that nobody was asked then; earlier releases did not say so */
      readonly ahead?: true;
    }
  | { readonly did: 'sent-back'; readonly note: string }
  /** `people` had approved it and might not any more: somebody let it out all the same, or asked for approval again */
  | { readonly did: 'let-out' | 'asked-again'; readonly people: readonly string[] }
  /** another department was chosen for it, since the one before is not in the protocol any more */
  | { readonly did: 'department-chosen'; readonly from: string; readonly to: string }
  /**
   * what somebody said of what was asked for by hand; `asked`: of them; `cannot`: that it cannot be changed, and not only
   * that it has not been, which earlier releases did not tell apart
   */
  | {
      readonly did: 'by-hand';
      readonly part: string;
      readonly what: ByHand['what'];
      readonly done: boolean;
      readonly asked: boolean;
      readonly cannot?: true;
      readonly note?: string;
    }
  /** what somebody had said of a post by hand was put right: where it stands, or that it was not posted */
  | { readonly did: 'by-hand-mended'; readonly part: string; readonly how: MendedByHand }
  /**
   * what accounts did not take, of the post or of a correction, was left so; `unsent`: on these of them nothing was refused,
   * since Crier was not working or nobody could tell whether it is there; earlier releases kept neither
   */
  | {
      readonly did: 'left-as-it-is';
      readonly accounts: readonly string[];
      readonly unsent?: readonly string[];
      /** the part of which nobody could tell whether it is there; earlier releases did not keep it */
      readonly unclear?: string;
    }
  /** what had not gone out was to be tried again, and why each of it had not; earlier releases did not keep it */
  | {
      readonly did: 'tried-again';
      readonly parts: readonly string[];
      readonly missed: Readonly<Record<string, { readonly reason: string; readonly at: Millis }>>;
    }
);

export interface PostState {
  readonly id: string;
  /** the short number that people say */
  readonly number: number;
  /** absent until the author has said for which department */
  readonly department?: string;
  readonly author: string;
  readonly createdAt: Millis;
  readonly changedAt: Millis;
  /** grows with every change that a card shows */
  readonly turn: number;
  readonly revision: Revision;
  /** the hash of the words by which it was proposed, with all that they told Crier: a changed message says others */
  readonly typed?: string;
  /** when it should go out; absent: as soon as it is approved. Changing it is a decision of its own, not a new revision */
  readonly when?: PlannedTime;
  /** what its author last wrote, once somebody else has edited it: for the word-by-word difference */
  readonly serviceWrote?: Revision;
  /** who else has changed it, mostly of the desk, and when the service meant it to go out; earlier releases kept neither */
  readonly deskChanged?: DeskChanged;
  /** what was done with it and the rest of its state tells no more, oldest first; earlier releases kept none */
  readonly past?: readonly Step[];
  readonly findings: readonly Finding[];
  /** the protocol under which the findings were found when it was last sent; the same one finds the same again */
  readonly checkedUnder?: string;
  readonly status: Status;
  readonly correction?: Correction;
  /** corrections that stand, oldest first */
  readonly corrected: readonly {
    readonly what: string;
    readonly at: Millis;
    readonly by: string;
    readonly approvedBy: string;
    /** the walk on which it was agreed to; earlier releases kept none */
    readonly review?: Review;
    readonly letGo?: LetGo;
    /** when the first of it was made anywhere; earlier releases kept none */
    readonly made?: Millis;
    /** account id → when it was made there, the last of it; earlier releases kept none */
    readonly madeOn?: Readonly<Record<string, Millis>>;
    /** account id → why it was not made there, as of `MadeNowhere`, be it that somebody did by hand since; earlier releases kept none */
    readonly answers?: MadeNowhere['answers'];
    /** accounts on which the card below the post still leads where the link led before */
    readonly cardsKept?: readonly string[];
    readonly ways?: Ways;
  }[];
  /** what it said before each of them, oldest first; earlier releases kept none */
  readonly earlier?: readonly Earlier[];
  /** corrections that were agreed to and made nowhere, oldest first; earlier releases kept none */
  readonly madeNowhere?: readonly MadeNowhere[];
  /** the last correction that was asked for was not agreed to; what stands stays */
  readonly correctionRefused?: {
    readonly by: string;
    readonly at: Millis;
    readonly note: string;
    /** the walk as it was by then; earlier releases kept none */
    readonly review?: Review;
  };
  /** those that were not agreed to before another was asked for, oldest first, without what was written to them; earlier releases kept none */
  readonly correctionsRefused?: readonly {
    readonly by: string;
    readonly at: Millis;
    readonly review?: Review;
  }[];
  /** the last correction that its writer took back before it was agreed to; earlier releases kept none */
  readonly correctionTakenBack?: { readonly by: string; readonly at: Millis; readonly review: Review };
  /** who had asked for a correction that waited when the post was taken down, when, and what was wrong: nobody decides on it any more */
  readonly correctionOver?: { readonly by: string; readonly at: Millis; readonly what: string };
  /** what had not gone out yet of a held post is not to go out, though the rest of it stands */
  readonly restRefused?: {
    readonly by: string;
    readonly at: Millis;
    readonly note: string;
    /** all of it was public already: what is not to go on is a correction of it */
    readonly only?: 'correction';
  };
  /** parts on which the last correction could not be made, so that the old words stand there */
  readonly notCorrected?: readonly string[];
  /** the network's reason for each of them that gave one */
  readonly notCorrectedBecause?: Readonly<Record<string, string>>;
  /** the words that were agreed to, and whose, where the last correction was made nowhere: to be put there by hand; earlier releases kept none */
  readonly notMade?: {
    readonly by: string;
    readonly text: string;
    /** beside the text, those that it was to change, by their names in the record; earlier releases kept none */
    readonly others?: Readonly<Record<string, string>>;
  };
  /**
   * an emergency that is on its way: since when it is, and who has heard that it is not out everywhere; earlier releases
   * kept none
   */
  readonly onItsWay?: { readonly since: Millis; readonly told?: readonly string[] };
  /** who has heard that an emergency is not out, and has not heard how that ended; earlier releases kept none */
  readonly hearEnd?: readonly string[];
  readonly copies: readonly Copy[];
  readonly makersGone?: MakersGone;
  /** who hears that nobody who is asked is here: its writer, the desk, and who is above it; absent: somebody is */
  readonly allAway?: readonly string[];
  /** the protocol under which it was seen who is asked, that it may leave, or who writes on; absent while nothing is awaited */
  readonly askedUnder?: string;
  /** whose step is the next where nobody's decision is; earlier releases kept only those who can choose another department */
  readonly goesOnWith?: readonly string[];
  /** the desk lets it go out all the same */
  readonly vouched?: { readonly decisions: string; readonly by: string; readonly at: Millis };
  /** what was taken out of it, under which clause, oldest first */
  readonly erased?: readonly Erased[];
  /** part key → its film, from when it is brought until it is seen or deleted there; earlier releases kept none */
  readonly brought?: Readonly<Record<string, Brought>>;
  /** part key → what a person is asked to do there, where no machine can */
  readonly byHand?: Readonly<Record<string, ByHand>>;
  /** part key → what a person had been asked to post or change before it was held or given up: they may have done so before they heard of that */
  readonly wasByHand?: Readonly<Record<string, ByHand>>;
}

/** What a post's decisions may know: the protocol in force, and until when people are away. */
export interface DeskRules extends Protocol {
  /** person id → until when they are away */
  readonly away: Readonly<Record<string, Millis>>;
}

export type PostContext = Context<DeskRules>;

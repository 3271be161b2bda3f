import type { Millis } from '../core/time.ts';
import type { NetworkName } from '../protocol/protocol.ts';

/** One part of a frozen plan as it goes to one account. Its canonical bytes are stored; networks get those, parsed. */
export interface PlanPart {
  /** account id in the protocol */
  readonly account: string;
  readonly network: NetworkName;
  /** 0 for the only or first part */
  readonly part: number;
  readonly text: string;
  /** the website's heading, and the title of a video on YouTube and Facebook */
  readonly headline?: string;
  /** the website's alone */
  readonly summary?: string;
  readonly media: readonly PlanMedium[];
  /** after this instant the post no longer stands */
  readonly endsAt?: Millis;
  /** department short name, for the website's byline */
  readonly from: string;
  /** YouTube's alone: the post goes to the council's own site too, so that there is a page to link to */
  readonly onWebsite?: true;
  /**
   * Where the part before stands. Dispatch adds it when the part is about to leave and when it is looked for:
   * nobody knows it when a plan is frozen, so it is never among the stored bytes. Every part but the first needs it.
   */
  readonly replyTo?: Remote;
  /** a post on the same network that is shown within this one */
  readonly quote?: Remote;
  /** how its video stands there; absent where there is none, or the network asks nothing */
  readonly video?: PlanVideo;
  /** the card of a link in the text, where the network takes it from us; never beside media */
  readonly linkCard?: PlanLinkCard;
}

/** What the page behind a link said of itself when the post was written. */
export interface PlanLinkCard {
  /** where it leads: the address in the text, with its tags */
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  /** `hash` is the key in the media store */
  readonly picture?: { readonly hash: string; readonly contentType: 'image/jpeg' };
}

export interface PlanMedium {
  /** SHA-256 of the stored bytes, base64url; the key in the media store */
  readonly hash: string;
  readonly contentType: string;
  readonly alt: string;
  /** a video's alone, in pixels, where the network asks for its shape */
  readonly size?: { readonly width: number; readonly height: number };
  /** a video's alone: what is said in it, for those who do not hear it */
  readonly captions?: PlanCaptions;
}

/** A file of captions, or captions that are part of the moving picture. */
export type PlanCaptions =
  | {
      readonly as: 'file';
      readonly hash: string;
      readonly contentType: 'text/vtt' | 'application/x-subrip';
      /** as BCP 47 writes it, such as `en-GB` */
      readonly language: string;
    }
  | { readonly as: 'burned-in' };

/** Who sees a video, where its network lets one choose. */
export const privacies = ['public', 'unlisted', 'private'] as const;

/** How a video stands on its network, where the network lets one choose. */
export interface PlanVideo {
  /** the network's id of the list it goes into, which is also how an audience finds it */
  readonly playlist?: string;
  readonly madeForKids: boolean;
  readonly privacy: (typeof privacies)[number];
  /** it is shown from then on, and brought there before; it says nothing of one that only we can see */
  readonly publishAt?: Millis;
}

/** What a publication is called outside: stable over every attempt. */
export interface PublicationKey {
  /** `<post id>.<account>.<part>` hashed into an id; where a network has an idempotency key, it is derived from this */
  readonly id: string;
  readonly post: string;
  /** the people's number, such as 142 */
  readonly number: number;
  /**
   * When it was to leave, the same over every attempt and before the first of them; absent while nothing is
   * decided. A network that keeps a time of ours with the post keeps this one, so that a repeat is the same to the
   * byte.
   */
  readonly begun?: Millis;
  /** it was agreed to for the account's rehearsal, whatever the account is by now; absent: for the public */
  readonly rehearsed?: true;
}

export interface Remote {
  readonly remoteId: string;
  readonly url: string;
}

/** What stands in a rehearsal is told from what stands on a network by the beginning of its id. */
export const rehearsedMark = 'rehearsed-';
/** Whether something stands in a rehearsal alone, where nobody outside sees it. */
export const isRehearsed = ({ remoteId }: Remote): boolean => remoteId.startsWith(rehearsedMark);

/** Why something is not done on an account that rehearses: it stands in public, or was agreed to for the public. */
export const rehearses = 'rehearses';
export const rehearsesSince = 'rehearses-since';

/** Where something is that was brought; `seen`: somebody lets others see it by the network's own means, or has planned that: it is theirs. */
export interface BroughtThere extends Remote {
  readonly seen?: true;
}

/** How many posts a network still takes before its window opens anew. */
export interface PostsLeft {
  readonly left: number;
  readonly until: Millis;
}

/** What came of asking a network to do something; the classes of the facts on publishing once. */
export type PublishOutcome =
  /** `left`: where the network tells that with what it takes */
  | { readonly outcome: 'published'; readonly remote: Remote; readonly left?: PostsLeft }
  /** certainly not done; may be tried again after so many milliseconds */
  | { readonly outcome: 'retry'; readonly after: Millis; readonly reason: string }
  /** certainly not done, and never will be like this; `reason` is a short code for `words/` */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** nobody can tell from here: time-out, reset, cut-off body, 5xx */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /** no machine does this: a person is asked to, and says when it is done */
  | { readonly outcome: 'asked' };

/** Where something stands that may be ours; `at`: since when, where the network tells. */
export interface Found extends Remote {
  readonly at?: Millis;
}

export type FindOutcome =
  /** everything that may be ours, the oldest first; what another publication has claimed is left to the caller */
  | { readonly found: true; readonly remotes: readonly Found[] }
  /** `goesOn`: nothing stands, and publishing again goes on where it broke off, so that it can make no second one */
  | { readonly found: false; readonly goesOn?: true }
  /** this network, or this moment, gives no way to look */
  | { readonly found: 'cannot-look'; readonly lookAt?: string };

/** Whether a post stands still; `unseen`: this network, or this moment, does not tell. */
export type Standing = 'there' | 'gone' | 'unseen';

/** The reason of a refusal that no post gets past until somebody connects the account again: the token is dead. */
export const accountBlocked = 'account-blocked';

/** The reason of an attempt of which nobody can tell whether it came to anything. */
export const noClearAnswer = 'no-clear-answer';

/** Reasons to wait that hold for every post on the account; any other is about the one post that was to leave. */
export const accountWaits: readonly string[] = ['busy', 'quota-spent', 'not-reached'];

/** Reasons to come again that say when, or that something goes on, or were ours: the network has not failed to take it. */
const comesAgain = [
  'busy',
  'quota-spent',
  'upload-goes-on',
  'shown-later',
  'no-longer-permitted',
  'out-of-time',
  'again',
];

/** Whether a network was to take something and did not, for a reason of which nobody knows when it ends. */
export const isNotTaken = (reason: string): boolean => !comesAgain.includes(reason);

/** What one post may be on a network, so that the composer can say it before anybody approves. */
export interface Limits {
  /** most of a text, by the network's own count */
  readonly text: number;
  readonly pictures: {
    readonly least: number;
    readonly most: number;
    /** of one picture */
    readonly bytes: number;
    readonly contentTypes: readonly string[];
    /** most of an alternative text, in UTF-16 units */
    readonly alt: number;
    /** narrowest and widest shape, width over height; absent where any will do */
    readonly shape?: { readonly narrowest: number; readonly widest: number };
  };
}

/** What a network cannot do; `words/` says each in a sentence. */
export type Cannot = 'edit' | 'remove' | 'thread' | 'quote' | 'link' | 'text-alone';

/** How a post is doing; what a network does not tell is absent. */
export interface Measures {
  readonly likes?: number;
  readonly shares?: number;
  readonly replies?: number;
  readonly views?: number;
}

/** What a harmless read of an account tells: that it is connected, and how it stands. */
export type AccountRead =
  | {
      readonly read: true;
      /** as the network names it */
      readonly name: string;
      readonly followers?: number;
      /** how many posts the network takes in its present window, where it tells */
      readonly left?: number;
      /** when our access ends; absent where the network did not tell */
      readonly expires?: Millis | 'never';
    }
  /** `reason` is a short code as those of outcomes are */
  | { readonly read: false; readonly reason: string };

/** A post on the account as the network lists it, whoever put it there. */
export interface ListedPost {
  readonly remote: Remote;
  readonly at: Millis;
  /** its first words, no more: see `opening` */
  readonly words: string;
  /** not public yet: the network lets it out at `at` */
  readonly planned?: true;
}

/** The adapter for a kind of place. Calls never retry by themselves; each obeys the abort signal. */
export interface Network {
  readonly name: NetworkName;
  /** whether `find` can always tell, so that no person is ever asked */
  readonly canLookUp: boolean;
  readonly publish: (part: PlanPart, key: PublicationKey, signal: AbortSignal) => Promise<PublishOutcome>;
  /**
   * Brings what is to be shown later, so that nobody sees it; publishing goes on from there. The network is never told
   * the time: a stop must take it away without a request, and whatever the network does by itself nobody holds.
   * Undefined once all of it is there; absent where nothing can be brought before.
   */
  readonly prepare?: (
    part: PlanPart,
    key: PublicationKey,
    signal: AbortSignal,
  ) => Promise<PublishOutcome | undefined>;
  /**
   * Where something of a publication is that was brought there and that Crier has not shown, be it that the post never
   * comes: removing it deletes it. Undefined where there is none; an outcome where that cannot be told, be it yet; absent
   * where the network keeps nothing of the kind.
   */
  readonly unseen?: (
    key: PublicationKey,
    signal: AbortSignal,
  ) => Promise<BroughtThere | PublishOutcome | undefined>;
  /** looks for what an attempt since `since` may have posted */
  readonly find: (
    part: PlanPart,
    key: PublicationKey,
    since: Millis,
    signal: AbortSignal,
  ) => Promise<FindOutcome>;
  readonly remove: (remote: Remote, key: PublicationKey, signal: AbortSignal) => Promise<PublishOutcome>;
  /** looks whether a post stands of which nobody can tell whether it was taken down */
  readonly stands: (remote: Remote, key: PublicationKey, signal: AbortSignal) => Promise<Standing>;
  /** puts a corrected part in the place of what stands; absent where the network cannot */
  readonly edit?: (
    remote: Remote,
    part: PlanPart,
    key: PublicationKey,
    note: string,
    signal: AbortSignal,
  ) => Promise<PublishOutcome>;
  /** the network's id of a post in a link to it that a person gave; undefined for any other link */
  readonly idIn?: (link: string) => string | undefined;
  readonly limits?: Limits;
  readonly cannot?: readonly Cannot[];
  /** reads the account itself: after connecting it, and for reports */
  readonly account?: (signal: AbortSignal) => Promise<AccountRead>;
  /**
   * The account's own posts since then, and those that are planned in the network's own tool where they can be read:
   * never answers, nor what others wrote. Bounded in what it costs: the newest hundred at most. Undefined when they
   * can not be read now.
   */
  readonly recent?: (since: Millis, signal: AbortSignal) => Promise<readonly ListedPost[] | undefined>;
  /** how a post is doing, for reports; undefined when it is gone or cannot be read now */
  readonly measure?: (remote: Remote, signal: AbortSignal) => Promise<Measures | undefined>;
}

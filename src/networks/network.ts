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
  /** website only */
  readonly headline?: string;
  readonly summary?: string;
  readonly media: readonly PlanMedium[];
  /** after this instant the post no longer stands */
  readonly endsAt?: Millis;
  /** department short name, for the website's byline */
  readonly from: string;
}

export interface PlanMedium {
  /** SHA-256 of the stored bytes, base64url; the key in the media store */
  readonly hash: string;
  readonly contentType: string;
  readonly alt: string;
}

/** What a publication is called outside: stable over every attempt. */
export interface PublicationKey {
  /** `<post id>.<account>.<part>` hashed into an id; where a network has an idempotency key, it is derived from this */
  readonly id: string;
  readonly post: string;
  /** the people's number, such as 142 */
  readonly number: number;
}

export interface Remote {
  readonly remoteId: string;
  readonly url: string;
}

/** What came of asking a network to do something; the classes of the facts on publishing once. */
export type PublishOutcome =
  | { readonly outcome: 'published'; readonly remote: Remote }
  /** certainly not done; may be tried again after so many milliseconds */
  | { readonly outcome: 'retry'; readonly after: Millis; readonly reason: string }
  /** certainly not done, and never will be like this; `reason` is a short code for `words/` */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** nobody can tell from here: time-out, reset, cut-off body, 5xx */
  | { readonly outcome: 'unknown'; readonly reason: string };

export type FindOutcome =
  /** everything that may be ours, the oldest first; what another publication has claimed is left to the caller */
  | { readonly found: true; readonly remotes: readonly Remote[] }
  | { readonly found: false }
  /** this network, or this moment, gives no way to look */
  | { readonly found: 'cannot-look'; readonly lookAt?: string };

/** The adapter for a kind of place. Calls never retry by themselves; each obeys the abort signal. */
export interface Network {
  readonly name: NetworkName;
  /** whether `find` can always tell, so that no person is ever asked */
  readonly canLookUp: boolean;
  readonly publish: (part: PlanPart, key: PublicationKey, signal: AbortSignal) => Promise<PublishOutcome>;
  /** looks for what an attempt since `since` may have posted */
  readonly find: (
    part: PlanPart,
    key: PublicationKey,
    since: Millis,
    signal: AbortSignal,
  ) => Promise<FindOutcome>;
  readonly remove: (remote: Remote, key: PublicationKey, signal: AbortSignal) => Promise<PublishOutcome>;
  /** puts a corrected part in the place of what stands; absent where the network cannot */
  readonly edit?: (
    remote: Remote,
    part: PlanPart,
    key: PublicationKey,
    note: string,
    signal: AbortSignal,
  ) => Promise<PublishOutcome>;
}

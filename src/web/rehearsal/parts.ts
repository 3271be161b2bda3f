import type { Executor } from '../../core/execute.ts';
import type { Millis } from '../../core/time.ts';
import type { Log } from '../../logging.ts';
import type { Role } from '../../protocol/people.ts';
import type { Protocol } from '../../protocol/protocol.ts';

/** A person of the protocol as the rehearsal plays them. */
export interface Player {
  /** our id */
  readonly person: string;
  readonly name: string;
  readonly userPrincipalName: string;
  /** the same object id that the simulator gives them, where it knows them */
  readonly objectId: string;
}

/** One of the people whom the page lists, and what they are in the protocol. */
export interface PlayerView {
  readonly person: string;
  readonly name: string;
  readonly parts: readonly PartView[];
}

/** What somebody is in one place: `Highways`, `approver` and `lead`. */
export interface PartView {
  readonly of: string;
  readonly roles: readonly Role['role'][];
}

/** What somebody sent and was not taken: why, by which field, and what they had typed. */
export interface NotTaken {
  readonly words: string;
  readonly field: 'text' | 'files';
  readonly text: string;
}

/** One entry of a rehearsal account's timeline. */
export interface TimelineEntry {
  readonly id: string;
  readonly account: string;
  readonly text: string;
  readonly title?: string;
  readonly note?: string;
  readonly media: readonly { readonly hash: string; readonly contentType: string; readonly alt: string }[];
  readonly at: Millis;
  readonly changedAt?: Millis | undefined;
  readonly removedAt?: Millis | undefined;
}

/** Reads and writes what rehearsal accounts published. */
export interface Timelines {
  readonly entries: (account: string, since: Millis) => Promise<readonly TimelineEntry[]>;
}

/** What the rehearsal's pages and doors stand on. */
export interface RehearsalParts {
  readonly log: Log;
  readonly executor: Executor;
  readonly timelines: Timelines;
  readonly protocol: () => Protocol;
  readonly players: readonly Player[];
  readonly clock: () => Millis;
  readonly randomId: () => string;
  /** the port that Crier listens on, once it does */
  readonly port: () => number;
  /** where Crier is reached on this machine, without a slash at the end */
  readonly origin: () => string;
  /** with what the addresses of Crier's own pictures begin */
  readonly publicUrl: () => string;
  /** where the simulator's page is */
  readonly simulatorUrl: string;
}

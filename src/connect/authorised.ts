import type { AccountRead } from '../networks/network.ts';
import type { Connectable, Given } from '../networks/connectable.ts';
import type { AccountEntry } from '../protocol/protocol.ts';
import type { Return } from './consent.ts';
import type { Terminal } from './terminal.ts';

/** What an authorisation gave. */
export interface Authorised<N extends Connectable = Connectable> {
  /** by the last part of each variable's name */
  readonly variables: Given<N>;
  /** parts of the names of those that must not be seen */
  readonly secret: readonly string[];
  /** a harmless read of the account with what was given, by the network's own adapter */
  readonly read: (signal: AbortSignal) => Promise<AccountRead>;
  /** what can be sealed in the store in the place of what the variables hold, for the networks where that is read */
  readonly sealable?: Sealable;
}

/** Tokens as the store keeps them, beside the variable that they take the place of. */
export type Sealable =
  | {
      readonly of: 'x';
      readonly insteadOf: 'REFRESH_TOKEN';
      readonly tokens: {
        readonly accessToken: string;
        readonly refreshToken: string;
        readonly until: number;
      };
    }
  | { readonly of: 'meta'; readonly insteadOf: 'PAGE_TOKEN'; readonly token: string };

/** What an authorisation stands on. */
export interface ConnectParts {
  readonly terminal: Terminal;
  readonly account: AccountEntry;
  /** how the answer comes back where the network lets it come to this machine */
  readonly back: Return;
  readonly clock: () => number;
  /** of Meta's Graph API, where the council pins another than the one that this release was written for */
  readonly graphVersion?: string;
}

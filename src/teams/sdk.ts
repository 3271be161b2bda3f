import type { ConnectorClient } from 'botframework-connector';
import type { Activity } from './activity.ts';
import type { Authenticated } from './authenticate.ts';

/** What Crier takes from Microsoft's SDK: the way to Teams, and whether what comes is from there. */
export interface TeamsSdk {
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly authenticate: (activity: Activity, authorization: string | undefined) => Promise<Authenticated>;
  /** Crier's own token for a connector; undefined in rehearsal. @throws when it cannot be had */
  readonly tokenOf: (connector: ConnectorClient) => Promise<string | undefined>;
}

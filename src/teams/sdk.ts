import type { Activity } from './activity-form.ts';
import type { Authenticated } from './authenticate.ts';

/** What Crier takes from Microsoft's SDK: whether what comes is from Teams, and what Crier says who it is with. */
export interface TeamsSdk {
  readonly authenticate: (activity: Activity, authorization: string | undefined) => Promise<Authenticated>;
  /** Crier's own token for the connector. @throws when it cannot be had */
  readonly token: (serviceUrl: string) => Promise<string>;
}

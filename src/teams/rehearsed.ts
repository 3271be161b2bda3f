import { ConnectorClient } from 'botframework-connector/lib/connectorApi/connectorClient.js';
import type { TeamsSdk } from './sdk.ts';

/**
 * The way to the simulator of a rehearsal. Of the SDK it needs the connector's client alone: nobody signs in, and
 * what comes is checked by where it comes from, before it is an activity at all.
 */
export function rehearsedTeams(): TeamsSdk {
  const nobody: ConstructorParameters<typeof ConnectorClient>[0] = {
    signRequest: async (request) => await Promise.resolve(request),
  };
  return {
    connectorFor: async (serviceUrl) =>
      await Promise.resolve(new ConnectorClient(nobody, { baseUri: serviceUrl })),
    authenticate: async () => await Promise.resolve({ trusted: true }),
    tokenOf: async () => await Promise.resolve(undefined),
  };
}

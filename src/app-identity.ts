import type { TokenCredential } from '@azure/identity';
import type { TeamsConfig } from './config.ts';

/** The app's registration with Microsoft, which is also who Crier is in Azure. */
export type AppRegistration = Extract<TeamsConfig, { readonly mode: 'production' }>;

/**
 * Who we are in Azure: the app itself, by its secret or its managed identity. The vendor's client is loaded here
 * alone: most councils do without, and it costs a start and its memory.
 */
export async function appIdentity(teams: AppRegistration): Promise<TokenCredential> {
  const { ClientSecretCredential, ManagedIdentityCredential } = await import('@azure/identity');
  const retryOptions = { maxRetries: 2 };
  return teams.appType === 'SingleTenant'
    ? new ClientSecretCredential(teams.tenantId, teams.appId, teams.password, { retryOptions })
    : new ManagedIdentityCredential({ clientId: teams.appId, retryOptions });
}

/** Whether the fault is that Azure did not let the app in at all, and not what it may do there. */
export const isNotLetIn = (faultName: string): boolean =>
  /^(Authentication|CredentialUnavailable|AggregateAuthentication)/u.test(faultName);

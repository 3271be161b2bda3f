import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
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

/** Why Azure gave nothing: it did not let the app in at all, the app may not do this there, or nobody answered. */
export type AzureFault = 'not-let-in' | 'forbidden' | 'not-reached';

const faultSchema = z.object({ name: z.string().optional(), statusCode: z.number().optional() });

/** @returns the status that a fault of a vendor's client holds; undefined where there was no answer */
export const statusOf = (fault: unknown): number | undefined => faultSchema.safeParse(fault).data?.statusCode;

/**
 * What a fault of a vendor's client comes to. What the client itself says can hold names and addresses of the
 * directory: it goes no further than this.
 */
export function azureFault(fault: unknown): AzureFault {
  const { name = '', statusCode } = faultSchema.safeParse(fault).data ?? {};
  if (/^(Authentication|CredentialUnavailable|AggregateAuthentication)/u.test(name)) return 'not-let-in';
  return statusCode === 401 || statusCode === 403 ? 'forbidden' : 'not-reached';
}

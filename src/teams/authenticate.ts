import { verify } from 'node:crypto';
import { AuthenticationError, type BotFrameworkAuthentication } from 'botframework-connector';
import { OpenIdMetadata } from 'botframework-connector/lib/auth/openIdMetadata.js';
import type { Activity as SdkActivity } from 'botframework-schema';
import { z } from 'zod';
import { seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { tenantsOf, type Activity } from './activity-form.ts';

/** Whether an activity comes from Teams and from the council's own tenant. Whoever is refused is told nothing else. */
export type Authenticated =
  { readonly trusted: true } | { readonly trusted: false; readonly status: 401 | 503 };

export interface AuthenticateParts {
  readonly authentication: BotFrameworkAuthentication;
  readonly appId: string;
  readonly tenantId: string;
  readonly issuer: string;
  /** where the keys of whoever signs are named */
  readonly metadataUrl: string;
  readonly clock: () => Millis;
  readonly log: Log;
  /** how long the keys may take to come */
  readonly deadline?: Millis;
}

/** How far another clock may be off, as the Bot Framework says. */
const tolerance = 5 * 60;
/** The only place activities may come from; another channel would be checked by other, weaker rules. */
const channel = 'msteams';

const headerSchema = z.object({
  // Anything else, `none` and the symmetric ones above all, would let a sender make up their own signature.
  alg: z.enum(['RS256', 'RS384', 'RS512']),
  kid: z.string().min(1),
});
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  serviceurl: z.string(),
  tid: z.string().optional(),
});

function part<T>(schema: z.ZodType<T>, encoded: string | undefined): T | undefined {
  if (encoded === undefined || !/^[A-Za-z0-9_-]+$/.test(encoded)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return schema.safeParse(value).data;
  } catch {
    return undefined;
  }
}

function signed(
  [header = '', claims = '', signature = '']: readonly string[],
  alg: string,
  key: string,
): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return verify(alg.replace('RS', 'sha'), Buffer.from(`${header}.${claims}`), key, bytes);
}

/** The SDK looks at where an activity comes from, and at nothing else of it. */
function asSdkKnowsIt({ type, channelId, serviceUrl }: Activity): SdkActivity {
  const nobody = { id: '', name: '' };
  return {
    type,
    channelId,
    serviceUrl,
    from: nobody,
    recipient: nobody,
    conversation: { id: '', name: '', isGroup: false, conversationType: '' },
    text: '',
    label: '',
    valueType: '',
    localTimezone: '',
    callerId: '',
    listenFor: [],
  };
}

class OutOfTime extends Error {}

async function inTime<T>(work: Promise<T>, deadline: Millis): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime('the keys did not come in time')), deadline);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Checks the token of every activity. First what a token says is compared, so that nonsense costs no call; then
 * the key must be one that Microsoft names and endorses for Teams (its SDK lets a key without any endorsement
 * pass); then the SDK verifies the signature. Every fault of a token is a plain 401; 503 means that the keys
 * could not be had, so that Teams sends the activity again.
 */
export function createAuthenticate(
  parts: AuthenticateParts,
): (activity: Activity, authorization: string | undefined) => Promise<Authenticated> {
  const { authentication, appId, tenantId, issuer, clock, log, deadline = seconds(10) } = parts;
  const metadata = new OpenIdMetadata(parts.metadataUrl);

  const refused = (code: string): Authenticated => {
    log.warn('refused an activity for its token', { code });
    return { trusted: false, status: 401 };
  };
  const outage = (fault: unknown): Authenticated => {
    log.fault('could not get the keys that tokens are checked with', fault);
    return { trusted: false, status: 503 };
  };

  return async (activity, authorization) => {
    const token = /^Bearer ([^\s]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined || authorization === undefined) return refused('none');
    const pieces = token.split('.');
    const header = part(headerSchema, pieces[0]);
    const claims = part(claimsSchema, pieces[1]);
    if (pieces.length !== 3 || header === undefined || claims === undefined) return refused('form');
    if (claims.iss !== issuer) return refused('issuer');
    if (claims.aud !== appId) return refused('audience');
    const now = clock() / 1000;
    if (claims.exp + tolerance < now) return refused('expired');
    if (claims.nbf !== undefined && claims.nbf - tolerance > now) return refused('not-yet');
    if (claims.serviceurl !== activity.serviceUrl) return refused('service-url');
    if (activity.channelId !== channel) return refused('channel');

    // Both places in which Teams names the tenant, and the token's own claim, have to be the council's.
    const tenants = [...tenantsOf(activity), ...(claims.tid === undefined ? [] : [claims.tid])];
    const ours = (tenant: string): boolean => tenant.toLowerCase() === tenantId.toLowerCase();
    if (tenants.length === 0 || !tenants.every(ours)) return refused('tenant');

    try {
      const key = await inTime(metadata.getKey(header.kid), deadline);
      if (key === null) return refused('unknown-key');
      if (key.endorsements?.includes(channel) !== true) return refused('unendorsed');
      // The SDK verifies it too, but writes every failure to the console, which any stranger could fill.
      if (!signed(pieces, header.alg, key.key)) return refused('signature');
    } catch (fault) {
      return outage(fault);
    }
    try {
      await inTime(authentication.authenticateRequest(asSdkKnowsIt(activity), authorization), deadline);
      return { trusted: true };
    } catch (fault) {
      if (fault instanceof OutOfTime) return outage(fault);
      if (fault instanceof AuthenticationError) {
        return fault.statusCode >= 500 ? outage(fault) : refused('signature');
      }
      // What is left once the token has its form: its signature is wrong, or the SDK could not fetch the keys.
      const name = fault instanceof Error ? fault.name : '';
      const ofToken = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(name);
      return ofToken ? refused('signature') : outage(fault);
    }
  };
}

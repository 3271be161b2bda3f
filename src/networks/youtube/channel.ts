import { seconds, type Millis } from '../../core/time.ts';
import type { PublishOutcome } from '../network.ts';
import { youtubeAccess, type GoogleHosts, type YoutubeAccess, type YoutubeCredentials } from './access.ts';
import { faultThrown, outcomeOf, type Fault } from './faults.ts';
import type { QuotaGovernor } from './quota.ts';

/** A channel to which requests are made, within what its Google project may do in a day. */
export interface Channel {
  readonly access: YoutubeAccess;
  readonly quota: QuotaGovernor;
  readonly clock: () => Millis;
  /** without a slash at the end */
  readonly root: string;
  /** takes what something costs of the day's quota; an outcome when there is not so much left */
  readonly spend: (wanted: Parameters<QuotaGovernor['spend']>[0]) => Promise<PublishOutcome | undefined>;
  readonly outcomeOf: (fault: Fault) => Promise<PublishOutcome>;
  /** when our access ends, once an access token has told */
  readonly expires: () => Millis | 'never' | undefined;
}

interface ChannelOptions {
  readonly credentials: YoutubeCredentials;
  readonly quota: QuotaGovernor;
  readonly clock: () => Millis;
  readonly hosts: GoogleHosts;
}

/** Nothing is asked yet. */
export function channelOf({ credentials, quota, clock, hosts }: ChannelOptions): Channel {
  let expires: Millis | 'never' | undefined;
  const access = youtubeAccess(credentials, hosts, (life) => {
    expires = life === undefined ? 'never' : clock() + seconds(life);
  });
  return {
    access,
    quota,
    clock,
    root: hosts.root,
    spend: async (wanted) => {
      const result = await quota.spend(wanted);
      return result.spent
        ? undefined
        : { outcome: 'retry', after: Math.max(result.until - clock(), 0), reason: 'quota-spent' };
    },
    outcomeOf: async (fault) =>
      await outcomeOf(fault, async (bucket) => (await quota.empty(bucket)) - clock()),
    expires: () => expires,
  };
}

/**
 * Makes a call that does no harm when it is made again. So a refusal is asked for once more: it may have been
 * said after the work was done all the same.
 */
export async function sure(call: () => Promise<unknown>): Promise<Fault | undefined> {
  const once = async (): Promise<Fault | undefined> => {
    try {
      await call();
      return undefined;
    } catch (thrown) {
      return faultThrown(thrown);
    }
  };
  const fault = await once();
  return fault?.fault === 'refused' || fault?.fault === 'is-there' ? await once() : fault;
}

import { lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { BlockList, isIPv4, type LookupFunction } from 'node:net';
import { seconds, minutes, type Millis } from '../core/time.ts';
import { mayFetch } from '../protocol/text/media-links.ts';
import type { ArrivingFile } from './files.ts';

/** A file behind a link; or why it is not fetched. */
export type LinkOpened =
  /** `contentType` is what the sender says it is */
  | ({ readonly ok: true; readonly contentType?: string } & ArrivingFile)
  | {
      readonly ok: false;
      readonly what: 'link';
      readonly why: 'link-inside' | 'link-leads-away' | 'link-not-reached';
    };

export interface LinkLimits {
  /** nothing comes for so long: it is given up */
  readonly silence: Millis;
  readonly within: Millis;
  /** how names are resolved where no proxy does it; the system's way when absent */
  readonly lookup?: LookupFunction;
  /** what kinds of file are asked for; pictures and videos when absent */
  readonly accept?: string;
  /** ends it beside the time that it has */
  readonly ends?: AbortSignal;
}

/** A picture moves from one place of its site to another and no further. */
const mostRedirects = 3;

const usualLimits: LinkLimits = { silence: seconds(20), within: minutes(10) };

/**
 * Opens the file behind a link of one of these hosts, each redirect looked at as the link itself was. The environment's
 * proxy is used, which then resolves the name; where there is none, a name that resolves to anything but public
 * addresses is not connected to, and what was looked at is what is connected to.
 */
export async function openLink(
  address: string,
  hosts: readonly string[],
  limits: LinkLimits = usualLimits,
): Promise<LinkOpened> {
  const within = AbortSignal.timeout(limits.within);
  const ends = limits.ends === undefined ? within : AbortSignal.any([within, limits.ends]);
  let url = URL.parse(address);
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    if (url === null || !mayFetch(url, hosts)) return notOpened('link-leads-away');
    const answer = await asked(url, ends, limits);
    if ('why' in answer) return notOpened(answer.why);
    const { response } = answer;
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) {
      const size = Number(headers['content-length'] ?? Number.NaN);
      const contentType = headers['content-type'];
      return {
        ok: true,
        bytes: response,
        ...(Number.isNaN(size) ? {} : { size }),
        ...(contentType === undefined ? {} : { contentType }),
      };
    }
    response.destroy();
    if (statusCode < 300 || statusCode >= 400) return notOpened('link-not-reached');
    url = URL.parse(headers.location ?? '', url.href);
  }
  return notOpened('link-leads-away');
}

const notOpened = (why: Extract<LinkOpened, { ok: false }>['why']): LinkOpened => ({
  ok: false,
  what: 'link',
  why,
});

type Answer = { readonly response: IncomingMessage } | { readonly why: 'link-inside' | 'link-not-reached' };

async function asked(
  url: URL,
  signal: AbortSignal,
  { silence, lookup = resolve, accept = 'image/*, video/*' }: LinkLimits,
): Promise<Answer> {
  const { promise, resolve: answer } = Promise.withResolvers<Answer>();
  const call = request(url, {
    signal,
    timeout: silence,
    lookup: publicOnly(lookup),
    headers: { accept },
  });
  call.on('timeout', () => call.destroy(new Error('nothing came')));
  // A fault after the answer is told by the body that breaks off.
  call.on('error', (fault) =>
    answer({ why: fault instanceof InsideFault ? 'link-inside' : 'link-not-reached' }),
  );
  call.on('response', (response) => answer({ response }));
  call.end();
  return await promise;
}

class InsideFault extends Error {}

/** A look-up that gives no address but public ones, and none at all when any is not. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (fault, found) => {
      const addresses =
        typeof found === 'string' ? [{ address: found, family: isIPv4(found) ? 4 : 6 }] : found;
      const [first] = fault === null ? addresses : [];
      if (fault !== null || first === undefined) return done(fault ?? new Error('no address'), '');
      if (!addresses.every((each) => isPublic(each.address))) return done(new InsideFault('inside'), '');
      if (options.all === true) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}

/** What is no public address, by the IANA registries of special-purpose addresses. */
const special = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  special.addSubnet(net, bits, 'ipv6');
}
/** The whole of what is given out; addresses that stand for one of the older kind are elsewhere. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** Whether an address, as a resolver writes it, is one that anybody can reach. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

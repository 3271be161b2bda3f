import { z } from 'zod';
import { seconds } from '../../core/time.ts';
import { canEdit } from '../../dispatch/put-right.ts';
import { brokenOff } from '../answers.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { onOneLine } from '../../protocol/text/cut.ts';
import type { FindOutcome, Found, Network, PlanPart, PublishOutcome, Remote } from '../network.ts';
import { editOf, saidOf } from './said.ts';

/** Where rehearsal accounts stand: their timelines are spoken to over HTTP, as a network's would be. */
export interface TimelineOptions {
  readonly network: NetworkName;
  /** address of the timelines, without a slash at the end; each account has one below it */
  readonly base: string;
}

const entry = z.object({ id: z.string(), url: z.string(), text: z.string(), at: z.int() });
type Entry = z.infer<typeof entry>;
const created = entry.pick({ id: true, url: true });

/**
 * A rehearsal account. Its timeline does not know repeated posts from new ones, so everything that keeps a real
 * network from getting a post twice is at work here as well.
 *
 * `POST base/account {text, title?, media, replyTo?, quote?}` gives 201 with id and url; `GET base/account?since=` its entries;
 * `PUT base/account/id {text, title?, note?}` changes one, and `DELETE base/account/id` removes it.
 */
export function timelineNetwork({ network, base }: TimelineOptions): Network {
  const of = (account: string, id?: string) =>
    `${base}/${encodeURIComponent(account)}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  const edit: NonNullable<Network['edit']> = async (remote, part, _key, note, signal) =>
    await attempt(async () => {
      const { account, id } = addressOf(remote);
      const response = await fetch(of(account, id), sending('PUT', editOf(part, note), signal));
      return response.ok ? { outcome: 'published', remote } : classOf(response);
    });
  return {
    name: network,
    canLookUp: true,
    publish: async (part, _key, signal) =>
      await attempt(async () => {
        const response = await fetch(of(part.account), sending('POST', posted(part), signal));
        if (response.status !== 201) return classOf(response);
        const told = created.parse(await response.json());
        return { outcome: 'published', remote: { remoteId: `${part.account}/${told.id}`, url: told.url } };
      }),
    find: async (part, _key, since, signal): Promise<FindOutcome> => {
      const entries = await entriesSince(`${of(part.account)}?since=${since - seconds(60)}`, signal);
      if (entries === undefined) return { found: 'cannot-look' };
      const remotes = entries
        .filter((each) => folded(each.text) === folded(part.text))
        .sort((a, b) => a.at - b.at)
        .map(({ id, url, at }): Found => ({ remoteId: `${part.account}/${id}`, url, at }));
      return remotes.length === 0 ? { found: false } : { found: true, remotes };
    },
    remove: async (remote, _key, signal) =>
      await attempt(async () => {
        const { account, id } = addressOf(remote);
        const response = await fetch(of(account, id), { method: 'DELETE', signal });
        return response.ok || response.status === 404 || response.status === 410
          ? { outcome: 'published', remote }
          : classOf(response);
      }),
    stands: async (remote, _key, signal) => {
      const { account, id } = addressOf(remote);
      const entries = await entriesSince(`${of(account)}?since=0`, signal);
      if (entries === undefined) return 'unseen';
      return entries.some((each) => each.id === id) ? 'there' : 'gone';
    },
    // What the real network does not let one do, its rehearsal does not either.
    ...(canEdit(network) ? { edit } : { cannot: ['edit'] as const }),
  };
}

/** @returns undefined when the timeline could not be read now */
async function entriesSince(address: string, signal: AbortSignal): Promise<readonly Entry[] | undefined> {
  try {
    const response = await fetch(address, { signal });
    if (response.ok) return z.array(entry).parse(await response.json());
    await response.body?.cancel();
    return undefined;
  } catch {
    // Not reached, cut off, or too late: nothing was learnt, and another look follows.
    return undefined;
  }
}

const posted = (part: PlanPart) => ({
  ...saidOf(part),
  ...(part.replyTo === undefined ? {} : { replyTo: addressOf(part.replyTo).id }),
  ...(part.quote === undefined ? {} : { quote: part.quote.url }),
});

function sending(method: 'POST' | 'PUT', said: object, signal: AbortSignal): RequestInit {
  return {
    method,
    signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(said),
  };
}

function addressOf(remote: Remote): { account: string; id: string } {
  const slash = remote.remoteId.indexOf('/');
  return { account: remote.remoteId.slice(0, slash), id: remote.remoteId.slice(slash + 1) };
}

/** The class of an answer that is not success, by the facts on publishing once. */
async function classOf(response: Response): Promise<PublishOutcome> {
  await response.body?.cancel();
  const { status } = response;
  if (status === 429) {
    const after = Number(response.headers.get('retry-after') ?? '60');
    return { outcome: 'retry', after: seconds(Number.isFinite(after) ? after : 60), reason: 'busy' };
  }
  if (status >= 500) return { outcome: 'unknown', reason: `status-${status}` };
  return { outcome: 'refused', reason: `status-${status}` };
}

/** Runs one call; a connection that was never made is certain, anything else that breaks off is not. */
async function attempt(call: () => Promise<PublishOutcome>): Promise<PublishOutcome> {
  try {
    return await call();
  } catch (fault) {
    return brokenOff(fault);
  }
}

/** Texts are compared as a person would: composed, white space folded. */
const folded = (text: string): string => onOneLine(text.normalize('NFC'));

import type { AccountEntry } from '../protocol/protocol.ts';
import { askWords, checkedWords, connectFault, notReadWords } from '../words/connect.ts';
import type { Authorised, ConnectParts } from './authorised.ts';
import { answerWithin } from './exchange.ts';
import type { Connectable } from '../networks/connectable.ts';

/**
 * Walks the person through the network's own authorisation, then reads the account once.
 * @throws with words for the person; nothing has been kept by then
 */
export async function authorise(network: Connectable, parts: ConnectParts): Promise<Authorised> {
  const given = await begin(network, parts);
  const read = await given.read(AbortSignal.timeout(answerWithin));
  if (!read.read) throw new Error(notReadWords(network, read.reason));
  parts.terminal.say(checkedWords(read.name, read.followers));
  if (!sameName(read.name, parts.account)) {
    const answer = await parts.terminal.ask(askWords.another(read.name, parts.account));
    if (answer.toLowerCase() !== 'yes') throw new Error(connectFault('another-account'));
  }
  return given;
}

/** Each with the vendor's client that it needs, and no other. */
async function begin(network: Connectable, parts: ConnectParts): Promise<Authorised> {
  switch (network) {
    case 'x':
      return await (await import('./x.ts')).authoriseX(parts);
    case 'facebook':
    case 'instagram':
      return await (await import('./meta.ts')).authoriseMeta(network, parts);
    case 'youtube':
      return await (await import('./google.ts')).authoriseYoutube(parts);
    case 'bluesky':
      return await (await import('./bluesky.ts')).authoriseBluesky(parts);
  }
}

const sameName = (found: string, { name }: AccountEntry): boolean =>
  found.replace(/^@/u, '').toLowerCase() === name.replace(/^@/u, '').toLowerCase();

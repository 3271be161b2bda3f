import type { Blobs } from '../core/blobs.ts';
import { seconds } from '../core/time.ts';
import { readLinkCard } from '../media/link-card.ts';
import { openLink, type LinkOpened } from '../media/linked.ts';
import type { Network } from '../networks/network.ts';
import { newsCard } from '../networks/website/news-card.ts';
import type { Pages } from '../networks/website/pages.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Log } from '../logging.ts';
import { besideAnswers } from '../teams/beside.ts';
import type { Courier } from '../teams/courier.ts';
import type { Desk } from '../teams/desk.ts';

/** What the desk is built from. */
export interface DeskParts extends Pick<Desk, 'executor' | 'rules' | 'clock' | 'connectionOf'> {
  readonly protocol: Protocol;
  readonly networkOf: (account: string) => Network | undefined;
  readonly courier: Courier;
  readonly log: Pick<Log, 'fault'>;
  readonly pages: Pages;
  /** where the public reaches the news site, without a slash at the end */
  readonly publicUrl: () => string;
  readonly blobs: Blobs;
  /** a folder of this machine in which a video waits while it is looked at; nothing stays there */
  readonly waiting: string;
  /** opens the file behind a link of one of these hosts; the real way when absent */
  readonly openLink?: (address: string, hosts: readonly string[]) => Promise<LinkOpened>;
}

/** What the turns of people stand on, over pictures, pages, networks and Teams. */
export function createDesk(parts: DeskParts): Desk {
  const { executor, rules, clock, connectionOf, networkOf, courier, pages, publicUrl, blobs, waiting } =
    parts;
  const networks = [...new Set(Object.values(parts.protocol.accounts).map(({ network }) => network))];
  return {
    executor,
    beside: besideAnswers(parts.log),
    connectionOf,
    measure: async (account, remote, signal) => await networkOf(account)?.measure?.(remote, signal),
    rules,
    clock,
    files: {
      keep: async (file) => {
        const { keepFile } = await import('../media/files.ts');
        return await keepFile(file, { blobs, waiting }, networks);
      },
      captionWords: async (hash) => {
        const { keptCaptionWords } = await import('../media/files.ts');
        return await keptCaptionWords(hash, blobs);
      },
      behind: parts.openLink ?? openLink,
    },
    pageBehind: async (address, hosts) =>
      await readLinkCard(address, hosts, {
        blobs,
        own: async (url) => {
          const card = await newsCard(pages, publicUrl(), url);
          if (card?.picture === undefined)
            return card === undefined ? undefined : { ...card, picture: undefined };
          return { ...card, picture: await blobs.get(card.picture) };
        },
        ...(parts.openLink === undefined ? {} : { open: parts.openLink }),
      }),
    roster: {
      members: async (where) => {
        const told = await courier.members(
          { kind: 'teams-channel', ...where },
          AbortSignal.timeout(seconds(15)),
        );
        if (!told.sent) throw new Error('Teams did not tell who is in the Teams channel');
        return told.members;
      },
    },
  };
}

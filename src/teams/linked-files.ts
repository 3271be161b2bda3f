import { mediaLinks, withoutLinks } from '../protocol/text/media-links.ts';
import type { NotTaken } from '../words/files.ts';
import type { Desk } from './desk.ts';
import type { SentFile } from './turn.ts';

/** Whether words bring a file that has to be fetched, which takes its time. */
export const bringsLinked = (text: string, { rules }: Pick<Desk, 'rules'>): boolean =>
  mediaLinks(text, rules().mediaFrom ?? []).some(({ is }) => is === 'taken');

/**
 * Pictures and videos that words of a proposal link to, on the hosts that the protocol lists, and the words without
 * those links. Every other link stays as it is, but for one to a place inside a network: residents can't open that.
 */
export function linkedFiles(
  words: string,
  { rules, files }: Pick<Desk, 'rules' | 'files'>,
): {
  /** the words without any of those links, so that they are not lost with one that is refused */
  readonly text: string;
  readonly files: readonly SentFile[];
  /** links that are not followed, as they were written, and why */
  readonly refused: readonly NotTaken[];
  /** the first host whose picture was left a link, where the protocol lists others */
  readonly elsewhere?: string;
} {
  const hosts = rules().mediaFrom ?? [];
  const links = mediaLinks(words, hosts);
  const text = withoutLinks(
    words,
    links.filter(({ is }) => is !== 'elsewhere'),
  );
  const opened: SentFile[] = [];
  const refused: NotTaken[] = [];
  let elsewhere: string | undefined;
  for (const link of links) {
    const name = words.slice(link.from, link.to);
    switch (link.is) {
      case 'inside':
        refused.push({ name, refusal: { what: 'link', why: 'link-inside' } });
        break;
      case 'not-secure':
        refused.push({ name, refusal: { what: 'link', why: 'link-not-secure' } });
        break;
      case 'elsewhere':
        if (hosts.length > 0) elsewhere ??= link.host;
        break;
      case 'taken':
        opened.push({ name, linked: true, open: async () => await files.behind(link.address, hosts) });
    }
  }
  return {
    text,
    files: opened,
    refused,
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
}

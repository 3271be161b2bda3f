import { withoutAtEnd } from './at-end.ts';
import { isLocalHost } from './local-hosts.ts';
import { linksIn, type Range } from './links.ts';

/** What a link in the words of a proposal is to Crier. */
export type MediaLink = Range &
  (
    | { readonly is: 'taken'; readonly address: string }
    /** it points at a picture or a video, on a host from which none are taken */
    | { readonly is: 'elsewhere'; readonly host: string }
    /** a host from which pictures are taken, but not by https alone, or not as everybody opens it */
    | { readonly is: 'not-secure' }
    /** a place inside a network, whatever it points at */
    | { readonly is: 'inside' }
  );

const pointsAtMedia = /\.(?:jpe?g|png|webp|gif|heic|heif|mp4|mov|webm)$/iu;

/**
 * The links of a text that are pictures or videos to be taken, and those that would be and may not.
 * @param hosts the protocol's `media-from`
 */
export function mediaLinks(text: string, hosts: readonly string[]): readonly MediaLink[] {
  return linksIn(text).flatMap((range): readonly MediaLink[] => {
    const written = text.slice(range.from, range.to);
    const address = /^[a-z]+:\/\//iu.test(written) ? written : `https://${written}`;
    const url = URL.parse(address);
    if (url === null) return [];
    if (isLocalHost(url.hostname)) return [{ ...range, is: 'inside' }];
    if (!pointsAtMedia.test(url.pathname)) return [];
    if (!hosts.includes(url.hostname)) return [{ ...range, is: 'elsewhere', host: url.hostname }];
    return mayFetch(url, hosts)
      ? [{ ...range, is: 'taken', address: url.href }]
      : [{ ...range, is: 'not-secure' }];
  });
}

/** Whether an address is one that media may be fetched from: by https, on its own port, as nobody in particular. */
export function mayFetch(url: URL, hosts: readonly string[]): boolean {
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    hosts.includes(url.hostname) &&
    !isLocalHost(url.hostname)
  );
}

const blank = /[ \t]/u;

/** The words that are left of a text when links have been taken out of it. */
export function withoutLinks(text: string, links: readonly Range[]): string {
  let out = '';
  let at = 0;
  for (const { from, to } of links) {
    const words = text.slice(at, from);
    const kept = withoutAtEnd(words, blank);
    out += kept === words ? words : `${kept} `;
    at = to;
    if (!/^\s?$/u.test(out.slice(-1))) continue;
    while (blank.test(text.charAt(at))) at += 1;
  }
  return (out + text.slice(at)).trim();
}

import type { LinkTagging, NetworkName } from '../protocol.ts';
import { linksIn } from './links.ts';

/** A campaign's name as it stands in an address: `Winter gritting 2026` is `winter-gritting-2026`. */
export function campaignTag(campaign: string): string {
  return campaign
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}

/**
 * A text whose links say where somebody came from (`utm_source`, `utm_medium`, `utm_campaign`), so that the council
 * can see what a campaign brought. Only links to the protocol's own hosts, only on networks that it names, only in
 * a post that belongs to a campaign; never a link that carries such a tag already. Everything else stays letter by
 * letter.
 */
export function withLinkTags(
  text: string,
  network: NetworkName,
  campaign: string,
  tagging: LinkTagging | undefined,
): string {
  const source = tagging?.sources[network];
  const name = campaignTag(campaign);
  if (tagging === undefined || source === undefined || name === '') return text;
  const tags = `utm_source=${source}&utm_medium=${tagging.medium}&utm_campaign=${name}`;
  let out = '';
  let at = 0;
  for (const { from, to } of linksIn(text)) {
    const link = text.slice(from, to);
    out += text.slice(at, from) + (mayCarry(link, tagging.hosts) ? tagged(link, tags) : link);
    at = to;
  }
  return out + text.slice(at);
}

/** How many links of a text are tagged on a network. */
export function taggedLinks(
  text: string,
  network: NetworkName,
  campaign: string,
  tagging: LinkTagging | undefined,
): number {
  if (tagging?.sources[network] === undefined || campaignTag(campaign) === '') return 0;
  return linksIn(text).filter(({ from, to }) => mayCarry(text.slice(from, to), tagging.hosts)).length;
}

function mayCarry(link: string, hosts: readonly string[]): boolean {
  if (/[?&#;]utm_/iu.test(link)) return false;
  const address = /^[a-z]+:\/\//iu.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  const web = protocol === 'https:' || protocol === 'http:';
  return web && username === '' && password === '' && hosts.includes(host);
}

/** Puts the tags behind what the address asks already and before its fragment. */
function tagged(link: string, tags: string): string {
  const hash = link.indexOf('#');
  const before = hash === -1 ? link : link.slice(0, hash);
  const fragment = hash === -1 ? '' : link.slice(hash);
  if (before.includes('?')) return `${before}${/[?&]$/u.test(before) ? '' : '&'}${tags}${fragment}`;
  const bare = /^(?:https?:\/\/)?[^/]+$/iu.test(before);
  return `${before}${bare ? '/' : ''}?${tags}${fragment}`;
}

import { createHash } from 'node:crypto';
import { RichText, type AppBskyRichtextFacet } from '@atproto/api';
import { shortLink } from '../../protocol/text/length.ts';
import { linksIn, linkTarget } from '../../protocol/text/links.ts';

export interface FacetedText {
  readonly text: string;
  readonly facets: AppBskyRichtextFacet.Main[];
}

/**
 * A text as Bluesky takes it: links stand in it shortened, as their length is counted, with the whole address
 * beside them; hashtags are found by the vendor's own rules. Places are counted in bytes of UTF-8.
 */
export function faceted(whole: string): FacetedText {
  let text = '';
  let at = 0;
  const links: { readonly from: number; readonly to: number; readonly uri: string }[] = [];
  for (const range of linksIn(whole)) {
    text += whole.slice(at, range.from);
    const link = whole.slice(range.from, range.to);
    const from = text.length;
    text += shortLink(link);
    links.push({ from, to: text.length, uri: linkTarget(link) });
    at = range.to;
  }
  text += whole.slice(at);
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  const place = (from: number, to: number) => ({
    byteStart: rich.unicodeText.utf16IndexToUtf8Index(from),
    byteEnd: rich.unicodeText.utf16IndexToUtf8Index(to),
  });
  const facets: AppBskyRichtextFacet.Main[] = links.map(({ from, to, uri }) => ({
    index: place(from, to),
    features: [{ $type: 'app.bsky.richtext.facet#link', uri }],
  }));
  const inLink = (byte: number) =>
    facets.some(({ index }) => byte >= index.byteStart && byte < index.byteEnd);
  const tags = (rich.facets ?? []).filter(
    ({ features, index }) =>
      features.every((each) => each.$type === 'app.bsky.richtext.facet#tag') && !inLink(index.byteStart),
  );
  return {
    text,
    facets: [...facets, ...tags].toSorted((a, b) => a.index.byteStart - b.index.byteStart),
  };
}

const digits = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * The key of a publication's record: the same over every attempt, so that a second one meets the first. It has the
 * form of the network's own keys, which are times: 50 bits of the hash are microseconds since 1970, thus before
 * 2006 and never in a future that a server could refuse; ten more take the place of the clock's name.
 */
export function recordKey(publication: string): string {
  const hash = createHash('sha256').update(publication).digest();
  let bits = hash.readBigUInt64BE(0) >> 4n;
  let key = '';
  for (let n = 0; n < 13; n += 1) {
    key = (digits[Number(bits & 31n)] ?? '') + key;
    bits >>= 5n;
  }
  return key;
}

import type { NetworkName } from '../../protocol/protocol.ts';
import { cutAtWord, wholeLetters } from '../../protocol/text/cut.ts';
import { hashtagsIn } from '../../protocol/text/hashtags.ts';
import { shortLink } from '../../protocol/text/length.ts';
import { linksIn, type Range } from '../../protocol/text/links.ts';

/** What people wrote, and what stands beside it. */
export const ink = '#0f1419';
export const faint = '#5b6570';

/** Longest text that is drawn of one post; networks fold what is longer. */
const longest = 1_200;
/** Longest part of a link that X shows, in characters. */
const longestOnX = 30;

/** What a network makes something to press of, in which colour. */
interface Pressable {
  readonly colour: string;
  readonly underlined?: true;
  readonly links: boolean;
  readonly hashtags: boolean;
  /** what it takes for the name of an account; absent where a name that is merely written leads nowhere */
  readonly mentions?: RegExp;
}

/**
 * Instagram makes no links. A name leads somewhere on Bluesky and Facebook only where the post says whose it is, which
 * ours do not; who posts by hand has whatever that place makes of an address.
 */
const pressables: Readonly<Record<NetworkName, Pressable>> = {
  x: {
    colour: '#0f6cbd',
    links: true,
    hashtags: true,
    mentions: /(?<![\w@#/.&])@\w{1,15}(?!\w|@)/gu,
  },
  facebook: { colour: '#0a58ca', links: true, hashtags: true },
  instagram: {
    colour: '#3b4a9e',
    links: false,
    hashtags: true,
    mentions: /(?<![\w@#/.&])@\w(?:[\w.]{0,28}\w)?/gu,
  },
  youtube: { colour: '#065fd4', links: true, hashtags: true, mentions: /(?<![\w@#/.&])@[\w.-]{2,29}\w/gu },
  bluesky: { colour: '#0a66d6', links: true, hashtags: true },
  website: { colour: '#1a65a6', underlined: true, links: true, hashtags: false },
  'by-hand': { colour: '#0a58ca', links: true, hashtags: false },
};

/** A text as Pango reads it, with what can be pressed in the colour of its network, and links as it shows them. */
export function marked(network: NetworkName, whole: string): string {
  const text = cutAtWord(whole, longest);
  const { colour, underlined = false } = pressables[network];
  let out = '';
  let at = 0;
  for (const { from, to, link } of pressedIn(network, text)) {
    const words = text.slice(from, to);
    out += coloured(escaped(text.slice(at, from)), ink);
    out += coloured(escaped(link ? linkAs(network, words) : words), colour, underlined);
    at = to;
  }
  return out + coloured(escaped(text.slice(at)), ink);
}

/** What of a text can be pressed on a network, in its order; nothing within a link is another. */
function pressedIn(network: NetworkName, text: string): readonly (Range & { readonly link: boolean })[] {
  const { links, hashtags, mentions } = pressables[network];
  const everyLink = linksIn(text);
  const names = mentions === undefined ? [] : [...text.matchAll(mentions)];
  const others: readonly Range[] = [
    ...(hashtags ? hashtagsIn(text) : []),
    ...names.map((name) => ({ from: name.index, to: name.index + name[0].length })),
  ];
  return [
    ...(links ? everyLink.map(({ from, to }) => ({ from, to, link: true })) : []),
    ...others
      .filter(({ from, to }) => !everyLink.some((link) => from < link.to && to > link.from))
      .map(({ from, to }) => ({ from, to, link: false })),
  ].toSorted((a, b) => a.from - b.from);
}

function linkAs(network: NetworkName, link: string): string {
  if (network === 'bluesky') return shortLink(link);
  if (network !== 'x') return link;
  const bare = link.replace(/^https?:\/\/(?:www\.)?/iu, '');
  return bare.length > longestOnX ? `${wholeLetters(bare, longestOnX)}…` : bare;
}

/** Words in a colour. No hyphen stands where a word too long for its line is broken: whoever reads an address believes it. */
const coloured = (markup: string, colour: string, underlined = false): string =>
  markup === ''
    ? ''
    : `<span foreground="${colour}" insert_hyphens="false"${underlined ? ' underline="single"' : ''}>${markup}</span>`;

/** Words of a name, a heading or a button: nothing in them can be pressed by itself. */
export const said = (words: string, colour = ink): string => coloured(escaped(words), colour);

/** The same in bold letters. */
export const bold = (words: string, colour = ink): string =>
  words === '' ? '' : `<b>${said(words, colour)}</b>`;

/** Nothing that people wrote is markup, and nothing in it is a letter that Pango does not take. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(/(?!\n)[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/gu, (mark) => `&#${String(mark.charCodeAt(0))};`);
}

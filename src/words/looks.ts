import { isVideo } from '../posts/writing/media.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Medium } from '../posts/writing/revision.ts';
import { onAccount } from './names.ts';
import { threadWords } from './on-cards.ts';
import { cutAtWord } from '../protocol/text/cut.ts';

/** So many of a post's pictures are told of one by one, each so far, to those who cannot see a drawn look. */
const mostTold = 4;
const longestTold = 150;

/** @returns what a drawn look shows of pictures and videos: `4 pictures. 1: A road sign. 2: not described yet` */
function shownWords(media: readonly Medium[]): string {
  const pictures = media.filter((medium) => !isVideo(medium));
  const videos = media.filter(isVideo);
  const told = (alt: string): string => (alt.trim() === '' ? 'not described yet' : alt.trim());
  const [only] = pictures;
  const each = pictures
    .slice(0, mostTold)
    .map(({ alt }, n) => `${String(n + 1)}: ${cutAtWord(told(alt), longestTold)}`);
  return [
    ...(only !== undefined && pictures.length === 1 ? [`Picture: ${told(only.alt)}`] : []),
    ...(pictures.length > 1 ? [`${String(pictures.length)} pictures. ${each.join('. ')}`] : []),
    ...videos.map(({ alt }) => `Video: ${told(alt)}`),
  ].join('. ');
}

/**
 * @param posts the words of each post there, several where it is a thread
 * @returns what a drawn look says to those who cannot see it: the account, its words, how many pictures and of what,
 *   and what it quotes
 */
export function lookWords(
  account: string,
  posts: readonly string[],
  { media, quote }: { readonly media: readonly Medium[]; readonly quote: string },
  rules: DeskRules,
): string {
  const roughly = rules.accounts[account]?.network === 'by-hand' ? 'roughly ' : '';
  const thread = posts.length > 1 ? `, ${threadWords(posts.length)}` : '';
  const said = cutAtWord(posts.join(' '), 1_500);
  const shown = `${media.length === 0 ? '' : ` ${shownWords(media)}`}${quote === '' ? '' : ` Quotes: ${quote}`}`;
  return `What it will ${roughly}look like ${onAccount(account, rules)}${thread}: ${said}${shown}`;
}

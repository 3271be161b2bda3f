import type { Millis } from '../core/time.ts';
import { changedAt, hasEnded, type NewsMedium, type NewsPage } from './news.ts';
import { beginning, oneLine, paragraphs, plain, type Paragraph } from './text.ts';
import { correctedWords, endedWords } from '../words/pages.ts';
import { sayForYears, sayOnPage } from '../words/times.ts';
import { isVideoType } from '../protocol/media-limits.ts';
import { withoutAtEnd } from '../protocol/text/at-end.ts';

/** A page of the news as templates and feeds show it: plain characters, and times in words. */
export interface ItemView {
  readonly path: string;
  readonly url: string;
  readonly headline: string;
  /** the headline, and before it that it has ended: feed readers show little else */
  readonly feedTitle: string;
  readonly summary: string;
  /** the summary where it says something that the text does not begin with: nobody reads the same words twice */
  readonly lead: string;
  /** what stands below the headline in a list: the summary without what the headline says already */
  readonly teaser: string;
  /** the summary, or the text's beginning */
  readonly description: string;
  readonly paragraphs: readonly Paragraph[];
  readonly text: string;
  readonly from: string;
  readonly pictures: readonly {
    readonly path: string;
    readonly url: string;
    readonly alt: string;
    readonly contentType: string;
  }[];
  readonly videos: readonly {
    readonly hash: string;
    readonly path: string;
    readonly url: string;
    readonly alt: string;
    readonly contentType: string;
    /** empty where they are part of the picture */
    readonly captions: string;
    readonly language: string;
  }[];
  readonly published: string;
  readonly publishedIso: string;
  readonly publishedRss: string;
  readonly changed: Millis;
  readonly changedIso: string;
  readonly corrected: boolean;
  readonly corrections: readonly {
    readonly when: string;
    readonly iso: string;
    readonly what: string;
    /** all of it in one sentence */
    readonly words: string;
  }[];
  /** `This ended at 4pm today`, or empty */
  readonly ended: string;
  /** the same with its date, for what is read another day */
  readonly endedFully: string;
  /** when it is going to end, or empty */
  readonly endsLater: string;
  readonly endsIso: string;
}

const isPicture = ({ contentType }: NewsMedium): boolean => !isVideoType(contentType);

const iso = (at: Millis): string => new Date(at).toISOString();

/** Words as they are compared: without what ends them. */
const bare = (words: string): string => withoutAtEnd(words, /[….!\s]/u).toLowerCase();

/** Whether words say nothing but how other words begin. */
const repeats = (words: string, others: string): boolean => bare(others).startsWith(bare(words));

/** @returns what a summary says beyond the headline; a summary that begins as the headline does goes on from there */
function teaserOf(headline: string, summary: string): string {
  if (repeats(summary, headline)) return '';
  const said = bare(headline);
  if (!summary.toLowerCase().startsWith(said)) return summary;
  const rest = summary.slice(said.length);
  if (/^[\p{L}\p{N}]/u.test(rest)) return summary;
  return /^[.!?…]/u.test(rest) ? rest.replace(/^[.!?…\s]+/u, '') : `…${rest.replace(/^[\s,;:–-]+/u, ' ')}`;
}

/** @returns what is shown of a page at `now`; `home` is the site's public address without a slash at the end */
export function itemView(page: NewsPage, home: string, now: Millis): ItemView {
  const path = `/news/${page.address}`;
  const headline = oneLine(page.headline);
  const summary = oneLine(page.summary);
  const ended = hasEnded(page, now);
  const ends = page.endsAt === undefined ? '' : sayOnPage(page.endsAt, now);
  const changed = changedAt(page, now);
  return {
    path,
    url: `${home}${path}`,
    headline,
    feedTitle: ended ? `Ended: ${headline}` : headline,
    summary,
    lead:
      oneLine(page.text).startsWith(summary.replace(/…$/, '')) || repeats(summary, headline) ? '' : summary,
    teaser: teaserOf(headline, summary),
    description: summary === '' ? beginning(page.text, 200) : summary,
    paragraphs: paragraphs(page.text),
    text: plain(page.text),
    from: oneLine(page.from),
    pictures: page.media.filter(isPicture).map(({ hash, alt, contentType }) => ({
      path: `/media/${hash}`,
      url: `${home}/media/${hash}`,
      alt: oneLine(alt),
      contentType: oneLine(contentType),
    })),
    videos: page.media
      .filter((medium) => !isPicture(medium))
      .map(({ hash, alt, contentType, captions }) => ({
        hash,
        path: `/media/${hash}`,
        url: `${home}/media/${hash}`,
        alt: oneLine(alt),
        contentType: oneLine(contentType),
        captions: captions?.as === 'file' ? `/media/${captions.hash}` : '',
        language: captions?.as === 'file' ? oneLine(captions.language) : '',
      })),
    published: sayForYears(page.publishedAt),
    publishedIso: iso(page.publishedAt),
    publishedRss: rssTime(page.publishedAt),
    changed,
    changedIso: iso(changed),
    corrected: page.corrections.length > 0,
    corrections: page.corrections.map(({ at, what }) => ({
      when: sayForYears(at),
      iso: iso(at),
      what: oneLine(what),
      words: correctedWords(sayForYears(at), oneLine(what)),
    })),
    ended: ended ? endedWords(`at ${ends}`) : '',
    endedFully: ended && page.endsAt !== undefined ? endedWords(`on ${sayForYears(page.endsAt)}`) : '',
    endsLater: ended ? '' : ends,
    endsIso: page.endsAt === undefined ? '' : iso(page.endsAt),
  };
}

/** RSS's form of a time (RFC 822), in UTC. */
export function rssTime(at: Millis): string {
  return new Date(at).toUTCString();
}

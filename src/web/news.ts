import type { Millis } from '../core/time.ts';

/** Something on a page that is no text. */
export interface NewsMedium {
  readonly hash: string;
  readonly contentType: string;
  readonly alt: string;
}

/** A page of the news, as the web shows it. */
export interface NewsPage {
  readonly is: 'live';
  readonly number: number;
  /** the last part of the permalink */
  readonly address: string;
  readonly headline: string;
  readonly summary: string;
  readonly text: string;
  /** the department that says it */
  readonly from: string;
  readonly media: readonly (NewsMedium & {
    readonly captions?:
      | { readonly as: 'file'; readonly hash: string; readonly language: string }
      | { readonly as: 'burned-in' }
      | undefined;
  })[];
  readonly publishedAt: Millis;
  readonly endsAt?: Millis | undefined;
  /** oldest first */
  readonly corrections: readonly { readonly at: Millis; readonly what: string }[];
}

/** A page that was taken down. */
export interface GonePage {
  readonly is: 'removed';
}

/** What the web needs to read of the news; the website network's reader keeps this shape. */
export interface NewsReader {
  readonly find: (address: string) => Promise<NewsPage | GonePage | undefined>;
  readonly slice: (
    stretch: 'newest' | { readonly before: Millis } | { readonly after: Millis },
    limit: number,
  ) => Promise<{ readonly pages: readonly NewsPage[]; readonly before?: Millis; readonly after?: Millis }>;
  readonly current: (now: Millis, limit: number) => Promise<readonly NewsPage[]>;
  /** undefined when no page that can be read shows the picture or video, or has the captions */
  readonly medium: (hash: string) => Promise<NewsMedium | undefined>;
}

/** Whether a page is about something that is over. */
export function hasEnded(page: Pick<NewsPage, 'endsAt'>, now: Millis): boolean {
  return page.endsAt !== undefined && page.endsAt <= now;
}

/** When a page last said something else: published, corrected, or ended by `now`. */
export function changedAt(
  page: Pick<NewsPage, 'publishedAt' | 'corrections' | 'endsAt'>,
  now: Millis,
): Millis {
  const ended = page.endsAt !== undefined && page.endsAt <= now ? page.endsAt : 0;
  return Math.max(page.publishedAt, page.corrections.at(-1)?.at ?? 0, ended);
}

import type { Council } from '../protocol/protocol.ts';
import { feedWords } from '../words/pages.ts';
import { type ItemView, rssTime } from './item.ts';
import type { Look } from './look.ts';

/** What a feed is made of. */
export interface Feed {
  readonly council: Council;
  /** the site's public address, without a slash at the end */
  readonly home: string;
  readonly items: readonly ItemView[];
  /** how many bytes a video has, by its hash; absent for one that is not there any more */
  readonly lengths: ReadonlyMap<string, number>;
}

/** Items with what stands in a feed of them. A video that is not there any more is not enclosed. */
const entriesOf = (look: Look, { items, lengths }: Pick<Feed, 'items' | 'lengths'>) =>
  items.map((item) => ({
    ...item,
    html: look.draw('feed-item.njk', { item }).trim(),
    videos: item.videos.flatMap((video) => {
      const length = lengths.get(video.hash);
      return length === undefined ? [] : [{ ...video, length }];
    }),
  }));

/** What a reader that shows no markup is given: all that the page says in words. */
const textOf = ({ endedFully, lead, text, corrections }: ItemView): string =>
  [endedFully, lead, text, ...corrections.map(({ words }) => words)]
    .filter((each) => each !== '')
    .join('\n\n');

const lastChange = (items: readonly ItemView[]): number => Math.max(0, ...items.map((item) => item.changed));

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function jsonFeed(look: Look, { council, home, ...feed }: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feedWords.title(council.name),
    home_page_url: `${home}/news`,
    feed_url: `${home}/news/feed.json`,
    description: feedWords.description(council.name),
    language: 'en-GB',
    authors: [{ name: council.name, url: council.site }],
    items: entriesOf(look, feed).map((item) => {
      const [picture] = item.pictures;
      return {
        id: item.url,
        url: item.url,
        title: item.feedTitle,
        content_html: item.html,
        content_text: textOf(item),
        summary: item.description,
        ...(picture === undefined ? {} : { image: picture.url }),
        date_published: item.publishedIso,
        date_modified: item.changedIso,
        authors: [{ name: `${item.from}, ${council.name}` }],
        ...(item.ended === '' ? {} : { tags: ['Ended'] }),
        ...(item.pictures.length + item.videos.length === 0
          ? {}
          : {
              attachments: [
                ...item.pictures.map(({ url, contentType }) => ({ url, mime_type: contentType })),
                ...item.videos.map(({ url, contentType, length }) => ({
                  url,
                  mime_type: contentType,
                  size_in_bytes: length,
                })),
              ],
            }),
      };
    }),
  });
}

/** Atom (RFC 4287). A feed without entries was last changed at no time that matters: 1970. */
export function atomFeed(look: Look, { home, ...feed }: Feed): string {
  return look.draw('atom.njk', {
    home,
    items: entriesOf(look, feed),
    updatedIso: new Date(lastChange(feed.items)).toISOString(),
  });
}

/** RSS 2.0 with Atom's `self` link and `updated` time. */
export function rssFeed(look: Look, { home, ...feed }: Feed): string {
  return look.draw('rss.njk', {
    home,
    items: entriesOf(look, feed),
    updatedRss: rssTime(lastChange(feed.items)),
  });
}

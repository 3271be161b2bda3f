import { crier } from '../../core/context.ts';
import { stateOf, type Call, type Executed } from '../../core/execute.ts';
import { seconds } from '../../core/time.ts';
import { headlineFrom } from '../../protocol/text/heading.ts';
import type { Network, PlanPart, PublicationKey, PublishOutcome, Remote } from '../network.ts';
import { correctPage, pageKind, publishPage, removePage, type PageContent, type PageState } from './page.ts';
import type { Pages } from './pages.ts';

export interface WebsiteParts {
  readonly execute: (call: Call) => Promise<Executed>;
  readonly pages: Pages;
  /** where the public reaches the site, without a slash at the end, such as `https://news.sefton.gov.uk` */
  readonly publicUrl: () => string;
}

function contentOf(part: PlanPart): PageContent {
  const given = part.headline?.trim() ?? '';
  const headline = given === '' ? headlineFrom(part.text) : given;
  return {
    headline: headline === '' ? 'News' : headline,
    summary: part.summary?.trim() ?? '',
    text: part.text,
    from: part.from,
    media: part.media.map(({ hash, contentType, alt, captions }) => ({
      hash,
      contentType,
      alt,
      ...(captions === undefined ? {} : { captions }),
    })),
    ...(part.endsAt === undefined ? {} : { endsAt: part.endsAt }),
  };
}

/**
 * The council's news site as a network. It is the one network whose place is our own store: publishing is a
 * command under the publication's id, so doing it again changes nothing, and looking always tells.
 */
export function websiteNetwork({ execute, pages, publicUrl }: WebsiteParts): Network {
  const remoteOf = (id: string, page: PageState): Remote => ({
    remoteId: id,
    url: `${publicUrl()}/news/${page.is === 'live' ? page.address : page.number}`,
  });

  /** A store that throws leaves open whether it wrote: that fault is the caller's, who then looks. */
  async function attempt(
    command: string,
    id: string,
    params: unknown,
    signal: AbortSignal,
  ): Promise<PublishOutcome> {
    if (signal.aborted) return { outcome: 'retry', after: seconds(1), reason: 'out-of-time' };
    const result = await execute({ command, id, params, actor: crier });
    if (!result.done) return { outcome: 'refused', reason: result.refusal.refused };
    return { outcome: 'published', remote: remoteOf(id, stateOf(pageKind, result)) };
  }

  /** Pages that have the number already, such as the same post on another website account. */
  async function othersOf(key: PublicationKey): Promise<number> {
    const same = await pages.numbered(key.number);
    return same.filter((each) => each.id !== key.id).length;
  }

  return {
    name: 'website',
    canLookUp: true,

    async publish(part, key, signal) {
      const others = await othersOf(key);
      return attempt(publishPage.name, key.id, { ...contentOf(part), number: key.number, others }, signal);
    },

    async find(_, key) {
      const page = await pages.get(key.id);
      return page?.is === 'live'
        ? { found: true, remotes: [{ ...remoteOf(key.id, page), at: page.publishedAt }] }
        : { found: false };
    },

    async remove(remote, key, signal) {
      const outcome = await attempt(removePage.name, key.id, {}, signal);
      // What never stood there needs no taking down.
      const gone = outcome.outcome === 'refused' && outcome.reason === 'page-missing';
      return gone ? { outcome: 'published', remote } : outcome;
    },

    stands: async (_, key) => ((await pages.get(key.id))?.is === 'live' ? 'there' : 'gone'),

    edit: (_, part, key, note, signal) =>
      attempt(correctPage.name, key.id, { ...contentOf(part), what: note }, signal),
  };
}

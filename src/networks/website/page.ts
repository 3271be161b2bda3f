import { z } from 'zod';
import type { AggregateKind, Command } from '../../core/aggregate.ts';
import { readsForms } from '../../core/forms.ts';
import type { Change } from '../../core/change.ts';
import { refuse, type Refusal } from '../../core/change.ts';
import { aggregate, bind, type Aggregate } from '../../core/registry.ts';
import { canonical, sha256 } from '../../core/json.ts';

const medium = z.strictObject({
  hash: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  contentType: z.string(),
  alt: z.string(),
  /** a video's alone: the hash of its WebVTT, or that they are part of the picture */
  captions: z
    .discriminatedUnion('as', [
      z.strictObject({
        as: z.literal('file'),
        hash: z.string(),
        contentType: z.string(),
        language: z.string(),
      }),
      z.strictObject({ as: z.literal('burned-in') }),
    ])
    .optional(),
});

const content = {
  headline: z.string().min(1),
  summary: z.string(),
  text: z.string(),
  /** the department that says it, for the byline */
  from: z.string(),
  media: z.array(medium).readonly(),
  /** after this instant the page says that it has ended */
  endsAt: z.int().optional(),
};

const contentSchema = z.strictObject(content);

/** What a page says. */
export type PageContent = z.infer<typeof contentSchema>;

const liveSchema = z.strictObject({
  is: z.literal('live'),
  /** the number that people say, such as 142 */
  number: z.int(),
  /**
   * the last part of the permalink, such as `142`: the same for good, in links and as the id in feeds. So there are no
   * words in it, which a correction could not put right. (Pages of earlier releases have some, and keep them.)
   */
  address: z.string(),
  ...content,
  publishedAt: z.int(),
  /** of what was first published, so that a late repeat of that is known as such after a correction */
  firstHash: z.string(),
  /** oldest first; `what` is in words for the public */
  corrections: z.array(z.strictObject({ at: z.int(), what: z.string() })).readonly(),
});

const removedSchema = z.strictObject({
  is: z.literal('removed'),
  number: z.int(),
  publishedAt: z.int(),
  removedAt: z.int(),
  /** of what stood there last: the evidence, without the words */
  lastHash: z.string(),
});

const stateSchema = z.discriminatedUnion('is', [liveSchema, removedSchema]);

/** A page that anybody can read. */
export type LivePage = z.infer<typeof liveSchema>;
export type PageState = z.infer<typeof stateSchema>;

/** What the public may fetch because of a medium: its own bytes, and a video's captions. */
const hashesOf = ({ hash, captions }: z.infer<typeof medium>): readonly string[] =>
  captions?.as === 'file' ? [hash, captions.hash] : [hash];

/** The pages of the news site. The id of a page is the id of the publication that it is. */
export const pageKind: AggregateKind<PageState> = {
  kind: 'page',
  form: 1,
  indexes: {
    newest: { order: 'live', direction: 'descending' },
    oldest: { order: 'live', direction: 'ascending' },
    number: { of: { field: 'number', holds: 'one' }, order: 'published', direction: 'ascending' },
    medium: { of: { field: 'medium', holds: 'each' }, order: 'live', direction: 'descending' },
  },
  parse: readsForms('page', { 1: stateSchema }),
  index: (state) => ({
    number: state.number,
    published: state.publishedAt,
    ...(state.is === 'live' ? { live: state.publishedAt, medium: state.media.flatMap(hashesOf) } : {}),
  }),
};

/** The content of a page alone, whatever else stands beside it. */
function contentOf(from: PageContent): PageContent {
  const { headline, summary, text, from: department, media, endsAt } = from;
  return { headline, summary, text, from: department, media, ...(endsAt === undefined ? {} : { endsAt }) };
}

const hashOf = (from: PageContent): string => sha256(canonical(contentOf(from)));

const unchanged = (state: PageState): Change<PageState> => ({ state, audit: [], effects: [] });

const publishSchema = z.strictObject({
  ...content,
  number: z.int(),
  /** how many other pages have this number already; they keep the plain address */
  others: z.int().nonnegative(),
});

export type PageRefusal = Refusal<'page-missing' | 'page-removed' | 'page-differs'>;

/** Puts a page up. The same again changes nothing; other words under the same id are refused: `page.correct` is for those. */
export const publishPage: Command<PageState, z.infer<typeof publishSchema>, unknown, PageRefusal> = {
  name: 'page.publish',
  kind: 'page',
  schema: publishSchema,
  decide: (state, params, { now }) => {
    if (state?.is === 'removed') return refuse('page-removed');
    const hash = hashOf(params);
    if (state !== undefined) return state.firstHash === hash ? unchanged(state) : refuse('page-differs');
    const plain = String(params.number);
    return {
      state: {
        is: 'live',
        number: params.number,
        address: params.others === 0 ? plain : `${plain}-${params.others + 1}`,
        ...contentOf(params),
        publishedAt: now,
        firstHash: hash,
        corrections: [],
      },
      audit: [{ action: 'page.published', facts: { number: params.number, content: hash } }],
      effects: [],
    };
  },
};

const correctSchema = z.strictObject({
  ...content,
  /** what was wrong, in words for the public */
  what: z.string().min(1),
});

/** Puts corrected words in the place of what stands, and says so on the page. The same again changes nothing. */
export const correctPage: Command<PageState, z.infer<typeof correctSchema>, unknown, PageRefusal> = {
  name: 'page.correct',
  kind: 'page',
  schema: correctSchema,
  decide: (state, params, { now }) => {
    if (state === undefined) return refuse('page-missing');
    if (state.is === 'removed') return refuse('page-removed');
    const hash = hashOf(params);
    if (hash === hashOf(state) && state.corrections.at(-1)?.what === params.what) return unchanged(state);
    const { is, number, address, publishedAt, firstHash, corrections } = state;
    return {
      state: {
        is,
        number,
        address,
        publishedAt,
        firstHash,
        ...contentOf(params),
        corrections: [...corrections, { at: now, what: params.what }],
      },
      audit: [{ action: 'page.corrected', facts: { before: hashOf(state), content: hash } }],
      effects: [],
    };
  },
};

const removeSchema = z.strictObject({});

/** Takes a page down for good: its words go, a hash and the times stay. A late repeat of publishing does not bring it back. */
export const removePage: Command<PageState, z.infer<typeof removeSchema>, unknown, PageRefusal> = {
  name: 'page.remove',
  kind: 'page',
  schema: removeSchema,
  decide: (state, _, { now }) => {
    if (state === undefined) return refuse('page-missing');
    if (state.is === 'removed') return unchanged(state);
    const lastHash = hashOf(state);
    const { number, publishedAt } = state;
    return {
      state: { is: 'removed', number, publishedAt, removedAt: now, lastHash },
      audit: [{ action: 'page.removed', facts: { content: lastHash } }],
      effects: [],
    };
  },
};

/** The pages as the executor registers them. */
export function pageAggregate<C>(): Aggregate<C> {
  return aggregate<PageState, C>(pageKind, [bind(publishPage), bind(correctPage), bind(removePage)]);
}

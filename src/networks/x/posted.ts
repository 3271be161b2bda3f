import { z } from 'zod';
import { comparable } from '../answers.ts';
import { moment, readable } from '../listed.ts';
import type { PlanPart } from '../network.ts';

const link = z.object({
  start: z.number(),
  end: z.number(),
  url: z.string(),
  expanded_url: z.string().optional(),
  unwound_url: z.string().optional(),
  /** a picture's own link, which X adds to the text */
  media_key: z.string().optional(),
});
const entities = z.object({ urls: z.array(link).optional() }).optional();

/** A post as X gives it back, as far as we look at it. */
const postedSchema = z.object({
  id: z.string().regex(/^\d+$/),
  text: z.string(),
  created_at: moment,
  entities,
  /** the whole of a text that is longer than the usual */
  note_tweet: z.object({ text: z.string(), entities }).optional(),
  attachments: z.object({ media_keys: z.array(z.string()).optional() }).optional(),
  referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).optional(),
});
export type Posted = z.infer<typeof postedSchema>;

/** A page of a timeline; one without posts has no `data`. */
export const timelineSchema = z.object({
  data: z.array(postedSchema).optional(),
  meta: z.object({ next_token: z.string().optional() }),
});

/** The same, for showing what stands there. */
export const recentSchema = z.object({
  data: readable(postedSchema).optional(),
});

/** What is asked of each post, so that it can be compared. */
export const postedFields = [
  'created_at',
  'entities',
  'note_tweet',
  'attachments',
  'referenced_tweets',
] as const;

/** The text as it was written: links in full, without the links of pictures, its marks unescaped. */
export function written({ text, entities: found, note_tweet: note }: Posted): string {
  let out = note?.text ?? text;
  for (const each of (note?.entities ?? found)?.urls ?? []) {
    const full = each.media_key === undefined ? (each.expanded_url ?? each.url) : '';
    // Given as a text, a link with `$&` in it would be read as a pattern.
    out = out.replaceAll(each.url, () => full);
  }
  return out.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Whether a post may be the part: its words, as many pictures, and the same post before it and within it. */
export function mayBe(posted: Posted, part: PlanPart): boolean {
  const refersTo = (type: string) => posted.referenced_tweets?.find((each) => each.type === type)?.id;
  if (refersTo('replied_to') !== part.replyTo?.remoteId) return false;
  if (refersTo('quoted') !== part.quote?.remoteId) return false;
  if ((posted.attachments?.media_keys?.length ?? 0) !== part.media.length) return false;
  const text = comparable(withoutQuoteLink(written(posted), part));
  if (text === comparable(part.text)) return true;
  // An answer may come back with the names that it answers to before its words.
  return part.replyTo !== undefined && text.replace(/^(?:@\w+ )+/, '') === comparable(part.text);
}

/** X shows a quoted post by its link at the end of the text. */
function withoutQuoteLink(text: string, { quote }: PlanPart): string {
  if (quote === undefined) return text;
  return text.replace(
    new RegExp(`https?://(?:x|twitter)\\.com/\\w+/(?:web/)?status/${quote.remoteId}\\S*`),
    '',
  );
}

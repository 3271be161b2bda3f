import { seconds } from '../../core/time.ts';
import { isPictureType } from '../../protocol/media-limits.ts';
import { beforePosting, type ReadMedium } from '../answers.ts';
import { made } from '../graph.ts';
import type { PlanPart, PublishOutcome } from '../network.ts';
import type { Page } from './page.ts';

/**
 * Brings photos before the post, unpublished: what is left of a post that fails, nobody sees.
 *
 * @returns Facebook's ids of them in their order, or the outcome that ends the attempt
 */
export async function bringPhotos(
  { graph, pageId }: Page,
  media: ReadMedium,
  part: PlanPart,
  signal: AbortSignal,
): Promise<readonly string[] | PublishOutcome> {
  const ids: string[] = [];
  for (const { hash, contentType, alt } of part.media) {
    if (!isPictureType(contentType)) return { outcome: 'refused', reason: 'picture-type' };
    const bytes = await media(hash);
    if (bytes === undefined) return { outcome: 'refused', reason: 'picture-missing' };
    const form = new FormData();
    form.set('published', 'false');
    if (alt !== '') form.set('alt_text_custom', alt);
    form.set('source', new Blob([Uint8Array.from(bytes)], { type: contentType }), 'picture');
    const answer = await graph.post(`${pageId}/photos`, form, signal);
    if (!answer.ok) return beforePosting(answer.outcome);
    const read = made.safeParse(answer.body);
    if (!read.success) return { outcome: 'retry', after: seconds(10), reason: 'no-clear-answer' };
    ids.push(read.data.id);
  }
  return ids;
}

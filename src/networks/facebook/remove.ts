import type { PublishOutcome, Remote } from '../network.ts';
import type { Page } from './page.ts';

/** Deletes a post or a video; what is not there any more counts as deleted. */
export async function remove({ graph }: Page, remote: Remote, signal: AbortSignal): Promise<PublishOutcome> {
  const answer = await graph.delete(remote.remoteId, signal);
  return answer.ok || answer.gone ? { outcome: 'published', remote } : answer.outcome;
}

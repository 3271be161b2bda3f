import { accountOf } from '../../dispatch/thread.ts';
import { comingDownNow } from '../../posts/holdable.ts';
import { stillToComeDown } from '../../posts/standing.ts';
import type { ComingDown } from '../cards/stop-card.ts';
import type { Desk } from '../desk.ts';

/** What is public and is still to come down. */
export async function comingDown(desk: Desk): Promise<readonly ComingDown[]> {
  const all: ComingDown[] = [];
  for await (const post of comingDownNow(desk.executor))
    for (const { part, publication } of stillToComeDown(post))
      all.push({ number: post.number, account: accountOf(part), publication });
  return all;
}

import { accountOf } from '../../dispatch/thread.ts';
import { changing } from '../../posts/holdable.ts';
import { stillToChange } from '../../posts/still-to-change.ts';
import type { Changing } from '../cards/stop-card.ts';
import type { Desk } from '../desk.ts';

/** What is public and is still to be changed, or to come down. */
export async function changingNow(desk: Desk): Promise<readonly Changing[]> {
  const all: Changing[] = [];
  for await (const post of changing(desk.executor))
    for (const { part, ...each } of stillToChange(post))
      all.push({ number: post.number, account: accountOf(part), ...each });
  return all;
}

import { z } from 'zod';
import { changed } from '../changed.ts';
import { personCommand } from '../command.ts';
import { walkedOf } from '../deciding/reviews.ts';
import { isEditable } from '../leaving/to-go-out.ts';
import { editors, mayCancel } from '../deciding/may.ts';
import type { DeskRules, PostState } from '../post.ts';
import { isOut, notNow } from '../leaving/not-now.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';

/** Gives a post up before anything of it is public. */
export const cancel = personCommand('post.cancel', z.object({}), (post, _params, person, context) => {
  const refused = whyNotCancel(post, person, context.protocol);
  if (refused !== undefined) return refused;
  return changed(
    {
      post: { ...post, status: { is: 'cancelled', by: person, at: context.now, ...walkedOf(post) } },
      audit: [{ action: 'cancelled', facts: { revision: post.revision.n } }],
      drop: ['timer:*', 'publish:*'],
    },
    context,
  );
});

/** Why somebody does not cancel it; undefined where they may. */
export function whyNotCancel(post: PostState, person: string, rules: DeskRules): PostRefusal | undefined {
  if (!isEditable(post)) return isOut(post, 'cancel', person, rules) ?? notNow(post, 'cancel');
  return mayCancel(post, person, rules)
    ? undefined
    : refusePost('may-not-edit', { may: editors(post, rules) });
}

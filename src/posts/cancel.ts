import { z } from 'zod';
import { changed } from './changed.ts';
import { personCommand } from './command.ts';
import { isEditable, walkedOf } from './how-it-stands.ts';
import { editors, mayCancel } from './may.ts';
import { refusePost } from './refusals.ts';

/** Gives a post up before anything of it is public. */
export const cancel = personCommand('post.cancel', z.object({}), (post, _params, person, context) => {
  if (!isEditable(post)) return refusePost('not-now', { state: post.status.is, action: 'cancel' });
  if (!mayCancel(post, person, context.protocol)) {
    return refusePost('may-not-edit', { may: editors(post, context.protocol) });
  }
  return changed(
    {
      post: { ...post, status: { is: 'cancelled', by: person, at: context.now, ...walkedOf(post) } },
      audit: [{ action: 'cancelled', facts: { revision: post.revision.n } }],
      drop: ['timer:*', 'publish:*'],
    },
    context,
  );
});

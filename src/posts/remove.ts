import { z } from 'zod';
import type { NewEffect } from '../core/change.ts';
import { stop, type Publication } from '../dispatch/publication.ts';
import { accountOf, lastToRemove } from '../dispatch/thread.ts';
import { changed, effect, stageTimerKeys } from './changed.ts';
import { crierCommand, personCommand } from './command.ts';
import { isPublic, mayRemove, publicationsOf, removers } from './may.ts';
import type { PostState } from './post.ts';
import { refusePost } from './refusals.ts';

/** Takes down what stands in public, by one press of the desk or the duty officer. The evidence stays. */
export const remove = personCommand('post.remove', z.object({}), (post, _params, person, context) => {
  if (!removers(context.protocol).includes(person)) {
    return refusePost('may-not-remove', { may: removers(context.protocol) });
  }
  const { status } = post;
  if (!isPublic(post) || !mayRemove(post, person, context.protocol) || !('plan' in status)) {
    return refusePost('not-now', { state: status.is, action: 'remove' });
  }
  const publications = Object.fromEntries(
    Object.entries(publicationsOf(post)).map(([part, publication]): [string, Publication] => [
      part,
      publication.is === 'published'
        ? { is: 'removing', remote: publication.remote, publishedAt: publication.at }
        : publication.is === 'removing'
          ? { is: 'removing', remote: publication.remote, publishedAt: publication.publishedAt }
          : stop(publication, context.now),
    ]),
  );
  const parts = Object.entries(publications).flatMap(([part, publication]) =>
    publication.is === 'removing' ? [part] : [],
  );
  const { correction: _void, ...rest } = post;
  const next: PostState = {
    ...rest,
    status: {
      is: 'taken-down',
      by: person,
      takenDownAt: context.now,
      plan: status.plan,
      review: status.review,
      decidedAt: 'decidedAt' in status ? status.decidedAt : context.now,
      publications,
    },
  };
  return changed(
    {
      post: next,
      audit: [{ action: 'taken-down', facts: { parts } }],
      effects: takeDownEffects(lastToRemove(publications), context.now),
      drop: [...stageTimerKeys, 'publish:*', 'put-right:*', 'timer:end'],
    },
    context,
  );
});

/** Records that a part no longer stands, or why it could not be removed. */
export const recordRemoved = crierCommand(
  'post.removed',
  z.object({ part: z.string(), problem: z.string().exactOptional() }),
  (post, { part, problem }, context) => {
    const publication = publicationsOf(post)[part];
    if (post.status.is !== 'taken-down' || publication?.is !== 'removing')
      return refusePost('settled-already', {});
    const next: Publication =
      problem === undefined
        ? { is: 'removed', remote: publication.remote, at: context.now }
        : { ...publication, problem };
    const publications = { ...post.status.publications, [part]: next };
    const account = accountOf(part);
    return changed(
      {
        post: { ...post, status: { ...post.status, publications } },
        // The post of the thread that it answered comes down after it.
        effects: takeDownEffects(
          lastToRemove(publications).filter((key) => accountOf(key) === account),
          context.now,
        ),
        audit: [
          {
            action: problem === undefined ? 'removed' : 'not-removed',
            facts: { part, problem: problem ?? '' },
          },
        ],
      },
      context,
    );
  },
);

function takeDownEffects(parts: readonly string[], now: number): readonly NewEffect[] {
  return parts.map((part) => effect(`take-down:${part}`, { type: 'post.take-down', data: { part } }, now));
}

import { z } from 'zod';
import { changed } from '../changed.ts';
import { crierCommand } from '../command.ts';
import { leftBehind, withFilms } from '../leaving/brought.ts';
import { tell } from '../post-effect.ts';
import { refusePost } from '../refusals.ts';

/** Records that nothing of a film is there any more, or why Crier could not delete it: the desk has to, then. */
export const recordDeleted = crierCommand(
  'post.film-deleted',
  z.object({
    part: z.string(),
    /** which, as its network names it; absent where there was none */
    video: z.string().exactOptional(),
    problem: z.string().exactOptional(),
    url: z.string().exactOptional(),
  }),
  (post, { part, video, problem, url }, context) => {
    if (!leftBehind(post, context.now).includes(part)) return refusePost('settled-already', {});
    if (problem === undefined) {
      const audit = video === undefined ? [] : [{ action: 'unseen-film-deleted', facts: { part, video } }];
      const { [part]: _deleted, ...rest } = post.brought ?? {};
      return { state: withFilms(post, rest), audit, effects: [] };
    }
    const left = { because: problem, at: context.now, ...(url === undefined ? {} : { url }) };
    return changed(
      {
        post: withFilms(post, { ...post.brought, [part]: { left } }),
        audit: [{ action: 'unseen-film-left', facts: { part, problem } }],
        effects: tell(context.protocol.desk.officers, 'film-left', context.now),
      },
      context,
    );
  },
);

import { z } from 'zod';
import type { Publication } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import { changed } from './changed.ts';
import { personCommand } from './command.ts';
import { stateOf } from './over.ts';
import { publicationsOf } from './what-is-public.ts';
import { editors } from './may.ts';
import { withPublications } from './publications.ts';
import { mayLeaveAsItIs, refusedThere, wrongForSure } from './refused-there.ts';
import { refusePost } from './refusals.ts';

/**
 * What accounts refused, of the post or of a correction, stays as it is there, and waits for nobody any more. It may still
 * be tried again, corrected or taken down on purpose.
 */
export const leaveAsItIs = personCommand(
  'post.leave-as-it-is',
  z.object({}),
  (post, _params, person, context) => {
    const { now, protocol: rules } = context;
    const [refused, wrong] = [refusedThere(post, rules, now), wrongForSure(post, rules)];
    if (refused.length + wrong.length === 0)
      return refusePost('not-now', { state: stateOf(post), action: 'leave-as-it-is' });
    if (!mayLeaveAsItIs(post, person, rules, now))
      return refusePost('may-not-edit', { may: editors(post, rules) });
    const publications = Object.fromEntries(
      Object.entries(publicationsOf(post)).map(([part, publication]): [string, Publication] => [
        part,
        publication.is === 'failed' && refused.includes(part)
          ? { ...publication, left: { by: person, at: now } }
          : publication,
      ]),
    );
    const ways = Object.fromEntries(wrong.map((part) => [accountOf(part), 'leave' as const]));
    const corrected = post.corrected.map((each, n) =>
      n === post.corrected.length - 1 && wrong.length > 0
        ? { ...each, ways: { ...each.ways, ...ways } }
        : each,
    );
    const left = { ...withPublications(post, publications, now), corrected };
    const facts = { parts: refused, corrections: wrong };
    return changed({ post: left, audit: [{ action: 'left-as-it-is', facts }] }, context);
  },
);

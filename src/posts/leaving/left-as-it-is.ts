import { z } from 'zod';
import type { Publication } from '../../dispatch/publication.ts';
import { notWanted } from '../../dispatch/said.ts';
import { accountOf, partBeforeMissing } from '../../dispatch/thread.ts';
import { withApplied } from '../correcting/applied.ts';
import { changed } from '../changed.ts';
import { personCommand } from '../command.ts';
import { withCard } from '../telling/copies.ts';
import { withStep } from '../telling/past.ts';
import { stateOf } from '../taking-down/over.ts';
import { publicationsOf } from './what-is-public.ts';
import { editors, hearersOf } from '../deciding/may.ts';
import type { PostState, Step } from '../post.ts';
import { tell } from '../post-effect.ts';
import { withPublications } from './publications.ts';
import { notRunning } from './too-late.ts';
import { mayLeaveAsItIs, refusalsOf, type Refused } from '../correcting/refused-there.ts';
import { refusePost } from '../refusals.ts';

/**
 * What accounts refused, of the post or of a correction, stays as it is there, and waits for nobody any more. It may still
 * be tried again, corrected or taken down on purpose. Whoever wrote it, and whoever asked for its correction, hears who did.
 * What has been refused since the card was drawn on which they pressed, they have not seen, and it waits on.
 */
export const leaveAsItIs = personCommand(
  'post.leave-as-it-is',
  z.object({
    /** what the card listed, by name; absent on cards of earlier releases */
    listed: z.array(z.string()).exactOptional(),
  }),
  (post, { listed }, person, context) => {
    const { now, protocol: rules } = context;
    const all = refusalsOf(post, rules, now);
    if (all.length === 0) return refusePost('not-now', { state: stateOf(post), action: 'leave-as-it-is' });
    if (!mayLeaveAsItIs(post, person, rules, now))
      return refusePost('may-not-edit', { may: editors(post, rules) });
    const seen = all.filter(({ name }) => listed?.includes(name) !== false);
    if (seen.length === 0) return refusePost('refused-since', { accounts: accountsOf(all) });
    const partsOf = (what: Refused['what']): readonly string[] =>
      seen.flatMap((each) => (each.what === what ? [each.part] : []));
    const [refused, wrong] = [partsOf('post'), partsOf('correction')];
    const publications = Object.fromEntries(
      Object.entries(publicationsOf(post)).map(([part, publication]): [string, Publication] => [
        part,
        publication.is === 'failed' && refused.includes(part)
          ? { ...publication, left: { by: person, at: now } }
          : publication,
      ]),
    );
    const unsent = unsentOn(post, seen);
    const step: Step = {
      did: 'left-as-it-is',
      by: person,
      at: now,
      accounts: accountsOf(seen),
      ...(unsent.length === 0 ? {} : { unsent }),
    };
    const next = withStep(withWordsLeft(withPublications(post, publications, now), wrong), step);
    const corrector = post.correction ?? post.corrected.at(-1);
    const hear = [...hearersOf(post, rules, now), ...(corrector === undefined ? [] : [corrector.by])];
    const others = [...new Set(hear)].filter((each) => each !== person);
    const effects = tell(withCard(others, post), 'left-as-it-is', now);
    const facts = { parts: refused, corrections: wrong };
    return changed({ post: next, audit: [{ action: 'left-as-it-is', facts }], effects }, context);
  },
);

/** The accounts that did not take those. */
export const accountsOf = (refused: readonly Refused[]): readonly string[] => [
  ...new Set(refused.map(({ part }) => accountOf(part))),
];

/** The accounts that refused nothing of those: Crier was not working when it was to go out, or what follows that. */
function unsentOn(post: PostState, refused: readonly Refused[]): readonly string[] {
  const publications = publicationsOf(post);
  const ours = ({ part, what }: Refused): boolean => {
    const publication = publications[part];
    return (
      what === 'post' &&
      publication?.is === 'failed' &&
      (publication.reason === notRunning || publication.reason === partBeforeMissing)
    );
  };
  return accountsOf(refused).filter((account) =>
    refused.filter(({ part }) => accountOf(part) === account).every(ours),
  );
}

/** The post with the wrong words of some parts left as they are, by whatever correction they were to be put right. */
function withWordsLeft(post: PostState, parts: readonly string[]): PostState {
  if (parts.length === 0) return post;
  const because = Object.fromEntries(parts.map((part) => [part, notWanted]));
  return post.correction?.applied === undefined
    ? { ...post, notCorrectedBecause: { ...post.notCorrectedBecause, ...because } }
    : withApplied(post, (applied) => ({ ...applied, left: [...(applied.left ?? []), ...parts] }));
}

import { z } from 'zod';
import { saidByPerson } from '../dispatch/publication.ts';
import { withAsked } from './asked-by-hand.ts';
import { byHandTimer, changed, tell } from './changed.ts';
import { crierCommand, personCommand } from './command.ts';
import { changedByHand, correctedNote } from './correction-applied.ts';
import { askedByHandOf, mayDoByHand, publicationsOf } from './may.ts';
import { withPublication } from './publish.ts';
import { refusePost } from './refusals.ts';
import { removedPart } from './remove.ts';

/** A person is asked to change or take down what stands where no machine can. */
export const askByHand = crierCommand(
  'post.ask-by-hand',
  z.object({ part: z.string(), what: z.enum(['change', 'remove']) }),
  (post, { part, what }, context) => {
    const standing = publicationsOf(post)[part];
    const holds =
      what === 'remove'
        ? standing?.is === 'removing'
        : post.correction?.applied?.parts[part] === 'waiting' && standing?.is === 'published';
    if (!holds) return refusePost('settled-already', {});
    const asked = withAsked(post, part, what, context);
    return changed(
      {
        post: asked.post,
        audit: [{ action: 'asked-by-hand', facts: { part, what, people: asked.people } }],
        effects: [...asked.effects, ...tell(asked.people, 'by-hand', context.now)],
      },
      context,
    );
  },
);

/** Whoever was asked says that it is done, or will not be. What they posted is published where they say. */
export const doneByHand = personCommand(
  'post.done-by-hand',
  z.object({
    part: z.string(),
    did: z.enum(['done', 'not-posted']),
    link: z.string().max(2_000),
    noLink: z.boolean(),
    /** when they were asked, as the card says on which they pressed; absent on cards of earlier releases */
    asked: z.int().exactOptional(),
  }),
  (post, { part, did, link, noLink, asked }, person, context) => {
    const entry = askedByHandOf(post)[part];
    if (entry === undefined) return refusePost('settled-already', {});
    if (!mayDoByHand(post, part, person, context.protocol)) {
      return refusePost('not-asked', { asked: entry.people, stage: context.protocol.desk.name });
    }
    // What was shown then is not what is to be posted now: whoever posted it has the old words there.
    if (asked !== undefined && asked !== entry.since) return refusePost('new-words', {});
    const note = { action: 'done-by-hand', facts: { part, what: entry.what, did } };
    if (entry.what === 'change') {
      const next = changedByHand(post, part, did === 'done');
      return next === undefined
        ? refusePost('settled-already', {})
        : changed(
            {
              post: next,
              audit: [note, correctedNote(post, part, did === 'done')],
              drop: [byHandTimer(part)],
            },
            context,
          );
    }
    if (entry.what === 'remove') return removedPart(post, part, undefined, context, [note]);
    if (did === 'not-posted') {
      return withPublication(post, part, { is: 'stopped', at: context.now, forGood: true }, [note], context);
    }
    const url = link.trim();
    if (url === '' ? !noLink : !isHttps(url)) return refusePost('link-or-none', {});
    const remote = { remoteId: saidByPerson, url };
    return withPublication(post, part, { is: 'published', remote, at: context.now }, [note], context);
  },
);

/** Only an address that anybody can follow safely is kept as the place where it stands. */
const isHttps = (link: string): boolean =>
  /^https:\/\/\S+$/u.test(link) && URL.canParse(link) && new URL(link).username === '';

import { z } from 'zod';
import type { Millis } from '../../core/time.ts';
import { followedBy, type AuditNote } from '../../core/change.ts';
import { notByHand, notWanted, saidByPerson } from '../../dispatch/said.ts';
import { withAsked } from './asked-by-hand.ts';
import { changed } from '../changed.ts';
import { tell } from '../post-effect.ts';
import { byHandTimer } from '../deciding/set-timers.ts';
import { crierCommand, personCommand, type PostDecision } from '../command.ts';
import { correctedNote, partMade, partMissed } from '../correcting/correction-parts.ts';
import { changedByHand } from '../correcting/corrected-by-hand.ts';
import { notUnderWay, withApplied } from '../correcting/applied.ts';
import { settledCorrection } from '../correcting/put-right.ts';
import { askedByHandAt, mayHaveChanged, notAskedWhether } from './done-by-hand.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { mayDoByHand } from '../deciding/may.ts';
import { pastedAddress } from '../writing/pasted-address.ts';
import type { PostContext, PostState, Step } from '../post.ts';
import { unlessHeldBack, withPublications } from '../leaving/publications.ts';
import { withPublication } from '../leaving/publish.ts';
import { refusePost } from '../refusals.ts';
import { stoppedByHand } from '../stopping/stop-by-rule.ts';
import { removedPart } from '../taking-down/take-down.ts';

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
    const applied = post.correction?.applied;
    if (what === 'change' && applied !== undefined) {
      // Of what is held, or wanted no more, nobody is asked.
      if (applied.over === true)
        return settledCorrection(post, { part, ok: false, reason: notWanted }, context);
      const free = withApplied(post, (each) => notUnderWay(each, part));
      if (post.status.is === 'held') return { state: free, audit: [], effects: [] };
      return askedByHand(free, part, what, context);
    }
    return askedByHand(post, part, what, context);
  },
);

function askedByHand(
  post: PostState,
  part: string,
  what: 'change' | 'remove',
  context: PostContext,
): PostDecision {
  const asked = withAsked(post, part, what, context);
  return changed(
    {
      post: asked.post,
      audit: [{ action: 'asked-by-hand', facts: { part, what, people: asked.people } }],
      effects: [...asked.effects, ...tell(asked.people, 'by-hand', context.now)],
    },
    context,
  );
}

/** Whoever was asked says that it is done, or will not be. What they posted is published where they say. */
export const doneByHand = personCommand(
  'post.done-by-hand',
  z.object({
    part: z.string(),
    did: z.enum(['done', 'not-posted']),
    link: z.string().max(2_000),
    noLink: z.boolean(),
    /** why it will not be posted; absent on cards of earlier releases */
    note: z.string().max(2_000).default(''),
    /** when they were asked, as the card says on which they pressed; absent on cards of earlier releases */
    asked: z.int().exactOptional(),
  }),
  (before, said, person, context) => {
    const { part, did, link, noLink, asked } = said;
    const entry = askedByHandAt(before, part);
    if (entry === undefined) return refusePost('settled-already', {});
    if (!mayDoByHand(before, part, person, context.protocol)) {
      return refusePost('not-asked', { asked: entry.people, stage: context.protocol.desk.name });
    }
    // What was shown then is not what is to be posted now: whoever posted it has the old words there.
    if (asked !== undefined && asked !== entry.since) return refusePost('new-words', {});
    const done = did === 'done';
    // Whoever has posted it can say where; otherwise the words are stopped before somebody posts them.
    const stopped =
      entry.what === 'post' && !(done && link.trim() !== '') ? stoppedByHand(before, context) : undefined;
    if (stopped !== undefined) return afterStop(stopped, part, done, context);
    const note = { action: 'done-by-hand', facts: { part, what: entry.what, did } };
    if (entry.what === 'post' && !done) {
      return before.byHand?.[part] === undefined
        ? changed({ post: neverPosted(before, part, context.now), audit: [note] }, context)
        : notPosted(before, { part, why: said.note.trim(), person, note }, context);
    }
    if (entry.what === 'remove' && !done)
      return cannotComeDown(before, { part, why: said.note.trim(), person, note }, context);
    const isOff = mayHaveChanged(before, part, entry.what);
    // While it is held, or stays as it is, they are asked only whether they had changed it.
    const cannot = !done && !isOff ? { cannot: true as const } : {};
    const post = withStep(before, part, { by: person, at: context.now, done, ...cannot });
    if (isOff) {
      const said = unlessHeldBack(saidWhetherChanged(post, part, done, context.now), context.now);
      const settled = said.correction?.applied?.parts[part] !== 'waiting';
      const audit = settled ? [note, correctedNote(post, part, done)] : [note];
      return changed({ post: said, audit }, context);
    }
    if (entry.what === 'change') {
      const next = changedByHand(post, part, done ? context.now : undefined);
      return next === undefined
        ? refusePost('settled-already', {})
        : changed(
            { post: next, audit: [note, correctedNote(post, part, done)], drop: [byHandTimer(part)] },
            context,
          );
    }
    if (entry.what === 'remove') return removedPart(post, part, undefined, context, [note]);
    const url = pastedAddress(link) ?? '';
    if (url === '' && (link.trim() !== '' || !noLink)) return refusePost('link-or-none', {});
    const remote = { remoteId: saidByPerson, url };
    const publication = { is: 'published', remote, at: context.now } as const;
    const made = withPublication(post, { part, publication, audit: [note] }, context);
    if ('refused' in made) return made;
    const told = tell(stoppedBy(before, person, context), 'posted-all-the-same', context.now);
    return { ...made, effects: [...made.effects, ...told] };
  },
);

/** A rule stops what they were to post, as they press: that they have not posted it is taken as said. */
function afterStop(stopped: PostDecision, part: string, done: boolean, context: PostContext): PostDecision {
  if ('refused' in stopped || done) return stopped;
  const note = { action: 'done-by-hand', facts: { part, what: 'post', did: 'not-posted' } };
  const never = changed({ post: neverPosted(stopped.state, part, context.now), audit: [note] }, context);
  return followedBy(stopped, never);
}

/** Who hears that it was posted by hand though somebody held it or took it down: whoever did. */
function stoppedBy({ status }: PostState, person: string, { protocol }: PostContext): readonly string[] {
  if (status.is !== 'held' && status.is !== 'taken-down') return [];
  const who = status.by === 'crier' ? protocol.desk.officers : [status.by];
  return who.filter((each) => each !== person);
}

/** The post with what somebody said of what was asked for by hand among what was done with it. */
function withStep(
  post: PostState,
  part: string,
  said: Pick<Extract<Step, { readonly did: 'by-hand' }>, 'by' | 'at' | 'done' | 'cannot' | 'note'>,
): PostState {
  const entry = askedByHandAt(post, part);
  if (entry === undefined) return post;
  const asked = entry.people.includes(said.by);
  return {
    ...post,
    past: [...(post.past ?? []), { did: 'by-hand', part, what: entry.what, asked, ...said }],
  };
}

/** Who hears why something can not be done by hand: its author, the desk, who wants it, and who else was asked. */
function toldInVain(
  post: PostState,
  part: string,
  person: string,
  { protocol }: PostContext,
): readonly string[] {
  const wanted = post.status.is === 'taken-down' ? [post.status.by] : [];
  const asked = askedByHandAt(post, part)?.people ?? [];
  const people = [post.author, ...wanted, ...protocol.desk.officers, ...asked];
  return [...new Set(people)].filter((each) => each !== person);
}

/** What somebody says who does not do by hand what they were asked to. */
interface Declined {
  readonly part: string;
  readonly why: string;
  readonly person: string;
  /** that they have said so */
  readonly note: AuditNote;
}

/** It will not be posted there: its author, the desk and who else was asked hear why, and it can be asked for again. */
function notPosted(
  post: PostState,
  { part, why, person, note }: Declined,
  context: PostContext,
): PostDecision {
  if (why === '') return refusePost('note-needed', { for: 'not-posted' });
  const { now } = context;
  const told = toldInVain(post, part, person, context);
  const made = withPublication(
    withStep(post, part, { by: person, at: now, done: false, note: why }),
    {
      part,
      publication: { is: 'failed', reason: notByHand, at: now },
      audit: [{ ...note, personal: { note: why } }],
    },
    context,
  );
  return 'refused' in made ? made : { ...made, effects: [...made.effects, ...tell(told, 'not-posted', now)] };
}

/** It cannot be taken down there: it stands on, nobody is asked any more, and whoever waits for it hears why. */
function cannotComeDown(
  post: PostState,
  { part, why, person, note }: Declined,
  context: PostContext,
): PostDecision {
  const entry = post.byHand?.[part];
  if (entry === undefined || entry.cannot === true) return refusePost('settled-already', {});
  if (why === '') return refusePost('note-needed', { for: 'not-taken-down' });
  const { now } = context;
  const told = toldInVain(post, part, person, context);
  const said = withStep(post, part, { by: person, at: now, done: false, cannot: true, note: why });
  const cannot = { ...entry, people: [], cannot: true as const };
  return changed(
    {
      post: { ...said, byHand: { ...said.byHand, [part]: cannot } },
      audit: [{ ...note, personal: { note: why } }],
      effects: tell(told, 'cannot-come-down', now),
      drop: [byHandTimer(part)],
    },
    context,
  );
}

/**
 * The post once whoever was to change by hand what is held, or is to stay as it is, has said whether they had. If not, it
 * waits as it is, or stays so.
 */
function saidWhetherChanged(post: PostState, part: string, done: boolean, now: Millis): PostState {
  const said = notAskedWhether(post, [part]);
  if (done) return partMade(said, part, now) ?? said;
  return said.correction?.applied?.over === true ? (partMissed(said, part, notWanted) ?? said) : said;
}

/** The post once whoever was to post by hand what is held or given up has said that they have not: nothing of it stands. */
function neverPosted(post: PostState, part: string, now: Millis): PostState {
  const publication = publicationsOf(post)[part];
  // What a rule stopped is not posted there, and known not to be.
  if (publication?.is === 'failed') return notAskedWhether(post, [part]);
  const { lookFrom: _looked, ...stopped } =
    publication?.is === 'stopped' ? publication : { is: 'stopped' as const, at: now };
  return withPublications(notAskedWhether(post, [part]), { [part]: stopped }, now);
}

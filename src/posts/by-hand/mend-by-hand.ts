import { z } from 'zod';
import type { NewEffect } from '../../core/change.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { saidByPerson } from '../../dispatch/said.ts';
import { isDesk } from '../../protocol/people.ts';
import { withAsked } from './asked-by-hand.ts';
import { changed } from '../changed.ts';
import { effect, tell } from '../post-effect.ts';
import { personCommand, type PostDecision } from '../command.ts';
import { endOf } from '../leaving/its-end.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { stepsOf } from '../telling/past.ts';
import { isRestRefused, openHold } from '../stopping/open-hold.ts';
import { pastedAddress } from '../writing/pasted-address.ts';
import type { DeskRules, PostContext, PostState, Step } from '../post.ts';
import { mendsByHand } from './done-by-hand.ts';
import { untilHeld, withPublications } from '../leaving/publications.ts';
import { refusePost } from '../refusals.ts';

/** That somebody said that they had posted a part by hand. */
type Posted = Extract<Step, { readonly did: 'by-hand' }>;

/** Where a part stands by what somebody said of it: published, or to come down since. */
type Standing = Extract<Publication, { readonly is: 'published' | 'removing' }>;

/** What stands because somebody said that they had posted it by hand, and who said so; undefined for anything else. */
export function postedByHand(
  post: PostState,
  part: string,
): { readonly step: Posted; readonly standing: Standing } | undefined {
  const standing = publicationsOf(post)[part];
  if (standing?.is !== 'published' && standing?.is !== 'removing') return undefined;
  if (standing.remote.remoteId !== saidByPerson) return undefined;
  const step = stepsOf(post).findLast(
    (each): each is Posted => each.did === 'by-hand' && each.part === part && each.what === 'post',
  );
  return step?.done === true ? { step, standing } : undefined;
}

/** Whoever said it may put it right, and the desk. */
export function mayMendByHand(post: PostState, part: string, person: string, rules: DeskRules): boolean {
  const { step } = postedByHand(post, part) ?? {};
  if (step === undefined || rules.people[person] === undefined) return false;
  return step.by === person || isDesk(person, rules);
}

/** While other words are to be put there, or were not, nobody could tell any more what is to be posted. */
export function mayUndoByHand({ correction, notCorrected = [] }: PostState, part: string): boolean {
  return correction?.applied?.parts[part] === undefined && !notCorrected.includes(part);
}

/**
 * Puts right that somebody said they had posted it by hand: another address, or that it is not posted after all. Then it
 * is asked for again, unless it was not to be posted any more; where it was held, and nobody has let it go on since, it is
 * held as it was. Whoever saw that it is out is told.
 */
export const mendByHand = personCommand(
  'post.mend-by-hand',
  z.object({
    part: z.string(),
    how: z.enum(mendsByHand),
    link: z.string().max(2_000),
    /** when it was said, as the card says on which they pressed */
    said: z.int(),
  }),
  (post, { part, how, link, said }, person, context) => {
    const posted = postedByHand(post, part);
    if (posted === undefined || posted.step.at !== said) return refusePost('settled-already', {});
    if (!mayMendByHand(post, part, person, context.protocol)) {
      const { desk } = context.protocol;
      return refusePost('not-asked', { asked: [posted.step.by, ...desk.officers], stage: desk.name });
    }
    const step: Step = { did: 'by-hand-mended', by: person, at: context.now, part, how };
    const mended: PostState = { ...post, past: [...(post.past ?? []), step] };
    if (how === 'not-posted') {
      return mayUndoByHand(post, part)
        ? notPostedAfterAll(mended, part, person, context)
        : refusePost('settled-already', {});
    }
    const url = pastedAddress(link);
    if (url === undefined) return refusePost('link-needed', {});
    const { standing } = posted;
    if (url === standing.remote.url) return refusePost('nothing-changed', {});
    const there: Publication = { ...standing, remote: { ...standing.remote, url } };
    return changed(
      {
        post: withPublications(mended, { [part]: there }, context.now),
        audit: [{ action: 'by-hand-mended', facts: { part, how } }],
        effects: tell(hearers(post, undefined, person, context), 'by-hand-mended', context.now),
      },
      context,
    );
  },
);

function notPostedAfterAll(
  post: PostState,
  part: string,
  person: string,
  context: PostContext,
): PostDecision {
  const { now } = context;
  const audit = [{ action: 'by-hand-mended', facts: { part, how: 'not-posted' } }];
  const forget = effect(`stands:${part}`, { type: 'post.note-last', data: { part } }, now);
  const isOver = (endOf(post)?.at ?? now + 1) <= now;
  const hold = openHold(post);
  const people = hearers(post, isOver ? undefined : hold, person, context);
  if (
    isOver ||
    hold !== undefined ||
    post.status.is === 'held' ||
    post.status.is === 'taken-down' ||
    isRestRefused(post)
  ) {
    const change = { [part]: { is: 'stopped', at: now } } as const;
    const stopped = isOver ? withPublications(post, change, now) : untilHeld(post, change, now);
    return changed(
      { post: stopped, audit, effects: [forget, ...tell(people, 'by-hand-mended', now)] },
      context,
    );
  }
  const waits = withPublications(post, { [part]: { is: 'asked', since: now } }, now);
  const asked = withAsked(waits, part, 'post', context);
  const hands = asked.people.filter((each) => each !== person);
  const others = people.filter((each) => !hands.includes(each));
  const effects: readonly NewEffect[] = [
    forget,
    ...asked.effects,
    ...tell(hands, 'by-hand', now),
    ...tell(others, 'by-hand-mended', now),
  ];
  return changed({ post: asked.post, audit, effects }, context);
}

/** Who hears of it: its author, the desk, and whoever held it or took it down and heard that it was posted all the same. */
function hearers(
  { author, status }: PostState,
  hold: { readonly by: string } | undefined,
  person: string,
  { protocol }: PostContext,
): readonly string[] {
  const stopped = hold ?? (status.is === 'held' || status.is === 'taken-down' ? status : undefined);
  const by = stopped === undefined || stopped.by === 'crier' ? [] : [stopped.by];
  return [...new Set([author, ...protocol.desk.officers, ...by])].filter((each) => each !== person);
}

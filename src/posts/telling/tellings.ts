import { isSaidWhere } from '../leaving/on-its-way.ts';
import type { Millis } from '../../core/time.ts';
import { isRefused } from '../../dispatch/publication.ts';
import { notByHand } from '../../dispatch/said.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { isInVain } from '../by-hand/asked-by-hand.ts';
import { isRestStopped, isStoppedEmergency } from '../deciding/stopped-emergency.ts';
import { asksTheDesk } from '../deciding/asks-the-desk.ts';
import { isEmergency, isHeldEmergency } from '../stopping/held-emergency.ts';
import { isPastAgreeing } from '../correcting/correction-findings.ts';
import { isEndedUnsent } from '../leaving/its-end.ts';
import { turnedOf } from '../leaving/for-rehearsal.ts';
import { isOver } from '../taking-down/over.ts';
import { hasToBeChanged } from '../leaving/to-go-out.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { rewritten } from './past.ts';
import type { DeskRules, PostState } from '../post.ts';
import { notPutRight } from '../correcting/standing.ts';
import { goneForNothing, notDownOf } from '../taking-down/came-down.ts';

/** What people are told about a post, and whether that is still so by the time they would read it. */

/** What a message points somebody at, whose card is only updated and so makes no sound. */
export type Told = (typeof tellings)[number];
export const tellings = [
  'asked',
  'reminder',
  'escalated',
  'all-away',
  'came-back',
  'rewritten',
  'asks-the-desk',
  'not-taken',
  'noted',
  'correction-refused',
  'rest-refused',
  'correction-over',
  'correction-stopped',
  'not-corrected',
  'gone-for-nothing',
  'by-hand',
  'by-hand-in-vain',
  'takes-over',
  'others-by-hand',
  'whether-done',
  'new-words',
  'do-not-post',
  'not-posted',
  'posted-all-the-same',
  'not-taken-down',
  'cannot-come-down',
  'film-left',
  'by-hand-mended',
  'left-as-it-is',
  'ended-first',
  'held',
  'still-held',
  'turned',
  'emergency-held',
  'emergency-not-out',
  'emergency-since',
  'emergency-stopped',
] as const;

/** What somebody hears in one message for every post of which they do. */
export type ToldTogether = Extract<Told, 'all-away' | 'held' | 'still-held'>;

/** Whether somebody hears so in one message for every post of which they do: not of an emergency, which they hear of at once. */
export const isToldTogether = (about: Told, post: PostState): about is ToldTogether =>
  about === 'all-away' || (isHeldTelling(about) && !isEmergency(post));

/** Whether it is told of what is held. */
export const isHeldTelling = (about: Told): about is Exclude<ToldTogether, 'all-away'> =>
  about === 'held' || about === 'still-held';

/** What somebody hears with all else of which they do within a moment, where posts did not go out as they were to. */
const ofLate = ['came-back', 'asks-the-desk', 'not-taken', 'ended-first', 'turned'] as const;
type ToldOfLate = (typeof ofLate)[number];

/** @returns the name by which somebody is to hear that of a late post */
export const lateName = (about: Told, post: string): string => `${about} ${post}`;

/** @returns what is told of which post by such a name; nothing for one of another release */
export function lateOf(name: string): readonly { readonly about: ToldOfLate; readonly post: string }[] {
  const [is, post = ''] = name.split(' ');
  return ofLate.flatMap((about) => (about === is ? [{ about, post }] : []));
}

/** Whether what somebody is to be told of a post is still so. */
export function stillSo(
  post: PostState,
  about: Told,
  person: string,
  rules: DeskRules,
  now: Millis,
): boolean {
  switch (about) {
    case 'asked':
    case 'reminder':
    case 'escalated':
      return askedAndHere(post, rules, now).includes(person);
    case 'still-held':
      return post.status.is === 'held' && askedAndHere(post, rules, now).includes(person);
    case 'held':
      return post.status.is === 'held';
    case 'turned':
      return turnedOf(post) !== undefined;
    case 'emergency-held':
      return isHeldEmergency(post);
    case 'emergency-stopped':
      return isStoppedEmergency(post) || isRestStopped(post);
    case 'emergency-not-out':
      return post.onItsWay?.told?.includes(person) === true;
    case 'all-away':
      return post.allAway?.includes(person) === true;
    case 'came-back':
      return isOver(post) || hasToBeChanged(post);
    case 'rewritten':
      return post.status.is === 'draft' && rewritten(post).by !== person;
    case 'correction-refused':
      return post.correctionRefused !== undefined;
    case 'rest-refused':
      return post.restRefused !== undefined;
    case 'correction-stopped':
      return isPastAgreeing(post, now, rules);
    case 'correction-over':
      return post.correctionOver !== undefined;
    case 'gone-for-nothing':
      return goneForNothing(post).length > 0;
    case 'not-corrected':
      return notPutRight(post).length > 0;
    case 'asks-the-desk':
      return asksTheDesk(post);
    case 'not-taken':
      return Object.values(publicationsOf(post)).some(isRefused);
    case 'by-hand':
    case 'takes-over':
    case 'new-words':
      return doesByHand(post, person);
    case 'by-hand-in-vain':
      return Object.values(post.byHand ?? {}).some(isInVain);
    case 'not-posted':
      return Object.values(publicationsOf(post)).some(
        (publication) => publication.is === 'failed' && publication.reason === notByHand,
      );
    case 'emergency-since':
      return isSaidWhere(post);
    case 'noted':
    case 'posted-all-the-same':
    case 'by-hand-mended':
    case 'left-as-it-is':
      return true;
    case 'ended-first':
      return isEndedUnsent(post);
    case 'cannot-come-down':
      return Object.values(post.byHand ?? {}).some(({ cannot }) => cannot === true);
    case 'film-left':
      return Object.values(post.brought ?? {}).some(({ left }) => left !== undefined);
    case 'not-taken-down':
      return notDownOf(post).length > 0;
    case 'whether-done':
      return Object.values(post.wasByHand ?? {}).some(({ deskSays }) => deskSays === true);
    case 'others-by-hand':
    case 'do-not-post':
      // Whoever is asked again meanwhile need not be told to leave it.
      return !doesByHand(post, person);
  }
}

const doesByHand = (post: PostState, person: string): boolean =>
  Object.values(post.byHand ?? {}).some(({ people }) => people.includes(person));

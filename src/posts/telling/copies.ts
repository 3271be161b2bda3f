import { awaited } from '../../approval/review.ts';
import { askedAndHere } from '../deciding/asked.ts';
import { isForTheDesk } from '../deciding/asks-the-desk.ts';
import { isLeftByAuthor, writersNow } from '../deciding/may.ts';
import { mendersOf } from '../deciding/stopped-emergency.ts';
import { isOver } from '../taking-down/over.ts';
import type { Copy, DeskRules, PostState } from '../post.ts';
import { hasToBeChanged } from '../leaving/to-go-out.ts';

/** Those of the people who have a card of the post already, which will only be updated. */
export function withCard(people: readonly string[], post: PostState): readonly string[] {
  return people.filter((person) =>
    post.copies.some((copy) => copy.key === `person:${person}` && copy.posted !== undefined),
  );
}

/** In whose Teams channel they are asked: the desk's for its look, else the department's. */
export function askedInChannelOf({ status, department }: PostState): string | undefined {
  const stage = status.is === 'in-review' ? awaited(status.review) : undefined;
  return stage?.kind === 'pass-on' ? 'desk' : department;
}

/** Whether a card of the post stands in somebody's own chat, or cannot; undefined while that is being tried. */
export function reachedInPerson({ copies }: PostState, person: string): boolean | undefined {
  const own = copies.find(({ key }) => key === `person:${person}`);
  if (own?.unreachable !== undefined) return false;
  return own?.posted === undefined ? undefined : true;
}

/** Every card that should show this post: those there are, and those of whoever is asked now. */
export function copiesOf(post: PostState, rules: DeskRules, now: number): readonly Copy[] {
  const wanted = new Map<string, Copy>(post.copies.map((copy) => [copy.key, copy]));
  const add = (copy: Copy) => {
    if (!wanted.has(copy.key)) wanted.set(copy.key, copy);
  };
  const forPerson = (person: string) => {
    add({ key: `person:${person}`, to: { kind: 'person', person }, shown: 0 });
  };
  if (rules.people[post.author] !== undefined) forPerson(post.author);
  const isLeft = post.status.is === 'draft' && isLeftByAuthor(post, rules);
  const writers = isLeft || isOver(post) || hasToBeChanged(post) ? writersNow(post, rules, now) : [];
  if (!writers.includes(post.author)) for (const person of writers) forPerson(person);
  for (const person of mendersOf(post, rules)) forPerson(person);
  const asked = askedAndHere(post, rules, now);
  for (const person of asked) forPerson(person);
  for (const of of channelsToShowIn(post))
    add({ key: channelKey(of), to: { kind: 'teams-channel', of }, shown: 0 });
  for (const { people } of Object.values(post.byHand ?? {})) for (const person of people) forPerson(person);
  if (isForTheDesk(post)) for (const officer of rules.desk.officers) forPerson(officer);
  return [...wanted.values()];
}

const channelPrefix = 'channel:';

/** The key of the copy in the Teams channel of a department, or of the desk. */
export const channelKey = (of: string): string => `${channelPrefix}${of}`;

/** Whose Teams channel a copy is in; undefined for one that is elsewhere. */
export const channelOfKey = (key: string): string | undefined =>
  key.startsWith(channelPrefix) ? key.slice(channelPrefix.length) : undefined;

/** In whose Teams channels a card of the post is wanted as it stands: where it waits, and where the desk has to know. */
export function channelsToShowIn(post: PostState): readonly string[] {
  const { status, allAway } = post;
  const asked =
    status.is === 'in-review' && awaited(status.review) !== undefined ? askedInChannelOf(post) : undefined;
  // Nobody is left to ask: the desk must know at once. What is held with everything else waits for the stop's end.
  const desk = (allAway !== undefined && status.is !== 'held') || isForTheDesk(post);
  return [...new Set([...(asked === undefined ? [] : [asked]), ...(desk ? ['desk'] : [])])];
}

import { days } from '../core/time.ts';
import { lastResumed, newestChange, stopInForce } from '../dispatch/access.ts';
import type { HeardOfHeld, ToHear } from '../people/person.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { urgentFirst } from '../posts/stopping/held-emergency.ts';
import { heldNow } from '../posts/stopping/holdable.ts';
import { isOverdue } from '../posts/leaving/to-go-out.ts';
import { maySee, removers } from '../posts/deciding/may.ts';
import { isApprovedOnce } from '../posts/telling/past.ts';
import type { PostState } from '../posts/post.ts';
import { isSuspended } from '../posts/stopping/stop-of-post.ts';
import { resumedSince } from '../words/stopping.ts';
import { heldOneWords } from '../words/held-for.ts';
import type { HeldFor } from './cards/stop-card.ts';
import { accountStates, type Desk } from './desk.ts';
import { some } from './stopping/holding.ts';

/** What was to go out so soon when it was stopped, its writers hear of at once. */
const soon = days(1);

/** Those of the held posts to be heard of that concern somebody by then, a single one in words; undefined where none does. */
export async function heldFor(
  person: string,
  about: Exclude<HeardOfHeld, 'late'>,
  toHear: ToHear,
  desk: Desk,
): Promise<HeldFor | { readonly text: string } | undefined> {
  const states = await accountStates(desk);
  const rules = desk.rules();
  const now = desk.clock();
  const inForce = stopInForce(states.values());
  const stop = about === 'stopped' ? inForce : undefined;
  if (about === 'stopped' && stop === undefined) return undefined;
  const lifted = about === 'resumed' && inForce === undefined ? lastResumed(states.values()) : undefined;
  const decide: PostState[] = [];
  const own: PostState[] = [];
  for await (const post of heldNow(desk.executor)) {
    if (!isToBeHeard(post, toHear) || !maySee(post, person, rules)) continue;
    const isTheirs = post.author === person;
    if (isSuspended(post, states, rules)) {
      if (stop !== undefined && isTheirs && wouldLeaveSoon(post)) own.push(post);
    } else if (stop !== undefined) continue;
    else if (askedAndHere(post, rules, now).includes(person)) decide.push(post);
    // Of what was held alone its writers hear apart, and nobody is reminded of what waits for others.
    else if (isTheirs && (about === 'resumed' || (about === 'held' && isHeldWithAll(post, person))))
      own.push(post);
  }
  for (const list of [decide, own]) list.sort(soonestFirst);
  const mayLift = removers(rules).includes(person);
  const nothing = decide.length === 0 && own.length === 0;
  // Whoever may stop and resume hears of both, whatever waits for them.
  if (nothing && mayLift && lifted !== undefined) return { text: resumedSince(lifted, rules, now) };
  if (nothing && !(stop !== undefined && mayLift)) return undefined;
  const [only, ...others] = [...decide, ...own];
  if (only !== undefined && others.length === 0 && stop === undefined) {
    const heard = { about, by: about === 'held' ? heldByOf([only]) : [], decides: decide.includes(only) };
    return { text: heldOneWords(only, heard, rules, now) };
  }
  const late = (post: PostState): boolean => stop === undefined && isOverdue(post, now);
  const inTime = (post: PostState): boolean => !late(post);
  return {
    is: 'held-for',
    about,
    by: about === 'held' ? heldByOf([...decide, ...own]) : [],
    missed: [...decide, ...own].flatMap(({ status }) =>
      status.is === 'held' && status.missed !== undefined ? [status.missed] : [],
    ),
    decide: some(decide.filter(inTime)),
    overdue: some(decide.filter(late)),
    own: some(own.filter(inTime)),
    ownOverdue: some(own.filter(late)),
    ...(lifted === undefined ? {} : { lifted }),
    ...(stop === undefined ? {} : { stop: { ...stop, mayLift, known: newestChange(states.values()) } }),
  };
}

const isToBeHeard = ({ status }: PostState, { reviews, more }: ToHear): boolean =>
  more > 0 || (status.is === 'held' && reviews.includes(status.review.id));

/** What has no planned time was to go out at once; what is urgent comes before all. */
const soonestFirst = (one: PostState, other: PostState): number =>
  urgentFirst(one, other) || (one.when?.at ?? 0) - (other.when?.at ?? 0) || one.number - other.number;

const isHeldWithAll = ({ status }: PostState, person: string): boolean =>
  status.is === 'held' && status.all && status.by !== person;

/** Who held them; what Crier held is said of each on its card. */
const heldByOf = (posts: readonly PostState[]): readonly string[] => [
  ...new Set(
    posts.flatMap(({ status }) => (status.is === 'held' && status.by !== 'crier' ? [status.by] : [])),
  ),
];

/** Whether a stop held what was to leave within the next hours: somebody had let it go, or its time was that near. */
function wouldLeaveSoon(post: PostState): boolean {
  const { status, when } = post;
  if (status.is !== 'held' || status.stop === undefined) return false;
  return when === undefined ? isApprovedOnce(post) : when.at <= status.at + soon;
}

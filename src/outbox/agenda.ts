import TinyQueue from 'tinyqueue';
import type { Waiting } from '../core/effects.ts';
import type { Millis } from '../core/time.ts';

/** An aggregate that is believed to have due work; `waiting` when its commit in this process told it. */
export interface Noticed {
  readonly kind: string;
  readonly id: string;
  readonly due: Millis;
  readonly waiting?: Waiting;
  /** the store told of it, and nobody has seen yet what it is */
  readonly unseen?: true;
}

/**
 * What is believed to fall due, each aggregate once, and which of it first: what falls due earlier, and of what is due
 * already, what was noticed earlier. So each has its turn before any comes again: by its due time, what waits behind a
 * full lane would be looked at over and over before anything that fell due after it.
 */
export interface Agenda {
  /** A commit's word replaces what was believed; anybody else's only when it is earlier. */
  readonly notice: (found: Noticed) => void;
  /** Takes the earliest out, if it is due by then. */
  readonly take: (by: Millis) => Noticed | undefined;
  /** whether it is to be looked at by then anyway */
  readonly has: (found: Noticed) => boolean;
  /** when the earliest falls due */
  readonly next: () => Millis | undefined;
  readonly forget: (aggregate: Pick<Noticed, 'kind' | 'id'>) => void;
}

/** So much that nobody waits for any more is not worth looking for. */
const spare = 1_000;
/** Of so many at a time what is due is kept; of the others the store tells it once more when their turn comes. */
const keptAtOnce = 200;

/** A place in the queue; what was noticed of it since makes it none. */
interface Place {
  readonly key: string;
  readonly at: Millis;
  readonly due: Millis;
}

const keyOf = ({ kind, id }: Pick<Noticed, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Begins with nothing noticed. */
export function createAgenda(clock: () => Millis): Agenda {
  const noticed = new Map<string, { readonly found: Noticed; readonly place: Place }>();
  const ordered = (all: Iterable<Place>): TinyQueue<Place> =>
    new TinyQueue([...all], (one, other) => one.at - other.at || one.due - other.due);
  /** Also holds the places of what was replaced or forgotten since, which are passed over when they come up. */
  let inOrder = ordered([]);
  /** of how many it is kept what is due of them */
  let kept = 0;

  function earliest(): { readonly found: Noticed; readonly place: Place } | undefined {
    for (let first = inOrder.peek(); first !== undefined; first = inOrder.peek()) {
      const known = noticed.get(first.key);
      if (known?.place === first) return known;
      inOrder.pop();
    }
    return undefined;
  }

  function leave(key: string): void {
    if (noticed.get(key)?.found.waiting !== undefined) kept -= 1;
    noticed.delete(key);
  }

  return {
    notice: (told) => {
      const key = keyOf(told);
      const known = noticed.get(key);
      if (told.waiting === undefined && known !== undefined && known.found.due <= told.due) return;
      leave(key);
      const { kind, id, due, waiting } = told;
      const found = waiting === undefined || kept < keptAtOnce ? told : { kind, id, due };
      if (found.waiting !== undefined) kept += 1;
      // Whoever is told of anew keeps the place that it had.
      const place = { key, at: Math.max(due, Math.min(clock(), known?.place.at ?? Infinity)), due };
      noticed.set(key, { found, place });
      if (inOrder.length > 2 * noticed.size + spare) {
        inOrder = ordered([...noticed.values()].map((each) => each.place));
      } else inOrder.push(place);
    },
    take: (by) => {
      const first = earliest();
      if (first === undefined || first.place.at > by) return undefined;
      leave(first.place.key);
      inOrder.pop();
      return first.found;
    },
    has: (told) => (noticed.get(keyOf(told))?.found.due ?? Infinity) <= told.due,
    next: () => earliest()?.place.at,
    forget: (aggregate) => leave(keyOf(aggregate)),
  };
}

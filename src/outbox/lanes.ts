import type { Lane } from '../core/handler.ts';
import { seconds } from '../core/time.ts';
import type { Millis } from '../core/time.ts';

/** An aggregate with work that waits for its turn. */
export interface Waiter {
  readonly kind: string;
  readonly id: string;
  readonly due: Millis;
}

/** Whoever waits is looked at so often all the same: another process may have changed what is due of it. */
const lookedAtEvery: Millis = seconds(30);

/** Who runs in which lane, and who waits for a turn. Kept in memory: the store knows them as due all the while. */
export interface Lanes {
  /** @returns whether the run may begin; if not, its aggregate waits in the lane */
  readonly enter: (lane: Lane, waiter: Waiter, now: Millis) => boolean;
  /** Its aggregate waits in the lane, whether there is room or not: its turn is decided among all who wait. */
  readonly wait: (lane: Lane, waiter: Waiter, now: Millis) => void;
  readonly leave: (lane: Lane, now: Millis) => void;
  /** Nobody begins there before that time: others have taken all there is. */
  readonly close: (lane: Lane, until: Millis) => void;
  /**
   * Takes those out that may begin by now, as many as there is room for and at most so many, in the order in which they
   * came. The lane in which fewest run goes first, and of those the longest: where more wait than may run at once, all
   * come to their end together, and none is left to go on alone.
   */
  readonly turns: (now: Millis, most: number) => readonly Waiter[];
  /** whether nobody need look at it now, since it waits for its turn */
  readonly waits: (waiter: Pick<Waiter, 'kind' | 'id'>, now: Millis) => boolean;
  /** It has nothing due any more. */
  readonly forget: (waiter: Pick<Waiter, 'kind' | 'id'>) => void;
  /** how many wait */
  readonly size: () => number;
  /** when a lane opens again in which somebody waits; undefined when none is closed */
  readonly opens: (now: Millis) => Millis | undefined;
}

interface Kept {
  readonly width: number;
  inside: number;
  closedUntil: Millis;
  readonly waiting: Set<Place>;
}

/** One for each aggregate, in however many lanes it waits: behind ten thousand posts, sixty thousand cards do. */
interface Place {
  readonly waiter: Waiter;
  /** in how many lanes it waits */
  lanes: number;
  /** when it was looked at last */
  looked: Millis;
}

const keyOf = ({ kind, id }: Pick<Waiter, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Begins with every lane empty. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Kept>();
  const places = new Map<string, Place>();

  function lane({ name, width }: Lane): Kept {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const made: Kept = { width, inside: 0, closedUntil: 0, waiting: new Set() };
    lanes.set(name, made);
    return made;
  }

  function takeOut(from: Kept, place: Place): void {
    if (!from.waiting.delete(place)) return;
    place.lanes -= 1;
    if (place.lanes === 0) places.delete(keyOf(place.waiter));
  }

  function wait(of: Lane, waiter: Waiter, now: Millis): void {
    const { waiting } = lane(of);
    const key = keyOf(waiter);
    const place = places.get(key) ?? { waiter, lanes: 0, looked: now };
    if (!waiting.has(place)) place.lanes += 1;
    place.looked = now;
    waiting.add(place);
    places.set(key, place);
  }

  return {
    enter: (of, waiter, now) => {
      const entered = lane(of);
      if (entered.inside >= entered.width || entered.closedUntil > now) {
        wait(of, waiter, now);
        return false;
      }
      entered.inside += 1;
      const known = places.get(keyOf(waiter));
      if (known !== undefined) takeOut(entered, known);
      return true;
    },
    wait,
    leave: (of, now) => {
      const left = lane(of);
      left.inside -= 1;
      if (left.inside === 0 && left.waiting.size === 0 && left.closedUntil <= now) lanes.delete(of.name);
    },
    close: (of, until) => {
      lane(of).closedUntil = until;
    },
    turns: (now, most) => {
      const taken: Waiter[] = [];
      const open = [...lanes.values()]
        .filter(({ closedUntil, waiting }) => closedUntil <= now && waiting.size > 0)
        .sort((one, other) => one.inside - other.inside || other.waiting.size - one.waiting.size);
      for (let inside = 0, among = open; among.length > 0 && taken.length < most; inside += 1) {
        among = among.filter((each) => inside < each.width && each.waiting.size > 0);
        for (const each of among) {
          if (each.inside > inside || taken.length >= most) break;
          const [place] = each.waiting;
          if (place === undefined) continue;
          takeOut(each, place);
          taken.push(place.waiter);
        }
      }
      return taken;
    },
    waits: (waiter, now) => {
      const looked = places.get(keyOf(waiter))?.looked;
      return looked !== undefined && now - looked < lookedAtEvery;
    },
    forget: (waiter) => {
      const place = places.get(keyOf(waiter));
      if (place !== undefined) for (const each of lanes.values()) takeOut(each, place);
    },
    size: () => places.size,
    opens: (now) => {
      let first: Millis | undefined;
      for (const { closedUntil, waiting } of lanes.values()) {
        if (waiting.size > 0 && closedUntil > now && (first === undefined || closedUntil < first)) {
          first = closedUntil;
        }
      }
      return first;
    },
  };
}

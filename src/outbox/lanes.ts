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
  readonly leave: (lane: Lane, now: Millis) => void;
  /** Nobody begins there before that time: others have taken all there is. */
  readonly close: (lane: Lane, until: Millis) => void;
  /** Takes those out that may begin by now, as many as there is room for, in the order in which they came. */
  readonly turns: (now: Millis) => readonly Waiter[];
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
  readonly waiting: Map<string, Waiter>;
}

const keyOf = ({ kind, id }: Pick<Waiter, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Begins with every lane empty. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Kept>();
  /** in how many lanes each aggregate waits, and when it was looked at last */
  const waiters = new Map<string, { lanes: number; looked: Millis }>();

  function lane({ name, width }: Lane): Kept {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const made: Kept = { width, inside: 0, closedUntil: 0, waiting: new Map() };
    lanes.set(name, made);
    return made;
  }

  function takeOut(from: Kept, key: string): void {
    if (!from.waiting.delete(key)) return;
    const known = waiters.get(key);
    if (known === undefined) return;
    known.lanes -= 1;
    if (known.lanes === 0) waiters.delete(key);
  }

  return {
    enter: (of, waiter, now) => {
      const entered = lane(of);
      const key = keyOf(waiter);
      if (entered.inside < entered.width && entered.closedUntil <= now) {
        entered.inside += 1;
        takeOut(entered, key);
        return true;
      }
      const known = waiters.get(key);
      const here = entered.waiting.has(key) ? 0 : 1;
      entered.waiting.set(key, waiter);
      waiters.set(key, { lanes: (known?.lanes ?? 0) + here, looked: now });
      return false;
    },
    leave: (of, now) => {
      const left = lane(of);
      left.inside -= 1;
      if (left.inside === 0 && left.waiting.size === 0 && left.closedUntil <= now) lanes.delete(of.name);
    },
    close: (of, until) => {
      lane(of).closedUntil = until;
    },
    turns: (now) => {
      const taken: Waiter[] = [];
      for (const each of lanes.values()) {
        if (each.closedUntil > now) continue;
        let room = each.width - each.inside;
        for (const [key, waiter] of each.waiting) {
          if (room <= 0) break;
          room -= 1;
          takeOut(each, key);
          taken.push(waiter);
        }
      }
      return taken;
    },
    waits: (waiter, now) => {
      const looked = waiters.get(keyOf(waiter))?.looked;
      return looked !== undefined && now - looked < lookedAtEvery;
    },
    forget: (waiter) => {
      const key = keyOf(waiter);
      if (waiters.has(key)) for (const each of lanes.values()) takeOut(each, key);
    },
    size: () => waiters.size,
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

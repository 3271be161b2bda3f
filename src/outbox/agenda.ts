import TinyQueue from 'tinyqueue';
import type { Waiting } from '../core/effects.ts';
import type { Millis } from '../core/time.ts';

/** An aggregate that is believed to have due work; `waiting` when its commit in this process told it. */
export interface Noticed {
  readonly kind: string;
  readonly id: string;
  readonly due: Millis;
  readonly waiting?: Waiting;
}

/** What is believed to fall due, each aggregate once, and which of it first. */
export interface Agenda {
  /** A commit's word replaces what was believed; anybody else's only when it is earlier. */
  readonly notice: (found: Noticed) => void;
  /** Takes the earliest out, if it is due by then. */
  readonly take: (by: Millis) => Noticed | undefined;
  /** when the earliest falls due */
  readonly next: () => Millis | undefined;
  readonly forget: (aggregate: Pick<Noticed, 'kind' | 'id'>) => void;
}

/** So much that nobody waits for any more is not worth looking for. */
const spare = 1_000;

const keyOf = ({ kind, id }: Pick<Noticed, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Begins with nothing noticed. */
export function createAgenda(): Agenda {
  const noticed = new Map<string, Noticed>();
  const ordered = (all: Iterable<Noticed>): TinyQueue<Noticed> =>
    new TinyQueue([...all], (one, other) => one.due - other.due);
  /** Also holds what was replaced or forgotten since, which is passed over when it comes up. */
  let inOrder = ordered([]);

  function earliest(): Noticed | undefined {
    for (let first = inOrder.peek(); first !== undefined; first = inOrder.peek()) {
      if (noticed.get(keyOf(first)) === first) return first;
      inOrder.pop();
    }
    return undefined;
  }

  return {
    notice: (found) => {
      const key = keyOf(found);
      const known = noticed.get(key);
      if (found.waiting === undefined && known !== undefined && known.due <= found.due) return;
      noticed.set(key, found);
      if (inOrder.length > 2 * noticed.size + spare) inOrder = ordered(noticed.values());
      else inOrder.push(found);
    },
    take: (by) => {
      const first = earliest();
      if (first === undefined || first.due > by) return undefined;
      noticed.delete(keyOf(first));
      inOrder.pop();
      return first;
    },
    next: () => earliest()?.due,
    forget: (aggregate) => {
      noticed.delete(keyOf(aggregate));
    },
  };
}

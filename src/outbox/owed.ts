import type { Effect } from '../core/change.ts';
import type { Ending } from '../core/effects.ts';
import type { Outcome } from '../core/handler.ts';
import type { Millis } from '../core/time.ts';
import type { Started } from './calls.ts';

/** What a run came to, and how it leaves its effect. */
interface Concluded {
  readonly started: Started;
  readonly outcome: Outcome;
  readonly ending: Ending;
}

/**
 * What runs of this process came to and the store has not taken yet. It is recorded once the store takes it, in place of
 * another run: what stands outside by now would be done there a second time, and again for as long as nothing can be
 * saved. Another process knows nothing of it, and does what may be done again once more.
 */
export interface Owed {
  /** Keeps what the store did not take, to be tried again from `from` on. */
  readonly keep: (concluded: Concluded, from: Millis) => void;
  /** What an effect's last run here came to, where nobody has taken the effect since. */
  readonly of: (kind: string, id: string, effect: Effect) => Concluded | undefined;
  /** whether that is to be left for a while yet */
  readonly waits: (kind: string, id: string, effect: Effect, now: Millis) => boolean;
  readonly paid: (started: Started) => void;
}

/** Begins with nothing owed. */
export function createOwed(): Owed {
  const owed = new Map<string, { readonly concluded: Concluded; readonly from: Millis }>();
  const keyOf = (kind: string, id: string, key: string): string => `${kind}/${id}/${key}`;

  function find(kind: string, id: string, { key, lease }: Effect) {
    const found = owed.get(keyOf(kind, id, key));
    if (found === undefined) return undefined;
    const { run } = found.concluded.started;
    // A start that was not written down is this process's alone.
    return lease?.attempt === (run.leased ? run.attempt : undefined) ? found : undefined;
  }

  return {
    keep: (concluded, from) => {
      const { kind, id, run } = concluded.started;
      owed.set(keyOf(kind, id, run.key), { concluded, from });
    },
    of: (kind, id, effect) => find(kind, id, effect)?.concluded,
    waits: (kind, id, effect, now) => (find(kind, id, effect)?.from ?? now) > now,
    paid: ({ kind, id, run }) => {
      const key = keyOf(kind, id, run.key);
      if (owed.get(key)?.concluded.started.run.attempt === run.attempt) owed.delete(key);
    },
  };
}

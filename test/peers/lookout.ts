/** Waits for what a peer is to come to, without looking again and again: whoever changes something says so. */
export interface Lookout {
  /** something is other than it was */
  readonly changed: () => void;
  /** resolves with the first thing that is seen, which may be seen now */
  readonly until: <T>(see: () => T | undefined) => Promise<T>;
}

/** Nothing is waited for yet. */
export function lookout(): Lookout {
  const waiting = new Set<() => void>();
  return {
    changed: () => {
      for (const look of waiting) look();
    },
    until: async (see) =>
      await new Promise((resolve) => {
        const look = (): void => {
          const seen = see();
          if (seen === undefined) return;
          waiting.delete(look);
          resolve(seen);
        };
        waiting.add(look);
        look();
      }),
  };
}

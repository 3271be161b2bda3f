import type { TakeTurn } from './adapter.ts';

/** Counts the turns that people wait for. */
export function turnsUnderWay(): {
  readonly underWay: () => boolean;
  readonly counted: (take: TakeTurn) => TakeTurn;
} {
  let count = 0;
  return {
    underWay: () => count > 0,
    counted: (take) => async (incoming) => {
      count += 1;
      try {
        return await take(incoming);
      } finally {
        count -= 1;
      }
    },
  };
}

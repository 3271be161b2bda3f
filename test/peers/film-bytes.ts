import { lookout } from './lookout.ts';

/** The bytes of films that come in to a network that is played, repeated ones included. */
export interface FilmBytes {
  /** so many more have come */
  readonly came: (bytes: number) => void;
  readonly in: () => number;
  /** resolves once so many came in */
  readonly until: (bytes: number) => Promise<void>;
}

/** Begins at none. */
export function filmBytes(): FilmBytes {
  const out = lookout();
  let bytesIn = 0;
  return {
    came: (bytes) => {
      bytesIn += bytes;
      out.changed();
    },
    in: () => bytesIn,
    until: async (bytes) => {
      await out.until(() => (bytesIn >= bytes ? bytesIn : undefined));
    },
  };
}

/** Counts how often a film in pieces begins: with each upload, and anew in one that has more than its first piece. */
export function beginnings() {
  let counted = 0;
  return {
    /** a piece is taken into an upload that has these */
    piece: (number: number, had: ReadonlyMap<number, unknown>, first: number): void => {
      const more = [...had.keys()].some((each) => each !== first);
      if (number === first && (more || !had.has(first))) counted += 1;
    },
    fromZero: () => counted,
  };
}

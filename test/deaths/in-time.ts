import { setTimeout as pause } from 'node:timers/promises';

/** The longest wait from one death to the next, and for what was sent to stand after the last. */
export const patience = 300_000;

/** @throws once that takes too long, such as where a card never has the button that is looked for */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await pause(patience, undefined, { signal: over.signal });
    throw new Error(`nothing came of it for ${String(patience / 1_000)} s`);
  };
  try {
    return await Promise.race([work, late()]);
  } finally {
    over.abort();
  }
}

/**
 * Work that is done again for everybody who asks while it is under way, and never twice at once: of two that overlap
 * the slower one would end last with what was so when it began.
 *
 * @returns asks for it; settles once it has been done after that
 */
export function neverTwiceAtOnce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let asked = false;
  const untilDone = async (): Promise<void> => {
    try {
      while (asked) {
        asked = false;
        await work();
      }
    } finally {
      running = undefined;
    }
  };
  return async () => {
    asked = true;
    running ??= untilDone();
    await running;
  };
}

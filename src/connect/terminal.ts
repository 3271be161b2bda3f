import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The person at the keyboard. */
export interface Terminal {
  readonly say: (line: string) => void;
  /**
   * Asks for a line. What is hidden is not shown while it is typed.
   * @throws when the input has ended, or the signal says that the answer came another way
   */
  readonly ask: (
    question: string,
    how?: { readonly hidden?: true; readonly signal?: AbortSignal },
  ) => Promise<string>;
  readonly close: () => void;
}

interface Waiting {
  readonly give: (line: string) => void;
  readonly end: () => void;
}

/** @param ended what is said when the input ends while something is asked */
export function openTerminal(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
  ended: string,
): Terminal {
  let hidden = false;
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hidden) output.write(chunk);
      done();
    },
  });
  const lines: string[] = [];
  const waiting: Waiting[] = [];
  let closed = false;
  const reader = createInterface({ input, output: echo, terminal: input.isTTY === true });
  reader.on('line', (line) => {
    const next = waiting.shift();
    if (next === undefined) lines.push(line);
    else next.give(line);
  });
  reader.on('close', () => {
    closed = true;
    for (const each of waiting.splice(0)) each.end();
  });
  return {
    say: (line) => void output.write(`${line}\n`),
    ask: async (question, how = {}) => {
      output.write(`${question} `);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const end = (): void => reject(new Error(ended));
      const early = lines.shift();
      if (early !== undefined) resolve(early);
      else if (closed) end();
      else {
        const asked: Waiting = { give: resolve, end };
        waiting.push(asked);
        how.signal?.addEventListener('abort', () => {
          const at = waiting.indexOf(asked);
          if (at >= 0) waiting.splice(at, 1);
          end();
        });
      }
      hidden = how.hidden === true;
      try {
        return (await promise).trim();
      } finally {
        if (hidden || input.isTTY !== true) output.write('\n');
        hidden = false;
      }
    },
    close: () => reader.close(),
  };
}

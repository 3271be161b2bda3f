import { z } from 'zod';
import { bodySchema, mac } from './audit.ts';
import type { Executor } from './execute.ts';
import { canonical } from './json.ts';
import type { StoreReader } from './store.ts';
import type { Millis } from './time.ts';

/** How far an aggregate's chain had come at a moment. */
export interface Anchor {
  readonly kind: string;
  readonly id: string;
  readonly length: number;
  readonly head: string;
  readonly at: Millis;
}

/** The lines that one process wrote, oldest first. */
export interface AnchorSeries {
  /** such as the name of its file */
  readonly name: string;
  /** every whole one */
  readonly lines: readonly string[];
  /** whether something follows the last whole line */
  readonly half: boolean;
}

/** The second place where anchors are kept, as lines that are only ever added. */
export interface AnchorSink {
  /** one series per process that writes */
  read(): Promise<readonly AnchorSeries[]>;
  /** adds lines to this process's series and returns once they are on disk */
  append(lines: readonly string[]): Promise<void>;
  /** the last line of this process's series */
  last(): Promise<string | undefined>;
}

const lineSchema = z.object({
  kind: z.string(),
  id: z.string(),
  length: z.number(),
  head: z.string(),
  at: z.number(),
  mac: z.string(),
});

/** Each line is signed over the one before it, so that none can be changed or taken out of the middle. */
export function anchorLine(
  key: Uint8Array,
  before: string,
  { kind, id, length, head, at }: Anchor,
): { readonly line: string; readonly mac: string } {
  const signature = mac(key, 'anchor', before, { kind, id, length, head, at });
  return { line: canonical({ kind, id, length, head, at, mac: signature }), mac: signature };
}

/**
 * @returns the anchors of a series, and in `broken` the numbers of lines that do not follow from their forerunners, of
 * several in a row the first. What was signed over such a line's own signature was still written by whoever has the key.
 */
export function readAnchors(
  key: Uint8Array,
  lines: readonly string[],
): { readonly anchors: readonly Anchor[]; readonly broken: readonly number[] } {
  const anchors: Anchor[] = [];
  const broken: number[] = [];
  let before = '';
  let follows = true;
  for (const [n, line] of lines.entries()) {
    const read = parsedLine(line);
    const followed = follows;
    follows = read !== undefined && anchorLine(key, before, read).mac === read.mac;
    if (read !== undefined && follows) anchors.push(read);
    else if (followed) broken.push(n + 1);
    before = read?.mac ?? '';
  }
  return { anchors, broken };
}

function parsedLine(line: string): z.infer<typeof lineSchema> | undefined {
  try {
    const read = lineSchema.safeParse(JSON.parse(line));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Takes anchors of what changes. */
export interface Anchorer {
  /** Writes the anchors of everything that changed since the last time. @returns how many */
  take(): Promise<number>;
  /**
   * Notes every aggregate whose present length is not anchored yet, such as after a start: what a process that
   * died had not anchored. @returns how many it found
   */
  sweep(): Promise<number>;
  stop(): void;
}

/** Begins to watch an executor's commits; whoever builds it calls `take` soon after a commit and when stopping. */
export function createAnchorer(deps: {
  readonly executor: Executor;
  readonly sink: AnchorSink;
  readonly auditKey: Uint8Array;
  /** a pause after each page that a sweep reads, so that nobody's work waits for it; none unless given */
  readonly rest?: () => Promise<void>;
}): Anchorer {
  const { executor, sink, auditKey, rest } = deps;
  const changed = new Map<string, Omit<Anchor, 'at'>>();
  let taking: Promise<number> = Promise.resolve(0);
  const note = ({ kind, id, length, head }: Omit<Anchor, 'at'>): void => {
    const earlier = changed.get(`${kind}/${id}`);
    if (earlier === undefined || earlier.length < length)
      changed.set(`${kind}/${id}`, { kind, id, length, head });
  };
  const stop = executor.onCommit(({ kind, id, length, head, grew }) => {
    if (grew) note({ kind, id, length, head });
  });

  async function take(): Promise<number> {
    const due = [...changed.values()];
    if (due.length === 0) return 0;
    changed.clear();
    try {
      const last = await sink.last();
      let before = last === undefined ? '' : (parsedLine(last)?.mac ?? '');
      const at = executor.clock();
      const lines: string[] = [];
      for (const anchor of due) {
        const signed = anchorLine(auditKey, before, { ...anchor, at });
        before = signed.mac;
        lines.push(signed.line);
      }
      await sink.append(lines);
      return lines.length;
    } catch (fault) {
      for (const anchor of due) note(anchor);
      throw fault;
    }
  }

  return {
    take: async () => {
      // One after the other: each line is signed over the last one written.
      const earlier = taking;
      taking = (async () => {
        await earlier.catch(() => undefined);
        return await take();
      })();
      return await taking;
    },
    sweep: async () => {
      const anchored = new Map<string, number>();
      for (const { lines } of await sink.read()) {
        for (const { kind, id, length } of readAnchors(auditKey, lines).anchors) {
          anchored.set(`${kind}/${id}`, Math.max(length, anchored.get(`${kind}/${id}`) ?? 0));
        }
      }
      let found = 0;
      for (const kind of executor.kinds) {
        for await (const { id, body } of everyDocument(executor.store, kind, rest)) {
          const read = bodySchema.safeParse(body);
          // One without any entry is anchored as well: that it was there is all that tells of it once it is gone.
          if (!read.success || read.data.audit.length <= (anchored.get(`${kind}/${id}`) ?? -1)) continue;
          note({ kind, id, length: read.data.audit.length, head: read.data.audit.head });
          found += 1;
        }
      }
      return found;
    },
    stop,
  };
}

/**
 * Every document of a kind, by pages, so that nothing holds them all.
 * @param rest is waited for between two pages
 */
export async function* everyDocument(
  store: StoreReader,
  kind: string,
  rest: () => Promise<void> = async () => await Promise.resolve(),
): AsyncGenerator<Awaited<ReturnType<StoreReader['scan']>>['items'][number]> {
  let after: string | undefined;
  do {
    const page = await store.scan(kind, 100, after);
    yield* page.items;
    after = page.next;
    if (after !== undefined) await rest();
  } while (after !== undefined);
}

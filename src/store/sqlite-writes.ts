import { Worker } from 'node:worker_threads';
import type { PutResult, Store, StoreReader } from '../core/store.ts';
import { checkDocument } from './declared.ts';
import type { Checked, Declared } from './declared.ts';
import type { KeptDocument, Outcome, Write, WriterOptions } from './sqlite-writer.ts';

const BATCH = 1_000;

interface Waiting {
  readonly write: Write;
  readonly resolve: (result: PutResult) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * The writing side: a thread of its own, because waiting for the disk would keep everything else from running.
 * What arrives while a commit is under way goes into the next one together. No write is answered before its commit.
 */
export function startWriter(options: WriterOptions) {
  const thread = new Worker(new URL('./sqlite-thread.ts', import.meta.url), { name: 'store' });
  const waiting: Waiting[] = [];
  let underWay: readonly Waiting[] = [];
  let stopped: Error | undefined;
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  let idle: () => void = () => undefined;

  function send(): void {
    if (underWay.length > 0 || stopped !== undefined) return;
    underWay = waiting.splice(0, BATCH);
    // The process may end while nothing is to be written, and not before what was asked for is answered.
    if (underWay.length === 0) {
      thread.unref();
      idle();
    } else {
      thread.ref();
      thread.postMessage(underWay.map(({ write }) => write));
    }
  }

  function stop(fault: Error): void {
    stopped ??= fault;
    for (const { reject } of [...underWay, ...waiting.splice(0)]) reject(stopped);
    underWay = [];
    idle();
  }

  thread.on('message', (outcomes: readonly Outcome[]) => {
    const answered = underWay;
    underWay = [];
    for (const [n, { resolve, reject }] of answered.entries()) {
      const outcome = outcomes[n] ?? { fault: new Error('The store did not say what became of a write.') };
      if ('fault' in outcome) reject(outcome.fault);
      else resolve(outcome.result);
    }
    send();
  });
  thread.once('error', (fault) => stop(new Error('The store cannot write any more.', { cause: fault })));
  thread.once('exit', () => stop(new Error('The store cannot write any more.')));
  thread.postMessage(options);
  thread.unref();

  return {
    put(write: Write): Promise<PutResult> {
      return new Promise((resolve, reject) => {
        if (stopped !== undefined) throw stopped;
        waiting.push({ write, resolve, reject });
        // Not at once: what else this turn of the event loop asks for belongs into the same commit.
        if (waiting.length === 1 && underWay.length === 0) void Promise.resolve().then(send);
      });
    },
    /** @throws Error once the thread is gone */
    alive(): void {
      if (stopped !== undefined) throw stopped;
    },
    /** Answers everything that was asked for, and ends. */
    async end(): Promise<void> {
      if (underWay.length > 0 || waiting.length > 0) await new Promise<void>((resolve) => (idle = resolve));
      if (stopped === undefined) {
        thread.ref();
        thread.postMessage('end');
      }
      await exited;
    },
  };
}

/** The whole store: it reads by its own connection and writes by the thread. */
export function writes(
  reader: StoreReader,
  declared: Declared,
  writer: ReturnType<typeof startWriter>,
): Store {
  let end: Promise<void> | undefined;

  function open(): void {
    if (end !== undefined) throw new Error('The store is closed.');
  }

  return {
    ...reader,
    shared: false,

    async create(document) {
      open();
      return writer.put({ op: 'create', document: kept(checkDocument(declared, document)) });
    },

    async replace(document, expectedVersion) {
      open();
      return writer.put({
        op: 'replace',
        document: kept(checkDocument(declared, document)),
        expectedVersion,
      });
    },

    async remove(kind, id, expectedVersion) {
      open();
      declared.kind(kind);
      return writer.put({ op: 'remove', kind, id, expectedVersion });
    },

    async ready() {
      open();
      writer.alive();
      await reader.ready();
    },

    async close() {
      end ??= writer.end().then(() => reader.close());
      await end;
    },
  };
}

/** A document as the writing side takes it: texts and numbers only, so that it is quickly handed over. */
function kept({ document, index, words, body, entries, newest }: Checked): KeptDocument {
  const { kind, id, form, nextDue } = document;
  return {
    kind,
    id,
    form,
    body,
    entries,
    columns: {
      next_due: nextDue ?? null,
      newest: newest ?? null,
      fields: index,
      words: words.map((word) => `\n${word}`).join(''),
    },
  };
}

import { Worker } from 'node:worker_threads';
import type { PutResult, Store, StoreReader } from '../core/store.ts';
import { checkDocument } from './declared.ts';
import type { Checked, Declared } from './declared.ts';
import { openToWrite } from './sqlite-database.ts';
import { writer } from './sqlite-writer.ts';
import { takesWrites } from './takes-writes.ts';
import type { KeptDocument, Outcome, Write, WriterOptions } from './sqlite-writer.ts';

const BATCH = 1_000;
/** As large as a document may be: what is too full for one of those may still take less. */
const onTrial = 1024 * 1024;

interface Waiting {
  readonly write: Write;
  readonly resolve: (result: PutResult) => void;
  readonly reject: (fault: Error) => void;
}

/** What becomes of what a hand took. */
interface Told {
  readonly answered: (outcomes: readonly Outcome[]) => void;
  readonly failed: (fault: Error) => void;
  readonly gone: () => void;
}

/** Commits what it is handed, one batch after the other. */
interface Hand {
  readonly take: (batch: readonly Write[]) => void;
  /** nothing is to be written now: the process may end */
  readonly rest: () => void;
  readonly end: () => void;
}

/**
 * Begins a thread that can write, before it is known what and where. A start has it do so while the protocol is read:
 * both take about as long, and the first write would otherwise wait for it. It keeps no process alive.
 */
export function beginThread(): Worker {
  const thread = new Worker(new URL('./sqlite-thread.ts', import.meta.url), {
    name: 'store',
    // It keeps nothing: what a batch leaves is garbage at once, and Node would let a burst fill tens of MiB with it.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  thread.unref();
  return thread;
}

/** A thread of its own, because waiting for the disk would keep everything else from running. */
function besideOthers(thread: Worker, options: WriterOptions, told: Told): Hand {
  thread.on('message', told.answered);
  thread.once('error', told.failed);
  thread.once('exit', told.gone);
  thread.postMessage(options);
  // A listener for its messages has it keep the process alive.
  thread.unref();
  return {
    take: (batch) => {
      thread.ref();
      thread.postMessage(batch);
    },
    rest: () => thread.unref(),
    end: () => {
      thread.ref();
      thread.postMessage('end');
    },
  };
}

/** This thread, where nobody else waits: to start another takes longer than a tool writes. */
function onThisThread(options: WriterOptions, told: Told): Hand {
  const database = openToWrite(options.file);
  const commit = writer(database, options);
  return {
    take: (batch) => void setImmediate(() => told.answered(commit(batch))),
    rest: () => undefined,
    end: () => {
      database.close();
      told.gone();
    },
  };
}

/** Where a store's writes are committed: by a thread beside everything else that runs, or here, while all of that waits. */
export type Written = Worker | 'here';

/**
 * The writing side. What arrives while a commit is under way goes into the next one together. No write is answered
 * before its commit.
 */
export function startWriter(options: WriterOptions, written: Written = beginThread()) {
  const waiting: Waiting[] = [];
  let underWay: readonly Waiting[] = [];
  let soon = false;
  let stopped: Error | undefined;
  let leave: () => void = () => undefined;
  const exited = new Promise<void>((resolve) => (leave = resolve));
  let idle: () => void = () => undefined;

  function send(): void {
    if (underWay.length > 0) return;
    if (stopped !== undefined) return idle();
    underWay = waiting.splice(0, BATCH);
    // The process may end while nothing is to be written, and not before what was asked for is answered.
    if (underWay.length === 0) {
      hand.rest();
      idle();
    } else hand.take(underWay.map(({ write }) => write));
  }

  /**
   * After this turn of the event loop: what it still asks for, such as what comes of the answers just given, belongs
   * into the same commit. Each is a word to another thread and a wait for the disk, whatever it holds.
   */
  function sendSoon(): void {
    if (soon) return;
    soon = true;
    setImmediate(() => {
      soon = false;
      send();
    });
  }

  function stop(fault: Error): void {
    stopped ??= fault;
    for (const { reject } of [...underWay, ...waiting.splice(0)]) reject(stopped);
    underWay = [];
    idle();
  }

  const told: Told = {
    answered(outcomes) {
      const answered = underWay;
      underWay = [];
      for (const [n, { resolve, reject }] of answered.entries()) {
        const outcome = outcomes[n] ?? { fault: new Error('The store did not say what became of a write.') };
        if ('fault' in outcome) reject(coded(outcome));
        else resolve(outcome.result);
      }
      sendSoon();
    },
    failed: (fault) => stop(new Error('The store cannot write any more.', { cause: fault })),
    gone() {
      leave();
      stop(new Error('The store cannot write any more.'));
    },
  };
  const hand = written === 'here' ? onThisThread(options, told) : besideOthers(written, options, told);

  return {
    put(write: Write): Promise<PutResult> {
      return new Promise((resolve, reject) => {
        if (stopped !== undefined) throw stopped;
        waiting.push({ write, resolve, reject });
        if (underWay.length === 0) sendSoon();
      });
    },
    /** @throws Error once nothing is written any more */
    alive(): void {
      if (stopped !== undefined) throw stopped;
    },
    /** Answers everything that was asked for, and ends. */
    async end(): Promise<void> {
      if (soon || underWay.length > 0 || waiting.length > 0)
        await new Promise<void>((resolve) => (idle = resolve));
      if (stopped === undefined) hand.end();
      await exited;
    },
  };
}

/** The whole store: it reads by its own connection and writes by another. */
export function writes(
  reader: StoreReader,
  declared: Declared,
  writing: ReturnType<typeof startWriter>,
): Store {
  let end: Promise<void> | undefined;
  const taken = takesWrites(async () => {
    await writing.put({ op: 'try', bytes: onTrial });
    await writing.put({ op: 'try', bytes: 0 });
  });
  const put = async (write: Write): Promise<PutResult> =>
    await taken.put(async () => await writing.put(write));

  function open(): void {
    if (end !== undefined) throw new Error('The store is closed.');
  }

  return {
    ...reader,
    shared: false,

    async create(document) {
      open();
      return await put({ op: 'create', document: kept(checkDocument(declared, document)) });
    },

    async replace(document, expectedVersion) {
      open();
      return await put({
        op: 'replace',
        document: kept(checkDocument(declared, document)),
        expectedVersion,
      });
    },

    async remove(kind, id, expectedVersion) {
      open();
      declared.kind(kind);
      return await put({ op: 'remove', kind, id, expectedVersion });
    },

    async ready() {
      open();
      writing.alive();
      await taken.ready();
      await reader.ready();
    },

    async close() {
      end ??= writing.end().then(() => reader.close());
      await end;
    },
  };
}

/** A fault with its code, by which the log tells what it was. */
const coded = ({ fault, code }: Extract<Outcome, { readonly fault: Error }>): Error =>
  code === undefined ? fault : Object.assign(fault, { code });

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

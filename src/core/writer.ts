import { auditKinds, bodySchema, emptyTrail, mergedTexts, sealOf, setAside } from './audit.ts';
import type { PageOf } from './audit.ts';
import { createDraft, keep } from './draft.ts';
import type { Content, Draft, DraftDeps } from './draft.ts';
import { nextDue } from './effects.ts';
import type { Waiting } from './effects.ts';
import { isReadable } from './forms.ts';
import { asJson, canonical } from './json.ts';
import type { Registered } from './registry.ts';
import type { NewDocument, Store, StoredDocument } from './store.ts';
import type { Millis } from './time.ts';

/** What writing stands on. Clock, chance and key come from outside, so that a test can hold them still. */
export interface WriterDeps<C extends { readonly version: string }> extends DraftDeps<C> {
  readonly store: Store;
  readonly clock: () => Millis;
}

/** A committed change, as whoever waits for one is told. */
export interface Committed {
  readonly kind: string;
  readonly id: string;
  readonly nextDue?: Millis;
  readonly waiting: Waiting;
  /** audit entries ever written, and the link of the last one */
  readonly length: number;
  readonly head: string;
  /** whether this is its first commit or added audit entries: only then is there something new to anchor */
  readonly grew: boolean;
}

/** Writes aggregates of one kind. */
export interface Writer {
  /** as it was registered */
  readonly kind: object;
  /** what is stored of an aggregate: remembered where it was in use lately */
  load(id: string): Promise<{ readonly state: unknown; readonly version: string } | undefined>;
  forget(id: string): void;
  amend<T>(
    id: string,
    edit: (draft: Draft) => T,
  ): Promise<{ readonly value: T; readonly state: unknown; readonly version: string }>;
  /** The work that waits here, whatever its state is: nothing of that is parsed. Of a newer release's document, none. */
  waiting(id: string): Promise<Waiting>;
}

const tries = 20;
/** aggregates of one kind that are remembered where nobody else writes: those in use at a moment, not all */
const remembered = 400;
/** aggregates of one kind whose waiting work is remembered without their state: of more than that it is read anew */
const glanced = 1_500;

/** Content as it was read or written, with the version that a replacement has to name. */
interface Held<S> {
  readonly content: Content<S>;
  readonly version: string;
}

/** An edit that waits for its turn. Its closures keep the type of what it returns. */
interface Job<S> {
  /** runs the edit on content; @returns the content it wants, the same one when it changes nothing */
  readonly run: (content: Content<S>, now: Millis) => Content<S>;
  readonly done: (held: Held<S>) => void;
  readonly failed: (fault: unknown) => void;
}

const nothing = { state: undefined, kept: undefined, effects: [], wishes: 0, audit: emptyTrail, handled: [] };

/** Writes the aggregates of a registered kind; edits of one that meet are committed together. */
export function createWriter<S, C extends { readonly version: string }>(
  deps: WriterDeps<C>,
  registered: Registered<S, C>,
  committed: (commit: Committed) => void,
): Writer {
  const { store, auditKey } = deps;
  const { kind } = registered;
  /** edits waiting per aggregate; the entry exists while somebody is writing that aggregate */
  const queues = new Map<string, Job<S>[]>();
  /**
   * What was read or written lately. Only where this process alone writes: a press loads a post, decides on it,
   * is answered with it, and six cards are drawn of it, each of which would read and parse the document anew. That
   * there is none is known as well: most posts go to no Teams channel of their own.
   */
  const recent = new Map<string, Held<S>>();
  /** What waits of those that nobody has used: they wait for their turn, and are looked at more than once until then. */
  const glances = new Map<string, Waiting>();
  /** how often something was written or forgotten, so that an older reading is not kept over it */
  let changes = 0;

  function remember(id: string, held: Held<S>): void {
    glances.delete(id);
    if (!store.shared) keepLatest(recent, id, held, remembered);
  }

  function forget(id: string): void {
    changes += 1;
    recent.delete(id);
    glances.delete(id);
  }

  /** What is stored, for whoever does not write it. */
  async function look(id: string): Promise<Held<S>> {
    const known = recent.get(id);
    if (known !== undefined) return known;
    const before = changes;
    const held = await read(id);
    if (before === changes && !queues.has(id)) remember(id, held);
    return held;
  }

  async function waitingOf(id: string): Promise<Waiting> {
    const known = recent.get(id)?.content ?? glances.get(id);
    if (known !== undefined) return known;
    const before = changes;
    const document = await store.get(kind.kind, id);
    // What a newer release wrote waits for that: run here it could not be recorded, and would be run without end.
    const { effects, wishes } =
      document !== undefined && isReadable(kind, document) ? bodyOf(document) : nothing;
    const waiting = { effects, wishes };
    if (!store.shared && before === changes && !queues.has(id)) keepLatest(glances, id, waiting, glanced);
    return waiting;
  }

  async function read(id: string): Promise<Held<S>> {
    const document = await store.get(kind.kind, id);
    if (document === undefined) return { content: nothing, version: '' };
    const { state, effects, wishes, audit, handled } = bodyOf(document);
    return {
      content: {
        state: kind.parse(state, document.form),
        kept: undefined,
        effects,
        wishes,
        audit,
        handled,
      },
      version: document.version,
    };
  }

  /** Writes content in the place of what was held. @returns undefined when another writer was there first */
  async function write(id: string, held: Held<S>, content: Content<S>): Promise<Held<S> | undefined> {
    if (content.state === undefined) throw new Error(`the ${kind.kind} ${id} does not exist`);
    const subject = { kind: kind.kind, id };
    const { trail, pages } = setAside(subject, content.audit, held.content.audit.length);
    for (const page of pages) await keepPage(store, page);
    const { json: state, hash } = content.kept ?? keep(content.state);
    const { effects, wishes, handled } = content;
    const due = nextDue(effects);
    const head = {
      kind: kind.kind,
      id,
      form: kind.form,
      ...(due === undefined ? {} : { nextDue: due }),
      index: kind.index(content.state),
      words: [...new Set(kind.words?.(content.state) ?? [])],
    };
    const rest = { effects, wishes, audit: trail, handled };
    const seal = sealOf(auditKey, { ...head, body: rest }, hash);
    const document: NewDocument = {
      ...head,
      body: {
        state,
        effects: asJson(effects),
        wishes,
        audit: asJson(trail),
        handled: asJson(handled),
        seal: asJson(seal),
      },
    };
    const result =
      held.version === '' ? await store.create(document) : await store.replace(document, held.version);
    if (!result.put) {
      forget(id);
      return undefined;
    }
    const written = { content: { ...content, kept: undefined, audit: trail }, version: result.version };
    changes += 1;
    remember(id, written);
    committed({
      ...subject,
      ...(due === undefined ? {} : { nextDue: due }),
      waiting: { effects, wishes },
      length: trail.length,
      head: trail.head,
      grew: held.version === '' || trail.length > held.content.audit.length,
    });
    return written;
  }

  /** Runs every edit of a batch on the same document and writes once; again from a fresh read after a lost race. */
  async function commit(
    id: string,
    batch: readonly Job<S>[],
    known: Held<S> | undefined,
  ): Promise<Held<S> | undefined> {
    let held = known;
    for (let n = 0; n < tries; n += 1) {
      held ??= await read(id);
      const now = deps.clock();
      let { content } = held;
      const agreed: Job<S>[] = [];
      const faults: (() => void)[] = [];
      for (const job of batch) {
        try {
          content = job.run(content, now);
          agreed.push(job);
        } catch (fault) {
          faults.push(() => job.failed(fault));
        }
      }
      const written = content === held.content ? held : await write(id, held, content);
      if (written !== undefined) {
        for (const fail of faults) fail();
        for (const job of agreed) job.done(written);
        return written;
      }
      held = undefined;
    }
    throw new Error(`the ${kind.kind} ${id} was changed by others ${tries} times in a row`);
  }

  async function work(id: string, queue: Job<S>[]): Promise<void> {
    let held = recent.get(id);
    // Not at once: what else this turn of the event loop asks for belongs into the same commit.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0);
      try {
        held = await commit(id, batch, held);
      } catch (fault) {
        held = undefined;
        forget(id);
        for (const job of batch) job.failed(fault);
      }
    }
    queues.delete(id);
  }

  function enqueue(id: string, job: Job<S>): void {
    const queue = queues.get(id);
    if (queue !== undefined) {
      queue.push(job);
      return;
    }
    const started = [job];
    queues.set(id, started);
    void work(id, started);
  }

  return {
    kind,
    amend: async (id, edit) =>
      await new Promise((resolve, reject) => {
        let value: { readonly of: ReturnType<typeof edit> } | undefined;
        enqueue(id, {
          run: (content, now) => {
            const draft = createDraft(deps, registered, id, content, now);
            value = { of: edit(draft.draft) };
            return draft.content();
          },
          done: ({ content, version }) => {
            if (value !== undefined) resolve({ value: value.of, state: content.state, version });
          },
          failed: reject,
        });
      }),
    waiting: waitingOf,
    load: async (id) => {
      const { content, version } = await look(id);
      return version === '' ? undefined : { state: content.state, version };
    },
    forget,
  };
}

/** Keeps one more, and forgets the one that was kept longest ago when there are too many. */
function keepLatest<T>(kept: Map<string, T>, id: string, latest: T, most: number): void {
  kept.delete(id);
  kept.set(id, latest);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}

function bodyOf(document: StoredDocument): ReturnType<typeof bodySchema.parse> {
  const result = bodySchema.safeParse(document.body);
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path }) => path.map(String).join('.')).join(', ');
  throw new Error(`the document ${document.kind} ${document.id} has another form at: ${where}`);
}

/**
 * Creates a page. One that is there already is left from a process that died before it trimmed the tail, or was
 * made by a writer that was faster: its entries are the same, and a text that either side has erased stays erased.
 */
async function keepPage(store: Store, { page, texts }: PageOf): Promise<void> {
  if (!(await store.create(texts)).put) {
    const earlier = await store.get(texts.kind, texts.id);
    const merged = earlier === undefined ? undefined : mergedTexts(earlier.body, texts.body);
    if (earlier !== undefined && merged !== undefined && canonical(earlier.body) !== canonical(merged)) {
      await store.replace({ ...texts, body: merged }, earlier.version);
    }
  }
  if ((await store.create(page)).put) return;
  const earlier = await store.get(auditKinds.page.kind, page.id);
  if (canonical(earlier?.body) !== canonical(page.body)) {
    throw new Error(`the audit page ${page.id} is there already with other entries`);
  }
}

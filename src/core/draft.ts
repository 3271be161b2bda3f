import { append } from './audit.ts';
import type { AggregateBody, CommandCall, Erasure } from './aggregate.ts';
import { isRefusal } from './change.ts';
import type { AuditNote, Refusal } from './change.ts';
import type { Actor, Context } from './context.ts';
import { ask } from './effects.ts';
import type { Waiting } from './effects.ts';
import { idFrom, sha256, withText } from './json.ts';
import type { Json } from './json.ts';
import type { Registered } from './registry.ts';
import { days } from './time.ts';
import type { Millis } from './time.ts';

/** What deciding stands on. */
export interface DraftDeps<C extends { readonly version: string }> {
  /** the protocol in force; its version is the hash of its canonical form */
  readonly protocol: () => C;
  /** 32 bytes that are kept outside the store */
  readonly auditKey: Uint8Array;
  /** a fresh unguessable text of `[A-Za-z0-9_-]` with at least 128 bits */
  readonly randomId: () => string;
}

/** An aggregate's document in the middle of being changed; nothing is written before all edits have returned. */
export interface Draft {
  readonly kind: string;
  readonly id: string;
  readonly exists: boolean;
  readonly now: Millis;
  readonly waiting: Waiting;
  readonly audit: AggregateBody<unknown>['audit'];
  /** decides a command of this aggregate on the state as it stands; a refusal changes nothing */
  call(call: CommandCall, actor: Actor, seed?: string): Refusal | undefined;
  /** puts other waiting work in place of the present */
  await(waiting: Waiting): void;
  handled(key: string): boolean;
  /** remembers a key; needs an aggregate that exists */
  handle(key: string, code: string): void;
  /** whether an erasure would take anything out of the state */
  redacts(erasure: Erasure): boolean;
  /** takes texts out of the state by the kind's own `redact`, and replaces those beside the entries */
  erase(
    erasure: Erasure,
    personal: AggregateBody<unknown>['audit']['personal'],
    note: AuditNote,
    actor: Actor,
  ): void;
}

/** A state as a document keeps it, and the hash that an entry about it holds. */
export interface Kept {
  readonly json: Json;
  readonly hash: string;
}

/** Makes a state ready for its document. */
export function keep(state: unknown): Kept {
  const { json, text } = withText(state);
  return { json, hash: sha256(text) };
}

/** What a document says, without its seal; the state absent until somebody creates the aggregate. */
export interface Content<S> extends Waiting {
  readonly state: S | undefined;
  /** the state as a document keeps it, where an entry about it needed its hash before the document is made */
  readonly kept: Kept | undefined;
  readonly audit: AggregateBody<S>['audit'];
  readonly handled: AggregateBody<S>['handled'];
}

const keptKeys = 200;
const keptFor = days(7);

/** Opens an aggregate's content for edits; what they come to is read afterwards. */
export function createDraft<S, C extends { readonly version: string }>(
  deps: DraftDeps<C>,
  { kind, commands }: Registered<S, C>,
  id: string,
  started: Content<S>,
  now: Millis,
): { readonly draft: Draft; readonly content: () => Content<S> } {
  let content = started;
  const subject = { kind: kind.kind, id };

  function change(state: S, notes: readonly AuditNote[], actor: Actor, waiting: Waiting): void {
    if (notes.length === 0) {
      content = { ...content, ...waiting, state, kept: undefined };
      return;
    }
    const kept = keep(state);
    const audit = append(deps.auditKey, subject, content.audit, notes, {
      at: now,
      actor,
      protocol: deps.protocol().version,
      stateHash: kept.hash,
      salt: deps.randomId,
    });
    content = { ...content, ...waiting, state, kept, audit };
  }

  const draft: Draft = {
    ...subject,
    now,
    get exists() {
      return content.state !== undefined;
    },
    get waiting() {
      return { effects: content.effects, wishes: content.wishes };
    },
    get audit() {
      return content.audit;
    },
    call: (call, actor, seed = deps.randomId()) => {
      const command = commands.get(call.command);
      if (command === undefined || call.id !== id) {
        throw new Error(`${call.command} for ${call.id} was given to the ${kind.kind} ${id}`);
      }
      let ids = 0;
      const context: Context<C> = {
        now,
        id,
        actor,
        protocol: deps.protocol(),
        newId: (prefix) => idFrom(prefix, seed, call.command, String((ids += 1))),
      };
      const result = command.decide(content.state, call.params, context);
      if (isRefusal(result)) return result;
      change(result.state, result.audit, actor, ask(draft.waiting, result.effects, result.drop));
      return undefined;
    },
    await: ({ effects, wishes }) => {
      if (effects === content.effects && wishes === content.wishes) return;
      content = { ...content, effects, wishes };
    },
    handled: (key) => content.handled.some((handled) => handled.key === key && handled.at > now - keptFor),
    handle: (key, code) => {
      const kept = content.handled.filter(({ at }) => at > now - keptFor).slice(1 - keptKeys);
      content = { ...content, handled: [...kept, { key, at: now, code }] };
    },
    redacts: (erasure) => {
      const { state } = content;
      if (state === undefined || kind.redact === undefined) return false;
      return keep(kind.redact(state, erasure, now).state).hash !== keep(state).hash;
    },
    erase: (erasure, personal, note, actor) => {
      const { state } = content;
      if (state === undefined) throw new Error(`the ${kind.kind} ${id} does not exist`);
      content = { ...content, audit: { ...content.audit, personal } };
      const redacted = kind.redact?.(state, erasure, now) ?? { state, effects: [] };
      change(redacted.state, [note], actor, ask(draft.waiting, redacted.effects, redacted.drop));
    },
  };
  return { draft, content: () => content };
}

import { z } from 'zod';
import type { AggregateKind, Command } from '../../core/aggregate.ts';
import { readsForms } from '../../core/forms.ts';
import type { Refusal } from '../../core/change.ts';
import { aggregate, bind, type Aggregate } from '../../core/registry.ts';

const stateSchema = z.object({
  account: z.string(),
  text: z.string(),
  /** of a video, where the network has one beside the text */
  title: z.string().exactOptional(),
  media: z.array(z.object({ hash: z.string(), contentType: z.string(), alt: z.string() })),
  at: z.int(),
  changedAt: z.int().exactOptional(),
  removedAt: z.int().exactOptional(),
  /** what was wrong before it was changed, where the network says so */
  note: z.string().exactOptional(),
  /** the entry that it answers */
  replyTo: z.string().exactOptional(),
  /** the address of the post that it quotes */
  quote: z.string().exactOptional(),
});

/** What stands on the timeline of a rehearsal account. Nobody outside this machine sees it. */
export type EntryState = Readonly<z.infer<typeof stateSchema>>;

const entryKind: AggregateKind<EntryState> = {
  kind: 'timeline-entry',
  form: 1,
  indexes: {
    newest: { of: { field: 'account', holds: 'one' }, order: 'at', direction: 'descending' },
  },
  parse: readsForms('timeline-entry', { 1: stateSchema }),
  index: ({ account, at }) => ({ account, at }),
};

type EntryRefusal = Refusal<'no-entry'> & { readonly facts: Record<never, never> };

const written = stateSchema.pick({ text: true, title: true, note: true });

const posted = stateSchema.pick({
  account: true,
  text: true,
  title: true,
  media: true,
  replyTo: true,
  quote: true,
});

const post: Command<EntryState, z.infer<typeof posted>, unknown, EntryRefusal> = {
  name: 'timeline-entry.post',
  kind: 'timeline-entry',
  schema: posted,
  // Posted again under its id it stays as it is: what was changed or taken down since is not undone by a late repeat.
  decide: (before, wanted, { now }) => ({
    state: before ?? { ...wanted, at: now },
    audit: [],
    effects: [],
  }),
};

const change: Command<EntryState, z.infer<typeof written>, unknown, EntryRefusal> = {
  name: 'timeline-entry.change',
  kind: 'timeline-entry',
  schema: written,
  decide: (before, wanted, { now }) =>
    before === undefined || before.removedAt !== undefined
      ? { refused: 'no-entry', facts: {} }
      : { state: { ...before, ...wanted, changedAt: now }, audit: [], effects: [] },
};

const remove: Command<EntryState, Record<never, never>, unknown, EntryRefusal> = {
  name: 'timeline-entry.remove',
  kind: 'timeline-entry',
  schema: z.object({}),
  decide: (before, _params, { now }) => {
    if (before === undefined) return { refused: 'no-entry', facts: {} };
    const { quote: _quoted, title: _titled, note: _noted, ...left } = before;
    return {
      state: { ...left, text: '', media: [], removedAt: before.removedAt ?? now },
      audit: [],
      effects: [],
    };
  },
};

/** The rehearsal's own kinds, for a store that keeps rehearsal accounts. */
export const rehearsalKinds = [entryKind];

/** The rehearsal's own kinds with their commands. */
export const rehearsalAggregates: readonly Aggregate<unknown>[] = [
  aggregate(entryKind, [bind(post), bind(change), bind(remove)]),
];

export { entryKind };

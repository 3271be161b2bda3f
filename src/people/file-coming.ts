import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Effect, Refusal } from '../core/change.ts';
import { idFrom } from '../core/json.ts';
import { minutes } from '../core/time.ts';
import type { PersonState } from './person.ts';

/** So long after its process last said that it still fetches a file, another one fetches it. */
export const fetchedAnew = minutes(2);

const coming = z.object({
  person: z.string(),
  /** of the message that it came with */
  key: z.string(),
  /** when that came */
  at: z.int(),
  /** the message, as whoever fetches it reads it */
  message: z.json(),
});

type NobodyYet = Refusal<'nobody-yet'> & { readonly facts: Record<never, never> };

const effectKey = (key: string): string => idFrom('file', key);

/** Whether the files of the message with that key are still to come by what is kept of it. */
export const isComing = (effects: readonly Effect[], key: string): boolean =>
  effects.some((effect) => effect.key === effectKey(key));

/**
 * A file is being fetched whose sender has heard that it is on its way: it is fetched anew where its process dies.
 * Said again and again while it comes.
 */
export const fileComes: Command<PersonState, z.infer<typeof coming>, unknown, NobodyYet> = {
  name: 'person.file-comes',
  kind: 'person',
  schema: coming,
  decide: (before, { person, key, at, message }, { now }) => ({
    state: before ?? { id: person },
    audit: [],
    effects: [
      {
        key: effectKey(key),
        type: 'person.fetch-file',
        data: { person, key, at, message },
        due: now + fetchedAnew,
      },
    ],
  }),
};

/** The file is here, or its sender knows that it is not. */
export const fileCame: Command<PersonState, { readonly key: string }, unknown, NobodyYet> = {
  name: 'person.file-came',
  kind: 'person',
  schema: z.object({ key: z.string() }),
  decide: (before, { key }) =>
    before === undefined
      ? { refused: 'nobody-yet', facts: {} }
      : { state: before, audit: [], effects: [], drop: [effectKey(key)] },
};

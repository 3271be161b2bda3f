import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { idFrom } from '../core/json.ts';
import { minutes, seconds } from '../core/time.ts';
import type { PersonState } from './person.ts';

/** A part of a post, or a change of one, that was on its way to its account as somebody stopped what goes out. */
export const leftPart = z.object({ account: z.string(), publication: z.string(), post: z.string() });
export type LeftPart = Readonly<z.infer<typeof leftPart>>;

/** How soon, and how often at first, it is looked what became of it. */
export const lookedEvery = seconds(10);
/** After so long somebody hears how it stands, whatever is known: by then the desk is asked where nobody can tell. */
export const heardWithin = minutes(15);

const hear = z.object({
  /** of the press that stopped it: delivered twice, it leads to one message */
  key: z.string(),
  parts: z.array(leftPart),
});

type NobodyYet = Refusal<'nobody-yet'> & { readonly facts: Record<never, never> };

/** Somebody who stopped what goes out hears what became of what was still on its way as they were answered. */
export const hearWhatLeft: Command<PersonState, z.infer<typeof hear>, unknown, NobodyYet> = {
  name: 'person.hear-what-left',
  kind: 'person',
  schema: hear,
  decide: (before, { key, parts }, { now }) =>
    before === undefined
      ? { refused: 'nobody-yet', facts: {} }
      : {
          state: before,
          audit: [],
          effects: [
            {
              key: idFrom('what-left', key),
              type: 'person.tell-what-left',
              data: { person: before.id, at: now, parts },
              due: now + lookedEvery,
            },
          ],
        },
};

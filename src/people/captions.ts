import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { hours, type Millis } from '../core/time.ts';
import type { PersonState } from './person.ts';

/** How long captions wait for the word of whoever sent them. */
const captionsCount = hours(1);

/** Captions that somebody sent for a post of which they would take something back: they wait for their word. */
export const captions = z.object({
  post: z.string(),
  /** the revision whose video they are for */
  from: z.int(),
  /** what of its approval they would take back, as whoever sent them was told */
  seen: z.object({ review: z.string(), decided: z.int() }),
  /** what is kept of the file, as posts read it */
  file: z.json(),
  at: z.int(),
});

/** The captions for a post on which somebody's word is awaited now. */
export function openCaptions(
  state: PersonState | undefined,
  post: string,
  now: Millis,
): PersonState['captions'] {
  const kept = state?.captions;
  return kept?.post === post && now - kept.at <= captionsCount ? kept : undefined;
}

const params = captions.omit({ at: true }).extend({ person: z.string() });

/** Captions came that would take something back; they take the place of earlier ones that waited. */
export const captionsWait: Command<PersonState, z.infer<typeof params>, unknown, Refusal> = {
  name: 'person.captions-wait',
  kind: 'person',
  schema: params,
  decide: (before, { person, ...kept }, { now }) => ({
    state: { ...(before ?? { id: person }), captions: { ...kept, at: now } },
    audit: [],
    effects: [],
  }),
};

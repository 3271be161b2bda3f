import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { hours, type Millis } from '../core/time.ts';
import type { PersonState } from './person.ts';

/** How long pictures wait for the word of whoever sent them. */
const picturesCount = hours(1);

/** Pictures that somebody sent for a post of which they would take something back: they wait for their word. */
export const pictures = z.object({
  post: z.string(),
  /** what of its approval they would take back, as whoever sent them was told */
  seen: z.object({ review: z.string(), decided: z.int() }),
  /** what is kept of the files, as posts read it */
  media: z.json(),
  at: z.int(),
});

/** The pictures for a post on which somebody's word is awaited now. */
export function openPictures(
  state: PersonState | undefined,
  post: string,
  now: Millis,
): PersonState['pictures'] {
  const kept = state?.pictures;
  return kept?.post === post && now - kept.at <= picturesCount ? kept : undefined;
}

const params = pictures.omit({ at: true }).extend({ person: z.string() });

/** Pictures came that would take something back; they take the place of earlier ones that waited. */
export const picturesWait: Command<PersonState, z.infer<typeof params>, unknown, Refusal> = {
  name: 'person.pictures-wait',
  kind: 'person',
  schema: params,
  decide: (before, { person, ...kept }, { now }) => ({
    state: { ...(before ?? { id: person }), pictures: { ...kept, at: now } },
    audit: [],
    effects: [],
  }),
};

import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { canonical } from '../core/json.ts';
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
  media: z.array(z.json()),
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

/**
 * Pictures came that would take something back. A phone sends several one by one: for the same post they wait together,
 * and any of the questions puts all of them in. For another post they take the place of earlier ones.
 */
export const picturesWait: Command<PersonState, z.infer<typeof params>, unknown, Refusal> = {
  name: 'person.pictures-wait',
  kind: 'person',
  schema: params,
  decide: (before, { person, ...kept }, { now }) => {
    const earlier = openPictures(before, kept.post, now)?.media ?? [];
    const media = [...new Map([...earlier, ...kept.media].map((each) => [canonical(each), each])).values()];
    return {
      state: { ...(before ?? { id: person }), pictures: { ...kept, media, at: now } },
      audit: [],
      effects: [],
    };
  },
};

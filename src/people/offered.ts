import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import type { PersonState } from './person.ts';

/**
 * What a message said when it was last answered: the post that it makes, or would make, the hash of its words, and the
 * draft of a photo whose text they became.
 */
export const offered = z.object({ post: z.string(), says: z.string(), into: z.string().exactOptional() });

/** So many of somebody's messages are known; a button below an older one asks for the words again. */
const mostOffered = 50;

type NothingNew = Refusal<'nothing-new'> & { readonly facts: Record<never, never> };

const params = offered.extend({ person: z.string() });

/**
 * A message was answered with its own words on a button, or says something else now. Which words count stands here and
 * not on the card, so that a button below words that were changed does nothing, whichever process it is pressed in; and
 * the same change told twice is answered once.
 */
export const noteWords: Command<PersonState, z.infer<typeof params>, unknown, NothingNew> = {
  name: 'person.note-words',
  kind: 'person',
  schema: params,
  decide: (before, { person, ...words }) => {
    const known = before?.offered ?? [];
    const earlier = wordsKnown(before, words.post);
    if (earlier?.says === words.says) return { refused: 'nothing-new', facts: {} };
    return {
      state: {
        ...(before ?? { id: person }),
        offered: [...known.filter((each) => each !== earlier), { ...earlier, ...words }].slice(-mostOffered),
      },
      audit: [],
      effects: [],
    };
  },
};

/** @returns what a message said when it was last answered */
export const wordsKnown = (
  state: PersonState | undefined,
  post: string,
): z.infer<typeof offered> | undefined => state?.offered?.find((each) => each.post === post);

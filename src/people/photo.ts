import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { minutes, type Millis } from '../core/time.ts';
import type { PersonState } from './person.ts';

/** How long what follows a photo belongs to it. */
const photoCounts = minutes(10);

/** A photo that came on its own: the draft that it is or will be, and words that came before that was kept. */
export const photo = z.object({
  post: z.string(),
  at: z.int(),
  words: z.object({ text: z.string(), key: z.string() }).exactOptional(),
  /** the hashes of those that came when the draft had its words: they may be for the words that come next */
  late: z.array(z.string()).exactOptional(),
});

/** The photo to which what a person says now belongs. */
export function openPhoto(state: PersonState | undefined, now: Millis): PersonState['photo'] {
  const kept = state?.photo;
  return kept !== undefined && now - kept.at <= photoCounts ? kept : undefined;
}

type NoPhoto = Refusal<'no-photo'> & { readonly facts: Record<never, never> };
const noPhoto: NoPhoto = { refused: 'no-photo', facts: {} };

const came = z.object({
  person: z.string(),
  /** the draft that it would be by itself */
  post: z.string(),
  /** the draft of the photo before, when nothing can be put into that any more */
  instead: z.string().exactOptional(),
});

/** A draft whose words are there and whose photo is to be sent after them. */
export const awaited = z.object({ post: z.string(), at: z.int() });

/** The post into which a photo alone goes that comes now; undefined where another photo has begun a draft since. */
export function openAwaited(state: PersonState | undefined, now: Millis): string | undefined {
  const kept = state?.awaited;
  if (kept === undefined || now - kept.at > photoCounts) return undefined;
  return state?.photo !== undefined && state.photo.at > kept.at ? undefined : kept.post;
}

/** A post waits for its photo, the first or another one: the next that comes alone goes into it. */
export const photoAwaited: Command<
  PersonState,
  { readonly person: string; readonly post: string },
  unknown,
  NoPhoto
> = {
  name: 'person.photo-awaited',
  kind: 'person',
  schema: z.object({ person: z.string(), post: z.string() }),
  decide: (before, { person, post }, { now }) => ({
    state: { ...(before ?? { id: person }), awaited: { post, at: now } },
    audit: [],
    effects: [],
  }),
};

/** A photo came: it belongs to the draft of the one before it, or begins its own. Said before it is fetched. */
export const photoCame: Command<PersonState, z.infer<typeof came>, unknown, NoPhoto> = {
  name: 'person.photo-came',
  kind: 'person',
  schema: came,
  decide: (before, { person, post, instead }, { now }) => {
    const open = openPhoto(before, now);
    const same = open !== undefined && open.post !== instead;
    return {
      state: {
        ...(before ?? { id: person }),
        photo: same ? { ...open, at: Math.max(open.at, now) } : { post, at: now },
      },
      audit: [],
      effects: [],
    };
  },
};

/** A photo came on its own into a draft that had its words already. */
export const photoCameLate: Command<
  PersonState,
  { readonly post: string; readonly hashes: readonly string[] },
  unknown,
  NoPhoto
> = {
  name: 'person.photo-came-late',
  kind: 'person',
  schema: z.object({ post: z.string(), hashes: z.array(z.string()) }),
  decide: (before, { post, hashes }) =>
    before?.photo?.post === post
      ? {
          state: {
            ...before,
            photo: { ...before.photo, late: [...new Set([...(before.photo.late ?? []), ...hashes])] },
          },
          audit: [],
          effects: [],
        }
      : noPhoto,
};

/** Words for a photo that is not kept yet wait beside it; the first ones count. */
export const wordsCame: Command<
  PersonState,
  { readonly text: string; readonly key: string },
  unknown,
  NoPhoto
> = {
  name: 'person.words-for-photo',
  kind: 'person',
  schema: z.object({ text: z.string(), key: z.string() }),
  decide: (before, words, { now }) => {
    const open = openPhoto(before, now);
    if (before === undefined || open === undefined || open.words !== undefined) return noPhoto;
    return { state: { ...before, photo: { ...open, words } }, audit: [], effects: [] };
  },
};

/** The draft has the words, or there is no draft to come: what was kept for it goes. */
export const photoSettled: Command<
  PersonState,
  { readonly post: string; readonly gone: boolean },
  unknown,
  NoPhoto
> = {
  name: 'person.photo-settled',
  kind: 'person',
  schema: z.object({ post: z.string(), gone: z.boolean() }),
  decide: (before, { post, gone }) => {
    if (before?.photo?.post !== post || (!gone && before.photo.words === undefined)) return noPhoto;
    const { photo: kept, ...rest } = before;
    const { words: _taken, ...open } = kept;
    return { state: gone ? rest : { ...rest, photo: open }, audit: [], effects: [] };
  },
};

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

/**
 * A post that waits for what its author knows they are to send: its picture, or the captions of its video. One into which
 * a picture was put waits for `more`, as a phone sends several one by one.
 */
export const awaited = z.object({
  post: z.string(),
  at: z.int(),
  what: z.enum(['picture', 'captions', 'more']),
});

/** So many are waited for at most, the last ones. */
const mostAwaited = 20;

const openAwaited = (state: PersonState | undefined, now: Millis): readonly z.infer<typeof awaited>[] =>
  (state?.awaiting ?? []).filter(({ at }) => now - at <= photoCounts);

/** The posts that wait for a picture, or for captions, which may come alone; the last asked about first. */
export const awaiting = (
  state: PersonState | undefined,
  what: 'picture' | 'captions',
  now: Millis,
): readonly z.infer<typeof awaited>[] =>
  openAwaited(state, now)
    .filter((each) => each.what === what)
    .toReversed();

/**
 * The post into which the last picture was put; undefined where another photo has begun a draft since, or another post
 * has come to wait for one.
 */
export function takesMorePictures(state: PersonState | undefined, now: Millis): string | undefined {
  const last = openAwaited(state, now).findLast(({ what }) => what !== 'captions');
  if (last?.what !== 'more') return undefined;
  return state?.photo !== undefined && state.photo.at > last.at ? undefined : last.post;
}

const awaitsFile = awaited.omit({ at: true }).extend({ person: z.string() });

/** A post waits for a file: what comes alone goes into it. */
export const fileAwaited: Command<PersonState, z.infer<typeof awaitsFile>, unknown, NoPhoto> = {
  name: 'person.file-awaited',
  kind: 'person',
  schema: awaitsFile,
  decide: (before, { person, post, what }, { now }) => {
    // The picture that came is the one that was awaited.
    const others = openAwaited(before, now).filter(
      (each) => each.post !== post || (what === 'captions') !== (each.what === 'captions'),
    );
    return {
      state: {
        ...(before ?? { id: person }),
        awaiting: [...others, { post, what, at: now }].slice(-mostAwaited),
      },
      audit: [],
      effects: [],
    };
  },
};

const captioned = z.object({ person: z.string(), post: z.string() });

/** A video has its captions: others that come alone are not put in their place. */
export const captionsCame: Command<PersonState, z.infer<typeof captioned>, unknown, NoPhoto> = {
  name: 'person.captions-came',
  kind: 'person',
  schema: captioned,
  decide: (before, { post }, { now }) => {
    const all = openAwaited(before, now);
    const awaiting = all.filter((each) => each.post !== post || each.what !== 'captions');
    return before === undefined || awaiting.length === all.length
      ? noPhoto
      : { state: { ...before, awaiting }, audit: [], effects: [] };
  },
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

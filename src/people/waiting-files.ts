import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { hours, type Millis } from '../core/time.ts';
import type { PersonState } from './person.ts';

/** How long files wait for the word of whoever sent them. */
const fileCounts = hours(1);
/** So many wait at most, the last ones: several messages of as many files as Teams takes with one. */
const mostWaiting = 50;

const kept = z.object({
  /** by which buttons name it */
  token: z.string(),
  /** empty where it came without one */
  name: z.string(),
  /** what is kept of it, as posts read it */
  file: z.json(),
});

/** A file that somebody sent, and that waits for their word. */
export const waitingFile = kept.extend({
  /** the post for which it came; absent: they are asked which one it is for */
  post: z.string().exactOptional(),
  /** what of the post's approval it would take back, as whoever sent it was told */
  seen: z.object({ review: z.string(), decided: z.int() }).exactOptional(),
  /** the captions that its video had when whoever sent it was asked, by their token; empty where it had none */
  over: z.string().exactOptional(),
  /** the same for what came with one message, and more for each later one */
  turn: z.int(),
  at: z.int(),
  /** a later one was put into the post without it */
  left: z.literal(true).exactOptional(),
});
export type WaitingFile = Readonly<z.infer<typeof waitingFile>>;

/** The files on which somebody's word is awaited now, in the order in which they came. */
export const openFiles = (state: PersonState | undefined, now: Millis): readonly WaitingFile[] =>
  (state?.files ?? []).filter(({ at }) => now - at <= fileCounts);

const wait = z.object({
  person: z.string(),
  post: z.string().exactOptional(),
  seen: waitingFile.shape.seen,
  over: waitingFile.shape.over,
  files: z.array(kept),
});

/**
 * Files came for a post of which they would take something back, or nobody can tell for which post: they wait. A phone
 * sends several one by one; each question names those that it puts in.
 */
export const filesWait: Command<PersonState, z.infer<typeof wait>, unknown, Refusal> = {
  name: 'person.files-wait',
  kind: 'person',
  schema: wait,
  decide: (before, { person, post, seen, over, files }, { now }) => {
    const tokens = new Set(files.map(({ token }) => token));
    const earlier = openFiles(before, now).filter(
      ({ token, post: of }) => !tokens.has(token) || (of !== undefined && of !== post),
    );
    const turn = Math.max(0, ...earlier.map((each) => each.turn)) + 1;
    const added = files.map((file) => ({
      ...file,
      ...(post === undefined ? {} : { post }),
      ...(seen === undefined ? {} : { seen }),
      ...(over === undefined ? {} : { over }),
      turn,
      at: now,
    }));
    return {
      state: { ...(before ?? { id: person }), files: [...earlier, ...added].slice(-mostWaiting) },
      audit: [],
      effects: [],
    };
  },
};

const left = z.object({ person: z.string(), post: z.string(), tokens: z.array(z.string()) });

/** Some files were put into a post without those that came before them: they are offered for it no more. */
export const filesLeft: Command<PersonState, z.infer<typeof left>, unknown, Refusal> = {
  name: 'person.files-left',
  kind: 'person',
  schema: left,
  decide: (before, { person, post, tokens }, { now }) => ({
    state: {
      ...(before ?? { id: person }),
      files: openFiles(before, now).map((each) =>
        each.post === post && tokens.includes(each.token) ? { ...each, left: true as const } : each,
      ),
    },
    audit: [],
    effects: [],
  }),
};

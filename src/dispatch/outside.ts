import { z } from 'zod';
import { days, type Millis } from '../core/time.ts';

/** A post on one of our accounts that did not come from here, or that is planned in the network's own tool. */
export const seenSchema = z.object({
  /** the network's id of it */
  id: z.string(),
  url: z.string(),
  at: z.int(),
  /** its first words, no more */
  words: z.string(),
  /** not public yet: the network itself lets it out at that time */
  planned: z.literal(true).exactOptional(),
});
export type Seen = Readonly<z.infer<typeof seenSchema>>;

/** What was seen of an account, as it is kept with it. */
export const outsideSchema = z.object({
  /** when it was looked at last */
  at: z.int(),
  /** when everything was looked at last; in between, only what is new */
  allAt: z.int(),
  /** the newest first */
  posts: z.array(seenSchema),
});
type Outside = Readonly<z.infer<typeof outsideSchema>>;

/** What is older is of no interest any more. */
const keptFor = days(7);
/** How many posts of an account are kept. */
const keptPosts = 30;
/** How often everything is looked at, so that what was deleted goes from here as well. */
const allEvery = days(1);
/** What is new is asked for from a little before the last look: networks take a while to show a post. */
const overlap = 600_000;

/** From when on an account has to be looked at now. Reading is paid for by the post on some networks. */
export function lookFrom(
  known: Outside | undefined,
  now: Millis,
): { readonly since: Millis; readonly all: boolean } {
  const all = known === undefined || now - known.allAt >= allEvery;
  return { since: all ? now - keptFor : known.at - overlap, all };
}

/** What is kept after a look. Everything planned is told each time; what came out is added to what was known. */
export function seenOutside(
  known: Outside | undefined,
  look: { readonly all: boolean; readonly posts: readonly Seen[] },
  now: Millis,
): Outside {
  const before = look.all
    ? []
    : (known?.posts ?? []).filter((each) => each.planned !== true && each.at > now - keptFor);
  const byId = new Map([...before, ...look.posts].map((each) => [each.id, each]));
  const posts = [...byId.values()].toSorted((a, b) => b.at - a.at).slice(0, keptPosts);
  return { at: now, allAt: look.all ? now : (known?.allAt ?? now), posts };
}

import type { ToHear } from '../people/person.ts';
import { maySee } from '../posts/deciding/may.ts';
import type { PostState } from '../posts/post.ts';
import { lateOf, stillSo } from '../posts/telling/tellings.ts';
import { becameOfIt } from '../words/late.ts';
import { tellWords } from '../words/told.ts';
import type { LateFor } from './cards/stop-card.ts';
import { readableById, type Desk } from './desk.ts';

/** Of so many posts somebody hears in the words of each; of more, in a list of them. */
const mostInWords = 3;

/** What somebody hears of late posts, of a few in words; undefined where nothing of it is so any more. */
export async function lateFor(
  person: string,
  { reviews: names, more }: ToHear,
  desk: Desk,
): Promise<LateFor | { readonly text: string } | undefined> {
  const [rules, now] = [desk.rules(), desk.clock()];
  const words: string[] = [];
  const became = new Map<PostState, string>();
  for (const { about, post: id } of names.flatMap(lateOf)) {
    const post = await readableById(desk, id);
    const title = post === undefined ? undefined : becameOfIt(post, rules);
    if (post === undefined || title === undefined || !maySee(post, person, rules)) continue;
    if (!stillSo(post, about, person, rules, now)) continue;
    words.push(tellWords(post, about, person, rules, now));
    if (![...became.keys()].some((each) => each.id === id)) became.set(post, title);
  }
  if (became.size === 0) return undefined;
  if (became.size <= mostInWords && more === 0) return { text: words.join('\n\n') };
  const groups = new Map<string, readonly PostState[]>();
  for (const [post, title] of [...became].toSorted(([one], [other]) => one.number - other.number))
    groups.set(title, [...(groups.get(title) ?? []), post]);
  return { is: 'late-for', groups: [...groups].map(([title, posts]) => ({ title, posts })), more };
}

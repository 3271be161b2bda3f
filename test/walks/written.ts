import { answersOn } from './files.ts';

/** What people on a walk have written: which posts, in how many versions, and what was said of what they show. */

/** Words that say which post they are of, which version of it, and which post of a thread. */
const wordsOf = (post: number, version: number, thread: boolean): string =>
  (thread ? ['up', 'lit', 'safe'] : ['up'])
    .map((is) => `Sign ${String(version)} on Road ${String(post)} is ${is}.`)
    .join('\n---\n');

const descriptionOf = (post: number, nth: number): string => `Photo ${String(nth)} of Road ${String(post)}`;

/** One post as it was written. */
export interface Written {
  readonly thread: boolean;
  /** how often its words were written */
  versions: number;
  /** how often what it shows was described */
  described: number;
}

/** Every post that was proposed, by its number. */
export class AllWritten {
  readonly #all = new Map<number, Written>();

  get posts(): readonly number[] {
    return [...this.#all.keys()];
  }

  of(post: number): Written | undefined {
    return this.#all.get(post);
  }

  /** A post is about to be proposed. @returns its number and the first words of it */
  begin(thread: boolean): { readonly post: number; readonly words: string } {
    const post = this.#all.size + 1;
    this.#all.set(post, { thread, versions: 1, described: 0 });
    return { post, words: wordsOf(post, 0, thread) };
  }

  /** What is asked about pictures or a film on a card of a post, answered with new descriptions. */
  answersOn(card: object | undefined, post: number): Readonly<Record<string, string>> {
    const written = this.#all.get(post);
    if (card === undefined || written === undefined) return {};
    return answersOn(card, () => descriptionOf(post, (written.described += 1)));
  }
}

/** The newest words of a post: whoever uses them counts the version up. */
export const newWords = (post: number, { versions, thread }: Written): string =>
  wordsOf(post, versions, thread);

/** What was said last of what a post shows. */
export const lastDescription = (post: number, { described }: Written): string =>
  descriptionOf(post, described);

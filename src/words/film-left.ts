import { accountOf } from '../dispatch/thread.ts';
import type { Brought, DeskRules, PostState } from '../posts/post.ts';
import { whatFailed } from './failures.ts';
import { accountName } from './names.ts';

/** A film that lies unseen on its network though its post does not go out, since Crier could not delete it. */

type FilmLeft = NonNullable<Brought['left']>;

/** Where Crier does not know which it is, it may not have come there at all. */
const mayBe = (url: string | undefined): string => (url === undefined ? 'may still be' : 'is still');

/** What is said of it on the post's card, beside the account and the way there. */
export const filmLeftWords = ({ because, url }: FilmLeft): string =>
  `The film ${mayBe(url)} there, where nobody outside sees it: Crier could not delete it (${whatFailed(because)}). Please delete it there.`;

/** To the desk, in one sentence for each account, with the way there where that is known. */
export const filmsLeftWords = ({ brought = {} }: PostState, rules: DeskRules): string =>
  Object.entries(brought)
    .flatMap(([part, { left }]) => {
      if (left === undefined) return [];
      const { because, url } = left;
      const there = url === undefined ? '.' : `: ${url}`;
      return [
        `it does not go out on ${accountName(accountOf(part), rules)}, but its film ${mayBe(url)} there, where nobody outside sees it, since Crier could not delete it (${whatFailed(because)}). Please delete it there${there}`,
      ];
    })
    .join(' ');

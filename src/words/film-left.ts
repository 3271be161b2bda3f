import { accountOf } from '../dispatch/thread.ts';
import { seenThere } from '../posts/leaving/brought.ts';
import type { Brought, DeskRules, PostState } from '../posts/post.ts';
import { whatFailed } from './failures.ts';
import { accountName } from './names.ts';

/** A film that lies on its network though its post does not go out, since Crier could not delete it or somebody else shows it. */

type FilmLeft = NonNullable<Brought['left']>;

/** Why it lies there, and what to do about it. */
function leftThere(
  film: string,
  { because, url }: FilmLeft,
): { readonly is: string; readonly please: string } {
  if (because === seenThere)
    return {
      is: `somebody lets others see ${film} there, or has planned that, so Crier has left it`,
      please: 'If it is not to be seen, please delete it there',
    };
  // Where Crier does not know which it is, it may not have come there at all.
  const is = url === undefined ? 'may still be' : 'is still';
  return {
    is: `${film} ${is} there, where nobody outside sees it: Crier could not delete it (${whatFailed(because)})`,
    please: 'Please delete it there',
  };
}

/** What is said of it on the post's card, beside the account and the way there. */
export function filmLeftWords(left: FilmLeft): string {
  const { is, please } = leftThere('the film', left);
  return `${is.charAt(0).toUpperCase()}${is.slice(1)}. ${please}.`;
}

/** To the desk, in one sentence for each account, with the way there where that is known. */
export const filmsLeftWords = ({ brought = {} }: PostState, rules: DeskRules): string =>
  Object.entries(brought)
    .flatMap(([part, { left }]) => {
      if (left === undefined) return [];
      const { is, please } = leftThere('its film', left);
      const there = left.url === undefined ? '.' : `: ${left.url}`;
      return [`it does not go out on ${accountName(accountOf(part), rules)}, but ${is}. ${please}${there}`];
    })
    .join(' ');

import { accountWasBlocked, isRefused } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import { isEndedUnsent } from '../posts/leaving/its-end.ts';
import { turnedOf } from '../posts/leaving/for-rehearsal.ts';
import { publicationsOf } from '../posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { Said } from './answers.ts';
import { whatFailed } from './failures.ts';
import { postsWords } from './names.ts';
import { buttons } from './on-cards.ts';
import { onAll } from './posts.ts';
import { passedWhile } from './steps.ts';
import { asInPost, haveTurned } from './turned.ts';

/** Posts that did not go out as they were to, as somebody hears of many at once: each is told alone where there are few. */

/** @returns what became of one of them, as a title over all with the same; undefined where it is otherwise settled by then */
export function becameOfIt(post: PostState, protocol: DeskRules): string | undefined {
  const rules = asInPost(post, protocol);
  const { status } = post;
  const turned = turnedOf(post);
  if (turned !== undefined) return `To be decided afresh, since ${haveTurned(turned, rules)}`;
  if (status.is === 'held' && status.missed !== undefined)
    return `Held, since their time passed ${passedWhile(status.missed, rules)}`;
  if (status.is === 'expired' && status.because === 'nobody-decided') return 'Nobody decided in time';
  if (status.is === 'expired' || isEndedUnsent(post)) return 'Their end came before they were out';
  const refused = Object.entries(publicationsOf(post)).flatMap(([part, each]) =>
    isRefused(each) ? [{ account: accountOf(part), reason: each.reason }] : [],
  );
  const [first] = refused;
  if (first === undefined) return undefined;
  const accounts = refused.flatMap(({ account, reason }) => (reason === first.reason ? [account] : []));
  const where = onAll([...new Set(accounts)], rules);
  return first.reason === accountWasBlocked
    ? `Not published ${where}, and the account is connected again`
    : `Not published ${where}: ${whatFailed(first.reason)}`;
}

/** @returns what heads so many posts that need a fresh decision, since accounts have come to be real, or to rehearse */
export const allTurnedWords = (all: number): Said => ({
  title: `${postsWords(all)} ${all === 1 ? 'needs' : 'need'} a fresh decision`,
  lines: ['None of them goes out by what was decided before. Open one to see where it would go now.'],
});

/** @returns what heads so many of them, in groups by what became of them */
export const lateWords = (all: number): Said => ({
  title: `${postsWords(all)} did not go out as they were to`,
  lines: [
    `None of them goes out by itself any more. Open one to see what can be done: where it offers "${buttons.tryAgain}", that sends it after all.`,
  ],
});

import { isUntouched } from '../../dispatch/stop.ts';
import { mayHaveChanged } from './done-by-hand.ts';
import type { ByHand, PostState } from '../post.ts';
import { ruleStops } from '../leaving/leaving.ts';
import { handUnsaid } from '../correcting/standing.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';

/** What is no longer to be done by hand is asked of nobody; whoever was to post it is told not to. */
export function settledByHand(post: PostState): {
  readonly post: PostState;
  readonly over: readonly string[];
  readonly told: readonly string[];
} {
  const { byHand, wasByHand, ...rest } = post;
  const all = Object.entries(byHand ?? {});
  const over = all.filter(([part, { what }]) => !isStillToDo(post, part, what));
  if (over.length === 0 && wasByHand === undefined) return { post, over: [], told: [] };
  const left = all.filter((each) => !over.includes(each));
  const heardOf = over.filter(([part]) => !isUnheard(post, part));
  const was = [...Object.entries(wasByHand ?? {}), ...heardOf].filter(([part, { what }]) =>
    mayHaveDone(post, part, what),
  );
  // Whoever was told of a hold is told as well where all of it is given up. What will not be posted is told with why.
  const stopped = [
    ...heardOf.filter(([part, { what }]) => {
      const is = publicationsOf(post)[part]?.is;
      return (
        (what === 'post' && is !== 'published' && (is !== 'failed' || isRuledOut(post, part))) ||
        mayHaveChanged(post, part, what)
      );
    }),
    ...Object.entries(wasByHand ?? {}).filter(
      ([part]) => publicationsOf(post)[part] === undefined || isHandUnsaid(post, part),
    ),
  ];
  return {
    post: {
      ...rest,
      ...(left.length === 0 ? {} : { byHand: Object.fromEntries(left) }),
      ...(was.length === 0 ? {} : { wasByHand: Object.fromEntries(was) }),
    },
    over: over.map(([part]) => part),
    told: [...new Set(stopped.flatMap(([, { people }]) => people))],
  };
}

/** Whether it was held as somebody was to be asked to post it, so that they have not heard of that. */
function isUnheard(post: PostState, part: string): boolean {
  const publication = publicationsOf(post)[part];
  return publication !== undefined && isUntouched(publication);
}

/** Whether a correction was given up while somebody was to say whether they had changed it by hand already. */
const isHandUnsaid = ({ notCorrectedBecause }: PostState, part: string): boolean =>
  notCorrectedBecause?.[part] === handUnsaid;

/** Whether somebody had been asked to do by hand what is not to be done now: it may be, though Crier does not know it. */
const mayHaveDone = (post: PostState, part: string, what: ByHand['what']): boolean =>
  (what === 'post' && (publicationsOf(post)[part]?.is === 'stopped' || isRuledOut(post, part))) ||
  mayHaveChanged(post, part, what);

/** Whether a rule came to stop what was to go out there, be it that somebody had been asked to post it. */
function isRuledOut(post: PostState, part: string): boolean {
  const publication = publicationsOf(post)[part];
  return publication?.is === 'failed' && publication.reason === ruleStops;
}

function isStillToDo(post: PostState, part: string, what: ByHand['what']): boolean {
  switch (what) {
    case 'post':
      return publicationsOf(post)[part]?.is === 'asked';
    case 'change':
      if (mayHaveChanged(post, part, what)) return false;
      // A correction that is closed leaves it to be changed by hand, unless it comes down.
      return (
        post.correction?.applied?.parts[part] === 'waiting' ||
        (post.notCorrected?.includes(part) === true && publicationsOf(post)[part]?.is === 'published')
      );
    case 'remove':
      return publicationsOf(post)[part]?.is === 'removing';
  }
}

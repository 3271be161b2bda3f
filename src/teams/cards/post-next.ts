import { askedNow, awaited, type Review } from '../../approval/review.ts';
import { instead } from '../../posts/deciding/instead.ts';
import { hasLostDepartment, lacksDepartment, lettersOut } from '../../posts/deciding/may.ts';
import { isStoppedThere } from '../../posts/leaving/leaving.ts';
import { isHeldAgainAtOnce } from '../../posts/stopping/stop-of-post.ts';
import { awaitedWords, goOnWords, notReachedWords, thenTheDeskWords } from '../../words/asked.ts';
import { routeWords } from '../../words/route.ts';
import { handedOnWords, nextStepWords, nobodyNextWords, notYoursToLetOut } from '../../words/nobody-here.ts';
import type { Lines } from './data.ts';
import type { PostDrawing } from './drawing.ts';
import { lines, none } from './post-head.ts';
import { linkText } from './text.ts';

const shownLines = (all: Lines['lines']): Lines => ({ show: all.length > 0, lines: all });

/** Who could not be reached; in a rehearsal, where to go on as them. */
function missedOf(review: Review, { post, rules, options }: PostDrawing): Lines['lines'] {
  const { playedAt } = options;
  const { lines: missed } = lines(notReachedWords(post, askedNow(review), rules, playedAt !== undefined));
  return missed.length === 0 || playedAt === undefined
    ? missed
    : [...missed, { words: linkText(goOnWords, playedAt) }];
}

/** Who is awaited or comes next, and who could not be reached. */
export function nextOf(drawing: PostDrawing): Lines {
  const { post, rights, rules, now, options } = drawing;
  const review: Review | undefined =
    post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  // What has to be changed first stands above; nobody's decision is waited for.
  if (isStoppedThere(post, now, rules)) return none;
  if (review !== undefined) {
    const missed = missedOf(review, drawing);
    if (!rights.decide && !rights.passOn) {
      const isTold = rights.told && post.allAway !== undefined && !hasLostDepartment(post, rules);
      const edits = rights.edit ? instead(post, rules, now) : undefined;
      return shownLines([
        ...lines(
          awaitedWords(post, review, rules, now, {
            isKept: isHeldAgainAtOnce(post, options.stop),
            toDesk: rights.desk,
          }),
        ).lines,
        ...missed,
        ...lines(isTold ? [nextStepWords(review, edits, rules)] : []).lines,
      ]);
    }
    const rest = review.stages.slice(review.current + 1);
    return shownLines([
      ...lines(handedOnWords(post, review, rules, now, 'you')).lines,
      ...lines(thenTheDeskWords(post, review, rules)).lines,
      ...lines(rest.length === 0 ? [] : [`Next: ${routeWords(rest, review.writers, rules)}.`]).lines,
      ...lines(nobodyNextWords(rest, review.writers, rules, now)).lines,
      // Whoever can do it alone need not reach the others.
      ...((awaited(review)?.need ?? 1) > 1 ? missed : []),
    ]);
  }
  if (rights.makers && !rights.letOut)
    return lines([notYoursToLetOut(lettersOut(post, rules), rights.askAgain, rules, now)]);
  if (
    !rights.send ||
    lacksDepartment(post, rules) ||
    options.route === undefined ||
    options.route.length === 0
  )
    return none;
  const writers = [post.author, post.revision.by];
  return lines([
    `Next: ${routeWords(options.route, writers, rules)}.`,
    ...nobodyNextWords(options.route, writers, rules, now),
  ]);
}

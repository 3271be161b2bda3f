import type { Millis } from '../../core/time.ts';
import { isRefused } from '../../dispatch/publication.ts';
import { isAskedAbout } from '../../dispatch/said.ts';
import { isPastAgreeing } from '../correcting/correction-findings.ts';
import { changesAskedFor } from '../correcting/correction-goes-on.ts';
import { tornByEnd } from '../leaving/its-end.ts';
import { reviewAwaited } from './reviews.ts';
import { hasToBeChanged, isEditable, isHeldByCrier } from '../leaving/to-go-out.ts';
import { publicationsOf } from '../leaving/what-is-public.ts';
import { choosers, editors, maySee, needsDepartment, sayersOf, writersNow } from './may.ts';
import { refusedThere, wrongThere } from '../correcting/refused-there.ts';
import { stepsOf } from '../telling/past.ts';
import type { DeskRules, PostState } from '../post.ts';
import { askedBy } from './who-acts.ts';

/**
 * Whose step is the next where it is no decision and nothing by hand: its writers, once it came back to them; those who
 * can choose another department for what was sent; the desk, where nobody could tell what became of it, where it is tried in vain to correct it, where Crier held
 * it, where a rule has come to stop it, or where only the beginning of a thread is public. Its writers and the desk,
 * where an account refused it, and with whoever asked for a correction, where an account refused that; who asked for one
 * to which nobody can agree any more; and who is to say whether they posted by hand what is not to go out.
 */
export function nextStepOf(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { officers } = rules.desk;
  const { correction } = post;
  const corrector = correction ?? post.corrected.at(-1);
  const choose = 'review' in post.status && needsDepartment(post, rules) ? choosers(post, rules) : [];
  const write = isWithItsWriters(post) ? writersNow(post, rules, now) : [];
  const refused =
    refusedThere(post, rules, now).length > 0 ? [...writersNow(post, rules, now), ...officers] : [];
  const wrong =
    wrongThere(post, rules).length > 0 && corrector !== undefined
      ? [
          ...writersNow(post, rules, now),
          // Whoever may not write on it any more cannot ask for it again.
          ...(editors(post, rules).includes(corrector.by) ? [corrector.by] : []),
          ...officers,
        ]
      : [];
  const stopped = correction !== undefined && isPastAgreeing(post, now, rules) ? [correction.by] : [];
  const toSay = Object.keys(post.wasByHand ?? {}).flatMap((part) => sayersOf(post, part, rules));
  const all = [
    ...choose,
    ...write,
    ...(isWithTheDesk(post) ? officers : []),
    ...refused,
    ...wrong,
    ...stopped,
    ...toSay,
  ];
  return [...new Set(all)].filter((person) => maySee(post, person, rules));
}

const isWithTheDesk = (post: PostState): boolean =>
  Object.values(publicationsOf(post)).some(isAskedAbout) ||
  changesAskedFor(post).length > 0 ||
  isHeldByCrier(post) ||
  hasToBeChanged(post) ||
  tornByEnd(post).length > 0;

/**
 * Whether nothing comes of it before somebody who writes on it does something. A draft that nobody else has had before
 * them waits for nobody: it is being written.
 */
export function isWithItsWriters(post: PostState): boolean {
  const { status } = post;
  switch (status.is) {
    case 'sent-back':
    case 'expired':
      return true;
    case 'draft':
      return stepsOf(post).length > 0;
    case 'failed':
      return isEditable(post) && Object.values(publicationsOf(post)).some(isRefused);
    case 'in-review':
      return hasToBeChanged(post);
    case 'held':
      return hasToBeChanged(post) || status.missed !== undefined;
    default:
      return false;
  }
}

/** The post with those whose step is the next by the protocol in force, under which they are seen anew once another is. */
export function withNextStep(post: PostState, rules: DeskRules, now: Millis): PostState {
  const { goesOnWith: _before, ...rest } = post;
  const people = nextStepOf(rest, rules, now);
  if (people.length === 0) return rest;
  // What a walk says of that is its own.
  const under = reviewAwaited(rest) === undefined ? { askedUnder: rest.askedUnder ?? askedBy(rules) } : {};
  return { ...rest, ...under, goesOnWith: people };
}

import { publicationsOf, hasToBeChanged, isEditable, isHeldByCrier, tornByEnd } from './how-it-stands.ts';
import { choosers, needsDepartment, writersNow } from './may.ts';
import { stepsOf } from './past.ts';
import type { DeskRules, PostState } from './post.ts';

/**
 * Whose step is the next where it is no decision and nothing by hand: its writers, once it came back to them; those who
 * can choose another department for what was sent; the desk, where nobody could tell what became of it, where Crier held
 * it, where a rule has come to stop it, or where only the beginning of a thread is public.
 */
export function nextStepOf(post: PostState, rules: DeskRules): readonly string[] {
  const choose = 'review' in post.status && needsDepartment(post, rules) ? choosers(post, rules) : [];
  const write = isWithItsWriters(post) ? writersNow(post, rules) : [];
  return [...new Set([...choose, ...write, ...(isWithTheDesk(post) ? rules.desk.officers : [])])];
}

const isWithTheDesk = (post: PostState): boolean =>
  Object.values(publicationsOf(post)).some((each) => each.is === 'unknown' && each.asked) ||
  isHeldByCrier(post) ||
  hasToBeChanged(post) ||
  tornByEnd(post).length > 0;

/**
 * Whether nothing comes of it before somebody who writes on it does something. A draft that nobody else has had before
 * them waits for nobody: it is being written.
 */
function isWithItsWriters(post: PostState): boolean {
  const { status } = post;
  switch (status.is) {
    case 'sent-back':
    case 'expired':
      return true;
    case 'draft':
      return stepsOf(post).length > 0;
    case 'failed':
      return isEditable(post);
    case 'in-review':
      return hasToBeChanged(post);
    case 'held':
      return hasToBeChanged(post) || status.missed !== undefined;
    default:
      return false;
  }
}

/** The post with those whose step is the next by the protocol in force. */
export function withNextStep(post: PostState, rules: DeskRules): PostState {
  const { goesOnWith: _before, ...rest } = post;
  const people = nextStepOf(rest, rules);
  return people.length === 0 ? rest : { ...rest, goesOnWith: people };
}

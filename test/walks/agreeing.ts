import { reviewAwaited } from '../../src/posts/deciding/reviews.ts';
import type { Plan, PostState } from '../../src/posts/post.ts';
import { stepsOf } from '../../src/posts/telling/past.ts';
import { peopleOf } from '../../src/protocol/people.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';

/** Who may agree to what, and whether somebody has, by the walk's own reading of the protocol and of what is kept. */

/** What a press of that kind decides on. */
export function planDecidedOn({ status, correction }: PostState, verb: string): Plan | undefined {
  if (verb === 'post.approve-correction') return correction?.plan;
  return verb === 'post.approve' && (status.is === 'in-review' || status.is === 'held')
    ? status.plan
    : undefined;
}

/** Whether somebody is entitled to a press of that kind, by the protocol in force. */
export function mayAgree(person: string, post: PostState, verb: string, protocol: Protocol): boolean {
  const { approvers = [] } = protocol.departments['highways'] ?? {};
  if (verb === 'post.approve-correction')
    return [...approvers, ...protocol.desk.officers].includes(person) && person !== post.correction?.by;
  const review = reviewAwaited(post);
  const stage = protocol.stages.find(({ id }) => id === review?.stages[review.current]?.id);
  const who =
    stage === undefined
      ? [...approvers, ...protocol.desk.officers]
      : peopleOf([...stage.who, ...stage.escalateTo], 'highways', protocol);
  const wrote = [post.author, post.revision.by, post.correction?.applied && post.correction.by];
  return who.includes(person) && !wrote.includes(person);
}

/** One press of somebody, and when that was. */
interface Decided {
  readonly person: string;
  readonly at: number;
  readonly verb: string;
}

/** Whether somebody's press was taken as a decision. */
export function hasAgreed(before: PostState, after: PostState, { person, at, verb }: Decided): boolean {
  if (verb === 'post.approve')
    return stepsOf(after).some((step) => step.did === 'approved' && step.by === person && step.at >= at);
  const { correction } = after;
  // Agreed to everywhere at once, it is a correction no more.
  if (correction?.review.id !== before.correction?.review.id) return true;
  return correction?.review.decisions.some((each) => each.by === person) ?? false;
}

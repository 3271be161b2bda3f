import type { PlannedPart, PostState } from '../post.ts';
import { plannedPart } from '../leaving/what-was-sent.ts';

/** What a correction that was agreed to says where a part stands, and what was wrong. */
interface Right {
  readonly planned: PlannedPart;
  readonly what: string;
}

/**
 * What a part that stands is to say: by the correction that was agreed to and by its plan as it was agreed to, whatever
 * somebody asks for since. Undefined where none changes it any more.
 */
export function rightInPlace(post: PostState, part: string): Right | undefined {
  const { correction } = post;
  const planned = plannedPart(post, part);
  return correction?.applied?.parts[part] !== 'waiting' || planned === undefined
    ? undefined
    : { planned, what: correction.what };
}

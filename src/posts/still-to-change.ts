import type { Publication } from '../dispatch/publication.ts';
import { publicationsOf } from './how-it-stands.ts';
import type { PlannedPart, PostState } from './post.ts';
import { plannedPart } from './what-was-sent.ts';

/** What is public and still changes or comes down by itself, whatever is held or stopped meanwhile. */
export interface StillToChange {
  readonly part: string;
  readonly publication: Extract<Publication, { readonly is: 'published' | 'removing' }>;
  /** why it is not corrected yet, where that is known; why it is not down yet stands with the publication */
  readonly waits?: string;
}

/**
 * @returns what a correction that was agreed to changes where it stands, and what comes down; what makes room for another
 *   leaves with that, and what somebody does by hand does not come by itself
 */
export function stillToChange(post: PostState): readonly StillToChange[] {
  const { parts = {}, waits = {} } = post.correction?.applied ?? {};
  return Object.entries(publicationsOf(post)).flatMap(([part, publication]): readonly StillToChange[] => {
    if (post.byHand?.[part] !== undefined) return [];
    if (publication.is === 'removing')
      return publication.problem === undefined && publication.instead === undefined
        ? [{ part, publication }]
        : [];
    if (publication.is !== 'published' || parts[part] !== 'waiting') return [];
    const reason = waits[part];
    return [{ part, publication, ...(reason === undefined ? {} : { waits: reason }) }];
  });
}

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

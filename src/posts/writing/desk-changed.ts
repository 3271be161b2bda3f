import type { Millis } from '../../core/time.ts';
import { isDesk } from '../../protocol/people.ts';
import type { DeskChanged, DeskRules, PostState } from '../post.ts';
import type { PlannedTime } from './revision.ts';

/** What is kept of changes by others than its author, the desk's or a lead's, when somebody makes another. */
export function changedByAnother(post: PostState, person: string, now: Millis): DeskChanged {
  const meant = post.deskChanged === undefined ? post.when : post.deskChanged.serviceMeant;
  return {
    by: [...changersOf(post).filter((each) => each.person !== person), { person, at: now }],
    ...(meant === undefined ? {} : { serviceMeant: meant }),
  };
}

/** What is kept of them when somebody chooses another time: of the service, it is theirs again. */
export function rescheduledBy(
  post: PostState,
  person: string,
  when: PlannedTime | undefined,
  rules: DeskRules,
  now: Millis,
): Pick<PostState, 'deskChanged'> {
  if (isDesk(person, rules) && post.author !== person) {
    return { deskChanged: changedByAnother(post, person, now) };
  }
  if (post.deskChanged === undefined) return {};
  const { by } = post.deskChanged;
  return { deskChanged: { by, ...(when === undefined ? {} : { serviceMeant: when }) } };
}

/** Who beside its author has changed a post, and when. */
export function changersOf(post: PostState): DeskChanged['by'] {
  if (post.deskChanged !== undefined) return post.deskChanged.by;
  // Earlier releases kept no names; who wrote the revision did, until a correction made another.
  return post.serviceWrote === undefined || post.corrected.length > 0
    ? []
    : [{ person: post.revision.by, at: post.revision.at }];
}

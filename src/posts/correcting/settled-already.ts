import type { PostState } from '../post.ts';
import { refusePost, type PostRefusal } from '../refusals.ts';

/** Why nobody decides on a correction that waits no more: who settled the one that was pressed, where that is known. */
export function correctionSettled(post: PostState, review: string): PostRefusal {
  const { correction, corrected, madeNowhere = [], correctionRefused, correctionTakenBack } = post;
  const refused = [...(post.correctionsRefused ?? []), correctionRefused].find(
    (each) => each?.review?.id === review,
  );
  if (refused !== undefined)
    return refusePost('correction-settled', { ...whoAndWhen(refused), did: 'refused' });
  if (correctionTakenBack?.review.id === review)
    return refusePost('correction-settled', { ...whoAndWhen(correctionTakenBack), did: 'taken-back' });
  const agreedTo = [correction, ...corrected, ...madeNowhere].find((each) => each?.review?.id === review);
  const last = agreedTo?.review?.decisions.at(-1);
  return last === undefined
    ? refusePost('settled-already', {})
    : refusePost('correction-settled', { ...whoAndWhen(last), did: 'agreed' });
}

const whoAndWhen = ({ by, at }: { readonly by: string; readonly at: number }) => ({ by, at });

import type { PostState } from '../../src/posts/post.ts';
import type { Council, Pressed } from './council.ts';

/** What many journeys begin with: a post for Highways that waits for its approvers, or is out. */

/** The desk writes it, fills in its form and sends it to the approvers. */
export async function sentByDesk(
  council: Council,
  text: string,
  filledIn: Readonly<Record<string, string>>,
): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  const form = await ellen.press('Edit');
  const saved = await ellen.press('Save', filledIn, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
}

/** The same, and one of them lets it go out at once. */
export async function letOutByDesk(
  council: Council,
  text: string,
  filledIn: Readonly<Record<string, string>>,
): Promise<void> {
  await sentByDesk(council, text, filledIn);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
}

/** Somebody of Highways writes it, and the desk passes it on to the approvers. */
export async function passedOn(council: Council, text: string): Promise<void> {
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say(`propose ${text}`);
  await nadia.press('Send to Communications');
  await ellen.press('Pass on to Highways approvers');
}

/** Nadia Hartley writes it, makes an emergency of it and sends it to the duty officer. */
export async function sendsEmergency(
  council: Council,
  filledIn: { readonly accounts?: string; readonly text?: string; readonly when?: string } = {},
  number = 1,
): Promise<Pressed> {
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Gas leak on Moor Lane in Crosby. Leave the area now and call 0800 111 999.');
  const form = await nadia.press('Edit', {}, nadia.card(number));
  const saved = await nadia.press('Save', { urgency: 'emergency', ...filledIn }, form.card);
  return await nadia.press('Send to the duty officer', {}, saved.card);
}

/** Resolves once the first post is in a state: other work of it may still be committed before. */
export async function comesTo(council: Council, state: PostState['status']['is']): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = council.app.executor.onCommit(() => {
      void council.post(1).then(({ status }) => {
        if (status.is !== state) return;
        stop();
        resolve();
      });
    });
  });
}

/** Resolves once the first post is held. */
export const firstIsHeld = async (council: Council): Promise<void> => await comesTo(council, 'held');

/** Priya Desai decides at this moment that nothing of a held post is published, or corrected, without looking at her card. */
export async function leftWhileHeld(council: Council, note: string): Promise<void> {
  const { id, status } = await council.post(1);
  if (status.is !== 'held') throw new Error('it is not held');
  const { id: review, hash, stages, current } = status.review;
  const left = await council.app.executor.execute({
    command: 'post.refuse',
    id,
    params: { review, hash, stage: stages[current]?.id ?? '', note },
    actor: { by: 'person', person: 'priya-desai' },
  });
  if (!left.done) throw new Error('she could not');
}

/** Tom Ashcroft decides at this moment on what waits, without looking at his card, and nothing of it is begun yet. */
export async function decidedAtOnce(
  council: Council,
  command: 'approve-correction' | 'approve',
): Promise<void> {
  const { id, status, correction: waits } = await council.post(1);
  const review = command === 'approve' && 'review' in status ? status.review : waits?.review;
  const decided = await council.app.executor.execute({
    command: `post.${command}`,
    id,
    params: {
      review: review?.id,
      hash: review?.hash,
      stage: review?.stages[review.current]?.id,
      confirm: true,
    },
    actor: { by: 'person', person: 'tom-ashcroft' },
  });
  if (!decided.done) throw new Error('he could not');
}

import { crier } from '../core/context.ts';
import { fieldsOf } from './answered.ts';
import { inputsOf } from './cards/fields.ts';
import type { Content } from './courier.ts';
import { postById, type Desk } from './desk.ts';
import type { Reply } from './reply.ts';

/**
 * Whether an answer is a form that somebody is about to type in: a view that holds nothing else, or a card on which
 * something is to be typed yet, or stands again as it was typed. A card as it comes to everybody may have a field for a
 * note too; nobody can tell whether somebody types there, and what has become of the post matters more.
 */
export function opensForm(reply: Reply, content: Content | undefined): boolean {
  if (reply.show !== 'post' || content === undefined || 'text' in content) return false;
  if (reply.view !== 'main') return fieldsOf[reply.view].length > 0;
  const { errors = {}, typed = {} } = reply;
  // A tick or a choice is no text.
  return inputsOf(content.card).some(
    ({ id, type }) => type === 'Input.Text' && (errors[id] ?? typed[id] ?? '').trim() !== '',
  );
}

/** Records that somebody has a form on the card that they pressed, so that it is not drawn anew, or has none any more. */
export async function noteForm(
  reply: Reply,
  press: {
    readonly activityId: string;
    readonly form: boolean;
    readonly data: Readonly<Record<string, unknown>>;
  },
  person: string,
  desk: Pick<Desk, 'executor'>,
): Promise<void> {
  const { activityId, form } = press;
  const id = press.data['post'];
  const post =
    reply.show === 'post' ? reply.post : typeof id === 'string' ? await postById(desk, id) : undefined;
  const copy = post?.copies.find(({ posted }) => posted?.activityId === activityId);
  if (post === undefined || copy === undefined) return;
  if (!form && copy.forms?.[person] === undefined) return;
  await desk.executor.execute({
    command: form ? 'post.form-opened' : 'post.form-closed',
    id: post.id,
    params: { activityId, person },
    actor: crier,
  });
}

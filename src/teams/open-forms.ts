import { crier } from '../core/context.ts';
import type { Millis } from '../core/time.ts';
import { saidTo, type OnCard } from '../posts/telling/open-forms.ts';
import { fieldsOf } from './answered.ts';
import { inputsOf } from './cards/fields.ts';
import type { Content } from './courier.ts';
import { postById, type Desk } from './desk.ts';
import { onCardOf } from './draw.ts';
import { onPost } from './press.ts';
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

/** What an answer brings onto the card of a post that it stands on: a form, or words of its own beside the post. */
export function broughtBy(reply: Reply, content: Content | undefined): OnCard {
  if (opensForm(reply, content)) return { form: true };
  if (reply.show !== 'post' || reply.view !== 'main' || reply.notice === undefined) return {};
  // Who stopped what it would leave by stands on the card for as long as that is so.
  if (reply.stopTold === true) return {};
  const { notice: words, typed = {}, post } = reply;
  // What the button carries is nothing that anybody typed.
  const texts = Object.entries(typed).filter(([id]) => id === 'note' || id.includes(':'));
  return { said: { words, typed: Object.fromEntries(texts), turn: post.turn } };
}

/** Records what an answer brought onto the card that was pressed, or that nothing stands there any more but the post. */
export async function noteAnswer(
  reply: Reply,
  press: {
    readonly activityId: string;
    readonly brought: OnCard;
    readonly data: Readonly<Record<string, unknown>>;
  },
  person: string,
  desk: Pick<Desk, 'executor'>,
): Promise<void> {
  const { activityId, brought, data } = press;
  const card = onPost.safeParse(data);
  const id = card.data?.post;
  const post = reply.show === 'post' ? reply.post : id === undefined ? undefined : await postById(desk, id);
  const copy = post?.copies.find(({ posted }) => posted?.activityId === activityId);
  if (post === undefined || copy === undefined) return;
  const { form, said } = brought;
  const stood = copy.forms?.[person] !== undefined || copy.said?.[person] !== undefined;
  if (form === undefined && said === undefined && !stood) return;
  await desk.executor.execute({
    command: 'post.answered-on-card',
    id: post.id,
    params: { activityId, person, seen: card.data?.turn ?? post.turn, ...brought },
    actor: crier,
  });
}

/** A card in a Teams channel that somebody's client asks for anew, with what they were answered on it. */
export function withSaid(reply: Reply, activityId: string | undefined, person: string, now: Millis): Reply {
  if (reply.show !== 'post' || reply.view !== 'main' || reply.notice !== undefined) return reply;
  const copy = reply.post.copies.find(({ posted }) => posted?.activityId === activityId);
  const said = copy === undefined ? undefined : saidTo(copy, person, now);
  return said === undefined ? reply : { ...reply, ...onCardOf(said, reply.post) };
}

import { noRoomWords } from '../words/long-texts.ts';
import { sayNotice } from '../words/typed.ts';
import type { TurnAnswer } from './adapter.ts';
import type { Answers } from './answers.ts';
import { fits } from './cards/room.ts';
import type { Content } from './courier.ts';
import type { Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import { broughtBy, noteAnswer, withSaid } from './open-forms.ts';
import { pressed } from './presses.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';
import type { FromSomebody } from './turns.ts';

type Press = Extract<FromSomebody, { readonly kind: 'press' }>;

/** What answers to presses stand on. */
interface PressParts {
  readonly desk: Desk;
  readonly answers: Answers;
  readonly draw: Draw;
}

/** What a press comes to: a card in place of the one that was pressed, or words above it. */
export async function answeredPress(incoming: Press, turn: Turn, parts: PressParts): Promise<TurnAnswer> {
  const { desk, answers, draw } = parts;
  const came = await pressed(incoming.verb, incoming.data, turn, desk);
  const { cardActivityId: activityId } = incoming;
  const asked = incoming.refresh ? withSaid(came, activityId, turn.person, turn.now) : came;
  const reply = await answers.formInOwnChat(asked, incoming, turn);
  if (reply.show === 'notice' && reply.over === true) return { answer: 'notice', text: reply.words };
  const content = await draw.reply(reply, { kind: 'person', person: turn.person }, turn.of);
  if (activityId !== undefined && !incoming.refresh)
    await noteShown(incoming, activityId, { reply, content }, turn, parts);
  if (content === undefined) return { answer: 'notice', text: sayNotice('card-comes', {}).words };
  if ('text' in content) return { answer: 'notice', text: content.text };
  // What everybody in a Teams channel was asked is answered for everybody there.
  if (activityId !== undefined && (came.show === 'channel' || came.show === 'channel-asked'))
    await answers.inPlace(incoming, activityId, content);
  // What was typed stays in the card that was pressed.
  return fits(content.card)
    ? { answer: 'card', card: content.card }
    : { answer: 'notice', text: noRoomWords(saidIn(reply)) };
}

/** Keeps what the card that was pressed shows from now on: how its post goes on, and what was brought there. */
async function noteShown(
  { place, serviceUrl, data }: Press,
  activityId: string,
  { reply, content }: { readonly reply: Reply; readonly content: Content | undefined },
  turn: Turn,
  { desk, answers }: PressParts,
): Promise<void> {
  const brought = broughtBy(reply, content);
  if (place.kind === 'personal') {
    const posted = { activityId, conversationId: place.conversationId };
    await answers.follow(reply, { posted, brought }, serviceUrl, turn);
  }
  await desk.beside(noteAnswer(reply, { activityId, brought, data }, turn.person, desk));
}

/** What an answer says beside the post itself. */
function saidIn(reply: Reply): string {
  if (reply.show !== 'post') return '';
  return [reply.notice ?? '', ...Object.values(reply.errors ?? {})].filter((words) => words !== '').join(' ');
}

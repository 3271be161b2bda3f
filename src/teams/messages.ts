import type { Answers } from './answers.ts';
import type { Message } from './arriving.ts';
import type { Desk } from './desk.ts';
import { isCaptions } from './files.ts';
import { notice } from './notices.ts';
import { isTheirs, noteWords, withUnnotedWords } from './offers.ts';
import { fileLeftBehind } from './photo.ts';
import type { Reply } from './reply.ts';
import { isDoneBeforePhoto, isDoneWithoutPhotos, said } from './said.ts';
import { saidAnew } from './said-anew.ts';
import type { Turn } from './turn.ts';
import type { FromSomebody } from './turns.ts';

/** What answers to messages stand on. */
export interface MessageParts {
  readonly desk: Desk;
  readonly answers: Pick<Answers, 'toMessage'>;
}

/** @returns what was answered to the words of a message, all of whose files can be read */
export async function answeredWords(
  incoming: Message,
  turn: Turn,
  { desk, answers }: MessageParts,
): Promise<Reply> {
  const reply = await said(incoming.text, turn, desk);
  const isNoted = !isTheirs(reply) || (await desk.beside(noteWords(turn, desk)));
  await answers.toMessage(incoming, reply, isNoted ? turn : withUnnotedWords(turn));
  if (turn.files.some(({ name }) => !isCaptions(name)) && isDoneWithoutPhotos(incoming.text)) {
    await answers.toMessage(incoming, notice('photo-not-used', {}), turn);
  }
  return reply;
}

/** Words in a Teams channel of which Teams has not handed over the file. */
export async function answeredLeftBehind(incoming: Message, turn: Turn, parts: MessageParts): Promise<void> {
  const { text } = incoming;
  const reply = isDoneBeforePhoto(text) ? await answeredWords(incoming, turn, parts) : undefined;
  const proposal = isDoneWithoutPhotos(text) ? undefined : reply;
  const next = await fileLeftBehind(text, proposal, turn, parts.desk);
  if (next !== undefined) await parts.answers.toMessage(incoming, next, turn);
}

/** A message counts as it was sent: whoever changes it hears what to do instead, each time it says something else. */
export async function answeredEdit(
  incoming: FromSomebody & { readonly text: string },
  turn: Turn,
  { desk, answers }: MessageParts,
): Promise<void> {
  const reply = await saidAnew(incoming.text, turn, desk);
  if (reply !== undefined) await answers.toMessage(incoming, reply, turn);
}

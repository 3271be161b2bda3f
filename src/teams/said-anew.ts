import { personKnown } from '../people/known.ts';
import { isCorrectable } from '../posts/correcting/correctable.ts';
import { isEditable } from '../posts/leaving/to-go-out.ts';
import { maySee } from '../posts/deciding/may.ts';
import type { PostState } from '../posts/post.ts';
import { editedPostWords, editedWords, yesOffer } from '../words/several.ts';
import { splitUntil } from '../protocol/typed-time.ts';
import { wordsKnown } from '../people/offered.ts';
import { postById, typedAs, type Desk } from './desk.ts';
import { linkedFiles } from './linked-files.ts';
import { noteWords } from './offers.ts';
import { commandIn, questionsOf } from './said.ts';
import type { Choice } from './reply.ts';
import type { Turn } from './turn.ts';
import { readProposal } from './typed/proposal.ts';

/**
 * Answers somebody who has changed what their message says, in Teams: Teams shows the new words, and Crier went by the
 * old ones. Undefined where nothing has to be said: the words do nothing and could do nothing, say what the post says,
 * or are those that were answered last. Teams gives every change the id of the message, so that only its words tell a
 * change from the same one told twice.
 */
export async function saidAnew(text: string, turn: Turn, desk: Desk): Promise<Choice | undefined> {
  const { message, says } = turn.of;
  const known = wordsKnown(await personKnown(desk.executor, turn.person), message);
  if (known?.says === says) return undefined;
  const choice = await answerTo(text, known?.into ?? message, turn, desk);
  // What is answered with nothing counts no less: a button that says the old words does nothing from now on.
  if (choice === undefined && known === undefined) return undefined;
  return (await noteWords(turn, desk)) ? choice : undefined;
}

/** Whether somebody's message made a post, or was answered with its own words on a button. */
export async function wasAnswered({ person, of }: Turn, desk: Desk): Promise<boolean> {
  const known = await personKnown(desk.executor, person);
  return wordsKnown(known, of.message) !== undefined || (await postById(desk, of.message)) !== undefined;
}

/** @param made the post that the message made, if it has made any */
async function answerTo(text: string, made: string, turn: Turn, desk: Desk): Promise<Choice | undefined> {
  const command = commandIn(text);
  const post = await postById(desk, made);
  if (post !== undefined && maySee(post, turn.person, desk.rules())) {
    if (await saysTheSame(post, command ?? text, turn, desk)) return undefined;
    const way = isEditable(post) ? 'edit' : isCorrectable(post) ? 'correct' : 'show';
    return { show: 'choice', ...editedPostWords(post.number, way) };
  }
  if (command !== undefined) return { show: 'choice', ...editedWords([yesOffer(command)]) };
  const questions = await questionsOf(text, turn, desk);
  return questions === undefined || questions.offers.length === 0
    ? undefined
    : { show: 'choice', ...editedWords(questions.offers, questions.lines) };
}

/** Whether words would propose what a post was proposed by. */
async function saysTheSame(post: PostState, words: string, turn: Turn, desk: Desk): Promise<boolean> {
  const typed = withoutPropose(words);
  // What earlier releases proposed has no more of its words than its text.
  if (post.typed === undefined) return proposedBy(typed, turn, desk) === post.revision.text;
  // It may have been proposed by the button below the message, which leaves out whom it greets.
  const offers = (await questionsOf(words, turn, desk))?.offers ?? [];
  return [typed, ...offers.map((offer) => withoutPropose(offer.words))].some(
    (each) => typedAs(each) === post.typed,
  );
}

const withoutPropose = (words: string): string => words.replace(/^propose\b/iu, '');

/** The text that words would propose, without the links that become its pictures. */
function proposedBy(words: string, turn: Turn, desk: Desk): string {
  const { text } = readProposal(words, turn.person, desk.rules());
  return splitUntil(linkedFiles(text, desk).text).text.trim();
}

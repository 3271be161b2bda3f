import { isCorrectable, isEditable } from '../posts/how-it-stands.ts';
import { maySee } from '../posts/may.ts';
import { editedPostWords, editedWords } from '../words/several.ts';
import { splitUntil } from '../protocol/typed-time.ts';
import { postById, postIdFrom, typedAs, type Desk } from './desk.ts';
import { linkedFiles } from './linked-files.ts';
import { commandIn } from './said.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';
import { readProposal } from './typed/proposal.ts';

/**
 * Answers somebody who has changed what their message says, in Teams: Teams shows the new words, and Crier went by the
 * old ones. Undefined where nothing has to be said: the words are no command, or say what the post says.
 */
export async function saidAnew(text: string, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const command = commandIn(text);
  const post = await postById(desk, postIdFrom(turn.key));
  if (post !== undefined && maySee(post, turn.person, desk.rules())) {
    // Teams tells of a preview that it adds to a link as well.
    const words = (command ?? text).replace(/^propose\b/iu, '');
    const isSame =
      post.typed === undefined
        ? proposedBy(words, turn, desk) === post.revision.text
        : post.typed === typedAs(words);
    if (isSame) return undefined;
    const way = isEditable(post) ? 'edit' : isCorrectable(post) ? 'correct' : 'show';
    return { show: 'choice', ...editedPostWords(post.number, way) };
  }
  return command === undefined ? undefined : { show: 'choice', ...editedWords(command) };
}

/**
 * The text that words would propose, without the links that become its pictures: what earlier releases proposed has no
 * more of its words.
 */
function proposedBy(words: string, turn: Turn, desk: Desk): string {
  const { text } = readProposal(words, turn.person, desk.rules());
  return splitUntil(linkedFiles(text, desk).text).text.trim();
}

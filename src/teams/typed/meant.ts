import { isCorrectable, isEditable, isHoldable, isPublic } from '../../posts/how-it-stands.ts';
import type { PostState } from '../../posts/post.ts';
import type { Desk } from '../desk.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { typedCommands } from './index.ts';
import { decideOnCard, withPost } from './numbered.ts';
import type { Meaning } from './other-words.ts';

/**
 * Answers words that are no command: what only shows something is shown; what does something is offered on a button,
 * by how the post stands; and what is decided on a card gets the card.
 */
export async function meant(meaning: Meaning, typed: string, turn: Turn, desk: Desk): Promise<Reply> {
  switch (meaning.means) {
    case 'show': {
      const [name, ...rest] = meaning.words.split(' ');
      const command = typedCommands.find((each) => each.name === name);
      return command === undefined ? notice('not-mine', {}) : await command.run(rest.join(' '), turn, desk);
    }
    case 'do':
      return offer(typed, [meaning.words]);
    case 'decide':
      return await decideOnCard(meaning.number, turn, desk);
    case 'take-back':
      return await offerFor(meaning.number, typed, turn, desk, (post) => [
        isPublic(post) ? 'remove' : isEditable(post) ? 'cancel' : 'show',
      ]);
    case 'undo':
      return await offerFor(meaning.number, typed, turn, desk, (post) =>
        isPublic(post)
          ? ['correct', 'remove']
          : isEditable(post)
            ? [...(isHoldable(post) ? ['hold'] : []), 'edit', 'cancel']
            : ['show'],
      );
    case 'change':
      return await offerFor(meaning.number, typed, turn, desk, (post) => [
        isCorrectable(post) ? 'correct' : isEditable(post) ? 'edit' : 'show',
      ]);
    case 'thanks':
      return notice('thanks', {});
    case 'which':
      return meaning.command === 'away'
        ? notice('away-until-when', {})
        : meaning.command === 'propose'
          ? notice('nothing-to-propose', {})
          : notice('which-post', { command: meaning.command });
  }
}

async function offerFor(
  number: string,
  typed: string,
  turn: Turn,
  desk: Desk,
  names: (post: PostState) => readonly string[],
): Promise<Reply> {
  return await withPost(
    number,
    turn,
    desk,
    'show',
    async (post) =>
      await Promise.resolve(
        offer(
          typed,
          names(post).map((name) => `${name} ${String(post.number)}`),
        ),
      ),
  );
}

function offer(typed: string, words: readonly string[]): Reply {
  const [nearest = 'help', ...others] = words;
  return { show: 'nearest', typed, nearest, ...(others.length === 0 ? {} : { others }) };
}

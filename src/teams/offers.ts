import { yesOffer, type Offer } from '../words/several.ts';
import type { Desk } from './desk.ts';
import type { Reply } from './reply.ts';
import { keepWith } from './keep-with.ts';
import type { Turn } from './turn.ts';
import { showing } from './typed/other-words.ts';

/** The buttons of an answer that say words. */
function offersIn(reply: Reply): readonly Offer[] {
  switch (reply.show) {
    case 'choice':
      return reply.offers;
    case 'nearest':
      return [reply.nearest, ...(reply.others ?? [])].map(yesOffer);
    case 'stop':
      return reply.stop.is === 'asked' ? (reply.stop.instead ?? []) : [];
    default:
      return [];
  }
}

/** What only opens something does so for whoever presses it. */
export const opens = (words: string): boolean => {
  const [name = ''] = words.split(' ');
  return showing.includes(name) || /^(?:edit|correct) \d+$/u.test(words);
};

/** Whether an answer has a button that is for nobody but whoever it answers. */
export const isTheirs = (reply: Reply): boolean =>
  offersIn(reply).some(({ back, words }) => back === true || !opens(words));

/**
 * A turn of which it could not be kept what its message says. In somebody's own chat nobody else presses, so that the
 * buttons stand for themselves; elsewhere each says that it is to be typed.
 */
export const withUnnotedWords = (turn: Turn): Turn =>
  turn.where.kind === 'personal' ? { ...turn, of: { ...turn.of, message: '', says: '' } } : turn;

/** Keeps what somebody's message says now, and of which draft it is the text. @returns whether that was new */
export async function noteWords(
  { person, of }: Pick<Turn, 'person' | 'of'>,
  { executor }: Pick<Desk, 'executor'>,
  into?: string,
): Promise<boolean> {
  const params = { person, post: of.message, says: of.says, ...(into === undefined ? {} : { into }) };
  return (await keepWith({ person }, 'person.note-words', params, { executor })).done;
}

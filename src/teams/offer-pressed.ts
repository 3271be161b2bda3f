import { wordsKnown } from '../people/offered.ts';
import { personDocument, personKind } from '../people/person.ts';
import { notTheirsWords } from '../words/several.ts';
import type { Desk } from './desk.ts';
import { notice } from './notices.ts';
import { opens } from './offers.ts';
import type { Reply } from './reply.ts';
import { said } from './said.ts';
import type { Inputs, Turn } from './turn.ts';

/**
 * A button that says words. Those that somebody's message was answered with are theirs alone: of a sentence that one
 * person has typed, and another has made a post, the wrong one would be its writer, and the right one could agree to it.
 * Whose message it is, and whether it still says that, stands with the person and not on the card.
 */
export async function offerPressed(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const words = inputs['words'] ?? '';
  const onButton: Turn = { ...turn, onButton: true };
  const { by, message, says } = turn.of;
  const isOwnChat = turn.where.kind === 'personal';
  if (opens(words) || (isOwnChat && says === '')) return await said(words, onButton, desk);
  // A card of an earlier release does not say whose words stand on it.
  if (message === '')
    return /^propose\b/iu.test(words) ? notice('offer-too-old', {}) : await said(words, onButton, desk);
  const known = wordsKnown(
    (await desk.executor.load(personKind, personDocument(turn.person)))?.state,
    message,
  );
  if (known === undefined)
    return by === turn.person
      ? notice('offer-too-old', {})
      : { show: 'notice', title: '', words: notTheirsWords(by, words, desk.rules()), over: true };
  if (says === '') return await said(words, onButton, desk);
  if (known.says !== says) return notice('offer-changed', {});
  return await said(words, { ...onButton, makes: message }, desk);
}

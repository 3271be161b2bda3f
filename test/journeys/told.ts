import type { Council } from './council.ts';

/** What Crier said in a conversation in words, beside the cards, the newest last. */
export const toldIn = (council: Council, conversationId: string): readonly string[] =>
  council.shown(conversationId).flatMap(({ card, text }) => ('body' in card ? [] : [text]));

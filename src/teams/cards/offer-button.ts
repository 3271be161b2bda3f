import type { Offer } from '../../words/several.ts';
import type { Origin } from '../turn.ts';
import type { OfferButton } from './data.ts';

/** A button that says words: below an answer to which message, and what of that it says back, if anything. */
export function offerButton({ title, words, back }: Offer, of?: Origin): OfferButton {
  const { by, message, says, at } = of ?? { by: '', message: '', says: '', at: 0 };
  return { title, words, person: by, of: message, says: back === true ? says : '', at };
}

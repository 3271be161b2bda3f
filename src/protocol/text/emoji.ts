import { remembered } from './remembered.ts';
import { graphemesOf } from './graphemes.ts';

export interface EmojiAt {
  readonly emoji: string;
  readonly from: number;
  readonly to: number;
}

/** The emoji of a text, each grapheme once: joined sequences, flags, keycaps and skin tones are one emoji. */
export const emojiIn = remembered(findEmoji);

function findEmoji(text: string): readonly EmojiAt[] {
  // no emoji is plain ASCII
  if (/^[\0-\x7e]*$/.test(text)) return [];
  const found: EmojiAt[] = [];
  for (const { segment, index } of graphemesOf(text)) {
    if (isEmoji(segment)) found.push({ emoji: segment, from: index, to: index + segment.length });
  }
  return found;
}

/** Whether one grapheme is shown as an emoji. */
export function isEmoji(grapheme: string): boolean {
  if (grapheme.includes('\ufe0e')) return false;
  if (grapheme.includes('\u20e3')) return true;
  if (/^\p{Regional_Indicator}{2}/u.test(grapheme)) return true;
  if (/\p{Emoji_Presentation}/u.test(grapheme)) return true;
  if (!/\p{Extended_Pictographic}/u.test(grapheme)) return false;
  // ©, ™ and arrows are text until a selector says otherwise; dingbats and pictographs are drawn by phones as emoji
  return grapheme.includes('\ufe0f') || (grapheme.codePointAt(0) ?? 0) >= 0x2600;
}

/** The same emoji however it is encoded: the presentation selector makes no difference to a reader. */
export function sameEmojiKey(emoji: string): string {
  return emoji.replaceAll('\ufe0f', '');
}

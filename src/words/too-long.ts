import type { LongText } from '../core/too-long.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Medium } from '../posts/writing/revision.ts';
import { onAccount } from './names.ts';
import { nameOfMedium } from './media-on-cards.ts';

/** What texts are called, by where they stand among what is given; those of accounts and pictures say of which. */
const names: Readonly<Record<string, string>> = {
  text: 'The text',
  headline: 'The heading',
  summary: 'The summary',
  campaign: 'The name of the campaign',
  youtube: 'The title of the video',
  videoTitle: 'The title of the video',
  what: 'What you say was wrong',
  note: 'The note',
  link: 'The address',
  quote: 'The address of the post to quote',
};

/** @returns which text holds too much, how much, and what it takes */
export function tooLongWords(
  { at, characters, most }: LongText,
  media: readonly Medium[],
  rules: DeskRules,
): string {
  const has = `${characters.toLocaleString('en-GB')} characters`;
  return `${nameOf(at, media, rules)} has ${has}, and ${most.toLocaleString('en-GB')} are the most. Please shorten it.`;
}

/** @returns that a message holds more than Crier reads, and what can be done about it */
export function tooMuchTypedWords({ characters, most }: Pick<LongText, 'characters' | 'most'>): string {
  return `Your message has ${characters.toLocaleString('en-GB')} characters. A post takes ${most.toLocaleString('en-GB')}, so that whoever decides can read all of it here. I have kept nothing of it. Shorten it, or put the whole on a page and link to it, and send it again.`;
}

function nameOf(at: readonly string[], media: readonly Medium[], rules: DeskRules): string {
  const [of = '', which = '', part = ''] = at;
  if (of === 'variants') return `The text ${onAccount(which, rules)}`;
  if (of === 'descriptions') return `The description of ${nameOfMedium(Number(which), media).inSentence}`;
  if (of !== 'media') return names[of] ?? 'What you typed';
  switch (part) {
    case 'recognised':
      return 'The reference of the form';
    case 'origin':
      return 'The name of who gave permission';
    default:
      return `The description of ${nameOfMedium(Number(which), media).inSentence}`;
  }
}

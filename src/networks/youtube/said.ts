import { cutAtWord } from '../../protocol/text/cut.ts';
import { longestVideoTitle, videoTitleFrom } from '../../protocol/text/heading.ts';
import { weigh, youtubeDescription } from '../../protocol/text/length.ts';
import { linksIn, linkTarget } from '../../protocol/text/links.ts';
import type { PlanPart, PublicationKey } from '../network.ts';

/** What stands beside the video in words. */
export interface Said {
  readonly title: string;
  readonly description: string;
}

/** Sentences and addresses that come from outside the adapter. */
export interface SaidParts {
  /** where the council's site tells of the post, such as its page there */
  readonly link: (key: PublicationKey) => string;
  /** the sentence that a corrected description ends in */
  readonly corrected: (note: string) => string;
}

/**
 * The title is the headline or the text's first sentence; the description is the text, then the council's own page where
 * there is one.
 */
export function saidOf(part: PlanPart, key: PublicationKey, parts: SaidParts, note?: string): Said {
  return {
    title: titleOf(part),
    description: [
      part.text.trim(),
      ...(note === undefined ? [] : [parts.corrected(note)]),
      ...(part.onWebsite === true ? linkUnlessNamed(part.text, parts.link(key)) : []),
    ].join('\n\n'),
  };
}

/** The link, but where the text names that very page: the address of another one may begin with it. */
function linkUnlessNamed(text: string, link: string): readonly string[] {
  const isNamed = linksIn(text).some(
    ({ from, to }) => linkTarget(text.slice(from, to)).replace(/[?#].*$/u, '') === link,
  );
  return isNamed ? [] : [link];
}

/** Why YouTube would not take the words as they are: it refuses angle brackets, and counts bytes. */
export function wrongWith({ title, description }: Said): 'text-too-long' | 'angle-brackets' | undefined {
  if (/[<>]/u.test(title + description)) return 'angle-brackets';
  return weigh('youtube', description) > youtubeDescription.most ? 'text-too-long' : undefined;
}

/** The title of a film: its headline, else the text's first sentence, as long as YouTube takes it. */
export function titleOf({ headline, text }: PlanPart): string {
  const given = headline?.trim() ?? '';
  return given === '' ? videoTitleFrom(text) : cutAtWord(given, longestVideoTitle);
}

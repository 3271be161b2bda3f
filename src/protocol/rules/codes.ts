import type { RawFinding, Rule } from '../rule.ts';

/** Every case that a rule of wording can find; `words/findings.ts` has a sentence for each. */
const findingCodes = [
  'too-long',
  'thread-too-long',
  'alt-missing',
  'alt-file-name',
  'alt-says-nothing',
  'captions-missing',
  'captions-not-shown',
  'recognised-unanswered',
  'consent-form-missing',
  'origin-unanswered',
  'permission-from-whom',
  'not-cleared',
  'takes-no-video',
  'video-needed',
  'for-children-unsaid',
  'one-still',
  'quote-beside-media',
  'angle-brackets',
  'too-many-videos',
  'picture-needed',
  'too-many-pictures',
  'picture-small',
  'picture-narrow',
  'picture-wide',
  'picture-moves',
  'picture-moves-beside',
  'picture-bytes',
  'picture-unmade',
  'alt-too-long',
  'video-type',
  'video-packed',
  'video-bytes',
  'video-short',
  'video-long',
  'video-shape',
  'video-not-streamable',
  'hashtag-not-camel-case',
  'hashtag-not-at-end',
  'too-many-hashtags',
  'too-many-emoji',
  'emoji-repeated',
  'sentence-too-long',
  'hard-to-read',
  'too-many-links',
  'card-number',
  'phone-number',
  'national-insurance-number',
  'nhs-number',
  'email-address',
  'home-address',
  'party-named',
  'steers-voters',
  'promotes-councillor',
  'named-allegation',
  'described-allegation',
  'named-court-result',
  'politician-in-election',
  'new-campaign-in-election',
  'launch-in-election',
  'house-word',
  'house-word-instead',
  'account-gone',
  'account-of-others',
] as const;

export type FindingCode = (typeof findingCodes)[number];

/** A raw finding with one of these codes, so that a case without a sentence does not compile. */
export interface WordingFinding extends RawFinding {
  readonly code: FindingCode;
}

/** A rule of wording: every case it can find has its sentence. */
export interface WordingRule extends Rule {
  readonly check: (...given: Parameters<Rule['check']>) => readonly WordingFinding[];
}

/** Tells the codes of the rules of wording from those of other rules. */
export function isFindingCode(code: string): code is FindingCode {
  return findingCodes.some((each) => each === code);
}

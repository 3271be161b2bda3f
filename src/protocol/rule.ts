import type { PictureFacts, VideoShape } from './media-limits.ts';
import type { PictureAnswers } from './pictured.ts';
import type { Breach, Election, NetworkName, Protocol } from './protocol.ts';

/** Where in a draft something was found. Offsets are UTF-16 indices into the text as written, end exclusive. */
export type Spot =
  | {
      readonly in: 'text' | 'headline' | 'summary';
      readonly account?: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly in: 'alt' | 'captions' | 'media';
      readonly media: number;
      readonly from: number;
      readonly to: number;
    };

/** What one rule found. `code` and `facts` are put into words by `words/findings.ts`: why, and how to put it right. */
export interface Finding {
  /** rule id, such as `ACC-3` */
  readonly rule: string;
  readonly breach: Breach;
  /** the clause of the council's protocol */
  readonly clause: string;
  /** which of the rule's cases, such as `hashtag-not-camel-case` */
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly spots: readonly Spot[];
}

export interface CheckedMedium extends PictureAnswers {
  readonly type: 'image' | 'video';
  readonly alt: string;
  /** burned in or attached; matters for video only */
  readonly captions: boolean;
  /** what a file of captions says; empty or absent where there is none */
  readonly captionWords?: string;
  /** whether they can be seen in the video itself, or nothing is said in it; absent where that is not known */
  readonly seen?: boolean;
}

/** A picture as it is kept, and the networks for which it was made smaller or packed anew. */
export interface CarriedPicture {
  readonly picture: PictureFacts;
  readonly madeFor: readonly NetworkName[];
}

/** When, by whom and as what a draft would go out. */
export interface Occasion {
  /** those whose pre-election period it would go out in */
  readonly elections: readonly Election[];
  /** whether it is a statutory notice of the Returning Officer: never; where its words are those of one; as it says itself */
  readonly notice: 'never' | 'by-its-words' | 'always';
  readonly emergency: boolean;
  /** the name of the campaign that it is part of; empty: of none */
  readonly campaign: string;
}

/** Of no service in particular, at a time without an election. */
export const ordinarily: Occasion = { elections: [], notice: 'never', emergency: false, campaign: '' };

/** What rules look at: one text per account (the same text where there is no variant), and the media. */
export interface CheckedDraft {
  readonly texts: readonly {
    readonly account: string;
    readonly network: NetworkName;
    readonly text: string;
    readonly headline?: string;
    readonly summary?: string;
    /** the posts that would go out, links tagged and parts numbered; absent: the text itself is the one */
    readonly parts?: readonly string[];
    /** how much is written below the text there and counts with it, by the network's own count; absent: nothing */
    readonly below?: number;
  }[];
  readonly media: readonly CheckedMedium[];
  /** what is carried beside the words, where it is known; absent: only the words are looked at */
  readonly carried?: {
    /** what each medium is */
    readonly media: readonly (CarriedPicture | { readonly video: VideoShape })[];
    /** the video's title, where it has one of its own */
    readonly title: string;
    /** whether it is made for children; absent until somebody has said */
    readonly madeForKids?: boolean;
    /** another post is to be shown within it, where its network can do that */
    readonly quotes?: true;
  };
  readonly occasion: Occasion;
}

/** A rule of the draft's wording. Pure; registers, words and thresholds come from the protocol, never from code. */
export interface Rule {
  readonly id: string;
  /** names and defaults of the thresholds that the protocol may set */
  readonly settings: Readonly<Record<string, number>>;
  readonly check: (
    draft: CheckedDraft,
    protocol: Protocol,
    settings: Readonly<Record<string, number>>,
  ) => readonly RawFinding[];
}

/** A finding before the protocol's breach level and clause are put to it. */
export type RawFinding = Omit<Finding, 'rule' | 'breach' | 'clause'> & {
  /** worse than the protocol says of the rule in general */
  readonly breach?: 'block';
};

import type { CardText, Paragraph } from './text.ts';

/*
 * What each template is filled with. No field is optional: a missing one would be printed as its name. What may be
 * absent says so by `show`, or by being empty.
 */

/** Lines of a card that are drawn only where there are any. */
export interface Lines {
  readonly show: boolean;
  readonly lines: readonly { readonly words: CardText }[];
}

export interface Button {
  readonly show: boolean;
  readonly title: string;
}

/** What a press carries: ids of what the card showed, never authority. */
export interface PressData {
  readonly post: string;
  readonly turn: number;
  readonly revision: number;
  /** hash of the plan that was shown; empty where none is frozen */
  readonly hash: string;
  readonly stage: string;
  readonly review: string;
}

export interface FindingLines {
  readonly show: boolean;
  readonly items: readonly { readonly what: CardText; readonly fix: CardText }[];
}

/** How a card's head looks: the words beside it say the same. */
export type Tone = 'emphasis' | 'good' | 'warning' | 'attention' | 'accent';

export interface Head {
  readonly title: CardText;
  readonly state: CardText;
  readonly tone: Tone;
  /** an answer to a press, above everything else */
  readonly notice: CardText;
}

/** A choice in a ChoiceSet; the renderer reads no Markdown here. */
export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** The buttons of a post's main card, in the order in which they stand there; the `more` ones behind More. */
export type PostButton =
  | 'send'
  | 'passOn'
  | 'approve'
  | 'approveCorrection'
  | 'open'
  | 'edit'
  | 'sendBack'
  | 'refuse'
  | 'refuseCorrection'
  | 'hold'
  | 'correct'
  | 'remove'
  | 'why'
  | 'saveAlt'
  | 'moreEdit'
  | 'schedule'
  | 'moreWhy'
  | 'moreHold'
  | 'cancel'
  | 'moreRemove';

export interface PostCardData extends Head {
  readonly press: PressData;
  readonly choose: {
    readonly show: boolean;
    /** few enough for a button each */
    readonly few: boolean;
    readonly departments: readonly { readonly id: string; readonly title: string }[];
  };
  readonly said: Lines;
  readonly quoted: {
    readonly show: boolean;
    readonly title: CardText;
    readonly paragraphs: readonly Paragraph[];
  };
  readonly changed: {
    readonly show: boolean;
    readonly title: CardText;
    readonly paragraphs: readonly Paragraph[];
  };
  readonly texts: readonly {
    readonly label: CardText;
    readonly paragraphs: readonly Paragraph[];
    /** the account that shows headline and summary; empty where it is no website */
    readonly website: string;
    readonly websiteTitle: CardText;
    readonly headline: readonly Paragraph[];
    readonly summary: readonly Paragraph[];
  }[];
  readonly same: Lines;
  readonly pictures: readonly {
    readonly number: number;
    readonly url: string;
    /** for those who cannot see it; the renderer reads no Markdown here */
    readonly altText: string;
    readonly title: CardText;
    readonly paragraphs: readonly Paragraph[];
    readonly ask: boolean;
    readonly inputId: string;
    readonly value: string;
    readonly error: CardText;
  }[];
  readonly facts: Lines;
  readonly places: {
    readonly show: boolean;
    readonly lines: readonly { readonly account: CardText; readonly words: CardText; readonly url: string }[];
  };
  readonly unknowns: readonly {
    readonly words: CardText;
    readonly lookAt: string;
    readonly part: string;
    readonly inputId: string;
    readonly value: string;
    readonly error: CardText;
  }[];
  readonly blocking: FindingLines;
  readonly higher: FindingLines;
  readonly worth: FindingLines;
  readonly correction: {
    readonly show: boolean;
    readonly title: CardText;
    readonly what: readonly Paragraph[];
    readonly changesTitle: CardText;
    readonly changes: readonly Paragraph[];
    readonly lines: readonly { readonly words: CardText }[];
  };
  readonly next: Lines;
  readonly confirm: {
    readonly show: boolean;
    readonly words: string;
    readonly value: string;
    readonly error: CardText;
  };
  readonly note: {
    readonly show: boolean;
    readonly label: string;
    readonly value: string;
    readonly error: CardText;
  };
  readonly buttons: Readonly<Record<PostButton, Button>>;
  readonly more: { readonly show: boolean; readonly words: CardText };
}

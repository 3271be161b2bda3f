import type { Millis } from '../../core/time.ts';
import type {
  CaptionsShown,
  FoldedLines,
  Lines,
  Button,
  PressData,
  FindingLines,
  Head,
  Tone,
  Words,
  LinkedLine,
} from './data.ts';
import type { CardText, Paragraph } from './text.ts';
import type { PictureAsked } from './picture-data.ts';

/* What the templates of a post's cards are filled with: no field is optional, as in `data.ts`. */

/** The buttons of a post's main card, in the order in which they stand there; the `more` ones behind More. */
export type PostButton =
  | 'editFirst'
  | 'send'
  | 'passOn'
  | 'approve'
  | 'approveCorrection'
  | 'open'
  | 'edit'
  | 'sendBack'
  | 'refuse'
  | 'refuseCorrection'
  | 'takeBackCorrection'
  | 'hold'
  | 'correct'
  | 'tryAgain'
  | 'leaveAsItIs'
  | 'resume'
  | 'letOut'
  | 'askAgain'
  | 'remove'
  | 'why'
  | 'saveAlt'
  | 'moreEdit'
  | 'schedule'
  | 'moreWhy'
  | 'moreHold'
  | 'cancel'
  | 'moreRemove';

/** What somebody wrote who sent a post back or refused it. */
export interface Quoted {
  readonly show: boolean;
  readonly title: CardText;
  readonly paragraphs: readonly Paragraph[];
}

export interface PostCardData extends Head {
  readonly press: PressData;
  /** who stopped everything, so that it does not go out; empty where nobody did */
  readonly stopped: CardText;
  readonly choose: {
    readonly show: boolean;
    /** why another one is chosen; empty where it has none yet */
    readonly words: CardText;
    /** few enough for a button each */
    readonly few: boolean;
    readonly departments: readonly { readonly id: string; readonly title: string }[];
  };
  readonly said: Lines;
  readonly quoted: Quoted;
  /** what stands behind "Show more" where it is `folded`, until somebody presses that or it is `open` */
  readonly rest: {
    readonly show: boolean;
    readonly folded: boolean;
    readonly open: boolean;
    /** what the press shows or hides */
    readonly targets: readonly string[];
    /** the first words of the post, so that it is known by them */
    readonly begin: CardText;
  };
  /** how it came to be, where that stands with the rest */
  readonly told: Lines;
  /** what the desk changed: texts word by word, and all else in a line each */
  readonly changed: {
    readonly show: boolean;
    readonly texts: readonly (FoldedLines & { readonly title: CardText })[];
    readonly alsoTitle: CardText;
    readonly also: Lines;
  };
  readonly texts: readonly {
    readonly label: CardText;
    readonly paragraphs: readonly Paragraph[];
    /** the account that shows headline and summary; empty where it is no website */
    readonly website: string;
    readonly websiteTitle: CardText;
    readonly headline: readonly Paragraph[];
    readonly summary: readonly Paragraph[];
    /** how much of it is shown, where that is not all */
    readonly cut: CardText;
  }[];
  /** the button that shows the texts page by page, where the card has no room for all of them */
  readonly readAll: { readonly show: boolean; readonly words: CardText };
  readonly same: Lines;
  readonly pictures: readonly (PictureAsked & {
    readonly number: number;
    readonly title: CardText;
    readonly paragraphs: readonly Paragraph[];
    /** who can be recognised and whose it is, in a line */
    readonly answers: CardText;
    readonly captions: CaptionsShown;
  })[];
  readonly facts: Lines;
  /** the end that its words name, to be set by a press */
  readonly ends: {
    readonly show: boolean;
    readonly words: CardText;
    readonly title: string;
    /** as people type it */
    readonly until: string;
  };
  /** what each account will show, drawn from the frozen plan */
  readonly looks: {
    readonly show: boolean;
    /** over a draft's, of which nothing is frozen yet; empty else */
    readonly note: CardText;
    readonly items: readonly { readonly label: CardText; readonly url: string; readonly altText: string }[];
  };
  readonly places: {
    readonly show: boolean;
    readonly lines: readonly { readonly account: CardText; readonly words: CardText; readonly url: string }[];
  };
  /** what the viewer is to do by hand, since no machine can, or may say of what others are to do */
  readonly byHand: readonly {
    readonly tone: Tone;
    readonly title: CardText;
    /** where it stands; empty where it does not or nobody knows */
    readonly lookAt: string;
    /** empty where there is nothing to copy, or too much for this card */
    readonly text: string;
    /** where there is too much: where it is copied from */
    readonly elsewhere: CardText;
    readonly copyId: string;
    readonly copyLabel: string;
    /** its pictures and videos */
    readonly media: readonly {
      /** to the file, and to that of its captions */
      readonly links: readonly LinkedLine[];
      /** empty where there is none, or no room for it on this card */
      readonly description: string;
      readonly copyId: string;
      readonly copyLabel: string;
    }[];
    readonly asksLink: boolean;
    readonly part: string;
    /** when they were asked: a press on an older card is about older words */
    readonly asked: Millis;
    readonly linkId: string;
    readonly link: string;
    readonly noneId: string;
    readonly none: string;
    /** whether it was asked why it is declined */
    readonly asksWhy: boolean;
    readonly whyId: string;
    readonly why: string;
    readonly error: CardText;
    readonly done: string;
    /** empty where it can not be declined */
    readonly not: string;
  }[];
  /** what was said to be posted by hand, and the viewer may put right: behind a button until something is wrong with it */
  readonly mends: readonly {
    readonly toggle: string;
    readonly boxId: string;
    readonly open: boolean;
    readonly part: string;
    /** when it was said */
    readonly said: Millis;
    readonly linkId: string;
    readonly link: string;
    readonly error: CardText;
    readonly right: string;
    /** empty where it can not be undone */
    readonly not: string;
    /** what to do then; empty where it can be undone */
    readonly instead: CardText;
  }[];
  readonly unknowns: readonly {
    readonly words: CardText;
    readonly lookAt: string;
    readonly part: string;
    /** whether its address is asked for, where it is there */
    readonly asksLink: boolean;
    readonly answers: readonly { readonly part: string; readonly word: string; readonly title: string }[];
    readonly inputId: string;
    readonly value: string;
    readonly error: CardText;
  }[];
  readonly blocking: FindingLines;
  readonly higher: FindingLines;
  readonly worth: FindingLines;
  readonly correction: {
    readonly show: boolean;
    /** it stands with the rest until then, where nobody is asked about it any more */
    readonly open: boolean;
    readonly title: CardText;
    readonly whatTitle: CardText;
    readonly what: readonly Paragraph[];
    readonly changesTitle: CardText;
    readonly changes: readonly Paragraph[];
    /** what becomes of the descriptions of its pictures and videos, word by word */
    readonly descriptions: readonly { readonly title: CardText; readonly paragraphs: readonly Paragraph[] }[];
    readonly lines: readonly { readonly words: CardText }[];
  };
  readonly next: Lines;
  readonly confirm: {
    readonly show: boolean;
    readonly label: string;
    readonly words: string;
    readonly value: string;
    readonly error: CardText;
  };
  readonly note: {
    readonly show: boolean;
    /** that what was begun here is gone; empty where nothing was */
    readonly gone: CardText;
    readonly label: string;
    readonly value: string;
    readonly error: CardText;
  };
  readonly buttons: Readonly<Record<PostButton, Button>>;
  /** what accounts did not take by now, which one press leaves as it is: names, with a space between them */
  readonly refused: string;
  /** what puts a draft in order to be sent, where that comes first; sending it, where nothing does */
  readonly leads: 'send' | 'edit' | 'save';
  readonly more: { readonly show: boolean; readonly words: CardText };
}

export interface PostWhyData extends Head {
  readonly press: PressData;
  /** the way of approvals of the post, and of its corrections where more than one person is asked */
  readonly walks: readonly {
    readonly title: CardText;
    readonly items: readonly { readonly who: CardText; readonly because: readonly Words[] }[];
  }[];
  readonly findings: {
    readonly show: boolean;
    readonly items: readonly { readonly what: CardText; readonly fix: CardText; readonly clause: CardText }[];
  };
  /** said where there is neither a route nor a finding */
  readonly nothing: Lines;
  readonly history: Lines;
  /** what its author had written, and what it said before its corrections */
  readonly earlier: {
    readonly show: boolean;
    readonly title: CardText;
    readonly texts: readonly { readonly title: CardText; readonly paragraphs: readonly Paragraph[] }[];
  };
  /** said where not all of that fits on the card */
  readonly readAll: { readonly show: boolean; readonly words: CardText };
}

/** One page of all that a post says. */
export interface PostTextData extends Head {
  readonly press: PressData;
  readonly pageTitle: CardText;
  readonly blocks: readonly {
    readonly title: CardText;
    /** it began on the page before */
    readonly continues: boolean;
    readonly paragraphs: readonly Paragraph[];
    /** to be taken along by whoever posts it by hand; empty else */
    readonly copy: string;
    readonly copyId: string;
    readonly copyLabel: string;
  }[];
  /** the pages before and after; empty titles where there is none */
  readonly next: { readonly title: string; readonly page: number };
  readonly before: { readonly title: string; readonly page: number };
}

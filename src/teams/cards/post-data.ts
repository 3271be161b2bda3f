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
  Choice,
  Field,
  ChoiceField,
  HintedField,
  Words,
  LinkedLine,
} from './data.ts';
import type { CardText, Paragraph } from './text.ts';

/* What the templates of a post's cards and forms are filled with: no field is optional, as in `data.ts`. */

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

/** What a card says of a video, which it can not show: how long it is, where to watch it, how it is captioned. */
export interface VideoShown {
  readonly show: boolean;
  readonly words: CardText;
  readonly watch: string;
  readonly watchTitle: string;
  /** where to read its captions, where their words are not known */
  readonly read: string;
  readonly readTitle: string;
  /** whether its captions may be stated here */
  readonly ask: boolean;
  readonly askWords: string;
  readonly burnedId: string;
  readonly burnedTitle: string;
  readonly burned: string;
}

/** What is asked of a picture beside its description, in the post's card and in its form. */
export interface PictureQuestions {
  readonly seen: AskedChoice;
  readonly whose: AskedChoice;
  /** the two proofs stand in a box behind a button until one of them is needed */
  readonly details: {
    readonly show: boolean;
    readonly toggle: boolean;
    readonly open: boolean;
    readonly boxId: string;
    readonly title: string;
  };
  readonly form: AskedText;
  readonly from: AskedText;
  readonly out: {
    readonly show: boolean;
    readonly inputId: string;
    readonly label: string;
    readonly value: string;
  };
}

interface Asked {
  readonly show: boolean;
  readonly inputId: string;
  readonly label: string;
  readonly value: string;
}

interface AskedText extends Asked {
  readonly error: CardText;
}

interface AskedChoice extends Asked {
  /** a form says it beside the field */
  readonly error: CardText;
  readonly choices: readonly Choice[];
}

/** A picture or film, and what is asked about it. */
interface PictureAsked {
  readonly url: string;
  /** for those who cannot see it; the renderer reads no Markdown here */
  readonly altText: string;
  readonly questions: PictureQuestions;
  /** somebody is told on one of its accounts what it shows */
  readonly ask: boolean;
  readonly inputId: string;
  readonly label: string;
  readonly value: string;
  /** units of the description, at most */
  readonly most: number;
  readonly error: CardText;
  readonly video: VideoShown;
}

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
  /** what accounts did not take by now, which one press leaves as it is: names, with a space between them */
  readonly refused: string;
  /** what puts a draft in order to be sent, where that comes first; sending it, where nothing does */
  readonly leads: 'send' | 'edit' | 'save';
  readonly more: { readonly show: boolean; readonly words: CardText };
}

/** What the form asks about YouTube, where a YouTube account is chosen. */
export interface YoutubeForm {
  readonly show: boolean;
  readonly title: HintedField;
  readonly kids: ChoiceField;
  /** behind a button until something is not as usual */
  readonly further: {
    readonly open: boolean;
    readonly privacy: ChoiceField;
    readonly playlist: ChoiceField;
    readonly shownAt: Field;
  };
}

export interface PostEditData extends Head {
  readonly press: PressData;
  readonly quoted: Quoted;
  readonly blocking: FindingLines;
  readonly higher: FindingLines;
  readonly worth: FindingLines;
  readonly text: Field;
  readonly accounts: ChoiceField;
  /** asked where a text is too long for one post */
  readonly thread: { readonly show: boolean; readonly label: string; readonly value: string };
  /** accounts' own texts, of those that are ticked; behind a button until there are some */
  readonly variants: {
    readonly show: boolean;
    readonly open: boolean;
    readonly items: readonly {
      readonly inputId: string;
      readonly label: string;
      readonly value: string;
      readonly error: CardText;
    }[];
  };
  /** the address of a post to quote, where a ticked account can show one; behind a button until there is one */
  readonly quote: Field & { readonly open: boolean; readonly note: CardText };
  /** the website's own words stand behind a button until there are some */
  readonly website: { readonly show: boolean; readonly open: boolean };
  readonly headline: HintedField;
  readonly summary: HintedField;
  readonly youtube: YoutubeForm;
  /** which pictures are asked about here, where that is not all of them; or that none is, and how to go on */
  readonly about: CardText;
  readonly pictures: readonly PictureAsked[];
  readonly when: Field;
  /** the time that is planned as the form is drawn, as people may type it; empty: none */
  readonly planned: string;
  /** the name of what was written as the form is drawn */
  readonly written: string;
  readonly until: Field;
  readonly further: { readonly show: boolean; readonly open: boolean };
  readonly urgency: ChoiceField;
  readonly flags: ChoiceField;
  readonly campaign: Field;
  readonly consequence: CardText;
  readonly save: string;
  /** the page that this is: the place of its first picture, from 1; 0: the words */
  readonly page: number;
  /** saves as well, and goes on to the pictures that are asked about on a page of their own; no title: there are none */
  readonly next: { readonly title: string; readonly page: number };
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

export interface PostScheduleData extends Head {
  /** with the time that is planned as the form is drawn, as people may type it; empty: none */
  readonly press: PressData & { readonly planned: string };
  /** the same press with an empty time */
  readonly pressNow: PressData & { readonly when: '' };
  readonly lines: readonly Words[];
  readonly when: Field;
  readonly consequence: Lines;
}

export interface PostCorrectData extends Head {
  /** with the end that stands in the form as it is drawn, as people may type it; empty: none */
  readonly press: PressData & { readonly end: string };
  readonly lines: readonly Words[];
  readonly text: Field;
  readonly headline: HintedField;
  /** the website's, where it has one */
  readonly summary: HintedField;
  /** the video's on YouTube, where it stands there */
  readonly videoTitle: HintedField;
  /** its pictures and videos of which something else can be said somewhere */
  readonly pictures: readonly {
    readonly url: string;
    readonly altText: string;
    readonly inputId: string;
    readonly label: string;
    readonly value: string;
    readonly most: number;
    readonly error: CardText;
  }[];
  /** what of them stays as it is, and where */
  readonly media: Lines;
  /** when it ends, where people read that */
  readonly until: Field;
  readonly what: Field & { readonly label: string };
  /**
   * whether the post ends when its text says, where that is another time; whether an earlier one ends that was agreed to,
   * where one waits; then accounts where a post can not be changed: how it
   * is put right there, and what deleting would lose
   */
  readonly ways: readonly (ChoiceField & {
    readonly inputId: string;
    readonly label: string;
    readonly lost: CardText;
  })[];
  readonly places: Lines;
  readonly ask: string;
}

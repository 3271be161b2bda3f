import type { Quoted } from './post-data.ts';
import type { Lines, PressData, FindingLines, Head, Field, ChoiceField, HintedField, Words } from './data.ts';
import type { CardText } from './text.ts';
import type { PictureAsked } from './picture-data.ts';

/* What the templates of a post's forms are filled with: no field is optional, as in `data.ts`. */

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

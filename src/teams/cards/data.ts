import type { Millis } from '../../core/time.ts';
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
  /** how many decisions the review had */
  readonly decided: number;
  /** the name of the note of which whoever presses was told that nobody reads it before the post is out */
  readonly noted?: string;
  /** of what is with its writers, the accounts that rehearse, with a blank between them */
  readonly rehearsed?: string;
}

/** Lines of which, where they are many, a few stand until somebody presses to read all of them. */
export interface FoldedLines {
  /** all of them */
  readonly paragraphs: readonly Paragraph[];
  readonly folded: boolean;
  /** what stands while they are folded, and what the press shows instead */
  readonly headId: string;
  readonly allId: string;
  readonly begin: readonly Paragraph[];
  /** the button that shows all of them; empty where they are not on the card */
  readonly readAll: string;
  readonly fold: string;
}

/** What the captions of a video say. */
export interface CaptionsShown extends FoldedLines {
  /** empty where there are none whose words are known */
  readonly title: CardText;
  readonly foundTitle: CardText;
  /** the lines in which something was found, above how folded ones begin */
  readonly found: readonly Paragraph[];
  readonly beginTitle: CardText;
  /** how many lines there are */
  readonly more: CardText;
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

/** One input of a form, with what was typed and what is wrong with it. */
export interface Field {
  readonly show: boolean;
  readonly value: string;
  readonly error: CardText;
}

export interface ChoiceField extends Field {
  readonly choices: readonly Choice[];
}

export interface HintedField extends Field {
  readonly placeholder: string;
}

/** One line of words. */
export type Words = { readonly words: CardText };

/** A post as a line of a list; it opens by a press. */
export interface Row {
  readonly press: PressData;
  readonly title: CardText;
  readonly openTitle: string;
  readonly paragraphs: readonly Paragraph[];
  readonly state: CardText;
}

/** A button that says a typed command. */
export interface CommandButton {
  readonly title: string;
  /** as somebody would type it */
  readonly words: string;
}

/** The same below an answer to what somebody said, whose words it may say back; empty where it is to nobody. */
export interface OfferButton extends CommandButton {
  readonly person: string;
  /** the post that the message makes, or would make */
  readonly of: string;
  readonly says: string;
  readonly at: Millis;
}

export interface ListData {
  readonly title: CardText;
  readonly intro: Lines;
  /** what is listed; of the calendar day by day, else without a heading */
  readonly groups: readonly { readonly heading: CardText; readonly rows: readonly Row[] }[];
  /** the calendar's alone: what stands on our accounts and is not from here, day by day */
  readonly outside: {
    readonly show: boolean;
    readonly title: CardText;
    readonly days: readonly { readonly day: CardText; readonly lines: readonly LinkedLine[] }[];
    readonly rest: readonly Words[];
  };
  /** to other pages of it */
  readonly turns: readonly { readonly title: string; readonly of: string; readonly after: string }[];
  readonly buttons: readonly CommandButton[];
}

export interface HelpData {
  readonly title: CardText;
  readonly lines: readonly Words[];
  readonly commands: readonly { readonly words: CardText; readonly does: CardText }[];
  readonly buttons: readonly CommandButton[];
}

export interface PeopleData {
  readonly title: CardText;
  readonly groups: readonly { readonly name: CardText; readonly lines: readonly Words[] }[];
}

export interface ChannelData {
  readonly title: CardText;
  readonly lines: readonly Words[];
  readonly warning: CardText;
  /** whose Teams channel; of several, with a blank between */
  readonly of: string;
  readonly confirm: Button;
  readonly answers: readonly { readonly title: string; readonly word: string }[];
}

export interface SignInData {
  readonly title: CardText;
  readonly lines: readonly Words[];
  readonly warning: CardText;
  readonly person: string;
  readonly account: number;
  readonly confirm: Button;
}

export interface HeldData {
  readonly title: CardText;
  readonly lines: readonly Words[];
  readonly groups: readonly {
    readonly title: CardText;
    readonly rows: readonly Row[];
    readonly rest: readonly Words[];
  }[];
  readonly open: Button;
}

export interface NoticeData {
  readonly title: CardText;
  readonly lines: readonly Words[];
  readonly buttons: readonly OfferButton[];
}

export interface AwayData {
  readonly title: CardText;
  readonly lines: readonly Words[];
}

export interface ProposeData {
  readonly notice: CardText;
  readonly department: ChoiceField;
  readonly text: Field;
  readonly when: Field;
  readonly until: Field;
}

/** A line that may lead somewhere; the address is empty where it does not. */
export interface LinkedLine {
  readonly words: CardText;
  readonly url: string;
}

export interface AccountsData {
  readonly title: CardText;
  readonly intro: Lines;
  readonly groups: readonly { readonly name: CardText; readonly lines: readonly LinkedLine[] }[];
}

export interface StopData extends HeldData {
  /** what was on its way when everything was stopped, and what goes on all the same */
  readonly leaving: readonly { readonly title: CardText; readonly lines: readonly LinkedLine[] }[];
  /** what can be said where it is stopped already */
  readonly offers: readonly OfferButton[];
  /** what a stop does not reach */
  readonly cannot: { readonly show: boolean; readonly title: CardText; readonly lines: readonly Words[] };
  readonly of: string;
  /** the newest stop or resume that the question knows of */
  readonly known: Millis;
  readonly confirm: Button;
  /** says no to the question */
  readonly decline: Button;
}

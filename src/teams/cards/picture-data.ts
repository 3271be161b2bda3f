import type { Choice } from './data.ts';
import type { CardText } from './text.ts';

/* What the templates are filled with of pictures and videos, and of what is asked about them. */

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
export interface PictureAsked {
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

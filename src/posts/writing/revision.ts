import type { Millis } from '../../core/time.ts';
import type { Meant } from '../../protocol/london.ts';
import type { PictureAnswers } from '../../protocol/pictured.ts';
import type { PlanCaptions, PlanLinkCard, PlanVideo } from '../../networks/network.ts';
import type { NetworkName, Urgency } from '../../protocol/protocol.ts';
import type { PictureType, VideoType } from '../../protocol/media-limits.ts';

/** What somebody wrote: the words, their pictures and videos, and how they are meant to go out. */

/** A wall time as somebody meant it, and the instant that was chosen for it. */
export type PlannedTime = Meant;

/** What a picture and a video have in common: bytes are kept by hash. Its `contentType` says which it is. */
interface Kept extends PictureAnswers {
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly alt: string;
}

/** A picture of a post, without location or camera data. */
export interface Picture extends Kept {
  readonly contentType: PictureType;
  /** it moves */
  readonly animated?: true;
  /** what goes to a network that does not take it as it is; made when it was taken in */
  readonly madeFor?: Readonly<Partial<Record<NetworkName, MadePicture>>>;
}

/** A picture as it was made for a network: smaller, or packed anew. */
export interface MadePicture {
  readonly hash: string;
  readonly contentType: PictureType;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** A video of a post, as it was sent: it is never made anew. */
export interface Video extends Kept {
  readonly contentType: VideoType;
  /** in milliseconds */
  readonly length: Millis;
  /** how the pictures are packed, such as `AVC` */
  readonly codec: string;
  /** whether the file says what is in it before the pictures, as some networks want */
  readonly streamable: boolean;
  readonly sound: boolean;
  /** absent until somebody has given them, or has said that they are part of the pictures */
  readonly captions?: VideoCaptions;
}

/** Captions of a video; those of a file may be in the pictures as well, for networks that show no file. */
export type VideoCaptions =
  | (Extract<PlanCaptions, { readonly as: 'file' }> & {
      /** what they say, for rules and for whoever decides; absent where an earlier release took the file */
      readonly words?: string;
      readonly alsoSeen?: true;
    })
  | Extract<PlanCaptions, { readonly as: 'burned-in' }>;

export type Medium = Picture | Video;

/** What people read of a medium: its description and, where it is a video with a file of captions, what those say. */
export type ReadMedium = Pick<Medium, 'contentType' | 'alt'> & {
  readonly captions?: { readonly as: string; readonly words?: string };
};

/** How a video stands on YouTube, where somebody chose a YouTube account. */
export interface OnYoutube {
  /** empty: made from the text */
  readonly title: string;
  /** absent until somebody has said: an answer that nobody gave could be a false one */
  readonly madeForKids?: boolean;
  readonly privacy: PlanVideo['privacy'];
  /** YouTube's id of the list for its audience; empty: none */
  readonly playlist: string;
  /** from when on people may see it, where that is later than the post goes out; Crier shows it then */
  readonly shownAt?: PlannedTime;
}

/** What the page behind a link says of itself for a card, read when the link was written; or that it could not be read. */
export type LinkedPage = ({ readonly is: 'read' } & Omit<PlanLinkCard, 'uri'>) | { readonly is: 'unread' };

/** What somebody wrote. Immutable: an edit makes the next one. */
export interface Revision {
  /** 1, 2, 3 … */
  readonly n: number;
  readonly by: string;
  readonly at: Millis;
  readonly text: string;
  /** account id → its own text, where it differs */
  readonly variants: Readonly<Record<string, string>>;
  /** when its text was typed, where that was on a day before; absent: with the revision */
  readonly typedAt?: Millis;
  /**
   * When the words for a day in its text were written, and in accounts' own texts, in their order, where some stand since
   * before it; absent: all of them with it
   */
  readonly daysWritten?: {
    readonly text: readonly Millis[];
    readonly variants: Readonly<Record<string, readonly Millis[]>>;
  };
  /** accounts whose own text is what still stands there since it could not be changed, or was not to be: it is not what the post says */
  readonly keeps?: readonly string[];
  /** account ids */
  readonly accounts: readonly string[];
  /** the website's own headline and summary; empty: made from the text */
  readonly headline: string;
  readonly summary: string;
  readonly media: readonly Medium[];
  readonly urgency: Urgency;
  /** content flags of the protocol, such as `safety` */
  readonly flags: readonly string[];
  readonly campaign: string;
  /** a text that is too long goes out as several posts where the network takes them */
  readonly thread?: boolean;
  /** when it ends; part of what is decided on, since the page says so */
  readonly until?: PlannedTime;
  readonly youtube?: OnYoutube;
  /** address of another post that is shown within it, where the network can do that */
  readonly quote?: string;
  /** pages behind links of the texts that were looked at, by the link as it is written */
  readonly pages?: Readonly<Record<string, LinkedPage>>;
}

import type { Millis } from '../core/time.ts';

/** One thing that a person of the council said or pressed, after it is known who they are. */
export interface Turn {
  /** our id of the person */
  readonly person: string;
  readonly where: {
    readonly kind: 'personal' | 'teams-channel' | 'group-chat';
    /** without a thread */
    readonly conversationId: string;
    /** the thread of a Teams channel in which it was said; elsewhere the conversation itself */
    readonly threadId: string;
    readonly serviceUrl: string;
  };
  /** the same again when the same message is delivered twice */
  readonly key: string;
  readonly now: Millis;
  /** pictures that came with a message */
  readonly pictures: readonly SentPicture[];
}

/** A picture as it came with a message: read on demand, from where Teams keeps it. */
export interface SentPicture {
  readonly name: string;
  readonly read: (signal: AbortSignal) => Promise<PictureRead>;
}

export type PictureRead =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: 'too-large' | 'not-from-teams' | 'not-reached' };

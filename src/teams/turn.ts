import type { Actor } from '../core/context.ts';
import type { Millis } from '../core/time.ts';

/** Whose words the buttons of an answer say, and where they stood: ids and hashes, never authority. */
export interface Origin {
  /** whoever typed them */
  readonly by: string;
  /** the post that their message makes, or would make; empty where the words stood in none */
  readonly message: string;
  /** the hash of all that the message said; empty as above */
  readonly says: string;
  /** when they were said: what a button says of times is meant of that day, whenever it is pressed */
  readonly at: Millis;
}

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
  /** the words that were said, or that stand on the button which was pressed */
  readonly of: Origin;
  /** the words stood on a button, so that whoever pressed it has read them: no slip of the finger */
  readonly onButton?: true;
  /** the post that they make where it is that of a message: the button says its words */
  readonly makes?: string;
  /** pictures, videos and captions that came with a message */
  readonly files: readonly SentFile[];
}

/** A command of whoever's turn it is, given once however often what they said or pressed is delivered. */
export const byPerson = (
  turn: Pick<Turn, 'person' | 'key'>,
  key = turn.key,
): { readonly actor: Actor; readonly key: string } => ({
  actor: { by: 'person', person: turn.person },
  key,
});

/** A file as it came with a message: read on demand, from where Teams keeps it. */
export interface SentFile {
  readonly name: string;
  /** it came without a name, which is only what it is called among those of its message */
  readonly unnamed?: true;
  /** it stands behind a link, not in Teams */
  readonly linked?: true;
  readonly open: () => Promise<FileOpened>;
}

/** The pieces of a file, to be read once; or why there are none. */
export type FileOpened =
  | { readonly ok: true; readonly bytes: AsyncIterable<Uint8Array>; readonly size?: number }
  | { readonly ok: false; readonly what: 'file'; readonly why: 'not-from-teams' | 'not-reached' }
  | {
      readonly ok: false;
      readonly what: 'link';
      readonly why: 'link-inside' | 'link-leads-away' | 'link-not-reached';
    };

/** What a client adds of the card's inputs: texts by input id. */
export type Inputs = Readonly<Record<string, string>>;

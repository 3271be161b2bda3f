import { isPartlyOut } from '../posts/leaving/what-is-public.ts';
import { stepsOf } from '../posts/telling/past.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { wroteWords } from './on-cards.ts';

/** So much of a note is repeated beside others; the card shows all of the last one. */
const longestNote = 400;

/** What somebody wrote, in one line: `"Say which days."` */
export function quoted(note: string): string {
  return `"${firstWords(note, longestNote)}"`;
}

/** A note that somebody wrote who sent it back or refused it, or what of it. */
export interface Note {
  readonly by: string;
  readonly note: string;
}

/** @returns the last note to whoever writes on the post; undefined where there is none, or it is settled */
export function noteOf(post: PostState): Note | undefined {
  const { status, restRefused, correctionRefused } = post;
  const said = (): Note | undefined => {
    switch (status.is) {
      case 'sent-back':
      case 'not-to-be-published':
        return status;
      case 'draft':
      case 'in-review':
      case 'held':
      case 'expired':
        if (isPartlyOut(post)) return correctionRefused ?? restRefused;
        // Whoever looks at it again looks for what was asked for.
        return stepsOf(post).findLast((step) => step.did === 'sent-back');
      default:
        return correctionRefused ?? restRefused;
    }
  };
  const note = said();
  return note === undefined || note.note === '' ? undefined : note;
}

/** @returns what was written by whoever sent it back, refused it, or did not agree, where no step tells it */
export function writtenWords(post: PostState, rules: DeskRules): readonly string[] {
  const note = noteOf(post);
  return note === undefined || 'did' in note ? [] : [`${wroteWords(note.by, rules)} ${quoted(note.note)}`];
}

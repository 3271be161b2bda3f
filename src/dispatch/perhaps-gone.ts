import type { Millis } from '../core/time.ts';
import { attemptOver, lookDelays, nextLook } from './look.ts';
import { makesRoom, type Begun, type Publication } from './publication.ts';

/** What is to make room, began to be deleted, and may be gone. */
export type PerhapsGone = Extract<Publication, { readonly is: 'removing' }> & { readonly begun: Begun };

/** Whether it may be gone: it began to be deleted to make room, and no clear answer has come. */
export const mayBeGone = (publication: Publication): publication is PerhapsGone =>
  publication.is === 'removing' && makesRoom(publication) && publication.begun !== undefined;

/** What is to make room as an attempt at deleting it begins. */
export const beginDeleting = (
  publication: Extract<Publication, { readonly is: 'removing' }>,
  attempt: string,
  at: Millis,
): Publication => ({
  ...publication,
  begun: { at, attempt, ...(publication.begun === undefined ? {} : { before: true }) },
});

/** When to look next whether it is gone. */
export const nextLookWhetherGone = (
  { begun: { at, looks = 0, lastLook } }: PerhapsGone,
  now: Millis,
): Millis => nextLook({ since: at, looks, ...(lastLook === undefined ? {} : { lastLook }) }, now);

/** What a look whether something is gone came to; `cannot`: there is no way to look. */
export const goneLooks = ['there', 'gone', 'not-now', 'cannot'] as const;
export type GoneLook = (typeof goneLooks)[number];

/**
 * Records a look whether something is gone: that it is, or that it stands once nothing of the attempt can arrive any
 * more. Otherwise another look follows, and after the last one a person is asked.
 *
 * @param began when the look began: it may be gone since
 */
export function lookedWhetherGone(
  publication: PerhapsGone,
  look: GoneLook,
  began: Millis,
): 'there' | 'gone' | Publication {
  const { begun } = publication;
  if (look === 'gone') return look;
  if (look === 'there' && began >= begun.at + attemptOver) return look;
  const looks = (begun.looks ?? 0) + 1;
  const over = look === 'cannot' || looks >= lookDelays.length;
  return {
    ...publication,
    begun: { ...begun, looks, lastLook: began, ...(over ? { asked: true } : {}) },
  };
}

/** Whether nothing more is looked up of what may be gone: only a person can say that now. */
export const isLookOver = (publication: Publication): publication is PerhapsGone =>
  mayBeGone(publication) && publication.begun.asked === true;

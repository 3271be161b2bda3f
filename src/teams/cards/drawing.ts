import type { Millis } from '../../core/time.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { isWithWriters } from '../../posts/leaving/to-go-out.ts';
import { isStoppedWhole } from '../../posts/stopping/stop-of-post.ts';
import { asInPost } from '../../words/turned.ts';
import { rightsOf, type PostCardOptions, type Rights, type Viewer } from './viewer.ts';

/** For whom a card is drawn, under which rules and when. */
export interface Drawing {
  readonly viewer: Viewer;
  readonly rules: DeskRules;
  readonly now: Millis;
}

/** A post's card as it is drawn: every part of it is drawn from this. */
export interface PostDrawing extends Drawing {
  readonly post: PostState;
  /** what the viewer may do with the post now */
  readonly rights: Rights;
  /** what the card shows beside the post */
  readonly options: PostCardOptions;
}

/** @returns what a post's card is drawn from */
export function drawingOf(post: PostState, drawing: Drawing, options: PostCardOptions = {}): PostDrawing {
  const { viewer, now } = drawing;
  const rules = asInPost(post, drawing.rules);
  return { viewer, rules, now, post, rights: rightsOf(post, viewer, rules, now), options };
}

/** Whether somebody has stopped what the post would leave by. */
export const isStopped = ({ options: { stop } }: PostDrawing): boolean =>
  stop !== undefined && stop.again !== true;

/** Whether it goes out by a resume, and by no decision before that: it is held, or would be as it is sent. */
export const isKeptByStop = ({ post, options: { stop } }: PostDrawing): boolean =>
  stop?.again !== true && isStoppedWhole(stop) && (post.status.is === 'held' || isWithWriters(post));

/** Whether it is drawn for somebody who may not read the post before it is public. */
export const isOutside = ({ viewer, rights }: PostDrawing): boolean =>
  viewer.kind === 'person' && !rights.see;

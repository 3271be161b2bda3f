import post from '../../../cards/post.json' with { type: 'json' };
import type { PostCardData } from './data.ts';

/** The data that each template is filled with, by the template's file name. */
export interface CardData {
  readonly post: PostCardData;
}

export type CardName = keyof CardData;

/** Every template by name; the files stand in `cards/`. */
export const templates: Readonly<Record<CardName, object>> = { post };

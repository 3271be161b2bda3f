import type { Millis } from './core/time.ts';
import { captionsType } from './media/captions.ts';
import { pictureType } from './media/pictures.ts';
import { videoType } from './media/video.ts';
import type { PostState } from './posts/post.ts';
import type { Protocol } from './protocol/protocol.ts';
import { draftLooks, type DraftLooks } from './web/draft-looks.ts';
import { draftMedia, type DraftMedia } from './web/draft-media.ts';
import type { MediaReader } from './web/media.ts';

export interface DraftsParts {
  readonly protocol: Protocol;
  readonly media: MediaReader;
  /** 32 bytes for one use that no visitor knows */
  readonly keyFor: (use: string) => Buffer;
  readonly clock: () => Millis;
  readonly publicUrl: () => string;
  /** @returns the post as it is now; undefined where there is none */
  readonly load: (post: string) => Promise<PostState | undefined>;
}

/**
 * What cards show of a post that is not public, at signed addresses: its pictures and videos, and what it will look like
 * on each account. What draws that is loaded with the first that is drawn.
 */
export function draftsOf({ protocol, media, keyFor, clock, publicUrl, load }: DraftsParts): {
  readonly pictures: DraftMedia;
  readonly looks: DraftLooks;
} {
  const pictures = draftMedia({
    key: keyFor('draft media'),
    media,
    contentTypeOf: (first) => pictureType(first) ?? videoType(first) ?? captionsType(first),
    clock,
    publicUrl,
  });
  const looks = draftLooks({
    key: keyFor('draft looks'),
    draw: async ({ post, plan, account }) => {
      const state = await load(post);
      if (state === undefined) return undefined;
      const { lookOfPost } = await import('./media/look-of-post.ts');
      const look = await lookOfPost(state, { plan, account }, protocol, media.read);
      if (look === undefined) return undefined;
      const { drawLook } = await import('./media/look.ts');
      return await drawLook(look);
    },
    clock,
    publicUrl,
  });
  return { pictures, looks };
}

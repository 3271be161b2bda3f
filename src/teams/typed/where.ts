import { notice } from '../notices.ts';
import { whereUsed } from '../where-used.ts';
import { openByNumber } from './numbered.ts';
import { posts } from './posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** Lists every post with a picture of this one, so that each use is found when a consent is withdrawn. */
export const where: TypedCommand = {
  name: 'where',
  run: async (rest, turn, desk) => {
    // `where is my post`, `where are the posts of Highways`
    const lost = /^(?:is|are)\s+(?:(?:my|our|the)\s+)?posts?\b(?<of>[^\d]*)$/iu.exec(rest.trim());
    if (lost !== null) return await posts.run(lost.groups?.['of'] ?? '', turn, desk);
    return await openByNumber(
      rest.trim().replace(/^(?:is\s+)?used\b\s*/iu, ''),
      turn,
      desk,
      'where used',
      async (post) =>
        post.revision.media.length === 0
          ? notice('no-picture', { number: post.number })
          : { show: 'list', list: await whereUsed(post, turn, desk) },
    );
  },
};

import { firstWords } from '../../protocol/text/cut.ts';
import { notYet } from '../../words/late-forms.ts';
import { notice } from '../notices.ts';
import { spoken } from './manners.ts';
import { leftOver, readNumber } from './named-posts.ts';
import { withPost } from './numbered.ts';
import { awaitFile } from './awaited.ts';
import { putInto, putWaiting, whyNoPicture } from './put-in.ts';
import { askAgain, asksForSent, opened, sentTokens } from './waiting.ts';
import type { TypedCommand } from './typed-command.ts';

/** Puts pictures or a video into a post that is there already. */
export const picture: TypedCommand = {
  name: 'picture',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'picture', async (post, after) => {
      // Nobody looks for a picture that would be refused.
      const whyNot = whyNoPicture(post, turn, desk);
      if (whyNot !== undefined) return whyNot;
      const tokens = turn.onButton === true ? sentTokens(after) : undefined;
      if (turn.onButton === true && after === notYet) return await opened('picture', post, turn, desk);
      const words = tokens === undefined ? leftOver(after) : '';
      if (turn.files.length > 0 && words === '') return await putInto(post, turn, desk);
      const sent = tokens === undefined ? undefined : await putWaiting(post, tokens, turn, desk);
      if (sent !== undefined) return sent;
      const asked = words === '' ? await askAgain(post, turn, desk) : undefined;
      if (asked !== undefined) return asked;
      await awaitFile(post.id, 'picture', turn, desk);
      return words === ''
        ? notice('picture-needed', { number: post.number })
        : notice('picture-with-words', { number: post.number, words: firstWords(words, 60) });
    }),
  asksFor: asksForSent,
};

/** What stands in front of a number beside a file: `photo`, `add this to`, `captions for`, `edit`, or nothing at all. */
const inFront =
  /^(?:(?:add|put|attach|use|upload|insert|replace|swap|exchange|edit|change|update)\b\s*)?(?:(?:this|these|that|it|the|a|an|my|our|new|another|right|better|attached)\s+)*(?:(?:pictures?|photos?|photographs?|images?|pics?|videos?|films?|clips?|stills?|files?|attachments?|captions?|subtitles?)\b:?\s*)?(?:(?:to|into|in|for|with|on|of)\s+)?(?:(?:my|our|the)\s+)?(?:draft\s+)?/iu;

/** The number of the post into which words put the file that came with them; undefined where they say nothing of it. */
export function pictureFor(typed: string): string | undefined {
  const { asked } = spoken(typed);
  const named = readNumber(asked.replace(inFront, ''));
  return named === undefined || leftOver(named.after) !== '' ? undefined : String(named.number);
}

import { parseTypedTime, splitWhen } from '../../protocol/typed-time.ts';
import { isPlannable } from '../../posts/how-it-stands.ts';
import { mayEdit } from '../../posts/may.ts';
import { plannedWords, sayTypedTime } from '../../words/typed.ts';
import { act } from '../desk.ts';
import { formOf, shown } from '../answered.ts';
import { asSoonAsCan, timeIn } from './manners.ts';
import { withPost } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** Plans when a post goes out. */
export const schedule: TypedCommand = {
  name: 'schedule',
  run: async (rest, turn, desk) =>
    await withPost(rest, turn, desk, 'schedule', async (post, after) => {
      // Of a post that cannot be planned any more nobody has to say a time.
      if (!isPlannable(post)) return formOf('schedule', post, turn, desk);
      const { when: words, until } = splitWhen(after);
      const when = timeIn(words);
      if (until !== undefined && mayEdit(post, turn.person, desk.rules())) {
        // The end is part of what is decided on, so it is changed where the words are.
        return { show: 'post', post, view: 'edit', typed: { when, until } };
      }
      if (when === '') return formOf('schedule', post, turn, desk);
      const parsed = asSoonAsCan.test(when) ? undefined : parseTypedTime(when, turn.now);
      if (parsed !== undefined && !parsed.ok) {
        return {
          show: 'post',
          post,
          view: 'schedule',
          errors: { when: sayTypedTime(parsed, turn.now) },
          typed: { when },
        };
      }
      const did = await act(desk, {
        command: 'post.schedule',
        post: post.id,
        params: {
          when: parsed === undefined ? null : { wall: parsed.wall, zone: parsed.zone, at: parsed.at },
        },
        person: turn.person,
        key: turn.key,
      });
      return shown(did, turn, desk, ({ when: planned }) => plannedWords(planned, turn.now));
    }),
};

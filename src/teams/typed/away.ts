import { parseUntil } from '../../protocol/typed-time.ts';
import { personDocument } from '../../people/person.ts';
import { sayTypedTime } from '../../words/typed.ts';
import { postsBy } from '../lists.ts';
import { notice } from '../notices.ts';
import { leftOver } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';

/** Says until when the person is away; they are not asked meanwhile. */
export const away: TypedCommand = {
  name: 'away',
  usage: 'away until Friday, or away no',
  does: 'Say that you are away, so that others are asked.',
  run: async (rest, turn, desk) => {
    const typed = rest.trim();
    if (typed === '') return notice('away-until-when', {});
    // `away off sick until Friday` is not over: only the word alone says that they are back.
    const over = /^(?:no|off|over|back|not)\b(?:\s+(?:longer|more|any ?more))?(?<after>[\s\S]*)$/iu.exec(
      typed,
    );
    const back = over?.groups !== undefined && leftOver(over.groups['after'] ?? '') === '';
    const named = /(?<![\p{L}])(?:until|till)\s[\s\S]+$/iu.exec(typed)?.[0] ?? typed;
    const parsed = back ? undefined : parseUntil(named, turn.now);
    if (parsed !== undefined && !parsed.ok) {
      return parsed.code === 'not-understood'
        ? notice('away-until-when', {})
        : { show: 'notice', title: 'Until when are you away?', words: sayTypedTime(parsed, turn.now) };
    }
    const until = parsed === undefined ? null : parsed.at;
    await desk.executor.execute({
      command: 'person.away',
      id: personDocument(turn.person),
      params: { person: turn.person, until },
      actor: { by: 'person', person: turn.person },
      key: turn.key,
    });
    const waiting = await postsBy(desk, [{ index: 'waiting-for', equals: turn.person }]);
    return { show: 'away', until, waiting: waiting.posts.length };
  },
};

import type { Millis } from '../../core/time.ts';
import { parseTypedTime, parseUntil, splitWhen, type TypedTime } from '../../protocol/typed-time.ts';
import { isPlannable } from '../../posts/leaving/to-go-out.ts';
import { mayEdit } from '../../posts/deciding/may.ts';
import { isGoneOn } from '../../posts/refusals.ts';
import { unsentWalk } from '../../posts/deciding/seen-walk.ts';
import { plannedWords, sayTypedTime } from '../../words/typed-times.ts';
import { planningCostsWords } from '../../words/late-forms.ts';
import { sayTypable } from '../../words/times.ts';
import { actOn } from '../desk.ts';
import { formOf, shown } from '../answered.ts';
import { timeSaid } from '../said-times.ts';
import type { Turn } from '../turn.ts';
import { asSoonAsCan, timeIn } from './manners.ts';
import { withPost } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** A time as it stands in a form: by its date, since the form may be saved on another day. */
function typable(typed: string, parse: Parameters<typeof timeSaid<TypedTime>>[1], turn: Turn): string {
  const read = timeSaid(typed, parse, turn);
  return read.ok ? sayTypable(read.at) : typed;
}

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
        const begins = timeSaid(when, parseTypedTime, turn);
        const ends = (words: string, now: Millis): TypedTime =>
          parseUntil(words, now, begins.ok ? begins.at : now);
        const typed = { when: typable(when, parseTypedTime, turn), until: typable(until, ends, turn) };
        return { show: 'post', post, view: 'edit', typed };
      }
      if (when === '') return formOf('schedule', post, turn, desk);
      const parsed = asSoonAsCan.test(when) ? undefined : timeSaid(when, parseTypedTime, turn);
      if (parsed !== undefined && !parsed.ok) {
        return {
          show: 'post',
          post,
          view: 'schedule',
          errors: { when: sayTypedTime(parsed, turn.now) },
          typed: { when },
        };
      }
      // What would be taken back is said first: the form has the time in it, and its press takes it back.
      const params = {
        seen: unsentWalk,
        when: parsed === undefined ? null : { wall: parsed.wall, zone: parsed.zone, at: parsed.at },
      };
      const did = await actOn(
        post,
        { command: 'post.schedule', params, person: turn.person, key: turn.key },
        desk,
      );
      if (!did.done && did.post !== undefined && isGoneOn(did.refusal)) {
        const typed = { when: parsed === undefined ? '' : sayTypable(parsed.at) };
        const notice = planningCostsWords(did.refusal.facts, desk.rules(), turn.now);
        return { show: 'post', post: did.post, view: 'schedule', typed, notice };
      }
      return shown(did, turn, desk, ({ when: planned }) => plannedWords(planned, turn.now));
    }),
};

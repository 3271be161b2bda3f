import { days, type Millis } from '../../core/time.ts';
import { londonDate } from '../../protocol/london.ts';
import { parseUntil, type TypedUntil } from '../../protocol/typed-time.ts';
import { personDocument } from '../../people/person.ts';
import { askFromNow } from '../../words/several.ts';
import { askedTimes, sayTypedTime } from '../../words/typed-times.ts';
import { answered } from '../answered.ts';
import { waitingWithout } from '../lists.ts';
import { notice } from '../notices.ts';
import { timeIn } from './manners.ts';
import { leftOver } from './named-posts.ts';
import type { TypedCommand } from './typed-command.ts';
import { timeSaid } from '../said-times.ts';
import { byPerson, type Turn } from '../turn.ts';

/** The end of an absence as it was typed, and when that begins: `until Friday` now, `from Monday to Friday` then. */
function readSpan(typed: string): { readonly end: string; readonly begins: 'now' | 'then' | 'unsaid' } {
  const words = timeIn(typed);
  const until = /(?<!\p{L})(?:until|till|to)\s+(?<end>[\s\S]+)$/iu.exec(words);
  const before = until === null ? words : words.slice(0, until.index);
  const from = /(?<!\p{L})from\s+(?<start>\S[\s\S]*)$/iu.exec(before)?.groups?.['start'];
  const end = until?.groups?.['end'] ?? words;
  if (from !== undefined)
    return { end, begins: /^(?:now|today)\s*(?:on)?$/iu.test(from.trim()) ? 'now' : 'then' };
  return { end, begins: until === null && !lasts.test(end) ? 'unsaid' : 'now' };
}

/** `for a week` begins now. */
const lasts = /^(?:in\s+)?(?:an?|\d+|half an)\s*(?:minutes?|mins?|hours?|hrs?|days?|weeks?)$/iu;

function readEnd(end: string, turn: Turn): TypedUntil {
  return timeSaid(lasts.test(end) && !/^in\s/iu.test(end) ? `in ${end}` : end, parseUntil, turn);
}

/** An absence of over a year is likelier a slip in the year. */
function withinYear(end: TypedUntil, now: Millis): TypedUntil {
  if (!end.ok || end.at <= now + days(366)) return end;
  const { at, wall, zone } = end;
  return { ok: false, code: 'too-far', at, wall, zone };
}

const isToday = (at: Millis, now: Millis): boolean => londonDate(at) === londonDate(now);

/** Says until when the person is away; they are not asked meanwhile. */
export const away: TypedCommand = {
  name: 'away',
  run: async (rest, turn, desk) => {
    const typed = rest.trim();
    if (typed === '') return notice('away-until-when', {});
    // `away off sick until Friday` is not over: only the word alone says that they are back.
    const over = /^(?:no|off|over|back|not)\b(?:\s+(?:longer|more|any ?more))?(?<after>[\s\S]*)$/iu.exec(
      typed,
    );
    const back = over?.groups !== undefined && leftOver(over.groups['after'] ?? '') === '';
    const { end, begins } = readSpan(typed);
    const parsed = back ? undefined : withinYear(readEnd(end, turn), turn.now);
    if (
      parsed?.ok === true &&
      (begins === 'then' || (begins === 'unsaid' && !isToday(parsed.at, turn.now)))
    ) {
      return { show: 'choice', ...askFromNow(end, parsed.at, turn.now) };
    }
    if (parsed !== undefined && !parsed.ok) {
      return parsed.code === 'not-understood'
        ? notice('away-until-when', {})
        : { show: 'notice', title: askedTimes.away, words: sayTypedTime(parsed, turn.now) };
    }
    const until = parsed === undefined ? null : parsed.at;
    const executed = await desk.executor.execute({
      command: 'person.away',
      id: personDocument(turn.person),
      params: { person: turn.person, until },
      ...byPerson(turn),
    });
    if (!executed.done) return answered(executed.refusal, undefined, turn, desk);
    return { show: 'away', person: turn.person, until, ...(await waitingWithout(turn, until, desk)) };
  },
};

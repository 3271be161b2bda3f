import type { Millis } from '../core/time.ts';
import { besidesTime } from '../protocol/time-words.ts';
import type { TypedTime } from '../protocol/typed-time.ts';
import { sayClock, sayInFull, sayTime } from './times.ts';

/** What is said of times that people typed, and asked where one cannot be taken. */

/** How a typed time was understood, with its day and date. */
export function plannedWords(planned: { readonly at: Millis } | undefined, now: Millis): string {
  return planned === undefined
    ? 'It is to go out as soon as it is approved.'
    : `Its time is ${sayInFull(planned.at, now)}.`;
}

/** @returns that a line which names an end was taken out of the text, and is asked about below */
export function endAskedWords(typed: string): string {
  return `Your text is kept in this draft. I took "${typed}" for when it ends, so that is no part of the text. Please say below when it ends.`;
}

function cannotRead(typed: string): string {
  const besides = besidesTime(typed);
  return besides === undefined
    ? 'I cannot read that time.'
    : `I cannot read that time because of "${besides}".`;
}

/** What is asked of whoever typed a time that cannot be taken. */
export const askedTimes = {
  when: 'When should it go out?',
  end: 'When does it end?',
  away: 'Until when are you away?',
} as const;

/** What is asked of whoever means a time that has passed. */
export const timePassedWords =
  'That time has passed. Please give one that is still to come, such as "tomorrow 9am".';

/** Why a typed time cannot be taken, and what to type instead. */
export function sayTypedTime(problem: Exclude<TypedTime, { ok: true }>, now: Millis): string {
  switch (problem.code) {
    case 'not-understood':
      if (problem.missing === 'time') return 'Please add a time of day, such as "9am" or "2:30pm".';
      if (problem.missing === 'day') return 'Please add a day, such as "tomorrow" or "Fri".';
      return `${cannotRead(problem.typed)} Try "tomorrow 9am", "Monday 9", "Fri 2:30pm" or "30/3/2027 9am".`;
    case 'no-such-time':
      return `There is no time of day "${problem.clock}". Type it such as "9am", "2:30pm" or "14:30".`;
    case 'does-not-exist':
      return `The clocks go forward then, so that time does not exist. Did you mean ${sayTime(problem.before.at, now)} or ${sayTime(problem.after.at, now)}?`;
    case 'exists-twice':
      return 'The clocks go back then, so that time comes twice. Please choose another time, before 1am or after 2am.';
    case 'which-half':
      return `Is that ${sayTime(problem.morning.at, now)} or ${sayTime(problem.afternoon.at, now)}? Please add "am" or "pm".`;
    case 'too-far':
      return `That would be ${sayInFull(problem.at, now)}, which is too far ahead. Please check the year.`;
    case 'in-the-past':
      return problem.tomorrow === undefined
        ? timePassedWords
        : `That time has passed today. If you mean ${sayTime(problem.tomorrow.at, now)}, please type "tomorrow ${sayClock(problem.tomorrow.at)}".`;
    case 'no-such-day':
      return problem.really === undefined
        ? 'There is no such day. Days come first, such as 30/3/2027.'
        : `That day is a ${problem.really}. Please check the weekday or the date.`;
  }
}

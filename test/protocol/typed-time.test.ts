import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Millis } from '../../src/core/time.ts';
import { londonDate, londonWall } from '../../src/protocol/london.ts';
import { besidesTime } from '../../src/protocol/time-words.ts';
import { parseTypedTime, parseUntil, splitUntil, splitWhen } from '../../src/protocol/typed-time.ts';

function london(wall: string): Millis {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/London').epochMilliseconds;
}

/** A Tuesday. */
const now = london('2026-11-24T09:42:30');

function wallOf(typed: string, at: Millis = now): string {
  const parsed = parseTypedTime(typed, at);
  return parsed.ok ? parsed.wall : parsed.code;
}

describe('times as people type them', () => {
  test.each([
    ['tomorrow 9am', '2026-11-25T09:00'],
    ['Tomorrow at 9am', '2026-11-25T09:00'],
    ['9am tomorrow', '2026-11-25T09:00'],
    ['today 4pm', '2026-11-24T16:00'],
    ['tonight 8.15pm', '2026-11-24T20:15'],
    ['4pm', '2026-11-24T16:00'],
    ['at 4 pm', '2026-11-24T16:00'],
    ['4 p.m.', '2026-11-24T16:00'],
    ['16:00', '2026-11-24T16:00'],
    ['16.00', '2026-11-24T16:00'],
    ['noon', '2026-11-24T12:00'],
    ['12pm', '2026-11-24T12:00'],
    ['12am tomorrow', '2026-11-25T00:00'],
    ['midnight', '2026-11-25T00:00'],
    ['Friday midnight', '2026-11-28T00:00'],
    ['tomorrow 9.30am', '2026-11-25T09:30'],
    ['Fri 14:30', '2026-11-27T14:30'],
    ['14:30 on Friday', '2026-11-27T14:30'],
    ['on Friday at 14:30', '2026-11-27T14:30'],
    ['Tuesday 10am', '2026-11-24T10:00'],
    ['Tuesday 9am', '2026-12-01T09:00'],
    ['Tues 9am', '2026-12-01T09:00'],
    ['next Tuesday 10am', '2026-12-01T10:00'],
    ['next Friday 10am', '2026-12-04T10:00'],
    ['this Friday 10am', '2026-11-27T10:00'],
    ['Mon 08:00', '2026-11-30T08:00'],
    ['30/3/2027 09:00', '2027-03-30T09:00'],
    ['30/03/27 9am', '2027-03-30T09:00'],
    ['30.3.2027 9am', '2027-03-30T09:00'],
    ['2027-03-30 09:00', '2027-03-30T09:00'],
    ['4/12 9am', '2026-12-04T09:00'],
    ['30 March 9am', '2027-03-30T09:00'],
    ['30th of March, 9am', '2027-03-30T09:00'],
    ['March 30 9am', '2027-03-30T09:00'],
    ['9am on 30 Oct 2027', '2027-10-30T09:00'],
    ['Fri 27 November 14:30', '2026-11-27T14:30'],
    ['Friday 27/11 14:30', '2026-11-27T14:30'],
    ['tomorrow at 9', '2026-11-25T09:00'],
    ['tomorrow 9', '2026-11-25T09:00'],
    ['monday 9', '2026-11-30T09:00'],
    ['9am monday', '2026-11-30T09:00'],
    ['9 on Monday', '2026-11-30T09:00'],
    ['mon 12', '2026-11-30T12:00'],
    ['fri 5pm', '2026-11-27T17:00'],
    ['next tuesday 10.30', '2026-12-01T10:30'],
    ['at 10', '2026-11-24T10:00'],
    ['today 5', '2026-11-24T17:00'],
    ['tonight at 8', '2026-11-24T20:00'],
    ['tonight 12', '2026-11-25T00:00'],
    ['noon tomorrow', '2026-11-25T12:00'],
    ['tomorrow morning at 9', '2026-11-25T09:00'],
    ['3 in the afternoon on Friday', '2026-11-27T15:00'],
    ['Friday afternoon 3.30', '2026-11-27T15:30'],
    ['this evening at 6', '2026-11-24T18:00'],
    ['half past 9 tomorrow', '2026-11-25T09:30'],
    ['quarter to 8 tomorrow', '2026-11-25T07:45'],
    ['tomorrow 0900', '2026-11-25T09:00'],
    ['30 March 1430 hrs', '2027-03-30T14:30'],
    ['tomorrow 05:30', '2026-11-25T05:30'],
    ["Friday 9 o'clock", '2026-11-27T09:00'],
    ['Friday week 9am', '2026-12-04T09:00'],
    ['a week on Friday at 9', '2026-12-04T09:00'],
    ['the day after tomorrow at 9', '2026-11-26T09:00'],
    ['in 2 hours', '2026-11-24T11:43'],
    ['in 30 minutes', '2026-11-24T10:13'],
    ['in half an hour', '2026-11-24T10:13'],
    ['in an hour', '2026-11-24T10:43'],
    ['in two hours', '2026-11-24T11:43'],
    ['in 2 days', '2026-11-26T09:43'],
    ['in a week', '2026-12-01T09:43'],
    ['tomorrow at half 9', '2026-11-25T09:30'],
    ['half ten', '2026-11-24T10:30'],
    ['half nine tomorrow', '2026-11-25T09:30'],
    ['half-past nine tomorrow', '2026-11-25T09:30'],
    ['tomorrow at quarter past one in the morning', '2026-11-25T01:15'],
    ['tomorrow at nine at night', '2026-11-25T21:00'],
    ['tomorrow at quarter-past 3 in the afternoon', '2026-11-25T15:15'],
    ['930am tomorrow', '2026-11-25T09:30'],
    ['tomorrow 1030 pm', '2026-11-25T22:30'],
    ['by 5pm', '2026-11-24T17:00'],
    ['by Friday 9am', '2026-11-27T09:00'],
    ['half past nine tomorrow', '2026-11-25T09:30'],
    ['quarter to nine tomorrow', '2026-11-25T08:45'],
    ['twenty to ten on Friday', '2026-11-27T09:40'],
    ['Friday at twenty-five past ten', '2026-11-27T10:25'],
    ['10 past 9 tomorrow', '2026-11-25T09:10'],
    ['5 minutes to 9am tomorrow', '2026-11-25T08:55'],
    ['tomorrow at nine', '2026-11-25T09:00'],
    ['nine am tomorrow', '2026-11-25T09:00'],
    ['monday nine', '2026-11-30T09:00'],
    ['9 o clock tomorrow', '2026-11-25T09:00'],
    ['nine o’clock tomorrow', '2026-11-25T09:00'],
    ['the 30th at 9am', '2026-11-30T09:00'],
    ['9am on Mon 30th', '2026-11-30T09:00'],
    ['9am on the 3rd', '2026-12-03T09:00'],
    ['the 31st at noon', '2026-12-31T12:00'],
    ['a week today at 9am', '2026-12-01T09:00'],
    ['9am a week tomorrow', '2026-12-02T09:00'],
    ['today week 9am', '2026-12-01T09:00'],
    ['two weeks today 9am', '2026-12-08T09:00'],
    ['a fortnight tomorrow at 9am', '2026-12-09T09:00'],
    ['Friday lunchtime at 12', '2026-11-27T12:00'],
    ['Friday lunch time at 1', '2026-11-27T13:00'],
    ['tomorrow @ 9am', '2026-11-25T09:00'],
    ['tomorrow @9', '2026-11-25T09:00'],
    ['2026-11-30T09:00', '2026-11-30T09:00'],
    ['Firday 9am', '2026-11-27T09:00'],
    ['wendesday 10am', '2026-11-25T10:00'],
    ['tommorrow 9am', '2026-11-25T09:00'],
    ['30 Novmber 9am', '2026-11-30T09:00'],
    ['10 Dec 9', '2026-12-10T09:00'],
    ['11 December 9', '2026-12-11T09:00'],
    ['9 Dec 10', '2026-12-09T10:00'],
    ['14 Dec 9', '2026-12-14T09:00'],
    ['1 dec nine', '2026-12-01T09:00'],
    ['at 9 Dec 10', '2026-12-10T09:00'],
    ["9 o'clock Dec 10", '2026-12-10T09:00'],
    ['9 10 Dec', '2026-12-10T09:00'],
  ])('%s', (typed, wall) => {
    expect(parseTypedTime(typed, now)).toEqual({
      ok: true,
      wall,
      zone: 'Europe/London',
      at: london(wall),
    });
  });

  test.each([
    ['', 'not-understood'],
    ['soon', 'not-understood'],
    ['5 to 9 tomorrow', 'not-understood'],
    ['9am Fridays', 'not-understood'],
    ['Friday lunchtime', 'not-understood'],
    ['a week today', 'not-understood'],
    ['9am on the 32nd', 'no-such-day'],
    ['9am on Tue 30th', 'no-such-day'],
    ['half thirteen tomorrow', 'not-understood'],
    ['half six tomorrow', 'which-half'],
    ['2026-11-30T09:00Z', 'not-understood'],
    ['25:00', 'no-such-time'],
    ['Fri 25:00', 'no-such-time'],
    ['13pm', 'no-such-time'],
    ['tomorrow at 9:75', 'no-such-time'],
    ['30/3/2027 24.30', 'no-such-time'],
    ['whenever 25:00', 'not-understood'],
    ['yesterday', 'in-the-past'],
    ['8pm yesterday', 'in-the-past'],
    ['9', 'not-understood'],
    ['Friday 13', 'not-understood'],
    ['tomorrow 25', 'not-understood'],
    ['30 March 2027', 'not-understood'],
    ['tomorrow morning', 'not-understood'],
    ['Friday at 5', 'which-half'],
    ['tomorrow 5.30', 'which-half'],
    ['9am on 30 Mar 2028', 'too-far'],
    ['1/1/9999 9am', 'too-far'],
    ['in 60 weeks', 'too-far'],
    ['Fri', 'not-understood'],
    ['11 Dec 3', 'which-half'],
    ['9 Dec 14', 'not-understood'],
    ['in 0 hours', 'not-understood'],
    ['4pm today and tomorrow', 'not-understood'],
    ['30/2/2027 9am', 'no-such-day'],
    ['31 November 9am', 'no-such-day'],
    ['29 February 9am', 'no-such-day'],
    ['3/30/2027 9am', 'no-such-day'],
    ['Thursday 27 November 9am', 'no-such-day'],
    ['9am', 'in-the-past'],
    ['9:42', 'in-the-past'],
    ['this Monday 9am', 'in-the-past'],
    ['23 November 9am', 'in-the-past'],
    ['1/1/2020 09:00', 'in-the-past'],
  ])('%s is asked about: %s', (typed, code) => {
    expect(wallOf(typed)).toBe(code);
  });

  test('what is asked about says what is needed to ask', () => {
    for (const day of ['Friday', 'Friday lunchtime', 'a week today', 'the 30th'])
      expect(parseTypedTime(day, now)).toMatchObject({ code: 'not-understood', missing: 'time' });
    expect(parseTypedTime('Thursday 27 November 9am', now)).toMatchObject({ really: 'Friday' });
    expect(parseTypedTime('9am', now)).toMatchObject({ wall: '2026-11-24T09:00' });
  });

  test('the hour that the clocks skip does not exist', () => {
    const before = london('2027-03-20T12:00');
    expect(parseTypedTime('28/3/2027 01:30', before)).toEqual({
      ok: false,
      code: 'does-not-exist',
      wall: '2027-03-28T01:30',
      before: { at: Date.UTC(2027, 2, 28, 0, 30), wall: '2027-03-28T00:30', zone: 'Europe/London' },
      after: { at: Date.UTC(2027, 2, 28, 1, 30), wall: '2027-03-28T02:30', zone: 'Europe/London' },
    });
    expect(wallOf('28/3/2027 02:00', before)).toBe('2027-03-28T02:00');
  });

  test('the hour that comes twice is asked about, until only one of the two is left', () => {
    const before = london('2027-10-30T12:00');
    expect(parseTypedTime('tomorrow 1:30am', before)).toEqual({
      ok: false,
      code: 'exists-twice',
      wall: '2027-10-31T01:30',
      first: { at: Date.UTC(2027, 9, 31, 0, 30), wall: '2027-10-31T01:30', zone: 'Europe/London' },
      second: { at: Date.UTC(2027, 9, 31, 1, 30), wall: '2027-10-31T01:30', zone: 'Europe/London' },
    });
    expect(parseTypedTime('1:30am', Date.UTC(2027, 9, 31, 0, 45))).toMatchObject({
      ok: true,
      at: Date.UTC(2027, 9, 31, 1, 30),
    });
  });

  test('over both clock changes, a time is either the wall time that was typed or asked about', () => {
    const changes = [Date.UTC(2027, 2, 28, 1), Date.UTC(2027, 9, 31, 1)];
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -72 * 60, max: 72 * 60 }),
        fc.integer({ min: 1, max: 96 * 60 }),
        (change, minutesBefore, ahead) => {
          const at = change + minutesBefore * 60_000;
          const target = at + ahead * 60_000;
          const wall = londonWall(target);
          const [date = '', clock = ''] = wall.split('T');
          const [year, month, day] = date.split('-');
          const parsed = parseTypedTime(`${day}/${month}/${year} ${clock}`, at);
          if (!parsed.ok && parsed.code !== 'exists-twice') throw new Error(`${wall} came to ${parsed.code}`);
          const could = parsed.ok ? [parsed] : [parsed.first, parsed.second];
          expect(could.map((one) => londonWall(one.at))).toEqual(could.map(() => wall));
          expect(could.every((one) => one.wall === wall && one.at > at)).toBe(true);
          expect(could.map((one) => one.at)).toContain(target);
        },
      ),
    );
  });

  test('an hour alone is in the morning from 7 on, noon at 12, and asked about before; over both clock changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(Date.UTC(2027, 2, 28, 1), Date.UTC(2027, 9, 31, 1)),
        fc.integer({ min: -12 * 24 * 60, max: 24 * 60 }),
        fc.constantFrom('mon', 'tues', 'Wednesday', 'thurs', 'fri', 'Saturday', 'sunday', 'tomorrow'),
        fc.constantFrom(' ', ' at '),
        fc.integer({ min: 1, max: 12 }),
        (change, minutesBefore, name, between, n) => {
          const at = change + minutesBefore * 60_000;
          const parsed = parseTypedTime(`${name}${between}${n}`, at);
          if (parsed.ok) {
            const hour = Number(parsed.wall.slice(11, 13));
            expect(n >= 7 ? hour : hour - 12).toBe(n);
            expect(parsed.at).toBeGreaterThan(at);
          } else if (parsed.code === 'which-half') {
            expect(n).toBeLessThan(7);
            expect(Math.min(parsed.morning.at, parsed.afternoon.at)).toBeGreaterThan(at);
            // On the day itself, when that morning has passed, the same day of the next week has the next one.
            const [morning, afternoon] = [parsed.morning, parsed.afternoon].map(({ wall }) =>
              Date.parse(wall.slice(0, 10)),
            );
            expect([0, 7]).toContain(((morning ?? 0) - (afternoon ?? 0)) / 86_400_000);
          } else {
            // the hour that the clocks skip, or that comes twice
            expect(n).toBe(1);
            expect(['does-not-exist', 'exists-twice']).toContain(parsed.code);
          }
        },
      ),
    );
  });

  test('in n hours is n hours of real time, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(Date.UTC(2027, 2, 28, 1), Date.UTC(2027, 9, 31, 1)),
        fc.integer({ min: -600, max: 0 }),
        fc.integer({ min: 1, max: 20 }),
        (change, minutesBefore, n) => {
          const at = change + minutesBefore * 60_000;
          expect(parseTypedTime(`in ${n} hours`, at)).toMatchObject({ ok: true, at: at + n * 3_600_000 });
        },
      ),
    );
  });

  test('any text gives an answer, and an accepted time lies ahead and agrees with its wall time', () => {
    const word = fc.constantFrom(
      'next',
      'fri',
      '9am',
      '14:30',
      '30/3',
      '31',
      'march',
      'in',
      '2',
      'hours',
      'at',
      'noon',
      'tonight',
      'half past',
      'morning',
      '5',
      'week',
      'tomorrow',
      '2027',
      '-',
      '٣',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 5 }).map((w) => w.join(' ')),
        ),
        (typed) => {
          const parsed = parseTypedTime(typed, now);
          if (!parsed.ok) return;
          expect(parsed.at).toBeGreaterThan(now);
          expect(parsed.at).toBeLessThanOrEqual(now + 367 * 86_400_000);
          expect(londonWall(parsed.at)).toBe(parsed.wall);
        },
      ),
    );
  });
});

describe('until', () => {
  test.each([
    ['until 4pm', '2026-11-24T16:00', false],
    ['4pm', '2026-11-24T16:00', false],
    ['Until: 4 p.m', '2026-11-24T16:00', false],
    ['until Friday', '2026-11-27T23:59', true],
    ['until Tuesday', '2026-11-24T23:59', true],
    ['till tomorrow', '2026-11-25T23:59', true],
    ['until tonight', '2026-11-24T23:59', true],
    ['until the end of Friday', '2026-11-27T23:59', true],
    ['until the end of the day', '2026-11-24T23:59', true],
    ['until 30 March', '2027-03-30T23:59', true],
    ['until Friday 5pm', '2026-11-27T17:00', false],
    ['until midnight', '2026-11-25T00:00', false],
  ])('%s', (typed, wall, wholeDay) => {
    expect(parseUntil(typed, now)).toMatchObject({ ok: true, wall, at: london(wall), wholeDay });
  });

  test.each([
    ['until 2am', '2026-11-24T17:40', '2026-11-25T02:00'],
    ['until 1:30am', '2026-11-24T23:00', '2026-11-25T01:30'],
    ['until 5:30am', '2026-11-24T17:40', '2026-11-25T05:30'],
  ])('%s, typed at %s, is the coming night', (typed, at, wall) => {
    expect(parseUntil(typed, london(at))).toMatchObject({ ok: true, wall, wholeDay: false });
  });

  test.each([
    ['until 9am', '2026-11-24T15:00', '2026-11-25T09:00'],
    ['until 4pm', '2026-11-24T16:40', '2026-11-25T16:00'],
  ])('%s, typed at %s, is asked about with the same time of tomorrow', (typed, at, wall) => {
    expect(parseUntil(typed, london(at))).toMatchObject({ code: 'in-the-past', tomorrow: { wall } });
    expect(parseTypedTime(typed.slice(6), london(at))).toMatchObject({
      code: 'in-the-past',
      tomorrow: { wall },
    });
    expect(parseUntil('until 9am today', london(at))).not.toHaveProperty('tomorrow');
  });

  test.each([
    ['until 5pm', '2026-11-25T17:00'],
    ['until midnight', '2026-11-26T00:00'],
    ['until today 5pm', '2026-11-24T17:00'],
    ['until tomorrow 5pm', '2026-11-25T17:00'],
    ['until Friday', '2026-11-27T23:59'],
    // nothing that begins in the morning lasts until earlier that morning
    ['until 8am', 'in-the-past'],
  ])('%s, of what begins tomorrow at 9am', (typed, wall) => {
    const parsed = parseUntil(typed, now, london('2026-11-25T09:00'));
    expect(parsed.ok ? parsed.wall : parsed.code).toBe(wall);
  });

  test.each(['until further notice', 'until', 'until we say so'])('%s is not understood', (typed) => {
    expect(parseUntil(typed, now)).toMatchObject({ ok: false, code: 'not-understood' });
  });

  test.each([
    ['Moor Lane is closed.\nuntil 4pm', 'Moor Lane is closed.', 'until 4pm'],
    ['Moor Lane is closed. | until Friday', 'Moor Lane is closed.', 'until Friday'],
    ['Moor Lane is closed. [until 30 March 9am]', 'Moor Lane is closed.', 'until 30 March 9am'],
    ['Bins are late\nuntil yesterday', 'Bins are late', 'until yesterday'],
    ['Bins are late\nuntil 8pm yesterday', 'Bins are late', 'until 8pm yesterday'],
    ['Bins are late\nuntil Fri 25:00', 'Bins are late', 'until Fri 25:00'],
    ['Bins are late\nUntil: tomorrow', 'Bins are late', 'Until: tomorrow'],
    ['Bins are late\nuntil : next week', 'Bins are late', 'until : next week'],
    ['Bins are late\nuntil tomorrow morning', 'Bins are late', 'until tomorrow morning'],
    ['Bins are late\nuntil Friday.', 'Bins are late', 'until Friday'],
    ['Bins are late [until: 4 p.m.]', 'Bins are late', 'until: 4 p.m'],
  ])('an option is parted from the text: %j', (text, before, until) => {
    expect(splitUntil(text)).toEqual({ text: before, until });
  });

  test.each([
    'Moor Lane is closed until 4pm today while we mend a burst main.',
    'Moor Lane is closed until 4pm',
    'The road is shut.\nUntil further notice please use the A565.',
    'The road is shut.\nUntil further notice',
    'until 4pm',
    '| until 4pm',
    'Every table is free\nuntil further notice',
  ])('words of the text stay in it: %j', (text) => {
    expect(splitUntil(text)).toEqual({ text });
  });

  test('when and until of a command without a text', () => {
    expect(splitWhen('Fri 9:00 until 4pm')).toEqual({ when: 'Fri 9:00', until: 'until 4pm' });
    expect(splitWhen('Fri 9:00')).toEqual({ when: 'Fri 9:00' });
    expect(splitWhen('until Friday')).toEqual({ when: '', until: 'until Friday' });
  });
});

test.each([
  ['tomorrow 9am or so', 'or so'],
  ['Friday gefore 9am', 'gefore'],
  ['some time tomorrow', 'some time'],
  ['soon', undefined],
  ['tomorrow 9am', undefined],
])('what keeps %j from being a time: %j', (typed, besides) => {
  expect(besidesTime(typed)).toBe(besides);
});

test('the day in London is not the day of UTC in summer', () => {
  expect(londonDate(Date.UTC(2027, 6, 1, 23, 30))).toBe('2027-07-02');
});

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayWordFindings as found } from '../../src/protocol/day-words.ts';
import { fixtureProtocol } from './fixture-registers.ts';

function london(wall: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/London').epochMilliseconds;
}

const dayWordFindings = (text: string, writtenAt: number, publishAt: number) =>
  found(text, () => writtenAt, publishAt, fixtureProtocol.registers.dayNames);

const tuesday = london('2026-11-24T09:42');
const friday = london('2026-11-27T09:00');

describe('words that would mean another day', () => {
  test('say which day was meant and which day they would mean', () => {
    expect(dayWordFindings('The road is shut today. It opens Tomorrow.', tuesday, friday)).toEqual([
      {
        code: 'day-word-moved',
        facts: { word: 'today', meant: '2026-11-24', means: '2026-11-27' },
        spots: [{ in: 'text', from: 17, to: 22 }],
      },
      {
        code: 'day-word-moved',
        facts: { word: 'Tomorrow', meant: '2026-11-25', means: '2026-11-28' },
        spots: [{ in: 'text', from: 33, to: 41 }],
      },
    ]);
  });

  test.each(['It will be icy tonight.', 'Bins from yesterday', "Today's menu", 'We open THIS  MORNING'])(
    '%s',
    (text) => {
      expect(dayWordFindings(text, tuesday, friday)).toHaveLength(1);
    },
  );

  test.each(['Building the homes of tomorrow', '#TodayInSefton', 'Todayish', 'We open on Friday.', '@today'])(
    'passes: %s',
    (text) => {
      expect(dayWordFindings(text, tuesday, friday)).toEqual([]);
    },
  );

  test.each([
    ['We shut tod\u200bay.', 'tod\u200bay', '2026-11-24'],
    ['We shut t\u043eday.', 't\u043eday', '2026-11-24'],
    ['We shut \u1d57\u1d52day\u{1f512}', '\u1d57\u1d52day', '2026-11-24'],
    ['Bins go out tommorow at 7am.', 'tommorow', '2026-11-25'],
    ['Bins go out tomorow.', 'tomorow', '2026-11-25'],
    ['Bins go out tommorrow.', 'tommorrow', '2026-11-25'],
    ['Bins go out tmrw.', 'tmrw', '2026-11-25'],
    ['See you tonite!', 'tonite', '2026-11-24'],
    ['Last night was wild on the prom.', 'Last night', '2026-11-23'],
    ["We lost a tree in last night's wind.", 'last night', '2026-11-23'],
    ['Open late. #Today', '#Today', '2026-11-24'],
    ['As of today the tip is shut.', 'today', '2026-11-24'],
    ['Todays menu is soup.', 'Today', '2026-11-24'],
    ['We open the day after tomorrow.', 'the day after tomorrow', '2026-11-26'],
    ["Tomorrow's Cabinet meeting is off.", 'Tomorrow', '2026-11-25'],
    ['Snow shuts Crosby Library Today', 'Today', '2026-11-24'],
  ])('%s, and where it stands', (text, word, meant) => {
    const [moved, ...more] = dayWordFindings(text, tuesday, friday);
    expect(more).toEqual([]);
    expect(moved?.facts['meant']).toBe(meant);
    const [spot] = moved?.spots ?? [];
    expect(text.slice(spot?.from, spot?.to)).toBe(word);
  });

  test.each([
    "See the Tomorrow's World exhibition at the Atkinson.",
    'USA Today wrote of our dunes.',
    'Our last night is Saturday.',
    'Last Night of the Proms in the park',
    'See sefton.gov.uk/today for more.',
    'A toast to Tomas and Tamara',
    'The last night of the show is on Friday.',
  ])('passes: %s', (text) => {
    expect(dayWordFindings(text, tuesday, friday)).toEqual([]);
  });

  test('a minute over midnight in London is another day, a minute over midnight UTC in summer is not', () => {
    expect(dayWordFindings('today', london('2027-07-01T23:59'), london('2027-07-02T00:00'))).toHaveLength(1);
    expect(dayWordFindings('today', Date.UTC(2027, 6, 1, 23, 30), Date.UTC(2027, 6, 2, 0, 30))).toEqual([]);
  });

  test('the two days are always as far apart as writing and publication', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('today', 'tonight', 'tomorrow', 'yesterday'),
        fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) }),
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        (word, written, ahead) => {
          const day = (at: number) =>
            Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/London').toPlainDate();
          const apart = day(written).until(day(written + ahead)).days;
          const [moved] = dayWordFindings(`We open ${word}.`, written, written + ahead);
          expect(moved === undefined).toBe(apart === 0);
          if (moved === undefined) return;
          const { meant, means } = moved.facts;
          expect(
            Temporal.PlainDate.from(String(meant)).until(Temporal.PlainDate.from(String(means))).days,
          ).toBe(apart);
        },
      ),
    );
  });
});

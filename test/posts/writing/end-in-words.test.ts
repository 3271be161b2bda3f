import { describe, expect, test } from 'vitest';
import { keepingDays } from '../../../src/posts/writing/days-written.ts';
import {
  endApart as apartUnder,
  endLeftBy as leftUnder,
  nextEndNamed,
} from '../../../src/posts/writing/end-in-words.ts';
import type { Revision } from '../../../src/posts/writing/revision.ts';
import { meant } from '../../../src/protocol/london.ts';
import { revision } from '../../fixtures/cards/posts.ts';
import { rules } from '../../fixtures/cards/rules.ts';

const at = (wall: string): number => Date.parse(`${wall}Z`);
const tuesday = at('2026-11-24T09:42');

function said(text: string, until: string | undefined, written = tuesday): Revision {
  const { until: _none, ...rest } = revision;
  const end = until === undefined ? {} : { until: meant(at(until)) };
  return { ...rest, text, variants: {}, at: written, ...end };
}

const endApart = (words: Revision, from: number) => apartUnder(words, from, rules);
const endLeftBy = (before: Revision, after: Revision, from: number) => leftUnder(before, after, from, rules);

describe('the end that words name', () => {
  test.each([
    ['Shut until 4pm tomorrow.', '2026-11-25T16:00', undefined],
    ['Shut until 6pm tomorrow.', '2026-11-25T16:00', '2026-11-25T18:00'],
    ['Shut until 6pm tomorrow.', undefined, '2026-11-25T18:00'],
    ['Shut until 4pm.', '2026-11-24T16:00', undefined],
    // A time alone is of the day before or after as well.
    ['Shut until 4pm.', '2026-11-25T16:00', undefined],
    ['Shut until 4pm.', '2026-11-27T16:00', '2026-11-24T16:00'],
    // A day alone is any time of it.
    ['Shut until Friday.', '2026-11-27T23:59', undefined],
    ['Shut until Friday.', '2026-11-27T12:00', undefined],
    ['Shut until Friday.', '2026-11-28T00:00', undefined],
    ['Shut until Friday.', '2026-11-28T12:00', '2026-11-27T23:59'],
    ['Shut until midnight on Friday.', '2026-11-27T23:59', undefined],
    ['Shut until 4pm on Friday.', '2026-11-27T23:59', '2026-11-27T16:00'],
    // One of several.
    ['Moor Lane is shut until 4pm today, Hall Road until 6pm today.', '2026-11-24T18:00', undefined],
    ['Moor Lane is shut until 4pm today, Hall Road until 6pm today.', '2026-11-24T20:00', undefined],
    ['Open every day until 4pm.', '2026-11-27T18:00', undefined],
    ['Shut.', '2026-11-27T18:00', undefined],
  ])('%s, ending %s', (text, until, wall) => {
    expect(endApart(said(text, until), tuesday)?.wall).toBe(wall);
  });

  test('a time alone that has passed today is of the day on which the post ends', () => {
    const evening = at('2026-11-24T20:00');
    expect(endApart(said('Shut until 6pm.', '2026-11-25T16:00', evening), evening)?.wall).toBe(
      '2026-11-25T18:00',
    );
    // Of what is over on both days, that is said which readers take it for.
    expect(endApart(said('Shut until 6pm.', '2026-11-24T16:00', evening), evening)?.wall).toBe(
      '2026-11-24T18:00',
    );
  });
});

describe('what other words leave untold of an end', () => {
  const four = '2026-11-25T16:00';
  const before = said('Shut until 4pm tomorrow.', four);
  test.each([
    ['Shut until 6pm tomorrow.', four, 'another'],
    ['Shut until 6pm tomorrow.', '2026-11-25T18:00', undefined],
    ['Shut until 6pm tomorrow.', undefined, undefined],
    ['Closed until 4pm tomorrow.', four, undefined],
    // The end alone is moved, and the words stay.
    ['Shut until 4pm tomorrow.', '2026-11-25T18:00', 'another'],
    ['Shut for a burst main.', four, 'unnamed'],
    ['Shut for a burst main.', '2026-11-25T18:00', undefined],
  ])('%s, ending %s', (text, until, is) => {
    expect(endLeftBy(before, said(text, until), tuesday)?.is).toBe(is);
  });

  test('words and an end that somebody has wanted apart stay so without a word', () => {
    const apart = said('Shut until 4pm tomorrow.', '2026-11-25T20:00');
    expect(endLeftBy(apart, said('Closed until 4pm tomorrow.', '2026-11-25T20:00'), tuesday)).toBeUndefined();
    expect(endLeftBy(apart, said('Closed until 5pm tomorrow.', '2026-11-25T20:00'), tuesday)?.is).toBe(
      'another',
    );
  });

  test('"tomorrow" that stands since the day before is that day still', () => {
    const wednesday = at('2026-11-25T09:00');
    const typo = keepingDays(before, said('Closed until 4pm tomorrow.', four, wednesday));
    expect(endLeftBy(before, typo, wednesday)).toBeUndefined();
    const later = keepingDays(before, said('Closed until 6pm tomorrow.', four, wednesday));
    expect(endLeftBy(before, later, wednesday)).toMatchObject({ end: { wall: '2026-11-25T18:00' } });
  });

  test('an end that has come is told no more', () => {
    const thursday = at('2026-11-26T09:00');
    expect(endLeftBy(before, said('It is open again.', four, thursday), thursday)).toBeUndefined();
  });
});

describe('an end that stands in a heading or summary, or in what an account alone says', () => {
  const four = '2026-11-25T16:00';
  const plain = said('Shut for a burst main.', four);
  const [untilFour, untilSix] = ['Shut until 4pm tomorrow', 'Shut until 6pm tomorrow'];
  const headed = (headline: string, of = plain): Revision => ({ ...of, headline });
  const summed = (summary: string, of = plain): Revision => ({ ...of, summary });
  const onX = (own: string, of = plain): Revision => ({ ...of, variants: { 'x-main': own } });

  test('is read where the text for all names none, and said with where it stands', () => {
    expect(endApart(headed(untilSix), tuesday)).toMatchObject({
      wall: '2026-11-25T18:00',
      where: { in: 'headline' },
    });
    expect(endApart(summed(untilSix), tuesday)).toMatchObject({
      wall: '2026-11-25T18:00',
      where: { in: 'summary' },
    });
    expect(endApart(onX(untilSix, said('Shut.', undefined)), tuesday)).toMatchObject({
      wall: '2026-11-25T18:00',
      where: { in: 'own', account: 'x-main' },
    });
    for (const each of [headed(untilFour), summed(untilFour), onX(untilFour)])
      expect(endApart(each, tuesday)).toBeUndefined();
  });

  test('is not asked about in turn with that of the text', () => {
    const text = said(untilFour, four);
    for (const each of [headed(untilSix, text), summed(untilSix, text), onX(untilSix, text)])
      expect(endApart(each, tuesday)).toBeUndefined();
    // Answered with the other one, it is not asked the other way round.
    const moved = said(untilFour, '2026-11-25T18:00');
    expect(endLeftBy(text, onX(untilSix, moved), tuesday)).toBeUndefined();
  });

  test('counts only where people read it', () => {
    expect(endApart({ ...headed(untilSix), accounts: ['x-main'] }, tuesday)).toBeUndefined();
    expect(endApart({ ...summed(untilSix), accounts: ['x-main', 'facebook-main'] }, tuesday)).toBeUndefined();
    expect(endApart({ ...onX(untilSix), keeps: ['x-main'] }, tuesday)).toBeUndefined();
  });

  test('comes to be another one, or is not named any more, also while the text stays', () => {
    for (const saying of [headed, summed, onX]) {
      expect(endLeftBy(saying(untilFour), saying(untilSix), tuesday)).toMatchObject({ is: 'another' });
      expect(endLeftBy(saying(untilFour), plain, tuesday)).toEqual({ is: 'unnamed' });
      expect(endLeftBy(saying(untilSix), saying(untilSix), tuesday)).toBeUndefined();
      expect(endLeftBy(said(untilFour, four), saying(untilFour), tuesday)).toBeUndefined();
    }
    // A text that comes to name another one is asked about, whatever an account says still.
    expect(endLeftBy(onX(untilFour), onX(untilFour, said(untilSix, four)), tuesday)).toMatchObject({
      end: { where: { in: 'text' } },
    });
  });

  test('a heading or summary that stands since the day before is of that day still', () => {
    const wednesday = at('2026-11-25T09:00');
    for (const saying of [headed, summed]) {
      const later = saying(untilFour, said('Shut for a broken main.', four, wednesday));
      expect(endLeftBy(saying(untilFour), later, wednesday)).toBeUndefined();
    }
  });

  test('comes as one in the text does', () => {
    expect(nextEndNamed(onX(untilSix, said(untilFour, undefined)), tuesday, rules)).toBe(
      at('2026-11-25T16:00'),
    );
    for (const each of [headed(untilSix), summed(untilSix)])
      expect(nextEndNamed(each, tuesday, rules)).toBe(at('2026-11-25T18:00'));
  });
});

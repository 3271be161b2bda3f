import { expect, test } from 'vitest';
import { endedTexts, findingsIn, hostileTexts, parsers } from './bench/hostile-texts.ts';

/**
 * A text that is eight times as long takes eight times as long to read, where a pattern that begins again at each sign
 * takes sixty-four times as long. What is counted is the work of this thread, whatever else the machine does.
 */
const longer = 8;
const tooMuch = 24;

let n = 0;

/** Milliseconds of work. */
function work(read: (text: string) => unknown, of: string): number {
  // Another text each time: what was read of one is remembered.
  const text = `${String((n += 1))} ${of}`;
  const before = process.threadCpuUsage();
  read(text);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * @param atOnce so many milliseconds keep nobody waiting, however they grow: no text is much longer
 * @returns the first text that takes longer than its length says
 */
function growingTooMuch(
  read: (text: string) => unknown,
  texts: (length: number) => readonly string[],
  length: number,
  atOnce: number,
): string | undefined {
  const short = texts(length / longer);
  const found = texts(length).find((text, at) => {
    const isTooMuch = (took: number): boolean =>
      took > atOnce && took > tooMuch * Math.min(work(read, short[at] ?? ''), work(read, short[at] ?? ''));
    // Once may be the moment in which something is compiled or cleared away.
    return isTooMuch(work(read, text)) && isTooMuch(work(read, text));
  });
  return found === undefined ? undefined : JSON.stringify(found.slice(0, 40));
}

test.each(Object.entries(parsers))('a pasted text takes no longer than its length says: %s', (_, read) => {
  expect(growingTooMuch(read, hostileTexts, 16_000, 60)).toBe(undefined);
});

test('nor for the rules', () => {
  expect(growingTooMuch(findingsIn, endedTexts, 8_000, 250)).toBe(undefined);
});

test('nor where a party is named again and again', () => {
  const named = (length: number): readonly string[] => ['Labour '.repeat(length / 7)];
  expect(growingTooMuch(findingsIn, named, 16_000, 250)).toBe(undefined);
});

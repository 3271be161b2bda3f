import { expect, test } from 'vitest';
import { describedMedium } from '../../../src/posts/writing/medium.ts';
import { wording } from '../../../src/posts/writing/wording.ts';

test('what hides in a text does not go out; lines, emoji and other scripts stay as they were written', () => {
  const read = (text: string): string => wording(200).parse(text);
  expect(read('Bins\u0000 are \u202Egnp.exe\u202C late\u2066!\u2069')).toBe('Bins are gnp.exe late!');
  expect(read('One\r\ntwo\rthree\tfour\uFEFF')).toBe('One\ntwo\nthree four');
  const hash = 'h'.repeat(43);
  const picture = { hash, width: 1, height: 1, bytes: 1, contentType: 'image/png', alt: 'A \u202Egnis' };
  expect(describedMedium.parse(picture).alt).toBe('A gnis');
  for (const kept of ['👩‍👩‍👧 at the park', 'ਸਤ ਸ੍ਰੀ ਅਕਾਲ', 'می‌خواهم', 'Cafe\u0301'])
    expect(read(kept)).toBe(kept);
});

import { expect, test } from 'vitest';
import { quote } from '../../src/words/several.ts';
import { quoted } from '../../src/words/notes.ts';

test('what somebody wrote is quoted up to the end of a word, and of a letter', () => {
  expect(quoted(`Say which days.\n${'Not on Sundays. '.repeat(30)}`)).toBe(
    `"Say which days. ${'Not on Sundays. '.repeat(23)}Not on Sundays…"`,
  );
  for (const shown of [quoted(`${'x'.repeat(399)}😀!`), quote(`${'x'.repeat(299)}😀!`)])
    expect(shown).toMatch(/^"x+…"$/u);
});

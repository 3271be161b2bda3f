import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { accountBlocked } from '../../src/networks/network.ts';
import { failureWords, hasWords } from '../../src/words/failures.ts';

/** Where codes stand in the adapters: as a reason, in a table of a vendor's words, or as what a check gives. */
const codes = [
  /\breason: '(?<code>[a-z0-9-]+)'(?! in )/gu,
  /\breason = '(?<code>[a-z0-9-]+)'/gu,
  /^ {2}(?!kind|name)\w+: '(?<code>[a-z]+(?:-[a-z]+)+)',$/gmu,
  /\breturn '(?<code>[a-z]+(?:-[a-z]+)+)'/gu,
  /\? '(?<code>[a-z]+(?:-[a-z]+)+)' : undefined/gu,
  /\brefuse\('(?<code>[a-z-]+)'\)/gu,
];

async function codesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const base = new URL(`../../src/${folder}/`, import.meta.url);
  const found = new Map<string, string>();
  for (const file of await readdir(base, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const source = await readFile(new URL(file, base), 'utf8');
    for (const pattern of codes)
      for (const { groups } of source.matchAll(pattern)) found.set(groups?.['code'] ?? '', file);
  }
  return found;
}

describe('why an account did not take it', () => {
  test('every code that a network gives has words', async () => {
    const found = await codesIn('networks');
    // So that a change of style in the adapters does not make this look at nothing.
    for (const known of ['busy', 'said-already', 'playlist-missing', 'angle-brackets', 'page-differs'])
      expect([...found.keys()]).toContain(known);
    expect([...found].filter(([code]) => !hasWords(code))).toEqual([]);
    expect(hasWords(accountBlocked)).toBe(true);
  });

  test('and so has every code that the effects of posts give', async () => {
    const found = [...(await codesIn('posts/effects')).keys()];
    expect(found).toContain('account-gone');
    expect(found.filter((code) => !hasWords(code))).toEqual([]);
  });

  test('any other code is not shown', () => {
    for (const code of ['status-418', 'constructor', '', 'OAuthException']) {
      const { what, next } = failureWords(code, 'edit');
      expect(what).toBe('the network would not take it');
      expect(next).toMatch(/^[A-Z].*\.$/u);
    }
  });

  test('what to do is what the card offers: an edit before anything is out, a correction or a new post after that', async () => {
    const known = [...(await codesIn('networks')).keys(), ...(await codesIn('posts/effects')).keys()];
    for (const code of known) {
      for (const way of ['correct', 'another', 'anew', 'later'] as const)
        expect(failureWords(code, way).next).not.toMatch(/for approval again|Edit\b/u);
      expect(failureWords(code, 'edit').next).not.toContain('"Correct"');
      for (const way of ['anew', 'later'] as const)
        expect(failureWords(code, way).next).not.toMatch(/"Correct"/u);
    }
    expect(failureWords('against-policy', 'edit').next).toBe(
      'Change the words or the picture, then send it for approval again.',
    );
    expect(failureWords('against-policy', 'correct').next).toBe(
      'Press "Correct" and change the words. Once that is agreed, press "Try again".',
    );
    expect(failureWords('picture-not-taken', 'correct').next).toBe(
      'To have it there as well, propose a new post with another picture.',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/posts/writing/draft.ts';
import { partsOf } from '../../src/posts/writing/plan.ts';
import type { Revision } from '../../src/posts/writing/revision.ts';
import { sayFound } from '../../src/words/where-found.ts';
import { fixtureProtocol } from '../protocol/fixture-registers.ts';
import { draft } from '../fixtures/cards/posts.ts';
import { now } from '../fixtures/cards/rules.ts';

const rules = { ...fixtureProtocol, away: {} };
const accounts = Object.values(fixtureProtocol.accounts)
  .filter(({ network }) => ['x', 'facebook', 'website'].includes(network))
  .map(({ id }) => id);
const x = accounts.find((id) => fixtureProtocol.accounts[id]?.network === 'x') ?? '';

/** What is said of a post that says that, of the findings of one rule. */
function said(rule: string, more: Partial<Revision>): readonly string[] {
  const { until: _until, ...rest } = draft.revision;
  const revision: Revision = {
    ...rest,
    accounts,
    headline: '',
    summary: '',
    media: [],
    variants: {},
    ...more,
  };
  const post = { ...draft, revision };
  const read = { texts: partsOf(post, rules), media: revision.media };
  return findingsOf(post, now, rules)
    .filter((finding) => finding.rule === rule)
    .map((finding) => sayFound(finding, read, rules).what);
}

describe('a finding says where it is, in the words that stand there', () => {
  test('each place of several, what stands twice once', () => {
    const text = 'Ring Ann on 07700 900123 or 07700 900456. Again: 07700 900123.';
    expect(said('DAT-5', { text })[0]).toMatch(/resident\. Here: "07700 900123" and "07700 900456"\.$/u);
  });

  test('a long sentence by its first words, cut where a word ends', () => {
    const long = `We will ${'mend the road and '.repeat(7)}then go home.`;
    expect(said('ACC-6', { text: `Plain words. ${long}` })[0]).toMatch(
      /Here: "We will mend the road and mend the road and mend the road…"\.$/u,
    );
  });

  test('on the account whose own text it is, and in the heading', () => {
    const found = said('DAT-5', {
      text: 'Ring us.',
      variants: { [x]: 'Ring Ann on 07700 900123.' },
      headline: 'Write to ann.other@example.com',
    });
    expect(found.join('\n')).toContain('On X: "07700 900123".');
    expect(found.join('\n')).toContain('In the heading: "ann.other@example.com".');
  });

  test('nothing more where the words say it already, or the whole text is meant', () => {
    expect(said('ACC-3', { text: 'Come and see us. #seftoncoast' })).toEqual([
      '#seftoncoast does not begin each word with a capital, so screen readers cannot tell the words apart.',
    ]);
    const [one] = said('ACC-6', { text: `We will ${'mend the road and '.repeat(7)}then go home.` });
    expect(one).toMatch(/lose the thread\.$/u);
  });
});

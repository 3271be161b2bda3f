import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saidOf, wrongWith } from '../../../src/networks/youtube/said.ts';
import { blockingIn, foundInCorrection } from '../../../src/posts/correcting/correction-findings.ts';
import { checkedDraft } from '../../../src/posts/writing/plan.ts';
import { findings } from '../../../src/protocol/findings.ts';
import { correctedOnNetwork } from '../../../src/words/corrections.ts';
import { sayFinding } from '../../../src/words/findings.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { filmRules } from '../../fixtures/cards/rules.ts';
import { key, saidPart } from './channel.ts';

const rules = {
  ...filmRules,
  rules: { LEN: { id: 'LEN', breach: 'block', clause: '4.7', settings: {} } as const },
};
const parts = { link: () => 'https://news.sefton.gov.uk/news/1421', corrected: correctedOnNetwork };

const reads = (text: string) => ({
  ...posts.published.revision,
  text,
  variants: {},
  media: [],
  accounts: ['youtube-main'],
});

/** What the rules find in a text for YouTube, or in a correction to it that says so what was wrong. */
function found(text: string, what?: string) {
  if (what === undefined)
    return findings(checkedDraft({ revision: reads(text) }, posts.published.revision.at, rules), rules);
  const post = { ...posts.published, revision: reads('It was wrong.') };
  const wanted = { revision: reads(text), ways: { 'youtube-main': 'edit' } as const, what, reply: '' };
  return blockingIn(foundInCorrection(post, wanted, post.revision.at, rules)).text;
}

const isRefused = (text: string, what?: string): boolean =>
  wrongWith(saidOf(saidPart(text), key, parts, what)) !== undefined;

/** Texts around the limit, of signs of one to four bytes. */
const long = fc
  .tuple(fc.constantFrom('a ', 'é ', '’ ', '🌞'), fc.integer({ min: 2_600, max: 5_050 }))
  .map(([sign, bytes]) => sign.repeat(bytes / Buffer.byteLength(sign)));
const wrongs = fc.constantFrom(undefined, 'We gave the wrong day.', '’'.repeat(500));

test('YouTube takes what no rule stops, with the link and with the sentence of a correction', () => {
  fc.assert(
    fc.property(long, wrongs, (text, what) => {
      expect(isRefused(text, what) && found(text, what).length === 0).toBe(false);
    }),
  );
});

test('what is counted are the bytes of what stands there, and the words say so', () => {
  expect(found('a'.repeat(4_800))).toEqual([]);
  expect(found('a'.repeat(4_790), 'x')).toMatchObject([{ code: 'too-long', facts: { over: 11 } }]);
  const [finding] = found(`${'a'.repeat(4_798)}’`);
  if (finding === undefined) throw new Error('nothing was found');
  expect(sayFinding(finding, 0).what).toBe(
    'The text is 1 character too long for YouTube, which takes 4,800 characters. There a dash, a curly quotation mark or an accent counts as two or three.',
  );
});

import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postCard } from '../../../src/teams/cards/post-card.ts';
import { everyCard } from '../../fixtures/cards/every-card.ts';
import { draft } from '../../fixtures/cards/posts.ts';
import { now, rules } from '../../fixtures/cards/rules.ts';
import { launchChromium } from '../../browser/chromium.ts';
import { drawCard, openStage } from './drawing.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
  await openStage(page, 'light');
}, 60_000);

afterAll(async () => {
  await browser.close();
});

/** Every title of a button that a card should have, those behind More as well. */
function titlesOf(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(titlesOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'refresh') return [];
    const own =
      key === 'title' && 'type' in node && typeof node.type === 'string' && node.type.startsWith('Action.');
    return own && typeof value === 'string' ? [value] : titlesOf(value);
  });
}

describe.each(everyCard)('drawn: $title', ({ card }) => {
  test('the real renderer takes it without a warning and shows its buttons, none of it over the edge of a phone', async () => {
    const drawn = await drawCard(page, card);
    expect(drawn.warnings).toEqual([]);
    expect(drawn.text.length).toBeGreaterThan(10);
    expect(drawn.over).toEqual([]);
    const titles = titlesOf(card);
    expect([...drawn.buttons].sort()).toEqual([...titles].sort());
    // Each press says which fields the real client would have brought, had they not been empty.
    for (const { title, inputs, set, fields } of drawn.brings) {
      const answered = inputs.filter((id) => !id.startsWith('copy:'));
      const said = fields.split(' ').filter((id) => id !== '');
      expect(said.map((id) => id.replace(/!$/u, '')).sort(), title).toEqual(answered.sort());
      // What is said to hold something whatever anybody does comes with a press of one who touches nothing.
      const holding = said.flatMap((id) => (id.endsWith('!') ? [id.slice(0, -1)] : []));
      expect(set, title).toEqual(expect.arrayContaining(holding));
    }
  });
});

describe('what people wrote', () => {
  const markup = fc.constantFrom(
    '**bold**',
    '_italic_',
    '[the council](https://evil.example/)',
    '[x]: https://evil.example',
    '![picture](https://evil.example/a.png)',
    '<b>bold</b>',
    '<img src=x onerror=alert(1)>',
    '<https://evil.example>',
    '`code`',
    '```',
    '\n- ',
    '\n1. ',
    '\n# ',
    '\n> ',
    '\n---\n',
    '\n===\n',
    '\n    four blanks',
    '~~gone~~',
    '{{DATE(2017-02-14T06:08:39Z,SHORT)}}',
    '{{TIME(2017-02-14T06:08:39Z)}}',
    '&amp;',
    '&#42;',
    '\\',
    '\\*',
    '${title}',
    'https://www.sefton.gov.uk/a_b_c?d=*e*',
    '|a|b|\n|-|-|',
    '\n',
    ' ',
  );
  const anything = fc
    .array(fc.oneof(markup, fc.string({ unit: 'grapheme', maxLength: 12 })), { minLength: 1, maxLength: 8 })
    .map((pieces) => pieces.join(''));

  /** Blanks and line breaks may be drawn otherwise, also in a link that is longer than a line; every other letter stays. */
  const plain = (text: string): string => text.replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, '');

  // Where threads are allowed a line of dashes is no text: it ends a post.
  const { threads: _none, ...whole } = rules;

  test('reads as it was written, in every place of a card, and is never markup', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        fc.pre(plain(text) !== '');
        const post = {
          ...draft,
          revision: {
            ...draft.revision,
            text,
            media: draft.revision.media.map((medium) => ({ ...medium, alt: text })),
            campaign: text,
          },
          status: { is: 'sent-back', by: 'priya-desai', at: now, note: text } as const,
        };
        const { card } = postCard(post, { kind: 'person', person: 'nadia-hartley' }, whole, now, {
          notice: text,
        });
        const drawn = await drawCard(page, card);
        // notice, note, text, description and campaign
        expect(plain(drawn.text).split(plain(text)).length - 1).toBeGreaterThanOrEqual(5);
        expect(drawn.markup).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  const drawnWith = async (text: string, changedTo?: string) => {
    const revision = { ...draft.revision, text: changedTo ?? text };
    const post = {
      ...draft,
      revision,
      ...(changedTo === undefined ? {} : { serviceWrote: { ...draft.revision, text } }),
    };
    const viewer = { kind: 'person', person: 'ellen-rimmer' } as const;
    return await drawCard(page, postCard(post, viewer, whole, now).card);
  };

  test('stands in the lines that it has, however long its links are', async () => {
    const link = 'https://en.wikipedia.org/wiki/Crosby_(Merseyside)_and_the_road_works_of_november_2026';
    const lines = [
      `More (${link}): ring us.`,
      'https://www.sefton.gov.uk/roads_(north)_and_south_2026_11',
      '&',
    ];
    const drawn = await drawnWith(lines.join('\n'));
    expect(drawn.text.replace(/\n+/gu, '\n')).toContain(`\n${lines.join('\n')}\n`);
    expect(drawn.over).toEqual([]);
    // Of what somebody has changed, also the link is seen as it was and as it is.
    const changed = await drawnWith(`More: ${link}`, `More: ${link.replace('november', 'december')}`);
    expect(changed.over).toEqual([]);
    expect(changed.text).toContain('december');
  });

  test('is read from the side from which its letters are, each line by itself', async () => {
    const arabic = [
      'الطريق مغلق في Moor Lane. يرجى استخدام طريق A565 بدلاً من ذلك.',
      'https://www.sefton.gov.uk'.replace('https', 'الموقع: https'),
    ];
    const english = 'The road is closed. Please use the A565.';
    const drawn = await drawnWith([...arabic, english].join('\n'));
    expect(drawn.warnings).toEqual([]);
    for (const line of arabic) expect(drawn.fromRight).toContain(line);
    expect(drawn.fromRight).not.toContain(english);

    // Whoever edits it reads it in its field.
    const post = { ...draft, revision: { ...draft.revision, text: arabic.join('\n') } };
    const viewer = { kind: 'person', person: 'nadia-hartley' } as const;
    const form = await drawCard(page, postCard(post, viewer, whole, now, { view: 'edit' }).card);
    expect(form.warnings).toEqual([]);
    expect(form.fromRight).toContain(arabic.join('\n'));
  });
});

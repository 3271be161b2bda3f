import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { buildCss, built } from '../../scripts/css.ts';

const committed = await readFile(built, 'utf8');

test('the committed style sheet is what its sources make: npm run css', () => {
  expect(committed === buildCss()).toBe(true);
});

test('it holds nothing that is GOV.UK’s alone: no crown, no crest, no logotype, no GDS Transport', () => {
  expect(committed).not.toMatch(/gds transport|crown|crest|logotype|govuk-header|govuk-footer/i);
});

test('it fetches nothing: no fonts, no pictures, no other style sheets', () => {
  expect(committed).not.toMatch(/@font-face|url\(|@import/i);
});

test('what takes the focus shows it, and print has its own look', () => {
  expect(committed).toMatch(/\.govuk-link:focus\{[^}]*background-color/);
  expect(committed).toContain('@media print');
});

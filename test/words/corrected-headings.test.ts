import { expect, test } from 'vitest';
import type { Revision } from '../../src/posts/writing/revision.ts';
import { headingsCorrected } from '../../src/words/corrected-headings.ts';
import { revision } from '../fixtures/cards/posts.ts';
import { rules } from '../fixtures/cards/rules.ts';

const text = 'The new library in Crosby is open. Come and see it.';
const before: Revision = { ...revision, text, variants: {}, accounts: ['website'] };
const film: Revision = { ...before, youtube: { title: 'The library', privacy: 'public', playlist: '' } };

test('whoever agrees to a correction reads what a heading or a title becomes, also where it was emptied', () => {
  const said = (was: Revision, is: Revision): string => headingsCorrected(was, is, rules).join(' ');
  expect(said(before, { ...before, headline: 'Open' })).toBe('The heading on the website becomes: Open');
  expect(said({ ...before, headline: 'Open' }, { ...before, headline: '' })).toBe(
    'The heading on the website is taken out. It said: Open Instead, the first words of the text stand there: The new library in Crosby is open',
  );
  expect(said(film, { ...before, youtube: { title: '', privacy: 'public', playlist: '' } })).toBe(
    'The title of the video on YouTube is taken out. It said: The library Instead, the first words of the text stand there: The new library in Crosby is open',
  );
  expect(said({ ...before, summary: 'Now' }, { ...before, summary: '' })).toBe(
    'The summary on the website is taken out. It said: Now Its page has none then, and where feeds show one, they show the text.',
  );
  // Made from the text, it changes with that.
  expect(said({ ...before, headline: '' }, { ...before, headline: '', text: 'It is shut.' })).toBe('');
});

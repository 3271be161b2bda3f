import { expect, test } from 'vitest';
import { agreed, asked, published } from './corrections.ts';
import { minute, openCouncil, type Council } from './council.ts';

/** A correction that no account took: whoever puts it right there by hand reads the words that were agreed to. */

const wrong = 'Liverpool Road is closed.';
const right = 'Moor Lane is closed.';

/** Published on one account alone, which refuses the correction that was agreed to. */
async function refused(council: Council): Promise<void> {
  await published(council, wrong, 'facebook-main');
  await asked(council, { text: right, what: 'It is Moor Lane.' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'not-permitted' });
  await agreed(council);
}

test('where the only account refuses a correction, the card has the right words to be put there by hand', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  expect(council.outside.standing('facebook-main')).toEqual([wrong]);
  const card = ellen.card(1).text;
  expect(card).toContain('put it right there yourself');
  expect(card).toContain(`The corrected text: "${right}"`);
  expect(card).not.toContain(`The corrected text: "${wrong}"`);

  // The form has them as well, so that they can be asked for once more.
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { what: 'It is Moor Lane.' }, form);
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right]);
  expect((await council.post(1)).notMade).toBeUndefined();
  expect(ellen.card(1).text).not.toContain('The corrected text');
});

test('once somebody leaves it as it is, the card offers no words to be put there', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  await ellen.press('Leave it as it is', {}, ellen.card(1));
  expect(ellen.card(1).text).toContain(wrong);
  expect(ellen.card(1).text).not.toContain('The corrected text');
});

import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { openCouncil } from './council.ts';
import { agreed, asked } from './corrections.ts';

const says = (page: string): string =>
  `Moor Lane is closed. The way round: https://www.sefton.gov.uk/${page}`;
const stays = 'nobody can change the card below the post';
const still = 'On Facebook the card below the post still leads where its link led before.';

test('a corrected link leaves its card on Facebook as it was: whoever asks, whoever agrees and the result say so', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await letOutByDesk(council, says('wrong-page'), { accounts: 'news,facebook-main' });
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain(`On Facebook ${stays}: it still leads where the link leads now.`);
  await asked(council, { text: says('right-page'), what: 'The link led to the wrong page.' });
  expect(joseph.card(1).text).toContain(
    'Facebook: the card below the post still leads to https://www.sefton.gov.uk/wrong-page, since nobody can change it there.',
  );
  await agreed(council);
  expect((await council.post(1)).corrected).toMatchObject([{ cardsKept: ['facebook-main'] }]);
  expect((await ellen.say('show 1')).at(-1)?.text).toContain(still);

  // Other words around the same link leave nothing behind.
  await asked(council, { text: `${says('right-page')} Sorry.`, what: 'We did not say sorry.' });
  expect(joseph.card(1).text).not.toContain('the card below the post still leads to');
  await agreed(council);
  expect((await council.post(1)).corrected.at(-1)).not.toHaveProperty('cardsKept');
});

test('where no card of a link stands, nothing is said of one', async () => {
  await using council = await openCouncil();
  await letOutByDesk(council, 'Moor Lane is closed.', { accounts: 'news,facebook-main' });
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  expect(form?.text).not.toContain('the card below');
  await asked(council, { text: says('right-page'), what: 'We left out the link.' });
  expect(council.as('joseph-adeyemi').card(1).text).not.toContain('the card below');
  await agreed(council);
  expect((await council.as('ellen-rimmer').say('show 1')).at(-1)?.text).not.toContain('the card below');
});

import { expect, test } from 'vitest';
import { openCouncil } from './council.ts';

test.each([
  ['people highways', ['Highways and Transport'], ['Waste and Cleansing', 'Officers:']],
  ['people in Highways please', ['Highways and Transport'], ['Waste and Cleansing', 'Officers:']],
  ['people of the desk', ['Officers:', 'On duty:'], ['Highways and Transport']],
  ['who approves for Highways?', ['Highways and Transport'], ['Housing', 'Officers:']],
  ['who can write housing posts', ['Housing'], ['Highways', 'Officers:']],
  ['people Sam', ['Housing', 'Planning'], ['Highways', 'Officers:']],
  ['people Ellen Rimmer please', ['Officers:'], ['Housing']],
  ['people Nobody', ['Housing', 'Highways', 'Officers:'], []],
  ['people', ['Highways and Transport', 'Waste and Cleansing', 'Officers:'], []],
])('"%s" shows those who are named, and where they work', async (typed, shown, notShown) => {
  await using council = await openCouncil();
  const [card] = await council.as('ellen-rimmer').say(typed);
  for (const words of shown) expect(card?.text).toContain(words);
  for (const words of notShown) expect(card?.text).not.toContain(words);
});

import { afterAll, expect, test } from 'vitest';
import { openEverywhere } from './everywhere.ts';

/**
 * The real clients of X and Facebook, whose answers are lost: what is asserted stands in the networks' own ledgers.
 */

const council = await openEverywhere();
afterAll(async () => await council.close());
const { teams } = council;
const { x, facebook } = council.networks;

const wrong = 'Green Lane is closed on Thursday while we mend a burst main.';
const right = 'Green Lane is closed on Friday while we mend a burst main.';

test('the answers are lost, and it is corrected before anybody knows whether it arrived: it stands once, and says what is right', async () => {
  const [ellen, tom, joseph] = [
    teams.as('ellen-rimmer'),
    teams.as('tom-ashcroft'),
    teams.as('joseph-adeyemi'),
  ];
  for (const each of [ellen, tom, joseph]) await each.meet();
  await ellen.say(`propose for Highways: ${wrong}`);
  await ellen.sees('[Edit]');
  await ellen.say('edit 1');
  await ellen.sees('[Save]');
  await ellen.press('Save', { accounts: 'news,x-main,facebook-main' });
  await ellen.sees(/^#1 (?!.*Bluesky).*\[Send to Highways approvers\]/u);
  x.faults.next('reset after commit');
  facebook.faults.next('500 after commit');
  await ellen.press('Send to Highways approvers');
  await tom.sees('Approve: goes out now');
  await tom.press('Approve: goes out now', { confirm: 'true' });
  await ellen.sees(/(?:We are looking whether it arrived.*){2}/u);
  await ellen.say('correct 1');
  await ellen.sees('[Ask for this correction]');
  await ellen.press('Ask for this correction', { text: right, what: 'We gave the wrong day.' });
  await joseph.sees('[Agree: correct it now]');
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  expect([x.posts(), facebook.posts()]).toMatchObject([[{ text: wrong }], [{ text: wrong }]]);
  const card = await ellen.sees('Corrected on');
  expect(card).not.toContain('could not be corrected');
  expect([x.posts(), facebook.posts()]).toMatchObject([[{ text: right }], [{ text: right }]]);
  expect([x.posts(), facebook.posts()].map(({ length }) => length)).toEqual([1, 1]);

  // All that stands is known, and comes down.
  await ellen.press('Take it down');
  await ellen.sees(/(?:: (?:Taken down|Deleted) at .*){4}/u);
  expect([x.posts(), facebook.posts()]).toEqual([[], []]);
});

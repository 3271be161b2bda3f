import { expect, test } from 'vitest';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { sentByDesk } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';

/** Cards are drawn so long after one account has answered, at the latest. */
const soon = 2_000;

async function written(council: Council, accounts: string): Promise<void> {
  await sentByDesk(council, 'The gritters are out on the main roads.', { accounts });
}

const approve = async (council: Council) =>
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });

test('an account that is silent keeps no card from saying what came of the others, and that it is on its way', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await written(council, 'news,x-main');
  const pause = council.outside.pause('x-main');
  const coming = approve(council);
  await pause.begun;
  const website = async () => publicationsOf(await council.post(1))['news.0']?.is;
  await expect.poll(website).toBe('published');
  // What is due is begun beside the call that is silent; nobody can wait for all of it to be over.
  const rounds = [council.pass(soon)];
  const shown = () => {
    rounds.push(council.quiet());
    return ellen.card(1).text;
  };
  await expect.poll(shown).toContain('Published on 1 of 2. The rest is on its way');
  expect(ellen.card(1).text).toMatch(/Website\*\*: Published/u);
  expect(ellen.card(1).text).toContain('**X**: On its way');
  expect(ellen.buttons(ellen.card(1))).not.toContain('Edit');
  pause.go();
  await Promise.all([coming, ...rounds]);
  expect(ellen.card(1).text).toMatch(/Published on Tue 24 Nov at 9:\d+am/u);
});

test('accounts that answer together are drawn once; one that waits for a rate window is told with what stands already', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await written(council, 'news,x-main,facebook-main');
  const before = ellen.card(1).versions;
  await approve(council);
  // Approved, then published.
  expect(ellen.card(1).versions - before).toBeLessThanOrEqual(2);
  expect(ellen.card(1).text).toMatch(/Published on Tue 24 Nov at 9:\d+am/u);
  const drawn = ellen.card(1).versions;
  await council.pass(minute);
  expect(ellen.card(1).versions).toBe(drawn);

  await written(council, 'news,x-main,facebook-main');
  const busy = { outcome: 'retry', after: 10 * minute, reason: 'busy' } as const;
  for (let n = 0; n < 3; n += 1) council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await approve(council);
  await council.pass(soon);
  const card = ellen.card(2);
  expect(card.text).toContain('Published on 2 of 3. The rest is on its way');
  expect(card.text).toMatch(/X\*\*: Published/u);
  expect(card.text).toContain('**Facebook**: Did not go through yet');
  // However often it is tried in vain, a phone hears of it once.
  for (let n = 0; n < 15; n += 1) await council.pass(minute);
  expect(council.outside.calls.filter((call) => call === 'publish facebook-main').length).toBeGreaterThan(2);
  expect(ellen.card(2).versions).toBe(card.versions);
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that stands on one account is said to, while somebody still makes it by hand on another', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await written(council, 'facebook-main,nextdoor-sefton');
  await approve(council);
  const where = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/abc' };
  await bethan.press('I have posted it', where, bethan.card(1));
  const [form] = await ellen.say('correct 1');
  const right = { text: 'The gritters are out on all roads.', what: 'It is all of them.' };
  await ellen.press('Ask for this correction', right, form);
  // Somebody has been asked by the time that Facebook takes it.
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: minute, reason: 'busy' });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(ellen.card(1).text).not.toContain('Facebook**: Corrected');
  await council.pass(2 * minute);
  await council.pass(soon);
  expect(ellen.card(1).text).toContain('Facebook**: Corrected');
});

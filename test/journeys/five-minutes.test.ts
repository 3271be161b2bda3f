import { expect, test } from 'vitest';
import { minute, openCouncil } from './council.ts';

const closed =
  'Liverpool Road in Crosby is closed at Moor Lane while we mend a burst main. Please use the A565.';

test('the desk writes for a service, one approver decides, and it is public: two people, five minutes', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  const began = council.now();

  await ellen.say(`propose for Highways: ${closed}`);
  const draft = ellen.card(1);
  expect(draft.text).toContain('#1 · Highways and Transport');
  expect(draft.text).toContain('Draft');
  expect(draft.text).toContain(closed);
  expect(draft.text).toMatch(/X \d+ left/u);
  expect(draft.text).toContain('Next: one of 3 Highways approvers.');

  await council.pass(2 * minute);
  const sent = await ellen.press('Send to Highways approvers');
  expect(sent.text).toContain('Waiting for: Highways approvers');
  expect(sent.text).toContain('Tom Ashcroft, Priya Desai or Gareth Molyneux');
  expect(sent.text).not.toContain('[Approve');

  const asked = tom.card(1);
  expect(asked.text).toContain('#1 for Highways and Transport');
  expect(asked.text).toContain('Please decide by Tue 24 Nov at 11:4');
  expect(asked.text).toContain('Proposed on Tue 24 Nov at 9:');
  expect(asked.text).toContain(closed);

  await council.pass(2 * minute);
  const untouched = await tom.press('Approve: goes out now');
  expect(untouched.text).toContain('Tick the line above the buttons first');
  expect((await council.post(1)).status.is).toBe('in-review');

  await tom.press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.now() - began).toBeLessThanOrEqual(5 * minute);

  for (const account of ['x-main', 'facebook-main']) {
    expect(council.outside.entries(account).map(({ text }) => text)).toEqual([closed]);
  }
  const news = await (await council.get('/news')).text();
  const [, address = ''] = /href="(\/news\/1)"/u.exec(news) ?? [];
  const page = await council.get(address);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(closed);
  for (const feed of ['feed.json', 'atom.xml', 'rss.xml']) {
    expect(await (await council.get(`/news/${feed}`)).text()).toContain('Liverpool Road in Crosby');
  }
  expect(await (await council.get('/embed')).text()).toContain('Liverpool Road in Crosby');

  // Every copy says so now, the author's and those of the approvers who were not needed.
  for (const person of ['ellen-rimmer', 'tom-ashcroft', 'priya-desai', 'gareth-molyneux']) {
    const card = council.as(person).card(1);
    expect(card.text).toContain('Published on Tue 24 Nov at 9:4');
    expect(card.text).not.toContain('[Approve');
  }
  expect(council.as('priya-desai').card(1).versions).toBeGreaterThan(1);
  expect(council.shown('chat-bethan-prys').some(({ text }) => text.includes('#1'))).toBe(false);
  expect((await council.audit()).findings).toEqual([]);
});

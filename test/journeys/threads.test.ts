import { expect, test } from 'vitest';
import { minute, openCouncil, type Council } from './council.ts';

const text = [
  'Liverpool Road in Crosby is closed at Moor Lane until 4pm while we mend a burst main. Please use the A565. Buses 47 and 49 go by Moor Lane until then, and the stop outside the library is out of use all day.',
  'If your home has no water, see https://www.sefton.gov.uk/water and call us. We bring bottles to everybody who cannot fetch them, and we will tell you here when the road is open again.',
].join('\n\n');
const tags = 'utm_medium=social&utm_campaign=winter-roads';

/** The posts on X, the first first, and that each answers the one before. */
function threadOnX({ outside }: Council): readonly string[] {
  const entries = outside.entries('x-main').filter(({ removed }) => !removed);
  for (const [n, entry] of entries.entries()) expect(entry.answers).toBe(entries[n - 1]?.id);
  return entries.map((entry) => entry.text);
}

async function decided(council: Council): Promise<void> {
  const onCampaign = (await council.post(1)).revision.campaign !== '';
  await council.as('ellen-rimmer').press('Send to Highways approvers');
  const next = onCampaign ? 'passes to the Head of Communications' : 'goes out now';
  await council.as('priya-desai').press(`Approve: ${next}`, { confirm: 'true' });
  if (onCampaign) await council.as('claire-whitworth').press('Approve: goes out now', { confirm: 'true' });
}

test('an account’s own text is shown as it goes out, its links tagged for the campaign', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const link = 'https://www.sefton.gov.uk/grit';
  await ellen.say(`propose for Highways: We grit tonight. Where: ${link}`);
  const form = await ellen.press('Edit');
  const accounts = 'news,x-main,facebook-main';
  const own = await ellen.press('Save', { accounts, campaign: 'Winter roads' }, form.card);
  const again = await ellen.press('Edit', {}, own.card);
  const variant = `Gritting tonight: ${link}`;
  const saved = await ellen.press('Save', { accounts, 'variant:x-main': variant }, again.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  const shown = council.as('priya-desai').card(1).text.replaceAll(' ', '');
  expect(shown).toContain(`Grittingtonight:${link}?utm_source=x&${tags}`);
  expect(shown).toContain(`Where:${link}OnX`);
  expect(shown).toContain(`OnFacebookthesameasonthewebsite,withthelink${link}?utm_source=facebook&${tags}`);
});

test('a text too long for X goes out there in posts that answer each other, chosen and seen by its author', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [long] = await ellen.say(`propose for Highways: ${text}`);
  expect(long?.text).toContain('too long for X');
  expect(long?.text).toContain('choose "Post it as a thread" when you edit it');
  expect(long?.text).toMatch(/X \d+ too many/u);

  const form = await ellen.press('Edit');
  expect(form.text).toContain('Post it as a thread on X.');
  const seen = await ellen.press('Save', { text, thread: 'true', campaign: 'Winter roads' }, form.card);
  expect(seen.text).toContain('On X (in 2 posts)');
  expect(seen.text).toContain('1/2 Liverpool Road');
  // The link stands there whole, on as many lines as a phone needs.
  expect(seen.text.replaceAll(' ', '')).toContain(
    `2/2Ifyourhomehasnowater,seehttps://www.sefton.gov.uk/water?utm_source=x&${tags}and`,
  );
  // Whoever approves it sees what goes out: elsewhere with that account's own link.
  expect(seen.text.replaceAll(' ', '')).toContain(
    `OnFacebookthesameasonthewebsite,withthelinkhttps://www.sefton.gov.uk/water?utm_source=facebook&${tags}`,
  );
  expect(seen.text).toContain('Campaign: Winter roads. Links on X and Facebook are tagged with it');
  expect(seen.text).not.toContain('too long');

  await decided(council);
  const thread = threadOnX(council);
  expect(thread).toHaveLength(2);
  const [facebook] = council.outside.standing('facebook-main');
  expect(facebook).toBe(text.replace('/water', `/water?utm_source=facebook&${tags}`));
  const page = await (await council.get('/news')).text();
  expect(page).not.toContain('utm_');
  expect(ellen.card(1).text).toContain('**X, post 2 of 2**: Published');

  // Taken down from its end, so that nobody meets an answer to nothing.
  await ellen.say('remove 1');
  expect(council.outside.standing('x-main')).toEqual([]);
  const onX = council.outside.takenDown.filter((id) => id.startsWith('x-main'));
  expect(onX).toEqual(
    council.outside
      .entries('x-main')
      .map(({ id }) => id)
      .reverse(),
  );
});

test('behind a post that did not arrive the rest of a thread waits; what was refused goes on by one press', async () => {
  await using council = await openCouncil();
  const { outside } = council;
  const ellen = council.as('ellen-rimmer');
  const parts = ['The road is closed.', 'Use the A565.', 'Buses go round.', 'We are sorry.'];
  await ellen.say(`propose for Highways: ${parts.join('\n---\n')}`);
  outside.next('x-main', { way: 'lost' });
  outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'status-403' } });
  await decided(council);
  // Nobody knows whether the first one arrived, so nothing answers it yet.
  expect(outside.entries('x-main')).toHaveLength(1);
  await council.pass(minute);
  expect(threadOnX(council)).toEqual(['1/4 The road is closed.']);
  expect(ellen.card(1).text).toContain('**X, post 2 of 4**: Not published: Crier may not post there');
  expect(ellen.card(1).text).toContain(
    '**X, post 4 of 4**: Not published: the part before it does not stand there',
  );

  expect(ellen.card(1).text).toContain('Published on 2 of 3');

  await ellen.press('Try again');
  expect(threadOnX(council)).toEqual(parts.map((part, n) => `${String(n + 1)}/4 ${part}`));
  expect(outside.standing('facebook-main')).toEqual([parts.join('\n\n')]);
  expect((await council.post(1)).status.is).toBe('published');
});

test('a thread of more posts than the protocol takes is offered to nobody', async () => {
  await using council = await openCouncil({ protocol: (sample) => sample.replace('most: 6', 'most: 2') });
  const ellen = council.as('ellen-rimmer');
  const [long] = await ellen.say(`propose for Highways: ${text}\n\n${text.toUpperCase()}`);
  expect(long?.text).toContain('too long for X');
  expect(long?.text).not.toContain('as a thread');
  const form = await ellen.press('Edit');
  expect(form.text).not.toContain('Post it as a thread');
  // Shorter, it is offered; chosen before, it can be taken back.
  const saved = await ellen.press('Save', { text }, form.card);
  const again = await ellen.press('Edit', {}, saved.card);
  expect(again.text).toContain('Post it as a thread on X.');
  const chosen = await ellen.press('Save', { text: `${text}\n\n${text}`, thread: 'true' }, again.card);
  const last = await ellen.press('Edit', {}, chosen.card);
  expect(last.text).toContain('Post it as a thread on X.');
});

test('no list, search or correction shows the lines by which an author ends the posts of a thread', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const said = ['The road is closed.', 'Use the A565.', 'We are sorry.'];
  const inOne = said.join(' ');
  await ellen.say('use this channel for Communications', { channel: 'desk-channel' });
  await ellen.say(`propose for Highways: ${said.join('\n---\n')}`);
  await decided(council);
  await council.pass(minute);
  const [form] = await ellen.say('correct 1');
  const right = { text: said.join('\n---\n').replace('A565', 'A566'), what: 'It is another road.' };
  await ellen.press('Ask for this correction', right, form);
  const { text: asked } = joseph.card(1);
  expect(asked).toContain('What changes: The road is closed. Use the A565 A566 . We are sorry.');
  expect(asked).not.toContain('---');

  await ellen.say(`propose for Highways: ${said.join('\n---\n')}`);
  await ellen.press('Send to Highways approvers');
  const [all] = await ellen.say('posts');
  expect(all?.text).toContain(inOne);
  expect(all?.text).not.toContain('---');
  await ellen.say('stop everything');
  const stopped = await ellen.press('Yes, stop everything');
  expect(stopped.text).toContain(inOne);
  expect(stopped.text).not.toContain('---');
  const query = { commandId: 'search', parameters: [{ name: 'text', value: 'road' }] };
  const found = await ellen.invoke('composeExtension/query', query);
  expect(found).toContain(inOne);
  expect(found).not.toContain('---');
});

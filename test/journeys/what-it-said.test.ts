import { expect, test } from 'vitest';
import { erase } from '../../src/core/erase.ts';
import { letOutByDesk, passedOn } from './beginnings.ts';
import { agreed, asked } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';

/** Somebody of Highways asks for a correction, and another one agrees. */
async function corrected(council: Council, typed: Readonly<Record<string, string>>): Promise<void> {
  const [form] = await council.as('nadia-hartley').say('correct 1');
  await council.as('nadia-hartley').press('Ask for this correction', typed, form);
  await council.as('priya-desai').press('Agree: correct it now', { confirm: 'true' });
  await council.pass(minute);
}

test('what was taken down says since when it stood where, on its card and in what happened', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await passedOn(council, 'The bench in Formby is mended. Thank you.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(24 * hour);
  await ellen.say('remove 1');
  await council.quiet();
  const card = nadia.card(1).text;
  for (const account of ['Website', 'X', 'Facebook'])
    expect(card).toContain(
      `**${account}**: Taken down on Wed 25 Nov at 9:43am; published on Tue 24 Nov at 9:43am`,
    );
  const [why] = await nadia.say('why 1');
  expect(why?.text).toContain('Published at 9:43am on the website, X and Facebook.');
  expect(why?.text).toContain('Ellen Rimmer took it down on Wed 25 Nov at 9:43am.');
});

test('what it said before each correction is read in Why? by whoever may see it, and goes with an erasure', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await passedOn(council, 'on the website only: The A565 at Formby is shut.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const ainsdale = 'The A565 at Ainsdale is shut.';
  await corrected(council, { text: ainsdale, what: 'It is Ainsdale.', headline: 'A565 shut' });
  await council.pass(hour);
  const birkdale = 'The A565 at Birkdale is shut.';
  await corrected(council, { text: birkdale, headline: 'Road shut', what: 'It is Birkdale.' });
  const said =
    /What it said before Before the correction on Tue 24 Nov at 9:4\dam it said: The A565 at Formby is shut\. Before the correction on Tue 24 Nov at 10:4\dam it said: The A565 at Ainsdale is shut\. Before the correction on Tue 24 Nov at 10:4\dam, the heading: A565 shut/u;
  for (const person of ['nadia-hartley', 'martin-sedgwick'])
    expect((await council.as(person).say('why 1')).at(-1)?.text).toMatch(said);
  // Whoever may not read the post reads nothing of what it said.
  const other = (await council.as('sam-kenrick').say('why 1')).at(-1)?.text;
  expect(other).not.toContain('Formby');

  await ellen.say('remove 1');
  await council.quiet();
  expect((await nadia.say('why 1')).at(-1)?.text).toMatch(said);
  const { executor } = council.app;
  const { id } = await council.post(1);
  const by = { by: 'person', person: 'claire-whitworth' } as const;
  await erase(executor, { kind: 'post', id }, { clause: '7.1', names: ['text'] }, by);
  await council.quiet();
  const left = (await nadia.say('why 1')).at(-1)?.text;
  expect(left).not.toMatch(/at (?:Formby|Ainsdale)/u);
  expect(left).toContain(', the heading: A565 shut');
  expect(left).toContain('its words and what it said before it was corrected');
  const stored = JSON.stringify([await executor.store.get('post', id)]);
  expect(stored).not.toMatch(/at (?:Formby|Ainsdale)/u);
  expect((await council.audit()).findings).toEqual([]);
});

test('what its author wrote before the desk changed it is read in Why? once it is out, also after a correction', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say('propose The first words by Nadia.');
  await nadia.press('Send to Communications');
  const [form] = (await ellen.say('edit 1')).slice(-1);
  await ellen.press('Save and pass on', { text: 'Second words by Ellen.' }, form);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const wrote = 'As Nadia Hartley wrote it: The first words by Nadia.';
  for (const person of [nadia, ellen]) expect((await person.say('why 1')).at(-1)?.text).toContain(wrote);
  // A correction that comes back to them leaves that as it was.
  await corrected(council, { text: 'The first words by Nadia.', what: 'Nadia was right.' });
  const why = (await ellen.say('why 1')).at(-1)?.text;
  expect(why).toContain(wrote);
  expect(why).toMatch(/Before the correction on Tue 24 Nov at 9:4\dam it said: Second words by Ellen\./u);
});

test('the own words of an account that is changed by hand are read in Why? once somebody has changed them there', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const own = 'Dear neighbours, the bridge is shut until Thursday.';
  const filledIn = { accounts: 'news,nextdoor-sefton', 'variant:nextdoor-sefton': own };
  await letOutByDesk(council, 'The bridge is shut until Thursday.', filledIn);
  await council.pass(minute);
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', link, bethan.card(1));
  await asked(council, { text: 'The bridge is shut until Friday.', what: 'We gave the wrong day.' });
  await agreed(council);
  const reads = async () => (await ellen.say('why 1')).at(-1)?.text;
  expect(await reads()).not.toContain(own);
  await bethan.press('I have changed it', {}, bethan.card(1));
  await council.quiet();
  expect(ellen.card(1).text).not.toContain(own);
  expect(await reads()).toContain('it said: The bridge is shut until Thursday.');
  expect(await reads()).toMatch(
    /Before the correction on Tue 24 Nov at 9:4\dam, the text by hand \(Nextdoor Sefton\): Dear neighbours, the bridge is shut until Thursday\./u,
  );
});

test('of long words that were corrected again and again Why? shows what there is room for, and all of it can be read', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const long = (n: number): string =>
    `Version ${String(n)} begins. ${'Please take care on the road by the sea. '.repeat(300)}Version ${String(n)} ends.`;
  await passedOn(council, 'on the website only: The road.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  for (let n = 1; n <= 7; n += 1) {
    await corrected(council, { text: long(n), what: 'It was another one.' });
    await council.pass(hour);
  }
  const [why] = await nadia.say('why 1');
  expect(JSON.stringify(why?.card).length).toBeLessThan(38_000);
  expect(why?.text).toContain('Version 6 begins.');
  expect(why?.text).not.toContain('Version 6 ends.');
  if (why === undefined) throw new Error('no answer');
  let page = await nadia.press('Read all of it', {}, why);
  let read = page.text;
  while (JSON.stringify(page.card).includes('"Next page"')) {
    page = await nadia.press('Next page', {}, { ...why, card: page.card ?? {} });
    read += page.text;
  }
  for (let n = 1; n <= 7; n += 1) expect(read).toContain(`Version ${String(n)} ends.`);
  expect(read).toContain('it said: The road.');
});

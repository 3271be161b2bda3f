import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';

/** Without Priya Desai, who approved for Highways. */
const withoutPriya = (sample: string): string =>
  sample.replace(/^ {2}priya-desai: .*\n/gmu, '').replaceAll(', priya-desai', '');

async function published(council: Council): Promise<void> {
  await passedOn(council, 'Liverpool Road is closed.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.quiet();
}

test('whoever approved a post is still named once they have left, as what they approved under is kept', async () => {
  await using before = await openCouncil();
  await published(before);
  await using council = await before.restart({ protocol: withoutPriya });
  const [shown] = (await council.as('nadia-hartley').say('why 1')).slice(-1);
  expect(shown?.text).toContain('Priya Desai (who has left the protocol) approved it');
  const versions = await council.app.executor.store.scan('protocol', 10);
  expect(versions.items.map(({ id }) => id)).toContain(before.protocol.version);
  expect(versions.items.map(({ id }) => id)).toContain(council.protocol.version);
  expect((await council.audit()).findings).toEqual([]);
});

/** With Noor Khan in Nadia Hartley's place, who proposed for Highways. */
const withoutNadia = (sample: string): string =>
  sample
    .replace(
      /^ {2}nadia-hartley: \{.*\n/mu,
      '  noor-khan: { name: Noor Khan, user-principal-name: n.k@sefton.example }\n',
    )
    .replaceAll('nadia-hartley', 'noor-khan');

test('whoever has left the protocol reads nothing more in their own chat that is not public, nor what was written of it', async () => {
  await using before = await openCouncil();
  const { chat } = before.as('nadia-hartley');
  await before.as('nadia-hartley').say('propose The first words.');
  await before.as('nadia-hartley').press('Send to Communications');
  await before.as('nadia-hartley').say('propose A draft of hers.');
  await using council = await before.restart({ protocol: withoutNadia });
  await council.quiet();
  const cards = () => council.shown(chat).filter(({ text }) => text.startsWith('#'));
  const read = () =>
    cards()
      .map(({ text }) => text)
      .join('\n');
  // Both are drawn so at once, with no button on them.
  expect(cards()).toHaveLength(2);
  expect(read()).not.toMatch(/words|draft of hers|\[/u);

  const ellen = council.as('ellen-rimmer');
  await ellen.press('Send back with a note', { note: 'Nadia never asks.' }, ellen.card(1));
  const [form] = (await ellen.say('edit 1')).slice(-1);
  await ellen.press('Save', { text: 'The new words.' }, form);
  const [other] = (await ellen.say('edit 2')).slice(-1);
  await ellen.press('Save', { text: 'Other words.' }, other);
  await council.pass(minute);
  expect(
    council
      .shown(chat)
      .map(({ text }) => text)
      .join('\n'),
  ).not.toMatch(/words\.|never asks/u);
  expect(read()).not.toContain('[');
  // Nobody writes to her either, as they do to whoever goes on with her post.
  expect(council.shown(chat).some(({ text }) => text.startsWith('#2 ('))).toBe(false);
  // She stays on the record, and what she left goes on elsewhere.
  expect(ellen.card(1).text).toContain('Proposed on Tue 24 Nov at 9:43am by Nadia Hartley (who has left');
  await council.as('noor-khan').say('show 1');
  expect(council.as('noor-khan').card(1).text).toContain('The new words.');

  // Back in the protocol, her cards are hers again.
  await using after = await council.restart({ protocol: (sample) => sample });
  await after.quiet();
  expect(read()).toContain('The new words.');
  expect(read()).toContain('[Edit]');
  expect((await after.audit()).findings).toEqual([]);
});

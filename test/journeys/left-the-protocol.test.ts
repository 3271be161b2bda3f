import { expect, test } from 'vitest';
import { openCouncil, type Council } from './council.ts';

/** Without Priya Desai, who approved for Highways. */
const withoutPriya = (sample: string): string =>
  sample.replace(/^ {2}priya-desai: .*\n/gmu, '').replaceAll(', priya-desai', '');

async function published(council: Council): Promise<void> {
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Liverpool Road is closed.');
  await nadia.press('Send to Communications');
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
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

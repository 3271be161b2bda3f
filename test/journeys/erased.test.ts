import { expect, test } from 'vitest';
import { erase } from '../../src/core/erase.ts';
import type { Actor } from '../../src/core/context.ts';
import { refuseErasure } from '../../src/posts/erasable.ts';
import { hour, openCouncil, type Council } from './council.ts';

const claire: Actor = { by: 'person', person: 'claire-whitworth' };

/** Erases as `npm run erase` does. @returns all that the store keeps of the post and of its record, as one text */
async function erased(council: Council, number: number, names: readonly string[]): Promise<string> {
  const { executor } = council.app;
  const post = await council.post(number);
  const erasure = { clause: '7.1', names };
  expect(refuseErasure(post, erasure, 'claire-whitworth', council.protocol)).toBeUndefined();
  await erase(executor, { kind: 'post', id: post.id }, erasure, claire);
  await council.quiet();
  expect((await council.audit()).findings).toEqual([]);
  const aside = await executor.store.scan('audit-texts', 100);
  return JSON.stringify([await executor.store.get('post', post.id), aside.items]);
}

test('a headline that is erased alone is nowhere any more, nor in what went out with it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { headline: 'Grit for Zanzibar Terrace' }, form.card);
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(hour);
  await ellen.say('remove 1');
  const left = await erased(council, 1, ['headline']);
  expect(left.toLowerCase()).not.toContain('zanzibar');
  expect(left).toContain('The gritters are out');
});

test('words that are erased are not left in a correction of which nothing came', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { accounts: 'x-main' }, form.card);
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(hour);
  const [asking] = await ellen.say('correct 1');
  const text = 'The gritters are out in Zanzibar Terrace.';
  await ellen.press(
    'Ask for this correction',
    { text, what: 'The wrong road.', 'way:x-main': 'again' },
    asking,
  );
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'status-400' } });
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  await council.pass(hour);
  const left = await erased(council, 1, ['text']);
  expect(left).not.toContain('Zanzibar');
  expect(left).not.toContain('gritters');
});

import { expect, test } from 'vitest';
import { openCouncil, type Council } from './council.ts';

const gone =
  'If you had ticked something or begun to write here, it is gone: this card had to show what has changed. Please do it again.';

/** A post of Highways that its three approvers are asked about. */
async function withApprovers(council: Council) {
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: Moor Lane is closed.');
  await ellen.press('Send to Highways approvers');
  return { ellen, tom: council.as('tom-ashcroft'), priya: council.as('priya-desai') };
}

test('a card on which somebody decides stays as it is where they would read the same again, and counts as it is', async () => {
  await using first = await openCouncil();
  const { tom, priya, ellen } = await withApprovers(first);
  const card = priya.card(1);
  await tom.say('away until Friday');
  expect(ellen.card(1).text).toContain('Away');
  expect(priya.card(1).versions).toBe(card.versions);
  // A restart does not forget what stands there.
  await using council = await first.restart();
  await council.as('tom-ashcroft').say('away no');
  expect(council.as('priya-desai').card(1).versions).toBe(card.versions);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' }, card);
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.as('priya-desai').card(1).text).toContain('Published');
  expect((await council.audit()).findings).toEqual([]);
});

test('where what they decide on has changed, the card says that what was begun there is gone', async () => {
  await using council = await openCouncil();
  const { ellen, tom, priya } = await withApprovers(council);
  expect(priya.card(1).text).not.toContain(gone);
  await ellen.say('hold 1');
  for (const each of [tom, priya]) {
    expect(each.card(1).text).toContain('Ellen Rimmer held this');
    expect(each.card(1).text).toContain(gone);
  }
  expect(ellen.card(1).text).not.toContain(gone);
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  expect(tom.card(1).text).toContain('Published');
  expect(tom.card(1).text).not.toContain(gone);
});

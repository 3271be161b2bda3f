import { expect, test } from 'vitest';
import { minute } from './council.ts';
import { openFull } from './full-store.ts';

test('while nothing of a post can be saved, its cards and what is told of it come to nobody again and again', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  const [nadia, ellen] = [open.as('nadia-hartley'), open.as('ellen-rimmer')];
  await nadia.say('propose Moor Lane is closed.');
  // Of what is small there is still room, such as how much a chat was sent.
  let written = 0;
  fills(({ kind }) => kind === 'post' && (written += 1) > 1);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const ofPost = () => open.shown(ellen.chat).filter(({ text }) => text.startsWith('#1 '));
  const [card] = ofPost();
  for (let passed = 0; passed < 10; passed += 1) await open.pass(minute);
  expect(ofPost()).toHaveLength(1);
  hasRoom();
  await open.pass(minute);
  expect(ofPost()).toHaveLength(1);
  // It is the card of that post from then on: what is decided stands on it.
  await ellen.press('Pass on to Highways approvers', {}, card);
  expect(ofPost().map(({ text }) => text)).toEqual([expect.stringContaining('Waiting for: Highways')]);
  expect((await open.audit()).findings).toEqual([]);
});

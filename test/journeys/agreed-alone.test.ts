import { expect, test } from 'vitest';
import { hour, minute, openCouncil, type Council } from './council.ts';

const blocked = { outcome: 'refused', reason: 'account-blocked' } as const;

async function published(council: Council, text: string, accounts: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  const form = await ellen.press('Edit');
  const saved = await ellen.press('Save', { accounts }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
}

async function asked(council: Council, typed: Readonly<Record<string, string>>) {
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  return await council.as('ellen-rimmer').press('Ask for this correction', typed, form);
}

async function agreed(council: Council): Promise<void> {
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
}

async function connected(council: Council, account: string): Promise<void> {
  await council.app.executor.execute({
    command: 'account.was-read',
    id: `account-${account}`,
    params: { account, read: { is: 'connected' } },
    actor: { by: 'crier' },
  });
}

test('words that nobody has agreed to go nowhere, also where an earlier correction waited for the account', async () => {
  await using council = await openCouncil();
  const thread = ['A is shut until Thursday.', 'Use B.', 'We are sorry.'];
  await published(council, thread.join('\n---\n'), 'news,facebook-main,x-main');
  const onFacebook = council.outside.standing('facebook-main');
  const onX = council.outside.standing('x-main');
  council.outside.answer('edit', 'facebook-main', blocked);
  council.outside.answer('remove', 'x-main', blocked);
  const again = { what: 'The wrong day.', 'way:x-main': 'again' };
  await asked(council, { text: thread.join('\n---\n').replace('Thursday', 'Friday'), ...again });
  await agreed(council);
  await asked(council, { text: 'NOT AGREED.', ...again, ends: 'ends' });
  // All of the thread stays, and not its end alone.
  const { status } = await council.post(1);
  const publications = 'publications' in status ? status.publications : {};
  expect(Object.values(publications).map(({ is }) => is)).not.toContain('removing');
  const before = council.outside.calls.length;
  for (const account of ['facebook-main', 'x-main']) await connected(council, account);
  for (let n = 0; n < 4; n += 1) await council.pass(20 * minute);
  expect(council.outside.calls.slice(before)).toEqual([]);
  expect(council.outside.standing('facebook-main')).toEqual(onFacebook);
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Leave it as it is', { note: 'No, this is wrong.' }, joseph.card(1));
  await council.pass(hour);
  expect(council.outside.standing('facebook-main')).toEqual(onFacebook);
  expect(council.outside.standing('x-main')).toEqual(onX);
  expect((await council.audit()).findings).toEqual([]);
});

test('what was agreed to and waits for accounts is not given up by asking for another one, but by a plain choice', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'A is shut until Thursday.', 'news,facebook-main,x-main');
  council.outside.answer('edit', 'facebook-main', blocked);
  council.outside.answer('remove', 'x-main', blocked);
  const again = { what: 'The wrong day.', 'way:x-main': 'again' };
  await asked(council, { text: 'A is shut until Friday.', ...again });
  await agreed(council);
  const saturday = { text: 'A is shut until Saturday.', ...again };
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain(
    'If it ends and nobody agrees to the new one, what stands there stays as it is.',
  );
  const label =
    'A correction that Joseph Adeyemi agreed to waits for X and Facebook to be connected again. Does it end there?';
  expect(JSON.stringify(form?.card)).toContain(label);
  const pressed = await ellen.press('Ask for this correction', saturday, form);
  expect(pressed.text).toContain(
    'Nothing was asked for yet: it would end the correction that Joseph Adeyemi agreed to and that waits for X and Facebook.',
  );
  // What was typed stands there still.
  expect(JSON.stringify(pressed.card)).toContain('"value":"A is shut until Saturday."');
  expect(JSON.stringify(pressed.card)).toContain(label);
  for (const account of ['facebook-main', 'x-main']) await connected(council, account);
  await council.pass(minute);
  for (const account of ['facebook-main', 'x-main'])
    expect(council.outside.standing(account)).toEqual(['A is shut until Friday.']);
  expect((await council.audit()).findings).toEqual([]);
});

/** Joseph Adeyemi is not of the desk any more. */
const withoutJoseph = (sample: string): string =>
  sample.replaceAll('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer, helena-strand]');

test('whoever agreed to a correction may not any more: nothing is changed or deleted by that before the desk has said so', async () => {
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  for (const says of ['Let it go out', 'Ask for approval again']) {
    const before = await openCouncil();
    await published(before, 'A is shut until Thursday.', 'news,facebook-main,x-main');
    before.outside.answer('edit', 'facebook-main', busy);
    before.outside.answer('remove', 'x-main', busy);
    await asked(before, { text: 'A is shut until Friday.', what: 'The wrong day.', 'way:x-main': 'again' });
    await agreed(before);
    await using council = await before.restart({ protocol: withoutJoseph });
    const calls = council.outside.calls.length;
    for (let n = 0; n < 4; n += 1) await council.pass(hour / 2);
    expect(council.outside.calls.slice(calls)).toEqual([]);
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    const [helena, tells] = [council.as('helena-strand'), 'Joseph Adeyemi agreed to it and may not agree'];
    const [shown] = await helena.say('show 1');
    for (const card of [shown, ellen.card(1)]) expect(card?.text).toContain(tells);
    if (says === 'Let it go out') await helena.press(says, {}, shown);
    else {
      await ellen.press(says, {}, ellen.card(1));
      await council.pass(hour);
      expect(council.outside.calls.slice(calls)).toEqual([]);
      await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
    }
    await council.pass(minute);
    for (const account of ['facebook-main', 'x-main'])
      expect(council.outside.standing(account)).toEqual(['A is shut until Friday.']);
    expect(ellen.card(1).text).not.toContain(tells);
    expect((await council.post(1)).corrected).toHaveLength(1);
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('the first of two who agree to a correction has left when the second agrees: the desk is asked before anything is done', async () => {
  const before = await openCouncil();
  await published(before, 'A is shut.', 'news,facebook-main,x-main');
  await asked(before, {
    text: 'A is shut until Friday.',
    what: 'We were lied to by Dean Hargreaves of Acme Trees, a crook.',
    'way:x-main': 'again',
  });
  await agreed(before);
  await using council = await before.restart({ protocol: withoutJoseph });
  const calls = council.outside.calls.length;
  const martin = council.as('martin-sedgwick');
  await martin.press('Agree: correct it now', { confirm: 'true' }, (await martin.say('show 1')).at(-1));
  await council.pass(hour);
  expect(council.outside.calls.slice(calls)).toEqual([]);
  const helena = council.as('helena-strand');
  await helena.press('Let it go out', {}, (await helena.say('show 1')).at(-1));
  await council.pass(minute);
  for (const account of ['facebook-main', 'x-main'])
    expect(council.outside.standing(account)).toEqual(['A is shut until Friday.']);
  expect((await council.audit()).findings).toEqual([]);
});

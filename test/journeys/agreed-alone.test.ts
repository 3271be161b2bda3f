import sharp from 'sharp';
import { expect, test } from 'vitest';
import { hour, minute, openCouncil } from './council.ts';
import { agreed, asked, connected, published } from './corrections.ts';
import { filesInTeams } from './files-in-teams.ts';

const blocked = { outcome: 'refused', reason: 'account-blocked' } as const;

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
  expect((await martin.say('show 1')).at(-1)?.text).toContain(
    'agreed to it and may not agree to such corrections any more, so Communications is asked before it is made.',
  );
  await martin.press(
    'Agree: then Communications is asked',
    { confirm: 'true' },
    (await martin.say('show 1')).at(-1),
  );
  await council.pass(hour);
  expect(council.outside.calls.slice(calls)).toEqual([]);
  const helena = council.as('helena-strand');
  await helena.press('Let it go out', {}, (await helena.say('show 1')).at(-1));
  await council.pass(minute);
  for (const account of ['facebook-main', 'x-main'])
    expect(council.outside.standing(account)).toEqual(['A is shut until Friday.']);
  expect((await council.audit()).findings).toEqual([]);
});

const at = (iso: string): number => Date.parse(iso);

test('the rest of a correction is judged by its own words and their day, also once the correction is over', async () => {
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  const shut = 'The A59 is shut.\n---\nUse the A565.';
  const tomorrow = { text: 'The A59 is shut.\n---\nIt opens again tomorrow.', what: 'We left that out.' };
  for (const how of ['by itself', 'held'] as const) {
    await using council = await openCouncil({ at: at('2026-11-24T23:20:00Z') });
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await published(council, shut, 'news,x-main');
    await asked(council, tomorrow);
    council.outside.next('x-main', { way: 'through' });
    council.outside.next('x-main', { way: 'answer', outcome: busy });
    await agreed(council);
    const stands = council.outside.standing('x-main');
    expect(stands).toHaveLength(3);
    if (how === 'held') {
      await ellen.say('hold 1');
      expect(priya.buttons(priya.card(1))).toContain('Release: goes out now');
    }
    await council.until(at('2026-11-25T08:00:00Z'));
    if (how === 'held') {
      const [shown] = await priya.say('show 1');
      expect(priya.buttons(shown)).not.toContain('Release: goes out now');
    }
    expect(council.outside.standing('x-main')).toEqual(stands);
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('a reply that was refused is not tried again in words that mean another day by then', async () => {
  for (const isAskedAgain of [false, true]) {
    await using council = await openCouncil({ at: at('2026-11-24T15:00:00Z') });
    const ellen = council.as('ellen-rimmer');
    await published(council, 'The A59 is shut.', 'news,x-main');
    await asked(council, { text: 'The A59 opens again tomorrow.', what: 'We left that out.' });
    council.outside.next('x-main', {
      way: 'answer',
      outcome: { outcome: 'refused', reason: 'no-permission' },
    });
    await agreed(council);
    expect(ellen.buttons(ellen.card(1))).toContain('Try again');
    if (isAskedAgain) {
      await asked(council, { text: 'The A59 opens again tomorrow at 9.', what: 'We left that out.' });
      await ellen.press('Take this request back', {}, ellen.card(1));
    }
    await council.until(at('2026-11-25T09:00:00Z'));
    const [shown] = await ellen.say('show 1');
    if (ellen.buttons(shown).includes('Try again')) await ellen.press('Try again', {}, shown);
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toEqual(['The A59 is shut.']);
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('the rest of a reply goes out that names no day, though what it answers does', async () => {
  await using council = await openCouncil({ at: at('2026-11-24T23:20:00Z') });
  await published(council, 'The A59 is shut tomorrow.\n---\nUse the A565.', 'news,x-main');
  await asked(council, { text: 'The A59 is shut on Wednesday.\n---\nUse the A566.', what: 'Another road.' });
  council.outside.next('x-main', { way: 'through' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: hour, reason: 'busy' },
  });
  await agreed(council);
  await council.pass(2 * hour);
  expect(council.outside.standing('x-main')).toHaveLength(4);
});

test('a thread that is deleted to be posted again is posted whole, also where the account is of another department by now', async () => {
  const before = await openCouncil();
  await published(before, 'The road is closed.\n---\nUse the A565.\n---\nWe are sorry.', 'news,x-main');
  const protocol = (sample: string) =>
    sample.replace(
      '    purpose: Short news and warnings.\n    by-default: true\n',
      '    purpose: Short news and warnings.\n    departments: [leisure]\n',
    );
  await using council = await before.restart({ protocol });
  const text = 'The road is closed.\n---\nUse the A566.\n---\nWe are sorry.';
  await asked(council, { text, what: 'Another road.', 'way:x-main': 'again' });
  await agreed(council);
  await council.pass(5 * minute);
  expect(council.outside.standing('x-main')).toEqual([
    '1/3 The road is closed.',
    '2/3 Use the A566.',
    '3/3 We are sorry.',
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a picture that stands in public stops no correction, and no card says that it does', async () => {
  const before = await openCouncil({ protocol: (sample) => sample.replace(/^ {2}DAT-6:.*\n/mu, '') });
  const drawn = sharp({ create: { width: 900, height: 900, channels: 3, background: '#446688' } });
  const writer = before.as('ellen-rimmer');
  {
    await using teams = await filesInTeams(before, { 'road.png': await drawn.png().toBuffer() });
    await teams.send(writer, 'road.png', 'propose for Highways: The road is closed.\n---\nUse the A565.');
    const form = await writer.press('Edit', {}, writer.card(1));
    const answers = { accounts: 'news,x-main', 'alt:0': 'A road with a barrier', 'seen:0': 'nobody' };
    const saved = await writer.press('Save', answers, form.card);
    await writer.press('Send to Highways approvers', {}, saved.card);
    const priya = before.as('priya-desai');
    await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
    await before.pass(minute);
  }
  await using council = await before.restart({ protocol: (sample) => sample });
  const text = 'The road is closed.\n---\nUse the A566.';
  await asked(council, { text, what: 'Another road.', 'way:x-main': 'again' });
  const [shown] = await council.as('joseph-adeyemi').say('show 1');
  expect(shown?.text).not.toContain('✖');
  for (const person of ['joseph-adeyemi', 'martin-sedgwick']) {
    const [card] = await council.as(person).say('show 1');
    const title = council
      .as(person)
      .buttons(card)
      .find((each) => each.startsWith('Agree'));
    if (title !== undefined) await council.as(person).press(title, { confirm: 'true' }, card);
  }
  await council.pass(5 * minute);
  expect(council.outside.standing('x-main')).toEqual(['1/2 The road is closed.', '2/2 Use the A566.']);
});

import { expect, test } from 'vitest';
import { firstIsHeld, leftWhileHeld, letOutByDesk } from './beginnings.ts';
import { inputsIn } from './card.ts';
import { asked, published } from './corrections.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';

async function approved(council: Council): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
}

for (const [title, inputs, stands, ends] of [
  ['Yes, it is there', { 'link:x-main.0': 'https://x.example/1' }, 1, 'published'],
  ['No, post it now', {}, 2, 'published'],
  ['No, do not post', {}, 1, 'partly-published'],
] as const) {
  test(`nobody could tell whether it arrived, and looking is impossible: the desk says "${title}"`, async () => {
    await using council = await openCouncil();
    const joseph = council.as('joseph-adeyemi');
    council.outside.blind('x-main');
    council.outside.next('x-main', { way: 'lost' });
    await approved(council);
    await council.pass(hour);
    const question = joseph.card(1);
    expect(question.text).toContain('we could not tell whether it arrived.');
    expect(question.text).toContain('https://x-main.example/');
    const waits = async () => (await joseph.say('waiting')).at(-1)?.text;
    expect(await waits()).toContain('#1');
    // It is asked of the desk, not done again by itself.
    await council.pass(day);
    expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);

    if (title === 'Yes, it is there') {
      const linkless = await joseph.press(title, {}, question);
      expect(linkless.text).toContain('Give the address of the post');
    }
    const no = await council.as('priya-desai').press(title, inputs, question);
    expect(no.text).toContain('Only Communications can');
    await joseph.press(title, inputs, question);
    expect((await council.post(1)).status.is).toBe(ends);
    expect(await waits()).toContain('Nothing waits for you');
    expect(council.outside.entries('x-main')).toHaveLength(stands);
    expect(council.outside.entries('facebook-main')).toHaveLength(1);
    const twice = await joseph.press(title, inputs, question);
    expect(twice.text).not.toContain('Is it there?');
    expect(council.outside.entries('x-main')).toHaveLength(stands);
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('who says where one of them stands loses no address that they typed for another', async () => {
  await using council = await openCouncil();
  const joseph = council.as('joseph-adeyemi');
  for (const account of ['x-main', 'facebook-main']) {
    council.outside.blind(account);
    council.outside.next(account, { way: 'lost' });
  }
  await approved(council);
  await council.pass(hour);
  const typed = {
    'link:x-main.0': 'https://x.example/1',
    'link:facebook-main.0': 'https://facebook.example/1',
  };
  const said = await joseph.press('Yes, it is there', typed, joseph.card(1));
  expect((await council.post(1)).status).toMatchObject({ publications: { 'x-main.0': { is: 'published' } } });
  expect(inputsIn(said.card ?? {})).toMatchObject({ 'link:facebook-main.0': 'https://facebook.example/1' });
  expect(said.text).not.toContain('has not been kept');
});

test('taken down while nobody can tell of one account: it is asked after, and never offered to be posted', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'lost' });
  await approved(council);
  await council.pass(hour);
  expect(ellen.buttons(ellen.card(1))).toContain('No, post it now');
  await ellen.say('remove 1');
  expect(ellen.buttons(ellen.card(1))).not.toContain('No, post it now');
  await ellen.press('Yes, it is there', { 'link:x-main.0': 'https://x.example/1' }, ellen.card(1));
  expect((await council.post(1)).status).toMatchObject({
    is: 'taken-down',
    publications: { 'x-main.0': { is: 'removed' } },
  });
});

test('held while nobody can tell of one account: the question stands on the card, and nothing is posted by it', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'nothing' });
  // Something has to be left to be held.
  council.outside.next('facebook-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: day, reason: 'upload-goes-on' },
  });
  await approved(council);
  await joseph.press('Yes, stop everything', {}, (await joseph.say('stop everything')).at(-1));
  await council.pass(hour);
  expect((await council.post(1)).status.is).toBe('held');
  const card = ellen.card(1);
  expect(card.text).toContain('X: we could not tell whether it arrived.');
  expect(ellen.buttons(card)).toEqual(expect.arrayContaining(['Yes, it is there', 'No, do not post']));
  expect(ellen.buttons(card)).not.toContain('No, post it now');
  await ellen.press('No, do not post', {}, card);
  expect(ellen.card(1).text).not.toContain('Is it there?');
  expect(ellen.card(1).text).toContain(
    '**X**: Nobody could tell whether it arrived, and it is not posted again',
  );
  expect(council.outside.entries('x-main')).toEqual([]);
  expect((await council.post(1)).status.is).toBe('held');
});

for (const [title, only] of [
  ['where another account has it', ''],
  ['where it goes nowhere else', 'x-main'],
] as const) {
  test(`nothing more of it is to be published, and a look finds that it never arrived, ${title}: it is not sent again`, async () => {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    council.outside.next('x-main', { way: 'nothing' });
    await letOutByDesk(council, 'The bridge is shut.', only === '' ? {} : { accounts: only });
    await council.pass(8_000);
    await ellen.say('hold 1');
    await priya.press('Do not publish the rest', { note: 'It is open.' }, priya.card(1));
    await council.pass(hour);
    expect(council.outside.standing('x-main')).toEqual([]);
    expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);
    const card = ellen.card(1);
    for (const button of ['Try again', 'No, post it now', 'Send']) expect(card.text).not.toContain(button);
    expect((await council.post(1)).status).toMatchObject(
      only === ''
        ? { is: 'partly-published', publications: { 'x-main.0': { is: 'stopped', forGood: true } } }
        : { is: 'not-to-be-published', by: 'priya-desai', note: 'It is open.' },
    );
    expect(card.text).toContain(only === '' ? 'nothing more of it is published' : 'It is open.');
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('nothing more of it is to be published, and nobody can tell whether it arrived: nothing offers to post it', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'nothing' });
  council.outside.next('facebook-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: day, reason: 'upload-goes-on' },
  });
  await approved(council);
  await council.pass(hour);
  const before = ellen.card(1);
  expect(ellen.buttons(before)).toContain('No, post it now');
  await ellen.say('hold 1');
  await priya.press('Do not publish the rest', { note: 'It is open.' }, priya.card(1));
  const buttons = ellen.buttons(ellen.card(1));
  expect(buttons).toEqual(expect.arrayContaining(['Yes, it is there', 'No, do not post']));
  expect(buttons).not.toContain('No, post it now');
  // Nor does a card of before.
  const late = await ellen.press('No, post it now', {}, before);
  expect(late.text).toContain('**X**: Did not go out');
  await council.pass(hour);
  expect(council.outside.entries('x-main')).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

for (const outcome of [
  { outcome: 'retry', after: 10 * minute, reason: 'busy' },
  { outcome: 'refused', reason: 'not-allowed' },
] as const) {
  test(`nothing more is to be made of its correction, and the reply that was leaving is answered "${outcome.reason}": it is not posted, nor offered`, async () => {
    await using council = await openCouncil();
    const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
    await published(council, 'The bridge is shut.', 'facebook-main,x-main');
    council.outside.answer('edit', 'facebook-main', {
      outcome: 'retry',
      after: 10 * minute,
      reason: 'busy',
    });
    council.outside.next('x-main', { way: 'answer', outcome });
    const pause = council.outside.pause('x-main');
    await asked(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'reply' });
    const agreeing = joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
    await pause.begun;
    const holding = ellen.say('hold 1');
    await firstIsHeld(council);
    await leftWhileHeld(council, 'It shuts again.');
    pause.go();
    await Promise.all([agreeing, holding]);
    await council.pass(hour);
    expect(council.outside.standing('x-main')).toEqual(['The bridge is shut.']);
    expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
    expect((await council.post(1)).status).toMatchObject({
      publications: { 'x-main.c3': { is: 'stopped', forGood: true } },
    });
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('where it can be looked up, nobody is asked: found it stands, absent it goes again, each once', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  council.outside.next('facebook-main', { way: 'nothing' });
  await approved(council);
  for (let n = 0; n < 20; n += 1) await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.outside.entries('x-main')).toHaveLength(1);
  expect(council.outside.entries('facebook-main')).toHaveLength(1);
  expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);
  expect(council.outside.calls.filter((call) => call === 'publish facebook-main')).toHaveLength(2);
});

test('one account refuses it: published on the others, and only what failed is tried again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'not-allowed' } });
  await approved(council);
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect(ellen.card(1).text).toContain('Published on 2 of 3');
  expect(ellen.card(1).text).toContain('**X**: Not published');
  expect(council.as('joseph-adeyemi').card(1).text).toContain('Published on 2 of 3');
  expect(council.as('priya-desai').buttons(council.as('priya-desai').card(1))).not.toContain('Try again');

  await ellen.press('Try again', {}, ellen.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  expect(council.outside.entries('x-main')).toHaveLength(1);
  expect(council.outside.entries('facebook-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('one account refuses it while another waits for long: it is tried again meanwhile, and the other goes on waiting', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'not-allowed' } });
  council.outside.next('facebook-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 10 * minute, reason: 'busy' },
  });
  await approved(council);
  expect((await council.post(1)).status.is).toBe('publishing');
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.entries('x-main')).toHaveLength(1);
  expect(council.outside.entries('facebook-main')).toEqual([]);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  await council.pass(11 * minute);
  expect((await council.post(1)).status.is).toBe('published');
  // The one that came later is told with its own time.
  expect((await ellen.say('why 1')).at(-1)?.text).toMatch(
    /Published at \S+ on the website\. Not posted at \S+ on X\. Ellen Rimmer tried it again on X at \S+\. Published at \S+ on X\. Published at \S+ on Facebook\./u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('an account that is busy is asked again after as long as it said, and not before', async () => {
  await using council = await openCouncil();
  const busy = { way: 'answer', outcome: { outcome: 'retry', after: 10 * minute, reason: 'busy' } } as const;
  council.outside.next('x-main', busy);
  await approved(council);
  const calls = () => council.outside.calls.filter((call) => call === 'publish x-main').length;
  expect(calls()).toBe(1);
  await council.pass(9 * minute);
  expect(calls()).toBe(1);
  for (let n = 0; n < 8; n += 1) await council.pass(minute);
  expect(calls()).toBe(2);
  expect((await council.post(1)).status.is).toBe('published');
});

test('what holds up one post alone does not hold up the others on its account', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const slow = {
    way: 'answer',
    outcome: { outcome: 'retry', after: 10 * minute, reason: 'upload-goes-on' },
  } as const;
  council.outside.next('x-main', slow);
  await approved(council);
  expect(council.outside.standing('x-main')).toEqual([]);
  await ellen.say('propose for Highways: The road is open again.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(2));
  expect(council.outside.standing('x-main')).toEqual(['The road is open again.']);
  for (let n = 0; n < 17; n += 1) await council.pass(minute);
  expect(council.outside.standing('x-main')).toContain('The gritters are out on the main roads.');
});

test('a post of the first attempt that shows up after the second was lost is found, and nothing is sent a third time', async () => {
  const sent: number[] = [];
  const looks: number[] = [];
  let late = false;
  await using council = await openCouncil({
    networkOf: ({ network }) => ({
      name: network,
      canLookUp: true,
      publish: async () => {
        sent.push(council.now());
        return await Promise.resolve({ outcome: 'unknown', reason: 'no-clear-answer' });
      },
      find: async (_part, _key, since) => {
        looks.push(since);
        const there = late && since <= (sent[0] ?? 0);
        return await Promise.resolve(
          there
            ? { found: true, remotes: [{ remoteId: '1', url: 'https://x.example/1' }] }
            : { found: false },
        );
      },
      remove: async (remote) => await Promise.resolve({ outcome: 'published', remote }),
      stands: async () => await Promise.resolve('there'),
    }),
  });
  await letOutByDesk(council, 'The gritters are out on the main roads.', { accounts: 'x-main' });
  for (let n = 0; n < 20 && sent.length < 2; n += 1) await council.pass(minute / 2);
  late = true;
  for (let n = 0; n < 20; n += 1) await council.pass(minute / 2);
  expect(sent).toHaveLength(2);
  expect((await council.post(1)).status.is).toBe('published');
  expect(new Set(looks)).toEqual(new Set([looks[0]]));
});

test('lost without a trace three times, the desk is asked instead of sending it for ever', async () => {
  await using council = await openCouncil();
  const nothing = { way: 'nothing' } as const;
  for (let n = 0; n < 5; n += 1) council.outside.next('x-main', nothing);
  await approved(council);
  for (let n = 0; n < 120; n += 1) await council.pass(minute / 2);
  expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(3);
  expect(council.as('joseph-adeyemi').card(1).text).toContain('we could not tell whether it arrived.');
});

test('a second start on the same data: nothing goes out twice, and waiting timers still come', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await approved(council);
  await ellen.say('propose for Highways: The road is open again.');
  await ellen.say('schedule 2 today 2pm');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await council
    .as('priya-desai')
    .press('Approve: goes out on Tue 24 Nov at 2pm', { confirm: 'true' }, council.as('priya-desai').card(2));
  const sent = council.connector.taken.length;
  await using second = await council.restart();
  await second.quiet();
  expect(second.outside.entries('x-main')).toHaveLength(1);
  expect(second.connector.taken).toHaveLength(sent);
  await second.until(Date.UTC(2026, 10, 24, 14, 0));
  expect(second.outside.standing('x-main')).toEqual([
    'The gritters are out on the main roads.',
    'The road is open again.',
  ]);
  expect(second.as('ellen-rimmer').card(2).text).toContain('Published on Tue 24 Nov at 2pm');
  expect((await second.audit()).findings).toEqual([]);
});

test('lost again after "No, post it now": the same officer answers the second question as well', async () => {
  await using council = await openCouncil();
  const joseph = council.as('joseph-adeyemi');
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'lost' });
  council.outside.next('x-main', { way: 'lost' });
  await approved(council);
  await council.pass(hour);
  const first = joseph.card(1);
  await joseph.press('No, post it now', {}, first);
  // The same press, told once more, posts nothing again.
  await joseph.press('No, post it now', {}, first);
  await council.pass(hour);
  expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(2);
  const again = joseph.card(1);
  expect(again.text).toContain('could not tell whether it arrived');
  await joseph.press('Yes, it is there', { 'link:x-main.0': 'https://x.example/1' }, again);
  expect((await council.post(1)).status).toMatchObject({
    is: 'published',
    publications: { 'x-main.0': { is: 'published' } },
  });
});

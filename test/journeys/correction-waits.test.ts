import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, connected, published } from './corrections.ts';

const blocked = { outcome: 'refused', reason: 'account-blocked' } as const;

async function corrected(council: Council, typed: Readonly<Record<string, string>>): Promise<void> {
  await asked(council, typed);
  await agreed(council);
}

async function xConnected(council: Council): Promise<void> {
  await connected(council, 'x-main');
  await council.pass(hour);
}

test('a reply that waits until its account is connected says so, and other words can be asked for in its place', async () => {
  for (const then of ['connected', 'corrected', 'taken back']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, 'The bridge is shut.', 'news,x-main');
    council.outside.next('x-main', { way: 'answer', outcome: blocked });
    await corrected(council, { text: 'The bridge is open.', what: 'Wrong.' });
    const card = ellen.card(1);
    expect(card.text).toContain('X, correction**: Waits until the account is connected again');
    expect(card.text).not.toContain('It is on its way');
    expect(ellen.buttons(card)).toContain('Correct');
    if (then === 'corrected')
      await corrected(council, { text: 'Half the bridge is open.', what: 'Not all.' });
    if (then === 'taken back') {
      // What was agreed to goes on waiting, and is said to.
      const [form] = await ellen.say('correct 1');
      const asked = { text: 'Half the bridge is open.', what: 'Not all.' };
      const { card: own } = await ellen.press('Ask for this correction', asked, form);
      const back = await ellen.press('Take this request back', {}, own);
      expect(back.text).toContain('X**: It is not corrected yet: ');
      expect(back.text).not.toContain('could not be corrected');
    }
    await xConnected(council);
    expect(council.outside.standing('x-main')).toEqual([
      'The bridge is shut.',
      then === 'corrected'
        ? 'Correction: Not all.\n\nHalf the bridge is open.'
        : 'Correction: Wrong.\n\nThe bridge is open.',
    ]);
    expect(ellen.card(1).text).not.toContain('is not corrected yet');
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('while a reply is on its way to a post, nobody hears of a thread that the post is not', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'The bridge is shut.', 'news,x-main');
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 2 * hour, reason: 'busy' },
  });
  await corrected(council, { text: 'The bridge is open.', what: 'Wrong.' });
  const [answer] = await ellen.say('correct 1');
  expect(answer?.text).toContain('The correction by Ellen Rimmer is not made everywhere yet.');
  expect(answer?.text).not.toContain('thread');
});

test('a correction that is held while it waits for its account is made once somebody lets it go on, and every card says that', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, 'The bridge is shut.', 'news,x-main');
  council.outside.answer('remove', 'x-main', blocked);
  await corrected(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
  await ellen.say('hold 1');
  await council.pass(minute);
  for (const { text } of [ellen.card(1), priya.card(1)]) {
    expect(text).toContain(
      'It still says what it said, and is corrected once the account is connected again and somebody has let its correction go on.',
    );
    expect(text).not.toContain('by itself once');
  }
  await xConnected(council);
  expect(council.outside.standing('x-main')).toEqual(['The bridge is shut.']);
  // The account is well by now: what is left is that it is held.
  for (const { text } of [ellen.card(1), priya.card(1)]) {
    expect(text).not.toContain('does not let Crier into');
    expect(text).toContain('X**: Still there, until somebody decides that the corrected one goes out');
  }
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(['The bridge is open.']);
});

test('the rest of a reply is held once the correction stands: whoever lets it go on reads its words before', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await published(council, 'The bridge is shut.\n---\nUse the A565.', 'news,x-main');
  council.outside.next('x-main', { way: 'through' });
  const busy = { outcome: 'retry', after: 2 * hour, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await corrected(council, { text: 'The bridge is shut.\n---\nUse the A59.', what: 'Wrong.' });
  await ellen.say('hold 1');
  await council.pass(minute);
  const held = priya.card(1);
  expect(held.text).toContain('Not out yet, in reply to it on X 2/2 Use the A59.');
  await priya.press('Release: goes out now', { confirm: 'true' }, held);
  await council.pass(3 * hour);
  expect(council.outside.standing('x-main').at(-1)).toBe('2/2 Use the A59.');
  expect(ellen.card(1).text).not.toContain('Not out yet');
});

test('the number of a post in a thread is no house number: the rest of a reply that begins with a road goes out', async () => {
  await using council = await openCouncil();
  await published(council, 'The bridge is shut.\n---\nUse the A565.', 'news,x-main');
  council.outside.next('x-main', { way: 'through' });
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await corrected(council, {
    text: 'The bridge is shut.\n---\nMoor Lane in Crosby is open.',
    what: 'Wrong.',
  });
  await council.pass(2 * hour);
  expect(council.outside.standing('x-main').at(-1)).toBe('2/2 Moor Lane in Crosby is open.');
});

/** Protocol text in which these accounts are no more. */
const without =
  (...accounts: readonly string[]) =>
  (protocol: string): string =>
    accounts.reduce(
      (text, account) =>
        text
          .replace(new RegExp(`  ${account}:\\n(?:    .*\\n)+`, 'u'), '')
          .replace(new RegExp(`^.*${account}.*\\n`, 'gmu'), ''),
      protocol,
    );

// Where the protocol says on which accounts a department may speak, what leaves is stopped by that before.
for (const reason of ['rule-stops', 'account-gone'])
  test(`an account that refused Crier leaves the protocol: what waited for it is waited for no more, and says why (${reason})`, async () => {
    const placed = (protocol: string): string =>
      reason === 'rule-stops' ? protocol : protocol.replace(/^  GOV-1: .*\n/mu, '');
    await using council = await openCouncil({ protocol: placed });
    council.outside.next('bluesky-main', { way: 'answer', outcome: blocked });
    await published(council, 'The bridge is shut.', 'news,x-main,facebook-main,bluesky-main');
    council.outside.answer('edit', 'facebook-main', blocked);
    council.outside.answer('remove', 'x-main', blocked);
    await corrected(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
    const gone = without('facebook-main', 'x-main', 'bluesky-main');
    await using later = await council.restart({ protocol: (text) => gone(placed(text)) });
    await later.pass(hour);
    const { text } = later.as('ellen-rimmer').card(1);
    expect(text).not.toContain('connected again');
    for (const network of ['Facebook', 'X'])
      expect(text).toMatch(
        new RegExp(
          `${network}[^.:]*: It could not be corrected: the account is not in the protocol any more\\. It still`,
        ),
      );
    expect(await later.post(1)).toMatchObject({
      status: { publications: { 'bluesky-main.0': { is: 'failed', reason } } },
      corrected: [{}],
    });
    expect((await later.audit()).findings).toEqual([]);
  });

test('nobody knows whether it arrived on an account that refused Crier and leaves the protocol: somebody is asked', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  await letOutByDesk(council, 'The bridge is shut.', { accounts: 'news,x-main' });
  const params = { account: 'x-main', reason: 'account-blocked' };
  const actor = { by: 'crier' } as const;
  await council.app.executor.execute({ command: 'account.block', id: 'account-x-main', params, actor });
  await using later = await council.restart({ protocol: without('x-main') });
  await later.pass(hour);
  expect(await later.post(1)).toMatchObject({
    status: { publications: { 'x-main.0': { is: 'unknown', asked: true } } },
  });
});

/** What is said to somebody that a correction came to nothing somewhere, after it was said to be made by itself. */
const saidOfX = (council: Council, person: string): readonly string[] =>
  council
    .shown(council.as(person).chat)
    .map(({ text }) => text)
    .filter((text) => text.startsWith('#1 (Highways): X '));

for (const why of ['a rule', 'the protocol'])
  test(`a correction that waits for its account ends by ${why}: whoever heard that it is made by itself hears that it is not`, async () => {
    await using council = await openCouncil();
    await published(council, 'The A59 is shut tomorrow from 9am.', 'news,x-main');
    council.outside.answer('remove', 'x-main', blocked);
    const right = { text: 'The A59 is shut tomorrow from 10am.', what: 'Wrong time.', 'way:x-main': 'again' };
    await corrected(council, right);
    const people = ['ellen-rimmer', 'joseph-adeyemi'];
    for (const person of people)
      expect(saidOfX(council, person)).toEqual([expect.stringContaining('is corrected by itself once')]);
    const later = why === 'a rule' ? council : await council.restart({ protocol: without('x-main') });
    await later.pass(24 * hour);
    for (const person of people)
      expect(saidOfX(later, person)).toEqual([
        expect.stringContaining('is corrected by itself once'),
        expect.stringContaining('could not be corrected'),
      ]);
    await xConnected(later);
    expect(later.outside.standing('x-main')).toEqual(['The A59 is shut tomorrow from 9am.']);
    for (const person of people) expect(saidOfX(later, person)).toHaveLength(2);
    await later.close();
  });

test('whoever agreed to a correction leaves while it waits: every card says that it waits for the desk, and nothing says that it is being made', async () => {
  await using council = await openCouncil();
  await published(council, 'The bridge is shut.', 'news,x-main,facebook-main');
  council.outside.answer('edit', 'facebook-main', blocked);
  council.outside.answer('remove', 'x-main', blocked);
  await corrected(council, { text: 'The bridge is open.', what: 'Wrong.', 'way:x-main': 'again' });
  const left = (protocol: string): string =>
    protocol.replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer]');
  await using later = await council.restart({ protocol: left });
  await later.pass(hour);
  const ellen = later.as('ellen-rimmer');
  const { id } = await later.post(1);
  for (const accounts of ['let Crier in', 'refuse it again']) {
    if (accounts === 'refuse it again') {
      const params = { part: 'facebook-main.0', reason: 'account-blocked', told: true };
      const actor = { by: 'crier' } as const;
      await later.app.executor.execute({ command: 'post.correction-waits', id, params, actor });
      await later.app.executor.execute({
        command: 'post.removal-waits',
        id,
        params: { part: 'x-main.0', reason: 'account-blocked', told: true },
        actor,
      });
      expect((await later.post(1)).correction?.applied?.waits).toEqual({
        'facebook-main.0': 'account-blocked',
      });
      await later.pass(minute);
    }
    const { text } = ellen.card(1);
    expect(text).toContain('Joseph Adeyemi agreed to it and may not agree to such corrections any more.');
    expect(text).toContain('Website**: Corrected');
    expect(text).toMatch(
      /\*\*X\*\*: (?:Still there, until somebody decides|It is not corrected yet: .*? once the account is connected again and somebody has let)/u,
    );
    expect(text).toMatch(
      /Facebook\*\*: (?:Not corrected yet: it|It is not corrected yet: .*? It) still says what it said/u,
    );
    for (const untrue of ['It is on its way', 'Being taken down', 'by itself'])
      expect(text).not.toContain(untrue);
  }
  await ellen.say('stop everything');
  const stopped = await ellen.press('Yes, stop everything');
  expect(stopped.text).not.toContain('being corrected');
  await later.pass(minute);
  expect(ellen.card(1).text).toMatch(/Facebook\*\*: (?:Not|It is not) corrected yet/u);
  expect((await later.audit()).findings).toEqual([]);
});

test('who was changing it has died and who agreed has left: the desk is asked, once, and it goes on once somebody lets it', async () => {
  await using council = await openCouncil();
  await published(council, 'The bridge is shut.', 'news,facebook-main');
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: hour, reason: 'busy' });
  await corrected(council, { text: 'The bridge is open.', what: 'Wrong.' });
  const { id } = await council.post(1);
  const params = { part: 'facebook-main.0', attempt: 'of-a-dead-process' };
  const begun = { command: 'post.begin-change', id, params, actor: { by: 'crier' } } as const;
  expect((await council.app.executor.execute(begun)).done).toBe(true);
  const left = (protocol: string): string =>
    protocol.replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer]');
  await using later = await council.restart({ protocol: left });
  const ellen = later.as('ellen-rimmer');
  // Once for the change that has died, once for its next start.
  for (let n = 0; n < 2; n += 1) await later.pass(hour);
  const { makersGone, correction } = await later.post(1);
  expect(correction?.applied?.underWay).toBeUndefined();
  expect((await ellen.say('waiting')).at(-1)?.text).toContain('#1');
  const { text } = ellen.card(1);
  expect(text).toMatch(
    /Website\*\*: Corrected .*Facebook\*\*: It was being corrected, and the network gave no clear/u,
  );
  expect(text).not.toContain('It is on its way');
  await later.pass(hour);
  expect((await later.post(1)).makersGone).toEqual(makersGone);
  await ellen.say('hold 1');
  const priya = later.as('priya-desai');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  await later.pass(minute);
  expect(later.outside.standing('facebook-main')).toEqual(['The bridge is open.']);
  expect((await later.audit()).findings).toEqual([]);
});

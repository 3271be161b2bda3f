import { expect, test } from 'vitest';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { letOutByDesk } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { keptData } from './kept-data.ts';

const wrong = 'Green Lane is closed on Thursday.';
const right = 'Green Lane is closed on Friday.';
const refused = { way: 'answer', outcome: { outcome: 'refused', reason: 'not-allowed' } } as const;

/** A post on the website and these accounts, which is approved. */
async function approved(council: Council, accounts: string, text = wrong, until = ''): Promise<void> {
  await letOutByDesk(council, text, { accounts: `news,${accounts}`, until });
}

async function askToCorrect(council: Council): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { text: right, what: 'We gave the wrong day.' }, form);
}

async function agree(council: Council): Promise<void> {
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
}

/** Asked for and agreed to in the same moment: nothing else comes between. */
async function correctedAtOnce(council: Council): Promise<void> {
  const { id, revision } = await council.post(1);
  const give = async (command: string, person: string, params: object): Promise<void> => {
    const actor = { by: 'person', person } as const;
    expect((await council.app.executor.execute({ command, id, params, actor })).done).toBe(true);
  };
  const wanted = { text: right, what: 'We gave the wrong day.', from: revision.n };
  await give('post.correct', 'ellen-rimmer', wanted);
  const review = (await council.post(1)).correction?.review;
  const press = { hash: review?.hash, review: review?.id, stage: 'correction', confirm: true };
  await give('post.approve-correction', 'joseph-adeyemi', press);
}

test('nobody knows whether it arrived and it is corrected: it is looked for as it was sent, and put right where it stands', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  council.outside.next('facebook-main', { way: 'lost' });
  await approved(council, 'x-main,facebook-main');
  await askToCorrect(council);
  const joseph = council.as('joseph-adeyemi');
  expect(joseph.card(1).text).toContain(
    'X: nobody knows yet whether it arrived there. If it did, it is deleted there, then posted again. If not, it goes out there with the corrected text.',
  );
  expect(joseph.card(1).text).toContain(
    'Facebook: nobody knows yet whether it arrived there. If it did, it is changed',
  );
  await agree(council);
  for (let n = 0; n < 20; n += 1) await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([right]);
  expect(council.outside.standing('facebook-main')).toEqual([right]);
  expect(council.outside.entries('x-main')).toHaveLength(2);
  expect(council.outside.entries('facebook-main')).toHaveLength(1);
  const post = await council.post(1);
  expect(post).toMatchObject({
    status: { is: 'published' },
    corrected: [{ what: 'We gave the wrong day.' }],
  });
  expect(post.notCorrected).toBeUndefined();
  await council.as('ellen-rimmer').say('remove 1');
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('deleted to be posted again: the head says that it is being corrected, since there is no rest on its way', async () => {
  await using council = await openCouncil();
  for (let n = 0; n < 30; n += 1)
    council.outside.answer('remove', 'x-main', { outcome: 'retry', after: minute, reason: 'busy' });
  council.outside.next('x-main', { way: 'lost' });
  await approved(council, 'x-main');
  await askToCorrect(council);
  await agree(council);
  for (let n = 0; n < 10; n += 1) await council.pass(minute);
  const { text } = council.as('ellen-rimmer').card(1);
  expect(publicationsOf(await council.post(1))['x-main.0']?.is).toBe('removing');
  expect(text).toContain('Published on 2 of 2 · being corrected');
  expect(text).not.toContain('The rest is on its way');
});

test('what did not arrive after all goes out once, with the words that were agreed to', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'nothing' });
  await approved(council, 'x-main');
  await askToCorrect(council);
  // It is looked for, and what is known not to stand waits for the decision.
  for (let n = 0; n < 10; n += 1) await council.pass(minute);
  expect(council.outside.entries('x-main')).toEqual([]);
  expect(council.as('ellen-rimmer').card(1).text).toContain(
    '**X**: Waits until the correction has been decided',
  );
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'What has not gone out yet waits for this: "Leave it as it is" lets it go out at once, with the words as they are.',
  );
  await agree(council);
  await council.pass(minute);
  expect(council.outside.entries('x-main').map(({ text }) => text)).toEqual([right]);
  expect((await council.post(1)).corrected).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('what never left before the end of its post is not waited for by the correction of the rest', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'nothing' });
  await approved(council, 'x-main,facebook-main', wrong, 'today 4pm');
  await askToCorrect(council);
  await agree(council);
  const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  for (let n = 0; n < 30; n += 1) council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  for (let n = 0; n < 8 * 60; n += 10) await council.pass(10 * minute);
  const post = await council.post(1);
  expect(publicationsOf(post)['facebook-main.0']?.is).toBe('stopped');
  expect(post.correction).toBeUndefined();
  expect(post).toMatchObject({ revision: { text: right }, corrected: [{ what: 'We gave the wrong day.' }] });
  expect(post.notCorrected).toBeUndefined();
});

for (const [title, inputs, stands] of [
  ['No, post it now', {}, [right]],
  ['Yes, it is there', { 'link:facebook-main.0': 'https://facebook.example/1' }, []],
] as const) {
  test(`the desk is asked whether it stands, and it is corrected meanwhile: "${title}" is about what was sent`, async () => {
    await using council = await openCouncil();
    const joseph = council.as('joseph-adeyemi');
    council.outside.blind('facebook-main');
    council.outside.next('facebook-main', { way: 'nothing' });
    await approved(council, 'facebook-main');
    await council.pass(hour);
    await askToCorrect(council);
    expect(joseph.card(1).text).not.toContain('What was sent there says');
    // Nothing leaves before that is decided.
    expect(joseph.buttons(joseph.card(1))).toContain('No, post it once the correction is decided');
    expect(joseph.buttons(joseph.card(1))).not.toContain('No, post it now');
    await agree(council);
    const card = joseph.card(1);
    expect(card.text).toContain(`What was sent there says "${wrong}". Is it there?`);
    await joseph.press(title, inputs, card);
    await council.pass(minute);
    expect(council.outside.standing('facebook-main')).toEqual(stands);
    expect(council.outside.calls).toContain(
      title === 'Yes, it is there' ? 'edit facebook-main' : 'publish facebook-main',
    );
    expect((await council.post(1)).corrected).toHaveLength(1);
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('while a correction waits, what an account refused is not tried again: the card says why, and it is offered afterwards', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', refused);
  await approved(council, 'x-main,facebook-main');
  const before = ellen.card(1);
  expect(ellen.buttons(before)).toContain('Try again');
  await askToCorrect(council);
  const waits = ellen.card(1);
  expect(ellen.buttons(waits)).not.toContain('Try again');
  expect(waits.text).toContain('It can be tried again once the correction has been decided');
  const pressed = await ellen.press('Try again', {}, before);
  expect(pressed.text).toContain('Nothing more of it goes out until that is decided');
  expect(council.outside.entries('x-main')).toEqual([]);
  await agree(council);
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.entries('x-main').map(({ text }) => text)).toEqual([right]);
  expect((await council.audit()).findings).toEqual([]);
});

/** On Facebook and X alone; X waits for its account, or has refused it, when the correction of it is asked for. */
async function correctedWithXUnsent(
  council: Council,
  unsent: 'waits' | 'refused',
  texts: { readonly wrong: string; readonly right: string },
): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  const blocked = { way: 'answer', outcome: { outcome: 'refused', reason: 'account-blocked' } } as const;
  council.outside.next('x-main', unsent === 'waits' ? blocked : refused);
  await letOutByDesk(council, `${texts.wrong}`, { accounts: 'x-main,facebook-main' });
  const [corrects] = await ellen.say('correct 1');
  const wanted = { text: texts.right, what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', wanted, corrects);
  council.outside.answer('edit', 'facebook-main', refused.outcome);
  await agree(council);
}

const connectX = async (council: Council) =>
  await council.app.executor.execute({
    command: 'account.was-read',
    id: 'account-x-main',
    params: { account: 'x-main', read: { is: 'connected' } },
    actor: { by: 'crier' },
  });

test('no account takes the correction, and what had not left says it right: the card and the rules read what leaves', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const dated = 'Green Lane is closed until 27 November.';
  await correctedWithXUnsent(council, 'waits', {
    wrong: 'Green Lane is closed until tomorrow.',
    right: dated,
  });
  const refusedEverywhere = ellen.card(1);
  expect(refusedEverywhere.text).toContain(dated);
  expect(refusedEverywhere.text).toContain('Facebook**: It could not be corrected');
  // Nothing that was public has changed.
  expect((await council.post(1)).corrected).toEqual([]);
  expect(refusedEverywhere.text).not.toContain('Corrected ');
  // What it said at first has come to name another day. It is not what leaves.
  await council.pass(25 * hour);
  await connectX(council);
  await council.pass(10 * minute);
  expect(council.outside.standing('x-main')).toEqual([]);
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.standing('x-main')).toEqual([dated]);
  expect(council.outside.standing('facebook-main')).toEqual(['Green Lane is closed until tomorrow.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('no account takes the correction: what an account had refused says it right once it is tried again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await correctedWithXUnsent(council, 'refused', { wrong, right });
  expect(ellen.card(1).text).toContain(right);
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.standing('x-main')).toEqual([right]);
  expect((await council.post(1)).corrected).toEqual([]);
});

test('no account takes the correction, and what had not left comes to nothing: the old words are all there is', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: hour, reason: 'busy' });
  await correctedWithXUnsent(council, 'waits', { wrong, right });
  await ellen.press('Take it down', {}, ellen.card(1));
  expect(ellen.card(1).text).toContain(wrong);
  expect(ellen.card(1).text).not.toContain(right);
});

for (const decided of ['agreed to', 'not agreed to'] as const) {
  test(`what waits for its account is ${decided} while it waits, and leaves with the words that are right`, async () => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    const blocked = { outcome: 'refused', reason: 'account-blocked' } as const;
    council.outside.next('facebook-main', { way: 'answer', outcome: blocked });
    await approved(council, 'facebook-main');
    expect(ellen.card(1).text).toContain('Waits until the account is connected again');
    await askToCorrect(council);
    expect(ellen.card(1).text).toContain(
      '**Facebook**: Waits until the correction has been decided, and then until the account is connected again',
    );
    if (decided === 'agreed to') await agree(council);
    else
      await council
        .as('joseph-adeyemi')
        .press('Leave it as it is', { note: 'It is Thursday.' }, council.as('joseph-adeyemi').card(1));
    // It may be days. What stands is corrected all the same, and can be corrected again.
    await council.pass(hour);
    expect(council.outside.entries('facebook-main')).toEqual([]);
    expect((await council.post(1)).corrected).toHaveLength(decided === 'agreed to' ? 1 : 0);
    expect(ellen.buttons(ellen.card(1))).toContain('Correct');
    await council.app.executor.execute({
      command: 'account.was-read',
      id: 'account-facebook-main',
      params: { account: 'facebook-main', read: { is: 'connected' } },
      actor: { by: 'crier' },
    });
    await council.pass(10 * minute);
    expect(council.outside.entries('facebook-main').map(({ text }) => text)).toEqual([
      decided === 'agreed to' ? right : wrong,
    ]);
    expect((await council.audit()).findings).toEqual([]);
  });
}

for (const way of ['through', 'lost'] as const) {
  test(`corrected while its call is under way, whose answer ${way === 'lost' ? 'is lost' : 'comes'}: the old words make room for the new`, async () => {
    await using council = await openCouncil();
    const pause = council.outside.pause('x-main');
    council.outside.next('x-main', { way });
    const approving = approved(council, 'x-main');
    await pause.begun;
    await expect.poll(async () => publicationsOf(await council.post(1))['news.0']?.is).toBe('published');
    await correctedAtOnce(council);
    // The one that is under way is all there is: nothing else leaves before it is known where that stands.
    expect(council.outside.calls.filter((call) => call === 'publish x-main')).toHaveLength(1);
    pause.go();
    await approving;
    for (let n = 0; n < 10; n += 1) await council.pass(minute);
    expect(council.outside.entries('x-main').map(({ text, removed }) => [text, removed])).toEqual([
      [wrong, true],
      [right, false],
    ]);
    expect((await council.post(1)).corrected).toHaveLength(1);
    expect((await council.audit()).findings).toEqual([]);
  });
}

test('the rules run on the words that leave, also while the rest of the correction is still on its way', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const connected = { account: 'facebook-main', read: { is: 'connected' } };
  const blocked = { outcome: 'refused', reason: 'account-blocked' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: blocked });
  await approved(council, 'x-main,facebook-main', 'Green Lane is closed until tomorrow.');
  const busy = { outcome: 'retry', after: 48 * hour, reason: 'upload-goes-on' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  const [form] = await ellen.say('correct 1');
  const dated = 'Green Lane is closed until 27 November.';
  await ellen.press('Ask for this correction', { text: dated, what: 'It takes longer.' }, form);
  await agree(council);
  await council.pass(25 * hour);
  // What it said at first has come to name another day. It is not what leaves.
  await council.app.executor.execute({
    command: 'account.was-read',
    id: 'account-facebook-main',
    params: connected,
    actor: { by: 'crier' },
  });
  await council.pass(10 * minute);
  expect((await council.post(1)).status.is).toBe('publishing');
  expect(council.outside.standing('facebook-main')).toEqual([dated]);
});

test('an earlier release agreed to it and kept no word of what was sent: nothing is sent again before a person has looked', async () => {
  await using kept = await keptData(
    async (council) => {
      council.outside.next('facebook-main', { way: 'lost' });
      await approved(council, 'facebook-main');
      await council.pass(1_000);
      await correctedAtOnce(council);
    },
    (database) => {
      const [stored] = database.prepare("SELECT id, body FROM documents WHERE kind = 'post'").all();
      const body = String(stored?.['body']).replace(/,"sent":"(?:[^"\\]|\\.)*"/u, '');
      expect(body).not.toBe(stored?.['body']);
      database
        .prepare("UPDATE documents SET form = 1, body = ? WHERE kind = 'post' AND id = ?")
        .run(body, String(stored?.['id']));
    },
  );
  await using council = await openCouncil(kept);
  for (let n = 0; n < 20; n += 1) await council.pass(minute);
  expect(council.outside.calls.filter((call) => call === 'publish facebook-main')).toHaveLength(1);
  expect(council.outside.standing('facebook-main')).toEqual([wrong]);
  expect(council.as('joseph-adeyemi').card(1).text).toContain('we could not tell whether it arrived');
  expect((await council.post(1)).corrected).toEqual([]);
});

test('held and released before it was posted by hand, then corrected: whoever is asked gets the new words, and nothing waits for them', async () => {
  for (const stop of [true, false]) {
    await using council = await openCouncil();
    const [ellen, tom, bethan] = (['ellen-rimmer', 'tom-ashcroft', 'bethan-prys'] as const).map((each) =>
      council.as(each),
    );
    if (ellen === undefined || tom === undefined || bethan === undefined) throw new Error('nobody is there');
    await approved(council, 'facebook-main,nextdoor-sefton');
    await council.pass(minute);
    await askToCorrect(council);
    if (stop) {
      await ellen.say('stop everything');
      await ellen.press('Yes, stop everything');
      await ellen.say('resume');
      await ellen.press('Yes, resume');
    } else await ellen.say('hold 1');
    await council.pass(minute);
    await tom.say('show 1');
    await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
    await council.pass(minute);
    await agree(council);
    await council.pass(minute);
    expect(council.outside.standing('facebook-main')).toEqual([right]);
    const asked = bethan.card(1).text;
    expect(asked).toContain(right);
    expect(asked).not.toContain(wrong);
    expect(ellen.card(1).text).not.toContain('It is on its way');
    expect(await council.post(1)).toMatchObject({ revision: { text: right }, corrected: [{}] });
    const [form] = await ellen.say('correct 1');
    expect(ellen.buttons(form)).toContain('Ask for this correction');
  }
});

test('while a correction still waits elsewhere, whoever posts by hand reads on their card only what they are to post', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  await approved(council, 'facebook-main,nextdoor-sefton');
  await council.pass(minute);
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: hour, reason: 'busy' });
  await askToCorrect(council);
  await agree(council);
  await council.pass(minute);
  expect(bethan.card(1).text).toContain(
    `On the website ${right} On Facebook ${wrong} On Nextdoor Sefton the same as on the website`,
  );
});

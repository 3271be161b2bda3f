import sharp from 'sharp';
import { expect, test } from 'vitest';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';
import { filesInTeams } from './files-in-teams.ts';

const refused = { outcome: 'refused', reason: 'no-permission' } as const;
const thread = ['The road is closed.', 'Use the A565.', 'Buses go round.', 'We are sorry.'];

async function corrected(council: Council, typed: Readonly<Record<string, string>>): Promise<void> {
  await asked(council, typed);
  await agreed(council);
  await council.pass(4 * minute);
}

test('what a correction could not change is corrected once more with the same words, there and nowhere else', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, 'The road is closed until Thursday.', 'news,x-main,facebook-main,bluesky-main');
  council.outside.answer('remove', 'x-main', refused);
  council.outside.answer('edit', 'facebook-main', refused);
  const friday = { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' };
  const again = { 'way:x-main': 'again', 'way:bluesky-main': 'again' };
  await corrected(council, { ...friday, ...again });
  expect(council.outside.standing('x-main')).toEqual(['The road is closed until Thursday.']);
  expect(council.outside.standing('facebook-main')).toEqual(['The road is closed until Thursday.']);
  expect(council.outside.standing('bluesky-main')).toEqual([friday.text]);

  // The card shows what stands where, and leads there.
  const card = ellen.card(1);
  expect(card.text).toContain('On X The road is closed until Thursday.');
  expect(card.text).toContain('On Facebook the same as on X');
  expect(card.text).toMatch(
    /Facebook\*\*: It could not be corrected: .* Ask for the correction again with "Put the rest right", put it right there yourself, or take it down\./u,
  );
  await council.pass(hour);
  const form = await ellen.press('Put the rest right', {}, ellen.card(1));
  expect(form.text).toContain(
    'X and Facebook do not say all of this yet. Where you leave the words as they are, only they are put right.',
  );
  expect(JSON.stringify(form.card)).toContain('"value":"The road is closed until Friday."');
  expect(JSON.stringify(form.card)).toContain('"value":"We gave the wrong day."');
  // X is deleted and posted again, as before; Bluesky would be answered, as is usual.
  const chosen = [...JSON.stringify(form.card).matchAll(/"id":"way:([a-z-]+)".*?"value":"([a-z]+)"/gu)];
  expect(chosen.map(([, account, way]) => [account, way])).toEqual([
    ['x-main', 'again'],
    ['bluesky-main', 'reply'],
  ]);

  const calls = council.outside.calls.length;
  const asked = await ellen.press('Ask for this correction', { ...friday, ...again }, form.card);
  expect(asked.text).toMatch(/Ellen Rimmer asked on .* for a correction/u);
  const waits = joseph.card(1);
  expect(waits.text).toContain('X: the post is deleted, then posted again. Its replies and shares are lost.');
  expect(waits.text).toContain('Facebook: still says what it said, and gets the corrected text.');
  expect(waits.text).toContain('Bluesky: stays as it is');
  expect(waits.text).toContain('Before you agree The facts are right');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, waits);
  await council.pass(5 * minute);
  for (const account of ['x-main', 'facebook-main', 'bluesky-main'])
    expect(council.outside.standing(account), account).toEqual([friday.text]);
  expect(council.outside.calls.slice(calls).toSorted()).toEqual([
    'edit facebook-main',
    'publish x-main',
    'remove x-main',
  ]);
  expect(ellen.card(1).text).not.toContain('Thursday');
  expect(ellen.buttons(ellen.card(1))).toContain('Correct');

  // Now that it says so everywhere, there is nothing left of it.
  const [last] = await ellen.say('correct 1');
  const nothing = await ellen.press('Ask for this correction', { ...friday, ...again }, last);
  expect(nothing.text).toContain('Nothing has changed');
  expect((await council.audit()).findings).toEqual([]);
});

test('a reply that did not go out is asked for once more, or the post deleted there and posted again with the right words', async () => {
  for (const way of ['reply', 'again']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, 'The road is closed until Thursday.', 'news,x-main');
    council.outside.next('x-main', { way: 'answer', outcome: refused });
    const friday = { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' };
    await corrected(council, friday);
    expect(council.outside.standing('x-main')).toHaveLength(1);
    await corrected(council, { ...friday, 'way:x-main': way });
    expect(council.outside.standing('x-main')).toEqual(
      way === 'again'
        ? [friday.text]
        : ['The road is closed until Thursday.', `Correction: ${friday.what}\n\n${friday.text}`],
    );
    expect(council.outside.calls.filter((call) => call === 'edit news')).toEqual([]);
    expect(ellen.buttons(ellen.card(1))).not.toContain('Put the rest right');
    expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  }
});

test('a correction left in the middle of its thread is made with the same words', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, thread.join('\n---\n'), 'news,x-main');
  const right = { text: thread.join('\n---\n').replace('A565', 'A566'), what: 'It is another road.' };
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { ...right, 'way:x-main': 'again' }, form);
  const paused = council.outside.pause('x-main');
  const agreed = joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await paused.begun;
  const held = ellen.say('hold 1');
  paused.go();
  await Promise.all([agreed, held]);
  await council.pass(minute);
  const priya = council.as('priya-desai');
  await priya.press('Leave it as it is', { note: 'No.' }, priya.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(['1/4 The road is closed.']);

  const rest = await ellen.press('Put the rest right', {}, ellen.card(1));
  await ellen.press('Ask for this correction', { ...right, 'way:x-main': 'again' }, rest.card);
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(5 * minute);
  expect(council.outside.standing('x-main')).toEqual([
    '1/4 The road is closed.',
    '2/4 Use the A566.',
    '3/4 Buses go round.',
    '4/4 We are sorry.',
  ]);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Put the rest right');
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that no account took is asked for with its words, and not with those that stand everywhere', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const thursday = { text: 'The road is closed until Thursday.', what: 'It is right.' };
  const friday = { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' };
  await published(council, thursday.text, 'facebook-main');
  council.outside.answer('edit', 'facebook-main', refused);
  await corrected(council, friday);
  expect(ellen.card(1).text).toContain('Facebook**: It could not be corrected');
  expect(ellen.buttons(ellen.card(1))).toContain('Correct');
  const [form] = await ellen.say('correct 1');
  const same = await ellen.press('Ask for this correction', thursday, form);
  expect(same.text).toContain('Nothing has changed');
  await corrected(council, friday);
  expect(council.outside.standing('facebook-main')).toEqual([friday.text]);
});

test('the heading says that it is being corrected while the rest of a corrected thread waits, and where it did not go out', async () => {
  for (const reason of ['account-blocked', 'status-403']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, thread.join('\n---\n'), 'news,x-main');
    council.outside.next('x-main', { way: 'through' });
    council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason } });
    const right = { text: thread.join('\n---\n').replace('A565', 'A566'), what: 'It is another road.' };
    await corrected(council, { ...right, 'way:x-main': 'again' });
    const waits = reason === 'account-blocked';
    expect(ellen.card(1).text, reason).toMatch(
      waits
        ? /^#1 · Highways and Transport Published on Tue 24 Nov at 9:43am · being corrected /u
        : /^#1 · Highways and Transport Published on 1 of 2 · its correction did not go out everywhere /u,
    );
    if (waits) continue;
    await ellen.press('Try again', {}, ellen.card(1));
    await council.pass(minute);
    expect(council.outside.standing('x-main')).toHaveLength(4);
    expect(ellen.card(1).text).toMatch(
      /^#1 · Highways and Transport Published on Tue 24 Nov at 9:43am Proposed /u,
    );
  }
});

test('what is left of a correction is offered for the accounts of the protocol in force', async () => {
  const council = await openCouncil();
  await published(council, 'The road is closed until Thursday.', 'news,facebook-main');
  council.outside.answer('edit', 'facebook-main', refused);
  await corrected(council, { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' });
  const ellen = council.as('ellen-rimmer');
  expect(ellen.buttons(ellen.card(1))).toContain('Put the rest right');
  const protocol = (sample: string) => sample.replace(/^ {2}facebook-main:\n(?: {4}.*\n)+/mu, '');
  await using after = await council.restart({ protocol });
  await after.as('ellen-rimmer').say('show 1');
  expect(after.as('ellen-rimmer').buttons()).toContain('Correct');
});

test('what was left as it was stays so with the next correction, and is put right with the same words once somebody wants it', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const drawn = sharp({ create: { width: 900, height: 900, channels: 3, background: '#446688' } });
  await using teams = await filesInTeams(council, { 'road.png': await drawn.png().toBuffer() });
  await teams.send(ellen, 'road.png', 'propose for Highways: The road is closed until Thursday.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  const answered = { 'alt:0': 'A road with a barrier', 'seen:0': 'nobody', 'whose:0': 'ours' };
  const saved = await ellen.press('Save', { accounts: 'news,instagram-main', ...answered }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  const friday = { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' };
  const left = 'Instagram**: It was left as it is and still says what it said.';
  await corrected(council, { ...friday, 'way:instagram-main': 'leave' });
  expect(ellen.card(1).text).toContain(left);
  expect(ellen.card(1).text).toContain('On Instagram The road is closed until Thursday.');
  expect(ellen.buttons(ellen.card(1))).toContain('Correct');

  // The form does not offer to delete what somebody chose to leave, and with that there is nothing to do.
  const [next] = await ellen.say('correct 1');
  expect(JSON.stringify(next?.card)).toMatch(/"id":"way:instagram-main".*?"value":"leave"/u);
  const leaving = { ...friday, 'way:instagram-main': 'leave' };
  const nothing = await ellen.press('Ask for this correction', leaving, next);
  expect(nothing.text).toContain('Nothing has changed');
  await ellen.press('Back without saving', {}, nothing.card);
  const heading = { headline: 'Road closed', what: 'It had another heading.' };
  await corrected(council, { ...leaving, ...heading });
  expect(council.outside.standing('instagram-main')).toEqual(['The road is closed until Thursday.']);
  expect(ellen.card(1).text).toContain(left);

  await corrected(council, { ...friday, headline: 'Road closed', 'way:instagram-main': 'again' });
  expect(council.outside.standing('instagram-main')).toEqual([friday.text]);
  expect(ellen.card(1).text).not.toContain('Thursday');
});

test('deleted and not posted again, and tried again after another correction was not agreed to: its card has the words that stand there', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const [thursday, friday] = ['The road is closed until Thursday.', 'The road is closed until Friday.'];
  await published(council, thursday, 'x-main,bluesky-main');
  for (const account of ['x-main', 'bluesky-main'])
    council.outside.next(account, { way: 'answer', outcome: refused });
  await corrected(council, { text: friday, what: 'We gave the wrong day.', 'way:x-main': 'again' });
  await asked(council, { text: 'The road is open.', what: 'It is open.' });
  await joseph.press('Leave it as it is', { note: 'It is not.' }, joseph.card(1));
  // What is tried again is read before.
  expect(ellen.card(1).text).toContain(
    `On X, where it is not published ${friday} On Bluesky ${thursday} Not out yet, in reply`,
  );
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([friday]);
  expect(council.outside.standing('bluesky-main')).toHaveLength(2);
  expect(ellen.card(1).text).toContain(`On X ${friday} On Bluesky ${thursday} [`);
  const [form] = await ellen.say('correct 1');
  const same = await ellen.press('Ask for this correction', { what: 'We gave the wrong day.' }, form);
  expect(same.text).toContain('Nothing has changed');
  expect((await council.audit()).findings).toEqual([]);
});

test('what could not be corrected, and is to be by a correction that somebody asked for since, reads so', async () => {
  await using council = await openCouncil();
  const [ellen, joseph, priya] = [
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
    council.as('priya-desai'),
  ];
  await published(council, 'The road is closed until Thursday.', 'news,x-main,facebook-main');
  council.outside.answer('remove', 'x-main', refused);
  council.outside.answer('edit', 'facebook-main', refused);
  const again = { 'way:x-main': 'again' };
  const friday = { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' };
  await corrected(council, { ...friday, ...again });
  const form = await ellen.press('Put the rest right', {}, ellen.card(1));
  await ellen.press('Ask for this correction', { ...friday, ...again }, form.card);
  const said =
    'could not be corrected the last time: Crier may not do this on the account. It still says what it said. The correction that waits for a decision is to put that right. If that cannot wait,';
  for (const [somebody, can] of [
    [ellen, 'take it down.'],
    [joseph, 'take it down.'],
    [priya, 'Communications can take it down.'],
  ] as const) {
    const { text } = somebody.card(1);
    expect(text).toContain('Facebook: still says what it said, and gets the corrected text.');
    for (const account of ['X', 'Facebook']) expect(text).toContain(`**${account}**: It ${said} ${can}`);
  }
  expect((await ellen.say('why 1')).at(-1)?.text).toContain(`Facebook ${said}`);
  await ellen.press('Take this request back', {}, (await ellen.say('show 1')).at(-1));
  expect((await ellen.say('show 1')).at(-1)?.text).not.toContain('the last time');
});

test('what nobody public reads of a correction is not said to be read by the public, and a reply is not said to be posted again', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const inPublic = 'What was wrong, as the public will read it:';
  await published(council, 'The road is closed until Thursday.', 'x-main,facebook-main');
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain('What was wrong? The public will read this');
  await asked(council, { text: 'The road is closed until Friday.', what: 'We gave the wrong day.' });
  expect(joseph.card(1).text).toContain(inPublic);
  await agreed(council);
  await asked(council, { 'way:x-main': 'again', what: 'Two posts said it.' });
  expect(joseph.card(1).text).not.toContain(inPublic);
  expect(joseph.card(1).text).toContain('What was wrong, for the record: Two posts said it.');
  await agreed(council);
  const [card] = await ellen.say('show 1');
  const text = card?.text ?? '';
  expect(text).toMatch(/X\*\*: Deleted at 9:4\dam to be posted again/u);
  expect(text).toMatch(/X, correction\*\*: Taken down at 9:4\dam/u);
  expect(council.outside.standing('x-main')).toEqual(['The road is closed until Friday.']);
});

test('where no network tells the public what was wrong, the form says who reads it', async () => {
  await using council = await openCouncil();
  await published(council, 'The road is closed until Thursday.', 'facebook-main');
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  expect(form?.text).toContain('What was wrong? Whoever decides will read this');
});

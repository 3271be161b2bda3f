import { expect, test } from 'vitest';
import { days } from '../../src/core/time.ts';
import { unsentWalk } from '../../src/posts/deciding/seen-walk.ts';
import { buttonsIn, inputsIn } from './card.ts';
import { openCouncil, type Council, type Somebody } from './council.ts';

const right = 'It is right as it is';

/** The question below a draft, with a button each way. */
async function questionOf(who: Somebody, typed: string) {
  const answers = await who.say(`propose ${typed}`);
  return answers.find(({ text }) => text.includes(right));
}

const titles = ({ card }: { readonly card: object | undefined }): readonly string[] =>
  buttonsIn(card ?? {}).map(({ title }) => title);

async function stands(council: Council, number: number) {
  const { revision, when, status } = await council.post(number);
  return {
    is: status.is,
    text: revision.text,
    urgency: revision.urgency,
    accounts: revision.accounts,
    when: when?.wall,
  };
}

test('a press on an old question about front words changes nothing of what has been sent or approved: it opens the form', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const asked = await questionOf(nadia, 'Emergency: Moor Lane is flooded, keep away.');
  const [draft] = await nadia.say('show 1');
  await nadia.press('Send to the duty officer', {}, draft);
  const put = 'Put "Emergency:" in the text and make it no emergency';
  const sent = await nadia.press(put, {}, asked);
  expect(sent.text).toContain(
    '#1 has moved on since I asked, so I have not put "Emergency:" in the text. Nothing has changed.',
  );
  expect(sent.text).toContain('It becomes a draft again, and then you send it once more.');
  expect(inputsIn(sent.card ?? {})).toMatchObject({ text: 'Moor Lane is flooded, keep away.' });
  expect(await stands(council, 1)).toMatchObject({ is: 'in-review', urgency: 'emergency' });

  // Nor where it is sent in the very moment of the press.
  const { id, revision } = await council.post(1);
  const { n: from, by: _by, at: _at, ...written } = revision;
  const atOnce = await council.app.executor.execute({
    command: 'post.revise',
    id,
    params: { ...written, text: 'Emergency: Moor Lane is flooded, keep away.', from, seen: unsentWalk },
    actor: { by: 'person', person: 'nadia-hartley' },
  });
  expect(atOnce).toMatchObject({ done: false, refusal: { refused: 'gone-on-since' } });

  const ending = await questionOf(nadia, 'The A59 is shut.\nurgent');
  await nadia.say('schedule 2 tomorrow 9am');
  const [second] = await nadia.say('show 2');
  await nadia.press('Send to Communications', {}, second);
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(2));
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out on Wed 25 Nov at 9am', { confirm: 'true' }, priya.card(2));
  const late = await nadia.press('Take "urgent" out and make it urgent', {}, ending);
  expect(late.text).toContain('#2 has moved on since I asked, so I have not taken "urgent" out.');
  expect(late.text).toContain('what was approved is not what would go out');
  expect(await stands(council, 2)).toMatchObject({ is: 'scheduled', text: 'The A59 is shut.\nurgent' });
  await council.pass(days(1));
  expect((await council.post(2)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('words that are put back in a text undo what they told, as the button says, and nothing that was chosen since', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const asked = await questionOf(nadia, 'urgent on facebook: The A565 is shut.');
  const put = 'Put "urgent on facebook:" in the text and make it not urgent and for Website, X and Facebook';
  expect(nadia.buttons(asked)).toEqual([put, right]);
  const [form] = await nadia.say('edit 1');
  await nadia.press('Save', { text: 'The A565 is shut.', accounts: 'news' }, form);
  const kept = await nadia.press(put, {}, asked);
  expect(kept.text).toContain(
    '#1 begins "urgent on facebook: The A565 is shut." now, and is no longer urgent. It goes to Website.',
  );
  expect(await stands(council, 1)).toMatchObject({ urgency: 'normal', accounts: ['news'] });

  const other = await questionOf(nadia, 'urgent on facebook: The A59 is shut.');
  const undone = await nadia.press(put, {}, other);
  expect(undone.text).toContain('and is no longer urgent. It goes to Website, X and Facebook.');
  expect((await stands(council, 2)).accounts).toHaveLength(3);

  const raised = await questionOf(nadia, 'urgent: The A570 is flooded.');
  const [edit] = await nadia.say('edit 3');
  await nadia.press('Save', { text: 'The A570 is flooded.', urgency: 'emergency' }, edit);
  const stays = await nadia.press('Put "urgent:" in the text and make it not urgent', {}, raised);
  expect(stays.text).toContain('now, and is an emergency.');
  expect(await stands(council, 3)).toMatchObject({ urgency: 'emergency' });

  // Nor does what is taken out make a post less urgent than somebody has chosen since, or take accounts away.
  const ends = await questionOf(nadia, 'The A5 is flooded.\nurgent');
  const [again] = await nadia.say('edit 4');
  await nadia.press('Save', { text: 'The A5 is flooded.\nurgent', urgency: 'emergency' }, again);
  await nadia.press('Take "urgent" out and make it urgent', {}, ends);
  expect(await stands(council, 4)).toMatchObject({ text: 'The A5 is flooded.', urgency: 'emergency' });
  const not = await questionOf(nadia, 'The A6 is shut.\nnot on Facebook');
  const without = 'Take "not on Facebook" out and make it for Website and X';
  expect((await nadia.press(without, {}, not)).text).toContain('It goes to Website and X.');
  expect((await stands(council, 5)).accounts).toEqual(['news', 'x-main']);
  for (const [number, words] of [
    [6, 'keep it off X:'],
    [7, 'on X not:'],
    [8, 'leave X out:'],
    [9, 'everywhere save X and Instagram and Youtube:'],
  ] as const) {
    const off = await questionOf(nadia, `${words} The A6 is shut.`);
    const offer = titles({ card: off?.card }).find((title) => title.startsWith(`Take "${words}" out`));
    await nadia.press(offer ?? '', {}, off);
    const { text, accounts } = await stands(council, number);
    expect(text).toBe('The A6 is shut.');
    expect(accounts).not.toContain('x-main');
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('what a text begins or ends with is asked about again after each answer, until nothing is left to ask', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const put = 'Put "urgent:" in the text and make it not urgent';
  const planned = 'Take "tomorrow 9am:" out and make it go out tomorrow at 9am';
  const onFacebook = 'Take "on facebook:" out and make it for Facebook';
  const asked = await questionOf(nadia, 'urgent: tomorrow 9am: on facebook: The A565 is shut.');
  expect(nadia.buttons(asked)).toEqual([put, planned, right]);
  const then = await nadia.press(planned, {}, asked);
  expect(then.text).toContain('Should residents read "on facebook:"?');
  expect(titles(then)).toEqual([put, onFacebook, right]);
  const last = await nadia.press(onFacebook, {}, then.card);
  expect(titles(last)).toEqual([put, right]);
  expect(await stands(council, 1)).toEqual({
    is: 'draft',
    text: 'The A565 is shut.',
    urgency: 'urgent',
    accounts: ['facebook-main'],
    when: '2026-11-25T09:00',
  });
  const done = await nadia.press(put, {}, last.card);
  expect(titles(done)).toEqual([]);
  expect(await stands(council, 1)).toMatchObject({
    text: 'urgent: The A565 is shut.',
    urgency: 'normal',
    accounts: ['facebook-main'],
  });

  // The other way round, what stands behind the words that were put back is asked about there.
  const both = await questionOf(nadia, 'urgent: tomorrow 9am: The A59 is shut.\non Facebook only');
  const first = await nadia.press(put, {}, both);
  expect(first.text).toContain('#2 begins "urgent: tomorrow 9am: The A59 is shut. on Facebook only" now');
  const only = 'Take "on Facebook only" out and make it for Facebook';
  expect(titles(first)).toEqual([planned, only, right]);
  const second = await nadia.press(only, {}, first.card);
  expect(titles(second)).toEqual([planned, right]);
  const third = await nadia.press(planned, {}, second.card);
  expect(titles(third)).toEqual([]);
  expect(await stands(council, 2)).toMatchObject({
    text: 'urgent: The A59 is shut.',
    urgency: 'normal',
    accounts: ['facebook-main'],
    when: '2026-11-25T09:00',
  });
});

test.each([
  [
    'for Highways urgent The A565 is shut.',
    ['Take "for Highways" out', 'Take "urgent" out and make it urgent'],
    { text: 'The A565 is shut.', urgency: 'urgent' },
  ],
  [
    'Hi Crier, please post this on Facebook: The A565 is shut.',
    ['Take "Hi Crier," out', 'Take "please post this on Facebook:" out and make it for Facebook'],
    { text: 'The A565 is shut.', accounts: ['facebook-main'] },
  ],
  [
    'The A565 is shut.\nuntil 4pm\nurgent',
    [
      'Take "urgent" out and make it urgent',
      'Take "until 4pm" out and make it stand until Tue 24 Nov at 4pm',
    ],
    { text: 'The A565 is shut.', urgency: 'urgent', until: { wall: '2026-11-24T16:00' } },
  ],
  [
    'can you put this out tomorrow at 9am: The A565 is shut.',
    ['Take "can you put this out tomorrow at 9am:" out and make it go out tomorrow at 9am'],
    { text: 'The A565 is shut.' },
  ],
  [
    '"urgent The A565 is shut."',
    ['Put "urgent" in the text and make it not urgent'],
    { text: 'urgent "The A565 is shut."', urgency: 'normal' },
  ],
  ['“Highways team: Meet our gritters”', ['Take "Highways team:" out'], { text: '“Meet our gritters”' }],
  [
    'on facebook The Atkinson is open late.',
    ['Take "on facebook" out and make it for Facebook'],
    { text: 'The Atkinson is open late.', accounts: ['facebook-main'] },
  ],
  [
    'on facebook not on x: The A565 is shut.',
    ['Take "on facebook not on x:" out and make it for Facebook'],
    { text: 'The A565 is shut.', accounts: ['facebook-main'] },
  ],
  [
    'not on X, on facebook: The A565 is shut.',
    ['Take "not on X, on facebook:" out and make it for Facebook'],
    { text: 'The A565 is shut.', accounts: ['facebook-main'] },
  ],
  [
    'not on X and Facebook: The A565 is shut.',
    ['Take "not on X and Facebook:" out and make it for Website'],
    { text: 'The A565 is shut.', accounts: ['news'] },
  ],
  [
    'for X and Facebook only, tomorrow at 9am: The A565 is shut.',
    [
      'Take "for X and Facebook only, tomorrow at 9am:" out and make it for X and Facebook and go out tomorrow at 9am',
    ],
    { text: 'The A565 is shut.', accounts: ['x-main', 'facebook-main'] },
  ],
  ['not urgent: The A565 is shut.', ['Take "not urgent:" out'], { text: 'The A565 is shut.' }],
  ['to everyone: The A565 is shut.', ['Take "to everyone:" out'], { text: 'The A565 is shut.' }],
  ['Hi\nCrier, the A565 is shut.', ['Take "Hi Crier," out'], { text: 'the A565 is shut.' }],
])('%j is taken apart word for word, by a button each', async (typed, buttons, revision) => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  let question: object | undefined = (await questionOf(nadia, typed))?.card;
  for (const button of buttons) {
    const { card } = await nadia.press(button, {}, question);
    question = card;
  }
  expect(titles({ card: question })).toEqual([]);
  expect((await council.post(1)).revision).toMatchObject(revision);
});

test('a department that a button gives a post need not be typed', async () => {
  await using council = await openCouncil();
  const asked = await questionOf(council.as('bethan-prys'), 'Leisure, urgent: The pool is shut.');
  expect(asked?.text).toContain('Take "Leisure, urgent:" out and make it urgent and for Leisure');
  expect(asked?.text).not.toContain('begin with');
  const own = await questionOf(council.as('nadia-hartley'), 'for Highways not on X: The A565 is shut.');
  expect(own?.text).toContain('Take "for Highways not on X:" out and make it for Website and Facebook');
  expect(own?.text).not.toContain('begin with');
  const other = await questionOf(council.as('nadia-hartley'), 'Bins: collections move to Tuesday.');
  expect(other?.text).toContain(
    'A post is for one department: to write for Waste, begin with "propose Waste:".',
  );
});

test('a post for everywhere goes to all that its department may use, as the button says', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const asked = await questionOf(nadia, 'everywhere: The A565 is shut.');
  const take = nadia.buttons(asked).find((title) => title.startsWith('Take')) ?? '';
  expect(take).toContain('out and make it for Website, ');
  const taken = await nadia.press(take, {}, asked);
  const { revision } = await council.post(1);
  expect(revision.text).toBe('The A565 is shut.');
  expect(revision.accounts.length).toBeGreaterThan(3);
  expect(taken.text).toContain('It goes to Website, ');
});

test('front words leave the own text of an account with them, and a text that was changed since is left alone', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const take = 'Take "tomorrow 9am:" out and make it go out tomorrow at 9am';
  const asked = await questionOf(nadia, 'tomorrow 9am: The A565 is shut.');
  const [form] = await nadia.say('edit 1');
  await nadia.press(
    'Save',
    { text: 'tomorrow 9am: The A565 is shut.', 'variant:x-main': 'tomorrow 9am: A565 shut' },
    form,
  );
  expect((await council.post(1)).revision.variants).toEqual({ 'x-main': 'tomorrow 9am: A565 shut' });
  const taken = await nadia.press(take, {}, asked);
  expect(taken.text).toContain('I took the words out of its own text for X as well.');
  expect((await council.post(1)).revision).toMatchObject({
    text: 'The A565 is shut.',
    variants: { 'x-main': 'A565 shut' },
  });
  const again = await nadia.press(take, {}, asked);
  expect(again.text).toContain(
    'The text of #1 has been changed since I asked, so I have not taken "tomorrow 9am:" out. Nothing has changed.',
  );
});

test('what a pasted mail has around its words is taken out by a press each, whatever lines it stands on', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const head = 'FW: Closure\nFrom: Tom Smith <tom@contractor.example>\nTo: Nadia Hartley\nSubject: Closure';
  const words = 'Moor Lane will be shut on Saturday 8am to 4pm.';
  let asked: object | undefined = (
    await questionOf(nadia, `${head}\n\nHi Nadia,\n\n${words}\n\nKind regards\nTom Smith`)
  )?.card;
  for (const begins of [
    'Take "FW: Closure From: ',
    'Take "Hi Nadia," out',
    'Take "Kind regards Tom Smith" out',
  ]) {
    const title = titles({ card: asked }).find((each) => each.startsWith(begins));
    asked = (await nadia.press(title ?? begins, {}, asked)).card;
  }
  expect(await stands(council, 1)).toMatchObject({ is: 'draft', text: words });
  expect((await council.audit()).findings).toEqual([]);
});

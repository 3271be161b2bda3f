import { expect, test } from 'vitest';
import { inputsIn } from './card.ts';
import { minute, openCouncil } from './council.ts';
import { lives, notReached, withAway } from './networks-away.ts';

test('two press at the same second, the same press comes twice, an old card is pressed: each a kind answer', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [tom, priya, gareth] = [
    council.as('tom-ashcroft'),
    council.as('priya-desai'),
    council.as('gareth-molyneux'),
  ];
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const [toms, priyas] = [tom.card(1), priya.card(1)];

  const both = await Promise.all([
    tom.press('Approve: goes out now', { confirm: 'true' }, toms),
    priya.press('Approve: goes out now', { confirm: 'true' }, priyas),
  ]);
  const late = both.filter(({ text }) => text.includes('approved this a moment ago'));
  expect(late).toHaveLength(1);
  const { status } = await council.post(1);
  expect(status.is).toBe('published');
  expect('review' in status && status.review.decisions).toHaveLength(1);
  expect(council.outside.entries('x-main')).toHaveLength(1);

  // The card that Gareth did not see change, and Tom's own once more.
  const old = await gareth.press('Approve: goes out now', { confirm: 'true' }, toms);
  expect(old.text).toContain('approved this a moment ago');
  await tom.press('Approve: goes out now', { confirm: 'true' }, toms);
  expect(council.outside.entries()).toHaveLength(2);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever says no to what another has let go hears how it is kept back, and once it is public who takes it down', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  const ellen = council.as('ellen-rimmer');
  const [tom, priya, gareth] = [
    council.as('tom-ashcroft'),
    council.as('priya-desai'),
    council.as('gareth-molyneux'),
  ];
  await ellen.say('propose for Highways: on x: The gritters are out.');
  await ellen.press('Send to Highways approvers');
  const [priyas, gareths] = [priya.card(1), gareth.card(1)];
  away.add('x-main');
  await tom.press('Approve: goes out now', { confirm: 'true' });
  expect((await council.post(1)).status.is).toBe('publishing');
  const leaving = await priya.press('Do not publish', { note: 'It is another road.' }, priyas);
  expect(leaving.text).toContain(
    'Type "hold 1" to keep it back: then it can be decided that it is not published.',
  );

  away.clear();
  await lives(council, 20 * minute);
  expect((await council.post(1)).status.is).toBe('published');
  const theirs =
    'Ellen Rimmer, Joseph Adeyemi, Gareth Molyneux and Yvonne Cartmel can take it down. Ask now if it cannot wait.';
  for (const button of ['Do not publish', 'Send back with a note']) {
    const late = await priya.press(button, { note: 'It is another road.' }, priyas);
    expect(late.text).toContain(`this post is published. ${theirs}`);
    expect(late.text).toContain('It is another road.');
  }
  for (const typed of ['reject 1', 'send back 1: it is another road', 'not right 1']) {
    const [said] = (await priya.say(typed)).slice(-1);
    expect(said?.text).toContain(theirs);
  }
  const duty = await gareth.press('Do not publish', { note: 'It is another road.' }, gareths);
  expect(duty.text).toContain('To take it down, press "Take it down".');
  expect((await priya.say('approve 1')).at(-1)?.text).not.toContain(theirs);
});

test('whoever would correct what is not public yet is shown how it is changed', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  const [ellen, nadia] = [council.as('ellen-rimmer'), council.as('nadia-hartley')];
  await ellen.say('propose for Highways: on x: The gritters are out.');
  const draft = (await ellen.say('correct 1: Both gritters are out.')).at(-1);
  expect(draft?.text).toContain('Nothing of it is public yet, so it is changed here and not corrected.');
  expect(draft?.text).toContain('I have not put your words into it: "Both gritters are out."');
  expect(inputsIn(draft?.card ?? {})).toMatchObject({ text: 'The gritters are out.' });
  await ellen.press('Send to Highways approvers', {}, (await ellen.say('show 1')).at(-1));
  await ellen.say('hold 1');
  expect(ellen.buttons((await ellen.say('correct 1')).at(-1))).not.toContain('Ask for this correction');

  await nadia.say('propose on x: The A565 is shut.');
  await nadia.press('Send to Communications');
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(2));
  away.add('x-main');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect((await nadia.say('correct 2')).at(-1)?.text).toContain(
    'It cannot be corrected now: this post is on its way out. Type "hold 2" to keep it back: then it can be changed.',
  );
});

test('the same message twice is one post; an edited post is not decided on an old card', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  const words = 'propose for Highways: The gritters are out on the main roads.';
  await Promise.all([
    ellen.say(words, { activityId: 'message-1' }),
    ellen.say(words, { activityId: 'message-1' }),
  ]);
  await ellen.say(words, { activityId: 'message-1' });
  await expect(council.post(2)).rejects.toThrow('no post');
  expect(council.shown(ellen.chat).filter(({ text }) => text.includes('#1 '))).toHaveLength(1);

  await ellen.press('Send to Highways approvers');
  const old = tom.card(1);
  const form = await ellen.press('Edit');
  await ellen.press('Save and pass on', { text: 'The gritters are out on all main roads.' }, form.card);
  const pressed = await tom.press('Approve: goes out now', { confirm: 'true' }, old);
  expect(pressed.text).toContain('Ellen Rimmer changed this a moment ago. Here is the latest.');
  expect(pressed.text).toContain('The gritters are out on all main roads.');
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(council.outside.entries()).toEqual([]);

  // The answer is the latest card, on which the decision counts.
  await tom.press('Approve: goes out now', { confirm: 'true' }, pressed.card);
  expect(council.outside.standing('x-main')).toEqual(['The gritters are out on all main roads.']);
});

test('a draft that was edited since is not sent by an old card, which says so', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [old] = await ellen.say('propose for Highways: The road is closed.');
  const form = await ellen.press('Edit', {}, old);
  await ellen.press('Save', { text: 'The road is open.' }, form.card);
  const sent = await ellen.press('Send to Highways approvers', {}, old);
  expect(sent.text).toContain('This has been edited since. Here is the latest.');
  expect(sent.text).toContain('The road is open.');
  expect((await council.post(1)).status.is).toBe('draft');
});

test('a tick stays with the words and the time that it was set beside: other ones come without it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  const ticked = { confirm: 'true', note: 'Fine by me.' };
  const shownTo = (card: object | undefined) => inputsIn(card ?? {});
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');

  // Nothing changed but a note is missing: the tick is still theirs.
  const missing = await tom.press('Send back with a note', { confirm: 'true' }, tom.card(1));
  expect(shownTo(missing.card)).toMatchObject({ confirm: 'true' });

  const old = tom.card(1);
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save and pass on', { text: 'The gritters are out on all main roads.' }, form.card);
  const edited = await tom.press('Approve: goes out now', ticked, old);
  expect(edited.text).toContain('The gritters are out on all main roads.');
  expect(shownTo(edited.card)).toMatchObject({ confirm: 'false', note: 'Fine by me.' });

  await ellen.say('schedule 1 tomorrow 9am');
  const timed = await tom.press('Approve: goes out now', ticked, edited.card);
  expect(timed.text).toContain('Approve: goes out on Wed 25 Nov at 9am');
  expect(shownTo(timed.card)).toMatchObject({ confirm: 'false', note: 'Fine by me.' });
  expect((await council.post(1)).status.is).toBe('in-review');
});

test('two of three have to agree, each once', async () => {
  await using council = await openCouncil({
    protocol: (sample) => sample.replace(/(name: '\{department\} approvers'[\s\S]*?need: )1/u, '$12'),
  });
  const ellen = council.as('ellen-rimmer');
  const [tom, priya] = [council.as('tom-ashcroft'), council.as('priya-desai')];
  const channel = { channel: 'channel-roads' };
  const use = (await tom.say('use this channel for approvals of Highways', channel)).at(-1);
  await tom.press('Yes, use this channel', {}, use);
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  expect(ellen.card(1).text).toContain('two of 3 Highways approvers');
  await ellen.press('Send to Highways approvers');
  const asked = tom.card(1);
  // A refused answer is the card that follows the post now; the one before it says that there is a newer one.
  const [refused] = await tom.say('remove 1');
  const inTomsChat = (card: { activityId: string } | undefined) =>
    council.shown(tom.chat).find(({ activityId }) => activityId === card?.activityId);
  expect(refused?.text).toContain('There is nothing to take down');
  expect(inTomsChat(asked)?.text).toBe(
    'There is a newer card of #1 It stands elsewhere in this chat and shows how things are now. [Show #1 here]',
  );
  // So is the form of whoever edits, once they go back, and what is typed in a Teams channel.
  const [form] = await ellen.say('edit 1');
  const [inChannel] = await tom.say('show 1', channel);
  await tom.press('Approve: one more is needed', { confirm: 'true' });
  const inChannelNow = () =>
    council.shown('channel-roads').find(({ activityId }) => activityId === inChannel?.activityId);
  await ellen.press('Back without saving', {}, form);
  for (const each of [inTomsChat(refused), ellen.card(1), inChannelNow()]) {
    expect(each?.text).toContain('Tom Ashcroft approved it');
  }
  expect(ellen.card(1).activityId).toBe(form?.activityId);
  // Pressed, an earlier card is the one that follows, and the other one says so.
  const back = await tom.press('Show #1 here', {}, inTomsChat(asked));
  expect(back.text).toContain('Tom Ashcroft approved it');
  expect(inTomsChat(refused)?.text).toContain('There is a newer card of #1');
  expect((await council.post(1)).status.is).toBe('in-review');
  const again = await tom.press('Approve: one more is needed', { confirm: 'true' }, asked);
  expect(again.text).not.toContain('Approve');
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(council.outside.entries()).toEqual([]);
  expect(priya.card(1).text).toContain('Approve: goes out now');
  await priya.press('Approve: goes out now', { confirm: 'true' });
  expect(council.outside.entries('x-main')).toHaveLength(1);
  for (const each of [inTomsChat(asked), ellen.card(1), inChannelNow()]) {
    expect(each?.text).toContain('Published');
  }
});

test('who may not, who wrote it, and who has left the protocol, change nothing', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  const card = council.as('tom-ashcroft').card(1);

  // Bethan is of another department: the post is not even shown.
  const other = await council
    .as('bethan-prys')
    .press('Approve: goes out now', { confirm: 'true' }, card.card);
  expect(other.text).not.toContain('gritters');
  const own = await ellen.press('Approve: goes out now', { confirm: 'true' }, card.card);
  expect(own.text).toContain('You wrote this');
  const stranger = council.stranger('aad-nobody', 'nobody@elsewhere.example');
  const unknown = await stranger.press('Approve: goes out now', { confirm: 'true' }, card.card);
  expect(unknown.text).toContain('I do not know you yet');
  expect((await council.post(1)).status.is).toBe('in-review');
  await council.pass(minute);

  // Tom has left Highways since the post was sent; his card of then counts for nothing.
  await using later = await council.restart({
    protocol: (sample) =>
      sample.replace(
        'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]',
        'approvers: [priya-desai, gareth-molyneux]',
      ),
  });
  const left = await later.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' }, card);
  expect(left.text).toContain('Only Highways approvers can decide this.');
  expect((await later.post(1)).status.is).toBe('in-review');
  await later.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  expect((await later.post(1)).status.is).toBe('published');
  expect((await later.audit()).findings).toEqual([]);
});

test('whoever passes on what somebody else has passed on already gets back the note that they had begun', async () => {
  await using council = await openCouncil();
  const [nadia, ellen, joseph] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('joseph-adeyemi'),
  ];
  await nadia.say('propose The gritters are out on the main roads.');
  await nadia.press('Send to Communications');
  const old = structuredClone(ellen.card(1).card);
  await joseph.press('Pass on to Highways approvers', {}, joseph.card(1));
  const late = await ellen.press('Pass on to Highways approvers', { note: 'Which roads?' }, old);
  expect(late.text).toContain('Your note has not been sent: "Which roads?"');
});

test('an old card says what has really happened since: a hold and another time are no edit', async () => {
  await using council = await openCouncil();
  const [ellen, priya, tom] = [
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
    council.as('tom-ashcroft'),
  ];
  await ellen.say('propose for Highways: Liverpool Road is closed.');
  await ellen.press('Send to Highways approvers');
  const [first, toms] = [priya.card(1), tom.card(1)];
  await ellen.say('hold 1');
  const approved = await priya.press('Approve: goes out now', { confirm: 'true' }, first);
  expect(approved.text).toContain('Ellen Rimmer held this a moment ago. Here is the latest.');
  const back = await tom.press('Send back with a note', { note: 'Which road?' }, toms);
  expect(back.text).toContain('Ellen Rimmer held this a moment ago. Here is the latest.');
  const held = priya.card(1);
  await ellen.say('schedule 1 today 3pm');
  const released = await priya.press('Release: goes out now', { confirm: 'true' }, held);
  expect(released.text).toContain(
    'Ellen Rimmer chose another time for this a moment ago. Here is the latest.',
  );
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save as a draft', { text: 'Moor Lane is closed.' }, form.card);
  const edited = await priya.press('Release: goes out now', { confirm: 'true' }, held);
  expect(edited.text).toContain('Ellen Rimmer changed this a moment ago. Here is the latest.');
  expect(council.outside.standing('x-main')).toEqual([]);
});

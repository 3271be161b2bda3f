import { expect, test } from 'vitest';
import { erase } from '../../src/core/erase.ts';
import type { PublishOutcome } from '../../src/networks/network.ts';
import { passedOn } from './beginnings.ts';
import { day, minute, openCouncil } from './council.ts';
import { toldIn } from './told.ts';

test('whoever is asked and has a card of the post already is told: Teams tells nobody that a card changed', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await nadia.say('propose The gritters are out on the main roads.');
  // She looks at the draft, so that she has a card of it.
  await ellen.say('show 1');
  await nadia.press('Send to Communications');
  const asked: unknown = expect.stringMatching(
    /^#1 \(Highways\) waits for you\. It is due by .*\. Type "show 1" to see it\.$/u,
  );
  expect(toldIn(council, ellen.chat)).toEqual([asked]);
  // His card is new, and comes with a sound.
  expect(joseph.card(1).text).toContain('Please look by');
  expect(toldIn(council, joseph.chat)).toEqual([]);
  // Another time asks nobody anew who has not decided yet.
  await nadia.say('schedule 1 tomorrow 9am');
  expect(toldIn(council, ellen.chat)).toEqual([asked]);
  await nadia.say('schedule 1 now');

  // The author hears that it came back; whoever sent it back knows.
  await ellen.press('Send back with a note', { note: 'Which roads?' }, ellen.card(1));
  expect(toldIn(council, nadia.chat)).toEqual([
    expect.stringMatching(
      /^#1 \(Highways\): Ellen Rimmer sent it back .*\. Edit it, then send it again\. Ellen Rimmer wrote: "Which roads\?" Type "show 1" to see it\.$/u,
    ),
  ]);
  expect(toldIn(council, ellen.chat)).toHaveLength(1);

  // Sent again, both have a card by now.
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const saved = await nadia.press('Save', { text: 'The gritters are out on the A565.' }, form.card);
  await nadia.press('Send to Communications', {}, saved.card);
  expect(toldIn(council, ellen.chat)).toEqual([asked, asked]);
  expect(toldIn(council, joseph.chat)).toEqual([asked]);

  // Nobody decides: the author hears of that too.
  await council.pass(4 * day);
  await council.pass(minute);
  expect(toldIn(council, nadia.chat).at(-1)).toMatch(
    /^#1 \(Highways\): Nobody decided by .*, so it did not go out\./u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('a correction that waits is told to whoever may agree to it, and a post held by somebody to its author', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  await priya.press('Hold', {}, priya.card(1));
  expect(toldIn(council, nadia.chat)).toEqual([
    expect.stringMatching(/^#1 \(Highways\): Priya Desai held this/u),
  ]);
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  const before = toldIn(council, priya.chat).length;

  const [form] = await ellen.say('correct 1');
  const right = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', right, form);
  expect(toldIn(council, priya.chat).slice(before)).toEqual([
    'A correction of #1 (Highways) waits for you. Type "show 1" to see it.',
  ]);
  expect(toldIn(council, ellen.chat)).toEqual([]);
  // What is wrong is public all the while, so they are reminded: as soon as of the post itself, and then less often.
  const reminders = () =>
    toldIn(council, priya.chat).filter((text) => text.includes('still waits for you')).length;
  for (const [after, reminded] of [
    [59, 0],
    [2, 1],
    [58, 1],
    [4, 2],
    [118, 2],
    [6, 3],
  ] as const) {
    await council.pass(after * minute);
    expect(reminders()).toBe(reminded);
  }
  expect(toldIn(council, priya.chat).at(-1)).toBe(
    'A correction of #1 (Highways) still waits for you. Type "show 1" to see it.',
  );
  await council.as('yvonne-cartmel').say('remove 1');
  expect(toldIn(council, nadia.chat).at(-1)).toMatch(/^#1 \(Highways\): Yvonne Cartmel took it down/u);
});

test('an account that refuses a post is told to the desk, which has passed it on and so has a card', async () => {
  const refused: PublishOutcome = { outcome: 'refused', reason: 'not-permitted' };
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'answer', outcome: refused });
  const ellen = council.as('ellen-rimmer');
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  expect(toldIn(council, ellen.chat)).toEqual([
    expect.stringMatching(/^#1 \(Highways\) needs Communications\. X: .*\. Type "show 1" to see it\.$/u),
  ]);
});

test('whoever asked for a correction reads why it was not agreed to: the note stood nowhere, and nobody was told', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  await ellen.say('propose for Highways: Liverpool Road is closed until Thursday.');
  await ellen.press('Send to Highways approvers');
  await priya.press('Approve: goes out now', { confirm: 'true' });
  const ask = async (day: string) => {
    const [form] = await ellen.say('correct 1');
    const right = { text: `Liverpool Road is closed until ${day}.`, what: 'We gave the wrong day.' };
    return await ellen.press('Ask for this correction', right, form);
  };
  await ask('Friday');
  await priya.press('Leave it as it is', { note: 'It *is* Thursday.' }, priya.card(1));
  expect(toldIn(council, ellen.chat)).toEqual([
    expect.stringMatching(
      /^#1 \(Highways\): Priya Desai did not agree to the correction .* Type "show 1" to see it\.$/u,
    ),
  ]);
  expect(ellen.card(1).text).toMatch(
    /Priya Desai did not agree to the correction .*What stands stays as it is\..*Priya Desai wrote.*It \*is\* Thursday\./u,
  );
  // Another one, and the first is over: it stays in what happened, and its note was for the time that it stood there.
  await ask('Saturday');
  expect(ellen.card(1).text).toMatch(
    /Priya Desai did not agree at \S+ to the correction that was asked for at/u,
  );
  expect(ellen.card(1).text).not.toContain('It *is* Thursday.');

  await priya.press('Leave it as it is', { note: 'It is *Thursday*.' }, priya.card(1));
  const { id } = await council.post(1);
  const by = { by: 'person', person: 'ellen-rimmer' } as const;
  await erase(council.app.executor, { kind: 'post', id }, { clause: '7.4', names: ['note'] }, by);
  await council.quiet();
  expect(ellen.card(1).text).toContain('under clause 7.4 of the protocol: the note to its author.');
  expect(ellen.card(1).text).not.toContain('*Thursday*');
  expect((await council.audit()).findings).toEqual([]);
});

test('who can be reached in a Teams channel alone is told under the card there when they are asked anew, nobody else', async () => {
  const everybody = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi', 'tom-ashcroft', 'gareth-molyneux'];
  await using council = await openCouncil({ met: everybody });
  const highways = '19:highways@thread.tacv2';
  const ellen = council.as('ellen-rimmer');
  const tom = council.as('tom-ashcroft');
  const [asking] = await ellen.say('use this channel for approvals of Highways', { channel: highways });
  await ellen.press('Yes, use this channel', {}, asking);
  const under = () => toldIn(council, highways);
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  await council.pass(minute);
  // The card itself came with a sound.
  expect(under()).toEqual([]);
  // Neither an edit of what waits for them all the while nor a reminder is a reason to disturb everybody there.
  const editing = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save and pass on', { text: 'The gritters are out on all main roads.' }, editing.card);
  await council.pass(61 * minute);
  expect(under()).toEqual([]);

  const again = async () => {
    await tom.press('Send back with a note', { note: 'Which roads?' }, tom.card(1));
    await ellen.press('Send to Highways approvers', {}, ellen.card(1));
    await council.pass(minute);
  };
  await again();
  expect(under()).toEqual([
    expect.stringMatching(
      /^#1 \(Highways\) waits for Priya Desai\. It is due by .*\. Press Open for me on the card above\.$/u,
    ),
  ]);
  const card = council.shown(highways).find(({ text }) => text.startsWith('#1 · '));
  const line = council.shown(highways).find(({ text }) => text.includes('waits for Priya Desai'));
  expect(line?.conversationId).toBe(`${highways};messageid=${card?.activityId ?? ''}`);
  expect(toldIn(council, council.as('gareth-molyneux').chat).at(-1)).toContain(
    '#1 (Highways) waits for you.',
  );

  // Once she has a chat of her own, she is told there.
  await council.as('priya-desai').say('help');
  await council.pass(minute);
  await again();
  expect(under()).toHaveLength(1);
  expect(toldIn(council, council.as('priya-desai').chat).at(-1)).toContain('#1 (Highways) waits for you.');
  expect((await council.audit()).findings).toEqual([]);
});

test.each([
  { who: 'has no chat, is told in the Teams channel once that is known', met: [], told: 1 },
  {
    who: 'has one, gets the card there, and nobody in the Teams channel is disturbed',
    met: ['tom-ashcroft'],
    told: 0,
  },
])('somebody who is asked only later and $who', async ({ met, told }) => {
  await using council = await openCouncil({
    met: ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi', 'priya-desai', 'gareth-molyneux', ...met],
    protocol: (sample) =>
      sample.replace(
        'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]',
        'approvers: [priya-desai, gareth-molyneux]',
      ),
  });
  const highways = '19:highways@thread.tacv2';
  const ellen = council.as('ellen-rimmer');
  const [asking] = await ellen.say('use this channel for approvals of Highways', { channel: highways });
  await ellen.press('Yes, use this channel', {}, asking);
  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  await ellen.press('Send to Highways approvers');
  // The lead is asked as well; whether a card can be brought to him shows a moment later.
  await council.pass(3 * 60 * minute);
  await council.pass(minute);
  const under = toldIn(council, highways);
  expect(under).toHaveLength(told);
  for (const line of under) expect(line).toContain('waits for Tom Ashcroft.');
  expect((await council.audit()).findings).toEqual([]);
});

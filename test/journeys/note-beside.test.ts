import { expect, test } from 'vitest';
import { inputsIn } from './card.ts';
import { asked, published } from './corrections.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

const note = 'Please add the diversion before it goes out.';
const wrote = `Priya Desai approved it at 9:43am: "${note}"`;

/** A post of Nadia's that the desk has passed on, with or without a word. */
async function passedOn(council: Council, beside: Readonly<Record<string, string>> = {}) {
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Moor Lane is closed.');
  await nadia.press('Send to Communications');
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Pass on to Highways approvers', beside, ellen.card(1));
  return { nadia, ellen, priya: council.as('priya-desai') };
}

const approve = 'Approve: goes out now';

test('a note beside the last approval is asked about once, and reaches whoever wrote the post', async () => {
  await using council = await openCouncil();
  const { nadia, ellen, priya } = await passedOn(council);
  const first = await priya.press(approve, { confirm: 'true', note }, priya.card(1));
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(first.text).toContain(
    'Nothing has been decided yet. If you approve this, it goes out as it stands here, and Nadia Hartley reads your note after that. Press the same button again to do so. If something should change first, press "Send back with a note": the note goes with it.',
  );
  expect(inputsIn(first.card ?? {})).toMatchObject({ confirm: 'true', note });

  await priya.press(approve, { confirm: 'true', note }, first.card);
  expect((await council.post(1)).status.is).toBe('published');
  for (const each of [nadia, ellen, priya]) expect(each.card(1).text).toContain(`"${note}"`);
  expect(
    council
      .shown(nadia.chat)
      .map(({ text }) => text)
      .join('\n'),
  ).toMatch(
    /: Priya Desai approved it on [^:]+:\d+am: "Please add the diversion before it goes out\." Type "show 1" to see it\./u,
  );
  const why = await nadia.press('Why?', {}, nadia.card(1));
  expect(why.text).toContain(`"${note}"`);
});

test('another note than the one that was asked about is asked about as well', async () => {
  await using council = await openCouncil();
  const { priya } = await passedOn(council);
  const first = await priya.press(approve, { confirm: 'true', note }, priya.card(1));
  const stop = 'No, this must not go out.';
  const second = await priya.press(approve, { confirm: 'true', note: stop }, first.card);
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(second.text).toContain('Nothing has been decided yet.');
  await priya.press(approve, { confirm: 'true', note: stop }, second.card);
  expect((await council.post(1)).status.is).toBe('published');
});

test('once asked, they can send it back with the note; what was changed meanwhile is asked about anew', async () => {
  await using council = await openCouncil();
  const { nadia, ellen, priya } = await passedOn(council);
  const first = await priya.press(approve, { confirm: 'true', note }, priya.card(1));
  const form = await ellen.say('edit 1');
  await ellen.press('Save and pass on', { text: 'Moor Lane is closed until 4pm.' }, form.at(-1));
  const late = await priya.press(approve, { confirm: 'true', note }, first.card);
  expect(late.text).toContain('Ellen Rimmer changed this a moment ago.');
  const again = await priya.press(approve, { confirm: 'true', note }, late.card);
  expect(again.text).toContain('Nothing has been decided yet.');
  await priya.press('Send back with a note', { note }, again.card);
  expect((await council.post(1)).status).toMatchObject({ is: 'sent-back', note });
  expect(nadia.card(1).text).toContain(note);
});

test('a note beside Pass on goes with the post to whoever comes next, and nobody else in a Teams channel reads it', async () => {
  await using council = await openCouncil();
  const tom = council.as('tom-ashcroft');
  const channel = 'channel-roads';
  const use = (await tom.say('use this channel for approvals of Highways', { channel })).at(-1);
  await tom.press('Yes, use this channel', {}, use);
  const { nadia, priya } = await passedOn(council, { note: 'Check the time with the gas people.' });
  const words = /Ellen Rimmer passed it on at \S+: "Check the time with the gas people\."/u;
  for (const each of [nadia, priya, tom]) expect(each.card(1).text).toMatch(words);
  const inChannel = council.shown(channel).find(({ text }) => text.startsWith('#1 '));
  expect(inChannel?.text).toContain('Ellen Rimmer passed it on');
  expect(inChannel?.text).not.toContain('gas people');
  // It stays where it is once what was decided is void.
  await council.as('ellen-rimmer').say('hold 1');
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  expect(nadia.card(1).text).toMatch(words);
});

test('where somebody else has to agree as well the note is theirs to read, and nothing is asked', async () => {
  await using council = await openCouncil({
    protocol: (sample) => sample.replace(/(name: '\{department\} approvers'[\s\S]*?need: )1/u, '$12'),
  });
  const { priya } = await passedOn(council);
  const tom = council.as('tom-ashcroft');
  await priya.press('Approve: one more is needed', { confirm: 'true', note }, priya.card(1));
  expect(tom.card(1).text).toContain(wrote.replace('9:43am', '9:44am').slice(0, 24));
  expect(tom.card(1).text).toContain(`"${note}"`);
  await tom.press(approve, { confirm: 'true' }, tom.card(1));
  expect((await council.post(1)).status.is).toBe('published');
});

test('a note beside Agree is asked about as well, and reaches whoever asked for the correction', async () => {
  await using council = await openCouncil();
  await published(council, 'The A59 is closed.', 'news');
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await asked(council, { text: 'The A565 is closed.', what: 'The wrong road.' });
  const first = await joseph.press('Agree: correct it now', { confirm: 'true', note }, joseph.card(1));
  expect(first.text).toContain(
    'Nothing has been decided yet. If you agree, it is corrected as it stands here',
  );
  await joseph.press('Agree: correct it now', { confirm: 'true', note }, first.card);
  expect(council.outside.standing('news')).toEqual([]);
  expect(ellen.card(1).text).toContain('The A565 is closed.');
  expect(
    council
      .shown(ellen.chat)
      .map(({ text }) => text)
      .join('\n'),
  ).toMatch(/: Joseph Adeyemi agreed to its correction on [^:]+:\d+am: "Please add the diversion/u);
});

test('a note beside the approval of what goes out later: the question says when, and that it is read before', async () => {
  await using council = await openCouncil();
  const { nadia, priya } = await passedOn(council);
  const form = await nadia.say('schedule 1 for 11am');
  expect(form.at(-1)?.text).toContain('11am');
  const later = priya.buttons(priya.card(1)).find((title) => title.startsWith('Approve')) ?? '';
  expect(later).toContain('11am');
  const first = await priya.press(later, { confirm: 'true', note }, priya.card(1));
  expect(first.text).toMatch(
    /If you approve this, it goes out (?:on Tue 24 Nov )?at 11am as it stands here, and Nadia Hartley reads your note before that\./u,
  );
  await priya.press(later, { confirm: 'true', note }, first.card);
  expect(toldIn(council, nadia.chat).at(-1)).toContain(note);
});

test('while everything is stopped a note is not asked about: whoever decides afresh reads it before', async () => {
  await using council = await openCouncil();
  await published(council, 'The A59 is closed.', 'news');
  const [ellen, joseph, priya] = ['ellen-rimmer', 'joseph-adeyemi', 'priya-desai'].map((id) =>
    council.as(id),
  );
  if (ellen === undefined || joseph === undefined || priya === undefined) throw new Error('nobody');
  await asked(council, { text: 'The A565 is closed.', what: 'The wrong road.' });
  await stopEverything(council, 'ellen-rimmer');
  const agreed = await joseph.press('Agree', { confirm: 'true', note }, joseph.card(1));
  expect(agreed.text).not.toContain('Nothing has been decided yet');
  expect((await council.post(1)).status.is).toBe('held');
  await resumeAll(council, 'ellen-rimmer');
  expect(priya.card(1).text).toContain(`"${note}"`);
  // What it goes out by is a release then.
  const first = await priya.press('Release: goes out now', { confirm: 'true', note: 'Now.' }, priya.card(1));
  expect(first.text).toContain('If you release this, it goes on as it stands here');
});

test('a note is promised to those who wrote the words and are here, and they hear of it', async () => {
  await using council = await openCouncil();
  const { nadia, ellen, priya } = await passedOn(council);
  const form = await ellen.say('edit 1');
  await ellen.press('Save and pass on', { text: 'Moor Lane is closed until 4pm.' }, form.at(-1));
  await nadia.say('away until Friday');
  await council.pass(minute);
  const first = await priya.press(approve, { confirm: 'true', note }, priya.card(1));
  expect(first.text).toContain('and Ellen Rimmer reads your note after that.');
  await ellen.say('away until Friday');
  const away = await priya.press(approve, { confirm: 'true', note: 'Stop.' }, first.card);
  expect(away.text).toContain('Nadia Hartley and Ellen Rimmer are away and may not read your note before.');
  await priya.press(approve, { confirm: 'true', note: 'Stop.' }, away.card);
  for (const each of [nadia, ellen]) expect(toldIn(council, each.chat).at(-1)).toContain('"Stop."');
});

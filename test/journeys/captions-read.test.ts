import { expect, test } from 'vitest';
import { z } from 'zod';
import { drawnPictures, plainPhoto } from '../media/drawn-pictures.ts';
import type { Actor } from '../../src/core/context.ts';
import { erase } from '../../src/core/erase.ts';
import { forgetMedia } from '../../src/posts/erasing/forget-media.ts';
import { captionFiles } from '../../src/posts/writing/media.ts';
import { mp4 } from '../media/video-files.ts';
import { textOf } from './card.ts';
import { minute } from './council.ts';
import { nadiaWith } from './files-in-teams.ts';
import { pauseRoutine } from './stops.ts';

/** Captions of a film, each of them a second long. */
const srt = (...cues: readonly string[]): Uint8Array =>
  Buffer.from(
    cues
      .map((cue, n) => {
        const at = (second: number): string => new Date(second * 1_000).toISOString().slice(11, 23);
        return `${String(n + 1)}\n${at(n).replace('.', ',')} --> ${at(n + 1).replace('.', ',')}\n${cue}\n`;
      })
      .join('\n'),
  );

/**
 * A film that Nadia has sent with its captions, answered for and to go to our page.
 *
 * @param others files by name, to be sent later
 */
async function film(captions: Uint8Array, others: Readonly<Record<string, Uint8Array>> = {}) {
  await using opened = new AsyncDisposableStack();
  const begun = opened.use(await nadiaWith({ 'film.mp4': filmFile, 'film.srt': captions, ...others }));
  const { nadia, teams } = begun;
  await teams.send(nadia, 'film.mp4', 'propose for Highways: Moor Lane is open again.');
  await teams.send(nadia, 'film.srt', 'captions 1');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const described = { 'alt:0': 'A road', 'seen:0': 'nobody', 'whose:0': 'ours' };
  await nadia.press('Save', { accounts: 'news', ...described }, form.card);
  opened.move();
  return begun;
}

const filmFile = mp4({ seconds: 600, width: 1280, height: 720, streamable: true });

test('what captions say is read by the rules as a text is, and by whoever approves it', async () => {
  const ill = srt('He is no ret&#97;rd', 'and Ann is on 07700 900123.', 'Moor Lane <i>is</i>\nopen.');
  await using there = await film(ill, {
    'right.srt': srt('Moor Lane is', 'open to all.', 'Thank you.'),
    'desk.srt': srt('Moor Lane is', 'open to everybody.', 'Thank you.'),
  });
  const { council, nadia, teams } = there;
  const found = await nadia.press('Send to Communications', {}, nadia.card(1));
  expect(found.text).toContain('In the captions of the video: "retard".');
  expect(found.text).toContain('In the captions of the video: "07700 900123".');
  expect(found.text).toContain('Put it right in the file, and send it with "captions 1".');
  expect((await council.post(1)).status.is).toBe('draft');

  await teams.send(nadia, 'right.srt', 'captions 1');
  const own = nadia.card(1);
  expect(own.text).toContain('The captions of the video say:');
  expect(own.text).toContain('Moor Lane is open to all.');
  await nadia.press('Send to Communications', {}, own);
  const ellen = council.as('ellen-rimmer');
  expect(ellen.card(1).text).toContain('Moor Lane is open to all.');

  // What the desk changes in them, whoever approves it reads word by word.
  const asked = await teams.send(ellen, 'film.srt', 'captions 1');
  expect(asked).toContain(
    'If you put the captions to it, you pass it on with them, and whoever approves it is asked. They take the place of the captions that its video has now. Nothing has been changed yet.',
  );
  const stopped = await ellen.press('Yes, put the captions to it and pass it on');
  expect(stopped.text).toContain('In the captions of the video: "retard".');
  expect((await council.post(1)).revision.media[0]).toMatchObject({
    captions: { words: 'Moor Lane is open to all.\nThank you.' },
  });
  expect(await teams.send(ellen, 'desk.srt', 'captions 1')).toContain('Put the captions to #1?');
  await ellen.press('Yes, put the captions to it and pass it on');
  expect((await council.post(1)).revision.media[0]).toMatchObject({
    captions: { words: 'Moor Lane is open to everybody.\nThank you.' },
  });
  const tom = council.as('tom-ashcroft').card(1);
  expect(tom.text).toContain('Ellen Rimmer changed the captions of the video:');
  expect(tom.text).not.toContain('Video: its captions');
  expect(JSON.stringify(tom.card)).toMatch(/"text":"all","strikethrough":true/u);
  // What is frozen for the accounts is the file alone, as before.
  const { status } = await council.post(1);
  expect('plan' in status ? JSON.stringify(status.plan.parts) : '').not.toContain('everybody');
  expect(JSON.stringify(await council.app.executor.store.scan('person', 100))).not.toContain('everybody');
});

test('a form that was open as captions came is saved as what stands, with the present findings; of what else was changed it says no more than is so', async () => {
  await using there = await film(srt('He is no retard.'), {
    'right.srt': srt('Moor Lane is open.'),
  });
  const { council, nadia, teams } = there;
  const form = await nadia.press('Edit', {}, nadia.card(1));
  expect(form.text).toContain('Put it right in the file, and send it with "captions 1".');
  expect(await teams.send(nadia, 'right.srt', 'captions 1')).toContain('The captions are with the video');
  // What is wrong with the form itself is said with what is found now.
  const wrong = await nadia.press('Save', { until: 'someday' }, form.card);
  expect(wrong.text).not.toContain('retard');
  expect(wrong.text).not.toContain('changed');
  const saved = await nadia.press('Save', { text: 'Moor Lane in Crosby is open.', until: '' }, wrong.card);
  expect(saved.text).not.toContain('changed');
  expect(saved.text).not.toContain('✖');
  expect((await council.post(1)).revision).toMatchObject({
    text: 'Moor Lane in Crosby is open.',
    media: [{ alt: 'A road', captions: { words: 'Moor Lane is open.' } }],
  });

  // A heading is no text: whoever saves an older form is not told that the text was changed.
  const older = await nadia.press('Edit', {}, nadia.card(1));
  const newer = await nadia.press('Edit', {}, (await nadia.say('show 1')).at(-1));
  await nadia.press('Save', { headline: 'Moor Lane' }, newer.card);
  expect((await nadia.press('Save', { summary: 'It is open.' }, older.card)).text).toContain(
    'You have changed something of this since, and its text reads as it does in this form. What you typed stands below.',
  );
});

test('captions that no card has room for stand behind "Read all of it"; more than anybody would read are not taken', async () => {
  const talk = Array.from({ length: 560 }, (_, n) =>
    `Street ${String(n + 1)} is gritted before six. `.repeat(2),
  );
  await using there = await film(srt(...talk), {
    'long.srt': srt(...talk.map((cue) => cue.repeat(2))),
  });
  const { council, nadia, teams } = there;
  expect(await teams.send(nadia, 'long.srt', 'captions 1')).toMatch(
    /These captions have [\d,]+ characters\. I take 60,000, so that whoever approves the post can read all of them\./u,
  );
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const ellen = council.as('ellen-rimmer');
  const on = ellen.card(1);
  expect(on.text).not.toContain('Street 560');
  let page = await ellen.press('Read all of it', {}, on);
  let words = page.text;
  while (JSON.stringify(page.card).includes('"Next page"')) {
    page = await ellen.press('Next page', {}, { ...on, card: page.card ?? {} });
    words += `\n${page.text}`;
  }
  for (let n = 1; n <= 560; n += 1) expect(words).toContain(`Street ${String(n)} is gritted`);
});

test('long captions stand folded with what was found in them first, and one press on the card shows all of them', async () => {
  const line = (n: number): string => `Line ${String(n + 1)} of what is said about the road.`;
  const lines = Array.from({ length: 20 }, (_, n) => line(n));
  const ill = lines.with(15, 'And he is no retard at all.');
  await using there = await film(srt(...ill), {
    'right.srt': srt(...lines),
    'other.srt': srt(...lines.map((each) => each.replace('Line', 'Sentence').replace('road', 'bridge'))),
    'short.srt': srt(...lines.slice(0, 8)),
  });
  const { council, nadia, teams } = there;
  const draft = withoutHidden(nadia.card(1).card);
  expect(draft).toMatch(
    /Something was found in these lines of them: And he is no retard at all\. They begin: Line 1 of/u,
  );
  await teams.send(nadia, 'right.srt', 'captions 1');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  const { card } = council.as('priya-desai').card(1);
  const seen = withoutHidden(card);
  expect(seen).toContain('They have 20 lines. Please read all of them before you decide.');
  expect(seen).not.toContain('Something was found');
  expect(seen).toContain('Line 2 of');
  expect(seen).not.toContain('Line 12 of');
  // Nothing has to be fetched for the rest: the button unfolds what the card has.
  const toggle = JSON.stringify(card).match(
    /"title":"Read all of the captions","targetElements":\["(?<head>[^"]+)","(?<all>[^"]+)"\]/u,
  )?.groups;
  expect(toggle).toEqual({ head: 'captions-0-head', all: 'captions-0-all' });
  const { text: all } = council.as('priya-desai').card(1);
  for (const each of lines) expect(all).toContain(each);

  // Where the desk changes all of them, what was changed stands above them, and folded as well.
  const ellen = council.as('ellen-rimmer');
  await teams.send(ellen, 'other.srt', 'captions 1');
  await ellen.press('Yes, put the captions to it and ask afresh');
  const changed = council.as('priya-desai').card(1);
  expect(withoutHidden(changed.card)).toMatch(
    /Ellen Rimmer changed the captions of the video: .*Line.*\[Read all that was changed\].*\[Read all of the captions\]/u,
  );
  expect(withoutHidden(changed.card)).not.toMatch(/(?:Line|Sentence) 12 /u);
  expect(changed.text).toContain('Sentence 20 of what is said about the bridge.');

  // What is short stands there as it is.
  await teams.send(nadia, 'short.srt', 'captions 1');
  const short = (await nadia.press('Yes, put the captions to it')).card ?? {};
  expect(withoutHidden(short)).toContain('Line 8 of');
  expect(JSON.stringify(short)).not.toContain('Read all of the captions');
});

/** The words of a card without what only a press shows. */
const withoutHidden = (card: object): string => {
  const shown: unknown = JSON.parse(JSON.stringify(card), (_key, value: unknown) =>
    Array.isArray(value) ? value.filter((each) => !isHidden(each)) : value,
  );
  return textOf(z.record(z.string(), z.unknown()).parse(shown));
};

const isHidden = (element: unknown): boolean =>
  typeof element === 'object' && element !== null && 'isVisible' in element && element.isVisible === false;

test('captions that are erased are gone with their file, those that stood there before too, and the film stays', async () => {
  await using there = await film(srt('Ann of Zanzibar Terrace says that it is open.'), {
    'right.srt': srt('Bob of Zanzibar Terrace says that it is open.'),
  });
  const { council, nadia, teams } = there;
  const [earlier = ''] = captionFiles((await council.post(1)).revision.media);
  await teams.send(nadia, 'right.srt', 'captions 1');
  await nadia.say('cancel 1');
  const before = await council.post(1);
  const [file = ''] = captionFiles(before.revision.media);
  expect(file).not.toBe(earlier);
  const { executor } = council.app;
  const claire: Actor = { by: 'person', person: 'claire-whitworth' };
  const erasure = { clause: '7.1', names: ['captions'] };
  await erase(executor, { kind: 'post', id: before.id }, erasure, claire);
  await council.quiet();
  expect(JSON.stringify(await executor.store.get('post', before.id))).not.toContain('Zanzibar');
  expect(await forgetMedia({ executor, blobs: council.blobs }, before, erasure)).toBe(2);
  expect(await council.blobs.get(file)).toBeUndefined();
  const after = await council.post(1);
  expect(after.revision.media).toMatchObject([{ hash: before.revision.media[0]?.hash, alt: 'A road' }]);
  expect(after.erased).toMatchObject([{ what: ['captions'] }]);
  expect(nadia.card(1).text).toContain('the captions of its video');
  expect((await council.audit()).findings).toEqual([]);
});

test('captions for what the desk has passed on say whose pass they take back; alone, for a film that has some, how to replace them', async () => {
  await using there = await film(srt('Moor Lane is open.'), {
    'right.srt': srt('Moor Lane is open again.'),
  });
  const { council, nadia, teams } = there;
  const before = (await council.post(1)).revision;
  expect(await teams.send(nadia, 'right.srt', '')).toContain(
    'The video of #1 has captions already. To put these in their place, type "captions 1" and add the file.',
  );
  expect((await council.post(1)).revision).toEqual(before);

  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  expect(await teams.send(nadia, 'right.srt', 'captions 1')).toContain(
    'Ellen Rimmer passed this on a moment ago. If you put the captions to it, it becomes a draft again and it has to be passed on once more. They take the place of the captions that its video has now. Nothing has been changed yet.',
  );
  expect((await council.post(1)).status.is).toBe('in-review');
  // The desk has no look to give any more: it asks the approvers afresh.
  const ellen = council.as('ellen-rimmer');
  const [again] = (await teams.sent(ellen, 'captions 1', 'right.srt')).slice(-1);
  expect(again?.text).toContain(
    'If you put the captions to it, it goes on with them, and whoever approves it is asked afresh. They take the place of the captions',
  );
  expect(ellen.buttons(again)).toEqual(['Yes, put the captions to it and ask afresh', 'Open #1']);

  // Held by a pause, the pass that it had is lost all the same.
  await pauseRoutine(council);
  await council.pass(minute);
  expect(await teams.send(nadia, 'right.srt', 'captions 1')).toMatch(
    /Gareth Molyneux .* If you put the captions to it, it becomes a draft again and it has to be passed on once more\. They take the place/u,
  );
});

test('whoever might approve a post reads that captions or a picture of theirs would take that from them, and who is left', async () => {
  await using there = await film(srt('Moor Lane is open.'), {
    'right.srt': srt('Moor Lane is open again.'),
    'still.jpg': await plainPhoto('#336', 900, 700),
  });
  const { council, nadia, teams } = there;
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  const tom = council.as('tom-ashcroft');
  const cannot =
    'You cannot approve it then, since nobody approves what they changed. Priya Desai or Gareth Molyneux can.';
  const [question] = (await teams.sent(tom, 'captions 1', 'right.srt')).slice(-1);
  expect(question?.text).toContain(cannot);
  expect(await teams.send(tom, 'still.jpg', 'picture 1')).toContain(cannot);
  // So it is once they have done it.
  await tom.press('Yes, put the captions to it', {}, question);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council
    .as('ellen-rimmer')
    .press('Pass on to Highways approvers', {}, council.as('ellen-rimmer').card(1));
  expect(tom.buttons(tom.card(1)).filter((title) => title.startsWith('Approve'))).toEqual([]);
  expect(await teams.send(tom, 'film.srt', 'captions 1')).not.toContain('You cannot approve it then');
  // Nadia could not anyway.
  expect(await teams.send(nadia, 'film.srt', 'captions 1')).not.toContain('You cannot approve it then');
});

test('whoever posts a film by hand takes its captions and its description along', async () => {
  await using there = await film(srt('Moor Lane is open.'));
  const { council, nadia } = there;
  const form = await nadia.press('Edit', {}, nadia.card(1));
  await nadia.press('Save', { accounts: 'nextdoor-sefton' }, form.card);
  await nadia.press('Send to Communications', {}, nadia.card(1));
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  const card = council.as('bethan-prys').card(1);
  const { media } = (await council.post(1)).revision;
  const [captions = ''] = captionFiles(media);
  const read = decodeURIComponent(card.text);
  expect(read).toMatch(
    new RegExp(`\\[Open the video to save it\\s↗\\]\\(\\S*${media[0]?.hash ?? ''}\\)`, 'u'),
  );
  expect(read).toMatch(
    new RegExp(`\\[Open the captions of the video to save them\\s↗\\]\\(\\S*${captions}\\)`, 'u'),
  );
  expect(JSON.stringify(card.card)).toContain(
    '"label":"What the video shows, to copy as its description","value":"A road"',
  );
});

test('captions that take the place of others in a draft say so, whoever was at it before, and how to have those again', async () => {
  await using there = await film(srt('Moor Lane is open.'), {
    'right.srt': srt('Moor Lane is open again.'),
    'third.srt': srt('Moor Lane is open to all.'),
    ...(await drawnPictures('lane.jpg')),
  });
  const { council, nadia, teams } = there;
  const replaced = 'These captions have taken the place of those that the video of #1 had.';
  const back = 'If the earlier ones are right, send those again with "captions 1".';
  const first = await teams.send(nadia, 'right.srt', 'captions 1');
  expect(first).toContain('The captions are with the video of #1.');
  expect(first).toContain(`${replaced} ${back}`);
  // The same once more take no place.
  expect(await teams.send(nadia, 'right.srt', 'captions 1')).not.toContain('have taken the place');
  const ellen = council.as('ellen-rimmer');
  const second = (await teams.sent(ellen, 'captions 1', 'third.srt')).map(({ text }) => text).join('\n');
  expect(second).toContain(`${replaced} Nadia Hartley changed #1 last before you. ${back}`);
  // Beside a picture as well.
  const both = (await teams.sent(nadia, 'picture 1', 'lane.jpg', 'right.srt'))
    .map(({ text }) => text)
    .join('\n');
  expect(both).toContain(`${replaced} Ellen Rimmer changed #1 last before you. ${back}`);
});

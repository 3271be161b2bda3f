import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { erase } from '../../src/core/erase.ts';
import { mp4 } from '../media/video-files.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { agreed, asked } from './corrections.ts';
import { filesInTeams } from './files-in-teams.ts';

/** What a picture is said to show is text that people read: where it is wrong it is put right like the rest, where it can be. */

const photo = await plainPhoto('#446688', 800, 600);
const text = 'Lord Street in Southport has a new crossing.';
const alt = 'A crossing on Lord Street, with the bank on the left';
const right = { 'alt:0': 'A crossing on Lord Street, with the library on the left' };
const wrong = { ...right, what: 'We named the wrong building in what the picture shows.' };

async function out(council: Council, accounts: string, file: Uint8Array = photo, more = {}): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await using teams = await filesInTeams(council, { 'a.jpg': file });
  await teams.send(ellen, 'a.jpg', `propose for Highways: ${text}`);
  const form = await ellen.press('Edit', {}, ellen.card(1));
  const answers = { 'alt:0': alt, 'seen:0': 'nobody', 'whose:0': 'ours', ...more };
  const saved = await ellen.press('Save', { accounts, ...answers }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
}

const page = async (council: Council): Promise<string> => await (await council.get('/news/1')).text();

test('a description alone is corrected: whoever agrees reads the old and the new, page and feeds say it, X keeps its own', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await out(council, 'news,x-main,facebook-main');
  expect(await page(council)).toContain(`alt="${alt}"`);
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain('Say what the picture shows, for people who cannot see it');
  expect(form?.text).toContain(
    'On X what it is said to show stays as it is unless you choose "Delete and post again".',
  );
  expect(form?.text).toContain('On Facebook nobody can change what it is said to show: that stays as it is.');

  await asked(council, wrong);
  const card = joseph.card(1).text;
  expect(card).toContain('What the picture is said to show changes:');
  expect(card).toMatch(/with the bank\s*library on the left/u);
  expect(card).toContain('X: stays as it is, also what it is said to show there.');
  expect(card).toContain('Facebook: stays as it is, also what it is said to show there.');
  await agreed(council);
  expect(council.outside.calls).toEqual(['publish x-main', 'publish facebook-main']);
  const read = await page(council);
  expect(read).toContain(`alt="${right['alt:0']}"`);
  expect(read).not.toContain('the bank');
  expect(read).toContain(wrong.what);
  const post = await council.post(1);
  expect(post.revision.media[0]?.alt).toBe(right['alt:0']);
  expect(post.corrected).toHaveLength(1);
  const shown = (await ellen.say('#1')).at(-1)?.text;
  expect(shown).toContain(`Picture shows: ${right['alt:0']}`);
  expect(shown).toContain(wrong.what);

  // The record keeps what it was and what it became, and an erasure takes both.
  const kept = async (): Promise<string> => {
    const aside = await council.app.executor.store.scan('audit-texts', 100);
    return JSON.stringify([await council.app.executor.store.get('post', post.id), aside.items]);
  };
  expect(await kept()).toContain('"alt-1"');
  await ellen.say('remove 1');
  await erase(
    council.app.executor,
    { kind: 'post', id: post.id },
    { clause: '7.1', names: ['alt-1'] },
    { by: 'person', person: 'claire-whitworth' },
  );
  await council.quiet();
  expect(await kept()).not.toContain('with the');
  expect((await council.audit()).findings).toEqual([]);
});

test('a description that says nothing, or what a rule stops, is not asked for: its own field says so', async () => {
  await using council = await openCouncil();
  await out(council, 'news,x-main');
  const field = /for people who cannot see it ✖ /u;
  const emptied = await asked(council, { ...wrong, 'alt:0': '' });
  expect(emptied.text).toMatch(new RegExp(`${field.source}The picture has no description`, 'u'));
  const rude = await asked(council, { ...wrong, 'alt:0': 'What the hell is on Lord Street?' });
  expect(rude.text).toMatch(new RegExp(`${field.source}"what the hell" should not be used`, 'iu'));
  const long = await asked(council, { ...wrong, 'alt:0': `A road ${'and a road '.repeat(200)}` });
  expect(long.text).toMatch(
    new RegExp(`${field.source}The description of the picture has 2,207 characters`, 'u'),
  );
  expect((await council.post(1)).correction).toBeUndefined();
});

test('where nobody can change a description, it is posted again with the new one or stays, and whoever asks reads that', async () => {
  await using council = await openCouncil();
  await out(council, 'x-main');
  const nowhere = await asked(council, wrong);
  expect(nowhere.text).toContain(
    '✖ Nobody can change a description where this post stands. Choose "Delete and post again" on X, or leave it as it was.',
  );
  await asked(council, { ...wrong, 'way:x-main': 'again' });
  const { correction } = await council.post(1);
  expect(correction?.ways).toEqual({ 'x-main': 'again' });
  await agreed(council);
  expect(council.outside.calls).toEqual(['publish x-main', 'remove x-main', 'publish x-main']);
  const { revision, status } = await council.post(1);
  expect(revision.media[0]?.alt).toBe(right['alt:0']);
  const last = 'plan' in status ? status.plan.parts.at(-1)?.bytes : '';
  expect(last).toContain(right['alt:0']);
});

test('on Facebook alone the form says that descriptions stay, and takes none', async () => {
  await using council = await openCouncil();
  await out(council, 'facebook-main');
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  expect(form?.text).not.toContain('for people who cannot see it');
  expect(form?.text).toContain(
    'On Facebook nobody can change what a picture or video is said to show. Where that is wrong, take the post down and post it again.',
  );
});

test('the captions of a public video are not sent to a form that cannot change them', async () => {
  await using council = await openCouncil();
  await out(council, 'news', mp4({ seconds: 20, width: 720, height: 1280 }), { 'burned:0': 'true' });
  const ellen = council.as('ellen-rimmer');
  const said =
    'Nobody can change the captions of a video that is public. Where they are wrong, take the post down and post it again with the right ones.';
  expect((await ellen.say('captions 1')).at(-1)?.text).toContain(said);
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain(
    'A post that is public keeps its video, the captions and its pictures. Where one is wrong, take the post down and post it again with the right one, or write a new post.',
  );
  expect(form?.text).toContain('Say what the video shows');
  // A post without any is not offered what nobody can do either.
  await ellen.say('propose for Highways: Moor Lane is open again.');
  await ellen.press('Send to Highways approvers', {}, ellen.card(2));
  await council
    .as('priya-desai')
    .press('Approve: goes out now', { confirm: 'true' }, council.as('priya-desai').card(2));
  await council.pass(minute);
  expect((await ellen.say('correct 2')).at(-1)?.text).toContain(
    'A post that is public stays without a picture. To show one, take the post down',
  );
});

test('where a post is usually deleted and posted again, the form says that of a description too, and leaves it where that is chosen', async () => {
  await using council = await openCouncil();
  await out(council, 'news,instagram-main');
  const [form] = await council.as('ellen-rimmer').say('correct 1');
  expect(form?.text).toContain(
    'On Instagram the post is deleted and posted again for it, unless you choose "Leave it as it is".',
  );
  expect(form?.text).not.toContain('what it is said to show stays as it is unless');
  await asked(council, { ...wrong, 'way:instagram-main': 'leave' });
  await agreed(council);
  expect(council.outside.calls).toEqual(['publish instagram-main']);
  // What was left there is not deleted later for another thing, though that way stands in the form.
  await asked(council, { headline: 'A new crossing in Southport', what: 'The heading was not clear.' });
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.calls).toEqual(['publish instagram-main']);
});

test('a description that one correction left on X is put right there by another, and X is left alone where it says that already', async () => {
  await using council = await openCouncil();
  await out(council, 'news,x-main');
  await asked(council, wrong);
  await agreed(council);
  expect(council.outside.calls).toEqual(['publish x-main']);

  await asked(council, { what: wrong.what, 'way:x-main': 'again' });
  // Whoever agrees reads the old one and the new one above the decision, though the post itself changes nowhere else.
  const { text: card, card: drawn } = council.as('joseph-adeyemi').card(1);
  expect(card).toMatch(
    /On X an older description stands\. What the picture is said to show changes there: A crossing on Lord Street, with the bank\s*library on the left.*Agree: correct it now/u,
  );
  expect(card).toContain('X: the post is deleted, then posted again. Its replies and shares are lost.');
  expect(JSON.stringify(drawn)).toMatch(/"text":"bank","strikethrough":true/u);
  expect(card).toContain('Website: stays as it is, since nothing that it says there changes.');
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.calls).toEqual(['publish x-main', 'remove x-main', 'publish x-main']);
  expect(council.outside.entries('x-main').filter(({ removed }) => !removed)).toHaveLength(1);

  // And once it stands there, nobody deletes it for the same again.
  await asked(council, { what: wrong.what, 'way:x-main': 'again' });
  expect(council.outside.calls).toHaveLength(3);
  expect((await council.post(1)).correction).toBeUndefined();
  expect((await council.audit()).findings).toEqual([]);
});

test('a description put right a second time is compared with what stands on each account, old or older', async () => {
  await using council = await openCouncil();
  await out(council, 'news,x-main');
  await asked(council, wrong);
  await agreed(council);
  await asked(council, {
    'alt:0': 'A crossing on Lord Street, with the museum on the left',
    what: wrong.what,
    'way:x-main': 'again',
  });
  const card = council.as('joseph-adeyemi').card(1).text;
  expect(card).toMatch(/What the picture is said to show changes: .*with the library\s*museum on the left/u);
  expect(card).toMatch(
    /On X an older description stands\. .* changes there: .*with the bank\s*museum on the left/u,
  );
  await agreed(council);
  await council.pass(minute);
  expect(council.as('joseph-adeyemi').card(1).text).not.toContain('older description');
});

test('where no account takes a new description, the card and the form have the one that was agreed to', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await out(council, 'x-main');
  council.outside.answer('remove', 'x-main', { outcome: 'refused', reason: 'not-permitted' });
  await asked(council, { ...wrong, 'way:x-main': 'again' });
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([text]);
  const card = (await ellen.say('show 1')).at(-1)?.text;
  expect(card).toContain(`The description of the picture is to be: "${right['alt:0']}"`);
  expect(card).not.toContain('The corrected text');

  // Asked for once more, nothing of it need be written again.
  await asked(council, { what: wrong.what, 'way:x-main': 'again' });
  expect(council.as('joseph-adeyemi').card(1).text).toMatch(/with the bank\s*library on the left/u);
  await agreed(council);
  await council.pass(minute);
  expect((await council.post(1)).revision.media[0]?.alt).toBe(right['alt:0']);
  expect((await ellen.say('show 1')).at(-1)?.text).not.toContain('is to be:');
});

test('once a description has been put right anywhere, the card shows it as it is read there, though X is still to follow', async () => {
  await using council = await openCouncil();
  const shown = async () => (await council.as('ellen-rimmer').say('show 1')).at(-1)?.text;
  await out(council, 'news,x-main');
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 20 * minute, reason: 'busy' },
  });
  await asked(council, { ...wrong, 'way:x-main': 'again' });
  expect(await shown()).toContain(`Picture shows: ${alt}`);
  await agreed(council);
  expect(await page(council)).toContain(right['alt:0']);
  expect(await shown()).toContain(`Picture shows: ${right['alt:0']}`);
  expect(await shown()).not.toContain(`Picture shows: ${alt}`);
  await council.pass(25 * minute);
  expect(await shown()).toContain(`Picture shows: ${right['alt:0']}`);
});

import { expect, test } from 'vitest';
import { plainPhoto } from '../media/drawn-pictures.ts';
import { inputsIn } from './card.ts';
import { minute, openCouncil, type Council, type Pressed } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';

const photo = await plainPhoto('#228822');

/** What stands in a form's way, before its first field. */
const inTheWay = ({ text }: Pressed): string =>
  /Before it can go (.*?) What the public will read/u.exec(text)?.[1] ?? '';

/** What is said beside the field with this label, up to the next one. */
const beside = ({ text }: Pressed, label: string, next: string): string => {
  const from = text.indexOf(label, text.indexOf('What the public will read'));
  const to = text.indexOf(next, from + label.length);
  return from < 0 || to < 0 ? '' : text.slice(from, to);
};

/** Nadia's words wait for the desk. */
async function waiting(council: Council): Promise<void> {
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose for Highways: Bridge Road is open again.');
  await nadia.press('Send to Communications');
}

test('what stops an edit by the desk is said on its form: above it, and beside the field; what was typed stays', async () => {
  await using council = await openCouncil();
  await waiting(council);
  const ellen = council.as('ellen-rimmer');
  const form = await ellen.press('Edit');
  const text = 'Bridge Road is open again for the handicapped. Email jane.miller1961@gmail.com.';
  const words = await ellen.press('Save and pass on', { text }, form.card);
  expect(words.text).toContain('Two things have to be put right first.');
  expect(inTheWay(words)).toMatch(/jane\.miller1961@gmail\.com.*"the handicapped"/u);
  expect(beside(words, 'What the public will read', 'Where it goes')).toMatch(/✖ .*jane\..*handicapped/u);
  expect(inputsIn(words.card ?? {})).toMatchObject({ text });

  // What is put right is not said any more, and what is typed now is.
  const then = 'Bridge Road is open again today.';
  const day = await ellen.press('Save and pass on', { text: then, when: 'tomorrow 9am' }, words.card);
  expect(inTheWay(day)).toContain('today');
  expect(day.text).not.toContain('handicapped');
  expect(beside(day, 'What the public will read', 'Where it goes')).toMatch(/✖ .*today/u);

  // A text of an account's own is put right there.
  const own = { text: 'Bridge Road is open.', 'variant:x-main': 'Open for the handicapped.', when: '' };
  const both = await ellen.press('Save and pass on', own, day.card);
  expect(inTheWay(both)).toContain('handicapped');
  expect(beside(both, 'What the public will read', 'Where it goes')).not.toContain('✖');
  expect(both.text).toMatch(/on X[^✖]*✖ [^✖]*handicapped/u);

  expect((await council.post(1)).revision).toMatchObject({ n: 1, text: 'Bridge Road is open again.' });
  const right = { text: 'Bridge Road is open.', 'variant:x-main': '' };
  const passed = await ellen.press('Save and pass on', right, both.card);
  expect(passed.text).toContain('Waiting for: Highways approvers');
  expect((await council.audit()).findings).toEqual([]);
});

test('an account that needs a picture is said beside the accounts', async () => {
  await using council = await openCouncil();
  await waiting(council);
  const ellen = council.as('ellen-rimmer');
  const form = await ellen.press('Edit');
  const said = await ellen.press('Save and pass on', { accounts: 'instagram-main' }, form.card);
  expect(inTheWay(said)).toMatch(/Instagram.*picture/u);
  expect(beside(said, 'Where it goes', 'When should')).toMatch(/✖ .*Instagram/u);
});

test('what is missing of a picture is said beside what was asked of it, also where the form leaves one out', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  await using teams = await filesInTeams(council, { 'a.jpg': photo, 'b.jpg': await plainPhoto('#882222') });
  await teams.send(nadia, 'a.jpg', '');
  await teams.send(nadia, 'b.jpg', '');
  await nadia.say('Bridge Road is open again.');
  const answers = Object.fromEntries(
    ['0', '1'].flatMap((at) => [
      [`alt:${at}`, `A bridge, number ${at}`],
      [`seen:${at}`, 'nobody'],
      [`whose:${at}`, 'ours'],
    ]),
  );
  const draft = await nadia.press('Edit', {}, nadia.card(1));
  const saved = await nadia.press('Save', answers, draft.card);
  await nadia.press('Send to Communications', {}, saved.card);
  await council.pass(minute);

  const form = await ellen.press('Edit');
  const typed = {
    'out:0': 'true',
    'alt:1': '',
    'seen:1': 'children',
    'form:1': '',
    'whose:1': 'not-cleared',
  };
  const said = await ellen.press('Save and pass on', typed, form.card);
  expect(said.text).toContain('Three things have to be put right first.');
  expect(inTheWay(said)).toMatch(/Picture 2 has no description/u);
  expect(said.text).not.toMatch(/(?:The picture|Picture 1) has no description/u);
  const errors = said.text.slice(said.text.indexOf('Where it goes')).match(/✖ [^✖]*/gu) ?? [];
  expect(errors).toHaveLength(3);
  // What somebody leaves out stays left out, so that no second press brings it back.
  expect(inputsIn(said.card ?? {})).toMatchObject({ 'out:0': 'true' });
  const right = { 'alt:1': 'A bridge', 'form:1': 'F-12', 'whose:1': 'ours' };
  await ellen.press('Save and pass on', right, said.card);
  expect((await council.post(1)).revision.media.map(({ alt }) => alt)).toEqual(['A bridge']);
});

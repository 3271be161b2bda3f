import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { openCouncil, type Council } from './council.ts';

/** Posts of Highways by the desk: as many drafts, sent to their approvers, or published. */
async function written(council: Council, ...posts: readonly ('draft' | 'sent' | 'public')[]): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  for (const [i, is] of posts.entries()) {
    await ellen.say('propose for Highways: The gritters are out on the main roads.');
    if (is !== 'draft') await ellen.press('Send to Highways approvers', {}, ellen.card(i + 1));
    const tom = council.as('tom-ashcroft');
    if (is === 'public') await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(i + 1));
  }
}

const states = async (council: Council, ...numbers: readonly number[]): Promise<readonly string[]> =>
  await Promise.all(numbers.map(async (number) => (await council.post(number)).status.is));

test('a hold is never lost to what was written beside it, and says of each post what came of it', async () => {
  await using council = await openCouncil();
  await written(council, 'sent', 'sent', 'sent', 'sent', 'draft');
  const ellen = council.as('ellen-rimmer');
  const [several] = await ellen.say('hold 1, #2 and 5 please');
  expect(await states(council, 1, 2, 5)).toEqual(['held', 'held', 'draft']);
  expect(several?.text).toContain('#1 and #2 are held');
  expect(several?.text).toContain('#5: There is nothing to hold');
  expect(ellen.buttons(several)).toEqual(['Open #1', 'Open #2']);
  const [reason] = await ellen.say('hold 3 police asked');
  expect(await states(council, 3)).toEqual(['held']);
  expect(reason?.text).toContain('#3 is held I did not understand "police asked".');
  const [either] = await ellen.say('hold 3 or 4');
  expect(await states(council, 4)).toEqual(['in-review']);
  expect(either?.text).toContain('You also named #4');
  await ellen.press('Hold #4', {}, either);
  expect(await states(council, 4)).toEqual(['held']);
});

test('what nobody can undo waits for a press where anything is left over, and each of several keeps its button', async () => {
  await using council = await openCouncil();
  await written(council, 'draft', 'draft', 'public', 'public');
  const ellen = council.as('ellen-rimmer');
  const [several] = await ellen.say('cancel 2 1');
  expect(several?.text).toContain('Nothing has been cancelled yet You named several posts.');
  expect(ellen.buttons(several)).toEqual(['Cancel #2', 'Cancel #1']);
  for (const [typed, said, buttons] of [
    ['remove 3 or 4?', 'You named one post or the other.', ['Take down #3 now', 'Take down #4 now']],
    ['remove 4 tomorrow', 'I did not understand "tomorrow".', ['Take down #4 now', 'Open #4']],
    ['remove 4?', 'I did not understand "?".', ['Take down #4 now', 'Open #4']],
    ['remove 1 or 4', '#1: There is nothing to take down', ['Take down #4 now', 'Open #4']],
    ['remove 1 tomorrow', '#1: There is nothing to take down', []],
    ['remove 4 and 99', 'There is no post #99 that you can see.', ['Take down #4 now', 'Open #4']],
  ] as const) {
    const [asked] = await ellen.say(typed);
    expect(asked?.text).toContain('Nothing has been taken down yet');
    expect(asked?.text).toContain(said);
    expect(ellen.buttons(asked)).toEqual(buttons);
  }
  expect(await states(council, 1, 2, 3, 4)).toEqual(['draft', 'draft', 'published', 'published']);
  const next = await ellen.press('Cancel #2', {}, several);
  expect(next.text).toContain('#2 is cancelled');
  expect(await states(council, 1, 2)).toEqual(['draft', 'cancelled']);
  await ellen.press('Cancel #1', {}, next.card);
  expect(await states(council, 1)).toEqual(['cancelled']);
  await ellen.say('remove 4 now, please.');
  expect(await states(council, 3, 4)).toEqual(['published', 'taken-down']);
});

test('everything is not held, stopped or resumed with a word that nobody heeds and nobody hears of', async () => {
  await using council = await openCouncil();
  await written(council, 'sent', 'sent');
  const ellen = council.as('ellen-rimmer');
  for (const [typed, left] of [
    ['hold all but 2', 'but 2'],
    ['hold all highways posts', 'highways posts'],
  ] as const) {
    const [asked] = await ellen.say(typed);
    expect(asked?.text).toContain(`I did not understand "${left}".`);
    expect(ellen.buttons(asked)).toEqual(['Hold everything', 'Posts']);
  }
  const [stop] = await ellen.say('stop everything but the website');
  expect(stop?.text).toContain('I did not understand "but the website".');
  const [pause] = await ellen.say('pause highways');
  expect(pause?.text).toContain('I did not understand "highways".');
  expect(await states(council, 1, 2)).toEqual(['in-review', 'in-review']);
  await ellen.say('pause post 1');
  expect(await states(council, 1, 2)).toEqual(['held', 'in-review']);
  await ellen.say('hold everything now!');
  expect(await states(council, 2)).toEqual(['held']);
});

test('words behind the number of a form are quoted, and of several posts each is opened by its button', async () => {
  await using council = await openCouncil();
  await written(council, 'draft', 'draft');
  const ellen = council.as('ellen-rimmer');
  const [form] = await ellen.say('edit 1 The road is open.');
  expect(form?.text).toContain('I have not put your words into it: "The road is open."');
  const [plain] = await ellen.say('edit 1 please');
  expect(plain?.text).not.toContain('I have not put');
  const [which] = await ellen.say('show 1 and 2');
  expect(ellen.buttons(which)).toEqual(['Open #1', 'Open #2']);
});

test('of a department that is named, posts are listed, or it is said why they are not', async () => {
  await using council = await openCouncil();
  await written(council, 'draft', 'draft', 'draft', 'draft', 'draft', 'draft');
  const ellen = council.as('ellen-rimmer');
  for (let number = 7; number <= 11; number += 1) {
    await ellen.say('propose for Highways: The gritters are out on the main roads.');
  }
  await ellen.say('propose for Waste: Brown bins are emptied again.');
  const nadia = council.as('nadia-hartley');
  expect((await nadia.say('posts highways'))[0]?.text).toMatch(/^Posts of Highways and Transport /u);
  const [waste] = await nadia.say('posts for waste');
  expect(waste?.text).toContain(
    'You have no part in Waste and Cleansing, so I cannot list its posts for you. These are your own and those of Highways and Transport.',
  );
  expect(waste?.text).not.toContain('Brown bins');
  expect((await nadia.say('posts lorem'))[0]?.text).toContain('I do not know the department "lorem".');
  const [bins] = await ellen.say('posts for the bins');
  expect(bins?.text).toMatch(/^Posts of Waste and Cleansing /u);
  expect(bins?.text).not.toContain('gritters');
  // Its pages go on with that department.
  const [first] = await ellen.say('posts highways');
  const second = await ellen.press('More', {}, first);
  expect(second.text).toMatch(/^Posts of Highways and Transport, page 2 .*gritters/u);
  expect(second.text).not.toContain('Brown bins');
});

test('a list says which words it did not heed', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const answer = async (words: string) => (await ellen.say(words)).at(-1)?.text;
  expect(await answer('calendar december')).toContain(
    'I did not understand "december". This is all that is planned',
  );
  expect(await answer('calendar next week')).toContain('I did not understand "next week".');
  expect(await answer('waiting for tom')).toContain(
    'I did not understand "for tom". This is what waits for you.',
  );
  for (const words of ['calendar please', 'calendar for the next weeks', 'waiting for me', 'waiting?'])
    expect(await answer(words)).not.toContain('I did not understand');
});

test('whoever may not take down or cancel is offered no button for it, and reads who can', async () => {
  await using council = await openCouncil();
  const [ellen, nadia, tom] = [
    council.as('ellen-rimmer'),
    council.as('nadia-hartley'),
    council.as('tom-ashcroft'),
  ];
  for (const number of [1, 2]) {
    await ellen.say(`propose for Highways: Road ${String(number)} is closed.`);
    await ellen.press('Send to Highways approvers', {}, ellen.card(number));
    await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(number));
  }
  await passedOn(council, 'Road 3 is closed.');
  const taken = (await nadia.say('remove 1-2')).at(-1);
  expect(taken?.text).toContain('#1: You cannot take this down. Ellen Rimmer, Joseph Adeyemi');
  expect(taken?.text).toContain('#2: You cannot take this down.');
  expect(nadia.buttons(taken).filter((title) => title.startsWith('Take down'))).toEqual([]);
  const given = (await tom.say('cancel 3 maybe')).at(-1);
  expect(tom.buttons(given).filter((title) => title.startsWith('Cancel'))).toEqual(['Cancel #3']);
  const cancelled = (await council.as('priya-desai').say('cancel 3 maybe')).at(-1);
  expect(cancelled?.text).toContain('#3: You cannot change this post.');
  expect(council.as('priya-desai').buttons(cancelled)).not.toContain('Cancel #3');
});

test('what stands behind the number of a post that is only shown is said to have come to nothing', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say('propose for Highways: The A59 is shut.');
  await ellen.press('Send to Highways approvers');
  const only = 'I have only opened it, and done nothing about';
  for (const typed of ['show 1 and hold it', 'why 1 hold 1', 'show 1 then cancel it']) {
    const said = (await ellen.say(typed)).map(({ text }) => text).join(' ');
    expect(said).toContain(only);
    expect(said).toContain('send it as a message of its own');
  }
  expect((await council.post(1)).status.is).toBe('in-review');
  for (const typed of ['show 1 please', 'why 1 was sent back?', 'why 1, thanks'])
    expect((await ellen.say(typed)).map(({ text }) => text).join(' ')).not.toContain(only);
});

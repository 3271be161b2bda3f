import { expect, test } from 'vitest';
import { drawnPictures } from '../media/drawn-pictures.ts';
import { letOutByDesk, passedOn } from './beginnings.ts';
import { asked, published } from './corrections.ts';
import { minute, type Council, type Shown } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';
import { openFull } from './full-store.ts';

/** What is told on a full disk of what somebody pressed or sent, by how its post stands; and what needs nothing saved. */

const told = (answers: readonly Shown[]): string => answers.map(({ text }) => text).join(' | ');

const approvedGoesOut = 'what was approved before goes out';

const refuses = { outcome: 'refused', reason: 'not-permitted' } as const;

/** A way in which a post comes to a press, and how it goes on while that is not saved. */
interface Pressed {
  readonly button: string;
  readonly who: string;
  readonly begins: (council: Council) => Promise<Shown | undefined>;
  readonly typed?: Readonly<Record<string, string>>;
  readonly says: string;
}

const presses: readonly Pressed[] = [
  {
    button: 'Save',
    who: 'nadia-hartley',
    begins: async (council) => {
      const nadia = council.as('nadia-hartley');
      await nadia.say('propose Moor Lane is closed.');
      return (await nadia.say('edit 1')).at(-1);
    },
    typed: { text: 'Other words.' },
    says: 'Until it is saved, it stays as it was, and nothing of it goes out.',
  },
  {
    button: 'Save and pass on',
    who: 'ellen-rimmer',
    begins: async (council) => {
      const nadia = council.as('nadia-hartley');
      await nadia.say('propose Moor Lane is closed.');
      await nadia.press('Send to Communications');
      return (await council.as('ellen-rimmer').say('edit 1')).at(-1);
    },
    typed: { text: 'Other words.' },
    says: 'Until it is saved, it waits for approval as it was, and goes out like that once it is approved.',
  },
  {
    button: 'Ask for this correction',
    who: 'ellen-rimmer',
    begins: async (council) => {
      await published(council, 'Moor Lane is closed.', 'news,facebook-main');
      return (await council.as('ellen-rimmer').say('correct 1')).at(-1);
    },
    typed: { text: 'Moor Lane is open.', what: 'It is open.' },
    says: 'Until it is saved, what is public stays as it is.',
  },
  {
    button: 'I have posted it',
    who: 'bethan-prys',
    begins: async (council) => {
      await published(council, 'Moor Lane is closed.', 'news,nextdoor-sefton');
      return council.as('bethan-prys').card(1);
    },
    typed: { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' },
    says: 'Until it is saved, what is public stays as it is and whoever was asked to do something by hand is still asked.',
  },
  ...['Try again', 'Leave it as it is'].map((button) => ({
    button,
    who: 'ellen-rimmer',
    begins: async (council: Council) => {
      council.outside.next('facebook-main', { way: 'answer', outcome: refuses });
      await published(council, 'Moor Lane is closed.', 'news,facebook-main');
      return council.as('ellen-rimmer').card(1);
    },
    says: 'Until it is saved, what is public stays as it is and nothing more of it goes out by itself.',
  })),
  {
    button: 'No, do not post',
    who: 'ellen-rimmer',
    begins: async (council) => {
      council.outside.blind('x-main');
      council.outside.next('x-main', { way: 'lost' });
      await letOutByDesk(council, 'Moor Lane is closed.', { accounts: 'x-main' });
      await council.pass(15 * minute);
      return council.as('ellen-rimmer').card(1);
    },
    says: 'Until it is saved, nothing is posted again where nobody can tell yet whether it is there.',
  },
];

test.each(presses)(
  'what stands while it is not saved is told from the post itself: $button',
  async ({ button, who, begins, typed = {}, says }) => {
    const { council, fills } = await openFull();
    await using open = council;
    const card = await begins(open);
    await open.pass(minute);
    fills();
    const { text } = await open.as(who).press(button, typed, card);
    expect(text).toContain('was not saved.');
    expect(text).toContain(says);
    expect(text).not.toContain(approvedGoesOut);
  },
);

test.each(['take down 1', 'delete 1', 'withdraw 1', 'can you take down 1?'])(
  'a question needs nothing saved, and what is public is said to stay: %s',
  async (words) => {
    const { council, fills, hasRoom } = await openFull();
    await using open = council;
    await published(open, 'Moor Lane is closed.', 'news,x-main');
    const ellen = open.as('ellen-rimmer');
    fills();
    const answers = await ellen.say(words);
    expect(told(answers)).toContain('Did you mean "remove 1"?');
    expect(answers).toHaveLength(1);
    expect((await ellen.press('Yes: remove 1', {}, answers[0])).text).toContain(
      '#1 is not being taken down. Crier could not save that, so what is public stays as it is. Ask for it again at once',
    );
    hasRoom();
    await ellen.press('Yes: remove 1', {}, answers[0]);
    await open.pass(minute);
    expect((await open.post(1)).status.is).toBe('taken-down');
  },
);

test('whoever takes back their request for a correction reads that others can still agree, and whoever decides that it waits for them', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  const [ellen, joseph] = [open.as('ellen-rimmer'), open.as('joseph-adeyemi')];
  await published(open, 'Moor Lane is closed.', 'news,facebook-main');
  await asked(open, { text: 'Moor Lane is open.', what: 'It is open.' });
  fills();
  const back = await ellen.press('Take this request back', {}, ellen.card(1));
  expect(back.text).toContain(
    'Your request to correct #1 was not taken back. Crier could not save that. Whoever was asked can still agree to the correction, and then it can go out. Ask for it again at once, until its card says that you took it back.',
  );
  expect(back.text).not.toContain('waits for you');
  const left = await joseph.press('Leave it as it is', { note: 'It is closed.' }, joseph.card(1));
  expect(left.text).toContain('Your decision on #1 was not saved. It waits for you as before.');
  hasRoom();
  await ellen.press('Take this request back', {}, ellen.card(1));
  expect((await open.post(1)).correction).toBeUndefined();
});

test('of what its only account refused nothing goes out by itself, also where its end is not saved', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  const ellen = open.as('ellen-rimmer');
  open.outside.next('facebook-main', { way: 'answer', outcome: refuses });
  await letOutByDesk(open, 'Moor Lane is closed.', { accounts: 'facebook-main' });
  await open.pass(minute);
  fills();
  expect((await ellen.press('Cancel this post', {}, ellen.card(1))).text).toContain(
    '#1 is not cancelled. Crier could not save that, so nothing of it goes out by itself. Ask for it again in a minute',
  );
});

test('whoever is back, and of whom that is not saved, reads that they are not asked yet', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  const ellen = open.as('ellen-rimmer');
  await ellen.say('away until Friday');
  fills();
  expect(told(await ellen.say('away no'))).toContain(
    'It is not noted that you are back Crier could not save that. If you were away, you still are, and you are not asked for decisions. Say it again in a minute, until the answer says "Welcome back".',
  );
  hasRoom();
  expect(told(await ellen.say('away no'))).toContain('Welcome back');
});

test('what only opens something comes, and nothing else with it', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  const ellen = open.as('ellen-rimmer');
  const [list] = await ellen.say('posts');
  await open.pass(minute);
  fills();
  const why = await ellen.press('Why?', {}, ellen.card(1));
  expect(why.text).toContain('What happened so far');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  expect(form.text).toContain('What the public will read');
  expect((await ellen.press('Back without saving', {}, form.card)).text).toContain('Waiting for:');
  expect((await ellen.press('Open', {}, list)).text).toContain('Waiting for:');
  for (const words of ['show 1', 'why 1', 'edit 1']) {
    const answers = await ellen.say(words);
    expect(told(answers)).toContain('#1 · Highways');
    expect(answers).toHaveLength(1);
  }
});

test('a chat that has moved, and of which that cannot be kept, is answered all the same', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  const nadia = open.as('nadia-hartley');
  await using teams = await filesInTeams(open, await drawnPictures('lane.jpg'));
  await open.pass(minute);
  fills();
  // Here it comes from another address than what is said without a file.
  const [answer] = await teams.sent(nadia, 'show 1', 'lane.jpg');
  expect(answer?.text).toContain('Waiting for:');
  expect(told(await nadia.say('show 1'))).toContain('Waiting for:');
});

test('photos that are not saved are said not to be, and how their post goes on', async () => {
  const { council, fills, hasRoom } = await openFull();
  await using open = council;
  const nadia = open.as('nadia-hartley');
  await using teams = await filesInTeams(open, await drawnPictures('a.jpg', 'b.jpg'));
  await nadia.say('propose Moor Lane is open.');
  await nadia.press('Send to Communications', {}, nadia.card(1));
  const [question] = await teams.sent(nadia, 'picture 1', 'a.jpg');
  await open.pass(minute);
  fills();
  const notSaved = 'What you sent was not saved Please keep it, and send it again in a minute.';
  expect(told(await teams.sent(nadia, '', 'b.jpg'))).toContain(notSaved);
  expect(told(await teams.sent(nadia, 'The library in Crosby is open.', 'b.jpg'))).toContain(notSaved);
  const pressed = await nadia.press('Yes, put it in', {}, question);
  expect(pressed.text).toContain('What you sent was not saved. Please keep it');
  expect(pressed.text).toContain('Until it is saved, it waits for approval as it was');
  hasRoom();
  await nadia.press('Yes, put it in', {}, question);
  expect((await open.post(1)).revision.media).toHaveLength(1);
});

test('a hold that was saved is told by its card alone, though nothing beside it was', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  await open.pass(minute);
  // Where its card stands is what is written second.
  let writes = 0;
  fills(({ kind }) => kind === 'post' && (writes += 1) === 2);
  const answers = await open.as('ellen-rimmer').say('hold 1');
  expect(answers).toHaveLength(1);
  expect(answers[0]?.text).toContain('Held by you');
  expect((await open.post(1)).status.is).toBe('held');
});

test('of several posts each that is held is told apart from those that are not', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  await passedOn(open, 'Moor Lane is closed.');
  await open.as('nadia-hartley').say('propose The park is open.');
  const [nadia, ellen] = [open.as('nadia-hartley'), open.as('ellen-rimmer')];
  await nadia.press('Send to Communications', {}, nadia.card(2));
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(2));
  await open.pass(minute);
  const { id: second } = await open.post(2);
  let writes = 0;
  fills(({ id }) => id === second && (writes += 1) === 1);
  expect(told(await ellen.say('hold 1 and 2'))).toContain(
    '#2 is not held #1 is held. Crier could not save that, so it may still go out. Ask for it again at once, until its card says that it is held.',
  );
});

test('a photo whose post was saved, and not what the post waits for, is said to be there', async () => {
  const { council, fills } = await openFull();
  await using open = council;
  const nadia = open.as('nadia-hartley');
  await using teams = await filesInTeams(open, {
    ...(await drawnPictures('a.jpg')),
    'broken.jpg': Buffer.from('no picture'),
  });
  await nadia.say('propose Moor Lane is open.');
  await open.pass(minute);
  fills(({ kind }) => kind === 'person');
  const answers = told(await teams.sent(nadia, 'picture 1', 'a.jpg', 'broken.jpg'));
  expect(answers).toContain('I could not keep that it waits for one.');
  expect(answers).toContain('#1 has a.jpg now.');
  expect(answers).not.toContain('Something went wrong');
});

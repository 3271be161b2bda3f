import { DatabaseSync } from 'node:sqlite';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sqliteFile } from '../../src/store/sqlite.ts';
import { minute, openCouncil, type Council, type Somebody } from './council.ts';
import { filesInTeams } from './files-in-teams.ts';
import { keptData } from './kept-data.ts';

const left = 'A newer Crier has written';

async function typed(somebody: Somebody, words: string): Promise<string> {
  return (await somebody.say(words)).map(({ text }) => text).join('\n');
}

/** A post of Highways that waits for its approvers, and is to go out tomorrow. */
async function sent(council: Council, text: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  const [card] = await ellen.say(`propose for Highways: ${text}`);
  const number = /#(\d+)/u.exec(card?.text ?? '')?.[1] ?? '';
  await ellen.say(`schedule ${number} tomorrow 9am`);
  await ellen.press('Send to Highways approvers', {}, ellen.card(Number(number)));
}

/** The data after three posts, of which a newer release has written the first and the last. */
const keptOfThree = async (more: (council: Council) => Promise<void> = async () => await Promise.resolve()) =>
  await keptData(
    async (council) => {
      for (const road of ['Moor Lane', 'Park Lane', 'Green Lane']) await sent(council, `${road} is closed.`);
      await more(council);
      await council.quiet();
    },
    (database) => {
      database.exec(
        "UPDATE documents SET form = 99 WHERE kind = 'post' AND json_extract(body, '$.state.number') IN (1, 3)",
      );
    },
  );

/** What stands of a newer release, to see that nobody has touched it. */
function newer(folder: string): unknown {
  const database = new DatabaseSync(sqliteFile(folder), { readOnly: true });
  const found = database.prepare('SELECT * FROM documents WHERE form = 99 ORDER BY kind, id').all();
  database.close();
  return found;
}

test('lists show what can be read, and say how many posts are left to a newer Crier', async () => {
  await using kept = await keptOfThree();
  await using council = await openCouncil(kept);
  const before = newer(council.folder);
  const ellen = council.as('ellen-rimmer');
  for (const words of ['posts', 'posts of Highways', 'calendar']) {
    const list = await typed(ellen, words);
    expect(list, words).toContain('#2 ·');
    expect(list, words).not.toContain('#1 ·');
    expect(list, words).toContain(`${left} 2 posts of this list`);
  }
  const priya = council.as('priya-desai');
  const waiting = await typed(priya, 'waiting');
  expect(waiting).toContain('Waiting for you: 3 posts');
  expect(waiting).toContain('#2 ·');
  expect(waiting).toContain(`${left} 2 posts of this list`);
  // Whoever goes away is not asked any more in what can be read.
  await ellen.say('show 2');
  expect(ellen.card(2).text).toContain('Waiting for Tom Ashcroft, Priya Desai');
  expect(await typed(priya, 'away until Friday')).not.toContain(left);
  await council.pass(minute);
  expect(ellen.card(2).text).toContain('Waiting for Tom Ashcroft or Gareth');
  expect(newer(council.folder)).toEqual(before);
});

test('a list of which a newer Crier has written all is not said to be empty', async () => {
  await using kept = await keptData(
    async (council) => await sent(council, 'Moor Lane is closed.'),
    (database) => database.exec("UPDATE documents SET form = 99 WHERE kind = 'post'"),
  );
  await using council = await openCouncil(kept);
  for (const words of ['posts', 'calendar']) {
    const list = await typed(council.as('ellen-rimmer'), words);
    expect(list, words).toContain(`${left} 1 post of this list`);
    expect(list, words).not.toContain('There are no posts');
    expect(list, words).not.toContain('Nothing is planned');
  }
  expect(await typed(council.as('priya-desai'), 'waiting')).not.toContain('Nothing waits');
});

test('a hold of everything holds what can be read', async () => {
  await using kept = await keptOfThree();
  await using council = await openCouncil(kept);
  const before = newer(council.folder);
  const held = await typed(council.as('ellen-rimmer'), 'hold all');
  expect(held).toContain('Everything is held: 1 post');
  expect((await council.post(2)).status.is).toBe('held');
  expect(await typed(council.as('ellen-rimmer'), 'hold all')).toContain(
    'Everything was held already: 1 post',
  );
  expect(newer(council.folder)).toEqual(before);
});

test('another Teams channel is chosen: what can be read comes to it', async () => {
  const [old, other] = ['19:old@thread.tacv2', '19:new@thread.tacv2'];
  const use = async (council: Council, channel: string) => {
    const tom = council.as('tom-ashcroft');
    const [asked] = await tom.say('use this channel for approvals of Highways', { channel });
    await tom.press('Yes, use this channel', {}, asked);
  };
  await using kept = await keptOfThree(async (council) => await use(council, old));
  await using council = await openCouncil(kept);
  await use(council, other);
  await council.pass(minute);
  expect(council.shown(other).some(({ text }) => text.startsWith('#2 '))).toBe(true);
});

test('a search leaves out what a newer Crier has written', async () => {
  await using kept = await keptOfThree();
  await using council = await openCouncil(kept);
  const found = await council.as('ellen-rimmer').invoke('composeExtension/query', {
    commandId: 'search',
    parameters: [{ name: 'text', value: 'closed' }],
  });
  expect(found).toContain('#2 ·');
  expect(found).not.toContain('#1 ·');
});

test('where a picture is used is said of all posts that can be read', async () => {
  await using kept = await keptData(
    async (council) => {
      const shape = { width: 800, height: 600, channels: 3, background: 'teal' } as const;
      const photo = await sharp({ create: shape }).jpeg().toBuffer();
      await using teams = await filesInTeams(council, { 'road.jpg': photo });
      for (const road of ['Moor Lane', 'Park Lane'])
        await teams.send(council.as('nadia-hartley'), 'road.jpg', `propose ${road} is closed.`);
    },
    (database) =>
      database.exec(
        "UPDATE documents SET form = 99 WHERE kind = 'post' AND json_extract(body, '$.state.number') = 1",
      ),
  );
  await using council = await openCouncil(kept);
  const uses = await typed(council.as('nadia-hartley'), 'where used 2');
  expect(uses).toContain('Where the pictures of #2 are used: 2 posts');
  expect(uses).toContain('#2 ·');
  expect(uses).toContain(`${left} 1 post of this list`);
});

test('the news shows the other pages, and the feeds too', async () => {
  await using kept = await keptData(
    async (council) => {
      for (const road of ['Moor Lane', 'Park Lane']) {
        const ellen = council.as('ellen-rimmer');
        const [card] = await ellen.say(`propose for Highways: ${road} is closed.`);
        await ellen.press('Send to Highways approvers', {}, card);
        await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
        await council.pass(minute);
      }
    },
    (database) =>
      database.exec("UPDATE documents SET form = 99 WHERE kind = 'page' AND instr(body, 'Moor Lane') > 0"),
  );
  await using council = await openCouncil(kept);
  for (const path of ['/news', '/news/feed.json', '/embed']) {
    const page = await council.get(path);
    const text = await page.text();
    expect([path, page.status, text.includes('Park Lane'), text.includes('Moor Lane')]).toEqual([
      path,
      200,
      true,
      false,
    ]);
  }
});

test('accounts, people and Teams channels that a newer Crier has written are left to it, and this one starts and does the rest', async () => {
  const channel = '19:highways@thread.tacv2';
  await using kept = await keptData(
    async (council) => {
      const tom = council.as('tom-ashcroft');
      const [asked] = await tom.say('use this channel for approvals of Highways', { channel });
      await tom.press('Yes, use this channel', {}, asked);
      await sent(council, 'Moor Lane is closed.');
    },
    (database) => {
      database.exec(
        "UPDATE documents SET form = 99 WHERE id = 'account-facebook-main' OR kind = 'place' OR id = 'person-nadia-hartley' OR kind LIKE 'protocol%'",
      );
    },
  );
  await using council = await openCouncil({ ...kept, met: ['ellen-rimmer', 'priya-desai'] });
  const before = newer(council.folder);
  expect(before).not.toEqual([]);
  const ellen = council.as('ellen-rimmer');
  expect(await typed(ellen, 'posts')).toContain('#1 ·');
  expect(await typed(ellen, 'accounts')).toContain('Facebook');
  expect(await typed(ellen, 'people')).toContain('Nadia Hartley');
  expect(await typed(ellen, 'stop using this channel')).not.toContain('Something went wrong');
  expect(await typed(council.as('nadia-hartley'), 'help')).toContain('Crier is being changed just now');
  await sent(council, 'Park Lane is closed.');
  await council.pass(minute);
  expect(council.as('priya-desai').card(2).text).toContain('Park Lane');
  // What is left to the newer one is not said to be stopped.
  const except = 'But not on Facebook: a newer Crier looks after it';
  expect(await typed(ellen, 'hold all')).toContain(except);
  const [asked] = await ellen.say('stop everything');
  expect((await ellen.press('Yes, stop everything', {}, asked)).text).toContain(except);
  expect(await typed(ellen, 'posts')).toContain('Ellen Rimmer stopped everything');
  expect(newer(council.folder)).toEqual(before);
});

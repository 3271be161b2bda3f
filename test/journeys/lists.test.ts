import { expect, test } from 'vitest';
import { day, hour, minute, openCouncil, type Council, type Pressed, type Shown } from './council.ts';
import { keptData } from './kept-data.ts';

const listed = (card: Pressed | Shown | undefined): readonly number[] =>
  [...(card?.text ?? '').matchAll(/#(\d+) (?:·|for)/gu)].map(([, number]) => Number(number));

/** So many posts of Highways, each a minute after the other, the first with this number. */
async function proposed(council: Council, many: number, by = 'ellen-rimmer', first = 1): Promise<void> {
  const author = council.as(by);
  for (let number = first; number < first + many; number += 1) {
    const what = by === 'ellen-rimmer' ? 'propose for Highways' : 'propose';
    await author.say(`${what}: The gritters are out on road ${String(number)}.`);
    await council.pass(minute);
  }
}

async function sent(council: Council, many: number): Promise<void> {
  await proposed(council, many);
  const ellen = council.as('ellen-rimmer');
  for (let number = 1; number <= many; number += 1)
    await ellen.press('Send to Highways approvers', {}, ellen.card(number));
}

test('what waits is counted as a whole, what has a deadline comes first, and its pages lead back', async () => {
  await using council = await openCouncil();
  await sent(council, 12);
  // Two that are held have no deadline, whenever that was.
  for (const number of [1, 2]) {
    await council.as('ellen-rimmer').say(`hold ${String(number)}`);
    await council.pass(minute);
  }
  const tom = council.as('tom-ashcroft');
  const [first] = await tom.say('waiting');
  expect(first?.text).toMatch(/^Waiting for you: 12 posts #/u);
  expect(listed(first)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(tom.buttons(first)).not.toContain('Back');
  const second = await tom.press('More', {}, first);
  expect(second.text).toMatch(/^Waiting for you: 12 posts, page 2 #/u);
  expect(listed(second)).toEqual([1, 2]);
  const back = await tom.press('Back', {}, second.card);
  expect(back.text).toMatch(/^Waiting for you: 12 posts #/u);
  expect(listed(back)).toEqual(listed(first));

  const [gone] = await tom.say('away until Friday');
  expect(gone?.text).toContain('12 posts wait for you now.');
  const [here] = await tom.say('away no');
  expect(here?.text).toContain('Welcome back 12 posts wait for you.');
});

test('the posts of an author, and of somebody with several departments, go on to the last and back, each once', async () => {
  await using council = await openCouncil();
  await proposed(council, 13, 'nadia-hartley');
  await proposed(council, 12, 'ellen-rimmer', 14);
  for (const person of ['nadia-hartley', 'tom-ashcroft']) {
    const somebody = council.as(person);
    const [first] = await somebody.say('posts');
    const second = await somebody.press('More', {}, first);
    const third = await somebody.press('More', {}, second.card);
    expect(third.text).toMatch(/^Posts, page 3 /u);
    const all = [first, second, third].flatMap(listed);
    expect(all).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
    const back = await somebody.press('Back', {}, third.card);
    expect(listed(back)).toEqual(listed(second));
    expect(listed(await somebody.press('Back', {}, back.card))).toEqual(listed(first));
  }
});

test('posts that were changed in the same moment are all listed, each once, however many', async () => {
  await using council = await openCouncil();
  await sent(council, 23);
  await council.as('ellen-rimmer').say('hold all');
  const tom = council.as('tom-ashcroft');
  const [first] = await tom.say('posts');
  const second = await tom.press('More', {}, first);
  const third = await tom.press('More', {}, second.card);
  const all = [first, second, third].flatMap(listed);
  expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, n) => n + 1));
});

test('a search for a number brings that post first, then those that begin with it or hold it', async () => {
  await using council = await openCouncil();
  await proposed(council, 12);
  const ellen = council.as('ellen-rimmer');
  const found = async (text: string): Promise<readonly string[]> => {
    const answer = await ellen.invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'text', value: text }],
    });
    return [...answer.matchAll(/"title":"#(\d+) · /gu)].map(([, number]) => String(number));
  };
  for (const text of ['1', '#1', 'post 1', 'Post #1', 'post number 1'])
    expect(await found(text)).toEqual(['1', '12', '11', '10']);
  expect(await found('#12')).toEqual(['12']);
  // A word is one all the same.
  expect(await found('road 1')).toEqual(['12', '11', '10', '1']);
  expect(await found('99')).toEqual([]);
  expect(
    await council.as('bethan-prys').invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'text', value: '#1' }],
    }),
  ).not.toContain('#1');
});

test('the calendar has its days as headings, and what went out before on pages of its own where there is much', async () => {
  await using council = await openCouncil();
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  await sent(council, 3);
  for (const number of [1, 2, 3])
    await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(number));
  await ellen.say('propose for Highways: The depot is open.');
  await ellen.say('schedule 4 tomorrow 9am');
  await ellen.say('propose for Highways: The depot is open until late.');
  await ellen.say('schedule 5 midnight');
  const [small] = await ellen.say('calendar');
  // One page shows all of it, in the order of its times.
  expect(small?.text).toMatch(/^Calendar Tuesday 24 November #1 .*#2 .*#3 .*#5 .*Wednesday 25 November #4 /u);
  expect(ellen.buttons(small)).not.toContain('Back');

  for (let number = 6; number <= 15; number += 1) {
    await ellen.say(`propose for Highways: The gritters go out on road ${String(number)}.`);
    await ellen.say(`schedule ${String(number)} Friday 9:${String(number).padStart(2, '0')}am`);
  }
  const [first] = await ellen.say('calendar');
  expect(listed(first)).toEqual([5, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(first?.text).toMatch(/Wednesday 25 November #4 .*Friday 27 November #6 /u);
  expect(ellen.buttons(first).slice(-2)).toEqual(['More', 'Earlier (3)']);
  const second = await ellen.press('More', {}, first);
  expect(second.text).toMatch(/^Calendar, page 2 Friday 27 November #14 .*#15 /u);
  const again = await ellen.press('Back', {}, second.card);
  expect(listed(again)).toEqual(listed(first));
  const earlier = await ellen.press('Earlier (3)', {}, again.card);
  expect(earlier.text).toMatch(/^Calendar: earlier Tuesday 24 November #1 .*#2 .*#3 /u);
  expect(listed(await ellen.press('Back', {}, earlier.card))).toEqual(listed(first));
  await council.pass(day + hour);
  const [later] = await ellen.say('calendar');
  expect(ellen.buttons(later)).toContain('Earlier (2)');
});

test('the Monitoring Officer is listed what they may see', async () => {
  await using council = await openCouncil();
  await proposed(council, 2);
  const [list] = await council.as('martin-sedgwick').say('posts');
  expect(listed(list)).toEqual([2, 1]);
});

test('a list counts on each of its pages what somebody may see of it, once others stand on one', async () => {
  await using kept = await keptData(
    async (council) => {
      await sent(council, 12);
      const bethan = council.as('bethan-prys');
      for (const what of ['baths', 'library']) {
        await bethan.say(`propose for Leisure: The ${what} is open.`);
        await council.pass(minute);
      }
    },
    (database) => {
      // As if all of it waited for somebody who may see the first and the last alone.
      const { changes } = database
        .prepare(
          `INSERT INTO entries
           SELECT indexes.number, 'bethan-prys', (body NOT LIKE '%The baths is%') + (body LIKE '%The library is%'),
                  documents.id, doc
           FROM documents, indexes
           WHERE documents.kind = 'post' AND indexes.kind = 'post' AND indexes.name = 'waiting-for'`,
        )
        .run();
      expect(changes).toBe(14);
    },
  );
  await using council = await openCouncil(kept);
  const bethan = council.as('bethan-prys');
  const [first] = await bethan.say('waiting');
  expect(listed(first)).toEqual([13]);
  expect(first?.text).toContain('Waiting for you: 2 posts #13');
  const second = await bethan.press('More', {}, first);
  expect(listed(second)).toEqual([14]);
  expect(second.text).toContain('Waiting for you: 2 posts, page 2 #14');
});

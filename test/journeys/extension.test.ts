import { expect, test } from 'vitest';
import { minute, openCouncil, type Council, type CouncilOptions } from './council.ts';
import { passedOn } from './beginnings.ts';

test('the message extension: a dialog that keeps what was typed, with its times; a search that shows only what one may see', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const opened = await nadia.invoke('composeExtension/fetchTask', { commandId: 'propose' });
  expect(opened).toContain('Propose a post');
  const send = async (until: string) =>
    await nadia.invoke('composeExtension/submitAction', {
      commandId: 'propose',
      data: { text: 'Liverpool Road is closed.', when: 'tomorrow 9am', until },
    });
  const again = await send('whenever');
  expect(again).toContain('Liverpool Road is closed.');
  expect(again).toContain('I cannot read that time.');
  await expect(council.post(1)).rejects.toThrow('no post');

  expect(await send('Friday 4pm')).toContain('#1 is a draft now, and its card comes to our own chat.');
  const post = await council.post(1);
  expect(post.revision.text).toBe('Liverpool Road is closed.');
  expect(post.when?.wall).toBe('2026-11-25T09:00');
  expect(post.revision.until?.wall).toBe('2026-11-27T16:00');
  expect(nadia.card(1).text).toContain('Planned for Wed 25 Nov at 9am');

  const { card } = {
    card: await nadia.invoke('composeExtension/fetchTask', {
      commandId: 'propose',
      messagePayload: {
        body: { contentType: 'html', content: '<p>The slides are <b>open</b>.</p><p>Come &amp; see</p>' },
      },
    }),
  };
  expect(card).toContain('The slides are open.\\nCome & see');
  const empty = await nadia.invoke('composeExtension/submitAction', {
    commandId: 'propose',
    data: { text: '' },
  });
  expect(empty).toContain('Please write what the public should read.');
  const twice = { text: 'Moor Lane is shut.', when: 'tomorrow 9am', until: 'tomorrow 8am' };
  const early = await nadia.invoke('composeExtension/submitAction', { commandId: 'propose', data: twice });
  expect(early).toContain('before it goes out');
  const stranger = council.as('martin-sedgwick');
  expect(await stranger.invoke('composeExtension/fetchTask', { commandId: 'propose' })).toContain(
    'You do not write for a department.',
  );
  await expect(council.post(2)).rejects.toThrow('no post');

  const search = async (person: string, text: string) =>
    await council.as(person).invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'text', value: text }],
    });
  expect(await search('ellen-rimmer', 'liverp')).toContain('Liverpool Road is closed.');
  expect(await search('ellen-rimmer', '1')).toContain('#1 · Draft');
  expect(await search('ellen-rimmer', 'nothing')).not.toContain('Liverpool');
  expect(await search('bethan-prys', 'liverpool')).not.toContain('Liverpool');
  // What was taken of the words is said in the dialog as well.
  const headed = await nadia.invoke('composeExtension/submitAction', {
    commandId: 'propose',
    data: { text: 'Urgent: road closed' },
  });
  expect(headed).toContain('#2 is a draft now');
  expect(headed).toContain('I took \\"Urgent:\\" as said to me');
  expect((await council.audit()).findings).toEqual([]);
});

/** @returns the numbers of the posts that somebody finds on a page of so many, and what is said where none is */
async function foundBy(
  council: Council,
  person: string,
  text: string,
  page: { readonly skip?: number; readonly count?: number } = {},
): Promise<readonly number[] | string> {
  const answer = await council.as(person).invoke('composeExtension/query', {
    commandId: 'posts',
    parameters: [text === '' ? { name: 'initialRun', value: 'true' } : { name: 'text', value: text }],
    queryOptions: { skip: 0, count: 25, ...page },
  });
  const [, said] = /"type":"message","text":"([^"]*)"/u.exec(answer) ?? [];
  return said ?? [...answer.matchAll(/"title":"#(\d+) · /gu)].map(([, number]) => Number(number));
}

const numbersFrom = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.abs(first - last) + 1 }, (_, n) => (first > last ? first - n : first + n));

test('a search finds every post that somebody may see, page by page, however many newer ones others have', async () => {
  await using council = await openCouncil();
  const [sam, nadia] = [council.as('sam-kenrick'), council.as('nadia-hartley')];
  await sam.say('propose The lift at Balliol House is mended.');
  await sam.say('propose The lift at Irlam House is mended.');
  for (let n = 3; n <= 56; n += 1) await nadia.say(`propose The lift bridge is closed on day ${String(n)}.`);
  expect(await foundBy(council, 'sam-kenrick', 'lift')).toEqual([2, 1]);
  expect(await foundBy(council, 'sam-kenrick', 'lift', { skip: 2 })).toEqual([]);
  expect(await foundBy(council, 'sam-kenrick', 'bridge')).toBe(
    'I found no post with these words among those that you may see.',
  );
  for (const person of ['nadia-hartley', 'tom-ashcroft']) {
    expect(await foundBy(council, person, 'lift')).toEqual(numbersFrom(56, 32));
    expect(await foundBy(council, person, 'lift', { skip: 25 })).toEqual(numbersFrom(31, 7));
    expect(await foundBy(council, person, 'lift', { skip: 50 })).toEqual(numbersFrom(6, 3));
  }
  // Twenty-five cards are drawn, and whatever else runs has its turn between them.
  let turns = 0;
  let next = setImmediate(function counted() {
    turns += 1;
    next = setImmediate(counted);
  });
  await foundBy(council, 'tom-ashcroft', 'lift');
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(24);
  // The desk sees all of them.
  expect(await foundBy(council, 'ellen-rimmer', 'lift', { skip: 50 })).toEqual(numbersFrom(6, 1));
  expect(await foundBy(council, 'ellen-rimmer', 'lift', { skip: 4, count: 3 })).toEqual([52, 51, 50]);
  // The number that was typed comes first on the first page, and is not on another one once more.
  expect(await foundBy(council, 'ellen-rimmer', '5', { count: 4 })).toEqual([5, 56, 55, 54]);
  expect(await foundBy(council, 'ellen-rimmer', '5', { skip: 4, count: 25 })).toEqual(numbersFrom(53, 50));
});

test('what changes while somebody turns the pages is found on the next one, and what they have seen is not there once more', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  for (let n = 1; n <= 12; n += 1) await nadia.say(`propose The lift bridge is closed on day ${String(n)}.`);
  const next = async (skip: number) => await foundBy(council, 'nadia-hartley', 'lift', { skip, count: 5 });
  expect(await next(0)).toEqual(numbersFrom(12, 8));
  // One that is on a later page, and one that has been seen.
  for (const number of [3, 10]) await nadia.say(`schedule ${String(number)} tomorrow 9am`);
  expect(await next(5)).toEqual([3, 7, 6, 5, 4]);
  expect(await next(10)).toEqual([2, 1]);
  // The same page once more, as Teams may ask for it.
  expect(await next(5)).toEqual([3, 7, 6, 5, 4]);
  // From the beginning, in the order of now.
  expect(await next(0)).toEqual([10, 3, 12, 11, 9]);
});

test('with nothing typed stands what waits for somebody, then their own, then what else they may see', async () => {
  await using council = await openCouncil();
  await passedOn(council, 'Moor Lane is closed.');
  await council.as('ellen-rimmer').say('propose for Housing: The office is open.');
  await passedOn(council, 'Park Road is closed.');
  await council.as('tom-ashcroft').say('propose for Highways: The depot is open.');
  await council.as('nadia-hartley').say('propose The gritters go out tonight.');
  // Of her department the last changed first.
  expect(await foundBy(council, 'nadia-hartley', '')).toEqual([4, 3, 1]);
  // Both wait for him, the first to be decided first.
  expect(await foundBy(council, 'priya-desai', '')).toEqual([1, 3, 4]);
  expect(await foundBy(council, 'ellen-rimmer', '')).toEqual([2, 4, 3, 1]);
  expect(await foundBy(council, 'ellen-rimmer', '', { skip: 2 })).toEqual([3, 1]);
  expect(await foundBy(council, 'helena-strand', '')).toBe('There is no post yet that you may see.');
});

const notMet: CouncilOptions = { met: ['ellen-rimmer', 'tom-ashcroft'] };
const proposed = async (council: Council): Promise<string> =>
  await council.as('nadia-hartley').invoke('composeExtension/submitAction', {
    commandId: 'propose',
    data: { text: 'Liverpool Road is closed.' },
  });

test('the dialog begins a chat with whoever has none, so that the card of their draft stands there', async () => {
  await using council = await openCouncil(notMet);
  expect(await proposed(council)).toContain('#1 is a draft now, and its card comes to our own chat.');
  // Where Crier has begun a chat, it is not the one that the harness types in.
  const [card, ...more] = council.shown('chat-29:nadia-hartley');
  expect(card?.text).toContain('Liverpool Road is closed.');
  expect(more).toEqual([]);
});

test.each([
  ['is not let', { status: 403 }],
  ['is not answered', 'reset'],
] as const)(
  'where Crier %s to begin one, it says so and what to do, and the draft comes then',
  async (_why, answer) => {
    await using council = await openCouncil(notMet);
    council.connector.fail({ how: 'create', answer, times: 9 });
    const said = await proposed(council);
    expect(said).toContain('#1 is a draft now, and nothing of it is lost. But you and I have no chat yet');
    expect(said).not.toContain('comes to our own chat');
    const nadia = council.as('nadia-hartley');
    expect(council.shown(nadia.chat)).toEqual([]);
    await nadia.say('hello');
    await council.pass(minute);
    expect(nadia.card(1).text).toContain('Liverpool Road is closed.');
    expect((await council.audit()).findings).toEqual([]);
  },
);

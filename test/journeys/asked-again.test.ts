import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { resumeAll, stopEverything } from './stops.ts';

const approvers = ['priya-desai', 'tom-ashcroft', 'gareth-molyneux'] as const;
const everybody = [
  ...approvers,
  'nadia-hartley',
  'ellen-rimmer',
  'joseph-adeyemi',
  'yvonne-cartmel',
] as const;

/** What came to each of them since it was last asked, but for answers: nothing where nothing did. */
function newsOf(council: Council): () => Readonly<Record<string, readonly string[]>> {
  const seen = new Map<string, number>(everybody.map((each) => [each, council.shown(`chat-${each}`).length]));
  return () =>
    Object.fromEntries(
      everybody.flatMap((person) => {
        const all = council.shown(`chat-${person}`);
        const news = all.slice(seen.get(person)).map(({ text }) => text);
        seen.set(person, all.length);
        return news.length === 0 ? [] : [[person, news]];
      }),
    );
}

/** A post of Highways that its approvers decide on, planned for that time or as soon as they have. */
async function sent(council: Council, number: number, text: string, when?: string): Promise<void> {
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say(`propose ${text}`);
  if (when !== undefined) await nadia.say(`schedule ${String(number)} ${when}`);
  await nadia.press('Send to Communications', {}, nadia.card(number));
  await ellen.press('Pass on to Highways approvers', {}, ellen.card(number));
}

async function approved(council: Council, number: number): Promise<void> {
  const priya = council.as('priya-desai');
  const title = priya.buttons(priya.card(number)).find((each) => each.startsWith('Approve'));
  await priya.press(title ?? '', { confirm: 'true' }, priya.card(number));
}

/** So much later, with the messages that are put together of what came about then. */
async function later(council: Council, millis: number): Promise<void> {
  await council.pass(millis);
  await council.pass(minute);
}

test('once posts can go out again, whoever decides and each author hear in one message what waits for whom, and are reminded', async () => {
  await using council = await openCouncil();
  await sent(council, 1, 'The A565 is shut at Moor Lane.', 'today 2pm');
  await approved(council, 1);
  await sent(council, 2, 'The A59 is shut at Maghull.', 'tomorrow 9am');
  await approved(council, 2);
  await council.as('nadia-hartley').say('propose The A570 is shut.');
  await council.as('nadia-hartley').press('Send to Communications', {}, council.as('nadia-hartley').card(3));

  const news = newsOf(council);
  await stopEverything(council, 'ellen-rimmer');
  await council.pass(2 * minute);
  // Whose posts would have gone out, and who may lift the stop; nobody who is to decide: they cannot.
  const { 'ellen-rimmer': _stopped, ...atStop } = news();
  expect(Object.keys(atStop).sort()).toEqual([
    'gareth-molyneux',
    'joseph-adeyemi',
    'nadia-hartley',
    'yvonne-cartmel',
  ]);
  expect(atStop['nadia-hartley']).toEqual([
    expect.stringMatching(
      /Ellen Rimmer stopped everything .*Nothing is needed from you now\. You will hear once posts can go out again\. .*#1 .*#2 /u,
    ),
  ]);
  expect(atStop['nadia-hartley']?.[0]).not.toContain('#3');
  expect(atStop['joseph-adeyemi']).toEqual([
    expect.stringContaining('You can press "Resume" to let posts go out again.'),
  ]);

  // Nobody is late with what is stopped, not even past the time at which it goes back to its writers.
  await later(council, 73 * hour);
  expect(news()).toEqual({});
  for (const number of [1, 2, 3]) expect((await council.post(number)).status.is).toBe('held');

  await resumeAll(council, 'joseph-adeyemi');
  await council.pass(minute);
  // Whoever resumes has the list as the answer.
  const { 'joseph-adeyemi': _answer, ...atResume } = news();
  expect(Object.keys(atResume).sort()).toEqual([
    'ellen-rimmer',
    'gareth-molyneux',
    'nadia-hartley',
    'priya-desai',
    'tom-ashcroft',
    'yvonne-cartmel',
  ]);
  // Nothing waits for her: that it goes on is news all the same for whoever may stop it.
  expect(atResume['yvonne-cartmel']).toEqual([
    expect.stringMatching(/^Posts can go out again\. Joseph Adeyemi let them go out again on Fri 27 Nov/u),
  ]);
  for (const person of approvers)
    expect(atResume[person]).toEqual([
      expect.stringMatching(
        /Posts can go out again: 2 held posts wait for your decision .*its planned time has passed: choose another one first .*#1 .*#2 /u,
      ),
    ]);
  expect(atResume['nadia-hartley']).toEqual([
    expect.stringMatching(
      /Posts can go out again: 3 of your posts are held .*its planned time has passed: choose another one, or cancel it .*#1 .*#2 .*others decide on .*#3 /u,
    ),
  ]);
  expect(atResume['ellen-rimmer']).toEqual([
    expect.stringMatching(
      /^Posts can go out again, but not #3 \(Highways\) by itself: it waits for your decision\. Type "show 3"/u,
    ),
  ]);

  // The protocol's clocks run from then on: one reminder for all of them, and what nobody had approved goes back.
  await later(council, hour);
  const reminded = news();
  for (const person of approvers)
    expect(reminded[person]).toEqual([
      expect.stringMatching(/2 held posts still wait for your decision .*#1 .*#2 /u),
    ]);
  await later(council, 73 * hour);
  expect((await council.post(1)).status.is).toBe('held');
  expect((await council.post(3)).status.is).toBe('expired');
  expect(news()['nadia-hartley']).toEqual([expect.stringContaining('Nobody decided by')]);
  expect(council.outside.entries()).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever resumes reads as the others do of what somebody held alone before, and not twice of what was held with it', async () => {
  await using council = await openCouncil();
  for (const number of [1, 2, 3]) {
    await sent(council, number, `The A59 is shut at junction ${String(number)}.`, 'tomorrow 9am');
    await approved(council, number);
  }
  for (const number of [1, 2]) await council.as('priya-desai').say(`hold ${String(number)}`);
  await council.pass(minute);
  await stopEverything(council, 'ellen-rimmer');
  await council.pass(2 * minute);
  const news = newsOf(council);
  const [question] = await council.as('gareth-molyneux').say('resume');
  const answer = await council.as('gareth-molyneux').press('Yes, resume', {}, question);
  expect(answer.text).toContain('#3 ');
  expect(answer.text).not.toContain('#1 ');
  await council.pass(minute);
  const all = news();
  expect(all['tom-ashcroft']).toEqual([
    expect.stringMatching(/Posts can go out again: 3 held posts wait .*#1 .*#2 .*#3 /u),
  ]);
  // The first is the answer.
  const [, ...told] = all['gareth-molyneux'] ?? [];
  expect(told).toEqual([
    expect.stringMatching(/Posts can go out again: 2 held posts wait for your decision .*#1 .*#2 /u),
  ]);
  expect(told.join()).not.toContain('#3 ');
  // Whoever has nothing to do with them has read all in the answer.
  await stopEverything(council, 'ellen-rimmer');
  await council.pass(2 * minute);
  const before = council.shown('chat-yvonne-cartmel').length;
  await resumeAll(council, 'yvonne-cartmel');
  await council.pass(minute);
  expect(council.shown('chat-yvonne-cartmel')).toHaveLength(before + 1);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever may release what somebody held alone is asked once, and reminded; its author hears who held it', async () => {
  await using council = await openCouncil();
  await sent(council, 1, 'The A59 is shut at Maghull.', 'tomorrow 9am');
  await approved(council, 1);
  const news = newsOf(council);
  await council.as('priya-desai').say('hold 1');
  await council.pass(minute);
  const { 'priya-desai': own, ...others } = news();
  expect(own).toHaveLength(1);
  expect(Object.keys(others).sort()).toEqual(['gareth-molyneux', 'nadia-hartley', 'tom-ashcroft']);
  expect(others['tom-ashcroft']).toEqual([
    expect.stringMatching(
      /^#1 \(Highways\) is held by Priya Desai, and waits for your decision\. Type "show 1" to see it\.$/u,
    ),
  ]);
  expect(others['nadia-hartley']).toEqual([expect.stringContaining('Priya Desai held this')]);
  await later(council, hour);
  expect(news()['tom-ashcroft']).toEqual([
    '#1 (Highways) is still held, and waits for your decision. Type "show 1" to see it.',
  ]);
  await later(council, 80 * hour);
  // It had been let go once: it stays, and they are asked again.
  expect(news()['tom-ashcroft']?.at(-1)).toContain(
    '#1 (Highways) is still held, and waits for your decision. Its planned time has passed',
  );
  expect((await council.post(1)).status.is).toBe('held');
  expect(council.outside.entries()).toEqual([]);
});

test('of everything that is held at once each author and each approver hear in one message, and no more once a stop came', async () => {
  await using council = await openCouncil();
  for (const number of [1, 2, 3]) await sent(council, number, `Gritting update ${String(number)}.`);
  const news = newsOf(council);
  await council.as('ellen-rimmer').say('hold all');
  await council.pass(minute);
  const { 'ellen-rimmer': _answer, ...heard } = news();
  expect(Object.keys(heard).sort()).toEqual([
    'gareth-molyneux',
    'nadia-hartley',
    'priya-desai',
    'tom-ashcroft',
  ]);
  for (const person of approvers)
    expect(heard[person]).toEqual([
      expect.stringMatching(/3 held posts wait for your decision Held by Ellen Rimmer\. /u),
    ]);
  expect(heard['nadia-hartley']).toEqual([
    expect.stringMatching(/3 of your posts are held Held by Ellen Rimmer\. /u),
  ]);
  await stopEverything(council, 'ellen-rimmer');
  await council.pass(2 * minute);
  news();
  await later(council, 80 * hour);
  expect(news()).toEqual({});
  expect((await council.post(1)).status.is).toBe('held');
  await resumeAll(council, 'ellen-rimmer');
  await council.pass(minute);
  expect(news()['priya-desai']).toEqual([
    expect.stringContaining('Posts can go out again: 3 held posts wait'),
  ]);
});

test.each([
  ['one right after another', 0],
  ['20 seconds apart', 20_000],
  ['5 minutes apart', 5 * minute],
])(
  'of posts that are held %s everybody hears of each once, and is reminded of each once',
  async (_how, apart) => {
    await using council = await openCouncil();
    const numbers = [1, 2, 3];
    for (const number of numbers) await sent(council, number, `Gritting update ${String(number)}.`);
    const news = newsOf(council);
    const told = (person: string, of: Readonly<Record<string, readonly string[]>>): readonly string[] =>
      (of[person] ?? []).flatMap((text) => text.match(/#\d/gu) ?? []);
    for (const number of numbers) {
      await council.as('ellen-rimmer').say(`hold ${String(number)}`);
      if (apart === 0) continue;
      await council.pass(apart);
      const words = `#${String(number)} (Highways) is held by Ellen Rimmer, and waits for your decision. Type "show ${String(number)}" to see it.`;
      const heard = news();
      for (const person of approvers) expect(heard[person]).toEqual([words]);
    }
    await council.pass(minute);
    const atLast = news();
    for (const person of approvers)
      expect(told(person, atLast)).toEqual(apart === 0 ? ['#1', '#2', '#3'] : []);
    await later(council, hour);
    await later(council, 15 * minute);
    const reminded = news();
    for (const person of approvers) expect(told(person, reminded)).toEqual(['#1', '#2', '#3']);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('of a post that is held once more, after it was released, everybody hears once more, and of that one alone', async () => {
  await using council = await openCouncil();
  for (const [number, text] of [
    [1, 'The A59 is shut at Maghull.'],
    [2, 'The A570 is shut.'],
  ] as const) {
    await sent(council, number, text, 'tomorrow 9am');
    await approved(council, number);
  }
  const news = newsOf(council);
  const gareth = (): readonly string[] | undefined => news()['gareth-molyneux'];
  const ellen = council.as('ellen-rimmer');
  await ellen.say('hold 1');
  await ellen.say('hold 2');
  await council.pass(minute);
  expect(gareth()?.join(' ').match(/#\d/gu)).toEqual(['#1', '#2']);
  const tom = council.as('tom-ashcroft');
  const release = tom.buttons(tom.card(1)).find((each) => each.startsWith('Release'));
  await tom.press(release ?? '', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  news();
  await ellen.say('hold 1');
  await council.pass(minute);
  expect(gareth()).toEqual([
    '#1 (Highways) is held by Ellen Rimmer, and waits for your decision. Type "show 1" to see it.',
  ]);
});

test('what Teams did not take at first is told later, once, as is what was held meanwhile, also over a restart', async () => {
  await using council = await openCouncil();
  for (const number of [1, 2, 3]) await sent(council, number, `Gritting update ${String(number)}.`);
  const news = newsOf(council);
  const failing = { how: 'post', conversationId: 'chat-priya-desai', answer: { status: 503 } } as const;
  council.connector.fail({ ...failing, times: 3 });
  await council.as('ellen-rimmer').say('hold 1');
  await council.pass(3_000);
  expect(news()['priya-desai']).toBeUndefined();
  await council.as('ellen-rimmer').say('hold 2');
  await using again = await council.restart();
  await again.pass(minute);
  const heard = news();
  expect(heard['priya-desai']?.join(' ').match(/#\d/gu)).toEqual(['#1', '#2']);
  await again.as('ellen-rimmer').say('hold 3');
  await again.pass(minute);
  expect(news()['priya-desai']).toEqual([expect.stringMatching(/^#3 /u)]);
});

test('nobody is asked about a held post that somebody has released since', async () => {
  await using council = await openCouncil();
  await passedOn(council, 'The A59 is shut at Maghull.');
  await council.as('yvonne-cartmel').say('hold 1');
  const tom = council.as('tom-ashcroft');
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  const news = newsOf(council);
  await later(council, 80 * hour);
  expect(news()).toEqual({});
  expect((await council.post(1)).status.is).toBe('published');
});

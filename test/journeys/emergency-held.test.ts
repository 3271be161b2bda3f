import { expect, test } from 'vitest';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { sendsEmergency } from './beginnings.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { pauseRoutine, resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

/** An emergency that is sent while everything is stopped or paused: nothing leaves, and nobody is left not knowing. */

/** What somebody has heard of it: in words, and on cards where they may resume, of which the older ones send them to the newest. */
const told = (council: Council, person: string): readonly string[] =>
  council
    .shown(council.as(person).chat)
    .filter(({ card, text }) => !('body' in card) || /^(?:#1 \(|There is newer word)/u.test(text))
    .map(({ text }) => text)
    .filter((text) => /emergency|newer word/u.test(text));

test('an emergency sent during a pause is held, and everybody who can do something about it hears so, and what', async () => {
  await using council = await openCouncil();
  expect((await pauseRoutine(council, 'ellen-rimmer')).text).toContain(
    'A correction of it waits, also where a post is only changed; one of safety information still goes out.',
  );
  await council.pass(minute);
  const sent = await sendsEmergency(council);
  expect(sent.text).toContain(
    'Ellen Rimmer has paused routine posts, so nothing of this goes out now: it is held, although it is an emergency. Ellen Rimmer, Joseph Adeyemi, Gareth Molyneux and Yvonne Cartmel can let posts go out again, and are told so.',
  );
  expect(sent.text).not.toContain('nothing to do');
  expect(sent.text).toContain(
    'Ellen Rimmer, Joseph Adeyemi, Gareth Molyneux or Yvonne Cartmel can let posts go out again. Or mark it "Safety information" and send it again, if it is that: the pause lets it through once it is approved. Press "Edit" for that.',
  );
  await council.quiet();
  const gareth = council.as('gareth-molyneux');
  expect(gareth.card(1).text).toContain('You can press or type "Resume" to let posts go out again.');
  const question = await gareth.press('Resume', {}, gareth.card(1));
  expect(question.text).toContain('Let posts go out again? Ellen Rimmer paused routine posts');
  for (const person of ['ellen-rimmer', 'joseph-adeyemi'])
    expect(told(council, person)).toEqual([
      expect.stringMatching(
        /^#1 \(Highways, emergency\) is held Ellen Rimmer paused routine posts on Tue 24 Nov at 9:\d\dam\. It is an emergency, so please do not leave it waiting\. You can press or type "Resume" to let posts go out again\. Or mark it "Safety information" .* Press "Edit" for that\. Type "show 1" to see it\. \[Resume\]$/u,
      ),
    ]);

  // The protocol's times go on: a reminder after five minutes, and the Head of Communications after fifteen.
  await council.pass(6 * minute);
  expect(told(council, 'gareth-molyneux')).toHaveLength(1);
  expect(told(council, 'ellen-rimmer')).toHaveLength(2);
  expect(told(council, 'claire-whitworth')).toEqual([]);
  await council.pass(10 * minute);
  expect(told(council, 'gareth-molyneux')).toHaveLength(2);
  expect(told(council, 'claire-whitworth')).toEqual([
    expect.stringMatching(
      /Joseph Adeyemi, Gareth Molyneux or Yvonne Cartmel can let posts go out again\. Or Nadia Hartley can mark it "Safety information"/u,
    ),
  ]);
  expect(council.outside.entries()).toEqual([]);

  // Marked as what the pause lets through, it waits for the duty officer alone, and goes out.
  const nadia = council.as('nadia-hartley');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  // Nobody has approved it, so that is not said to be void.
  expect(form.text).toContain('It becomes a draft again, and then you send it once more.');
  expect(form.text).not.toContain('what was approved');
  const safe = await nadia.press('Save as a draft', { flags: 'safety' }, form.card);
  const again = await nadia.press('Send to the duty officer', {}, safe.card);
  expect(again.text).not.toContain('it is held');
  await gareth.press('Approve: goes out now', { confirm: 'true' }, gareth.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('an emergency sent while everything is stopped waits for the resume alone, does not expire, and is told no more after it', async () => {
  await using council = await openCouncil();
  await stopEverything(council);
  await council.pass(minute);
  const sent = await sendsEmergency(council);
  expect(sent.text).toContain('so nothing of this goes out now: it is held, although it is an emergency.');
  expect(sent.text).not.toContain('Safety information" and send');
  await council.pass(13 * 60 * minute);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', stop: 'all' });
  await resumeAll(council);
  await council.pass(minute);
  const kept = () => told(council, 'joseph-adeyemi').filter((words) => words.includes('stopped everything'));
  const before = kept().length;
  const yvonne = council.as('yvonne-cartmel');
  expect(yvonne.card(1).text).not.toMatch(/resume/iu);
  await council.pass(20 * minute);
  expect(kept()).toHaveLength(before);
  await yvonne.press('Release: goes out now', { confirm: 'true' }, yvonne.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toHaveLength(1);
});

test('an emergency escalates when it was to, however often everything is stopped and resumed meanwhile', async () => {
  await using council = await openCouncil();
  await stopEverything(council);
  await sendsEmergency(council);
  for (let n = 0; n < 3; n += 1) {
    await resumeAll(council);
    await council.pass(minute);
    await pauseRoutine(council, 'ellen-rimmer');
    await council.pass(4 * minute);
  }
  await council.pass(minute);
  expect(told(council, 'claire-whitworth')).toHaveLength(1);
});

test('an emergency that waited as everything was stopped is held with all else, and told aloud', async () => {
  await using council = await openCouncil();
  await sendsEmergency(council);
  await council.quiet();
  await stopEverything(council);
  await council.pass(minute);
  expect(told(council, 'ellen-rimmer')).toHaveLength(1);
  expect(told(council, 'yvonne-cartmel')).toHaveLength(1);
});

test('an emergency among others is said to be one wherever it is named, and comes first once posts can go out again', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  for (const [number, text] of ['The gritters are out.', 'Moor Lane is open again.'].entries()) {
    await nadia.say(`propose ${text}`);
    await nadia.press('Send to Communications', {}, nadia.card(number + 1));
    await council
      .as('ellen-rimmer')
      .press('Pass on to Highways approvers', {}, council.as('ellen-rimmer').card(number + 1));
  }
  await nadia.say('propose Gas leak on Moor Lane in Crosby. Leave the area now and call 0800 111 999.');
  const form = await nadia.press('Edit', {}, nadia.card(3));
  const saved = await nadia.press('Save', { urgency: 'emergency' }, form.card);
  await nadia.press('Send to the duty officer', {}, saved.card);
  await council.pass(6 * minute);
  const gareth = council.as('gareth-molyneux');
  expect(toldIn(council, gareth.chat)).toContainEqual(
    expect.stringMatching(/^#3 \(Highways, emergency\) still waits for you\./u),
  );
  expect((await gareth.say('waiting')).at(-1)?.text).toContain('#3 · Highways and Transport · Emergency');

  const first = /^[^#]*#3 · Highways and Transport · Emergency.*#1 · Highways and Transport The gritters/u;
  expect((await stopEverything(council, 'yvonne-cartmel')).text).toMatch(first);
  expect((await resumeAll(council, 'yvonne-cartmel')).text).toMatch(first);
  await council.pass(minute);
  const heard = council.shown(gareth.chat).find(({ text }) => text.includes('Posts can go out again'));
  expect(heard?.text).toMatch(first);
});

/**
 * What somebody does in which minute after an emergency was sent, and in which the Head of Communications hears of it. It
 * is to be reminded of after 5 minutes, and escalated to them after 15.
 */
const clocks: readonly {
  readonly done: readonly (readonly [number, 'stop' | 'pause' | 'resume' | 'hold' | 'schedule'])[];
  readonly head: readonly string[];
}[] = [
  { done: [], head: ['15 asked'] },
  // Before the reminder, after it, and just before it is escalated.
  { done: [[4, 'stop']], head: ['15 held'] },
  { done: [[8, 'stop']], head: ['15 held'] },
  { done: [[14, 'pause']], head: ['15 held'] },
  {
    done: [
      [4, 'stop'],
      [6, 'resume'],
    ],
    head: ['15 asked'],
  },
  {
    done: [
      [14, 'stop'],
      [14.5, 'resume'],
    ],
    head: ['15 asked'],
  },
  {
    done: [
      [4, 'pause'],
      [6, 'stop'],
      [8, 'resume'],
    ],
    head: ['15 asked'],
  },
  {
    done: [
      [3, 'stop'],
      [5, 'resume'],
      [7, 'stop'],
      [9, 'resume'],
      [11, 'pause'],
    ],
    head: ['15 held'],
  },
  { done: [[4, 'schedule']], head: ['15 asked'] },
  {
    done: [
      [12, 'schedule'],
      [14.5, 'schedule'],
    ],
    head: ['15 asked'],
  },
  {
    done: [
      [4, 'hold'],
      [14, 'schedule'],
    ],
    head: ['15 asked'],
  },
  { done: [[20, 'schedule']], head: ['15 asked', '25 reminded'] },
  { done: [[4, 'hold']], head: ['15 asked'] },
  { done: [[16, 'hold']], head: ['15 asked', '16 asked', '21 still held'] },
  // Over that moment, and after it: whoever it was escalated to hears of each hold and resume, and is reminded as others are.
  {
    done: [
      [4, 'stop'],
      [20, 'resume'],
    ],
    head: ['15 held', '20 resumed', '25 still held'],
  },
  {
    done: [
      [15, 'stop'],
      [15.5, 'resume'],
    ],
    head: ['15 asked', '15 held', '16 resumed', '21 still held'],
  },
  { done: [[16, 'pause']], head: ['15 asked', '16 held', '21 held'] },
  {
    done: [
      [30, 'stop'],
      [40, 'resume'],
    ],
    head: ['15 asked', '30 held', '35 held', '40 resumed', '45 still held'],
  },
  {
    done: [
      [4, 'stop'],
      [20, 'resume'],
      [30, 'stop'],
    ],
    head: ['15 held', '20 resumed', '25 still held', '30 held', '35 held'],
  },
];

const kindsOfWords = [
  ['resumed', /^Posts can go out again, but not #1 /u],
  ['reminded', /^#1 \(Highways, emergency\) still waits for you\./u],
  ['still held', /^#1 \(Highways, emergency\) is still held, and waits for your decision\./u],
  [
    'held',
    /^#1 \(Highways, emergency\) is held\. .* It is an emergency, so please do not leave it waiting\./u,
  ],
  [
    'asked',
    /has waited long, so you are asked as well|^#1 \(Highways, emergency\) is held by [^,]*, and waits for your decision/u,
  ],
] as const;

for (const { done, head } of clocks)
  test(`an emergency is escalated once, when it was to be, and who is asked then hears what follows: ${done.map((each) => each.join(' ')).join(', ')}`, async () => {
    await using council = await openCouncil();
    await sendsEmergency(council);
    const sent = council.now();
    const ways = {
      stop: stopEverything,
      pause: pauseRoutine,
      resume: resumeAll,
      hold: async (of: Council) => await of.as('joseph-adeyemi').say('hold 1'),
      schedule: async (of: Council) => {
        await of.as('nadia-hartley').say('schedule 1 now');
        await of.as('nadia-hartley').say('schedule 1 tomorrow 9am');
      },
    };
    const heard: string[] = [];
    let n = 0;
    for (let at = 0; at <= 60; at += 0.5) {
      await council.until(sent + at * minute);
      const all = told(council, 'claire-whitworth');
      for (const words of all.slice(n))
        heard.push(
          `${String(Math.floor(at))} ${kindsOfWords.find(([, is]) => is.test(words))?.[0] ?? words}`,
        );
      n = all.length;
      for (const [when, way] of done) if (when === at) await ways[way](council, 'joseph-adeyemi');
    }
    expect(heard).toEqual(head);
    expect((await council.audit()).findings).toEqual([]);
  });

/** Whether the Head of Communications decides on it as well. */
const isEscalated = async (council: Council): Promise<boolean> =>
  (await council.as('claire-whitworth').say('waiting')).at(-1)?.text.includes('#1') === true;

/** Goes out on X, and Facebook has refused it. */
async function refusedOnFacebook(council: Council): Promise<() => Promise<void>> {
  const refused = { outcome: 'refused', reason: 'no-permission' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: refused });
  await sendsEmergency(council, { accounts: 'x-main,facebook-main' });
  const pause = council.outside.pause('x-main');
  const gareth = council.as('gareth-molyneux');
  const coming = gareth.press('Approve: goes out now', { confirm: 'true' }, gareth.card(1));
  await pause.begun;
  const facebook = async () => publicationsOf(await council.post(1))['facebook-main.0']?.is;
  await expect.poll(facebook).toBe('failed');
  return async () => {
    pause.go();
    await coming;
    await council.quiet();
  };
}

const triesAgain = async (council: Council): Promise<void> => {
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Try again', {}, ellen.card(1));
  expect((await council.post(1)).status.is).toBe('held');
};

test('an emergency that is held once more, when something of it may leave again, is escalated when it was to be', async () => {
  await using council = await openCouncil();
  const goesOut = await refusedOnFacebook(council);
  const holding = council.as('joseph-adeyemi').say('hold 1');
  await expect.poll(async () => (await council.post(1)).status.is).toBe('held');
  const heldAt = council.now();
  await goesOut();
  await holding;
  expect((await council.post(1)).status.is).toBe('partly-published');
  await council.until(heldAt + 10 * minute);
  await triesAgain(council);
  await council.until(heldAt + 14 * minute);
  expect(await isEscalated(council)).toBe(false);
  await council.until(heldAt + 16 * minute);
  expect(await isEscalated(council)).toBe(true);
});

test('a hold of an emergency that asked nobody yet is escalated once it has asked somebody in vain', async () => {
  await using council = await openCouncil();
  await (
    await refusedOnFacebook(council)
  )();
  await council.as('joseph-adeyemi').say('hold 1');
  expect((await council.post(1)).status.is).toBe('partly-published');
  await council.pass(60 * minute);
  await triesAgain(council);
  await council.pass(14 * minute);
  expect(await isEscalated(council)).toBe(false);
  await council.pass(2 * minute);
  expect(await isEscalated(council)).toBe(true);
});

import { expect, test } from 'vitest';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { letOutByDesk, sendsEmergency } from './beginnings.ts';
import { agreed, asked, connected } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { blocked, lives, notReached, withAway } from './networks-away.ts';
import { resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

/** An emergency that somebody has let go and no network takes: whoever believes that it is public hears within minutes. */

const everybody = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi', 'gareth-molyneux', 'yvonne-cartmel'];

/** What somebody, or a Teams channel, has heard of where an emergency is out and is not. */
const heardIn = (council: Council, conversationId: string): readonly string[] =>
  toldIn(council, conversationId).filter((text) =>
    /\(Highways, emergency\) (?:was to go|is (?:not )?out)/u.test(text),
  );
const heard = (council: Council, person: string): readonly string[] =>
  heardIn(council, council.as(person).chat);

/** Minute by minute, so that what comes again does. */
async function minutes(council: Council, n: number): Promise<void> {
  for (let passed = 0; passed < n; passed += 1) await council.pass(minute);
}

/** Gareth Molyneux lets it go. */
async function approves(council: Council, button = 'Approve: goes out now'): Promise<void> {
  const gareth = council.as('gareth-molyneux');
  await gareth.press(button, { confirm: 'true' }, gareth.card(1));
}

/** Nadia Hartley sends an emergency, and Gareth Molyneux lets it go at 9:43am. */
async function letGo(council: Council, accounts: string): Promise<void> {
  await sendsEmergency(council, { accounts });
  await approves(council);
}

test('whoever believes that an emergency is public hears after ten minutes where it is not, once, and once it is', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  const ofDesk = '19:desk@thread.tacv2';
  const ellen = council.as('ellen-rimmer');
  const [use] = await ellen.say('use this channel for the desk', { channel: ofDesk });
  await ellen.press('Yes, use this channel', {}, use);
  for (const account of ['x-main', 'facebook-main']) away.add(account);
  await letGo(council, 'news,x-main,facebook-main');
  await minutes(council, 9);
  for (const person of everybody) expect(heard(council, person)).toEqual([]);
  await minutes(council, 20);
  const places = [...everybody.map((person) => council.as(person).chat), ofDesk];
  for (const place of places)
    expect(heardIn(council, place)).toEqual([
      '#1 (Highways, emergency) was to go out on Tue 24 Nov at 9:43am, and is not out on X and Facebook yet. X and Facebook: the network could not be reached, since 9:43am. It is tried again by itself until 11:43am, and somebody is asked then. It is out on the website (https://news.sefton.example/news/1). Please do not wait for it: tell people another way now, if they have to know. To keep it from going out, type "hold 1". Type "show 1" to see it.',
    ]);
  away.delete('x-main');
  await minutes(council, 10);
  const on = 'on the website (https://news.sefton.example/news/1) and on X (https://x-main.example/x-main-1)';
  for (const place of places)
    expect(heardIn(council, place).slice(1)).toEqual([
      `#1 (Highways, emergency) is out now ${on}, and is not out on Facebook. Facebook: the network could not be reached, since 9:43am. It is tried again by itself until 11:43am, and somebody is asked then. Type "show 1" to see it.`,
    ]);
  away.clear();
  await minutes(council, 10);
  for (const place of places) {
    expect(heardIn(council, place).slice(2)).toEqual([
      '#1 (Highways, emergency) is out now on the website (https://news.sefton.example/news/1), on X (https://x-main.example/x-main-1) and on Facebook (https://facebook-main.example/facebook-main-2). Type "show 1" to see it.',
    ]);
  }
  await minutes(council, 20);
  expect(heardIn(council, ofDesk)).toHaveLength(3);
  expect((await council.audit()).findings).toEqual([]);
});

test('an emergency that is taken within ten minutes, or held by then, is told to nobody; let go again, it has ten minutes anew', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 'x-main,facebook-main');
  await minutes(council, 5);
  await council.as('yvonne-cartmel').say('hold 1');
  await minutes(council, 30);
  await approves(council, 'Release: goes out now');
  await minutes(council, 4);
  away.clear();
  await minutes(council, 5);
  expect(council.outside.standing('x-main')).toHaveLength(1);
  await minutes(council, 20);
  for (const person of everybody) expect(heard(council, person)).toEqual([]);
});

test('an emergency that is held, refused or two hours late once people know that it is not out: they hear what became of it', async () => {
  for (const ends of ['held', 'refused', 'late'] as const) {
    const { council: opened, away, says } = await withAway(notReached);
    await using council = opened;
    away.add('x-main');
    await letGo(council, 'x-main');
    await minutes(council, 12);
    if (ends === 'held') await council.as('nadia-hartley').say('hold 1');
    if (ends === 'refused') says.answer = { outcome: 'refused', reason: 'against-policy' };
    await lives(council, ends === 'late' ? 2 * hour : 10 * minute);
    await council.pass(minute);
    const { is } = (await council.post(1)).status;
    expect(is).toBe(ends === 'refused' ? 'failed' : 'held');
    const last = {
      held: /Nadia Hartley held this|is (?:held by Nadia Hartley|still held), and waits for your decision/u,
      refused: /did not go out\. X: not published: the network says that it breaks its rules/u,
      late: /which passed while X could not be reached/u,
    }[ends];
    for (const person of everybody)
      if (person !== 'nadia-hartley' || ends !== 'held') {
        const { chat } = council.as(person);
        expect(
          [person, ...toldIn(council, chat).slice(-1), council.shown(chat).at(-1)?.text].join(' '),
        ).toMatch(last);
      }
  }
});

test('an emergency whose account is blocked says how it gets out, and goes out once that is connected', async () => {
  const { council: opened, away } = await withAway(blocked);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 'x-main');
  await minutes(council, 11);
  const [words] = heard(council, 'gareth-molyneux');
  expect(words).toContain(
    'X: the network does not let Crier into the account any more, since 9:43am. It goes out by itself if the account is connected again before 11:43am: type "accounts" to see how. It is out nowhere. Please do not wait for it',
  );
  away.clear();
  await connected(council, 'x-main');
  await minutes(council, 2);
  expect(heard(council, 'yvonne-cartmel').at(-1)).toContain(
    'is out now on X (https://x-main.example/x-main-1).',
  );
});

test('an emergency that waits in vain behind what others sent is told with the time until which the network takes nothing', async () => {
  await using council = await openCouncil();
  const busy = { outcome: 'retry', after: 40 * minute, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await letOutByDesk(council, 'The gritters are out.', { accounts: 'x-main' });
  await sendsEmergency(council, { accounts: 'x-main' }, 2);
  const yvonne = council.as('yvonne-cartmel');
  await yvonne.press('Approve: goes out now', { confirm: 'true' }, yvonne.card(2));
  await minutes(council, 11);
  expect(heard(council, 'gareth-molyneux')).toEqual([
    expect.stringContaining(
      'X: the network takes nothing more from us until 10:23am. It goes out by itself then.',
    ),
  ]);
  await minutes(council, 35);
  expect(heard(council, 'gareth-molyneux').slice(1)).toEqual([expect.stringContaining('is out now on X')]);
});

test('an emergency on its way as Crier is started anew, or as the machine sleeps: ten minutes are ten minutes, and what leaves on waking is told to nobody', async () => {
  const { council: first, away } = await withAway(notReached);
  await using opened = first;
  away.add('x-main');
  await letGo(opened, 'x-main');
  await minutes(opened, 5);
  await using council = await opened.restart();
  await minutes(council, 3);
  expect(heard(council, 'yvonne-cartmel')).toEqual([]);
  await minutes(council, 2);
  expect(heard(council, 'yvonne-cartmel')).toHaveLength(1);

  for (const back of [true, false]) {
    const { council: other, away: gone } = await withAway(notReached);
    await using sleepy = other;
    gone.add('x-main');
    await letGo(sleepy, 'x-main');
    await minutes(sleepy, 2);
    if (back) gone.clear();
    await sleepy.sleeps(30 * minute);
    await minutes(sleepy, 3);
    expect(heard(sleepy, 'yvonne-cartmel')).toHaveLength(back ? 0 : 1);
  }
});

test('an emergency that its account refuses: the duty officers and whoever let it go hear at once', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'against-policy' },
  });
  await letGo(council, 'x-main,facebook-main');
  await council.pass(minute);
  for (const person of ['gareth-molyneux', 'yvonne-cartmel', 'nadia-hartley'])
    expect(toldIn(council, council.as(person).chat).at(-1)).toContain(
      '#1 (Highways, emergency) did not go out everywhere. X: not published: the network says that it breaks its rules.',
    );
});

test('a correction of an emergency that does not get out is told as that; what is planned, or posted by hand, is not late', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  await sendsEmergency(council, { accounts: 'x-main,nextdoor-sefton' });
  await council.as('nadia-hartley').say('schedule 1 today 4pm');
  const gareth = council.as('gareth-molyneux');
  await gareth.press(
    gareth.buttons(gareth.card(1)).find((title) => title.startsWith('Approve')) ?? '',
    { confirm: 'true' },
    gareth.card(1),
  );
  await lives(council, 8 * hour);
  expect(publicationsOf(await council.post(1))).toMatchObject({
    'x-main.0': { is: 'published' },
    'nextdoor-sefton.0': { is: 'asked' },
  });
  for (const person of everybody) expect(heard(council, person)).toEqual([]);
  // What it puts right stands all the while.
  away.add('x-main');
  await asked(council, {
    text: 'The leak is stopped.',
    what: 'It was stopped by then.',
    'way:x-main': 'reply',
  });
  await agreed(council);
  await minutes(council, 11);
  expect(heard(council, 'yvonne-cartmel')).toEqual([
    'A correction of #1 (Highways, emergency) was to go out on Tue 24 Nov at 5:43pm, and is not out on X yet. X, correction: the network could not be reached, since 5:43pm. It is tried again by itself. It is out nowhere. Please do not wait for it: tell people another way now, if they have to know. To keep it from going out, type "hold 1". Type "show 1" to see it.',
  ]);
  away.clear();
  await minutes(council, 10);
  expect(heard(council, 'yvonne-cartmel').slice(1)).toEqual([
    'A correction of #1 (Highways, emergency) is out now on X (https://x-main.example/x-main-2). Type "show 1" to see it.',
  ]);
});

test('an emergency that waits for the desk, since whoever approved it may not any more, says so to all of them', async () => {
  await using before = await openCouncil();
  await sendsEmergency(before, { accounts: 'x-main' });
  await before.as('nadia-hartley').say('schedule 1 today 4pm');
  const gareth = before.as('gareth-molyneux');
  const approve = gareth.buttons(gareth.card(1)).find((title) => title.startsWith('Approve')) ?? '';
  await gareth.press(approve, { confirm: 'true' }, gareth.card(1));
  const others = 'duty-officers: [yvonne-cartmel]';
  await using council = await before.restart({
    protocol: (sample) => sample.replace('duty-officers: [gareth-molyneux, yvonne-cartmel]', others),
  });
  await lives(council, 7 * hour);
  for (const person of ['yvonne-cartmel', 'nadia-hartley', 'joseph-adeyemi'])
    expect(heard(council, person)).toEqual([
      expect.stringContaining(
        'was to go out on Tue 24 Nov at 4pm, and is not out on X yet. It was to go out, but Gareth Molyneux approved it and may not approve such posts any more. Communications says whether it goes out all the same.',
      ),
    ]);
});

test('an emergency of which nobody can tell whether it is out: whoever let it go hears so as the desk is asked', async () => {
  await using council = await openCouncil();
  council.outside.next('x-main', { way: 'lost' });
  council.outside.blind('x-main');
  await letGo(council, 'news,x-main');
  await minutes(council, 3);
  const hear = ['gareth-molyneux', 'yvonne-cartmel', 'nadia-hartley'];
  for (const person of hear)
    expect(heard(council, person)).toEqual([
      expect.stringContaining(
        'is out now on the website (https://news.sefton.example/news/1), and nobody can tell whether it is on X. X: we could not tell whether it arrived.',
      ),
    ]);
  const ellen = council.as('ellen-rimmer');
  await ellen.press(
    'Yes, it is there',
    { 'link:x-main.0': 'https://x-main.example/x-main-1' },
    ellen.card(1),
  );
  await minutes(council, 1);
  for (const person of hear)
    expect(heard(council, person).slice(1)).toEqual([
      expect.stringMatching(/is out now on the website .* and on X/u),
    ]);
});

test('an emergency that is held, or stopped, once people know that it is not out, and let go on: they hear once it is out', async () => {
  for (const way of ['held', 'stopped'] as const) {
    const { council: opened, away } = await withAway(notReached);
    await using council = opened;
    away.add('x-main');
    await letGo(council, 'x-main');
    await minutes(council, 12);
    if (way === 'held') await council.as('yvonne-cartmel').say('hold 1');
    else await stopEverything(council, 'ellen-rimmer');
    await minutes(council, 3);
    if (way === 'stopped') await resumeAll(council, 'ellen-rimmer');
    const before = new Map(everybody.map((person) => [person, heard(council, person).length]));
    away.clear();
    await approves(council, 'Release: goes out now');
    await minutes(council, 20);
    // Gareth Molyneux pressed, and hears as the others do that it came to something.
    for (const person of everybody)
      expect(heard(council, person).slice(before.get(person))).toEqual([
        '#1 (Highways, emergency) is out now on X (https://x-main.example/x-main-1). Type "show 1" to see it.',
      ]);
  }
});

test('an emergency of which nothing more is published once people know that it is not out: they hear so, once, and whoever decided it does not', async () => {
  for (const [accounts, person, decided] of [
    [
      'news,x-main',
      'gareth-molyneux',
      'Gareth Molyneux decided at 9:58am that nothing more of it is published.',
    ],
    ['x-main', 'gareth-molyneux', 'Gareth Molyneux decided at 9:58am that this will not be published.'],
    ['x-main', 'nadia-hartley', 'Nadia Hartley cancelled it at 9:58am. Nothing of it was published.'],
  ] as const) {
    const { council: opened, away } = await withAway(notReached);
    await using council = opened;
    away.add('x-main');
    await letGo(council, accounts);
    await minutes(council, 12);
    await council.as('yvonne-cartmel').say('hold 1');
    await minutes(council, 3);
    const told = (whom: string) => toldIn(council, council.as(whom).chat);
    const before = new Map(everybody.map((whom) => [whom, told(whom).length]));
    const decides = council.as(person);
    if (person === 'nadia-hartley') {
      const [question] = await decides.say('cancel 1');
      await decides.press('Cancel #1', {}, question);
    } else {
      const button = accounts === 'x-main' ? 'Do not publish' : 'Do not publish the rest';
      await decides.press(button, { note: 'It is over.' }, decides.card(1));
    }
    await minutes(council, 20);
    for (const whom of everybody)
      expect([whom, ...told(whom).slice(before.get(whom))]).toEqual(
        whom === person ? [whom] : [whom, expect.stringContaining(`#1 (Highways, emergency): ${decided}`)],
      );
  }
});

test('an emergency that is taken down once people know that it is not out everywhere: each of them hears that, once', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 'news,x-main');
  await minutes(council, 12);
  const told = (person: string) => toldIn(council, council.as(person).chat);
  const before = new Map(everybody.map((person) => [person, told(person).length]));
  const ellen = council.as('ellen-rimmer');
  await ellen.say('remove 1');
  await minutes(council, 20);
  expect((await council.post(1)).status.is).toBe('taken-down');
  for (const person of everybody)
    expect([person, ...told(person).slice(before.get(person))]).toEqual(
      person === 'ellen-rimmer'
        ? [person]
        : [person, expect.stringMatching(/^#1 \(Highways, emergency\): Ellen Rimmer took it down/u)],
    );
});

test('an emergency that was planned, and is held and released after its time, was to go out at its time', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await sendsEmergency(council, { accounts: 'news,x-main' });
  await council.as('nadia-hartley').say('schedule 1 today 11am');
  const gareth = council.as('gareth-molyneux');
  await gareth.press(
    gareth.buttons(gareth.card(1)).find((title) => title.startsWith('Approve')) ?? '',
    { confirm: 'true' },
    gareth.card(1),
  );
  await minutes(council, 82);
  await council.as('yvonne-cartmel').say('hold 1');
  await approves(council, 'Release: goes out now');
  await minutes(council, 11);
  expect(heard(council, 'nadia-hartley').at(-1)).toContain(
    'was to go out on Tue 24 Nov at 11am, and is not out on X yet.',
  );
});

test('an emergency corrected before all of it was out is out by its own name on each of its accounts', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 'news,x-main');
  await minutes(council, 12);
  await asked(council, { text: 'The leak is stopped.', what: 'It was stopped by then.' });
  await agreed(council);
  away.clear();
  await minutes(council, 10);
  expect(heard(council, 'yvonne-cartmel').at(-1)).toMatch(
    /^#1 \(Highways, emergency\) is out now on the website \(.*\) and on X/u,
  );
});

test('an emergency corrected by a reply before all of it was out: people hear where it is out as well as where the reply is', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('facebook-main');
  await letGo(council, 'x-main,facebook-main');
  await minutes(council, 12);
  await asked(council, {
    text: 'The leak is stopped.',
    what: 'It was stopped by then.',
    'way:x-main': 'reply',
  });
  await agreed(council);
  away.clear();
  await minutes(council, 10);
  expect(heard(council, 'yvonne-cartmel').at(-1)).toMatch(
    /^#1 \(Highways, emergency\) is out now on Facebook \(.*\) and on X \(.*x-main-2\)\. Type/u,
  );
});

test('an emergency that somebody still posts by hand: whoever heard that it is not out hears once it is there as well', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using council = opened;
  away.add('x-main');
  await letGo(council, 'x-main,nextdoor-sefton');
  await minutes(council, 12);
  away.clear();
  await minutes(council, 5);
  const bethan = council.as('bethan-prys');
  const link = 'https://nextdoor.co.uk/p/1';
  await bethan.press('I have posted it', { 'link:nextdoor-sefton.0': link }, bethan.card(1));
  await minutes(council, 5);
  expect(heard(council, 'yvonne-cartmel').slice(1)).toEqual([
    expect.stringContaining(
      'is out now on X (https://x-main.example/x-main-1), and is not out on Nextdoor Sefton.',
    ),
    `#1 (Highways, emergency) is out now on X (https://x-main.example/x-main-1) and on Nextdoor Sefton (${link}). Type "show 1" to see it.`,
  ]);
});

test('an emergency that a rule stops once people know that it is not out: their message sends nobody to what only its card shows', async () => {
  const { council: opened, away } = await withAway(notReached);
  await using before = opened;
  away.add('x-main');
  await letGo(before, 'news,x-main');
  await minutes(before, 12);
  await using council = await before.restart({
    protocol: (sample) => `${sample}    - { word: 'leak', why: 'Some do not know it.' }\n`,
  });
  await minutes(council, 10);
  expect((await council.post(1)).status.is).toBe('held');
  for (const person of everybody)
    expect(toldIn(council, council.as(person).chat).join(' ')).not.toMatch(/below/iu);
  expect(heard(council, 'joseph-adeyemi').at(-1)).toMatch(
    /cannot go out on X as it is\. "leak" should not be used\. .*Type "show 1" to see it\.$/u,
  );
  expect(council.as('ellen-rimmer').card(1).text).toContain('See below.');
});

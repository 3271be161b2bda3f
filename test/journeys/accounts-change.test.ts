import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { blocksLeaving } from '../../src/posts/leaving/leaving.ts';
import { letOutByDesk, passedOn } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { keptData } from './kept-data.ts';

const withoutX = (sample: string): string => sample.replace(/^ {2}x-main:\n(?: {4}.*\n)+/mu, '');

const facebookForLeisure = (sample: string): string =>
  sample.replace(/^( {2}facebook-main:\n(?: {4}.*\n)+)/mu, '$1    departments: [leisure]\n');

/** #1 waits for an approver, #2 is approved for an hour later, #3 is a draft. */
async function underWay(council: Council): Promise<void> {
  const [nadia, ellen, tom] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('tom-ashcroft'),
  ];
  for (const [number, road] of [
    [1, 'Liverpool Road'],
    [2, 'Moor Lane'],
  ] as const) {
    await nadia.say(`propose ${road} is closed until Thursday.`);
    if (number === 2) await nadia.say('schedule 2 today 11:00');
    await nadia.press('Send to Communications', {}, nadia.card(number));
    await ellen.press('Pass on to Highways approvers', {}, ellen.card(number));
  }
  await tom.press('Approve: goes out on Tue 24 Nov at 11am', { confirm: 'true' }, tom.card(2));
  await nadia.say('propose Park Lane is closed until Thursday.');
}

test.each([
  [
    'is given to others',
    facebookForLeisure,
    'Facebook (Sefton Council) is for Leisure alone',
    'facebook-main',
  ],
  ['is gone', withoutX, 'X (@SeftonCouncil) is not in the protocol any more', 'x-main'],
])(
  'while posts wait an account %s: none of it leaves before they are edited, and their cards say why',
  async (_how, protocol, said, account) => {
    await using before = await openCouncil();
    await underWay(before);
    const old = before.as('tom-ashcroft').card(1);
    await using council = await before.restart({ protocol });
    const [nadia, ellen, tom] = [
      council.as('nadia-hartley'),
      council.as('ellen-rimmer'),
      council.as('tom-ashcroft'),
    ];
    for (const number of [1, 2, 3]) expect((await nadia.say(`show ${number}`)).at(-1)?.text).toContain(said);
    const refused = await tom.press('Approve: goes out now', { confirm: 'true' }, old);
    expect(refused.text).toContain('It cannot go yet.');
    // Whichever account comes first, nothing has left before somebody has chosen again.
    const scheduled = await council.post(2);
    const parts = 'plan' in scheduled.status ? scheduled.status.plan.parts : [];
    const stops = parts.map(
      (part) => blocksLeaving(scheduled, part, council.now(), council.app.rules()).length,
    );
    expect(stops.filter((found) => found > 0)).toHaveLength(3);
    await council.pass(2 * hour);
    for (const each of ['x-main', 'facebook-main']) expect(council.outside.standing(each)).toEqual([]);
    expect((await council.post(2)).status.is).toBe('held');
    expect(await (await council.get('/news')).text()).not.toContain('Moor Lane');

    const form = await ellen.press('Edit', {}, ellen.card(1));
    const others = ['news', 'x-main', 'facebook-main'].filter((each) => each !== account);
    // What is gone is left out by saving alone.
    const chosen = account === 'x-main' ? {} : { accounts: others.join(',') };
    await ellen.press('Save and pass on', chosen, form.card);
    await tom.press('Approve: goes out now', { confirm: 'true' }, tom.card(1));
    await council.quiet();
    expect(council.outside.standing(account)).toEqual([]);
    expect((await council.post(1)).status.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('of a post that failed on an account that is gone no card offers to try again there, and its name stands', async () => {
  await using before = await openCouncil();
  await passedOn(before, 'Liverpool Road is closed until Thursday.');
  const refused = { outcome: 'refused', reason: 'status-403' } as const;
  before.outside.next('x-main', { way: 'answer', outcome: refused });
  await before.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await before.pass(minute);
  expect((await before.as('ellen-rimmer').say('show 1')).at(-1)?.text).toContain('[Try again]');
  await using council = await before.restart({ protocol: withoutX });
  const shown = (await council.as('ellen-rimmer').say('show 1')).at(-1)?.text;
  expect(shown).not.toContain('Try again');
  expect(shown).toContain('X (@SeftonCouncil)');
  expect(shown).toContain('the account is not in the protocol any more');
});

test('an account that is back is not said to be gone: what was held for it waits for an approval, and nothing else', async () => {
  await using before = await openCouncil();
  await underWay(before);
  await using gone = await before.restart({ protocol: withoutX });
  await gone.quiet();
  const said = 'X (@SeftonCouncil) is not in the protocol any more';
  // The draft keeps what was found in it when it was to be sent.
  const nadia = gone.as('nadia-hartley');
  await nadia.say('show 3');
  await nadia.press('Send to Communications', {}, nadia.card(3));
  for (const number of [2, 3]) expect(nadia.card(number).text).toContain(said);

  await using back = await gone.restart({ protocol: (sample) => sample });
  await back.quiet();
  const held = back.as('nadia-hartley').card(2).text;
  expect(held).toContain('Held by Crier');
  expect(held).toContain(
    'Nothing stands in the way any more. It stays here until somebody approves it again.',
  );
  expect(held).not.toMatch(/not in the protocol|Before it can go|See below|Edit it, then send/u);
  expect((await back.as('nadia-hartley').say('show 3')).at(-1)?.text).not.toContain('not in the protocol');
  const tom = back.as('tom-ashcroft');
  for (const number of [1, 2]) {
    const [approve = ''] = tom.buttons(tom.card(number));
    expect(approve).toMatch(number === 1 ? /^Approve/u : /^Release/u);
    await tom.press(approve, { confirm: 'true' }, tom.card(number));
  }
  await back.pass(2 * hour);
  expect(back.outside.standing('x-main')).toEqual([
    'Liverpool Road is closed until Thursday.',
    'Moor Lane is closed until Thursday.',
  ]);
  expect((await back.audit()).findings).toEqual([]);
});

test('what stands on an account that is gone is not offered to be taken down by a press, before it is back', async () => {
  await using before = await openCouncil();
  await before.as('ellen-rimmer').say('propose for Highways: Liverpool Road is closed until Thursday.');
  await before.as('ellen-rimmer').press('Send to Highways approvers');
  await before.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await before.quiet();
  await using gone = await before.restart({ protocol: withoutX });
  const ellen = gone.as('ellen-rimmer');
  await ellen.say('remove 1');
  await gone.quiet();
  const shown = gone.shown(ellen.chat).map(({ text }) => text);
  expect(ellen.card(1).text).toContain('still on X (@SeftonCouncil)');
  expect(ellen.card(1).text).toContain('Please take the post on X (@SeftonCouncil) down yourself. Asked');
  expect(ellen.card(1).text).not.toContain('Take it down');
  expect(shown.find((text) => text.includes('is still public on'))).not.toContain('try again');

  await using back = await gone.restart({ protocol: (sample) => sample });
  const [card] = (await back.as('ellen-rimmer').say('show 1')).slice(-1);
  expect(card?.text).toContain('the account was not in the protocol then');
  await back.as('ellen-rimmer').press('Take it down', {}, card);
  await back.quiet();
  expect(back.outside.standing('x-main')).toEqual([]);
  expect(back.as('ellen-rimmer').card(1).text).not.toContain('still on');
});

const withoutNextdoor = (sample: string): string =>
  sample.replace(/^ {2}nextdoor-sefton:\n(?: {4}.*\n)+/mu, '');

test('what somebody is to post by hand on an account that is gone does not go out there: they are told, and nobody else is asked', async () => {
  await using before = await openCouncil();
  await letOutByDesk(before, 'Liverpool Road is closed until Thursday.', {
    accounts: 'news,nextdoor-sefton',
  });
  await before.quiet();
  expect(before.as('bethan-prys').card(1).text).toContain('Please post this on Nextdoor Sefton yourself');

  await using gone = await before.restart({ protocol: withoutNextdoor });
  await gone.quiet();
  const bethan = gone.as('bethan-prys');
  expect(gone.shown(bethan.chat).at(-1)?.text).toContain(
    'the account is not in the protocol any more, so please do not post it by hand any more.',
  );
  expect(bethan.card(1).text).not.toMatch(/yourself|I have posted it/u);
  expect((await bethan.say('waiting')).at(-1)?.text).not.toContain('There are no more');
  await gone.pass(3 * hour);
  expect((await gone.as('joseph-adeyemi').say('waiting')).at(-1)?.text).not.toContain('#1');
  expect((await gone.as('ellen-rimmer').say('show 1')).at(-1)?.text).toContain(
    'Nextdoor Sefton**: Not published: the account is not in the protocol any more',
  );

  await using back = await gone.restart({ protocol: (sample) => sample });
  const [card] = (await back.as('ellen-rimmer').say('show 1')).slice(-1);
  await back.as('ellen-rimmer').press('Try again', {}, card);
  await back.quiet();
  expect(back.as('bethan-prys').card(1).text).toContain('Please post this on Nextdoor Sefton yourself');
  expect((await back.as('joseph-adeyemi').say('waiting')).at(-1)?.text).not.toContain('#1');
  expect((await back.audit()).findings).toEqual([]);
});

/** What stands on Nextdoor is to be changed by hand; asking for another correction closes the first, and leaves it so. */
async function toBeChanged(council: Council, closed: boolean): Promise<void> {
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
    accounts: 'news,nextdoor-sefton',
  });
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', link, bethan.card(1));
  const correct = async (text: string): Promise<void> => {
    const [asking] = await ellen.say('correct 1');
    await ellen.press('Ask for this correction', { text, what: 'The day was wrong.' }, asking);
  };
  await correct('Liverpool Road is closed until Friday.');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.quiet();
  expect(bethan.buttons(bethan.card(1))).toContain('I have changed it');
  if (closed) await correct('Liverpool Road is closed until Saturday.');
}

test.each([
  ['is being made', false, () => undefined],
  ['is closed', true, () => undefined],
  [
    'was made by an earlier release, which did not note by which protocol somebody is asked',
    false,
    (database: DatabaseSync) => {
      database.exec(`
        UPDATE documents SET body = json_remove(body, '$.state.askedUnder') WHERE kind = 'post';
        DELETE FROM entries WHERE number IN (SELECT number FROM indexes WHERE kind = 'post' AND name = 'asked-under');
      `);
    },
  ],
])(
  'what somebody is to change by hand on an account that is gone is asked of nobody, and its card says why: its correction %s',
  async (_which, closed, edit) => {
    await using kept = await keptData(async (council) => await toBeChanged(council, closed), edit);
    await using gone = await openCouncil({ ...kept, protocol: withoutNextdoor });
    await gone.quiet();
    const bethan = gone.as('bethan-prys');
    const [ellens = '', bethans = ''] = await Promise.all(
      [gone.as('ellen-rimmer'), bethan].map(async (each) => (await each.say('show 1')).at(-1)?.text),
    );
    expect(ellens).toContain(
      'Nextdoor Sefton**: It may have been corrected, and nobody can tell: whoever was to change it by hand did not say whether they had, and the account is not in the protocol any more.',
    );
    for (const text of [ellens, bethans])
      expect(text).not.toMatch(/waits for .*to change|been changed|by hand\.|being corrected/u);
    expect((await bethan.say('waiting')).at(-1)?.text).not.toContain('#1');
    await gone.pass(3 * hour);
    expect((await gone.post(1)).byHand).toBeUndefined();
    expect((await gone.audit()).findings).toEqual([]);
  },
);

test('an account is gone while the rest waits for it: its card says who can end that, and tells nobody to edit', async () => {
  await using before = await openCouncil();
  const busy = { outcome: 'retry', after: 48 * hour, reason: 'busy' } as const;
  before.outside.next('x-main', { way: 'answer', outcome: busy });
  await passedOn(before, 'Liverpool Road is closed until Thursday.');
  await before.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await before.quiet();
  await using council = await before.restart({ protocol: withoutX });
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('held');
  const gone = 'X (@SeftonCouncil) is not in the protocol any more, so it cannot go out there.';
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  for (const words of ['show 1', 'why 1'])
    expect((await ellen.say(words)).at(-1)?.text).toContain(
      `${gone} Tom Ashcroft, Priya Desai or Gareth Molyneux can press "Do not publish the rest".`,
    );
  const card = (await tom.say('show 1')).at(-1);
  expect(card?.text).toContain(`${gone} Press "Do not publish the rest".`);
  await tom.press('Do not publish the rest', { note: 'It is gone.' }, card);
  expect((await council.post(1)).status.is).toBe('partly-published');
});

test('whoever may not edit a post for an account that is gone reads who can', async () => {
  await using before = await openCouncil();
  await underWay(before);
  await using council = await before.restart({ protocol: withoutX });
  await council.quiet();
  const card = (await council.as('priya-desai').say('show 1')).at(-1);
  expect(card?.text).not.toContain('Press "Edit"');
  expect(card?.text).toMatch(/so it cannot go out there\. .*Nadia Hartley.* can edit it and take it out\./u);
  expect((await council.as('nadia-hartley').say('show 1')).at(-1)?.text).toContain('Press "Edit"');
});

test('a correction waits while an account goes: its card does not promise anything there, and once that is back it was gone then', async () => {
  await using before = await openCouncil();
  await passedOn(before, 'Liverpool Road is closed until Thursday.');
  await before.as('tom-ashcroft').press('Approve: goes out now', { confirm: 'true' });
  await before.quiet();
  const form = (await before.as('nadia-hartley').say('correct 1')).at(-1);
  const asked = { text: 'Liverpool Road is closed until Friday.', what: 'The day was wrong.' };
  await before
    .as('nadia-hartley')
    .press('Ask for this correction', { ...asked, 'way:x-main': 'again' }, form);
  await before.quiet();
  await using gone = await before.restart({ protocol: withoutX });
  await gone.quiet();
  const joseph = gone.as('joseph-adeyemi');
  const card = (await joseph.say('show 1')).at(-1);
  expect(card?.text).not.toContain('posted again');
  expect(card?.text).toContain(
    'X (@SeftonCouncil): the account is not in the protocol any more, so what stands there keeps its words.',
  );
  await joseph.press('Agree: correct it now', { confirm: 'true' }, card);
  await gone.quiet();
  expect(gone.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  const after = (await joseph.say('show 1')).at(-1)?.text;
  expect(after).toContain('the account is not in the protocol any more');

  await using back = await gone.restart({ protocol: (sample) => sample });
  await back.quiet();
  const then = (await back.as('joseph-adeyemi').say('show 1')).at(-1)?.text;
  expect(then).toContain('the account was not in the protocol then');
  expect(then).not.toContain('not in the protocol any more');
});

/** #1 of Waste waits for an approver. */
async function withAnApprover(council: Council): Promise<void> {
  await council.as('bethan-prys').say('propose for waste: The bins in Crosby are emptied on Tuesday.');
  await council.as('bethan-prys').press('Send to Communications');
  await council.as('ellen-rimmer').press('Pass on to Waste approvers');
  await council.quiet();
}

const waitingOf = async (council: Council, person: string): Promise<string> =>
  (await council.as(person).say('waiting')).map(({ text }) => text).join('\n');

const inTheWay =
  '#1 (Waste): something in it has come to stand in the way, so nobody can approve it before it is changed.';

test('an account of what waits for an approver goes: its writers and the desk hear of it, approvers are asked for nothing, and it never runs out', async () => {
  await using before = await openCouncil();
  await withAnApprover(before);
  await using council = await before.restart({ protocol: withoutX });
  await council.quiet();
  const [bethan, ellen, omar] = [
    council.as('bethan-prys'),
    council.as('ellen-rimmer'),
    council.as('omar-haddad'),
  ];
  expect(council.shown(bethan.chat).map(({ text }) => text)).toContainEqual(
    expect.stringContaining(inTheWay),
  );
  expect(council.shown(ellen.chat).map(({ text }) => text)).toContainEqual(
    expect.stringContaining('#1 (Waste) needs Communications. Something in it has come to stand in the way'),
  );
  for (const person of ['bethan-prys', 'ellen-rimmer'])
    expect(await waitingOf(council, person)).toContain('#1');
  expect(await waitingOf(council, 'omar-haddad')).not.toContain('#1');
  const card = (await omar.say('show 1')).at(-1);
  expect(card?.text).toContain('Has to be changed before it can go out');
  expect(omar.buttons(card)).not.toContainEqual(expect.stringMatching(/^Approve/u));
  // Nobody is reminded of it, and it does not expire: nobody could have decided.
  const heard = council.shown(omar.chat).length;
  await council.pass(96 * hour);
  expect((await council.post(1)).status.is).toBe('in-review');
  expect(
    council
      .shown(omar.chat)
      .slice(heard)
      .map(({ text }) => text),
  ).not.toContainEqual(expect.stringContaining('still waits for you'));

  // Once the account is back, whoever decides has all their time again.
  await using back = await council.restart({ protocol: (sample) => sample });
  await back.quiet();
  expect(await waitingOf(back, 'omar-haddad')).toContain('#1');
  expect(await waitingOf(back, 'bethan-prys')).not.toContain('#1');
  await back.pass(hour / 2);
  const approver = back.as('omar-haddad');
  const again = (await approver.say('show 1')).at(-1);
  await approver.press('Approve: goes out now', { confirm: 'true' }, again);
  await back.quiet();
  expect((await back.post(1)).status.is).toBe('published');
  expect((await back.audit()).findings).toEqual([]);
});

test.each(['is held', 'waits for the desk to pass it on'])(
  'what %s while an account of it goes is for its writers and the desk to change',
  async (how) => {
    await using before = await openCouncil();
    if (how === 'is held') {
      await withAnApprover(before);
      await before.as('omar-haddad').say('hold 1');
    } else {
      await before.as('bethan-prys').say('propose for waste: The bins in Crosby are emptied on Tuesday.');
      await before.as('bethan-prys').press('Send to Communications');
    }
    await before.quiet();
    await using council = await before.restart({ protocol: withoutX });
    await council.quiet();
    const told = council.shown(council.as('bethan-prys').chat).map(({ text }) => text);
    expect(told).toContainEqual(expect.stringContaining(inTheWay));
    for (const person of ['bethan-prys', 'ellen-rimmer'])
      expect(await waitingOf(council, person)).toContain('#1');
    expect(await waitingOf(council, 'omar-haddad')).not.toContain('#1');
  },
);

test('what a refused press finds of what waits for an approver is kept: its writers and the desk hear of it', async () => {
  // As an earlier release left it, which had seen to who is asked under the protocol, and to nothing else.
  await using kept = await keptData(withAnApprover, (database) => {
    database.exec(
      "DELETE FROM entries WHERE number IN (SELECT number FROM indexes WHERE kind = 'post' AND name = 'asked-under')",
    );
  });
  await using council = await openCouncil({ ...kept, protocol: withoutX });
  expect(await waitingOf(council, 'bethan-prys')).not.toContain('#1');
  const omar = council.as('omar-haddad');
  const card = (await omar.say('show 1')).at(-1);
  const refused = await omar.press('Approve: goes out now', { confirm: 'true' }, card);
  expect(refused.text).toContain('It cannot go yet.');
  await council.quiet();
  expect(await waitingOf(council, 'bethan-prys')).toContain('#1');
});

test('a department that is called something else is called so while its approvers are asked', async () => {
  await using before = await openCouncil();
  await withAnApprover(before);
  await using council = await before.restart({ protocol: (s) => s.replace('short: Waste', 'short: Bins') });
  await council.quiet();
  const card = (await council.as('bethan-prys').say('show 1')).at(-1)?.text;
  expect(card).toContain('Waiting for: Bins approvers');
});

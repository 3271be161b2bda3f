import { expect, test } from 'vitest';
import { lookOfPost } from '../../src/media/look-of-post.ts';
import { erase } from '../../src/core/erase.ts';
import { letOutByDesk, sentByDesk } from './beginnings.ts';
import { hour, openCouncil, type Council } from './council.ts';
import { stopAccounts } from './stops.ts';

async function published(council: Council, text: string): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${text}`);
  await ellen.press('Send to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
}

test('correct: one other person agrees, and page, feeds and accounts say what and when; then it is taken down', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await published(council, 'Liverpool Road is closed until Thursday.');
  await council.pass(hour);

  const [form] = await ellen.say('correct 1');
  const nothing = await ellen.press(
    'Ask for this correction',
    { text: 'Liverpool Road is closed until Friday.' },
    form,
  );
  expect(nothing.text).toContain('Say what was wrong');
  const asked = await ellen.press(
    'Ask for this correction',
    { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' },
    form,
  );
  expect(asked.text).toContain('Waiting for Tom Ashcroft, Priya Desai, Gareth Molyneux or Joseph Adeyemi.');
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  // X lets nobody change a post, so a reply says what was wrong and what is right: those who decide see its words.
  expect(joseph.card(1).text).toContain(
    'X: the post stays, with this reply: "Correction: We gave the wrong day. Liverpool Road is closed until Friday."',
  );

  // Its writer is not the other person.
  const josephs = joseph.card(1);
  expect(josephs.text).toContain('We gave the wrong day.');
  const own = await ellen.press('Agree: correct it now', { confirm: 'true' }, josephs.card);
  expect(own.text).toContain('so somebody else has to approve it');
  // Nor is anybody who is not asked, whatever they press.
  const claire = council.as('claire-whitworth');
  for (const [button, inputs] of [
    ['Agree: correct it now', { confirm: 'true' }],
    ['Leave it as it is', { note: 'It is Thursday.' }],
  ] as const)
    expect((await claire.press(button, inputs, josephs.card)).text).toContain(
      'Only Highways approvers or Communications can decide this. Today that is Tom Ashcroft, ',
    );

  await joseph.press('Agree: correct it now', { confirm: 'true' });
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Friday.']);
  expect(council.outside.entries('x-main')).toMatchObject([
    { text: 'Liverpool Road is closed until Thursday.', id: 'x-main-1' },
    {
      text: 'Correction: We gave the wrong day.\n\nLiverpool Road is closed until Friday.',
      answers: 'x-main-1',
    },
  ]);
  expect(ellen.card(1).text).toMatch(
    /X\*\*: Published at 9:4\dam .*X, correction\*\*: Published at 10:4\dam/u,
  );
  const address = '/news/1';
  const page = await (await council.get(address)).text();
  expect(page).toContain('Liverpool Road is closed until Friday.');
  expect(page).toContain('We gave the wrong day.');
  expect(page).toMatch(/We have corrected this page[\s\S]*24 November 2026 at 10:4\dam/u);
  for (const feed of ['feed.json', 'atom.xml', 'rss.xml']) {
    const told = await (await council.get(`/news/${feed}`)).text();
    expect(told).toContain('until Friday');
    expect(told).not.toContain('closed until Thursday.');
  }
  expect(ellen.card(1).text).toMatch(
    /Corrected on Tue 24 Nov at 10:4\dam by Ellen Rimmer, agreed by Joseph Adeyemi: We gave the wrong day\./u,
  );

  // Taken down by one press of the desk or the duty officer, and by nobody else.
  const [no] = await council.as('nadia-hartley').say('remove 1');
  expect(no?.text).toContain('You cannot take this down.');
  const [head] = await council.as('claire-whitworth').say('remove 1');
  expect(head?.text).toContain('You cannot take this down.');
  await council.as('yvonne-cartmel').say('remove 1');
  expect(council.outside.standing('x-main')).toEqual([]);
  expect((await council.get(address)).status).toBe(410);
  expect(await (await council.get(address)).text()).not.toContain('Liverpool');
  for (const path of ['/news', '/embed', '/news/feed.json', '/news/atom.xml', '/news/rss.xml']) {
    expect(await (await council.get(path)).text()).not.toContain('Liverpool');
  }
  expect(ellen.card(1).text).toContain('Yvonne Cartmel took it down');
  const [why] = await ellen.say('why 1');
  expect(why?.text).toMatch(
    /Proposed on Tue 24 Nov at 9:4\dam by Ellen Rimmer\. Priya .* Published at 9:4\dam on the website, X and Facebook\. Corrected on Tue 24 Nov at 10:4\dam by .* Yvonne Cartmel took it down at 10:4\dam/u,
  );
  const report = await council.audit();
  expect(report.findings).toEqual([]);

  // The evidence stays: what was said, by whom, decided by whom.
  const post = await council.post(1);
  expect(post.status).toMatchObject({ is: 'taken-down', by: 'yvonne-cartmel' });
  expect(post.corrected).toMatchObject([{ what: 'We gave the wrong day.', approvedBy: 'joseph-adeyemi' }]);
});

test('a reply on X leaves the right words out where there is no room for them', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const long = 'Hall Road is closed. Please go by Lord Street. '.repeat(5);
  await published(council, `${long}It opens on Thursday.`);
  const [form] = await ellen.say('correct 1');
  const typed = { text: `${long}It opens on Friday.`, what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', typed, form);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(council.outside.standing('x-main').at(-1)).toBe('Correction: We gave the wrong day.');
});

test('whoever agrees to a correction reads what becomes of each account: its own words, its own posts, what is done by hand', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  await ellen.say('propose for Highways: Liverpool Road is closed until Thursday.');
  const accounts = { accounts: 'news,x-main,facebook-main,nextdoor-sefton' };
  const chosen = await ellen.press('Save', accounts, (await ellen.press('Edit')).card);
  const own = {
    'variant:x-main': 'A565 closed until Thursday.',
    'variant:facebook-main': 'Closed until Thursday.',
  };
  const form = await ellen.press('Edit', {}, chosen.card);
  const saved = await ellen.press('Save', own, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', link, bethan.card(1));
  const [asking] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { ...friday, 'way:x-main': 'again' }, asking);
  for (const { text: read } of [joseph.card(1), ellen.card(1)]) {
    expect(read).toContain(
      'X: the post is deleted, then posted again, with the corrected text in place of its own.',
    );
    expect(read).toContain('Facebook: gets the corrected text in place of its own.');
    expect(read).toContain('Nextdoor Sefton: Bethan Prys has to change it there by hand.');
  }
  // Saying no is about the correction.
  const no = await joseph.press('Leave it as it is', {}, joseph.card(1));
  expect(no.text).toContain('Say in the note why it should not be corrected so.');
  const short = 'The corrected text is left out, since there is not enough room for it.';
  expect(ellen.card(1).text).not.toContain(short);
  await ellen.press('Take this request back', {}, ellen.card(1));
  const [longer] = await ellen.say('correct 1');
  const long = { ...friday, text: 'Hall Road is closed until Friday. Please go by Lord Street. '.repeat(5) };
  await ellen.press('Ask for this correction', long, longer);
  expect(ellen.card(1).text).toContain(short);
});

test('what is public is corrected while the rest waits for its account; while that is held, whoever wants it hears how it can be', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const busy = { outcome: 'retry', after: 600_000, reason: 'busy' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await published(council, 'Liverpool Road is closed until Thursday.');
  await council.pass(2_000);
  const [waits] = await ellen.say('correct 1');
  expect(waits?.text).toContain('[Ask for this correction]');
  await ellen.say('hold 1');
  const [held] = await ellen.say('correct 1');
  expect(held?.text).toContain('once somebody who may approve it presses "Do not publish the rest"');
  await priya.press('Do not publish the rest', { note: 'The day is wrong.' }, priya.card(1));
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', friday, form);
  expect((await council.post(1)).correction?.revision.text).toBe(friday.text);
});

test('a correction that nobody agrees to leaves what stands; an old card refuses no newer one', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const joseph = council.as('joseph-adeyemi');
  await published(council, 'Liverpool Road is closed until Thursday.');
  const ask = async (day: string): Promise<void> => {
    const [form] = await ellen.say('correct 1');
    const inputs = { text: `Liverpool Road is closed until ${day}.`, what: `It is ${day}.` };
    await ellen.press('Ask for this correction', inputs, form);
  };
  await ask('Friday');
  const tom = council.as('tom-ashcroft');
  const old = tom.card(1);
  const noteless = await joseph.press('Leave it as it is');
  expect(noteless.text).toContain('Say in the note why');
  await joseph.press('Leave it as it is', { note: 'It is Thursday after all.' });
  expect((await council.post(1)).correction).toBeUndefined();
  expect(council.outside.standing('x-main')).toEqual(['Liverpool Road is closed until Thursday.']);

  await ask('Saturday');
  const pressed = await tom.press('Leave it as it is', { note: 'No.' }, old);
  expect(pressed.text).toContain('Ellen Rimmer asked for another correction a moment ago.');
  expect((await council.post(1)).correction).toMatchObject({ what: 'It is Saturday.' });
  const blocked = await joseph.say('correct 1');
  expect(blocked.at(-1)?.text).toContain('Ellen Rimmer has asked for a correction already.');

  // Note and all: erased under a clause, and the chain still holds.
  const post = await council.post(1);
  await erase(
    council.app.executor,
    { kind: 'post', id: post.id },
    { clause: '7.4' },
    { by: 'person', person: 'ellen-rimmer' },
  );
  // Its cards lose the words too, and say what went, under which clause, and what stays.
  await council.quiet();
  const erased =
    /Erased on Tue 24 Nov at 9:4\dam under clause 7\.4 of the protocol: its words and what was said of a correction\./u;
  const [shown] = await ellen.say('show 1');
  const [why] = await ellen.say('why 1');
  for (const card of [tom.card(1), shown, why]) {
    expect(card?.text).toMatch(erased);
    expect(card?.text).toContain('who proposed and decided it, when, and where it was posted');
    expect(card?.text).not.toContain('Liverpool');
  }
  expect(shown?.text).toContain('Published on Tue 24 Nov at 9:4');
  for (const list of ['posts', 'calendar']) {
    const [listed] = await ellen.say(list);
    expect(listed?.text).toContain('Its words were erased under clause 7.4.');
  }
  const report = await council.audit();
  expect(report.findings).toEqual([]);
  expect(report.erased.map(({ text }) => text)).toContain('12.note');
  expect(new Set(report.erased.map(({ clause }) => clause))).toEqual(new Set(['7.4']));
});

const friday = { text: 'Liverpool Road is closed until Friday.', what: 'It is Friday.' };

/** A post on X alone, and its correction agreed to. */
async function correctedOnX(council: Council, inputs: Readonly<Record<string, string>>): Promise<void> {
  const form = await formOn(council, 'x-main', 'Liverpool Road is closed until Thursday.');
  await council.as('ellen-rimmer').press('Ask for this correction', { ...friday, ...inputs }, form);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
}

test('whoever asked for a correction takes that back, and nobody else does; then another one can be asked for', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await published(council, 'Liverpool Road is closed until Thursday.');
  const [form] = await ellen.say('correct 1');
  const right = { text: 'Liverpool Road is closed until Friday.', what: 'It is Friday.' };
  await ellen.press('Ask for this correction', right, form);
  const [own] = await ellen.say('correct 1');
  expect(own?.text).toContain('You have asked for a correction already. Take that back first');
  const old = joseph.card(1);
  expect(joseph.buttons(old)).not.toContain('Take this request back');
  const back = await ellen.press('Take this request back', {}, own);
  expect(back.text).not.toContain('a correction waits');
  expect((await council.post(1)).correction).toBeUndefined();
  expect(joseph.card(1).text).not.toContain('It is Friday.');
  const late = await joseph.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(late.text).not.toContain('Corrected');
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  const [again] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { ...right, what: 'It is Friday after all.' }, again);
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Friday.']);
  // Agreed to, it is taken back by nobody.
  expect(ellen.buttons(ellen.card(1))).not.toContain('Take this request back');
  expect((await council.audit()).findings).toEqual([]);
});

test('deleted and posted again: what that loses is said before, the old one goes first, each once; then it is taken down', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed until Thursday.');
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain('On X nobody can change a post. What then?');
  expect(form?.text).toContain('Deleting it loses four likes, no replies and three shares for good.');
  await ellen.press('Ask for this correction', { ...friday, 'way:x-main': 'again' }, form);
  const joseph = council.as('joseph-adeyemi');
  expect(joseph.card(1).text).toContain('X: the post is deleted, then posted again.');
  // Nobody can tell whether the new one arrived: it is looked for, and found.
  council.outside.next('x-main', { way: 'lost' });
  const agreed = await joseph.press('Agree: correct it now', { confirm: 'true' });
  expect(agreed.text).toMatch(/Published on Tue 24 Nov at 9:4\dam · being corrected/u);
  expect(council.outside.calls.filter((call) => call.endsWith('x-main'))).toEqual([
    'publish x-main',
    'remove x-main',
    'publish x-main',
  ]);
  await council.pass(10_000);
  expect(council.outside.standing('x-main')).toEqual([friday.text]);
  expect(council.outside.entries('x-main')).toHaveLength(2);
  expect((await council.post(1)).correction).toBeUndefined();
  expect(ellen.card(1).text).toMatch(
    /X\*\*: Deleted at 9:4\dam to be posted again, and its replies and shares with it; published at 9:4\dam \*\*X\*\*: Published at 9:4\dam/u,
  );
  await ellen.say('remove 1');
  expect(council.outside.standing('x-main')).toEqual([]);
  expect((await council.post(1)).status.is).toBe('taken-down');
  expect((await council.audit()).findings).toEqual([]);
});

test('what deleting a thread loses is counted over all of its posts, and none of them is a reply to it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'The road is closed.\n---\nUse the A565.\n---\nWe are sorry.');
  const [form] = await ellen.say('correct 1');
  expect(form?.text).toContain('Deleting it loses 12 likes, no replies and nine shares for good.');
  await ellen.press('Ask for this correction', { ...friday, 'way:x-main': 'reply' }, form);
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  // What corrects it comes down with it.
  const [next] = await ellen.say('correct 1');
  expect(next?.text).toContain('Deleting it loses 16 likes, no replies and 12 shares for good.');
});

test('an account that could not be corrected is named, and nothing says that it was, until it has been tried again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', { way: 'through' });
  council.outside.next('x-main', { way: 'answer', outcome: { outcome: 'refused', reason: 'status-403' } });
  await correctedOnX(council, {});
  const post = await council.post(1);
  expect(post.corrected).toEqual([]);
  expect(post.revision.text).toBe('Liverpool Road is closed until Thursday.');
  expect(ellen.card(1).text).toContain('X, correction**: Not published: Crier may not post there.');
  expect(ellen.card(1).text).not.toContain('Corrected');
  await ellen.press('Try again', {}, ellen.card(1));
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect((await council.post(1)).corrected).toMatchObject([
    { what: 'It is Friday.', ways: { 'x-main': 'reply' } },
  ]);
  expect((await council.audit()).findings).toEqual([]);
});

test('deleted, and everything is stopped before it is posted again: the card says so, and a fresh decision lets it go on', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.pauseRemoval('x-main', async () => {
    await stopAccounts(council, 'yvonne-cartmel', ['x-main']);
  });
  await correctedOnX(council, { 'way:x-main': 'again' });
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(ellen.card(1).text).toContain('Held by Yvonne Cartmel');
  expect(ellen.card(1).text).toMatch(/Deleted at .*X\*\*: Held/u);
  await council.as('yvonne-cartmel').say('resume');
  await council.as('yvonne-cartmel').press('Yes, resume');
  expect(council.outside.standing('x-main')).toEqual([]);
  await council
    .as('priya-desai')
    .press('Release: goes out now', { confirm: 'true' }, council.as('priya-desai').card(1));
  expect(council.outside.standing('x-main')).toEqual([friday.text]);
  expect((await council.post(1)).corrected).toHaveLength(1);
  expect((await council.audit()).findings).toEqual([]);
});

test('deleted on one account and stopped before it is posted again there: card and picture show what will be', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  council.outside.pauseRemoval('x-main', async () => {
    await stopAccounts(council, 'yvonne-cartmel', ['x-main']);
  });
  const form = await formOn(council, 'news,x-main', 'Liverpool Road is closed until Thursday.');
  await ellen.press('Ask for this correction', { ...friday, 'way:x-main': 'again' }, form);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.as('yvonne-cartmel').say('resume');
  await council.as('yvonne-cartmel').press('Yes, resume');
  expect(council.outside.standing('x-main')).toEqual([]);
  const card = priya.card(1);
  expect(card.text).toMatch(
    /Website\*\*: Corrected .*X\*\*: Deleted at \S+ to be posted again.*\*\*X\*\*: Held/u,
  );
  expect(card.text).not.toContain('still says what it said');
  expect(card.text).not.toContain('until Thursday. ');
  expect(priya.buttons(card)).toContain('Do not post it again');
  const post = await council.post(1);
  const look = await lookOfPost(
    post,
    { plan: post.correction?.plan.hash ?? '', account: 'x-main' },
    council.protocol,
    async () => await Promise.resolve(undefined),
  );
  expect(look?.posts.map(({ text }) => text)).toEqual([friday.text]);
  await priya.press('Release: goes out now', { confirm: 'true' }, card);
  expect(council.outside.standing('x-main')).toEqual([friday.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('a change that gets no answer again and again says why on the card, until it is made', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed until Thursday.');
  for (let n = 0; n < 4; n += 1) {
    council.outside.answer('edit', 'facebook-main', { outcome: 'unknown', reason: 'reset' });
  }
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', friday, form);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  const why = 'nobody can tell yet: the network gave no clear answer. It will be tried again by itself';
  expect(ellen.card(1).text).not.toContain('perhaps corrected');
  await council.pass(10_000);
  await council.pass(30_000);
  expect(ellen.card(1).text).toMatch(
    /Facebook\*\*: Published at 9:4\dam; perhaps corrected, which nobody can tell yet/u,
  );
  expect(ellen.card(1).text).toContain(why);
  const { turn } = await council.post(1);
  await council.pass(hour / 12);
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Thursday.']);
  // The same trouble once more is no news.
  expect((await council.post(1)).turn).toBe(turn);
  await council.pass(hour);
  expect(ellen.card(1).text).toMatch(/Facebook\*\*: Published at 9:4\dam /u);
  expect(ellen.card(1).text).toContain('Corrected on');
  expect(council.outside.standing('facebook-main')).toEqual(['Liverpool Road is closed until Friday.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('what could not be changed or taken down says why, and what it still waits for', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed until Thursday.');
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'no-permission' });
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', friday, form);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  expect(ellen.card(1).text).toContain(
    'Facebook**: It could not be corrected: Crier may not do this on the account. It still says what it said.',
  );

  for (let n = 0; n < 3; n += 1) {
    council.outside.answer('remove', 'x-main', { outcome: 'retry', after: 1_000, reason: 'not-reached' });
  }
  council.outside.answer('remove', 'facebook-main', { outcome: 'refused', reason: 'no-permission' });
  await ellen.say('remove 1');
  expect(ellen.card(1).text).toContain('X, correction**: Being taken down');
  await council.pass(10_000);
  await council.pass(10_000);
  expect(ellen.card(1).text).toContain(
    'X, correction**: Not taken down yet: the network could not be reached. It will be tried again by itself',
  );
  await council.pass(10_000);
  expect(council.outside.standing('x-main')).toEqual([]);
  const left = ellen.card(1);
  expect(left.text).toContain(
    'Facebook**: Could not be taken down: Crier may not do this on the account; waits for Ellen Rimmer',
  );
  await ellen.press('Take it down', {}, left);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  expect(ellen.card(1).text).not.toContain('Could not be taken down');
  expect((await council.audit()).findings).toEqual([]);
});

test('while everything is stopped nothing is deleted to be posted again: it stays, and waits for a fresh decision or is left', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  const agreedWhileStopped = async (text: string): Promise<void> => {
    const [form] = await ellen.say('correct 1');
    await ellen.press('Ask for this correction', { text, what: 'Sorry.', 'way:x-main': 'again' }, form);
    await stopAccounts(council, 'yvonne-cartmel', ['x-main']);
    await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
    await council.pass(hour);
    expect(council.outside.takenDown).toEqual(taken);
    expect((await council.post(1)).status.is).toBe('held');
    // What stands is said as public all the while, and only its correction as held.
    expect(ellen.card(1).text).toContain('X**: Still there, until somebody decides');
    expect(ellen.card(1).text).toMatch(
      /Published on Tue 24 Nov at 9:4\dam · its correction is held by Yvonne Cartmel/u,
    );
    expect(ellen.card(1).text).not.toContain('As soon as it is approved');
    expect(ellen.card(1).text).toMatch(/(?:Website|Facebook)\*\*: Not corrected yet/u);
    // While X is stopped, no approval lets it go on.
    expect(priya.card(1).text).toMatch(
      /Yvonne Cartmel stopped everything .*On X its correction does not go out until/u,
    );
    expect(priya.card(1).text).not.toContain('Your approval lets it go on');
    const [posts] = await ellen.say('posts');
    expect(posts?.text).toMatch(/Published .{0,20}at 9:4\dam · its correction is held/u);
    const [calendar] = await ellen.say('calendar');
    expect(calendar?.text).toContain('Liverpool Road');
    await council.as('yvonne-cartmel').say('resume');
    await council.as('yvonne-cartmel').press('Yes, resume');
    await council.pass(hour);
    expect(priya.card(1).text).toContain('Its correction is held. Your approval lets it go on');
    expect(council.outside.takenDown).toEqual(taken);
  };
  const taken: string[] = [];
  await published(council, 'Liverpool Road is closed until Thursday.');
  await agreedWhileStopped(friday.text);
  await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
  expect(council.outside.standing('x-main')).toEqual([friday.text]);
  expect((await council.post(1)).corrected).toHaveLength(1);
  const began = (await council.post(1)).status;
  // It is out since it first went out, not since its correction was let go on.
  expect('at' in began && new Date(began.at).toISOString()).toMatch(/T09:4/u);

  taken.push(...council.outside.takenDown);
  await agreedWhileStopped('Liverpool Road is closed until Saturday.');
  await priya.press('Leave it as it is', { note: 'Friday was right.' }, priya.card(1));
  expect(council.outside.standing('x-main')).toEqual([friday.text]);
  const after = await council.post(1);
  expect(after.status).toMatchObject({ is: 'published', at: 'at' in began ? began.at : undefined });
  expect(after.correction).toBeUndefined();
  expect(after.notCorrected).toHaveLength(3);
  expect((await council.audit()).findings).toEqual([]);
});

/** A post on these accounts, and the form of its correction. */
async function formOn(council: Council, accounts: string, text: string) {
  const ellen = council.as('ellen-rimmer');
  await letOutByDesk(council, text, { accounts });
  const [correct] = await ellen.say('correct 1');
  return correct;
}

const shut = 'Hall Road is closed for tree work until Friday.';
const until = 'Hall Road is closed for tree work until Saturday.';

/** What stands at the field of the right words and its heading, and at that of what was wrong. */
function besides(card: string): readonly [string, string] {
  const [, text = '', what = ''] = /What it should say(.*)What was wrong\?(.*)$/u.exec(card) ?? [];
  return [text, what];
}

test('the rules look at what was wrong where the public reads it, at its own field and by its own words', async () => {
  for (const accounts of ['news,facebook-main', 'x-main', 'news,facebook-main,x-main']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    const form = await formOn(council, accounts, shut);
    const asked = async (typed: Readonly<Record<string, string>>) => {
      const answer = await ellen.press('Ask for this correction', { text: until, ...typed }, form);
      return besides(answer.text);
    };
    const rude = await asked({ what: 'Sorry, what the hell. Ring 07700 900123 about it.' });
    expect(rude[0], accounts).not.toContain('✖');
    expect(rude[1], accounts).toContain('"what the hell" should not be used');
    expect(rude[1].match(/Here: "[^"]*"/gu), accounts).toEqual(['Here: "07700 900123"']);
    // What is in the right words alone is said of those alone, though a reply holds both.
    const number = await asked({ text: `${until} Ring 07700 900123.`, what: 'We gave the wrong day.' });
    expect(number[0], accounts).toContain('Here: "07700 900123".');
    expect(number[1], accounts).not.toContain('✖');
    if (accounts !== 'x-main') {
      const heading = await asked({ headline: 'What the hell', what: 'We gave the wrong day.' });
      expect(heading[0]).toMatch(/Heading on the website ✖ "what the hell"/u);
    }
    expect((await council.post(1)).correction).toBeUndefined();
  }
});

test('what is too long of a correction is said at its own field, with what its form lets one do about it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const form = await formOn(council, 'x-main', shut);
  const asked = async (typed: Readonly<Record<string, string>>) =>
    besides((await ellen.press('Ask for this correction', typed, form)).text);
  const long = 'We gave the wrong day. '.repeat(18).trim();
  const reply = await asked({ text: until, what: long });
  expect(reply[0]).not.toContain('✖');
  expect(reply[1]).toContain(
    '✖ What was wrong is 145 characters too long for a reply on X, which takes 280 characters. Say it shorter.',
  );
  const again = { what: 'We gave the wrong day.', 'way:x-main': 'again' };
  const text = await asked({ text: `${until} ${'Please go by Lord Street. '.repeat(11)}`, ...again });
  expect(text[0]).toMatch(
    /✖ The text is \d+ characters too long for X, which takes 280 characters\. Shorten it, or put a line of --- where one post is to end and the next to begin\./u,
  );
  expect(text[1]).not.toContain('✖');
});

test('whoever decides on a correction sees what the rules found in it and in what was wrong', async () => {
  await using council = await openCouncil();
  const form = await formOn(council, 'news,facebook-main,x-main', shut);
  const inputs = { text: until, what: 'We were lied to by Dean Hargreaves of Acme Trees, a crook.' };
  await council.as('ellen-rimmer').press('Ask for this correction', inputs, form);
  expect(council.as('joseph-adeyemi').card(1).text).toMatch(
    /Needs a closer look ▲ Dean Hargreaves .*Where it says what was wrong: "/u,
  );
  // What somebody higher decides on in a post, they decide on here as well.
  const once = await council
    .as('joseph-adeyemi')
    .press('Agree: passes to the Monitoring Officer', { confirm: 'true' });
  expect(once.text).toContain('Waiting for Martin Sedgwick.');
  expect(council.outside.standing('facebook-main')).toEqual([shut]);
  const [why] = await council.as('joseph-adeyemi').say('why 1');
  expect(why?.text).toContain('Dean Hargreaves');
  await council.as('martin-sedgwick').press('Agree: correct it now', { confirm: 'true' });
  expect(council.outside.standing('facebook-main')).toEqual([until]);
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect((await council.audit()).findings).toEqual([]);
});

/** A post everywhere with this end, which an hour later is said wrong. */
async function ending(council: Council, accounts: string, until: string) {
  const ellen = council.as('ellen-rimmer');
  await letOutByDesk(council, `Hall Road is shut until ${until}.\nuntil ${until}`, { accounts });
  const read = async (path: string) => await (await council.get(path)).text();
  return {
    page: async () => await read('/news/1'),
    frame: async () => await read('/embed'),
    correct: async (typed: Readonly<Record<string, string>>) => {
      const [asked] = await ellen.say('correct 1');
      return await ellen.press(
        'Ask for this correction',
        { what: 'We gave the wrong time.', ...typed },
        asked,
      );
    },
    agree: async () => await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' }),
  };
}

test('a correction moves the end of a post: whoever decides is told, and page, frame and cards keep the new one', async () => {
  await using council = await openCouncil();
  const { page, frame, correct, agree } = await ending(council, 'news,facebook-main,x-main', '10:38am');
  const past = await correct({ text: 'Hall Road is shut until 6pm.', until: '8am' });
  expect(past.text).toMatch(/When does it end\? Empty: it stays ✖ That time has passed today\./u);
  const asked = await correct({ text: 'Hall Road is shut until 6pm.', until: '6pm' });
  expect(asked.text).not.toContain('✖');
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'It ends on Tue 24 Nov at 6pm. Before, that was at 10:38am.',
  );
  // One part of it is not made before the old end comes: that end stops nothing of it.
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 2 * hour, reason: 'busy' },
  });
  await agree();
  await council.until(Date.UTC(2026, 10, 24, 10, 40));
  expect(await page()).toContain('6pm today');
  expect(await page()).not.toContain('This ended');
  expect(await frame()).toContain('Hall Road');
  await council.until(Date.UTC(2026, 10, 24, 13, 0));
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect(council.as('ellen-rimmer').card(1).text).toContain('ends at 6pm');
  await council.until(Date.UTC(2026, 10, 24, 18, 0));
  expect(await page()).toContain('This ended at 6pm today');
  expect(await frame()).not.toContain('Hall Road');
  expect(council.as('ellen-rimmer').card(1).text).toContain('ended at 6pm');
  expect((await council.audit()).findings).toEqual([]);
});

test('what has ended is corrected as well: with a later end it comes back to the frame, and what is said anew goes out', async () => {
  await using council = await openCouncil();
  const { page, frame, correct, agree } = await ending(council, 'news,x-main', '10:38am');
  await council.until(Date.UTC(2026, 10, 24, 11, 0));
  expect(await frame()).not.toContain('Hall Road');
  // Its end is kept as it is, though nobody could type it any more.
  await correct({ text: 'Hall Road was shut until 10:38am.' });
  await agree();
  expect(await page()).toContain('This ended at 10:38am today');
  expect(council.outside.standing('x-main')).toHaveLength(2);
  // A later end alone is nothing that X tells.
  await correct({ until: '6pm' });
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'X: stays as it is, since nothing that it says there changes.',
  );
  await agree();
  expect(await page()).not.toContain('This ended');
  expect(await frame()).toContain('Hall Road');
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect(council.as('ellen-rimmer').card(1).text).not.toContain('still says what it said');
  // The end comes while a reply waits for its account: what stands there is wrong all the same.
  await council.until(Date.UTC(2026, 10, 24, 17, 30));
  await correct({ text: 'Hall Road was shut until 6pm.' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: hour, reason: 'busy' },
  });
  await agree();
  await council.until(Date.UTC(2026, 10, 24, 18, 0));
  expect(await frame()).not.toContain('Hall Road');
  expect(council.outside.standing('x-main')).toHaveLength(2);
  await council.until(Date.UTC(2026, 10, 24, 18, 40));
  expect(council.outside.standing('x-main')).toHaveLength(3);
  await correct({ until: '' });
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'It does not end any more. It was to end on Tue 24 Nov at 6pm.',
  );
  await agree();
  await council.until(Date.UTC(2026, 10, 24, 19, 0));
  expect(await page()).not.toContain('This ended');
  expect(await frame()).toContain('Hall Road');
  expect((await council.audit()).findings).toEqual([]);
});

/** A correction by a reply on X that is held before X took it, so that it stands elsewhere alone. */
async function heldReply(council: Council): Promise<void> {
  const form = await formOn(council, 'news,facebook-main,x-main', 'Liverpool Road is closed until Thursday.');
  await council.as('ellen-rimmer').press('Ask for this correction', friday, form);
  const busy = { outcome: 'retry', after: 2 * hour, reason: 'busy' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.as('yvonne-cartmel').say('hold 1');
  await council.pass(3 * hour);
}

/** What the card says of the texts, beside what a correction changes in them. */
const said =
  /On the website Liverpool Road is closed until Friday\. On X Liverpool Road is closed until Thursday\. On Facebook the same as on the website/u;

test('while a correction is held on one account, card and list say where it stands; then it is let go, left or taken down', async () => {
  for (const then of ['let go', 'left', 'taken down']) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await heldReply(council);
    expect(council.outside.standing('facebook-main')).toEqual([friday.text]);
    const held = ellen.card(1).text;
    expect(held).toMatch(
      /Website\*\*: Corrected .*X\*\*: Published at .*X, correction\*\*: Held .*Facebook\*\*: Corrected/u,
    );
    expect(held).toMatch(said);
    const [listed] = await ellen.say('posts');
    expect(listed?.text).toContain(friday.text);
    if (then === 'let go') {
      await priya.press('Release: goes out now', { confirm: 'true' }, priya.card(1));
      expect(council.outside.standing('x-main')).toHaveLength(2);
      expect(ellen.card(1).text).not.toContain('still says what it said');
    } else if (then === 'left') {
      await priya.press('Leave it as it is', { note: 'Enough.' }, priya.card(1));
      const left = ellen.card(1).text;
      expect(left).toMatch(said);
      expect(left).toContain('X**: It was left as it is and still says what it said.');
      expect(left).toContain('agreed by Joseph Adeyemi: It is Friday.');
      expect(left).not.toContain('did not go out everywhere');
      expect((await council.post(1)).correction).toBeUndefined();
    } else {
      await ellen.say('remove 1');
      expect(ellen.card(1).text).toContain('agreed by Joseph Adeyemi: It is Friday.');
    }
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('whoever agrees to a correction reads every reply that goes out with it, links tagged or not', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const closed = ['The road is closed until Thursday.', 'See https://www.sefton.gov.uk/roads.'];
  await sentByDesk(council, closed.join('\n---\n'), {
    accounts: 'news,x-main',
    campaign: 'Winter roads',
  });
  await council.as('priya-desai').press('Approve: passes to the Head of Communications', { confirm: 'true' });
  await council.as('claire-whitworth').press('Approve: goes out now', { confirm: 'true' });
  const right = {
    what: 'We gave the wrong day.',
    text: closed.join('\n---\n').replace('Thursday', 'Friday'),
  };
  const [asking] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', right, asking);
  const { text: read } = joseph.card(1);
  const replies = [
    '1/2 Correction: We gave the wrong day. The road is closed until Friday.',
    '2/2 See https://www.sefton.gov.uk/roads?utm_source=x&utm_medium=social&utm_campaign=winter-roads.',
  ];
  expect(read).toContain(
    `X: the post stays, with these two replies: "${replies[0] ?? ''}" and "${replies[1] ?? ''}"`,
  );
  expect(read).not.toContain('is left out');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  const out = council.outside.standing('x-main').slice(2);
  expect(out.map((text) => text.replaceAll(/\s+/gu, ' '))).toEqual(replies);
});

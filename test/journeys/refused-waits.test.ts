import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';
import { keptData, withoutWhoGoesOn } from './kept-data.ts';
import { toldIn } from './told.ts';

/** What waits for people once an account refused something, or a rule stops what somebody asked for. */

const policy = { outcome: 'refused', reason: 'against-policy' } as const;
const none = 'Nothing waits for you.';
const people = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi', 'priya-desai', 'tom-ashcroft'];

/** For which of those people the first post stands in what waits for them. */
async function waitsFor(council: Council): Promise<readonly string[]> {
  const found: string[] = [];
  for (const person of people) {
    const text = (await council.as(person).say('waiting')).at(-1)?.text ?? '';
    if (text.includes('#1')) found.push(person);
    else expect(text).toContain(none);
  }
  return found;
}

/** What Nadia has read of it, her cards left out. */
const toldNadia = (council: Council): readonly string[] => toldIn(council, 'chat-nadia-hartley');

/** What somebody has read of it that begins so, their cards left out. */
const toldOf = (council: Council, person: string, what: RegExp): readonly string[] =>
  toldIn(council, `chat-${person}`).filter((text) => what.test(text));

const friday = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };
const byReply = { 'way:x-main': 'reply' };

/** Asks for other words that X and Facebook are to have, X by a reply. */
const asksForFriday = async (council: Council): Promise<void> => {
  await asked(council, { ...friday, ...byReply });
};

/** What the desk published is corrected so: Facebook does not let it be changed, and X does not take the reply. */
async function refusedBoth(council: Council, accounts: string): Promise<void> {
  await published(council, 'Liverpool Road is closed until Thursday.', accounts);
  council.outside.answer('edit', 'facebook-main', policy);
  council.outside.next('x-main', { way: 'answer', outcome: policy });
  await asksForFriday(council);
  await agreed(council);
  await council.pass(minute);
}

const writerAndDesk = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi'];

async function letOut(council: Council): Promise<void> {
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
}

test('what one account refused waits for the desk and for whoever wrote it, who hears so, until it is tried again', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await letOut(council);
  expect((await council.post(1)).status.is).toBe('partly-published');
  expect(await waitsFor(council)).toEqual(writerAndDesk);
  expect(toldNadia(council).filter((text) => text.startsWith('#1 ('))).toEqual([
    '#1 (Highways) did not go out everywhere. Facebook: not published: the network says that it breaks its rules. Press "Correct" and change the words. Once that is agreed, press "Try again". Type "show 1" to see it.',
  ]);
  expect(council.as('nadia-hartley').card(1).text).toContain('**Facebook**: Not published: the network says');

  // While somebody's correction is to be decided, nobody can try it again.
  const right = { text: 'Liverpool Road is shut until Thursday.', what: 'The words were not good.' };
  await asked(council, right);
  expect(await waitsFor(council)).toEqual(['joseph-adeyemi', 'priya-desai', 'tom-ashcroft']);
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  expect(await waitsFor(council)).toEqual(writerAndDesk);
  await joseph.press('Try again', {}, joseph.card(1));
  await council.pass(minute);
  expect(await waitsFor(council)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what no account took waits for the desk as well, and whoever wrote it hears so', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: { ...policy, reason: 'status-403' } });
  await passedOn(council, 'on facebook: Liverpool Road is closed until Thursday.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('failed');
  expect(await waitsFor(council)).toEqual(writerAndDesk);
  expect(toldNadia(council).at(-1)).toMatch(
    /^#1 \(Highways\) did not go out\. Facebook: not published: Crier may not post there\. .* Type "show 1" to see it\.$/u,
  );
});

/** Facebook refuses a correction that Nadia asked for and Ellen agreed to. */
async function wrongOnFacebook(council: Council): Promise<void> {
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await letOut(council);
  const [form] = await nadia.say('correct 1');
  await nadia.press('Ask for this correction', { ...friday, ...byReply }, form);
  council.outside.answer('edit', 'facebook-main', policy);
  await ellen.press('Agree: correct it now', { confirm: 'true' }, ellen.card(1));
  await council.pass(minute);
}

test('what an account refused of a correction waits for its writers and the desk until it is put right', async () => {
  await using council = await openCouncil();
  await wrongOnFacebook(council);
  const nadia = council.as('nadia-hartley');
  expect(nadia.card(1).text).toContain('Facebook**: It could not be corrected');
  expect(await waitsFor(council)).toEqual(writerAndDesk);
  const form = await nadia.press('Put the rest right', {}, nadia.card(1));
  await nadia.press('Ask for this correction', { what: friday.what }, form.card);
  expect(await waitsFor(council)).toEqual(['ellen-rimmer', 'joseph-adeyemi', 'priya-desai', 'tom-ashcroft']);
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Agree: correct it now', { confirm: 'true' }, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([friday.text]);
  expect(await waitsFor(council)).toEqual([]);
});

test('what an earlier release left wrong somewhere waits for people once it was looked through', async () => {
  await using kept = await keptData(wrongOnFacebook, (database) => {
    withoutWhoGoesOn(database, 2);
  });
  await using council = await openCouncil({ ...kept, met: [] });
  await council.quiet();
  expect(await waitsFor(council)).toEqual(writerAndDesk);
});

test('a correction that a rule has come to stop waits for whoever asked for it, who can take it back', async () => {
  await using before = await openCouncil();
  await letOut(before);
  const [form] = await before.as('nadia-hartley').say('correct 1');
  await before.as('nadia-hartley').press('Ask for this correction', friday, form);
  expect(await waitsFor(before)).not.toContain('nadia-hartley');
  await using council = await before.restart({
    protocol: (sample) =>
      sample.replace(
        /ACC-6: \{ breach: warn, clause: '4\.5', settings: .*\}/u,
        "ACC-6: { breach: block, clause: '4.5', settings: { sentenceWords: 3, readingEase: 30 } }",
      ),
  });
  await council.quiet();
  const nadia = council.as('nadia-hartley');
  expect(nadia.card(1).text).toContain('Nadia Hartley can take the request back');
  expect(await waitsFor(council)).toContain('nadia-hartley');
  await nadia.press('Take this request back', {}, nadia.card(1));
  expect(await waitsFor(council)).toEqual([]);
});

test('who is to say whether they posted by hand what is held has that in what waits for them', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await ellen.say('propose for Highways: Liverpool Road is closed until Thursday.');
  const edit = await ellen.press('Edit');
  const saved = await ellen.press('Save', { accounts: 'nextdoor-sefton' }, edit.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  await ellen.say('hold 1');
  await council.pass(minute);
  expect(bethan.card(1).text).toContain('Have you posted it already?');
  expect((await bethan.say('waiting')).at(-1)?.text).toContain('#1');
  await bethan.press('I have not posted it', {}, bethan.card(1));
  expect((await bethan.say('waiting')).at(-1)?.text).toContain(none);
});

const leave = 'Leave it as it is';

test('what an account refused is left as it is by a press of whoever may try it again, waits for nobody, and may still be tried', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await letOut(council);
  const [nadia, ellen, priya] = [
    council.as('nadia-hartley'),
    council.as('ellen-rimmer'),
    council.as('priya-desai'),
  ];
  expect(priya.buttons(priya.card(1))).not.toContain(leave);
  const old = nadia.card(1);
  await ellen.press(leave, {}, ellen.card(1));
  await council.quiet();
  expect(await waitsFor(council)).toEqual([]);
  expect(await council.post(1)).toMatchObject({
    status: {
      is: 'partly-published',
      publications: { 'facebook-main.0': { is: 'failed', left: { by: 'ellen-rimmer' } } },
    },
  });
  const { text } = nadia.card(1);
  expect(text).toMatch(
    /^#1 · Highways and Transport Published on 2 of 3 .*\*\*Facebook\*\*: Not published: the network says that it breaks its rules; left as it is at \d/u,
  );
  expect(nadia.buttons(nadia.card(1))).not.toContain(leave);
  expect((await nadia.press(leave, {}, old)).text).toContain('Nothing waits here to be left as it is');

  // Corrected elsewhere, it is left there still; tried again on purpose, it goes out as it is by then.
  const right = { text: 'Liverpool Road is shut until Thursday.', what: 'The words were not good.' };
  await asked(council, right);
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  expect(await waitsFor(council)).toEqual([]);
  await nadia.press('Try again', {}, nadia.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right.text]);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('refused anew after it was left and tried again, it waits anew; taken down, it does not', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await letOut(council);
  const ellen = council.as('ellen-rimmer');
  await ellen.press(leave, {}, ellen.card(1));
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(await waitsFor(council)).toEqual(writerAndDesk);
  await ellen.press(leave, {}, ellen.card(1));
  await ellen.press('Take it down', {}, ellen.card(1));
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('taken-down');
  expect(await waitsFor(council)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what no account took can be left as it is as well', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await passedOn(council, 'on facebook: Liverpool Road is closed until Thursday.');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const nadia = council.as('nadia-hartley');
  await nadia.press(leave, {}, nadia.card(1));
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('failed');
  expect(await waitsFor(council)).toEqual([]);
  expect(nadia.buttons(nadia.card(1))).toContain('Try again');
});

test('the wrong words that an account did not let be corrected are left as they are by the same press', async () => {
  await using council = await openCouncil();
  await wrongOnFacebook(council);
  const nadia = council.as('nadia-hartley');
  await nadia.press(leave, {}, nadia.card(1));
  await council.quiet();
  expect(await waitsFor(council)).toEqual([]);
  expect(nadia.card(1).text).toContain('Facebook**: It was left as it is and still says what it said.');
  expect(nadia.buttons(nadia.card(1))).not.toContain(leave);
  // It may still be put right on purpose.
  const form = await nadia.press('Put the rest right', {}, nadia.card(1));
  const sooner = { text: 'Liverpool Road is closed until Saturday.', what: 'We gave the wrong day.' };
  await nadia.press('Ask for this correction', { ...sooner, 'way:x-main': 'reply' }, form.card);
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Agree: correct it now', { confirm: 'true' }, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([sooner.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test.for([
  ['is still open', 'news,x-main,facebook-main'],
  ['no account took', 'x-main,facebook-main'],
] as const)(
  'one press leaves the refused reply and the refused edit of a correction that %s',
  async ([, accounts]) => {
    await using council = await openCouncil();
    await refusedBoth(council, accounts);
    const [ellen, joseph, priya] = [
      council.as('ellen-rimmer'),
      council.as('joseph-adeyemi'),
      council.as('priya-desai'),
    ];
    expect(ellen.buttons(ellen.card(1))).toContain(leave);
    await ellen.press(leave, {}, ellen.card(1));
    await council.quiet();
    const isLeft = (): void => {
      const { text } = ellen.card(1);
      expect(text).toMatch(/X, correction\*\*: Not published: .*; left as it is at \d/u);
      expect(text).toContain('Facebook**: It was left as it is and still says what it said.');
      expect(text).not.toContain('Ask for the correction again');
      expect(ellen.buttons(ellen.card(1))).not.toContain(leave);
    };
    isLeft();
    expect(await waitsFor(council)).toEqual([]);
    await council.pass(30 * hour);
    isLeft();
    expect(await waitsFor(council)).toEqual([]);

    // Asked for once more and not agreed to, both stay left.
    const [form] = await ellen.say('correct 1');
    const later = 'Liverpool Road is closed until Saturday.';
    await ellen.press('Ask for this correction', { ...friday, ...byReply, text: later }, form);
    await joseph.press(leave, { note: 'No need.' }, joseph.card(1));
    await council.pass(minute);
    expect(await waitsFor(council)).toEqual([]);
    expect(ellen.card(1).text).toContain('X**: It was left as it is and still says what it said.');

    // By a decision, they are put right all the same.
    const [again] = await ellen.say('correct 1');
    await ellen.press('Ask for this correction', { ...friday, ...byReply, text: later }, again);
    await priya.press('Agree: correct it now', { confirm: 'true' }, priya.card(1));
    await council.pass(minute);
    expect(council.outside.standing('facebook-main')).toEqual([later]);
    expect(council.outside.standing('x-main').at(-1)).toContain(later);
    expect(await waitsFor(council)).toEqual([]);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('whoever wrote it hears who left it as it is, and "why" and the card name them; whoever pressed it does not hear', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await letOut(council);
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  const heard = toldNadia(council).length;
  const byEllen = council.shown('chat-ellen-rimmer').length;
  await ellen.press(leave, {}, ellen.card(1));
  await council.pass(minute);
  expect(toldNadia(council).slice(heard)).toEqual([
    expect.stringMatching(
      /^#1 \(Highways\): Ellen Rimmer decided (?:on .*)?at \S+ to leave what Facebook did not take as it is\. Type "show 1" to see it\.$/u,
    ),
  ]);
  expect(council.shown('chat-ellen-rimmer').length).toBe(byEllen);
  const said =
    /Ellen Rimmer decided (?:on Tue 24 Nov )?at \S+ to leave what Facebook did not take as it is\./u;
  expect(nadia.card(1).text).toMatch(said);
  expect((await ellen.say('why 1')).at(-1)?.text.split('What happened so far')[1]).toMatch(said);

  // Her own press is not told to her.
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await nadia.press('Try again', {}, nadia.card(1));
  await council.pass(minute);
  const before = toldNadia(council).length;
  await nadia.press(leave, {}, nadia.card(1));
  await council.pass(minute);
  expect(toldNadia(council).slice(before)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever asked for the correction hears who left what accounts did not take of it', async () => {
  await using council = await openCouncil();
  await refusedBoth(council, 'news,x-main,facebook-main');
  const joseph = council.as('joseph-adeyemi');
  await joseph.press(leave, {}, joseph.card(1));
  await council.pass(minute);
  expect(council.shown('chat-ellen-rimmer').at(-1)?.text).toMatch(
    /Joseph Adeyemi decided (?:on .*)?at \S+ to leave what X and Facebook did not take as it is\./u,
  );
});

test('a reply that its account refused is told as the correction that did not go out: the post it answers stands with the wrong words', async () => {
  await using council = await openCouncil();
  await letOut(council);
  await asksForFriday(council);
  council.outside.next('x-main', { way: 'answer', outcome: policy });
  await agreed(council);
  await council.pass(minute);
  const why =
    'X, correction: not published: the network says that it breaks its rules. Press "Correct" and change the words. The post there still says what it said. Type "show 1" to see it.';
  expect(toldOf(council, 'nadia-hartley', /did not go out/u)).toEqual([
    `The correction of #1 (Highways) did not go out everywhere. ${why}`,
  ]);
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi'])
    expect(toldOf(council, officer, /needs Communications/u)).toEqual([
      `#1 (Highways) needs Communications. ${why}`,
    ]);
});

test('of a correction that one account did not let be made and another refused as a reply, everybody hears of both', async () => {
  await using council = await openCouncil();
  await letOut(council);
  await asksForFriday(council);
  council.outside.answer('edit', 'facebook-main', policy);
  council.outside.next('x-main', { way: 'answer', outcome: policy });
  await agreed(council);
  await council.pass(25 * hour);
  for (const person of writerAndDesk) {
    expect(toldOf(council, person, /Facebook could not be corrected/u), person).toHaveLength(1);
    expect(toldOf(council, person, /X, correction: not published/u), person).toHaveLength(1);
  }
});

test('a refused reply is told whoever asked for it, and beside what an account had refused of the post before', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await letOut(council);
  const tom = council.as('tom-ashcroft');
  const [form] = await tom.say('correct 1');
  await tom.press('Ask for this correction', { ...friday, ...byReply }, form);
  council.outside.next('x-main', { way: 'answer', outcome: policy });
  await agreed(council);
  await council.pass(minute);
  for (const person of [...writerAndDesk, 'tom-ashcroft'])
    expect(toldOf(council, person, /X, correction: not published/u), person).toHaveLength(1);
});

test('"Leave it as it is" on an older card leaves what that listed, and says what was refused since', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const later = { outcome: 'retry', after: hour, reason: 'busy' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  council.outside.next('x-main', { way: 'answer', outcome: later });
  council.outside.next('x-main', { way: 'answer', outcome: policy });
  await letOut(council);
  const old = structuredClone(ellen.card(1).card);
  expect(ellen.card(1).text).toContain('**Facebook**: Not published');
  await council.pass(2 * hour);
  expect(ellen.card(1).text).toContain('**X**: Not published');

  const pressed = await ellen.press('Leave it as it is', {}, old);
  expect(pressed.text).toContain(
    'What your card listed is left as it is. What X did not take since then is not: it stands below. To leave that as well, press "Leave it as it is" again.',
  );
  const left = async (): Promise<readonly string[]> => {
    const { status } = await council.post(1);
    const all = 'publications' in status ? Object.entries(status.publications) : [];
    return all.flatMap(([part, each]) => (each.is === 'failed' && each.left !== undefined ? [part] : []));
  };
  expect(await left()).toEqual(['facebook-main.0']);
  expect(await waitsFor(council)).toEqual(writerAndDesk);
  expect(toldNadia(council).at(-1)).toContain('to leave what Facebook did not take as it is.');

  // Nothing of what an old card lists waits any more.
  const joseph = council.as('joseph-adeyemi');
  const late = await joseph.press('Leave it as it is', {}, old);
  expect(late.text).toContain(
    'What your card listed is settled already. What X did not take since then is not',
  );
  expect(await left()).toEqual(['facebook-main.0']);

  await ellen.press('Leave it as it is', {}, (await ellen.say('show 1')).at(-1));
  expect([...(await left())].toSorted()).toEqual(['facebook-main.0', 'x-main.0']);
  expect(await waitsFor(council)).toEqual([]);
  expect((await council.audit()).findings).toEqual([]);
});

test('refused, tried again and refused once more, an older card leaves none of it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  council.outside.next('facebook-main', { way: 'answer', outcome: policy });
  await letOut(council);
  const old = structuredClone(ellen.card(1).card);
  await council.pass(minute);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  const pressed = await ellen.press('Leave it as it is', {}, old);
  expect(pressed.text).toContain('What Facebook did not take since then is not');
  expect(await waitsFor(council)).toEqual(writerAndDesk);
});

test.each(['left as it is', 'not left'])(
  'what accounts did not take of a correction, %s, is not told again as somebody asks for another one',
  async (how) => {
    await using council = await openCouncil();
    await letOut(council);
    await asksForFriday(council);
    council.outside.answer('edit', 'facebook-main', policy);
    council.outside.next('x-main', { way: 'answer', outcome: policy });
    await agreed(council);
    const nadia = council.as('nadia-hartley');
    if (how === 'left as it is') await nadia.press(leave, {}, nadia.card(1));
    await council.pass(minute);
    const heard = toldOf(council, 'nadia-hartley', /#1 /u).length;
    const news = /could not be corrected|was left as it is|did not go out/u;
    const byDesk = toldOf(council, 'joseph-adeyemi', news).length;
    const right = { text: 'Liverpool Road is closed until Saturday.', what: 'We gave the wrong day.' };
    await asked(council, { ...right, 'way:x-main': 'reply' });
    await council.pass(minute);
    expect((await council.post(1)).correction?.applied).toBeUndefined();
    expect(toldOf(council, 'nadia-hartley', /#1 /u).slice(heard)).toEqual([]);
    expect(toldOf(council, 'joseph-adeyemi', news)).toHaveLength(byDesk);
    await agreed(council);
    expect(toldOf(council, 'nadia-hartley', /#1 /u).slice(heard)).toEqual([]);
  },
);

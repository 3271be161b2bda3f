import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { inputsIn } from './card.ts';
import { minute, openCouncil, type Council, type Somebody } from './council.ts';

const [wrong, right] = ['https://nextdoor.co.uk/p/9', 'https://nextdoor.co.uk/p/1'];
const field = 'link:nextdoor-sefton.0';

/** A post for the website and Nextdoor, approved, of which Bethan Prys says that she has posted it. */
async function posted(council: Council, accounts = 'news,nextdoor-sefton'): Promise<void> {
  const bethan = council.as('bethan-prys');
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', { accounts });
  await bethan.press('I have posted it', { [field]: wrong }, bethan.card(1));
  await council.quiet();
}

const last = (council: Council, person: Somebody): string =>
  council.shown(person.chat).findLast(({ text }) => text.startsWith('#1 ('))?.text ?? '';
const publication = async (council: Council) => {
  const { status } = await council.post(1);
  return 'publications' in status ? status.publications['nextdoor-sefton.0'] : undefined;
};

test('a wrong address of what was posted by hand is put right, on the record, and its author and the desk hear of it', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const joseph = council.as('joseph-adeyemi');
  await posted(council);
  await council.pass(minute);
  expect(bethan.buttons(bethan.card(1))).toContain('Put the address right');
  for (const other of [council.as('priya-desai'), council.as('tom-ashcroft')]) {
    const [card] = await other.say('show 1');
    expect(other.buttons(card)).not.toContain('Put the address right');
  }
  // Nothing is in the field that a press would bring along.
  expect(inputsIn(bethan.card(1).card)[field]).toBe('');
  const none = await bethan.press('Put the address right', { [field]: 'nowhere' }, bethan.card(1));
  expect(none.text).toContain('Give the address of the post');
  await bethan.press('Put the address right', { [field]: right }, bethan.card(1));
  await council.quiet();
  expect(await publication(council)).toMatchObject({ is: 'published', remote: { url: right } });
  expect((await council.post(1)).status.is).toBe('published');
  expect(JSON.stringify(ellen.card(1).card)).toContain(right);
  expect(ellen.card(1).text).toMatch(
    /Bethan Prys posted it on Nextdoor Sefton at \S+ Bethan Prys put the address of the post on Nextdoor Sefton right at/u,
  );
  for (const each of [ellen, joseph])
    expect(last(council, each)).toMatch(
      /^#1 \(Highways\): Bethan Prys put the address of the post on Nextdoor Sefton right .* Type "show 1" to see it\.$/u,
    );
  expect(await bethan.say('accounts').then((all) => JSON.stringify(all.at(-1)?.card))).toContain(right);
  expect((await council.audit()).findings).toEqual([]);
});

test('not posted after all: it is asked for again, nothing says that it stands, and whoever was told that it is out hears of it', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await posted(council);
  const old = structuredClone(bethan.card(1).card);
  await council.pass(minute);
  const pressed = await bethan.press('I have not posted it after all', {}, bethan.card(1));
  expect(pressed.text).toContain('Please post this on Nextdoor Sefton yourself.');
  await council.quiet();
  expect(ellen.card(1).text).toContain('Published on 1 of 2. The rest is posted by hand');
  expect(ellen.card(1).text).toContain('Bethan Prys said at 9:44am that it is not posted on Nextdoor Sefton');
  expect(last(council, ellen)).toMatch(
    /that it is not posted on Nextdoor Sefton after all\. Nextdoor Sefton waits for Bethan Prys to post it by hand\./u,
  );
  const list = async (words: string) => (await bethan.say(words)).at(-1)?.text ?? '';
  expect(await list('waiting')).toContain('#1');
  expect(await list('accounts')).not.toMatch(/Nextdoor Sefton[^:]*: Last post/u);
  expect((await council.as('ellen-rimmer').say('accounts')).at(-1)?.text).not.toContain('taken down since');
  // An old card undoes nothing more.
  const late = await bethan.press('Put the address right', { [field]: right }, old);
  expect(late.text).toContain('This has been settled already.');

  await bethan.press('I have posted it', { [field]: right }, bethan.card(1));
  expect(await publication(council)).toMatchObject({ is: 'published', remote: { url: right } });
  expect((await council.audit()).findings).toEqual([]);
});

test('the desk says it of what somebody else said; whoever posts by hand is asked again', async () => {
  await using council = await openCouncil();
  const [joseph, bethan] = [council.as('joseph-adeyemi'), council.as('bethan-prys')];
  await posted(council, 'nextdoor-sefton');
  const [card] = await joseph.say('show 1');
  await joseph.press('It has not been posted after all', {}, card);
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('publishing');
  expect(last(council, bethan)).toContain('please post it on Nextdoor Sefton by hand');
  expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
});

test('said of what was taken down: nobody is asked to post it again', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await posted(council);
  await ellen.say('remove 1');
  await council.pass(minute);
  await bethan.press('I have not posted it after all', {}, bethan.card(1));
  await council.quiet();
  expect((await council.post(1)).byHand).toBeUndefined();
  expect(await publication(council)).toMatchObject({ is: 'stopped' });
  expect(bethan.card(1).text).not.toContain('Please post this');
  expect(ellen.card(1).text).not.toContain('still on');
  expect(last(council, council.as('joseph-adeyemi'))).toMatch(
    /not posted on Nextdoor Sefton after all\. Ellen Rimmer took it down at /u,
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('said of what was held, and ended by itself since nothing was left to hold: it is held again, and a fresh decision asks for it', async () => {
  for (const [accounts, how] of [
    ['news,nextdoor-sefton', 'hold 1'],
    ['nextdoor-sefton', 'hold 1'],
    ['news,nextdoor-sefton', 'stop everything'],
  ] as const) {
    await using council = await openCouncil();
    const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
    const [tom, joseph] = [council.as('tom-ashcroft'), council.as('joseph-adeyemi')];
    await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', { accounts });
    await council.pass(minute);
    await ellen.say(how);
    if (how === 'stop everything') await ellen.press('Yes, stop everything');
    await council.pass(minute);
    await bethan.press('I have posted it', { [field]: wrong }, bethan.card(1));
    await council.pass(minute);
    if (how === 'stop everything') {
      await ellen.say('resume');
      await ellen.press('Yes, resume');
    }
    expect((await council.post(1)).status.is).toBe('published');
    await bethan.press('I have not posted it after all', {}, bethan.card(1));
    await council.quiet();
    expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
    expect((await council.post(1)).byHand).toBeUndefined();
    expect(bethan.card(1).text).not.toContain('Please post this');
    expect(ellen.card(1).text).toMatch(/held by you/iu);
    for (const each of [ellen, joseph])
      expect(last(council, each)).toMatch(
        /that it is not posted on Nextdoor Sefton after all\. (?:Ellen Rimmer held this at 9:44am|Held at 9:44am, since Ellen Rimmer had .*)\. .* (?:once|until) somebody approves it again\./u,
      );
    const before = council.shown(tom.chat).length;
    await council.pass(minute);
    expect(council.shown(tom.chat)).toHaveLength(before + 1);
    expect(council.shown(tom.chat).at(-1)?.text).toContain(
      'held by Ellen Rimmer, and waits for your decision',
    );

    await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
    await council.quiet();
    expect(last(council, bethan)).toContain('please post it on Nextdoor Sefton by hand');
    await bethan.press('I have posted it', { [field]: right }, bethan.card(1));
    expect(await publication(council)).toMatchObject({ is: 'published', remote: { url: right } });
    expect((await council.post(1)).status.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('never posted while it is to be changed there: the card says what to do, and the right words stand in the end', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await posted(council);
  const [form] = await ellen.say('correct 1');
  const wanted = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', wanted, form);
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.quiet();
  expect(bethan.card(1).text).toContain('Nextdoor Sefton: wrong address, or not posted?');
  expect(bethan.buttons(bethan.card(1))).not.toContain('I have not posted it after all');
  expect(bethan.card(1).text).toContain(
    'If you never posted it there, post the new text there now and press "I have changed it", then give its address here.',
  );
  const [desk] = await ellen.say('show 1');
  expect(desk?.text).toContain('If it was never posted there, the new text has to be posted there now:');

  await bethan.press('I have changed it', {}, bethan.card(1));
  await bethan.press('Put the address right', { [field]: right }, bethan.card(1));
  expect(await publication(council)).toMatchObject({ is: 'published', remote: { url: right } });
  expect(bethan.card(1).text).not.toContain('If you never posted it');
  expect((await council.audit()).findings).toEqual([]);
});

test('said of what was to be corrected there, and was held: it is held again with the right words', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const [tom, joseph] = [council.as('tom-ashcroft'), council.as('joseph-adeyemi')];
  await posted(council);
  const [form] = await ellen.say('correct 1');
  const wanted = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', wanted, form);
  await joseph.press('Agree: correct it now', { confirm: 'true' });
  await council.pass(minute);
  await ellen.say('hold 1');
  await council.pass(minute);
  await bethan.press('I have changed it', {}, bethan.card(1));
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('published');
  await bethan.press('I have not posted it after all', {}, bethan.card(1));
  await council.pass(minute);
  expect(ellen.card(1).text).toContain('Published on 1 of 2 · the rest is held by you');
  expect(ellen.card(1).text).toContain('The rest goes out once somebody approves it again.');
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
  expect(inputsIn(bethan.card(1).card)['copy:nextdoor-sefton.0']).toContain('closed until Friday');
  await bethan.press('I have posted it', { [field]: right }, bethan.card(1));
  await council.quiet();
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('what an account refused before a hold that ended by itself is not tried again by its author alone', async () => {
  await using council = await openCouncil();
  const [ellen, bethan, tom] = [
    council.as('ellen-rimmer'),
    council.as('bethan-prys'),
    council.as('tom-ashcroft'),
  ];
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'no-permission' },
  });
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
    accounts: 'x-main,nextdoor-sefton',
  });
  await council.pass(minute);
  await ellen.say('hold 1');
  await bethan.press('I have posted it', { [field]: wrong }, bethan.card(1));
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('partly-published');
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(ellen.card(1).text).toMatch(/held by you/iu);

  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toHaveLength(1);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

const later = { outcome: 'retry', after: 10 * minute, reason: 'rate-limited' } as const;
const friday = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };

/** One account refused it, it was held, and the hold ended by itself; since then a correction was agreed to. */
async function correctedSince(council: Council, refusing: string, ways: Readonly<Record<string, string>>) {
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const refused = { outcome: 'refused', reason: 'no-permission' } as const;
  council.outside.next(refusing, { way: 'answer', outcome: refused });
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
    accounts: 'x-main,facebook-main,nextdoor-sefton',
  });
  await council.pass(minute);
  await ellen.say('hold 1');
  await bethan.press('I have posted it', { [field]: wrong }, bethan.card(1));
  await council.pass(minute);
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { ...friday, ...ways }, form);
  return { ellen, bethan, tom: council.as('tom-ashcroft'), joseph: council.as('joseph-adeyemi') };
}

test('a correction that was agreed to after that hold is not held with what an account refused before: that waits for it', async () => {
  await using council = await openCouncil();
  const { ellen, bethan, tom, joseph } = await correctedSince(council, 'x-main', {});
  council.outside.answer('edit', 'facebook-main', later);
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  const heard = council.shown(tom.chat).length;
  await ellen.press('Try again', {}, ellen.card(1));
  expect(ellen.card(1).text).toContain('**X**: Held. Once the correction is made everywhere');
  expect(ellen.card(1).text).not.toContain('a correction are held');
  expect(ellen.buttons(ellen.card(1))).not.toContain('Try again');
  await council.pass(30 * minute);
  // Facebook's change and Nextdoor's go on, and nobody may let X go without a decision.
  expect(council.outside.standing('facebook-main')).toEqual([friday.text]);
  expect(council.outside.standing('x-main')).toEqual([]);
  expect(last(council, bethan)).not.toContain('please do not change it');
  expect(council.shown(tom.chat)).toHaveLength(heard);
  await bethan.press('I have changed it', {}, bethan.card(1));
  await council.pass(minute);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
  expect(ellen.card(1).text).toContain('Published on 2 of 3 · the rest is held by you');
  expect(council.shown(tom.chat).at(-1)?.text).toContain('The rest of #1');
  expect(council.outside.standing('x-main')).toEqual([]);

  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual([friday.text]);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('nor is its reply, which an account refused: that is sent once more at once, and the rest is held then', async () => {
  await using council = await openCouncil();
  const people = await correctedSince(council, 'facebook-main', { 'way:x-main': 'reply' });
  const { ellen, bethan, tom, joseph } = people;
  const refused = { outcome: 'refused', reason: 'no-permission' } as const;
  council.outside.next('x-main', { way: 'answer', outcome: refused });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  await bethan.press('I have changed it', {}, bethan.card(1));
  await council.pass(minute);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main').at(-1)).toContain(friday.text);
  expect(council.outside.standing('facebook-main')).toEqual([]);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'ellen-rimmer' });
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([friday.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('said while everything is stopped: it waits for a decision, and nobody is asked whether they have posted it', async () => {
  await using council = await openCouncil();
  const [ellen, bethan, tom] = [
    council.as('ellen-rimmer'),
    council.as('bethan-prys'),
    council.as('tom-ashcroft'),
  ];
  await posted(council);
  await council.pass(minute);
  await ellen.say('stop everything');
  await ellen.press('Yes, stop everything');
  await council.pass(minute);
  const heard = council.shown(bethan.chat).length;
  await bethan.press('I have not posted it after all', {}, bethan.card(1));
  await council.pass(minute);
  const { status, byHand, wasByHand } = await council.post(1);
  expect([status.is, byHand, wasByHand]).toEqual(['held', undefined, undefined]);
  for (const each of [ellen, bethan]) {
    expect(each.card(1).text).toContain('**Nextdoor Sefton**: Held');
    expect(each.card(1).text).not.toContain('has not said whether');
    expect(each.card(1).text).not.toContain('Have you posted it already?');
  }
  expect(council.shown(bethan.chat)).toHaveLength(heard);
  await ellen.say('resume');
  await ellen.press('Yes, resume');
  await tom.press('Release: goes out now', { confirm: 'true' }, tom.card(1));
  await council.quiet();
  expect(last(council, bethan)).toContain('please post it on Nextdoor Sefton by hand');
  await bethan.press('I have posted it', { [field]: right }, bethan.card(1));
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

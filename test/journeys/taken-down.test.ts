import { expect, test } from 'vitest';
import type { PublishOutcome } from '../../src/networks/network.ts';
import { letOutByDesk } from './beginnings.ts';
import { hour, openCouncil, type Council, type Somebody } from './council.ts';
import { keptData } from './kept-data.ts';

const text = 'Liverpool Road is closed until Thursday.';
const noPermission: PublishOutcome = { outcome: 'refused', reason: 'no-permission' };

/** A post that is out on the website, X, Facebook and Nextdoor, where Bethan Prys has posted it by hand. */
async function published(council: Council): Promise<void> {
  const bethan = council.as('bethan-prys');
  await letOutByDesk(council, text, { accounts: 'news,x-main,facebook-main,nextdoor-sefton' });
  const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' };
  await bethan.press('I have posted it', link, bethan.card(1));
  await council.quiet();
}

const typed = async (somebody: Somebody, words: string): Promise<string> =>
  (await somebody.say(words)).at(-1)?.text ?? '';

test('what is still public is never said to be taken down: card, list, desk and whoever waits for it know', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  const bethan = council.as('bethan-prys');
  await published(council);
  council.outside.answer('remove', 'facebook-main', noPermission);
  await ellen.say('remove 1');
  await council.quiet();

  const head = 'Taken down on 2 of 4; still on Facebook and Nextdoor Sefton';
  for (const each of [ellen, joseph, bethan]) {
    expect(each.card(1).text).toContain(head);
    expect(each.card(1).text).not.toContain('took it down');
  }
  expect(await typed(ellen, 'posts')).toContain(head);

  // The desk hears of it once, whoever of it pressed, and not again each hour.
  const news =
    '#1 (Highways) is still public on Facebook. Crier could not take it down: Crier may not do this on the account.';
  for (const officer of [ellen, joseph]) {
    const said = council.shown(officer.chat).filter((each) => each.text.includes(news));
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toContain('type "remove 1" to have Crier try again');
  }
  const before = council.shown(joseph.chat).length;
  await council.pass(hour);
  expect(council.shown(joseph.chat)).toHaveLength(before);

  // It stands where whoever has to act looks.
  for (const each of [ellen, joseph, bethan]) expect(await typed(each, 'waiting')).toContain(head);

  // Whoever wants anything else of it does not read that it is down.
  for (const what of ['hold', 'cancel', 'correct', 'edit'])
    expect(await typed(ellen, `${what} 1`)).toContain(
      ': this post is being taken down, and is not down everywhere yet.',
    );

  // The link is there exactly now.
  const card = joseph.card(1);
  expect(card.text).toContain(
    'Facebook**: Could not be taken down: Crier may not do this on the account; waits for Ellen Rimmer or Joseph Adeyemi to take it down by hand',
  );
  const stands = /https:\/\/facebook-main\.example\/[\w-]+/u.exec(JSON.stringify(card.card));
  expect(stands).not.toBeNull();
  expect(card.text).toContain('Please take the post on Facebook down yourself');
  await joseph.press('I have taken it down', {}, joseph.card(1));
  expect(joseph.card(1).text).toContain('Taken down on 3 of 4; still on Nextdoor Sefton');
  expect(await typed(joseph, 'waiting')).not.toContain('#1');

  await bethan.press('I have taken it down', {}, bethan.card(1));
  expect(joseph.card(1).text).not.toContain('still on');
  expect(joseph.card(1).text).toContain('Ellen Rimmer took it down');
  expect(await typed(bethan, 'waiting')).not.toContain('#1');
  expect((await council.audit()).findings).toEqual([]);
});

test('taken down again, what failed is tried again, and nobody is asked anew for what they are to do by hand', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await published(council);
  council.outside.answer('remove', 'facebook-main', noPermission);
  council.outside.answer('remove', 'facebook-main', noPermission);
  await ellen.say('remove 1');
  await council.quiet();
  const asked = council.shown(bethan.chat).length;
  const { byHand, status } = await council.post(1);

  // By its number and by its button.
  await council.pass(60_000);
  await ellen.say('remove 1');
  expect(council.outside.calls.filter((call) => call === 'remove facebook-main')).toHaveLength(2);
  expect(ellen.card(1).text).toContain('still on Facebook and Nextdoor Sefton');
  await ellen.press('Take it down', {}, ellen.card(1));
  expect(council.outside.standing('facebook-main')).toEqual([]);
  const head = 'Taken down on 3 of 4; still on Nextdoor Sefton';
  expect(ellen.card(1).text).toContain(head);
  expect(ellen.buttons(ellen.card(1))).not.toContain('Take it down');
  const after = await council.post(1);
  expect(after.byHand?.['nextdoor-sefton.0']).toEqual(byHand?.['nextdoor-sefton.0']);
  expect(council.shown(bethan.chat)).toHaveLength(asked);
  // Who took it down first is who did, and when.
  expect(after.status).toMatchObject({ takenDownAt: 'takenDownAt' in status ? status.takenDownAt : 0 });

  expect(await typed(ellen, 'remove 1')).toContain(
    'It is being taken down already, and is still on Nextdoor Sefton.',
  );
  expect(await typed(ellen, 'remove 1 tomorrow')).toContain('It is being taken down already');
  await bethan.press('I have taken it down', {}, bethan.card(1));
  expect(await typed(ellen, 'remove 1')).toContain('There is nothing to take down');
  expect((await council.audit()).findings).toEqual([]);
});

test('its author hears what came of it once that is known, be it that somebody is still to act', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  const yvonne = council.as('yvonne-cartmel');
  await published(council);
  const later: PublishOutcome = { outcome: 'retry', after: 60_000, reason: 'not-reached' };
  council.outside.answer('remove', 'x-main', later);
  await yvonne.say('remove 1');
  const told = (): string =>
    council.shown(ellen.chat).findLast((each) => each.text.startsWith('#1 ('))?.text ?? '';
  expect(told()).not.toContain('Yvonne Cartmel');
  await council.pass(61_000);
  expect(told()).toMatch(
    /^#1 \(Highways\): Yvonne Cartmel asked at \S+ for it to be taken down\. It is still on Nextdoor Sefton\. Type/u,
  );
  const before = council.shown(ellen.chat).length;
  await bethan.press('I have taken it down', {}, bethan.card(1));
  await council.quiet();
  expect(council.shown(ellen.chat)).toHaveLength(before);
});

test('while nobody can tell of an account, and where nothing came down, the head says so', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.blind('x-main');
  council.outside.next('x-main', { way: 'lost' });
  await letOutByDesk(council, text, { accounts: 'x-main,facebook-main' });
  await council.quiet();
  council.outside.answer('remove', 'facebook-main', noPermission);
  await ellen.say('remove 1');
  await council.quiet();
  expect(ellen.card(1).text).toContain('Not taken down: still on Facebook, perhaps on X');
  await ellen.press('Take it down', {}, ellen.card(1));
  expect(ellen.card(1).text).toContain('Taken down on 1 of 2; perhaps still on X');
});

test('a duty officer who took it down while the desk is away is asked to do it by hand, and says that it is down', async () => {
  await using council = await openCouncil();
  const [yvonne, gareth] = [council.as('yvonne-cartmel'), council.as('gareth-molyneux')];
  await published(council);
  for (const officer of ['ellen-rimmer', 'joseph-adeyemi'])
    await council.as(officer).say('away until Friday');
  council.outside.answer('remove', 'facebook-main', noPermission);
  await yvonne.say('remove 1');
  await council.quiet();

  const told = council.shown(yvonne.chat).findLast((each) => each.text.includes('is still public'))?.text;
  expect(told).toContain('Please take it down there yourself and say so on its card');
  expect(await typed(yvonne, 'waiting')).toContain('#1');
  const card = (await yvonne.say('show 1')).at(-1);
  expect(card?.text).toContain('Please take the post on Facebook down yourself');
  // Of Nextdoor another is asked, and yet it is known to be down once anybody says so who may take it down.
  expect(yvonne.buttons(card)).toContain('I have taken it down');
  expect(yvonne.buttons(card)).toContain('It has been taken down');

  // She goes away as well: whoever else is on duty and here is asked.
  await yvonne.say('away until Friday');
  expect(await typed(gareth, 'waiting')).toContain('#1');
  await gareth.press('I have taken it down', {}, (await gareth.say('show 1')).at(-1));
  expect((await gareth.say('show 1')).at(-1)?.text).toContain('Taken down on 3 of 4; still on Nextdoor');
  expect(await typed(gareth, 'waiting')).not.toContain('#1');
  expect((await council.audit()).findings).toEqual([]);
});

test('what an earlier release could not take down, and asked nobody about, is asked for at the next start, once', async () => {
  await using kept = await keptData(
    async (council) => {
      await published(council);
      council.outside.answer('remove', 'facebook-main', noPermission);
      await council.as('ellen-rimmer').say('remove 1');
      await council.quiet();
    },
    (database) => {
      const forget = (kind: string, what: RegExp): void => {
        for (const { id, body } of database
          .prepare('SELECT id, body FROM documents WHERE kind = ?')
          .all(kind)) {
          const left = String(body).replace(what, '');
          expect(left).not.toBe(body);
          database
            .prepare('UPDATE documents SET body = ? WHERE kind = ? AND id = ?')
            .run(left, kind, String(id));
        }
      };
      forget('post', /"facebook-main\.0":\{[^{}]*"what":"remove"\},/u);
      forget('protocol', /"lookedThrough":\d+,/u);
    },
  );

  await using council = await openCouncil(kept);
  await council.quiet();
  const news = (by: Council): number =>
    by.shown('chat-joseph-adeyemi').filter(({ text }) => text.includes('is still public on Facebook')).length;
  expect(news(council)).toBe(1);
  const joseph = council.as('joseph-adeyemi');
  expect(await typed(joseph, 'waiting')).toContain('#1');
  await joseph.say('show 1');
  expect(joseph.card(1).text).toContain('Please take the post on Facebook down yourself');
  await using again = await council.restart();
  await again.quiet();
  expect(news(again)).toBe(1);
  const he = again.as('joseph-adeyemi');
  const pressed = await he.press('I have taken it down', {}, (await he.say('show 1')).at(-1));
  expect(pressed.text).toContain('Taken down on 3 of 4; still on Nextdoor Sefton');
});

test('what a newer release wrote is left to it, and this one starts', async () => {
  await using kept = await keptData(
    async (council) => {
      await published(council);
      await council.as('ellen-rimmer').say('remove 1');
      await council.as('nadia-hartley').say('propose Park Lane is closed.');
      await council.as('nadia-hartley').press('Send to Communications');
      await council.quiet();
    },
    (database) => {
      database.exec("UPDATE documents SET form = 99 WHERE kind = 'post'");
      database.exec(
        "UPDATE documents SET body = json_remove(body, '$.state.lookedThrough') WHERE kind = 'protocol'",
      );
    },
  );
  // Under another protocol whoever is asked is looked through, too.
  const protocol = (text: string): string =>
    text.replace('aliases: [roads, transport, traffic]', 'aliases: [transport, traffic]');
  await using council = await openCouncil({ ...kept, protocol });
  expect(await typed(council.as('ellen-rimmer'), 'show 1')).toContain('Crier is being changed just now');
});

test('a correction that waits is over once the post is taken down: card and history keep it, and its writer and those asked hear so', async () => {
  await using council = await openCouncil();
  const [ellen, joseph, priya] = ['ellen-rimmer', 'joseph-adeyemi', 'priya-desai'].map((each) =>
    council.as(each),
  );
  if (ellen === undefined || joseph === undefined || priya === undefined) throw new Error('nobody is here');
  await ellen.say('propose for Highways: Hall Road is shut until Friday.');
  await ellen.press('Send to Highways approvers');
  await priya.press('Approve: goes out now', { confirm: 'true' });
  const [form] = await ellen.say('correct 1');
  const wanted = { text: 'Hall Road is shut until Saturday.', what: 'We gave the wrong day.' };
  await ellen.press('Ask for this correction', wanted, form);
  const old = joseph.card(1);
  await council.as('yvonne-cartmel').say('remove 1');
  await council.quiet();
  const over =
    /The correction that Ellen Rimmer asked for .* is over with that: nobody decides on it any more\./u;
  for (const somebody of [ellen, joseph, priya]) {
    expect(somebody.card(1).text).toMatch(over);
    const messages = council.shown(somebody.chat).filter(({ card }) => Object.keys(card).length === 0);
    expect(messages.map(({ text }) => text).join('\n')).toMatch(over);
  }
  const [why] = await joseph.say('why 1');
  expect(why?.text).toMatch(/Ellen Rimmer asked .* for a correction: We gave the wrong day\./u);
  const pressed = await joseph.press('Agree: correct it now', { confirm: 'true' }, old);
  expect(pressed.text).toMatch(over);
  expect((await council.audit()).findings).toEqual([]);
});

test('what cannot be taken down by hand is said to be so with why: it stands there, waits for nobody, and may still be said to be down', async () => {
  await using council = await openCouncil();
  const [ellen, bethan, yvonne] = [
    council.as('ellen-rimmer'),
    council.as('bethan-prys'),
    council.as('yvonne-cartmel'),
  ];
  await published(council);
  await yvonne.say('remove 1');
  await council.quiet();
  const cannot = 'It cannot be taken down';
  const why = 'Nextdoor has locked us out.';
  const asks = await bethan.press(cannot, {}, bethan.card(1));
  expect(asks.text).toContain('Say why it cannot be taken down');
  expect((await council.post(1)).byHand?.['nextdoor-sefton.0']?.cannot).toBeUndefined();
  await bethan.press(cannot, { 'why:nextdoor-sefton.0': why }, asks.card);
  await council.quiet();

  for (const each of [ellen, bethan]) {
    const { text } = each.card(1);
    expect(text).toContain('Taken down on 3 of 4; still on Nextdoor Sefton');
    expect(text).toContain('Nextdoor Sefton**: Stays there, since it cannot be taken down');
    expect(await typed(each, 'waiting')).not.toContain('#1');
  }
  const told =
    /Bethan Prys said .*that it cannot be taken down on Nextdoor Sefton: "Nextdoor has locked us out\."/u;
  for (const { chat } of [ellen, council.as('joseph-adeyemi')])
    expect(council.shown(chat).filter(({ card, text }) => !('body' in card) && told.test(text))).toHaveLength(
      1,
    );
  expect(await typed(ellen, 'why 1')).toMatch(told);
  const shown = council.shown(bethan.chat).length;
  await council.pass(30 * hour);
  // Nor is anybody asked anew who comes back.
  await bethan.say('away until Friday');
  await bethan.say('back');
  expect(
    council
      .shown(bethan.chat)
      .slice(shown)
      .map(({ text }) => text)
      .join(' '),
  ).not.toContain('#1');

  const again = await typed(ellen, 'remove 1');
  expect(again).not.toContain('being taken down already');
  expect(again).toContain(
    'It cannot be taken down any further: it is still on Nextdoor Sefton. Once it has been taken down there all the same, say so on its card.',
  );
  const card = (await ellen.say('show 1')).at(-1);
  expect(ellen.buttons(card)).not.toContain(cannot);
  expect(card?.text).toContain(
    'The post on Nextdoor Sefton cannot be taken down. If it has been all the same, say so',
  );
  const down = await ellen.press('It has been taken down', {}, card);
  expect(down.text).toContain('Yvonne Cartmel took it down');
  expect(down.text).not.toContain('still on');
  expect((await council.audit()).findings).toEqual([]);
});

test('what Crier could not take down, and nobody can, waits for the desk no more, and may still be tried again', async () => {
  await using council = await openCouncil();
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await letOutByDesk(council, text, { accounts: 'news,facebook-main' });
  council.outside.answer('remove', 'facebook-main', noPermission);
  await ellen.say('remove 1');
  await council.quiet();
  expect(await typed(joseph, 'waiting')).toContain('#1');
  const why = { 'why:facebook-main.0': 'Nobody has access.' };
  const asks = await joseph.press('It cannot be taken down', {}, joseph.card(1));
  await joseph.press('It cannot be taken down', why, asks.card);
  await council.quiet();
  for (const officer of [ellen, joseph]) expect(await typed(officer, 'waiting')).not.toContain('#1');
  expect(ellen.card(1).text).toMatch(
    /Facebook\*\*: Could not be taken down: .*; stays there, since it cannot be taken down/u,
  );
  await ellen.press('Take it down', {}, ellen.card(1));
  await council.quiet();
  expect(council.outside.standing('facebook-main')).toEqual([]);
  expect(ellen.card(1).text).not.toContain('still on');
  expect((await council.audit()).findings).toEqual([]);
});

import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { agreed } from './corrections.ts';

const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
const right = { text: 'Hall Road is shut both ways.', what: 'Wrong.', 'way:x-main': 'again' };

/** A post that ends at eleven, public on the website and X, and a correction of it that somebody asks for. */
async function asked(council: Council): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await letOutByDesk(council, 'Hall Road is shut.\nuntil 11am', { accounts: 'news,x-main' });
  await council.pass(minute);
  const [asking] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', right, asking);
}

test('deleted, and its end comes before it is posted again: it is not, held or not, and the card says so', async () => {
  for (const held of [true, false]) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await asked(council);
    council.outside.next('x-main', { way: 'answer', outcome: held ? busy : { ...busy, after: 2 * hour } });
    await agreed(council);
    expect(council.outside.standing('x-main')).toEqual([]);
    if (held) await ellen.say('hold 1');
    await council.pass(3 * hour);
    if (held) {
      const card = priya.card(1);
      expect(card.text).toContain('Its end came on Tue 24 Nov at 11am, before it was out on X.');
      expect(card.text).not.toContain('its correction goes on there');
      // Nothing is left that anybody could let go on.
      expect(priya.buttons(card).join()).not.toContain('Release');
    }
    expect(council.outside.standing('x-main')).toEqual([]);
    const after = ellen.card(1).text;
    expect(after).toContain('Its end came on Tue 24 Nov at 11am, before it was out on X.');
    expect(after).not.toContain('being corrected');
    expect((await council.post(1)).correction).toBeUndefined();
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('whoever agrees to a correction after the end reads that it has come; what stands is put right all the same', async () => {
  await using council = await openCouncil();
  await asked(council);
  await council.pass(3 * hour);
  expect(council.as('joseph-adeyemi').card(1).text).toContain('Its end came at 11am.');
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await agreed(council);
  await council.pass(2 * hour);
  expect(council.outside.standing('x-main')).toEqual([right.text]);
});

test('held with what puts right another account, and its end comes: the list does not say that it is held where nothing goes out any more', async () => {
  await using council = await openCouncil();
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  await letOutByDesk(council, 'Hall Road is shut.\nuntil 11am', { accounts: 'news,x-main,facebook-main' });
  await council.pass(minute);
  const [asking] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', right, asking);
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  council.outside.answer('edit', 'facebook-main', busy);
  await agreed(council);
  await ellen.say('hold 1');
  expect(ellen.card(1).text).toContain('**X**: Held');
  await council.pass(3 * hour);
  expect((await council.post(1)).status.is).toBe('held');
  for (const each of [ellen, priya]) {
    const [card] = await each.say('show 1');
    expect(card?.text).toContain('**X**: Did not go out before its end came');
    expect(card?.text).not.toContain('**X**: Held');
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('asked to post it by hand, held, and its end comes: the list does not say that it is held there', async () => {
  await using council = await openCouncil();
  const [ellen, bethan] = [council.as('ellen-rimmer'), council.as('bethan-prys')];
  await letOutByDesk(council, 'Hall Road is shut.\nuntil 11am', {
    accounts: 'news,facebook-main,nextdoor-sefton',
  });
  await council.pass(minute);
  const [asking] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', right, asking);
  council.outside.answer('edit', 'facebook-main', busy);
  await agreed(council);
  await ellen.say('hold 1');
  const asked = 'Bethan Prys was asked to post it by hand, and has not said whether they had';
  expect(ellen.card(1).text).toContain(`**Nextdoor Sefton**: Held. ${asked}`);
  await council.pass(3 * hour);
  expect((await council.post(1)).status.is).toBe('held');
  const [card] = await ellen.say('show 1');
  expect(card?.text).toContain(`**Nextdoor Sefton**: Did not go out. ${asked}`);
  expect(bethan.buttons(bethan.card(1))).toContain('I have posted it');
});

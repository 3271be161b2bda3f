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

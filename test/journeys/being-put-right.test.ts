import { expect, test } from 'vitest';
import { buttonsIn } from './card.ts';
import { minute, openCouncil, type Council } from './council.ts';
import { agreed, asked, published } from './corrections.ts';

/** What an account did not take of a correction, while another one that was agreed to is to put it right there. */

const leave = 'Leave it as it is';
const thursday = 'Liverpool Road is closed until Thursday.';
const friday = { text: 'Liverpool Road is closed until Friday.', what: 'We gave the wrong day.' };
const refused = { way: 'answer', outcome: { outcome: 'refused', reason: 'no-permission' } } as const;
const later = { outcome: 'retry', after: 10 * minute, reason: 'rate-limited' } as const;
const wrong = 'could not be corrected';

/** X has refused a reply, another correction of it was agreed to, and X puts that off. */
async function putOff(council: Council, way: 'again' | 'reply') {
  const ellen = council.as('ellen-rimmer');
  await published(council, thursday, 'x-main,facebook-main');
  council.outside.next('x-main', refused);
  await asked(council, { ...friday, 'way:x-main': 'reply' });
  await agreed(council);
  const old = ellen.card(1);
  expect(ellen.buttons(old)).toContain(leave);
  await asked(council, { what: friday.what, 'way:x-main': way });
  if (way === 'again') council.outside.answer('remove', 'x-main', later);
  else council.outside.next('x-main', { way: 'answer', outcome: later });
  await agreed(council);
  return { ellen, old };
}

test.for(['again', 'reply'] as const)(
  'while an agreed correction (%s) is on its way, nobody can leave there what it puts right, nor is told to put it right',
  async (way) => {
    await using council = await openCouncil();
    const { ellen, old } = await putOff(council, way);
    const card = ellen.card(1);
    expect(ellen.buttons(card)).not.toContain(leave);
    expect(card.text).not.toContain(wrong);
    expect(card.text).not.toContain('Put it right there yourself');
    const pressed = await ellen.press(leave, {}, old.card);
    expect(pressed.text).toContain('Nothing waits here to be left as it is');
    expect((await ellen.say('waiting')).at(-1)?.text).toContain('Nothing waits for you.');
    await council.pass(30 * minute);
    const said = way === 'again' ? friday.text : `Correction: ${friday.what}\n\n${friday.text}`;
    expect(council.outside.standing('x-main').at(-1)).toBe(said);
    expect(ellen.card(1).text).not.toContain(wrong);
    expect((await council.audit()).findings).toEqual([]);
  },
);

test.for(['again', 'reply'] as const)(
  'while that correction (%s) is held, one button leaves it, which ends it',
  async (way) => {
    await using council = await openCouncil();
    const { ellen } = await putOff(council, way);
    await ellen.say('hold 1');
    await council.pass(minute);
    const tom = council.as('tom-ashcroft');
    const leaving = buttonsIn(tom.card(1).card).filter(({ title }) => title === leave);
    expect(leaving.map(({ verb }) => verb)).toEqual(['post.refuse']);
    expect(ellen.buttons(ellen.card(1))).not.toContain(leave);
    await tom.press(leave, { note: 'It is over by now.' }, tom.card(1));
    await council.pass(30 * minute);
    expect(council.outside.standing('x-main')).toEqual([thursday]);
    expect((await council.post(1)).status.is).not.toBe('held');
    expect(ellen.card(1).text).toContain('X**: It was left as it is and still says what it said.');
    expect((await council.audit()).findings).toEqual([]);
  },
);

test.for(['again', 'reply'] as const)(
  'refused once more, it (%s) can be left again, and waits for people',
  async (way) => {
    await using council = await openCouncil();
    const { ellen } = await putOff(council, way);
    const no = { outcome: 'refused', reason: 'no-permission' } as const;
    if (way === 'again') council.outside.answer('remove', 'x-main', no);
    else council.outside.next('x-main', refused);
    await council.pass(30 * minute);
    expect(ellen.buttons(ellen.card(1))).toContain(leave);
    expect((await ellen.say('waiting')).at(-1)?.text).toContain('#1');
  },
);

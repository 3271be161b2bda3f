import { expect, test } from 'vitest';
import { sentByDesk } from './beginnings.ts';
import { inputsIn } from './card.ts';
import { openCouncil, type Council } from './council.ts';

/** What is typed and would take a decision back says so first, as a form does, and waits for one press. */

async function approvedForFriday(council: Council): Promise<void> {
  await sentByDesk(council, 'Liverpool Road is closed for resurfacing.', { when: 'Fri 9am' });
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, priya.card(1));
  expect((await council.post(1)).status.is).toBe('scheduled');
}

test('another time that somebody types for an approved post says first that everybody is asked again; one press plans it', async () => {
  await using council = await openCouncil();
  await approvedForFriday(council);
  const ellen = council.as('ellen-rimmer');
  const before = await council.post(1);
  const [asked] = await ellen.say('schedule 1 Sat 10am');
  expect(asked?.text).toContain(
    'Priya Desai approved this a moment ago. If you plan another time, everybody is asked again about that one. Nothing has been changed yet. To leave it as it is, press "Back without saving".',
  );
  expect(asked?.text).toContain('The words stay as they are. Everybody is asked again, about the new time.');
  expect(asked?.text).not.toContain('Planned for Sat');
  expect((await council.post(1)).status).toEqual(before.status);
  const back = await ellen.press('Back without saving', {}, asked);
  expect(back.text).toContain('goes out on Fri 27 Nov at 9am');
  expect((await council.post(1)).status).toEqual(before.status);

  const [again] = await ellen.say('schedule 1 Sat 10am');
  const planned = await ellen.press('Plan it for then', { when: '28 Nov 2026 at 10am' }, again);
  expect(planned.text).toContain('Planned for Sat 28 Nov at 10am');
  expect((await council.post(1)).status.is).toBe('in-review');
  // Nobody has decided on that one, so that another time takes nothing back.
  await ellen.say('schedule 1 Sun 10am');
  expect((await council.post(1)).when?.at).toBe(Date.UTC(2026, 10, 29, 10));
  expect((await council.audit()).findings).toEqual([]);
});

test('the time that was typed stands in the form, none where it is to go out at once; whoever decided alone just plans it', async () => {
  await using council = await openCouncil();
  await approvedForFriday(council);
  const ellen = council.as('ellen-rimmer');
  const [then] = await ellen.say('schedule 1 Sat 10am');
  expect(inputsIn(then?.card ?? {})).toEqual({ when: '28 Nov 2026 at 10am' });
  const [now] = await ellen.say('schedule 1 now');
  expect(now?.text).toContain('everybody is asked again');
  expect(inputsIn(now?.card ?? {})).toEqual({ when: '' });
  expect((await council.post(1)).status.is).toBe('scheduled');
  const [planned] = await council.as('priya-desai').say('schedule 1 Sat 10am');
  expect(planned?.text).toContain('goes out on Sat 28 Nov at 10am');
  expect((await council.post(1)).status.is).toBe('scheduled');
});

test('a form for the time that was open while somebody approved it says what planning costs, whatever else is wrong with it', async () => {
  await using council = await openCouncil();
  await sentByDesk(council, 'Liverpool Road is closed for resurfacing.', { when: 'Fri 9am' });
  const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
  const [form] = await ellen.say('schedule 1');
  await priya.press('Approve: goes out on Fri 27 Nov at 9am', { confirm: 'true' }, priya.card(1));
  for (const when of ['soonish', '1 Nov 2026 at 9am']) {
    const late = await ellen.press('Plan it for then', { when }, form);
    expect(late.text).toContain('Priya Desai approved this a moment ago.');
    expect(late.text).toContain('If you save it, everybody is asked again about the new time.');
  }
  expect((await council.post(1)).status.is).toBe('scheduled');
});

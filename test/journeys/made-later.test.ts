import { expect, test } from 'vitest';
import { kinds } from '../../src/kinds.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { letOutByDesk, passedOn } from './beginnings.ts';
import { agreed, asked } from './corrections.ts';
import { day, hour, minute, openCouncil, type Council } from './council.ts';

/** A correction that is made days after it was agreed to: what is told of it is when it was made. */

const pageOf = async (council: Council): Promise<string> =>
  (await (await council.get('/news/1')).text()).replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');

test('a correction that was agreed to before the machine slept is told with the day on which it was made', async () => {
  const store = memoryStore(kinds);
  await using council = await openCouncil({ store });
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'news' });
  await council.pass(minute);
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.' });
  let slept: Promise<void> | undefined;
  // Its account is about to take it when the machine goes to sleep.
  store.beforeWrite = ({ kind }) => {
    if (kind === 'account') slept ??= council.sleeps(3 * day);
  };
  await agreed(council);
  await slept;
  await council.pass(hour);

  expect(await pageOf(council)).toContain('We have corrected this page Friday 27 November 2026 at 9:44am');
  const ellen = council.as('ellen-rimmer');
  const told =
    'Corrected on Fri 27 Nov at 9:44am by Ellen Rimmer, agreed by Joseph Adeyemi on Tue 24 Nov at 9:44am: It is Moor Lane.';
  expect(ellen.card(1).text).toContain(told);
  const why = (await ellen.say('why 1')).at(-1)?.text;
  expect(why).toContain(told);
  expect(why).toContain('Before the correction on Fri 27 Nov at 9:44am it said: Liverpool Road is closed.');
});

test('so is one that somebody let go out days after it was agreed to', async () => {
  let council = await openCouncil();
  await passedOn(council, 'on the website only: Zebediah Quartermaine has mended the bench in Formby.');
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const nadia = council.as('nadia-hartley');
  const [form] = await nadia.say('correct 1');
  await nadia.press(
    'Ask for this correction',
    {
      text: 'Peregrine Quartermaine has mended the bench in Formby.',
      what: 'It was Peregrine. Zebediah Quartermaine is a crook.',
    },
    form,
  );
  await priya.press('Agree: passes to the Monitoring Officer', { confirm: 'true' });
  await council.pass(minute);
  // Whoever agreed to it first may not any more by the time that it could go out.
  council = await council.restart({
    protocol: (text) =>
      text.replaceAll(/^( *)approvers: \[([^\]]*)priya-desai,? ?([^\]]*)\]/gmu, '$1approvers: [$2$3]'),
  });
  await council.pass(minute);
  const martin = council.as('martin-sedgwick');
  await martin.press('Agree: then Communications is asked', { confirm: 'true' }, martin.card(1));
  await council.pass(3 * day);
  const ellen = council.as('ellen-rimmer');
  await ellen.press('Let it go out', { confirm: 'true' }, ellen.card(1));
  await council.pass(minute);

  const when = 'Fri 27 Nov at 9:47am';
  expect(await pageOf(council)).toContain('We have corrected this page Friday 27 November 2026 at 9:47am');
  expect(ellen.card(1).text).toContain(
    `Corrected on ${when} by Nadia Hartley, agreed by Priya Desai on Tue 24 Nov at 9:44am and Martin Sedgwick on Tue 24 Nov at 9:47am: `,
  );
  expect((await ellen.say('why 1')).at(-1)?.text).toContain(
    `Before the correction on ${when} it said: Zebediah Quartermaine`,
  );
  await council.close();
});

test('a correction that accounts take at different times has each its own on the card and in the record', async () => {
  await using council = await openCouncil();
  await letOutByDesk(council, 'Liverpool Road is closed.', { accounts: 'news,facebook-main,x-main' });
  await council.pass(minute);
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: 3 * hour, reason: 'busy' });
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  await agreed(council);
  await council.pass(4 * hour);
  const ellen = council.as('ellen-rimmer');
  const [shown] = await ellen.say('show 1');
  for (const text of [shown?.text, (await ellen.say('why 1')).at(-1)?.text]) {
    expect(text).toContain(
      'Corrected on Tue 24 Nov at 9:44am on the website and X by Ellen Rimmer, agreed by Joseph Adeyemi: It is Moor Lane.',
    );
    expect(text).toMatch(/The same was corrected at 1:4\dpm on Facebook\./u);
  }
});

import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { minute, openCouncil } from './council.ts';

const bench = 'Zebediah Quartermaine has mended the bench in Formby. Thank you.';
const right = 'Peregrine Quartermaine has mended the bench in Formby. Thank you.';
/** what its rule asks somebody higher about */
const what = 'It was Peregrine. Zebediah Quartermaine is a crook.';

test('a correction that somebody higher decides on as well says who is next and who has agreed, and by which clause', async () => {
  await using council = await openCouncil();
  const [nadia, priya, martin] = [
    council.as('nadia-hartley'),
    council.as('priya-desai'),
    council.as('martin-sedgwick'),
  ];
  await passedOn(council, bench);
  await priya.press('Approve: goes out now', { confirm: 'true' });
  await council.pass(60 * minute);
  const [form] = await nadia.say('correct 1');
  await nadia.press('Ask for this correction', { text: right, what }, form);
  expect(nadia.card(1).text).toContain('Then: Martin Sedgwick (the Monitoring Officer).');
  expect(priya.card(1).text).toContain('Then: Martin Sedgwick (the Monitoring Officer).');
  await council.pass(10 * minute);

  // The button says that nothing is corrected by it yet.
  expect(priya.buttons(priya.card(1))).not.toContain('Agree: correct it now');
  const passed = await priya.press('Agree: passes to the Monitoring Officer', { confirm: 'true' });
  await council.quiet();
  const said = 'Priya Desai agreed at 10:53am.';
  expect(passed.text).toContain(`${said} Waiting for Martin Sedgwick.`);
  expect(passed.text).not.toContain('Then:');
  expect(nadia.card(1).text).toContain(said);
  expect(martin.card(1).text).toContain(said);
  const asked = [
    'Who is asked about the correction of Tue 24 Nov at 10:43am, and why',
    'First: one of 5 Highways approvers or Communications (Priya Desai agreed) Nobody corrects alone what is public.',
    'Then: Martin Sedgwick (the Monitoring Officer)',
  ].join(' ');
  const [open] = await nadia.say('why 1');
  expect(open?.text).toContain(asked);
  expect(open?.text).toContain('Clause 6.4');
  expect(open?.text).toContain(said);

  await council.pass(10 * minute);
  await martin.press('Agree: correct it now', { confirm: 'true' });
  await council.pass(5 * minute);
  const agreed = `Corrected on Tue 24 Nov at 11:03am by Nadia Hartley, agreed by Priya Desai at 10:53am and Martin Sedgwick at 11:03am: ${what}`;
  expect(nadia.card(1).text).toContain(agreed);
  const [done] = await nadia.say('why 1');
  expect(done?.text).toContain(agreed);
  expect(done?.text).toContain(`${asked} (Martin Sedgwick agreed) Clause 6.4`);
  expect((await council.audit()).findings).toEqual([]);

  // Who agreed is told also where somebody after them did not.
  const [again] = await nadia.say('correct 1');
  await nadia.press('Ask for this correction', { text: bench, what }, again);
  await priya.press('Agree: passes to the Monitoring Officer', { confirm: 'true' });
  await martin.press('Leave it as it is', { note: 'No.' });
  await council.quiet();
  const both =
    /Priya Desai agreed at 11:08am to the correction that was asked for at 11:08am\. Martin Sedgwick did not agree to the correction at 11:\d\dam\. What stands stays as it is\./u;
  expect(nadia.card(1).text).toMatch(both);
  const [left] = await nadia.say('why 1');
  expect(left?.text).toMatch(both);
  expect(left?.text).toContain('(Priya Desai agreed)');
});

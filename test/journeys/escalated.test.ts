import { expect, test } from 'vitest';
import { passedOn } from './beginnings.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

/** What people read once a post has waited long and more people are asked. */

const told = (council: Council, person: string): readonly string[] =>
  toldIn(council, council.as(person).chat).filter((text) => text.includes('#1 ('));

/** The lead of Highways approves nothing by the protocol, so that only the escalation asks them. */
const leadApproves = 'approvers: [tom-ashcroft, priya-desai, gareth-molyneux]';
const leadDoesNot = 'approvers: [priya-desai, gareth-molyneux]';

test('who is asked as well reads that and why; who was asked from the start is reminded, with when it was due', async () => {
  await using council = await openCouncil({
    protocol: (sample) => sample.replace(leadApproves, leadDoesNot),
  });
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  const [tom, priya] = ['tom-ashcroft', 'priya-desai'] as const;
  await council.pass(61 * minute);
  const [reminded] = told(council, priya).slice(-1);
  expect(reminded).toMatch(/^#1 \(Highways\) still waits for you\. It is due by Tue 24 Nov at 11:4\dam\. /u);
  expect(told(council, tom)).toEqual([]);
  await council.pass(hour);
  const due =
    'It was due by Tue 24 Nov at 11:4\\dam, and waits until Fri 27 Nov at 9:4\\dam at the latest\\. Type "show 1" to see it\\.$';
  expect(told(council, tom)).toEqual([
    expect.stringMatching(
      new RegExp(`^#1 \\(Highways\\) has waited long, so you are asked as well\\. ${due}`, 'u'),
    ),
  ]);
  expect(council.as(tom).buttons(council.as(tom).card(1))).toContain('Approve: goes out now');
  expect(council.as('nadia-hartley').card(1).text).toContain(
    'It has waited long, so Tom Ashcroft has been asked as well.',
  );
  expect(told(council, priya)).toEqual([
    expect.any(String),
    expect.stringMatching(new RegExp(`^#1 \\(Highways\\) still waits for you\\. ${due}`, 'u')),
  ]);
});

test('where whoever it is escalated to was asked from the start, or nobody is here, its author does not read that more people were', async () => {
  await using council = await openCouncil();
  await passedOn(council, 'Liverpool Road is closed until Thursday.');
  const nadia = council.as('nadia-hartley');
  await council.pass(2 * hour + minute);
  expect(nadia.card(1).text).toContain('It has waited long, and there is nobody else to ask.');
  for (const person of ['priya-desai', 'tom-ashcroft', 'gareth-molyneux'] as const)
    await council.as(person).say('away until tomorrow 8am');
  expect(nadia.card(1).text).toContain(
    'Nobody of Highways approvers is here to decide. Communications knows.',
  );
  expect(nadia.card(1).text).not.toContain('It has waited long');
});

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { DeskRules } from '../../src/posts/post.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { readProposal } from '../../src/teams/typed/proposal.ts';

const parsed = parseProtocol(await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const rules: DeskRules = { ...parsed.protocol, away: {} };

/** What was read, in one line: the text, and what Crier was told or asks about in front of it. */
function read(typed: string, person: string): string {
  const said = readProposal(typed, person, rules);
  if ('unknownDepartment' in said) return `${said.text} | which ${said.unknownDepartment}`;
  const { text, department, urgency, accounts, isMore, asked } = said;
  const departments =
    asked === undefined || asked.is === 'stays' || asked.is === 'taken'
      ? ''
      : ` ${asked.departments.map(({ id }) => id).join('+')}`;
  return [
    text,
    ...(department === undefined ? [] : [`for ${department.id}`]),
    ...(urgency === 'normal' ? [] : [urgency]),
    ...(accounts === undefined ? [] : [`${isMore === true ? 'also ' : ''}on ${accounts.join('+')}`]),
    ...(asked === undefined ? [] : [`${asked.is} "${asked.words}"${departments}`.trim()]),
  ].join(' | ');
}

test.each([
  // told to Crier: no part of the text
  ['Highways: The road is shut', 'The road is shut | for highways'],
  ['highways urgent: The road is shut', 'The road is shut | for highways | urgent'],
  ['urgent highways: The road is shut', 'The road is shut | for highways | urgent'],
  ['urgent: for Highways: the road is shut', 'the road is shut | for highways | urgent'],
  ['for highways, urgent please: The road is shut', 'The road is shut | for highways | urgent'],
  ['emergency: The road is shut', 'The road is shut | emergency'],
  ['urgent The road is shut', 'The road is shut | urgent'],
  ['Urgent, the road is shut', 'the road is shut | urgent'],
  ['to highways: The road is shut', 'The road is shut | for highways'],
  ['for the highways department: The road is shut', 'The road is shut | for highways'],
  ['for highways please: The road is shut', 'The road is shut | for highways'],
  ['on facebook only: The road is shut', 'The road is shut | on facebook-main'],
  ['on X and Facebook: The road is shut', 'The road is shut | on x-main+facebook-main'],
  ['also on instagram: The road is shut', 'The road is shut | also on instagram-main'],
  ['for Highways on X: The road is shut', 'The road is shut | for highways | on x-main'],
  ['on Nextdoor Sefton: The road is shut', 'The road is shut | on nextdoor-sefton'],
  ['this post: The road is shut', 'The road is shut'],
  ['the following: The road is shut', 'The road is shut'],
  ['. The road is shut', 'The road is shut'],
  ['; The road is shut', 'The road is shut'],
  ['— The road is shut', 'The road is shut'],
  ['for Highways', ' | for highways'],
  ['for', ''],
  // told to Crier, and asked about
  [
    'housing and planning: A joint drop-in',
    'A joint drop-in | several "housing and planning:" housing+planning',
  ],
  ['for waste and highways: Test', 'Test | several "for waste and highways:" waste+highways'],
  ['bins, recycling: Collections move', 'Collections move | for waste | taken "bins, recycling:"'],
  ['Traffic: the road is shut', 'the road is shut | for highways | taken "Traffic:"'],
  // what may be either is text, and asked about
  ['Bins and Highways: test', 'Bins and Highways: test | front "Bins and Highways:" waste+highways'],
  ['Facebook: Follow us', 'Facebook: Follow us | front "Facebook:"'],
  ['On Facebook: follow us', 'On Facebook: follow us | front "On Facebook:"'],
  ['urgent care centre opens', 'urgent care centre opens | front "urgent"'],
  ['Emergency Planning is here', 'Emergency Planning is here | front "Emergency"'],
  ['for Highways The road is shut', 'for Highways The road is shut | stays "for Highways"'],
  ['Higways: The road is shut', 'Higways: The road is shut | stays "Higways:"'],
  [
    'For Bootle residents: The road is shut',
    'For Bootle residents: The road is shut | front "For Bootle residents:"',
  ],
  ['for the moon: The road is shut', 'The road is shut | which the moon'],
])('%j', (typed, expected) => {
  expect(read(typed, 'nadia-hartley')).toBe(expected);
});

test.each([
  'Bins and recycling: collections move to Tuesday',
  'For your safety: keep off the ice',
  'Reminder: the road is shut',
  'Update: the A59 is open',
  'Services: our offices are shut on Monday',
  'Emergency services are at the scene',
  'Urgent care centre opens in Bootle',
  'The road opens at 9:30 on Monday',
  'Monday to Friday: the road is shut',
  'See https://sefton.gov.uk/bins',
  'X marks the spot: come and dig',
  'Post office closures: what to know',
  'This week: free swimming',
  '- Bins\n- Boxes',
  'for 2 hours the road is closed',
])('%j is a text', (text) => {
  expect(read(text, 'nadia-hartley')).toBe(text);
});

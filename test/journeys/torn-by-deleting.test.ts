import { expect, test } from 'vitest';
import type { PublishOutcome } from '../../src/networks/network.ts';
import { letOutByDesk } from './beginnings.ts';
import { agreed, asked, published } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';

const thread = (road: string): string => `The bridge is shut.\n---\nUse ${road}.\n---\nWe are sorry.`;
const torn = ['1/3 The bridge is shut.', '2/3 Use the A565.'];

/** What the card says of them, and of no third one. */
const whatIsLeft = /On X, what is left there 1\/3 The bridge is shut\. 2\/3 Use the A565\. (?!3\/3)/u;

/** A thread of three posts whose correction deleted the last one on X, and what X answered about the next. */
async function deletedInPart(council: Council, answer: PublishOutcome): Promise<void> {
  const [ellen, joseph] = [council.as('ellen-rimmer'), council.as('joseph-adeyemi')];
  await letOutByDesk(council, thread('the A565'), { accounts: 'news,x-main' });
  await council.pass(minute);
  const [asking] = await ellen.say('correct 1');
  const typed = { text: thread('the A59'), what: 'The wrong road.', 'way:x-main': 'again' };
  await ellen.press('Ask for this correction', typed, asking);
  council.outside.pauseRemoval('x-main', () => {
    council.outside.answer('remove', 'x-main', answer);
    return Promise.resolve();
  });
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(torn);
}

test('of a thread only the last post could be deleted: the cards say what is left there, and that it was not corrected', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await deletedInPart(council, { outcome: 'refused', reason: 'no-permission' });
  const says =
    'could not be corrected: Crier may not do this on the account. Only the first two of three posts still stand there and say what they said. Ask for the correction again with "Put the rest right", ';
  const card = ellen.card(1);
  expect(card.text).toContain(`X, post 1 of 3**: It ${says}`);
  expect(card.text).toMatch(whatIsLeft);
  expect(card.text).toMatch(/X, post 3 of 3\*\*: Deleted at 9:4\dam to be posted again/u);
  const [why] = await ellen.say('why 1');
  expect(why?.text).toContain(`X ${says}`);
  expect(council.as('joseph-adeyemi').card(1).text).toContain(says);

  // The rest is put right by another one, by which nothing is left of the old words.
  const form = await ellen.press('Put the rest right', {}, card);
  await ellen.press('Ask for this correction', {}, form.card);
  const joseph = council.as('joseph-adeyemi');
  await joseph.press('Agree: correct it now', { confirm: 'true' }, joseph.card(1));
  await council.pass(minute);
  const right = ['1/3 The bridge is shut.', '2/3 Use the A59.', '3/3 We are sorry.'];
  expect(council.outside.standing('x-main')).toEqual(right);
  expect(ellen.card(1).text).not.toContain('could not be corrected');
});

test('of a thread only the last post is deleted yet: held or waiting, no card says that the right words stand there, and it can be left', async () => {
  for (const answer of [
    { outcome: 'retry', after: 2 * hour, reason: 'busy' },
    { outcome: 'refused', reason: 'account-blocked' },
  ] as const) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    await deletedInPart(council, answer);
    const waits = ellen.card(1).text;
    expect(waits).toMatch(whatIsLeft);
    if (answer.outcome === 'refused')
      expect(waits).toContain('Only the first two of three posts still stand there and say what they said.');
    await ellen.say('hold 1');
    await council.pass(minute);
    const held = priya.card(1);
    expect(held.text).toMatch(/Website\*\*: Corrected .*X, post 3 of 3\*\*: Deleted/u);
    expect(held.text).not.toContain('was deleted on X');
    await priya.press('Leave it as it is', { note: 'Enough.' }, held);
    await council.pass(minute);
    expect(held.text).toMatch(whatIsLeft);
    expect(council.outside.standing('x-main')).toEqual(torn);
    expect(ellen.card(1).text).toContain(
      'X, post 1 of 3**: It was left as it is: only the first two of three posts still stand there and say what they said.',
    );
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('a reply was deleted for another correction, and the post that it answered was not: the cards say so, and it can be replied again', async () => {
  for (const answer of [
    { outcome: 'refused', reason: 'no-permission' },
    { outcome: 'retry', after: 2 * hour, reason: 'busy' },
  ] as const) {
    await using council = await openCouncil();
    const [ellen, priya] = [council.as('ellen-rimmer'), council.as('priya-desai')];
    const open = { text: 'The bridge is open.', what: 'It is not.' };
    const lost =
      'the reply that corrected it was deleted, and the post that it answered still says what it said';
    await published(council, 'The bridge is shut.', 'x-main');
    await asked(council, open);
    await agreed(council);
    await asked(council, { text: 'The bridge is open to cars.', what: 'No lorries.', 'way:x-main': 'again' });
    council.outside.pauseRemoval('x-main', () => {
      council.outside.answer('remove', 'x-main', answer);
      return Promise.resolve();
    });
    await agreed(council);
    expect(council.outside.standing('x-main')).toEqual(['The bridge is shut.']);
    if (answer.outcome === 'retry') {
      await ellen.say('hold 1');
      expect(priya.card(1).text).toMatch(/X\*\*: Still there, .*X, correction\*\*: Taken down at/u);
      await priya.press('Leave it as it is', { note: 'Enough.' }, priya.card(1));
    }
    const { text } = ellen.card(1);
    expect(text).toContain(
      answer.outcome === 'retry'
        ? `X**: It was left as it is: ${lost}.`
        : `X**: It could not be corrected: Crier may not do this on the account. T${lost.slice(1)}. Ask for `,
    );
    await asked(council, open);
    await agreed(council);
    expect(council.outside.standing('x-main')).toEqual([
      'The bridge is shut.',
      'Correction: It is not.\n\nThe bridge is open.',
    ]);
    expect(ellen.card(1).text).not.toContain(lost.slice(1));
    expect((await council.audit()).findings).toEqual([]);
  }
});

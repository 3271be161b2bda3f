import { expect, test } from 'vitest';
import { sentByDesk } from './beginnings.ts';
import { asked } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { resumeAll, stopEverything } from './stops.ts';
import { toldIn } from './told.ts';

/** What was never public is approved by the route of its post, though a correction of the rest is agreed to by one person. */

const begins = Date.parse('2026-11-24T15:50:00Z');
const busy = { outcome: 'retry', after: hour, reason: 'busy' } as const;
const right = { text: 'Moor Lane is closed until further notice.', what: 'It goes on.' };
const onX = (council: Council): readonly string[] => council.outside.standing('x-main');

/** Two approvers of a service have to agree. */
const two = (sample: string): string => sample.replace(/(- id: service\n(?: {4}.*\n)*? {4}need: )1/u, '$12');

/** Out, but not on X, which was busy until a rule came to stop the rest. */
async function outInPart(council: Council, accounts = 'x-main,news'): Promise<void> {
  await sentAndApproved(council, accounts, hour);
  await council.pass(2 * hour);
  expect((await council.post(1)).status.is).toBe('held');
}

/** Approved by both; X is busy for so long. */
async function sentAndApproved(council: Council, accounts: string, after: number): Promise<void> {
  await sentByDesk(council, 'Moor Lane is closed until 4pm today.', { accounts });
  council.outside.next('x-main', { way: 'answer', outcome: { ...busy, after } });
  for (const person of ['priya-desai', 'tom-ashcroft'])
    for (const title of council
      .as(person)
      .buttons()
      .filter((each) => each.startsWith('Approve')))
      await council.as(person).press(title, { confirm: 'true' });
}

/** Somebody presses what begins so on the card in their own chat. */
async function presses(council: Council, person: string, begin: string, inputs = {}): Promise<string> {
  const somebody = council.as(person);
  const title = somebody.buttons(somebody.card(1)).find((each) => each.startsWith(begin)) ?? begin;
  const { text } = await somebody.press(title, { confirm: 'true', ...inputs }, somebody.card(1));
  await council.pass(minute);
  return text;
}

test('two approvers have to agree to a post: one who agrees to a correction puts right what is public, and the rest waits for two', async () => {
  await using first = await openCouncil({ at: begins, protocol: two });
  await outInPart(first);
  expect(first.as('ellen-rimmer').card(1).text).toContain('and the rest can go out with its words');
  await asked(first, right);
  await using council = await first.restart();
  const priya = council.as('priya-desai');
  expect(council.as('tom-ashcroft').card(1).text).toContain(
    'What has not gone out yet goes out with these words once it has been approved as well by two of 3 Highways approvers: "Leave it as it is" has it held again.',
  );
  await presses(council, 'tom-ashcroft', 'Agree');
  expect(await (await council.get('/news/1')).text()).toContain('until further notice');
  expect(onX(council)).toEqual([]);
  expect(council.as('ellen-rimmer').card(1).text).toMatch(
    /the rest is held by Crier .*It was corrected since\. The rest has the new words, and goes out once somebody approves it\. .*Waiting for two of Tom Ashcroft, Priya Desai and Gareth Molyneux/u,
  );
  const [list] = await priya.say('waiting');
  expect(list?.text).toContain('Held. Your approval lets it go on');
  await council.pass(hour);
  await council.pass(hour);
  expect(toldIn(council, priya.chat).at(-1)).toContain('The rest of #1 (Highways) is still held, and waits');
  await council.pass(hour);
  await presses(council, 'tom-ashcroft', 'Release');
  expect(onX(council)).toEqual([]);
  await presses(council, 'priya-desai', 'Release');
  expect(onX(council)).toEqual([right.text]);
  expect((await council.post(1)).status.is).toBe('published');
  expect((await council.audit()).findings).toEqual([]);
});

test('whoever agrees to a correction and does not approve for its service, or had written it, lets out nothing that was never public', async () => {
  await using council = await openCouncil({ at: begins });
  const tom = council.as('tom-ashcroft');
  await outInPart(council);
  const [form] = await tom.say('correct 1');
  await tom.press('Ask for this correction', right, form);
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'approved as well by one of 2 Highways approvers',
  );
  expect(council.as('priya-desai').card(1).text).toContain('goes out with these words: "Leave it as it is"');
  await presses(council, 'joseph-adeyemi', 'Agree');
  expect(await (await council.get('/news/1')).text()).toContain('until further notice');
  expect(onX(council)).toEqual([]);
  for (const person of ['tom-ashcroft', 'joseph-adeyemi'])
    expect(council.as(person).buttons(council.as(person).card(1))).not.toContain('Release: goes out now');
  await presses(council, 'priya-desai', 'Release');
  expect(onX(council)).toEqual([right.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('what is found in the right words, those decide on who are asked about that, for the rest as well', async () => {
  await using council = await openCouncil({ at: begins });
  await outInPart(council);
  await asked(council, { ...right, text: `${right.text} Zebediah Quartermaine is a crook.` });
  // Somebody who approves for the service, and after them the Monitoring Officer, would be all that it needs.
  expect(council.as('priya-desai').card(1).text).toContain('goes out with these words: "Leave it as it is"');
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'approved as well by one of 3 Highways approvers, then Martin Sedgwick (the Monitoring Officer): ',
  );
  await presses(council, 'joseph-adeyemi', 'Agree');
  await presses(council, 'martin-sedgwick', 'Agree');
  expect(await (await council.get('/news/1')).text()).toContain('crook');
  await presses(council, 'priya-desai', 'Release');
  expect(onX(council)).toEqual([]);
  await presses(council, 'martin-sedgwick', 'Release');
  expect(onX(council)).toEqual([expect.stringContaining('crook')]);
  expect((await council.audit()).findings).toEqual([]);
});

test('all whom the right words need have agreed to them: the rest goes out with the correction', async () => {
  await using council = await openCouncil({ at: begins });
  await outInPart(council);
  await asked(council, { ...right, text: `${right.text} Zebediah Quartermaine is a crook.` });
  await presses(council, 'priya-desai', 'Agree');
  expect(onX(council)).toEqual([]);
  expect(council.as('martin-sedgwick').card(1).text).toContain('goes out with these words: "Leave it');
  await presses(council, 'martin-sedgwick', 'Agree');
  expect(onX(council)).toEqual([expect.stringContaining('crook')]);
  expect((await council.audit()).findings).toEqual([]);
});

const endings: Readonly<Record<string, (council: Council) => Promise<unknown>>> = {
  'is refused': async (council) =>
    await presses(council, 'priya-desai', 'Do not publish the rest', { note: 'The website is enough.' }),
  'is taken down with what is public': async (council) =>
    await council.as('joseph-adeyemi').press('Take it down', {}, council.as('joseph-adeyemi').card(1)),
};

for (const [how, ends] of Object.entries(endings))
  test(`the rest ${how} while it waits for its approvers: what was corrected stands as it did, and nothing more goes out`, async () => {
    await using council = await openCouncil({ at: begins, protocol: two });
    await outInPart(council);
    await asked(council, right);
    await presses(council, 'tom-ashcroft', 'Agree');
    await ends(council);
    await council.pass(3 * hour);
    const { status, corrected, revision } = await council.post(1);
    expect(status.is).toBe(how === 'is refused' ? 'partly-published' : 'taken-down');
    expect([corrected.length, revision.text]).toEqual([1, right.text]);
    expect(onX(council)).toEqual([]);
    const page = await council.get('/news/1');
    if (how === 'is refused') expect(await page.text()).toContain('until further notice');
    else expect(page.status).toBe(410);
    expect((await council.audit()).findings).toEqual([]);
  });

const holds: Readonly<Record<string, (council: Council) => Promise<unknown>>> = {
  'everything is held': async (council) => await council.as('joseph-adeyemi').say('hold all'),
  'everything is stopped and resumed': async (council) => {
    await stopEverything(council, 'joseph-adeyemi');
    await council.pass(minute);
    await resumeAll(council, 'joseph-adeyemi');
  },
};

for (const [how, hold] of Object.entries(holds))
  test(`${how} while a correction is being made: whoever approves the rest lets both go on`, async () => {
    await using council = await openCouncil({ at: begins, protocol: two });
    await outInPart(council, 'x-main,facebook-main');
    await asked(council, right);
    council.outside.answer('edit', 'facebook-main', busy);
    await presses(council, 'tom-ashcroft', 'Agree');
    expect(council.as('ellen-rimmer').card(1).text).toContain(
      '**X**: Held. Once the correction is made everywhere, somebody is asked whether it goes out',
    );
    await hold(council);
    await council.pass(2 * hour);
    expect(council.outside.standing('facebook-main')).toEqual(['Moor Lane is closed until 4pm today.']);
    const { text } = council.as('priya-desai').card(1);
    expect(text).toContain('What has not gone out, and the correction on Facebook, wait until somebody');
    await presses(council, 'priya-desai', 'Release');
    expect(onX(council)).toEqual([]);
    await presses(council, 'tom-ashcroft', 'Release');
    for (const account of ['x-main', 'facebook-main'])
      expect(council.outside.standing(account)).toEqual([right.text]);
    expect((await council.audit()).findings).toEqual([]);
  });

test('what is public does not take a correction: the rest is approved in its words all the same', async () => {
  await using council = await openCouncil({ at: begins, protocol: two });
  await outInPart(council, 'x-main,facebook-main');
  await asked(council, right);
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'not-allowed' });
  await presses(council, 'tom-ashcroft', 'Agree');
  const { text } = council.as('priya-desai').card(1);
  expect(text).toContain('On X, where it is not published Moor Lane is closed until further notice.');
  await presses(council, 'priya-desai', 'Release');
  await presses(council, 'tom-ashcroft', 'Release');
  expect(onX(council)).toEqual([right.text]);
  expect(council.outside.standing('facebook-main')).toEqual(['Moor Lane is closed until 4pm today.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('what was on its way as its post was held, and is known not to have arrived once a correction was agreed to, waits for its approvers as the rest does', async () => {
  await using council = await openCouncil({ at: begins, protocol: two });
  council.outside.next('facebook-main', {
    way: 'answer',
    outcome: { outcome: 'retry', after: 8 * minute, reason: 'upload-goes-on' },
  });
  council.outside.next('facebook-main', { way: 'nothing' });
  await sentAndApproved(council, 'x-main,facebook-main,news', 8 * minute + 25_000);
  const four = Date.parse('2026-11-24T16:00:00Z');
  await council.until(four - 10_000);
  await council.until(four + 15_000);
  expect((await council.post(1)).status).toMatchObject({
    is: 'held',
    out: { 'facebook-main.0': { is: 'unknown' } },
  });
  await asked(council, right);
  await presses(council, 'tom-ashcroft', 'Agree');
  await council.pass(hour);
  expect(await (await council.get('/news/1')).text()).toContain('until further notice');
  expect([onX(council), council.outside.standing('facebook-main')]).toEqual([[], []]);
  await presses(council, 'tom-ashcroft', 'Release');
  await presses(council, 'priya-desai', 'Release');
  expect([onX(council), council.outside.standing('facebook-main')]).toEqual([[right.text], [right.text]]);
  expect((await council.audit()).findings).toEqual([]);
});

test('X was busy and is corrected before it took the post: where two have to approve such posts, its first words wait for two', async () => {
  await using council = await openCouncil({ at: begins, protocol: two });
  await sentAndApproved(council, 'x-main,news', hour);
  await council.pass(minute);
  expect((await council.post(1)).status.is).toBe('publishing');
  await asked(council, right);
  expect(council.as('tom-ashcroft').card(1).text).toContain(
    'goes out with these words once it has been approved as well by two of 3 Highways approvers: "Leave it as it is" lets it go out at once, with the words as they are.',
  );
  await presses(council, 'tom-ashcroft', 'Agree');
  expect(await (await council.get('/news/1')).text()).toContain('until further notice');
  await council.pass(2 * hour);
  expect(onX(council)).toEqual([]);
  expect((await council.post(1)).status.is).toBe('held');
  expect(council.as('ellen-rimmer').card(1).text).toMatch(
    /the rest is held by Crier .*the correction gives it new words where it is not out yet\. The rest goes out once they have been approved\./u,
  );
  await presses(council, 'tom-ashcroft', 'Release');
  expect(onX(council)).toEqual([]);
  await presses(council, 'priya-desai', 'Release');
  expect(onX(council)).toEqual([right.text]);
  expect(council.as('ellen-rimmer').card(1).text).toContain('since a correction gave it new words.');
  expect((await council.audit()).findings).toEqual([]);
});

test('the same where one approves such posts: whoever agrees to the correction is as many, and X gets the right words', async () => {
  await using council = await openCouncil({ at: begins });
  await sentByDesk(council, 'Moor Lane is closed until 4pm today.', { accounts: 'x-main,news' });
  council.outside.next('x-main', { way: 'answer', outcome: busy });
  await presses(council, 'priya-desai', 'Approve');
  await asked(council, right);
  await presses(council, 'joseph-adeyemi', 'Agree');
  await council.pass(2 * hour);
  expect(onX(council)).toEqual([right.text]);
});

test('X refused the post, which is corrected elsewhere: tried again, its first words wait for both who approve such posts', async () => {
  await using council = await openCouncil({ at: begins, protocol: two });
  await sentByDesk(council, 'Moor Lane is closed until 4pm today.', { accounts: 'x-main,news' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'no-permission' },
  });
  for (const person of ['priya-desai', 'tom-ashcroft']) await presses(council, person, 'Approve');
  await asked(council, right);
  await presses(council, 'tom-ashcroft', 'Agree');
  expect(await presses(council, 'tom-ashcroft', 'Try again')).toContain(
    'the correction gives it new words where it is not out yet',
  );
  await council.pass(2 * hour);
  expect([onX(council), (await council.post(1)).status.is]).toEqual([[], 'held']);
  for (const person of ['tom-ashcroft', 'priya-desai']) await presses(council, person, 'Release');
  expect(onX(council)).toEqual([right.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('the clock is set back between asking and agreeing: the first words wait for their approvers all the same, and are asked about', async () => {
  await using council = await openCouncil({ at: begins, protocol: two });
  await sentAndApproved(council, 'x-main,news', hour);
  await council.pass(minute);
  await asked(council, right);
  await council.sleeps(-20_000);
  await presses(council, 'tom-ashcroft', 'Agree');
  expect((await council.post(1)).status.is).toBe('held');
  for (const person of ['tom-ashcroft', 'priya-desai']) await presses(council, person, 'Release');
  await council.pass(2 * hour);
  expect(onX(council)).toEqual([right.text]);
});

test('what X refused and was left so is no rest: a correction elsewhere holds nothing', async () => {
  await using council = await openCouncil({ at: begins, protocol: two });
  await sentByDesk(council, 'Moor Lane is closed until 4pm today.', { accounts: 'x-main,news' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'no-permission' },
  });
  for (const person of ['priya-desai', 'tom-ashcroft']) await presses(council, person, 'Approve');
  await presses(council, 'ellen-rimmer', 'Leave it as it is');
  await asked(council, right);
  await presses(council, 'tom-ashcroft', 'Agree');
  expect(await (await council.get('/news/1')).text()).toContain('until further notice');
  expect((await council.post(1)).past?.filter(({ did }) => did === 'held') ?? []).toEqual([]);
});

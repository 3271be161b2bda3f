import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { buttonsIn, choicesIn, inputsIn } from './card.ts';
import { openCouncil, minute, type Council } from './council.ts';
import { agreed, asked } from './corrections.ts';

const fourOClock = 'Liverpool Road is closed until 4pm tomorrow.';
const sixOClock = 'Liverpool Road is closed until 6pm tomorrow.';
const what = 'We said that the road opens at 4pm. It opens at 6pm.';
const does = 'Does it end on Wed 25 Nov at 6pm now?';
const question = `The text names another end than the post. ${does}`;
const asksInForm = `Its words name another end than the post. ${does}`;
const apart = 'The text says that it ends on Wed 25 Nov at 6pm, and the post ends on Wed 25 Nov at 4pm.';

/** The news page of the first post, as people read it. */
async function page(council: Council): Promise<string> {
  return (await (await council.get('/news/1')).text()).replace(/<[^>]+>/gu, ' ').replace(/\s+/gu, ' ');
}

/** The first post, public with its end at 4pm tomorrow as a press has set it. */
async function publicUntilFour(council: Council): Promise<void> {
  const nadia = council.as('nadia-hartley');
  await nadia.say(`propose ${fourOClock}`);
  await nadia.press('Yes, it ends on Wed 25 Nov at 4pm');
  await nadia.press('Send to Communications');
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
}

test('a correction that names another end asks whether the post ends then, and the page says the new end', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await publicUntilFour(council);
  const form = await asked(council, { text: sixOClock, what });
  expect(form.text).toContain(asksInForm);
  expect(form.text).toContain('✖ Nothing was asked for yet');
  expect(inputsIn(form.card ?? {})['named-end']).toBe('');
  const choices = choicesIn(form.card ?? {}, 'named-end');
  expect(Object.keys(choices)).toEqual(['Yes, it ends on Wed 25 Nov at 6pm', 'No, it does not end then']);
  const yes = choices['Yes, it ends on Wed 25 Nov at 6pm'] ?? '';
  expect((await council.post(1)).correction).toBeUndefined();

  // It is asked once: also where something else is wrong with the form.
  const still = await ellen.press('Ask for this correction', { 'named-end': yes, what: ' ' }, form);
  expect(still.text).toContain('Say what was wrong');
  expect(inputsIn(still.card ?? {})['named-end']).toBe(yes);
  const done = await ellen.press('Ask for this correction', { what }, still);
  expect(done.text).not.toContain('✖');
  const agreeing = council.as('joseph-adeyemi').card(1).text;
  expect(agreeing).toContain('It ends on Wed 25 Nov at 6pm. Before, that was at 4pm.');
  expect(agreeing).not.toContain('The text says that it ends');
  await agreed(council);
  expect(await page(council)).toContain('Ends 6pm');
  await council.until(Date.UTC(2026, 10, 25, 16, 30));
  expect(await page(council)).not.toContain('This ended');
  expect(await (await council.get('/embed')).text()).toContain('Liverpool Road');
  await council.until(Date.UTC(2026, 10, 25, 18, 1));
  expect(await page(council)).toContain('This ended at 6pm today');
  expect((await council.audit()).findings).toEqual([]);
});

test('an answer about the end beside another end that was typed is asked once more, and neither of them is lost', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await publicUntilFour(council);
  const form = await asked(council, { text: sixOClock, what });
  const choices = choicesIn(form.card ?? {}, 'named-end');
  const yes = choices['Yes, it ends on Wed 25 Nov at 6pm'] ?? '';
  const no = choices['No, it does not end then'] ?? '';
  const ask = 'Ask for this correction';
  const both = await ellen.press(ask, { 'named-end': yes, until: 'tomorrow 8pm' }, form);
  expect(both.text).toContain(
    '✖ Nothing was asked for yet: you chose that it ends on Wed 25 Nov at 6pm, and typed that it ends on Wed 25 Nov at 8pm. Choose here once more: "Yes" for the one, "No" for what you typed.',
  );
  expect(inputsIn(both.card ?? {})).toMatchObject({
    'named-end': '',
    until: 'tomorrow 8pm',
    text: sixOClock,
  });
  const none = await ellen.press(ask, { 'named-end': yes, until: '' }, form);
  expect(none.text).toContain('and took its end out. Choose');
  const same = await ellen.press(ask, { 'named-end': no, until: 'tomorrow 6pm' }, form);
  expect(same.text).toContain(
    'does not end on Wed 25 Nov at 6pm, and typed that very end. Choose "Yes" here',
  );
  const still = await ellen.press(ask, { 'named-end': no }, same.card);
  expect(still.text).toContain('and typed that very end.');
  const unread = await ellen.press(ask, { 'named-end': yes, until: 'whenever' }, form);
  expect(unread.text).toContain('✖');
  expect((await council.post(1)).correction).toBeUndefined();

  // What is typed counts with the one answer, what the text says with the other.
  const joseph = council.as('joseph-adeyemi');
  for (const [answer, end] of [
    [no, '8pm'],
    [yes, '6pm'],
  ] as const) {
    const sent = await ellen.press(ask, { 'named-end': answer }, both.card);
    expect(sent.text).not.toContain('✖');
    expect(joseph.card(1).text).toContain(`It ends on Wed 25 Nov at ${end}. Before, that was at 4pm.`);
    await joseph.press('Leave it as it is', { note: 'It is right.' }, joseph.card(1));
  }
});

test('whoever says that a post does not end when its corrected text says is not asked again, and whoever agrees reads it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await publicUntilFour(council);
  const form = await asked(council, { text: sixOClock, what });
  const no = choicesIn(form.card ?? {}, 'named-end')['No, it does not end then'] ?? '';
  // The answer is for that end alone.
  const seven = sixOClock.replace('6pm', '7pm');
  const other = await ellen.press('Ask for this correction', { text: seven, 'named-end': no }, form);
  expect(other.text).toContain('Does it end on Wed 25 Nov at 7pm now?');
  const back = await ellen.press('Ask for this correction', { text: sixOClock, 'named-end': '' }, other);
  expect(back.text).toContain(asksInForm);
  await ellen.press('Ask for this correction', { 'named-end': no }, back);
  expect(council.as('joseph-adeyemi').card(1).text).toContain(apart);
  await agreed(council);
  expect(await page(council)).toContain('Ends 4pm');
  // Apart as somebody has wanted it, another correction asks nothing.
  const typo = await asked(council, { text: sixOClock.replace('closed', 'shut'), what: 'It is shut.' });
  expect(typo.text).not.toContain('✖');
  expect(council.as('joseph-adeyemi').card(1).text).not.toContain('The text says that it ends');
});

test('a corrected text in which the end is not found any more: whoever asked and whoever agrees read that the post ends all the same', async () => {
  await using council = await openCouncil();
  await publicUntilFour(council);
  const said = 'The post still ends on Wed 25 Nov at 4pm, which is not found in its text any more.';
  const done = await asked(council, {
    text: 'Liverpool Road is closed. Use the A565.',
    what: 'It opens later.',
  });
  expect(done.text).toContain(said);
  expect(council.as('joseph-adeyemi').card(1).text).toContain(said);
});

test('a draft whose words come to name another end asks whether it ends then; sent as it is, whoever decides reads it', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say(`propose ${fourOClock}`);
  const ending = await nadia.press('Yes, it ends on Wed 25 Nov at 4pm');
  expect(ending.text).not.toContain('The text names');
  const form = await nadia.press('Edit');
  const saved = await nadia.press('Save', { text: sixOClock }, form);
  expect(saved.text).toContain('Ends on Wed 25 Nov at 4pm');
  expect(saved.text).toContain(question);
  await nadia.press('Send to Communications', {}, saved);
  expect(council.as('ellen-rimmer').card(1).text).toContain(
    'The text says that it ends on Wed 25 Nov at 6pm',
  );
  expect(nadia.card(1).text).not.toContain(question);

  await nadia.say(`propose ${fourOClock}`);
  await nadia.press('Yes, it ends on Wed 25 Nov at 4pm', {}, nadia.card(2));
  const second = await nadia.press('Edit', {}, nadia.card(2));
  const changed = await nadia.press('Save', { text: sixOClock }, second);
  const six = await nadia.press('Yes, it ends on Wed 25 Nov at 6pm', {}, changed);
  expect(six.text).toContain('Ends on Wed 25 Nov at 6pm');
  expect(buttonsIn(six.card ?? {}).map(({ title }) => title)).not.toContain(
    'Yes, it ends on Wed 25 Nov at 6pm',
  );
  const third = await nadia.press('Edit', {}, six);
  const bare = await nadia.press('Save', { text: 'Liverpool Road is closed. Use the A565.' }, third);
  expect(bare.text).toContain(
    'The post still ends on Wed 25 Nov at 6pm, which is not found in its text any more.',
  );
});

test('where the desk takes the end out of the words, whoever wrote them and whoever decides read that the post still ends', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say(`propose ${fourOClock}`);
  await nadia.press('Yes, it ends on Wed 25 Nov at 4pm');
  await nadia.press('Send to Communications');
  const form = await ellen.press('Edit');
  await ellen.press('Save and pass on', { text: 'Liverpool Road is closed. Use the A565.' }, form);
  const said = 'The post still ends on Wed 25 Nov at 4pm, which is not found in its text any more.';
  for (const each of [nadia, council.as('priya-desai')]) expect(each.card(1).text).toContain(said);
});

test('where no page says when a post ends, a correction that names another end asks it all the same', async () => {
  await using council = await openCouncil();
  await letOutByDesk(council, fourOClock, { accounts: 'x-main', until: '25 Nov 2026 4pm' });
  await council.pass(minute);
  const form = await asked(council, { text: sixOClock, what });
  expect(form.text).toContain(asksInForm);
  expect(form.text).not.toContain('frame on our website');
  const yes = choicesIn(form.card ?? {}, 'named-end')['Yes, it ends on Wed 25 Nov at 6pm'] ?? '';
  await council.as('ellen-rimmer').press('Ask for this correction', { 'named-end': yes }, form);
  await agreed(council);
  expect((await council.post(1)).revision.until?.wall).toBe('2026-11-25T18:00');
});

test('an end that only an account\u2019s own text names is asked about once, and so is one in the heading of a correction', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose Liverpool Road is closed. Use the A565.');
  const form = await nadia.press('Edit', {}, nadia.card(1));
  const draft = await nadia.press('Save', { 'variant:x-main': fourOClock }, form.card);
  expect(draft.text).toContain('The text on X names an end. Does the post end then?');
  const ending = await nadia.press('Yes, it ends on Wed 25 Nov at 4pm', {}, draft.card);
  expect(ending.text).toContain('Ends on Wed 25 Nov at 4pm');
  expect(ending.text).not.toContain('names an');
  // The words for all come to name another one: it is asked of them, and no more once that is answered.
  const second = await nadia.press('Edit', {}, ending.card);
  const changed = await nadia.press('Save', { text: sixOClock }, second.card);
  expect(changed.text).toContain(question);
  const six = await nadia.press('Yes, it ends on Wed 25 Nov at 6pm', {}, changed.card);
  expect(six.text).not.toContain('names an');

  await nadia.press('Send to Communications', {}, six.card);
  await council.as('ellen-rimmer').press('Pass on to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const seven = { headline: 'Closed until 7pm tomorrow', what: 'It opens at 7pm.' };
  const correcting = await asked(council, seven);
  expect(correcting.text).toContain('the heading says that it ends on Wed 25 Nov at 7pm');
  const no = choicesIn(correcting.card ?? {}, 'named-end')['No, it does not end then'] ?? '';
  await council.as('ellen-rimmer').press('Ask for this correction', { 'named-end': no }, correcting.card);
  expect(council.as('joseph-adeyemi').card(1).text).toContain(
    'The heading says that it ends on Wed 25 Nov at 7pm, and the post ends on Wed 25 Nov at 6pm.',
  );
  expect((await council.audit()).findings).toEqual([]);
});

test('words that say that it ends are read as its end: the draft asks, and so does a correction that names another', async () => {
  await using council = await openCouncil();
  const [nadia, ellen] = [council.as('nadia-hartley'), council.as('ellen-rimmer')];
  await nadia.say('propose Gritting on Moor Lane. It ends at 4pm tomorrow.');
  await nadia.press('Yes, it ends on Wed 25 Nov at 4pm');
  await nadia.press('Send to Communications');
  await ellen.press('Pass on to Highways approvers');
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
  await council.pass(minute);
  const form = await asked(council, { text: 'Gritting on Moor Lane. It ends at 6pm tomorrow.', what });
  expect(form.text).toContain(asksInForm);

  await ellen.say(
    'propose for Leisure: Crosby Library is open from 9am until 3pm tomorrow. It closes at 3pm.',
  );
  expect(ellen.card(2).text).not.toContain('names an end');
});

test('what the end of a post does is said of where it goes: only a page says it, and leaves the frame', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${fourOClock}`);
  expect(ellen.card(1).text).toContain(
    'The text names an end. Does the post end then? Its page then says so, and it leaves the frame on our website.',
  );
  const form = await ellen.press('Edit', {}, ellen.card(1));
  await ellen.press('Save', { accounts: 'x-main' }, form);
  expect(ellen.card(1).text).toContain(
    'The text names an end. Does the post end then? What is not out by then does not go out any more.',
  );
});

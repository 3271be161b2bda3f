import { expect, test } from 'vitest';
import { agreed, asked, published } from './corrections.ts';
import { minute, openCouncil, type Council } from './council.ts';

/** A correction that no account took: whoever puts it right there by hand reads the words that were agreed to. */

const wrong = 'Liverpool Road is closed.';
const right = 'Moor Lane is closed.';

/** Published on one account alone, which refuses the correction that was agreed to. */
async function refused(council: Council): Promise<void> {
  await published(council, wrong, 'facebook-main');
  await asked(council, { text: right, what: 'It is Moor Lane.' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'not-permitted' });
  await agreed(council);
}

test('where the only account refuses a correction, the card has the right words to be put there by hand', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  expect(council.outside.standing('facebook-main')).toEqual([wrong]);
  const card = ellen.card(1).text;
  expect(card).toContain('put it right there yourself');
  expect(card).toContain(`The corrected text: "${right}"`);
  expect(card).not.toContain(`The corrected text: "${wrong}"`);

  // The form has them as well, so that they can be asked for once more.
  const [form] = await ellen.say('correct 1');
  await ellen.press('Ask for this correction', { what: 'It is Moor Lane.' }, form);
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.standing('facebook-main')).toEqual([right]);
  expect((await council.post(1)).notMade).toBeUndefined();
  expect(ellen.card(1).text).not.toContain('The corrected text');
});

test('once somebody leaves it as it is, the card offers no words to be put there', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  await ellen.press('Leave it as it is', {}, ellen.card(1));
  expect(ellen.card(1).text).toContain(wrong);
  expect(ellen.card(1).text).not.toContain('The corrected text');
});

const whyOf = async (council: Council): Promise<string> =>
  (await council.as('ellen-rimmer').say('why 1')).at(-1)?.text ?? '';

const walked =
  /Ellen Rimmer asked on Tue 24 Nov at 9:4\dam for a correction: It is Moor Lane\. Joseph Adeyemi agreed at 9:4\dam\. /u;

test('who asked for a correction that was made nowhere, what was wrong, who agreed, and what the account answered, stays in the record', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  const isTold = async (): Promise<void> => {
    const [shown] = await ellen.say('show 1');
    for (const text of [shown?.text, await whyOf(council)]) {
      expect(text).toMatch(walked);
      expect(text).toContain('On Facebook it could not be made.');
    }
  };
  await isTold();
  await ellen.press('Leave it as it is', {}, (await ellen.say('show 1')).at(-1));
  await isTold();
  // Whoever may not read the post reads no more of it than that.
  const [outside] = await council.as('bethan-prys').say('show 1');
  expect(outside?.text).not.toContain('It is Moor Lane');

  // Another one that is made, and one that is refused again, leave it there.
  await asked(council, { text: 'Third Street is closed.', what: 'It is Third Street.' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'rehearses' });
  await agreed(council);
  await isTold();
  expect(await whyOf(council)).toContain('for a correction: It is Third Street.');
  expect(await whyOf(council)).toContain(
    'On Facebook it could not be made: it stands on the real account, and the account rehearses now.',
  );
  await asked(council, { text: right, what: 'It is still Moor Lane.' });
  await agreed(council);
  await isTold();
  expect(await whyOf(council)).toContain('Corrected on Tue 24 Nov at 9:');
  expect((await council.audit()).findings).toEqual([]);
});

test('the rest of a correction that is refused once more is told beside what was made of it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, wrong, 'news,facebook-main');
  for (const what of ['It is Moor Lane.', 'It still is.']) {
    await asked(council, { text: right, what });
    council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'not-permitted' });
    await agreed(council);
  }
  const [shown] = await ellen.say('show 1');
  for (const text of [shown?.text, await whyOf(council)]) {
    expect(text).toContain('Corrected on Tue 24 Nov at 9:44am');
    expect(text).toContain('for a correction: It still is. Joseph Adeyemi agreed at');
    expect(text).toContain('On Facebook it could not be made.');
  }
});

test('one that was put off, and then given up as the post was taken down, is told with that', async () => {
  await using council = await openCouncil();
  await published(council, wrong, 'facebook-main');
  await asked(council, { text: right, what: 'It is Moor Lane.' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: 60 * minute, reason: 'busy' });
  await agreed(council);
  await council.as('ellen-rimmer').say('remove 1');
  await council.pass(minute);
  expect(await whyOf(council)).toMatch(walked);
  expect(await whyOf(council)).toContain('On Facebook it was not made, since it was not wanted any more.');
  expect((await council.audit()).findings).toEqual([]);
});

test('what was deleted to be posted again, and refused, is told once other words are asked for as well', async () => {
  await using council = await openCouncil();
  await published(council, wrong, 'x-main');
  await asked(council, { text: right, what: 'It is Moor Lane.', 'way:x-main': 'again' });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'against-policy' },
  });
  await agreed(council);
  await asked(council, { text: 'Moor Lane is shut.', what: 'It is Moor Lane.' });
  await agreed(council);
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toEqual(['Moor Lane is shut.']);
  expect(await whyOf(council)).toMatch(walked);
  expect(await whyOf(council)).toContain(
    'On X it could not be made: the network says that it breaks its rules.',
  );
});

test('whoever puts it right there by hand says so on the card, which then says what is right and who did it', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  const card = ellen.card(1);
  expect(card.text).toContain('Facebook: once you have put it right there yourself, say so here.');
  const said = await ellen.press('I have put it right there', {}, card);
  for (const text of [said.text, await whyOf(council)]) {
    expect(text).toContain('Ellen Rimmer changed it on Facebook');
    expect(text).not.toContain('still says what it said');
    expect(text).not.toContain('say so here');
    expect(text).toMatch(walked);
  }
  expect(said.text).toContain(right);
  expect(said.text).not.toContain('Leave it as it is');
  expect(await whyOf(council)).toContain(`it said: ${wrong}`);
  const { revision, notMade, notCorrected } = await council.post(1);
  expect([revision.text, notMade, notCorrected]).toEqual([right, undefined, undefined]);
  expect((await ellen.say('posts')).at(-1)?.text).toContain(right);
  // The form of another correction begins with what stands there.
  expect(await council.post(1)).toMatchObject({ revision: { variants: {} } });
  await asked(council, { text: 'Moor Lane is shut.', what: 'Not closed.' });
  await agreed(council);
  expect(council.outside.standing('facebook-main')).toEqual(['Moor Lane is shut.']);
  expect((await council.audit()).findings).toEqual([]);
});

test('said of one account alone, the other still says what it said', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, wrong, 'facebook-main,x-main');
  await asked(council, { text: right, what: 'It is Moor Lane.', 'way:x-main': 'again' });
  const no = { outcome: 'refused', reason: 'not-permitted' } as const;
  council.outside.answer('edit', 'facebook-main', no);
  council.outside.answer('remove', 'x-main', no);
  await agreed(council);
  await council.pass(minute);
  await ellen.press('I have put it right there', {}, ellen.card(1));
  const { notCorrected, revision } = await council.post(1);
  expect(notCorrected).toHaveLength(1);
  expect([revision.text, revision.variants]).toEqual([right, { 'x-main': wrong }]);
  const [shown] = await ellen.say('show 1');
  expect(shown?.text).toMatch(/X\*\*: It could not be corrected/u);
  expect(shown?.text).not.toMatch(/Facebook\*\*: It could not be corrected/u);
  expect((await council.audit()).findings).toEqual([]);
});

test('what was made elsewhere and is put right by hand where it was not is right everywhere, also while the rest is open', async () => {
  for (const reply of ['made', 'refused']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await published(council, wrong, 'news,facebook-main,x-main');
    await asked(council, { text: right, what: 'It is Moor Lane.', 'way:x-main': 'reply' });
    const no = { outcome: 'refused', reason: 'not-permitted' } as const;
    council.outside.answer('edit', 'facebook-main', no);
    if (reply === 'refused') council.outside.next('x-main', { way: 'answer', outcome: no });
    await agreed(council);
    await council.pass(minute);
    await ellen.press('I have put it right there', {}, ellen.card(1));
    const [shown] = await ellen.say('show 1');
    expect(shown?.text).toContain('Ellen Rimmer changed it on Facebook');
    expect(shown?.text).not.toMatch(/Facebook\*\*: It could not be corrected/u);
    expect((await council.post(1)).revision.variants['facebook-main']).toBeUndefined();
    if (reply === 'refused') await ellen.press('Try again', {}, shown);
    await council.quiet();
    expect((await council.post(1)).corrected).toHaveLength(1);
    expect((await council.audit()).findings).toEqual([]);
  }
});

test('a card from before another correction was made nowhere says nothing of that one', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  const card = ellen.card(1);
  await asked(council, { text: 'Third Street is closed.', what: 'It is Third Street.' });
  council.outside.answer('edit', 'facebook-main', { outcome: 'refused', reason: 'not-permitted' });
  await agreed(council);
  await ellen.press('I have put it right there', {}, card);
  expect((await council.post(1)).notCorrected).toEqual(['facebook-main.0']);
});

/** Published on X and Facebook, of which one refuses the reply and the other the change. */
async function refusedOnBoth(council: Council): Promise<void> {
  await published(council, wrong, 'x-main,facebook-main');
  await asked(council, { text: right, what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  const no = { outcome: 'refused', reason: 'against-policy' } as const;
  council.outside.answer('edit', 'facebook-main', no);
  council.outside.next('x-main', { way: 'answer', outcome: no });
  await agreed(council);
  await council.pass(minute);
}

const refusedOn = (name: string): string =>
  `On ${name} it could not be made: the network says that it breaks its rules.`;

test('what was refused is told as that in the record at once, and once somebody leaves it, and after it was taken down', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refusedOnBoth(council);
  expect(ellen.card(1).text).toContain('its correction did not go out **');
  expect(await whyOf(council)).toContain('It did not go out. ');
  expect(await whyOf(council)).toContain(refusedOn('X'));
  await ellen.press('Leave it as it is', {}, (await ellen.say('show 1')).at(-1));
  expect(await whyOf(council)).toContain(refusedOn('X'));
  await ellen.say('remove 1');
  await council.pass(minute);
  const [shown] = await ellen.say('show 1');
  for (const text of [shown?.text, await whyOf(council)]) {
    expect(text).toContain('Ellen Rimmer took it down');
    expect(text).toContain(refusedOn('X'));
    expect(text).not.toContain('On X it was not made');
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('taken down at once, each account that refused it is told with its reason', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refusedOnBoth(council);
  await ellen.press('Take it down', {}, ellen.card(1));
  await council.pass(minute);
  for (const text of [ellen.card(1).text, await whyOf(council)]) {
    expect(text).toContain(`${refusedOn('X')} ${refusedOn('Facebook')}`);
    expect(text).not.toContain('was not wanted any more');
  }
  expect((await council.audit()).findings).toEqual([]);
});

test('where somebody said that what nobody can tell is not to be posted, the record says so once another is asked for', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, wrong, 'x-main,bluesky-main');
  await asked(council, {
    text: right,
    what: 'It is Moor Lane.',
    'way:x-main': 'again',
    'way:bluesky-main': 'again',
  });
  council.outside.next('x-main', {
    way: 'answer',
    outcome: { outcome: 'refused', reason: 'against-policy' },
  });
  council.outside.blind('bluesky-main');
  council.outside.next('bluesky-main', { way: 'lost' });
  await agreed(council);
  for (let passed = 0; passed < 25; passed += 1) await council.pass(minute);
  await ellen.press('No, do not post', {}, ellen.card(1));
  await council.pass(minute);
  await asked(council, { text: 'Moor Lane is shut.', what: 'Shut.' });
  expect(await whyOf(council)).toContain(
    `${refusedOn('X')} On Bluesky it was not made, since it was not wanted any more.`,
  );
});

test('what a correction was to say that was made nowhere stays in the record, for those alone who may read the post', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await refused(council);
  await ellen.press('Leave it as it is', {}, ellen.card(1));
  const words =
    /The correction asked for on Tue 24 Nov at 9:4\dam, which was made nowhere, was to say: Moor Lane is closed\./u;
  expect(await whyOf(council)).toMatch(words);
  const [outside] = await council.as('bethan-prys').say('why 1');
  expect(outside?.text).not.toContain('Moor Lane');
  await ellen.say('remove 1');
  await council.pass(minute);
  expect(await whyOf(council)).toMatch(words);
  expect((await council.audit()).findings).toEqual([]);
});

import { expect, test } from 'vitest';
import { letOutByDesk } from './beginnings.ts';
import { agreed, asked, published } from './corrections.ts';
import { day, minute, openCouncil, type Council, type Somebody } from './council.ts';

const policy = { way: 'answer', outcome: { outcome: 'refused', reason: 'against-policy' } } as const;

async function approved(council: Council, accounts: string): Promise<void> {
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', { accounts });
  await council.quiet();
}

/** Whether a card offers a button of that title, or one that begins so. */
const offers = (somebody: Somebody, title: string): boolean =>
  somebody.buttons(somebody.card(1)).some((each) => each.startsWith(title));

test('refused where others took it: the advice is to correct it and try again, and that works', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', policy);
  await approved(council, 'x-main,facebook-main');
  const advice =
    '**X**: Not published: the network says that it breaks its rules. Press "Correct" and change the words. Once that is agreed, press "Try again".';
  expect(ellen.card(1).text).toContain(advice);
  expect(offers(ellen, 'Edit')).toBe(false);
  const [form] = await ellen.say('correct 1');
  const right = { text: 'Liverpool Road is shut until Thursday.', what: 'The words were not good.' };
  await ellen.press('Ask for this correction', right, form);
  expect(ellen.card(1).text).toContain('It can be tried again once the correction has been decided');
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.quiet();
  await ellen.press('Try again', {}, ellen.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([right.text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('refused by every account: it is edited, and sent for approval again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', policy);
  await approved(council, 'x-main');
  expect((await council.post(1)).status.is).toBe('failed');
  expect(ellen.card(1).text).toContain('Change the words or the picture, then send it for approval again.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  expect(form.text).toContain('It becomes a draft again, and is approved afresh');
  const text = 'Liverpool Road is shut until Thursday.';
  const saved = await ellen.press('Save as a draft', { text }, form.card);
  await ellen.press('Send to Highways approvers', {}, saved.card);
  const priya = council.as('priya-desai');
  await priya.press('Approve: goes out now', { confirm: 'true' }, priya.card(1));
  await council.quiet();
  expect(council.outside.standing('x-main')).toEqual([text]);
  expect((await council.audit()).findings).toEqual([]);
});

test('refused while another account still waits: nobody is told to press what is not there', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  council.outside.next('x-main', policy);
  const busy = { outcome: 'retry', after: day, reason: 'busy' } as const;
  council.outside.next('facebook-main', { way: 'answer', outcome: busy });
  await approved(council, 'x-main,facebook-main');
  expect((await council.post(1)).status.is).toBe('publishing');
  expect(ellen.card(1).text).toContain('Once the rest of it is settled, this card offers to change it.');
  expect([offers(ellen, 'Edit'), offers(ellen, 'Correct')]).toEqual([false, false]);
  const told = council.shown(council.as('joseph-adeyemi').chat).map((each) => each.text);
  expect(told.join(' ')).not.toContain('for approval again');
});

/** What the public reads of a correction that Facebook refused, and X as well where that answers with a reply. */
async function correctedInPart(council: Council, accounts: string): Promise<void> {
  await published(council, 'Liverpool Road is closed.', accounts);
  council.outside.answer('edit', 'facebook-main', policy.outcome);
  council.outside.next('x-main', policy);
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  await agreed(council);
}

const whyOf = async (council: Council): Promise<string> =>
  (await council.as('ellen-rimmer').say('why 1')).at(-1)?.text ?? '';

/** What the card, looked at afresh, and "why" say. */
const bothOf = async (council: Council): Promise<readonly string[]> => [
  (await council.as('ellen-rimmer').say('show 1')).at(-1)?.text ?? '',
  await whyOf(council),
];

const rules = 'the network says that it breaks its rules';

test.each(['at once', 'left as it is'])(
  'of a correction that only some accounts took, card and "why" say where it was made, and what the others answered, also once it came down: %s',
  async (how) => {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await correctedInPart(council, 'news,facebook-main,x-main');
    if (how === 'left as it is') await ellen.press('Leave it as it is', {}, ellen.card(1));
    await ellen.say('remove 1');
    await council.pass(minute);
    for (const text of await bothOf(council)) {
      expect(text).toMatch(/Corrected on Tue 24 Nov at \S+ on the website by Ellen Rimmer, /u);
      expect(text).toContain(`On Facebook it could not be made: ${rules}.`);
      expect(text).toContain(`On X it could not be made: ${rules}.`);
    }
    expect((await council.audit()).findings).toEqual([]);
  },
);

test('what nobody had changed by hand yet when a post was taken down is not told as corrected', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  await published(council, 'Liverpool Road is closed.', 'nextdoor-sefton,facebook-main');
  await bethan.press(
    'I have posted it',
    { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/1' },
    bethan.card(1),
  );
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.' });
  await agreed(council);
  await council.as('ellen-rimmer').say('remove 1');
  await council.pass(minute);
  for (const text of await bothOf(council)) {
    expect(text).toMatch(/Corrected on Tue 24 Nov at \S+ on Facebook by Ellen Rimmer, /u);
    expect(text).toMatch(
      /\(Nextdoor Sefton\) nobody could tell whether it was made: whoever was to change it by hand/u,
    );
  }
});

const notEverywhere = ' · its correction did not go out everywhere';

test('the title says that a correction is not everywhere until it is, or somebody has left that so', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const out = 'Published on Tue 24 Nov at 9:43am';
  await correctedInPart(council, 'news,facebook-main');
  expect(ellen.card(1).text).toContain(`${out}${notEverywhere} **Website**: Corrected `);
  expect((await ellen.say('posts')).at(-1)?.text).toContain(`${out}${notEverywhere}`);
  await ellen.press('Leave it as it is', {}, (await ellen.say('show 1')).at(-1));
  expect((await ellen.say('show 1')).at(-1)?.text).toContain(`${out} **Website**: Corrected `);
});

test('the title keeps what one account refused of a correction once another has its reply', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await correctedInPart(council, 'news,facebook-main,x-main');
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(council.outside.standing('x-main')).toHaveLength(2);
  expect(ellen.card(1).text).toContain(notEverywhere);
  await ellen.press('I have put it right there', {}, ellen.card(1));
  expect(ellen.card(1).text).not.toContain('did not go out');
  // Who changed it there says that it is right there: it is not told twice.
  for (const text of await bothOf(council)) {
    expect(text).toMatch(/The same was corrected at \S+ on X\. Ellen Rimmer changed it on Facebook at /u);
    expect(text).not.toMatch(/The same was corrected at \S+ on Facebook/u);
  }
});

test('where the only account refuses a correction, the title says so, and of replies that were left no more', async () => {
  for (const account of ['facebook-main', 'x-main']) {
    await using council = await openCouncil();
    const ellen = council.as('ellen-rimmer');
    await correctedInPart(council, account);
    expect(ellen.card(1).text).toMatch(
      /Published on Tue 24 Nov at 9:43am · its correction did not go out \*\*/u,
    );
    await ellen.press('Leave it as it is', {}, ellen.card(1));
    expect(ellen.card(1).text).toMatch(/Published on Tue 24 Nov at 9:43am \*\*/u);
  }
});

test('a reply of which nobody could tell, and that is not to be posted, ends its correction there, and says who decided that', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'x-main,news');
  council.outside.blind('x-main');
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  council.outside.next('x-main', { way: 'nothing' });
  await agreed(council);
  await council.pass(20 * minute);
  await ellen.press('No, do not post', {}, ellen.card(1));
  const [card, why] = await bothOf(council);
  expect(card).toContain('Published on Tue 24 Nov at 9:43am **Website**: Corrected ');
  expect(card).toContain('X**: It was left as it is and still says what it said.');
  for (const text of [card, why]) {
    expect(text).toMatch(/Corrected on Tue 24 Nov at \S+ on the website by Ellen Rimmer, /u);
    expect(text).toMatch(
      /Ellen Rimmer decided at \S+ that nothing more of it is published on X\. Nobody could tell whether the correction had arrived there\./u,
    );
  }
  expect(card).toContain('Nobody could tell whether it arrived, and it is not posted again');
  expect(card).not.toContain('Did not go out');
  expect((await council.audit()).findings).toEqual([]);
});

test('"why" tells what an account refused of a correction after the correction, also once it was tried again', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'news,facebook-main,x-main');
  council.outside.next('x-main', policy);
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  await agreed(council);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(await whyOf(council)).toMatch(
    /Published at \S+ on the website, X and Facebook\. Corrected on Tue 24 Nov at \S+ on the website and Facebook by Ellen Rimmer, agreed by Joseph Adeyemi: It is Moor Lane\. On X the correction could not be made: the network says that it breaks its rules\. Ellen Rimmer tried it again on X/u,
  );
});

test('"why" says which correction an account refused where that was first made long after', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.', 'x-main');
  council.outside.next('x-main', policy);
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  await agreed(council);
  await council.pass(20 * minute);
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(await whyOf(council)).toMatch(
    /On X the correction that Ellen Rimmer asked for could not be made: [^.]+\. Ellen Rimmer tried it again on X at \S+\. Corrected on /u,
  );
});

test('what was deleted somewhere, and not taken there again, is not told as standing there, and "why" tells the one before the other', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await published(council, 'Liverpool Road is closed.\n---\nUse the A59.', 'news,x-main,bluesky-main');
  const again = { 'way:x-main': 'again', 'way:bluesky-main': 'again' };
  const text = 'Moor Lane is closed.\n---\nUse the A59.';
  await asked(council, { text, what: 'It is Moor Lane.', ...again });
  council.outside.next('bluesky-main', policy);
  await agreed(council);
  await council.pass(minute);
  expect(ellen.card(1).text).toContain('On Bluesky, where it is not published, the same as on X');
  await ellen.press('Try again', {}, ellen.card(1));
  await council.pass(minute);
  expect(ellen.card(1).text).toContain('On Bluesky the same as on X');
  expect(await whyOf(council)).toMatch(
    /Deleted at \S+ on Bluesky, to be posted again in other words\. .*Not posted again at \S+ on Bluesky: .* tried it again on Bluesky/u,
  );
});

test('a text that did not go out somewhere is not told as standing there, also once it was corrected elsewhere', async () => {
  await using council = await openCouncil();
  council.outside.next('facebook-main', policy);
  await approved(council, 'news,facebook-main,x-main');
  await asked(council, { text: 'Moor Lane is closed.', what: 'It is Moor Lane.', 'way:x-main': 'reply' });
  await agreed(council);
  const [card] = await bothOf(council);
  expect(card).toContain('**Facebook**: Not published');
  expect(card).toContain('On the website Moor Lane is closed.');
  expect(card).toContain('On Facebook, where it is not published, the same as on the website');
});

test('who can ask for a correction again reads by which button, and whoever has none reads no button', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  await correctedInPart(council, 'news,facebook-main');
  expect(offers(ellen, 'Put the rest right')).toBe(true);
  for (const text of await bothOf(council))
    expect(text).toContain(
      'Ask for the correction again with "Put the rest right", put it right there yourself, or take it down.',
    );
  const [priyas] = await council.as('priya-desai').say('show 1');
  expect(priyas?.text).not.toContain('Put the rest right');
});

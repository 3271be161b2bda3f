import { expect, test } from 'vitest';
import { isRefusal } from '../../src/core/change.ts';
import { doneByHand } from '../../src/posts/by-hand/by-hand.ts';
import type { PostState } from '../../src/posts/post.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { drawingOf } from '../../src/teams/cards/drawing.ts';
import { postCardData } from '../../src/teams/cards/post-main.ts';
import { letOutByDesk } from './beginnings.ts';
import { asked } from './corrections.ts';
import { hour, minute, openCouncil, type Council } from './council.ts';
import { toldIn } from './told.ts';

/** What somebody is asked to say by hand is looked at by the rules as what leaves by itself: its days come to mean others. */

const text = 'Liverpool Road is closed today. The library opens tomorrow.';
const part = 'nextdoor-sefton.0';
const link = { 'link:nextdoor-sefton.0': 'https://nextdoor.co.uk/p/9' };

const toldTo = (council: Council, person: string): readonly string[] =>
  toldIn(council, council.as(person).chat);

test('yesterday\'s "today" is asked of nobody any more: the words are stopped, author and desk hear it, and who had posted it says so', async () => {
  await using council = await openCouncil();
  const [bethan, ellen] = [council.as('bethan-prys'), council.as('ellen-rimmer')];
  await letOutByDesk(council, text, { accounts: 'nextdoor-sefton,news' });
  await council.quiet();
  expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
  const before = bethan.card(1);
  // Past midnight.
  await council.pass(15 * hour);
  await council.pass(minute);
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'crier' });
  const card = bethan.card(1);
  expect(card.text).toContain(
    'Please do not post this on Nextdoor Sefton: it is held. Have you posted it already?',
  );
  expect(JSON.stringify(card.card)).not.toContain('"copy:nextdoor');
  expect(toldTo(council, 'bethan-prys').at(-1)).toContain('please do not post it by hand now');
  expect(toldTo(council, 'ellen-rimmer').join('\n')).toContain(
    'Something in it has come to stand in the way, so it does not go out as it is. It is held.',
  );
  expect(ellen.card(1).text).toMatch(/Held .*: something in it has come to stand in the way/u);
  const reminders = toldTo(council, 'bethan-prys').length;
  await council.pass(5 * hour);
  expect(toldTo(council, 'bethan-prys')).toHaveLength(reminders);

  // She had, before midnight, and says so on the card that she had then.
  const said = await bethan.press('I have posted it', link, before);
  expect(said.text).not.toContain('has not been kept');
  expect((await council.post(1)).status).toMatchObject({
    is: 'published',
    publications: { 'nextdoor-sefton.0': { is: 'published' } },
  });
  expect((await council.audit()).findings).toEqual([]);
});

test('words that are over are asked of nobody any more once their end has come, be it that an earlier one was told as past', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  const words = 'Ash Road was closed until 10am today. Moor Lane is closed until 11am today.';
  await letOutByDesk(council, words, { accounts: 'nextdoor-sefton,news' });
  await council.until(Date.parse('2026-11-24T10:59:00Z'));
  expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
  await council.until(Date.parse('2026-11-24T11:00:00Z'));
  await council.pass(minute);
  expect(bethan.card(1).text).toContain('Please do not post this on Nextdoor Sefton');
  expect(toldTo(council, 'bethan-prys').at(-1)).toContain('please do not post it by hand now');
  expect((await council.post(1)).status).toMatchObject({ is: 'held', by: 'crier' });
  expect((await council.audit()).findings).toEqual([]);
});

test('before any timer has come to it, a card that is drawn and a press are looked at as well', async () => {
  await using council = await openCouncil();
  await letOutByDesk(council, text, { accounts: 'nextdoor-sefton,news' });
  await council.quiet();
  const post = await council.post(1);
  const rules = { ...council.protocol, away: {} };
  const now = council.now() + 26 * hour;
  const card = postCardData(
    drawingOf(post, { viewer: { kind: 'person', person: 'bethan-prys' }, rules, now }),
  );
  expect(card.byHand).toMatchObject([
    {
      title:
        'Please do not post this on Nextdoor Sefton: something in it has come to stand in the way. Have you posted it already?',
      text: '',
      not: 'I have not posted it',
    },
  ]);

  const pressed = (did: 'done' | 'not-posted', url: string): PostState => {
    const change = doneByHand.decide(
      post,
      { part, did, link: url, noLink: url === '', note: '' },
      {
        now,
        id: post.id,
        actor: { by: 'person', person: 'bethan-prys' },
        protocol: rules,
        newId: (prefix) => `${prefix}-1`,
      },
    );
    if (isRefusal(change)) throw new Error(change.refused);
    return change.state;
  };
  // With its address it was posted; without one the words are stopped before somebody posts them.
  expect(pressed('done', 'https://nextdoor.co.uk/p/9').status.is).toBe('published');
  const stopped = pressed('done', '');
  expect(stopped.status).toMatchObject({ is: 'held', by: 'crier' });
  expect(stopped.wasByHand).toHaveProperty([part]);
  const never = pressed('not-posted', '');
  expect(never.status).toMatchObject({ is: 'held', by: 'crier' });
  expect(never.wasByHand).toBeUndefined();
});

test('a change by hand whose day has passed is asked of nobody any more, and whoever asked for it hears so', async () => {
  await using council = await openCouncil();
  const bethan = council.as('bethan-prys');
  await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
    accounts: 'nextdoor-sefton,news',
  });
  await council.quiet();
  await bethan.press('I have posted it', link, bethan.card(1));
  await asked(council, { text: 'Liverpool Road is closed until tomorrow.', what: 'It is tomorrow.' });
  await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
  await council.quiet();
  expect(bethan.card(1).text).toContain('Please change the post on Nextdoor Sefton yourself.');
  await council.pass(15 * hour);
  await council.pass(minute);
  expect(bethan.card(1).text).not.toContain('Please change the post');
  expect(toldTo(council, 'bethan-prys').at(-1)).toContain(
    'please do not change it by hand any more. If you have changed it already, tell Communications.',
  );
  expect((await council.post(1)).notCorrectedBecause).toEqual({ 'nextdoor-sefton.0': 'rule-stops' });
  expect(toldTo(council, 'ellen-rimmer').at(-1)).toContain('Nextdoor Sefton');
});

test('words that a correction gave to what is still to be posted by hand are stopped as well', async () => {
  for (const waits of [false, true]) {
    await using council = await openCouncil();
    const bethan = council.as('bethan-prys');
    await letOutByDesk(council, 'Liverpool Road is closed until Thursday.', {
      accounts: 'nextdoor-sefton,facebook-main',
    });
    await council.quiet();
    // While the correction is still to be made elsewhere, the part alone is stopped.
    if (waits)
      council.outside.answer('edit', 'facebook-main', { outcome: 'retry', after: 48 * hour, reason: 'busy' });
    await asked(council, { text: 'Liverpool Road is closed until tomorrow.', what: 'It is tomorrow.' });
    await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
    await council.quiet();
    expect(bethan.card(1).text).toContain('Please post this on Nextdoor Sefton yourself.');
    await council.pass(15 * hour);
    await council.pass(minute);
    const { status } = await council.post(1);
    if (waits) expect(publicationsOf(await council.post(1))[part]).toMatchObject({ reason: 'rule-stops' });
    else expect(status).toMatchObject({ is: 'held', by: 'crier' });
    expect(toldTo(council, 'bethan-prys').at(-1)).toContain(
      `please do not post it by hand ${waits ? 'any more' : 'now'}. Say on its card whether you have posted it already.`,
    );
    expect(toldTo(council, 'ellen-rimmer').at(-1)).toContain(
      waits ? 'a rule has come to stop what it was to say' : 'Something in it has come to stand in the way',
    );
    const card = bethan.card(1);
    expect(card.text).toContain('Please do not post this on Nextdoor Sefton: ');
    await bethan.press('I have posted it', link, card);
    expect(publicationsOf(await council.post(1))[part]?.is).toBe('published');
    expect((await council.audit()).findings).toEqual([]);
  }
});

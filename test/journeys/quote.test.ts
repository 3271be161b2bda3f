import { expect, test } from 'vitest';
import { lookOfPost } from '../../src/media/look-of-post.ts';
import { findingsOf } from '../../src/posts/writing/draft.ts';
import { planShown } from '../../src/posts/writing/plan.ts';
import { xNetwork } from '../../src/networks/x/x.ts';
import { picture } from '../fixtures/cards/posts.ts';
import { playedBy } from '../networks/played.ts';
import { playX, xAccount, type XPeer } from '../peers/x.ts';
import { hour, minute, morning, openCouncil, type Council } from './council.ts';
import { createOutside } from './outside.ts';

let peer: XPeer;
playedBy(['api.x.com'], () => peer);

/** A council whose X account stands behind the real client, and whose other accounts do not. */
async function openOnX(): Promise<Council> {
  const clock = { now: () => morning };
  peer = playX({ clock: () => clock.now(), refusesDuplicates: false });
  const outside = createOutside(() => clock.now());
  const { appKey, appSecret, accessToken, accessSecret } = xAccount;
  const x = xNetwork({
    credentials: { kind: 'oauth1', appKey, appSecret, accessToken, accessSecret },
    handle: 'SeftonCouncil',
    media: async () => await Promise.resolve(undefined),
    clock: () => clock.now(),
  });
  const networkOf = (account: Parameters<typeof outside.network>[0]) =>
    account.network === 'x' ? x : outside.network(account);
  const council = await openCouncil({ outside, networkOf });
  clock.now = () => council.now();
  return council;
}

const words = 'Please keep away from the fire on Moor Lane.';
const quoted = 'https://x.com/MerseyFire/status/1789';

/** Ellen writes it, and says in the form which post on X it quotes. */
async function quoting(council: Council): Promise<void> {
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${words}`);
  const form = await ellen.press('Edit');
  const pasted = 'https://twitter.com/MerseyFire/status/1789?s=20';
  await ellen.press('Save', { quote: pasted }, form.card);
  await ellen.press('Send to Highways approvers');
}

const decided = async (council: Council): Promise<void> => {
  await council.as('priya-desai').press('Approve: goes out now', { confirm: 'true' });
};

test('a post on X is quoted: asked for in the form, told to whoever decides, and sent with the post there alone', async () => {
  await using council = await openOnX();
  const nadia = council.as('nadia-hartley');
  const ellen = council.as('ellen-rimmer');
  const priya = council.as('priya-desai');
  const [draft] = await nadia.say(`propose ${words}`);
  const left = /X \d+ left/u.exec(draft?.text ?? '')?.[0] ?? 'nothing';
  await nadia.press('Send to Communications');

  const form = await ellen.press('Edit');
  expect(form.text).toContain('no picture or video can stand beside it. On the website and Facebook');
  const wrong = await ellen.press(
    'Save and pass on',
    { quote: 'https://example.org/status/1789' },
    form.card,
  );
  expect(wrong.text).toContain('What stands under "Post on X to quote" is not the address of a post on X.');
  await ellen.press('Save and pass on', { quote: `Look: ${quoted}?s=20` }, wrong.card);

  // What the desk changed is told, and what goes out is decided on; it costs none of the room there.
  expect(priya.card(1).text).toContain(`Quotes: ${quoted} (was: nothing)`);
  expect(priya.card(1).text).toContain(
    `Quotes ${quoted} on X; on the website and Facebook it stands without that post`,
  );
  expect(priya.card(1).text).toContain(left);
  await decided(council);
  expect(peer.posts()).toMatchObject([{ text: words, quote: '1789' }]);
  expect(council.outside.standing('facebook-main')).toEqual([words]);
  expect((await council.post(1)).status.is).toBe('published');
});

test('what is quoted stays while something else is changed, and goes with the account or when it is emptied', async () => {
  await using council = await openOnX();
  const ellen = council.as('ellen-rimmer');
  await ellen.say(`propose for Highways: ${words} It is closed until 4pm.`);
  const quoteNow = async () => (await council.post(1)).revision.quote;
  const save = async (inputs: Readonly<Record<string, string>>): Promise<void> => {
    const form = await ellen.press('Edit');
    await ellen.press('Save', inputs, form.card);
  };
  await save({ quote: quoted });
  expect(await quoteNow()).toBe(quoted);
  // What is quoted stands below the words in the look, where a link's card would.
  const post = await council.post(1);
  const { text } = post.revision;
  const plan = planShown(post, council.protocol)?.plan.hash ?? '';
  const look = async (account: string) =>
    await lookOfPost(
      post,
      { plan, account },
      council.protocol,
      async (hash) => await council.blobs.get(hash),
    );
  expect((await look('x-main'))?.posts).toEqual([{ text, card: { site: quoted } }]);
  expect((await look('facebook-main'))?.posts).toEqual([{ text }]);
  const pictured = { ...post, revision: { ...post.revision, media: [picture('Smoke over Moor Lane')] } };
  const found = findingsOf(pictured, council.now(), { ...council.protocol, away: {} });
  expect(found).toContainEqual(expect.objectContaining({ code: 'quote-beside-media', breach: 'block' }));
  await ellen.press('Yes, it ends on Tue 24 Nov at 4pm');
  expect((await council.post(1)).revision.until?.wall).toBe('2026-11-24T16:00');
  expect(await quoteNow()).toBe(quoted);
  await save({ campaign: 'Winter roads' });
  expect(await quoteNow()).toBe(quoted);
  await save({ quote: '' });
  expect(await quoteNow()).toBeUndefined();
  await save({ quote: quoted });
  await save({ accounts: 'facebook-main' });
  expect(await quoteNow()).toBeUndefined();
});

test('after an unclear answer a post that quotes is found again, and is not posted twice', async () => {
  await using council = await openOnX();
  await quoting(council);
  peer.faults.next('500 after commit');
  await decided(council);
  await council.pass(minute);
  await council.pass(minute);
  expect(peer.posts()).toMatchObject([{ text: words, quote: '1789' }]);
  expect((await council.post(1)).status.is).toBe('published');
});

test('a correction by a reply quotes nothing, one that is posted again quotes again', async () => {
  await using council = await openOnX();
  const ellen = council.as('ellen-rimmer');
  await quoting(council);
  await decided(council);
  const right = async (text: string, way: string): Promise<void> => {
    await council.pass(hour);
    const [form] = await ellen.say('correct 1');
    await ellen.press('Ask for this correction', { text, what: 'The street.', 'way:x-main': way }, form);
    await council.as('joseph-adeyemi').press('Agree: correct it now', { confirm: 'true' });
    await council.pass(minute);
  };
  await right('Please keep away from the fire on Moor Drive.', 'reply');
  const [first, reply] = peer.posts();
  expect(reply).toMatchObject({ replyTo: first?.id });
  expect(reply?.quote).toBeUndefined();
  await right('Please keep away from the fire on Moor Road.', 'again');
  expect(peer.posts().map(({ text, quote }) => ({ text, quote }))).toContainEqual({
    text: 'Please keep away from the fire on Moor Road.',
    quote: '1789',
  });
});

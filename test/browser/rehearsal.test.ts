import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { faultsOn, sideways } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { freePort } from '../peers/listening.ts';
import { startCrier, type RunningCrier } from './crier.ts';
import { play, unroll } from './rehearsal-page.ts';

let browser: Browser;
let crier: RunningCrier;

beforeAll(async () => {
  [browser, crier] = await Promise.all([launchChromium(), freePort().then(startCrier)]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await crier[Symbol.asyncDispose]();
});

const pressSchema = z.object({
  does: z.literal('press'),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** Every press is answered here and reaches no Crier; to take such a route away again can lose requests under way. */
async function takePresses(page: Page): Promise<void> {
  await page.route('**/rehearsal/act', async (route) => await route.fulfill({ json: {} }));
}

/** What the press carries that it makes, once it is answered. */
async function pressedNext(page: Page, press: () => Promise<void>): Promise<z.infer<typeof pressSchema>> {
  const answered = page.waitForResponse('**/rehearsal/act');
  await press();
  return pressSchema.parse((await answered).request().postDataJSON());
}

/** Posts a card into somebody's chat, as Crier does. */
async function postCard(person: string, card: object): Promise<void> {
  const response = await fetch(
    `${crier.url}/rehearsal/connector/v3/conversations/rehearsal-${person}/activities`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
      }),
    },
  );
  expect(response.status).toBe(201);
}

const execute = (title: string, more: object = {}): object => ({
  type: 'Action.Execute',
  title,
  verb: 'try',
  data: { post: 'p1' },
  ...more,
});

test.each(['127.0.0.1', 'localhost'])(
  'how a post will look is shown on the page opened at %s',
  { timeout: 60_000 },
  async (name) => {
    const url = new URL(crier.url);
    url.hostname = name;
    const ellen = await play(browser, url.origin, 'ellen-rimmer');
    await ellen.say('propose for Highways: Moor Lane in Crosby is closed while we mend a burst main.');
    const card = ellen.card('Moor Lane in Crosby');
    await ellen.press(card, 'See how it looks');
    const drawn =
      '[...document.querySelectorAll(\'img[alt^="What it will look like"]\')].filter((image) => image.naturalWidth > 0).length';
    await expect.poll(async () => await ellen.page.evaluate(drawn), { timeout: 15_000 }).toBeGreaterThan(0);
    expect(ellen.complaints).toEqual([]);
    await ellen.close();
  },
);

test(
  'what waits is marked beside whoever it waits for, and their card is there',
  { timeout: 120_000 },
  async () => {
    const nadia = await play(browser, crier.url, 'nadia-hartley');
    await nadia.say('propose Liverpool Road in Crosby is closed at Moor Lane while we mend a burst main.');
    await nadia.press(nadia.card('Draft'), 'Send to Communications');
    await nadia.page.getByText('posts wait for 2 others').waitFor();
    await nadia.page.getByText('Be somebody else').click();
    const ellen = nadia.page.getByRole('link', {
      name: /^Ellen Rimmer 1 post waits Communications officer$/,
    });
    await ellen.click();
    await nadia.card('Please look').waitFor();
    expect(await nadia.page.getByRole('heading', { level: 1 }).textContent()).toBe('You are Ellen Rimmer');
    expect(nadia.complaints).toEqual([]);
    await nadia.close();
  },
);

test(
  'axe finds nothing, and nothing has to be scrolled sideways, wide or narrow',
  { timeout: 120_000 },
  async () => {
    const bethan = await play(browser, crier.url, 'bethan-prys');
    const { page } = bethan;
    await bethan.say(
      `propose for Waste: ${'Brown bins go out on Tuesday. '.repeat(3)}https://www.sefton.gov.uk/${'bins-and-recycling/'.repeat(8)}`,
    );
    await bethan.card('Draft').waitFor();
    await bethan.say('propose for Waste: Green bins go out on Friday.');
    await bethan.press(bethan.card('Green bins'), 'More');
    await bethan.say('help');
    // The page moves to what is new: a press meanwhile would miss its button.
    await bethan.card('What you can type').waitFor();
    await bethan.press(bethan.card('Brown bins'), 'Edit');
    await bethan.card('What the public will read').waitFor();
    await bethan.say('posts');
    await bethan.card('Posts').waitFor();
    const wentOut = page.getByRole('region', { name: 'What went out' });
    for (const width of [320, 1000, 1280]) {
      await unroll(page, width);
      const seen = { width, sideways: await sideways(page), faults: await faultsOn(page) };
      expect(seen).toEqual({ width, sideways: 0, faults: [] });
      expect((await wentOut.boundingBox())?.width).toBeGreaterThan(220);
    }
    await page.goto(`${crier.url}/rehearsal`);
    await page.getByText('Nothing yet on').waitFor();
    for (const width of [320, 1280]) {
      await unroll(page, width);
      const seen = { width, sideways: await sideways(page), faults: await faultsOn(page) };
      expect(seen).toEqual({ width, sideways: 0, faults: [] });
    }
    expect(bethan.complaints).toEqual([]);
    await bethan.close();
  },
);

test(
  'a press carries the inputs that Teams would send, those of its sub-card too, and none where none are asked',
  { timeout: 120_000 },
  async () => {
    const helena = await play(browser, crier.url, 'helena-strand');
    await postCard('helena-strand', {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [
        { type: 'TextBlock', text: 'Inputs' },
        { type: 'Input.Text', id: 'note', label: 'Note' },
        { type: 'Input.Toggle', id: 'sure', title: 'Sure', valueOn: 'true', valueOff: 'false' },
      ],
      actions: [
        execute('All of them'),
        execute('None of them', { associatedInputs: 'none' }),
        {
          type: 'Action.ShowCard',
          title: 'More',
          card: {
            type: 'AdaptiveCard',
            body: [
              {
                type: 'Input.Text',
                id: 'reason',
                label: 'Reason',
                isRequired: true,
                errorMessage: 'Say why',
              },
            ],
            actions: [execute('From below'), execute('None from below', { associatedInputs: 'none' })],
          },
        },
      ],
    });
    const card = helena.card('Inputs');
    await card.waitFor();
    await takePresses(helena.page);
    const press = (title: string) => pressedNext(helena.page, () => helena.press(card, title));
    await card.getByLabel('Note').fill('a note');
    await card.getByLabel('Sure').check();
    expect((await press('All of them')).data).toEqual({ post: 'p1', note: 'a note', sure: 'true' });
    expect((await press('None of them')).data).toEqual({ post: 'p1' });
    await helena.press(card, 'More');
    await helena.press(card, 'From below');
    await card.getByText('Say why').waitFor();
    await card.getByLabel('Reason').fill('because');
    expect((await press('From below')).data).toEqual({
      post: 'p1',
      note: 'a note',
      sure: 'true',
      reason: 'because',
    });
    expect((await press('None from below')).data).toEqual({ post: 'p1' });
    expect(helena.complaints).toEqual([]);
    await helena.close();
  },
);

test(
  'two cards with the same fields stand beside each other: each has its own, opens its own and sends its own',
  { timeout: 120_000 },
  async () => {
    const ruth = await play(browser, crier.url, 'ruth-lydiate');
    for (const text of ['First form', 'Second form']) {
      await postCard('ruth-lydiate', {
        type: 'AdaptiveCard',
        version: '1.5',
        body: [
          { type: 'TextBlock', text },
          { type: 'Input.Text', id: 'note', label: 'Note' },
          { type: 'TextBlock', id: 'rest', text: 'The rest', isVisible: false },
        ],
        actions: [
          execute('Send'),
          { type: 'Action.ToggleVisibility', title: 'More', targetElements: ['rest'] },
        ],
      });
    }
    const [first, second] = [ruth.card('First form'), ruth.card('Second form')];
    await second.waitFor();
    await first.waitFor();
    await second.getByLabel('Note').fill('of the second');
    expect(await first.getByLabel('Note').inputValue()).toBe('');
    await ruth.press(second, 'More');
    await second.getByText('The rest').waitFor();
    expect(await first.getByText('The rest').isVisible()).toBe(false);
    const ids = z
      .array(z.string())
      .parse(await ruth.page.evaluate('[...document.querySelectorAll("[id]")].map(({ id }) => id)'));
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    await takePresses(ruth.page);
    const pressed = await pressedNext(ruth.page, () => ruth.press(second, 'Send'));
    expect(pressed.data).toEqual({ post: 'p1', note: 'of the second' });
    expect(ruth.complaints).toEqual([]);
    await ruth.close();
  },
);

test(
  'what is emptied in the form is empty, and what is answered beside an empty title counts',
  { timeout: 120_000 },
  async () => {
    const ellen = await play(browser, crier.url, 'ellen-rimmer');
    await ellen.say('propose for Highways: See how we mend potholes in Netherton.');
    const card = ellen.card(/potholes in Netherton|What the public will read/);
    const edit = async (): Promise<void> => {
      await ellen.press(card, 'Edit');
      await card.getByLabel('What the public will read').waitFor();
    };
    const save = async (): Promise<void> => {
      await ellen.press(card, 'Save');
      await card.getByLabel('What the public will read').waitFor({ state: 'detached' });
    };
    await edit();
    await card.getByLabel(/^YouTube/).check();
    await save();

    await edit();
    await ellen.press(card, 'Different text for an account');
    await card.getByLabel('Text on X').fill('Potholes: mended.');
    await card.getByLabel('Is it made for children?').selectOption({ label: 'No, it is for everybody' });
    await save();
    await card.getByText('not made for children').waitFor();
    await card.getByText('Potholes: mended.').waitFor();

    await edit();
    await card.getByLabel('Title of the video').fill('Potholes');
    await save();
    await card.getByText('headed "Potholes"').waitFor();

    await edit();
    await card.getByLabel('Title of the video').fill('');
    await card.getByLabel('Text on X').fill('');
    await ellen.press(card, 'Who sees it, and when');
    await card.getByLabel('Who can see it?').selectOption({ label: 'Only we can see it' });
    await save();
    await card.getByText('On YouTube, where only we can see it; not made for children').waitFor();
    expect(await card.getByText('Potholes: mended.').count()).toBe(0);
    expect(await sideways(ellen.page)).toBe(0);
    expect(ellen.complaints).toEqual([]);
    await ellen.close();
  },
);

test('the keyboard presses a button, and stays at the card that answers', { timeout: 120_000 }, async () => {
  const sam = await play(browser, crier.url, 'sam-kenrick');
  await sam.say('propose for Housing: Housing offices open at 9am.');
  await sam.card('Draft').getByRole('button', { name: 'Edit' }).focus();
  await sam.page.keyboard.press('Enter');
  await sam.card('What the public will read').and(sam.page.locator(':focus')).waitFor();
  expect(sam.complaints).toEqual([]);
  await sam.close();
});

test(
  'a card that others change keeps whoever stands on it by the keyboard',
  { timeout: 120_000 },
  async () => {
    const [sam, joseph] = [
      await play(browser, crier.url, 'sam-kenrick'),
      await play(browser, crier.url, 'joseph-adeyemi'),
    ];
    await sam.say('propose for Housing: The Housing office in Bootle opens at 8am.');
    const proposed = sam.card('office in Bootle opens');
    await sam.press(proposed, 'Send to Communications');
    const awaited = proposed.filter({ hasText: 'Waiting for' });
    const number = /\b(\d+)\b/u.exec(await awaited.innerText())?.[1] ?? '';
    await awaited.getByRole('button', { name: 'More' }).focus();
    await joseph.say(`hold ${number}`);
    await sam.page.locator('.rehearsal-message:focus-within').filter({ hasText: 'Held' }).waitFor();
    expect([sam.complaints, joseph.complaints]).toEqual([[], []]);
    await Promise.all([sam.close(), joseph.close()]);
  },
);

test('what people and networks wrote runs nothing', { timeout: 120_000 }, async () => {
  const omar = await play(browser, crier.url, 'omar-haddad');
  await omar.page.evaluate('document.title = "whole"');
  await postCard('omar-haddad', {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'TextBlock',
        wrap: true,
        text: 'Hostile <img src=x onerror="document.title=1"><script>document.title=1</script>',
      },
      { type: 'TextBlock', wrap: true, text: '[here](javascript:document.title=1) <b>bold</b>' },
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'javascript:document.title=1' }],
  });
  const card = omar.card('Hostile');
  await card.waitFor();
  await card.getByRole('link', { name: 'Open' }).click();
  await omar.say('<img src=x onerror="document.title=1">');
  await omar.page.getByText('<img src=x onerror="document.title=1">', { exact: true }).waitFor();
  expect(await omar.page.title()).toBe('whole');
  expect(
    await omar.page
      .locator('main img, main script, main .rehearsal-messages b, main a[href^="javascript"]')
      .count(),
  ).toBe(0);
  expect(omar.complaints).toEqual([]);
  await omar.close();
});

test(
  'when Crier is gone the page says so, and what was typed is not lost',
  { timeout: 120_000 },
  async () => {
    const other = await startCrier(await freePort());
    const yvonne = await play(browser, other.url, 'yvonne-cartmel');
    await other[Symbol.asyncDispose]();
    await yvonne.page.getByRole('status').getByText('Crier does not answer.').waitFor();
    await yvonne.say('propose for Adult Care: a long text');
    await expect
      .poll(() => yvonne.page.getByLabel(/^Type to Crier/).inputValue(), { timeout: 15_000 })
      .toBe('propose for Adult Care: a long text');
    await yvonne.close();
  },
);

import { expect, test } from 'vitest';
import { openCouncil } from './council.ts';

/* Whatever is longer than a post may be is refused by its length, before anything reads it. */

const tooLong = ' \n'.repeat(15_000);

test('a message, an input of a card and a field of the dialog that are too long are refused in words', async () => {
  await using council = await openCouncil();
  const ellen = council.as('ellen-rimmer');
  const [said] = await ellen.say(`propose for Highways: The road is open${tooLong}x`);
  expect(said?.text).toContain('Your message has 30,039 characters. A post takes 20,000');
  await expect(council.post(1)).rejects.toThrow('there is no post');

  await ellen.say('propose for Highways: The gritters are out on the main roads.');
  const form = await ellen.press('Edit', {}, ellen.card(1));
  const before = await council.post(1);
  const saved = await ellen.press('Save', { text: `The road is open${tooLong}x` }, form.card);
  expect(saved).toEqual({
    card: undefined,
    text: 'The text has 30,017 characters, and 20,000 are the most. Please shorten it.',
  });
  expect((await council.post(1)).revision).toEqual(before.revision);

  const answer = await ellen.invoke('composeExtension/submitAction', {
    commandId: 'propose',
    data: { text: 'The road is open.', until: `4pm${tooLong}x` },
  });
  expect(answer).toContain('What you typed has 30,004 characters');
  await expect(council.post(2)).rejects.toThrow('there is no post');
});

test('words that are too long for a photo are refused before its file is fetched', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  const [said] = await nadia.say(`The road is open${tooLong}x`, {
    attachments: [
      {
        contentType: 'image/png',
        contentUrl: `${council.connector.serviceUrl}/nothing.png`,
        name: 'road.png',
      },
    ],
  });
  expect(said?.text).toContain('Your message has 30,017 characters.');
  await expect(council.post(1)).rejects.toThrow('there is no post');
});

test('words of the message extension that are too long are refused', async () => {
  await using council = await openCouncil();
  const nadia = council.as('nadia-hartley');
  await nadia.say('propose The road is open.');
  const found = async (value: string): Promise<string> =>
    await nadia.invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'text', value }],
    });
  expect(await found('road')).toContain('#1 ·');
  expect(await found(`road${tooLong}open`)).toContain('What you typed has 30,008 characters');
});

import { expect, test } from 'vitest';
import { startConnector } from '../peers/connector.ts';
import { openCouncil } from './council.ts';

test('a card is kept up to date where it was posted, though its owner speaks somewhere else since', async () => {
  const elsewhere = await startConnector();
  try {
    await using council = await openCouncil();
    const nadia = council.as('nadia-hartley');
    await nadia.say('propose The gritters are out on the main roads tonight.');
    await nadia.press('Send to Communications');
    // As in a rehearsal, where the simulator and the page that lets you be everybody are two places.
    await nadia.say('help', { serviceUrl: elsewhere.serviceUrl });
    await council.as('ellen-rimmer').press('Pass on to Highways approvers');
    expect(nadia.card(1).text).toContain('Waiting for Tom Ashcroft, Priya Desai or Gareth Molyneux');
    // Shown anew where she is now, the one before says so where it stands.
    await nadia.say('show 1', { serviceUrl: elsewhere.serviceUrl });
    await council.quiet();
    expect(council.shown(nadia.chat).some(({ text }) => /newer card/iu.test(text))).toBe(true);
    expect(JSON.stringify(elsewhere.taken.at(-1)?.activity)).toContain('Waiting for Tom Ashcroft');
  } finally {
    await elsewhere.close();
  }
});

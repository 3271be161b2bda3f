import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../peers/listening.ts';
import { faultsOn, sideways } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { startCrier, type RunningCrier } from './crier.ts';
import { phone, play, unroll, type Played } from './rehearsal-page.ts';

let browser: Browser;
let crier: RunningCrier;

beforeAll(async () => {
  [browser, crier] = await Promise.all([launchChromium(), freePort().then(startCrier)]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await crier[Symbol.asyncDispose]();
});

async function inChannel(person: string): Promise<Played> {
  const played = await play(browser, crier.url, person);
  await played.page.getByRole('link', { name: 'Teams channel', exact: true }).click();
  await played.page.getByLabel(/in the Teams channel$/).waitFor();
  return played;
}

test(
  'a post is approved in the Teams channel, where whoever presses alone sees what answers them',
  { timeout: 120_000 },
  async () => {
    const [ellen, tom] = [await play(browser, crier.url, 'ellen-rimmer'), await inChannel('tom-ashcroft')];
    await tom.say('use this channel for approvals of Highways');
    await tom.press(tom.card('Highways'), 'Yes, use this channel');
    await tom.page.getByRole('button', { name: 'Yes, use this channel' }).waitFor({ state: 'detached' });

    await ellen.say('propose for Highways: Bridge Road is open again.');
    await ellen.press(ellen.card('Bridge Road is open again.'), 'Send to Highways approvers');
    // The channel is told by itself, in a thread of its own.
    const told = tom.card('Bridge Road is open again.');
    await told.waitFor();
    await ellen.page.getByRole('link', { name: 'Teams channel', exact: true }).click();
    await ellen.card('Waiting for').waitFor();
    await tom.press(told, 'Open for me');
    await told.getByRole('button', { name: 'Approve: goes out now' }).waitFor();
    // The page asks for what it shows once a second; this is what it is told.
    const shown = await fetch(`${crier.url}/rehearsal/chat?person=ellen-rimmer&in=channel&after=0`);
    const everybodys = await shown.text();
    expect(everybodys).toContain('Open for me');
    expect(everybodys).not.toContain('Approve: goes out now');
    for (const width of [phone.width, 1280]) {
      await unroll(tom.page, width);
      const seen = { width, sideways: await sideways(tom.page), faults: await faultsOn(tom.page) };
      expect(seen).toEqual({ width, sideways: 0, faults: [] });
    }
    await told.getByLabel(/The facts are right/).check();
    await tom.press(told, 'Approve: goes out now');
    await ellen.card('Published').waitFor();
    expect([ellen.complaints, tom.complaints]).toEqual([[], []]);
    await Promise.all([ellen.close(), tom.close()]);
  },
);

import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { chromiumEnvironment, launchChromium, unpackedChromium } from './chromium.ts';
import { listening } from '../peers/listening.ts';

/** The C library and its compiler's run-time: what every machine has that runs Node itself. */
const everyMachineHas = /^(linux-vdso|libc|libm|libdl|libpthread|librt|libgcc_s|.*\/ld-linux-[\w-]+)\.so/;

test('the browser brings every library that a bare machine lacks', async () => {
  const unpacked = await unpackedChromium();
  const { stdout } = await promisify(execFile)('ldd', [unpacked.executable], {
    env: chromiumEnvironment(unpacked),
  });
  const lines = stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => !everyMachineHas.test(line) && !line.includes(unpacked.libraries))).toEqual(
    [],
  );
});

test('the browser opens a page of this machine and draws its text', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<title>News</title><h1><span>Liverpool Road is closed</span></h1>');
  });
  const { url } = await listening(server);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/`);
    expect(await page.title()).toBe('News');
    const words = page.locator('h1 span');
    expect(await words.innerText()).toBe('Liverpool Road is closed');
    // Without any font the words would have no width.
    expect((await words.boundingBox())?.width).toBeGreaterThan(100);
  } finally {
    await browser.close();
    server.close();
  }
});

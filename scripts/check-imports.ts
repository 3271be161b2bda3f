import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { z } from 'zod';

/**
 * Which way the parts of `src` point: for each part, the parts it may import. A part is a folder of `src`, or a
 * file that stands in it by itself. What is not named here is a fault, so that a new folder gets its place.
 */
const inner = ['core', 'protocol'];
const shared = [...inner, 'approval', 'dispatch'];
const features = ['posts', 'people', 'enquiries', 'alerts'];
const everyFeature = [...shared, ...features, 'reports'];
const adapter = [...everyFeature, 'logging.ts', 'nameless-file.ts', 'node-http.ts', 'write-all.ts'];
const adapters = ['networks', 'store', 'teams', 'web', 'outbox', 'cases', 'mail', 'media'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  approval: inner,
  dispatch: inner,
  // Features meet through commands and effects, so none stands in another's list.
  posts: shared,
  people: shared,
  enquiries: shared,
  alerts: shared,
  reports: [...shared, ...features],
  words: everyFeature,
  networks: adapter,
  store: adapter,
  outbox: adapter,
  cases: adapter,
  media: [...adapter, 'words'],
  mail: [...adapter, 'words'],
  teams: [...adapter, 'words'],
  web: [...adapter, 'words'],
  'logging.ts': ['core'],
  'nameless-file.ts': [],
  'own-modules.ts': [],
  'heap-room.ts': [],
  'node-http.ts': [],
  'write-all.ts': [],
  config: [...inner, 'logging.ts'],
  'config.ts': [...inner, 'config'],
  'kinds.ts': [...adapter, ...adapters],
  'open-store.ts': [...inner, 'store', 'words', 'config.ts', 'kinds.ts'],
  'credentials.ts': [...inner, 'networks', 'config.ts'],
  'app-identity.ts': ['config.ts'],
  'open-blobs.ts': [...inner, 'store', 'words', 'config.ts', 'app-identity.ts'],
  'vault.ts': [...inner, 'words', 'config.ts', 'credentials.ts', 'app-identity.ts'],
  connect: [...adapter, 'networks', 'words'],
  'connected.ts': [...adapter, 'networks', 'words', 'connect', 'credentials.ts'],
  'accounts-of.ts': [...adapter, 'networks', 'config.ts', 'credentials.ts', 'connected.ts'],
  'drafts.ts': [...adapter, 'media', 'web'],
  'random-ids.ts': [],
  'read-before.ts': ['protocol'],
  'read-protocol.ts': ['protocol', 'words', 'read-before.ts'],
  'rehearsal.ts': [...inner, 'web'],
  app: [...adapter, ...adapters],
  'app.ts': [...adapter, ...adapters, 'app', 'words', 'config.ts'],
  'serve.ts': [
    ...adapter,
    ...adapters,
    'words',
    'config.ts',
    'open-store.ts',
    'open-blobs.ts',
    'credentials.ts',
    'connected.ts',
    'accounts-of.ts',
    'drafts.ts',
    'random-ids.ts',
    'rehearsal.ts',
    'app.ts',
  ],
  'main.ts': [
    ...inner,
    'store',
    'words',
    'config.ts',
    'credentials.ts',
    'heap-room.ts',
    'logging.ts',
    'read-before.ts',
    'read-protocol.ts',
    'serve.ts',
    'vault.ts',
  ],
};

/** Files that say what an adapter of a kind must do; code further in may know the promise, never who keeps it. */
const ports: Readonly<Record<string, readonly string[]>> = {
  'networks/network.ts': ['dispatch', ...features, ...adapters],
};

/** What a part may take from another as types alone: a shape to be given, no code of the other. */
const mayImportTypes: Readonly<Record<string, readonly string[]>> = {
  teams: ['config.ts'],
  web: ['config.ts'],
  store: ['config.ts'],
};

/** Packages that one part alone may know; everything else stays free of the vendor. */
const vendors: readonly { readonly of: RegExp; readonly only: readonly string[] }[] = [
  { of: /^(botbuilder|botframework)/, only: ['teams'] },
  { of: /^(restify|nunjucks|govuk-frontend)(\/|$)/, only: ['web'] },
  { of: /^(@azure\/cosmos(\/|$)|node:sqlite$)/, only: ['store'] },
  { of: /^@azure\/identity(\/|$)/, only: ['app-identity.ts', 'store'] },
  { of: /^@azure\/keyvault-secrets(\/|$)/, only: ['vault.ts'] },
  { of: /^@azure\/storage-blob(\/|$)/, only: ['store'] },
  { of: /^(sharp|file-type)(\/|$)/, only: ['media'] },
  { of: /^adaptive(cards|-expressions)/, only: ['teams', 'web'] },
  { of: /^pino(\/|$)/, only: ['logging.ts'] },
  { of: /^(node:)?process$/, only: ['main.ts'] },
];

interface Import {
  readonly specifier: string;
  readonly typesOnly: boolean;
  readonly line: number;
}

/** Every module a file names: imports, re-exports, `import()`, types by `import('…')`, `require('…')`. */
function importsOf(path: string, source: string): readonly Import[] {
  const { program, errors } = parseSync(path, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be read: ${error.message}`);
  const found: Import[] = [];
  const add = (specifier: string, typesOnly: boolean, start: number): void => {
    found.push({ specifier, typesOnly, line: source.slice(0, start).split('\n').length });
  };
  new Visitor({
    ImportDeclaration: (node) => {
      add(node.source.value, node.importKind === 'type', node.start);
    },
    ExportAllDeclaration: (node) => {
      add(node.source.value, node.exportKind === 'type', node.start);
    },
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source.value, node.exportKind === 'type', node.start);
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        add(node.source.value, false, node.start);
    },
    TSImportType: (node) => {
      add(node.source.value, true, node.start);
    },
    CallExpression: (node) => {
      const [first] = node.arguments;
      const called = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (called === 'require' && first?.type === 'Literal' && typeof first.value === 'string')
        add(first.value, false, node.start);
    },
  }).visit(program);
  return found;
}

const partOf = (file: string): string => file.split('/')[0] ?? file;

/** What is wrong with one import of a file of `src`, in words; nothing when it is allowed. Paths are relative to `src`. */
function faultOf(file: string, found: Import): string | undefined {
  const part = partOf(file);
  if (!found.specifier.startsWith('.')) {
    const only = vendors.find((vendor) => vendor.of.test(found.specifier))?.only;
    return only === undefined || only.includes(part)
      ? undefined
      : `imports ${found.specifier}, which only ${only.map((one) => `src/${one}`).join(' and ')} may`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), found.specifier));
  if (part === 'teams' && /^\.\.\/cards\/[\w-]+\.json$/.test(target)) return undefined;
  if (target.startsWith('..')) return `imports ${found.specifier}, which stands outside src`;
  const to = partOf(target);
  if (to === part) return undefined;
  if (mayImport[part]?.includes(to) === true) return undefined;
  if (ports[target]?.includes(part) === true) return undefined;
  if (found.typesOnly && mayImportTypes[part]?.includes(to) === true) return undefined;
  return `imports src/${target}, but ${part} may only import ${(mayImport[part] ?? []).join(', ') || 'its own files'}`;
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const statedDependencies = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

async function statedByName(root: string): Promise<ReadonlySet<string>> {
  const text = existsSync(join(root, 'package.json'))
    ? await readFile(join(root, 'package.json'), 'utf8')
    : '{}';
  return new Set(Object.keys(statedDependencies.parse(JSON.parse(text)).dependencies));
}

/**
 * Every import under `src` that points the wrong way, one sentence each, as `src/file.ts:line imports …`;
 * none when all is well.
 */
export async function importFaults(root: string): Promise<readonly string[]> {
  const source = join(root, 'src');
  const dependencies = await statedByName(root);
  const faults: string[] = [];
  for await (const path of glob('**/*.ts', { cwd: source })) {
    const file = path.split(sep).join('/');
    const part = partOf(file);
    if (mayImport[part] === undefined) {
      faults.push(
        `src/${file} stands in no known part: give src/${part} its place in scripts/check-imports.ts`,
      );
      continue;
    }
    for (const found of importsOf(file, await readFile(join(source, file), 'utf8'))) {
      const bare = !found.specifier.startsWith('.');
      const builtIn = found.specifier.startsWith('node:') || builtinModules.includes(found.specifier);
      const fault =
        faultOf(file, found) ??
        (bare && !builtIn && !dependencies.has(packageOf(found.specifier))
          ? `imports ${found.specifier}, which is not among the dependencies in package.json`
          : undefined);
      if (fault !== undefined) faults.push(`src/${file}:${String(found.line)} ${fault}`);
    }
  }
  return faults.toSorted();
}

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const faults = await importFaults(root);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) {
    console.error(
      `${String(faults.length)} imports point the wrong way (${relative(root, fileURLToPath(import.meta.url))} says which way).`,
    );
    process.exitCode = 1;
  }
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import appManifest from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { z } from 'zod';
import { parseConfig } from '../src/config.ts';

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the placeholders of `manifest/manifest.json` stand for in one council's app. */
export interface AppValues {
  readonly version: string;
  readonly appId: string;
  /** where people reach the public pages, without a slash at the end */
  readonly publicUrl: string;
}

/** The manifest's text with each `{{placeholder}}` filled in. Throws on one that is not known. */
export function fillManifest(text: string, { version, appId, publicUrl }: AppValues): string {
  const values: Readonly<Record<string, string>> = {
    version,
    MicrosoftAppId: appId,
    CRIER_PUBLIC_URL: publicUrl,
    CRIER_PUBLIC_HOST: new URL(publicUrl).host,
  };
  return text.replace(/\{\{(.*?)\}\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the manifest holds ${whole}, which stands for nothing`);
    return JSON.stringify(value).slice(1, -1);
  });
}

const statedSchema = z.object({
  $schema: z.string(),
  icons: z.object({ color: z.string(), outline: z.string() }),
});

type ManifestCheck = typeof appManifest.AppManifestUtils.validateAgainstSchema;

/** Taken at its word by the package's types, because the check by the schema is still to come. */
const unchecked = z.custom<Parameters<ManifestCheck>[0]>(
  (value) => typeof value === 'object' && value !== null,
);
const shippedSchema = z.custom<NonNullable<Parameters<ManifestCheck>[1]>>(
  (value) => typeof value === 'object' && value !== null && '$schema' in value,
);

/** Microsoft's published schema as the package ships it, so that nothing is asked of the network. */
async function publishedSchema(address: string): Promise<z.infer<typeof shippedSchema> | undefined> {
  const path =
    /^https:\/\/developer\.microsoft\.com\/json-schemas\/(teams\/v[\d.]+\/MicrosoftTeams\.schema\.json)$/.exec(
      address,
    )?.[1];
  if (path === undefined) return undefined;
  const build = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest'));
  const text = await readFile(join(build, 'json-schemas', path), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : shippedSchema.parse(JSON.parse(text));
}

/**
 * Everything that Teams would refuse about a manifest and its icons, one sentence each; nothing when all is well.
 * `icon` gives the bytes of a file named in it.
 */
export async function manifestFaults(
  text: string,
  icon: (name: string) => Promise<Uint8Array>,
): Promise<readonly string[]> {
  const manifest: unknown = JSON.parse(text);
  const stated = statedSchema.safeParse(manifest);
  if (!stated.success) return [z.prettifyError(stated.error)];
  const { $schema, icons } = stated.data;
  const schema = await publishedSchema($schema);
  if (schema === undefined) return [`$schema ${$schema} is not one that @microsoft/app-manifest ships`];
  const faults = await appManifest.AppManifestUtils.validateAgainstSchema(unchecked.parse(manifest), schema);
  const sized = async (name: string, size: number): Promise<readonly string[]> => {
    const { format, width, height } = await sharp(await icon(name)).metadata();
    return format === 'png' && width === size && height === size
      ? []
      : [`${name} has to be a PNG of ${String(size)} by ${String(size)}`];
  };
  return [...faults, ...(await sized(icons.color, 192)), ...(await sized(icons.outline, 32))];
}

const iconOf = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(join(projectRoot, 'manifest', name)));

/** The app as Teams takes it: manifest and icons in one zip. Throws with every fault when Teams would refuse it. */
export async function packageApp(values: AppValues): Promise<Uint8Array> {
  const template = await readFile(join(projectRoot, 'manifest', 'manifest.json'), 'utf8');
  const text = fillManifest(template, values);
  const faults = await manifestFaults(text, iconOf);
  if (faults.length > 0) throw new Error(`The manifest is not valid:\n  ${faults.join('\n  ')}`);
  const { icons } = statedSchema.parse(JSON.parse(text));
  return zipSync({
    'manifest.json': new TextEncoder().encode(text),
    [icons.color]: await iconOf(icons.color),
    [icons.outline]: await iconOf(icons.outline),
  });
}

/** For a look at the package before there is a registration: no app has this id, so Teams will not run it. */
const sample = { appId: '00000000-0000-4000-8000-000000000000', publicUrl: 'https://crier.example' };

async function run(): Promise<void> {
  const stated = z.object({ version: z.string() });
  const { version } = stated.parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')));
  // Only what the manifest needs is asked for: packaging wants no secret.
  const { MicrosoftAppId: appId, CRIER_PUBLIC_URL: publicUrl } = process.env;
  const parsed = parseConfig({
    MicrosoftAppId: appId ?? sample.appId,
    CRIER_PUBLIC_URL: publicUrl ?? sample.publicUrl,
  });
  const wrong = parsed.ok
    ? []
    : parsed.faults.filter(
        ({ variable }) => variable === 'MicrosoftAppId' || variable === 'CRIER_PUBLIC_URL',
      );
  for (const { variable, problem, allowed } of wrong)
    console.error(`${variable} ${problem}. Give ${allowed}.`);
  if (wrong.length > 0) {
    process.exitCode = 1;
    return;
  }
  const zip = await packageApp({
    version,
    appId: appId ?? sample.appId,
    publicUrl: (publicUrl ?? sample.publicUrl).replace(/\/+$/, ''),
  });
  await mkdir(join(projectRoot, 'dist'), { recursive: true });
  await writeFile(join(projectRoot, 'dist', 'crier.zip'), zip);
  console.log("dist/crier.zip is written and valid by Microsoft's published schema.");
  if (appId === undefined || publicUrl === undefined)
    console.log(
      'It is a sample: set MicrosoftAppId and CRIER_PUBLIC_URL to those of your own app before you upload it.',
    );
}

if (import.meta.main) await run();

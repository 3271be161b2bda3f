import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { fillManifest, manifestFaults, packageApp } from '../../scripts/package.ts';
import { typedCommands } from '../../src/teams/typed/index.ts';

const values = {
  version: '1.2.3',
  appId: '6f1f0c52-3c1a-4a52-9f2e-0d6d5a0b7f11',
  publicUrl: 'https://news.example.org',
};

const file = (name: string): Promise<Buffer> =>
  readFile(fileURLToPath(new URL(`../../manifest/${name}`, import.meta.url)));
const icon = async (name: string): Promise<Uint8Array> => new Uint8Array(await file(name));
const manifest = async (): Promise<string> => fillManifest((await file('manifest.json')).toString(), values);

test('the zip holds the filled manifest and both icons, and nothing was asked of the network', async () => {
  const asked = vi.spyOn(globalThis, 'fetch');
  const held = unzipSync(await packageApp(values));
  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
  expect(Object.keys(held).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  const text = strFromU8(held['manifest.json'] ?? new Uint8Array());
  expect(text).not.toContain('{{');
  expect(JSON.parse(text)).toMatchObject({
    id: values.appId,
    version: '1.2.3',
    validDomains: ['news.example.org'],
    bots: [{ botId: values.appId, scopes: ['personal', 'team', 'groupChat'] }],
  });
});

describe('a manifest that Teams would refuse', () => {
  test.each([
    ['an id that is none', (text: string) => text.replaceAll(values.appId, 'crier'), /\/id/],
    [
      'a property that is not known',
      (text: string) => text.replace('"accentColor"', '"accentColour"'),
      /accentColo/,
    ],
    [
      'a name that is too long',
      (text: string) => text.replace('"short": "Crier"', `"short": "${'Crier'.repeat(9)}"`),
      /\/name\/short/,
    ],
    ['a schema that is not published', (text: string) => text.replace('/v1.30/', '/v9.99/'), /\$schema/],
    [
      'icons that are mixed up',
      (text: string) => text.replace('"color": "color.png"', '"color": "outline.png"'),
      /192 by 192/,
    ],
  ])('has %s', async (_what, spoil, said) => {
    const spoilt = spoil(await manifest());
    expect(spoilt).not.toBe(await manifest());
    expect((await manifestFaults(spoilt, icon)).join('\n')).toMatch(said);
  });

  test('is not this one', async () => {
    expect(await manifestFaults(await manifest(), icon)).toEqual([]);
  });
});

test('a placeholder that stands for nothing is told', () => {
  expect(() => fillManifest('{"id": "{{AppId}}"}', values)).toThrow('{{AppId}}');
});

test('the manifest lists the commands that Crier knows, each somewhere', async () => {
  const lists = z.object({
    bots: z.array(
      z.object({ commandLists: z.array(z.object({ commands: z.array(z.object({ title: z.string() })) })) }),
    ),
  });
  const { bots } = lists.parse(JSON.parse(await manifest()));
  const listed = new Set(
    bots.flatMap((bot) => bot.commandLists.flatMap((list) => list.commands.map(({ title }) => title))),
  );
  // Choosing a Teams channel and letting in a new account are done once in a while, the card of a video asks for its
  // captions, a consent is seldom withdrawn, and a list holds twelve commands at most.
  const seldom = ['use', 'stop-using', 'captions', 'picture', 'sign-in', 'where'];
  const known = typedCommands.map(({ name }) => name).filter((name) => !seldom.includes(name));
  expect([...listed].toSorted()).toEqual(known.toSorted());
});

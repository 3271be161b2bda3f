import { mkdir, open, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnchorSeries, AnchorSink } from '../core/anchors.ts';
import { codeOf } from '../core/code-of.ts';

const prefix = 'anchors';
const suffix = '.jsonl';

export interface AnchorFolderOptions {
  /** a folder, best on another disk than the data */
  readonly folder: string;
  /** `[A-Za-z0-9_-]+`: each process that shares the store writes a series of its own; one alone needs no name */
  readonly series?: string;
}

/** Anchors in files that are only ever added to, one per series. */
export function anchorFolder({ folder, series }: AnchorFolderOptions): AnchorSink {
  if (series !== undefined && !/^[A-Za-z0-9_-]+$/.test(series)) throw new Error('not a name for a series');
  const ours = join(folder, `${prefix}${series === undefined ? '' : `-${series}`}${suffix}`);
  let known: { readonly last: string | undefined } | undefined;

  /** A process that died while it wrote can leave half a line, which was never promised to be there. */
  async function prepare(): Promise<{ readonly last: string | undefined }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const text = await textOf(ours);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(ours, Buffer.byteLength(whole));
    return { last: linesOf(whole).at(-1) };
  }

  return {
    read: async () => {
      const names = await readdir(folder).catch(absent<string[]>([]));
      const files = names.filter((name) => name.startsWith(prefix) && name.endsWith(suffix)).sort();
      return await Promise.all(files.map(async (name) => seriesOf(name, await settled(join(folder, name)))));
    },
    last: async () => {
      known ??= await prepare();
      return known.last;
    },
    append: async (lines) => {
      known ??= await prepare();
      // Until the write has ended well nothing is known of how the file ends.
      const { last } = known;
      known = undefined;
      const file = await open(ours, 'a', 0o600);
      try {
        await file.writeFile(lines.map((line) => `${line}\n`).join(''));
        await file.sync();
      } finally {
        await file.close();
      }
      known = { last: lines.at(-1) ?? last };
    },
  };
}

/** What stands in a file; once more where its last line may be being written at this moment. */
async function settled(path: string): Promise<string> {
  const text = await textOf(path);
  return text.endsWith('\n') ? text : await textOf(path);
}

function seriesOf(name: string, text: string): AnchorSeries {
  return { name, lines: linesOf(text), half: text !== '' && !text.endsWith('\n') };
}

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(absent(''));
}

function absent<T>(value: T): (fault: unknown) => T {
  return (fault) => {
    if (codeOf(fault) === 'ENOENT') return value;
    throw fault;
  };
}

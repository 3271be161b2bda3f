import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { z } from 'zod';
import type { FoundFault, Path, ProtocolFault } from './faults.ts';
import { isPart } from './raw.ts';
import type { Part } from './raw.ts';

/** What a protocol file says, and where each part of it stands. */
export interface PlacedContent {
  /** undefined when the file says nothing that can be looked at further */
  readonly content: Part | undefined;
  /** what is wrong with how it is written: syntax, names that stand twice, copies */
  readonly faults: readonly ProtocolFault[];
  /** from this offset on it may have been misread; infinite when it has none of these faults */
  readonly misreadFrom: number;
  /** Where a path stands: its value, or its name; the nearest part above it where it is not there. */
  readonly offsetOf: (path: Path, which: FoundFault['at']) => number;
  readonly placeOf: (offset: number) => Pick<ProtocolFault, 'line' | 'column'>;
}

const yamlPackage = z.custom<typeof Yaml>(
  (loaded) => typeof loaded === 'object' && loaded !== null && 'parseDocument' in loaded,
);

/**
 * Reads a file's text with the package that goes on after a fault of syntax and knows where everything stands. The
 * package is loaded only here, since that alone takes half as long as to read a file that has nothing wrong.
 */
export function placedContent(text: string): PlacedContent {
  const yaml = yamlPackage.parse(createRequire(import.meta.url)('yaml'));
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };

  const faults: ProtocolFault[] = [];
  let misreadFrom = Number.POSITIVE_INFINITY;
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const firstTab = errors.find(({ code }) => code === 'TAB_AS_INDENT')?.pos[0] ?? Number.POSITIVE_INFINITY;
  for (const error of errors) {
    const [offset] = error.pos;
    // The package loses its way at a tab, and finds fault with everything behind it.
    if (offset >= firstTab && error.code !== 'TAB_AS_INDENT') continue;
    const kind =
      error.code === 'DUPLICATE_KEY'
        ? ({ code: 'duplicate-key', key: keyAt(text, offset) } as const)
        : ({ code: 'syntax', yaml: error.code, message: error.message } as const);
    // what is misread may seem to stand twice
    if (kind.code === 'duplicate-key' && offset >= misreadFrom) continue;
    if (kind.code === 'syntax') misreadFrom = Math.min(misreadFrom, begunAt(text, offset, error.code));
    faults.push({ ...placeOf(offset), path: '', kind });
  }

  yaml.visit(document, {
    Alias: (_key, alias) => {
      faults.push({
        ...placeOf(alias.range?.[0] ?? 0),
        path: '',
        kind: { code: 'alias', name: alias.source },
      });
    },
  });
  const copied = faults.some((fault) => fault.kind.code === 'alias');
  const content = copied ? undefined : plainContent(yaml, document);
  if (isNothing(yaml, document) && faults.length === 0) {
    faults.push({ line: 1, column: 1, path: '', kind: { code: 'empty-file' } });
    return { content: undefined, faults, misreadFrom, offsetOf: () => 0, placeOf };
  }
  if (content === undefined && faults.length === 0) {
    const got = yaml.isSeq(document.contents) ? 'list' : 'text';
    const kind = { code: 'wrong-type', key: 'the file', got, wants: 'part' } as const;
    faults.push({ line: 1, column: 1, path: '', kind });
  }
  const offsetOf = (path: Path, which: FoundFault['at']) => offsetIn(yaml, document, path, which);
  return { content, faults, misreadFrom, offsetOf, placeOf };
}

/** From where on a fault may have changed what is read: what a tab belongs to seems to hold less than it does. */
function begunAt(text: string, offset: number, code: string): number {
  if (code !== 'TAB_AS_INDENT') return offset;
  const [section] = /(?:^|\n)[^\s#][^\n]*\n(?:[ \t#][^\n]*\n|\n)*$/u.exec(text.slice(0, offset)) ?? [];
  return offset - (section?.length ?? offset);
}

/** Whether a file has neither names nor anything else in it. */
const isNothing = ({ isScalar }: typeof Yaml, { contents }: Yaml.Document): boolean =>
  contents === null || (isScalar(contents) && contents.value === null);

/** The file's content as plain values; undefined when it is not a set of names. Holds no aliases by now. */
function plainContent(yaml: typeof Yaml, document: Yaml.Document): Part | undefined {
  const content: unknown = yaml.isMap(document.contents) ? document.toJS() : undefined;
  return isPart(content) ? content : undefined;
}

function keyAt(text: string, offset: number): string {
  return /^["']?([^:"'\n]*)/.exec(text.slice(offset, offset + 200))?.[1]?.trim() ?? '';
}

function offsetIn(
  { isMap, isNode, isScalar, isSeq }: typeof Yaml,
  document: Yaml.Document,
  path: Path,
  which: FoundFault['at'],
): number {
  const isEmpty = (node: Yaml.Node) => isScalar(node) && node.value === null && (node.source ?? '') === '';
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [i, part] of path.entries()) {
    const last = i === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.findLast(
        (one) => (isScalar(one.key) ? String(one.key.value) : '') === String(part),
      );
      if (pair === undefined) return offset;
      const keyOffset = isNode(pair.key) ? pair.key.range?.[0] : undefined;
      const valueOffset = isNode(pair.value) && !isEmpty(pair.value) ? pair.value.range?.[0] : undefined;
      offset = (last && which === 'value' ? (valueOffset ?? keyOffset) : keyOffset) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

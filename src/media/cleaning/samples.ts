import { boxBelow, type Box } from './boxes.ts';

/** Bytes of a file from `from` on and before `to`. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** Where a track's pictures or sounds stand in the file; `to` is absent where only the next chunk's beginning tells. */
export interface Chunk {
  readonly from: number;
  readonly to?: number;
}

/** More chunks than any film has that is sent to us; more of them would be there to fill our memory. */
export const mostChunks = 1_000_000;

/**
 * Reads where a track's samples stand (ISO/IEC 14496-12, 8.7).
 * @param exact whether the sizes that the tables tell are bytes. For sound of equal samples QuickTime counts
 * otherwise, so that a chunk of those is taken to reach to where the next one begins.
 * @returns undefined when the tables contradict themselves
 */
export function chunksOf(bytes: Buffer, trak: Box, exact: boolean): readonly Chunk[] | undefined {
  const table = boxBelow(bytes, trak, 'mdia', 'minf', 'stbl');
  if (table === undefined) return undefined;
  const starts = startsOf(bytes, table);
  const sizes = sizesOf(bytes, table);
  const counts = boxBelow(bytes, table, 'stsc');
  if (starts === undefined || sizes === undefined || counts === undefined) return undefined;
  const groups = entriesOf(bytes, counts, 12);
  if (groups === undefined || (starts.length > 0 && groups.count === 0)) return undefined;
  const chunks: Chunk[] = [];
  let sample = 0;
  for (let group = 0; group < groups.count && chunks.length < starts.length; group += 1) {
    const at = groups.from + group * 12;
    const first = bytes.readUInt32BE(at);
    const perChunk = bytes.readUInt32BE(at + 4);
    const next = group + 1 < groups.count ? bytes.readUInt32BE(at + 12) : starts.length + 1;
    if (first !== chunks.length + 1 || next <= first) return undefined;
    for (const from of starts.slice(first - 1, next - 1)) {
      const samples = Math.min(perChunk, sizes.count - sample);
      if (!exact && sizes.equal) chunks.push({ from });
      else chunks.push({ from, to: from + sizes.sum(sample, samples) });
      sample += samples;
    }
  }
  return chunks;
}

/** The entries of a full box that says how many of them it has. */
function entriesOf(
  bytes: Buffer,
  { body, to }: Box,
  each: number,
): { readonly from: number; readonly count: number } | undefined {
  if (to - body < 8) return undefined;
  const count = bytes.readUInt32BE(body + 4);
  return count * each > to - body - 8 ? undefined : { from: body + 8, count };
}

function startsOf(bytes: Buffer, table: Box): readonly number[] | undefined {
  const short = boxBelow(bytes, table, 'stco');
  const long = short === undefined ? boxBelow(bytes, table, 'co64') : undefined;
  const box = short ?? long;
  const entries = box === undefined ? undefined : entriesOf(bytes, box, short === undefined ? 8 : 4);
  if (entries === undefined || entries.count > mostChunks) return undefined;
  return Array.from({ length: entries.count }, (_, n) =>
    short === undefined
      ? Number(bytes.readBigUInt64BE(entries.from + 8 * n))
      : bytes.readUInt32BE(entries.from + 4 * n),
  );
}

interface Sizes {
  readonly count: number;
  /** all are told by one number */
  readonly equal: boolean;
  readonly sum: (from: number, count: number) => number;
}

function sizesOf(bytes: Buffer, table: Box): Sizes | undefined {
  const box = boxBelow(bytes, table, 'stsz') ?? boxBelow(bytes, table, 'stz2');
  if (box === undefined || box.to - box.body < 12) return undefined;
  const [told, count, from] = [
    bytes.readUInt32BE(box.body + 4),
    bytes.readUInt32BE(box.body + 8),
    box.body + 12,
  ];
  if (box.type === 'stsz' && told !== 0) return { count, equal: true, sum: (_, samples) => told * samples };
  const bits = box.type === 'stsz' ? 32 : told & 0xff;
  if (![4, 8, 16, 32].includes(bits) || Math.ceil((count * bits) / 8) > box.to - from) return undefined;
  const size = (n: number): number => {
    if (bits !== 4) return bytes.readUIntBE(from + (n * bits) / 8, bits / 8);
    const both = bytes.readUInt8(from + (n >> 1));
    return n % 2 === 0 ? both >> 4 : both & 15;
  };
  const sum = (first: number, samples: number): number => {
    let total = 0;
    for (let n = first; n < first + samples; n += 1) total += size(n);
    return total;
  };
  return { count, equal: false, sum };
}

/**
 * What of some room no kept chunk uses: samples of tracks that were taken out, and whatever a camera left between.
 * @returns undefined when a kept chunk is not in that room
 */
export function unused(
  room: readonly Extent[],
  kept: readonly Chunk[],
  gone: readonly Chunk[],
): readonly Extent[] | undefined {
  const starts = Float64Array.from([...kept, ...gone], ({ from }) => from).sort();
  const used = kept.toSorted((a, b) => a.from - b.from);
  const left: Extent[] = [];
  let next = 0;
  for (const { from, to } of room.toSorted((a, b) => a.from - b.from)) {
    let at = from;
    for (let chunk = used[next]; chunk !== undefined && chunk.from < to; chunk = used[(next += 1)]) {
      const end = chunk.to ?? Math.min(to, after(starts, chunk.from) ?? to);
      if (chunk.from < from || end > to) return undefined;
      if (chunk.from > at) left.push({ from: at, to: chunk.from });
      at = Math.max(at, end);
    }
    if (at < to) left.push({ from: at, to });
  }
  return next < used.length ? undefined : left;
}

/** The first of sorted numbers that is larger. */
function after(sorted: Float64Array, than: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= than) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/** A box of an MP4 or QuickTime file (ISO/IEC 14496-12, 4.2), by places in the bytes that it stands in. */
export interface Box {
  readonly type: string;
  /** of its header */
  readonly from: number;
  /** of what it holds */
  readonly body: number;
  readonly to: number;
}

/** More than stand side by side in anything but a film in fragments; more of them would be there to fill our memory. */
const mostTogether = 10_000;

/** Bytes of the longest header: a size, a type and a size of 64 bits. */
export const longestHeader = 16;

/**
 * The box whose header begins at `from`. A size of 0 reaches to the end of what it stands in.
 * @param at where `bytes` stand in the file
 * @param end before which it has to end
 * @returns undefined when there is no box there
 */
export function boxAt(bytes: Buffer, from: number, end: number, at = 0): Box | undefined {
  if (from + 8 > end || from - at + 8 > bytes.length) return undefined;
  const type = bytes.toString('latin1', from - at + 4, from - at + 8);
  const short = bytes.readUInt32BE(from - at);
  if (short === 0) return { type, from, body: from + 8, to: end };
  if (short === 1 && from - at + longestHeader > bytes.length) return undefined;
  const size = short === 1 ? Number(bytes.readBigUInt64BE(from - at + 8)) : short;
  const body = from + (short === 1 ? longestHeader : 8);
  return size < body - from || size > end - from ? undefined : { type, from, body, to: from + size };
}

/**
 * The boxes from `from` on and before `to`. What is left over at the end, as QuickTime leaves four zeros, is made
 * zeros: nobody could read it.
 * @returns undefined when one of them does not end before its parent does
 */
export function boxesIn(bytes: Buffer, from: number, to: number): readonly Box[] | undefined {
  const boxes: Box[] = [];
  for (let at = from; at < to;) {
    if (to - at < 8 || bytes.readUInt32BE(at) === 0) {
      bytes.fill(0, at, to);
      break;
    }
    const box = boxAt(bytes, at, to);
    if (box === undefined || boxes.length === mostTogether) return undefined;
    boxes.push(box);
    at = box.to;
  }
  return boxes;
}

/** Makes a box free room of the same length, so that everything after it stays where it is. */
export function free(bytes: Buffer, { from, body, to }: Box): void {
  bytes.write('free', from + 4, 'latin1');
  bytes.fill(0, body, to);
}

/** What is done with a box that stays. @returns false when it is broken */
export type Treatment = (bytes: Buffer, box: Box) => boolean;

/** The box says nothing of a place, a camera or a person. */
export const asItIs: Treatment = () => true;

/**
 * A box of which only these boxes stay, the first of each type, which is the one that players read; those of `many`
 * stay however often they come.
 */
export function holding(
  kept: Readonly<Record<string, Treatment>>,
  many: ReadonlySet<string> = new Set(),
): Treatment {
  const treatments = new Map(Object.entries(kept));
  return (bytes, { body, to }) => {
    const seen = new Set<string>();
    return (
      boxesIn(bytes, body, to)?.every((box) => {
        const treat = treatments.get(box.type);
        const again = seen.has(box.type) && !many.has(box.type);
        seen.add(box.type);
        if (treat !== undefined && !again) return treat(bytes, box);
        free(bytes, box);
        return true;
      }) ?? false
    );
  };
}

/** The box that stands at the end of a path from another one, the first of each type. */
export function boxBelow(bytes: Buffer, box: Box, ...path: readonly string[]): Box | undefined {
  let found: Box | undefined = box;
  for (const type of path) {
    if (found === undefined) return undefined;
    found = boxesIn(bytes, found.body, found.to)?.find((each) => each.type === type);
  }
  return found;
}

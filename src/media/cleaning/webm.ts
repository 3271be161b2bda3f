import { broken, type Change, type Cleaning, type FileBytes } from './changes.ts';

/** An element of a WebM file (RFC 8794, EBML), by places in the file. */
interface Element {
  readonly id: number;
  readonly from: number;
  /** of what it holds */
  readonly body: number;
  /** absent where its length was not known yet when it was written */
  readonly to?: number;
}

/** RFC 9559 (Matroska) and the WebM Project's guidelines say what each of these is. */
const ids = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  places: 0x114d9b74,
  place: 0x4dbb,
  placeOf: 0x53ab,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackType: 0x83,
  cluster: 0x1f43b675,
  cues: 0x1c53bb6b,
  checksum: 0xbf,
  void: 0xec,
  timeScale: 0x2ad7b1,
  duration: 0x4489,
  muxer: 0x4d80,
  writer: 0x5741,
} as const;

/** What stands in a segment beside its pictures, and is looked at in memory. */
const largestPart = 4 * 1024 * 1024;
/** An element of each picture may have to be looked at; more would be there to keep us busy. */
const mostElements = 5_000_000;
/** Of a track: its name, who made it, what it was made with, and files that belong to it. */
const goneOfTrack = new Set<number>([0x536e, 0x258688, 0x3a9697, 0x3b4040, 0x26b240, 0x7446]);
const keptInSegment = new Set<number>([ids.places, ids.info, ids.tracks, ids.cluster, ids.cues]);
/** What can follow a cluster of unknown length ends it. */
const inSegment = new Set<number>([...keptInSegment, 0x1254c367, 0x1941a469, 0x1043a770]);

/**
 * Decides what has to be overwritten in a WebM file: tags, attached files, chapters, the title, when and by what it
 * was made. Tracks of anything but pictures and sound can not be taken out of between the pictures: they are refused.
 */
export async function cleaningOfWebm(file: FileBytes): Promise<Cleaning> {
  const head = await elementAt(file, 0, file.size);
  if (head?.id !== ids.header || head.to === undefined) return broken;
  const segment = await elementAt(file, head.to, file.size);
  if (segment?.id !== ids.segment) return broken;
  const end = segment.to ?? file.size;
  const changes: Change[] = [];
  let elements = 0;
  let tracks = 0;
  for (let at = segment.body; at < end;) {
    const element = await elementAt(file, at, end);
    if (element === undefined || (elements += 1) > mostElements) return broken;
    const { id } = element;
    if (id === ids.cluster) {
      const after = element.to ?? (await endOfCluster(file, element.body, end, () => (elements += 1)));
      if (after === undefined || elements > mostElements) return broken;
      at = after;
      continue;
    }
    if (element.to === undefined) return broken;
    if (id === ids.void) changes.push({ from: element.body, to: element.to });
    else if (!keptInSegment.has(id)) changes.push(...voided(element.from, element.to));
    else if (id !== ids.cues) {
      if (element.to - element.body > largestPart) return broken;
      const bytes = await file.read(element.body, element.to);
      const cleaned = partCleaned(id, bytes);
      if (typeof cleaned === 'string') return { ok: false, why: cleaned };
      tracks += id === ids.tracks ? 1 : 0;
      changes.push(...cleaned.map((change) => moved(change, element.body)));
    }
    at = element.to;
  }
  if (tracks === 0) return broken;
  if (end < file.size)
    changes.push(...(file.size - end > 1 ? voided(end, file.size) : [{ from: end, to: file.size }]));
  return { ok: true, changes };
}

const moved = (change: Change, by: number): Change =>
  'bytes' in change
    ? { from: change.from + by, bytes: change.bytes }
    : { from: change.from + by, to: change.to + by };

type PartFault = Extract<Cleaning, { readonly ok: false }>['why'];

/** What of a segment's places, facts or tracks has to go, by places in its bytes. */
function partCleaned(id: number, bytes: Buffer): readonly Change[] | PartFault {
  const elements = elementsIn(bytes, 0, bytes.length);
  if (elements === undefined) return 'video-unreadable';
  const changes: Change[] = [];
  for (const { id: of, from, body, to } of elements) {
    if (of === ids.void) changes.push({ from: body, to });
    else if (id === ids.info) {
      if (of === ids.muxer || of === ids.writer) changes.push({ from: body, to });
      else if (of !== ids.timeScale && of !== ids.duration) changes.push(...voided(from, to));
    } else if (id === ids.tracks) {
      if (of !== ids.track) changes.push(...voided(from, to));
      else {
        const cleaned = trackCleaned(bytes, body, to);
        if (typeof cleaned === 'string') return cleaned;
        changes.push(...cleaned);
      }
    } else if (of !== ids.place || !leadsToKept(bytes, body, to)) changes.push(...voided(from, to));
  }
  return changes;
}

function trackCleaned(bytes: Buffer, from: number, to: number): readonly Change[] | PartFault {
  const elements = elementsIn(bytes, from, to);
  const type = elements?.find(({ id }) => id === ids.trackType);
  if (elements === undefined || type === undefined) return 'video-unreadable';
  const kind = bytes.subarray(type.body, type.to).reduce((sum, byte) => sum * 256 + byte, 0);
  if (kind !== 1 && kind !== 2) return 'video-other-tracks';
  return elements.flatMap((each) => {
    if (each.id === ids.void) return [{ from: each.body, to: each.to }];
    return goneOfTrack.has(each.id) || each.id === ids.checksum ? voided(each.from, each.to) : [];
  });
}

function leadsToKept(bytes: Buffer, from: number, to: number): boolean {
  const of = elementsIn(bytes, from, to)?.find(({ id }) => id === ids.placeOf);
  if (of === undefined || of.to - of.body !== 4) return false;
  return keptInSegment.has(bytes.readUInt32BE(of.body));
}

/** An element of the same length that holds nothing. It has at least two bytes. */
function voided(from: number, to: number): readonly Change[] {
  // The length is written in as many bytes as there are, so that an element of two bytes can be overwritten too.
  const width = Math.min(8, to - from - 1);
  const header = Buffer.alloc(1 + width);
  header[0] = ids.void;
  let length = to - from - 1 - width;
  for (let at = width; at > 0; at -= 1, length = Math.floor(length / 256)) header[at] = length % 256;
  header[1] = (header[1] ?? 0) | (0x80 >> (width - 1));
  const body = from + header.length;
  return [{ from, bytes: header }, ...(body < to ? [{ from: body, to }] : [])];
}

/** Where a cluster ends whose length nobody knew: where something begins that is no part of one. */
async function endOfCluster(
  file: FileBytes,
  from: number,
  end: number,
  count: () => number,
): Promise<number | undefined> {
  for (let at = from; at < end;) {
    const element = await elementAt(file, at, end);
    if (element === undefined || count() > mostElements) return undefined;
    if (inSegment.has(element.id)) return at;
    if (element.to === undefined) return undefined;
    at = element.to;
  }
  return end;
}

function elementsIn(
  bytes: Buffer,
  from: number,
  to: number,
): readonly (Element & { readonly to: number })[] | undefined {
  const found: (Element & { readonly to: number })[] = [];
  for (let at = from; at < to;) {
    const element = elementOf(bytes.subarray(at, to), at, to);
    if (element?.to === undefined || found.length === 10_000) return undefined;
    found.push({ ...element, to: element.to });
    at = element.to;
  }
  return found;
}

const elementAt = async (file: FileBytes, at: number, end: number): Promise<Element | undefined> =>
  elementOf(await file.read(at, Math.min(end, at + 12)), at, end);

/** @returns undefined where there is none, or where it does not end before `end` */
function elementOf(bytes: Buffer, from: number, end: number): Element | undefined {
  const idBytes = Math.clz32((bytes[0] ?? 0) << 24) + 1;
  const sizeBytes = Math.clz32((bytes[idBytes] ?? 0) << 24) + 1;
  if (idBytes > 4 || sizeBytes > 8 || idBytes + sizeBytes > bytes.length) return undefined;
  const id = bytes.readUIntBE(0, idBytes);
  const first = (bytes[idBytes] ?? 0) & (0xff >> sizeBytes);
  let size = first;
  let unknown = first === 0xff >> sizeBytes;
  for (const byte of bytes.subarray(idBytes + 1, idBytes + sizeBytes)) {
    size = size * 256 + byte;
    unknown &&= byte === 0xff;
  }
  const body = from + idBytes + sizeBytes;
  if (unknown) return { id, from, body };
  return body + size > end ? undefined : { id, from, body, to: body + size };
}

import {
  asItIs,
  boxAt,
  boxBelow,
  boxesIn,
  free,
  holding,
  longestHeader,
  type Box,
  type Treatment,
} from './boxes.ts';
import { broken, type Change, type Cleaning, type FileBytes } from './changes.ts';
import { chunksOf, mostChunks, unused, type Chunk, type Extent } from './samples.ts';

/** Most bytes of what says where the pictures stand; it is looked at in memory. A film of an hour has some 4 MB. */
const largestIndex = 32 * 1024 * 1024;
/** A film that is written in fragments has a few of these for each; more would be there to keep us busy. */
const mostBoxes = 200_000;

/** Stay as they are at the top of a file: its kind, its pictures, and where its fragments stand. */
const keptAtTop = new Set(['ftyp', 'styp', 'mdat', 'sidx', 'mfra']);
const emptyRoom = new Set(['free', 'skip', 'wide']);

/**
 * Decides what has to be overwritten in an MP4 or QuickTime file (ISO/IEC 14496-12; Apple, "QuickTime File Format").
 * Places stand in `udta`, `meta` and `uuid` boxes, in tracks of their own (GoPro's `gpmd`, Google's `camm`, Apple's
 * `mebx`, the subtitles of a drone), in free room and behind the last box.
 */
export async function cleaningOfMp4(file: FileBytes): Promise<Cleaning> {
  const changes: Change[] = [];
  const room: Extent[] = [];
  const fragments: Box[] = [];
  let index: Box | undefined;
  let boxes = 0;
  for (let at = 0; at < file.size;) {
    const box = boxAt(await file.read(at, at + longestHeader), at, file.size, at);
    if (box === undefined) {
      // Some cameras write more behind the last box, in a form of their own.
      if (index === undefined || room.length === 0 || (await isCutOff(file, at))) return broken;
      changes.push(...behindTheLast(at, file.size));
      break;
    }
    if ((boxes += 1) > mostBoxes) return broken;
    if (box.type === 'moov') {
      if (index !== undefined || box.to - box.from > largestIndex) return broken;
      index = box;
    } else if (box.type === 'moof') {
      if (box.to - box.from > largestIndex) return broken;
      fragments.push(box);
    } else if (!keptAtTop.has(box.type)) {
      if (!emptyRoom.has(box.type))
        changes.push({ from: box.from + 4, bytes: Buffer.from('free', 'latin1') });
      if (box.body < box.to) changes.push({ from: box.body, to: box.to });
    } else if (box.type === 'mdat') room.push({ from: box.body, to: box.to });
    at = box.to;
  }
  if (index === undefined) return broken;
  const bytes = await file.read(index.from, index.to);
  const cleaned = cleanedIndex(bytes, fragments.length > 0 ? undefined : room);
  if (!cleaned.ok) return cleaned;
  if (cleaned.tracksGone && fragments.length > 0) return { ok: false, why: 'video-other-tracks' };
  changes.push({ from: index.from, bytes }, ...cleaned.blank);
  for (const { from, to } of fragments) {
    const fragment = await file.read(from, to);
    const box = boxAt(fragment, 0, fragment.length);
    if (box === undefined || !cleanFragment(fragment, box)) return broken;
    changes.push({ from, bytes: fragment });
  }
  return { ok: true, changes };
}

/** Whether what does not end in the file is something that belongs in it: then its end is missing. */
async function isCutOff(file: FileBytes, at: number): Promise<boolean> {
  const type = (await file.read(at + 4, at + 8)).toString('latin1');
  return (
    keptAtTop.has(type) || emptyRoom.has(type) || ['moov', 'moof', 'udta', 'meta', 'uuid'].includes(type)
  );
}

/** Makes the end of a file free room; fewer bytes than a header has are made zeros. */
const behindTheLast = (from: number, to: number): readonly Change[] =>
  to - from < 8
    ? [{ from, to }]
    : [
        { from, to: from + 4 },
        { from: from + 4, bytes: Buffer.from('free', 'latin1') },
        { from: from + 8, to },
      ];

/**
 * Cleans what says where the pictures stand, in its own place.
 * @param room where pictures may stand; absent where fragments say which of it they use
 * @returns which extents of that room nobody uses
 */
function cleanedIndex(
  bytes: Buffer,
  room: readonly Extent[] | undefined,
):
  | { readonly ok: true; readonly blank: readonly Extent[]; readonly tracksGone: boolean }
  | Extract<Cleaning, { ok: false }> {
  const moov = boxAt(bytes, 0, bytes.length);
  const tracks = moov === undefined ? undefined : boxesIn(bytes, moov.body, moov.to);
  if (moov === undefined || tracks === undefined) return { ok: false, why: 'video-unreadable' };
  const gone = new Set<number>();
  const [keptChunks, goneChunks]: [Chunk[], Chunk[]] = [[], []];
  for (const trak of tracks.filter(({ type }) => type === 'trak')) {
    const handler = handlerOf(bytes, trak);
    const chunks = chunksOf(bytes, trak, handler === 'vide');
    if (handler === undefined || chunks === undefined) return { ok: false, why: 'video-unreadable' };
    const shown = handler === 'vide' || handler === 'soun';
    for (const chunk of chunks) (shown ? keptChunks : goneChunks).push(chunk);
    if (keptChunks.length + goneChunks.length > mostChunks) return { ok: false, why: 'video-unreadable' };
    if (shown) continue;
    gone.add(idOf(bytes, trak) ?? 0);
    free(bytes, trak);
  }
  const blank = room === undefined ? [] : unused(room, keptChunks, goneChunks);
  if (blank === undefined || !indexWithout(gone)(bytes, moov)) return { ok: false, why: 'video-unreadable' };
  return { ok: true, blank, tracksGone: gone.size > 0 };
}

function handlerOf(bytes: Buffer, trak: Box): string | undefined {
  const handler = boxBelow(bytes, trak, 'mdia', 'hdlr');
  return handler === undefined || handler.to - handler.body < 12
    ? undefined
    : bytes.toString('latin1', handler.body + 8, handler.body + 12);
}

function idOf(bytes: Buffer, trak: Box): number | undefined {
  const header = boxBelow(bytes, trak, 'tkhd');
  if (header === undefined || header.to - header.body < 24) return undefined;
  return bytes.readUInt32BE(header.body + (bytes[header.body] === 1 ? 20 : 12));
}

/**
 * A header that begins with when it was made and when it was changed. Its three times have one of two lengths.
 * @param length of what it holds where they are short, in bytes; nothing belongs behind that
 */
const untimed =
  (length: number): Treatment =>
  (bytes, { body, to }) => {
    const long = bytes[body] === 1;
    const end = body + length + (long ? 12 : 0);
    if (to < end) return false;
    bytes.fill(0, body + 4, body + (long ? 20 : 12));
    bytes.fill(0, end, to);
    return true;
  };

/** What kind of track it is; who made it and its name go, which often is the camera's. */
const unnamed: Treatment = (bytes, { body, to }) => {
  if (to - body < 12) return false;
  bytes.fill(0, body + 12, to);
  return true;
};

/** Where the pictures are: in this file, and of nothing but that fact. A path to another one tells of a machine. */
const inThisFile: Treatment = (bytes, { body, to }) =>
  to - body >= 8 &&
  (boxesIn(bytes, body + 8, to)?.every((entry) => {
    if (entry.to - entry.body < 4 || (bytes.readUInt32BE(entry.body) & 1) === 0) return false;
    bytes.fill(0, entry.body + 4, entry.to);
    return true;
  }) ??
    false);

/** Bytes of a sample entry's maker, and of the name of what packed its pictures, from its beginning. */
const maker = { from: 20, to: 24 };
const packer = { from: 50, to: 82 };
/** Where boxes begin in the entry of a track of pictures. */
const entryBoxes = 86;

/** How the pictures or sounds are packed. */
const packing =
  (pictures: boolean): Treatment =>
  (bytes, { body, to }) =>
    to - body >= 8 &&
    (boxesIn(bytes, body + 8, to)?.every((entry) => {
      if (entry.to - entry.from < maker.to) return false;
      bytes.fill(0, entry.from + maker.from, entry.from + maker.to);
      if (!pictures) return true;
      if (entry.to - entry.from < entryBoxes) return false;
      bytes.fill(0, entry.from + packer.from, entry.from + packer.to);
      const boxes = boxesIn(bytes, entry.from + entryBoxes, entry.to) ?? [];
      for (const box of boxes) if (['uuid', 'udta', 'meta'].includes(box.type)) free(bytes, box);
      return true;
    }) ??
      false);

/** One for each way of grouping samples, or of telling more of them. */
const groups = new Set(['sbgp', 'sgpd', 'subs', 'saiz', 'saio']);

const sampleTable = (pictures: boolean): Treatment =>
  holding(
    {
      stsd: packing(pictures),
      ...Object.fromEntries(
        'stts ctts cslg stsc stsz stz2 stco co64 stss stsh stps sdtp sbgp sgpd subs saiz saio stdp padb'
          .split(' ')
          .map((type) => [type, asItIs]),
      ),
    },
    groups,
  );

/** Which track belongs to which; what belongs to one that is gone is alone now. */
const references =
  (gone: ReadonlySet<number>): Treatment =>
  (bytes, { body, to }) =>
    boxesIn(bytes, body, to)?.every((reference) => {
      for (let at = reference.body; at + 4 <= reference.to; at += 4) {
        if (!gone.has(bytes.readUInt32BE(at))) continue;
        free(bytes, reference);
        break;
      }
      return true;
    }) ?? false;

const track = (gone: ReadonlySet<number>): Treatment => {
  const media = (pictures: boolean): Treatment =>
    holding({
      mdhd: untimed(24),
      hdlr: unnamed,
      elng: asItIs,
      minf: holding({
        vmhd: asItIs,
        smhd: asItIs,
        hdlr: unnamed,
        dinf: holding({ dref: inThisFile }),
        stbl: sampleTable(pictures),
      }),
    });
  const kept = (pictures: boolean): Treatment =>
    holding({
      tkhd: untimed(84),
      edts: holding({ elst: asItIs }),
      tapt: holding({ clef: asItIs, prof: asItIs, enof: asItIs }),
      tref: references(gone),
      mdia: media(pictures),
    });
  const [ofPictures, ofSound] = [kept(true), kept(false)];
  return (bytes, box) => (handlerOf(bytes, box) === 'vide' ? ofPictures : ofSound)(bytes, box);
};

const indexWithout = (gone: ReadonlySet<number>): Treatment =>
  holding(
    {
      mvhd: untimed(100),
      iods: asItIs,
      trak: track(gone),
      mvex: holding({ mehd: asItIs, trex: asItIs }, new Set(['trex'])),
    },
    new Set(['trak']),
  );

const cleanFragment: Treatment = holding(
  {
    mfhd: asItIs,
    traf: holding(
      Object.fromEntries(
        'tfhd tfdt trun sdtp sbgp sgpd subs saiz saio senc'.split(' ').map((type) => [type, asItIs]),
      ),
      new Set([...groups, 'trun']),
    ),
  },
  new Set(['traf']),
);

/** Video files that say how long and how large they are, and hold as good as no pictures. */
export interface MadeVideo {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  /** how the camera was held */
  readonly turned?: 0 | 90 | 180 | 270;
  /** the file says what is in it before the pictures */
  readonly streamable?: boolean;
  readonly brand?: 'mp42' | 'qt  ';
  /** bytes of pictures */
  readonly pictures?: number;
  /** boxes that no player needs, where cameras put them */
  readonly besides?: {
    /** before the pictures, and behind them */
    readonly atTop?: readonly Buffer[];
    readonly inMoov?: readonly Buffer[];
    readonly inTrak?: readonly Buffer[];
    readonly inStsd?: readonly Buffer[];
  };
  /** tracks beside the pictures; each has its samples between them */
  readonly tracks?: readonly { readonly handler: string; readonly samples: readonly Buffer[] }[];
  /** when it was filmed, as seconds since 1904 */
  readonly filmedAt?: number;
  /** who made the camera, as its headers say; four letters, and a name */
  readonly maker?: { readonly code: string; readonly name: string };
}

export const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, n) => bytes.writeUInt16BE(value, 2 * n));
  return bytes;
};
export const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, n) => bytes.writeUInt32BE(value >>> 0, 4 * n));
  return bytes;
};

export function box(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

const one = 0x10000;
const matrices: Readonly<Record<0 | 90 | 180 | 270, readonly number[]>> = {
  0: [one, 0, 0, 0, one, 0],
  90: [0, one, 0, -one, 0, 0],
  180: [-one, 0, 0, 0, -one, 0],
  270: [0, -one, 0, one, 0, 0],
};
const matrix = (turned: keyof typeof matrices): Buffer => u32(...matrices[turned], 0, 0, 0x40000000);

interface MadeTrack {
  readonly id: number;
  readonly handler: string;
  readonly entry: Buffer;
  /** of the first sample of each chunk */
  readonly starts: readonly number[];
  readonly perChunk: number;
  readonly sizes: readonly number[];
}

function trak(made: MadeVideo, track: MadeTrack): Buffer {
  const { seconds, width, height, turned = 0, filmedAt = 0, maker, besides } = made;
  const length = Math.round(seconds * 1000);
  const pictures = track.handler === 'vide';
  const { sizes } = track;
  const equal = new Set(sizes).size === 1 ? (sizes[0] ?? 0) : 0;
  return box(
    'trak',
    box(
      'tkhd',
      u32(3, filmedAt, filmedAt, track.id, 0, length, 0, 0),
      u16(0, 0, 0, 0),
      matrix(pictures ? turned : 0),
      pictures ? u32(width << 16, height << 16) : u32(0, 0),
    ),
    ...(made.tracks !== undefined && pictures ? [box('tref', box('cdsc', u32(2)))] : []),
    box(
      'mdia',
      box('mdhd', u32(0, filmedAt, filmedAt, 1000, length), u16(0x55c4, 0)),
      box('hdlr', u32(0, 0), track.handler, maker?.code ?? u32(0), u32(0, 0), `${maker?.name ?? ''}\0`),
      box(
        'minf',
        box('vmhd', u32(1), u32(0, 0)),
        box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))),
        box(
          'stbl',
          box('stsd', u32(0, 1), track.entry),
          box('stts', u32(0, 1, sizes.length, Math.max(1, Math.floor(length / sizes.length)))),
          box('stsc', u32(0, 1, 1, track.perChunk, 1)),
          box('stsz', u32(0, equal, sizes.length), u32(...(equal === 0 ? sizes : []))),
          box('stco', u32(0, track.starts.length, ...track.starts)),
        ),
      ),
    ),
    ...(pictures ? (besides?.inTrak ?? []) : []),
  );
}

/** An MP4 or QuickTime file (ISO/IEC 14496-12) with one track of H.264, and others where they are wanted. */
export function mp4(made: MadeVideo): Buffer {
  const { seconds, width, height, streamable = false, brand = 'mp42', pictures = 4_000, besides } = made;
  const { tracks = [], filmedAt = 0, maker } = made;
  const frames = 25;
  const length = Math.round(seconds * 1000);
  const entry = box(
    'avc1',
    Buffer.alloc(6),
    u16(1, 0, 0),
    maker?.code ?? u32(0),
    u32(0, 0),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.from([maker?.name.length ?? 0]),
    Buffer.from((maker?.name ?? '').padEnd(31, '\0'), 'latin1'),
    u16(24, 0xffff),
    box('avcC', Buffer.from([1, 0x42, 0, 0x1e, 0xff, 0xe0, 0])),
    ...(besides?.inStsd ?? []),
  );
  const frame = Math.floor(pictures / frames);
  // With other tracks beside them, the pictures come in five chunks with samples of the others between.
  const chunks = tracks.length === 0 ? 1 : 5;
  const data: Buffer[] = [];
  let written = 0;
  const put = (bytes: Buffer): number => {
    data.push(bytes);
    written += bytes.length;
    return written - bytes.length;
  };
  const pictureStarts: number[] = [];
  const otherStarts = tracks.map((): number[] => []);
  for (let n = 0; n < chunks; n += 1) {
    // Pictures that can be told from zeros, where somebody looks whether they stayed.
    pictureStarts.push(
      put(Buffer.alloc((pictures - (pictures % frames)) / chunks, tracks.length === 0 ? 0 : n + 1)),
    );
    tracks.forEach(({ samples }, track) => {
      const sample = samples[n];
      if (sample !== undefined) otherStarts[track]?.push(put(sample));
    });
  }
  put(Buffer.alloc(pictures % frames));
  const moovAt = (mdat: number): Buffer =>
    box(
      'moov',
      box(
        'mvhd',
        u32(0, filmedAt, filmedAt, 1000, length, one),
        u16(0x100, 0),
        u32(0, 0),
        matrix(0),
        u32(0, 0, 0, 0, 0, 0, 2),
      ),
      trak(made, {
        id: 1,
        handler: 'vide',
        entry,
        starts: pictureStarts.map((start) => mdat + start),
        perChunk: frames / chunks,
        sizes: Array.from({ length: frames }, () => frame),
      }),
      ...tracks.map(({ handler, samples }, n) =>
        trak(made, {
          id: n + 2,
          handler,
          entry: box('mebx', Buffer.alloc(6), u16(1), Buffer.alloc(28)),
          starts: (otherStarts[n] ?? []).map((start) => mdat + start),
          perChunk: 1,
          sizes: samples.map((sample) => sample.length),
        }),
      ),
      ...(besides?.inMoov ?? []),
    );
  const ftyp = box('ftyp', brand, u32(0), brand, 'isom');
  const before = [ftyp, ...(besides?.atTop ?? [])];
  const mdat = box('mdat', ...data);
  const head = Buffer.concat(before).length + 8;
  return Buffer.concat(
    streamable
      ? [...before, moovAt(head + moovAt(0).length), mdat]
      : [...before, mdat, moovAt(head), ...(besides?.atTop ?? [])],
  );
}

/** All of such a file but its pictures, which are said to follow; for one that is too large for memory. */
export function mp4Head(made: MadeVideo, pictures: number): Buffer {
  const frames = 25;
  const whole = mp4({ ...made, streamable: true, pictures: frames });
  const head = whole.subarray(0, whole.length - frames);
  head.writeUInt32BE(Math.floor(pictures / frames), head.indexOf('stsz') + 8);
  head.writeUInt32BE(pictures + 8, head.length - 8);
  return head;
}

export function element(id: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(body.length < 127 ? 1 : 8);
  if (size.length === 1) size.writeUInt8(body.length | 0x80);
  else size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}
const whole = (value: number): Buffer => u32(value);
const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.from(value, 'latin1');

/** A WebM file (Matroska's EBML) with one track of VP9. */
export function webm(
  { seconds, width, height, pictures = 4_000 }: MadeVideo,
  besides: {
    readonly inInfo?: readonly Buffer[];
    readonly inTrack?: readonly Buffer[];
    readonly inSegment?: readonly Buffer[];
    readonly tracks?: readonly Buffer[];
    /** written before anybody knew how long it would be */
    readonly live?: boolean;
  } = {},
): Buffer {
  const { inInfo = [], inTrack = [], inSegment = [], tracks = [], live = false } = besides;
  const within = (id: string, ...parts: readonly Buffer[]): Buffer =>
    live
      ? Buffer.concat([Buffer.from(id, 'hex'), Buffer.from('01ffffffffffffff', 'hex'), ...parts])
      : element(id, ...parts);
  return Buffer.concat([
    element(
      '1a45dfa3',
      element('4286', whole(1)),
      element('42f7', whole(1)),
      element('42f2', whole(4)),
      element('42f3', whole(8)),
      element('4282', text('webm')),
      element('4287', whole(4)),
      element('4285', whole(2)),
    ),
    within(
      '18538067',
      element(
        '1549a966',
        element('2ad7b1', whole(1_000_000)),
        element('4489', float(seconds * 1000)),
        ...inInfo,
      ),
      element(
        '1654ae6b',
        element(
          'ae',
          element('d7', whole(1)),
          element('73c5', whole(1)),
          element('83', whole(1)),
          element('86', text('V_VP9')),
          element('e0', element('b0', whole(width)), element('ba', whole(height))),
          ...inTrack,
        ),
        ...tracks,
      ),
      within(
        '1f43b675',
        element('e7', whole(0)),
        element('a3', Buffer.from('81000080', 'hex'), Buffer.alloc(pictures)),
      ),
      ...inSegment,
    ),
  ]);
}

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
}

const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, n) => bytes.writeUInt16BE(value, 2 * n));
  return bytes;
};
const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, n) => bytes.writeUInt32BE(value >>> 0, 4 * n));
  return bytes;
};

function box(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
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

/** An MP4 or QuickTime file (ISO/IEC 14496-12) with one track of H.264. */
export function mp4(made: MadeVideo): Buffer {
  const { seconds, width, height, turned = 0, streamable = false, brand = 'mp42', pictures = 4_000 } = made;
  const frames = 25;
  const length = Math.round(seconds * 1000);
  const entry = box(
    'avc1',
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(16),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    box('avcC', Buffer.from([1, 0x42, 0, 0x1e, 0xff, 0xe0, 0])),
  );
  const moov = box(
    'moov',
    box(
      'mvhd',
      u32(0, 0, 0, 1000, length, one),
      u16(0x100, 0),
      u32(0, 0),
      matrix(0),
      u32(0, 0, 0, 0, 0, 0, 2),
    ),
    box(
      'trak',
      box(
        'tkhd',
        u32(3, 0, 0, 1, 0, length, 0, 0),
        u16(0, 0, 0, 0),
        matrix(turned),
        u32(width << 16, height << 16),
      ),
      box(
        'mdia',
        box('mdhd', u32(0, 0, 0, 1000, length), u16(0x55c4, 0)),
        box('hdlr', u32(0, 0), 'vide', u32(0, 0, 0), '\0'),
        box(
          'minf',
          box('vmhd', u32(1), u32(0, 0)),
          box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))),
          box(
            'stbl',
            box('stsd', u32(0, 1), entry),
            box('stts', u32(0, 1, frames, Math.max(1, Math.floor(length / frames)))),
            box('stsc', u32(0, 1, 1, frames, 1)),
            box('stsz', u32(0, Math.floor(pictures / frames), frames)),
            box('stco', u32(0, 1, 40)),
          ),
        ),
      ),
    ),
  );
  const ftyp = box('ftyp', brand, u32(0), brand, 'isom');
  const mdat = box('mdat', Buffer.alloc(pictures));
  return Buffer.concat(streamable ? [ftyp, moov, mdat] : [ftyp, mdat, moov]);
}

function element(id: string, ...parts: readonly Buffer[]): Buffer {
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
export function webm({ seconds, width, height, pictures = 4_000 }: MadeVideo): Buffer {
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
    element(
      '18538067',
      element('1549a966', element('2ad7b1', whole(1_000_000)), element('4489', float(seconds * 1000))),
      element(
        '1654ae6b',
        element(
          'ae',
          element('d7', whole(1)),
          element('73c5', whole(1)),
          element('83', whole(1)),
          element('86', text('V_VP9')),
          element('e0', element('b0', whole(width)), element('ba', whole(height))),
        ),
      ),
      element(
        '1f43b675',
        element('e7', whole(0)),
        element('a3', Buffer.from('81000080', 'hex'), Buffer.alloc(pictures)),
      ),
    ),
  ]);
}

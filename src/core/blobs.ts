/** Where the bytes of media live, by their own hash: the same bytes are kept once, and never change. */
export interface Blobs {
  /** Keeps the bytes, durably once it resolves. @returns their SHA-256 in base64url (43 characters) */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * Keeps what a source gives piece by piece, so that a video never stands in memory as a whole. Nothing is kept
   * when the source throws or gives more than `most` bytes.
   */
  putStream(source: AsyncIterable<Uint8Array>, most?: number): Promise<PutStreamed>;
  /** @returns the bytes, or undefined when there are none by this hash */
  get(hash: string): Promise<Uint8Array | undefined>;
  /**
   * Reads all of it once, in pieces. @returns how many bytes there are; undefined when there are none by this hash
   * @throws when they are not the bytes of this hash any more
   */
  check(hash: string): Promise<number | undefined>;
  /**
   * The bytes in pieces, from `from` on and before `to` (all of them when absent). A part cannot be checked
   * against the hash: whoever sends parts away calls `check` first.
   * @returns undefined when there are none by this hash
   */
  read(hash: string, part?: BlobPart): Promise<StreamedBlob | undefined>;
  /** Takes the bytes away; when there are none by this hash, nothing happens. */
  remove(hash: string): Promise<void>;
}

/** Which of the bytes: `from` inclusive, `to` exclusive. */
export interface BlobPart {
  readonly from?: number;
  readonly to?: number;
}

export type PutStreamed =
  | { readonly kept: true; readonly hash: string; readonly size: number }
  /** it was longer than it may be; nothing of it is kept */
  | { readonly kept: false };

export interface StreamedBlob {
  /** bytes of the whole, not of the part */
  readonly size: number;
  /** read once; what is not read to its end is closed when the loop over it ends */
  readonly bytes: AsyncIterable<Uint8Array>;
}

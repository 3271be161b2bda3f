/** Where the bytes of media live, by their own hash: the same bytes are kept once, and never change. */
export interface Blobs {
  /** Keeps the bytes, durably once it resolves. @returns their SHA-256 in base64url (43 characters) */
  put(bytes: Uint8Array): Promise<string>;
  /** @returns the bytes, or undefined when there are none by this hash */
  get(hash: string): Promise<Uint8Array | undefined>;
  /** Takes the bytes away; when there are none by this hash, nothing happens. */
  remove(hash: string): Promise<void>;
}

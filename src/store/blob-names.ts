/**
 * The name that the bytes of a hash have, in a folder and in a container alike: two figures, a slash, the hash in
 * hex. Some file systems take capital and small letters as one: in base64url, hashes that differ in nothing else
 * would meet.
 */
export function blobName(hash: string): string {
  const name = Buffer.from(hash, 'base64url').toString('hex');
  return `${name.slice(0, 2)}/${name}`;
}

/** Several texts can stand for the same bytes in base64url; only the one that `put` returned is a hash. */
export function isHash(text: string): boolean {
  return text.length === 43 && Buffer.from(text, 'base64url').toString('base64url') === text;
}

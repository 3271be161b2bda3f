/** The bytes of a whole file, read wherever they are asked for. */
export interface FileBytes {
  readonly size: number;
  /** the bytes from `from` on and before `to`, fewer where the file ends before that */
  readonly read: (from: number, to: number) => Promise<Buffer>;
}

/** Other bytes in the place of what stands at `from`, or zeros from `from` on and before `to`. */
export type Change =
  { readonly from: number; readonly bytes: Uint8Array } | { readonly from: number; readonly to: number };

/** What has to be changed so that a video tells nothing but its pictures and its sound; or why nobody can tell. */
export type Cleaning =
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly why: 'video-unreadable' | 'video-other-tracks' };

/** What cannot be read to its end could hide anything. */
export const broken: Cleaning = { ok: false, why: 'video-unreadable' };

import type { Blobs } from '../core/blobs.ts';
import { asJson, canonical, sha256 } from '../core/json.ts';
import { minutes, seconds, type Millis } from '../core/time.ts';
import { beforePosting } from './answers.ts';
import type {
  BroughtThere,
  PlanMedium,
  PlanPart,
  PublicationKey,
  PublishOutcome,
  Remote,
} from './network.ts';
import { isForgottenTooOften, type Piece, type Uploads, type UploadState } from './uploads.ts';

/** What the videos of an account stand on, where they are sent in pieces. */
export interface VideoParts {
  readonly blobs: Pick<Blobs, 'check' | 'get' | 'read'>;
  readonly uploads: Uploads;
  /** the first pause between two looks at a video that the network is working on; the network's own when absent */
  readonly lookEvery?: Millis;
}

/** A video and what goes with it. */
export interface BroughtMedia {
  readonly video: PlanMedium;
  /** becomes the still, where a network takes one */
  readonly picture?: PlanMedium;
}

/** Why something is come back to of which not everything has come to its network. */
const comesYet = 'upload-goes-on';

/** Nothing is public before the last step, so that whatever breaks off before it may be gone on with. */
export const goesOnAfter = (after: Millis): PublishOutcome => ({
  outcome: 'retry',
  after,
  reason: comesYet,
});
/** Soon enough for a line that broke, and not at once, for whatever broke it. */
export const goesOn = goesOnAfter(seconds(5));

/** So often an upload is asked about that may just be coming to be a video: what was to end it is on its way. */
export const askedAgain = minutes(10);

/** So many times in one attempt a piece is sent or asked for again; then the outbox's patience takes over. */
export const mostFaults = 3;

export type Sending = Extract<UploadState, { readonly is: 'sending' }>;
export type There = Extract<UploadState, { readonly is: 'arrived' | 'shown' }>;

/** Whether all of a video has come to its network. */
export const isThere = (state: UploadState | undefined): state is There =>
  state?.is === 'arrived' || state?.is === 'shown';

const isOf = (kind: 'video' | 'image') => (medium: PlanMedium) => medium.contentType.startsWith(`${kind}/`);

/** Whether a part is a video's: those go another way than words and photos. */
export const isVideoPart = ({ media }: PlanPart): boolean => media.some(isOf('video'));

/** The one video of a part, with at most one picture. */
export function videoOf({ media }: PlanPart): BroughtMedia | { readonly reason: string } {
  const [video, ...videos] = media.filter(isOf('video'));
  const [picture, ...pictures] = media.filter(isOf('image'));
  if (video === undefined) return { reason: 'video-missing' };
  if (videos.length > 0 || pictures.length > 0) return { reason: 'too-many-media' };
  return { video, ...(picture === undefined ? {} : { picture }) };
}

/** The video of a part for a network whose posts take a video or pictures: there a video has no still of ours. */
export function videoAlone(part: PlanPart): BroughtMedia | { readonly reason: string } {
  const media = videoOf(part);
  return 'reason' in media || media.picture === undefined ? media : { reason: 'too-many-media' };
}

/** A piece of a kept video, which is all of it that stands in memory; undefined when it is not kept any more. */
export async function pieceOf(
  blobs: Pick<Blobs, 'read'>,
  hash: string,
  piece: Piece,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const read = await blobs.read(hash, piece);
  if (read === undefined) return undefined;
  const parts: Uint8Array[] = [];
  for await (const each of read.bytes) parts.push(each);
  return Buffer.concat(parts);
}

const idOf = (state: Exclude<UploadState, { readonly is: 'lapsed' }>): string =>
  state.is === 'sending' ? state.location : state.video;

/** Gives up a video that was brought, or is on its way: another attempt brings it anew. */
export async function giveUp(
  uploads: Uploads,
  key: Pick<PublicationKey, 'id'>,
): Promise<UploadState | undefined> {
  const state = await uploads.of(key.id);
  return state === undefined || state.is === 'lapsed' ? state : await uploads.lapse(key.id, idOf(state));
}

/** Gives up a video that was brought and is deleted there, so that another attempt brings it anew. */
export async function deletedThere(
  uploads: Uploads,
  key: Pick<PublicationKey, 'id'>,
  video: string,
): Promise<void> {
  const state = await uploads.of(key.id);
  if (state?.is === 'arrived' && state.video === video) await uploads.lapse(key.id, video);
}

/**
 * Deletes a video that was brought for a post that was edited since: nobody saw it, nobody approved it any more, and it
 * would lie there, be it that the answer to its last bytes was lost. One that the network does not let us delete, or of
 * which not everything has come there, keeps nothing from going out.
 *
 * @param unseen finds it, and tells whether somebody else shows it
 * @returns the outcome that ends the attempt, where it may still be deleted
 */
export async function withoutFormer(
  uploads: Uploads,
  key: Pick<PublicationKey, 'id'>,
  contents: string,
  unseen: () => Promise<BroughtThere | PublishOutcome | undefined>,
  remove: (video: Remote) => Promise<PublishOutcome>,
): Promise<PublishOutcome | undefined> {
  const state = await uploads.of(key.id);
  if (state?.is !== 'arrived' && state?.is !== 'sending') return undefined;
  if (state.contents === undefined || state.contents === contents) return undefined;
  const there = await unseen();
  if (there === undefined || 'seen' in there) return undefined;
  if ('outcome' in there && there.outcome === 'retry' && there.reason === comesYet) return undefined;
  const answer = 'outcome' in there ? there : await remove(there);
  return answer.outcome === 'published' || answer.outcome === 'refused' ? undefined : beforePosting(answer);
}

/**
 * The network knows nothing any more of a video that was brought, or is on its way: another attempt brings it anew,
 * though not for ever. @returns `again`, or that it is given up
 */
export async function broughtAnew(
  uploads: Uploads,
  key: Pick<PublicationKey, 'id'>,
  again: PublishOutcome,
): Promise<PublishOutcome> {
  const state = await uploads.of(key.id);
  if (state === undefined || state.is === 'lapsed') return again;
  const after = await uploads.forget(key.id, idOf(state));
  return isForgottenTooOften(after) ? { outcome: 'refused', reason: 'upload-forgotten' } : again;
}

/** Names what a video is brought with: its words go there before it is seen, and so do its captions. */
export const contentsOf = ({ text, headline, media }: PlanPart): string =>
  sha256(canonical(asJson({ text, headline: headline ?? null, media })));

/**
 * How far a video with these contents has come. What was brought for a post that was edited since is another one:
 * nobody saw it, nobody approved it any more, and it is given up.
 */
export async function uploadOf(
  uploads: Uploads,
  key: Pick<PublicationKey, 'id'>,
  contents: string,
): Promise<UploadState | undefined> {
  const state = await uploads.of(key.id);
  const brings = state?.is === 'sending' || state?.is === 'arrived' ? state.contents : undefined;
  return brings === undefined || brings === contents ? state : await giveUp(uploads, key);
}

/** The same, where one that was opened longer ago than it lasts on its network is given up as well. */
export async function farSoFar(
  uploads: Uploads,
  key: PublicationKey,
  contents: string,
  openedAfter: Millis,
): Promise<UploadState | undefined> {
  const state = await uploadOf(uploads, key, contents);
  const old = state !== undefined && state.is !== 'lapsed' && state.openedAt < openedAfter;
  return old ? await giveUp(uploads, key) : state;
}

/** What an attempt goes on with: what there is of the video, or another upload where there is nothing. */
export async function orOpened(
  before: UploadState | undefined,
  open: () => Promise<UploadState | PublishOutcome>,
): Promise<Sending | There | PublishOutcome> {
  if (before !== undefined && before.is !== 'lapsed') return before;
  const opened = await open();
  return 'outcome' in opened || opened.is !== 'lapsed' ? opened : goesOn;
}

/** Whether a post with the video may stand: before it was about to be made, it cannot. */
export async function mayStand(uploads: Uploads, key: PublicationKey): Promise<boolean> {
  const state = await uploads.of(key.id);
  return state?.is === 'shown' || (state?.is === 'arrived' && state.done.includes('posting'));
}

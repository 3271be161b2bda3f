import type { NetworkName } from '../protocol/protocol.ts';

/**
 * How what stands on an account is put right: changed where it stands; answered by a reply that says what was wrong;
 * taken down and posted again; or left as it is.
 */
export type Way = 'edit' | 'reply' | 'again' | 'leave';

/**
 * What a network lets one do, the usual way first. X and Bluesky let nobody change a post; Instagram neither, and what
 * answers there is a comment, which is no post of ours.
 */
const ways: Readonly<Record<NetworkName, readonly [Way, ...Way[]]>> = {
  website: ['edit'],
  facebook: ['edit'],
  youtube: ['edit'],
  'by-hand': ['edit'],
  x: ['reply', 'again'],
  bluesky: ['reply', 'again'],
  instagram: ['again', 'leave'],
};

/** The ways in which a network's posts can be put right, the usual one first. */
export const waysOf = (network: NetworkName): readonly [Way, ...Way[]] => ways[network];

/** Whether what was changed on a network says there what was wrong with it, in the words of whoever corrected it. */
export const tellsWhatWasWrong = (network: NetworkName): boolean =>
  network === 'website' || network === 'youtube';

/** Whether a network lets one change what stands. */
export const canEdit = (network: NetworkName): boolean => ways[network].includes('edit');

/** The way that somebody chose where the network has it, else the usual one. */
export function wayFor(network: NetworkName, chosen: Way | undefined): Way {
  return chosen !== undefined && ways[network].includes(chosen) ? chosen : ways[network][0];
}

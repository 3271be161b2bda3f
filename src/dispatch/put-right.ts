import type { NetworkName } from '../protocol/protocol.ts';

/**
 * How what stands on an account is put right: changed where it stands; answered by a reply that says what was wrong;
 * taken down and posted again; or left as it is.
 */
export const chosenWays = ['edit', 'reply', 'again', 'leave'] as const;
export type ChosenWay = (typeof chosenWays)[number];

/**
 * What a correction makes of an account: as somebody chose; nothing, since what stands there stays the same; or, where
 * nobody knows yet whether anything stands, what puts that right once it is known.
 */
export type Way = ChosenWay | 'same' | 'if-there';

/** What a correction makes of each account, by its id. */
export type Ways = Readonly<Record<string, Way>>;

/** One account, and what a correction makes of it. */
export interface WayOnAccount {
  readonly account: string;
  readonly network: NetworkName;
  readonly way: Way;
}

/**
 * What a network lets one do, the usual way first. X and Bluesky let nobody change a post; Instagram neither, and what
 * answers there is a comment, which is no post of ours.
 */
const ways: Readonly<Record<NetworkName, readonly [ChosenWay, ...ChosenWay[]]>> = {
  website: ['edit'],
  facebook: ['edit'],
  youtube: ['edit'],
  'by-hand': ['edit'],
  x: ['reply', 'again'],
  bluesky: ['reply', 'again'],
  instagram: ['again', 'leave'],
};

/** The ways in which a network's posts can be put right, the usual one first. */
export const waysOf = (network: NetworkName): readonly [ChosenWay, ...ChosenWay[]] => ways[network];

/** Whether what was changed on a network says there what was wrong with it, in the words of whoever corrected it. */
export const tellsWhatWasWrong = (network: NetworkName): boolean =>
  network === 'website' || network === 'youtube';

/** Whether what stands on a network says when it ends. */
export const tellsEnd = (network: NetworkName): boolean => network === 'website';

/** Whether another description of a picture can take the place of what stands on a network: of the others, none can. */
export const changesDescriptions = (network: NetworkName): boolean => network === 'website';

/** Whether a network lets one change what stands. */
export const canEdit = (network: NetworkName): boolean => ways[network].includes('edit');

/** The way that somebody chose where the network has it, else the usual one. */
export function wayFor(network: NetworkName, chosen: ChosenWay | undefined): ChosenWay {
  return chosen !== undefined && ways[network].includes(chosen) ? chosen : ways[network][0];
}

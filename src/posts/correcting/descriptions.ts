import { changesDescriptions, waysOf, type Way, type WayOnAccount } from '../../dispatch/put-right.ts';
import { tellsOfVideos } from '../../protocol/media-limits.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { isVideo } from '../writing/media.ts';
import { carriedTo, readPart } from '../writing/plan.ts';
import type { Revision } from '../writing/revision.ts';
import { isReply } from '../../dispatch/thread.ts';
import { standingOn } from '../leaving/what-is-public.ts';
import { plannedPart } from '../leaving/what-was-sent.ts';
import type { Correction, DeskRules, PostState } from '../post.ts';

/** What pictures and videos are said to show, where that is public already: who reads it, and where it can be put right. */

/** The places, from 0, of media of which a corrected revision says something else. */
export const redescribed = (before: Revision, right: Revision): readonly number[] =>
  right.media.flatMap(({ alt }, place) => (alt === before.media[place]?.alt ? [] : [place]));

/** Whether anybody reads on a network what one of a revision's media shows: nowhere that of a still, and hardly of a video. */
export function isReadOn(network: NetworkName, revision: Revision, place: number): boolean {
  const medium = revision.media[place];
  if (medium === undefined || !carriedTo(revision, network).includes(medium)) return false;
  return isVideo(medium) ? tellsOfVideos([network]) : network !== 'youtube';
}

/**
 * Whether people read on a network what a correction says that a medium shows: where that can be changed, and where it is
 * newly posted. Nobody is asked to change a description by hand. @param way none: nothing has left there yet
 */
export function isDescribedAnew(
  network: NetworkName,
  way: Way | undefined,
  right: Revision,
  place: number,
): boolean {
  if (!isReadOn(network, right, place)) return false;
  switch (way) {
    case 'edit':
      return changesDescriptions(network);
    case 'if-there':
      return network !== 'by-hand';
    case 'again':
    case undefined:
      return true;
    case 'reply':
    case 'leave':
    case 'same':
      return false;
  }
}

/** A revision whose media are described otherwise. @param descriptions by the place of the medium, from 0 */
export const described = (
  { media, ...revision }: Revision,
  descriptions: Readonly<Record<string, string>>,
): Revision => ({
  ...revision,
  media: media.map((medium, place) => ({
    ...medium,
    alt: descriptions[String(place)]?.trim() ?? medium.alt,
  })),
});

/**
 * Whether people come to read on an account what a picture or video shows that they do not read there now. What is posted
 * again is measured by what stands there: an earlier correction may have changed the description elsewhere alone. Not so where
 * that is the usual way, which nobody need have chosen: there nothing is deleted but for what is changed now.
 */
export function isDescribedOtherwise(on: WayOnAccount, post: PostState, right: Revision): boolean {
  const { network, way } = on;
  if (way !== 'again' || waysOf(network)[0] === 'again')
    return redescribed(post.revision, right).some((place) => isDescribedAnew(network, way, right, place));
  return right.media.some(
    ({ alt }, place) =>
      isDescribedAnew(network, way, right, place) && !saidThere(on, post, place).includes(alt),
  );
}

/** What one of its pictures or videos is said to show where it stands on an account, once for each post that stands there. */
function saidThere(
  { account, network }: Omit<WayOnAccount, 'way'>,
  post: PostState,
  place: number,
): readonly string[] {
  const standing = standingOn(post, account);
  const planned = 'plan' in post.status ? post.status.plan.parts : [];
  const among = carriedTo(post.revision, network).findIndex(
    (medium) => medium === post.revision.media[place],
  );
  return planned
    .filter(({ key, bytes }) => standing.includes(key) && !isReply(key) && bytes !== '')
    .flatMap((part) => readPart(part).media[among]?.alt ?? []);
}

/**
 * What a picture or video is said to show as people read it: where a correction that is on its way still has put that right
 * anywhere, as that says it, since the post itself has it only once all of the correction has come to its end.
 */
export function shownAs(post: PostState, place: number): string {
  const { alt } = post.revision.media[place] ?? { alt: '' };
  const { correction } = post;
  const right = correction?.revision.media[place]?.alt ?? alt;
  const parts = correction?.applied?.parts ?? {};
  const isRead = Object.keys(parts).some((key) => {
    const planned = parts[key] === 'done' ? plannedPart(post, key) : undefined;
    return (
      planned !== undefined &&
      planned.bytes !== '' &&
      readPart(planned).media.some((medium) => medium.alt === right)
    );
  });
  return isRead ? right : alt;
}

/** A description that one account has and the post has no more, since an earlier correction put it right elsewhere alone. */
export interface OlderDescription {
  readonly account: string;
  readonly place: number;
  readonly was: string;
  readonly is: string;
}

/** @returns the older descriptions that come down where a correction posts again: nothing else says what those were */
export function olderDescriptions(
  post: PostState,
  { revision: right, ways = {} }: Pick<Correction, 'revision' | 'ways'>,
  rules: DeskRules,
): readonly OlderDescription[] {
  return Object.entries(ways).flatMap(([account, way]) => {
    const network = rules.accounts[account]?.network;
    if (network === undefined || way !== 'again') return [];
    return right.media.flatMap(({ alt: is }, place) => {
      if (!isDescribedAnew(network, way, right, place)) return [];
      const was = saidThere({ account, network }, post, place).find(
        (alt) => alt !== is && alt !== post.revision.media[place]?.alt,
      );
      return was === undefined ? [] : [{ account, place, was, is }];
    });
  });
}

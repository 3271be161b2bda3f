import { credentials as youtubeAccount } from '../networks/youtube/account.ts';
import { playBluesky } from '../peers/bluesky.ts';
import type { FilmBytes } from '../peers/film-bytes.ts';
import { playX } from '../peers/x.ts';
import { playYoutube } from '../peers/youtube.ts';
import { withFilm, type Films, type Story } from './stories.ts';

/** A network that a film goes to, and what it saw of the film. */
export interface Cinema {
  readonly bytes: FilmBytes;
  /** bytes that a death may cost: of a piece that was on its way, where the network cannot say how far it came */
  readonly piece: number;
  readonly story: (films: Films) => Story;
  /** uploads that were begun */
  readonly begun: () => number;
  /** how often the film began at its first byte: once is the first time */
  readonly fromZero: () => number;
  /** what the public sees, with how many files of captions */
  readonly shown: () => readonly { readonly hash: string; readonly captions: number }[];
  /** what came to be there beside that: a post without its film, a film that nobody sees */
  readonly besides: () => number;
  /** whether the film was ever to be seen without captions */
  readonly seenWithoutCaptions: () => boolean;
}

const uncaptioned = (shown: ReturnType<Cinema['shown']>): boolean =>
  shown.some(({ captions }) => captions === 0);

function onX(): Cinema {
  // A second post with the same words is to be seen as one.
  const peer = playX({ refusesDuplicates: false });
  const shown = () =>
    [...peer.films.values()].map(({ hash, captions }) => ({ hash, captions: captions.length }));
  return {
    bytes: peer.filmBytes,
    // Crier's own piece, and the form around it.
    piece: 4_010_000,
    story: (films) => withFilm('x', () => peer, films),
    begun: peer.uploadsBegun,
    fromZero: peer.fromZero,
    shown,
    besides: () => peer.posts().length - peer.films.size,
    seenWithoutCaptions: () => uncaptioned(shown()),
  };
}

function onBluesky(): Cinema {
  const piece = 8_000_000;
  const peer = playBluesky({ pieceSize: piece });
  const shown = () =>
    [...peer.films().values()].map(({ hash, captions }) => ({ hash, captions: captions.length }));
  return {
    bytes: peer.filmBytes,
    piece,
    story: (films) => withFilm('bluesky', () => peer, films),
    begun: peer.uploadsBegun,
    fromZero: peer.fromZero,
    shown,
    // A record that becomes another one was a post that looked otherwise for a while.
    besides: () => peer.posts().length - peer.films().size + peer.rewritten(),
    seenWithoutCaptions: () => uncaptioned(shown()),
  };
}

function onYoutube(): Cinema {
  const played = playYoutube(youtubeAccount);
  const { peer } = played;
  return {
    bytes: peer.bytes,
    piece: 0,
    story: (films) => withFilm('youtube', () => played, films),
    begun: peer.sessions,
    fromZero: peer.fromZero,
    shown: () =>
      peer.videos
        .filter(({ removed, privacyStatus }) => !removed && privacyStatus === 'public')
        .map(({ hash, captions }) => ({ hash, captions: captions.length })),
    besides: () => peer.videos.length - played.posts().length,
    seenWithoutCaptions: () => peer.videos.some((each) => each.seenWithoutCaptions),
  };
}

/** Every network that takes a film in pieces, by its name. */
export const cinemas = { youtube: onYoutube, x: onX, bluesky: onBluesky } as const;
export type CinemaName = keyof typeof cinemas;

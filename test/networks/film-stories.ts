import { expect, test } from 'vitest';
import { permittedBy } from '../../src/core/permit.ts';
import type { Network, PlanMedium, PlanPart } from '../../src/networks/network.ts';
import { key, signal } from './played.ts';

/** A network to which films go in pieces before the post that shows them. */
export interface FilmPlace {
  /** as another process would find it: what is kept outlives it, nothing else */
  readonly open: () => Network;
  /** where its films are kept */
  readonly media: { readonly hold: (bytes: Buffer) => string };
  readonly part: (more?: Partial<PlanPart>) => PlanPart;
  /** a film with captions in a file of their own */
  readonly video: PlanMedium;
  /** how often it was asked to end an upload of a film */
  readonly ends: () => number;
  readonly peer: () => {
    readonly filmFaults: { losesEnd: boolean; spoils: boolean };
    readonly posts: () => readonly unknown[];
    readonly uploadsBegun: () => number;
    readonly requests: readonly string[];
    /** those that came, by their place in the film */
    readonly pieces: readonly number[];
  };
  readonly films: () => readonly { readonly captions: readonly unknown[] }[];
}

/** What is the same wherever a film goes so. */
export function filmStories({ open, media, part, video, ends, peer, films }: FilmPlace): void {
  test('captions that are in the picture need no file', async () => {
    const seen: PlanMedium = { ...video, captions: { as: 'burned-in' } };
    const outcome = await open().publish(part({ media: [seen] }), key, signal);
    expect(outcome).toMatchObject({ outcome: 'published' });
    expect(films()).toMatchObject([{ captions: [] }]);
  });

  test('an end whose answer is lost is not asked for again by whoever comes next', async () => {
    peer().filmFaults.losesEnd = true;
    expect(await open().publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
    expect(await open().publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(ends()).toBe(1);
    expect(peer().uploadsBegun()).toBe(1);
  });

  test('a film that cannot be read there is refused, and trying again brings it anew', async () => {
    peer().filmFaults.spoils = true;
    const network = open();
    expect(await network.publish(part(), key, signal)).toEqual({
      outcome: 'refused',
      reason: 'video-not-taken',
    });
    expect(peer().posts()).toEqual([]);
    peer().filmFaults.spoils = false;
    expect(await network.publish(part(), key, signal)).toMatchObject({ outcome: 'published' });
    expect(peer().uploadsBegun()).toBe(2);
  });

  test('what was brought for a post that was edited since never stands in it', async () => {
    peer().filmFaults.losesEnd = true;
    expect(await open().publish(part(), key, signal)).toMatchObject({ reason: 'upload-goes-on' });
    const other: PlanMedium = { ...video, captions: { as: 'burned-in' } };
    expect(await open().publish(part({ media: [other] }), key, signal)).toMatchObject({
      outcome: 'published',
    });
    expect(peer().uploadsBegun()).toBe(2);
    expect(films()).toMatchObject([{ captions: [] }]);
  });

  test('two films, a picture beside one, and a film that is not kept, are refused before a byte leaves', async () => {
    const network = open();
    const still = { hash: media.hold(Buffer.from('a picture')), contentType: 'image/png', alt: '' };
    const given = async (more: PlanPart['media']) =>
      await network.publish(part({ media: more }), key, signal);
    expect(await given([video, video])).toMatchObject({ reason: 'too-many-media' });
    expect(await given([video, still])).toMatchObject({ reason: 'too-many-media' });
    expect(await given([{ ...video, hash: 'gone' }])).toMatchObject({ reason: 'video-missing' });
    // Bluesky is signed in to before it is asked for anything.
    expect(peer().requests.filter((each) => !each.includes('createSession'))).toEqual([]);
  });

  test('once its account is stopped, no further piece of a film begins', async () => {
    const untilTwo = async () => await Promise.resolve(peer().pieces.length < 2 ? 1 : undefined);
    const bound = permittedBy(untilTwo, AbortSignal.any([signal]));
    expect(await open().publish(part(), key, bound)).toMatchObject({ reason: 'no-longer-permitted' });
    expect(peer().pieces).toHaveLength(2);
    expect(peer().posts()).toEqual([]);
  });
}

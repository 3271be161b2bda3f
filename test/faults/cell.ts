import type { Publication } from '../../src/dispatch/publication.ts';

/** What became of posts; `accepted` is how many were approved, and the others add up to it. */
export interface Counts {
  readonly accepted: number;
  /** stands once, and Crier knows it */
  readonly once: number;
  /** a person is asked whether it stands */
  readonly asked: number;
  /** does not stand, and people are told so with the reason */
  readonly told: number;
  /** stands or not, and Crier believes otherwise, or has come to no end */
  readonly lost: number;
  readonly doubled: number;
}

export const columns = ['accepted', 'once', 'asked', 'told', 'lost', 'doubled'] as const;

/** What became of the posts that met one fault on one network. */
export interface Cell extends Counts {
  readonly network: string;
  readonly fault: string;
}

/** One post by what became of it, of which at most one is so; none of them is lost. */
export function countsOf(is: Readonly<Record<'once' | 'asked' | 'told' | 'doubled', boolean>>): Counts {
  const { once, asked, told, doubled } = is;
  const count = (so: boolean) => (so ? 1 : 0);
  return {
    accepted: 1,
    once: count(once),
    asked: count(asked),
    told: count(told),
    lost: count(!once && !asked && !told && !doubled),
    doubled: count(doubled),
  };
}

/**
 * What became of one post.
 * @param publication as Crier knows it
 * @param standing the network's own id of each post that stands with its words
 */
export function becameOf(publication: Publication | undefined, standing: readonly string[]): Counts {
  const known = publication?.is === 'published' ? publication.remote.remoteId : undefined;
  const doubled = standing.length > 1;
  const asked = publication?.is === 'unknown' && publication.asked && !doubled;
  const once = standing.length === 1 && standing[0] === known;
  const told = standing.length === 0 && publication?.is === 'failed';
  return countsOf({ once, asked, told, doubled });
}

/** Adds up what became of each post. */
export function together(network: string, fault: string, posts: readonly Counts[]): Cell {
  const sum = (column: (typeof columns)[number]) => posts.reduce((all, each) => all + each[column], 0);
  return {
    network,
    fault,
    accepted: sum('accepted'),
    once: sum('once'),
    asked: sum('asked'),
    told: sum('told'),
    lost: sum('lost'),
    doubled: sum('doubled'),
  };
}

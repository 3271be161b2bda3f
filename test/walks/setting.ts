import type { PostState } from '../../src/posts/post.ts';
import { minute, type Council } from '../journeys/council.ts';
import type { FilesInTeams } from '../journeys/files-in-teams.ts';
import type { Ledger } from './ledger.ts';
import type { Places } from './places.ts';
import type { Seen } from './seen.ts';
import type { Shelf } from './shelf.ts';
import { AllWritten } from './written.ts';

/** What stands around a council on its walk: networks outside, a store that can fail, and the walk's own count. */
interface Around {
  readonly ledger: Ledger;
  readonly places: Places;
  readonly shelf: Shelf;
  readonly files: FilesInTeams;
  readonly seen: Seen;
}

/** Where a walk takes place: the whole of Crier, what stands around it, and what was written there. */
export class Setting {
  readonly ledger: Ledger;
  readonly places: Places;
  readonly shelf: Shelf;
  readonly files: FilesInTeams;
  readonly seen: Seen;
  readonly written = new AllWritten();
  /** Crier as it runs now: another process may start in its place */
  council: Council;

  constructor(council: Council, { ledger, places, shelf, files, seen }: Around) {
    this.council = council;
    this.ledger = ledger;
    this.places = places;
    this.shelf = shelf;
    this.files = files;
    this.seen = seen;
  }

  /** A post as it is stored, whoever else can read it. */
  async stored(post: number): Promise<PostState> {
    const stored = await this.shelf.post(post);
    if (stored === undefined) throw new Error(`there is no post ${String(post)}`);
    return stored;
  }

  /** What a store that fails keeps Crier from doing by itself is a fault there, and none of this walk's. */
  async though(does: () => Promise<void>): Promise<void> {
    try {
      await does();
    } catch (fault) {
      if (!this.shelf.isFailing()) throw fault;
    }
  }

  /** A time in so many minutes, as people type it. */
  inTime(minutes: number): { readonly typed: string; readonly at: number } {
    const now = new Date(this.council.now());
    const at = Math.floor(this.council.now() / minute + minutes) * minute;
    const then = new Date(at);
    const day = then.getUTCDate() === now.getUTCDate() ? 'today' : 'tomorrow';
    return { typed: `${day} ${then.toISOString().slice(11, 16)}`, at };
  }
}

import { shouldBeOutSince } from '../../src/posts/leaving/on-its-way.ts';
import { minute } from '../journeys/council.ts';
import type { Presses } from './presses.ts';
import type { Setting } from './setting.ts';
import { outside } from './steps.ts';

/** A post that waits for somebody. */
const undecided: readonly string[] = [
  'draft',
  'sent-back',
  'in-review',
  'expired',
  'cancelled',
  'not-to-be-published',
];

/** What has to hold at every moment of a walk. */
export class EveryMoment {
  readonly #setting: Setting;
  readonly #presses: Presses;
  /** post → since when it is seen that an emergency is not out and nobody has heard so */
  readonly #untold = new Map<number, number>();
  /** emergencies of which people have heard that they are not out */
  readonly #warned = new Set<number>();

  constructor(setting: Setting, presses: Presses) {
    this.#setting = setting;
    this.#presses = presses;
  }

  /** @throws Error that says everything that is wrong by now */
  async check(): Promise<void> {
    const { written, ledger } = this.#setting;
    for (const post of written.posts) {
      await this.#noteStatus(post);
      await this.#mustBeTold(post);
      this.#presses.remember(post);
    }
    this.#mustStandOnce();
    if (ledger.wrong.length > 0) throw new Error(ledger.wrong.join('\n'));
  }

  /** The ledger hears how a post stands now that nothing is under way. */
  async #noteStatus(post: number): Promise<void> {
    const { ledger, seen } = this.#setting;
    const known = ledger.of(post);
    const { status } = await this.#setting.stored(post);
    if (status.is === 'held' && !known.held) seen.held += 1;
    known.held ||= status.is === 'held';
    known.undecided = undecided.includes(status.is);
    known.takenDown = status.is === 'taken-down';
    known.comesDown = false;
  }

  /** An emergency that has been on its way for ten minutes, and a little, people have heard of. */
  async #mustBeTold(number: number): Promise<void> {
    const { council, shelf, ledger, seen } = this.#setting;
    const post = await this.#setting.stored(number);
    const since = shouldBeOutSince(post) ?? Infinity;
    const now = council.now();
    if (post.onItsWay?.told !== undefined && !this.#warned.has(number)) {
      this.#warned.add(number);
      seen.warned += 1;
    }
    if (post.onItsWay?.told !== undefined || since + 11 * minute > now || shelf.isFailing()) {
      this.#untold.delete(number);
      return;
    }
    const first = this.#untold.get(number) ?? now;
    this.#untold.set(number, first);
    if (now - first > 3 * minute)
      ledger.wrong.push(`#${String(number)}, an emergency, is not out, and nobody hears so`);
  }

  /** Nothing stands twice on an account, and no reply says again what the one before it says. */
  #mustStandOnce(): void {
    const { places: there, ledger } = this.#setting;
    for (const account of outside) {
      const standing = there.standing(account);
      const places = standing.map(({ id }) => ledger.placeOf(id));
      if (new Set(places).size < places.length)
        ledger.wrong.push(`two stand in one place on ${account}: ${places.join(', ')}`);
      const twice = ledger.repliedTwice(standing);
      if (twice !== undefined)
        ledger.wrong.push(`a reply says once more what the one before it says: ${twice}`);
    }
  }
}

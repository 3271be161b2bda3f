import { minute } from '../journeys/council.ts';
import { misses, resumes, stops } from './passing.ts';
import type { Setting } from './setting.ts';
import type { Meanwhile, Person } from './steps.ts';

/** What has begun elsewhere in this process comes this often to where it waits for something. */
const turns = 200;

const oneTurn = async (): Promise<void> => await new Promise((resolve) => void setImmediate(resolve));

/** What is done in the middle of a call, which goes on once that is committed, or refused. */
export class InTheMiddle {
  readonly #setting: Setting;
  /** it is answered once that call is over */
  readonly #doing: Promise<void>[] = [];

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** From now on it is done while the next call of that kind is under way, or while something is being saved. */
  waitFor(what: Meanwhile): void {
    const does = async (): Promise<void> => await this.#does(what);
    const { shelf, places } = this.#setting;
    const { account, call } = what;
    if (call === 'save') shelf.meanwhile(does);
    else places.meanwhile({ account, call }, does);
  }

  /** What was done in the middle of calls is answered. */
  async settled(): Promise<void> {
    for (let doing = this.#doing.pop(); doing !== undefined; doing = this.#doing.pop()) await doing;
  }

  async #does({ by, what, post, call }: Meanwhile): Promise<void> {
    this.#setting.seen.meanwhile += 1;
    switch (what) {
      case 'hold':
      case 'remove':
        await this.#typed(by, what, post, call !== 'save');
        break;
      case 'sleep':
        await misses(300, this.#setting);
        await this.#begun(this.#setting.council.sleeps(300 * minute));
        break;
      case 'stop':
      case 'pause':
        await this.#begun(stops(what, this.#setting));
        break;
      case 'resume':
        await this.#begun(resumes(this.#setting));
        break;
    }
  }

  /** @param waits until the post has changed by it; what is being saved may be what that has to wait for */
  async #typed(by: Person, does: 'hold' | 'remove', post: number, waits: boolean): Promise<void> {
    const { council, shelf, ledger, seen } = this.#setting;
    const before = await shelf.post(post);
    if (before === undefined) return;
    const known = ledger.of(post);
    const { desk, dutyOfficers } = council.protocol;
    known.comesDown = does === 'remove' && [...desk.officers, ...dutyOfficers].includes(by);
    this.#begins(council.as(by).say(`${does} ${String(post)}`));
    if (!waits) return;
    for (let left = turns; left > 0; left -= 1) {
      await oneTurn();
      if ((await this.#setting.stored(post)).turn > before.turn) break;
    }
    const { status } = await this.#setting.stored(post);
    known.takenDown = status.is === 'taken-down';
    known.comesDown &&= known.takenDown;
    if (status.is === 'held' && !known.held) seen.held += 1;
    known.held ||= status.is === 'held';
  }

  /** Somebody does something, or time passes, while a call goes on. */
  #begins(doing: Promise<unknown>): void {
    this.#doing.push(this.#setting.though(async () => void (await doing)));
  }

  /** The same, and it has come to where it waits for something. */
  async #begun(doing: Promise<unknown>): Promise<void> {
    this.#begins(doing);
    for (let left = turns; left > 0; left -= 1) await oneTurn();
  }
}

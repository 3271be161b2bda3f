import fc from 'fast-check';
import { isEndedUnsent } from '../../src/posts/leaving/its-end.ts';
import { openCouncil } from '../journeys/council.ts';
import { filesInTeams } from '../journeys/files-in-teams.ts';
import { soon } from '../journeys/full-store.ts';
import { mustRest } from './at-rest.ts';
import { EveryMoment } from './every-moment.ts';
import { files } from './files.ts';
import { InTheMiddle } from './in-the-middle.ts';
import { Ledger } from './ledger.ts';
import { connectAll, resumes, sleeps, stops, timePasses } from './passing.ts';
import { createPlaces } from './places.ts';
import { Presses } from './presses.ts';
import type { Seen } from './seen.ts';
import { Setting } from './setting.ts';
import { createShelf } from './shelf.ts';
import { begins, steps, type Begins } from './chance.ts';
import { people, type Step } from './steps.ts';
import { Writing } from './writing.ts';

/** Walks of whole councils, each from its beginning until everything has come to rest. */
export const walks = (seen: Seen) =>
  fc.asyncProperty(begins, steps, async (how, each) => {
    await using walk = await Walk.begin(how, seen);
    for (const step of each) await walk.take(step);
    await walk.end();
  });

/** The sample protocol once somebody has other work; empty: as it is. */
const without =
  (person: string) =>
  (sample: string): string =>
    person === ''
      ? sample
      : sample
          .replace('tom-ashcroft, priya-desai, gareth-molyneux', (all) => all.replace(`${person}, `, ''))
          .replace('officers: [ellen-rimmer, joseph-adeyemi]', (all) => all.replace(`, ${person}`, ''));

/** A council on its walk: the whole of Crier, networks outside, and a ledger of what was really agreed to. */
class Walk implements AsyncDisposable {
  readonly #setting: Setting;
  readonly #presses: Presses;
  readonly #writing: Writing;
  readonly #middle: InTheMiddle;
  readonly #moment: EveryMoment;

  private constructor(setting: Setting) {
    this.#setting = setting;
    this.#presses = new Presses(setting);
    this.#writing = new Writing(setting, this.#presses);
    this.#middle = new InTheMiddle(setting);
    this.#moment = new EveryMoment(setting, this.#presses);
  }

  /** A council whose first post is on its way. */
  static async begin({ blind, first, ...how }: Begins, seen: Seen): Promise<Walk> {
    const ledger: Ledger = new Ledger(() => setting.council.now());
    const places = createPlaces(ledger);
    if (blind) places.outside.blind('x-main');
    const { outside, network } = places;
    // What becomes of files is looked at elsewhere: this many walks are not to wait for a disk.
    const shelf = createShelf();
    const council = await openCouncil({
      outside,
      networkOf: network,
      met: people,
      store: shelf.store,
      later: soon,
    });
    const inTeams = await filesInTeams(council, files);
    const setting: Setting = new Setting(council, { ledger, places, shelf, files: inTeams, seen });
    const walk: Walk = new Walk(setting);
    await walk.#writing.propose('ellen-rimmer', { ...how, planned: false });
    if (first !== undefined) places.goWrong(first);
    await walk.#presses.decide(1, 'yes');
    await timePasses(1, setting);
    await walk.#moment.check();
    return walk;
  }

  async take(step: Step): Promise<void> {
    const { shelf, seen } = this.#setting;
    await this.#setting.though(async () => await this.#does(step));
    await this.#middle.settled();
    await this.#setting.though(async () => await this.#setting.council.pass(2_000));
    if (shelf.failed()) seen.failed += 1;
    await this.#moment.check();
  }

  async #does(step: Step): Promise<void> {
    const { shelf, places, written } = this.#setting;
    switch (step.does) {
      case 'press':
        await this.#presses.any(step.by, step.post, step.n, step.old);
        break;
      case 'hold':
      case 'remove':
      case 'cancel':
      case 'schedule':
        await this.#writing.command(step.by, step.does, step.post);
        break;
      case 'edit':
        await this.#writing.edit(step);
        break;
      case 'again':
        await this.#presses.again(step.post);
        break;
      case 'right':
        await this.#presses.right(step.post);
        break;
      case 'send':
        await this.#writing.send(step);
        break;
      case 'correct':
        await this.#writing.correct(step);
        break;
      case 'decide':
        await this.#presses.decide(step.post, step.yes ? 'yes' : 'no', step.n);
        break;
      case 'propose':
        if (written.of(2) !== undefined || shelf.isFailing()) break;
        await this.#writing.propose('nadia-hartley', { ...step, bluesky: false });
        break;
      case 'fault':
        places.goWrong(step);
        break;
      case 'meanwhile':
        this.#middle.waitFor(step);
        break;
      case 'sleep':
        await sleeps(step.minutes, this.#setting);
        break;
      case 'store':
        shelf.fail(step);
        break;
      case 'mended':
        shelf.mend();
        await this.#setting.council.quiet();
        break;
      case 'away':
        places.goAway(step.account);
        break;
      case 'back':
        places.comeBack(step.account);
        break;
      case 'connect':
        await connectAll(this.#setting);
        break;
      case 'stop':
      case 'pause':
        await stops(step.does, this.#setting);
        break;
      case 'resume':
        await resumes(this.#setting);
        break;
      case 'time':
        await timePasses(step.minutes, this.#setting);
        break;
      case 'restart':
        await this.#restart(step.without);
        break;
    }
  }

  /** Another process starts, under a protocol in which somebody has other work; none does over a store that fails. */
  async #restart(gone: string): Promise<void> {
    const { shelf, ledger, council } = this.#setting;
    if (shelf.isFailing()) return;
    ledger.gone = gone;
    this.#setting.council = await council.restart({ protocol: without(gone) });
    await this.#setting.council.quiet();
  }

  /** Everything is connected, let go on and due: then nothing is stuck, and the cards say what stands outside. */
  async end(): Promise<void> {
    const { council, shelf, written } = this.#setting;
    shelf.mend();
    await resumes(this.#setting);
    for (let quiet = 0, rounds = 0; quiet < 3 && rounds < 40; rounds += 1) {
      await connectAll(this.#setting);
      let pressed = false;
      for (const post of written.posts) pressed = (await this.#presses.decide(post, 'yes')) || pressed;
      await this.#moment.check();
      quiet = pressed ? 0 : quiet + 1;
      if (!pressed) await timePasses(70, this.#setting);
      await this.#middle.settled();
      await this.#moment.check();
    }
    for (const post of written.posts) await this.#mustRest(post);
    const { findings } = await council.audit();
    if (findings.length > 0) throw new Error(`the audit finds ${JSON.stringify(findings)}`);
    this.#noteCalls();
  }

  async #mustRest(post: number): Promise<void> {
    const { council, ledger, places, seen } = this.#setting;
    await mustRest(post, council, ledger, places, this.#presses.answers);
    const state = await council.post(post);
    seen.corrected += state.corrected.length;
    if (isEndedUnsent(state)) seen.ended += 1;
  }

  #noteCalls(): void {
    const { seen, places } = this.#setting;
    const { publish, edit, remove, shown } = places.calls;
    seen.shown += shown;
    seen.published += publish;
    seen.changed += edit;
    seen.deleted += remove;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#setting.files[Symbol.asyncDispose]();
    await this.#setting.council.close();
  }
}

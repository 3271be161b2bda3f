import fc from 'fast-check';
import { accountOf } from '../../src/dispatch/thread.ts';
import { readPart } from '../../src/posts/writing/plan.ts';
import { reviewAwaited } from '../../src/posts/deciding/reviews.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { rightInPlace } from '../../src/posts/correcting/right-in-place.ts';
import { stepsOf } from '../../src/posts/telling/past.ts';
import type { Plan, PostState } from '../../src/posts/post.ts';
import { isOverdue } from '../../src/posts/leaving/to-go-out.ts';
import { shouldBeOutSince } from '../../src/posts/leaving/on-its-way.ts';
import { isEndedUnsent } from '../../src/posts/leaving/its-end.ts';
import { hours } from '../../src/core/time.ts';
import { peopleOf } from '../../src/protocol/people.ts';
import { buttonsIn, inputsIn, type CardButton } from '../journeys/card.ts';
import { connected } from '../journeys/corrections.ts';
import { minute, openCouncil, type Council, type Pressed, type Shown } from '../journeys/council.ts';
import { filesInTeams, type FilesInTeams } from '../journeys/files-in-teams.ts';
import { soon } from '../journeys/full-store.ts';
import { cardOf, mustRest } from './at-rest.ts';
import { answersOn, fileOf, files } from './files.ts';
import { Ledger } from './ledger.ts';
import { createPlaces, type Places } from './places.ts';
import { createShelf, type Shelf } from './shelf.ts';
import {
  begins,
  outside,
  people,
  steps,
  type Begins,
  type Meanwhile,
  type Person,
  type Step,
} from './steps.ts';

/** How much happened on walks: they are worth something only where much does. */
export const nothingSeen = () => ({
  published: 0,
  changed: 0,
  deleted: 0,
  corrected: 0,
  held: 0,
  released: 0,
  stopped: 0,
  vouched: 0,
  answered: 0,
  /** how often somebody had put right there what Crier could not, and what was late was sent again */
  righted: 0,
  again: 0,
  /** how many emergencies people heard of that they were not out, and how many ends kept something from going out */
  warned: 0,
  ended: 0,
  meanwhile: 0,
  /** how often the store failed in a step, and how often something was missed while nobody was at work */
  failed: 0,
  missed: 0,
  /** how often something more was sent for a post, and how many posts with something to see went out */
  sent: 0,
  shown: 0,
});
export type Seen = ReturnType<typeof nothingSeen>;

/** What is proposed, and where it is to go out. */
type Proposed = Pick<Begins, 'thread' | 'bluesky' | 'alone' | 'shows' | 'kind'> & {
  readonly planned: boolean;
};

/** Words that say which post they are of, which version of it, and which post of a thread. */
const words = (post: number, version: number, thread: boolean): string =>
  (thread ? ['up', 'lit', 'safe'] : ['up'])
    .map((is) => `Sign ${String(version)} on Road ${String(post)} is ${is}.`)
    .join('\n---\n');

/** The sample protocol once somebody has other work; empty: as it is. */
const without =
  (person: string) =>
  (sample: string): string =>
    person === ''
      ? sample
      : sample
          .replace('tom-ashcroft, priya-desai, gareth-molyneux', (all) => all.replace(`${person}, `, ''))
          .replace('officers: [ellen-rimmer, joseph-adeyemi]', (all) => all.replace(`, ${person}`, ''));

/** What is typed or ticked where a button is pressed; a button that is not here is not pressed at random. */
const typedWith: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'post.send': {},
  'post.pass-on': {},
  'post.approve': { confirm: 'true' },
  'post.approve-correction': { confirm: 'true' },
  'post.send-back': { note: 'No.' },
  'post.refuse': { note: 'No.' },
  'post.refuse-correction': { note: 'No.' },
  'post.hold': {},
  'post.try-again': {},
  'post.let-out': {},
  'post.ask-again': {},
  'post.answer': {},
};
/** Whoever decides on a post anew with one of these wants it to go out although its time may have passed. */
const letsGo: readonly string[] = ['post.approve', 'post.answer', 'post.let-out', 'post.try-again'];
const yes = [
  'post.answer',
  'post.let-out',
  'post.ask-again',
  'post.approve-correction',
  'post.approve',
  'post.pass-on',
];
const no = ['post.refuse-correction', 'post.refuse', 'post.send-back'];

/** Walks of whole councils, each from its beginning until everything has come to rest. */
export const walks = (seen: Seen) =>
  fc.asyncProperty(begins, steps, async (how, each) => {
    await using walk = await Walk.begin(how, seen);
    for (const step of each) await walk.take(step);
    await walk.end();
  });

/** A council on its walk: the whole of Crier, networks outside, and a ledger of what was really agreed to. */
class Walk implements AsyncDisposable {
  readonly #ledger: Ledger;
  readonly #places: Places;
  readonly #shelf: Shelf;
  readonly #files: FilesInTeams;
  readonly #seen: Seen;
  /** how many files were sent */
  #sent = 0;
  /** `<person> <post>` → a card with buttons that they were shown before */
  readonly #before = new Map<string, Shown>();
  /** a card's id → what the last press on it was answered with */
  readonly #answers = new Map<string, Shown>();
  /** post → whether it is a thread, and how often its words were written, or what it shows was described */
  readonly #written = new Map<number, { readonly thread: boolean; versions: number; described: number }>();
  /** post → since when it is seen that an emergency is not out and nobody has heard so */
  readonly #untold = new Map<number, number>();
  /** emergencies of which people have heard that they are not out */
  readonly #warned = new Set<number>();
  /** what somebody does in the middle of a call: it is answered once that call is over */
  readonly #doing: Promise<void>[] = [];
  #council: Council;

  private constructor(
    council: Council,
    ledger: Ledger,
    places: Places,
    shelf: Shelf,
    files: FilesInTeams,
    seen: Seen,
  ) {
    this.#council = council;
    this.#ledger = ledger;
    this.#places = places;
    this.#shelf = shelf;
    this.#files = files;
    this.#seen = seen;
  }

  /** A council whose first post is on its way. */
  static async begin({ blind, first, ...how }: Begins, seen: Seen): Promise<Walk> {
    const ledger: Ledger = new Ledger(() => walk.#council.now());
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
    const walk: Walk = new Walk(council, ledger, places, shelf, await filesInTeams(council, files), seen);
    await walk.#propose('ellen-rimmer', { ...how, planned: false });
    if (first !== undefined) places.goWrong(first);
    await walk.#decide(1, yes);
    await walk.#time(1);
    await walk.#check();
    return walk;
  }

  async take(step: Step): Promise<void> {
    await this.#though(async () => await this.#does(step));
    await this.#settled();
    await this.#though(async () => await this.#council.pass(2_000));
    if (this.#shelf.failed()) this.#seen.failed += 1;
    await this.#check();
  }

  /** What a store that fails keeps Crier from doing by itself is a fault there, and none of this walk's. */
  async #though(does: () => Promise<void>): Promise<void> {
    try {
      await does();
    } catch (fault) {
      if (!this.#shelf.isFailing()) throw fault;
    }
  }

  async #does(step: Step): Promise<void> {
    switch (step.does) {
      case 'press':
        await this.#pressAny(step.by, step.post, step.n, step.old);
        break;
      case 'hold':
      case 'remove':
      case 'cancel':
      case 'schedule':
        await this.#type(step.by, step.does, step.post);
        break;
      case 'edit':
        await this.#edit(step.by, step.post, step.leavesOut);
        break;
      case 'again':
        for (const person of people) if (await this.#pressFirst(person, step.post, 'post.try-again')) break;
        break;
      case 'right':
        await this.#right(step.post);
        break;
      case 'send':
        await this.#send(step.by, step.post, step.what);
        break;
      case 'correct':
        await this.#correct(step);
        break;
      case 'decide':
        await this.#decide(step.post, step.yes ? yes : no, step.n);
        break;
      case 'propose':
        if (this.#written.has(2) || this.#shelf.isFailing()) break;
        await this.#propose('nadia-hartley', { ...step, bluesky: false });
        break;
      case 'fault':
        this.#places.goWrong(step);
        break;
      case 'meanwhile':
        if (step.call === 'save') this.#shelf.meanwhile(async () => await this.#meanwhile(step));
        else this.#places.meanwhile(step, async () => await this.#meanwhile(step));
        break;
      case 'sleep':
        await this.#sleeps(step.minutes);
        break;
      case 'store':
        this.#shelf.fail(step);
        break;
      case 'mended':
        this.#shelf.mend();
        await this.#council.quiet();
        break;
      case 'away':
        this.#places.goAway(step.account);
        break;
      case 'back':
        this.#places.comeBack(step.account);
        break;
      case 'connect':
        await this.#connect();
        break;
      case 'stop':
        await this.#stop('stop everything', 'Yes, stop everything');
        break;
      case 'pause':
        await this.#stop('pause routine', 'Yes, pause routine posts');
        break;
      case 'resume':
        await this.#resume();
        break;
      case 'time':
        await this.#time(step.minutes);
        break;
      case 'restart':
        // None starts over a store that fails.
        if (this.#shelf.isFailing()) break;
        this.#ledger.gone = step.without;
        this.#council = await this.#council.restart({ protocol: without(step.without) });
        await this.#council.quiet();
        break;
    }
  }

  /** A post as it is stored, whoever else can read it. */
  async #stored(post: number): Promise<PostState> {
    const stored = await this.#shelf.post(post);
    if (stored === undefined) throw new Error(`there is no post ${String(post)}`);
    return stored;
  }

  /** The machine sleeps for so long, and goes on with what fell due. */
  async #sleeps(minutes: number): Promise<void> {
    await this.#miss(minutes);
    await this.#council.sleeps(minutes * minute);
  }

  /** What is to leave by then, and of which nothing is out, does not leave by itself so late. */
  async #miss(minutes: number): Promise<void> {
    const awake = this.#council.now() + minutes * minute;
    for (const post of this.#posts) {
      const stored = await this.#shelf.post(post);
      if (stored === undefined || !('decidedAt' in stored.status) || this.#ledger.isOut(post)) continue;
      // What waits for another try, or for its account, is looked at from time to time.
      const from = Math.max(this.#council.now() + longestWait, stored.when?.at ?? 0);
      const known = this.#ledger.of(post);
      if (known.missed || awake - from <= hours(2)) continue;
      known.missed = true;
      this.#seen.missed += 1;
    }
  }

  /** Somebody does something, or time passes, while a call goes on. */
  #begins(doing: Promise<unknown>): void {
    this.#doing.push(this.#though(async () => void (await doing)));
  }

  /** What was done in the middle of calls is answered. */
  async #settled(): Promise<void> {
    for (let doing = this.#doing.pop(); doing !== undefined; doing = this.#doing.pop()) await doing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#files[Symbol.asyncDispose]();
    await this.#council.close();
  }

  get #posts(): readonly number[] {
    return [...this.#written.keys()];
  }

  async #propose(by: Person, { thread, bluesky, alone, shows, planned, kind }: Proposed): Promise<void> {
    const post = this.#written.size + 1;
    const known = this.#ledger.of(post);
    known.isEmergency = kind === 'emergency';
    this.#written.set(post, { thread, versions: 1, described: 0 });
    const author = this.#council.as(by);
    const proposed = `propose for Highways: ${words(post, 0, thread)}`;
    if (shows === 'nothing') await author.say(proposed);
    else await this.#files.send(author, this.#nextFile(shows), proposed);
    const form = await author.press('Edit', {}, author.card(post));
    const accounts = alone ? 'x-main' : `news,x-main,facebook-main${bluesky ? ',bluesky-main' : ''}`;
    const until = this.#inTime(planned ? 120 : 45);
    const more = { usual: {}, emergency: { urgency: 'emergency' }, ends: { until: until.typed } }[kind];
    await author.press('Save', { accounts, ...more, ...this.#answersOn(form.card, post) }, form.card);
    if (kind === 'ends') known.ends = until.at;
    if (planned) await author.say(`schedule ${String(post)} ${this.#inTime(90).typed}`);
    await this.#pressFirst(by, post, 'post.send');
  }

  #nextFile(kind: Parameters<typeof fileOf>[0]): string {
    this.#sent += 1;
    return fileOf(kind, this.#sent);
  }

  #answersOn(card: object | undefined, post: number): Readonly<Record<string, string>> {
    const written = this.#written.get(post);
    if (card === undefined || written === undefined) return {};
    return answersOn(card, () => `Photo ${String((written.described += 1))} of Road ${String(post)}`);
  }

  /** A time in so many minutes, as people type it. */
  #inTime(minutes: number): { readonly typed: string; readonly at: number } {
    const now = new Date(this.#council.now());
    const at = Math.floor(this.#council.now() / minute + minutes) * minute;
    const then = new Date(at);
    const day = then.getUTCDate() === now.getUTCDate() ? 'today' : 'tomorrow';
    return { typed: `${day} ${then.toISOString().slice(11, 16)}`, at };
  }

  /** Sends something for a post by its number; where that takes back what was sent or approved, that is meant. */
  async #send(by: Person, post: number, what: 'picture' | 'film' | 'captions'): Promise<void> {
    if (!this.#written.has(post)) return;
    const typed = `${what === 'captions' ? 'captions' : 'picture'} ${String(post)}`;
    const said = await this.#files.sent(this.#council.as(by), typed, this.#nextFile(what));
    const asked = said.at(-1);
    const yes =
      asked === undefined
        ? undefined
        : buttonsIn(asked.card).find(({ title }) => title.startsWith('Yes, put'));
    if (asked !== undefined && yes !== undefined) await this.#council.as(by).press(yes.title, {}, asked);
    this.#seen.sent += 1;
    await this.#pressFirst(by, post, 'post.send');
  }

  async #type(by: Person, does: 'hold' | 'remove' | 'cancel' | 'schedule', post: number): Promise<void> {
    const typed = `${does} ${String(post)}${does === 'schedule' ? ` ${this.#inTime(90).typed}` : ''}`;
    if (does === 'remove') this.#takesDown(by, post);
    const [answer] = await this.#council.as(by).say(typed);
    if (does === 'hold' && answer !== undefined && this.#shelf.isFailing()) {
      const { status } = (await this.#shelf.post(post)) ?? {};
      const says = answer.text.includes('is not held');
      if (status !== undefined && says && status.is === 'held')
        this.#ledger.wrong.push(`#${String(post)} is said not to be held, and is`);
    }
    // Giving up a post is asked about once.
    const sure = answer === undefined ? undefined : buttonsIn(answer.card).find(isSure);
    if (answer !== undefined && sure !== undefined) await this.#council.as(by).press(sure.title, {}, answer);
  }

  /** Something is done in the middle of a call, which goes on once that is committed, or refused. */
  async #meanwhile({ by, what, post, call }: Meanwhile): Promise<void> {
    this.#seen.meanwhile += 1;
    switch (what) {
      case 'hold':
      case 'remove':
        await this.#typedMeanwhile(by, what, post, call !== 'save');
        break;
      case 'sleep':
        await this.#miss(300);
        this.#begins(this.#council.sleeps(300 * minute));
        await turns();
        break;
      case 'stop':
        this.#begins(this.#stop('stop everything', 'Yes, stop everything'));
        await turns();
        break;
      case 'pause':
        this.#begins(this.#stop('pause routine', 'Yes, pause routine posts'));
        await turns();
        break;
      case 'resume':
        this.#begins(this.#resume());
        await turns();
        break;
    }
  }

  async #typedMeanwhile(by: Person, does: 'hold' | 'remove', post: number, waits: boolean): Promise<void> {
    const before = await this.#shelf.post(post);
    if (before === undefined) return;
    const known = this.#ledger.of(post);
    const { desk, dutyOfficers } = this.#council.protocol;
    known.comesDown = does === 'remove' && [...desk.officers, ...dutyOfficers].includes(by);
    this.#begins(
      this.#council
        .as(by)
        .say(`${does} ${String(post)}`)
        .then(() => undefined),
    );
    // What is being saved at this moment may be what that has to wait for.
    if (!waits) return;
    for (let left = 200; left > 0; left -= 1) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      if ((await this.#stored(post)).turn > before.turn) break;
    }
    const { status } = await this.#stored(post);
    known.takenDown = status.is === 'taken-down';
    known.comesDown &&= known.takenDown;
    if (status.is === 'held' && !known.held) this.#seen.held += 1;
    known.held ||= status.is === 'held';
  }

  async #edit(by: Person, post: number, leavesOut: boolean): Promise<void> {
    const written = this.#written.get(post);
    const [form] = await this.#council.as(by).say(`edit ${String(post)}`);
    const save =
      form === undefined ? undefined : buttonsIn(form.card).find(({ verb }) => verb === 'post.revise');
    if (written === undefined || form === undefined || save === undefined) return;
    const text = words(post, written.versions, written.thread);
    written.versions += 1;
    const out = leavesOut && 'out:0' in inputsIn(form.card) ? { 'out:0': 'true' } : {};
    const answers = this.#answersOn(form.card, post);
    await this.#council.as(by).press(save.title, { text, ...answers, ...out }, form);
  }

  async #correct({
    by,
    post,
    again,
    same,
    describes,
    ends,
  }: Extract<Step, { readonly does: 'correct' }>): Promise<void> {
    const written = this.#written.get(post);
    const [form] = await this.#council.as(by).say(`correct ${String(post)}`);
    if (written === undefined || form === undefined) return;
    const ask = buttonsIn(form.card).find(({ verb }) => verb === 'post.correct');
    if (ask === undefined) return;
    const way = again ? 'again' : 'reply';
    const described = describes && 'alt:0' in inputsIn(form.card);
    if (described) written.described += 1;
    const alt = `Photo ${String(written.described)} of Road ${String(post)}`;
    const typed = {
      ...(described ? { 'alt:0': alt } : {}),
      ...(same ? {} : { text: words(post, written.versions, written.thread) }),
      what: 'Wrong.',
      ends: ends ? 'ends' : 'waits',
      'way:x-main': way,
      'way:bluesky-main': way,
    };
    if (!same) written.versions += 1;
    await this.#council.as(by).press(ask.title, typed, form);
  }

  /** Whoever is asked presses what they are asked for. */
  async #decide(post: number, verbs: readonly string[], n = 0): Promise<boolean> {
    // What nobody can let go before it has another time is given one.
    const stored = await this.#shelf.post(post);
    if (stored !== undefined && verbs === yes && isOverdue(stored, this.#council.now()))
      await this.#council.as('ellen-rimmer').say(`schedule ${String(post)} now`);
    for (const verb of verbs)
      for (const person of [...people.slice(n), ...people.slice(0, n)])
        if (await this.#pressFirst(person, post, verb)) return true;
    return false;
  }

  async #pressFirst(person: Person, post: number, verb: string): Promise<boolean> {
    const card = this.#cardOf(person, post);
    const button = card === undefined ? undefined : buttonsIn(card.card).find((each) => each.verb === verb);
    if (card === undefined || button === undefined) return false;
    await this.#press(person, post, button, card);
    return true;
  }

  async #pressAny(person: Person, post: number, n: number, old: boolean): Promise<void> {
    const card = old ? this.#before.get(`${person} ${String(post)}`) : this.#cardOf(person, post);
    if (card === undefined) return;
    const buttons = buttonsIn(card.card).filter(({ verb }) => typedWith[verb] !== undefined);
    const button = buttons[n % Math.max(1, buttons.length)];
    if (button !== undefined) await this.#press(person, post, button, card);
  }

  /** A press, with what the ledger has to know of it before anything leaves by it. */
  async #press(person: Person, post: number, pressed: CardButton, card: Shown): Promise<void> {
    const before = await this.#stored(post);
    const { verb } = pressed;
    const known = this.#ledger.of(post);
    const { held, missed } = known;
    const [button, typed] =
      verb === 'post.answer'
        ? this.#honestly(before, pressed, card)
        : [pressed, { ...this.#answersOn(card.card, post), ...typedWith[verb] }];
    // Nobody says that they have changed something there who has not.
    if (button === undefined) return;
    const plan = planDecidedOn(before, verb);
    const mayAgree = this.#mayAgree(person, before, verb);
    const isOfCard = plan?.hash === pressed.data['hash'];
    const how = verb === 'post.approve' ? 'post' : 'correction';
    const takeBack =
      plan !== undefined && mayAgree && isOfCard ? this.#ledger.agrees(post, person, plan, how) : undefined;
    if (verb === 'post.refuse') known.held = false;
    if (verb === 'post.let-out' && this.#council.protocol.desk.officers.includes(person))
      known.vouched = true;
    if (letsGo.includes(verb)) known.missed = false;
    const at = this.#council.now();
    const undo = isOfPutRight(button) ? this.#changesThere(before, textIn(button.data['part'])) : undefined;
    await this.#though(
      async () =>
        void (await this.#council
          .as(person)
          .press(button.title, typed, card, (answer) => this.#answered(card, answer))),
    );
    const after = await this.#stored(post);
    if (after.turn === before.turn) undo?.();
    else if (undo !== undefined) this.#seen.righted += 1;
    if (verb === 'post.try-again' && after.turn !== before.turn) this.#seen.again += 1;
    // What was asked for and changed nothing has let nothing go.
    if (after.turn === before.turn) known.missed = missed;
    const isAgreed = plan !== undefined && hasAgreed(before, after, person, at, verb);
    if (isAgreed && !mayAgree) this.#ledger.wrong.push(`${person} decided on #${String(post)} and may not`);
    if (isAgreed && !isOfCard) this.#ledger.wrong.push(`${person} decided by the card of other words`);
    if (!isAgreed) takeBack?.();
    if (isAgreed && held) this.#seen.released += 1;
    if (verb === 'post.answer') this.#seen.answered += 1;
    if (verb === 'post.let-out') this.#seen.vouched += 1;
  }

  /** Whoever is asked to put it right there has done so, and says so. */
  async #right(post: number): Promise<void> {
    for (const person of people) {
      const card = this.#cardOf(person, post);
      const button = card === undefined ? undefined : buttonsIn(card.card).find(isOfPutRight);
      if (card === undefined || button === undefined) continue;
      await this.#press(person, post, button, card);
      return;
    }
  }

  /** Somebody changes what stands outside to what was agreed to last. @returns changes it back */
  #changesThere({ status, number, ...post }: PostState, part: string): (() => void) | undefined {
    const known = publicationsOf({ ...post, number, status })[part];
    const words = this.#ledger.wordsFor(number, accountOf(part));
    if (known?.is !== 'published' || words === undefined) return undefined;
    const stands = this.#places.standing(accountOf(part)).find(({ id }) => id === known.remote.remoteId);
    if (stands === undefined) return undefined;
    const { text } = stands;
    stands.text = words;
    return () => {
      stands.text = text;
    };
  }

  /** What was pressed shows the answer, until Crier brings another card there. */
  #answered(pressed: Shown, { card, text }: Pressed): void {
    if (card !== undefined) this.#answers.set(pressed.activityId, { ...pressed, card, text });
  }

  #cardOf(person: Person, post: number): Shown | undefined {
    return cardOf(this.#council, person, post, this.#answers);
  }

  /** Somebody is about to take a post down: what comes down by it does so within the press. */
  #takesDown(person: Person, post: number): void {
    const { desk, dutyOfficers } = this.#council.protocol;
    if ([...desk.officers, ...dutyOfficers].includes(person)) this.#ledger.of(post).takenDown = true;
  }

  /** Whoever is asked whether it is there looks outside, and says what they see. */
  #honestly(
    post: PostState,
    pressed: CardButton,
    card: Shown,
  ): [CardButton | undefined, Readonly<Record<string, string>>] {
    const all = buttonsIn(card.card).filter(({ verb }) => verb === 'post.answer');
    const part = textIn(pressed.data['part']);
    if (isOfPutRight(pressed)) return [pressed, {}];
    const word = (said: string) => all.find(({ data }) => data['part'] === part && data['word'] === said);
    const wished = (said: string) => (pressed.data['word'] === said ? word(said) : undefined);
    const known = publicationsOf(post)[part];
    if (known !== undefined && 'remote' in known) {
      const stands = this.#places.standing(accountOf(part)).find(({ id }) => id === known.remote.remoteId);
      if (word('still-there') !== undefined)
        return [word(stands === undefined ? 'it-is-gone' : 'still-there') ?? pressed, {}];
      const right = known.is === 'removing' ? undefined : rightInPlace(post, part);
      const isDone =
        right === undefined ? stands === undefined : stands?.text === readPart(right.planned).text;
      if (isDone) return [word('it-is-done') ?? pressed, {}];
      return [wished('leave-it') ?? word('try-again'), {}];
    }
    const claimed = Object.values(publicationsOf(post)).flatMap((each) =>
      'remote' in each ? [each.remote.remoteId] : [],
    );
    const there = this.#places.outside.entries(accountOf(part)).find(({ id, removed }) => {
      const what = this.#ledger.what(id);
      return !removed && !claimed.includes(id) && what?.post === post.number && what.part === part;
    });
    if (there !== undefined)
      return [
        word('it-is-there') ?? pressed,
        { [`link:${part}`]: `https://${there.account}.example/${there.id}` },
      ];
    return [wished('post-it-now') ?? word('do-not-post') ?? pressed, {}];
  }

  /** By the protocol in force, read by the walk itself. */
  #mayAgree(person: Person, post: PostState, verb: string): boolean {
    const { protocol } = this.#council;
    const { approvers = [] } = protocol.departments['highways'] ?? {};
    if (verb === 'post.approve-correction')
      return [...approvers, ...protocol.desk.officers].includes(person) && person !== post.correction?.by;
    const review = reviewAwaited(post);
    const stage = protocol.stages.find(({ id }) => id === review?.stages[review.current]?.id);
    const who =
      stage === undefined
        ? [...approvers, ...protocol.desk.officers]
        : peopleOf([...stage.who, ...stage.escalateTo], 'highways', protocol);
    const wrote = [post.author, post.revision.by, post.correction?.applied && post.correction.by];
    return who.includes(person) && !wrote.includes(person);
  }

  async #connect(): Promise<void> {
    this.#places.mend();
    for (const account of outside) await connected(this.#council, account);
    await this.#council.quiet();
  }

  /** @returns whether it was asked about, and confirmed */
  async #confirmed(says: string, title: string, answered?: (text: string) => void): Promise<boolean> {
    const ellen = this.#council.as('ellen-rimmer');
    const [asked] = await ellen.say(says);
    if (asked === undefined || !ellen.buttons(asked).includes(title)) return false;
    await ellen.press(title, {}, asked, ({ text }) => answered?.(text));
    return true;
  }

  async #stop(says: string, title: string): Promise<void> {
    // From its answer on nothing leaves, and every account is stopped.
    let isSaid = false;
    await this.#confirmed(says, title, (text) => {
      const [what] = /Everything is stopped|Routine posts are paused/u.exec(text) ?? [];
      isSaid = what !== undefined;
      if (what === 'Everything is stopped') this.#ledger.stopped = 'everything';
      else if (isSaid && this.#ledger.stopped === 'no') this.#ledger.stopped = 'routine';
    });
    if (!isSaid) return;
    this.#seen.stopped += 1;
  }

  async #resume(): Promise<void> {
    const { stopped } = this.#ledger;
    this.#ledger.stopped = 'no';
    if (!(await this.#confirmed('resume', 'Yes, resume'))) this.#ledger.stopped = stopped;
  }

  async #time(minutes: number): Promise<void> {
    // What falls due for an emergency counts by how late it comes.
    const isUrgent = this.#posts.some((post) => this.#ledger.of(post).isEmergency);
    const step = isUrgent ? 1 : Math.max(1, minutes);
    for (let passed = 0; passed === 0 || passed < minutes; passed += step)
      await this.#council.pass(Math.min(step, minutes - passed) * minute);
  }

  /** What has to hold at every moment. */
  async #check(): Promise<void> {
    for (const post of this.#posts) {
      const known = this.#ledger.of(post);
      const { status } = await this.#stored(post);
      if (status.is === 'held' && !known.held) this.#seen.held += 1;
      known.held ||= status.is === 'held';
      known.undecided = undecided.includes(status.is);
      known.takenDown = status.is === 'taken-down';
      known.comesDown = false;
      await this.#mustBeTold(post);
      for (const person of people) {
        const card = this.#cardOf(person, post);
        if (card !== undefined && buttonsIn(card.card).length > 1)
          this.#before.set(`${person} ${String(post)}`, card);
      }
    }
    const { wrong } = this.#ledger;
    for (const account of outside) {
      const places = this.#places.standing(account).map(({ id }) => this.#ledger.placeOf(id));
      if (new Set(places).size < places.length)
        wrong.push(`two stand in one place on ${account}: ${places.join(', ')}`);
      const twice = this.#ledger.repliedTwice(this.#places.standing(account));
      if (twice !== undefined) wrong.push(`a reply says once more what the one before it says: ${twice}`);
    }
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  /** An emergency that has been on its way for ten minutes, and a little, people have heard of. */
  async #mustBeTold(number: number): Promise<void> {
    const post = await this.#stored(number);
    const since = shouldBeOutSince(post) ?? Infinity;
    const now = this.#council.now();
    if (post.onItsWay?.told !== undefined && !this.#warned.has(number)) {
      this.#warned.add(number);
      this.#seen.warned += 1;
    }
    if (post.onItsWay?.told !== undefined || since + 11 * minute > now || this.#shelf.isFailing()) {
      this.#untold.delete(number);
      return;
    }
    const first = this.#untold.get(number) ?? now;
    this.#untold.set(number, first);
    if (now - first > 3 * minute)
      this.#ledger.wrong.push(`#${String(number)}, an emergency, is not out, and nobody hears so`);
  }

  /** Everything is connected, let go on and due: then nothing is stuck, and the cards say what stands outside. */
  async end(): Promise<void> {
    this.#shelf.mend();
    await this.#resume();
    for (let quiet = 0, rounds = 0; quiet < 3 && rounds < 40; rounds += 1) {
      await this.#connect();
      let pressed = false;
      for (const post of this.#posts) pressed = (await this.#decide(post, yes)) || pressed;
      await this.#check();
      quiet = pressed ? 0 : quiet + 1;
      if (!pressed) await this.#time(70);
      await this.#settled();
      await this.#check();
    }
    for (const post of this.#posts) {
      await mustRest(post, this.#council, this.#ledger, this.#places, this.#answers);
      const state = await this.#council.post(post);
      this.#seen.corrected += state.corrected.length;
      if (isEndedUnsent(state)) this.#seen.ended += 1;
    }
    const { findings } = await this.#council.audit();
    if (findings.length > 0) throw new Error(`the audit finds ${JSON.stringify(findings)}`);
    const { publish, edit, remove, shown } = this.#places.calls;
    this.#seen.shown += shown;
    this.#seen.published += publish;
    this.#seen.changed += edit;
    this.#seen.deleted += remove;
  }
}

/** A post that waits for somebody. */
const undecided: readonly string[] = [
  'draft',
  'sent-back',
  'in-review',
  'expired',
  'cancelled',
  'not-to-be-published',
];
/** So long what is to be tried again, or waits for its account, is left at most. */
const longestWait = 30 * minute;

/** What has begun elsewhere in this process comes to where it waits for something. */
async function turns(): Promise<void> {
  for (let waits = 200; waits > 0; waits -= 1)
    await new Promise<void>((resolve) => void setImmediate(resolve));
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const isOfPutRight = ({ verb, data }: CardButton): boolean =>
  verb === 'post.answer' && textIn(data['word']).startsWith('put-right-');

const isSure = ({ title }: CardButton): boolean => title.startsWith('Cancel #');

/** What a press of that kind decides on. */
function planDecidedOn({ status, correction }: PostState, verb: string): Plan | undefined {
  if (verb === 'post.approve-correction') return correction?.plan;
  return verb === 'post.approve' && (status.is === 'in-review' || status.is === 'held')
    ? status.plan
    : undefined;
}

/** Whether somebody's press of that kind was taken as a decision. */
function hasAgreed(before: PostState, after: PostState, person: string, at: number, verb: string): boolean {
  if (verb === 'post.approve')
    return stepsOf(after).some((step) => step.did === 'approved' && step.by === person && step.at >= at);
  const { correction } = after;
  // Agreed to everywhere at once, it is a correction no more.
  if (correction?.review.id !== before.correction?.review.id) return true;
  return correction?.review.decisions.some((each) => each.by === person) ?? false;
}

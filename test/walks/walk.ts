import fc from 'fast-check';
import { reviewAwaited } from '../../src/posts/reviews.ts';
import { publicationsOf } from '../../src/posts/what-is-public.ts';
import { stepsOf } from '../../src/posts/past.ts';
import type { Plan, PostState } from '../../src/posts/post.ts';
import { peopleOf } from '../../src/protocol/people.ts';
import { kinds } from '../../src/kinds.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { buttonsIn, type CardButton } from '../journeys/card.ts';
import { connected } from '../journeys/corrections.ts';
import { minute, openCouncil, type Council, type Pressed, type Shown } from '../journeys/council.ts';
import { cardOf, mustRest } from './at-rest.ts';
import { Ledger } from './ledger.ts';
import { createPlaces, type Places } from './places.ts';
import { begins, outside, people, steps, type Begins, type Person, type Step } from './steps.ts';

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
  meanwhile: 0,
});
export type Seen = ReturnType<typeof nothingSeen>;

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
  readonly #seen: Seen;
  /** `<person> <post>` → a card with buttons that they were shown before */
  readonly #before = new Map<string, Shown>();
  /** post → whether it is a thread, and how often its words were written */
  readonly #written = new Map<number, { readonly thread: boolean; versions: number }>();
  /** what somebody does in the middle of a call: it is answered once that call is over */
  readonly #doing: Promise<void>[] = [];
  #council: Council;

  private constructor(council: Council, ledger: Ledger, places: Places, seen: Seen) {
    this.#council = council;
    this.#ledger = ledger;
    this.#places = places;
    this.#seen = seen;
  }

  /** A council whose first post is on its way. */
  static async begin({ thread, bluesky, blind, first }: Begins, seen: Seen): Promise<Walk> {
    const ledger = new Ledger();
    const places = createPlaces(ledger);
    if (blind) places.outside.blind('x-main');
    const { outside, network } = places;
    const council = await openCouncil({
      outside,
      networkOf: network,
      met: people,
      // What becomes of files is looked at elsewhere: this many walks are not to wait for a disk.
      store: memoryStore(kinds),
    });
    const walk = new Walk(council, ledger, places, seen);
    await walk.#propose('ellen-rimmer', thread, bluesky);
    if (first !== undefined) places.goWrong(first);
    await walk.#decide(1, yes);
    await walk.#time(1);
    await walk.#check();
    return walk;
  }

  async take(step: Step): Promise<void> {
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
        await this.#edit(step.by, step.post);
        break;
      case 'correct':
        await this.#correct(step);
        break;
      case 'decide':
        await this.#decide(step.post, step.yes ? yes : no, step.n);
        break;
      case 'propose':
        if (!this.#written.has(2)) await this.#propose('nadia-hartley', step.thread, false);
        break;
      case 'fault':
        this.#places.goWrong(step);
        break;
      case 'meanwhile':
        this.#places.meanwhile(step, async () => await this.#meanwhile(step.by, step.what, step.post));
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
        this.#ledger.gone = step.without;
        this.#council = await this.#council.restart({ protocol: without(step.without) });
        await this.#council.quiet();
        break;
    }
    await this.#settled();
    await this.#council.pass(2_000);
    await this.#check();
  }

  /** What was done in the middle of calls is answered. */
  async #settled(): Promise<void> {
    for (let doing = this.#doing.pop(); doing !== undefined; doing = this.#doing.pop()) await doing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#council.close();
  }

  get #posts(): readonly number[] {
    return [...this.#written.keys()];
  }

  async #propose(by: Person, thread: boolean, bluesky: boolean): Promise<void> {
    const post = this.#written.size + 1;
    this.#written.set(post, { thread, versions: 1 });
    const author = this.#council.as(by);
    await author.say(`propose for Highways: ${words(post, 0, thread)}`);
    const form = await author.press('Edit', {}, author.card(post));
    const accounts = `news,x-main,facebook-main${bluesky ? ',bluesky-main' : ''}`;
    await author.press('Save', { accounts }, form.card);
    await this.#pressFirst(by, post, 'post.send');
  }

  async #type(by: Person, does: 'hold' | 'remove' | 'cancel' | 'schedule', post: number): Promise<void> {
    const typed = `${does} ${String(post)}${does === 'schedule' ? ' today 11:30' : ''}`;
    if (does === 'remove') this.#takesDown(by, post);
    const [answer] = await this.#council.as(by).say(typed);
    // Giving up a post is asked about once.
    const sure = answer === undefined ? undefined : buttonsIn(answer.card).find(isSure);
    if (answer !== undefined && sure !== undefined) await this.#council.as(by).press(sure.title, {}, answer);
  }

  /** Somebody does that in the middle of a call, which goes on once it is committed, or refused. */
  async #meanwhile(by: Person, does: 'hold' | 'remove', post: number): Promise<void> {
    if (!this.#written.has(post)) return;
    const known = this.#ledger.of(post);
    const { desk, dutyOfficers } = this.#council.protocol;
    const { turn } = await this.#council.post(post);
    known.comesDown = does === 'remove' && [...desk.officers, ...dutyOfficers].includes(by);
    this.#doing.push(
      this.#council
        .as(by)
        .say(`${does} ${String(post)}`)
        .then(() => undefined),
    );
    for (let waits = 200; waits > 0; waits -= 1) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      if ((await this.#council.post(post)).turn > turn) break;
    }
    const { status } = await this.#council.post(post);
    known.takenDown = status.is === 'taken-down';
    known.comesDown &&= known.takenDown;
    if (status.is === 'held' && !known.held) this.#seen.held += 1;
    known.held ||= status.is === 'held';
    this.#seen.meanwhile += 1;
  }

  async #edit(by: Person, post: number): Promise<void> {
    const written = this.#written.get(post);
    const [form] = await this.#council.as(by).say(`edit ${String(post)}`);
    const save =
      form === undefined ? undefined : buttonsIn(form.card).find(({ verb }) => verb === 'post.revise');
    if (written === undefined || form === undefined || save === undefined) return;
    const text = words(post, written.versions, written.thread);
    written.versions += 1;
    await this.#council.as(by).press(save.title, { text }, form);
  }

  async #correct({
    by,
    post,
    again,
    same,
    ends,
  }: Extract<Step, { readonly does: 'correct' }>): Promise<void> {
    const written = this.#written.get(post);
    const [form] = await this.#council.as(by).say(`correct ${String(post)}`);
    if (written === undefined || form === undefined) return;
    const ask = buttonsIn(form.card).find(({ verb }) => verb === 'post.correct');
    if (ask === undefined) return;
    const way = again ? 'again' : 'reply';
    const typed = {
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
    for (const verb of verbs)
      for (const person of [...people.slice(n), ...people.slice(0, n)])
        if (await this.#pressFirst(person, post, verb)) return true;
    return false;
  }

  async #pressFirst(person: Person, post: number, verb: string): Promise<boolean> {
    const card = cardOf(this.#council, person, post);
    const button = card === undefined ? undefined : buttonsIn(card.card).find((each) => each.verb === verb);
    if (card === undefined || button === undefined) return false;
    await this.#press(person, post, button, card);
    return true;
  }

  async #pressAny(person: Person, post: number, n: number, old: boolean): Promise<void> {
    const card = old ? this.#before.get(`${person} ${String(post)}`) : cardOf(this.#council, person, post);
    if (card === undefined) return;
    const buttons = buttonsIn(card.card).filter(({ verb }) => typedWith[verb] !== undefined);
    const button = buttons[n % Math.max(1, buttons.length)];
    if (button !== undefined) await this.#press(person, post, button, card);
  }

  /** A press, with what the ledger has to know of it before anything leaves by it. */
  async #press(person: Person, post: number, pressed: CardButton, card: Shown): Promise<void> {
    const before = await this.#council.post(post);
    const { verb } = pressed;
    const known = this.#ledger.of(post);
    const { held } = known;
    const [button, typed] =
      verb === 'post.answer' ? this.#honestly(before, pressed, card) : [pressed, typedWith[verb]];
    const plan = planDecidedOn(before, verb);
    const mayAgree = this.#mayAgree(person, before, verb);
    const isOfCard = plan?.hash === pressed.data['hash'];
    const how = verb === 'post.approve' ? 'post' : 'correction';
    const takeBack =
      plan !== undefined && mayAgree && isOfCard ? this.#ledger.agrees(post, person, plan, how) : undefined;
    if (verb === 'post.refuse') known.held = false;
    if (verb === 'post.let-out' && this.#council.protocol.desk.officers.includes(person))
      known.vouched = true;
    const at = this.#council.now();
    await this.#council.as(person).press(button.title, typed, card);
    const after = await this.#council.post(post);
    const isAgreed = plan !== undefined && hasAgreed(before, after, person, at, verb);
    if (isAgreed && !mayAgree) this.#ledger.wrong.push(`${person} decided on #${String(post)} and may not`);
    if (isAgreed && !isOfCard) this.#ledger.wrong.push(`${person} decided by the card of other words`);
    if (!isAgreed) takeBack?.();
    if (isAgreed && held) this.#seen.released += 1;
    if (verb === 'post.answer') this.#seen.answered += 1;
    if (verb === 'post.let-out') this.#seen.vouched += 1;
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
  ): [CardButton, Readonly<Record<string, string>>] {
    const all = buttonsIn(card.card).filter(({ verb }) => verb === 'post.answer');
    const part = textIn(all[0]?.data['part']);
    const claimed = Object.values(publicationsOf(post)).flatMap((each) =>
      'remote' in each ? [each.remote.remoteId] : [],
    );
    const there = this.#places.outside
      .entries(part.slice(0, part.lastIndexOf('.')))
      .find(({ id, removed }) => !removed && !claimed.includes(id) && this.#ledger.what(id)?.part === part);
    const word = (said: string) => all.find(({ data }) => data['part'] === part && data['word'] === said);
    if (there !== undefined)
      return [
        word('it-is-there') ?? pressed,
        { [`link:${part}`]: `https://${there.account}.example/${there.id}` },
      ];
    const wanted = pressed.data['word'] === 'post-it-now' ? word('post-it-now') : undefined;
    return [wanted ?? word('do-not-post') ?? pressed, {}];
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

  async #confirmed(says: string, title: string): Promise<Pressed | undefined> {
    const ellen = this.#council.as('ellen-rimmer');
    const [asked] = await ellen.say(says);
    if (asked === undefined || !ellen.buttons(asked).includes(title)) return undefined;
    return await ellen.press(title, {}, asked);
  }

  async #stop(says: string, title: string): Promise<void> {
    if ((await this.#confirmed(says, title)) === undefined) return;
    this.#ledger.stopped = true;
    this.#seen.stopped += 1;
  }

  async #resume(): Promise<void> {
    const { stopped } = this.#ledger;
    this.#ledger.stopped = false;
    if ((await this.#confirmed('resume', 'Yes, resume')) === undefined) this.#ledger.stopped = stopped;
  }

  async #time(minutes: number): Promise<void> {
    await this.#council.pass(minutes * minute);
  }

  /** What has to hold at every moment. */
  async #check(): Promise<void> {
    for (const post of this.#posts) {
      const known = this.#ledger.of(post);
      const { status } = await this.#council.post(post);
      if (status.is === 'held' && !known.held) this.#seen.held += 1;
      known.held ||= status.is === 'held';
      known.takenDown = status.is === 'taken-down';
      known.comesDown = false;
      for (const person of people) {
        const card = cardOf(this.#council, person, post);
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

  /** Everything is connected, let go on and due: then nothing is stuck, and the cards say what stands outside. */
  async end(): Promise<void> {
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
      await mustRest(post, this.#council, this.#ledger, this.#places);
      this.#seen.corrected += (await this.#council.post(post)).corrected.length;
    }
    const { findings } = await this.#council.audit();
    if (findings.length > 0) throw new Error(`the audit finds ${JSON.stringify(findings)}`);
    const { publish, edit, remove } = this.#places.calls;
    this.#seen.published += publish;
    this.#seen.changed += edit;
    this.#seen.deleted += remove;
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

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

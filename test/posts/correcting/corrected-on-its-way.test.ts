import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effect } from '../../../src/core/change.ts';
import type { Actor } from '../../../src/core/context.ts';
import { canEdit } from '../../../src/dispatch/put-right.ts';
import { attemptOver } from '../../../src/dispatch/look.ts';
import { accountOf, isLastToRemove, isOfCorrection, isReply } from '../../../src/dispatch/thread.ts';
import { stoppedByRule } from '../../../src/posts/leaving/leaving.ts';
import { awaitsCorrection } from '../../../src/posts/correcting/correctable.ts';
import { publicationsOf } from '../../../src/posts/leaving/what-is-public.ts';
import { postKind } from '../../../src/posts/kind.ts';
import { readPart } from '../../../src/posts/writing/plan.ts';
import type { DeskRules, PostState } from '../../../src/posts/post.ts';
import {
  asSent,
  isOtherThanPlanned,
  isOutdated,
  nameOfBytes,
  plannedPart,
  wordsAreLost,
} from '../../../src/posts/leaving/what-was-sent.ts';
import { parseProtocol } from '../../../src/protocol/parse.ts';
import { decided } from '../decided.ts';

const sample = await readFile(new URL('../../../protocol.yaml', import.meta.url), 'utf8');
function rulesOf(yaml: string): DeskRules {
  const parsed = parseProtocol(yaml);
  if (!parsed.ok) throw new Error('the sample protocol is wrong');
  return { ...parsed.protocol, away: {} };
}
const rules = rulesOf(sample);
/** Two approvers of a service have to agree. */
const rulesForTwo = rulesOf(sample.replace(/(- id: service\n(?: {4}.*\n)*? {4}need: )1/u, '$12'));

const minute = 60_000;
const crier = { by: 'crier' } as const;

/** How an attempt goes: told; it arrives or does not, and nobody hears so; refused; or the process dies before or after. */
const outcomes = ['told', 'lost', 'nothing', 'refused', 'busy', 'dies-before', 'dies-after'] as const;
type Outcome = (typeof outcomes)[number];

type Step =
  | {
      readonly does:
        | 'correct'
        | 'agree'
        | 'desk-agrees'
        | 'take-back'
        | 'try-again'
        | 'hold'
        | 'release'
        | 'release-too'
        | 'answer'
        | 'remove';
    }
  /** time passes, and what is due runs: so many attempts begin, and of those that have begun so many get on */
  | {
      readonly does: 'time';
      readonly seconds: number;
      readonly outcomes: readonly Outcome[];
      readonly slow: readonly boolean[];
    };

const goesSo = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('lost' as const, 'dies-after' as const) },
  { weight: 3, arbitrary: fc.constantFrom('nothing' as const, 'refused' as const, 'dies-before' as const) },
  { weight: 2, arbitrary: fc.constantFrom('told' as const, 'busy' as const) },
);
const timePasses = fc.record({
  does: fc.constant('time' as const),
  seconds: fc.constantFrom(0, 0, 1, 6, 40, 70, 200, 700),
  outcomes: fc.array(goesSo, { minLength: 2, maxLength: 4 }),
  slow: fc.array(fc.boolean(), { minLength: 2, maxLength: 4 }),
});
const does = <D extends Exclude<Step['does'], 'time'>>(...each: readonly D[]) =>
  fc.constant(each.map((one) => ({ does: one })));
const correctedThen = fc
  .tuple(
    fc.array(timePasses, { maxLength: 2 }),
    fc.constantFrom('agree' as const, 'agree' as const, 'take-back' as const),
  )
  .map(([meanwhile, decided]): Step[] => [{ does: 'correct' }, ...meanwhile, { does: decided }]);
/** What is done follows what usually comes before it, in any order. */
const steps = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: timePasses.map((each): Step[] => [each]) },
      { weight: 3, arbitrary: correctedThen },
      { weight: 2, arbitrary: timePasses.map((each): Step[] => [{ does: 'try-again' }, each]) },
      { weight: 2, arbitrary: does('answer') },
      { weight: 1, arbitrary: does('correct', 'try-again', 'agree') },
      { weight: 1, arbitrary: does('hold', 'release') },
      { weight: 1, arbitrary: does('agree', 'hold') },
    ),
    { minLength: 3, maxLength: 14 },
  )
  .map((each) => each.flat());

/** What stands on a network that takes everything as new. */
interface Standing {
  readonly id: string;
  readonly account: string;
  readonly reply: boolean;
  bytes: string;
  gone: boolean;
}

/** An attempt that has begun and is not settled; `bytes` are what its call was given. */
interface Flight {
  readonly part: string;
  readonly attempt: string;
  readonly outcome: Outcome;
  bytes: string | undefined;
}

const partIn = (bytes: string) => readPart({ key: '', account: '', network: 'x', bytes });
/** What a text says, without the numbers and the ends of a thread's posts. */
const wordsOf = (text: string): string => text.replace(/^\d\/\d /u, '').replace(/[\s-]+/gu, ' ');

class World {
  now = Date.UTC(2026, 10, 24, 9, 42);
  post: PostState | undefined;
  effects: readonly Effect[] = [];
  ids = 0;
  corrections = 0;
  readonly standing: Standing[] = [];
  flights: Flight[] = [];
  /** whether the networks can be looked up */
  readonly looks: boolean;
  /** how often something was found that said what the post does not say any more */
  outdated = 0;
  madeRoom = 0;

  readonly rules: DeskRules;
  /** who of the service agreed to which plan since the post was held, until as many did as it needs; absent: it is not held */
  agreed: Map<string, Set<string>> | undefined;
  /** how often one agreed to other words for what was held, and one more was needed */
  waited = 0;

  constructor(looks: boolean, by: DeskRules = rules) {
    this.looks = looks;
    this.rules = by;
  }

  give(command: string, params: unknown, actor: Actor): boolean {
    const came = decided(this, { command, params, actor }, this.rules);
    if (came === undefined) return false;
    const wasHeld = this.post?.status.is === 'held' ? this.post.status.review.id : undefined;
    this.post = came.post;
    this.effects = came.effects;
    this.noteAgreed(command, actor);
    const { status } = came.post;
    if (status.is === 'held' && status.review.id !== wasHeld) this.agreed = new Map();
    return true;
  }

  /** An approver of the service has agreed to a plan: once as many have as its stage needs, it may go out. */
  noteAgreed(command: string, actor: Actor): void {
    const { status, correction } = this.state;
    if (this.agreed === undefined || actor.by !== 'person' || !('plan' in status)) return;
    if (command !== 'post.approve' && command !== 'post.approve-correction') return;
    const ofService = this.rules.departments['highways']?.approvers.includes(actor.person) === true;
    const { hash } = command === 'post.approve' ? status.plan : (correction?.plan ?? status.plan);
    const people = this.agreed.get(hash) ?? new Set();
    if (ofService) people.add(actor.person);
    this.agreed.set(hash, people);
    const need = this.rules.stages.find(({ id }) => id === 'service')?.need ?? 0;
    if (people.size >= need) this.agreed = undefined;
    else if (command === 'post.approve-correction') this.waited += 1;
  }

  get state(): PostState {
    if (this.post === undefined) throw new Error('no post');
    return this.post;
  }

  /** What stands as nothing that Crier knows of. */
  unclaimed(account: string, bytes: string): Standing | undefined {
    const claimed = Object.values(publicationsOf(this.state)).flatMap((each) =>
      each.is === 'published' || each.is === 'removing' ? [each.remote.remoteId] : [],
    );
    return this.standing.find(
      (each) => !each.gone && each.account === account && each.bytes === bytes && !claimed.includes(each.id),
    );
  }

  /** Runs what is due as the handlers do. */
  run(given: readonly Outcome[], slow: readonly boolean[]): void {
    const ways = [...given];
    const pace = [...slow];
    // What began in an earlier step gets on first: its call, or what came of it.
    for (const flight of this.flights.slice()) this.goOn(flight);
    for (let n = 0; n < 60; n += 1) {
      const due = this.effects.find((effect) => effect.due <= this.now);
      if (due === undefined) return;
      this.effects = this.effects.filter((effect) => effect !== due);
      const field = (name: string): string => {
        const value: unknown =
          due.data !== null && typeof due.data === 'object' ? Reflect.get(due.data, name) : '';
        return typeof value === 'string' ? value : '';
      };
      const part = field('part');
      if (due.type === 'post.timer')
        this.give('post.time-came', { what: field('what'), review: field('review') }, crier);
      else if (due.type === 'post.publish')
        this.begin(part, ways.shift() ?? 'told', pace.shift() ?? false, due);
      else if (due.type === 'post.look') this.look(part, field('attempt'));
      else if (due.type === 'post.put-right') this.putRight(part);
      else if (due.type === 'post.take-down') this.takeDown(part, due);
    }
  }

  later(effect: Effect, after: number): void {
    this.effects = [...this.effects, { ...effect, due: this.now + after }];
  }

  begin(part: string, outcome: Outcome, slow: boolean, effect: Effect): void {
    if (this.flights.some((flight) => flight.part === part)) {
      this.later(effect, 1_000);
      return;
    }
    const attempt = `attempt-${String((this.ids += 1))}`;
    if (awaitsCorrection(this.state)) {
      if (this.give('post.begin', { part, attempt }, crier))
        throw new Error('words leave that somebody wants put right');
      this.later(effect, 5 * minute);
      return;
    }
    // The rules run once more just before.
    const stopped = stoppedByRule(this.state, part, this.now, this.rules);
    if (stopped !== undefined) {
      this.give(stopped.command, stopped.params, crier);
      return;
    }
    if (!this.give('post.begin', { part, attempt }, crier)) return;
    if (this.agreed !== undefined && !isOfCorrection(part))
      throw new Error(`${part} leaves, which was held, and too few have agreed to that`);
    const flight: Flight = { part, attempt, outcome, bytes: undefined };
    this.flights.push(flight);
    if (slow) return;
    this.goOn(flight);
    this.goOn(flight);
  }

  /** An attempt gets one thing further: its call is made, or what came of that is recorded. */
  goOn(flight: Flight): void {
    const { part, attempt, outcome } = flight;
    const publication = publicationsOf(this.state)[part];
    const end = (answer: object): void => {
      this.flights = this.flights.filter((each) => each !== flight);
      this.give('post.settle', { part, attempt, answer }, crier);
      if ('answer' in answer && answer.answer === 'retry') {
        const data = { part };
        const effect = { key: `publish:${part}`, type: 'post.publish', data, attempts: 0, wish: 0 };
        if (!this.effects.some(({ key }) => key === effect.key)) this.later({ ...effect, due: 0 }, 1_000);
      }
    };
    if (flight.bytes !== undefined) {
      const told = this.standing.find((each) => each.id === attempt);
      if (outcome === 'told' && told !== undefined)
        end({ answer: 'published', remote: { remoteId: told.id, url: `https://x.example/${told.id}` } });
      else if (outcome === 'refused') end({ answer: 'refused', reason: 'not-allowed' });
      else end({ answer: 'unknown' });
      return;
    }
    if (outcome === 'dies-before') {
      end({ answer: 'unknown' });
      return;
    }
    // The handler asks before the first request whether this start is still wanted.
    const isWanted =
      this.state.status.is === 'publishing' &&
      !awaitsCorrection(this.state) &&
      publication?.is === 'sending' &&
      publication.attempt === attempt &&
      publication.sent === undefined;
    if (!isWanted) {
      end({ answer: 'retry', reason: 'no-longer-permitted' });
      return;
    }
    if (outcome === 'busy') {
      end({ answer: 'retry', reason: 'busy' });
      return;
    }
    flight.bytes = plannedPart(this.state, part)?.bytes ?? '';
    if (outcome === 'nothing' || outcome === 'refused') return;
    this.standing.push({
      id: attempt,
      account: accountOf(part),
      reply: isReply(part),
      bytes: flight.bytes,
      gone: false,
    });
    this.neverTwo();
  }

  look(part: string, attempt: string): void {
    const planned = plannedPart(this.state, part);
    if (planned === undefined) return;
    const publication = publicationsOf(this.state)[part];
    let look: object = this.looks ? { look: 'absent', certain: true } : { look: 'cannot' };
    for (const sent of this.looks ? asSent(this.state, planned) : []) {
      const there = this.unclaimed(sent.account, sent.bytes);
      if (there === undefined) continue;
      const remote = { remoteId: there.id, url: `https://x.example/${there.id}` };
      look = { look: 'found', remote, says: nameOfBytes(sent.bytes) };
      if (publication?.is === 'unknown' && sent.bytes !== planned.bytes) this.outdated += 1;
      break;
    }
    this.give('post.looked', { part, attempt, look, began: this.now }, crier);
  }

  putRight(part: string): void {
    const attempt = `attempt-${String((this.ids += 1))}`;
    if (!this.give('post.begin-change', { part, attempt }, crier)) return;
    const publication = publicationsOf(this.state)[part];
    const right = this.state.correction?.plan.parts.find(({ key }) => key === part);
    if (publication?.is !== 'published' || right === undefined) {
      this.give('post.put-right', { part, attempt, ok: false, reason: 'nothing-stands' }, crier);
      return;
    }
    if (!canEdit(right.network)) throw new Error('it is to be changed where nothing can be changed');
    const there = this.standing.find(({ id }) => id === publication.remote.remoteId);
    if (there !== undefined) there.bytes = right.bytes;
    this.give('post.put-right', { part, attempt, ok: true }, crier);
  }

  takeDown(part: string, effect: Effect): void {
    const publications = publicationsOf(this.state);
    const publication = publications[part];
    if (publication?.is !== 'removing' || !isLastToRemove(publications, part)) return;
    if (publication.instead !== undefined && !('decidedAt' in this.state.status)) {
      this.later(effect, 5 * minute);
      return;
    }
    if (publication.instead !== undefined) this.madeRoom += 1;
    for (const each of this.standing) if (each.id === publication.remote.remoteId) each.gone = true;
    this.give('post.removed', { part }, crier);
  }

  step(step: Step): void {
    const ellen = { by: 'person', person: 'ellen-rimmer' } as const;
    if (step.does === 'time') {
      this.now += step.seconds * 1_000;
      this.run(step.outcomes, step.slow);
      return;
    }
    this.now += 1_000;
    const { status, correction, revision } = this.state;
    switch (step.does) {
      case 'correct': {
        const n = (this.corrections += 1);
        this.give(
          'post.correct',
          {
            text: `The gritters were out on road ${String(n)}.${n % 3 === 0 ? '\n---\nThey are in.' : ''}`,
            what: 'They have been.',
            reply: `Correction ${String(n)}: they have been.`,
            ways: { 'x-main': n % 2 === 0 ? 'reply' : 'again' },
            from: revision.n,
          },
          ellen,
        );
        return;
      }
      case 'agree':
      case 'desk-agrees':
        if (correction !== undefined) {
          const { hash, id: review } = correction.review;
          const params = { hash, review, stage: 'correction', confirm: true };
          const person = step.does === 'agree' ? 'tom-ashcroft' : 'joseph-adeyemi';
          this.give('post.approve-correction', params, { by: 'person', person });
        }
        return;
      case 'take-back':
        if (correction !== undefined)
          this.give('post.refuse-correction', { review: correction.review.id, note: '' }, ellen);
        return;
      case 'release':
      case 'release-too':
        if (status.is === 'held') {
          const { hash, id: review, stages, current } = status.review;
          const params = { hash, review, stage: stages[current]?.id ?? '', confirm: true };
          const person = step.does === 'release' ? 'priya-desai' : 'tom-ashcroft';
          this.give('post.approve', params, { by: 'person', person });
        }
        return;
      case 'answer':
        this.answer(ellen);
        return;
      default:
        this.give(`post.${step.does}`, {}, ellen);
    }
  }

  /** Somebody of the desk looks for what the card says was sent, once it must have arrived if it did, and says so. */
  answer(by: Actor): void {
    for (const [part, publication] of Object.entries(publicationsOf(this.state))) {
      const planned = plannedPart(this.state, part);
      if (publication.is !== 'unknown' || !publication.asked || planned === undefined) continue;
      if (this.now < publication.since + attemptOver) continue;
      const there = asSent(this.state, planned).flatMap((sent) => {
        const standing = this.unclaimed(sent.account, sent.bytes);
        return standing === undefined ? [] : [standing];
      })[0];
      const link = there === undefined ? '' : `https://x.example/${there.id}`;
      const word = there === undefined ? 'post-it-now' : 'it-is-there';
      if (!this.give('post.answer', { part, word, link }, by) || there === undefined) continue;
      // The network's id stands in the link.
      const now = JSON.stringify(this.state).replaceAll(
        JSON.stringify({ remoteId: 'said-by-a-person', url: link }),
        JSON.stringify({ remoteId: there.id, url: link }),
      );
      this.post = postKind.parse(JSON.parse(now), postKind.form);
    }
  }

  /** On no account the same post of a thread stands twice; a reply that corrects stands beside what it corrects. */
  neverTwo(): void {
    const seen = new Set<string>();
    for (const { account, gone, reply, bytes } of this.standing) {
      const place = `${account} ${String(partIn(bytes).part)}`;
      if (gone || reply) continue;
      if (seen.has(place)) throw new Error(`two posts stand on ${account}`);
      seen.add(place);
    }
  }

  /** Where all of a post stands and none of it is wrong, it says all that the post says. */
  mustBeWhole(): void {
    const { correction, notCorrected = [], revision } = this.state;
    const publications = Object.entries(publicationsOf(this.state));
    for (const account of ['news', 'x-main', 'facebook-main']) {
      const mine = publications.filter(([part]) => accountOf(part) === account);
      const isWhole = mine.every(([, { is }]) => is === 'published' || is === 'removed');
      const isReplied = mine.some(([part]) => isReply(part));
      // What makes room makes it for all of its thread: none of that is said to be missing.
      const again = mine.some(([part, { is }]) => /\.r\d+$/u.test(part) && is === 'published');
      if (again && mine.some(([part, { is }]) => !isOfCorrection(part) && is === 'stopped'))
        throw new Error('an end is kept of what made room');
      if (!isWhole || isReplied || correction !== undefined || notCorrected.length > 0) continue;
      const said = this.standing
        .filter((each) => each.account === account && !each.gone)
        .map(({ bytes }) => partIn(bytes))
        .toSorted((one, other) => one.part - other.part);
      const whole = said.map(({ text }) => wordsOf(text)).join(' ');
      if (said.length > 0 && whole !== wordsOf(revision.text))
        throw new Error(`not all of it stands on ${account}: ${whole}`);
    }
  }

  /** What stands is known, and says what the post says it does. */
  mustBeTrue(): void {
    const { correction, corrected, notCorrected = [], revision } = this.state;
    const publications = Object.entries(publicationsOf(this.state));
    for (const { id, account, bytes, gone, reply } of this.standing) {
      if (gone) continue;
      const isKnown = publications.some(
        ([, each]) => (each.is === 'published' || each.is === 'removing') && each.remote.remoteId === id,
      );
      const isLookedFor = publications.some(
        ([part, each]) => accountOf(part) === account && (each.is === 'unknown' || each.is === 'sending'),
      );
      if (!isKnown && !isLookedFor) throw new Error(`what stands on ${account} is unknown to Crier`);
      if (reply || isLookedFor || correction !== undefined || corrected.length === 0) continue;
      const wrong = !wordsOf(revision.text).includes(wordsOf(partIn(bytes).text));
      const isReplied = publications.some(
        ([part, each]) => accountOf(part) === account && isReply(part) && each.is === 'published',
      );
      const isSaid = notCorrected.some((part) => accountOf(part) === account);
      if (wrong && !isReplied && !isSaid)
        throw new Error(`wrong words stand on ${account}, said to be corrected`);
    }
  }
}

/** On X in three posts. */
const thread = 'The gritters are out.\n---\nThey go on all night.\n---\nLeave room for them.';

/** A world in which a post was approved and is about to leave. */
function approved(text: string, looks: boolean, by: DeskRules = rules): World {
  const world = new World(looks, by);
  const accounts = ['news', 'x-main', 'facebook-main'];
  world.give(
    'post.propose',
    {
      number: 1,
      text,
      media: [],
      urgency: 'normal',
      department: 'highways',
      accounts,
    },
    { by: 'person', person: 'nadia-hartley' },
  );
  world.give('post.send', {}, { by: 'person', person: 'nadia-hartley' });
  const card = () => {
    const { status } = world.state;
    if (status.is !== 'in-review') throw new Error('it is not asked for');
    const { hash, id: review, stages, current } = status.review;
    return { hash, review, stage: stages[current]?.id ?? '' };
  };
  world.give('post.pass-on', card(), { by: 'person', person: 'ellen-rimmer' });
  for (const person of ['priya-desai', 'tom-ashcroft'])
    if (world.state.status.is === 'in-review')
      world.give('post.approve', { ...card(), confirm: true }, { by: 'person', person });
  return world;
}

test('whatever becomes of attempts while a correction is asked for and agreed to: never two stand, and no wrong words as corrected', () => {
  const seen = { outdated: 0, madeRoom: 0, corrected: 0 };
  fc.assert(
    fc.property(goesSo, goesSo, steps, fc.boolean(), fc.boolean(), (onX, onFacebook, walk, looks, long) => {
      const world = approved(long ? thread : 'The gritters are out.', looks);
      // The website takes it at once: something stands that can be corrected.
      world.step({
        does: 'time',
        seconds: 0,
        outcomes: ['told', onX, onFacebook],
        slow: [false, true, false],
      });
      for (const step of walk) {
        world.step(step);
        world.neverTwo();
        world.mustBeTrue();
      }
      for (let n = 0; n < 8; n += 1) {
        world.now += 20 * minute;
        world.run([], []);
        world.mustBeTrue();
      }
      world.mustBeWhole();
      seen.outdated += world.outdated;
      seen.madeRoom += world.madeRoom;
      seen.corrected += world.state.corrected.length;
    }),
    { numRuns: 300 },
  );
  // The walk is worth something only where things do go wrong and are put right.
  expect(seen.outdated).toBeGreaterThan(20);
  expect(seen.madeRoom).toBeGreaterThan(5);
  expect(seen.corrected).toBeGreaterThan(20);
});

const heldThen = fc.oneof(
  { weight: 3, arbitrary: timePasses.map((each): Step[] => [each]) },
  { weight: 3, arbitrary: does('correct', 'agree') },
  { weight: 2, arbitrary: does('correct', 'desk-agrees') },
  {
    weight: 3,
    arbitrary: timePasses.map((each): Step[] => [{ does: 'correct' }, each, { does: 'agree' }]),
  },
  { weight: 2, arbitrary: does('release') },
  { weight: 1, arbitrary: does('release-too') },
  { weight: 1, arbitrary: does('correct', 'take-back') },
  { weight: 1, arbitrary: does('hold') },
  { weight: 2, arbitrary: does('answer') },
  { weight: 2, arbitrary: timePasses.map((each): Step[] => [{ does: 'try-again' }, each]) },
);

test('whatever becomes of what was held, by a rule or by somebody, nothing of it leaves before as many have agreed as its route asks for', () => {
  let waited = 0;
  fc.assert(
    fc.property(
      fc.array(goesSo, { minLength: 2, maxLength: 2 }),
      fc.array(heldThen, { minLength: 4, maxLength: 14 }),
      fc.boolean(),
      (first, walk, looks) => {
        const world = approved('The gritters are out until 9:45am today.', looks, rulesForTwo);
        world.step({ does: 'time', seconds: 0, outcomes: ['told', ...first], slow: [false, true, true] });
        world.step({ does: 'time', seconds: 200, outcomes: first, slow: [] });
        for (const step of walk.flat()) world.step(step);
        waited += world.waited;
      },
    ),
    { numRuns: 200 },
  );
  // The walk is worth something only where one who agrees is not enough.
  expect(waited).toBeGreaterThan(5);
});

test('what an earlier release kept without its words is never certain not to stand, and what is found of it is put right', () => {
  const world = approved('The gritters are out.', true);
  world.step({ does: 'time', seconds: 0, outcomes: ['told', 'lost', 'lost'], slow: [] });
  world.step({ does: 'correct' });
  expect(wordsAreLost(world.state, 'facebook-main.0')).toBe(false);
  world.step({ does: 'agree' });
  expect(isOutdated(world.state, 'facebook-main.0')).toBe(true);
  expect(wordsAreLost(world.state, 'facebook-main.0')).toBe(false);
  const kept = JSON.stringify(world.state).replaceAll(/,"sent":"(?:[^"\\]|\\.)*"/gu, '');
  expect(kept).not.toBe(JSON.stringify(world.state));
  world.post = postKind.parse(JSON.parse(kept), postKind.form);
  for (const part of ['x-main.0', 'facebook-main.0']) {
    expect(wordsAreLost(world.state, part)).toBe(true);
    const planned = plannedPart(world.state, part);
    expect(isOtherThanPlanned(world.state, part, nameOfBytes(planned?.bytes ?? ''))).toBe(true);
  }
});

import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedNow, asksFurther, awaited } from '../../../src/approval/review.ts';
import type { Effect } from '../../../src/core/change.ts';
import type { Actor } from '../../../src/core/context.ts';
import { waitsForTheDesk } from '../../../src/posts/correcting/fresh-decision.ts';
import { reviewAwaited } from '../../../src/posts/deciding/reviews.ts';
import { isToLeave } from '../../../src/posts/leaving/to-go-out.ts';
import { publicationsOf } from '../../../src/posts/leaving/what-is-public.ts';
import type { DeskRules, PostState } from '../../../src/posts/post.ts';
import { parseProtocol } from '../../../src/protocol/parse.ts';
import { peopleOf } from '../../../src/protocol/people.ts';
import { decided, type Decided } from '../decided.ts';

const parsed = parseProtocol(await readFile(new URL('../../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const sample: DeskRules = { ...parsed.protocol, away: {} };
const { highways } = sample.departments;

const pool = [
  'nadia-hartley',
  'ellen-rimmer',
  'joseph-adeyemi',
  'tom-ashcroft',
  'priya-desai',
  'omar-haddad',
] as const;
const one = fc.constantFrom(...pool);
const few = fc.uniqueArray(one, { maxLength: 3 });

/** A protocol as the council might come to write it: other people in the roles, a stage gone, more needed. */
const edited = fc.record({
  approvers: few,
  leads: few,
  officers: fc.uniqueArray(one, { minLength: 1, maxLength: 2 }),
  left: fc.uniqueArray(one, { maxLength: 2 }),
  need: fc.constantFrom(1, 2),
  gone: fc.constantFrom('', '', '', 'service', 'desk'),
  away: fc.uniqueArray(one, { maxLength: 2 }),
});
type Edited = typeof edited extends fc.Arbitrary<infer Made> ? Made : never;

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('agree', 'agree', 'agree', 'hold', 'escalate'),
      by: one,
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('protocol' as const), edited, asks: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('publish', 'publish', 'correct', 'correct', 'let-out'),
      by: one,
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

/** Omar Haddad is Highways' approver, Joseph Adeyemi alone of the desk. */
const changed: Edited = {
  approvers: ['omar-haddad'],
  leads: ['tom-ashcroft'],
  officers: ['joseph-adeyemi'],
  left: [],
  need: 1,
  gone: '',
  away: [],
};

function rulesOf({ approvers, leads, officers, left, need, gone, away }: Edited, version: string): DeskRules {
  const there = (people: readonly string[]): readonly string[] =>
    people.filter((person) => !left.some((each) => each === person));
  if (highways === undefined) throw new Error('the sample protocol has no Highways');
  return {
    ...sample,
    version,
    people: Object.fromEntries(Object.entries(sample.people).filter(([id]) => there([id]).length > 0)),
    departments: {
      ...sample.departments,
      highways: {
        ...highways,
        approvers: there(approvers),
        leads: there(leads),
        proposers: there(['nadia-hartley']),
      },
    },
    desk: { ...sample.desk, officers: there(officers) },
    stages: sample.stages
      .filter(({ id }) => id !== gone)
      .map((stage) => (stage.id === 'service' ? { ...stage, need } : stage)),
    away: Object.fromEntries(away.map((person) => [person, 1e15])),
  };
}

/** A post under protocols that come into force one after the other, and what has to hold whoever presses. */
class World {
  now = Date.UTC(2026, 10, 24, 9, 42);
  rules: DeskRules = sample;
  post: PostState | undefined;
  effects: readonly Effect[] = [];
  ids = 0;
  asked = true;
  readonly seen = { named: 0, mayNow: 0, waits: 0, corrections: 0 };

  tried(command: string, params: unknown, actor: Actor): Decided | undefined {
    return decided(this, { command, params, actor }, this.rules);
  }

  give(command: string, params: unknown, actor: Actor): boolean {
    const came = this.tried(command, params, actor);
    if (came === undefined) return false;
    Object.assign(this, came);
    return true;
  }

  /** A press of agreement as the newest card has it. */
  agreement(): { command: string; params: unknown } | undefined {
    const { post } = this;
    const review = post === undefined ? undefined : reviewAwaited(post);
    const stage = review === undefined ? undefined : awaited(review);
    if (post === undefined || review === undefined || stage === undefined) return undefined;
    const params = { hash: review.hash, review: review.id, stage: stage.id, confirm: true };
    if (stage.id.startsWith('correction')) return { command: 'post.approve-correction', params };
    return { command: stage.kind === 'pass-on' ? 'post.pass-on' : 'post.approve', params };
  }

  /** Whom the protocol in force lets act on what is awaited, by its own words; undefined for a stage that it does not know. */
  entitled(): readonly string[] | undefined {
    const { post, rules } = this;
    const review = post === undefined ? undefined : reviewAwaited(post);
    const stage = review === undefined ? undefined : awaited(review);
    if (post === undefined || review === undefined || stage === undefined) return [];
    const { approvers = [] } = rules.departments['highways'] ?? {};
    const entry = rules.stages.find(({ id }) => id === stage.id);
    const ofCorrection = stage.id === 'correction';
    if (entry === undefined && !ofCorrection) return undefined;
    const who = ofCorrection
      ? [...approvers, ...rules.desk.officers]
      : peopleOf(
          [...(entry?.who ?? []), ...(asksFurther(review) ? (entry?.escalateTo ?? []) : [])],
          'highways',
          rules,
        );
    // What is held of a correction was written by whoever corrects.
    const corrected = post.correction?.applied === undefined ? [] : [post.correction.by];
    const wrote = ofCorrection
      ? [post.correction?.by]
      : stage.kind === 'decide'
        ? [post.author, post.revision.by, ...corrected]
        : [];
    const did = review.decisions.filter((each) => each.stage === stage.id).map(({ by }) => by);
    return [...new Set(who)].filter((person) => !wrote.includes(person) && !did.includes(person));
  }

  /** Whoever is named may, whoever may is named and has a card, and nobody else can. */
  check(): void {
    const { post } = this;
    const review = post === undefined ? undefined : reviewAwaited(post);
    const press = this.agreement();
    if (post === undefined || review === undefined || press === undefined) return;
    const named = askedNow(review);
    const entitled = this.entitled();
    for (const person of [...pool, 'claire-whitworth']) {
      const may = this.tried(press.command, press.params, { by: 'person', person }) !== undefined;
      if (this.asked && may !== named.includes(person))
        throw new Error(`${person} ${may ? 'may, and is not named' : 'is named, and may not'}`);
      if (entitled !== undefined && may !== entitled.includes(person))
        throw new Error(`${person} ${may ? 'may, and is not entitled' : 'is entitled, and may not'}`);
      if (!may) continue;
      if (awaited(review)?.kind === 'decide') {
        if (review.writers.includes(person)) throw new Error(`${person} may decide what they wrote`);
        this.seen.mayNow += 1;
      }
      const hasCard = post.copies.some(({ key }) => key === `person:${person}`);
      if (this.asked && (this.rules.away[person] ?? 0) <= this.now && !hasCard)
        throw new Error(`${person} is asked, and has no card`);
    }
    if (this.asked) this.seen.named += named.length;
  }

  /** A decision counts once its maker was entitled; whether it goes on counting once they have left is asked at once. */
  checkMakers(): void {
    const { post, rules } = this;
    if (post === undefined || !isToLeave(post) || !('review' in post.status) || !this.asked) return;
    const { review } = post.status;
    if (post.vouched !== undefined || review.stages.some(({ id }) => id === 'correction')) return;
    const gone = review.decisions.some(({ stage: id, by }) => {
      const entry = rules.stages.find((each) => each.id === id);
      if (entry === undefined) return rules.people[by] === undefined;
      return !peopleOf([...entry.who, ...entry.escalateTo], 'highways', rules).includes(by);
    });
    if (waitsForTheDesk(post) !== gone)
      throw new Error(`the desk is ${gone ? 'not asked' : 'asked in vain'}`);
    if (gone) this.seen.waits += 1;
  }

  publish(): void {
    const crier = { by: 'crier' } as const;
    if (this.post === undefined || waitsForTheDesk(this.post) || !isToLeave(this.post)) return;
    for (const [part, { is }] of Object.entries(publicationsOf(this.post))) {
      if (is !== 'queued') continue;
      const attempt = `attempt-${part}`;
      this.give('post.begin', { part, attempt }, crier);
      const remote = { remoteId: part, url: 'https://x.example/1' };
      this.give('post.settle', { part, attempt, answer: { answer: 'published', remote } }, crier);
    }
  }

  step(made: Step): void {
    const crier = { by: 'crier' } as const;
    if (made.does === 'protocol') {
      this.rules = rulesOf(made.edited, `version-${String((this.ids += 1))}`);
      this.asked = made.asks;
      if (made.asks) this.give('post.ask-under', {}, crier);
      return;
    }
    const by = { by: 'person', person: made.by } as const;
    const { post } = this;
    if (post === undefined) return;
    const review = reviewAwaited(post);
    let done = false;
    if (made.does === 'agree') {
      const press = this.agreement();
      const named = review === undefined ? [] : askedNow(review);
      // Whoever is asked presses, and now and then anybody.
      const person = this.ids % 4 === 3 ? made.by : (named[0] ?? made.by);
      done = press !== undefined && this.give(press.command, press.params, { by: 'person', person });
    } else if (made.does === 'hold') done = this.give('post.hold', {}, by);
    else if (made.does === 'let-out') done = this.give('post.let-out', {}, by);
    else if (made.does === 'publish') this.publish();
    else if (made.does === 'escalate' && post.status.is === 'in-review')
      done = this.give('post.time-came', { what: 'escalate', review: post.status.review.id }, crier);
    else if (made.does === 'correct') {
      const right = {
        text: `Moor Lane is open again ${String(this.ids)}.`,
        what: 'The day was wrong.',
        reply: 'It is open again.',
        ways: { 'x-main': 'again' },
        from: post.revision.n,
      };
      done = this.give('post.correct', right, by);
      if (done) this.seen.corrections += 1;
    }
    // What anybody has changed is asked of those whom the protocol in force names.
    if (done) this.asked = this.post?.askedUnder === `all.${this.rules.version}`;
  }
}

test('whoever is named as asked may decide when they press, whoever may is named, and nobody else does, whatever becomes of the protocol', () => {
  const seen = { named: 0, mayNow: 0, waits: 0, corrections: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
      const world = new World();
      const nadia = { by: 'person', person: 'nadia-hartley' } as const;
      const accounts = ['news', 'x-main'];
      const words = {
        number: 1,
        text: 'Moor Lane is shut.',
        media: [],
        urgency: 'normal',
        department: 'highways',
        accounts,
      };
      world.give('post.propose', words, nadia);
      world.give('post.send', {}, nadia);
      world.check();
      for (const each of steps) {
        world.step(each);
        world.check();
        world.checkMakers();
      }
      for (const key of ['named', 'mayNow', 'waits', 'corrections'] as const) seen[key] += world.seen[key];
    }),
    {
      numRuns: 100,
      // Few walks come so far by chance.
      examples: [2, 3, 4].map((n): [Step[]] => [
        [
          ...Array.from({ length: n }, () => ({ does: 'agree', by: 'ellen-rimmer' }) as const),
          { does: 'publish', by: 'ellen-rimmer' },
          { does: 'correct', by: 'ellen-rimmer' },
          { does: 'protocol', edited: { ...changed, left: n === 2 ? [] : ['ellen-rimmer'] }, asks: true },
          { does: 'agree', by: 'omar-haddad' },
        ],
      ]),
    },
  );
  expect(seen.named).toBeGreaterThan(100);
  expect(seen.mayNow).toBeGreaterThan(100);
  expect(seen.waits).toBeGreaterThan(3);
  expect(seen.corrections).toBeGreaterThan(1);
});

import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effect } from '../../src/core/change.ts';
import type { Actor } from '../../src/core/context.ts';
import { accountOf, isOfCorrection } from '../../src/dispatch/thread.ts';
import { awaitsCorrection } from '../../src/posts/correcting/correctable.ts';
import { reviewAwaited } from '../../src/posts/deciding/reviews.ts';
import { isLeftAlone } from '../../src/posts/leaving/for-rehearsal.ts';
import { turnedToLeave } from '../../src/posts/stopping/turned.ts';
import type { DeskRules, PostState } from '../../src/posts/post.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { withRehearsed } from '../../src/credentials.ts';
import { decided } from './decided.ts';

const parsed = parseProtocol(await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const { protocol } = parsed;
const [x, facebook] = ['x-main', 'facebook-main'] as const;
const turning: readonly string[] = [x, facebook];
const realRules: DeskRules = { ...protocol, away: {} };
const rehearsedRules: DeskRules = { ...withRehearsed(protocol, new Set(turning)), away: {} };

type Said = 'is put right' | 'keeps its words';

/** A post that stands in public, of which corrections are asked for while two of its accounts rehearse and are real by turns. */
class World {
  now = Date.UTC(2026, 10, 24, 9, 42);
  post: PostState | undefined;
  effects: readonly Effect[] = [];
  ids = 0;
  rules = realRules;
  /** cards as they were drawn, the newest last, and what they said of what stands on each account */
  readonly cards: { hash: string; stage: string; review: string; said: Record<string, Said> }[] = [];
  /** what the card said on which the correction was agreed to, or released */
  agreed: Record<string, Said> = {};
  made = 0;
  refused = 0;

  give(command: string, params: unknown, person?: string): boolean {
    const actor: Actor = person === undefined ? { by: 'crier' } : { by: 'person', person };
    const came = decided(this, { command, params, actor }, this.rules);
    if (came === undefined) return false;
    const { post } = came;
    this.post = post;
    this.effects = came.effects;
    const review = reviewAwaited(post);
    if (review !== undefined) {
      const said = Object.fromEntries(
        turning.map((account): [string, Said] => [
          account,
          isLeftAlone(post, account, this.rules) ? 'keeps its words' : 'is put right',
        ]),
      );
      const { hash, id, stages, current } = review;
      this.cards.push({ hash, stage: stages[current]?.id ?? '', review: id, said });
    }
    return true;
  }

  published(): void {
    const begun = { number: 1, media: [], urgency: 'normal', department: 'highways' } as const;
    const text = 'Moor Lane is closed.';
    this.give('post.propose', { ...begun, text, accounts: ['news', ...turning] }, 'ellen-rimmer');
    this.give('post.send', {}, 'ellen-rimmer');
    this.decide('post.approve', 'priya-desai', 0);
    while (this.post?.status.is !== 'published') this.run('through');
  }

  turn(isSeen: boolean): void {
    this.rules = this.rules === realRules ? rehearsedRules : realRules;
    if (isSeen) this.give('post.ask-under', {});
  }

  ask(way: 'again' | 'reply'): void {
    const { post } = this;
    if (post === undefined) return;
    const text = `${post.revision.text} We are sorry.`;
    const asked = { text, what: 'It was wrong.', reply: 'It was wrong.', from: post.revision.n };
    this.give('post.correct', { ...asked, ways: { [x]: way }, ends: true }, 'ellen-rimmer');
  }

  decide(command: 'post.approve' | 'post.approve-correction', by: string, old: number): void {
    const card = this.cards.at(-1 - old);
    if (card === undefined || !this.give(command, { ...card, confirm: true }, by)) return;
    this.agreed = card.said;
  }

  /** One effect is run, as its handler would. */
  run(how: 'through' | 'busy' | 'refused'): void {
    const { post } = this;
    const types = ['post.publish', 'post.take-down', 'post.put-right'];
    const asked = this.effects.find(({ type, due }) => types.includes(type) && due <= this.now);
    if (post === undefined || asked === undefined) return;
    const part = asked.key.slice(asked.key.indexOf(':') + 1);
    const isHeld = post.status.is === 'held';
    if (isHeld || (asked.type === 'post.publish' && awaitsCorrection(post))) return;
    if (asked.type === 'post.publish' && turnedToLeave(post, this.rules) !== undefined) {
      if (!this.give('post.ask-anew', {})) throw new Error('it has turned, and is not asked about');
      return;
    }
    // It waits for a slot of its account.
    if (how === 'busy') return;
    this.effects = this.effects.filter((effect) => effect !== asked);
    const attempt = `attempt-${String((this.ids += 1))}`;
    const begins = {
      'post.publish': 'post.begin',
      'post.take-down': 'post.begin-removal',
      'post.put-right': 'post.begin-change',
    }[asked.type];
    if (begins === undefined || !this.give(begins, { part, attempt })) return;
    const refused = this.answered(part, asked.type, how);
    switch (asked.type) {
      case 'post.publish': {
        const remote = { remoteId: part, url: '' };
        const answer =
          refused === undefined ? { answer: 'published', remote } : { answer: 'refused', reason: refused };
        this.give('post.settle', { part, attempt, answer });
        break;
      }
      case 'post.take-down':
        this.give('post.removed', { part, attempt, ...(refused === undefined ? {} : { problem: refused }) });
        break;
      default:
        this.give('post.put-right', {
          part,
          attempt,
          ok: refused === undefined,
          ...(refused === undefined ? {} : { reason: refused }),
        });
    }
  }

  /** Why the account of a part does not do it; undefined where it does. All that stands there is public. */
  answered(part: string, type: string, how: 'through' | 'refused'): string | undefined {
    const account = accountOf(part);
    if (!turning.includes(account)) return undefined;
    if (this.rules === rehearsedRules) {
      this.refused += 1;
      return type === 'post.publish' ? 'rehearses-since' : 'rehearses';
    }
    if (how === 'refused') return 'against-policy';
    if (type === 'post.publish' && !isOfCorrection(part)) return undefined;
    if (this.agreed[account] !== 'is put right')
      throw new Error(
        `${type} on ${account} was decided on a card by which that ${String(this.agreed[account])}`,
      );
    this.made += 1;
    return undefined;
  }
}

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const steps = fc.array(
  fc.oneof(
    often(2, fc.record({ does: fc.constant('turn' as const), isSeen: fc.boolean() })),
    often(2, fc.record({ does: fc.constant('ask' as const), way: fc.constantFrom('again', 'reply') })),
    often(
      4,
      fc.record({
        does: fc.constant('decide' as const),
        what: fc.constantFrom('post.approve', 'post.approve-correction', 'post.approve-correction'),
        by: fc.constantFrom('tom-ashcroft', 'priya-desai'),
        old: fc.constantFrom(0, 0, 0, 1, 2),
      }),
    ),
    often(
      8,
      fc.record({
        does: fc.constant('run' as const),
        how: fc.constantFrom('through', 'through', 'through', 'busy', 'refused'),
      }),
    ),
    often(1, fc.record({ does: fc.constantFrom('hold' as const, 'try-again' as const) })),
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);

test('whenever accounts turn: what stands in public is changed, deleted or answered only by a decision on a card that says so', () => {
  const seen = { made: 0, refused: 0 };
  fc.assert(
    fc.property(steps, (all) => {
      const world = new World();
      world.published();
      for (const step of all) {
        world.now += 1_000;
        if (step.does === 'turn') world.turn(step.isSeen);
        else if (step.does === 'ask') world.ask(step.way);
        else if (step.does === 'decide') world.decide(step.what, step.by, step.old);
        else if (step.does === 'run') world.run(step.how);
        else world.give(`post.${step.does}`, {}, 'ellen-rimmer');
      }
      seen.made += world.made;
      seen.refused += world.refused;
    }),
    { numRuns: 120 },
  );
  // The walk is worth something only where corrections are made in public, and refused by a rehearsal.
  expect(seen.made).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
});

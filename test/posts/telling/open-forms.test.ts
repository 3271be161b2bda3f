import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effect } from '../../../src/core/change.ts';
import type { Actor } from '../../../src/core/context.ts';
import { untouchedUntil } from '../../../src/posts/telling/cards-to-show.ts';
import { formKept, saidToOwner } from '../../../src/posts/telling/open-forms.ts';
import type { Copy, PostState } from '../../../src/posts/post.ts';
import { now, rules } from '../../fixtures/cards/rules.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { decided } from '../decided.ts';

const people = ['nadia-hartley', 'ellen-rimmer', 'joseph-adeyemi'] as const;
const conversationId = (person: string): string => `chat-${person}`;
const crier: Actor = { by: 'crier' };

const step = fc.record({
  does: fc.constantFrom(
    'change',
    'open',
    'open',
    'close',
    'answer',
    'show',
    'show-form',
    'run',
    'run-late',
    'answer-late',
    'wait',
  ),
  by: fc.constantFrom(...people),
  minutes: fc.integer({ min: 1, max: 40 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A post that three people have cards of, and what each of them has on which card. */
class World {
  now = now;
  post: PostState = posts.atDesk;
  effects: readonly Effect[] = [];
  cards = 0;
  ids = 0;
  /** card → until when somebody types on it */
  readonly typing = new Map<string, number>();
  /** card → when that was answered which stands on it */
  readonly says = new Map<string, number>();

  give(command: string, params: unknown, actor: Actor): boolean {
    const came = decided(this, { command, params, actor }, rules);
    if (came === undefined) return false;
    this.post = came.post;
    this.effects = came.effects;
    this.ids += 100;
    return true;
  }

  copyOf(person: string): Copy | undefined {
    return this.post.copies.find(({ key }) => key === `person:${person}`);
  }

  /** The next card of the post in somebody's chat. */
  show(by: string, form: boolean): void {
    const activityId = `card-${String((this.cards += 1))}`;
    const posted = { activityId, conversationId: conversationId(by) };
    const to = { kind: 'person', person: by };
    const params = { to, posted, turn: this.post.turn, serviceUrl: 'https://teams.example' };
    this.give('post.card-moved', { ...params, ...(form ? { form } : {}) }, crier);
    if (form) this.typing.set(activityId, this.now + formKept);
  }

  open(person: string): void {
    const activityId = this.copyOf(person)?.posted?.activityId;
    if (activityId === undefined) return;
    this.give('post.answered-on-card', { activityId, person, seen: this.post.turn, form: true }, crier);
    this.typing.set(activityId, this.now + formKept);
    this.says.delete(activityId);
  }

  /** Somebody presses in vain, on a card as it stood before the last change, and reads why. */
  answer(person: string): void {
    const activityId = this.copyOf(person)?.posted?.activityId;
    if (activityId === undefined) return;
    const { turn } = this.post;
    const said = { words: 'Somebody was first.', typed: {}, turn };
    this.give('post.answered-on-card', { activityId, person, seen: turn - 1, said }, crier);
    this.typing.delete(activityId);
    this.says.set(activityId, this.now);
  }

  /** What is drawn while somebody types takes that from them. */
  draw(activityId: string): void {
    if ((this.typing.get(activityId) ?? 0) > this.now) throw new Error('a form was drawn over');
  }

  /** Runs what is due; `late` is what somebody does with the card while a call draws it. */
  run(late?: (person: string) => void): void {
    for (const due of this.effects.filter((effect) => effect.due <= this.now)) {
      this.effects = this.effects.filter((effect) => effect !== due);
      if (due.type === 'post.retire-card') {
        const [retired = ''] = /card-\d+/u.exec(JSON.stringify(due.data)) ?? [];
        if (!this.post.copies.some(({ posted }) => posted?.activityId === retired)) this.draw(retired);
      }
      if (due.type !== 'post.show-card') continue;
      const copy = this.post.copies.find(({ key }) => `card:${key}` === due.key);
      if (copy === undefined || (copy.posted !== undefined && copy.shown >= this.post.turn)) continue;
      // As the handler does for what was due before a form was opened.
      if (untouchedUntil(copy) > this.now) continue;
      const began = copy.posted?.activityId ?? '';
      this.draw(began);
      const activityId = began === '' ? `card-${String((this.cards += 1))}` : began;
      const { turn } = this.post;
      const said = saidToOwner(copy, this.now)?.at;
      const to = copy.to.kind === 'person' ? copy.to.person : 'channel';
      if (late !== undefined) {
        this.now += 1_000;
        late(to);
      }
      // The call may come last to where people read.
      if (said === undefined) this.says.delete(activityId);
      else this.says.set(activityId, said);
      const posted = { activityId, conversationId: conversationId(to) };
      const at = { at: began, serviceUrl: 'https://teams.example' };
      const drawn = said === undefined ? {} : { said };
      this.give('post.shown', { copy: copy.key, turn, posted, began: at, ...drawn }, crier);
    }
  }

  change(person: string): void {
    this.give('post.draw-again', { due: this.now }, crier);
    this.give('post.reconsider', { person }, crier);
  }

  step({ does, by, minutes }: Step): void {
    this.now += 1_000;
    const activityId = this.copyOf(by)?.posted?.activityId;
    switch (does) {
      case 'change':
        this.change(by);
        return;
      case 'open':
        this.open(by);
        return;
      case 'close':
        if (activityId === undefined) return;
        this.give('post.answered-on-card', { activityId, person: by, seen: this.post.turn }, crier);
        this.typing.delete(activityId);
        this.says.delete(activityId);
        return;
      case 'answer':
        this.answer(by);
        return;
      case 'show':
      case 'show-form':
        this.show(by, does === 'show-form');
        return;
      case 'wait':
        this.now += minutes * 60_000;
        return;
      case 'run':
        this.run();
        return;
      default:
        this.run((person) => {
          if (does === 'answer-late') return this.answer(person);
          this.open(person);
          this.change('ellen-rimmer');
        });
    }
  }

  /** What somebody was answered a moment ago stands on their card, or will. */
  mustSay(): void {
    for (const copy of this.post.copies) {
      const { posted } = copy;
      const said = saidToOwner(copy, this.now)?.at;
      if (posted === undefined || said === undefined || this.says.get(posted.activityId) === said) continue;
      if (!this.effects.some(({ key }) => key === `card:${copy.key}`))
        throw new Error('an answer would never be read');
    }
  }

  /** Every card that shows a past state is to be drawn: at once, or as soon as its form is over. */
  mustComeUp(): void {
    for (const { key, posted, shown, unreachable } of this.post.copies) {
      if (posted === undefined || unreachable !== undefined || shown >= this.post.turn) continue;
      const waits = this.effects.find((effect) => effect.key === `card:${key}`);
      if (waits === undefined) throw new Error('a change would never be shown');
      const typing = this.typing.get(posted.activityId) ?? 0;
      if (waits.due > Math.max(this.now, typing)) throw new Error('a change would be shown too late');
    }
  }
}

test('whoever opens what, whenever: no form is drawn over while it is open, no answer for good, every change is shown', () => {
  let kept = 0;
  let answered = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const world = new World();
      for (const person of people) world.show(person, false);
      for (const each of steps) {
        world.step(each);
        world.mustComeUp();
        world.mustSay();
        answered += world.says.size;
        if (world.effects.some(({ due, type }) => type === 'post.show-card' && due > world.now)) kept += 1;
      }
      world.now += formKept;
      world.run();
      for (const { posted, shown } of world.post.copies)
        if (posted !== undefined && shown < world.post.turn) throw new Error('a change was never shown');
    }),
    { numRuns: 300 },
  );
  // It says something only where forms were open while the post changed.
  expect(kept).toBeGreaterThan(100);
  expect(answered).toBeGreaterThan(100);
});

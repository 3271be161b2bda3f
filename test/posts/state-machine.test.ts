import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedNow, awaited } from '../../src/approval/review.ts';
import type { Effect } from '../../src/core/change.ts';
import type { Actor } from '../../src/core/context.ts';
import {
  accountOf,
  before,
  following,
  inSameThread,
  inTurn,
  isLastToRemove,
  isOneOf,
} from '../../src/dispatch/thread.ts';
import { makesRoom } from '../../src/dispatch/publication.ts';
import { letGoOn } from '../../src/dispatch/stop.ts';
import { isSettled } from '../../src/dispatch/together.ts';
import { changesInPlace } from '../../src/posts/correcting/changes-in-place.ts';
import { awaitsCorrection } from '../../src/posts/correcting/correctable.ts';
import { askedByHandOf } from '../../src/posts/by-hand/done-by-hand.ts';
import { endOf } from '../../src/posts/leaving/its-end.ts';
import { isOverdue } from '../../src/posts/leaving/to-go-out.ts';
import { isPartlyOut, isPublic, publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { asCorrected, endedByAsking } from '../../src/posts/correcting/ended-by-asking.ts';
import { isStoppedThere, stoppedByRule } from '../../src/posts/leaving/leaving.ts';
import { rightInPlace } from '../../src/posts/correcting/right-in-place.ts';
import { stepsOf } from '../../src/posts/telling/past.ts';
import { postedByHand } from '../../src/posts/by-hand/mend-by-hand.ts';
import { readPart } from '../../src/posts/writing/plan.ts';
import type { DeskRules, PlannedPart, PostState } from '../../src/posts/post.ts';
import { nameOfBytes, plannedPart } from '../../src/posts/leaving/what-was-sent.ts';
import { accountBlocked } from '../../src/networks/network.ts';
import type { Urgency } from '../../src/protocol/protocol.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { decided } from './decided.ts';

const parsed = parseProtocol(await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const rules: DeskRules = { ...parsed.protocol, away: {} };

const minute = 60_000;
const people = [
  'nadia-hartley',
  'ellen-rimmer',
  'joseph-adeyemi',
  'tom-ashcroft',
  'priya-desai',
  'yvonne-cartmel',
  'bethan-prys',
];
const approvers = ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'];

/** One thing that somebody does or that time brings; what it finds there it takes from the post as it stands. */
type Step =
  | { readonly does: string; readonly by: string; readonly old: boolean; readonly n: number }
  | { readonly does: 'time'; readonly minutes: number; readonly answers: readonly string[] };

const somebodyDoes = fc.record({
  does: fc.constantFrom(
    'revise',
    'send',
    'send',
    'pass-on',
    'pass-on',
    'approve',
    'approve',
    'approve',
    'send-back',
    'cancel',
    'hold',
    'schedule',
    'remove',
    'answer',
    'try-again',
    'hold-with-all',
    'draw-again',
    'by-hand',
    'by-hand',
    'by-hand',
  ),
  by: fc.constantFrom(...people),
  old: fc.boolean(),
  n: fc.integer({ min: 1, max: 400 }),
});
/** What is done once it is public. */
const afterwards = fc.record({
  does: fc.constantFrom(
    'correct',
    'correct',
    'correct',
    'agree',
    'agree',
    'agree',
    'agree',
    'take-back',
    'refuse',
    'hold',
    'hold-with-all',
    'approve',
    'answer',
    'try-again',
    'remove',
    'by-hand',
    'by-hand',
    'connect',
  ),
  by: fc.constantFrom('ellen-rimmer', 'joseph-adeyemi', 'tom-ashcroft', 'priya-desai', 'bethan-prys'),
  old: fc.constant(false),
  n: fc.integer({ min: 1, max: 400 }),
});
const timePasses = fc.record({
  does: fc.constant('time' as const),
  minutes: fc.integer({ min: 0, max: 300 }),
  answers: fc.array(
    fc.constantFrom('published', 'published', 'retry', 'refused', 'lost', 'nothing', 'blocked'),
    { maxLength: 6 },
  ),
});

/** A change of what stands that is under way. */
interface Flight {
  readonly part: string;
  readonly attempt: string;
  readonly ok: boolean;
  readonly effect: Effect;
  readonly answer: string;
}

/** The account on which somebody posts by hand. */
const hands = 'nextdoor-sefton';

const isCorrection = (key: string): boolean => /\.[cr]\d+(?:-\d+)?$/u.test(key);

/** The road or the correction that words are about. */
const aboutIn = (text: string): string => /(?:road|Correction) \d+/u.exec(text)?.[0] ?? '';

/** No clock of London is other than UTC in these days. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A post with what waits for it, an outside that keeps what arrived, and a ledger of what was really decided. */
class World {
  now = Date.UTC(2026, 10, 24, 9, 42);
  post: PostState | undefined;
  effects: readonly Effect[] = [];
  ids = 0;
  /** presses carry what a card was drawn from, the newest last */
  cards: { hash: string; stage: string; review: string }[] = [];
  /** people who approved since the last edit or hold */
  agreed = new Set<string>();
  /** people by whose approval something left, whatever became of it since */
  readonly decidedOn = new Set<string>();
  /** how many posts of threads left that answer another */
  answers = 0;
  /** the bytes of every plan that somebody agreed to: nothing else is ever said or changed */
  readonly agreedTo = new Set<string>();
  /** how often another correction was asked for while one that was agreed to waited for its account */
  ended = 0;
  /** what a correction that was agreed to newly says, by part; absent before one and after a hold */
  corrected: ReadonlyMap<string, string> | undefined;
  /** somebody else than its writer agreed to it, and nobody has held the post since */
  agreedToCorrection = false;
  /** how often a post was held of which something had left */
  heldPartly = 0;
  /** how often a post that had begun to leave before it was held wanted another time */
  overdue = 0;
  /** how often what stood in public was to end later */
  ends = 0;
  readonly gone = new Set<string>();
  readonly arrived = new Map<string, number>();
  /** what the last that arrived of each part said */
  readonly said = new Map<string, string>();
  /** parts that may be sent once more although something may have arrived: somebody of the desk said so */
  readonly allowed = new Map<string, number>();
  /** parts that are not to be posted any more: somebody of the desk said so, or that nothing more of the post is published */
  readonly notWanted = new Set<string>();
  /** how often it was decided that nothing more is published while nobody knew what became of a part */
  restUnclear = 0;
  /** what a correction's words are about → when its "tomorrow" was written, and whether that stood there before */
  readonly tomorrows = new Map<string, { readonly at: number; readonly stood: boolean }>();
  /** how often a correction left a "tomorrow" of another day as it stood */
  stoodSince = 0;
  /** how often a rule stopped what was agreed to, and how often somebody could not agree for that */
  stopped = 0;
  /** how often what was held could not be let go as it was, since a rule stopped it */
  heldByRule = 0;
  /** how often somebody put right what was said by hand */
  mended = 0;
  /** changes of what stands that are under way */
  flights: readonly Flight[] = [];
  /** since when an emergency goes out by itself */
  onItsWay: number | undefined;
  /** after how many steps people had been told that an emergency is not out */
  toldNotOut = 0;
  /** how often a change was to be made, and was held */
  heldChanges = 0;

  give(command: string, params: unknown, actor: Actor): boolean {
    const came = decided(this, { command, params, actor }, rules);
    if (came === undefined) return false;
    const hear = this.post?.hearEnd ?? this.post?.onItsWay?.told;
    if (hear !== undefined && came.post.status.is === 'held' && came.post.hearEnd === undefined)
      throw new Error('a hold was the end for whoever heard that an emergency is not out');
    this.post = came.post;
    this.effects = came.effects;
    this.isOnItsWay();
    const { status } = this.post;
    if ('review' in status) {
      const { review } = status;
      const stage = review.stages[review.current]?.id ?? '';
      this.cards.push({ hash: review.hash, stage, review: review.id });
    }
    return true;
  }

  /** Since when an emergency goes out by itself, without ever having been held, out everywhere or refused there meanwhile. */
  isOnItsWay(): void {
    const { post } = this;
    const goesOut =
      post !== undefined &&
      ['approved', 'scheduled', 'publishing'].includes(post.status.is) &&
      Object.values(publicationsOf(post)).some((each) => !isSettled(each) || makesRoom(each));
    this.onItsWay = goesOut ? (this.onItsWay ?? this.now) : undefined;
  }

  /** Of an emergency that is not out everywhere people hear after ten minutes, and not before. */
  mustTellThatItIsNotOut(): void {
    const { post, onItsWay: since } = this;
    if (post?.revision.urgency !== 'emergency') return;
    const late = since === undefined ? 0 : this.now - Math.max(since, post.when?.at ?? 0);
    if (late >= 10 * minute && post.onItsWay?.told === undefined)
      throw new Error('nobody was told that an emergency is not out');
    if (since === undefined && post.onItsWay !== undefined) throw new Error('it is said to be on its way');
    if (late < 10 * minute && post.onItsWay?.told !== undefined)
      throw new Error('it was told of an emergency that is not late');
    if (post.onItsWay?.told !== undefined) this.toldNotOut += 1;
    const timers = this.effects.filter(({ key }) => key === 'timer:not-out').length;
    const isTimed = since !== undefined && post.onItsWay?.told === undefined;
    if (timers !== (isTimed ? 1 : 0)) throw new Error('the timer of an emergency is not as it stands');
  }

  allAgreedTo(parts: readonly PlannedPart[]): void {
    for (const { bytes } of parts) this.agreedTo.add(bytes);
  }

  forget(): void {
    this.agreed.clear();
    this.agreedToCorrection = false;
  }

  /** Runs what is due, as the outbox does, each publish with the next answer. */
  run(answers: string[]): void {
    for (let n = 0; n < 40; n += 1) {
      const due = this.effects.find((effect) => effect.due <= this.now);
      if (due === undefined) return;
      this.effects = this.effects.filter((effect) => effect !== due);
      const data: unknown = due.data;
      const field = (name: string): string => {
        const value: unknown = data !== null && typeof data === 'object' ? Reflect.get(data, name) : '';
        return typeof value === 'string' ? value : '';
      };
      const crier = { by: 'crier' } as const;
      if (due.type === 'post.timer') {
        this.give('post.time-came', { what: field('what'), review: field('review') }, crier);
      } else if (due.type === 'post.publish')
        this.publish(field('part'), answers.shift() ?? 'published', due);
      else if (due.type === 'post.look') {
        const part = field('part');
        const there = (this.arrived.get(part) ?? 0) > 0;
        const look = there
          ? {
              look: 'found',
              remote: { remoteId: part, url: 'https://x.example/1' },
              says: nameOfBytes(this.said.get(part) ?? ''),
            }
          : this.ids % 2 === 0
            ? { look: 'cannot' }
            : { look: 'absent', certain: true };
        this.give('post.looked', { part, attempt: field('attempt'), look, began: this.now }, crier);
      } else if (accountOf(field('part')) === hands && due.type !== 'post.note-last') {
        const what = due.type === 'post.put-right' ? 'change' : 'remove';
        this.give('post.ask-by-hand', { part: field('part'), what }, crier);
      } else if (due.type === 'post.put-right') {
        this.putRight(field('part'), answers.shift() ?? 'published', due);
      } else if (due.type === 'post.take-down')
        this.takeDown(field('part'), answers.shift() ?? 'published', due);
    }
  }

  /** Its account has to be connected again; until then it is tried from time to time. */
  waits(part: string, effect: Effect): void {
    this.give('post.removal-waits', { part, reason: accountBlocked, told: true }, { by: 'crier' });
    this.effects = [...this.effects, { ...effect, due: this.now + 30 * minute }];
  }

  putRight(part: string, answer: string, effect: Effect): void {
    const crier = { by: 'crier' } as const;
    const { post } = this;
    const right = post === undefined ? undefined : rightInPlace(post, part);
    if (post === undefined || right === undefined) return;
    const isHeld = post.status.is === 'held';
    if (isHeld || post.correction?.applied?.over === true) {
      const attempt = `attempt-${String((this.ids += 1))}`;
      if (this.give('post.begin-change', { part, attempt }, crier))
        throw new Error('it was changed although that was held');
      if (isHeld) this.heldChanges += 1;
      else this.give('post.correction-waits', { part, told: true }, crier);
      return;
    }
    if (this.isStopped(part)) return;
    if (answer === 'blocked') {
      this.give('post.correction-waits', { part, reason: accountBlocked, told: true }, crier);
      this.effects = [...this.effects, { ...effect, due: this.now + 30 * minute }];
      return;
    }
    const attempt = `attempt-${String((this.ids += 1))}`;
    if (!this.give('post.begin-change', { part, attempt }, crier)) return;
    const ok = answer !== 'refused';
    if (ok) this.mustBeAgreedTo(right.planned);
    if (ok) this.mustMeanItsDay(part, 'in place');
    const flight = { part, attempt, ok, effect, answer };
    // Some are under way while people go on.
    if (answer === 'lost' || answer === 'nothing') this.flights = [...this.flights, flight];
    else this.changed(flight);
  }

  /** What came of a change that was under way, whatever people did meanwhile: the record says that. */
  changed({ part, attempt, ok, effect, answer }: Flight): void {
    const crier = { by: 'crier' } as const;
    if (answer === 'retry' || answer === 'nothing') {
      this.effects = [...this.effects, { ...effect, due: this.now + minute }];
      this.give('post.correction-waits', { part, attempt, reason: 'busy', told: false }, crier);
      return;
    }
    const done = this.give('post.put-right', { part, attempt, ok }, crier);
    if (ok && !done) throw new Error('what was changed is not recorded');
  }

  /** What was under way comes to its end. */
  land(): void {
    const { flights } = this;
    this.flights = [];
    for (const flight of flights) this.changed(flight);
  }

  /** Every publish and every edit carries words of a revision that somebody agreed to. */
  mustBeAgreedTo({ bytes }: PlannedPart): void {
    if (!this.agreedTo.has(bytes)) throw new Error('words went out that nobody has agreed to');
  }

  /** Of a thread the last post comes down first. */
  takeDown(part: string, answer: string, effect: Effect): void {
    const { post } = this;
    const refused = answer === 'refused';
    const publications = post === undefined ? {} : publicationsOf(post);
    if (publications[part]?.is === 'removing' && !isLastToRemove(publications, part)) return;
    const leaving = publications[part];
    const instead = leaving?.is === 'removing' ? leaving.instead : undefined;
    if (instead !== undefined && this.isStopped(part)) return;
    if (instead !== undefined && answer === 'blocked') {
      this.waits(part, effect);
      return;
    }
    if (instead !== undefined) this.mustMeanItsDay(instead);
    const next = following(publications, part);
    const after = next === undefined ? undefined : publications[next];
    // One that could not come down keeps the others from nothing.
    if (after?.is === 'published' || (after?.is === 'removing' && after.problem === undefined))
      throw new Error('it came down before the post that answers it');
    const done = this.give(
      'post.removed',
      { part, ...(refused ? { problem: 'busy' } : {}) },
      { by: 'crier' },
    );
    if (done && !refused) this.gone.add(part);
  }

  publish(part: string, answer: string, effect: Effect): void {
    const crier = { by: 'crier' } as const;
    const { post } = this;
    if (post === undefined) return;
    const until = endOf(post);
    if (until !== undefined && until.at <= this.now && !isCorrection(part)) {
      this.give('post.time-came', { what: 'end', review: '' }, crier);
      return;
    }
    if (post.status.is !== 'held' && !awaitsCorrection(post) && this.isStopped(part)) return;
    if (answer === 'blocked') {
      this.give('post.wait', { part, reason: 'account-blocked' }, crier);
      this.effects = [...this.effects, { ...effect, due: this.now + 30 * minute }];
      return;
    }
    const attempt = `attempt-${String((this.ids += 1))}`;
    const held = post.status.is === 'held';
    const began = this.give('post.begin', { part, attempt }, crier);
    if (!began) return;
    if (this.notWanted.has(part)) throw new Error('it left though somebody said that it is not to be posted');
    this.mustBeRight(part, held);
    this.mustMeanItsDay(part);
    if (accountOf(part) === hands) {
      this.give('post.settle', { part, attempt, answer: { answer: 'asked' } }, crier);
      return;
    }
    const arrives = answer === 'published' || answer === 'lost';
    if (arrives) {
      const before = this.arrived.get(part) ?? 0;
      if (before > (this.allowed.get(part) ?? 0)) throw new Error('it arrived twice');
      this.arrived.set(part, before + 1);
      this.said.set(part, plannedPart(this.post, part)?.bytes ?? '');
    }
    const said =
      answer === 'published'
        ? { answer, remote: { remoteId: part, url: 'https://x.example/1' } }
        : answer === 'lost' || answer === 'nothing'
          ? { answer: 'unknown' }
          : { answer, reason: 'busy' };
    if (answer === 'retry') this.effects = [...this.effects, { ...effect, due: this.now + minute }];
    this.give('post.settle', { part, attempt, answer: said }, crier);
  }

  /** The rules run before anything is said, changed, or deleted to be posted again. */
  isStopped(part: string): boolean {
    const { post } = this;
    const stopped = post === undefined ? undefined : stoppedByRule(post, part, this.now, rules);
    if (stopped === undefined) return false;
    this.stopped += 1;
    this.give(stopped.command, stopped.params, { by: 'crier' });
    return true;
  }

  /** What is said, changed, or takes the place of what is deleted names the day that its writer meant. */
  mustMeanItsDay(part: string, how: 'anew' | 'in place' = 'anew'): void {
    const { post } = this;
    if (post === undefined || !('plan' in post.status)) return;
    for (const planned of post.status.plan.parts.filter(({ key }) => isOneOf(key, [part]) || key === part)) {
      const { text } = readPart(planned);
      const written = text.includes('tomorrow') ? this.tomorrows.get(aboutIn(text)) : undefined;
      // What stands there since before, and is changed around it, keeps the day that it meant.
      if (written === undefined || (written.stood && how === 'in place')) continue;
      if (dayOf(written.at) !== dayOf(this.now))
        throw new Error('it names another day than its writer meant');
    }
  }

  /** Somebody says what they did by hand: only who is asked, only what may stand, and in the words that are right. */
  byHand(by: string, old: boolean, n: number): void {
    const { post } = this;
    const [asked] = post === undefined ? [] : Object.entries(askedByHandOf(post));
    if (post === undefined || asked === undefined) return;
    const [part, { what, people: hers, since }] = asked;
    const who = n % 4 !== 1 ? (hers[0] ?? by) : by;
    const did = n % 5 === 0 ? 'not-posted' : 'done';
    const params = { part, did, link: '', noLink: true, asked: old ? since - 1 : since };
    const before = { ...post };
    if (!this.give('post.done-by-hand', params, { by: 'person', person: who })) return;
    if (old) throw new Error('a press on an old card was taken');
    // Whoever may take it down may say that it is.
    const others = [...rules.desk.officers, ...(what === 'remove' ? rules.dutyOfficers : [])];
    if (!hers.includes(who) && !others.includes(who)) throw new Error('somebody else said so');
    const again = this.post === undefined ? undefined : askedByHandOf(this.post)[part];
    if (again?.what === what && again.since === since)
      throw new Error('somebody is asked for what they have answered');
    if (did === 'not-posted' || what === 'change') return;
    if (what === 'remove') {
      this.gone.add(part);
      return;
    }
    const after = this.post;
    this.post = before;
    // What was held since they were asked was right when they were.
    if (before.wasByHand?.[part] === undefined)
      this.mustBeRight(part, before.status.is === 'held', 'by hand');
    this.post = after;
    if (this.arrived.has(part)) throw new Error('it was posted by hand twice');
    this.arrived.set(part, 1);
  }

  /** Somebody puts right what was said by hand: only who said it or the desk, and only what was said last. */
  mend(by: string, old: boolean, n: number): void {
    const { post } = this;
    const posted = Object.keys(post === undefined ? {} : publicationsOf(post)).flatMap((part) => {
      const said = post === undefined ? undefined : postedByHand(post, part);
      return said === undefined ? [] : [{ part, step: said.step }];
    });
    const [said] = posted;
    if (said === undefined) return;
    const { part, step } = said;
    const who = n % 3 === 0 ? by : step.by;
    const how = n % 2 === 0 ? 'not-posted' : 'link';
    const params = {
      part,
      how,
      link: `https://nextdoor.example/${String(n)}`,
      said: step.at - (old ? 1 : 0),
    };
    if (!this.give('post.mend-by-hand', params, { by: 'person', person: who })) return;
    if (old) throw new Error('a press on an old card was taken');
    if (who !== step.by && !rules.desk.officers.includes(who)) throw new Error('somebody else put it right');
    this.mended += 1;
    if (how === 'not-posted') this.arrived.delete(part);
  }

  /** What is leaving was approved by enough people who may, as it stands now, since its last edit and hold. */
  mustBeRight(part: string, held: boolean, how: 'by itself' | 'by hand' = 'by itself'): void {
    const { post } = this;
    if (post === undefined || post.status.is !== 'publishing') throw new Error('it left from another state');
    if (held) throw new Error('it left while held');
    const planned = post.status.plan.parts.find(({ key }) => key === part);
    if (planned === undefined) throw new Error('it left without a plan');
    this.mustBeAgreedTo(planned);
    const correction = this.corrected?.get(part);
    if (correction !== undefined && correction !== planned.bytes)
      throw new Error('other words left than those that were agreed to');
    if (correction === undefined) this.mustBeThePost(planned);
    if (/\.r\d+(?:-\d+)?$/u.test(part)) {
      const beside = [...this.arrived.keys()].filter(
        (key) => !inSameThread(key, part) && accountOf(key) === accountOf(part) && !this.gone.has(key),
      );
      if (beside.length > 0) throw new Error('it was posted again beside what stands');
    }
    this.mustAnswerTheLast(planned);
    const earlier = before(part);
    if (earlier !== undefined && post.status.publications[earlier]?.is !== 'published')
      throw new Error('it answers a post that does not stand');
    if (earlier !== undefined) this.answers += 1;
    if (correction !== undefined && this.agreedToCorrection) return;
    const entitled = [...this.agreed].filter(
      (person) => approvers.includes(person) && person !== post.author && person !== post.revision.by,
    );
    if (entitled.length === 0) throw new Error('it left though nobody who may has approved it');
    for (const person of entitled) this.decidedOn.add(person);
    const { until } = post.revision;
    // What somebody has posted in its last moment stands, whenever they say so. What puts right leaves after it too.
    if (how === 'by itself' && correction === undefined && until !== undefined && until.at <= this.now)
      throw new Error('it left after its end');
  }

  /** Whoever decided what went out is told for ever, also where it is held, put right or taken down since. */
  mustTellWhoDecided(): void {
    if (this.post === undefined) return;
    const told = stepsOf(this.post).flatMap(({ did, by }) => (did === 'approved' ? [by] : []));
    const missing = [...this.decidedOn].filter((person) => !told.includes(person));
    if (missing.length > 0) throw new Error(`nobody is told that ${missing.join(', ')} approved it`);
  }

  /** Whoever reads a thread to its end meets what puts it right. */
  mustAnswerTheLast(planned: PlannedPart): void {
    const { post } = this;
    const { replyTo } = readPart(planned);
    if (post === undefined || replyTo === undefined) return;
    const publications = publicationsOf(post);
    const next = following(publications, replyTo.remoteId);
    if (next !== undefined && publications[next]?.is === 'published')
      throw new Error('it answers a post within a thread');
  }

  /** Whoever is asked for another time can give one: else the post waits for a decision that nobody can make. */
  mustTakeAnotherTime(): void {
    const { post } = this;
    if (post === undefined || !isOverdue(post, this.now)) return;
    if (isPartlyOut(post)) this.overdue += 1;
    const { effects, cards } = this;
    this.cards = [...cards];
    const taken = this.give('post.schedule', { when: null }, { by: 'person', person: 'ellen-rimmer' });
    Object.assign(this, { post, effects, cards });
    if (!taken) throw new Error('it wants another time, and takes none');
  }

  /** What a rule stops of what is held goes on by no decision, and whoever is asked can end that by another. */
  mustHaveAWayOut(): void {
    const { post } = this;
    if (post?.status.is !== 'held' || !isPartlyOut(post) || !isStoppedThere(post, this.now, rules)) return;
    this.heldByRule += 1;
    const { review } = post.status;
    const press = { hash: review.hash, stage: awaited(review)?.id ?? '', review: review.id };
    const [person = ''] = askedNow(review);
    const { effects, cards } = this;
    this.cards = [...cards];
    const actor = { by: 'person', person } as const;
    const released = this.give('post.approve', { ...press, confirm: true }, actor);
    const ended = !released && this.give('post.refuse', { ...press, note: 'It is too late.' }, actor);
    Object.assign(this, { post, effects, cards });
    if (released) throw new Error('it was let go on though a rule stops it');
    if (!ended) throw new Error('it is held, and nobody can end that');
  }

  /** What is partly out is held for something that a release lets out or goes on with, or that somebody is still to say. */
  mustHoldSomething(): void {
    const { post } = this;
    if (post?.status.is !== 'held' || post.status.out === undefined) return;
    this.heldPartly += 1;
    const { at, out } = post.status;
    const onRelease = inTurn(
      Object.fromEntries(Object.entries(out).map(([part, each]) => [part, letGoOn(each, at)])),
      this.now,
    );
    const goesOn = Object.values(onRelease).some(
      (each) => !isSettled(each) || each.is === 'unknown' || makesRoom(each),
    );
    if (!goesOn && changesInPlace(post).length === 0)
      throw new Error('it is held, and a release would send nothing');
  }

  /** What is public ends when it says so, also where that was put right. */
  mustEndInTime(): void {
    const { post } = this;
    const until = post === undefined || !isPublic(post) ? undefined : endOf(post);
    if (until === undefined || until.at <= this.now || post?.status.is === 'taken-down') return;
    this.ends += 1;
    if (!this.effects.some(({ key, due }) => key === 'timer:end' && due === until.at))
      throw new Error('nothing ends it when it says that it ends');
  }

  /** What leaves says what the post says, a thread's posts together. */
  mustBeThePost({ account }: PlannedPart): void {
    const { post } = this;
    if (post === undefined || !('plan' in post.status)) return;
    const mine = post.status.plan.parts.filter((each) => each.account === account && !isCorrection(each.key));
    const said = mine.map((each) => readPart(each).text.replace(/^\d\/\d /u, '')).join(' ');
    const spaced = (text: string): string => text.replace(/[\s-]+/gu, ' ');
    if (spaced(said) !== spaced(post.revision.text))
      throw new Error('other words left than those that stand');
  }

  step(step: Step): void {
    if (step.does === 'time') {
      if (!('minutes' in step)) return;
      this.now += step.minutes * minute;
      this.land();
      this.run([...step.answers]);
      return;
    }
    if (!('by' in step) || this.post === undefined) return;
    this.now += 1_000;
    const { by, n } = step;
    const actor = { by: 'person', person: by } as const;
    const card = (step.old ? this.cards.at(-1 - (n % 3)) : this.cards.at(-1)) ?? {
      hash: '',
      stage: '',
      review: '',
    };
    const time = (minutes: number) => ({
      wall: '2026-11-24T10:00',
      zone: 'Europe/London',
      at: this.now + minutes * minute,
    });
    const { revision } = this.post;
    switch (step.does) {
      case 'revise': {
        const { n: from, by: _by, at: _at, until: _until, ...words } = revision;
        const params = {
          ...words,
          from: step.old ? Math.max(1, from - 1) : from,
          text: `The gritters are out on road ${String(n)}.`,
          // On X in three posts; the other accounts take it whole.
          thread: n % 2 === 0,
          ...(n % 2 === 0
            ? { text: `Road ${String(n)} is being gritted. ${'Leave room for the gritters. '.repeat(25)}` }
            : {}),
          ...(n % 3 === 0 ? { until: time(n) } : {}),
        };
        if (this.give('post.revise', params, actor)) {
          this.agreed.clear();
          this.corrected = undefined;
        }
        return;
      }
      case 'approve':
        {
          const { status } = this.post;
          if (!this.give('post.approve', { ...card, confirm: true }, actor)) return;
          // A decision counts for the words on the card that was pressed, and for no others.
          if (!('plan' in status) || card.hash !== status.plan.hash)
            throw new Error('decided on other words');
          this.agreed.add(by);
          this.allAgreedTo(status.plan.parts);
        }
        return;
      case 'hold':
        if (this.give('post.hold', {}, actor)) this.forget();
        return;
      case 'hold-with-all': {
        const stop = n % 3 === 0 ? {} : { stop: n % 3 === 1 ? 'routine' : 'all' };
        if (this.give('post.hold-with-all', { by, ...stop }, { by: 'crier' })) this.forget();
        return;
      }
      case 'draw-again':
        this.give('post.draw-again', { due: this.now }, { by: 'crier' });
        return;
      case 'correct': {
        // What an earlier correction has come to says what stands, also while somebody is asked to change it by hand.
        const standing = asCorrected(this.post).revision;
        // Some name a day by its distance, which midnight makes another.
        const again = n % 5 < 2 ? ' They go out again tomorrow.' : '';
        const params = {
          text: `The gritters were out on road ${String(n)}.${again}${n % 3 === 0 ? '\n---\nThey are in.' : ''}`,
          what: 'They have been.',
          reply: `Correction ${String(n)}: they have been.${again}${n % 4 === 1 ? '\n---\nAll are in.' : ''}`,
          ways: { 'x-main': n % 2 === 0 ? 'reply' : 'again' },
          ...(n % 5 === 0 ? { until: null } : n % 5 === 1 ? { until: time(n + 1) } : {}),
          from: standing.n,
        };
        // What somebody agreed to ends by a plain choice alone.
        const waits = endedByAsking(this.post) !== undefined;
        if (waits && this.give('post.correct', params, actor))
          throw new Error('what was agreed to ended, and nobody chose that');
        if (!this.give('post.correct', waits ? { ...params, ends: true } : params, actor)) return;
        if (waits) this.ended += 1;
        const stood = standing.text.includes('tomorrow')
          ? this.tomorrows.get(aboutIn(standing.text))
          : undefined;
        this.tomorrows.set(`Correction ${String(n)}`, { at: this.now, stood: false });
        this.tomorrows.set(`road ${String(n)}`, { at: stood?.at ?? this.now, stood: stood !== undefined });
        if (stood !== undefined && again !== '' && dayOf(stood.at) !== dayOf(this.now)) this.stoodSince += 1;
        return;
      }
      case 'agree': {
        const { correction } = this.post;
        if (correction === undefined) return;
        const { hash, id: review } = correction.review;
        const params = { hash, review, stage: 'correction', confirm: true };
        const { text } = correction.revision;
        const written = text.includes('tomorrow') ? this.tomorrows.get(aboutIn(text)) : undefined;
        const isOld = written?.stood === false && dayOf(written.at) !== dayOf(this.now);
        if (isOld) this.stopped += 1;
        if (!this.give('post.approve-correction', params, actor)) return;
        const { until } = correction.revision;
        if (until !== undefined && until.at !== revision.until?.at && until.at <= this.now)
          throw new Error('somebody agreed to an end that had passed');
        if (isOld) throw new Error('somebody agreed to words that mean another day by now');
        if (by === correction.by) throw new Error('its writer agreed to it alone');
        this.corrected = new Map(correction.plan.parts.map(({ key, bytes }) => [key, bytes]));
        this.agreedToCorrection = true;
        this.allAgreedTo(correction.plan.parts);
        return;
      }
      case 'take-back': {
        const { correction } = this.post;
        if (correction === undefined) return;
        const params = { review: correction.review.id, note: '' };
        if (!this.give('post.refuse-correction', params, actor)) return;
        if (correction.applied !== undefined) throw new Error('it was taken back though it was agreed to');
        if (by !== correction.by) throw new Error('somebody else took it back and did not say why');
        return;
      }
      case 'connect':
        for (const account of ['x-main', 'facebook-main'])
          this.give('post.leave-again', { account }, { by: 'crier' });
        return;
      case 'by-hand':
        if (Object.keys(askedByHandOf(this.post)).length === 0) this.mend(by, step.old, n);
        else this.byHand(by, step.old, n);
        return;
      case 'pass-on':
        this.give('post.pass-on', card, actor);
        return;
      case 'refuse':
        {
          const before = this.post.restRefused?.at;
          this.give('post.refuse', { ...card, note: 'no' }, actor);
          const { restRefused } = this.post;
          if (restRefused === undefined || restRefused.at === before) return;
          // What a later correction posts has other keys.
          for (const part of Object.keys(publicationsOf(this.post))) {
            const { is } = publicationsOf(this.post)[part] ?? {};
            if (is === 'unknown' || is === 'sending') this.restUnclear += 1;
            this.notWanted.add(part);
          }
        }
        return;
      case 'send-back':
        this.give('post.send-back', { ...card, note: 'no' }, actor);
        return;
      case 'schedule':
        this.give('post.schedule', { when: n % 4 === 0 ? null : time(n) }, actor);
        return;
      case 'answer': {
        const [part = 'x-main.0'] = Object.entries(publicationsOf(this.post)).flatMap(([key, each]) =>
          each.is === 'unknown' ? [key] : [],
        );
        const word = n % 2 === 0 ? 'post-it-now' : 'do-not-post';
        const done = this.give('post.answer', { part, word, link: '' }, actor);
        if (done && word === 'post-it-now') this.allowed.set(part, this.arrived.get(part) ?? 0);
        if (done && word === 'do-not-post') this.notWanted.add(part);
        return;
      }
      default:
        this.give(`post.${step.does}`, {}, actor);
    }
  }
}

/** On X in three posts. */
const thread = 'The gritters are out.\n---\nThey go on all night.\n---\nLeave room for them.';

/** A world in which a post was proposed, sent and passed on. */
function begun(
  text = 'The gritters are out.',
  more: readonly string[] = [hands],
  urgency: Urgency = 'normal',
): World {
  const world = new World();
  const accounts = ['news', 'x-main', 'facebook-main', ...more];
  world.give(
    'post.propose',
    { number: 1, text, media: [], urgency, department: 'highways', accounts },
    { by: 'person', person: 'nadia-hartley' },
  );
  world.give('post.send', {}, { by: 'person', person: 'nadia-hartley' });
  if (urgency !== 'emergency')
    world.give('post.pass-on', world.cards.at(-1), { by: 'person', person: 'ellen-rimmer' });
  return world;
}

function walk(world: World, steps: readonly Step[]): void {
  for (const step of steps) {
    world.step(step);
    world.mustTakeAnotherTime();
    world.mustHaveAWayOut();
    world.mustHoldSomething();
    world.mustTellWhoDecided();
    world.mustEndInTime();
    world.mustTellThatItIsNotOut();
  }
  world.now += 2_000 * minute;
  world.land();
  world.run([]);
}

test('whatever people do, whenever: nothing leaves that was not approved as it stands, nothing twice, nothing held or ended', () => {
  let left = 0;
  let answers = 0;
  let byHand = 0;
  let mended = 0;
  let overdue = 0;
  let heldPartly = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ arbitrary: somebodyDoes, weight: 4 }, { arbitrary: timePasses, weight: 1 }), {
        minLength: 10,
        maxLength: 40,
      }),
      (steps) => {
        const world = begun(thread);
        walk(world, steps);
        left += world.arrived.size;
        answers += world.answers;
        overdue += world.overdue;
        heldPartly += world.heldPartly;
        mended += world.mended;
        byHand += world.arrived.has(`${hands}.0`) ? 1 : 0;
        // Whatever became of the posts before it, none of a thread waits for ever.
        const { post } = world;
        if (post !== undefined && post.status.is === 'publishing') {
          for (const [key, each] of Object.entries(post.status.publications)) {
            const earlier = before(key);
            const behind = earlier === undefined ? undefined : post.status.publications[earlier];
            if (each.is === 'queued' && behind?.is !== 'unknown' && behind?.is !== 'queued')
              throw new Error('it waits for nothing');
          }
        }
      },
    ),
    {
      numRuns: 150,
      // Few walks come so far by chance.
      examples: [
        [
          [
            { does: 'approve', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: [] },
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
          ],
        ],
        [
          [
            { does: 'approve', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: [] },
            { does: 'by-hand', by: 'bethan-prys', old: true, n: 2 },
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
          ],
        ],
        [
          [
            { does: 'schedule', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'pass-on', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'approve', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 2, answers: ['refused', 'nothing', 'refused'] },
            { does: 'hold', by: 'ellen-rimmer', old: false, n: 1 },
          ],
        ],
        [
          [
            { does: 'approve', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 0, answers: ['retry', 'nothing', 'retry'] },
            { does: 'time', minutes: 0.2, answers: [] },
            { does: 'answer', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'hold', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'approve', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 5, answers: [] },
          ],
        ],
      ],
    },
  );
  // The walk is worth something only where posts do go out.
  expect(left).toBeGreaterThan(0);
  expect(answers).toBeGreaterThan(0);
  expect(byHand).toBeGreaterThan(0);
  expect(mended).toBeGreaterThan(0);
  expect(overdue).toBeGreaterThan(0);
  expect(heldPartly).toBeGreaterThan(0);
});

test('whatever people correct: nothing newly said leaves that nobody else agreed to, nothing twice, nothing beside what it replaces', () => {
  const said = {
    replies: 0,
    again: 0,
    repliesInTwo: 0,
    threadsAgain: 0,
    ends: 0,
    stopped: 0,
    held: 0,
    stood: 0,
    ended: 0,
    heldChanges: 0,
    restUnclear: 0,
  };
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ arbitrary: afterwards, weight: 3 }, { arbitrary: timePasses, weight: 1 }), {
        minLength: 10,
        maxLength: 40,
      }),
      (steps) => {
        const more = steps.length % 3 === 0 ? [hands] : [];
        const world = begun(steps.length % 2 === 0 ? thread : 'The gritters are out.', more);
        world.step({ does: 'approve', by: 'priya-desai', old: false, n: 1 });
        walk(world, [{ does: 'time', minutes: 1, answers: [] }, ...steps]);
        const keys = [...world.arrived.keys()];
        const publications = world.post === undefined ? {} : publicationsOf(world.post);
        for (const key of world.corrected?.keys() ?? []) {
          const earlier = before(key);
          // What another correction took down and posted again needs no end any more.
          const stands = earlier !== undefined && world.arrived.has(earlier) && !world.gone.has(earlier);
          if (stands && publications[key] === undefined) throw new Error('a correction lost its end');
        }
        said.ends += world.ends;
        said.stopped += world.stopped;
        said.held += world.heldByRule;
        said.stood += world.stoodSince;
        said.ended += world.ended;
        said.heldChanges += world.heldChanges;
        said.restUnclear += world.restUnclear;
        said.replies += keys.filter((key) => /\.c\d+$/u.test(key)).length;
        said.again += keys.filter((key) => /\.r\d+$/u.test(key)).length;
        said.repliesInTwo += keys.filter((key) => /\.c\d+-1$/u.test(key)).length;
        said.threadsAgain += keys.filter((key) => /\.r\d+-1$/u.test(key)).length;
      },
    ),
    {
      numRuns: 200,
      // Held before it was deleted to be posted again, and midnight came.
      examples: [
        // Agreed while its accounts refuse Crier; another one is asked for, and they are connected before anybody agrees.
        ...[6, 7].map((n): [Step[]] => [
          [
            { does: 'correct', by: 'ellen-rimmer', old: false, n },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: ['published', 'blocked', 'blocked', 'blocked'] },
            { does: 'correct', by: 'ellen-rimmer', old: false, n: n + 20 },
            { does: 'connect', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'time', minutes: 40, answers: [] },
            { does: 'time', minutes: 40, answers: [] },
          ],
        ]),
        // Another one is asked for, what stands is taken down, or its correction is held and left, while that is being made.
        ...['correct', 'remove', 'hold'].map((does): [Step[]] => [
          [
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 6 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: ['published', 'blocked', 'blocked', 'blocked'] },
            { does: 'time', minutes: 40, answers: ['lost', 'blocked', 'blocked'] },
            { does, by: 'ellen-rimmer', old: false, n: 26 },
            { does: 'refuse', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: [] },
          ],
        ]),
        [
          [
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 5 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'hold', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'time', minutes: 300, answers: [] },
            { does: 'time', minutes: 300, answers: [] },
            { does: 'time', minutes: 300, answers: [] },
          ],
        ],
        // Held while only somebody's hands were still to change it, which they had; and then it had never been posted there.
        [
          [
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
            { does: 'correct', by: 'tom-ashcroft', old: false, n: 398 },
            { does: 'agree', by: 'joseph-adeyemi', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: [] },
            { does: 'hold-with-all', by: 'bethan-prys', old: false, n: 1 },
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
            { does: 'by-hand', by: 'bethan-prys', old: false, n: 2 },
            // A number of steps that three divides is walked with somebody's hands.
            { does: 'time', minutes: 1, answers: [] },
          ],
        ],
        // Posted again as a thread, of which X refused the end; and then all of it again by another correction.
        [
          [
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 87 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            {
              does: 'time',
              minutes: 1,
              answers: ['published', 'published', 'published', 'published', 'refused'],
            },
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 349 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'time', minutes: 1, answers: [] },
            { does: 'time', minutes: 1, answers: [] },
          ],
        ],
        // Held and left while nobody knows whether its reply arrived, and then it did not.
        ...[1, 2].map((n): [Step[]] => [
          [
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 8 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'time', minutes: n, answers: ['nothing', 'nothing', 'nothing', 'nothing'] },
            { does: 'hold', by: 'ellen-rimmer', old: false, n: 1 },
            { does: 'refuse', by: 'priya-desai', old: false, n: 1 },
            { does: 'time', minutes: 5, answers: [] },
            { does: 'answer', by: 'ellen-rimmer', old: false, n: 2 },
            { does: 'time', minutes: 5, answers: [] },
          ],
        ]),
        // Corrected with a word for a day, and again the next day, where that stays.
        [
          [
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 10 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'time', minutes: 300, answers: [] },
            { does: 'time', minutes: 300, answers: [] },
            { does: 'time', minutes: 300, answers: [] },
            { does: 'correct', by: 'ellen-rimmer', old: false, n: 20 },
            { does: 'agree', by: 'tom-ashcroft', old: false, n: 1 },
            { does: 'time', minutes: 10, answers: [] },
          ],
        ],
      ],
    },
  );
  expect(said.replies).toBeGreaterThan(0);
  expect(said.again).toBeGreaterThan(0);
  expect(said.ends).toBeGreaterThan(0);
  expect(said.stopped).toBeGreaterThan(0);
  expect(said.held).toBeGreaterThan(0);
  expect(said.stood).toBeGreaterThan(0);
  expect(said.ended).toBeGreaterThan(0);
  expect(said.heldChanges).toBeGreaterThan(0);
  expect(said.restUnclear).toBeGreaterThan(0);
});

test('what a correction could not take down stands alone, also once the rest is held and released', () => {
  const world = begun('The gritters are out.', [hands]);
  const by = (person: string) => ({ by: person, old: false, n: 53 });
  walk(world, [
    { does: 'approve', ...by('priya-desai') },
    { does: 'time', minutes: 1, answers: [] },
    // Posted again on X, which refuses to take the old post down.
    { does: 'correct', ...by('ellen-rimmer') },
    { does: 'agree', ...by('tom-ashcroft') },
    { does: 'time', minutes: 0, answers: ['published', 'published', 'refused'] },
    { does: 'hold-with-all', ...by('ellen-rimmer') },
    { does: 'approve', ...by('priya-desai') },
    { does: 'time', minutes: 1, answers: [] },
  ]);
  expect([...world.arrived.keys()]).toEqual(['news.0', 'x-main.0', 'facebook-main.0']);
});

test('whatever becomes of an emergency, people hear within ten minutes that it is not out, once, and not where it is', () => {
  const meanwhile = fc
    .record({
      does: fc.constantFrom(
        'hold',
        'approve',
        'try-again',
        'answer',
        'schedule',
        'correct',
        'agree',
        'connect',
        'remove',
      ),
      by: fc.constantFrom('ellen-rimmer', 'joseph-adeyemi', 'gareth-molyneux'),
      old: fc.constant(false),
      n: fc.integer({ min: 1, max: 60 }),
    })
    // Whoever it is escalated to may approve it as well.
    .map((step) => (step.does === 'approve' ? { ...step, by: 'gareth-molyneux' } : step));
  const passes = fc.record({
    does: fc.constant('time' as const),
    minutes: fc.integer({ min: 0, max: 15 }),
    answers: fc.array(fc.constantFrom('published', 'retry', 'retry', 'retry', 'nothing', 'refused', 'lost'), {
      minLength: 4,
      maxLength: 12,
    }),
  });
  let told = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(meanwhile, { arbitrary: passes, weight: 2 }), { maxLength: 20 }),
      (steps) => {
        const world = begun('Gas leak.', [], 'emergency');
        world.step({ does: 'approve', by: 'gareth-molyneux', old: false, n: 1 });
        walk(world, [{ does: 'time', minutes: 9, answers: ['published', 'retry', 'nothing'] }, ...steps]);
        told += world.toldNotOut;
      },
    ),
    { numRuns: 60 },
  );
  expect(told).toBeGreaterThan(0);
});

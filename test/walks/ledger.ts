import { accountOf, inThreadOf, isOfCorrection, isReply } from '../../src/dispatch/thread.ts';
import { canonical } from '../../src/core/json.ts';
import type { PlanPart, Remote } from '../../src/networks/network.ts';
import { readPart } from '../../src/posts/writing/plan.ts';
import type { Plan } from '../../src/posts/post.ts';
import type { Standing } from '../journeys/outside.ts';

/** Whose part some bytes are, when they were agreed to last, and who ever did. */
interface Agreed {
  readonly part: string;
  readonly text: string;
  readonly turn: number;
  readonly by: Set<string>;
}

/** What a walk itself knows of a post, whatever Crier has kept of it. */
interface Known {
  /** the bytes of every plan that somebody agreed to who was entitled to */
  readonly agreed: Map<string, Agreed>;
  /** the version that somebody agreed to last */
  latest: number;
  /** how often somebody agreed to other words */
  turn: number;
  /** the desk said that it goes out although whoever agreed to it may not any more */
  vouched: boolean;
  /** it was held, and nobody who may has decided on it since */
  held: boolean;
  /** it waits for somebody, as it was when nothing was under way, and nobody has let it go since */
  undecided: boolean;
  /** nothing of it was out, and nobody was at work for hours after it was to go; nobody has let it go since */
  missed: boolean;
  takenDown: boolean;
  /** goes out although routine posts are paused */
  isEmergency: boolean;
  /** when what it says is over: it does not go out any more from then on */
  ends: number;
  /** somebody is taking it down at this moment: it comes down by that or not */
  comesDown: boolean;
}

/** Which part of which post something outside is. */
interface Stands {
  readonly post: number;
  readonly part: string;
  /** which post of a thread it is */
  readonly place: number;
  /** the version that it was posted in */
  readonly version: number;
}

/** The versions that words are of. */
const versionsIn = (text: string): readonly number[] =>
  [...text.matchAll(/Sign (\d+) on/gu)].map(([, version]) => Number(version));

/** What is said, to the byte; what it answers is known only once that stands. */
const saidBy = ({ replyTo: _there, ...said }: PlanPart): string => canonical(said);

/** The newest version in a plan. */
const newestIn = ({ parts }: Plan): number => Math.max(...parts.flatMap(({ bytes }) => versionsIn(bytes)));

/** Whether it is the last post of a thread, or all of it. */
const isEnd = (text: string): boolean => {
  const [, place, of] = /^(\d+)\/(\d+) /u.exec(text) ?? [];
  return place === of;
};

/** Who agreed to what, what is held and stopped, by the walk's own count: every call on a network is held against it. */
export class Ledger {
  /** what was wrong with calls on networks; a call cannot say so itself, since Crier takes what it throws for an outage */
  readonly wrong: string[] = [];
  /** nothing may leave, or nothing routine: somebody was told so */
  stopped: 'no' | 'routine' | 'everything' = 'no';
  /** who may not agree any more */
  gone = '';
  readonly #posts = new Map<number, Known>();
  readonly #standing = new Map<string, Stands>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  of(post: number): Known {
    const known = this.#posts.get(post);
    if (known !== undefined) return known;
    const made: Known = {
      agreed: new Map(),
      latest: -1,
      turn: 0,
      vouched: false,
      held: false,
      undecided: false,
      missed: false,
      takenDown: false,
      isEmergency: false,
      ends: Infinity,
      comesDown: false,
    };
    this.#posts.set(post, made);
    return made;
  }

  /**
   * Somebody who is entitled to it is about to agree: what leaves by it leaves within the press.
   * @returns takes that back where the press was refused
   */
  agrees(post: number, person: string, plan: Plan, how: 'post' | 'correction'): () => void {
    const known = this.of(post);
    const { latest, turn, held, undecided, missed } = known;
    // Whoever lets go on what was held when part of it stood agrees to no other words by that.
    if (how === 'correction' || !this.isOut(post))
      Object.assign(known, { latest: newestIn(plan), turn: turn + 1 });
    const made = plan.parts.flatMap((planned) => {
      const said = readPart(planned);
      const bytes = saidBy(said);
      // The same words may be said once more by a later correction.
      const by = known.agreed.get(bytes)?.by ?? new Set<string>();
      known.agreed.set(bytes, { part: planned.key, text: said.text, turn: known.turn, by });
      if (by.has(person)) return [];
      by.add(person);
      return [by];
    });
    Object.assign(known, { held: false, undecided: false, missed: false });
    return () => {
      for (const by of made) by.delete(person);
      Object.assign(known, { latest, turn, held, undecided, missed });
    };
  }

  /** Something is about to be posted, or to take the place of what stands. @returns which part it is */
  leaves(post: number, planned: PlanPart, how: 'posted' | 'changed'): string {
    const known = this.of(post);
    const about = `#${String(post)} is ${how} on ${planned.account}`;
    const agreed = known.agreed.get(saidBy(planned));
    const by = [...(agreed?.by ?? [])];
    if (by.length === 0) this.wrong.push(`${about} in words that nobody entitled agreed to: ${planned.text}`);
    else if (by.every((person) => person === this.gone) && !known.vouched)
      this.wrong.push(`${about} by the agreement of somebody who may not agree any more`);
    const isOlder = versionsIn(planned.text).some((version) => version < known.latest);
    if (isOlder && (agreed?.turn ?? 0) < known.turn)
      this.wrong.push(`${about} in older words than those agreed to last: ${planned.text}`);
    if (known.takenDown) this.wrong.push(`${about} after it was taken down`);
    if (known.undecided) this.wrong.push(`${about} while it waits for somebody`);
    const isFirst = how === 'posted' && planned.part === 0 && !isOfCorrection(agreed?.part ?? '');
    if (isFirst && known.ends <= this.#now()) this.wrong.push(`${about} after its end`);
    // The rest of a thread follows what was on its way before.
    if (known.missed && how === 'posted' && planned.part === 0)
      this.wrong.push(`${about} hours after it was to, without anybody's word`);
    this.#mustBeLetGo(known, about);
    return agreed?.part ?? '';
  }

  /** Something is about to be deleted. */
  comesDown({ remoteId }: Remote): void {
    const { post = 0, part = '', version = 0 } = this.#standing.get(remoteId) ?? {};
    const known = this.of(post);
    if (known.takenDown || known.comesDown) return;
    const about = `${part} of #${String(post)} is deleted`;
    const isAgreed = [...known.agreed].some(
      ([bytes, { part: instead, by }]) =>
        by.size > 0 &&
        accountOf(instead) === accountOf(part) &&
        (isOfCorrection(instead) || versionsIn(bytes).some((each) => each > version)),
    );
    if (!isAgreed) this.wrong.push(`${about} for no words that anybody entitled agreed to`);
    this.#mustBeLetGo(known, about);
  }

  #mustBeLetGo({ held, isEmergency }: Known, about: string): void {
    if (held) this.wrong.push(`${about} while it is held`);
    if (this.stopped === 'everything' || (this.stopped === 'routine' && !isEmergency))
      this.wrong.push(`${about} while ${this.stopped} is stopped`);
  }

  /** Whether anything of a post has ever arrived outside. */
  isOut(post: number): boolean {
    return [...this.#standing.values()].some((each) => each.post === post);
  }

  /** Something has arrived outside. */
  arrived(remoteId: string, post: number, part: string, { part: place, text }: PlanPart): void {
    this.#standing.set(remoteId, { post, part, place, version: Math.max(...versionsIn(text)) });
  }

  /** What was agreed to last for an account, as it is to stand there. */
  wordsFor(post: number, account: string): string | undefined {
    const { agreed, turn } = this.of(post);
    const ofAccount = ({ part }: Agreed): boolean => accountOf(part) === account;
    return [...agreed.values()].find((each) => each.turn === turn && ofAccount(each))?.text;
  }

  /** What arrived under an id. */
  what(remoteId: string): Stands | undefined {
    return this.#standing.get(remoteId);
  }

  /** The place on an account that a post of a thread has there once; a reply that corrects stands beside what it corrects. */
  placeOf(remoteId: string): string {
    const stands = this.#standing.get(remoteId);
    if (stands === undefined) return remoteId;
    const { post, part, place } = stands;
    return `#${String(post)} ${isReply(part) ? part : String(place)}`;
  }

  isReply(remoteId: string): boolean {
    return isReply(this.what(remoteId)?.part ?? '');
  }

  /** What one reply to a post says after another that stands on the account, whole, and says the same. */
  repliedTwice(standing: readonly Standing[]): string | undefined {
    const replies = new Map<string, string[]>();
    for (const { id, text } of standing) {
      const { post = 0, part = '', place = 0 } = this.what(id) ?? {};
      if (!isReply(part)) continue;
      const first = `#${String(post)} ${place === 0 ? part : inThreadOf(part, 0)}`;
      replies.set(first, [...(replies.get(first) ?? []), text]);
    }
    const all = [...replies].map(([first, texts]) => ({ first, said: texts.join(' '), last: texts.at(-1) }));
    return all.find(({ first, said, last }, n) => {
      const earlier = all.slice(0, n).findLast((each) => each.first.split(' ')[0] === first.split(' ')[0]);
      return earlier?.said === said && isEnd(last ?? '');
    })?.said;
  }
}

import { isOverdue } from '../../src/posts/leaving/to-go-out.ts';
import { buttonsIn, type CardButton } from '../journeys/card.ts';
import type { Pressed, Shown } from '../journeys/council.ts';
import { hasAgreed, mayAgree, planDecidedOn } from './agreeing.ts';
import { cardOf } from './at-rest.ts';
import { changesThere, honestly, isOfPutRight } from './honest.ts';
import type { Setting } from './setting.ts';
import { people, type Person } from './steps.ts';

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

/** What people press on the cards that they are shown, and what the ledger has to know of it. */
export class Presses {
  readonly #setting: Setting;
  /** `<person> <post>` → a card with buttons that they were shown before */
  readonly #before = new Map<string, Shown>();
  /** a card's id → what the last press on it was answered with */
  readonly #answers = new Map<string, Shown>();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** The answers that stand in place of the cards that were pressed, by those cards' ids. */
  get answers(): ReadonlyMap<string, Shown> {
    return this.#answers;
  }

  /** Somebody's cards of a post as they are now may be pressed later, when others are shown. */
  remember(post: number): void {
    for (const person of people) {
      const card = this.#cardOf(person, post);
      if (card !== undefined && buttonsIn(card.card).length > 1)
        this.#before.set(`${person} ${String(post)}`, card);
    }
  }

  /**
   * Whoever is asked says yes, or no: the first of them from the `n`th on.
   * @returns whether anybody was asked
   */
  async decide(post: number, says: 'yes' | 'no', n = 0): Promise<boolean> {
    const { shelf, council } = this.#setting;
    // What nobody can let go before it has another time is given one.
    const stored = await shelf.post(post);
    if (stored !== undefined && says === 'yes' && isOverdue(stored, council.now()))
      await council.as('ellen-rimmer').say(`schedule ${String(post)} now`);
    for (const verb of says === 'yes' ? yes : no)
      for (const person of [...people.slice(n), ...people.slice(0, n)])
        if (await this.first(person, post, verb)) return true;
    return false;
  }

  /** What is late is sent again by the first who may. */
  async again(post: number): Promise<void> {
    for (const person of people) if (await this.first(person, post, 'post.try-again')) return;
  }

  /** Whoever is asked to put it right there has done so, and says so. */
  async right(post: number): Promise<void> {
    for (const person of people) if (await this.#firstOf(person, post, isOfPutRight)) return;
  }

  /** @returns whether somebody's card of a post has such a button, which they pressed */
  async first(person: Person, post: number, verb: string): Promise<boolean> {
    return await this.#firstOf(person, post, (each) => each.verb === verb);
  }

  /** One of the buttons on somebody's card of a post: on the newest, or on one that they were shown before. */
  async any(person: Person, post: number, n: number, old: boolean): Promise<void> {
    const card = old ? this.#before.get(`${person} ${String(post)}`) : this.#cardOf(person, post);
    if (card === undefined) return;
    const buttons = buttonsIn(card.card).filter(({ verb }) => typedWith[verb] !== undefined);
    const button = buttons[n % Math.max(1, buttons.length)];
    if (button !== undefined) await this.#press(person, post, button, card);
  }

  async #firstOf(person: Person, post: number, is: (button: CardButton) => boolean): Promise<boolean> {
    const card = this.#cardOf(person, post);
    const button = card === undefined ? undefined : buttonsIn(card.card).find(is);
    if (card === undefined || button === undefined) return false;
    await this.#press(person, post, button, card);
    return true;
  }

  /** A press, with what the ledger has to know of it before anything leaves by it. */
  async #press(person: Person, post: number, pressed: CardButton, card: Shown): Promise<void> {
    const { council, ledger, seen } = this.#setting;
    const before = await this.#setting.stored(post);
    const { verb } = pressed;
    const known = ledger.of(post);
    const { held, missed } = known;
    const [button, typed] =
      verb === 'post.answer'
        ? honestly(before, pressed, card, this.#setting)
        : [pressed, { ...this.#setting.written.answersOn(card.card, post), ...typedWith[verb] }];
    // Nobody says that they have changed something there who has not.
    if (button === undefined) return;
    const plan = planDecidedOn(before, verb);
    const isEntitled = mayAgree(person, before, verb, council.protocol);
    const isOfCard = plan?.hash === pressed.data['hash'];
    const how = verb === 'post.approve' ? 'post' : 'correction';
    const takeBack =
      plan !== undefined && isEntitled && isOfCard ? ledger.agrees(post, person, plan, how) : undefined;
    if (verb === 'post.refuse') known.held = false;
    if (verb === 'post.let-out' && council.protocol.desk.officers.includes(person)) known.vouched = true;
    if (letsGo.includes(verb)) known.missed = false;
    const at = council.now();
    const undo = isOfPutRight(button) ? changesThere(before, button, this.#setting) : undefined;
    await this.#setting.though(
      async () =>
        void (await council
          .as(person)
          .press(button.title, typed, card, (answer) => this.#answered(card, answer))),
    );
    const after = await this.#setting.stored(post);
    if (after.turn === before.turn) undo?.();
    else if (undo !== undefined) seen.righted += 1;
    if (verb === 'post.try-again' && after.turn !== before.turn) seen.again += 1;
    // What was asked for and changed nothing has let nothing go.
    if (after.turn === before.turn) known.missed = missed;
    const isAgreed = plan !== undefined && hasAgreed(before, after, { person, at, verb });
    if (isAgreed && !isEntitled) ledger.wrong.push(`${person} decided on #${String(post)} and may not`);
    if (isAgreed && !isOfCard) ledger.wrong.push(`${person} decided by the card of other words`);
    if (!isAgreed) takeBack?.();
    if (isAgreed && held) seen.released += 1;
    if (verb === 'post.answer') seen.answered += 1;
    if (verb === 'post.let-out') seen.vouched += 1;
  }

  /** What was pressed shows the answer, until Crier brings another card there. */
  #answered(pressed: Shown, { card, text }: Pressed): void {
    if (card !== undefined) this.#answers.set(pressed.activityId, { ...pressed, card, text });
  }

  #cardOf(person: Person, post: number): Shown | undefined {
    return cardOf(this.#setting.council, person, post, this.#answers);
  }
}

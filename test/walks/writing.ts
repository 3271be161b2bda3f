import { buttonsIn, inputsIn, type CardButton } from '../journeys/card.ts';
import type { Begins } from './chance.ts';
import { fileOf } from './files.ts';
import type { Presses } from './presses.ts';
import type { Setting } from './setting.ts';
import type { Person, Step } from './steps.ts';
import { lastDescription, newWords } from './written.ts';

/** What is proposed, and where it is to go out. */
type Proposed = Pick<Begins, 'thread' | 'bluesky' | 'alone' | 'shows' | 'kind'> & {
  readonly planned: boolean;
};

const isSure = ({ title }: CardButton): boolean => title.startsWith('Cancel #');

/** What people write and send: posts, other words for them, corrections, files, and commands. */
export class Writing {
  readonly #setting: Setting;
  readonly #presses: Presses;
  /** how many files were sent */
  #sent = 0;

  constructor(setting: Setting, presses: Presses) {
    this.#setting = setting;
    this.#presses = presses;
  }

  /** A post is proposed for Highways, and sent for approval. */
  async propose(by: Person, { thread, bluesky, alone, shows, planned, kind }: Proposed): Promise<void> {
    const { council, ledger, files, written } = this.#setting;
    const { post, words } = written.begin(thread);
    const known = ledger.of(post);
    known.isEmergency = kind === 'emergency';
    const author = council.as(by);
    const proposed = `propose for Highways: ${words}`;
    if (shows === 'nothing') await author.say(proposed);
    else await files.send(author, this.#nextFile(shows), proposed);
    const form = await author.press('Edit', {}, author.card(post));
    const accounts = alone ? 'x-main' : `news,x-main,facebook-main${bluesky ? ',bluesky-main' : ''}`;
    const until = this.#setting.inTime(planned ? 120 : 45);
    const more = { usual: {}, emergency: { urgency: 'emergency' }, ends: { until: until.typed } }[kind];
    await author.press('Save', { accounts, ...more, ...written.answersOn(form.card, post) }, form.card);
    if (kind === 'ends') known.ends = until.at;
    if (planned) await author.say(`schedule ${String(post)} ${this.#setting.inTime(90).typed}`);
    await this.#presses.first(by, post, 'post.send');
  }

  /** Other words, and perhaps without what the post shows. */
  async edit({ by, post, leavesOut }: Extract<Step, { readonly does: 'edit' }>): Promise<void> {
    const author = this.#setting.council.as(by);
    const written = this.#setting.written.of(post);
    const [form] = await author.say(`edit ${String(post)}`);
    const save =
      form === undefined ? undefined : buttonsIn(form.card).find(({ verb }) => verb === 'post.revise');
    if (written === undefined || form === undefined || save === undefined) return;
    const text = newWords(post, written);
    written.versions += 1;
    const out = leavesOut && 'out:0' in inputsIn(form.card) ? { 'out:0': 'true' } : {};
    const answers = this.#setting.written.answersOn(form.card, post);
    await author.press(save.title, { text, ...answers, ...out }, form);
  }

  /** A correction is asked for, of the words, of what a picture shows, or of both. */
  async correct({
    by,
    post,
    again,
    same,
    describes,
    ends,
  }: Extract<Step, { readonly does: 'correct' }>): Promise<void> {
    const asking = this.#setting.council.as(by);
    const written = this.#setting.written.of(post);
    const [form] = await asking.say(`correct ${String(post)}`);
    if (written === undefined || form === undefined) return;
    const ask = buttonsIn(form.card).find(({ verb }) => verb === 'post.correct');
    if (ask === undefined) return;
    const way = again ? 'again' : 'reply';
    const described = describes && 'alt:0' in inputsIn(form.card);
    if (described) written.described += 1;
    const typed = {
      ...(described ? { 'alt:0': lastDescription(post, written) } : {}),
      ...(same ? {} : { text: newWords(post, written) }),
      what: 'Wrong.',
      ends: ends ? 'ends' : 'waits',
      'way:x-main': way,
      'way:bluesky-main': way,
    };
    if (!same) written.versions += 1;
    await asking.press(ask.title, typed, form);
  }

  /** Sends something for a post by its number; where that takes back what was sent or approved, that is meant. */
  async send({ by, post, what }: Extract<Step, { readonly does: 'send' }>): Promise<void> {
    const { council, files, written, seen } = this.#setting;
    if (written.of(post) === undefined) return;
    const typed = `${what === 'captions' ? 'captions' : 'picture'} ${String(post)}`;
    const said = await files.sent(council.as(by), typed, this.#nextFile(what));
    const asked = said.at(-1);
    const yes =
      asked === undefined
        ? undefined
        : buttonsIn(asked.card).find(({ title }) => title.startsWith('Yes, put'));
    if (asked !== undefined && yes !== undefined) await council.as(by).press(yes.title, {}, asked);
    seen.sent += 1;
    await this.#presses.first(by, post, 'post.send');
  }

  /** A command of one word, by a post's number. */
  async command(by: Person, does: 'hold' | 'remove' | 'cancel' | 'schedule', post: number): Promise<void> {
    const { council, shelf, ledger } = this.#setting;
    const typed = `${does} ${String(post)}${does === 'schedule' ? ` ${this.#setting.inTime(90).typed}` : ''}`;
    if (does === 'remove') this.#takesDown(by, post);
    const [answer] = await council.as(by).say(typed);
    if (does === 'hold' && answer !== undefined && shelf.isFailing()) {
      const { status } = (await shelf.post(post)) ?? {};
      const says = answer.text.includes('is not held');
      if (status !== undefined && says && status.is === 'held')
        ledger.wrong.push(`#${String(post)} is said not to be held, and is`);
    }
    // Giving up a post is asked about once.
    const sure = answer === undefined ? undefined : buttonsIn(answer.card).find(isSure);
    if (answer !== undefined && sure !== undefined) await council.as(by).press(sure.title, {}, answer);
  }

  /** Somebody is about to take a post down: what comes down by it does so within the press. */
  #takesDown(person: Person, post: number): void {
    const { desk, dutyOfficers } = this.#setting.council.protocol;
    if ([...desk.officers, ...dutyOfficers].includes(person)) this.#setting.ledger.of(post).takenDown = true;
  }

  #nextFile(kind: Parameters<typeof fileOf>[0]): string {
    this.#sent += 1;
    return fileOf(kind, this.#sent);
  }
}

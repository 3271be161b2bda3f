import { setTimeout as pause } from 'node:timers/promises';
import { crier } from '../core/context.ts';
import { UnknownForm } from '../core/forms.ts';
import type { BoundHandler } from '../core/handler.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { rosterId } from '../people/roster.ts';
import type { LongText } from '../core/too-long.ts';
import { noRoomWords } from '../words/long-texts.ts';
import { tooLongWords } from '../words/too-long.ts';
import { sayNotice } from '../words/typed.ts';
import { isFile, keyOf, type Incoming, type IncomingAttachment } from './activity.ts';
import type { TakeTurn, TurnAnswer } from './adapter.ts';
import { createAnswers } from './answers.ts';
import { comesAlready, fetchHandler, keepComing, type Anew, type Message } from './arriving.ts';
import type { Courier } from './courier.ts';
import type { Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import { fits } from './cards/room.ts';
import { isCaptions } from './files.ts';
import type { Viewer } from './cards/viewer.ts';
import { bringsLinked } from './linked-files.ts';
import { fileLeftBehind } from './photo.ts';
import { pressed } from './presses.ts';
import { proposeDialog } from './propose-dialog.ts';
import type { Guests } from './guests.ts';
import { brokenOff, namingWhatFails } from './not-done.ts';
import { notice } from './notices.ts';
import { isTheirs, noteWords, withUnnotedWords } from './offers.ts';
import { originOf } from './origin.ts';
import { broughtBy, noteAnswer, withSaid } from './open-forms.ts';
import type { Reply } from './reply.ts';
import { isDoneBeforePhoto, isDoneWithoutPhotos, said } from './said.ts';
import { saidAnew, wasAnswered } from './said-anew.ts';
import { createSearch } from './search.ts';
import type { FileOpened, SentFile, Turn } from './turn.ts';
import { tooMuchTyped } from './too-long.ts';
import { placeOf, type Directory } from './who.ts';
import { namelessFile } from '../words/files.ts';

/** What the bot stands on. */
export interface BotParts {
  readonly desk: Desk;
  readonly directory: Directory;
  readonly guests: Guests;
  readonly courier: Courier;
  /** takes one send out of the conversation's budget, or says how long to wait */
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  readonly draw: Draw;
  readonly log: Log;
  /** how long files may take before whoever sent them hears that they are on their way; some seconds when absent */
  readonly filesWithin?: Millis;
}

type FromSomebody = Extract<
  Incoming,
  {
    readonly kind:
      'message' | 'edited' | 'press' | 'search' | 'propose-dialog-opened' | 'propose-dialog-sent';
  }
>;

/** How long a message's files may take before whoever sent them hears that they are on their way. */
const longestFetch = 8_000;

/** What speaks with people in Teams. */
export interface Bot {
  readonly takeTurn: TakeTurn;
  /** goes on with what an earlier process left unfinished */
  readonly handlers: readonly BoundHandler[];
}

/** Turns what comes from Teams into commands, and their answers into cards. */
export function createBot(parts: BotParts): Bot {
  const { directory, guests, courier, draw, log, filesWithin = longestFetch } = parts;
  const desk: Desk = { ...parts.desk, executor: namingWhatFails(parts.desk.executor) };
  const answers = createAnswers({ ...parts, desk });
  const proposing = proposeDialog(desk, draw);
  const search = createSearch(desk, draw);
  /** conversations that were welcomed since this process began */
  const greeted = new Set<string>();
  /** messages whose files are being fetched, by the key of their turn */
  const arriving = new Map<string, Promise<void>>();

  return {
    takeTurn,
    handlers: [fetchHandler((key) => arriving.has(key), { fetch: fetchedAnew, giveUp, giveUpUnread })],
  };

  async function takeTurn(incoming: Incoming): Promise<TurnAnswer> {
    switch (incoming.kind) {
      case 'message':
      case 'edited':
      case 'press':
      case 'search':
      case 'propose-dialog-opened':
      case 'propose-dialog-sent':
        return await answeredTurn(incoming);
      case 'joined':
        if (incoming.from !== undefined) {
          await directory.identify(incoming.from, incoming.place, incoming.serviceUrl);
        }
        // Teams tells of one installation in two activities, both at once.
        if (!greeted.has(incoming.place.conversationId)) {
          greeted.add(incoming.place.conversationId);
          await answers.post(
            placeOf(incoming.place, incoming.serviceUrl),
            { show: 'welcome' },
            { kind: 'everybody' },
          );
        }
        return { answer: 'nothing' };
      case 'left':
        greeted.delete(incoming.place.conversationId);
        return { answer: 'nothing' };
      case 'members-changed':
        guests.forget();
        if (incoming.place.kind !== 'personal') {
          const { place, serviceUrl } = incoming;
          const { conversationId } = place;
          await desk.executor.execute({
            command: 'roster.changed',
            id: rosterId(conversationId),
            params: { conversationId, serviceUrl },
            actor: crier,
          });
        }
        return { answer: 'nothing' };
      case 'other':
        return { answer: 'nothing' };
    }
  }

  /** One boundary for faults: somebody who said or pressed something is told that it did not work. */
  async function answeredTurn(incoming: FromSomebody): Promise<TurnAnswer> {
    try {
      return await handled(incoming);
    } catch (fault) {
      return await inWords(incoming, await broken(fault, incoming));
    }
  }

  /** What is said of a fault: what is not so, or that one release of Crier met what a newer one has written. */
  async function broken(thrown: unknown, incoming: FromSomebody): Promise<Told> {
    const { fault, command, facts } = await brokenOff(thrown, incoming, desk);
    log.fault('a turn failed', fault, { kind: incoming.kind, ...(command === undefined ? {} : { command }) });
    if (fault instanceof UnknownForm) return sayNotice('newer-release', {});
    return facts === undefined ? sayNotice('something-broke', {}) : sayNotice('not-done', facts);
  }

  async function handled(incoming: FromSomebody): Promise<TurnAnswer> {
    const who = await directory.identify(incoming.from, incoming.place, incoming.serviceUrl);
    // What people write to each other is no business of Crier's, unless it has answered that before.
    if (incoming.kind === 'edited' && !incoming.mentions) {
      const isAnswered = who.who === 'person' && (await wasAnswered(turnOf(incoming, who.person), desk));
      if (!isAnswered) return { answer: 'nothing' };
    }
    switch (who.who) {
      case 'stranger':
        return await inWords(incoming, sayNotice('stranger', {}));
      case 'other-object-id':
        log.warn('a name came with another object id', { id: who.person });
        return await inWords(incoming, sayNotice('other-object-id', {}));
      case 'not-now':
        return await inWords(incoming, sayNotice('not-known-now', {}));
      case 'person':
        break;
    }
    const turn = turnOf(incoming, who.person);
    const viewer: Viewer = { kind: 'person', person: who.person };
    const long = tooMuchTyped(incoming);
    if (long !== undefined) return await refusedUnread(incoming, long, turn);
    switch (incoming.kind) {
      case 'message':
        if (incoming.leftBehind) {
          await answeredLeftBehind(incoming, turn);
          return { answer: 'nothing' };
        }
        if (turn.files.length === 0 && !bringsLinked(incoming.text, desk))
          await answeredWords(incoming, turn);
        else await answeredFiles(incoming, turn);
        return { answer: 'nothing' };
      case 'edited':
        await answeredEdit(incoming, turn);
        return { answer: 'nothing' };
      case 'press': {
        const came = await pressed(incoming.verb, incoming.data, turn, desk);
        const { cardActivityId: activityId } = incoming;
        const asked = incoming.refresh ? withSaid(came, activityId, turn.person, turn.now) : came;
        const reply = await answers.formInOwnChat(asked, incoming, turn);
        if (reply.show === 'notice' && reply.over === true) return { answer: 'notice', text: reply.words };
        const content = await draw.reply(reply, viewer, turn.of);
        if (activityId !== undefined && !incoming.refresh) {
          const brought = broughtBy(reply, content);
          if (incoming.place.kind === 'personal') {
            const posted = { activityId, conversationId: incoming.place.conversationId };
            await answers.follow(reply, { posted, brought }, incoming.serviceUrl, turn);
          }
          await desk.beside(
            noteAnswer(reply, { activityId, brought, data: incoming.data }, turn.person, desk),
          );
        }
        if (content === undefined) return { answer: 'notice', text: sayNotice('card-comes', {}).words };
        if ('text' in content) return { answer: 'notice', text: content.text };
        // What everybody in a Teams channel was asked is answered for everybody there.
        if (activityId !== undefined && (came.show === 'channel' || came.show === 'channel-asked'))
          await answers.inPlace(incoming, activityId, content);
        // What was typed stays in the card that was pressed.
        return fits(content.card)
          ? { answer: 'card', card: content.card }
          : { answer: 'notice', text: noRoomWords(saidIn(reply)) };
      }
      case 'search':
        return await search(incoming, turn);
      case 'propose-dialog-opened':
        return await proposing.opened(incoming.message, turn);
      case 'propose-dialog-sent':
        try {
          return await proposing.sent(incoming.data, turn, () => directory.hasChat(turn.person, incoming));
        } catch (fault) {
          // Words alone would close the dialog, and what was typed there stands nowhere else.
          return proposing.again(incoming.data, turn.person, sentences(await broken(fault, incoming)));
        }
    }
  }

  /** Says what is too long; what was typed on a card stays there, to be shortened. */
  async function refusedUnread(incoming: FromSomebody, long: LongText, turn: Turn): Promise<TurnAnswer> {
    const words = tooLongWords(long, [], desk.rules());
    if (incoming.kind === 'propose-dialog-sent') return proposing.again(incoming.data, turn.person, words);
    const post = async (): Promise<void> =>
      await answers.toMessage(incoming, notice('too-much-typed', long), turn);
    return await inPlaceOf(incoming, post, words);
  }

  /** A message counts as it was sent: whoever changes it hears what to do instead, each time it says something else. */
  async function answeredEdit(incoming: FromSomebody & { readonly text: string }, turn: Turn): Promise<void> {
    const reply = await saidAnew(incoming.text, turn, desk);
    if (reply !== undefined) await answers.toMessage(incoming, reply, turn);
  }

  /** Words in a Teams channel of which Teams has not handed over the file. */
  async function answeredLeftBehind(incoming: Message, turn: Turn): Promise<void> {
    const { text } = incoming;
    const reply = isDoneBeforePhoto(text) ? await answeredWords(incoming, turn) : undefined;
    const proposal = isDoneWithoutPhotos(text) ? undefined : reply;
    const next = await fileLeftBehind(text, proposal, turn, desk);
    if (next !== undefined) await answers.toMessage(incoming, next, turn);
  }

  /** @returns what was answered */
  async function answeredWords(incoming: Message, turn: Turn): Promise<Reply> {
    const reply = await said(incoming.text, turn, desk);
    const isNoted = !isTheirs(reply) || (await desk.beside(noteWords(turn, desk)));
    await answers.toMessage(incoming, reply, isNoted ? turn : withUnnotedWords(turn));
    if (turn.files.some(({ name }) => !isCaptions(name)) && isDoneWithoutPhotos(incoming.text)) {
      await answers.toMessage(incoming, notice('photo-not-used', {}), turn);
    }
    return reply;
  }

  /**
   * A long video takes minutes to come, and Teams waits for seconds, then tells of the message once more: after a
   * while whoever sent it hears that it is on its way, and the second telling joins the first. Once they have heard
   * that, it is kept, so that it comes although this process may not live to see it; a telling after that joins what
   * is kept.
   */
  async function answeredFiles(incoming: Message, turn: Turn): Promise<void> {
    if (arriving.has(turn.key)) return;
    const fetched = async (): Promise<void> => {
      if (await comesAlready(turn, desk))
        await answers.toMessage(incoming, notice('file-on-its-way', {}), turn);
      else await answeredWords(incoming, turn);
    };
    const work = fetched().finally(() => arriving.delete(turn.key));
    arriving.set(turn.key, work);
    const patience = new AbortController();
    const soon = await Promise.race([
      work.then(() => true).finally(() => patience.abort()),
      pause(filesWithin, false, { signal: patience.signal }).catch(() => true),
    ]);
    if (soon) return await work;
    const told = orInWords(work, incoming);
    await keepComing(incoming, turn, told, desk, log);
    await answers.toMessage(incoming, notice('file-on-its-way', {}), turn);
  }

  /** What was said of times was said then. */
  function turnThen({ incoming, person, at }: Anew): Turn {
    const turn = turnOf(incoming, person);
    return { ...turn, now: at, of: { ...turn.of, at } };
  }

  /** A message whose files did not come before their process died, answered as if it came now. */
  async function fetchedAnew(message: Anew): Promise<void> {
    const { incoming } = message;
    const turn = turnThen(message);
    const work = answeredWords(incoming, turn)
      .then(() => undefined)
      .finally(() => arriving.delete(turn.key));
    arriving.set(turn.key, work);
    await orInWords(work, incoming);
  }

  async function giveUp(message: Anew): Promise<void> {
    const turn = turnThen(message);
    await answers.toMessage(message.incoming, didNotCome(turn.files), turn);
  }

  async function giveUpUnread(person: string): Promise<void> {
    log.warn('a kept message cannot be read by this release', { id: person });
    const chat = await answers.ownChat(person);
    if (chat !== undefined) await answers.post(chat, didNotCome(), { kind: 'person', person });
  }

  function didNotCome(files: readonly Pick<SentFile, 'name'>[] = []): Reply {
    const all = files.length === 0 ? [{ name: namelessFile() }] : files;
    const refused = all.map(({ name }) => ({ name, refusal: { what: 'file', why: 'not-reached' } as const }));
    return notice('file-refused', { refused });
  }

  /** Whoever waits for what is under way without a turn is told where it breaks. */
  async function orInWords(work: Promise<unknown>, incoming: FromSomebody): Promise<void> {
    try {
      await work;
    } catch (fault) {
      await inWords(incoming, await broken(fault, incoming));
    }
  }

  function turnOf(incoming: FromSomebody, person: string): Turn {
    const { place, reference, serviceUrl } = incoming;
    const key = keyOf(incoming) ?? '';
    const now = desk.clock();
    return {
      person,
      where: {
        kind: place.kind,
        conversationId: place.conversationId,
        threadId: reference.conversationId,
        serviceUrl,
      },
      key,
      now,
      of: originOf(incoming, { person, key, now }),
      files: incoming.kind === 'message' ? incoming.attachments.filter(isFile).map(fileOf) : [],
    };
  }

  function fileOf(attachment: IncomingAttachment, n: number, all: readonly unknown[]): SentFile {
    return {
      ...(attachment.name === ''
        ? { name: namelessFile(n + 1, all.length), unnamed: true }
        : { name: attachment.name }),
      open: async (): Promise<FileOpened> => {
        const fetched = await courier.fetchAttachment(attachment);
        if (fetched.fetched) {
          const { bytes, size } = fetched;
          return { ok: true, bytes, ...(size === undefined ? {} : { size }) };
        }
        return {
          ok: false,
          what: 'file',
          why: fetched.why === 'not-from-teams' ? fetched.why : 'not-reached',
        };
      },
    };
  }

  async function inWords(incoming: FromSomebody, told: Told): Promise<TurnAnswer> {
    const post = async (): Promise<void> => {
      const place = placeOf(incoming.place, incoming.serviceUrl);
      await answers.post(place, { show: 'notice', ...told }, { kind: 'everybody' });
    };
    return await inPlaceOf(incoming, post, sentences(told));
  }
}

/** Why nothing of what somebody said or pressed was looked at, or what came of it where it broke off. */
type Told = ReturnType<typeof sayNotice>;

const sentences = ({ title, words }: Told): string => `${title}. ${words}`;

/** Words in place of what somebody asked for: posted below a message, else said where they asked. */
async function inPlaceOf(
  { kind }: FromSomebody,
  post: () => Promise<void>,
  words: string,
): Promise<TurnAnswer> {
  if (kind !== 'message' && kind !== 'edited') return { answer: 'notice', text: words };
  await post();
  return { answer: 'nothing' };
}

/** What an answer says beside the post itself. */
function saidIn(reply: Reply): string {
  if (reply.show !== 'post') return '';
  return [reply.notice ?? '', ...Object.values(reply.errors ?? {})].filter((words) => words !== '').join(' ');
}

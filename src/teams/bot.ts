import { setTimeout as pause } from 'node:timers/promises';
import type { BoundHandler } from '../core/handler.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { maySee } from '../posts/may.ts';
import { postKind } from '../posts/kind.ts';
import { personDocument, personKind } from '../people/person.ts';
import { noRoomWords } from '../words/long-texts.ts';
import { sayNotice, type TypedNotices } from '../words/typed.ts';
import { keyOf, type Incoming, type IncomingAttachment } from './activity.ts';
import type { SearchResult, TakeTurn, TurnAnswer } from './adapter.ts';
import { comesAlready, fetchHandler, keepComing, type Anew, type Message } from './arriving.ts';
import type { Content, Courier, Place, SendOutcome } from './courier.ts';
import { postIdFrom, postById, type Desk } from './desk.ts';
import { fits } from './cards/room.ts';
import type { Viewer } from './cards/viewer.ts';
import { bringsLinked } from './linked-files.ts';
import { pressed } from './presses.ts';
import { notice } from './notices.ts';
import { noteForm, opensForm } from './open-forms.ts';
import type { Reply } from './reply.ts';
import { said } from './said.ts';
import type { FileOpened, SentFile, Turn } from './turn.ts';
import { proposeText } from './typed/propose.ts';
import { placeOf, type Directory } from './who.ts';

/** What the bot stands on. */
export interface BotParts {
  readonly desk: Desk;
  readonly directory: Directory;
  readonly courier: Courier;
  /** takes one send out of the conversation's budget, or says how long to wait */
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  readonly draw: Draw;
  readonly log: Log;
  /** how long files may take before whoever sent them hears that they are on their way; some seconds when absent */
  readonly filesWithin?: Millis;
}

/** Draws an answer for whoever sees it. Nothing to show: undefined. */
export interface Draw {
  readonly reply: (reply: Reply, viewer: Viewer) => Promise<Content | undefined>;
  /** the form of the dialog, again with what was typed when something is wrong with it */
  readonly proposeForm: (
    person: string,
    again?: { readonly notice: string; readonly typed: Readonly<Record<string, string>> },
  ) => Content;
}

type FromSomebody = Extract<
  Incoming,
  { readonly kind: 'message' | 'press' | 'search' | 'propose-dialog-opened' | 'propose-dialog-sent' }
>;

/** Where an answer's card stands. */
interface PostedAt {
  readonly activityId: string;
  readonly conversationId: string;
}

/** How long an answer may wait for its conversation to take one more message. */
const longestWait = 10_000;
/** How long a message's files may take before whoever sent them hears that they are on their way. */
const longestFetch = 8_000;
/** What a file is called that has no name. */
const nameless = 'the file you sent';
/** How long posting an answer may take. */
const answerDeadline = 15_000;

/** What speaks with people in Teams. */
export interface Bot {
  readonly takeTurn: TakeTurn;
  /** goes on with what an earlier process left unfinished */
  readonly handlers: readonly BoundHandler[];
}

/** Turns what comes from Teams into commands, and their answers into cards. */
export function createBot(parts: BotParts): Bot {
  const { desk, directory, courier, draw, log, filesWithin = longestFetch } = parts;
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
          await post(
            placeOf(incoming.place, incoming.serviceUrl),
            { show: 'welcome' },
            { kind: 'everybody' },
          );
        }
        return { answer: 'nothing' };
      case 'left':
        greeted.delete(incoming.place.conversationId);
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
      log.fault('a turn failed', fault, { kind: incoming.kind });
      return await inWords(incoming, 'something-broke');
    }
  }

  async function handled(incoming: FromSomebody): Promise<TurnAnswer> {
    const who = await directory.identify(incoming.from, incoming.place, incoming.serviceUrl);
    switch (who.who) {
      case 'stranger':
        return await inWords(incoming, 'stranger');
      case 'other-object-id':
        log.warn('a name came with another object id', { id: who.person });
        return await inWords(incoming, 'other-object-id');
      case 'not-now':
        return await inWords(incoming, 'something-broke');
      case 'person':
        break;
    }
    const turn = turnOf(incoming, who.person);
    const viewer: Viewer = { kind: 'person', person: who.person };
    switch (incoming.kind) {
      case 'message':
        if (incoming.leftBehind) {
          await answerMessage(incoming, notice('photo-in-own-chat', {}), turn);
          return { answer: 'nothing' };
        }
        await (turn.files.length === 0 && !bringsLinked(incoming.text, desk)
          ? answeredWords(incoming, turn)
          : answeredFiles(incoming, turn));
        return { answer: 'nothing' };
      case 'press': {
        const came = await pressed(incoming.verb, incoming.data, turn, desk);
        const reply = await formInOwnChat(came, incoming, turn);
        const content = await draw.reply(reply, viewer);
        const { cardActivityId: activityId } = incoming;
        if (activityId !== undefined && !incoming.refresh) {
          const form = opensForm(reply, content);
          if (incoming.place.kind === 'personal') {
            const posted = { activityId, conversationId: incoming.place.conversationId };
            await follow(reply, { posted, form }, incoming.serviceUrl, turn);
          }
          await noteForm(reply, { activityId, form, data: incoming.data }, turn.person, desk);
        }
        if (content === undefined || 'text' in content) return { answer: 'nothing' };
        // What was typed stays in the card that was pressed.
        return fits(content.card)
          ? { answer: 'card', card: content.card }
          : { answer: 'notice', text: noRoomWords(saidIn(reply)) };
      }
      case 'search':
        return { answer: 'found', results: await found(incoming.text, incoming.count, who.person) };
      case 'propose-dialog-opened':
        return dialog(draw.proposeForm(who.person));
      case 'propose-dialog-sent':
        return await proposed(incoming.data, turn);
    }
  }

  async function answeredWords(incoming: Message, turn: Turn): Promise<void> {
    await answerMessage(incoming, await said(incoming.text, turn, desk), turn);
  }

  /**
   * A long video takes minutes to come, and Teams waits for seconds, then tells of the message once more: after a
   * while whoever sent it hears that it is on its way, and the second telling joins the first. Once they have heard
   * that, it is kept, so that it comes although this process may not live to see it; a telling after that joins what
   * is kept.
   */
  async function answeredFiles(incoming: Message, turn: Turn): Promise<void> {
    if (arriving.has(turn.key)) return;
    const fetched = async (): Promise<void> =>
      (await comesAlready(turn, desk))
        ? await answerMessage(incoming, notice('file-on-its-way', {}), turn)
        : await answeredWords(incoming, turn);
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
    await answerMessage(incoming, notice('file-on-its-way', {}), turn);
  }

  /** What was said of times was said then. */
  function turnThen({ incoming, person, at }: Anew): Turn {
    return { ...turnOf(incoming, person), now: at };
  }

  /** A message whose files did not come before their process died, answered as if it came now. */
  async function fetchedAnew(message: Anew): Promise<void> {
    const { incoming } = message;
    const turn = turnThen(message);
    const work = answeredWords(incoming, turn).finally(() => arriving.delete(turn.key));
    arriving.set(turn.key, work);
    await orInWords(work, incoming);
  }

  async function giveUp(message: Anew): Promise<void> {
    const turn = turnThen(message);
    await answerMessage(message.incoming, didNotCome(turn.files[0]?.name), turn);
  }

  async function giveUpUnread(person: string): Promise<void> {
    log.warn('a kept message cannot be read by this release', { id: person });
    const chat = await ownChat(person);
    if (chat !== undefined) await post(chat, didNotCome(), { kind: 'person', person });
  }

  function didNotCome(name = nameless): Reply {
    return notice('file-refused', { name, refusal: { what: 'file', why: 'not-reached' } });
  }

  /** Whoever waits for what is under way without a turn is told where it breaks. */
  async function orInWords(work: Promise<void>, incoming: FromSomebody): Promise<void> {
    try {
      await work;
    } catch (fault) {
      log.fault('a turn failed', fault, { kind: incoming.kind });
      await inWords(incoming, 'something-broke');
    }
  }

  /** The dialog's answer: the post is in the person's own chat, or the form comes back with what is wrong. */
  async function proposed(data: Readonly<Record<string, unknown>>, turn: Turn): Promise<TurnAnswer> {
    const field = (name: string): string => {
      const value = data[name];
      return typeof value === 'string' ? value.trim() : '';
    };
    const department = desk.rules().departments[field('department')];
    const text = `${department === undefined ? '' : `for ${department.short}: `}${field('text')}`;
    const own: Turn = { ...turn, where: { ...turn.where, kind: 'personal' } };
    const reply = await proposeText(text, own, desk, {
      ...(field('when') === '' ? {} : { when: field('when') }),
      ...(field('until') === '' ? {} : { until: field('until') }),
    });
    const post = await postById(desk, postIdFrom(turn.key));
    if (reply.show === 'nothing' || post !== undefined) {
      const words = sayNotice('card-in-own-chat', { number: post?.number ?? 0 });
      const content = await draw.reply({ show: 'notice', ...words }, { kind: 'person', person: turn.person });
      return content === undefined ? { answer: 'nothing' } : dialog(content);
    }
    if (reply.show === 'notice') {
      const typed = {
        department: field('department'),
        text: field('text'),
        when: field('when'),
        until: field('until'),
      };
      return dialog(draw.proposeForm(turn.person, { notice: reply.words, typed }));
    }
    const content = await draw.reply(reply, { kind: 'person', person: turn.person });
    return content === undefined ? { answer: 'nothing' } : dialog(content);
  }

  function turnOf(incoming: FromSomebody, person: string): Turn {
    const { place, reference, serviceUrl } = incoming;
    return {
      person,
      where: {
        kind: place.kind,
        conversationId: place.conversationId,
        threadId: reference.conversationId,
        serviceUrl,
      },
      key: keyOf(incoming) ?? '',
      now: desk.clock(),
      files: incoming.kind === 'message' ? incoming.attachments.filter(isFile).map(fileOf) : [],
    };
  }

  function fileOf(attachment: IncomingAttachment): SentFile {
    return {
      name: attachment.name === '' ? nameless : attachment.name,
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

  /**
   * Answers a message. In a Teams channel everybody reads along, so what is only for whoever asked goes to their
   * own chat.
   */
  async function answerMessage(incoming: FromSomebody, reply: Reply, turn: Turn): Promise<void> {
    const here = placeOf(incoming.place, incoming.serviceUrl);
    const viewer: Viewer = { kind: 'person', person: turn.person };
    if (incoming.place.kind === 'personal') {
      await postFollowed(here, reply, viewer, turn);
      return;
    }
    if (reply.show === 'post' && reply.view === 'main' && reply.notice === undefined) {
      await postFollowed(here, reply, { kind: 'everybody' }, turn);
      return;
    }
    if (
      reply.show === 'notice' ||
      reply.show === 'help' ||
      reply.show === 'welcome' ||
      reply.show === 'nearest'
    ) {
      return await post(here, reply, viewer);
    }
    if (reply.show === 'channel' || reply.show === 'nothing') return await post(here, reply, viewer);
    const chat = await ownChat(turn.person);
    if (chat === undefined) return await post(here, notice('ask-in-own-chat', {}), viewer);
    await postFollowed(chat, reply, viewer, turn);
    await post(here, notice('answered-in-own-chat', {}), viewer);
  }

  /**
   * A change has to be seen by everybody in a Teams channel, and would take with it what somebody is typing into the
   * card there: a form goes to their own chat, where it is left alone. Where they have none, it is left alone here.
   */
  async function formInOwnChat(reply: Reply, { place }: FromSomebody, turn: Turn): Promise<Reply> {
    if (place.kind === 'personal' || reply.show !== 'post') return reply;
    const viewer: Viewer = { kind: 'person', person: turn.person };
    if (!opensForm(reply, await draw.reply(reply, viewer))) return reply;
    const chat = await ownChat(turn.person);
    if (chat === undefined || !(await postFollowed(chat, reply, viewer, turn))) return reply;
    const { post } = reply;
    const { words } = sayNotice('card-in-own-chat', { number: post.number });
    return { show: 'post', post, view: 'main', notice: words };
  }

  async function ownChat(person: string): Promise<Extract<Place, { readonly kind: 'personal' }> | undefined> {
    const { chat } = (await desk.executor.load(personKind, personDocument(person)))?.state ?? {};
    if (chat === undefined) return undefined;
    const { conversationId, serviceUrl } = chat;
    return { kind: 'personal', conversationId, serviceUrl };
  }

  /** Posts an answer. It is no durable effect: whoever asked can ask again. */
  async function post(place: Place, reply: Reply, viewer: Viewer): Promise<void> {
    await postedAt(place, reply, viewer);
  }

  async function postedAt(
    place: Place,
    reply: Reply,
    viewer: Viewer,
  ): Promise<(Extract<SendOutcome, { readonly sent: true }> & { readonly content: Content }) | undefined> {
    const content = await draw.reply(reply, viewer);
    if (content === undefined) return undefined;
    if (place.kind !== 'personal-new' && !(await takesPost(place.conversationId))) return undefined;
    const sent = await courier.post(place, content, AbortSignal.timeout(answerDeadline));
    if (sent.sent) return { ...sent, content };
    log.warn('an answer could not be posted', { reason: sent.why });
    return undefined;
  }

  /** Posts an answer; the card of a post in it is the one in this place that shows how the post goes on. */
  async function postFollowed(place: Place, reply: Reply, viewer: Viewer, turn: Turn): Promise<boolean> {
    const sent = await postedAt(place, reply, viewer);
    if (sent === undefined) return false;
    const { activityId, conversationId, content } = sent;
    const form = opensForm(reply, content);
    await follow(reply, { posted: { activityId, conversationId }, form }, place.serviceUrl, turn, viewer);
    return true;
  }

  async function follow(
    reply: Reply,
    { posted, form }: { readonly posted: PostedAt; readonly form: boolean },
    serviceUrl: string,
    { person, where }: Turn,
    viewer: Viewer = { kind: 'person', person },
  ): Promise<void> {
    if (reply.show !== 'post') return;
    const { copies, id, turn } = reply.post;
    if (copies.some((copy) => copy.posted?.activityId === posted.activityId)) return;
    const owner =
      viewer.kind === 'person' ? await desk.executor.load(personKind, personDocument(person)) : undefined;
    const objectId = owner?.state.objectId;
    await desk.executor.execute({
      command: 'post.card-moved',
      id,
      params: {
        to:
          viewer.kind === 'person'
            ? { kind: 'person', person }
            : { kind: 'thread', conversationId: where.threadId },
        posted: objectId === undefined ? posted : { ...posted, objectId },
        turn,
        serviceUrl,
        ...(form ? { form } : {}),
      },
      actor: { by: 'crier' },
    });
  }

  /** Waits until the conversation may have one more message; a storm in it is not waited for. */
  async function takesPost(conversationId: string): Promise<boolean> {
    for (let waited = 0; ;) {
      const wait = await parts.mayPost(conversationId);
      if (wait === undefined) return true;
      waited += wait.wait;
      if (waited > longestWait) {
        log.warn('an answer was left out, the conversation being at its limit', { milliseconds: waited });
        return false;
      }
      await pause(wait.wait);
    }
  }

  async function inWords(
    incoming: FromSomebody,
    code: 'stranger' | 'other-object-id' | 'something-broke',
  ): Promise<TurnAnswer> {
    const facts: TypedNotices[typeof code] = {};
    const words = sayNotice(code, facts);
    switch (incoming.kind) {
      case 'message':
        await post(
          placeOf(incoming.place, incoming.serviceUrl),
          { show: 'notice', ...words },
          { kind: 'everybody' },
        );
        return { answer: 'nothing' };
      case 'search':
        return { answer: 'found', results: [] };
      case 'press':
      case 'propose-dialog-opened':
      case 'propose-dialog-sent':
        return { answer: 'notice', text: `${words.title}. ${words.words}` };
    }
  }

  /** Posts that hold every typed word, those that the person may see. */
  async function found(text: string, count: number, person: string): Promise<readonly SearchResult[]> {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    const listed =
      words.length === 0
        ? await desk.executor.store.list({
            kind: postKind.kind,
            index: 'of-author',
            equals: person,
            limit: count,
          })
        : await desk.executor.store.search(postKind.kind, words.slice(0, 5), count * 2);
    const results: SearchResult[] = [];
    for (const { id } of listed.items) {
      const state = await postById(desk, id);
      if (state === undefined || !maySee(state, person, desk.rules())) continue;
      const content = await draw.reply({ show: 'post', post: state, view: 'main' }, { kind: 'everybody' });
      if (content === undefined || 'text' in content) continue;
      results.push({
        title: `#${state.number}`,
        text: state.revision.text.slice(0, 120),
        card: content.card,
      });
      if (results.length >= count) break;
    }
    return results;
  }
}

/** What an answer says beside the post itself. */
function saidIn(reply: Reply): string {
  if (reply.show !== 'post') return '';
  return [reply.notice ?? '', ...Object.values(reply.errors ?? {})].filter((words) => words !== '').join(' ');
}

function dialog(content: Content): TurnAnswer {
  return 'text' in content
    ? { answer: 'notice', text: content.text }
    : { answer: 'dialog', title: 'Propose a post', card: content.card };
}

/** Teams also sends the text of a message as an html attachment; that is no file. */
const isFile = (attachment: IncomingAttachment): boolean =>
  /^(?:image|video)\//u.test(attachment.contentType) ||
  attachment.contentType === 'application/vnd.microsoft.teams.file.download.info';

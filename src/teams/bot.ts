import type { BoundHandler } from '../core/handler.ts';
import type { LongText } from '../core/too-long.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { tooLongWords } from '../words/too-long.ts';
import { sayNotice } from '../words/typed.ts';
import type { Incoming } from './activity.ts';
import type { TakeTurn, TurnAnswer } from './adapter.ts';
import { answeredPress } from './answered-press.ts';
import { createAnswers } from './answers.ts';
import type { Message } from './arriving.ts';
import type { Courier } from './courier.ts';
import type { Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import type { Guests } from './guests.ts';
import { createInstalled } from './installed.ts';
import { createInWords, inPlaceOf, sentences } from './in-words.ts';
import { bringsLinked } from './linked-files.ts';
import { answeredEdit, answeredLeftBehind, answeredWords } from './messages.ts';
import { createMessagesWithFiles } from './messages-with-files.ts';
import { namingWhatFails } from './not-done.ts';
import { notice } from './notices.ts';
import { proposeDialog } from './propose-dialog.ts';
import { wasAnswered } from './said-anew.ts';
import { createSearch } from './search.ts';
import { tooMuchTyped } from './too-long.ts';
import type { Turn } from './turn.ts';
import { turnsOf, type FromSomebody } from './turns.ts';
import type { Directory } from './who.ts';

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

/** How long a message's files may take before whoever sent them hears that they are on their way. */
const longestFetch = 8_000;

/** What speaks with people in Teams. */
export interface Bot {
  readonly takeTurn: TakeTurn;
  /** goes on with what an earlier process left unfinished */
  readonly handlers: readonly BoundHandler[];
}

const nothing: TurnAnswer = { answer: 'nothing' };

/** Turns what comes from Teams into commands, and their answers into cards. */
export function createBot(parts: BotParts): Bot {
  const { directory, courier, draw, log, filesWithin = longestFetch } = parts;
  const desk: Desk = { ...parts.desk, executor: namingWhatFails(parts.desk.executor) };
  const answers = createAnswers({ ...parts, desk });
  const inWords = createInWords({ desk, answers, log });
  const installed = createInstalled({ ...parts, desk, answers });
  const turnOf = turnsOf(desk.clock, courier);
  const answering = { desk, answers, draw };
  const withFiles = createMessagesWithFiles({ ...answering, inWords, turnOf, log, filesWithin });
  const proposing = proposeDialog(desk, draw);
  const search = createSearch(desk, draw);

  return { takeTurn, handlers: [withFiles.handler] };

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
        await installed.joined(incoming);
        return nothing;
      case 'left':
        installed.left(incoming.place);
        return nothing;
      case 'members-changed':
        await installed.membersChanged(incoming);
        return nothing;
      case 'other':
        return nothing;
    }
  }

  /** One boundary for faults: somebody who said or pressed something is told that it did not work. */
  async function answeredTurn(incoming: FromSomebody): Promise<TurnAnswer> {
    try {
      return await identified(incoming);
    } catch (fault) {
      return await inWords.say(incoming, await inWords.broken(fault, incoming));
    }
  }

  /** Only people of the council are answered, and what they write to each other is no business of Crier's. */
  async function identified(incoming: FromSomebody): Promise<TurnAnswer> {
    const who = await directory.identify(incoming.from, incoming.place, incoming.serviceUrl);
    // Unless it has answered that before.
    if (incoming.kind === 'edited' && !incoming.mentions) {
      const isAnswered = who.who === 'person' && (await wasAnswered(turnOf(incoming, who.person), desk));
      if (!isAnswered) return nothing;
    }
    switch (who.who) {
      case 'stranger':
        return await inWords.say(incoming, sayNotice('stranger', {}));
      case 'other-object-id':
        log.warn('a name came with another object id', { id: who.person });
        return await inWords.say(incoming, sayNotice('other-object-id', {}));
      case 'not-now':
        return await inWords.say(incoming, sayNotice('not-known-now', {}));
      case 'person':
        return await ofPerson(incoming, turnOf(incoming, who.person));
    }
  }

  async function ofPerson(incoming: FromSomebody, turn: Turn): Promise<TurnAnswer> {
    const long = tooMuchTyped(incoming);
    if (long !== undefined) return await refusedUnread(incoming, long, turn);
    switch (incoming.kind) {
      case 'message':
        await ofMessage(incoming, turn);
        return nothing;
      case 'edited':
        await answeredEdit(incoming, turn, answering);
        return nothing;
      case 'press':
        return await answeredPress(incoming, turn, answering);
      case 'search':
        return await search(incoming, turn);
      case 'propose-dialog-opened':
        return await proposing.opened(incoming.message, turn);
      case 'propose-dialog-sent':
        try {
          return await proposing.sent(incoming.data, turn, () => directory.hasChat(turn.person, incoming));
        } catch (fault) {
          // Words alone would close the dialog, and what was typed there stands nowhere else.
          const told = await inWords.broken(fault, incoming);
          return proposing.again(incoming.data, turn.person, sentences(told));
        }
    }
  }

  async function ofMessage(incoming: Message, turn: Turn): Promise<void> {
    if (incoming.leftBehind) return await answeredLeftBehind(incoming, turn, answering);
    if (turn.files.length > 0 || bringsLinked(incoming.text, desk))
      return await withFiles.answered(incoming, turn);
    await answeredWords(incoming, turn, answering);
  }

  /** Says what is too long; what was typed on a card stays there, to be shortened. */
  async function refusedUnread(incoming: FromSomebody, long: LongText, turn: Turn): Promise<TurnAnswer> {
    const words = tooLongWords(long, [], desk.rules());
    if (incoming.kind === 'propose-dialog-sent') return proposing.again(incoming.data, turn.person, words);
    const post = async (): Promise<void> =>
      await answers.toMessage(incoming, notice('too-much-typed', long), turn);
    return await inPlaceOf(incoming, post, words);
  }
}

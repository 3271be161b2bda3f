import { setTimeout as pause } from 'node:timers/promises';
import type { BoundHandler } from '../core/handler.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { namelessFile } from '../words/files.ts';
import type { Answers } from './answers.ts';
import { comesAlready, fetchHandler, keepComing, type Anew, type Message } from './arriving.ts';
import type { InWords } from './in-words.ts';
import { answeredWords, type MessageParts } from './messages.ts';
import { notice } from './notices.ts';
import type { Reply } from './reply.ts';
import type { SentFile, Turn } from './turn.ts';
import type { TurnOf } from './turns.ts';

/** What answers to messages with files stand on. */
interface WithFilesParts extends MessageParts {
  readonly answers: Answers;
  readonly inWords: InWords;
  readonly turnOf: TurnOf;
  readonly log: Pick<Log, 'warn' | 'fault'>;
  /** how long a message's files may take before whoever sent them hears that they are on their way */
  readonly filesWithin: Millis;
}

/** Answers messages whose files take a while to come. */
export interface MessagesWithFiles {
  readonly answered: (incoming: Message, turn: Turn) => Promise<void>;
  /** goes on with what an earlier process left unfinished */
  readonly handler: BoundHandler;
}

/** Begins with nothing on its way here. */
export function createMessagesWithFiles(parts: WithFilesParts): MessagesWithFiles {
  const { desk, answers, inWords, turnOf, log, filesWithin } = parts;
  /** messages whose files are being fetched, by the key of their turn */
  const arriving = new Map<string, Promise<void>>();

  function arrives(turn: Turn, work: Promise<void>): Promise<void> {
    const known = work.finally(() => arriving.delete(turn.key));
    arriving.set(turn.key, known);
    return known;
  }

  /**
   * A long video takes minutes to come, and Teams waits for seconds, then tells of the message once more: after a
   * while whoever sent it hears that it is on its way, and the second telling joins the first. Once they have heard
   * that, it is kept, so that it comes although this process may not live to see it; a telling after that joins what
   * is kept.
   */
  async function answered(incoming: Message, turn: Turn): Promise<void> {
    if (arriving.has(turn.key)) return;
    const fetched = async (): Promise<void> => {
      if (await comesAlready(turn, desk))
        await answers.toMessage(incoming, notice('file-on-its-way', {}), turn);
      else await answeredWords(incoming, turn, parts);
    };
    const work = arrives(turn, fetched());
    const patience = new AbortController();
    const soon = await Promise.race([
      work.then(() => true).finally(() => patience.abort()),
      pause(filesWithin, false, { signal: patience.signal }).catch(() => true),
    ]);
    if (soon) return await work;
    const told = inWords.orSay(work, incoming);
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
    const words = answeredWords(incoming, turn, parts).then(() => undefined);
    await inWords.orSay(arrives(turn, words), incoming);
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

  return {
    answered,
    handler: fetchHandler((key) => arriving.has(key), { fetch: fetchedAnew, giveUp, giveUpUnread }),
  };
}

function didNotCome(files: readonly Pick<SentFile, 'name'>[] = []): Reply {
  const all = files.length === 0 ? [{ name: namelessFile() }] : files;
  const refused = all.map(({ name }) => ({ name, refusal: { what: 'file', why: 'not-reached' } as const }));
  return notice('file-refused', { refused });
}

import { z } from 'zod';
import { PerhapsDone, type Call, type Executor } from '../core/execute.ts';
import { UnknownForm } from '../core/forms.ts';
import { stops, type Stopped } from '../dispatch/account.ts';
import { maySee } from '../posts/deciding/may.ts';
import type { PostState } from '../posts/post.ts';
import { isTold, type NotDoneFacts } from '../words/not-done.ts';
import { isFile, keyOf, type Incoming } from './activity.ts';
import { postById, postByNumber, postIdFrom, type Desk } from './desk.ts';
import { typedFor } from './said.ts';
import { pictureFor } from './typed/picture.ts';
import type { AskedFor } from './typed/typed-command.ts';

/** What somebody asked for was not carried out, and nobody has refused it: the store failed, or a fault is in us. */
class NotDone extends Error {
  readonly call: Call;

  constructor(call: Call, fault: unknown) {
    super('a command was not carried out', { cause: fault });
    this.call = call;
  }
}

/** The same executor, whose faults say which command came to nothing: whoever asked for it is told what is not so. */
export const namingWhatFails = (executor: Executor): Executor => ({
  ...executor,
  execute: async (call) => {
    try {
      return await executor.execute(call);
    } catch (fault) {
      throw fault instanceof UnknownForm ? fault : new NotDone(call, fault);
    }
  },
});

/** What failed, and of which command, as it stands in the log. */
interface Failed {
  readonly fault: unknown;
  readonly command?: string;
}

/** @returns what failed behind what was thrown */
export function whatFailed(thrown: unknown): Failed {
  const cause = thrown instanceof NotDone ? thrown.cause : thrown;
  return {
    fault: cause instanceof PerhapsDone ? cause.cause : cause,
    ...(thrown instanceof NotDone ? { command: thrown.call.command } : {}),
  };
}

/** Where a turn broke off: the fault itself, and what is said of it. */
export interface BrokenOff extends Failed {
  /** absent: nothing is known of what was asked for */
  readonly facts?: NotDoneFacts;
}

const stopOf = z
  .object({ stop: z.enum(stops) })
  .or(z.object({ what: z.enum(stops) }).transform(({ what }) => ({ stop: what })));

const absenceOf = z
  .object({ person: z.string(), until: z.int().nullable() })
  .transform(({ until }) => ({ isBack: until === null }));

/** What is known of what somebody asked for, beside the posts that it was for. */
type About = Omit<NotDoneFacts, 'numbers' | 'posts' | 'by'> & AskedFor;

/**
 * By the command that failed, or, where that only went along with something else, by what the turn was about. What was
 * to be done to posts is told by how they stand now.
 */
export async function brokenOff(thrown: unknown, incoming: Incoming, desk: BrokenDesk): Promise<BrokenOff> {
  const failed = whatFailed(thrown);
  const about = aboutOf(thrown, askedFor(incoming));
  if (about === undefined) return failed;
  const { post, numbers, ...rest } = about;
  const reading: readonly Promise<PostState | undefined>[] =
    numbers?.map(async (number) => await postByNumber(desk, number)) ??
    (post === undefined ? [] : [postById(desk, post)]);
  const read = await Promise.all(reading.map(async (each) => await each.catch(() => undefined)));
  const there = read.filter((each) => each !== undefined);
  const by = personBehind(thrown);
  // How a post stands is nothing for those who may not see it.
  const posts = by === undefined ? [] : there.filter((each) => maySee(each, by, desk.rules()));
  return {
    ...failed,
    facts: {
      ...rest,
      ...(by === undefined ? {} : { by }),
      numbers: numbers ?? there.map(({ number }) => number),
      posts,
    },
  };
}

function personBehind(thrown: unknown): string | undefined {
  const actor = thrown instanceof NotDone ? thrown.call.actor : undefined;
  return actor?.by === 'person' ? actor.person : undefined;
}

type BrokenDesk = Pick<Desk, 'executor' | 'rules'>;

function aboutOf(thrown: unknown, asked: AskedFor | undefined): About | undefined {
  if (!(thrown instanceof NotDone) || !isTold(thrown.call.command))
    return asked !== undefined && isTold(asked.command) ? { ...asked, isKnown: false } : undefined;
  const { command, id, params } = thrown.call;
  const { numbers, post } = asked ?? {};
  return {
    command,
    ...(command.startsWith('post.') ? { post: id } : post === undefined ? {} : { post }),
    ...(numbers === undefined ? {} : { numbers }),
    ...stopOf.safeParse(params).data,
    ...absenceOf.safeParse(params).data,
    resuming: asked?.command === 'account.resume',
    isKnown: !(thrown.cause instanceof PerhapsDone),
  };
}

const pressedOn = z.object({ post: z.string() });
const pressedStop = z.object({ of: z.enum([...stops, 'resume']) });
const pressedWords = z.object({ words: z.string() });

/** What a turn was to do: by the verb of the button, or by the words that were typed or stand on it. */
function askedFor(incoming: Incoming): AskedFor | undefined {
  switch (incoming.kind) {
    case 'message': {
      const { text, attachments } = incoming;
      const asked = typedFor(text) ?? (attachments.some(isFile) ? fileFor(text) : undefined);
      return asked?.command === 'post.propose' ? { ...asked, ...made(incoming) } : asked;
    }
    case 'press': {
      const { verb, data } = incoming;
      const { words } = pressedWords.safeParse(data).data ?? {};
      if (verb === 'command.run') return words === undefined ? undefined : typedFor(words);
      const { of } = pressedStop.safeParse(data).data ?? {};
      if (verb === 'stop.confirm' && of !== undefined) return of === 'resume' ? resumes : stopsAll(of);
      return { command: verb, ...pressedOn.safeParse(data).data };
    }
    case 'propose-dialog-sent':
      return { command: 'post.propose', ...made(incoming) };
    default:
      return undefined;
  }
}

/** The post that a message makes. */
const made = (incoming: Incoming): { readonly post: string } => ({ post: postIdFrom(keyOf(incoming) ?? '') });

/** What a file is for that came with words which are no command. */
function fileFor(text: string): AskedFor {
  const into = pictureFor(text);
  return into === undefined
    ? { command: 'post.propose' }
    : { command: 'post.revise', numbers: [Number(into)] };
}

const resumes: AskedFor = { command: 'account.resume' };
const stopsAll = (stop: Stopped): AskedFor => ({ command: 'account.stop', stop });

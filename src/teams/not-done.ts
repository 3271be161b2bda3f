import { z } from 'zod';
import { PerhapsDone, type Call, type Executor } from '../core/execute.ts';
import { UnknownForm } from '../core/forms.ts';
import { stops, type Stopped } from '../dispatch/account.ts';
import { isTold, type NotDoneFacts } from '../words/not-done.ts';
import type { Incoming } from './activity.ts';
import { typedFor } from './said.ts';
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

/** Where a turn broke off: the fault itself, and what is said of it. */
export interface BrokenOff {
  readonly fault: unknown;
  readonly command?: string;
  /** absent: nothing is known of what was asked for */
  readonly facts?: Omit<NotDoneFacts, 'numbers'> & AskedFor;
}

const stopOf = z
  .object({ stop: z.enum(stops) })
  .or(z.object({ what: z.enum(stops) }).transform(({ what }) => ({ stop: what })));

/** By the command that failed; where it only went along with something else, by what the turn was about. */
export function brokenOff(fault: unknown, incoming: Incoming): BrokenOff {
  const asked = askedFor(incoming);
  const failed = fault instanceof NotDone ? fault : undefined;
  const cause = failed === undefined ? fault : failed.cause;
  const isPerhaps = cause instanceof PerhapsDone;
  const about = {
    fault: isPerhaps ? cause.cause : cause,
    ...(failed === undefined ? {} : { command: failed.call.command }),
  };
  const hasMany = (asked?.numbers?.length ?? 0) > 1;
  if (failed !== undefined && isTold(failed.call.command) && !hasMany) {
    const { command, id, params } = failed.call;
    const numbers = asked?.command === command ? asked.numbers : undefined;
    const facts = {
      command,
      post: id,
      ...(numbers === undefined ? {} : { numbers }),
      ...stopOf.safeParse(params).data,
      resuming: asked?.command === 'account.resume',
      isKnown: !isPerhaps,
    };
    return { ...about, facts };
  }
  if (asked === undefined || !isTold(asked.command)) return about;
  return { ...about, facts: { ...asked, isKnown: false } };
}

const pressedOn = z.object({ post: z.string() });
const pressedStop = z.object({ of: z.enum([...stops, 'resume']) });
const pressedWords = z.object({ words: z.string() });

/** What a turn was to do: by the verb of the button, or by the words that were typed or stand on it. */
function askedFor(incoming: Incoming): AskedFor | undefined {
  switch (incoming.kind) {
    case 'message':
      return typedFor(incoming.text);
    case 'press': {
      const { verb, data } = incoming;
      const { words } = pressedWords.safeParse(data).data ?? {};
      if (verb === 'command.run') return words === undefined ? undefined : typedFor(words);
      const { of } = pressedStop.safeParse(data).data ?? {};
      if (verb === 'stop.confirm' && of !== undefined) return of === 'resume' ? resumes : stopsAll(of);
      return { command: verb, ...pressedOn.safeParse(data).data };
    }
    case 'propose-dialog-sent':
      return { command: 'post.propose' };
    default:
      return undefined;
  }
}

const resumes: AskedFor = { command: 'account.resume' };
const stopsAll = (stop: Stopped): AskedFor => ({ command: 'account.stop', stop });

import { UnknownForm } from '../core/forms.ts';
import type { Log } from '../logging.ts';
import { sayNotice } from '../words/typed.ts';
import type { TurnAnswer } from './adapter.ts';
import type { Answers } from './answers.ts';
import type { Desk } from './desk.ts';
import { brokenOff } from './not-done.ts';
import type { FromSomebody } from './turns.ts';
import { placeOf } from './who.ts';

/** Why nothing of what somebody said or pressed was looked at, or what came of it where it broke off. */
export type Told = ReturnType<typeof sayNotice>;

export const sentences = ({ title, words }: Told): string => `${title}. ${words}`;

/** What is said in words alone to somebody whose turn came to nothing, or broke off. */
export interface InWords {
  readonly say: (incoming: FromSomebody, told: Told) => Promise<TurnAnswer>;
  /** what is said of a fault: what is not so, or that one release of Crier met what a newer one has written */
  readonly broken: (thrown: unknown, incoming: FromSomebody) => Promise<Told>;
  /** Whoever waits for what is under way without a turn is told where it breaks. */
  readonly orSay: (work: Promise<unknown>, incoming: FromSomebody) => Promise<void>;
}

/** What words stand on. */
interface InWordsParts {
  readonly desk: Desk;
  readonly answers: Pick<Answers, 'post'>;
  readonly log: Pick<Log, 'fault'>;
}

export function createInWords({ desk, answers, log }: InWordsParts): InWords {
  async function say(incoming: FromSomebody, told: Told): Promise<TurnAnswer> {
    const post = async (): Promise<void> => {
      const place = placeOf(incoming.place, incoming.serviceUrl);
      await answers.post(place, { show: 'notice', ...told }, { kind: 'everybody' });
    };
    return await inPlaceOf(incoming, post, sentences(told));
  }

  async function broken(thrown: unknown, incoming: FromSomebody): Promise<Told> {
    const { fault, command, facts } = await brokenOff(thrown, incoming, desk);
    log.fault('a turn failed', fault, { kind: incoming.kind, ...(command === undefined ? {} : { command }) });
    if (fault instanceof UnknownForm) return sayNotice('newer-release', {});
    return facts === undefined ? sayNotice('something-broke', {}) : sayNotice('not-done', facts);
  }

  return {
    say,
    broken,
    orSay: async (work, incoming) => {
      try {
        await work;
      } catch (fault) {
        await say(incoming, await broken(fault, incoming));
      }
    },
  };
}

/** Words in place of what somebody asked for: posted below a message, else said where they asked. */
export async function inPlaceOf(
  { kind }: FromSomebody,
  post: () => Promise<void>,
  words: string,
): Promise<TurnAnswer> {
  if (kind !== 'message' && kind !== 'edited') return { answer: 'notice', text: words };
  await post();
  return { answer: 'nothing' };
}

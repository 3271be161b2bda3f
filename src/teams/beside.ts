import type { Log } from '../logging.ts';
import { whatFailed } from './not-done.ts';

/** Keeps what only goes along with an answer. @returns whether it was kept; where not, the answer comes all the same */
export type Beside = (kept: Promise<unknown>) => Promise<boolean>;

/** What goes along with an answer, and is no more than a fault in the log where it cannot be kept. */
export const besideAnswers =
  (log: Pick<Log, 'fault'>): Beside =>
  async (kept) => {
    try {
      await kept;
      return true;
    } catch (thrown) {
      const { fault, command } = whatFailed(thrown);
      log.fault(
        'what goes along with an answer was not kept',
        fault,
        command === undefined ? {} : { command },
      );
      return false;
    }
  };

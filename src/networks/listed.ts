import { z } from 'zod';
import type { Millis } from '../core/time.ts';

/**
 * A moment as networks write it, Meta with a zone without a colon. One that nobody can read is no moment: compared, it
 * would be neither before nor after any other, and no document takes it.
 */
export const moment = z.string().transform((text, context): Millis => {
  const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'no moment' });
  return z.NEVER;
});

/** What of a list can be read, where what cannot is no loss: in lists that show people what stands there. */
export const readable = <T>(item: z.ZodType<T>) =>
  z.array(z.unknown()).transform((all): readonly T[] =>
    all.flatMap((each) => {
      const read = item.safeParse(each);
      return read.success ? [read.data] : [];
    }),
  );

import { z } from 'zod';
import type { Incoming } from './activity.ts';
import { postIdFrom, typedAs } from './desk.ts';
import type { Origin, Turn } from './turn.ts';

/** What a button carries that stands below an answer to what somebody said. */
const onOffer = z.object({
  person: z.string().min(1),
  of: z.string(),
  says: z.string(),
  at: z.number(),
});

/** Whose words a turn is about: the message's, or those on the button that was pressed. */
export function originOf(
  incoming: Incoming,
  { person, key, now }: Pick<Turn, 'person' | 'key' | 'now'>,
): Origin {
  const own = { by: person, at: now };
  switch (incoming.kind) {
    case 'message':
    case 'edited':
      return { ...own, message: postIdFrom(key), says: typedAs(incoming.text) };
    case 'press': {
      const { data } = onOffer.safeParse(incoming.data);
      if (data === undefined) return { ...own, message: '', says: '' };
      return { by: data.person, message: data.of, says: data.says, at: data.at };
    }
    default:
      return { ...own, message: '', says: '' };
  }
}

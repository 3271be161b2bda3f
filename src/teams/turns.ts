import type { Millis } from '../core/time.ts';
import { namelessFile } from '../words/files.ts';
import { isFile, keyOf, type Incoming, type IncomingAttachment } from './activity.ts';
import type { Courier } from './courier.ts';
import { originOf } from './origin.ts';
import type { FileOpened, SentFile, Turn } from './turn.ts';

/** Something that somebody said, pressed or looked for, and that they wait for an answer to. */
export type FromSomebody = Extract<
  Incoming,
  {
    readonly kind:
      'message' | 'edited' | 'press' | 'search' | 'propose-dialog-opened' | 'propose-dialog-sent';
  }
>;

/** What came from Teams as the turn of the person who it is known to be from. */
export type TurnOf = (incoming: FromSomebody, person: string) => Turn;

/** Files of a message are read from Teams once they are asked for. */
export function turnsOf(clock: () => Millis, courier: Pick<Courier, 'fetchAttachment'>): TurnOf {
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

  return (incoming, person) => {
    const { place, reference, serviceUrl } = incoming;
    const key = keyOf(incoming) ?? '';
    const now = clock();
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
  };
}

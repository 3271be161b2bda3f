import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { handler, type BoundHandler } from '../core/handler.ts';
import { minutes, seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { fetchedAnew, isComing } from '../people/file-coming.ts';
import { personDocument, personKind } from '../people/person.ts';
import type { Incoming } from './activity.ts';
import type { Desk } from './desk.ts';
import type { Turn } from './turn.ts';

/** A message that brings files. */
export type Message = Extract<Incoming, { readonly kind: 'message' }>;

/** The message as it is kept while its files come. */
const message: z.ZodType<Message> = z.object({
  kind: z.literal('message'),
  from: z.object({ aadObjectId: z.string(), id: z.string(), name: z.string() }),
  place: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('personal'), conversationId: z.string() }),
    z.object({ kind: z.literal('group-chat'), conversationId: z.string() }),
    z.object({
      kind: z.literal('teams-channel'),
      conversationId: z.string(),
      thread: z.string().exactOptional(),
      teamId: z.string(),
      channelId: z.string(),
    }),
  ]),
  activityId: z.string(),
  serviceUrl: z.string(),
  tenantId: z.string().exactOptional(),
  locale: z.string().exactOptional(),
  reference: z.object({
    serviceUrl: z.string(),
    conversationId: z.string(),
    activityId: z.string(),
    botId: z.string(),
  }),
  text: z.string(),
  attachments: z.array(
    z.object({
      contentType: z.string(),
      contentUrl: z.string().exactOptional(),
      downloadUrl: z.string().exactOptional(),
      name: z.string(),
      serviceUrl: z.string(),
    }),
  ),
  leftBehind: z.boolean(),
});

/** How often a process says that it still fetches a file: several times before another one would begin. */
const saidEvery = seconds(30);
/** The longest that a file may take when it is fetched anew. */
const longest = minutes(30);
/** So many are fetched anew at a time. */
const atOnce = 4;
/** So often a file is fetched anew; one that ends its process each time is not tried for ever. */
const mostTimes = 3;

/** Whether a message's files come already by what is kept of it, here or in another process. */
export async function comesAlready(
  { person, key }: Pick<Turn, 'person' | 'key'>,
  { executor }: Pick<Desk, 'executor'>,
): Promise<boolean> {
  const { effects } = await executor.waiting(personKind.kind, personDocument(person));
  return isComing(effects, key);
}

/** Keeps that a message's files are being fetched, for as long as `work` goes on: whoever comes after a death goes on. */
export async function keepComing(
  incoming: Message,
  { person, key, now: at }: Turn,
  work: Promise<unknown>,
  { executor }: Pick<Desk, 'executor'>,
  log: Pick<Log, 'fault'>,
): Promise<void> {
  const actor = { by: 'person', person } as const;
  const id = personDocument(person);
  // An optional field that nobody gave is left out, as JSON has it.
  const kept: unknown = JSON.parse(JSON.stringify(incoming));
  const say = async (): Promise<void> => {
    const params = { person, key, at, message: kept };
    await executor.execute({ command: 'person.file-comes', id, params, actor });
  };
  await say();
  const over = new AbortController();
  const ended = work.then(
    () => over.abort(),
    () => over.abort(),
  );
  const goesOn = async (): Promise<boolean> =>
    await pause(saidEvery, true, { signal: over.signal, ref: false }).catch(() => false);
  const unsaid = (fault: unknown): void =>
    log.fault('it could not be kept that a file still comes', fault, { id });
  const untilOver = async (): Promise<void> => {
    // It is said again soon; what matters more is that its end is said.
    while (await goesOn()) await say().catch(unsaid);
    await ended;
    await executor.execute({ command: 'person.file-came', id, params: { key }, actor });
  };
  untilOver().catch((fault: unknown) =>
    log.fault('nobody can tell whether a file still comes', fault, { id }),
  );
}

/** A message whose files another process began to fetch. */
export interface Anew {
  readonly incoming: Message;
  readonly person: string;
  readonly at: Millis;
}

/** What becomes of messages whose files did not come before their process died. */
export interface FetchAnew {
  readonly fetch: (message: Anew) => Promise<void>;
  /** it has been tried often enough: its sender only hears that it did not come */
  readonly giveUp: (message: Anew) => Promise<void>;
  /** nobody can read the message any more: its sender hears the same */
  readonly giveUpUnread: (person: string) => Promise<void>;
}

const kept = z.object({ person: z.string(), key: z.string(), at: z.int(), message });

/**
 * Fetches files anew whose process died while they came, as if they came now; where their address works no more,
 * their sender hears that they did not arrive.
 * @param isHere whether this process fetches the files of the message with that key itself
 */
export function fetchHandler(isHere: (key: string) => boolean, anew: FetchAnew): BoundHandler {
  return handler({
    type: 'person.fetch-file',
    // Read when it is run: what another release kept must come to an end, too.
    schema: z.unknown(),
    deadline: seconds(60),
    onLostLease: 'again',
    lane: () => ({ name: 'files', width: atOnce }),
    before: async () => await Promise.resolve({ go: true, longest }),
    // Gives nothing, though so each start is on disk before it begins: else one that ends its process is not counted.
    started: () => undefined,
    run: async (run, signal) => {
      const often = run.attempts > mostTimes;
      const read = kept.safeParse(run.data);
      if (!read.success) {
        // A process of the release that kept it may still be there.
        if (!often) return { outcome: 'retry', after: fetchedAnew };
        const { id: person } = (await run.load(personKind)) ?? {};
        if (person !== undefined) await anew.giveUpUnread(person);
        return { outcome: 'done' };
      }
      const { key, person, at, message: incoming } = read.data;
      if (isHere(key)) return { outcome: 'retry', after: fetchedAnew };
      const stopped = new Promise<false>((resolve) =>
        signal.addEventListener('abort', () => resolve(false), { once: true }),
      );
      const work = often ? anew.giveUp({ incoming, person, at }) : anew.fetch({ incoming, person, at });
      const done = await Promise.race([work.then(() => true), stopped]);
      return done ? { outcome: 'done' } : { outcome: 'retry', after: 0 };
    },
  });
}

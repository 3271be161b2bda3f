import type { Executor } from '../core/execute.ts';
import { neverTwiceAtOnce } from '../core/one-at-a-time.ts';
import { seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { whoIsAway } from '../people/every-person.ts';
import { personKind } from '../people/person.ts';
import type { Protocol } from '../protocol/protocol.ts';

/** How often another process's word on who is away is read, where the store is shared. */
const awayEvery = seconds(10);

/** How who is away is read anew, and when that ends. */
export interface FollowsAway {
  readonly read: () => Promise<void>;
  readonly close: () => void;
}

/** Reads who is away, and again whenever somebody goes or comes back, in this process or another. */
export async function followAway({
  executor,
  protocol,
  log,
  heard,
}: {
  readonly executor: Executor;
  readonly protocol: Protocol;
  readonly log: Log;
  readonly heard: (away: Readonly<Record<string, Millis>>) => void;
}): Promise<FollowsAway> {
  const read = neverTwiceAtOnce(async () => {
    heard(await whoIsAway(executor, protocol));
  });
  const again = (): void =>
    void read().catch((fault: unknown) => log.fault('could not read who is away', fault));
  await read();
  const stopListening = executor.onCommit(({ kind }) => {
    if (kind === personKind.kind) again();
  });
  const timer = executor.store.shared ? setInterval(again, awayEvery) : undefined;
  timer?.unref();
  return {
    read,
    close: () => {
      stopListening();
      clearInterval(timer);
    },
  };
}

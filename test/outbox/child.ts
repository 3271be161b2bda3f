import { randomUUID } from 'node:crypto';
import { minutes } from '../../src/core/time.ts';
import { createExecutor } from '../../src/core/execute.ts';
import { createLog } from '../../src/logging.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import { openCosmos } from '../../src/store/cosmos.ts';
import { local } from '../contract/store/places.ts';
import { parcelKind, parcelKinds, parcels, post } from './parcel.ts';

/**
 * A process of its own that runs effects over a shared store and says every state that it commits. Its clock may
 * be ahead, so that leases of others run out for it without anybody waiting.
 */
const [endpoint = '', peer = '', ahead = '0'] = process.argv.slice(2);
const store = await openCosmos({
  endpoint,
  ...local,
  database: 'crier',
  container: 'aggregates',
  kinds: parcelKinds,
  council: 'marlow',
});
const executor = createExecutor({
  store,
  aggregates: [parcels],
  clock: () => Date.now() + Number(ahead),
  protocol: () => ({ version: 'v1' }),
  auditKey: new Uint8Array(32).fill(7),
  randomId: randomUUID,
});
executor.onCommit(({ kind, id }) => {
  void executor
    .load(parcelKind, id)
    .then((loaded) => process.send?.(`${kind} ${loaded?.state.is ?? 'gone'}`));
});
const outbox = createOutbox({
  executor,
  handlers: [
    post(
      async ({ id }, signal) => {
        const answer = await fetch(`${peer}/${id}`, { method: 'POST', signal });
        return answer.ok ? { outcome: 'done' } : { outcome: 'unknown', reason: 'answer' };
      },
      { deadline: minutes(1) },
    ),
  ],
  log: createLog({ level: 'error', write: (line) => void process.stderr.write(line) }),
  owner: randomUUID(),
  randomId: randomUUID,
  random: Math.random,
  every: 100,
});
outbox.start();
process.on('disconnect', () => {
  void outbox.stop({ within: 0 }).then(() => process.exit());
});
process.send?.('started');

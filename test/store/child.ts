import { openSqlite } from '../../src/store/sqlite.ts';
import { kinds } from '../contract/store/kinds.ts';

/** A process of its own that owns the folder given to it and writes without end, saying each id once it is kept. */
const [folder = '', mode = ''] = process.argv.slice(2);
const store = await openSqlite({ folder, kinds, council: 'marlow', pid: process.pid });
process.stdout.write('open\n');
if (mode === 'write') {
  for (let n = 0; ; n += 4) {
    await Promise.all(
      [n, n + 1, n + 2, n + 3].map(async (each) => {
        const id = `p-${each}`;
        const nextDue = each;
        const index = { at: each, state: 'open', topics: ['bins', 'roads'] };
        const { put } = await store.create({
          kind: 'post',
          id,
          form: 1,
          nextDue,
          index,
          words: ['bins'],
          body: each,
        });
        if (put) process.stdout.write(`${id}\n`);
      }),
    );
  }
}
// Holds the folder until it is killed.
setInterval(() => undefined, 60_000);

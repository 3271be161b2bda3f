import { parentPort } from 'node:worker_threads';
import { openToWrite } from './sqlite-database.ts';
import { writer } from './sqlite-writer.ts';
import type { Write, WriterOptions } from './sqlite-writer.ts';

/** The thread that writes: it is told once what to open, and then takes batches until it is told to end. */
const port = parentPort;
if (port === null) throw new Error('This file runs as a thread of the store.');

port.once('message', (options: WriterOptions) => {
  const database = openToWrite(options.file);
  const commit = writer(database, options);
  port.on('message', (message: readonly Write[] | 'end') => {
    if (message !== 'end') port.postMessage(commit(message));
    else {
      database.close();
      port.close();
    }
  });
});

import { getCompileCacheDir } from 'node:module';
import { explainFaults, parseConfig } from './config.ts';
import { parseCredentials, withRehearsed } from './credentials.ts';
import { keepHeapShort } from './heap-room.ts';
import { createLog, type Log } from './logging.ts';
import { readBefore } from './read-before.ts';
import { readProtocol } from './read-protocol.ts';
import { beginThread } from './store/sqlite-writes.ts';
import type * as Serving from './serve.ts';
import { secretName, variablesOf } from './vault.ts';
import { sayAlsoSecret } from './words/start.ts';

await start();

async function start(): Promise<void> {
  const parsed = parseConfig(process.env);
  const thread = parsed.ok && parsed.config.store.kind === 'sqlite' ? beginThread() : undefined;
  // All the rest is loaded only now: meanwhile the thread gets ready.
  const serving = import('./serve.ts');
  const before = readBefore(getCompileCacheDir());
  const read = await readProtocol(parsed.ok ? parsed.config.protocol : parsed.protocol, before);
  if (!parsed.ok) {
    const ofAccounts =
      read.ok && parsed.accountsInVariables
        ? parseCredentials(process.env, read.protocol.accounts)
        : undefined;
    give(explainFaults([...parsed.faults, ...(ofAccounts?.ok === false ? ofAccounts.faults : [])]));
  }
  if (!read.ok) give(read.words);
  if (!parsed.ok || !read.ok) return;
  const { config } = parsed;
  const { protocol } = read;
  const secrets = await variablesOf(config, protocol, process.env).catch((fault: unknown) => {
    give(sayNoStart(fault));
    return undefined;
  });
  if (secrets === undefined) return;
  const alsoAs =
    config.vault === undefined ? undefined : (variable: string) => sayAlsoSecret(secretName(variable));
  const spoken = parseCredentials(secrets, protocol.accounts, alsoAs);
  if (!spoken.ok) return give(explainFaults(spoken.faults));
  // In a rehearsal every account rehearses: nothing has to be said of one.
  const rehearsed: ReadonlySet<string> = config.mode === 'rehearsal' ? new Set() : spoken.rehearsed;
  const told = { config, protocol: withRehearsed(protocol, rehearsed), credentials: spoken.credentials };
  await run({ ...told, thread, log: createLog({ level: config.logLevel }), pid: process.pid }, serving).catch(
    (fault: unknown) => {
      give(sayNoStart(fault));
    },
  );
}

/** Serves until it is asked to stop. */
async function run(told: Serving.Told, serving: Promise<typeof Serving>): Promise<void> {
  for (const { variable, problem } of told.config.warnings) process.stderr.write(`${variable} ${problem}\n`);
  const { serve } = await serving;
  const { port, lines, end } = await serve(told);
  process.stdout.write(`${lines.join('\n')}\n`);
  stopWhenAsked(told.log, end);
  // Not before: at the start nearly all that is loaded stays, and looking for garbage in it takes time alone.
  keepHeapShort();
  // Last: whoever is told may stop it at once.
  process.send?.({ ready: true, port });
}

/** A sentence about a fault of the start. */
function sayNoStart(fault: unknown): string {
  return `Crier could not start. ${fault instanceof Error ? fault.message : 'The reason is not known.'}`;
}

/** Ends the process with a sentence about what to put right. */
function give(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

/** Ends the process in good order, once: when the system asks for it, or when whoever started it is gone. */
function stopWhenAsked(log: Log, end: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    await end();
    log.info('stopped', { signal });
    // Whoever started this process may be gone, and its channel with it.
    if (process.connected) process.disconnect?.();
    process.exitCode = 0;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      void stop(signal).catch((fault: unknown) => {
        log.fault('the stop failed', fault);
        process.exit(1);
      });
    });
  }
  // Whoever started this process is gone: nobody is left to stop it later.
  process.on('disconnect', () => void stop('disconnect'));
}

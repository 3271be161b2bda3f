import { pino } from 'pino';
import { codeBehind } from './core/code-of.ts';

/**
 * The only fields a log line may have. Each holds an id, a code or a measure, never a person's name, an address of
 * theirs or a text somebody wrote; so none of the words for those stands here, and a test keeps it so.
 */
export const fieldNames = [
  'account',
  'aggregate',
  'attempt',
  'bucket',
  'card',
  'code',
  'command',
  'conflicts',
  'count',
  'effect',
  'host',
  'id',
  'kind',
  'method',
  'milliseconds',
  'mode',
  'network',
  'outcome',
  'part',
  'port',
  'protocol',
  'real',
  'reason',
  'revision',
  'route',
  'signal',
  'stage',
  'status',
  'store',
  'url',
  'variable',
  'verb',
] as const;

export type FieldName = (typeof fieldNames)[number];

export type LogFields = { readonly [F in FieldName]?: string | number | boolean | undefined };

/** A message that is the same every time: a literal, not a text put together, so that nothing slips in with it. */
type Fixed<M extends string> = Record<never, never> extends Record<M, 1> ? never : M;

export interface Log {
  debug<const M extends string>(message: Fixed<M>, fields?: LogFields): void;
  info<const M extends string>(message: Fixed<M>, fields?: LogFields): void;
  warn<const M extends string>(message: Fixed<M>, fields?: LogFields): void;
  error<const M extends string>(message: Fixed<M>, fields?: LogFields): void;
  /** A bug or an outage: with the kind of error, its code and where it came from, but not its message. */
  fault<const M extends string>(message: Fixed<M>, error: unknown, fields?: LogFields): void;
}

/** From which level on lines are written. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface LogSettings {
  readonly level: LogLevel;
  /** where each line goes, its line end included; absent: standard output */
  readonly write?: (line: string) => void;
}

/**
 * Ids, codes, routes and addresses without a query have neither blanks nor an `@`; what people write has, and so
 * has what they sign in with. A value of another form is kept out, whatever field it came in.
 */
const plain = /^[\w.:/,+~*[\]-]{0,160}$/;

const allowed: ReadonlySet<string> = new Set<string>([...fieldNames, 'error', 'errorCode', 'at']);

function safe(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return plain.test(value) ? value : '[withheld]';
  return '[withheld]';
}

/** The last line of defence, for a caller that the types did not reach: unknown names go, odd values are withheld. */
function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (allowed.has(name) && value !== undefined) kept[name] = name === 'at' ? value : safe(value);
  }
  return kept;
}

/** Where an error came from, nearest call first, as `name file:line:column`; its message is no part of it. */
function callsOf(error: Error): readonly string[] {
  // The stack begins with the message, whose own lines could look like calls.
  const calls = (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .flatMap((line) => {
      const call = /^ {4}at (?:(?:async )?([\w.<>#$]+) \()?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/.exec(line);
      return call === null ? [] : [`${call[1] ?? 'anonymous'} ${call[2] ?? ''}`];
    });
  return calls.slice(0, 8);
}

/** The log of the process: one JSON object a line, a fixed message and fields of the list above. */
export function createLog(settings: LogSettings): Log {
  const options = {
    level: settings.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: onlyAllowed },
  };
  const logger = settings.write === undefined ? pino(options) : pino(options, { write: settings.write });
  return {
    debug: (message, fields = {}) => {
      logger.debug(fields, message);
    },
    info: (message, fields = {}) => {
      logger.info(fields, message);
    },
    warn: (message, fields = {}) => {
      logger.warn(fields, message);
    },
    error: (message, fields = {}) => {
      logger.error(fields, message);
    },
    fault: (message, error, fields = {}) => {
      const known = error instanceof Error ? error : undefined;
      logger.error(
        {
          ...fields,
          error: known?.name ?? typeof error,
          errorCode: codeBehind(error),
          at: known === undefined ? [] : callsOf(known),
        },
        message,
      );
    },
  };
}

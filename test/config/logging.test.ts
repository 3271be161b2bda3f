import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog, fieldNames, type Log, type LogFields } from '../../src/logging.ts';

/** A log whose lines are kept, and those lines. */
function kept(): {
  readonly log: Log;
  readonly lines: () => readonly unknown[];
  readonly text: () => string;
} {
  const written: string[] = [];
  const log = createLog({ level: 'debug', write: (line) => written.push(line) });
  return { log, lines: () => written.map((line): unknown => JSON.parse(line)), text: () => written.join('') };
}

test('a line is a fixed message with its fields', () => {
  const { log, lines } = kept();
  log.info('listening', { port: 3978, mode: 'rehearsal', url: 'http://127.0.0.1:3978', reason: undefined });
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      port: 3978,
      mode: 'rehearsal',
      url: 'http://127.0.0.1:3978',
      msg: 'listening',
    },
  ]);
});

test('lines below the level are not written', () => {
  const written: string[] = [];
  const log = createLog({ level: 'warn', write: (line) => written.push(line) });
  log.info('listening');
  log.warn('slow');
  expect(written).toHaveLength(1);
});

describe('what people wrote, and who they are', () => {
  test('has no field to stand in', () => {
    const personal =
      /text|name|mail|upn|user|person|handle|note|alt|headline|summary|body|message|password|secret|token|key/i;
    expect(fieldNames.filter((name) => personal.test(name))).toEqual([]);
  });

  test('does not pass under a name that is not on the list', () => {
    const { log, lines } = kept();
    const more = { id: 'p-1', text: 'Road-closed', userPrincipalName: 'sam' };
    const smuggled: LogFields = more;
    log.info('proposed', smuggled);
    expect(lines()[0]).not.toHaveProperty('text');
    expect(lines()[0]).not.toHaveProperty('userPrincipalName');
    expect(lines()[0]).toMatchObject({ id: 'p-1' });
  });

  test('does not pass by a field that is on the list', () => {
    const { log, text } = kept();
    const written = fc.tuple(
      fc.stringMatching(/^[A-Za-z]{4,12}$/),
      fc.stringMatching(/^[A-Za-z]{4,12}$/),
      fc.constantFrom(' ', '@', '?', '\n'),
    );
    fc.assert(
      fc.property(written, fc.constantFrom(...fieldNames), ([first, second, between], field) => {
        const before = text().length;
        log.info('proposed', { [field]: `${first}${between}${second}` });
        const line = text().slice(before);
        expect(line).toContain('[withheld]');
        expect(line).not.toContain(JSON.stringify(`${first}${between}${second}`));
      }),
    );
  });

  test('does not pass with an error, which still says what it was and where', () => {
    const { log, lines, text } = kept();
    class Refused extends Error {
      override name = 'Refused';
      readonly code = 'ECONNRESET';
    }
    log.fault('turn failed', new Refused('sam.jones@example.org wrote\n    at Liverpool (Road:4:2)'), {
      id: 'p-1',
    });
    expect(text()).not.toMatch(/sam|Liverpool/);
    expect(lines()[0]).toMatchObject({
      level: 'error',
      msg: 'turn failed',
      id: 'p-1',
      error: 'Refused',
      errorCode: 'ECONNRESET',
      at: expect.arrayContaining([expect.stringContaining('logging.test.ts')]) as unknown,
    });
  });

  test('does not pass when something that is no error was thrown', () => {
    const { log, lines, text } = kept();
    log.fault('turn failed', 'sam wrote this');
    expect(text()).not.toContain('sam');
    expect(lines()[0]).toMatchObject({ error: 'string', at: [] });
  });
});

test('a message that is put together does not typecheck', () => {
  const { log, lines } = kept();
  const who: string = 'sam';
  // @ts-expect-error a text with a variable in it is not fixed
  log.info(`proposed by ${who}`);
  // @ts-expect-error neither is any text at all
  log.info(who);
  log.info('proposed');
  expect(lines()).toHaveLength(3);
});

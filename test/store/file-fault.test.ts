import { expect, test } from 'vitest';
import { withFile } from '../../src/store/file-fault.ts';

/** What SQLite throws, and what the operating system does: nobody takes writing away from the account of a test. */
const thrown = (more: object): Error => Object.assign(new Error('told'), more);

test.each([
  [{ errcode: 8 }, 'cannot be read and written by the account'],
  // With what SQLite adds: the folder is what cannot be written to.
  [{ errcode: 8 + 6 * 256 }, 'cannot be read and written by the account'],
  [{ code: 'EACCES' }, 'cannot be read and written by the account'],
  [{ errcode: 11 }, 'is damaged'],
  [{ errcode: 13 }, 'There is no room for the file'],
  [{ code: 'ENOSPC' }, 'There is no room for the file'],
  [{ errcode: 10 + 4 * 256 }, 'The disk could not'],
])('%j names the file and CRIER_DATA', (more, words) => {
  const work = () =>
    withFile('/data/crier.sqlite', () => {
      throw thrown(more);
    });
  expect(work).toThrow(words);
  expect(work).toThrow(/\/data\/crier\.sqlite.*CRIER_DATA/u);
});

test.each([{ errcode: 5 }, { code: 'ENOENT' }, {}])(
  '%j is none of the file, and stays what it is',
  (more) => {
    const fault = thrown(more);
    expect(() =>
      withFile('/data/crier.sqlite', () => {
        throw fault;
      }),
    ).toThrow(fault);
  },
);

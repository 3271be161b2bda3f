import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Publication } from '../../src/dispatch/publication.ts';
import { before, inTurn, indexOf, isNext, lastToRemove, partKey } from '../../src/dispatch/thread.ts';

const remote = { remoteId: '1', url: 'https://x.example/1' };
const publication = fc.constantFrom<Publication>(
  { is: 'queued', tries: 0 },
  { is: 'sending', attempt: 'a', since: 1, tries: 1 },
  { is: 'unknown', attempt: 'a', since: 1, tries: 1, looks: 0, asked: true },
  { is: 'published', remote, at: 1 },
  { is: 'failed', reason: 'status-400', at: 1 },
  { is: 'stopped', at: 1 },
  { is: 'removing', remote, publishedAt: 1 },
  { is: 'removing', remote, publishedAt: 1, problem: 'status-400' },
  { is: 'removed', remote, at: 1 },
);
const threads = fc
  .tuple(fc.array(publication, { minLength: 1, maxLength: 12 }), fc.array(publication, { maxLength: 4 }))
  .map(([x, bluesky]) =>
    Object.fromEntries([
      ...x.map((each, n) => [partKey('x-main', n), each] as const),
      ...bluesky.map((each, n) => [partKey('x-main.2', n), each] as const),
    ]),
  );

test('behind what can not stand nothing waits, and nothing else changes', () => {
  fc.assert(
    fc.property(threads, (publications) => {
      const settled = inTurn(publications, 9);
      expect(inTurn(settled, 10)).toEqual(settled);
      for (const [key, is] of Object.entries(settled)) {
        const was = publications[key];
        if (was?.is !== 'queued') expect(is).toBe(was);
        const earlier = before(key);
        if (is.is !== 'queued' || earlier === undefined) continue;
        expect(['queued', 'sending', 'unknown', 'published']).toContain(settled[earlier]?.is);
      }
    }),
  );
});

test('at most one post of a thread may leave, and all before it stand', () => {
  fc.assert(
    fc.property(threads, (publications) => {
      for (const key of Object.keys(publications).filter((each) => isNext(publications, each))) {
        const earlier = before(key);
        expect(earlier === undefined || publications[earlier]?.is === 'published').toBe(true);
      }
    }),
  );
});

test('what comes down next is the last of its thread', () => {
  fc.assert(
    fc.property(threads, (publications) => {
      const comingDown = Object.entries(publications).filter(
        ([, each]) => each.is === 'removing' && each.problem === undefined,
      );
      const next = lastToRemove(publications);
      const accounts = new Set(comingDown.map(([key]) => key.replace(/\.\d+$/u, '')));
      expect(next).toHaveLength(accounts.size);
      for (const [key] of comingDown) {
        const account = key.replace(/\.\d+$/u, '.');
        const mine = next.find((each) => each.replace(/\.\d+$/u, '.') === account);
        expect(indexOf(mine ?? '')).toBeGreaterThanOrEqual(indexOf(key));
      }
    }),
  );
});

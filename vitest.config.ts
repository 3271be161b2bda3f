import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { compiled } from './test/compiled.ts';
import { quickFolder } from './test/quick-folder.ts';

/** Replaces a module of ours for itself: whoever had loaded that before, or loads it afterwards, would get another. */
const alone = ['test/teams/cards/expand.test.ts'];

/** What takes longest, longest first: begun last, one of these would run alone while nothing else is left to do. */
const longest = [
  'deaths/',
  'browser/',
  'stop/',
  'production/',
  'contract/',
  'outbox/',
  'journeys/',
  'teams/cards/',
  'protocol/',
  'tooling/',
];

/** A clean checkout has no times of an earlier run to order by. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((folder) => moduleId.includes(`/test/${folder}`));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** One run for everything, Chromium and the journeys included: what `npm test` says holds for all of it. */
export default defineConfig({
  test: {
    // A file leaves nothing behind, so that those that follow one another in a process need not load everything anew.
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          isolate: false,
          // Node reads our TypeScript as it does where Crier runs, and keeps what it compiled.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          globalSetup: ['test/quick-folder.ts', 'test/compiled.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
    // Processes, not threads: tests start servers, children and databases, and one that dies takes only its own process along.
    pool: 'forks',
    // One more than the cores of a small machine: the longest of all mostly wait for a process, a browser or a clock.
    maxWorkers: 3,
    // A busy machine may take its time; what hangs is still named.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    env: {
      // A hosted machine says nothing of what it is: no test may lean on the developer's zone or language.
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      // Each process that a test starts reads what Node has compiled instead of compiling again.
      NODE_COMPILE_CACHE: compiled,
      TMPDIR: quickFolder,
    },
  },
});

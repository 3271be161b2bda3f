import { nameOf } from '../deaths/call.ts';
import { deedsOf, progressOf, wordsOf, type Deed } from '../deaths/deeds.ts';
import { inTime } from '../deaths/in-time.ts';
import { createAiming, openMortal, shortStarts, type Aim, type MortalCouncil } from '../deaths/mortal.ts';
import { postOf, readPosts, untilQuiet } from '../deaths/stored.ts';
import type { Story } from '../deaths/stories.ts';
import { becameOf, together, type Cell, type Counts } from './cell.ts';
import { becameOfChange, type Doing } from './changes.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';

/**
 * `kill -9` around the call, with whole processes, as `npm run deaths` has them: the network says where the call is, and
 * the process is killed there. What `npm run deaths` leaves to chance is always the same here.
 */
const kills: Readonly<Record<string, Omit<Aim, 'call'>>> = {
  /** it is committed that it leaves, and the network has taken nothing: the request is lost with its caller */
  'kill -9 before the call': { moment: 'arrived', goesOn: false, jitter: 0 },
  /** it is done, and nothing of an answer has left */
  'kill -9 during the call': { moment: 'taken', goesOn: true, jitter: 0 },
  /** the whole answer has come, to a process that can commit nothing of it any more */
  'kill -9 after the call': { moment: 'answered', goesOn: true, jitter: 0, heldStill: true },
};

/** A council that was killed once in each way and lives again. */
interface Killed {
  /** waits until everything has come to rest */
  readonly count: () => Promise<readonly Cell[]>;
}

/** One post that meets one kill, by its number. */
interface Row {
  readonly n: number;
  readonly kill: string;
  readonly deed: Deed;
  /** what is done to what stands; absent: it is brought out */
  readonly doing?: Doing;
}

function doingOf({ kind, call, way }: Deed): Doing | undefined {
  if (kind === 'bring out') return undefined;
  if (kind === 'take down') return 'take down';
  if (way !== 'again') return way;
  return call(wordsOf(0)).does === 'remove' ? 'delete to post again' : 'post again';
}

/** What is brought out meets each kill, and so does each thing that can be done to it. What was never corrected comes down. */
function rowsOf(story: Story): readonly Row[] {
  const deeds = [
    ...deedsOf('bring out', story),
    ...deedsOf('correct', story),
    ...deedsOf('take down', story).slice(0, 1),
  ];
  return deeds
    .flatMap((deed) => Object.keys(kills).map((kill) => ({ deed, kill })))
    .map(({ deed, kill }, n) => {
      const doing = doingOf(deed);
      return { n: n + 1, deed, kill, ...(doing === undefined ? {} : { doing }) };
    });
}

const secondOf = ({ n }: Row): number => 100 + n;

/**
 * Two posts for each kill of what is brought out: the first one meets it, and the second comes after all of them on the
 * same account.
 * @param wrong is told what makes a row worth nothing
 */
async function kill(network: string, story: Story, wrong: (what: string) => void): Promise<Killed> {
  const aiming = createAiming();
  const council = await openMortal(story, aiming.watching, shortStarts);
  const rows = rowsOf(story);
  try {
    await council.begin();
    for (const { n, kill: fault, deed, doing } of rows) {
      const aim = kills[fault];
      if (aim === undefined) continue;
      const words = wordsOf(n);
      const begins = await inTime(deed.prepare(council, words));
      const { sprung } = aiming.aim({ ...aim, call: deed.call(words) });
      const { done } = begins();
      // A walk that cannot go on is never killed, and says why.
      await inTime(Promise.race([sprung, done.then(async () => await sprung)]));
      const stored = progressOf(postOf(await readPosts(council.data), words), deed, words);
      if (stored !== 'begun')
        wrong(
          `${network}: ${doing ?? 'post'}: ${fault}: ${nameOf(deed.call(words))} was on its way, and Crier had it as ${stored}`,
        );
      await council.lives.begin();
      await inTime(done);
    }
    const after = rows
      .filter(({ doing }) => doing === undefined)
      .map((row) => council.bringOut(wordsOf(secondOf(row)).old).done);
    await inTime(Promise.all(after));
  } catch (fault) {
    await council[Symbol.asyncDispose]();
    throw fault;
  }
  return { count: async () => await count(network, story, rows, council, wrong) };
}

async function count(
  network: string,
  story: Story,
  rows: readonly Row[],
  mortal: MortalCouncil,
  wrong: (what: string) => void,
): Promise<readonly Cell[]> {
  await using council = mortal;
  const [account] = story.accounts;
  const numbers = rows.flatMap((row) => (row.doing === undefined ? [row.n, secondOf(row)] : [row.n]));
  await untilQuiet(council.data, numbers.map(wordsOf), council.lives);
  for (const host of council.network.strayed()) wrong(`${network}: ${host} was asked for past the proxy`);
  const posts = await readPosts(council.data);
  const counted = (n: number, doing: Doing | undefined): Counts => {
    const words = wordsOf(n);
    const post = postOf(posts, words);
    const standing = council.network
      .posts(account)
      .filter(({ text }) => text.split('\n\n').some((each) => each === words.old || each === words.right));
    if (doing !== undefined && post !== undefined)
      return becameOfChange(post, account, doing, words, standing, undefined);
    const publication = post === undefined ? undefined : publicationsOf(post)[`${account}.0`];
    return becameOf(
      publication,
      standing.map(({ id }) => id),
    );
  };
  return rows.map((row) => {
    const { n, kill: fault, doing } = row;
    return doing === undefined
      ? together(network, fault, [counted(n, undefined), counted(secondOf(row), undefined)])
      : together(network, `${doing}: ${fault}`, [counted(n, doing)]);
  });
}

/** More than a small machine has cores: a council that is being killed mostly waits for one thing after the other. */
const abreast = 3;

/**
 * The rows of every network, in that order. Some are killed at a time; what takes long, until nothing of an attempt can
 * arrive any more, passes for all of them at once.
 */
export async function* killsOf(
  networks: readonly (readonly [network: string, story: Story])[],
  wrong: (what: string) => void,
): AsyncGenerator<Cell> {
  const killing: Promise<Killed>[] = [];
  for (const [n, [network, story]] of networks.entries()) {
    const turn = killing[n - abreast];
    killing.push(Promise.allSettled([turn]).then(async () => await kill(network, story, wrong)));
  }
  const cells = killing.map(async (killed) => await (await killed).count());
  try {
    for (const each of cells) yield* await each;
  } finally {
    // No process is left alive when one of them has failed.
    await Promise.allSettled(cells);
  }
}

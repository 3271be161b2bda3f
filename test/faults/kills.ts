import { inTime } from '../deaths/in-time.ts';
import { createAiming, openMortal, shortStarts, type Aim, type MortalCouncil } from '../deaths/mortal.ts';
import { postOf, publicationOn, readPosts, untilQuiet } from '../deaths/stored.ts';
import type { Story } from '../deaths/stories.ts';
import { becameOf, together, type Cell } from './cell.ts';

/**
 * `kill -9` around the call, with whole processes, as `npm run deaths` has them: the network says where the post is, and
 * the process is killed there. What `npm run deaths` leaves to chance is always the same here.
 */
const kills: Readonly<Record<string, Omit<Aim, 'text'>>> = {
  /** it is committed that it leaves, and the network has taken nothing: the request is lost with its caller */
  'kill -9 before the call': { moment: 'arrived', goesOn: false, jitter: 0 },
  /** it stands, and nothing of an answer has left */
  'kill -9 during the call': { moment: 'taken', goesOn: true, jitter: 0 },
  /** the whole answer has come, to a process that can commit nothing of it any more */
  'kill -9 after the call': { moment: 'answered', goesOn: true, jitter: 0, heldStill: true },
};

/** A council that was killed once in each way and lives again. */
interface Killed {
  /** waits until everything has come to rest */
  readonly count: () => Promise<readonly Cell[]>;
}

const faults = Object.keys(kills);

const textOf = (fault: string, post: 'first' | 'second'): string =>
  `Gritting update ${String(faults.indexOf(fault) + 1)}: the gritters are out on the ${post} of the main roads.`;

/**
 * Two posts for each kill: the first one meets it, and the second comes after all of them on the same account.
 * @param wrong is told what makes a row worth nothing
 */
async function kill(network: string, story: Story, wrong: (what: string) => void): Promise<Killed> {
  const [account] = story.accounts;
  const aiming = createAiming();
  const council = await openMortal(story, aiming.watching, shortStarts);
  try {
    await council.begin();
    for (const [fault, aim] of Object.entries(kills)) {
      const text = textOf(fault, 'first');
      const { sprung } = aiming.aim({ ...aim, text });
      const { done } = council.bringOut(text);
      // A walk that cannot go on is never killed, and says why.
      await inTime(Promise.race([sprung, done.then(async () => await sprung)]));
      const stored = publicationOn(postOf(await readPosts(council.data), text), account)?.is;
      if (stored !== 'sending')
        wrong(`${network}: ${fault}: it was on its way, and Crier had it as ${stored ?? 'nothing'}`);
      await council.lives.begin();
      await inTime(done);
    }
    const after = faults.map((fault) => council.bringOut(textOf(fault, 'second')).done);
    await inTime(Promise.all(after));
  } catch (fault) {
    await council[Symbol.asyncDispose]();
    throw fault;
  }
  return { count: async () => await count(network, account, council, wrong) };
}

async function count(
  network: string,
  account: string,
  mortal: MortalCouncil,
  wrong: (what: string) => void,
): Promise<readonly Cell[]> {
  await using council = mortal;
  const both = (fault: string) => [textOf(fault, 'first'), textOf(fault, 'second')];
  await untilQuiet(council.data, faults.flatMap(both), council.lives);
  for (const host of council.network.strayed()) wrong(`${network}: ${host} was asked for past the proxy`);
  const posts = await readPosts(council.data);
  return faults.map((fault) =>
    together(
      network,
      fault,
      both(fault).map((text) =>
        becameOf(publicationOn(postOf(posts, text), account), council.network.standing(account, text)),
      ),
    ),
  );
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

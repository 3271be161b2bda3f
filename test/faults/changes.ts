import { waysOf } from '../../src/dispatch/put-right.ts';
import { accountOf } from '../../src/dispatch/thread.ts';
import { noClearAnswer } from '../../src/networks/network.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { readPart } from '../../src/posts/writing/plan.ts';
import type { PostState } from '../../src/posts/post.ts';
import type { NetworkName } from '../../src/protocol/protocol.ts';
import { networkFaults, type Faults, type PeerPost, type PlayedNetwork } from '../peers/faults.ts';
import { isAtRest } from '../deaths/stored.ts';
import { countsOf, type Counts } from './cell.ts';

/** What is done to a post that stands, and which call of it meets the fault. */
export const doings = ['edit', 'reply', 'delete to post again', 'post again', 'take down'] as const;
export type Doing = (typeof doings)[number];

/** What can be done to what stands on a network. */
export const doingsOn = (network: NetworkName): readonly Doing[] => {
  const ways = waysOf(network);
  return doings.filter((doing) => {
    const way = wayOf(doing);
    return way === undefined || ways.includes(way);
  });
};

/** How a correction puts it right; undefined where it comes down. */
export function wayOf(doing: Doing): 'edit' | 'reply' | 'again' | undefined {
  switch (doing) {
    case 'edit':
    case 'reply':
      return doing;
    case 'delete to post again':
    case 'post again':
      return 'again';
    case 'take down':
      return undefined;
  }
}

/** The faults of the calls that a doing is about. */
export function faultsOf(
  doing: Doing,
  { faults, changes }: Pick<PlayedNetwork, 'faults' | 'changes'>,
): Faults {
  switch (doing) {
    case 'edit':
      return changes.edit;
    case 'reply':
    case 'post again':
      return faults;
    case 'delete to post again':
    case 'take down':
      return changes.remove;
  }
}

/** Somebody deleted it on the network itself before. */
export const goneAlready = 'gone already';

/** What can go wrong with a doing: only what is newly posted can be taken for what was said before. */
export function faultsFor(doing: Doing): readonly ((typeof networkFaults)[number] | typeof goneAlready)[] {
  if (doing === 'post again') return networkFaults;
  if (doing === 'reply') return [...networkFaults, goneAlready];
  return [...networkFaults.filter((fault) => fault !== 'duplicate refused'), goneAlready];
}

/** Words are told apart by their first paragraph: YouTube's have the address of the council's page below. */
const first = (text: string): string => text.split('\n\n')[0] ?? '';

/**
 * What became of a change.
 * @param old the words that stood before
 * @param right those that were to take their place
 * @param standing what stands on the network of the post
 * @param gone the network's id of what somebody deleted there by hand, which Crier cannot know
 */
export function becameOfChange(
  post: PostState,
  account: string,
  doing: Doing,
  { old, right }: { readonly old: string; readonly right: string },
  standing: readonly Pick<PeerPost, 'id' | 'text' | 'replyTo'>[],
  gone: string | undefined,
): Counts {
  const own = Object.entries(publicationsOf(post)).filter(([part]) => accountOf(part) === account);
  const because = post.notCorrectedBecause ?? {};
  const isAsked = own.some(
    ([part, each]) =>
      (each.is === 'unknown' && each.asked) ||
      (each.is === 'removing' && each.problem === noClearAnswer) ||
      because[part] === noClearAnswer,
  );
  const plan = 'plan' in post.status ? post.status.plan.parts : [];
  const said = own.flatMap(([part, each]) => {
    if (each.is !== 'published' && each.is !== 'removing') return [];
    if (each.remote.remoteId === gone) return [];
    const planned = plan.find(({ key }) => key === part);
    const isOld = post.notCorrected?.includes(part) === true || planned === undefined;
    return [`${each.remote.remoteId} ${first(isOld ? old : readPart(planned).text)}`];
  });
  const stands = standing.map(({ id, text }) => `${id} ${first(text)}`);
  const isTrue = isAtRest(post) && said.toSorted().join('\n') === stands.toSorted().join('\n');
  const way = wayOf(doing);
  const doubled = standing.length > (way === 'reply' ? 2 : 1);
  const isDone =
    way === undefined
      ? standing.length === 0
      : way === 'reply'
        ? standing.length === 2 && standing.some(({ replyTo }) => replyTo !== undefined)
        : standing.length === 1 && standing.every(({ text }) => first(text) === right);
  const once = isTrue && isDone && !doubled;
  const told = isTrue && !isDone && !doubled;
  const asked = isAsked && !once && !told && !doubled;
  return countsOf({ once, asked, told, doubled });
}

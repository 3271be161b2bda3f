import { parseArgs } from 'node:util';
import type { Publication } from '../../src/dispatch/publication.ts';
import type { Network } from '../../src/networks/network.ts';
import type { PostState } from '../../src/posts/post.ts';
import { places, type Place, type Wire } from '../contract/network/places.ts';
import { morning, openCouncil, type Council } from '../journeys/council.ts';
import { networkFaults, type NetworkFault } from '../peers/faults.ts';

/**
 * What becomes of a post when the network goes wrong, for every network and every fault. The whole application
 * runs: somebody proposes, somebody approves, dispatch publishes through the real client, by the way out of a
 * proxy, to a peer that takes everything twice. The clock is moved by hand; a call's time is over as soon as the
 * peer has fallen silent. `kill -9` is not here: that is what `npm run deaths` does.
 */

/** What became of the posts of one cell; `accepted` is how many were approved, and the others add up to it. */
interface Cell {
  readonly network: string;
  readonly fault: NetworkFault;
  readonly accepted: number;
  /** stands once, and Crier knows it */
  readonly once: number;
  /** a person is asked whether it stands */
  readonly asked: number;
  /** does not stand, and people are told so with the reason */
  readonly told: number;
  /** stands or not, and Crier believes otherwise, or has come to no end */
  readonly lost: number;
  readonly doubled: number;
}

/** The account of each row; the network is the first word of its name. */
const accounts: Readonly<Record<string, { readonly account: string; readonly place: string }>> = {
  x: { account: 'x-main', place: 'X by OAuth 2' },
  'x video': { account: 'x-main', place: 'a video on X' },
  facebook: { account: 'facebook-main', place: 'Facebook' },
  'facebook video': { account: 'facebook-main', place: 'a video on Facebook' },
  instagram: { account: 'instagram-main', place: 'Instagram' },
  'instagram reel': { account: 'instagram-main', place: 'a reel on Instagram' },
  bluesky: { account: 'bluesky-main', place: 'Bluesky' },
  'bluesky video': { account: 'bluesky-main', place: 'a video on Bluesky' },
  youtube: { account: 'youtube-main', place: 'YouTube' },
};

/** So long, by the moved clock, a post may take to its end; the looks alone take a quarter of an hour. */
const longest = 90 * 60_000;
const step = 15_000;

/** The pictures that some networks need come with the call here, not with the post, so that no rule can ask for them. */
const withoutFit = (sample: string): string => sample.replace(/^ {2}FIT:.*\n/mu, '');

/** The protocol with one account, on which every post goes. */
const alone =
  (network: string, account: string) =>
  (sample: string): string =>
    withoutFit(sample).replace(
      /^accounts:\n(?:(?: .*)?\n)*?(?=\n?#)/mu,
      `accounts:\n  ${account}:\n    network: ${network}\n    name: '@SeftonCouncil'\n    owner: desk\n    purpose: Short news.\n    by-default: true\n`,
    );

/** The real adapter; its calls end early when the peer is silent, and some networks need a picture with each post. */
function impatient({ network, carried }: Place, { faults }: Wire): Network {
  return {
    ...network,
    publish: async (part, key, signal) => {
      const over = new AbortController();
      void faults.silent().then(() => over.abort());
      return await network.publish({ ...part, ...carried }, key, AbortSignal.any([signal, over.signal]));
    },
    find: async (part, key, since, signal) => await network.find({ ...part, ...carried }, key, since, signal),
  };
}

const publicationOf = ({ status }: PostState): Publication | undefined =>
  'publications' in status ? Object.values(status.publications)[0] : undefined;

function isSettled(publication: Publication | undefined): boolean {
  if (publication === undefined) return false;
  return publication.is === 'unknown'
    ? publication.asked
    : publication.is !== 'queued' && publication.is !== 'sending';
}

let numbers = 0;

/** Proposes and approves one post, and waits by the moved clock until it has come to an end. */
async function bringOut(council: Council, wire: Wire, fault: NetworkFault | undefined): Promise<Cell> {
  numbers += 1;
  const number = numbers;
  const text = `Gritting update ${String(number)}: the gritters are out on the main roads.`;
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  await ellen.say(`propose for Highways: ${text}`);
  await ellen.press('Send to Highways approvers');
  if (fault === 'refused' || fault === 'name not found') wire.cut(fault);
  else if (fault !== undefined) wire.faults.next(fault);
  await tom.press('Approve: goes out now', { confirm: 'true' });
  wire.mend();
  const from = council.now();
  while (!isSettled(publicationOf(await council.post(number))) && council.now() < from + longest) {
    await council.pass(step);
  }
  const publication = publicationOf(await council.post(number));
  // YouTube's has the address of the council's page below it.
  const standing = wire.posts().filter((post) => post.text.startsWith(text));
  const known = publication?.is === 'published' ? publication.remote.remoteId : undefined;
  const asked = publication?.is === 'unknown' && publication.asked;
  const once = standing.length === 1 && standing[0]?.id === known;
  const told = standing.length === 0 && publication?.is === 'failed';
  const doubled = standing.length > 1;
  const count = (is: boolean) => (is ? 1 : 0);
  return {
    network: '',
    fault: fault ?? 'refused',
    accepted: 1,
    once: count(once),
    asked: count(asked && !doubled),
    told: count(told),
    lost: count(!once && !asked && !told && !doubled),
    doubled: count(doubled),
  };
}

/** Two posts: the first meets the fault, the second comes after it on the same account. */
async function cellOf(council: Council, wire: Wire, network: string, fault: NetworkFault): Promise<Cell> {
  const first = await bringOut(council, wire, fault);
  const second = await bringOut(council, wire, undefined);
  return {
    network,
    fault,
    accepted: first.accepted + second.accepted,
    once: first.once + second.once,
    asked: first.asked + second.asked,
    told: first.told + second.told,
    lost: first.lost + second.lost,
    doubled: first.doubled + second.doubled,
  };
}

/** Every fault on one network, one after the other on the same account. */
export async function* faultsOf(network: string): AsyncGenerator<Cell> {
  const where = accounts[network];
  const open = where === undefined ? undefined : places[where.place];
  if (where === undefined || open === undefined) throw new Error(`there is no network ${network}`);
  const clock = { now: (): number => morning };
  await using place = await open(() => clock.now());
  const { wire } = place;
  if (wire === undefined) throw new Error(`${network} has no peer`);
  const adapter = impatient(place, wire);
  await using council = await openCouncil({
    protocol: alone(network.split(' ')[0] ?? network, where.account),
    networkOf: () => adapter,
  });
  clock.now = () => council.now();
  numbers = 0;
  for (const fault of networkFaults) yield await cellOf(council, wire, network, fault);
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const columns = ['accepted', 'once', 'asked', 'told', 'lost', 'doubled'] as const;
  const row = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(40)}${cells.map((each) => String(each).padStart(9)).join('')}`;
  if (!values.json) console.log(row('', columns));
  let bad = 0;
  for (const network of positionals.length > 0 ? positionals : Object.keys(accounts)) {
    for await (const cell of faultsOf(network)) {
      if (cell.lost + cell.doubled + cell.asked > 0) bad += 1;
      if (values.json) console.log(JSON.stringify(cell));
      else
        console.log(
          row(
            `${cell.network}: ${cell.fault}`,
            columns.map((each) => cell[each]),
          ),
        );
    }
  }
  if (bad > 0) {
    console.error(`${String(bad)} cells with a post that is lost, doubled or asked about.`);
    process.exitCode = 1;
  }
}

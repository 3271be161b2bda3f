import { parseArgs } from 'node:util';
import type { Publication } from '../../src/dispatch/publication.ts';
import type { Network, PlanPart, PublicationKey, Remote } from '../../src/networks/network.ts';
import type { PostState } from '../../src/posts/post.ts';
import compileOnce from '../compiled.ts';
import { places, type Place, type Wire } from '../contract/network/places.ts';
import { isAtRest, isSettled } from '../deaths/stored.ts';
import { stories } from '../deaths/stories.ts';
import { morning, openCouncil, type Council } from '../journeys/council.ts';
import { networkFaults, type Faults, type NetworkFault } from '../peers/faults.ts';
import { becameOfChange, doingsOn, faultsFor, faultsOf, goneAlready, wayOf, type Doing } from './changes.ts';
import { becameOf, columns, together, type Cell, type Counts } from './cell.ts';
import { killsOf } from './kills.ts';

/**
 * What becomes of a post, its correction and its removal when the network goes wrong, or Crier dies, for every network
 * and every fault. The whole
 * application runs: somebody proposes, somebody approves, dispatch publishes through the real client, by the way out
 * of a proxy, to a peer that takes everything twice. For the faults of the wire the clock is moved by hand, and a
 * call's time is over as soon as the peer has fallen silent; `kill -9` is for whole processes, by the clock on the wall.
 */

/** A row of the matrix. */
interface Row {
  readonly account: string;
  /** where the faults of the wire happen */
  readonly place: string;
  /** where the whole process is killed */
  readonly story: string;
}

/** Every row; the network is the first word of its name. */
const rows: Readonly<Record<string, Row>> = {
  x: { account: 'x-main', place: 'X by OAuth 2', story: 'x' },
  'x video': { account: 'x-main', place: 'a video on X', story: 'x-film' },
  facebook: { account: 'facebook-main', place: 'Facebook', story: 'facebook' },
  'facebook video': { account: 'facebook-main', place: 'a video on Facebook', story: 'facebook-film' },
  instagram: { account: 'instagram-main', place: 'Instagram', story: 'instagram' },
  'instagram reel': { account: 'instagram-main', place: 'a reel on Instagram', story: 'instagram-film' },
  bluesky: { account: 'bluesky-main', place: 'Bluesky', story: 'bluesky' },
  'bluesky video': { account: 'bluesky-main', place: 'a video on Bluesky', story: 'bluesky-film' },
  youtube: { account: 'youtube-main', place: 'YouTube', story: 'youtube' },
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
function impatient({ network, carried }: Place, { faults, changes }: Wire): Network {
  /** A call's signal, which is also over once those calls have fallen silent. */
  const within = (signal: AbortSignal, { silent }: Faults): AbortSignal => {
    const over = new AbortController();
    void silent().then(() => over.abort());
    return AbortSignal.any([signal, over.signal]);
  };
  const { edit } = network;
  return {
    ...network,
    publish: async (part, key, signal) =>
      await network.publish({ ...part, ...carried }, key, within(signal, faults)),
    remove: async (remote, key, signal) => await network.remove(remote, key, within(signal, changes.remove)),
    ...(edit === undefined
      ? {}
      : {
          edit: async (
            remote: Remote,
            part: PlanPart,
            key: PublicationKey,
            note: string,
            signal: AbortSignal,
          ) => await edit(remote, { ...part, ...carried }, key, note, within(signal, changes.edit)),
        }),
    find: async (part, key, since, signal) => await network.find({ ...part, ...carried }, key, since, signal),
  };
}

const publicationOf = ({ status }: PostState): Publication | undefined =>
  'publications' in status ? Object.values(status.publications)[0] : undefined;

let numbers = 0;
const textOf = (number: number) =>
  `Gritting update ${String(number)}: the gritters are out on the main roads.`;

/** Proposes and approves one post, and waits by the moved clock until it has come to an end. @returns what stands then */
async function bringOut(
  council: Council,
  wire: Wire,
  fault: NetworkFault | undefined,
): Promise<readonly string[]> {
  numbers += 1;
  const number = numbers;
  const text = textOf(number);
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  await ellen.say(`propose for Highways: ${text}`);
  await ellen.press('Send to Highways approvers');
  await meeting(fault, wire, wire.faults, async () => {
    await tom.press('Approve: goes out now', { confirm: 'true' });
  });
  await until(council, number, (post) => isSettled(publicationOf(post)));
  // YouTube's has the address of the council's page below it.
  return wire.posts().flatMap((post) => (post.text.startsWith(text) ? [post.id] : []));
}

/** Does something whose first call of a kind meets a fault. */
async function meeting(
  fault: NetworkFault | undefined,
  wire: Wire,
  calls: Faults,
  does: () => Promise<void>,
): Promise<void> {
  if (fault === 'refused' || fault === 'name not found') wire.cut(fault);
  else if (fault !== undefined) calls.next(fault);
  await does();
  wire.mend();
}

/** Waits by the moved clock. */
async function until(council: Council, number: number, is: (post: PostState) => boolean): Promise<void> {
  const from = council.now();
  while (!is(await council.post(number)) && council.now() < from + longest) await council.pass(step);
}

/** Brings a post out, and corrects it or takes it down. */
async function change(
  council: Council,
  wire: Wire,
  account: string,
  doing: Doing,
  fault: NetworkFault | typeof goneAlready,
): Promise<Counts> {
  const [id = ''] = await bringOut(council, wire, undefined);
  const number = numbers;
  const [ellen, tom] = [council.as('ellen-rimmer'), council.as('tom-ashcroft')];
  if (fault === goneAlready) wire.drop(id);
  const words = { old: textOf(number), right: `Gritting update ${String(number)}: every gritter is out.` };
  const way = wayOf(doing);
  const met = fault === goneAlready ? undefined : fault;
  if (way === undefined) {
    await meeting(met, wire, faultsOf(doing, wire), async () => {
      await ellen.say(`remove ${String(number)}`);
    });
  } else {
    const [form] = await ellen.say(`correct ${String(number)}`);
    const typed = { text: words.right, what: 'Others were out too.', [`way:${account}`]: way };
    await ellen.press('Ask for this correction', typed, form);
    await meeting(met, wire, faultsOf(doing, wire), async () => {
      await tom.press('Agree: correct it now', { confirm: 'true' }, tom.card(number));
    });
  }
  await until(council, number, isAtRest);
  const standing = wire.posts().filter(({ text }) => text.includes(`update ${String(number)}:`));
  return becameOfChange(
    await council.post(number),
    account,
    doing,
    words,
    standing,
    fault === goneAlready ? id : undefined,
  );
}

/** Every fault of the wire on one network, one after the other on the same account. */
async function* onWire(network: string, row: Row): AsyncGenerator<Cell> {
  const open = places[row.place];
  if (open === undefined) throw new Error(`there is no place ${row.place}`);
  const clock = { now: (): number => morning };
  await using place = await open(() => clock.now());
  const { wire } = place;
  if (wire === undefined) throw new Error(`${network} has no peer`);
  const adapter = impatient(place, wire);
  await using council = await openCouncil({
    protocol: alone(network.split(' ')[0] ?? network, row.account),
    networkOf: () => adapter,
  });
  clock.now = () => council.now();
  numbers = 0;
  for (const fault of networkFaults) {
    // The first meets the fault, the second comes after it on the same account.
    const came: Counts[] = [];
    for (const met of [fault, undefined]) {
      const standing = await bringOut(council, wire, met);
      came.push(becameOf(publicationOf(await council.post(numbers)), standing));
    }
    yield together(network, fault, came);
  }
  for (const doing of doingsOn(adapter.name))
    for (const fault of faultsFor(doing)) {
      const came = await change(council, wire, row.account, doing, fault);
      yield together(network, `${doing}: ${fault}`, [came]);
    }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => rows[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(' or ')}; there are ${Object.keys(rows).join(', ')}.`);
  const told = Object.entries(rows).filter(
    ([name]) => positionals.length === 0 || positionals.includes(name),
  );
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(56)}${cells.map((each) => String(each).padStart(9)).join('')}`;
  const wrong: string[] = [];
  let bad = 0;
  const print = (cell: Cell): void => {
    if (cell.lost + cell.doubled + cell.asked > 0) bad += 1;
    const numbers = columns.map((each) => cell[each]);
    console.log(values.json ? JSON.stringify(cell) : line(`${cell.network}: ${cell.fault}`, numbers));
  };
  if (!values.json) console.log(line('', columns));
  for (const [name, row] of told) for await (const cell of onWire(name, row)) print(cell);
  // What they all load is compiled once.
  await compileOnce();
  const storyOf = (name: string) => {
    const found = stories.find((each) => each.name === name);
    if (found === undefined) throw new Error(`there is no story ${name}`);
    return found;
  };
  if (process.env['NOKILL']) process.exit(0);
  const killed = told.map(([name, { story }]) => [name, storyOf(story)] as const);
  for await (const cell of killsOf(killed, (what) => wrong.push(what))) print(cell);
  if (bad > 0) wrong.push(`${String(bad)} cells with a post that is lost, doubled or asked about.`);
  for (const each of wrong) console.error(each);
  if (wrong.length > 0) process.exitCode = 1;
}

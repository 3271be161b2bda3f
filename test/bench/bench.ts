import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { activities, benchProtocol, fill, planned, pressData, shape, texts } from './filled.ts';
import { grown, repetitions } from './growth.ts';
import { slowestText } from './hostile-texts.ts';
import { allGood, closedLoop, median, openLoop, quantile, sender, type Answered, type Load } from './load.ts';
import { memoryOf, publishedPerSecond } from './publish.ts';
import {
  endAll,
  freshFolder,
  freshFolders,
  startBareBot,
  startConnector,
  startCrier,
  type Connector,
  type Running,
} from './processes.ts';

/** One measure: ours and the baseline's, taken in alternating rounds of the same run. */
interface Measured {
  readonly name: string;
  readonly ours: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly unit: string;
  /** what the ratio has to be */
  readonly wanted: string;
  readonly met: boolean;
  /** what stands beside */
  readonly beside: Readonly<Record<string, number>>;
  /** how it was taken, where that is no matter of course */
  readonly how: string;
}

const connections = 20;

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** alternating rounds of each side; fewer say less, sooner */
    rounds: { type: 'string', default: '5' },
    /** how many posts the grown store has */
    posts: { type: 'string', default: '100000' },
  },
  allowPositionals: true,
});
const rounds = Number(values.rounds);

const bodyOf = z.object({ statusCode: z.literal(200), type: z.string(), value: z.unknown() });
const cardType = 'application/vnd.microsoft.card.adaptive';

/** A press was answered with a card; with some words in it, where they are given. */
const isCard =
  (words = '') =>
  ({ status, text }: Answered): boolean =>
    status === 200 && text.includes(cardType) && text.includes(words);
const isTaken = ({ status }: Answered): boolean => status === 200;

const perSecond = (load: Load): number => (load.answers.length / load.took) * 1_000;
const rounded = (value: number): number => Number(value.toPrecision(4));

function atLeast(
  name: string,
  wanted: number,
  ours: number,
  baseline: number,
  beside = {},
  how = '',
): Measured {
  const ratio = ours / baseline;
  return {
    name,
    ours: rounded(ours),
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    unit: '1/s',
    wanted: `>= ${String(wanted)}`,
    met: ratio >= wanted,
    beside,
    how,
  };
}

/** Both sides of one comparison, ready for load. */
interface Pair {
  readonly crier: Running;
  readonly bare: Running;
  readonly connector: Connector;
  readonly bareConnector: Connector;
  readonly end: () => Promise<void>;
}

interface Prepared {
  /** bodies of presses that approve one post each */
  readonly approvals: Buffer[];
  readonly pair: Pair;
}

/** A store with so many posts that wait for their approvers, and Crier on it beside the bare bot. */
async function prepare(posts: number): Promise<Prepared> {
  const folder = freshFolder();
  const connector = await startConnector({ countOnly: false });
  const bareConnector = await startConnector({ countOnly: true });
  const { path, protocol } = benchProtocol(folder);
  const data = join(folder, 'data');
  const filling = await fill(data, protocol, connector.serviceUrl);
  const { press } = activities(connector.serviceUrl);
  const approvals: Buffer[] = [];
  for (const text of posts === 0 ? [] : texts) {
    const post = await filling.allShown(await filling.inReview(text, planned(7)));
    for (const id of await filling.copies(post, Math.ceil(posts / texts.length))) {
      const approver = shape.approvers[approvals.length % shape.approvers.length] ?? shape.lead;
      approvals.push(press(approver, 'post.approve', { ...pressData(post), post: id, confirm: 'true' }));
    }
  }
  await filling.close();
  const crier = await startCrier({ data, protocol: path, connectorPort: connector.port, lifted: true });
  const bare = await startBareBot();
  return {
    approvals,
    pair: {
      crier,
      bare,
      connector,
      bareConnector,
      end: async () => {
        await Promise.all([crier.stop(), bare.stop(), connector.stop(), bareConnector.stop()]);
      },
    },
  };
}

/** How many cards show a post of the shape: its author's, the desk officer's, three approvers', the Teams channel's. */
const cardsOfPost = 6;
const lifted =
  "a conversation's limit of sends is lifted by a preload (six conversations would be the measure)";

/** Both sides under a steady load of half of what the baseline can do. */
async function atHalfLoad(
  baselinePerSecond: number,
  sides: readonly { readonly name: 'ours' | 'baseline'; readonly run: (rate: number) => Promise<Load> }[],
): Promise<Record<string, number>> {
  const took: Record<string, number[]> = { ours: [], baseline: [] };
  for (let round = 0; round < 3; round += 1) {
    for (const { name, run } of sides) {
      took[name]?.push(...(await run(baselinePerSecond / 2)).answers.map((answer) => answer.took));
    }
  }
  return {
    p99AtHalfLoad: rounded(quantile(took['ours'] ?? [], 0.99)),
    baselineP99AtHalfLoad: rounded(quantile(took['baseline'] ?? [], 0.99)),
  };
}

async function approve(wanted: ReadonlySet<string>): Promise<Measured[]> {
  const perRound = 300;
  const half = 120;
  const all = wanted.has('approve.answered') && wanted.has('approve.drained') ? 2 : 1;
  const { approvals, pair } = await prepare((perRound * rounds + half * 3) * all + 300);
  const { crier, bare, connector, bareConnector } = pair;
  const ours = sender(crier.port, connections);
  const theirs = sender(bare.port, connections);
  const take = (n: number): Buffer[] => {
    const taken = approvals.splice(0, n);
    if (taken.length < n) throw new Error('too few posts were prepared');
    return taken;
  };
  const good = isCard('Approved, goes out');

  // One press by itself says what the card is like and which calls of the connector it leads to.
  const first = await closedLoop(ours, take(1), 1);
  allGood(first, good);
  await connector.count(cardsOfPost);
  const calls = await connector.taken();
  await connector.onlyCount();
  const card = bodyOf.parse(JSON.parse(first.answers[0]?.text ?? '')).value;
  bare.child.send({ card });
  const echoed = activities(bareConnector.serviceUrl);
  const echoes = (n: number): Buffer[] =>
    Array.from({ length: n }, (_, at) =>
      echoed.press(shape.approvers[at % 3] ?? shape.lead, 'post.approve', {
        ...pressDataExample,
        confirm: 'true',
      }),
    );
  // An echo says back what it was told: a message of the connector with a card of the same size.
  const said = (n: number): Buffer[] =>
    Array.from({ length: n }, (_, at) =>
      echoed.message(shape.approvers[at % 3] ?? shape.lead, texts[at % texts.length] ?? ''),
    );

  const drained = async (presses: Buffer[], isOurs: boolean): Promise<{ load: Load; took: number }> => {
    const peer = isOurs ? connector : bareConnector;
    await peer.clear();
    const counted = peer.count(presses.length * cardsOfPost);
    const began = performance.now();
    const load = await closedLoop(isOurs ? ours : theirs, presses, connections);
    await counted;
    return { load, took: performance.now() - began };
  };

  /** Approvals at half of what the echo bot can take, beside as many echoes. */
  const besideEchoes = async (baseline: number, echoed: typeof echoes) =>
    await atHalfLoad(baseline, [
      {
        name: 'ours',
        run: async (rate) => {
          await connector.clear();
          const load = await openLoop(ours, take(half), rate);
          allGood(load, good);
          await connector.count(half * cardsOfPost);
          return load;
        },
      },
      { name: 'baseline', run: async (rate) => await openLoop(theirs, echoed(half), rate) },
    ]);

  const measured: Measured[] = [];
  // Both are warm before anything counts.
  allGood((await drained(take(200), true)).load, good);
  allGood(await closedLoop(theirs, echoes(400), connections), isCard());

  if (wanted.has('approve.answered')) {
    const rates = { ours: [] as number[], baseline: [] as number[], invoke: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const answered = await drained(take(perRound), true);
      allGood(answered.load, good);
      rates.ours.push(perSecond(answered.load));
      const echo = await closedLoop(theirs, said(perRound), connections);
      allGood(echo, isTaken);
      rates.baseline.push(perSecond(echo));
      const invoke = await closedLoop(theirs, echoes(perRound), connections);
      allGood(invoke, isCard());
      rates.invoke.push(perSecond(invoke));
    }
    const beside = await besideEchoes(median(rates.baseline), said);
    measured.push(
      atLeast(
        'approve.answered',
        0.8,
        median(rates.ours),
        median(rates.baseline),
        { ...beside, ratioToInvokeEcho: rounded(median(rates.ours) / median(rates.invoke)) },
        `the echo posts a card of the same size; ratioToInvokeEcho is against a bot that answers a press with it and calls nobody; ${lifted}`,
      ),
    );
  }
  if (wanted.has('approve.drained')) {
    bare.child.send({ calls });
    allGood((await drained(echoes(300), false)).load, isCard());
    const rates = { ours: [] as number[], baseline: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const answered = await drained(take(perRound), true);
      allGood(answered.load, good);
      rates.ours.push((perRound / answered.took) * 1_000);
      const echo = await drained(echoes(perRound / 2), false);
      allGood(echo.load, isCard());
      rates.baseline.push((perRound / 2 / echo.took) * 1_000);
    }
    const beside = await besideEchoes(median(rates.baseline), echoes);
    measured.push(
      atLeast('approve.drained', 0.7, median(rates.ours), median(rates.baseline), beside, lifted),
    );
  }
  ours.close();
  theirs.close();
  await pair.end();
  return measured;
}

const pressDataExample = {
  post: 'post-bench-00000000000',
  turn: 3,
  revision: 1,
  hash: 'k'.repeat(43),
  stage: 'service',
  review: `review-${'k'.repeat(22)}`,
};

async function propose(): Promise<Measured[]> {
  const perRound = 300;
  const half = 120;
  const { pair } = await prepare(0);
  const { crier, bare, connector, bareConnector } = pair;
  const ours = sender(crier.port, connections);
  const theirs = sender(bare.port, connections);
  const said = activities(connector.serviceUrl);
  const echoed = activities(bareConnector.serviceUrl);
  let n = 0;
  const proposals = (count: number): Buffer[] =>
    Array.from({ length: count }, () =>
      said.message(shape.author, `propose ${texts[n++ % texts.length] ?? ''}`),
    );
  const echoes = (count: number): Buffer[] =>
    Array.from({ length: count }, () =>
      echoed.message(shape.author, `propose ${texts[n++ % texts.length] ?? ''}`),
    );
  const presses = (count: number): Buffer[] =>
    Array.from({ length: count }, () => echoed.press(shape.author, 'post.approve', pressDataExample));
  const proposed = async (count: number, rate?: number): Promise<Load> => {
    await connector.clear();
    const bodies = proposals(count);
    const load =
      rate === undefined ? await closedLoop(ours, bodies, connections) : await openLoop(ours, bodies, rate);
    allGood(load, isTaken);
    // Each comes to one card in the author's chat.
    await connector.count(count);
    return load;
  };

  await proposed(1);
  const [call] = await connector.taken();
  await connector.onlyCount();
  const posted = z
    .object({ attachments: z.array(z.object({ content: z.unknown() })).min(1) })
    .parse(call?.activity);
  bare.child.send({ card: posted.attachments[0]?.content });
  await proposed(200);
  allGood(await closedLoop(theirs, echoes(400), connections), isTaken);

  const rates = { ours: [] as number[], baseline: [] as number[], invoke: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    rates.ours.push(perSecond(await proposed(perRound)));
    const echo = await closedLoop(theirs, echoes(perRound), connections);
    allGood(echo, isTaken);
    rates.baseline.push(perSecond(echo));
    rates.invoke.push(perSecond(await closedLoop(theirs, presses(perRound), connections)));
  }
  const beside = await atHalfLoad(median(rates.baseline), [
    { name: 'ours', run: async (rate) => await proposed(half, rate) },
    { name: 'baseline', run: async (rate) => await openLoop(theirs, echoes(half), rate) },
  ]);
  ours.close();
  theirs.close();
  await pair.end();
  return [
    atLeast(
      'propose.answered',
      0.7,
      median(rates.ours),
      median(rates.baseline),
      { ...beside, ratioToInvokeEcho: rounded(median(rates.ours) / median(rates.invoke)) },
      `the echo posts a card of the same size; ${lifted}`,
    ),
  ];
}

/** From the start of the process to the first card that it answers with. */
async function start(): Promise<Measured[]> {
  const folder = freshFolder();
  const connector = await startConnector({ countOnly: true });
  const { path, protocol } = benchProtocol(folder);
  const filledData = join(folder, 'filled');
  const filling = await fill(filledData, protocol, connector.serviceUrl);
  const post = await filling.allShown(await filling.inReview(texts[0] ?? '', planned(7)));
  await filling.close();
  const { press } = activities(connector.serviceUrl);
  const times = { ours: [] as number[], baseline: [] as number[] };
  const firstCard = async (began: number, process: Running): Promise<number> => {
    const to = sender(process.port, 1);
    const load = await closedLoop(
      to,
      [press(shape.lead, 'post.approve', { ...pressData(post), confirm: 'true' })],
      1,
    );
    const took = performance.now() - began;
    allGood(load, isCard());
    to.close();
    await process.stop();
    return took;
  };
  // The first start of each is for the file cache.
  for (let round = -1; round < rounds; round += 1) {
    const data = join(folder, `data-${String(round)}`);
    cpSync(filledData, data, { recursive: true });
    const began = performance.now();
    const crier = await startCrier({ data, protocol: path, connectorPort: connector.port, lifted: false });
    const ours = await firstCard(began, crier);
    const bareBegan = performance.now();
    const baseline = await firstCard(bareBegan, await startBareBot());
    if (round >= 0) {
      times.ours.push(ours);
      times.baseline.push(baseline);
    }
  }
  await connector.stop();
  return [atMost('start.ready', 1.5, median(times.ours), median(times.baseline), 'ms')];
}

function atMost(
  name: string,
  wanted: number,
  ours: number,
  baseline: number,
  unit: string,
  beside: Readonly<Record<string, number>> = {},
  how = '',
): Measured {
  const ratio = ours / baseline;
  return {
    name,
    ours: rounded(ours),
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    unit,
    wanted: `<= ${String(wanted)}`,
    met: ratio <= wanted,
    beside,
    how,
  };
}

const idleFor = 60_000;

/** What both hold in memory a minute after the first approval. */
async function memory(): Promise<Measured[]> {
  const folder = freshFolder();
  const connector = await startConnector({ countOnly: true });
  const { path, protocol } = benchProtocol(folder);
  const data = join(folder, 'data');
  const filling = await fill(data, protocol, connector.serviceUrl);
  const post = await filling.allShown(await filling.inReview(texts[0] ?? '', planned(7)));
  await filling.close();
  const { press } = activities(connector.serviceUrl);
  const body = press(shape.lead, 'post.approve', { ...pressData(post), confirm: 'true' });
  const both = [
    await startCrier({ data, protocol: path, connectorPort: connector.port, lifted: false }),
    await startBareBot(),
  ];
  const sizes = await Promise.all(
    both.map(async (process) => {
      const to = sender(process.port, 1);
      allGood(await closedLoop(to, [body], 1), isCard());
      await new Promise((resolve) => {
        setTimeout(resolve, idleFor);
      });
      to.close();
      return (await process.tell()).rss / 1024 / 1024;
    }),
  );
  await Promise.all([...both.map(async (process) => await process.stop()), connector.stop()]);
  const [ours = Number.NaN, baseline = Number.NaN] = sizes;
  return [atMost('memory.idle', 1.5, ours, baseline, 'MiB', {}, 'both side by side, idle for the same 60 s')];
}

/** Every typed command and button in a store that has grown, against one that has not. */
async function growth(): Promise<Measured[]> {
  const folder = freshFolder();
  const { path, protocol } = benchProtocol(folder);
  const sides = [];
  for (const total of [100, Number(values.posts)]) {
    const connector = await startConnector({ countOnly: true });
    const data = join(folder, `posts-${String(total)}`);
    const turns = await grown(data, protocol, connector.serviceUrl, total);
    const crier = await startCrier({ data, protocol: path, connectorPort: connector.port, lifted: true });
    sides.push({ connector, turns, crier, to: sender(crier.port, 1), took: new Map<string, number[]>() });
  }
  const [small, large] = sides;
  if (small === undefined || large === undefined) throw new Error('two stores are compared');
  for (let n = 0; n < repetitions; n += 1) {
    // Both have answered once before the event loop is watched: what is compiled on first use is no growth.
    if (n === 2) for (const { crier } of sides) crier.watch();
    for (const [at, turn] of small.turns.entries()) {
      for (const side of n % 2 === 0 ? sides : sides.toReversed()) {
        const body = side.turns[at]?.bodies[n];
        if (body === undefined) throw new Error(`no repetition ${String(n)} of ${turn.name}`);
        const answered = await closedLoop(side.to, [body], 1);
        allGood(answered, isTaken);
        if (n < 2) continue;
        side.took.set(turn.name, [...(side.took.get(turn.name) ?? []), answered.took]);
      }
    }
  }
  const all = ({ took }: typeof small): number[] => [...took.values()].flat();
  const medianRatios = [...large.took].map(([name, took]) => ({
    name,
    ratio: median(took) / median(small.took.get(name) ?? []),
  }));
  const worst = medianRatios.toSorted((a, b) => b.ratio - a.ratio).slice(0, 5);
  const grew = worst.map(({ name, ratio }) => `${name} ${String(rounded(ratio))}`).join(', ');
  const loop = await Promise.all(sides.map(async ({ crier }) => await crier.tell()));
  for (const { to, crier, connector } of sides) {
    to.close();
    await Promise.all([crier.stop(), connector.stop()]);
  }
  const [p99, smallP99] = [quantile(all(large), 0.99), quantile(all(small), 0.99)];
  const measured = atMost('turn.growth', 1.3, median(all(large)), median(all(small)), 'ms');
  const loopP99 = loop[1]?.loopP99 ?? Number.NaN;
  return [
    {
      ...measured,
      wanted: '<= 1.3, p99 <= 2, loop < 50 ms',
      met: measured.met && p99 / smallP99 <= 2 && loopP99 < 50,
      beside: {
        p99: rounded(p99),
        baselineP99: rounded(smallP99),
        p99Ratio: rounded(p99 / smallP99),
        loopDelayP99: rounded(loopP99),
        baselineLoopDelayP99: rounded(loop[0]?.loopP99 ?? Number.NaN),
        turns: medianRatios.length,
        worstMedianRatio: rounded(worst[0]?.ratio ?? Number.NaN),
      },
      how: `${values.posts} posts against 100; grew most: ${grew}; "hold all" is not among them, since it holds every open post`,
    },
  ];
}

/** What falls due at once, against the vendor's own client. */
async function publish(wanted: ReadonlySet<string>): Promise<Measured[]> {
  const measured: Measured[] = [];
  if (wanted.has('publish.due')) {
    const { ours, baseline, atOnce } = await publishedPerSecond(Math.min(rounds, 3), 0);
    // A network far away takes its time, which both wait for: then it counts how well that is used.
    const far = await publishedPerSecond(1, 200);
    const beside = { ratioWhenXTakes200ms: rounded(far.ours / far.baseline) };
    const how = `1,000 posts on 20 accounts, ${String(atOnce)} at a time, through a proxy with TLS on either side`;
    measured.push(atLeast('publish.due', 0.8, ours, baseline, beside, how));
  }
  if (wanted.has('publish.memory')) {
    const [few, many] = [await memoryOf(1_000), await memoryOf(10_000)];
    measured.push(atMost('publish.memory', 1.1, many, few, 'MiB', {}, '10,000 due posts against 1,000'));
  }
  return measured;
}

/** The rules and a card over texts that nobody writes and anybody may paste, against usual words. */
function hostile(): Measured[] {
  const { ours, baseline, slowest } = slowestText();
  const how = `19,000 characters of one stretch again and again; the slowest is ${slowest}`;
  return [atMost('text.hostile', 5, ours, baseline, 'ms', {}, how)];
}

const benches: readonly {
  readonly names: readonly string[];
  readonly run: (wanted: ReadonlySet<string>) => Promise<Measured[]>;
}[] = [
  { names: ['approve.answered', 'approve.drained'], run: approve },
  { names: ['propose.answered'], run: propose },
  { names: ['start.ready'], run: start },
  { names: ['memory.idle'], run: memory },
  { names: ['turn.growth'], run: growth },
  { names: ['publish.due', 'publish.memory'], run: publish },
  { names: ['text.hostile'], run: async () => await Promise.resolve(hostile()) },
];

const names = benches.flatMap((bench) => bench.names);
const unknown = positionals.find((name) => !names.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no bench ${unknown}. There are ${names.join(', ')}.\n`);
  process.exit(2);
}
const chosen = new Set(positionals.length === 0 ? names : positionals);

function line({ name, ours, baseline, ratio, unit, wanted, met, beside, how }: Measured): string {
  const columns = [
    name.padEnd(17),
    `${String(ours)} ${unit}`.padStart(14),
    `${String(baseline)} ${unit}`.padStart(14),
    String(ratio).padStart(8),
    wanted.padStart(8),
    met ? 'met   ' : 'MISSED',
    Object.entries(beside)
      .map(([field, value]) => `${field} ${String(value)}`)
      .join(', '),
    how === '' ? '' : `(${how})`,
  ];
  return columns.join('  ').trimEnd();
}

if (!values.json) {
  process.stdout.write(
    `${'name'.padEnd(17)}  ${'ours'.padStart(14)}  ${'baseline'.padStart(14)}  ${'ratio'.padStart(8)}  ${'wanted'.padStart(8)}\n`,
  );
}
// Whatever ends this process ends those that it started.
process.once('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  for (const bench of benches) {
    if (!bench.names.some((name) => chosen.has(name))) continue;
    for (const measured of await bench.run(chosen)) {
      const { beside, ...rest } = measured;
      process.stdout.write(`${values.json ? JSON.stringify({ ...rest, ...beside }) : line(measured)}\n`);
    }
  }
} finally {
  endAll();
  for (const folder of freshFolders) rmSync(folder, { recursive: true, force: true });
}

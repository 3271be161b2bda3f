import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stateIn } from '../../src/core/forms.ts';
import type { StoreReader } from '../../src/core/store.ts';
import { verify } from '../../src/core/verify.ts';
import { aggregateKinds, kinds } from '../../src/kinds.ts';
import { publicationsOf } from '../../src/posts/how-it-stands.ts';
import { postKind } from '../../src/posts/kind.ts';
import type { PostState } from '../../src/posts/post.ts';
import { anchorFolder } from '../../src/store/anchor-file.ts';
import { existingAuditKey } from '../../src/store/audit-key.ts';
import { openSqliteReadOnly } from '../../src/store/sqlite.ts';
import { startConnector } from '../peers/connector.ts';
import type { PostMoment } from '../peers/faults.ts';
import { freePort } from '../process/crier.ts';
import { livesOf, type Lives } from './crier.ts';
import { chanceOf, type Chance } from './random.ts';
import { stories, type OpenStory, type Story } from './stories.ts';
import { chatOf, teamsPeople, type TeamsPeople } from './teams.ts';
import { bringTogether, everybody, walkOf, type Walk } from './walk.ts';

/** Where a kill fell, by what the store and the network knew of the aimed post just afterwards. */
export const windows = [
  'before commit',
  'commit to call',
  'in the call',
  'answer to settle',
  'settle to card',
] as const;
export type Window = (typeof windows)[number];

/** What takes longest to come to rest is killed first: it is looked for until nothing of it can arrive any more. */
const inTurn: readonly Window[] = [
  'commit to call',
  'in the call',
  'answer to settle',
  'before commit',
  'settle to card',
];

export interface DeathsOptions {
  /** absent: the rehearsal's timelines */
  readonly story?: Story;
  readonly killsPerWindow: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/** What was counted. Posts are counted once per account, since each account gets its own. */
export interface DeathsReport {
  readonly name: string;
  readonly seed: number;
  /** kills, those outside of every window included */
  readonly deaths: number;
  readonly byWindow: Readonly<Record<Window, number>>;
  /** let go by an approval that was answered with 200, times its accounts */
  readonly accepted: number;
  /** stands exactly once */
  readonly once: number;
  /** left to a person to tell */
  readonly asked: number;
  readonly lost: number;
  readonly doubled: number;
  /** copies of cards that do not show how their post stands now */
  readonly cardsLost: number;
  /** cards of the same post beyond the first in a chat; they put themselves right when pressed */
  readonly cardsDoubled: number;
  readonly chainsBroken: number;
  /** what is wrong, in words, for whoever has to find out why */
  readonly wrong: readonly string[];
}

const site = 'news';
/** The longest wait for everything to settle: looks end 65 s after an attempt, and a death may begin another. */
const quietWithin = 180_000;

/** What is to be killed next: armed by a round, sprung by a peer or by a sending. */
interface Trap {
  readonly window: Window;
  readonly text: string;
  readonly sprung: PromiseWithResolvers<void>;
  /** which of the author's four sendings, for kills before the commit */
  readonly step: number;
  /** whether the network goes on with what it has begun when its caller is gone */
  readonly goesOn: boolean;
  readonly moment: PostMoment;
  readonly jitter: number;
}

/** Kills Crier as often as asked in each window, lets it come to rest and counts. */
export async function countDeaths(options: DeathsOptions): Promise<DeathsReport> {
  const chance = chanceOf(options.seed);
  const { story = stories[0] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'crier-deaths-'));
  const connector = await startConnector();
  bringTogether(connector);
  let trap: Trap | undefined;
  const moments = new Map<string, PostMoment>();
  const network = await story.open({
    connector,
    folder,
    at: async (moment, text) => {
      moments.set(text, moment);
      const set = trap;
      if (set === undefined || set.text !== text || set.moment !== moment) return 'go on';
      trap = undefined;
      if (set.jitter > 0) await pause(set.jitter);
      await lives.kill();
      set.sprung.resolve();
      return set.goesOn ? 'go on' : 'drop';
    },
  });
  const data = join(folder, 'data');
  const lives = livesOf(await freePort(), {
    ...network.environment,
    CRIER_DATA: data,
    LOG_LEVEL: 'error',
    // Only makes each start shorter. What an environment names already, other starts have filled.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(folder, 'compiled'),
  });
  const teams = teamsPeople(connector, lives, network.door);
  const steps = new Map<string, number>();
  teams.onSending((mark) => {
    const set = trap;
    if (set?.window !== 'before commit' || !mark.includes(set.text)) return;
    const step = (steps.get(set.text) ?? 0) + 1;
    steps.set(set.text, step);
    if (step !== set.step) return;
    trap = undefined;
    void pause(set.jitter)
      .then(async () => await lives.kill())
      .then(() => set.sprung.resolve());
  });

  try {
    await lives.begin();
    for (const who of everybody) await teams.say(who, 'help');
    const walks: Walk[] = [];
    const byWindow: Record<Window, number> = {
      'before commit': 0,
      'commit to call': 0,
      'in the call': 0,
      'answer to settle': 0,
      'settle to card': 0,
    };
    const kills = Math.min(options.killsPerWindow, story.mostKills ?? options.killsPerWindow);
    const short = (): Window | undefined => inTurn.find((window) => byWindow[window] < kills);
    const most = kills * windows.length * 3 + 10;
    for (let n = 1, window = short(); window !== undefined; n += 1, window = short()) {
      if (n > most) throw new Error(`after ${String(most)} kills too few fell into "${window}"`);
      const text = `Section ${String(n)} of Harbour Road is open again. Thank you for your patience.`;
      const set = trapFor(window, text, chance);
      trap = set;
      if (window === 'settle to card') connector.delay(60, 60);
      network.disturb(chance);
      const walk = walkOf(text, teams, network.brings);
      walks.push(walk);
      await set.sprung.promise;
      connector.delay(0);
      const fell = await windowOf(set, data, story.accounts[0], moments.get(text));
      if (fell !== undefined) byWindow[fell] += 1;
      options.say?.(
        `${String(n)} aimed at "${window}", fell ${fell === undefined ? 'outside' : `in "${fell}"`}`,
      );
      await lives.begin();
    }
    await Promise.all(walks.map(async ({ done }) => await done));
    await untilQuiet(data, walks, lives);
    const counted = await count({ data, walks, story, network, teams, address: lives.address });
    await lives.stop();
    const audited = await auditOf(data, network);
    const strayed = network.strayed().map((host) => `${host} was asked for past the proxy`);
    const starts = lives.starts.toSorted((a, b) => a - b);
    options.say?.(
      `a start took ${String(Math.round(starts[Math.floor(starts.length / 2)] ?? 0))} ms in the middle`,
    );
    return {
      name: story === stories[0] ? 'deaths' : `deaths.${story.name}`,
      seed: options.seed,
      deaths: lives.killed(),
      byWindow,
      ...counted,
      chainsBroken: audited.length,
      wrong: [...counted.wrong, ...audited, ...strayed],
    };
  } finally {
    await lives.kill();
    await network.close();
    await connector.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function trapFor(window: Window, text: string, chance: Chance): Trap {
  const base = { window, text, sprung: Promise.withResolvers<void>(), step: 0, goesOn: true };
  switch (window) {
    case 'before commit':
      return { ...base, moment: 'arrived', step: 1 + chance.below(4), jitter: chance.below(12) };
    case 'commit to call':
      return { ...base, moment: 'arrived', goesOn: false, jitter: chance.below(20) };
    case 'in the call':
      return {
        ...base,
        moment: chance.below(2) === 0 ? 'arrived' : 'taken',
        jitter: chance.below(40),
      };
    case 'answer to settle':
      return { ...base, moment: 'answered', jitter: chance.below(3) };
    case 'settle to card':
      return { ...base, moment: 'answered', jitter: 10 + chance.below(120) };
  }
}

async function openData(data: string): Promise<StoreReader> {
  return await openSqliteReadOnly({ folder: data, kinds });
}

/** Every post as it is stored. */
async function postsIn(store: StoreReader): Promise<readonly PostState[]> {
  const posts: PostState[] = [];
  let after: string | undefined;
  do {
    const page = await store.scan(postKind.kind, 500, after);
    posts.push(...page.items.map((document) => stateIn(postKind, document)));
    after = page.next;
  } while (after !== undefined);
  return posts;
}

export async function readPosts(data: string): Promise<readonly PostState[]> {
  const store = await openData(data);
  try {
    return await postsIn(store);
  } finally {
    await store.close();
  }
}

/** Copies that can stand anywhere: this council has chosen no Teams channels. */
const copiesOf = (post: PostState): PostState['copies'] =>
  post.copies.filter(({ to, unreachable }) => to.kind !== 'teams-channel' && unreachable !== true);

const shownToAll = (post: PostState): boolean =>
  copiesOf(post).every((copy) => copy.posted !== undefined && copy.shown >= post.turn);

/** In which window a kill fell; undefined for one after everything. */
async function windowOf(
  { text, goesOn }: Trap,
  data: string,
  aimed: string,
  moment: PostMoment | undefined,
): Promise<Window | undefined> {
  const post = (await readPosts(data)).find(({ revision }) => revision.text === text);
  const publication = post === undefined ? undefined : publicationsOf(post)[`${aimed}.0`];
  switch (publication?.is) {
    case undefined:
    case 'queued':
      return 'before commit';
    case 'sending':
      if (moment === 'answered') return 'answer to settle';
      return moment === undefined || (moment === 'arrived' && !goesOn) ? 'commit to call' : 'in the call';
    default:
      return post?.status.is === 'published' && shownToAll(post) ? undefined : 'settle to card';
  }
}

/** Waits until every post that was let go has come to rest and every card shows it. */
async function untilQuiet(data: string, walks: readonly Walk[], lives: Lives): Promise<void> {
  const end = performance.now() + quietWithin;
  await lives.alive();
  while (performance.now() < end) {
    const posts = await readPosts(data);
    const quiet = walks.every(({ text }) => {
      const post = posts.find(({ revision }) => revision.text === text);
      return (
        post !== undefined &&
        ['published', 'partly-published', 'failed'].includes(post.status.is) &&
        shownToAll(post)
      );
    });
    if (quiet) return;
    // Each look reads every post, and what waits longest waits a minute.
    await pause(1_000);
  }
  // What has not come to rest by now is counted as it stands.
}

interface Counting {
  readonly data: string;
  readonly walks: readonly Walk[];
  readonly story: Story;
  readonly network: OpenStory;
  readonly teams: TeamsPeople;
  readonly address: string;
}

type Counted = Pick<
  DeathsReport,
  'accepted' | 'once' | 'asked' | 'lost' | 'doubled' | 'cardsLost' | 'cardsDoubled' | 'wrong'
>;

/** Holds what people were answered against what the network, the site and the chats have. */
async function count({ data, walks, story, network, teams, address }: Counting): Promise<Counted> {
  const posts = await readPosts(data);
  const pages = await pagesOf(address);
  const wrong: string[] = [];
  const sum = { accepted: 0, once: 0, asked: 0, lost: 0, doubled: 0, cardsLost: 0, cardsDoubled: 0 };
  for (const walk of walks) {
    const found = posts.filter(({ revision }) => revision.text === walk.text);
    const [post] = found;
    if (found.length > 1) wrong.push(`"${walk.text}" was proposed ${String(found.length)} times`);
    if (!walk.accepted()) wrong.push(`"${walk.text}" was never answered`);
    for (const account of [...story.accounts, site]) {
      sum.accepted += 1;
      const times =
        account === site
          ? pages.filter((page) => page.includes(walk.text)).length
          : network.times(account, walk.text);
      const publication = post === undefined ? undefined : publicationsOf(post)[`${account}.0`];
      const asked = publication?.is === 'unknown' && publication.asked;
      if (times > 1) sum.doubled += times - 1;
      if (asked) sum.asked += 1;
      else if (times === 0) sum.lost += 1;
      else if (times === 1) sum.once += 1;
      if (times !== 1 || publication?.is !== 'published') {
        wrong.push(
          `"${walk.text}" stands ${String(times)} times on ${account}; Crier says ${publication?.is ?? 'nothing'}`,
        );
      }
    }
    if (post === undefined) continue;
    for (const copy of copiesOf(post)) {
      const { posted } = copy;
      const content =
        posted === undefined ? undefined : teams.chat(posted.conversationId).get(posted.activityId);
      if (copy.shown < post.turn || content === undefined || !showsTurn(content, post)) {
        sum.cardsLost += 1;
        wrong.push(
          `the card of "${walk.text}" in ${copy.key} shows turn ${String(copy.shown)} of ${String(post.turn)}`,
        );
      }
    }
    for (const who of everybody) {
      const cards = [...teams.chat(chatOf(who)).values()].filter((content) => content.includes(walk.text));
      sum.cardsDoubled += Math.max(0, cards.length - 1);
    }
  }
  return { ...sum, wrong };
}

/** Whether a card was drawn of the post as it stands now: its buttons carry the turn they were drawn at. */
function showsTurn(content: string, post: PostState): boolean {
  return content.includes(`"post":"${post.id}"`) && content.includes(`"turn":${String(post.turn)},`);
}

/** Every page of the news site, found as a reader finds them: over the list, page by page, and its links. */
async function pagesOf(address: string): Promise<readonly string[]> {
  const links = new Set<string>();
  for (let next: string | undefined = `${address}/news`; next !== undefined;) {
    const list = await (await fetch(next)).text();
    for (const [, link = ''] of list.matchAll(/href="(?:https?:\/\/[^/"]+)?(\/news\/\d[^"?]*)"/gu))
      links.add(link);
    const further: string | undefined = /href="([^"]*)"[^>]*rel="next"|rel="next"[^>]*href="([^"]*)"/u
      .exec(list)
      ?.slice(1)
      .find((each) => each !== undefined);
    // Links can bear the public address, which is not where this process listens.
    const page: URL | undefined =
      further === undefined ? undefined : new URL(further.replaceAll('&amp;', '&'), next);
    next = page === undefined ? undefined : `${address}${page.pathname}${page.search}`;
  }
  return await Promise.all([...links].map(async (link) => await (await fetch(`${address}${link}`)).text()));
}

/** What the audit finds, as `npm run audit` does. */
async function auditOf(data: string, { auditKey }: OpenStory): Promise<readonly string[]> {
  const store = await openData(data);
  try {
    const key = existingAuditKey(auditKey(data));
    const series = await anchorFolder({ folder: join(data, 'anchors') }).read();
    const report = await verify(
      store,
      aggregateKinds.map(({ kind }) => kind),
      key,
      series,
    );
    return report.findings.map(({ where, what }) => `the audit found ${what} at ${where}`);
  } finally {
    await store.close();
  }
}

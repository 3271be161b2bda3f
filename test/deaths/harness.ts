import { join } from 'node:path';
import { verify } from '../../src/core/verify.ts';
import { aggregateKinds } from '../../src/kinds.ts';
import type { PostState } from '../../src/posts/post.ts';
import { anchorFolder } from '../../src/store/anchor-file.ts';
import { existingAuditKey } from '../../src/store/audit-key.ts';
import type { PostMoment } from '../peers/faults.ts';
import { createAiming, openMortal, shortStarts, type Aim, type MortalCouncil } from './mortal.ts';
import { chanceOf, type Chance } from './random.ts';
import { copiesOf, openData, postOf, publicationOn, readPosts, shownToAll, untilQuiet } from './stored.ts';
import { stories, type OpenStory, type Story } from './stories.ts';
import { chatOf } from './teams.ts';
import { everybody, type Walk } from './walk.ts';

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

/** What is to be killed next: armed by a round, sprung by a peer or by a sending. */
interface Trap {
  readonly window: Window;
  readonly aim: Aim;
  /** which of the author's four sendings, for kills before the commit */
  readonly step: number;
}

/** Kills Crier as often as asked in each window, lets it come to rest and counts. */
export async function countDeaths(options: DeathsOptions): Promise<DeathsReport> {
  const chance = chanceOf(options.seed);
  const { story = stories[0] } = options;
  const aiming = createAiming();
  await using council = await openMortal(story, aiming.watching, shortStarts);
  const { connector, network, lives, teams, data } = council;
  let beforeCommit: (mark: string) => void = () => undefined;
  teams.onSending((mark) => beforeCommit(mark));

  await council.begin();
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
    const trap = trapFor(window, text, chance);
    const armed = aiming.aim(trap.aim);
    let steps = 0;
    beforeCommit = (mark) => {
      if (window !== 'before commit' || !mark.includes(text)) return;
      steps += 1;
      if (steps === trap.step) armed.spring(lives);
    };
    if (window === 'settle to card') connector.delay(60, 60);
    network.disturb(chance);
    walks.push(council.bringOut(text));
    await armed.sprung;
    connector.delay(0);
    const fell = await windowOf(trap, data, story.accounts[0], aiming.moments.get(text));
    if (fell !== undefined) byWindow[fell] += 1;
    options.say?.(
      `${String(n)} aimed at "${window}", fell ${fell === undefined ? 'outside' : `in "${fell}"`}`,
    );
    await lives.begin();
  }
  await Promise.all(walks.map(async ({ done }) => await done));
  await untilQuiet(
    data,
    walks.map(({ text }) => text),
    lives,
  );
  const counted = await count({ council, walks, story });
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
}

function trapFor(window: Window, text: string, chance: Chance): Trap {
  const trap = (aim: Omit<Aim, 'text' | 'goesOn'> & Partial<Aim>, step = 0): Trap => ({
    window,
    aim: { text, goesOn: true, ...aim },
    step,
  });
  switch (window) {
    case 'before commit': {
      const step = 1 + chance.below(4);
      return trap({ moment: 'arrived', jitter: chance.below(12) }, step);
    }
    case 'commit to call':
      return trap({ moment: 'arrived', goesOn: false, jitter: chance.below(20) });
    case 'in the call': {
      const moment = chance.below(2) === 0 ? 'arrived' : 'taken';
      return trap({ moment, jitter: chance.below(40) });
    }
    case 'answer to settle':
      return trap({ moment: 'answered', jitter: chance.below(3) });
    case 'settle to card':
      return trap({ moment: 'answered', jitter: 10 + chance.below(120) });
  }
}

/** In which window a kill fell; undefined for one after everything. */
async function windowOf(
  { aim: { text, goesOn } }: Trap,
  data: string,
  aimed: string,
  moment: PostMoment | undefined,
): Promise<Window | undefined> {
  const post = postOf(await readPosts(data), text);
  switch (publicationOn(post, aimed)?.is) {
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

interface Counting {
  readonly council: MortalCouncil;
  readonly walks: readonly Walk[];
  readonly story: Story;
}

type Counted = Pick<
  DeathsReport,
  'accepted' | 'once' | 'asked' | 'lost' | 'doubled' | 'cardsLost' | 'cardsDoubled' | 'wrong'
>;

/** Holds what people were answered against what the network, the site and the chats have. */
async function count({ council, walks, story }: Counting): Promise<Counted> {
  const { network, teams } = council;
  const posts = await readPosts(council.data);
  const pages = await pagesOf(council.lives.address);
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
          : network.standing(account, walk.text).length;
      const publication = publicationOn(post, account);
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

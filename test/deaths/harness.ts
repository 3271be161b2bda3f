import { join } from 'node:path';
import { verify } from '../../src/core/verify.ts';
import { aggregateKinds } from '../../src/kinds.ts';
import type { PostState } from '../../src/posts/post.ts';
import { anchorFolder } from '../../src/store/anchor-file.ts';
import { existingAuditKey } from '../../src/store/audit-key.ts';
import type { CallMoment } from '../peers/faults.ts';
import { nameOf } from './call.ts';
import {
  beginningOf,
  deedsOf,
  kinds,
  progressOf,
  wantedOn,
  wordsOf,
  type Deed,
  type Kind,
  type Progress,
  type Words,
} from './deeds.ts';
import { inTime } from './in-time.ts';
import { createAiming, openMortal, shortStarts, type Aim, type MortalCouncil } from './mortal.ts';
import { chanceOf, type Chance } from './random.ts';
import {
  copiesOf,
  isAtRest,
  isOf,
  openData,
  postOf,
  publicationsOn,
  readPosts,
  shownToAll,
  untilQuiet,
} from './stored.ts';
import { stories, type OpenStory, type Story } from './stories.ts';
import { chatOf } from './teams.ts';
import { everybody, type Walk } from './walk.ts';

/** Where a kill fell, by what the store and the network knew of the aimed call just afterwards. */
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
  /** how often in each window of what people do; absent: never */
  readonly killsPerWindow: Partial<Readonly<Record<Kind, number>>>;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

/** What was counted. What is done about a post is counted once per account, since it is done on each. */
export interface DeathsReport {
  readonly name: string;
  readonly seed: number;
  /** kills, those outside of every window included */
  readonly deaths: number;
  readonly byWindow: Readonly<Record<Window, number>>;
  /** posts let go, put right or to be taken down by a press that was answered with 200, times their accounts */
  readonly accepted: number;
  /** stands exactly once as it should, or not at all where it came down */
  readonly once: number;
  /** left to a person to tell */
  readonly asked: number;
  readonly lost: number;
  readonly doubled: number;
  /** changes that the network took more than once with the same words: nobody sees that */
  readonly repeated: number;
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
  /** which of a deed's sendings, for kills before the commit */
  readonly step: number;
}

/** A post, and what was done about it. */
interface Done {
  readonly n: number;
  readonly deed: Deed;
  readonly walk: Walk;
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
  const done: Done[] = [];
  const fallen: Record<Kind, Record<Window, number>> = {
    'bring out': noneYet(),
    correct: noneYet(),
    'take down': noneYet(),
  };
  const wanted = (kind: Kind): number =>
    Math.min(options.killsPerWindow[kind] ?? 0, story.mostKills ?? Number.POSITIVE_INFINITY);
  const short = (): { readonly window: Window; readonly kind: Kind } | undefined =>
    inTurn
      .flatMap((window) => kinds.map((kind) => ({ window, kind })))
      .find(({ window, kind }) => fallen[kind][window] < wanted(kind));
  const most = kinds.reduce((all, kind) => all + wanted(kind), 0) * windows.length * 3 + 10;
  const turns: Record<Kind, number> = { 'bring out': 0, correct: 0, 'take down': 0 };
  for (let n = 1, next = short(); next !== undefined; n += 1, next = short()) {
    const { window, kind } = next;
    if (n > most) throw new Error(`after ${String(most)} kills too few fell into "${window}"`);
    const deeds = deedsOf(kind, story);
    const deed = deeds[turns[kind] % deeds.length];
    if (deed === undefined) throw new Error(`nobody can ${kind} anything in the story ${story.name}`);
    turns[kind] += 1;
    const words = wordsOf(n);
    const begins = await inTime(deed.prepare(council, words));
    const trap = trapFor(window, deed, words, chance);
    const armed = aiming.aim(trap.aim);
    let steps = 0;
    beforeCommit = (mark) => {
      if (window !== 'before commit' || !mark.includes(beginningOf(n))) return;
      steps += 1;
      if (steps === trap.step) armed.spring(lives);
    };
    if (window === 'settle to card') connector.delay(60, 60);
    if (kind === 'bring out') network.disturb(chance);
    done.push({ n, deed, walk: begins() });
    await inTime(armed.sprung);
    connector.delay(0);
    const post = postOf(await readPosts(data), words);
    const fell = windowOf(
      trap,
      progressOf(post, deed, words),
      post,
      aiming.moments.get(nameOf(trap.aim.call)),
    );
    if (fell !== undefined) fallen[kind][fell] += 1;
    const { does, account } = trap.aim.call;
    options.say?.(
      `${String(n)} ${kind} (${does} on ${account}) aimed at "${window}", fell ${fell === undefined ? 'outside' : `in "${fell}"`}`,
    );
    await lives.begin();
  }
  await Promise.all(done.map(async ({ walk }) => await inTime(walk.done)));
  await untilQuiet(
    data,
    done.map(({ n }) => wordsOf(n)),
    lives,
  );
  const counted = await count({ council, done, story });
  await lives.stop();
  const audited = await auditOf(data, network);
  const strayed = network.strayed().map((host) => `${host} was asked for past the proxy`);
  const starts = lives.starts.toSorted((a, b) => a - b);
  options.say?.(
    `a start took ${String(Math.round(starts[Math.floor(starts.length / 2)] ?? 0))} ms in the middle`,
  );
  const byWindow = noneYet();
  for (const kind of kinds) for (const window of windows) byWindow[window] += fallen[kind][window];
  const repeated = [...aiming.taken].reduce(
    (all, [name, times]) => all + (name.startsWith('edit ') ? times - 1 : 0),
    0,
  );
  return {
    name: story === stories[0] ? 'deaths' : `deaths.${story.name}`,
    seed: options.seed,
    deaths: lives.killed(),
    byWindow,
    ...counted,
    repeated,
    chainsBroken: audited.length,
    wrong: [...counted.wrong, ...audited, ...strayed],
  };
}

const noneYet = (): Record<Window, number> => ({
  'before commit': 0,
  'commit to call': 0,
  'in the call': 0,
  'answer to settle': 0,
  'settle to card': 0,
});

function trapFor(window: Window, { call, steps }: Deed, words: Words, chance: Chance): Trap {
  const trap = (aim: Omit<Aim, 'call' | 'goesOn'> & Partial<Aim>, step = 0): Trap => ({
    window,
    aim: { call: call(words), goesOn: true, ...aim },
    step,
  });
  switch (window) {
    case 'before commit': {
      const step = 1 + chance.below(steps);
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
function windowOf(
  { aim: { goesOn } }: Trap,
  progress: Progress,
  post: PostState | undefined,
  moment: CallMoment | undefined,
): Window | undefined {
  switch (progress) {
    case 'not begun':
      return 'before commit';
    case 'begun':
      if (moment === 'answered') return 'answer to settle';
      return moment === undefined || (moment === 'arrived' && !goesOn) ? 'commit to call' : 'in the call';
    case 'settled':
      return post !== undefined && isAtRest(post) && shownToAll(post) ? undefined : 'settle to card';
  }
}

interface Counting {
  readonly council: MortalCouncil;
  readonly done: readonly Done[];
  readonly story: Story;
}

type Counted = Pick<
  DeathsReport,
  'accepted' | 'once' | 'asked' | 'lost' | 'doubled' | 'cardsLost' | 'cardsDoubled' | 'wrong'
>;

/** Holds what people were answered against what the network, the site and the chats have. */
async function count({ council, done, story }: Counting): Promise<Counted> {
  const { network, teams } = council;
  const posts = await readPosts(council.data);
  const pages = await pagesOf(council.lives.address);
  const wrong: string[] = [];
  const sum = { accepted: 0, once: 0, asked: 0, lost: 0, doubled: 0, cardsLost: 0, cardsDoubled: 0 };
  for (const { n, deed, walk } of done) {
    const words = wordsOf(n);
    const about = `"${walk.text}" (${deed.kind})`;
    const found = posts.filter((each) => isOf(each, words));
    const [post] = found;
    if (found.length > 1) wrong.push(`${about} was proposed ${String(found.length)} times`);
    if (!walk.accepted()) wrong.push(`${about} was never answered`);
    for (const account of [...story.accounts, site]) {
      sum.accepted += 1;
      const said =
        account === site
          ? pages.filter((page) => page.includes(beginningOf(n)))
          : network.posts(account).map(({ text }) => text);
      const times = (text: string): number =>
        said.filter((each) => (account === site ? each.includes(text) : each.split('\n\n').includes(text)))
          .length;
      const stands = { old: times(words.old), right: times(words.right) };
      const wanted = wantedOn(account, deed, story);
      const missing = Math.max(0, wanted.old - stands.old, wanted.right - stands.right);
      const besides = Math.max(0, stands.old - wanted.old) + Math.max(0, stands.right - wanted.right);
      const asked = publicationsOn(post, account).some((each) => each.is === 'unknown' && each.asked);
      // What was to come down, and stands, was not done.
      const isLost = missing > 0 || (deed.kind === 'take down' && besides > 0);
      if (!isLost) sum.doubled += besides;
      if (asked) sum.asked += 1;
      else if (isLost) sum.lost += 1;
      else if (besides === 0) sum.once += 1;
      if (isLost || besides > 0 || !isSaid(post, account, deed.kind)) {
        wrong.push(
          `${about} stands on ${account} ${String(stands.old)} times as it was and ${String(stands.right)} times put right; Crier says ${JSON.stringify(publicationsOn(post, account).map(({ is }) => is))}`,
        );
      }
    }
    if (deed.kind === 'correct') {
      const told = pages.flatMap((page) => page.split(words.what).slice(1));
      if (told.length !== 1) wrong.push(`${about} is said to be corrected ${String(told.length)} times`);
    }
    if (post === undefined) continue;
    for (const copy of copiesOf(post)) {
      const { posted } = copy;
      const content =
        posted === undefined ? undefined : teams.chat(posted.conversationId).get(posted.activityId);
      if (copy.shown < post.turn || content === undefined || !showsTurn(content, post)) {
        sum.cardsLost += 1;
        wrong.push(
          `the card of ${about} in ${copy.key} shows turn ${String(copy.shown)} of ${String(post.turn)}`,
        );
      } else if (!content.includes(deed.kind === 'take down' ? 'Taken down' : walk.text)) {
        sum.cardsLost += 1;
        wrong.push(`the card of ${about} in ${copy.key} does not say so`);
      }
    }
    for (const who of everybody) {
      const cards = [...teams.chat(chatOf(who)).values()].filter((content) => content.includes(walk.text));
      sum.cardsDoubled += Math.max(0, cards.length - 1);
    }
  }
  return { ...sum, wrong };
}

/** Whether Crier says of an account that it was done there. */
function isSaid(post: PostState | undefined, account: string, kind: Kind): boolean {
  const is = publicationsOn(post, account).map((each) => each.is);
  if (post === undefined || is.length === 0) return false;
  switch (kind) {
    case 'bring out':
      return is.every((each) => each === 'published');
    case 'correct':
      return (
        post.correction === undefined &&
        post.corrected.length === 1 &&
        post.notCorrected === undefined &&
        is.includes('published')
      );
    case 'take down':
      return is.every((each) => each === 'removed' || each === 'stopped');
  }
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

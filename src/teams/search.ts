import { setImmediate as nextTurn } from 'node:timers/promises';
import { statesIn, unlessNewer } from '../core/forms.ts';
import type { Listed } from '../core/store.ts';
import { maySee } from '../posts/deciding/may.ts';
import { postKind } from '../posts/kind.ts';
import { readWhole } from '../posts/writing/plan.ts';
import type { PostState } from '../posts/post.ts';
import { knownBy } from '../posts/correcting/standing.ts';
import { listsFor } from '../posts/deciding/who-reads.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { stateWords } from '../words/state.ts';
import { sayNotice } from '../words/typed.ts';
import type { SearchResult, TurnAnswer } from './adapter.ts';
import { postByNumber, type Desk } from './desk.ts';
import type { Draw } from './draw.ts';
import type { Turn } from './turn.ts';

/** A post's number as people write it: `8`, `#8`, `post 8`. */
const numberAlone = /^\s*(?:post\s+)?(?:number\s+|no\.?\s+)?#?\s*(?<number>\d{1,9})\s*$/iu;

/** So many words of what is typed are looked for. */
const mostWords = 5;
/** So far down somebody turns the pages; after that a word is sooner typed. */
const mostTurned = 500;
/** How many posts are read at a time. */
const atATime = 25;
/** How many of those that wait for somebody, and of their own, stand above all others where nothing is typed. */
const mostAbove = 10;

/** What somebody looks for, and which page of that. */
interface Sought {
  readonly text: string;
  readonly skip: number;
  readonly count: number;
}

/** The pages that somebody has turned of what they looked for last: the posts on them, by id. */
interface Turned {
  readonly text: string;
  readonly ids: readonly string[];
}

/**
 * @returns finds a page of the posts that hold every typed word; for a number the post that has it comes first. Where
 * nothing is typed, what waits for the person, their own posts, and all others. Only those that they may see, whatever
 * else there is. What changes while somebody turns the pages comes to stand above: it is on the next one where it was on
 * none yet, and what was is not there once more
 */
export function createSearch(desk: Desk, draw: Draw): (sought: Sought, turn: Turn) => Promise<TurnAnswer> {
  const turned = new Map<string, Turned>();

  return async ({ text, skip, count }, turn) => {
    const results: SearchResult[] = [];
    const before = turned.get(turn.person);
    // Of what another process has shown nobody knows: as many as that was are passed over.
    const isKnown = before !== undefined && before.text === text && before.ids.length >= skip;
    const passed = new Set(isKnown ? before.ids.slice(0, skip) : []);
    const ids = [...passed];
    let at = 0;
    if (skip <= mostTurned) {
      for await (const post of text === '' ? unasked(turn, desk) : asked(text, turn, desk)) {
        at += 1;
        if (passed.has(post.id)) continue;
        ids.push(post.id);
        if (ids.length <= skip) continue;
        const result = await resultOf(post, desk, draw);
        if (result !== undefined) results.push(result);
        if (ids.length >= skip + count) break;
        // A page has as many cards as draw for longer than others should wait.
        await nextTurn();
      }
    }
    turned.set(turn.person, { text, ids });
    return at === 0 && skip === 0
      ? { answer: 'notice', text: sayNotice('found-none', { typed: text !== '' }).words }
      : { answer: 'found', results };
  };
}

async function resultOf(post: PostState, desk: Desk, draw: Draw): Promise<SearchResult | undefined> {
  const content = await draw.reply({ show: 'post', post, view: 'main' }, { kind: 'everybody' });
  if (content === undefined || 'text' in content) return undefined;
  return {
    title: `#${String(post.number)} · ${stateWords(post, desk.rules(), desk.clock())}`,
    text: firstWords(readWhole(knownBy(post, desk.rules()), desk.rules()), 120),
    card: content.card,
  };
}

async function* asked(text: string, { person }: Turn, desk: Desk): AsyncGenerator<PostState> {
  const { number } = numberAlone.exec(text)?.groups ?? {};
  const words = (number ?? text).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const named =
    number === undefined ? undefined : await unlessNewer(postByNumber(desk, Number(number)), undefined);
  if (named !== undefined && maySee(named, person, desk.rules())) yield named;
  // Nothing but signs is no word of any post.
  if (words.length === 0) return;
  for await (const post of theirs(words.slice(0, mostWords), person, desk))
    if (post.id !== named?.id) yield post;
}

async function* unasked({ person }: Turn, desk: Desk): AsyncGenerator<PostState> {
  const above = async (index: 'waiting-for' | 'of-author'): Promise<readonly PostState[]> => {
    const query = { kind: postKind.kind, index, equals: person, limit: mostAbove };
    return seen(await desk.executor.store.list(query), person, desk);
  };
  const first = [...(await above('waiting-for')), ...(await above('of-author'))];
  const shown = new Map(first.map((post) => [post.id, post]));
  yield* shown.values();
  for await (const post of theirs([], person, desk)) if (!shown.has(post.id)) yield post;
}

/** @returns the posts with all of these words that somebody may see, the last changed first, and no more than `most` */
export async function postsWith(
  words: readonly string[],
  most: number,
  person: string,
  desk: Desk,
): Promise<readonly PostState[]> {
  const found: PostState[] = [];
  for await (const post of theirs(words.slice(0, mostWords), person, desk)) {
    found.push(post);
    if (found.length >= most) break;
  }
  return found;
}

/** Every post with these words that somebody may see, the last changed first. */
async function* theirs(words: readonly string[], person: string, desk: Desk): AsyncGenerator<PostState> {
  const lists = listsFor(person, desk.rules());
  let after: string | undefined;
  do {
    const page = await desk.executor.store.search(postKind.kind, words, atATime, after, lists);
    yield* seen(page, person, desk);
    after = page.next;
    // Others have their turn before the next ones are read.
    if (after !== undefined) await nextTurn();
  } while (after !== undefined);
}

const seen = ({ items }: Listed, person: string, desk: Desk): readonly PostState[] =>
  statesIn(postKind, items).filter((post) => maySee(post, person, desk.rules()));

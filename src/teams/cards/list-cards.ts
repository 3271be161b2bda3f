import type { Millis } from '../../core/time.ts';
import { timeOut } from '../../posts/kind.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { isPublic } from '../../posts/leaving/what-is-public.ts';
import { readWhole } from '../../posts/writing/plan.ts';
import { knownBy } from '../../posts/correcting/standing.ts';
import { stopAmong, stopOver, type AccountStates } from '../../posts/stopping/stop-of-post.ts';
import {
  earlierButton,
  heldWords,
  listWords,
  moreWords,
  newerWords,
  nobodyHereWords,
  pageWords,
  scopeWords,
  usesWords,
  type ListName,
} from '../../words/lists.ts';
import { leftToNewerWords } from '../../words/stopping.ts';
import type { Said } from '../../words/answers.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { rehearsedWords } from '../../words/names.ts';
import { whenWords } from '../../words/posts.ts';
import { notHeededInList, offerOf } from '../../words/several.ts';
import { stoppedOnList } from '../../words/stopped.ts';
import { firstLine } from '../../words/erased.ts';
import { sayDay } from '../../words/times.ts';
import { buttons } from '../../words/on-cards.ts';
import { rowTitleWords } from '../../words/titles.ts';
import { outsideWords, type OutsideShown } from '../../words/outside.ts';
import type { HeldAll, Pages, PostList } from '../reply.ts';
import type { CommandButton, HeldData, ListData, Row } from './data.ts';
import { drawingOf, type Drawing } from './drawing.ts';
import type { DrawnCard } from './post-card.ts';
import { lines, nothing, pressOf, stateFor } from './post-head.ts';
import { render } from './render.ts';
import { fittedRows } from './room.ts';
import { cardText, linked, paragraphs } from './text.ts';
import type { Viewer } from './viewer.ts';

/** A page of posts as a list command or a search gives it, or posts of a storm; `accounts` where it says what is stopped. */
export type PostsToList = Omit<PostList, 'of' | 'accounts'> &
  Partial<Pick<PostList, 'accounts'>> & { readonly of: ListName };

/** Where to go from an empty list. */
const elsewhere: readonly CommandButton[] = [
  { title: buttons.posts, words: 'posts' },
  { title: buttons.calendar, words: 'calendar' },
  { title: buttons.commands, words: 'help' },
];

/** @returns posts as rows that open by a press: number, department, first words, where they stand */
export function listCard(list: PostsToList, viewer: Viewer, rules: DeskRules, now: Millis): DrawnCard {
  const drawing = { viewer, rules, now };
  const { title, lines: intro } = introOf(list, drawing);
  const said = pageWords(title, pageOf(list));
  const accounts: AccountStates = list.accounts ?? new Map();
  const data: ListData = {
    title: cardText(said),
    intro: lines([
      ...stopLines(accounts, rules, now),
      ...unheededLines(list),
      ...intro,
      ...newerWords(list.newer ?? 0),
    ]),
    outside: outsideOf(list.outside, rules, now),
    groups: [...Map.groupBy(list.posts, (post) => dayOf(post, list, now))].map(([day, posts]) => ({
      heading: cardText(day),
      rows: posts.map((post) => {
        const isStopped = stopAmong(post, accounts, rules) !== undefined;
        return rowOf(post, drawing, { dated: list.of === 'calendar', isStopped });
      }),
    })),
    turns: turnsOf(list),
    buttons: list.posts.length === 0 ? elsewhere.filter(({ words }) => words !== list.of) : [],
  };
  return { card: render('list', data), summary: intro[0] ?? said };
}

/** The day that a post of the calendar stands under; of another list none. */
function dayOf(post: PostState, { of }: PostsToList, now: Millis): string {
  const at = of === 'calendar' ? timeOut(post) : undefined;
  return at === undefined ? nothing : sayDay(at, now);
}

/** So many pages somebody can go back by; behind them the first is next. */
const mostPages = 100;

/** What parts the places at which pages begin. */
const between = '|';

/** @returns the pages that a button of a list names */
export const pagesIn = (after: string): Pages => (after === '' ? [] : after.split(between));

/** Which page it is, from 1; what was to go out before has pages of its own. */
const pageOf = ({ pages = [], calendar }: PostsToList): number =>
  pages.length >= mostPages ? 1 : pages.length + (calendar?.part === 'earlier' ? 0 : 1);

/** The buttons that go on, back, and from the calendar to what was to go out before. */
function turnsOf(list: PostsToList): ListData['turns'] {
  const { of, next, pages = [], use, calendar } = list;
  const turn = (title: string, to: Pages) => ({ title, of, after: to.slice(-mostPages).join(between) });
  const before = pages.slice(0, -1);
  // The first page of all uses is named by the post that they are of.
  const back = before.length === 0 && use !== undefined ? [`${use.post} 0`] : before;
  const aside = calendar?.earlier;
  return [
    ...(next === undefined || of === 'found' ? [] : [turn(buttons.more, [...pages, next])]),
    ...(pages.length === 0 ? [] : [turn(buttons.back, back)]),
    ...(aside === undefined ? [] : [turn(earlierButton(aside.count), [...pages, aside.begins])]),
  ];
}

function unheededLines({ of, unheeded }: PostsToList): readonly string[] {
  return unheeded !== undefined && (of === 'calendar' || of === 'waiting')
    ? [notHeededInList(of, unheeded)]
    : [];
}

function introOf(list: PostsToList, { viewer, rules, now }: Drawing): Said {
  const { of, use, scope, posts, total, calendar, newer = 0 } = list;
  const length = posts.length + newer;
  const person = viewer.kind === 'person' ? viewer.person : '';
  if (use !== undefined) return usesWords(use, rules);
  if (scope !== undefined) return scopeWords(scope, length, person, rules);
  if (of === 'nobody-here' && posts.length > 0)
    return nobodyHereWords(total ?? posts.length, posts, person, rules, now);
  return listWords(of, length, total, calendar?.part);
}

/** What is stopped, by whom and since when; or nothing. */
function stopLines(accounts: AccountStates, rules: DeskRules, now: Millis): readonly string[] {
  const stop = stopOver(Object.keys(rules.accounts), accounts);
  return stop === undefined ? [] : [stoppedOnList(stop, rules, now)];
}

function outsideOf(outside: OutsideShown | undefined, rules: DeskRules, now: Millis): ListData['outside'] {
  if (outside === undefined || outside.posts.length === 0)
    return { show: false, title: nothing, days: [], rest: [] };
  const { title, days, rest } = outsideWords(outside, rules, now);
  return {
    show: true,
    title: cardText(title),
    days: days.map((each) => ({ day: cardText(each.day), lines: each.lines.map(linked) })),
    rest: lines(rest).lines,
  };
}

/**
 * A post as a row that opens by a press; `dated`: with the time that is planned, `isStopped`: somebody has stopped what
 * it would go out by.
 */
export function rowOf(
  post: PostState,
  drawing: Drawing,
  { dated = false, isStopped = false }: { readonly dated?: boolean; readonly isStopped?: boolean } = {},
): Row {
  const drawn = drawingOf(post, drawing);
  const { rules, now } = drawn;
  const text = knownBy(post, rules);
  const rehearsed = rehearsedWords(post.revision.accounts, rules);
  const planned = dated && post.when !== undefined && isToBePlanned(post, isStopped);
  return {
    press: pressOf(post),
    title: cardText(rowTitleWords(post, rules)),
    openTitle: offerOf('show', post.number).title,
    paragraphs: paragraphs(firstLine(post, firstWords(readWhole(text, rules), 90))),
    state: cardText(
      [
        stateFor(drawn, isStopped),
        ...(planned ? whenWords(post, rules, now, isStopped) : []),
        ...(rehearsed === '' || !drawn.rights.see ? [] : [rehearsed]),
      ].join(' · '),
    ),
  };
}

/** Whether its state does not say when it goes out, since somebody has to do something before it does. */
function isToBePlanned(post: PostState, isStopped: boolean): boolean {
  const { is } = post.status;
  if (is === 'scheduled') return isStopped;
  return ['draft', 'sent-back', 'in-review'].includes(is) || (is === 'held' && !isPublic(post));
}

/** @returns what is stopped, what was held, what was left because it is safety information, what was on its way already */
export function heldCard(held: HeldAll, viewer: Viewer, rules: DeskRules, now: Millis): DrawnCard {
  return fittedRows((most) => heldWithRows(most, held, { viewer, rules, now }));
}

function heldWithRows(most: number, held: HeldAll, drawing: Drawing): DrawnCard {
  const { rules, now } = drawing;
  const { accounts } = held;
  const stopped = stopLines(accounts, rules, now);
  const left = Map.groupBy(held.left, (post) => stopAmong(post, accounts, rules) === undefined);
  const words = heldWords({
    held: held.held.length + held.more,
    onTheWay: held.onTheWay.length,
    before: held.before.length + held.moreBefore,
    comingDown: held.comingDown,
    isStopped: stopped.length > 0,
  });
  const group = (title: string, posts: readonly PostState[], more: number): HeldData['groups'] =>
    posts.length === 0
      ? []
      : [
          {
            title: cardText(title),
            rows: posts.slice(0, most).map((post) => rowOf(post, drawing)),
            rest: lines(moreWords(more + Math.max(0, posts.length - most))).lines,
          },
        ];
  const data: HeldData = {
    title: cardText(words.title),
    lines: lines([...stopped, ...words.lines, ...leftToNewerWords(held.newer, rules)]).lines,
    groups: [
      ...group(words.groups.onTheWay, held.onTheWay, 0),
      ...group(words.groups.left, left.get(true) ?? [], 0),
      ...group(words.groups.stopped, left.get(false) ?? [], 0),
      ...group(words.groups.held, held.held, held.more),
      ...group(words.groups.before, held.before, held.moreBefore),
      ...group(words.groups.again, held.again, held.moreAgain),
    ],
    open: {
      show:
        held.more + held.moreBefore + held.moreAgain > 0 ||
        Math.max(held.held.length, held.before.length, held.again.length) > most,
      title: buttons.allPosts,
    },
  };
  return { card: render('held', data), summary: words.title };
}

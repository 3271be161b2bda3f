import type { Millis } from '../../core/time.ts';
import type { Stopped } from '../../dispatch/account.ts';
import type { Publication } from '../../dispatch/publication.ts';
import type { HeardOfHeld } from '../../people/person.ts';
import type { DeskRules, Missed, PostState } from '../../posts/post.ts';
import type { StillToComeDown } from '../../posts/came-down.ts';
import { accountsTitle, accountWords, everyAccountWords, type AccountShown } from '../../words/accounts.ts';
import { inForceWords, type StopSaid } from '../../words/stopped.ts';
import {
  askStopWords,
  comingDownWords,
  heldForWords,
  onItsWayWords,
  whatLeftWords,
  type ChangeOnItsWay,
  resumedWords,
  stoppedWords,
  type StopWish,
} from '../../words/stopping.ts';
import { moreWords } from '../../words/lists.ts';
import { buttons } from '../../words/on-cards.ts';
import type { Offer } from '../../words/several.ts';
import type { AccountsData, LinkedLine, StopData } from './data.ts';
import type { Origin } from '../turn.ts';
import { rowOf } from './list-cards.ts';
import { offerButton } from './offer-button.ts';
import type { DrawnCard } from './post-card.ts';
import { lines, nothing } from './post-head.ts';
import { render } from './render.ts';
import { fittedRows } from './room.ts';
import { cardText, linked } from './text.ts';
import type { Viewer } from './viewer.ts';

/** A part that was on its way to its account when everything was stopped. */
export interface OnItsWay {
  readonly number: number;
  readonly account: string;
  readonly publication: Publication;
  /** where it was being changed or deleted then, and not sent: what came of that */
  readonly change?: ChangeOnItsWay;
}

/** A part that is public, and is still to come down. */
export interface ComingDown extends Omit<StillToComeDown, 'part'> {
  readonly number: number;
  readonly account: string;
}

/** Posts that are listed, and how many more there are. */
export interface SomePosts {
  readonly posts: readonly PostState[];
  readonly more: number;
}

/** What is answered about a stop of everything: the question, what it came to, what resuming came to. */
export type StopAnswer =
  | {
      readonly is: 'asked';
      /** what else the words that it answers may have meant */
      readonly instead?: readonly Offer[];
      readonly wish: StopWish;
      readonly held: number;
      /** held before, whoever held it */
      readonly already: number;
      readonly left: number;
      /** so many copies that are public are still to come down */
      readonly comingDown: number;
      /** words that were typed with it and that the question cannot heed; empty where there are none */
      readonly unheeded: string;
      /** the newest stop or resume that the question knows of */
      readonly known: Millis;
      /** somebody said yes to a question that is out of date */
      readonly again: boolean;
      /** what is stopped, be it less than is wished */
      readonly before?: StopSaid;
    }
  /** it is stopped already */
  | { readonly is: 'in-force'; readonly wish: Stopped; readonly before: StopSaid }
  | {
      readonly is: 'stopped';
      readonly what: Stopped;
      readonly held: SomePosts;
      /** held before, whoever held it */
      readonly already: SomePosts;
      /** safety information, which goes out all the same */
      readonly left: SomePosts;
      readonly sent: readonly OnItsWay[];
      /** of some of it whoever stopped it is still to hear what became of it */
      readonly hears: boolean;
      readonly comingDown: readonly ComingDown[];
      /** so many wait that they are still being held one after the other */
      readonly going: boolean;
      /** accounts that a newer release has written, and only that can stop */
      readonly newer: readonly string[];
    }
  /** what became of what was still on its way as they were answered */
  | { readonly is: 'what-left'; readonly sent: readonly OnItsWay[] }
  | {
      readonly is: 'resumed';
      /** its planned time has passed meanwhile */
      readonly overdue: SomePosts;
      readonly waiting: SomePosts;
    }
  | HeldFor;

/** The held posts that somebody hears of: those that wait for their decision, and their own. */
export interface HeldFor {
  readonly is: 'held-for';
  readonly about: HeardOfHeld;
  /** who held them, where that is news */
  readonly by: readonly string[];
  /** why those were held whose time had passed */
  readonly missed: readonly Missed[];
  readonly decide: SomePosts;
  /** the same, and its planned time has passed */
  readonly overdue: SomePosts;
  readonly own: SomePosts;
  readonly ownOverdue: SomePosts;
  /** who stopped what, where posts are stopped; and whether they may lift that who hear of it */
  readonly stop?: StopSaid & { readonly mayLift: boolean };
}

/** @returns every account: who looks after it, how it stands, what stands there last */
export function accountsCard(accounts: readonly AccountShown[], rules: DeskRules, now: Millis): DrawnCard {
  const above = everyAccountWords(accounts, rules, now);
  const data: AccountsData = {
    title: cardText(accountsTitle),
    intro: lines(above),
    groups: accounts.map((account) => {
      const said = accountWords(account, above, rules, now);
      return { name: cardText(said.title), lines: said.lines.map(linked) };
    }),
  };
  return { card: render('accounts', data), summary: accountsTitle };
}

/** @returns the question before a stop, what it came to, or what resuming came to; all of what was on its way is on it */
export function stopCard(
  answer: StopAnswer,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  of?: Origin,
): DrawnCard {
  return fittedRows((most) => withRows(most, answer, viewer, rules, now, of));
}

function withRows(
  most: number,
  answer: StopAnswer,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  of?: Origin,
): DrawnCard {
  const group = (title: string, some: SomePosts, isStopped = false): StopData['groups'] => {
    const posts = some.posts.slice(0, most);
    return posts.length === 0
      ? []
      : [
          {
            title: cardText(title),
            rows: posts.map((post) => rowOf(post, viewer, rules, now, { dated: true, isStopped })),
            rest: lines(moreWords(countOf(some) - posts.length)).lines,
          },
        ];
  };
  const blank = {
    leaving: [],
    cannot: { show: false, title: nothing, lines: [] },
    of: '',
    known: 0,
    confirm: { show: false, title: '' },
    groups: [],
    open: { show: false, title: buttons.allPosts },
    offers: [],
  };
  const drawn = (title: string, words: readonly string[], more: Partial<StopData>): DrawnCard => ({
    card: render('stop', { ...blank, title: cardText(title), lines: lines(words).lines, ...more }),
    summary: title,
  });
  switch (answer.is) {
    case 'asked': {
      const said = askStopWords(answer.wish, answer, rules, now);
      return drawn(said.title, said.lines, {
        of: answer.wish,
        known: answer.known,
        confirm: { show: true, title: said.confirm },
        offers: (answer.instead ?? []).map((offer) => offerButton(offer, of)),
      });
    }
    case 'in-force': {
      const said = inForceWords(answer.wish, answer.before, rules, now);
      return drawn(said.title, said.lines, {
        offers: said.offers.map((offer) => offerButton(offer, of)),
      });
    }
    case 'stopped': {
      const { held, already, left, sent, hears, comingDown, going, newer } = answer;
      const counts = {
        held: countOf(held),
        already: countOf(already),
        left: countOf(left),
        sent: sent.length,
        comingDown: comingDown.length,
        going,
        hears,
        newer,
      };
      const said = stoppedWords(answer.what, counts, rules);
      return drawn(said.title, said.lines, {
        leaving: [
          ...listOf(
            said.sent,
            sent.map((each) => linked(onItsWayWords(each, rules, now))),
          ),
          ...listOf(said.comingDown, [
            ...comingDown.slice(0, most).map((each) => linked(comingDownWords(each, rules, now))),
            ...moreWords(comingDown.length - Math.min(comingDown.length, most)).map((words) =>
              linked({ words, url: '' }),
            ),
          ]),
        ],
        cannot: {
          show: true,
          title: cardText(said.cannot.title),
          lines: lines(said.cannot.lines).lines,
        },
        groups: [
          ...group(said.left, left),
          ...group(said.held, held, true),
          ...group(said.already, already, true),
        ],
        open: { show: [held, already].some((some) => countOf(some) > most), title: buttons.allPosts },
      });
    }
    case 'what-left': {
      const said = answer.sent.map((each) => onItsWayWords(each, rules, now));
      const leaving = listOf(whatLeftWords.sent, said.map(linked));
      const drawnLeft = drawn(whatLeftWords.title, [], { leaving });
      // What a phone shows beside the chat.
      return { ...drawnLeft, summary: said[0]?.words ?? whatLeftWords.title };
    }
    case 'resumed': {
      const { overdue, waiting } = answer;
      const said = resumedWords({ overdue: countOf(overdue), waiting: countOf(waiting) });
      return drawn(said.title, said.lines, {
        groups: [...group(said.overdue, overdue), ...group(said.waiting, waiting)],
        // Each of them is opened from there.
        open: { show: countOf(overdue) + countOf(waiting) > 0, title: buttons.allPosts },
      });
    }
    case 'held-for': {
      const { decide, overdue, own, ownOverdue } = answer;
      const said = heldForWords(
        {
          ...answer,
          decide: countOf(decide) + countOf(overdue),
          own: countOf(own) + countOf(ownOverdue),
        },
        rules,
        now,
      );
      const isLong = [decide, overdue].some((some) => countOf(some) > Math.min(most, some.posts.length));
      const isStopped = answer.stop !== undefined;
      return drawn(said.title, said.lines, {
        groups: [
          ...group(said.overdue, overdue),
          ...group(said.decide, decide),
          ...group(said.ownOverdue, ownOverdue, isStopped),
          ...group(said.own, own, isStopped),
        ],
        offers: isLong ? [offerButton({ title: buttons.waiting, words: 'waiting' }, of)] : [],
      });
    }
  }
}

const listOf = (title: string, all: readonly LinkedLine[]): StopData['leaving'] =>
  all.length === 0 ? [] : [{ title: cardText(title), lines: all }];

const countOf = ({ posts, more }: SomePosts): number => posts.length + more;

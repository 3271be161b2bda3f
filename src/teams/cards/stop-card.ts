import type { Millis } from '../../core/time.ts';
import type { Stopped } from '../../dispatch/account.ts';
import type { Publication } from '../../dispatch/publication.ts';
import type { HeardOfHeld } from '../../people/person.ts';
import type { DeskRules, Missed, PostState } from '../../posts/post.ts';
import { turnedOf } from '../../posts/leaving/for-rehearsal.ts';
import type { StillToComeDown } from '../../posts/taking-down/came-down.ts';
import {
  emergencyHeldWords,
  followedWords,
  inForceWords,
  resumeOffer,
  type StopSaid,
} from '../../words/stopped.ts';
import {
  askStopWords,
  comingDownWords,
  onItsWayWords,
  whatLeftWords,
  resumedWords,
  stoppedWords,
  type ChangeOnItsWay,
  type Lifted,
  type StopWaits,
  type StopWish,
} from '../../words/stopping.ts';
import { heldForWords } from '../../words/held-for.ts';
import { allTurnedWords, lateWords } from '../../words/late.ts';
import { moreWords } from '../../words/lists.ts';
import { buttons } from '../../words/on-cards.ts';
import type { Offer } from '../../words/several.ts';
import type { LinkedLine, StopData } from './data.ts';
import type { Origin } from '../turn.ts';
import { rowOf } from './list-cards.ts';
import { offerButton } from './offer-button.ts';
import type { Drawing } from './drawing.ts';
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
  | (StopWaits & {
      readonly is: 'asked';
      readonly wish: StopWish;
      /** what else the words that it answers may have meant */
      readonly instead?: readonly Offer[];
      /** the newest stop or resume that the question knows of */
      readonly known: Millis;
    })
  /** it is stopped already, or by somebody else than its reader saw last */
  | {
      readonly is: 'in-force';
      /** what somebody wanted to be stopped; absent: nobody asked */
      readonly wish?: Stopped;
      readonly before: StopSaid;
      readonly known: Millis;
      /** its reader cannot lift it */
      readonly cannotLift?: true;
    }
  /** a newer card in the same place says how it is now */
  | { readonly is: 'followed' }
  /** a stop holds an emergency, which its reader may let go */
  | {
      readonly is: 'emergency-held';
      readonly post: PostState;
      readonly stop: StopSaid;
      /** may put it right as well */
      readonly edit: boolean;
      readonly known: Millis;
    }
  | {
      readonly is: 'stopped';
      readonly what: Stopped;
      /** the newest stop that it knows of */
      readonly known: Millis;
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
      /** who did it, and when; earlier releases did not keep that */
      readonly lifted?: Lifted;
      /** it stands where the stop was told, which it says is over */
      readonly isOver?: true;
      /** the held posts, for whoever may read them: those whose planned time has passed meanwhile, and the others */
      readonly listed?: { readonly overdue: SomePosts; readonly waiting: SomePosts };
    }
  | HeldFor
  | LateFor;

/** The posts that did not go out as they were to, by what became of them, and how many more there are. */
export interface LateFor {
  readonly is: 'late-for';
  readonly groups: readonly { readonly title: string; readonly posts: readonly PostState[] }[];
  readonly more: number;
}

/** The held posts that somebody hears of: those that wait for their decision, and their own. */
export interface HeldFor {
  readonly is: 'held-for';
  readonly about: Exclude<HeardOfHeld, 'late'>;
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
  readonly stop?: StopSaid & { readonly mayLift: boolean; readonly known: Millis };
  /** who let posts go out again, where they can */
  readonly lifted?: Lifted;
}

/** The card of an answer as it is drawn. */
interface AnswerDrawing extends Drawing {
  /** so many rows of each list, at most */
  readonly most: number;
  readonly of: Origin | undefined;
}

/** @returns the question before a stop, what it came to, or what resuming came to; all of what was on its way is on it */
export function stopCard(
  answer: StopAnswer,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  of?: Origin,
): DrawnCard {
  return fittedRows((most) => answerCard(answer, { viewer, rules, now, most, of }));
}

function answerCard(answer: StopAnswer, drawing: AnswerDrawing): DrawnCard {
  const { rules, now, of } = drawing;
  switch (answer.is) {
    case 'asked': {
      const said = askStopWords(answer.wish, answer, rules, now);
      return drawn(said.title, said.lines, {
        of: answer.wish,
        known: answer.known,
        confirm: { show: true, title: said.confirm },
        decline: { show: true, title: said.decline },
        offers: (answer.instead ?? []).map((offer) => offerButton(offer, of)),
      });
    }
    case 'in-force': {
      const said = inForceWords(answer.wish, answer.before, rules, now);
      return drawn(said.title, said.lines, {
        offers: answer.cannotLift === true ? [] : said.offers.map((offer) => offerButton(offer, of)),
      });
    }
    case 'followed':
      return drawn(followedWords.title, followedWords.lines, {});
    case 'emergency-held': {
      const may = { resume: true, edit: answer.edit };
      const said = emergencyHeldWords(answer.post, answer.stop, may, rules, now);
      const held = drawn(said.title, said.lines, { offers: [offerButton(resumeOffer, of)] });
      // What a phone shows beside the chat.
      return { ...held, summary: [said.title, ...said.lines].join('. ') };
    }
    case 'stopped':
      return stoppedCard(answer, drawing);
    case 'what-left': {
      const said = answer.sent.map((each) => onItsWayWords(each, rules, now));
      const leaving = listOf(whatLeftWords.sent, said.map(linked));
      const drawnLeft = drawn(whatLeftWords.title, [], { leaving });
      // What a phone shows beside the chat.
      return { ...drawnLeft, summary: said[0]?.words ?? whatLeftWords.title };
    }
    case 'resumed': {
      const { lifted, listed } = answer;
      const waits = listed === undefined ? undefined : countOf(listed.overdue) + countOf(listed.waiting);
      const said = resumedWords({ lifted, waits, isOver: answer.isOver === true }, rules, now);
      return drawn(said.title, said.lines, {
        groups:
          listed === undefined
            ? []
            : [
                ...group(said.overdue, listed.overdue, drawing),
                ...group(said.waiting, listed.waiting, drawing),
              ],
        // Each of them is opened from there.
        open: { show: waits !== undefined && waits > 0, title: buttons.allPosts },
      });
    }
    case 'held-for':
      return heldForCard(answer, drawing);
    case 'late-for':
      return lateForCard(answer, drawing);
  }
}

/** What a stop came to. */
function stoppedCard(
  answer: Extract<StopAnswer, { readonly is: 'stopped' }>,
  drawing: AnswerDrawing,
): DrawnCard {
  const { rules, now, most, of } = drawing;
  const { held, already, left, sent, comingDown, hears, going, newer } = answer;
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
  const toComeDown = [
    ...comingDown.slice(0, most).map((each) => comingDownWords(each, rules, now)),
    ...moreWords(comingDown.length - Math.min(comingDown.length, most)).map((words) => ({ words, url: '' })),
  ];
  return drawn(said.title, said.lines, {
    leaving: [
      ...listOf(
        said.sent,
        sent.map((each) => linked(onItsWayWords(each, rules, now))),
      ),
      ...listOf(said.comingDown, toComeDown.map(linked)),
    ],
    cannot: {
      show: true,
      title: cardText(said.cannot.title),
      lines: lines(said.cannot.lines).lines,
    },
    groups: [
      ...group(said.left, left, drawing),
      ...group(said.held, held, drawing, true),
      ...group(said.already, already, drawing, true),
    ],
    open: { show: [held, already].some((some) => countOf(some) > most), title: buttons.allPosts },
    offers: [offerButton(resumeOffer, of)],
  });
}

/** The held posts that somebody hears of. */
function heldForCard(answer: HeldFor, drawing: AnswerDrawing): DrawnCard {
  const { rules, now, most, of } = drawing;
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
      ...group(said.overdue, overdue, drawing),
      ...group(said.decide, decide, drawing),
      ...group(said.ownOverdue, ownOverdue, drawing, isStopped),
      ...group(said.own, own, drawing, isStopped),
    ],
    offers: [
      ...(isLong ? [offerButton({ title: buttons.waiting, words: 'waiting' }, of)] : []),
      ...(answer.stop?.mayLift === true ? [offerButton(resumeOffer, of)] : []),
    ],
  });
}

/** The posts that did not go out as they were to. */
function lateForCard({ groups, more }: LateFor, drawing: AnswerDrawing): DrawnCard {
  const { most, of } = drawing;
  const all = groups.flatMap(({ posts }) => posts);
  const isTurned = more === 0 && all.every((post) => turnedOf(post) !== undefined);
  const said = (isTurned ? allTurnedWords : lateWords)(all.length + more);
  const isLong = more > 0 || groups.some(({ posts }) => posts.length > most);
  return drawn(said.title, said.lines, {
    groups: groups.flatMap(({ title, posts }, index) =>
      group(title, { posts, more: index === groups.length - 1 ? more : 0 }, drawing),
    ),
    offers: isLong ? [offerButton({ title: buttons.waiting, words: 'waiting' }, of)] : [],
  });
}

/** A card of an answer, with nothing on it but what is named. */
function drawn(title: string, words: readonly string[], more: Partial<StopData>): DrawnCard {
  const blank = {
    leaving: [],
    cannot: { show: false, title: nothing, lines: [] },
    of: '',
    known: 0,
    confirm: { show: false, title: '' },
    decline: { show: false, title: '' },
    groups: [],
    open: { show: false, title: buttons.allPosts },
    offers: [],
  };
  return {
    card: render('stop', { ...blank, title: cardText(title), lines: lines(words).lines, ...more }),
    summary: title,
  };
}

/** Posts under a title. @param isStopped whether somebody has stopped them */
function group(
  title: string,
  some: SomePosts,
  drawing: AnswerDrawing,
  isStopped = false,
): StopData['groups'] {
  const posts = some.posts.slice(0, drawing.most);
  if (posts.length === 0) return [];
  return [
    {
      title: cardText(title),
      rows: posts.map((post) => rowOf(post, drawing, { dated: true, isStopped })),
      rest: lines(moreWords(countOf(some) - posts.length)).lines,
    },
  ];
}

const listOf = (title: string, all: readonly LinkedLine[]): StopData['leaving'] =>
  all.length === 0 ? [] : [{ title: cardText(title), lines: all }];

const countOf = ({ posts, more }: SomePosts): number => posts.length + more;

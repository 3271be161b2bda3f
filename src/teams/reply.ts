import type { PostState } from '../posts/post.ts';
import type { AccountStates } from '../posts/stopping/stop-of-post.ts';
import type { AccountShown } from '../words/accounts.ts';
import type { Away } from '../words/people.ts';
import type { ChannelAsked } from '../words/teams-channels.ts';
import type { NamedScope } from '../words/lists.ts';
import type { OutsideShown } from '../words/outside.ts';
import type { Offer } from '../words/several.ts';
import type { PostView } from './cards/post-card.ts';
import type { StopAnswer } from './cards/stop-card.ts';
import type { SaidOnCard } from './cards/viewer.ts';

/** What is answered to somebody, before it is drawn as a card. */
export type Reply =
  /** the outbox brings the card: nothing is said now */
  | { readonly show: 'nothing' }
  | ({ readonly show: 'post'; readonly post: PostState; readonly view: PostView } & SaidOnCard)
  | { readonly show: 'list'; readonly list: PostList }
  | { readonly show: 'help' }
  | { readonly show: 'welcome' }
  /** of a department or the `desk`; absent: of everybody */
  | { readonly show: 'people'; readonly of?: readonly string[] }
  | {
      readonly show: 'channel';
      readonly of: string;
      readonly guests: boolean;
      /** already chosen, after the confirmation */
      readonly chosen: boolean;
    }
  /** of a Teams channel that is used already, for each of these; `stays`: it is used for them in any case */
  | {
      readonly show: 'channel-asked';
      readonly of: readonly string[];
      readonly asked: ChannelAsked;
      readonly stays?: readonly string[];
    }
  | {
      readonly show: 'sign-in';
      readonly person: string;
      /** which of the accounts that came under the name; absent: it is bound now */
      readonly account?: number;
    }
  | { readonly show: 'held'; readonly held: HeldAll }
  | { readonly show: 'accounts'; readonly accounts: readonly AccountShown[] }
  | { readonly show: 'stop'; readonly stop: StopAnswer }
  | ({ readonly show: 'away' } & Away)
  | {
      readonly show: 'nearest';
      readonly typed: string;
      readonly nearest: string;
      /** what may be meant as well */
      readonly others?: readonly string[];
    }
  /** a question, or what came of several posts, with buttons that say commands */
  | {
      readonly show: 'choice';
      readonly title: string;
      readonly lines: readonly string[];
      readonly offers: readonly Offer[];
    }
  | {
      readonly show: 'notice';
      readonly title: string;
      readonly words: string;
      /** said over the card that was pressed, which stays as it is for whoever it is for */
      readonly over?: true;
    };

export type Choice = Extract<Reply, { readonly show: 'choice' }>;

/** What a list of uses is about. */
export interface UseOf {
  readonly post: string;
  readonly number: number;
  readonly uses: number;
  /** those that the person may not see */
  readonly hidden: number;
}

/** Where each page after the first begins that somebody has turned to, the one that they see last. */
export type Pages = readonly string[];

/** What one page of the calendar shows. */
export type CalendarPart = 'to-come' | 'earlier';

/** Posts in a list, and where it goes on. */
export interface PostList {
  readonly of: 'posts' | 'waiting' | 'calendar' | 'found' | 'where-used' | 'nobody-here';
  readonly posts: readonly PostState[];
  readonly next?: string;
  /** the pages before it and its own; absent or none: it is the first */
  readonly pages?: Pages;
  /** how many posts the list has in all, where that is known */
  readonly total?: number;
  /** the calendar's alone: what of it is shown, and what was to go out before, where that has pages of its own */
  readonly calendar?: {
    readonly part: CalendarPart;
    readonly earlier?: { readonly begins: string; readonly count: number };
  };
  /** how many posts would stand on this page as well, and were written by a newer release; absent: none */
  readonly newer?: number;
  /** of what, and how many there are in all: the uses of a picture alone */
  readonly use?: UseOf;
  /** words that it does not heed: the calendar's, and of what waits */
  readonly unheeded?: string;
  /** of the list of posts alone, where somebody named a department */
  readonly scope?: NamedScope;
  /** the calendar's alone */
  readonly outside?: OutsideShown;
  /** what dispatch knows of every account of the protocol */
  readonly accounts: AccountStates;
}

/** What a hold of everything came to. */
export interface HeldAll {
  readonly held: readonly PostState[];
  /** safety information, which goes out all the same where nobody has stopped that as well */
  readonly left: readonly PostState[];
  /** already being sent when the hold was pressed */
  readonly onTheWay: readonly PostState[];
  /** more were held than are listed */
  readonly more: number;
  /** was held before, whoever held it, and how many more than are listed */
  readonly before: readonly PostState[];
  readonly moreBefore: number;
  /** of which nothing leaves by itself, and something once somebody sends it again, which is held then; how many more */
  readonly again: readonly PostState[];
  readonly moreAgain: number;
  /** so many copies that are public are still to come down, whatever is held */
  readonly comingDown: number;
  /** accounts that a newer release has written, and only that can hold */
  readonly newer: readonly string[];
  /** what dispatch knows of every account of the protocol */
  readonly accounts: AccountStates;
}

import type { Millis } from '../core/time.ts';
import { lacksPeople } from '../approval/review.ts';
import type { PlaceState } from '../people/place.ts';
import { whileAway } from '../posts/asked.ts';
import { reviewAwaited } from '../posts/how-it-stands.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { departmentsOf, isTold } from '../protocol/people.ts';
import type { Department } from '../protocol/protocol.ts';
import {
  departmentName,
  departmentShort,
  nameOf,
  sayList,
  sayPeople,
  postsWords,
  waitsWords,
} from './names.ts';
import { awayWords, knowsWords } from './asked.ts';
import { quote } from './several.ts';
import { dayAfter, sayOn, sayUntil } from './times.ts';

/** What an answer says that is not about one post. */
export interface Said {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The lists that somebody can open, and what a search found. */
export type ListName = 'posts' | 'waiting' | 'calendar' | 'found' | 'digest' | 'where-used' | 'nobody-here';

const lists: Readonly<Record<ListName, { readonly title: string; readonly empty: string }>> = {
  posts: {
    title: 'Posts',
    empty: 'There are no posts yet. Type "propose" and then what the public should read.',
  },
  waiting: { title: 'Waiting for you', empty: 'Nothing waits for you.' },
  calendar: { title: 'Calendar', empty: 'Nothing is planned for the coming weeks.' },
  digest: {
    title: 'More posts at once',
    empty: 'Each of them has a card of its own now.',
  },
  'nobody-here': { title: 'Nobody is here to decide', empty: 'Somebody is here again for all of them.' },
  'where-used': { title: 'Where it is used', empty: 'No post that you can see uses it any more.' },
  found: { title: 'Found', empty: 'No post has these words. Try fewer of them, or a number such as 142.' },
};

/**
 * @param total how many posts it has in all, where it is one that counts them
 * @param part what of the calendar it is
 * @returns a list's title, and what is said where it is empty
 */
export function listWords(
  of: ListName,
  length: number,
  total = length,
  part: 'to-come' | 'earlier' = 'to-come',
): Said {
  const { title, empty } = lists[of];
  if (part === 'earlier') return { title: `${title}: earlier`, lines: length === 0 ? [noMore] : [] };
  if (length === 0) return { title, lines: [total === 0 ? empty : noMore] };
  if (of === 'digest') {
    return {
      title: `${title}: ${postsWords(length)}`,
      lines: ['So many came within a minute that they share one card. Open the one you need.'],
    };
  }
  return { title: of === 'waiting' ? `${title}: ${postsWords(total)}` : title, lines: [] };
}

/** What is said where what stood on a page has gone from it meanwhile. */
const noMore = 'There are no more of them.';

/** @returns a list's title with its page, from the second on */
export const pageWords = (title: string, page: number): string =>
  page === 1 ? title : `${title}, page ${String(page)}`;

/** @returns the button for what went out, or was to, in the hours before */
export const earlierButton = (count: number): string => `Earlier (${String(count)})`;

/**
 * @param shown those of them that the page shows
 * @returns the title of a list of posts about which nobody who is asked is here, or too few are left, who knows, and
 *   what can be done
 */
export function nobodyHereWords(
  all: number,
  shown: readonly PostState[],
  person: string,
  rules: DeskRules,
  now: Millis,
): Said {
  const these = all === 1 ? 'it' : 'these';
  const lacking = shown.filter((post) => {
    const review = reviewAwaited(post);
    return review !== undefined && lacksPeople(review);
  }).length;
  if (lacking > 0)
    return {
      title: `Nobody can decide: ${postsWords(all)}`,
      lines: [
        lacking === shown.length
          ? `By the protocol as it is now, too few people may decide ${these}.`
          : 'Some wait for people who are away. For others the protocol as it is now names too few.',
        isTold(person, rules)
          ? `Open ${all === 1 ? 'it' : 'one'} to see what you can do.`
          : `${knowsWords(rules, now)} Open ${all === 1 ? 'it' : 'one'} to see more.`,
      ],
    };
  return {
    title: `${lists['nobody-here'].title}: ${postsWords(all)}`,
    lines: [
      `Everybody who could decide ${these} is away.`,
      isTold(person, rules)
        ? 'If it cannot wait, ring one of them. Open a post to see who is back when, and what else you can do.'
        : `${knowsWords(rules, now)} Open ${all === 1 ? 'it' : 'one'} to see who is back when.`,
    ],
  };
}

/** A department that somebody named for a list of posts, and whether its posts are shown, or those of their own instead. */
export type NamedScope =
  | { readonly is: 'shown' | 'not-theirs'; readonly department: string }
  | { readonly is: 'unknown'; readonly typed: string };

/** @returns the title of a list of posts for which a department was named, and whose they are where it is another's */
export function scopeWords(scope: NamedScope, length: number, person: string, rules: DeskRules): Said {
  if (scope.is === 'shown') {
    const name = departmentName(scope.department, rules);
    return { title: `Posts of ${name}`, lines: length === 0 ? [`There are no posts of ${name} yet.`] : [] };
  }
  const own = departmentsOf(person, rules).map(({ name }) => name);
  const { title, lines } = listWords('posts', length);
  const why =
    scope.is === 'unknown'
      ? `I do not know the department ${quote(scope.typed)}.`
      : `You have no part in ${departmentName(scope.department, rules)}, so I cannot list its posts for you.`;
  const these =
    length === 0
      ? []
      : [`These are ${own.length === 0 ? 'the latest' : `your own and those of ${sayList(own)}`}.`];
  return { title, lines: [[why, ...these].join(' '), ...lines] };
}

/** @returns the title and the sentences above a list of a picture's uses */
export function usesWords(use: {
  readonly number: number;
  readonly uses: number;
  readonly hidden: number;
}): Said {
  const { number, uses, hidden } = use;
  return {
    title: `Where the pictures of #${String(number)} are used: ${postsWords(uses)}`,
    lines:
      hidden === 0
        ? []
        : [
            `${postsWords(hidden)} of them you cannot open. Ask the communications team to look at ${hidden === 1 ? 'it' : 'them'}.`,
          ],
  };
}

/** @returns what a hold of everything came to; the groups name the posts below it */
export function heldWords(held: {
  readonly held: number;
  readonly onTheWay: number;
  readonly before: number;
  /** what somebody stopped or paused is said above: a fresh approval is not all that they wait for */
  readonly isStopped: boolean;
}): Said & {
  readonly groups: Readonly<Record<'held' | 'left' | 'stopped' | 'onTheWay' | 'before', string>>;
} {
  return {
    title:
      held.held > 0
        ? `Everything is held: ${postsWords(held.held)}`
        : held.before > 0
          ? `Everything was held already: ${postsWords(held.before)}`
          : 'Nothing had to be held',
    lines: [
      ...(held.held + held.before === 0
        ? []
        : [
            held.isStopped
              ? 'Each of them needs a fresh approval as well.'
              : 'Each of them stays where it is until somebody approves it again.',
          ]),
      ...(held.onTheWay > 0 ? ['What was already on its way could not be called back. See below.'] : []),
    ],
    groups: {
      held: 'Held',
      left: 'Still goes out, because it is safety information',
      stopped: 'Safety information, which is stopped as well',
      onTheWay: 'Was already on its way',
      before: 'Was held before',
    },
  };
}

/** @returns `and 12 more posts` */
export function moreWords(more: number): readonly string[] {
  return more === 0 ? [] : [`and ${String(more)} more ${more === 1 ? 'post' : 'posts'}`];
}

/** @returns the first words that somebody hears of Crier */
export function welcomeWords(rules: DeskRules): Said {
  return {
    title: `Hello from ${rules.council.short}'s social media desk`,
    lines: [
      'Tell me what the public should hear, and I will show you at once what the protocol says about it.',
      'Somebody else then approves it on a card, and it goes out where you chose.',
      'Type "propose" and then your words, or press a button.',
    ],
  };
}

/** @returns the help's first lines */
export function helpWords(rules: DeskRules): Said {
  return {
    title: 'What you can type',
    lines: [
      `In a Teams channel, mention me first. Everything can also be done with the buttons on the cards. ${rules.desk.name} can help with the rest.`,
    ],
  };
}

/** @returns who writes, who approves and who is away, of one department */
export function departmentWords(
  department: Department,
  place: PlaceState | undefined,
  rules: DeskRules,
  now: Millis,
): Said {
  const { proposers, approvers, leads } = department;
  return {
    title: department.name,
    lines: [
      `Write: ${sayPeople(proposers, rules)}`,
      `Approve: ${sayPeople(approvers, rules)}`,
      ...(leads.length === 0 ? [] : [`Lead: ${sayPeople(leads, rules)}`]),
      ...awayWords([...new Set([...proposers, ...approvers, ...leads])], rules, now),
      ...channelUseWords(place, rules, now),
    ],
  };
}

/** @returns who works on the desk */
export function deskWords(place: PlaceState | undefined, rules: DeskRules, now: Millis): Said {
  const { officers, name } = rules.desk;
  return {
    title: name,
    lines: [
      `Officers: ${sayPeople(officers, rules)}`,
      `Head of Communications: ${nameOf(rules.headOfCommunications, rules)}`,
      `On duty: ${sayPeople(rules.dutyOfficers, rules)}`,
      `Monitoring Officer: ${nameOf(rules.monitoringOfficer, rules)}`,
      ...awayWords(
        [...new Set([...officers, rules.headOfCommunications, ...rules.dutyOfficers])],
        rules,
        now,
      ),
      ...channelUseWords(place, rules, now),
    ],
  };
}

/** @returns whom Crier cannot write to in person, and what they can do about it */
export function unreachableWords(people: readonly string[], rules: DeskRules): Said {
  return {
    title: 'Cannot be reached in person',
    lines: [
      sayList(
        people.map((person) => nameOf(person, rules)),
        'and',
        12,
      ),
      'They are told in the Teams channel of their department. Ask them to open Crier in Teams once and say hello.',
    ],
  };
}

/** @returns that another account came under a name that is known already, for the desk */
export function otherAccountWords(person: string, rules: DeskRules): string {
  return `Somebody wrote to me as ${nameOf(person, rules)} from another account than the one I know, and I showed them nothing. If ${nameOf(person, rules)} has a new work account, type "sign-in of ${nameOf(person, rules)}" to let them in. If not, tell your IT security team.`;
}

/** @returns the question whether this Teams channel shows a department's approvals, or that it does now */
export function channelWords(
  of: string,
  channel: { readonly guests: boolean; readonly chosen: boolean },
  rules: DeskRules,
): Said & { readonly warning: string; readonly confirm: string } {
  const whose = of === 'desk' ? `the desk (${rules.desk.name})` : departmentName(of, rules);
  if (channel.chosen) {
    return {
      title: `This Teams channel is now for ${whose}`,
      lines: ['What waits for a decision will be shown here, one card for each post.'],
      warning: '',
      confirm: '',
    };
  }
  return {
    title: `Use this Teams channel for ${whose}?`,
    lines: [
      'Everybody in this channel will see posts before they are public.',
      'If another channel was used until now, this one takes its place.',
    ],
    warning: channel.guests
      ? 'There are guests in this channel: people from outside the council. Only the desk may choose it.'
      : '',
    confirm: 'Yes, use this channel',
  };
}

/** How the Teams channel of a department, or the desk, is spoken of. */
const channelOf = (of: string, rules: DeskRules): string =>
  of === 'desk'
    ? `the Teams channel of the desk (${rules.desk.name})`
    : `the Teams channel of ${departmentName(of, rules)}`;

const chooseChannel = (of: string, rules: DeskRules): string =>
  `"@Crier use this channel for ${of === 'desk' ? 'the desk' : `approvals of ${departmentShort(of, rules)}`}"`;

const inOwnChats = 'Whoever is asked gets each post in their own chat.';

/** @returns for those who have to know, that nothing is shown in a Teams channel any more, and what they can do */
export function channelClosedWords(of: string, why: 'gone' | 'guests', rules: DeskRules): string {
  return why === 'gone'
    ? `I cannot reach ${channelOf(of, rules)} any more: it is gone, or I was taken out of its team. Nothing is lost. ${inOwnChats} To choose another, type ${chooseChannel(of, rules)} in it.`
    : `There are guests in ${channelOf(of, rules)}, people from outside the council, so I show no posts there now. ${inOwnChats} I have asked ${rules.desk.name} whether it is to be used all the same. You can also choose another: type ${chooseChannel(of, rules)} in it.`;
}

/** What is asked, or said, of Teams channels that are used already. */
export type ChannelAsked = 'to-give-up' | 'given-up' | 'has-guests' | 'used-with-guests';

/** @returns the question whether Teams channels are used any more, or what came of it, with its answers */
export function channelAskedWords(
  of: readonly string[],
  asked: ChannelAsked,
  rules: DeskRules,
): Said & { readonly answers: readonly { readonly title: string; readonly word: string }[] } {
  const [first = 'desk'] = of;
  const whose = sayList(of.map((each) => (each === 'desk' ? 'the desk' : departmentName(each, rules))));
  const giveUp = { title: 'Stop using it', word: 'give-up' };
  switch (asked) {
    case 'to-give-up':
      return {
        title: `Stop using the Teams channel for ${whose}?`,
        lines: [`Posts are not shown there any more. ${inOwnChats} Nothing else stops.`],
        answers: [{ ...giveUp, title: 'Yes, stop using it' }],
      };
    case 'given-up':
      return {
        title: `The Teams channel is not used any more for ${whose}`,
        lines: [`${inOwnChats} To use a Teams channel again, type ${chooseChannel(first, rules)} in it.`],
        answers: [],
      };
    case 'has-guests':
      return {
        title: `There are guests in the Teams channel of ${whose}`,
        lines: [
          'They are people from outside the council, who would read posts before they are public. So I show no posts there now.',
          inOwnChats,
        ],
        answers: [{ title: 'Use it all the same', word: 'use-with-guests' }, giveUp],
      };
    case 'used-with-guests':
      return {
        title: `The Teams channel is used again for ${whose}`,
        lines: ['Everybody in it, guests as well, will see posts before they are public.'],
        answers: [],
      };
  }
}

/** @returns which Teams channel is used for a department or the desk, or why none is; nothing where none was chosen */
function channelUseWords(place: PlaceState | undefined, rules: DeskRules, now: Millis): readonly string[] {
  if (place === undefined) return [];
  const { of, closed, setBy, at, guestsAllowed } = place;
  switch (closed?.why) {
    case undefined:
      return [
        `Teams channel: the one that ${nameOf(setBy, rules)} chose ${sayOn(at, now)}${guestsAllowed === true ? ', with guests' : ''}`,
      ];
    case 'gone':
      return [`Teams channel: gone. To choose another, type ${chooseChannel(of, rules)} in it.`];
    case 'guests':
      return [
        `Teams channel: not used, since there are guests in it. ${rules.desk.name} can use it all the same: type ${chooseChannel(of, rules)} in it.`,
      ];
    case 'given-up':
      return [];
  }
}

/** @returns what stands in place of a post's card in a Teams channel that is not used any more */
export function notHereWords(number: number, of: string, rules: DeskRules): Said {
  return {
    title: `#${String(number)} is not shown here any more`,
    lines: [
      `This Teams channel is not used for ${of === 'desk' ? 'the desk' : departmentName(of, rules)} now. Type "show ${String(number)}" to me in your own chat to see the post.`,
    ],
  };
}

/**
 * @param account how many accounts have come under the name; absent once the last of them is the one we know
 * @returns the question whether somebody has a new work account, or that they are known by it now
 */
export function signInWords(
  person: string,
  account: number | undefined,
  rules: DeskRules,
): Said & { readonly warning: string; readonly confirm: string } {
  const name = nameOf(person, rules);
  if (account === undefined) {
    return {
      title: `${name} signs in with the new account now`,
      lines: [
        'The old account is not let in any more.',
        `Ask ${name} to say hello to me once, so that I can reach them.`,
      ],
      warning: '',
      confirm: '',
    };
  }
  return {
    title: `Does ${name} have a new work account?`,
    lines: [
      `Somebody came as ${name} from an account that I did not know.`,
      'Ring them, or ask your IT team, before you say yes: whoever has that account can then write and approve under this name.',
    ],
    warning:
      account === 1
        ? ''
        : `${String(account)} accounts have come under this name. You would let in the one that came last.`,
    confirm: `Yes, ${name} signs in with a new account now`,
  };
}

/** Until when somebody is away, or that they are back; how many posts wait for them, and how many for nobody else. */
export interface Away {
  readonly person: string;
  readonly until: Millis | null;
  readonly waiting: number;
  readonly left: number;
}

/** @returns that somebody is away and not asked, or back; who is asked instead, or who knows where nobody is */
export function awayAnswer(away: Away, rules: DeskRules, now: Millis): Said {
  const { until, waiting } = away;
  if (until === null) {
    return {
      title: 'Welcome back',
      lines: [waiting === 0 ? 'Nothing waits for you.' : `${waitsWords(waiting)} for you.`],
    };
  }
  const back = dayAfter(until, now);
  return {
    title: `You are away until ${sayUntil(until, now)}`,
    lines: [
      'Nobody will ask you to decide until then.',
      ...(back === undefined
        ? []
        : [
            `You are asked again from ${back} on. If you come back earlier, press the button or type "away until" with the time.`,
          ]),
      ...(waiting === 0 ? [] : [`${waitsWords(waiting)} for you now. ${insteadWords(away, rules, now)}`]),
    ],
  };
}

/** Who is asked in the place of somebody who goes away. */
function insteadWords({ person, until, waiting, left }: Away, rules: DeskRules, now: Millis): string {
  if (left === 0) return 'Others are asked instead.';
  const knows = knowsWords(whileAway(rules, person, until), now);
  if (left === waiting) return `Nobody else is here to decide ${left === 1 ? 'it' : 'them'}. ${knows}`;
  return `For ${String(left)} of them nobody else is here to decide. ${knows} For the others somebody else is asked.`;
}

/** @returns the answer to a command that nearly was one */
export function nearestWords(typed: string, nearest: readonly string[]): Said {
  return {
    title: `Did you mean ${sayList(
      nearest.map((words) => `"${words}"`),
      'or',
    )}?`,
    lines: [`You typed "${typed}". Nothing has happened yet.`],
  };
}

/** @returns what a card says that no longer follows its post, and the button that shows the post as it is now */
export function movedWords(number: number): Said & { readonly open: string } {
  return {
    title: `There is a newer card of #${String(number)}`,
    lines: ['It stands elsewhere in this chat and shows how things are now.'],
    open: `Show #${String(number)} here`,
  };
}

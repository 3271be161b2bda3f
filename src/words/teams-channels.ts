import type { Millis } from '../core/time.ts';
import type { PlaceState } from '../people/place.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Said } from './answers.ts';
import { departmentName, departmentShort, nameOf, sayList } from './names.ts';
import { sayOn } from './times.ts';

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

/** @returns a department, or the desk, as it is typed for a Teams channel */
export const departmentOrDesk = (of: string, rules: DeskRules): string =>
  of === 'desk' ? 'the desk' : departmentShort(of, rules);

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
export type ChannelAsked = 'to-give-up' | 'given-up' | 'has-guests' | 'used-with-guests' | 'used-already';

/**
 * @param stays for whom it is used as well, whatever is answered
 * @returns the question whether Teams channels are used any more, or what came of it, with its answers
 */
export function channelAskedWords(
  of: readonly string[],
  asked: ChannelAsked,
  rules: DeskRules,
  stays: readonly string[] = [],
): Said & { readonly answers: readonly { readonly title: string; readonly word: string }[] } {
  const [first = 'desk'] = of;
  const named = (some: readonly string[]): string =>
    sayList(some.map((each) => (each === 'desk' ? 'the desk' : departmentName(each, rules))));
  const whose = named(of);
  switch (asked) {
    case 'to-give-up':
      return {
        title: `Stop using the Teams channel for ${whose}?`,
        lines: [
          stays.length === 0
            ? `Posts are not shown there any more. ${inOwnChats} Nothing else stops.`
            : `Their posts are not shown there any more. ${inOwnChats} It stays the Teams channel for ${named(stays)}, and nothing else stops.`,
        ],
        answers: [{ title: 'Yes, stop using it', word: 'give-up' }],
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
        answers: [
          { title: 'Use it all the same', word: 'use-with-guests' },
          { title: 'Stop using it', word: 'leave-to-guests' },
        ],
      };
    case 'used-with-guests':
      return {
        title: `The Teams channel is used again for ${whose}`,
        lines: ['Everybody in it, guests as well, will see posts before they are public.'],
        answers: [],
      };
    case 'used-already':
      return {
        title: `The Teams channel is used already for ${whose}`,
        lines: [
          'It has been chosen anew since this was asked, and there were no guests in it then. Nothing has been changed: if guests come, I show no posts there and ask you again.',
        ],
        answers: [],
      };
  }
}

/** @returns which Teams channel is used for a department or the desk, or why none is; nothing where none was chosen */
export function channelUseWords(
  place: PlaceState | undefined,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
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

/** For whom a Teams channel was used, and since when it is not any more. */
export interface Left {
  readonly of: string;
  readonly since: Millis;
}

/** Nothing draws the card again, so that it says what stays so, also where that Teams channel is used again. */
const leftWords = ({ of, since }: Left, rules: DeskRules, now: Millis): string =>
  `This Teams channel stopped being used for ${of === 'desk' ? 'the desk' : departmentName(of, rules)} ${sayOn(since, now)}.`;

/** @returns what stands in place of a post's card in a Teams channel that is not used any more */
export function notHereWords(number: number, left: Left, rules: DeskRules, now: Millis): Said {
  return {
    title: `#${String(number)} is not shown here any more`,
    lines: [
      `${leftWords(left, rules, now)} Type "show ${String(number)}" to me in your own chat to see the post.`,
    ],
  };
}

/** @returns what stands in place of a post's card in a Teams channel of the department that it was for before */
export function otherDepartmentWords(number: number, department: string | undefined, rules: DeskRules): Said {
  return {
    title: `#${String(number)} is not shown here any more`,
    lines: [
      `It is for ${departmentName(department, rules)} now. Type "show ${String(number)}" to me in your own chat to see the post.`,
    ],
  };
}

/**
 * @param left undefined where the Teams channel is used, and the card is an old one
 * @returns what stands in place of the card of a storm that is not kept at what is so any more
 */
export function digestNotHereWords(left: Left | undefined, rules: DeskRules, now: Millis): Said {
  const why = left === undefined ? '' : `${leftWords(left, rules, now)} `;
  return {
    title: 'These posts are not shown here any more',
    lines: [`${why}Type "waiting" to me in your own chat to see what waits for you.`],
  };
}

/** @returns what stands in place of a card in a conversation with guests, as long as the post is not public */
export function guestsHereWords(number: number): Said {
  return {
    title: `#${String(number)} is not shown here`,
    lines: [
      `There are guests here, people from outside the council, and the post is not public yet. Type "show ${String(number)}" to me in your own chat to see it.`,
    ],
  };
}

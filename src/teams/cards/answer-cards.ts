import type { Millis } from '../../core/time.ts';
import { inUse, type PlaceState } from '../../people/place.ts';
import type { DeskRules } from '../../posts/post.ts';
import { departmentsToProposeFor, rolesOf } from '../../protocol/people.ts';
import {
  awayAnswer,
  type Away,
  departmentWords,
  deskWords,
  goneDepartmentWords,
  signInWords,
  unreachableWords,
} from '../../words/people.ts';
import {
  channelAskedWords,
  type ChannelAsked,
  channelWords,
  digestNotHereWords,
  guestsHereWords,
  type Left,
  notHereWords,
  otherDepartmentWords,
} from '../../words/teams-channels.ts';
import { helpWords, movedWords, nearestWords, welcomeWords, type Said } from '../../words/answers.ts';
import { buttons } from '../../words/on-cards.ts';
import { yesOffer, type Offer } from '../../words/several.ts';
import type { CommandButton, Field } from './data.ts';
import type { Origin } from '../turn.ts';
import { offerButton } from './offer-button.ts';
import type { DrawnCard } from './post-card.ts';
import { lines } from './post-head.ts';
import { render, type Card } from './render.ts';
import { cardText } from './text.ts';

/** The commands that a press can give as well, since they need no more words. */
const pressable: readonly CommandButton[] = [
  { title: buttons.waiting, words: 'waiting' },
  { title: buttons.posts, words: 'posts' },
  { title: buttons.calendar, words: 'calendar' },
  { title: buttons.people, words: 'people' },
];

/** @returns every command as the registry gives it, with buttons for those that need no more words */
export function helpCard(
  commands: readonly { readonly words: string; readonly does: string }[],
  rules: DeskRules,
): DrawnCard {
  const said = helpWords(rules);
  const card = render('help', {
    title: cardText(said.title),
    lines: lines(said.lines).lines,
    commands: commands.map(({ words, does }) => ({ words: cardText(words), does: cardText(does) })),
    buttons: pressable,
  });
  return { card, summary: said.title };
}

/**
 * @param person as in `welcomeWords`
 * @returns the first contact: what Crier is for, in few sentences, and where to begin
 */
export function welcomeCard(rules: DeskRules, person?: string): DrawnCard {
  return sayCard(welcomeWords(rules, person), [
    ...pressable.slice(0, 2),
    { title: buttons.commands, words: 'help' },
  ]);
}

/** @returns an answer that is words only */
export function noticeCard(notice: { readonly title: string; readonly words: string }): DrawnCard {
  return sayCard({ title: notice.title, lines: [notice.words] }, []);
}

/** The most buttons that Teams shows in a row of a card. */
const mostButtons = 6;

/** @returns a question, or what came of several posts, with its buttons */
export function choiceCard(choice: Said & { readonly offers: readonly Offer[] }, of?: Origin): DrawnCard {
  return sayCard(choice, choice.offers.slice(0, mostButtons), of);
}

/** @returns the commands nearest to one that is none, as buttons */
export function nearestCard(typed: string, nearest: readonly string[], of?: Origin): DrawnCard {
  const offers = [...nearest.map(yesOffer), { title: buttons.commands, words: 'help' }];
  return sayCard(nearestWords(typed, nearest), offers, of);
}

/** @returns what stands in place of a card that no longer follows its post */
export function movedCard(number: number): DrawnCard {
  const said = movedWords(number);
  return sayCard(said, [{ title: said.open, words: `show ${String(number)}` }]);
}

function sayCard(said: Said, offers: readonly Offer[], of?: Origin): DrawnCard {
  const card = render('notice', {
    title: cardText(said.title),
    lines: lines(said.lines).lines,
    buttons: offers.map((offer) => offerButton(offer, of)),
  });
  return { card, summary: said.title };
}

/**
 * @param of the departments, or the `desk`, that somebody meant; undefined: all of them
 * @returns who writes and approves, who is away, and who cannot be reached in person
 */
export function peopleCard(
  of: readonly string[] | undefined,
  unreachable: readonly string[],
  places: readonly PlaceState[],
  rules: DeskRules,
  now: Millis,
): DrawnCard {
  const isMeant = (each: string): boolean => of === undefined || of.includes(each);
  const placeFor = (each: string) => places.find((place) => place.of === each);
  const departments = Object.values(rules.departments).filter(({ id }) => isMeant(id));
  const unheard = unreachable.filter(
    (person) =>
      of === undefined ||
      rolesOf(person, rules).some((role) => isMeant('department' in role ? role.department : 'desk')),
  );
  const groups: readonly Said[] = [
    ...(unheard.length === 0 ? [] : [unreachableWords(unheard, places, rules)]),
    ...(isMeant('desk') ? [deskWords(placeFor('desk'), rules, now)] : []),
    ...departments.map((department) => departmentWords(department, placeFor(department.id), rules, now)),
    ...places
      .filter(
        (place) => isMeant(place.of) && place.of !== 'desk' && rules.departments[place.of] === undefined,
      )
      .filter((place) => inUse(place) !== undefined)
      .map((place) => goneDepartmentWords(place, rules, now)),
  ];
  const title = buttons.people;
  const card = render('people', {
    title: cardText(title),
    groups: groups.map((said) => ({ name: cardText(said.title), lines: lines(said.lines).lines })),
  });
  return { card, summary: title };
}

/** @returns the question whether this Teams channel shows the approvals of a department, or that it does now */
export function channelCard(
  channel: { readonly of: string; readonly guests: boolean; readonly chosen: boolean },
  rules: DeskRules,
): DrawnCard {
  const said = channelWords(channel.of, channel, rules);
  const card = render('channel', {
    title: cardText(said.title),
    lines: lines(said.lines).lines,
    warning: cardText(said.warning),
    of: channel.of,
    confirm: { show: said.confirm !== '', title: said.confirm },
    answers: [],
  });
  return { card, summary: said.title };
}

/** @returns the question whether Teams channels are used any more, or what came of it */
export function channelAnswersCard(
  of: readonly string[],
  asked: ChannelAsked,
  rules: DeskRules,
  stays: readonly string[] = [],
): DrawnCard {
  const said = channelAskedWords(of, asked, rules, stays);
  const card = render('channel', {
    title: cardText(said.title),
    lines: lines(said.lines).lines,
    warning: cardText(''),
    of: of.join(' '),
    confirm: { show: false, title: '' },
    answers: said.answers,
  });
  return { card, summary: said.title };
}

/** @returns what stands in place of a post's card in a Teams channel that is not used any more */
export const notHereCard = (number: number, left: Left, rules: DeskRules, now: Millis): DrawnCard =>
  sayCard(notHereWords(number, left, rules, now), []);

/** @returns what stands in place of a post's card in a Teams channel of the department that it was for before */
export const otherDepartmentCard = (
  number: number,
  department: string | undefined,
  rules: DeskRules,
): DrawnCard => sayCard(otherDepartmentWords(number, department, rules), []);

/** @returns what stands in place of the card of a storm in a Teams channel that is not used any more */
export const digestNotHereCard = (left: Left | undefined, rules: DeskRules, now: Millis): DrawnCard =>
  sayCard(digestNotHereWords(left, rules, now), []);

/** @returns what stands in place of a post's card in a conversation with guests, as long as the post is not public */
export const guestsHereCard = (number: number): DrawnCard => sayCard(guestsHereWords(number), []);

/** @returns the question whether somebody has a new work account, or that they are known by it now */
export function signInCard(
  { person, account }: { readonly person: string; readonly account?: number },
  rules: DeskRules,
): DrawnCard {
  const said = signInWords(person, account, rules);
  const card = render('sign-in', {
    title: cardText(said.title),
    lines: lines(said.lines).lines,
    warning: cardText(said.warning),
    person,
    account: account ?? 0,
    confirm: { show: said.confirm !== '', title: said.confirm },
  });
  return { card, summary: said.title };
}

/** @returns until when somebody is away, with the way back */
export function awayCard(away: Away, rules: DeskRules, now: Millis, of?: Origin): DrawnCard {
  const said = awayAnswer(away, rules, now);
  if (away.until === null)
    return sayCard(said, away.waiting === 0 ? [] : [{ title: buttons.waiting, words: 'waiting' }], of);
  const card = render('away', {
    title: cardText(said.title),
    lines: lines(said.lines).lines,
  });
  return { card, summary: said.title };
}

/** @returns the form of the message extension's dialog; its button is a Submit, as dialogs want it */
export function proposeForm(
  person: string,
  rules: DeskRules,
  options: { readonly notice?: string; readonly typed?: Readonly<Record<string, string>> } = {},
): Card {
  const field = (id: string): Field => ({
    show: true,
    value: options.typed?.[id] ?? '',
    error: cardText(''),
  });
  const departments = departmentsToProposeFor(person, rules);
  const [only] = departments;
  const chosen = departments.length === 1 && only !== undefined ? only.id : '';
  return render('propose', {
    notice: cardText(options.notice ?? ''),
    department: {
      ...field('department'),
      value: options.typed?.['department'] ?? chosen,
      show: departments.length > 1,
      choices: departments.map(({ id, name }) => ({ title: name, value: id })),
    },
    text: field('text'),
    when: field('when'),
    until: field('until'),
  });
}

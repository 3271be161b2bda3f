import type { Millis } from '../core/time.ts';
import type { ChosenWay } from '../dispatch/put-right.ts';
import type { EndedByAsking } from '../posts/correcting/ended-by-asking.ts';
import type { WhereNamed } from '../posts/writing/end-in-words.ts';
import type { Redescribable } from '../posts/correcting/redescribe.ts';
import type { Shows } from '../posts/writing/media.ts';
import { isUnclearOn } from '../posts/correcting/standing.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { awayWords, isHere } from './nobody-here.ts';
import { accountName, nameOf, onAccount, sayList, sayPeople, sentence } from './names.ts';
import { count, onAll, whereNamedWords } from './posts.ts';
import { sayEnd } from './times.ts';
import { changingByHand } from './corrections.ts';

/** How a post is doing, as its network told it. */
interface Measures {
  readonly likes?: number;
  readonly replies?: number;
  readonly shares?: number;
}

const ways: Readonly<Record<ChosenWay, string>> = {
  edit: 'Change it where it stands',
  reply: 'Reply with a correction',
  again: 'Delete and post again',
  leave: 'Leave it as it is',
};

/** @returns what a way of putting something right is called */
export const wayWords = (way: ChosenWay): string => ways[way];

/** @returns the question how an account is put right, and what deleting there would lose */
export function wayQuestion(
  account: string,
  measures: Measures | undefined,
  rules: DeskRules,
): { readonly label: string; readonly lost: string } {
  return {
    label: `${sentence(onAccount(account, rules))} nobody can change a post. What then?`,
    lost: lostWords(measures),
  };
}

/** @returns the same where it was deleted to be posted again, and is not there since */
export const backQuestion = (account: string, rules: DeskRules) => ({
  label: `${sentence(onAccount(account, rules))} it was deleted, and was not posted again. What now?`,
  choices: [
    { value: 'leave', title: 'Leave it so' },
    { value: 'again', title: 'Post it there again' },
  ],
});

/** @returns the question whether what somebody agreed to ends, since another correction is asked for while it waits */
export const endingQuestion = ({ by, accounts }: EndedByAsking, rules: DeskRules) => ({
  label: `A correction that ${nameOf(by, rules)} agreed to waits for ${namesOf(accounts, rules)} to be connected again. Does it end there?`,
  lost: 'If it ends and nobody agrees to the new one, what stands there stays as it is.',
  choices: [
    { value: 'waits', title: 'No, keep it waiting' },
    { value: 'ends', title: 'Yes, end it and ask for this one' },
  ],
});

/** @returns why another correction was not asked for: what it would end, and how that is chosen */
export const endsEarlierWords = ({ by, accounts }: EndedByAsking, rules: DeskRules): string =>
  `Nothing was asked for yet: it would end the correction that ${nameOf(by, rules)} agreed to and that waits for ${namesOf(accounts, rules)}. Choose "Yes" here to end that, or go back and leave it waiting.`;

/** @returns the question whether the post ends when its corrected text says */
export const namedEndQuestion = (end: Millis, now: Millis) => ({
  label: `Its words name another end than the post. Does it end ${sayEnd(end, now)} now?`,
  lost: 'Its page then says so, and it leaves the frame on our website.',
  yes: `Yes, it ends ${sayEnd(end, now)}`,
  no: 'No, it does not end then',
});

/** @returns why a correction was not asked for: its words and the end of the post are apart */
export function notAskedYetWords(
  { end, where, until }: { readonly end: Millis; readonly where: WhereNamed; readonly until: Millis },
  rules: DeskRules,
  now: Millis,
): string {
  const named = whereNamedWords(where, rules);
  return `Nothing was asked for yet: ${named} says that it ends ${sayEnd(end, now)}, and the post ends ${sayEnd(until, now)}. Choose here whether it ends then, or change ${named}.`;
}

/**
 * @param typed what stands in the field for the end beside the answer; null: nothing does
 * @returns why a correction was not asked for: somebody has chosen one end for the post and typed another
 */
export function twoEndsWords(
  { end, is }: { readonly end: Millis; readonly is: 'then' | 'not-then' },
  typed: Millis | null,
  now: Millis,
): string {
  const not = `Nothing was asked for yet: you chose that it ${is === 'then' ? 'ends' : 'does not end'} ${sayEnd(end, now)}`;
  if (is === 'not-then') return `${not}, and typed that very end. Choose "Yes" here, or type another one.`;
  const wrote = typed === null ? 'took its end out' : `typed that it ends ${sayEnd(typed, now)}`;
  return `${not}, and ${wrote}. Choose here once more: "Yes" for the one, "No" for what you typed.`;
}

const namesOf = (accounts: readonly string[], rules: DeskRules): string =>
  sayList(accounts.map((account) => accountName(account, rules)));

/** What deleting a post loses: in figures where its network told them. */
function lostWords(measures: Measures | undefined): string {
  const told = [
    measures?.likes === undefined ? undefined : counted(measures.likes, 'like'),
    measures?.replies === undefined ? undefined : counted(measures.replies, 'reply', 'replies'),
    measures?.shares === undefined ? undefined : counted(measures.shares, 'share'),
  ].filter((each) => each !== undefined);
  if (told.length === 0) return 'Deleting it loses its likes, replies and shares for good.';
  return `Deleting it loses ${sayList(told)} for good.`;
}

const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** @returns what the form of a correction says before somebody asks for one: who is here to agree, and who is away */
export function correctingWords(
  deciders: readonly string[],
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const here = deciders.filter((person) => isHere(person, rules, now));
  const who =
    here.length === 0 && deciders.length > 0
      ? 'One other person has to agree, and nobody who can is here.'
      : `One other person has to agree: ${sayPeople(here, rules, 'or')}.`;
  return [who, ...awayWords(deciders, rules, now)];
}

/** @returns where what its pictures and videos are said to show stays as it is */
export function descriptionsStayWords(
  { places, again, usually, staying }: Redescribable,
  rules: DeskRules,
): readonly string[] {
  if (places.length === 0 && staying.length > 0)
    return [
      `${sentence(onAll(staying, rules))} nobody can change what a picture or video is said to show. Where that is wrong, take the post down and post it again.`,
    ];
  const chosen = again.filter((account) => !usually.includes(account));
  return [
    ...(chosen.length === 0
      ? []
      : [
          `${sentence(onAll(chosen, rules))} what it is said to show stays as it is unless you choose "${ways.again}".`,
        ]),
    ...(usually.length === 0
      ? []
      : [
          `${sentence(onAll(usually, rules))} the post is deleted and posted again for it, unless you choose "${ways.leave}".`,
        ]),
    ...(staying.length === 0
      ? []
      : [
          `${sentence(onAll(staying, rules))} nobody can change what it is said to show: that stays as it is.`,
        ]),
  ];
}

/** @returns on which of these accounts the card of the post's link stays as it is, and what can be done about that */
export const cardsStayWords = (accounts: readonly string[], rules: DeskRules): readonly string[] =>
  accounts.length === 0
    ? []
    : [
        `${sentence(onAll(accounts, rules))} nobody can change the card below the post: it still leads where the link leads now. Where that is wrong, take the post down and write a new one.`,
      ];

/** @returns why a correction was not asked for: nobody would read anywhere what its pictures are said to show */
export function describedNowhereWords(again: readonly string[], rules: DeskRules): string {
  const [one] = again;
  const or = 'leave it as it was';
  return one === undefined
    ? `Nobody can change a description where this post stands, so ${or}. To put it right, take the post down and post it again.`
    : `Nobody can change a description where this post stands. Choose "${ways.again}" ${onAll(again, rules)}, or ${or}.`;
}

/** That a title is no part of a correction before anybody sees the video. */
export const titleWaitsWords =
  'The title of the video on YouTube stays as it is for now. It can be changed here once the video is shown there.';

/** That captions are no part of a correction, and what can be done about wrong ones. */
export const captionsStayWords =
  'Nobody can change the captions of a video that is public. Where they are wrong, take the post down and post it again with the right ones.';

/** That pictures and films are no part of a correction, and what can be done about them. */
export function mediaStayWords(shows: Shows): string {
  if (shows === 'nothing')
    return 'A post that is public stays without a picture. To show one, take the post down and post it again with it, or write a new post.';
  const what = shows === 'video' ? 'its video, the captions and its pictures' : 'its pictures';
  return `A post that is public keeps ${what}. Where one is wrong, take the post down and post it again with the right one, or write a new post.`;
}

/** @returns who is still changing by hand what an earlier correction said, and what becomes of that */
export const changingWords = (post: PostState, rules: DeskRules): readonly string[] =>
  changingByHand(post, rules).map(
    (words) => `${words} Once this correction is agreed, they get the new words instead.`,
  );

/** @returns where the post does not say yet what it says by now: that is put right also where the words stay as they are */
export function behindWords(
  accounts: readonly string[],
  post: PostState,
  rules: DeskRules,
): readonly string[] {
  if (accounts.length === 0) return [];
  const is = accounts.length === 1 ? 'it is' : 'they are';
  const says = accounts.some((account) => isUnclearOn(post, account))
    ? 'may'
    : accounts.length === 1
      ? 'does'
      : 'do';
  const when = says === 'may' ? '' : ' yet';
  return [
    `${sentence(namesOf(accounts, rules))} ${says} not say all of this${when}. Where you leave the words as they are, only ${is} put right.`,
  ];
}

/** @returns that a correction takes the place of different texts */
export function sameEverywhere(accounts: readonly string[], rules: DeskRules): string {
  return `The corrected text is the same everywhere: ${onAll(accounts, rules)}.`;
}

import type { Millis } from '../core/time.ts';
import { isLeftByAuthor, writersNow } from '../posts/deciding/may.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { londonDate } from '../protocol/london.ts';
import { trainedOn } from '../protocol/people.ts';
import { departmentShort, nameOf, sayPeople } from './names.ts';
import { sayIsoDay } from './times.ts';

/** Who goes on with what is with its writers, and how. */

/** @returns who sends a draft that more than one person has had before them */
export const unsentWords = ({ author, revision }: PostState, rules: DeskRules): string =>
  `It is a draft: it goes no further until ${sayPeople([...new Set([author, revision.by])], rules, 'or')} sends it.`;

/** @returns whether its author may not go on with what is with its writers */
export const isWithOthers = (post: PostState, rules: DeskRules, now: Millis): boolean =>
  !writersNow(post, rules, now).includes(post.author);

/** What can be done with what is with its writers: to its reader, where they can, and of others. */
const deeds = {
  send: { yourself: 'Edit it, then send it.', others: 'edit it and send it.' },
  'edit and send': { yourself: 'Edit it, then send it again.', others: 'edit it and send it again.' },
  'send again': {
    yourself: 'Send it again if it is still needed.',
    others: 'send it again if it is still needed.',
  },
  'end later': {
    yourself: 'Give it another end if it is still needed.',
    others: 'give it another end if it is still needed.',
  },
} as const;

/**
 * @param writes whether whoever reads it may write on the post
 * @returns what is to be done with what is with its writers, by whom where its reader may not, and why, where its author may not
 */
export function goesOnWords(
  post: PostState,
  how: keyof typeof deeds,
  writes: boolean,
  rules: DeskRules,
  now: Millis,
): string {
  const isOthers = isWithOthers(post, rules, now);
  if (!isOthers && writes) return deeds[how].yourself;
  const can = `${sayPeople(writersNow(post, rules, now), rules, 'or')} can ${deeds[how].others}`;
  return isOthers ? `${whyNotAuthor(post, rules, now)} ${can}` : can;
}

/** Why its author may not go on with it. */
function whyNotAuthor(post: PostState, rules: DeskRules, now: Millis): string {
  const name = nameOf(post.author, rules);
  if (rules.people[post.author] === undefined) return `${name} is not in the protocol any more.`;
  if (isLeftByAuthor(post, rules))
    return `By the protocol ${name} does not write for ${departmentShort(post.department ?? '', rules)} now.`;
  const training = trainedOn(post.author, londonDate(now), rules);
  return !training.trained && training.reason === 'expired'
    ? `The social media training of ${name} ran out on ${sayIsoDay(training.on, now)}.`
    : `The social media training of ${name} has not been recorded.`;
}

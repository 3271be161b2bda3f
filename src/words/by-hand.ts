import type { Millis } from '../core/time.ts';
import type { ByHand, DeskRules } from '../posts/post.ts';
import { buttons } from './on-cards.ts';
import { accountName, mediumName, sayPeople, sentence } from './names.ts';
import { sayOn } from './times.ts';

/** What somebody reads who is to do something by hand, and the buttons with which they say that it is done. */
export interface ByHandWords {
  readonly title: string;
  readonly copy: string;
  readonly done: string;
  /** empty where it cannot be declined */
  readonly not: string;
}

/**
 * What became of a post since somebody was asked to post it by hand; `to-be-corrected`: other words may follow;
 * `rule-stops`: nobody has come to that yet.
 */
export type Over = 'held' | 'taken-down' | 'given-up' | 'to-be-corrected' | 'rule-stops';

/** Why it is not to be done any more, or not yet: to whoever was asked, and to whoever may say that they did. */
interface Reasons {
  readonly mine: string;
  readonly others: string;
}

/** Somebody asked for other words. */
const corrected = (by: 'you' | { readonly name: string }): Reasons =>
  by === 'you'
    ? { mine: 'you have asked for other words', others: 'you asked for other words' }
    : { mine: `${by.name} has asked for other words`, others: `${by.name} asked for other words` };

/** The same whatever was to be done. */
const whatever = {
  'rule-stops': {
    mine: 'something in it has come to stand in the way',
    others: 'something in it came to stand in the way',
  },
};

const why: Readonly<Record<'post' | 'change', Readonly<Record<Exclude<Over, 'to-be-corrected'>, Reasons>>>> =
  {
    post: {
      held: { mine: 'it is held', others: 'it was held' },
      'taken-down': { mine: 'the post has been taken down', others: 'the post was taken down' },
      'given-up': {
        mine: 'it is not to go out there any more',
        others: 'it was decided that it does not go out there',
      },
      ...whatever,
    },
    change: {
      held: { mine: 'its correction is held', others: 'its correction was held' },
      'taken-down': { mine: 'the post has been taken down', others: 'the post was taken down' },
      'given-up': { mine: 'it is to stay as it is', others: 'it was decided that it stays as it is' },
      ...whatever,
    },
  };

/**
 * @param how what became of it since they were asked to post it; `isAsked`: whoever reads it is, or was;
 *   `corrector`: who has asked for other words; `mayTryAgain`: Crier could not take it down, and can try once more
 * @returns what to do by hand on an account, or that others are to; and what the buttons are called
 */
export function byHandWords(
  account: string,
  entry: ByHand,
  how: {
    readonly over: Over | undefined;
    readonly corrector: 'you' | { readonly name: string };
    readonly isAsked: boolean;
    readonly mayTryAgain: boolean;
  },
  rules: DeskRules,
  now: Millis,
): ByHandWords {
  const { what } = entry;
  const place = accountName(account, rules);
  const when = sayOn(entry.since, now);
  if (how.over !== undefined && what !== 'remove') {
    const waits = how.over === 'to-be-corrected';
    const { mine, others } = how.over === 'to-be-corrected' ? corrected(how.corrector) : why[what][how.over];
    const [it, does, done] =
      what === 'change'
        ? [`the post on ${place}`, 'change', 'changed']
        : [`this on ${place}`, 'post', 'posted'];
    const please = waits ? `Please wait before you ${does}` : `Please do not ${does}`;
    const title = how.isAsked
      ? `${please} ${it}: ${mine}. Have you ${done} it already?`
      : `${sentence(what === 'change' ? it : 'this')} was to be ${done}${what === 'change' ? '' : ` on ${place}`} by hand before ${others}. If it had been ${done} by then, say so here.`;
    const not = how.isAsked ? `I have not ${done} it` : `It has not been ${done}`;
    return {
      title,
      copy: '',
      done: how.isAsked ? `I have ${done} it` : isDone[what],
      not: waits ? (how.isAsked ? 'It will not be posted' : '') : not,
    };
  }
  if (!how.isAsked) {
    return {
      title:
        entry.cannot === true
          ? `The post on ${place} cannot be taken down. If it has been all the same, say so here.`
          : `${sentence(place)} ${askedByHand(entry, rules)}. ${sayHere[what]}`,
      copy: '',
      done: isDone[what],
      not: '',
    };
  }
  switch (what) {
    case 'post':
      return {
        title: `Please post this on ${place} yourself. Asked ${when}.`,
        copy: 'Text to copy',
        done: 'I have posted it',
        not: 'It will not be posted',
      };
    case 'change':
      return {
        title: `Please change the post on ${place} yourself. Asked ${when}.`,
        copy: 'New text to copy',
        done: changedIt.mine,
        not: 'It cannot be changed',
      };
    case 'remove':
      return {
        title: how.mayTryAgain
          ? `Please take the post on ${place} down yourself, or press "${buttons.remove}" to have Crier try again. Asked ${when}.`
          : `Please take the post on ${place} down yourself. Asked ${when}.`,
        copy: '',
        done: 'I have taken it down',
        not: 'It cannot be taken down',
      };
  }
}

const changedIt = { mine: 'I have changed it', others: 'It has been changed' } as const;

/** To whoever of the others may say that it is done. */
const sayHere: Readonly<Record<ByHand['what'], string>> = {
  post: 'If it has been posted, say so here.',
  change: 'If it has been changed, say so here.',
  remove: 'If it has been taken down, say so here.',
};

/** The buttons with which they do. */
const isDone: Readonly<Record<ByHand['what'], string>> = {
  post: 'It has been posted',
  change: changedIt.others,
  remove: 'It has been taken down',
};

/**
 * @param change who is asked to change it there by hand: whoever reads it, others, or nobody, of whom the reader may ask
 *   for a correction or not; or not yet or any more while a correction is made
 * @returns what is offered to whoever may put right that it was posted by hand, be it that they said so themselves;
 *   `instead`: what to do where it was never posted and other words are to stand there, or were to
 */
export function mendWords(
  account: string,
  isOwn: boolean,
  change: 'mine' | 'others' | 'later' | 'ask' | 'nobody',
  rules: DeskRules,
): { readonly title: string; readonly link: string; readonly not: string; readonly instead: string } {
  const link = 'Put the address right';
  const never = isOwn ? 'If you never posted it there' : 'If it was never posted there';
  const then: Readonly<Record<typeof change, string>> = {
    mine: `post the new text there now and press "${changedIt.mine}", then give its address here`,
    others: `the new text has to be posted there now: whoever does it presses "${changedIt.mine}", and its address is put right here`,
    later: 'say so here once the correction is made everywhere',
    nobody: `tell ${rules.desk.name}, who can ask for a correction, and give its address here once the right words stand there`,
    ask: `ask for a correction, so that somebody is asked to put the right words there, and give their address here once they stand`,
  };
  return {
    title: `${accountName(account, rules)}: wrong address, or not posted?`,
    link,
    not: isOwn ? 'I have not posted it after all' : 'It has not been posted after all',
    instead: `${never}, ${then[change]}.`,
  };
}

/**
 * @param isOwn whoever reads it is, and nobody else
 * @returns who is asked to do something by hand, for everybody who sees the card
 */
export function askedByHand({ what, people, cannot }: ByHand, rules: DeskRules, isOwn = false): string {
  if (cannot === true) return 'stays there, since it cannot be taken down';
  const who = isOwn ? 'you' : sayPeople(people, rules, 'or');
  switch (what) {
    case 'post':
      return `waits for ${who} to post it by hand`;
    case 'change':
      return `waits for ${who} to change it by hand`;
    case 'remove':
      return `waits for ${who} to take it down by hand`;
  }
}

/** @returns the same of what is not to be posted before it is decided whether it gets other words */
export function askedAndWaits({ people }: ByHand, rules: DeskRules, isOwn: boolean): string {
  const who = isOwn ? 'you' : sayPeople(people, rules);
  return `${who} ${isOwn || people.length > 1 ? 'were' : 'was'} asked to post it by hand, which waits until the correction has been decided`;
}

/** @returns who had been asked to post by hand what is held or given up, for everybody who sees the card */
export const wasAskedByHand = (entry: ByHand, isHeld: boolean, rules: DeskRules): string =>
  `${isHeld ? 'held' : 'did not go out'}. ${askedAndUnsaid(entry, rules)}`;

/** @returns who had been asked to post or change something by hand before that was over, and has not said whether they did */
export const askedAndUnsaid = ({ what, people }: ByHand, rules: DeskRules): string =>
  `${sayPeople(people, rules)} ${people.length === 1 ? 'was' : 'were'} asked to ${what === 'change' ? 'change' : 'post'} it by hand, and ${people.length === 1 ? 'has' : 'have'} not said whether they had`;

/**
 * @param index its place among `of` pictures and videos, from 0
 * @returns what somebody takes along who posts a picture or video by hand: the links to it and to its captions, and what
 *   its description is called, to be copied
 */
export function takenAlongWords(
  kind: 'picture' | 'video',
  index: number,
  of: number,
): { readonly file: string; readonly captions: string; readonly description: string } {
  const name = mediumName(kind, index, of);
  return {
    file: `Open ${name} to save it`,
    captions: `Open the captions of ${name} to save them`,
    description: `What ${name} shows, to copy as its description`,
  };
}

/** @returns to whoever decides on a correction: who was asked to post by hand what it corrects, and what comes of it for them */
export const handsWaitWords = (
  accounts: readonly { readonly account: string; readonly people: readonly string[] }[],
  rules: DeskRules,
): readonly string[] =>
  accounts.map(({ account, people }) => {
    const was = people.length === 1 ? 'was' : 'were';
    return `${sayPeople(people, rules)} ${was} asked to post it on ${accountName(account, rules)} by hand, and ${was} told to wait: once this is agreed, they get the new words.`;
  });

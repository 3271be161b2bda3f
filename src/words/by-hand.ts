import type { Millis } from '../core/time.ts';
import type { ByHand, DeskRules } from '../posts/post.ts';
import { buttons } from './on-cards.ts';
import { accountName, sayPeople, sentence } from './names.ts';
import { sayOn } from './times.ts';

/** What somebody reads who is to do something by hand, and the buttons with which they say that it is done. */
export interface ByHandWords {
  readonly title: string;
  readonly copy: string;
  readonly done: string;
  /** empty where it cannot be declined */
  readonly not: string;
}

/** What became of a post since somebody was asked to post it by hand; `to-be-corrected`: other words may follow. */
export type Over = 'held' | 'taken-down' | 'given-up' | 'to-be-corrected';

const since: Readonly<Record<Over, string>> = {
  held: 'It is held since',
  'taken-down': 'The post has been taken down since',
  'given-up': 'It is not to go out there any more',
  'to-be-corrected': 'Somebody has asked for other words since',
};

/**
 * @param how what became of it since they were asked to post it; `isAsked`: whoever reads it is, or was;
 *   `mayTryAgain`: Crier could not take it down, and can try once more
 * @returns what to do by hand on an account, or that others are to; and what the buttons are called
 */
export function byHandWords(
  account: string,
  entry: ByHand,
  how: { readonly over: Over | undefined; readonly isAsked: boolean; readonly mayTryAgain: boolean },
  rules: DeskRules,
  now: Millis,
): ByHandWords {
  const { what } = entry;
  const place = accountName(account, rules);
  const when = sayOn(entry.since, now);
  if (how.over !== undefined) {
    const waits = how.over === 'to-be-corrected';
    if (what === 'change') {
      const now = how.over === 'given-up' ? 'It is to stay as it is since' : since[how.over];
      const been = `The post on ${place} was to be changed by hand, as asked ${when}. ${now}: please do not change it.`;
      return how.isAsked
        ? {
            title: `${been} Say here whether you have changed it already.`,
            copy: '',
            done: changedIt.mine,
            not: 'I have not changed it',
          }
        : {
            title: `${been} ${sayHere.change}`,
            copy: '',
            done: isDone.change,
            not: 'It has not been changed',
          };
    }
    const please = waits ? 'please wait until that is decided' : 'please do not post it';
    const been = `This was to be posted on ${place} by hand, as asked ${when}. ${since[how.over]}: ${please}.`;
    return how.isAsked
      ? {
          title: `${been} Say here whether you have posted it already.`,
          copy: '',
          done: 'I have posted it',
          not: waits ? 'It will not be posted' : 'I have not posted it',
        }
      : {
          title: `${been} ${sayHere.post}`,
          copy: '',
          done: isDone.post,
          not: waits ? '' : 'It has not been posted',
        };
  }
  if (!how.isAsked) {
    return {
      title: `${sentence(place)} ${askedByHand(entry, rules)}. ${sayHere[what]}`,
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
        not: '',
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

/** @returns who is asked to do something by hand, for everybody who sees the card */
export function askedByHand({ what, people }: ByHand, rules: DeskRules): string {
  const who = sayPeople(people, rules, 'or');
  switch (what) {
    case 'post':
      return `waits for ${who} to post it by hand`;
    case 'change':
      return `waits for ${who} to change it by hand`;
    case 'remove':
      return `waits for ${who} to take it down by hand`;
  }
}

/** @returns who had been asked to post by hand what is held or given up, for everybody who sees the card */
export const wasAskedByHand = (entry: ByHand, isHeld: boolean, rules: DeskRules): string =>
  `${isHeld ? 'held' : 'did not go out'}. ${askedAndNotTo(entry, rules)}`;

/** @returns who had been asked to post or change something by hand, and was then asked not to */
export const askedAndNotTo = ({ what, people }: ByHand, rules: DeskRules): string =>
  `${sayPeople(people, rules)} ${people.length === 1 ? 'was' : 'were'} asked to ${what === 'change' ? 'change' : 'post'} it by hand, and then not to`;

/** @returns the link to a picture that somebody posts by hand */
export const downloadWords = (n: number, of: number): string =>
  of === 1 ? 'Open the picture to save it' : `Open picture ${String(n)} to save it`;

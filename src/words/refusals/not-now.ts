import type { DeskRules } from '../../posts/post.ts';
import type { PostRefusal } from '../../posts/refusals.ts';
import { accountName, sayList } from '../names.ts';
import { buttons } from '../on-cards.ts';

/** Why what is public of a post cannot be corrected before the rest of it is settled, and how it can. */
export function restComesFirstWords(
  { number, held, waits, instead }: Extract<PostRefusal, { readonly refused: 'rest-comes-first' }>['facts'],
  rules: DeskRules,
): string {
  const rest = `presses "${buttons[instead]}"`;
  if (held)
    return `What is public cannot be corrected while the rest is held. It can once somebody who may approve it ${rest}, or has released the rest where nothing is stopped.`;
  const places = sayList(waits.map((account) => accountName(account, rules)));
  return `What is public cannot be corrected while only the beginning of its thread stands on ${places}. Most often the rest follows within a minute. Where the card says that it waits for longer, or asks the desk whether something arrived, that comes first. To wait for nothing, type "hold ${String(number)}": once somebody who may approve it then ${rest}, it can be corrected.`;
}

const openOnceHeld = {
  edit: 'it can be changed',
  correct: 'it can be changed',
  cancel: 'it can be cancelled',
  schedule: 'another time can be chosen',
  'send-back': 'it can be sent back',
  refuse: 'it can be decided that it is not published',
} as const;

/** Why what is leaving can not be changed, cancelled, planned anew or turned down, and how what is left of it is kept back. */
export function onItsWayWords(
  facts: Extract<PostRefusal, { readonly refused: 'on-its-way' }>['facts'],
  rules: DeskRules,
): string {
  const { action, waits } = facts;
  const number = String(facts.number);
  const places = sayList(waits.map((account) => accountName(account, rules)));
  const until = facts.correction
    ? 'until the correction has been decided'
    : waits.length > 0
      ? `until ${places} ${waits.length === 1 ? 'is' : 'are'} connected again`
      : undefined;
  const how =
    until === undefined
      ? 'this post is on its way out'
      : facts.public
        ? `part of it is public, and the rest waits ${until}`
        : `it waits ${until}`;
  const hold = facts.kept
    ? undefined
    : facts.untouched || (action === 'schedule' && !facts.public)
      ? `"hold ${number}" to keep it back: then ${openOnceHeld[action]}`
      : `"hold ${number}" to keep back what has not left`;
  const ways = [
    ...(hold === undefined ? [] : [hold]),
    ...(action === 'cancel' && facts.public ? [`"remove ${number}" to take down what is public`] : []),
    ...(action === 'edit' && facts.correctable ? [`"correct ${number}" to change what is public`] : []),
  ];
  return `${actionWords(action)}: ${how}.${ways.length === 0 ? '' : ` Type ${ways.join(', or ')}.`}`;
}

const actions: Readonly<Record<string, string>> = {
  edit: 'It cannot be changed now',
  send: 'It cannot be sent now',
  schedule: 'Its time cannot be changed now',
  decide: 'There is nothing to decide',
  cancel: 'It cannot be cancelled now',
  correct: 'It cannot be corrected now',
  remove: 'There is nothing to take down',
  'try-again': 'There is nothing to try again',
  'leave-as-it-is': 'Nothing waits here to be left as it is',
  'send-back': 'It cannot be sent back now',
  refuse: 'There is nothing to decide',
  'choose-department': 'Its department cannot be changed now',
};

/** @returns that this cannot be done to a post now, before why */
export function actionWords(action: string): string {
  return actions[action] ?? 'That cannot be done now';
}

/** What can be done with a held post of which something is public, once it is decided how it goes on. */
export const opensOnceLetGo: ReadonlySet<string> = new Set(['edit', 'schedule', 'cancel', 'correct']);

/** How a held post goes on. */
export const letsGoWords = 'somebody who may approve it has to let it go on, or decide that it does not.';

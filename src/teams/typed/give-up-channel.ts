import { inUse } from '../../people/place.ts';
import { chosenPlaces } from '../guests.ts';
import { notice } from '../notices.ts';
import { spoken } from './manners.ts';
import type { TypedCommand } from './typed-command.ts';
import { whoseChannel } from './use-channel.ts';

const verb = String.raw`(?:(?:stop|quit)\s+(?:using|showing(?:\s+\p{L}+)?|posting)|(?:do\s+not|don\W?t|never|no\s+longer)\s+(?:use|show(?:\s+\p{L}+)?|post)|(?:remove|give\s+up|forget|drop|leave|unset))`;
const here = String.raw`(?:(?:\s+(?:in|on|to|into))?\s+(?:(?:this|the|that|our)\s+)?(?:teams\s+)?channel|\s+here)`;
const over = String.raw`(?:\s+(?:any\s?more|any\s+longer|now|please))*`;
const givesUp = new RegExp(
  String.raw`^(?:${verb}${here}|use\s+(?:this|the)\s+(?:teams\s+)?channel\s+for\s+nothing)(?:${over}\s+(?:for|of)\s+(?:the\s+)?(?:approvals?\s+(?:of|for)\s+)?(?<of>.+?))?${over}[\s.!]*$`,
  'iu',
);

/** What somebody types who means that a Teams channel is not to be used any more. Never a stop of everything. */
export const meansGivingUp = (typed: string): boolean => givesUp.test(spoken(typed).asked);

/** Asks on a card whether this Teams channel is not to be used any more, or that of a department. */
export const giveUpChannel: TypedCommand = {
  name: 'stop-using',
  run: async (rest, turn, desk) => {
    const rules = desk.rules();
    const named = givesUp.exec(spoken(rest).asked)?.groups?.['of'];
    const departments = Object.values(rules.departments).map((each) => each.short);
    const used = (await chosenPlaces(desk.executor)).filter((place) => inUse(place) !== undefined);
    if (named === undefined) {
      if (turn.where.kind !== 'teams-channel') return notice('only-in-a-channel', {});
      const { conversationId } = turn.where;
      const of = used.filter((place) => place.conversationId === conversationId).map((place) => place.of);
      return of.length === 0
        ? notice('channel-not-used', {})
        : { show: 'channel-asked', of, asked: 'to-give-up' };
    }
    const of = whoseChannel(named, rules);
    if (of === undefined) return notice('which-channel-for', { departments });
    return used.some((place) => place.of === of)
      ? { show: 'channel-asked', of: [of], asked: 'to-give-up' }
      : notice('channel-not-used', {});
  },
};

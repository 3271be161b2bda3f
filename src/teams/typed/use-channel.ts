import type { DeskRules } from '../../posts/post.ts';
import { answered } from '../answered.ts';
import { notice } from '../notices.ts';
import type { TypedCommand } from './typed-command.ts';
import { inUse, mayChooseChannel, mayNotChoose } from '../../people/place.ts';
import { departmentOrDesk } from '../../words/teams-channels.ts';
import { chosenPlaces } from '../guests.ts';
import type { Reply } from '../reply.ts';
import { spoken } from './manners.ts';
import { whoseNamed } from './whose.ts';

/** Asks on a card whether approvals are to be shown in this Teams channel. */
export const useChannel: TypedCommand = {
  name: 'use',
  run: async (rest, turn, desk) => {
    const rules = desk.rules();
    const match =
      /^(?:this\s+)?(?:teams\s+)?channel\s+for\s+(?:the\s+)?(?:approvals?\s+(?:of|for)\s+)?(?:the\s+)?(?<of>.+)$/iu.exec(
        rest.trim(),
      );
    const typed = match?.groups?.['of']?.trim() ?? '';
    const departments = Object.values(rules.departments).map((each) => each.short);
    if (typed === '') return notice('which-channel-for', { departments });
    if (turn.where.kind !== 'teams-channel') return notice('only-in-a-channel', {});
    const of = whoseNamed(typed, rules);
    if (of === undefined) return notice('which-channel-for', { departments });
    // Nobody is asked to confirm what they are refused then.
    const mayNot = mayNotChoose(turn.person, of, rules);
    if (mayNot !== undefined) return answered(mayNot, undefined, turn, desk);
    const members = await desk.roster.members(turn.where);
    return { show: 'channel', of, guests: members.some((member) => member.isGuest), chosen: false };
  },
};

const verb = String.raw`(?:(?:stop|quit)\s+(?:us(?:e|ing)(?:\s+of)?|show(?:ing)?(?:\s+\p{L}+)?|post(?:ing)?)|(?:do\s+not|don\W?t|never|no\s+longer)\s+(?:use|show(?:\s+\p{L}+)?|post)|(?:remove|give\s+up|forget|drop|leave|unset))`;
const here = String.raw`(?:(?:\s+(?:in|on|to|into))?\s+(?:(?:this|the|that|our)\s+)?(?:teams\s+)?channel|\s+here)`;
const over = String.raw`(?:\s+(?:any\s?more|any\s+longer|now|please))*`;

/** Said without its channel, or without what is not to be done with it: nothing else is stopped by these. */
const short = String.raw`(?:(?:stop|quit)\s+us(?:e|ing)|(?:stop|quit)\s+(?:(?:this|the|that|our)\s+)?(?:teams\s+)?channel)`;
const givesUp = new RegExp(
  String.raw`^(?:${verb}${here}|${short}|use\s+(?:this|the)\s+(?:teams\s+)?channel\s+for\s+nothing)(?:${over}\s+(?:for|of)\s+(?:the\s+)?(?:approvals?\s+(?:of|for)\s+)?(?<of>.+?))?${over}[\s.!]*$`,
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
      if (turn.where.kind !== 'teams-channel') {
        const whose = used.map((place) => place.of);
        return notice('which-channel-to-give-up', { whose: whose.map((of) => departmentOrDesk(of, rules)) });
      }
      const { conversationId } = turn.where;
      const of = used.filter((place) => place.conversationId === conversationId).map((place) => place.of);
      return of.length === 0 ? notice('channel-not-used', {}) : askToGiveUp(of, turn.person, rules);
    }
    const of = whoseNamed(named, rules);
    if (of === undefined) return notice('which-channel-for', { departments });
    return used.some((place) => place.of === of)
      ? { show: 'channel-asked', of: [of], asked: 'to-give-up' }
      : notice('channel-not-used', {});
  },
};

/**
 * Asks whoever may give a Teams channel up for some of those whom it is used for, about those alone. Whoever may for
 * none is asked about all, for others to answer.
 */
export function askToGiveUp(
  of: readonly string[],
  person: string,
  rules: DeskRules,
): Extract<Reply, { readonly show: 'channel-asked' }> {
  const theirs = of.filter((each) => mayChooseChannel(person, each, rules));
  const asked = theirs.length === 0 ? of : theirs;
  const stays = of.filter((each) => !asked.includes(each));
  return {
    show: 'channel-asked',
    of: asked,
    asked: 'to-give-up',
    ...(stays.length === 0 ? {} : { stays }),
  };
}

import type { DeskRules } from '../../posts/post.ts';
import { findDepartment } from '../../protocol/people.ts';
import { notice } from '../notices.ts';
import type { TypedCommand } from './typed-command.ts';

/** What may stand behind a name, and says nothing more of whose Teams channel it is. */
const behind =
  /(?:\Ws)?(?:[\s,]+(?:approvals?|posts?|work|team|department|please|pls|now|thanks|thank\s+you))*[\s.!]*$/iu;

/** @returns the department, or `desk`, that somebody names for a Teams channel: `highways approvals`, `roads please` */
export function whoseChannel(typed: string, rules: DeskRules): string | undefined {
  const name = typed.replace(behind, '');
  if (/^(?:desk|communications|comms)$/iu.test(name)) return 'desk';
  for (const each of [typed, name]) {
    const found = findDepartment(each, rules);
    if (found.found !== 'no') return found.department.id;
  }
  return undefined;
}

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
    const of = whoseChannel(typed, rules);
    if (of === undefined) return notice('which-channel-for', { departments });
    const members = await desk.roster.members(turn.where);
    return { show: 'channel', of, guests: members.some((member) => member.isGuest), chosen: false };
  },
};

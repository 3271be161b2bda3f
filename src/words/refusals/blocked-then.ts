import type { Millis } from '../../core/time.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { PostRefusal } from '../../posts/refusals.ts';
import { sayFinding } from '../findings.ts';
import { sayPeople, sentence } from '../names.ts';
import { buttons } from '../on-cards.ts';
import { sayOn } from '../times.ts';

/** Why it cannot go out then, and what whoever wanted that can do about it. */
export function blockedThenWords(
  facts: Extract<PostRefusal, { readonly refused: 'blocked-then' }>['facts'],
  rules: DeskRules,
  now: Millis,
): string {
  const { at, media, found, can, ask, byTime } = facts;
  const said = found.map((finding) => sayFinding(finding, media));
  const what = said.map((each) => (can === 'edit' ? `${each.what} ${each.fix}` : each.what)).join(' ');
  const other = byTime ? 'choose another time' : '';
  const change = {
    edit: '',
    'send-back': `press "${buttons.sendBack}" on its card and say what should change`,
    ask: `ask ${sayPeople(ask, rules, 'or')} to put that right`,
    nothing: '',
  }[can];
  const ways = can === 'edit' ? '' : [other, change].filter((way) => way !== '').join(', or ');
  const next = can === 'nothing' ? ' Its words cannot be changed any more, since it has begun to leave.' : '';
  const when = at === null ? 'as soon as it is approved' : sayOn(at, now);
  return `It cannot go out ${when}. ${what}${next}${ways === '' ? '' : ` ${sentence(ways)}.`}`;
}

import type { Millis } from '../../core/time.ts';
import type { DeskRules } from '../../posts/post.ts';
import { isTold } from '../../protocol/people.ts';
import { accountsTitle, accountWords, everyAccountWords, type AccountShown } from '../../words/accounts.ts';
import type { AccountsData } from './data.ts';
import type { DrawnCard } from './post-card.ts';
import { lines } from './post-head.ts';
import { render } from './render.ts';
import { cardText, linked } from './text.ts';
import type { Viewer } from './viewer.ts';

/** @returns every account: who looks after it, how it stands, what stands there last */
export function accountsCard(
  accounts: readonly AccountShown[],
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
): DrawnCard {
  const reader = viewer.kind === 'person' && isTold(viewer.person, rules) ? 'desk' : 'others';
  const above = everyAccountWords(accounts, rules, now);
  const data: AccountsData = {
    title: cardText(accountsTitle),
    intro: lines(above),
    groups: accounts.map((account) => {
      const said = accountWords(account, above, reader, rules, now);
      return { name: cardText(said.title), lines: said.lines.map(linked) };
    }),
  };
  return { card: render('accounts', data), summary: accountsTitle };
}

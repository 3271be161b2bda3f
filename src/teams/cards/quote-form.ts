import { accountsThatQuote } from '../../posts/writing/quoted-post.ts';
import type { AccountText } from '../../posts/writing/plan.ts';
import type { DeskRules } from '../../posts/post.ts';
import type { Revision } from '../../posts/writing/revision.ts';
import { quoteLine, quoteNote } from '../../words/on-cards.ts';
import type { PostDrawing } from './drawing.ts';
import type { FormFields } from './form-fields.ts';
import type { PostEditData } from './post-form-data.ts';
import { nothing } from './post-head.ts';
import { cardText } from './text.ts';

/** What the form asks about a post to quote; nothing where no account that is ticked can show one. */
export function quoteForm(
  ticked: readonly string[],
  { post, rules }: PostDrawing,
  { field }: FormFields,
): PostEditData['quote'] {
  const quoting = accountsThatQuote(ticked, rules);
  const asked = field('quote', post.revision.quote ?? '');
  if (quoting.length === 0) return { ...asked, show: false, open: false, note: nothing };
  const others = ticked.filter((id) => rules.accounts[id] !== undefined && !quoting.includes(id));
  const open = asked.value !== '' || asked.error !== '';
  return { ...asked, open, note: cardText(quoteNote(quoting, others, rules)) };
}

/** Which post is shown within it, and where none is. */
export function quoteLines(
  { quote }: Revision,
  texts: readonly AccountText[],
  rules: DeskRules,
): readonly string[] {
  const accounts = texts.map(({ account }) => account);
  const quoting = accountsThatQuote(accounts, rules);
  if (quote === undefined || quoting.length === 0) return [];
  const others = accounts.filter((id) => !quoting.includes(id));
  return [quoteLine(quote, quoting, others, rules)];
}

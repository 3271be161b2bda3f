import { carriedTo, partsOf, planShown } from '../../posts/writing/plan.ts';
import { quotesOn } from '../../protocol/media-limits.ts';
import { onAccount, sentence } from '../../words/names.ts';
import { cardWords } from '../../words/on-cards.ts';
import { lookWords } from '../../words/looks.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { nothing } from './post-head.ts';
import { cardText } from './text.ts';

/** What each account will show while that is still to be decided or to leave, or would show of a draft. */
export function looksOf({ post, rights, rules, options }: PostDrawing): PostCardData['looks'] {
  const { lookUrl } = options;
  const shown = rights.see && lookUrl !== undefined ? planShown(post, rules) : undefined;
  if (shown === undefined || lookUrl === undefined) return { show: false, note: nothing, items: [] };
  // What is held of a correction is drawn as it will be.
  const { correction } = post;
  const revision = correction?.applied === undefined ? post.revision : correction.revision;
  const items = partsOf({ ...post, revision }, rules).map(({ account, network, parts }) => ({
    label: cardText(sentence(onAccount(account, rules))),
    url: lookUrl(post.id, shown.plan.hash, account),
    altText: lookWords(
      account,
      parts,
      {
        media: carriedTo(revision, network),
        quote: quotesOn(network) ? (revision.quote ?? '') : '',
      },
      rules,
    ),
  }));
  return { show: items.length > 0, note: shown.frozen ? nothing : cardText(cardWords.looksNow), items };
}

import { canEdit } from '../../dispatch/put-right.ts';
import type { NetworkName } from '../../protocol/protocol.ts';
import { linksIn, linkTarget } from '../../protocol/text/links.ts';
import { drawsCards } from '../leaving/linked-pages.ts';
import type { Revision } from '../writing/revision.ts';

/** Whether the card of a link stays below a post as it was, whatever its words become: there only those are changed. */
export const keepsCard = (network: NetworkName): boolean => drawsCards(network) && canEdit(network);

/** The link in a revision whose card stands below a post on an account, as it is written; of pictures there is none. */
export function linkOfCard(
  account: string,
  { text, variants, media }: Pick<Revision, 'text' | 'variants' | 'media'>,
): string | undefined {
  const said = variants[account] ?? text;
  const [first] = linksIn(said);
  return media.length > 0 || first === undefined ? undefined : said.slice(first.from, first.to);
}

/** The link to which the card below a post still leads once its words are changed there to others; undefined: to the right one. */
export function cardLeftBehind(
  { account, network }: { readonly account: string; readonly network: NetworkName },
  before: Revision,
  right: Revision,
): string | undefined {
  const was = keepsCard(network) ? linkOfCard(account, before) : undefined;
  if (was === undefined) return undefined;
  const is = linkOfCard(account, right);
  return is !== undefined && linkTarget(is) === linkTarget(was) ? undefined : was;
}

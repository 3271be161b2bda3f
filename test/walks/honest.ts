import { accountOf } from '../../src/dispatch/thread.ts';
import { rightInPlace } from '../../src/posts/correcting/right-in-place.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import type { PostState } from '../../src/posts/post.ts';
import { readPart } from '../../src/posts/writing/plan.ts';
import { buttonsIn, type CardButton } from '../journeys/card.ts';
import type { Shown } from '../journeys/council.ts';
import type { Ledger } from './ledger.ts';
import type { Places } from './places.ts';

/** Whoever is asked what stands outside looks there, and says what they see. */

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Says that somebody has put right there what Crier could not. */
export const isOfPutRight = ({ verb, data }: CardButton): boolean =>
  verb === 'post.answer' && textIn(data['word']).startsWith('put-right-');

/** What an honest person presses, with what they type; nothing where they can say nothing of it. */
type Pressing = readonly [CardButton | undefined, Readonly<Record<string, string>>];

/** Instead of the answer that was about to be given, the one that is true. */
export function honestly(
  post: PostState,
  pressed: CardButton,
  card: Shown,
  { places, ledger }: { readonly places: Places; readonly ledger: Ledger },
): Pressing {
  if (isOfPutRight(pressed)) return [pressed, {}];
  const part = textIn(pressed.data['part']);
  const all = buttonsIn(card.card).filter(({ verb }) => verb === 'post.answer');
  const word = (said: string) => all.find(({ data }) => data['part'] === part && data['word'] === said);
  const wished = (said: string) => (pressed.data['word'] === said ? word(said) : undefined);
  const known = publicationsOf(post)[part];
  if (known !== undefined && 'remote' in known) {
    const stands = places.standing(accountOf(part)).find(({ id }) => id === known.remote.remoteId);
    if (word('still-there') !== undefined)
      return [word(stands === undefined ? 'it-is-gone' : 'still-there') ?? pressed, {}];
    const right = known.is === 'removing' ? undefined : rightInPlace(post, part);
    const isDone = right === undefined ? stands === undefined : stands?.text === readPart(right.planned).text;
    if (isDone) return [word('it-is-done') ?? pressed, {}];
    return [wished('leave-it') ?? word('try-again'), {}];
  }
  const claimed = Object.values(publicationsOf(post)).flatMap((each) =>
    'remote' in each ? [each.remote.remoteId] : [],
  );
  const there = places.outside.entries(accountOf(part)).find(({ id, removed }) => {
    const what = ledger.what(id);
    return !removed && !claimed.includes(id) && what?.post === post.number && what.part === part;
  });
  if (there !== undefined)
    return [
      word('it-is-there') ?? pressed,
      { [`link:${part}`]: `https://${there.account}.example/${there.id}` },
    ];
  return [wished('post-it-now') ?? word('do-not-post') ?? pressed, {}];
}

/**
 * Somebody changes what stands outside to what was agreed to last, before they say that it is right.
 *
 * @param said the button by which they say so
 * @returns changes it back
 */
export function changesThere(
  { status, number }: PostState,
  said: CardButton,
  { places, ledger }: { readonly places: Places; readonly ledger: Ledger },
): (() => void) | undefined {
  const part = textIn(said.data['part']);
  const known = publicationsOf({ status })[part];
  const words = ledger.wordsFor(number, accountOf(part));
  if (known?.is !== 'published' || words === undefined) return undefined;
  const stands = places.standing(accountOf(part)).find(({ id }) => id === known.remote.remoteId);
  if (stands === undefined) return undefined;
  const { text } = stands;
  stands.text = words;
  return () => {
    stands.text = text;
  };
}

import { isPublicNoMore } from '../../src/posts/taking-down/over.ts';
import { publicationsOf } from '../../src/posts/leaving/what-is-public.ts';
import { buttonsIn } from '../journeys/card.ts';
import type { Council, Shown } from '../journeys/council.ts';
import type { Ledger } from './ledger.ts';
import type { Places } from './places.ts';
import { outside, people } from './steps.ts';

/** What has to hold once everything is connected, let go on and due. */

/**
 * Somebody's card of a post, in their own chat: a press shows its answer in place of the card, until another is brought
 * there.
 *
 * @param answers the last answers, by the ids of the cards that were pressed
 */
export function cardOf(
  council: Council,
  person: string,
  post: number,
  answers: ReadonlyMap<string, Shown>,
): Shown | undefined {
  const { chat } = council.as(person);
  return council
    .shown(chat)
    .map((shown) => {
      const answer = answers.get(shown.activityId);
      return answer?.versions === shown.versions ? answer : shown;
    })
    .find(({ card, text }) => text.startsWith(`#${String(post)} `) && buttonsIn(card).length > 0);
}

/** A post needs nobody any more. */
const over: readonly string[] = ['taken-down', 'cancelled', 'not-to-be-published'];
/** It goes no further by itself. */
const resting: readonly string[] = [
  ...over,
  'draft',
  'sent-back',
  'expired',
  'published',
  'partly-published',
  'failed',
];

/** Nothing of a post is stuck, somebody can do something about it, and its cards say what stands. */
export async function mustRest(
  number: number,
  council: Council,
  ledger: Ledger,
  places: Places,
  answers: ReadonlyMap<string, Shown>,
) {
  const { status, ...post } = await council.post(number);
  const [shown] = await council.as('ellen-rimmer').say(`show ${String(number)}`);
  const card = shown?.text ?? '';
  const wrong = (what: string): Error => new Error(`#${String(number)} ${what}: ${card}`);
  for (const [part, each] of Object.entries(publicationsOf({ ...post, status }))) {
    const isMoving = each.is === 'removing' && each.problem === undefined;
    if (isMoving || ['queued', 'sending', 'unknown'].includes(each.is))
      throw wrong(`is stuck: ${part} is ${each.is}`);
  }
  if (!resting.includes(status.is)) throw wrong(`does not come to rest: ${status.is}`);
  if (/being corrected|on its way|Waiting for its turn/u.test(card))
    throw wrong('is said to go on, and does not');
  const behind = post.copies.filter(
    ({ posted, unreachable, shown: turn }) =>
      posted !== undefined && unreachable !== true && turn < post.turn,
  );
  if (behind.length > 0) throw wrong(`is shown as it was: ${behind.map(({ key }) => key).join(', ')}`);
  const offers = people.flatMap((person) => {
    const own = cardOf(council, person, number, answers);
    return own === undefined ? [] : buttonsIn(own.card).filter(({ title }) => title !== 'Why?');
  });
  if (offers.length === 0 && !over.includes(status.is) && !isPublicNoMore({ ...post, status }))
    throw wrong('has no next step');

  // The links are those of what stands, and beside each account are the words that stand there.
  const linked = [...card.matchAll(/\[Open ↗\]\((\S+?)\)/gu)].map(([, link = '']) => link);
  for (const account of outside) {
    const stands = places
      .standing(account)
      .filter(({ id }) => ledger.what(id)?.post === number && !places.unheard.has(id));
    const base = `https://${account}.example/`;
    const own = linked.filter(
      (link) => link.startsWith(base) && !places.unheard.has(link.slice(base.length)),
    );
    const links = stands.map(({ id }) => `${base}${id}`);
    if (own.toSorted().join(' ') !== links.toSorted().join(' '))
      throw wrong(`stands as ${links.join(' ')}, and its card has ${own.join(' ')}`);
    const said = saidOn(card, account);
    for (const { text, id } of stands)
      if (!ledger.isReply(id) && !said.includes(spaced(text)))
        throw wrong(`says "${text}" on ${account}, and its card "${said}"`);
  }
  const page = linked.find((link) => link.includes('/news/'));
  const path = page === undefined ? `/news/${String(number)}` : new URL(page).pathname;
  const answer = await council.get(path);
  if (answer.ok !== (page !== undefined)) throw wrong(`the website answers ${String(answer.status)}`);
  const words = spaced(await answer.text());
  if (page === undefined) return;
  for (const [alt] of words.matchAll(/Photo \d+ of Road \d+/gu))
    if (!card.includes(`shows: ${alt}`)) throw wrong(`shows "${alt}" on the website`);
  for (const [sentence] of saidOn(card, 'news').matchAll(/Sign[^.]*\./gu))
    if (!words.includes(sentence)) throw wrong(`does not say "${sentence}" on the website`);
}

/** Blanks made one, as in the words of a card. */
const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** How cards name the accounts. */
const names: Readonly<Record<string, string>> = {
  news: 'the website',
  'x-main': 'X',
  'facebook-main': 'Facebook',
  'bluesky-main': 'Bluesky',
};
const place = `(?:${Object.values(names).join('|')})`;
const sentences = String.raw`(?:(?:\d/\d )?Sign \d+ on Road \d+ is \w+\. ?)+`;
const besides = new RegExp(
  String.raw`On (${place}(?:(?:, | and )${place})*)(?:, what is left there)?(?: \(in \d+ posts\))? (?:the same as on (${place})|(${sentences}))`,
  'gu',
);

/** What a card says stands on an account: beside its name, the same as on another, or the same everywhere. */
function saidOn(card: string, account: string): string {
  const name = names[account] ?? '';
  const beside = [...card.matchAll(besides)];
  const [, , same, own] = beside.find(([, all = '']) => all.split(/, | and /u).includes(name)) ?? [];
  if (own !== undefined) return own;
  const other = Object.keys(names).find((each) => names[each] === same);
  if (other !== undefined) return saidOn(card, other);
  // What a correction was to say stands above.
  return beside.length > 0 ? '' : ([...card.matchAll(new RegExp(sentences, 'gu'))].at(-1)?.[0] ?? '');
}

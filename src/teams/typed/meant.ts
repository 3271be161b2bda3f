import { isCorrectable } from '../../posts/correcting/correctable.ts';
import { isEditable, isPlannable, isUnsent, isWithWriters } from '../../posts/leaving/to-go-out.ts';
import { isHoldable } from '../../posts/stopping/what-a-hold-stops.ts';
import { isPublic } from '../../posts/leaving/what-is-public.ts';
import type { PostState } from '../../posts/post.ts';
import { shownBy } from '../../posts/writing/media.ts';
import { departmentsToProposeFor, findDepartment } from '../../protocol/people.ts';
import { reading } from '../../protocol/time-words.ts';
import { departmentShort } from '../../words/names.ts';
import { sayNotice } from '../../words/typed.ts';
import { notUnderstoodWords, whichOfWords, type MayBe } from '../../words/which-post.ts';
import { answered } from '../answered.ts';
import type { Desk } from '../desk.ts';
import { listFor } from '../lists.ts';
import { notice } from '../notices.ts';
import type { PostList, Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { typedCommands } from './index.ts';
import { againOrText, mentioned, withPost } from './numbered.ts';
import { decideOnCard, isAsked } from './on-card.ts';
import { frontOf } from './front.ts';
import { asSoonAsCan, timeIn } from './manners.ts';
import { ofPicture, type TakenOut } from './taken-out.ts';
import type { Meaning } from './other-words.ts';
import { forResidents, tellsResidents } from './as-text.ts';
import { askWhichPost, newestPosts, offered, postsNamed } from './which-post.ts';
import { whyNot } from './why-not.ts';

/**
 * Answers words that are no command: what only shows something is shown; what does something is offered on a button,
 * by how the post stands; and what is decided on a card gets the card.
 * @param sentence what residents would read of it
 */
export async function meant(
  meaning: Meaning,
  typed: string,
  sentence: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  switch (meaning.means) {
    case 'show': {
      const [name, ...rest] = meaning.words.split(' ');
      const command = typedCommands.find((each) => each.name === name);
      return command === undefined ? notice('not-mine', {}) : await command.run(rest.join(' '), turn, desk);
    }
    case 'do': {
      const texts = inTurn(meaning, `propose ${sentence}`);
      return (await againOrText(meaning.words, texts, turn, desk)) ?? offer(typed, texts);
    }
    case 'decide':
      return await decideOnCard(meaning.number, turn, desk, meaning);
    case 'answers':
      return await whatIsAsked(meaning, sentence, turn, desk);
    case 'wishes':
      return await whatIsWished(meaning, sentence, turn, desk);
    case 'not-out':
      return await notOut(meaning, typed, turn, desk);
    case 'take-back':
      return await offerFor(meaning.number, typed, turn, desk, (post) =>
        isPublic(post) ? ['remove'] : isEditable(post) ? ['cancel'] : [],
      );
    case 'undo':
      return await offerFor(meaning.number, typed, turn, desk, (post) =>
        isPublic(post)
          ? [...(isCorrectable(post) ? (['correct'] as const) : []), 'remove']
          : isEditable(post)
            ? [...(isHoldable(post) ? (['hold'] as const) : []), 'edit', 'cancel']
            : [],
      );
    case 'change':
      return await offerFor(meaning.number, typed, turn, desk, changes);
    case 'take-out':
      return await takeOut(meaning, typed, turn, desk);
    case 'move':
      return await moved(meaning, typed, turn, desk);
    case 'thanks':
      return notice('thanks', {});
    case 'which':
      return meaning.command === 'away'
        ? notice('away-until-when', {})
        : meaning.command === 'propose'
          ? notice('nothing-to-propose', {})
          : await askWhichPost(meaning.command, '', turn, desk);
  }
}

/**
 * What waits for whoever says yes or no to nothing in particular: nobody decides by that on what they may not have read,
 * and it is no small talk while something waits.
 */
async function whatIsAsked(
  { isSmallTalk, isNo, note }: Extract<Meaning, { readonly means: 'answers' }>,
  sentence: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const { list, asked, only } = await askedOf(turn, desk);
  // `Send it back: return your library books to any of our libraries`
  const text =
    note !== undefined && tellsResidents(sentence) ? forResidents(sentence, turn, desk) : undefined;
  if (text !== undefined)
    return asked.length === 0 ? text : whichChanges(asked.map(offered('show', turn)), sentence);
  if (only !== undefined) return await decideOnCard(String(only.number), turn, desk, { note });
  if (asked.length > 0) return { show: 'list', list };
  if (isSmallTalk) return notice('thanks', {});
  const newest = await newestPosts(turn, desk);
  const own = newest.filter(({ author }) => author === turn.person);
  if (note !== undefined) return whichChanges(own.flatMap(mayChange(turn, desk)), undefined);
  if (isNo === true) {
    const toHold = newest.filter(
      (post) => isHoldable(post) && whyNot.hold(post, turn.person, desk.rules()) === undefined,
    );
    if (toHold.length > 0)
      return { show: 'choice', ...whichOfWords('hold', toHold.map(offered('hold', turn)), undefined) };
  }
  const unsent = own.filter(isUnsent);
  const [draft] = unsent;
  if (draft === undefined) return { show: 'list', list };
  if (unsent.length > 1)
    return { show: 'choice', ...whichOfWords('show', unsent.map(offered('show', turn)), undefined) };
  const { words } = sayNotice('draft-is-unsent', { number: draft.number });
  return { show: 'post', post: draft, view: 'main', notice: words };
}

/** The posts on which somebody is asked to decide now; `only`: it is that one alone. */
async function askedOf(
  turn: Turn,
  desk: Desk,
): Promise<{
  readonly list: PostList;
  readonly asked: readonly PostState[];
  readonly only: PostState | undefined;
}> {
  const list = await listFor('waiting', turn, desk);
  const asked = list.posts.filter((post) => isAsked(post, turn.person, desk.rules()));
  const [first] = asked;
  return { list, asked, only: asked.length === 1 && list.next === undefined ? first : undefined };
}

/**
 * `change 4pm to 5pm`, of no post by its number: whoever is asked about one post alone finds that in the note of its card;
 * others choose which of theirs is meant. Where it may be a text, that is offered as well.
 */
async function whatIsWished(
  { note }: Extract<Meaning, { readonly means: 'wishes' }>,
  sentence: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const { asked, only } = await askedOf(turn, desk);
  const isText = /^\p{Lu}\P{Lu}+\s[^"]+\s[^"]+\.$/u.test(sentence) && !/^please\b/iu.test(sentence);
  const text = isText && departmentsToProposeFor(turn.person, desk.rules()).length > 0 ? sentence : undefined;
  if (only !== undefined && text === undefined)
    return await decideOnCard(String(only.number), turn, desk, { note });
  if (asked.length > 0) return whichChanges(asked.map(offered('show', turn)), text);
  const own = (await newestPosts(turn, desk)).filter(({ author }) => author === turn.person);
  return whichChanges(own.flatMap(mayChange(turn, desk)), text);
}

/** How somebody may change a post; nothing where they may not. */
const mayChange =
  (turn: Turn, desk: Desk) =>
  (post: PostState): readonly MayBe[] => {
    const command = isEditable(post) ? 'edit' : isCorrectable(post) ? 'correct' : undefined;
    return command === undefined || whyNot[command](post, turn.person, desk.rules()) !== undefined
      ? []
      : [offered(command, turn)(post)];
  };

const whichChanges = (posts: readonly MayBe[], text: string | undefined): Reply =>
  posts.length === 0 && text === undefined
    ? notice('which-post', { command: 'edit' })
    : { show: 'choice', ...whichOfWords('edit', posts, text) };

/** `do not publish 6`: whoever is asked says so on its card; for others it is a hold, where there is something to hold. */
async function notOut(
  { number, note }: Extract<Meaning, { readonly means: 'not-out' }>,
  typed: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  return await withPost(number, turn, desk, 'show', async (post) =>
    isAsked(post, turn.person, desk.rules())
      ? await decideOnCard(number, turn, desk, { note })
      : isHoldable(post)
        ? offer(typed, [`hold ${number}`])
        : isPublic(post)
          ? await offerFor(number, typed, turn, desk, () => ['remove'])
          : notGoingOut(post, turn, desk),
  );
}

/** The card of a post that does not go out as it stands, which says so, and how it is given up where whoever asks may do that. */
function notGoingOut(post: PostState, turn: Turn, desk: Desk): Reply {
  if (!isWithWriters(post)) return { show: 'post', post, view: 'main' };
  const may = whyNot.cancel(post, turn.person, desk.rules()) === undefined;
  const { words } = sayNotice('not-going-out', { number: post.number, may });
  return { show: 'post', post, view: 'main', notice: words };
}

/** So many posts are offered for a time that is said of none. */
const mostPlanned = 2;

/** What is said to words that nobody understands: posts that they may be about stand on buttons. */
export async function notUnderstood(typed: string, turn: Turn, desk: Desk): Promise<Reply> {
  const { asked } = await askedOf(turn, desk);
  const named = /\b(?:posts?|drafts?|tweets?|ones?)\b/iu.test(typed)
    ? await postsNamed(typed, turn, desk)
    : [];
  const own = (await newestPosts(turn, desk)).filter(
    ({ author, status }) => author === turn.person && status.is !== 'cancelled',
  );
  const when = timeIn(typed);
  const plannable = own.filter(isPlannable).slice(0, mostPlanned);
  // `tomorrow 9am`: when a post goes out, and of which nobody says.
  if (plannable.length > 0 && (reading(when) !== undefined || asSoonAsCan.test(when)))
    return offer(
      typed,
      plannable.map(({ number }) => `schedule ${String(number)} ${when}`),
    );
  const posts = [...new Map([...named, ...asked, ...own].map((post) => [post.number, post])).values()];
  const writes = departmentsToProposeFor(turn.person, desk.rules()).length > 0;
  return { show: 'choice', ...notUnderstoodWords(posts.map(offered('show', turn)), writes) };
}

/** Offers what somebody may do of what they can mean, by how the post stands; where that is nothing, they read who can. */
async function offerFor(
  number: string,
  typed: string,
  turn: Turn,
  desk: Desk,
  names: (post: PostState) => readonly (keyof typeof whyNot)[],
): Promise<Reply> {
  return await withPost(number, turn, desk, 'show', async (post) => {
    const wanted = names(post);
    const refusals = wanted.map((name) => whyNot[name](post, turn.person, desk.rules()));
    const may = wanted.filter((_, n) => refusals[n] === undefined);
    const refusal = may.length === 0 ? refusals.findLast((each) => each !== undefined) : undefined;
    if (refusal !== undefined) return answered(refusal, post, turn, desk);
    const commands = may.length === 0 ? ['show'] : may;
    return await Promise.resolve(
      offer(
        typed,
        commands.map((name) => `${name} ${String(post.number)}`),
      ),
    );
  });
}

/**
 * `remove "pies" from 3`: the post stays, and its words are changed. What is public keeps its pictures; and where a post is
 * not to go is no part of it.
 */
async function takeOut({ number, part }: TakenOut, typed: string, turn: Turn, desk: Desk): Promise<Reply> {
  if (frontOf(part, desk.rules()) !== undefined)
    return (await mentioned(typed, turn, desk)) ?? notice('which-post', { command: 'edit' });
  return await withPost(number, turn, desk, 'show', async (post) =>
    ofPicture.test(part) && isPublic(post) && !isEditable(post)
      ? notice('picture-public', { number: post.number, sent: false, shows: shownBy(post.revision) })
      : await offerFor(number, typed, turn, desk, changes),
  );
}

/** How what a post says is changed, as it stands. */
const changes = (post: PostState): readonly ('correct' | 'edit')[] =>
  isCorrectable(post) ? ['correct'] : isEditable(post) ? ['edit'] : [];

/** `move 12 to Waste`: a post keeps its department. What is none may be meant as a time, which is asked for. */
async function moved(
  { number, to }: Extract<Meaning, { readonly means: 'move' }>,
  typed: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const rules = desk.rules();
  const found = findDepartment(to, rules);
  if (found.found === 'no') return offer(typed, [`schedule ${number}`]);
  return await withPost(
    number,
    turn,
    desk,
    'show',
    async (post) =>
      await Promise.resolve(
        notice('stays-with-department', {
          number: post.number,
          department: post.department === undefined ? '' : departmentShort(post.department, rules),
          wanted: found.department.short,
        }),
      ),
  );
}

/** What may be meant, the likelier first. */
function inTurn(
  { words, isText }: Extract<Meaning, { readonly means: 'do' }>,
  whole: string,
): readonly string[] {
  if (isText === undefined) return [words];
  return isText === 'likely' ? [whole, words] : [words, whole];
}

function offer(typed: string, words: readonly string[]): Reply {
  const [nearest = 'help', ...others] = words;
  return { show: 'nearest', typed, nearest, ...(others.length === 0 ? {} : { others }) };
}

import { isCorrectable } from '../../posts/correcting/correctable.ts';
import { isEditable } from '../../posts/leaving/to-go-out.ts';
import type { PostState } from '../../posts/post.ts';
import { isHoldable } from '../../posts/stopping/what-a-hold-stops.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { isTitled } from '../../words/several.ts';
import { whichOfWords, type MayBe } from '../../words/which-post.ts';
import type { Desk } from '../desk.ts';
import { listFor } from '../lists.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import { postsWith } from '../search.ts';
import type { Turn } from '../turn.ts';
import { withoutHowLong } from './named-posts.ts';
import { ofPart } from './taken-out.ts';
import { mayGive } from './why-not.ts';

/** Which post is meant, where somebody gives no number: those with their words, or the newest of theirs. */

/** What people say of a post beside what stands in it. */
const besideWords: ReadonlySet<string> = new Set(
  (
    'a an the my our your his her their me us it its this that these those one ones last latest first new post posts draft drafts tweet ' +
    'message about on of for to in from with which that says saying said is was did has have been go gone going out up down yet now ' +
    'please pls plz and or not at all off by again still just live published approved'
  ).split(' '),
);

/** So many posts are looked at for those that a command can be given to. */
const mostFound = 12;

/** Words of a post that somebody names it by. */
const namedBy = (rest: string): readonly string[] =>
  (rest.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !besideWords.has(word));

/** The newest posts that somebody may see, their own first. */
export async function newestPosts(turn: Turn, desk: Desk): Promise<readonly PostState[]> {
  const { posts } = await listFor('posts', turn, desk);
  const isOwn = ({ author }: PostState): boolean => author === turn.person;
  return [...posts.filter(isOwn), ...posts.filter((post) => !isOwn(post))];
}

/** So often posts are looked for, each time by fewer words. */
const mostTries = 4;

/**
 * The posts that somebody may mean by words that have no number in them: those with all of the words, or with one of
 * them, the longest first, since what is said of a post stands beside its name.
 */
export async function postsNamed(rest: string, turn: Turn, desk: Desk): Promise<readonly PostState[]> {
  const words = namedBy(rest);
  const alone = words.toSorted((one, other) => other.length - one.length).map((word) => [word]);
  const tries = words.length > 1 ? [words, ...alone] : alone;
  for (const each of tries.slice(0, mostTries)) {
    const found = await postsWith(each, mostFound, turn.person, desk);
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether a command does something with a post as it stands. */
function suits(command: string, post: PostState): boolean {
  switch (command) {
    case 'hold':
      return isHoldable(post);
    case 'edit':
      return isEditable(post);
    case 'correct':
      return isCorrectable(post);
    default:
      return true;
  }
}

/** Asks which post a command is for: those with the words behind it are offered, or the newest that it can be given to. */
export async function askWhichPost(command: string, rest: string, turn: Turn, desk: Desk): Promise<Reply> {
  // `remove the last sentence` changes a post, and takes none down.
  if (command === 'remove' && ofPart.test(rest)) return await askWhichPost('edit', '', turn, desk);
  if (!isTitled(command)) return notice('which-post', { command });
  const words = withoutHowLong(rest);
  // A figure that is no number of a post is a slip, and which post it names nobody can tell.
  if (/(?<![\p{L}\d])\d/u.test(words)) return notice('which-post', { command });
  const named = await postsNamed(words, turn, desk);
  const all = named.length > 0 ? named : await newestPosts(turn, desk);
  const may = all.filter((post) => suits(command, post) && mayGive(command, post, turn.person, desk.rules()));
  // What was named is shown, with why nothing of that can be done with it.
  if (may.length === 0 && named.length > 0)
    return { show: 'choice', ...whichOfWords('show', named.map(offered('show', turn)), undefined) };
  return may.length === 0
    ? notice('which-post', { command })
    : { show: 'choice', ...whichOfWords(command, may.map(offered(command, turn)), undefined) };
}

/** A post as it is offered, to a command; what it says stands there in nobody's view but of whoever asks. */
export const offered =
  <Command extends MayBe['command']>(command: Command, { where }: Turn) =>
  ({ number, revision }: PostState): MayBe => ({
    number,
    command,
    ...(where.kind === 'personal' ? { begins: firstWords(revision.text, 60) } : {}),
  });

import type { Medium } from '../posts/writing/revision.ts';
import type { PostState } from '../posts/post.ts';
import { takesMore } from '../posts/writing/add-to-draft.ts';
import { mayPropose } from '../protocol/people.ts';
import { splitUntil } from '../protocol/typed-time.ts';
import { answered } from './answered.ts';
import { act, postById, postIdFrom, typedAs, type Desk } from './desk.ts';
import { notice } from './notices.ts';
import { noteWords } from './offers.ts';
import type { Reply } from './reply.ts';
import type { Turn } from './turn.ts';
import { frontSaid, standingOf, withFront, type FrontSaid } from './typed/front-said.ts';
import { readProposal, type Proposal } from './typed/proposal.ts';
import { asksForEnd, readEnd } from './typed/propose.ts';

/**
 * Words as people type them to a photo: which department they name, and when it ends, be it that nobody can tell when. A
 * draft that is there keeps its accounts, how urgent it is and its department, so that words in front which say
 * otherwise stay part of its text, and are asked about.
 */
function readWords(
  typed: string,
  draft: PostState,
  turn: Turn,
  desk: Desk,
): {
  readonly text: string;
  readonly front: FrontSaid & Pick<Proposal, 'department'>;
} & ReturnType<typeof readEnd> {
  const read = readProposal(typed, turn.person, desk.rules());
  const taken = isOf(draft, read, turn, desk) ? read : undefined;
  const { text, until } = splitUntil(taken?.text ?? typed);
  const ends = readEnd(until, turn);
  if (taken === undefined) {
    const words = typed.slice(0, typed.trimEnd().length - read.text.length).trim();
    const { ending } = read;
    return {
      text,
      front: {
        asked: { is: 'front', words, departments: [] },
        ...(ending === undefined ? {} : { ending }),
      },
      ...ends,
    };
  }
  return { text, front: taken, ...ends };
}

/** Whether a draft is all that words in front say, or its author may say so. */
function isOf(
  draft: PostState,
  { urgency, accounts, department }: Proposal,
  { person }: Turn,
  { rules }: Desk,
): boolean {
  if (urgency !== 'normal' || accounts !== undefined) return false;
  if (department === undefined) return true;
  return draft.department === undefined
    ? mayPropose(person, department.id, rules())
    : draft.department === department.id;
}

/** Words as the text of a draft that has none, with their photo; undefined where it has, so that they are something else. */
export async function asText(
  draft: PostState,
  {
    typed,
    key,
    media = [],
  }: { readonly typed: string; readonly key: string; readonly media?: readonly Medium[] },
  turn: Turn,
  desk: Desk,
): Promise<Reply | undefined> {
  if (!takesMore(draft, turn.person) || draft.revision.text !== '') return undefined;
  const { front, unread, ...written } = readWords(typed, draft, turn, desk);
  const { department } = front;
  if (department !== undefined && draft.department === undefined) {
    const command = 'post.choose-department';
    const params = { department: department.id };
    await act(desk, { command, post: draft.id, params, person: turn.person, key: `${key}|department` });
  }
  const params = { ...written, ...(media.length === 0 ? {} : { media }) };
  const added = await add(draft.id, params, key, turn, desk);
  const post = await postById(desk, draft.id);
  if (post?.revision.text !== written.text) return added;
  const of = { ...turn.of, message: postIdFrom(key), says: typedAs(typed) };
  await desk.beside(noteWords({ ...turn, of }, desk, draft.id));
  const said = frontSaid(standingOf(post), front, turn, desk.rules());
  if (unread !== undefined) return withFront(asksForEnd(post, unread), said);
  return said ?? added;
}

/** Puts media or words into a draft, and says so. */
export async function add(
  post: string,
  params: unknown,
  key: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const did = await act(desk, { command: 'post.add', post, params, person: turn.person, key });
  // The card that they have shows it; another one would only stand beside it.
  return did.done
    ? notice('added-to-draft', { number: did.post.number })
    : answered(did.refusal, did.post, turn, desk);
}

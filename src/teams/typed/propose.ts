import type { Millis } from '../../core/time.ts';
import { personKnown } from '../../people/known.ts';
import { departmentsToProposeFor } from '../../protocol/people.ts';
import { parseTypedTime, parseUntil, splitUntil } from '../../protocol/typed-time.ts';
import { saysNothing } from '../../posts/writing/wording.ts';
import type { PostState } from '../../posts/post.ts';
import type { Medium, PlannedTime } from '../../posts/writing/revision.ts';
import { refusedProposal } from '../../posts/writing/propose.ts';
import { refusePost } from '../../posts/refusals.ts';
import { accountName } from '../../words/names.ts';
import { refusalWords } from '../../words/refusals.ts';
import { askedTimes, endAskedWords, sayTypedTime } from '../../words/typed-times.ts';
import { numberFor, postById, postIdFrom, typedAs, type Desk } from '../desk.ts';
import { keepFiles } from '../files.ts';
import { linkedFiles } from '../linked-files.ts';
import { pagesBehind } from '../linked-pages.ts';
import { notice } from '../notices.ts';
import { answered } from '../answered.ts';
import type { Reply } from '../reply.ts';
import { timeSaid } from '../said-times.ts';
import { byPerson, type Turn } from '../turn.ts';
import { readFront } from './front.ts';
import { accountsFor } from './accounts-said.ts';
import { frontSaid, withFront } from './front-said.ts';
import { awaitingRightOnes, photoBegins } from './awaited.ts';
import { givenFrom, sentTokens } from './waiting.ts';
import { openFiles } from '../../people/waiting-files.ts';
import { readProposal } from './proposal.ts';
import type { TypedCommand } from './typed-command.ts';

/** When a post ends by the last line of its text; or what was written there that is no such time, and why. */
export function readEnd(
  typed: string | undefined,
  turn: Turn,
  begins?: Millis,
): {
  readonly until?: PlannedTime;
  readonly unread?: { readonly typed: string; readonly words: string };
} {
  if (typed === undefined) return {};
  const parsed = timeSaid(typed, (words, now) => parseUntil(words, now, begins), turn);
  return parsed.ok
    ? { until: { wall: parsed.wall, zone: parsed.zone, at: parsed.at } }
    : { unread: { typed, words: sayTypedTime(parsed, turn.now) } };
}

/** The draft with the question when it ends: neither is its text lost, nor does that line become public unseen. */
export function asksForEnd(
  post: PostState,
  { typed, words }: { readonly typed: string; readonly words: string },
): Reply {
  return {
    show: 'post',
    post,
    view: 'edit',
    notice: endAskedWords(typed),
    typed: { until: typed.replace(/^until\s*:?\s*/iu, '') },
    errors: { until: words },
  };
}

/** Proposes a post. Its card comes through the outbox, so that a death after the commit loses nothing. */
export const propose: TypedCommand = {
  name: 'propose',
  run: async (rest, turn, desk) => {
    const tokens = turn.onButton === true ? sentTokens(rest) : undefined;
    return tokens === undefined ? await proposeText(rest, turn, desk) : await proposeSent(tokens, turn, desk);
  },
  asksFor: (rest) => (rest === '' ? undefined : { command: 'post.propose' }),
};

/** Begins a draft with files that were sent before, and wait for whoever sent them to say what they are for. */
async function proposeSent(tokens: readonly string[], turn: Turn, desk: Desk): Promise<Reply> {
  const post = turn.makes ?? postIdFrom(turn.key);
  const begun = await postById(desk, post);
  if (begun !== undefined) return { show: 'post', post: begun, view: 'main' };
  const person = await personKnown(desk.executor, turn.person);
  const waiting = openFiles(person, turn.now).filter(({ token }) => tokens.includes(token));
  const { media } = await givenFrom(waiting, desk);
  if (media.length === 0) return notice('sent-gone', {});
  const begins = { post, media: media.map(({ medium }) => medium) };
  const reply = await proposeText('', turn, desk, undefined, begins);
  // What is said next is its text, as after a photo that begins a draft by itself.
  await desk.beside(photoBegins(post, person?.photo?.post, turn, desk));
  return reply;
}

/**
 * Proposes a post from typed words; shared with the dialog of the message extension, whose times stand in fields
 * of their own, and with photos that came on their own, whose draft is known and whose pictures are kept already.
 */
export async function proposeText(
  rest: string,
  turn: Turn,
  desk: Desk,
  fields?: { readonly when?: string; readonly until?: string },
  into?: { readonly post: string; readonly media: readonly Medium[] },
): Promise<Reply> {
  const rules = desk.rules();
  const read = readProposal(rest, turn.person, rules);
  const theirs = departmentsToProposeFor(turn.person, rules);
  // `propose Highways`, `I want to propose a post`
  const isFrontAlone = into === undefined && readFront(read.text, rules) !== undefined;
  const hasMedia = turn.files.length > 0 || (into?.media.length ?? 0) > 0;
  if ((saysNothing(read.text) || isFrontAlone) && !hasMedia) return notice('nothing-to-propose', {});
  const linked = linkedFiles(read.text, desk);
  const { text, until: typedUntil } =
    fields?.until === undefined ? splitUntil(linked.text) : { text: linked.text, until: fields.until };
  const planned = fields?.when === undefined ? undefined : parseTypedTime(fields.when, turn.now);
  const end = readEnd(typedUntil, turn, planned?.ok === true ? planned.at : undefined);
  // The dialog comes back with all that was typed; elsewhere the text would be lost without its draft.
  if (end.unread !== undefined && fields !== undefined) {
    return { show: 'notice', title: askedTimes.end, words: end.unread.words };
  }
  let when: PlannedTime | undefined;
  if (planned !== undefined) {
    if (!planned.ok)
      return { show: 'notice', title: askedTimes.when, words: sayTypedTime(planned, turn.now) };
    when = { wall: planned.wall, zone: planned.zone, at: planned.at };
    if (end.until !== undefined && end.until.at <= when.at) {
      const refusal = refusePost('ends-before-it-goes-out', { until: end.until.at, when: when.at });
      return { show: 'notice', title: '', words: refusalWords(refusal, rules, turn.now).words };
    }
  }
  const post = into?.post ?? turn.makes ?? postIdFrom(turn.key);
  const existing = await postById(desk, post);
  if (existing !== undefined) return { show: 'nothing' };
  const behind = linked.files;
  const kept = await keepFiles(into === undefined ? [...turn.files, ...behind] : behind, desk);
  const notTaken = [...linked.refused, ...kept.refused];
  const media = [...(into?.media ?? []), ...kept.media.map(({ medium }) => medium)];
  // What came beside a file or a link is not lost with it.
  if (notTaken.length > 0 && saysNothing(text) && media.length === 0)
    return notice('file-refused', { refused: notTaken });
  const department = read.department === undefined ? {} : { department: read.department.id };
  const { urgency } = read;
  const refused = refusedProposal(turn.person, { text, media, urgency, ...department }, turn.now, rules);
  if (refused !== undefined) return answered(refused, undefined, turn, desk);
  const own = read.department?.id ?? (theirs.length === 1 ? theirs[0]?.id : undefined);
  const accounts = accountsFor(read, own, rules);
  const pages = await pagesBehind({ text, variants: {}, accounts, media }, desk);
  const number = await numberFor(desk, post);
  const executed = await desk.executor.execute({
    command: 'post.propose',
    id: post,
    params: {
      number,
      text,
      typed: typedAs(rest),
      typedAt: turn.of.at,
      ...department,
      ...(read.accounts === undefined ? {} : { accounts }),
      media,
      ...pages,
      urgency,
      ...(when === undefined ? {} : { when }),
      ...(end.until === undefined ? {} : { until: end.until }),
      ...(turn.where.kind === 'personal'
        ? {}
        : { thread: { conversationId: turn.where.threadId, serviceUrl: turn.where.serviceUrl } }),
    },
    ...byPerson(turn),
  });
  if (!executed.done) return answered(executed.refusal, undefined, turn, desk);
  const standing = { number, urgency, accounts, media, ...(own === undefined ? {} : { department: own }) };
  const front = frontSaid(standing, read, turn, rules);
  const proposed = end.unread === undefined ? undefined : await postById(desk, post);
  if (end.unread !== undefined && proposed !== undefined)
    return withFront(asksForEnd(proposed, end.unread), front);
  if (notTaken.length > 0) {
    const { isCaptioned } = kept;
    const draft = {
      number,
      with: kept.names,
      ...(saysNothing(text) ? {} : { words: true as const }),
      ...(isCaptioned ? { captioned: true as const } : {}),
    };
    const said = notice('file-refused', { refused: notTaken, into: draft });
    const missing = { media: [], refused: notTaken, isCaptioned };
    return withFront(await awaitingRightOnes(said, { id: post, number }, missing, turn, desk), front);
  }
  const leftOut = (read.accounts ?? []).filter((id) => !accounts.includes(id));
  if (leftOut.length > 0) {
    const names = leftOut.map((id) => accountName(id, rules));
    return withFront(notice('accounts-left-out', { number, accounts: names }), front);
  }
  const host = linked.elsewhere;
  return withFront(
    host === undefined ? { show: 'nothing' } : notice('link-stays-link', { number, host }),
    front,
  );
}

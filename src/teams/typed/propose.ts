import {
  departmentsToProposeFor,
  findDepartment,
  mayPropose,
  type NearDepartment,
} from '../../protocol/people.ts';
import { parseTypedTime, parseUntil, splitUntil } from '../../protocol/typed-time.ts';
import { saysNothing } from '../../protocol/text/nothing.ts';
import type { Department, Urgency } from '../../protocol/protocol.ts';
import type { Medium, PlannedTime, PostState } from '../../posts/post.ts';
import { defaultAccounts, refusedProposal } from '../../posts/propose.ts';
import { refusePost } from '../../posts/refusals.ts';
import { refusalWords } from '../../words/refusals.ts';
import { askedTimes, endAskedWords, sayTypedTime } from '../../words/typed.ts';
import { numberFor, postById, postIdFrom, type Desk } from '../desk.ts';
import { keepFiles } from '../files.ts';
import { linkedFiles } from '../linked-files.ts';
import { pagesBehind } from '../linked-pages.ts';
import { notice } from '../notices.ts';
import { answered } from '../answered.ts';
import type { Reply } from '../reply.ts';
import { byPerson, type Turn } from '../turn.ts';
import type { TypedCommand } from './typed-command.ts';

/** Words at the front that may have meant a department, and stay part of the text. */
interface Stays {
  readonly words: string;
  readonly department: Department;
}

/** Reads `for Highways: text`, `Highways: text`, `urgent: text`, `: text` or `text`; `for Highways` alone says nothing. */
export function readProposal(
  rest: string,
  turn: Turn,
  desk: Desk,
):
  | {
      readonly text: string;
      readonly department?: Department;
      readonly urgency: Urgency;
      readonly stays?: Stays;
      /** words at the front that named the department, and may have headed the text */
      readonly taken?: string;
    }
  | { readonly unknownDepartment: string } {
  let text = rest.trim().replace(/^:(?:\s+|(?=[\p{L}\p{N}]))/u, '');
  let urgency: Urgency = 'normal';
  const pressing = /^(?<urgency>urgent|emergency)\b[\s:,]*/iu.exec(text);
  if (pressing !== null && (text.slice(pressing[0].length).trim() !== '' || turn.files.length > 0)) {
    urgency = pressing.groups?.['urgency']?.toLowerCase() === 'emergency' ? 'emergency' : 'urgent';
    text = text.slice(pressing[0].length);
  }
  const bare = /^for(?<name>\s.*)?$/iu.exec(text)?.groups;
  if (bare !== undefined) {
    const whom = bare['name']?.trim() ?? '';
    if (whom === '' || findDepartment(whom, desk.rules()).found === 'exactly') return { text: '', urgency };
  }
  // A line of its own needs no colon.
  const line = /^for\s+(?<name>[^\n:]{2,60})\n/iu.exec(text);
  const alone = findDepartment(line?.groups?.['name'] ?? '', desk.rules());
  if (line !== null && alone.found === 'exactly') {
    return { text: text.slice(line[0].length), department: alone.department, urgency };
  }
  // Behind a department that there is, a dash is a colon.
  const dashed = /^for\s+(?<name>[\p{L}\p{N}&' -]{2,60}?)\s+[-–—]\s+/iu.exec(text);
  const before = findDepartment(dashed?.groups?.['name'] ?? '', desk.rules());
  if (dashed !== null && before.found === 'exactly') {
    return { text: text.slice(dashed[0].length), department: before.department, urgency };
  }
  const named = /^(?<for>for\s+)?(?<name>[\p{L}\p{N}&' -]{2,60}):\s*/iu.exec(text);
  if (named?.groups === undefined) return { text, urgency, ...withoutColon(text, desk) };
  const found = findDepartment(named.groups['name'] ?? '', desk.rules());
  if (found.found === 'exactly' || (found.found === 'nearly' && named.groups['for'] !== undefined)) {
    const after = text.slice(named[0].length);
    const heads = named.groups['for'] === undefined && goesOnSmall(named.groups['name'] ?? '', after);
    const taken = heads ? { taken: `${(named.groups['name'] ?? '').trim()}:` } : {};
    return { text: after, department: found.department, urgency, ...taken };
  }
  const name = (named.groups['name'] ?? '').trim();
  if (named.groups['for'] !== undefined) return { unknownDepartment: name };
  if (found.found !== 'nearly' || isHeading(name, text.slice(named[0].length), found, turn, desk))
    return { text, urgency };
  return { text, urgency, stays: { words: `${name}:`, department: found.department } };
}

/**
 * Whether `Election` for `Elections` heads the text: what it heads goes on small, while a post that is written for a
 * department begins as a sentence does; or its writer could not mean that department at all.
 */
function isHeading(
  name: string,
  after: string,
  { isOtherNumber, department }: NearDepartment,
  turn: Turn,
  desk: Desk,
): boolean {
  if (!isOtherNumber) return false;
  return goesOnSmall(name, after) || !mayPropose(turn.person, department.id, desk.rules());
}

/** `Traffic: the A565 is closed`: what a heading heads goes on small. */
const goesOnSmall = (name: string, after: string): boolean => /^\p{Lu}/u.test(name) && /^\p{Ll}/u.test(after);

/** `for Highways The road is shut`: whether the words begin the text nobody can tell. */
function withoutColon(text: string, desk: Desk): { readonly stays?: Stays } {
  const words = /^for\s+(?<rest>[^\n]+)/iu.exec(text)?.groups?.['rest']?.split(/\s+/u) ?? [];
  for (let n = Math.min(words.length, 6); n > 0; n -= 1) {
    const name = words.slice(0, n).join(' ');
    const found = findDepartment(name, desk.rules());
    if (found.found === 'exactly') return { stays: { words: `for ${name}`, department: found.department } };
  }
  return {};
}

/** When a post ends by the last line of its text; or what was written there that is no such time, and why. */
export function readEnd(
  typed: string | undefined,
  { now }: Turn,
): {
  readonly until?: PlannedTime;
  readonly unread?: { readonly typed: string; readonly words: string };
} {
  if (typed === undefined) return {};
  const parsed = parseUntil(typed, now);
  return parsed.ok
    ? { until: { wall: parsed.wall, zone: parsed.zone, at: parsed.at } }
    : { unread: { typed, words: sayTypedTime(parsed, now) } };
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
  run: async (rest, turn, desk) => await proposeText(rest, turn, desk),
};

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
  const read = readProposal(rest, turn, desk);
  const rules = desk.rules();
  if ('unknownDepartment' in read) {
    return notice('which-department', {
      typed: read.unknownDepartment,
      departments: departmentsToProposeFor(turn.person, rules).map((each) => each.short),
    });
  }
  if (saysNothing(read.text) && turn.files.length === 0) return notice('nothing-to-propose', {});
  const linked = linkedFiles(read.text, desk);
  const { text, until: typedUntil } =
    fields?.until === undefined ? splitUntil(linked.text) : { text: linked.text, until: fields.until };
  const end = readEnd(typedUntil, turn);
  // The dialog comes back with all that was typed; elsewhere the text would be lost without its draft.
  if (end.unread !== undefined && fields !== undefined) {
    return { show: 'notice', title: askedTimes.end, words: end.unread.words };
  }
  let when: PlannedTime | undefined;
  if (fields?.when !== undefined) {
    const parsed = parseTypedTime(fields.when, turn.now);
    if (!parsed.ok) return { show: 'notice', title: askedTimes.when, words: sayTypedTime(parsed, turn.now) };
    when = { wall: parsed.wall, zone: parsed.zone, at: parsed.at };
    if (end.until !== undefined && end.until.at <= when.at) {
      const refusal = refusePost('ends-before-it-goes-out', { until: end.until.at, when: when.at });
      return { show: 'notice', title: '', words: refusalWords(refusal, rules, turn.now).words };
    }
  }
  const post = into?.post ?? postIdFrom(turn.key);
  const existing = await postById(desk, post);
  if (existing !== undefined) return { show: 'nothing' };
  const behind = linked.ok ? linked.files : [];
  const kept = await keepFiles(into === undefined ? [...turn.files, ...behind] : behind, desk);
  const sent = linked.ok ? kept : linked;
  // The words that came with a file or a link are not lost with it.
  if (!sent.ok && saysNothing(text)) return notice('file-refused', sent);
  const media = [...(into?.media ?? []), ...(kept.ok ? kept.media : [])];
  const department = read.department === undefined ? {} : { department: read.department.id };
  const { urgency } = read;
  const refused = refusedProposal(turn.person, { text, media, urgency, ...department }, turn.now, rules);
  if (refused !== undefined) return answered(refused, undefined, turn, desk);
  const accounts = defaultAccounts(read.department?.id, rules);
  const pages = await pagesBehind({ text, variants: {}, accounts, media }, desk);
  const number = await numberFor(desk, post);
  const executed = await desk.executor.execute({
    command: 'post.propose',
    id: post,
    params: {
      number,
      text,
      ...department,
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
  if (executed.done) {
    const proposed = end.unread === undefined ? undefined : await postById(desk, post);
    if (end.unread !== undefined && proposed !== undefined) return asksForEnd(proposed, end.unread);
    const host = linked.ok ? linked.elsewhere : undefined;
    if (!sent.ok) return notice('file-refused', { ...sent, draft: number });
    if (read.stays !== undefined) {
      const { words, department: meant } = read.stays;
      return notice('name-stays-text', { number, words, department: meant.short });
    }
    if (read.taken !== undefined && read.department !== undefined) {
      return notice('name-taken', { number, words: read.taken, department: read.department.short });
    }
    return host === undefined ? { show: 'nothing' } : notice('link-stays-link', { number, host });
  }
  return answered(executed.refusal, undefined, turn, desk);
}

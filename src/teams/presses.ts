import { z } from 'zod';
import { personKnown } from '../people/known.ts';
import { triedSayings } from '../posts/correcting/answer-tried.ts';
import { goneSayings } from '../posts/taking-down/gone.ts';
import { accountsOf } from '../posts/leaving/left-as-it-is.ts';
import { mayDecide, maySee } from '../posts/deciding/may.ts';
import { refusalsOf } from '../posts/correcting/refused-there.ts';
import { isHeldEmergency } from '../posts/stopping/held-emergency.ts';
import { isHeldAgainAtOnce, stopAmong, type AccountStates } from '../posts/stopping/stop-of-post.ts';
import { refusalWords } from '../words/refusals.ts';
import { refusedSinceWords } from '../words/refusals/since.ts';
import { approvedWhileStopped, notReleasedWords } from '../words/stopped.ts';
import { formOf, shown } from './answered.ts';
import { askForCorrection } from './ask-for-correction.ts';
import { answerPlaces, confirmPlace, confirmStop, declineStop, signInAnew } from './confirmed.ts';
import { openCorrection } from './open-correction.ts';
import { postById, statesFor, type Desk, type Did } from './desk.ts';
import { pagesIn } from './cards/list-cards.ts';
import { listFor, listNames } from './lists.ts';
import { notice } from './notices.ts';
import { revise } from './edit-form.ts';
import { reschedule, send } from './post-forms.ts';
import {
  afterDecision,
  bound,
  decide,
  deciding,
  give,
  onPost,
  plain,
  shownAs,
  type Meaning,
  type OnPost,
  type Press,
} from './press.ts';
import type { Reply } from './reply.ts';
import { said } from './said.ts';
import type { Inputs, Turn } from './turn.ts';
import { nextUses } from './where-used.ts';
import { sayings } from '../dispatch/said.ts';
import { wordsKnown } from '../people/offered.ts';
import { notTheirsWords } from '../words/several.ts';
import { sayNotice } from '../words/typed.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { opens } from './offers.ts';

/** Buttons of a post's card by their verb. */
const postPresses: Readonly<Record<string, Meaning>> = {
  'post.choose-department': async (press) => {
    const params = { department: press.inputs['department'] ?? '' };
    return shown(await give(press, { command: 'post.choose-department', params }), press.turn, press.desk);
  },
  'post.revise': revise,
  'post.send': send,
  'post.pass-on': deciding('post.pass-on', withNoteBeside),
  'post.approve': async (press) => {
    const { post, card, inputs, turn, desk } = press;
    const rules = desk.rules();
    const states = await statesFor(post, desk);
    const stop = mayDecide(post, turn.person, rules) ? stopAmong(post, states, rules) : undefined;
    if (stop !== undefined && isHeldAgainAtOnce(post, stop)) {
      const notice = notReleasedWords(stop, rules, turn.now);
      return { show: 'post', post, view: 'main', notice, typed: inputs };
    }
    const did = await give(press, { command: 'post.approve', params: withTick(card, inputs), states });
    return approved(did, states, press);
  },
  'post.send-back': deciding('post.send-back', withNote),
  'post.refuse': deciding('post.refuse', withNote),
  'post.cancel': plain('post.cancel'),
  'post.hold': plain('post.hold'),
  'post.remove': plain('post.remove'),
  'post.try-again': plain('post.try-again'),
  'post.leave-as-it-is': async (press) => {
    const { turn, desk } = press;
    const { listed } = press.inputs;
    const params = listed === undefined ? {} : { listed: listed.split(' ') };
    const did = await give(press, { command: 'post.leave-as-it-is', params, more: listed ?? '' });
    const rules = desk.rules();
    return shown(did, turn, desk, (left) => {
      const since = refusalsOf(left, rules, turn.now);
      return since.length === 0 ? '' : refusedSinceWords(accountsOf(since), 'left', rules);
    });
  },
  'post.let-out': plain('post.let-out'),
  'post.ask-again': plain('post.ask-again'),
  'post.schedule': reschedule,
  'post.correct': askForCorrection,
  'post.approve-correction': async (press) => {
    const states = await statesFor(press.post, press.desk);
    const params = withTick(press.card, press.inputs);
    const did = await give(press, { command: 'post.approve-correction', params, states });
    return approved(did, states, press);
  },
  'post.refuse-correction': deciding('post.refuse-correction', ({ review, hash }, inputs) => ({
    review,
    hash,
    note: inputs['note'] ?? '',
  })),
  'post.answer': async (press) => {
    const { post, inputs } = press;
    const part = inputs['part'] ?? '';
    const ended = /^put-right-(?<ended>\d+)$/u.exec(inputs['word'] ?? '')?.groups?.['ended'];
    if (ended !== undefined) {
      const params = { part, ended: Number(ended) };
      return await decide(press, { command: 'post.put-right-there', params, more: `${part} ${ended}` });
    }
    const gone = z.enum(goneSayings).safeParse(inputs['word']);
    if (gone.success) {
      const params = { part, word: gone.data };
      return await decide(press, { command: 'post.answer-gone', params, more: part });
    }
    const tried = z.enum(triedSayings).safeParse(inputs['word']);
    if (tried.success) {
      const params = { part, word: tried.data };
      return await decide(press, { command: 'post.answer-tried', params, more: `${part} ${tried.data}` });
    }
    const word = z.enum(sayings).safeParse(inputs['word']);
    if (!word.success) return shownAs(post, 'main');
    const params = { part, word: word.data, link: inputs[`link:${part}`] ?? '' };
    return await answer(press, part, { command: 'post.answer', params, more: part });
  },
  'post.done-by-hand': async (press) => {
    const { inputs } = press;
    const part = inputs['part'] ?? '';
    const did = inputs['did'] === 'done' ? 'done' : 'not-posted';
    const link = inputs[`link:${part}`] ?? '';
    const note = inputs[`why:${part}`] ?? '';
    const params = { part, did, link, noLink: inputs[`none:${part}`] === 'true', note };
    const asked = Number(inputs['asked'] ?? Number.NaN);
    const more = JSON.stringify(params);
    const known = Number.isInteger(asked) ? { ...params, asked } : params;
    return await answer(press, part, { command: 'post.done-by-hand', params: known, more });
  },
  'post.mend-by-hand': async (press) => {
    const { inputs } = press;
    const part = inputs['part'] ?? '';
    const how = inputs['how'] === 'link' ? 'link' : 'not-posted';
    const said = Number(inputs['said'] ?? Number.NaN);
    if (!Number.isInteger(said)) return shownAs(press.post, 'main');
    const params = { part, how, link: inputs[`link:${part}`] ?? '', said };
    return await answer(press, part, { command: 'post.mend-by-hand', params, more: JSON.stringify(params) });
  },
  'view.open': async ({ post, card, inputs, turn, desk }) => {
    if (inputs['view'] === 'correct') return await openCorrection(post, turn, desk);
    if (inputs['view'] === 'text') {
      const page = z.coerce.number().int().min(0).catch(0).parse(inputs['page']);
      return { show: 'post', post, view: 'text', page };
    }
    const view = z.enum(['main', 'edit', 'why', 'schedule']).catch('main').parse(inputs['view']);
    if (view === 'main' || view === 'why') return shownAs(post, view);
    // What was answered on the card stands in the form as well, to be saved with the rest.
    const typed = view === 'edit' && card.revision === post.revision.n ? inputs : {};
    return formOf(view, post, turn, desk, typed);
  },
};

function withNoteBeside(card: OnPost, inputs: Inputs) {
  return { ...withNote(card, inputs), ...(card.noted === undefined ? {} : { noted: card.noted }) };
}

function withTick(card: OnPost, inputs: Inputs) {
  return { ...withNoteBeside(card, inputs), confirm: inputs['confirm'] === 'true' };
}

function withNote(card: OnPost, inputs: Inputs) {
  return { ...bound(card), note: inputs['note'] ?? '' };
}

/** The field of a part beside which it is said that something is missing in it. */
const fieldOf: Readonly<Record<string, 'link' | 'why'>> = {
  'link-needed': 'link',
  'link-or-none': 'link',
  'note-needed': 'why',
};

/**
 * Gives an answer about one part: of a link or a reason that is missing it is said beside that part's own field, and what was
 * typed for another part stays there.
 */
async function answer(press: Press, part: string, given: Parameters<typeof give>[1]): Promise<Reply> {
  const { post, inputs, turn, desk } = press;
  const did = await give(press, given);
  if (did.done) {
    const { [`link:${part}`]: _said, [`why:${part}`]: _why, ...typed } = inputs;
    const reply = shown(did, turn, desk);
    return reply.show === 'post' ? { ...reply, typed } : reply;
  }
  const field = fieldOf[did.refusal.refused];
  if (field === undefined) return afterDecision(did, press);
  const { words } = refusalWords(did.refusal, desk.rules(), turn.now);
  const errors = { [`${field}:${part}`]: words };
  return { show: 'post', post: did.post ?? post, view: 'main', typed: inputs, errors };
}

/** Buttons that are about no one post, by their verb. */
const otherPresses: Readonly<Record<string, (inputs: Inputs, turn: Turn, desk: Desk) => Promise<Reply>>> = {
  'command.run': offerPressed,
  'person.back': async (_inputs, turn, desk) => await said('away no', turn, desk),
  'person.sign-in-anew': signInAnew,
  'place.confirm': confirmPlace,
  'place.answer': answerPlaces,
  'stop.confirm': confirmStop,
  'stop.decline': declineStop,
  'list.open': openList,
};

/** What the buttons of cards can say to Crier. */
export const verbs: readonly string[] = [...Object.keys(otherPresses), ...Object.keys(postPresses)];

/** What a press on a card comes to. `data` is what the button carries, with the inputs of the card in it. */
export async function pressed(
  verb: string,
  data: Readonly<Record<string, unknown>>,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const inputs = textsOf(data);
  const other = Object.hasOwn(otherPresses, verb) ? otherPresses[verb] : undefined;
  if (other !== undefined) return await other(inputs, turn, desk);
  const meaning = Object.hasOwn(postPresses, verb) ? postPresses[verb] : undefined;
  const card = onPost.safeParse(data);
  if (meaning === undefined || !card.success) return notice('not-mine', {});
  const post = await postById(desk, card.data.post);
  if (post === undefined) return notice('not-mine', {});
  const rules = desk.rules();
  // The card stands where they can see it: that there is such a post is no secret to them.
  if (!maySee(post, turn.person, rules)) return notTheirs(post, turn, rules);
  return await meaning({ post, card: card.data, inputs, turn, desk });
}

/** What all who are in a conversation read there stays for them; in somebody's own chat it goes with their right to it. */
function notTheirs({ number }: PostState, { where }: Turn, rules: DeskRules): Reply {
  const said = sayNotice('not-for-you', { number, desk: rules.desk.name });
  if (where.kind === 'personal') return { show: 'notice', ...said };
  return { show: 'notice', title: '', words: `${said.title}. ${said.words}`, over: true };
}

function textsOf(data: Readonly<Record<string, unknown>>): Inputs {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string'
        ? [[key, value]]
        : typeof value === 'number' || typeof value === 'boolean'
          ? [[key, String(value)]]
          : [],
    ),
  );
}

/** Whoever approves while everything is stopped hears at once that it does not go out yet, and what it needs. */
function approved(did: Did, states: AccountStates, press: Press): Reply {
  if (!did.done) return afterDecision(did, press);
  const { turn, desk } = press;
  const { heldBy, ...rest } = did;
  const stop =
    heldBy ?? ('decidedAt' in did.post.status ? stopAmong(did.post, states, desk.rules()) : undefined);
  const reply = shown(rest, turn, desk, stop && (() => approvedWhileStopped(stop, desk.rules())));
  const isTold = stop !== undefined && reply.show === 'post' && !isHeldEmergency(reply.post);
  return isTold ? { ...reply, stopTold: true } : reply;
}

async function openList(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const pages = pagesIn(inputs['after'] ?? '');
  if (inputs['of'] === 'where-used') {
    const list = await nextUses(pages, turn, desk);
    return list === undefined ? notice('not-mine', {}) : { show: 'list', list };
  }
  const of = z.enum(listNames).safeParse(inputs['of']);
  if (!of.success) return notice('not-mine', {});
  return { show: 'list', list: await listFor(of.data, turn, desk, pages) };
}

/**
 * A button that says words. Those that somebody's message was answered with are theirs alone: of a sentence that one
 * person has typed, and another has made a post, the wrong one would be its writer, and the right one could agree to it.
 * Whose message it is, and whether it still says that, stands with the person and not on the card.
 */
async function offerPressed(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const words = inputs['words'] ?? '';
  const onButton: Turn = { ...turn, onButton: true };
  const { by, message, says } = turn.of;
  const isOwnChat = turn.where.kind === 'personal';
  if (opens(words) || (isOwnChat && says === '')) return await said(words, onButton, desk);
  // A card of an earlier release does not say whose words stand on it.
  if (message === '')
    return /^propose\b/iu.test(words) ? notice('offer-too-old', {}) : await said(words, onButton, desk);
  const known = wordsKnown(await personKnown(desk.executor, turn.person), message);
  if (known === undefined)
    return by === turn.person
      ? notice('offer-too-old', {})
      : { show: 'notice', title: '', words: notTheirsWords(by, words, desk.rules()), over: true };
  if (says === '') return await said(words, onButton, desk);
  if (known.says !== says) return notice('offer-changed', {});
  return await said(words, { ...onButton, makes: message }, desk);
}

import { z } from 'zod';
import { canonical } from '../core/json.ts';
import { parseTypedTime, parseUntil } from '../protocol/typed-time.ts';
import type { Way } from '../dispatch/put-right.ts';
import { withRightWords } from '../posts/correct.ts';
import { saidAnew, waysFor } from '../posts/correction-plan.ts';
import { blockingCorrection, findingsOf } from '../posts/draft.ts';
import type { OnYoutube, PlannedTime, PostState } from '../posts/post.ts';
import { maySee } from '../posts/may.ts';
import { correctionReply } from '../words/networks.ts';
import { sayFinding } from '../words/findings.ts';
import { refusalWords } from '../words/refusals.ts';
import { approvedWhileStopped } from '../words/answers.ts';
import { plannedWords, sayTypedTime } from '../words/typed.ts';
import { answered, shown } from './answered.ts';
import { correctionForm } from './correction-form.ts';
import { confirmPlace, confirmStop, signInAnew } from './confirmed.ts';
import { act, postById, type Desk, type Did } from './desk.ts';
import { pagesBehind } from './linked-pages.ts';
import { listFor } from './lists.ts';
import { mediaWith } from './picture-inputs.ts';
import { notice } from './notices.ts';
import type { PostView, Reply } from './reply.ts';
import { said } from './said.ts';
import { stopOf } from './stop-everything.ts';
import type { Inputs, Turn } from './turn.ts';
import { nextUses } from './where-used.ts';

/** What every button of a post's card carries: which card it was on. Ids only; who may press is never in it. */
const onPost = z.object({
  post: z.string(),
  turn: z.coerce.number().default(0),
  revision: z.coerce.number().default(0),
  hash: z.string().default(''),
  stage: z.string().default(''),
  review: z.string().default(''),
});
type OnPost = z.infer<typeof onPost>;

/** One button's meaning. */
type Press = (post: PostState, card: OnPost, inputs: Inputs, turn: Turn, desk: Desk) => Promise<Reply>;

/**
 * Buttons of a post's card by their verb. A press's key is actor, verb, subject, revision and stage, since two
 * quick presses are two activities.
 */
const postPresses: Readonly<Record<string, Press>> = {
  'post.choose-department': async (post, card, inputs, turn, desk) =>
    shown(
      await give(
        'post.choose-department',
        post,
        card,
        { department: inputs['department'] ?? '' },
        turn,
        desk,
      ),
      turn,
      desk,
    ),
  'post.revise': revise,
  'post.send': send,
  'post.pass-on': async (post, card, _inputs, turn, desk) =>
    shown(await give('post.pass-on', post, card, bound(card), turn, desk), turn, desk),
  'post.approve': async (post, card, inputs, turn, desk) => {
    const params = { ...bound(card), confirm: inputs['confirm'] === 'true' };
    return await approved(await give('post.approve', post, card, params, turn, desk), inputs, turn, desk);
  },
  'post.send-back': async (post, card, inputs, turn, desk) => {
    const params = { ...bound(card), note: inputs['note'] ?? '' };
    return afterDecision(await give('post.send-back', post, card, params, turn, desk), inputs, turn, desk);
  },
  'post.refuse': async (post, card, inputs, turn, desk) => {
    const params = { ...bound(card), note: inputs['note'] ?? '' };
    return afterDecision(await give('post.refuse', post, card, params, turn, desk), inputs, turn, desk);
  },
  'post.cancel': plain('post.cancel'),
  'post.hold': plain('post.hold'),
  'post.remove': plain('post.remove'),
  'post.try-again': plain('post.try-again'),
  'post.let-out': plain('post.let-out'),
  'post.ask-again': plain('post.ask-again'),
  'post.schedule': reschedule,
  'post.correct': askForCorrection,
  'post.approve-correction': async (post, card, inputs, turn, desk) => {
    const params = { ...bound(card), confirm: inputs['confirm'] === 'true' };
    return afterDecision(
      await give('post.approve-correction', post, card, params, turn, desk),
      inputs,
      turn,
      desk,
    );
  },
  'post.refuse-correction': async (post, card, inputs, turn, desk) => {
    const params = { review: card.review, note: inputs['note'] ?? '' };
    return afterDecision(
      await give('post.refuse-correction', post, card, params, turn, desk),
      inputs,
      turn,
      desk,
    );
  },
  'post.answer': async (post, card, inputs, turn, desk) => {
    const part = inputs['part'] ?? '';
    const params = { part, word: inputs['word'] ?? '', link: inputs[`link:${part}`] ?? '' };
    const parsed = z.enum(['it-is-there', 'post-it-now', 'do-not-post']).safeParse(params.word);
    if (!parsed.success) return shownAs(post, 'main', turn);
    const did = await give('post.answer', post, card, { ...params, word: parsed.data }, turn, desk, part);
    if (!did.done && did.refusal.refused === 'link-needed') {
      const { words } = refusalWords(did.refusal, desk.rules(), turn.now);
      const errors = { [`link:${part}`]: words };
      return { show: 'post', post: did.post ?? post, view: 'main', typed: inputs, errors };
    }
    return afterDecision(did, inputs, turn, desk);
  },
  'post.done-by-hand': async (post, card, inputs, turn, desk) => {
    const part = inputs['part'] ?? '';
    const did = inputs['did'] === 'done' ? 'done' : 'not-posted';
    const link = inputs[`link:${part}`] ?? '';
    const params = { part, did, link, noLink: inputs[`none:${part}`] === 'true' };
    const asked = Number(inputs['asked'] ?? Number.NaN);
    const more = JSON.stringify([String(card.turn), params]);
    const known = Number.isInteger(asked) ? { ...params, asked } : params;
    const done = await give('post.done-by-hand', post, card, known, turn, desk, more);
    if (!done.done && done.refusal.refused === 'link-or-none') {
      const { words } = refusalWords(done.refusal, desk.rules(), turn.now);
      const errors = { [`link:${part}`]: words };
      return { show: 'post', post: done.post ?? post, view: 'main', typed: inputs, errors };
    }
    return afterDecision(done, inputs, turn, desk);
  },
  'view.open': async (post, _card, inputs, turn, desk) => {
    if (inputs['view'] === 'correct') return await correctionForm(post, desk);
    const view = z.enum(['main', 'edit', 'why', 'schedule']).safeParse(inputs['view']);
    return await Promise.resolve(shownAs(post, view.success ? view.data : 'main', turn));
  },
};

/** What a press on a card comes to. `data` is what the button carries, with the inputs of the card in it. */
export async function pressed(
  verb: string,
  data: Readonly<Record<string, unknown>>,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const inputs = textsOf(data);
  switch (verb) {
    case 'command.run':
      return await said(inputs['words'] ?? '', turn, desk);
    case 'person.back':
      return await said('away no', turn, desk);
    case 'person.sign-in-anew':
      return await signInAnew(inputs, turn, desk);
    case 'place.confirm':
      return await confirmPlace(inputs, turn, desk);
    case 'stop.confirm':
      return await confirmStop(inputs, turn, desk);
    case 'list.open':
      return await openList(inputs, turn, desk);
  }
  const press = postPresses[verb];
  const card = onPost.safeParse(data);
  if (press === undefined || !card.success) return notice('not-mine', {});
  const post = await postById(desk, card.data.post);
  if (post === undefined || !maySee(post, turn.person, desk.rules()))
    return notice('no-such-post', { number: post?.number ?? 0 });
  return await press(post, card.data, inputs, turn, desk);
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

const bound = ({ hash, stage, review }: OnPost) => ({ hash, stage, review });

async function give(
  command: string,
  post: PostState,
  card: OnPost,
  params: unknown,
  turn: Turn,
  desk: Desk,
  more = '',
): Promise<Did> {
  const key = [
    'press',
    turn.person,
    command,
    post.id,
    String(card.revision),
    card.stage,
    card.review,
    more,
  ].join('|');
  return await act(desk, { command, post: post.id, params, person: turn.person, key });
}

function plain(command: string): Press {
  return async (post, card, _inputs, turn, desk) =>
    shown(await give(command, post, card, {}, turn, desk, String(card.turn)), turn, desk);
}

/** A decision that was refused for a missing tick or note keeps what was typed and says so beside the field. */
function afterDecision(did: Did, inputs: Inputs, turn: Turn, desk: Desk): Reply {
  return did.done ? shown(did, turn, desk) : answered(did.refusal, did.post, turn, desk, 'main', inputs);
}

/** Whoever approves while everything is stopped hears at once that it does not go out yet, and what it needs. */
async function approved(did: Did, inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const stop = did.done && 'decidedAt' in did.post.status ? await stopOf(did.post, desk) : undefined;
  if (stop === undefined) return afterDecision(did, inputs, turn, desk);
  return shown(did, turn, desk, () => approvedWhileStopped(stop, desk.rules()));
}

const shownAs = (post: PostState, view: PostView, _turn: Turn): Reply => ({ show: 'post', post, view });

/** A time field: nothing typed means none; the problem is said beside the field. */
type Field<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: string };

function timeField(
  typed: string | undefined,
  turn: Turn,
  parse: typeof parseTypedTime,
): Field<PlannedTime | undefined> {
  const text = typed?.trim() ?? '';
  if (text === '') return { ok: true, value: undefined };
  const parsed = parse(text, turn.now);
  if (!parsed.ok) return { ok: false, words: sayTypedTime(parsed, turn.now) };
  return { ok: true, value: { wall: parsed.wall, zone: parsed.zone, at: parsed.at } };
}

/** The edit form: what was typed becomes a revision, or comes back with what is wrong beside its field. */
async function revise(post: PostState, card: OnPost, inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const when = timeField(inputs['when'], turn, parseTypedTime);
  const until = timeField(inputs['until'], turn, parseUntil);
  const shownAt = timeField(inputs['youtube-at'], turn, parseTypedTime);
  const errors = {
    ...(when.ok ? {} : { when: when.words }),
    ...(until.ok ? {} : { until: until.words }),
    ...(shownAt.ok ? {} : { 'youtube-at': shownAt.words }),
  };
  if (!when.ok || !until.ok || !shownAt.ok)
    return { show: 'post', post, view: 'edit', errors, typed: inputs };
  const youtube = onYoutubeIn(inputs, shownAt.value) ?? post.revision.youtube;
  // Only the form has fields for the times, and some clients leave out a field that was emptied.
  const inForm = inputs['text'] !== undefined || inputs['accounts'] !== undefined;
  const ends = inForm || inputs['until'] !== undefined ? until.value : post.revision.until;
  const written = { ...writtenOf(post, inputs, ends), ...(youtube === undefined ? {} : { youtube }) };
  const pages = await pagesBehind({ ...post.revision, ...written }, desk);
  const params = {
    ...written,
    ...pages,
    from: card.revision,
    ...(inForm ? { when: when.value ?? null } : {}),
  };
  const did = await give('post.revise', post, card, params, turn, desk, JSON.stringify(inputs));
  if (did.done) return shown(did, turn, desk);
  if (did.refusal.refused === 'nothing-changed') return shownAs(did.post ?? post, 'main', turn);
  return answered(did.refusal, did.post, turn, desk, 'edit', inputs);
}

/** What the form says about YouTube; undefined where it asked nothing, YouTube not being chosen when it was drawn. */
function onYoutubeIn(inputs: Inputs, shownAt: PlannedTime | undefined): OnYoutube | undefined {
  const title = inputs['youtube-title'];
  if (title === undefined) return undefined;
  const kids = inputs['youtube-kids'];
  const playlist = inputs['youtube-playlist'] ?? 'none';
  return {
    title: title.trim(),
    ...(kids === 'yes' || kids === 'no' ? { madeForKids: kids === 'yes' } : {}),
    privacy: z.enum(['public', 'unlisted', 'private']).catch('public').parse(inputs['youtube-privacy']),
    playlist: playlist === 'none' ? '' : playlist,
    ...(shownAt === undefined ? {} : { shownAt }),
  };
}

/** What the form says, with what it left out as it was. */
function writtenOf(post: PostState, inputs: Inputs, until: PlannedTime | undefined) {
  const { revision } = post;
  const variants = Object.fromEntries(
    Object.entries(inputs).flatMap(([id, text]): [string, string][] =>
      id.startsWith('variant:') ? [[id.slice('variant:'.length), text]] : [],
    ),
  );
  return {
    text: inputs['text'] ?? revision.text,
    variants: { ...revision.variants, ...variants },
    accounts: inputs['accounts'] === undefined ? revision.accounts : listOf(inputs['accounts']),
    headline: inputs['headline'] ?? revision.headline,
    summary: inputs['summary'] ?? revision.summary,
    media: mediaWith(post, inputs),
    urgency: z.enum(['normal', 'urgent', 'emergency']).catch(revision.urgency).parse(inputs['urgency']),
    flags: inputs['flags'] === undefined ? revision.flags : listOf(inputs['flags']),
    campaign: inputs['campaign'] ?? revision.campaign,
    thread: inputs['thread'] === undefined ? revision.thread === true : inputs['thread'] === 'true',
    ...(until === undefined ? {} : { until }),
    ...(revision.youtube === undefined ? {} : { youtube: revision.youtube }),
  };
}

const listOf = (typed: string): readonly string[] =>
  typed
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Sends a draft; what was said of pictures in the card itself is taken first. */
async function send(post: PostState, card: OnPost, inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const said = mediaWith(post, inputs).map((medium) => ({ ...medium, alt: medium.alt.trim() }));
  let current = post;
  if (canonical(said) !== canonical(post.revision.media)) {
    const params = { ...writtenOf(post, inputs, post.revision.until), from: card.revision };
    const did = await give('post.revise', post, card, params, turn, desk, JSON.stringify(inputs));
    if (!did.done) return answered(did.refusal, did.post, turn, desk, 'main', inputs);
    current = did.post;
  } else if (card.revision !== post.revision.n) {
    return shownAs(post, 'main', turn);
  }
  const again = { ...card, revision: current.revision.n };
  return shown(await give('post.send', current, again, {}, turn, desk, String(current.turn)), turn, desk);
}

async function reschedule(
  post: PostState,
  card: OnPost,
  inputs: Inputs,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const when = timeField(inputs['when'], turn, parseTypedTime);
  if (!when.ok) return { show: 'post', post, view: 'schedule', errors: { when: when.words }, typed: inputs };
  const more = `${card.turn}|${inputs['when'] ?? ''}`;
  const did = await give('post.schedule', post, card, { when: when.value ?? null }, turn, desk, more);
  return did.done
    ? shown(did, turn, desk, ({ when: planned }) => plannedWords(planned, turn.now))
    : answered(did.refusal, did.post, turn, desk, 'schedule', inputs);
}

async function askForCorrection(
  post: PostState,
  card: OnPost,
  inputs: Inputs,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const params = {
    text: inputs['text'] ?? '',
    ...(inputs['headline'] === undefined ? {} : { headline: inputs['headline'] }),
    ...(inputs['youtube-title'] === undefined ? {} : { videoTitle: inputs['youtube-title'] }),
    what: inputs['what'] ?? '',
    reply: correctionReply(inputs['what'] ?? ''),
    ways: waysIn(inputs),
    from: card.revision,
  };
  const pages = await pagesBehind({ ...post.revision, text: params.text }, desk);
  const did = await give(
    'post.correct',
    post,
    card,
    { ...params, ...pages },
    turn,
    desk,
    JSON.stringify(params),
  );
  if (did.done) return shown(did, turn, desk);
  if (did.refusal.refused === 'blocked') {
    // The findings are about the words that were typed, so they stand beside those.
    const { text, headline = post.revision.headline, videoTitle, reply } = params;
    const ways = waysFor(post, params.ways, desk.rules());
    const replies = Object.keys(ways).filter((account) => ways[account] === 'reply');
    const revision = withRightWords(post.revision, { text, headline, videoTitle });
    const said = saidAnew({ revision, ways, reply });
    const wrong = (accounts: readonly string[]): string =>
      accounts.length === 0
        ? ''
        : blockingCorrection(findingsOf({ ...post, revision: { ...said, accounts } }, turn.now, desk.rules()))
            .map((finding) => {
              const { what, fix } = sayFinding(finding, said.media.length);
              return `${what} ${fix}`.trim();
            })
            .join(' ');
    const errors = {
      text: wrong(said.accounts.filter((account) => !replies.includes(account))),
      what: wrong(replies),
    };
    return await correctionForm(post, desk, { typed: inputs, errors });
  }
  const reply = answered(did.refusal, did.post, turn, desk, 'correct', inputs);
  if (reply.show !== 'post' || reply.view !== 'correct') return reply;
  const { show: _show, post: current, view: _view, ...more } = reply;
  return await correctionForm(current, desk, more);
}

/** The ways that were chosen, by account. */
function waysIn(inputs: Inputs): Readonly<Record<string, Way>> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([id, value]): [string, Way][] => {
      const way = z.enum(['edit', 'reply', 'again', 'leave']).safeParse(value);
      return id.startsWith('way:') && way.success ? [[id.slice('way:'.length), way.data]] : [];
    }),
  );
}

async function openList(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const after = inputs['after'] ?? '';
  if (inputs['of'] === 'where-used') {
    const list = await nextUses(after, turn, desk);
    return list === undefined ? notice('no-such-post', { number: 0 }) : { show: 'list', list };
  }
  const of = z.enum(['posts', 'waiting', 'calendar']).safeParse(inputs['of']);
  if (!of.success) return notice('not-mine', {});
  return { show: 'list', list: await listFor(of.data, turn, desk, after === '' ? undefined : after) };
}

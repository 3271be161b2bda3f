import { z } from 'zod';
import { canonical } from '../core/json.ts';
import { stateOf } from '../posts/taking-down/over.ts';
import { publishTime } from '../posts/writing/draft.ts';
import { endLeftBy } from '../posts/writing/end-in-words.ts';
import { isEditable } from '../posts/leaving/to-go-out.ts';
import { mayCorrect } from '../posts/deciding/may.ts';
import { nameOfWritten } from '../posts/writing/name-of-written.ts';
import type { PostState } from '../posts/post.ts';
import type { OnYoutube, PlannedTime } from '../posts/writing/revision.ts';
import { refusePost } from '../posts/refusals.ts';
import { unwritable } from '../posts/writing/revise.ts';
import { takenBack, whyNotSchedule } from '../posts/writing/schedule.ts';
import { wentOn } from '../posts/deciding/seen-walk.ts';
import { isDesk } from '../protocol/people.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { parseTypedTime, parseUntil } from '../protocol/typed-time.ts';
import { plannedWords, sayTypedTime } from '../words/typed-times.ts';
import {
  asCorrectionWords,
  notPlannedWords,
  notSavedWords,
  timeMovedWords,
  timeOffCostWords,
  timeStaysWords,
  type TimeMoved,
} from '../words/late-forms.ts';
import { endUnnamedWords } from '../words/posts.ts';
import { refusalWords } from '../words/refusals.ts';
import { answered, notSavedYet, shown } from './answered.ts';
import { typedForm } from './cards/typed-form.ts';
import { correctionForm } from './correction-form.ts';
import type { Desk } from './desk.ts';
import type { Reply } from './reply.ts';
import { pagesBehind } from './linked-pages.ts';
import { mediaWith, pictureInputs } from './picture-inputs.ts';
import { give, seenOn, shownAs, type OnPost, type Press } from './press.ts';
import type { Inputs, Turn } from './turn.ts';
import { urgencies } from '../protocol/protocol.ts';
import { privacies } from '../networks/network.ts';

/** A time field: nothing typed means none; the problem is said beside the field. */
export type Field<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly words: string };

/** What was typed into a field for a time. */
export function timeField(
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

/**
 * Where nobody touched the time in a form, and another one is planned by now, or none: that counts, and whoever pressed
 * is told. A time by itself makes no other revision, so nothing else would tell that the form is older.
 */
function timeMoved({ when: planned }: PostState, card: OnPost, inputs: Inputs): TimeMoved | undefined {
  const was = card.planned;
  if (was === undefined || inputs['when']?.trim() !== was || was === typedForm(planned)) return undefined;
  return planned === undefined ? { was } : { was, at: planned.at };
}

/** Whether a form says what stands, but for what was typed in it: captions alone may have come since it was drawn. */
const isOfPresent = (post: PostState, card: OnPost): boolean =>
  card.revision === post.revision.n || card.written === nameOfWritten(post.revision);

/** The edit form: what was typed becomes a revision, or comes back with what is wrong beside its field. */
export const revise: Press = async (post, card, given, turn, desk) => {
  const moved = timeMoved(post, card, given);
  const inputs = moved === undefined ? given : { ...given, when: typedForm(post.when) };
  const when = timeField(inputs['when'], turn, parseTypedTime);
  const until = timeField(inputs['until'], turn, parseUntil);
  const shownAt = timeField(inputs['youtube-at'], turn, parseTypedTime);
  if (!isEditable(post)) return await overtaken(post, inputs, turn, desk);
  const isOfNow = isOfPresent(post, card);
  const ends = inputs['until'] === undefined ? post.revision.until : valueOf(until);
  const before = post.revision.youtube;
  const showsAt = inputs['youtube-at'] === undefined ? before?.shownAt : valueOf(shownAt);
  const youtube = onYoutubeIn(inputs, showsAt, before);
  const written = { ...writtenOf(post, inputs, ends), ...(youtube === undefined ? {} : { youtube }) };
  const timed = { ...written, ...(inputs['when'] === undefined ? {} : { when: valueOf(when) ?? null }) };
  const errors = {
    ...(inputs['text'] !== undefined && isOfNow ? besideFields(post, timed, turn, desk) : {}),
    ...(when.ok ? {} : { when: when.words }),
    ...(until.ok ? {} : { until: until.words }),
    ...(shownAt.ok ? {} : { 'youtube-at': shownAt.words }),
  };
  // It would go out at once where its form said when: whoever saves it knows that before.
  const isTimeOff = moved !== undefined && moved.at === undefined;
  if (isTimeOff || Object.keys(errors).length > 0) {
    // Said now: the form is drawn anew, and its next press knows of it.
    const since = isOfNow ? wentOn(post, seenOn(card)) : refusePost('edited-since', {});
    const notice = [
      ...(moved === undefined ? [] : [timeMovedWords(moved, turn.now)]),
      ...(since === undefined
        ? isTimeOff
          ? [timeOffCostWords(post, isDesk(turn.person, desk.rules()))]
          : []
        : [notSavedYet(since, post, 'edit', turn, desk, inputs)]),
    ];
    const reply = { show: 'post', post, view: 'edit', errors, typed: inputs } as const;
    return notice.length === 0 ? reply : { ...reply, notice: notice.join(' ') };
  }
  const pages = await pagesBehind({ ...post.revision, ...written }, desk);
  const params = {
    ...timed,
    ...pages,
    from: isOfNow ? post.revision.n : card.revision,
    seen: seenOn(card),
    // A form has the text in it; a button on the card, and a page of pictures, do not.
    ...(inputs['text'] === undefined ? { keepsDays: true } : {}),
  };
  const did = await give(
    { command: 'post.revise', params, more: JSON.stringify(inputs) },
    post,
    card,
    turn,
    desk,
  );
  // Of the pictures that are asked about next, those stand earlier now before which one was taken out.
  const gone = did.done ? post.revision.media.length - did.post.revision.media.length : 0;
  const then = pageIn(inputs['then']) - gone;
  if (did.done || did.refusal.refused === 'nothing-changed') {
    const now = did.post ?? post;
    const time = moved?.at === undefined ? [] : [timeStaysWords(moved.at, turn.now)];
    if (then > 0 && then <= now.revision.media.length)
      return withNotice({ show: 'post', post: now, view: 'pictures', page: then }, time);
    if (!did.done) return withNotice(shownAs(now, 'main'), time);
    const left = endLeftBy(post.revision, now.revision, publishTime(now.when, turn.now), desk.rules());
    const { until: end } = now.revision;
    const unnamed = left?.is === 'unnamed' && end !== undefined ? [endUnnamedWords(end.at, turn.now)] : [];
    return withNotice(shown(did, turn, desk), [...time, ...unnamed]);
  }
  const page = pageIn(inputs['page']);
  if (page === 0) {
    const late = answered(did.refusal, did.post, turn, desk, 'edit', inputs);
    return withNotice(late, moved === undefined ? [] : [timeMovedWords(moved, turn.now)]);
  }
  const reply = answered(did.refusal, did.post, turn, desk, 'pictures', inputs);
  return reply.show === 'post' && reply.view === 'pictures' ? { ...reply, page } : reply;
};

/** The answer with words in front of those that stand above it, if any. */
function withNotice(reply: Reply, words: readonly string[]): Reply {
  if (reply.show !== 'post' || words.length === 0) return reply;
  const { notice } = reply;
  return { ...reply, notice: [...words, ...(notice === undefined ? [] : [notice])].join(' ') };
}

const valueOf = <T>(field: Field<T | undefined>): T | undefined => (field.ok ? field.value : undefined);

/** All that is wrong with what a form says, each beside its field, so that nobody is told of one after the other. */
function besideFields(
  post: PostState,
  wanted: Parameters<typeof unwritable>[1],
  turn: Turn,
  desk: Desk,
): Readonly<Record<string, string>> {
  const said = unwritable(post, wanted, desk.rules(), turn.now).map((refusal) =>
    refusalWords(refusal, desk.rules(), turn.now),
  );
  return Object.fromEntries(
    // The first of a field is said there.
    said.toReversed().flatMap(({ words, field }) => (field === undefined ? [] : [[field, words]])),
  );
}

/** The post has gone its way while the form was open: what was typed can be asked for as a correction of what stands. */
async function overtaken(post: PostState, inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const { words } = refusalWords(
    refusePost('not-now', { state: stateOf(post), action: 'edit' }),
    desk.rules(),
    turn.now,
  );
  const descriptions = post.revision.media.map((_medium, place) => pictureInputs(place).alt);
  const typed = Object.fromEntries(
    ['text', 'headline', 'summary', 'youtube-title', 'until', ...descriptions].flatMap((field) => {
      const value = inputs[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  const text = typed['text'] ?? post.revision.text;
  if (mayCorrect(post, turn.person, desk.rules()))
    return await correctionForm(post, desk, { typed, notice: asCorrectionWords(words) });
  const notice = text === post.revision.text ? words : notSavedWords(words, firstWords(text, 2_000));
  return { show: 'post', post, view: 'main', notice };
}

const pageIn = (typed: string | undefined): number => z.coerce.number().int().min(0).catch(0).parse(typed);

/**
 * What the form says about YouTube; as it was where it asked nothing, YouTube not being chosen when it was drawn. Nothing
 * chosen takes nothing back.
 */
function onYoutubeIn(
  inputs: Inputs,
  shownAt: PlannedTime | undefined,
  before: OnYoutube | undefined,
): OnYoutube | undefined {
  if (!Object.keys(inputs).some((id) => id.startsWith('youtube-'))) return before;
  const kids = z.enum(['yes', 'no']).safeParse(inputs['youtube-kids']).data;
  const madeForKids = kids === undefined ? before?.madeForKids : kids === 'yes';
  const playlist = chosenOr(before?.playlist ?? '', inputs['youtube-playlist']);
  return {
    title: inputs['youtube-title']?.trim() ?? before?.title ?? '',
    ...(madeForKids === undefined ? {} : { madeForKids }),
    privacy: z
      .enum(privacies)
      .catch(before?.privacy ?? 'public')
      .parse(inputs['youtube-privacy']),
    playlist: playlist === 'none' ? '' : playlist,
    ...(shownAt === undefined ? {} : { shownAt }),
  };
}

const chosenOr = (before: string, chosen = ''): string => (chosen === '' ? before : chosen);

/** What the form says, with what it did not ask as it was. */
function writtenOf(post: PostState, inputs: Inputs, until: PlannedTime | undefined) {
  const { revision } = post;
  const variants = Object.fromEntries(
    Object.entries(inputs).flatMap(([id, text]): [string, string][] =>
      id.startsWith('variant:') ? [[id.slice('variant:'.length), text]] : [],
    ),
  );
  const quote = inputs['quote'] ?? revision.quote ?? '';
  return {
    text: inputs['text'] ?? revision.text,
    variants: { ...revision.variants, ...variants },
    accounts: inputs['accounts'] === undefined ? revision.accounts : listOf(inputs['accounts']),
    headline: inputs['headline'] ?? revision.headline,
    summary: inputs['summary'] ?? revision.summary,
    media: mediaWith(post, inputs),
    urgency: z.enum(urgencies).catch(revision.urgency).parse(inputs['urgency']),
    flags: inputs['flags'] === undefined ? revision.flags : listOf(inputs['flags']),
    campaign: inputs['campaign'] ?? revision.campaign,
    thread: inputs['thread'] === undefined ? revision.thread === true : inputs['thread'] === 'true',
    ...(until === undefined ? {} : { until }),
    ...(revision.youtube === undefined ? {} : { youtube: revision.youtube }),
    ...(quote.trim() === '' ? {} : { quote }),
  };
}

const listOf = (typed: string): readonly string[] =>
  typed
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Sends a draft; what was said of pictures in the card itself is taken first. */
export const send: Press = async (post, card, inputs, turn, desk) => {
  // What was sent meanwhile is not taken back by sending it.
  const went = wentOn(post, seenOn(card));
  if (went !== undefined) return answered(went, post, turn, desk, 'main', inputs);
  const said = mediaWith(post, inputs).map((medium) => ({ ...medium, alt: medium.alt.trim() }));
  let current = post;
  if (canonical(said) !== canonical(post.revision.media)) {
    const params = {
      ...writtenOf(post, inputs, post.revision.until),
      from: card.revision,
      seen: seenOn(card),
      keepsDays: true,
    };
    const did = await give(
      { command: 'post.revise', params, more: JSON.stringify(inputs) },
      post,
      card,
      turn,
      desk,
    );
    if (!did.done) return answered(did.refusal, did.post, turn, desk, 'main', inputs);
    current = did.post;
  } else if (card.revision !== post.revision.n) {
    return answered(refusePost('edited-since', {}), post, turn, desk);
  }
  const again = { ...card, revision: current.revision.n };
  return shown(await give({ command: 'post.send' }, current, again, turn, desk), turn, desk);
};

/** The form of the planned time. */
export const reschedule: Press = async (post, card, inputs, turn, desk) => {
  const when = timeField(inputs['when'], turn, parseTypedTime);
  // Said now, whatever else is wrong: the form is drawn anew, and its next press knows of it.
  const withCost = (reply: Reply): Reply => {
    if (reply.show !== 'post' || reply.view !== 'schedule') return reply;
    const went = takenBack(reply.post, seenOn(card), turn.person, desk.rules());
    if (went === undefined) return reply;
    const cost = notSavedYet(went, reply.post, 'schedule', turn, desk);
    const { notice = cost } = reply;
    return { ...reply, notice: notice === cost ? cost : `${notice} ${cost}` };
  };
  const moved = timeMoved(post, card, inputs);
  if (moved !== undefined && whyNotSchedule(post, turn.person, desk.rules()) === undefined)
    return withCost({ show: 'post', post, view: 'schedule', notice: notPlannedWords(moved, turn.now) });
  if (!when.ok)
    return withCost({ show: 'post', post, view: 'schedule', errors: { when: when.words }, typed: inputs });
  const more = inputs['when'] ?? '';
  const params = { when: when.value ?? null, seen: seenOn(card) };
  const did = await give({ command: 'post.schedule', params, more }, post, card, turn, desk);
  return did.done
    ? shown(did, turn, desk, ({ when: planned }) => plannedWords(planned, turn.now))
    : withCost(answered(did.refusal, did.post, turn, desk, 'schedule', inputs));
};

import { z } from 'zod';
import { stateOf } from '../posts/taking-down/over.ts';
import { publishTime } from '../posts/writing/draft.ts';
import { endLeftBy } from '../posts/writing/end-in-words.ts';
import { isEditable } from '../posts/leaving/to-go-out.ts';
import { mayCorrect } from '../posts/deciding/may.ts';
import { nameOfWritten } from '../posts/writing/name-of-written.ts';
import type { PostState } from '../posts/post.ts';
import { refusePost } from '../posts/refusals.ts';
import { unwritable } from '../posts/writing/revise.ts';
import { wentOn } from '../posts/deciding/seen-walk.ts';
import { goesOnEdited } from '../posts/deciding/stopped-emergency.ts';
import { firstWords } from '../protocol/text/cut.ts';
import { parseTypedTime, parseUntil } from '../protocol/typed-time.ts';
import {
  asCorrectionWords,
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
import type { Desk, Did } from './desk.ts';
import type { Reply } from './reply.ts';
import { pagesBehind } from './linked-pages.ts';
import { pictureInputs } from './picture-inputs.ts';
import { give, seenOn, shownAs, type Meaning, type OnPost, type Press } from './press.ts';
import type { Inputs, Turn } from './turn.ts';
import { timeField, timeMoved, type Field } from './time-field.ts';
import { writtenOf, onYoutubeIn } from './written-in-form.ts';

/** The edit form: what was typed becomes a revision, or comes back with what is wrong beside its field. */
export const revise: Meaning = async (press) => {
  const { post, card, desk } = press;
  if (!isEditable(post)) return await overtaken(press);
  const form = filledIn(press);
  const { inputs, moved, isOfNow, written, timed, errors } = form;
  // It would go out at once where its form said when: whoever saves it knows that before.
  const isTimeOff = moved !== undefined && moved.at === undefined;
  if (isTimeOff || Object.keys(errors).length > 0) return askedOnceMore(form, press);
  const pages = await pagesBehind({ ...post.revision, ...written }, desk);
  const params = {
    ...timed,
    ...pages,
    from: isOfNow ? post.revision.n : card.revision,
    seen: seenOn(card),
    // A form has the text in it; a button on the card, and a page of pictures, do not.
    ...(inputs['text'] === undefined ? { keepsDays: true } : {}),
  };
  const did = await give(press, { command: 'post.revise', params, more: JSON.stringify(inputs) });
  return did.done || did.refusal.refused === 'nothing-changed'
    ? afterSaving(did, form, press)
    : afterRefusal(did, form, press);
};

/** What the edit form says. */
interface FilledIn {
  readonly inputs: Inputs;
  /** the time that is planned by now, where nobody touched another one that stood in the form */
  readonly moved: TimeMoved | undefined;
  /** whether it says what stands, but for what was typed in it */
  readonly isOfNow: boolean;
  readonly written: ReturnType<typeof writtenOf>;
  /** the same, with the time where the form asked for that */
  readonly timed: Parameters<typeof unwritable>[1];
  /** what is wrong beside each field */
  readonly errors: Readonly<Record<string, string>>;
}

function filledIn({ post, card, inputs: given, turn, desk }: Press): FilledIn {
  const moved = timeMoved(post, card, given);
  const inputs = moved === undefined ? given : { ...given, when: typedForm(post.when) };
  const when = timeField(inputs['when'], turn, parseTypedTime);
  const begins = valueOf(when)?.at;
  const until = timeField(inputs['until'], turn, (typed, now) => parseUntil(typed, now, begins));
  const shownAt = timeField(inputs['youtube-at'], turn, parseTypedTime);
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
  return { inputs, moved, isOfNow, written, timed, errors };
}

/** The form once more, with what is wrong with it and what saving it costs: drawn anew, its next press knows of that. */
function askedOnceMore(
  { inputs, moved, isOfNow, errors }: FilledIn,
  { post, card, turn, desk }: Press,
): Reply {
  const since = isOfNow ? wentOn(post, seenOn(card)) : refusePost('edited-since', {});
  const cost =
    since !== undefined
      ? [notSavedYet(since, post, turn, desk, { view: 'edit', typed: inputs })]
      : moved !== undefined && moved.at === undefined
        ? [timeOffCostWords(post, goesOnEdited(post, turn.person, desk.rules()))]
        : [];
  return withNotice({ show: 'post', post, view: 'edit', errors, typed: inputs }, [
    ...(moved === undefined ? [] : [timeMovedWords(moved, turn.now)]),
    ...cost,
  ]);
}

/** What was saved, or was saved already: the post as it stands, or the next of its pictures that are asked about. */
function afterSaving(did: Did, { inputs, moved }: FilledIn, { post, turn, desk }: Press): Reply {
  const now = did.post ?? post;
  const time = moved?.at === undefined ? [] : [timeStaysWords(moved.at, turn.now)];
  // Of the pictures that are asked about next, those stand earlier now before which one was taken out.
  const gone = did.done ? post.revision.media.length - did.post.revision.media.length : 0;
  const then = pageIn(inputs['then']) - gone;
  if (then > 0 && then <= now.revision.media.length)
    return withNotice({ show: 'post', post: now, view: 'pictures', page: then }, time);
  if (!did.done) return withNotice(shownAs(now, 'main'), time);
  const left = endLeftBy(post.revision, now.revision, publishTime(now.when, turn.now), desk.rules());
  const { until: end } = now.revision;
  const unnamed = left?.is === 'unnamed' && end !== undefined ? [endUnnamedWords(end.at, turn.now)] : [];
  return withNotice(shown(did, turn, desk), [...time, ...unnamed]);
}

/** Why it was not saved, on the page that was pressed. */
function afterRefusal(
  { refusal, post }: Extract<Did, { readonly done: false }>,
  { inputs, moved }: FilledIn,
  { turn, desk }: Press,
): Reply {
  const page = pageIn(inputs['page']);
  if (page === 0) {
    const late = answered(refusal, post, turn, desk, { view: 'edit', typed: inputs });
    return withNotice(late, moved === undefined ? [] : [timeMovedWords(moved, turn.now)]);
  }
  const reply = answered(refusal, post, turn, desk, { view: 'pictures', typed: inputs });
  return reply.show === 'post' && reply.view === 'pictures' ? { ...reply, page } : reply;
}

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
async function overtaken({ post, inputs, turn, desk }: Press): Promise<Reply> {
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

/** Whether a form says what stands, but for what was typed in it: captions alone may have come since it was drawn. */
const isOfPresent = (post: PostState, card: OnPost): boolean =>
  card.revision === post.revision.n || card.written === nameOfWritten(post.revision);

const pageIn = (typed: string | undefined): number => z.coerce.number().int().min(0).catch(0).parse(typed);

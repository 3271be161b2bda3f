import { z } from 'zod';
import type { ChosenWay } from '../dispatch/put-right.ts';
import { endIsAsked, waysFor } from '../posts/correcting/correction-ways.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import type { PlannedTime } from '../posts/writing/revision.ts';
import { longestOn } from '../protocol/rules/len.ts';
import { weigh } from '../protocol/text/length.ts';
import { parseUntil } from '../protocol/typed-time.ts';
import { twoEndsWords } from '../words/correction-form.ts';
import { correctionReply } from '../words/corrections.ts';
import { isAnotherEnd, isBlockedCorrection, isDescribedNowhere } from '../posts/refusals.ts';
import { meant } from '../protocol/london.ts';
import { refusalWords } from '../words/refusals.ts';
import { blockedCorrectionWords } from '../words/where-found.ts';
import { answered, shown } from './answered.ts';
import { aboutEnd, inputAboutEnd, namedEnd } from './cards/named-end.ts';
import { typedForm } from './cards/typed-form.ts';
import { correctionForm } from './correction-form.ts';
import type { Millis } from '../core/time.ts';
import type { Desk } from './desk.ts';
import { pagesBehind } from './linked-pages.ts';
import { pictureInputs } from './picture-inputs.ts';
import { timeField, type Field } from './time-field.ts';
import { give, type Meaning, type OnPost, type Press } from './press.ts';
import type { Reply } from './reply.ts';
import type { Inputs } from './turn.ts';
import { chosenWays } from '../dispatch/put-right.ts';

/** The form of a correction: what was typed is asked for, or comes back with what is wrong beside its field. */
export const askForCorrection: Meaning = async (press) => {
  const { post, card, inputs, turn, desk } = press;
  const apart = answersApart(press);
  if (apart !== undefined) return await askedAnew(post, apart.end, apart.words, inputs, desk);
  const until = endIn(press);
  if (!until.ok) return await correctionForm(post, desk, { typed: inputs, errors: { until: until.words } });
  const params = { ...askedIn(post, inputs, desk), ...until.value, from: card.revision };
  const pages = await pagesBehind({ ...post.revision, text: params.text }, desk);
  const did = await give(press, {
    command: 'post.correct',
    params: { ...params, ...pages },
    more: JSON.stringify(params),
  });
  if (did.done) return shown(did, turn, desk);
  if (isAnotherEnd(did.refusal) && did.post !== undefined) {
    const { end } = did.refusal.facts;
    const { words } = refusalWords(did.refusal, desk.rules(), turn.now);
    return await askedAnew(did.post, end, words, inputs, desk);
  }
  if (isBlockedCorrection(did.refusal)) {
    const { descriptions, ...fields } = blockedCorrectionWords(
      did.refusal.facts,
      post.revision.media,
      desk.rules(),
    );
    const errors = { ...fields, ...besideMedia(descriptions) };
    return await correctionForm(post, desk, { typed: inputs, errors });
  }
  if (isDescribedNowhere(did.refusal)) {
    const { words } = refusalWords(did.refusal, desk.rules(), turn.now);
    const { media } = did.refusal.facts;
    const errors = besideMedia(
      post.revision.media.map((_medium, place) => (media.includes(place) ? words : '')),
    );
    return await correctionForm(post, desk, { typed: inputs, errors });
  }
  const reply = answered(did.refusal, did.post, turn, desk, { view: 'correct', typed: inputs });
  if (reply.show !== 'post' || reply.view !== 'correct') return reply;
  const { show: _show, post: current, view: _view, ...more } = reply;
  return await correctionForm(current, desk, more);
};

/** What is wrong with descriptions, by the inputs of their media. */
const besideMedia = (words: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(words.map((each, place) => [pictureInputs(place).alt, each]));

/** The form once more, with the question about an end that its words name without an answer. */
async function askedAnew(
  post: PostState,
  end: Millis,
  words: string,
  inputs: Inputs,
  desk: Desk,
): Promise<Reply> {
  const typed = { ...inputs, [namedEnd]: inputAboutEnd({ end, is: 'asked' }) };
  return await correctionForm(post, desk, { typed, errors: { [namedEnd]: words } });
}

/** Where somebody has answered when it ends and typed another end than stood beside that: which counts nobody can tell. */
function answersApart({
  post,
  card,
  inputs,
  turn,
  desk,
}: Press): { readonly end: Millis; readonly words: string } | undefined {
  const named = aboutEnd(inputs[namedEnd]);
  const typed = inputs['until']?.trim();
  if (named === undefined || named.is === 'asked' || typed === undefined) return undefined;
  if (!endIsAsked(post, desk.rules())) return undefined;
  if (named.is === 'then' && isUntouched(post, card, typed)) return undefined;
  const read = timeField(typed, turn, parseUntil);
  // What nobody can read is said beside its own field.
  if (!read.ok) return undefined;
  const { end, is } = named;
  const at = read.value?.at ?? null;
  return (at === end) === (is === 'then')
    ? undefined
    : { end, words: twoEndsWords({ end, is }, at, turn.now) };
}

/** Whether the end that was typed is the one that stood in the form. */
const isUntouched = ({ revision }: PostState, card: OnPost, typed: string): boolean =>
  typed === (card.end ?? typedForm(revision.until));

/** What the form asks for. */
function askedIn(post: PostState, inputs: Inputs, desk: Desk) {
  const { text = post.revision.text, what = '', headline, summary, 'youtube-title': videoTitle } = inputs;
  const ways = waysIn(inputs);
  const named = aboutEnd(inputs[namedEnd]);
  return {
    text,
    ...(headline === undefined ? {} : { headline }),
    ...(summary === undefined ? {} : { summary }),
    ...(videoTitle === undefined ? {} : { videoTitle }),
    descriptions: Object.fromEntries(
      post.revision.media.flatMap((_medium, place): [string, string][] => {
        const typed = inputs[pictureInputs(place).alt];
        return typed === undefined ? [] : [[String(place), typed]];
      }),
    ),
    what,
    reply: replyFor(post, ways, what, text, desk.rules()),
    ways,
    ...(named?.is === 'not-then' ? { notThen: named.end } : {}),
    ...(inputs['ends'] === 'ends' ? { ends: true as const } : {}),
  };
}

/** When it ends, where the form asks that: as its text says where that was chosen, else what stands is kept as it is, be it over, unless something else is typed. */
function endIn({ post, card, inputs, turn, desk }: Press): Field<{ readonly until?: PlannedTime | null }> {
  const { until } = post.revision;
  const named = aboutEnd(inputs[namedEnd]);
  const typed = inputs['until']?.trim();
  const isAsked = typed !== undefined && endIsAsked(post, desk.rules());
  if (named?.is === 'then' && (!isAsked || isUntouched(post, card, typed)))
    return { ok: true, value: { until: meant(named.end) } };
  if (!isAsked || typed === typedForm(until)) return { ok: true, value: {} };
  const read = timeField(typed, turn, parseUntil);
  return read.ok ? { ok: true, value: { until: read.value ?? null } } : read;
}

/** What a reply says: with the right words, where that fits on every network that gets one. */
function replyFor(
  post: PostState,
  chosen: Readonly<Record<string, ChosenWay>>,
  what: string,
  right: string,
  rules: DeskRules,
): string {
  const whole = correctionReply(what, right);
  const fits = Object.entries(waysFor(post, chosen, rules)).every(([account, way]) => {
    const network = rules.accounts[account]?.network;
    if (way !== 'reply' || network === undefined) return true;
    return weigh(network, whole) <= (longestOn(network, rules) ?? Infinity);
  });
  return fits ? whole : correctionReply(what);
}
/** The ways that were chosen, by account. */
function waysIn(inputs: Inputs): Readonly<Record<string, ChosenWay>> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([id, value]): [string, ChosenWay][] => {
      const way = z.enum(chosenWays).safeParse(value);
      return id.startsWith('way:') && way.success ? [[id.slice('way:'.length), way.data]] : [];
    }),
  );
}

import { nearest } from '../protocol/faults.ts';
import { asCommandWords, onlyFirstWords, severalCommands, yesOffer } from '../words/several.ts';
import type { Desk } from './desk.ts';
import { isCaptions } from './files.ts';
import { notice } from './notices.ts';
import { besidePhoto, leavesPhotoOut } from './beside-photo.ts';
import { photoSaid } from './photo.ts';
import type { Choice, Reply } from './reply.ts';
import type { Turn } from './turn.ts';
import {
  forResidents,
  fullSentence,
  isWrittenAsText,
  mayBeText,
  shortSentence,
  wordsIn,
} from './typed/as-text.ts';
import { areOfCaptions, captions, captionsAlone } from './typed/captions.ts';
import { picture, pictureFor } from './typed/picture.ts';
import { giveUpChannel, meansGivingUp } from './typed/use-channel.ts';
import { withLine } from './typed/besides.ts';
import { commandsOf } from './typed/several-commands.ts';
import { hold } from './typed/everything.ts';
import { readNumbers } from './typed/named-posts.ts';
import { typedCommands } from './typed/index.ts';
import { asCommand, isCommand } from './typed/is-command.ts';
import type { AskedFor } from './typed/typed-command.ts';
import { spoken } from './typed/manners.ts';
import { meant, notUnderstood } from './typed/meant.ts';
import { againOrText, isCounting, mentioned } from './typed/numbered.ts';
import { takenOut } from './typed/taken-out.ts';
import { otherWords, showing } from './typed/other-words.ts';

const names = typedCommands.map((each) => each.name);

/** What is typed as the first word, in small letters, and all that follows. */
function parted(typed: string): { readonly word: string; readonly rest: string } {
  const match = /^\/?(?<word>[\p{L}-]+)(?<rest>[\s\S]*)$/u.exec(typed);
  return {
    word: match?.groups?.['word']?.toLowerCase() ?? '',
    rest: match?.groups?.['rest']?.trim() ?? '',
  };
}

/** What may be done at once for whoever asks `could you`: a draft and a hold cost nobody anything, a list less. */
const done: ReadonlySet<string> = new Set(['propose', 'hold', ...showing]);

/** A command with good manners in front is the command; whoever only wonders is offered it. */
function withoutManners(text: string): string {
  const { how, asked } = spoken(text);
  const { word, rest } = parted(asked);
  const meant = how !== 'wonders' && (how !== 'asks' || done.has(word)) && isCommand(word, rest);
  return meant ? asked : text;
}

/** The command that words are, without good manners; undefined where they are none. */
export function commandIn(text: string): string | undefined {
  const typed = withoutManners(text.trim());
  const { word, rest } = parted(typed);
  return isCommand(word, rest) ? typed.replace(/^\//u, '') : undefined;
}

/** What words ask for, be it in words of their own, of what is more than to show something; as far as they say it. */
export function typedFor(text: string): AskedFor | undefined {
  const typed = withoutManners(text.trim());
  const meaning = commandIn(text) === undefined ? otherWords(typed, names) : undefined;
  const { word, rest } = parted(meaning?.means === 'do' ? meaning.words : typed);
  const command = isCommand(word, rest) ? typedCommands.find(({ name }) => name === word) : undefined;
  return command?.asksFor?.(rest);
}

/** So many words after a greeting may be small talk: `hello from Bootle`. */
const smallTalk = 3;

/** Whether what somebody typed is done without the photos that came with it. */
export function isDoneWithoutPhotos(text: string): boolean {
  const typed = withoutManners(text.trim());
  const { word, rest } = parted(typed);
  return typed !== '' && leavesPhotoOut(typed, word, rest);
}

/** Whether words in a Teams channel are done before their photo, which does not come from there, is sent after them. */
export function isDoneBeforePhoto(text: string): boolean {
  const typed = withoutManners(text.trim());
  const { word, rest } = parted(typed);
  return isDoneWithoutPhotos(text) || (word === 'propose' && rest !== '');
}

/** A command that was typed without the blank before `all`: `holdall`. */
function glued(word: string): string | undefined {
  const [, begins, all = ''] = /^(\p{L}+?)-?(all|everything)$/u.exec(word) ?? [];
  const name = names.find((each) => each === begins);
  return name === undefined ? undefined : asCommand(name, all);
}

/** Runs what somebody typed; a near miss is answered with the nearest command. */
export async function said(text: string, turn: Turn, desk: Desk): Promise<Reply> {
  const typed = withoutManners(text.trim());
  const { word, rest } = parted(typed);
  const command = typedCommands.find((each) => each.name === word);
  if (meansGivingUp(typed)) return await giveUpChannel.run(typed, turn, desk);
  const into = turn.files.length > 0 ? pictureFor(typed) : undefined;
  const withCaptions = turn.files.length > 0 && turn.files.every(({ name }) => isCaptions(name));
  if (into !== undefined) return await (withCaptions ? captions : picture).run(into, turn, desk);
  if (
    withCaptions &&
    (areOfCaptions(typed) || besidePhoto(typed, word, rest) === 'greeting') &&
    !isCommand(word, rest)
  )
    return await captionsAlone(turn, desk);
  const withPhoto = await photoSaid(typed, word, rest, turn, desk);
  if (withPhoto !== undefined) return withPhoto;
  const out = takenOut(spoken(typed).asked);
  if (out !== undefined) return await meant({ means: 'take-out', ...out }, typed, '', turn, desk);
  const either = turn.onButton === true ? undefined : eitherOr(typed, turn, desk);
  if (either !== undefined) return either;
  const again = turn.onButton === true ? undefined : await againOrText(typed, [typed], turn, desk);
  if (again !== undefined) return again;
  const several = turn.onButton === true ? undefined : await eachAlone(typed, turn, desk);
  if (several !== undefined) return several;
  if (command !== undefined) {
    const reply = await command.run(rest, turn, desk);
    return turn.onButton === true ? reply : await orText(reply, typed, turn, desk);
  }
  if (turn.files.length > 0 && typed === '') return notice('photo-in-own-chat', {});
  return await noCommand(typed, turn, desk);
}

/** Several commands in one message each get a button; holds in front of others wait for no press. */
async function eachAlone(typed: string, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const commands = commandsOf(typed);
  if (commands.length < 2) return undefined;
  const rests = commands
    .map((command) => parted(command))
    .map(({ word, rest }) => ({
      rest,
      isHold: word === 'hold' && readNumbers(rest) !== undefined,
    }));
  const next = rests.findIndex(({ isHold }) => !isHold);
  const holds = rests.slice(0, next < 0 ? rests.length : next);
  if (holds.length === 0) return { show: 'choice', ...severalCommands(commands) };
  const held = await hold.run(holds.map(({ rest }) => rest).join(' and '), turn, desk);
  const others = commands.slice(holds.length);
  if (others.length === 0) return held;
  const reply = withLine(held, onlyFirstWords(others));
  return reply.show === 'choice' ? { ...reply, offers: [...reply.offers, ...others.map(yesOffer)] } : reply;
}

/**
 * The questions with which words are answered that nothing is done by, with buttons that say them back; undefined where
 * they are a command, or are answered otherwise.
 */
export async function questionsOf(text: string, turn: Turn, desk: Desk): Promise<Questions | undefined> {
  const typed = withoutManners(text.trim());
  const reply = eitherOr(typed, turn, desk) ?? (await noCommand(typed, turn, desk));
  switch (reply.show) {
    case 'choice':
      return reply;
    case 'nearest':
      return { lines: [], offers: [reply.nearest, ...(reply.others ?? [])].map(yesOffer) };
    default:
      return undefined;
  }
}

type Questions = Pick<Choice, 'lines' | 'offers'>;

/** Answers words that are no command. */
async function noCommand(typed: string, turn: Turn, desk: Desk): Promise<Reply> {
  const { greets, asked } = spoken(typed);
  if (typed === '' || /^(?:\?|\/?start)$/iu.test(typed) || (greets && asked === ''))
    return { show: 'welcome' };
  // A bare number is a post.
  if (/^#?\d{1,9}$/u.test(asked)) {
    const show = typedCommands.find((each) => each.name === 'show');
    if (show !== undefined) return await show.run(asked, turn, desk);
  }
  const meaning = otherWords(typed, names);
  const sentence = withoutName(typed);
  if (meaning !== undefined) return await meant(meaning, typed, sentence, turn, desk);
  const first = parted(asked);
  const close = nearest(first.word, names);
  // `Proposal: The road is open.`
  const after = first.rest.replace(/^[:,]\s*/u, '');
  const whole = glued(first.word) ?? (close === undefined ? undefined : asCommand(close, after));
  const isCapital = /^\p{Lu}/u.test(sentence);
  const isSentence = wordsIn(asked) >= (isCapital ? shortSentence : fullSentence);
  const residents =
    isSentence && sentence !== '' && !isForCrier.test(sentence)
      ? forResidents(sentence, turn, desk)
      : undefined;
  if (whole !== undefined) {
    // `Proposed changes to parking are out`; a mark behind the word sets it off from the text.
    const isSetOff = /^\s*[:,]/u.test(first.rest);
    const isText =
      isCapital && !isSetOff && (close === 'propose' || isWrittenAsText(sentence, first.word, first.rest));
    const others = isText && residents !== undefined ? [`propose ${sentence}`] : [];
    return { show: 'nearest', typed: first.word, nearest: whole, ...(others.length === 0 ? {} : { others }) };
  }
  const named = await mentioned(asked, turn, desk);
  if (named !== undefined) {
    return residents !== undefined && isCapital
      ? { ...named, offers: [...named.offers, ...residents.offers] }
      : named;
  }
  if (greets && wordsIn(asked) <= smallTalk) return { show: 'welcome' };
  return residents ?? (await notUnderstood(typed, turn, desk));
}

/** What residents read may begin with a greeting, but with no name of Crier's: `Hi Crier, Moor Lane is shut`. */
const withoutName = (typed: string): string =>
  typed.replace(/^(?:(?:hi|hiya|hello|hey)[\s,]+)?@?crier[\s,;:.!–-]+/iu, '').trim();

/**
 * Of a post, or of whoever writes, one speaks to Crier: `has my post gone out?`, `who needs to approve this`, `also put it
 * on Instagram`, `I made a mistake`.
 */
const isForCrier =
  /^(?:\p{Ll}.*\?$|i am\b|i['\u2019]m\b|I (?:made|did|forgot|meant|need|want|cannot|can['\u2019]t) |(?:ask|tell|remind) )|^(?=\p{Ll}).*\b(?:(?:my|our|the|this|that)\s+(?:[\p{L}\p{N}]+\s+){0,4}(?:posts?|drafts?)|approves?\s+(?:it|this|that)|(?:put|post|send|share)\s+it)\b/su;

/** A sentence that begins as a command does, or that would be taken for a question to Crier: either may be meant. */
function eitherOr(typed: string, turn: Turn, desk: Desk): Choice | undefined {
  const { word, rest } = parted(typed);
  if (!isWrittenAsText(typed, word, rest)) return undefined;
  // A form that opens is a dead end for whoever counts lines; a hold is not, and says what it did.
  const isOpened = opening.has(word) && isCounting(rest);
  if (isCommand(word, rest) && !isOpened) return undefined;
  const isNamed = typedCommands.some(({ name }) => name === word);
  const meaning = isNamed ? undefined : otherWords(typed, names);
  const command = isNamed ? typed : meaning?.means === 'show' ? meaning.words : undefined;
  const name = typedCommands.find((each) => each.name === parted(command ?? '').word)?.name;
  const residents = command === undefined ? undefined : forResidents(typed, turn, desk);
  if (command === undefined || name === undefined || residents === undefined) return undefined;
  const { line, offer } = asCommandWords(name, command);
  return { ...residents, lines: [...residents.lines, line], offers: [...residents.offers, offer] };
}

/** Commands that open a post by its number, or ask before they do something with it. */
const opening: ReadonlySet<string> = new Set(
  'show edit correct why where picture captions cancel remove'.split(' '),
);

/** A command was answered with a question, or with a no: what is written as a sentence may be for residents. */
async function orText(reply: Reply, typed: string, turn: Turn, desk: Desk): Promise<Reply> {
  const { word, rest } = parted(typed);
  if (word === 'propose' || word === 'away') return reply;
  if (!(await mayBeText(typed, word, rest, turn, desk))) return reply;
  const offers = forResidents(typed, turn, desk)?.offers ?? [];
  if (offers.length === 0) return reply;
  switch (reply.show) {
    case 'choice':
      return { ...reply, offers: [...reply.offers, ...offers] };
    case 'notice':
      return { show: 'choice', title: reply.title, lines: [reply.words], offers };
    case 'stop':
      return reply.stop.is === 'asked' && reply.stop.unheeded !== ''
        ? { ...reply, stop: { ...reply.stop, instead: offers } }
        : reply;
    default:
      return reply;
  }
}

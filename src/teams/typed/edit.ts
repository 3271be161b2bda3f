import type { PostState } from '../../posts/post.ts';
import { isUnsent } from '../../posts/leaving/to-go-out.ts';
import { whyNotEdit } from '../../posts/writing/revise.ts';
import { unsentWalk } from '../../posts/deciding/seen-walk.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { cameToNothing, frontAnswer, type FrontAnswer } from '../../words/several.ts';
import { sayUntil } from '../../words/times.ts';
import { sayNotice } from '../../words/typed.ts';
import { plannedWords, timePassedWords } from '../../words/typed-times.ts';
import { answered } from '../answered.ts';
import { act, type Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { withLine } from './besides.ts';
import { leftOver } from './named-posts.ts';
import { emptyFront, frontOf } from './front.ts';
import {
  accountNames,
  frontSaid,
  passedBeside,
  standingOf,
  toldBy,
  undoneBy,
  type Told,
} from './front-said.ts';
import { openByNumber, unheeded } from './numbered.ts';
import { leftToAsk, marksBefore } from './proposal.ts';
import type { TypedCommand } from './typed-command.ts';

/** Opens the form of a post in its card. */
export const edit: TypedCommand = {
  name: 'edit',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'edit', async (post, after) => {
      const refusal = whyNotEdit(post, turn.person, desk.rules());
      if (refusal !== undefined) {
        const reply = answered(refusal, post, turn, desk);
        const words = leftOver(after);
        return words === '' ? reply : withLine(reply, cameToNothing(words));
      }
      const answer = frontAnswer(after);
      if (answer !== undefined) return await answerFront(post, answer, turn, desk);
      return { show: 'post', post, view: 'edit', ...unheeded(after) };
    }),
};

/**
 * Answers a button below a draft whose first or last words may have been for Crier. The card stands as long as the chat:
 * what has been sent or approved since, or says something else by now, is changed by nothing but its form, which says
 * what that costs.
 */
async function answerFront(post: PostState, answer: FrontAnswer, turn: Turn, desk: Desk): Promise<Reply> {
  const isOpen = isUnsent(post);
  const text = isOpen ? changedText(post.revision.text, answer) : undefined;
  const passed = answer.way === 'without' ? passedBeside(answer.words, turn, desk.rules()) : undefined;
  if (text !== undefined && passed !== undefined)
    return { show: 'post', post, view: 'edit', errors: { [passed]: timePassedWords } };
  if (text !== undefined) return await changeFront(post, answer, text, turn, desk);
  const { number } = post;
  const { words: notice } = sayNotice('front-unchanged', {
    number,
    words: answer.words,
    way: answer.way,
    because: isOpen ? 'text-changed' : 'moved-on',
  });
  return { show: 'post', post, view: 'edit', notice };
}

/** A text with words in front of it, or without them; undefined where it has been changed since that was offered. */
function changedText(text: string, { way, words, at, behind = '' }: FrontAnswer): string | undefined {
  if (way === 'with') return text.startsWith(words) ? undefined : `${words} ${text}`;
  if (at === 'at the end') return beforeWords(text, words)?.trimEnd();
  if (!text.startsWith(behind)) return undefined;
  const rest = text.slice(behind.length).trimStart();
  // `"urgent: The road is shut"` stands in its marks without these words as well
  const marks = afterWords(rest, words) === undefined ? marksBefore(rest) : '';
  const after = afterWords(rest.slice(marks.length), words);
  if (after === undefined) return undefined;
  const left = `${marks}${after.trimStart()}`;
  return behind === '' ? left : `${behind} ${left}`;
}

/** What stands behind words that begin a text; a button has a space where the text may have a line break. */
function afterWords(text: string, words: string): string | undefined {
  let rest = text;
  for (const word of words.split(/\s+/u)) {
    rest = rest.trimStart();
    if (!rest.startsWith(word)) return undefined;
    rest = rest.slice(word.length);
  }
  return rest;
}

/** What stands before words that end a text, in the same way. */
function beforeWords(text: string, words: string): string | undefined {
  let rest = text;
  for (const word of words.split(/\s+/u).reverse()) {
    rest = rest.trimEnd();
    if (!rest.endsWith(word)) return undefined;
    rest = rest.slice(0, rest.length - word.length);
  }
  return rest;
}

/** Takes words out of a text and does what they say, or puts them there and undoes it. */
async function changeFront(
  post: PostState,
  answer: FrontAnswer,
  text: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const rules = desk.rules();
  const { way, words } = answer;
  const standing = standingOf(post);
  const told: Told =
    way === 'without' ? toldBy(words, standing, turn, rules) : undoneBy(words, standing, rules);
  const { department, ...becomes } = told;
  if (department !== undefined) {
    const did = await act(desk, {
      command: 'post.choose-department',
      post: post.id,
      params: { department },
      person: turn.person,
      key: `${turn.key}|department`,
    });
    if (!did.done) return answered(did.refusal, did.post, turn, desk);
  }
  const { n: from, by: _by, at: _at, ...written } = post.revision;
  const variants = way === 'without' ? withoutWords(written.variants, answer) : written.variants;
  const did = await act(desk, {
    command: 'post.revise',
    post: post.id,
    params: { ...written, text, variants, ...becomes, from, seen: unsentWalk, keepsDays: true },
    person: turn.person,
    key: turn.key,
  });
  if (!did.done) return answered(did.refusal, did.post, turn, desk);
  const { revision, number } = did.post;
  const own = Object.keys(variants).filter((account) => variants[account] !== written.variants[account]);
  const front = frontOf(words, rules) ?? emptyFront;
  const said = sayNotice('front-changed', {
    number,
    begins: firstWords(revision.text, 60),
    urgency: revision.urgency,
    was: standing.urgency,
    ...(becomes.accounts === undefined && front.accounts.length + front.without.length === 0
      ? {}
      : { accounts: accountNames(revision.accounts, rules) }),
    ...(becomes.when === undefined ? {} : { planned: plannedWords(did.post.when, turn.now) }),
    ...(becomes.until === undefined ? {} : { ends: sayUntil(becomes.until.at, turn.now) }),
    ...(own.length === 0 ? {} : { own: accountNames(own, rules) }),
  });
  const more = stillToAsk(did.post, answer, turn, desk);
  return more === undefined
    ? { show: 'notice', ...said }
    : { ...more, title: said.words, lines: [more.title, ...more.lines] };
}

/** The own texts of accounts, without the words where they begin or end with them as well. */
const withoutWords = (
  variants: Readonly<Record<string, string>>,
  answer: FrontAnswer,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(variants).map(([account, own]) => [account, changedText(own, answer) ?? own]),
  );

/** The answer stands where the question was, so that it asks all that is open still: of these words, or of what they hid. */
function stillToAsk(post: PostState, { way, words, ...answer }: FrontAnswer, turn: Turn, desk: Desk) {
  const { text } = post.revision;
  const behind = way === 'with' ? words : answer.behind;
  const { taken } = answer;
  const before = [words, behind, taken].filter((each) => each !== undefined);
  const rest = behind === undefined ? text : text.slice(behind.length).trimStart();
  const rules = desk.rules();
  return frontSaid(
    standingOf(post),
    {
      ...leftToAsk(rest, before, turn.person, rules),
      ...(taken === undefined ? {} : { taken }),
      ...(behind === undefined ? {} : { behind }),
    },
    turn,
    rules,
  );
}

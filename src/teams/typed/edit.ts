import type { PostState } from '../../posts/post.ts';
import { defaultAccounts } from '../../posts/propose.ts';
import { whyNotEdit } from '../../posts/revise.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { plannedWords, sayNotice } from '../../words/typed.ts';
import { answered } from '../answered.ts';
import { act, type Desk } from '../desk.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { frontSaid, toldBy } from './front-said.ts';
import { openByNumber, unheeded } from './numbered.ts';
import { readProposal } from './proposal.ts';
import type { TypedCommand } from './typed-command.ts';

/** As the buttons say it below a draft whose first or last words may have been for Crier. */
const ofFront = /^(?<way>with|without) "(?<words>[\s\S]{1,300})" (?<at>in front|at the end)$/u;

/** Opens the form of a post in its card. */
export const edit: TypedCommand = {
  name: 'edit',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'edit', async (post, after) => {
      const refusal = whyNotEdit(post, turn.person, desk.rules());
      if (refusal !== undefined) return answered(refusal, post, turn, desk);
      const { way, words, at } = ofFront.exec(after)?.groups ?? {};
      const text = words === undefined ? undefined : changedText(post.revision.text, way, words, at);
      if (words !== undefined && text !== undefined)
        return await changeFront(post, { words, text, isTold: way === 'without' }, turn, desk);
      return { show: 'post', post, view: 'edit', ...(words === undefined ? unheeded(after) : {}) };
    }),
};

/** A text with words in front of it, or without them; undefined where it has been changed since that was offered. */
function changedText(
  text: string,
  way: string | undefined,
  words: string,
  at: string | undefined,
): string | undefined {
  if (at === 'at the end') return text.endsWith(words) ? text.slice(0, -words.length).trimEnd() : undefined;
  const begins = text.startsWith(words);
  if (way === 'with') return begins ? undefined : `${words} ${text}`;
  return begins ? text.slice(words.length).trimStart() : undefined;
}

/** Takes words out of a text and does what they say, or puts them there and undoes it. */
async function changeFront(
  post: PostState,
  { words, text, isTold }: { readonly words: string; readonly text: string; readonly isTold: boolean },
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const rules = desk.rules();
  const { department, urgency, accounts, when } = toldBy(words, post.department, turn, rules);
  if (isTold && department !== undefined) {
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
  const did = await act(desk, {
    command: 'post.revise',
    post: post.id,
    params: {
      ...written,
      text,
      ...(urgency === undefined ? {} : { urgency: isTold ? urgency : 'normal' }),
      ...(accounts === undefined
        ? {}
        : { accounts: isTold ? accounts : defaultAccounts(post.department, rules) }),
      ...(when === undefined || !isTold ? {} : { when }),
      from,
    },
    person: turn.person,
    key: turn.key,
  });
  if (!did.done) return answered(did.refusal, did.post, turn, desk);
  const { revision, number } = did.post;
  const said = sayNotice('front-changed', {
    number,
    begins: firstWords(revision.text, 60),
    urgency: revision.urgency,
    ...(when === undefined || !isTold ? {} : { planned: plannedWords(did.post.when, turn.now) }),
  });
  // The answer stands where the question was, which may have had another part.
  const { text: read, taken: _unsaid, ...left } = readProposal(revision.text, turn.person, rules);
  const more = isTold && read === revision.text ? frontSaid(did.post, left, turn, rules) : undefined;
  return more === undefined
    ? { show: 'notice', ...said }
    : { ...more, title: said.words, lines: [more.title, ...more.lines] };
}

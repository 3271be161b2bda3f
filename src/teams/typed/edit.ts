import type { PostState } from '../../posts/post.ts';
import { defaultAccounts } from '../../posts/propose.ts';
import { whyNotEdit } from '../../posts/revise.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { answered } from '../answered.ts';
import { act, type Desk } from '../desk.ts';
import { notice } from '../notices.ts';
import type { Reply } from '../reply.ts';
import type { Turn } from '../turn.ts';
import { toldBy } from './front-said.ts';
import { openByNumber, unheeded } from './numbered.ts';
import type { TypedCommand } from './typed-command.ts';

/** As the buttons say it below a draft whose first words may have been for Crier. */
const ofFront = /^(?<way>with|without) "(?<words>[\s\S]{1,300})" in front$/u;

/** Opens the form of a post in its card. */
export const edit: TypedCommand = {
  name: 'edit',
  run: async (rest, turn, desk) =>
    await openByNumber(rest, turn, desk, 'edit', async (post, after) => {
      const refusal = whyNotEdit(post, turn.person, desk.rules());
      if (refusal !== undefined) return answered(refusal, post, turn, desk);
      const { way, words } = ofFront.exec(after)?.groups ?? {};
      const begins = words !== undefined && post.revision.text.startsWith(words);
      if (words !== undefined && begins === (way === 'without'))
        return await changeFront(post, words, way === 'without', turn, desk);
      return { show: 'post', post, view: 'edit', ...(words === undefined ? unheeded(after) : {}) };
    }),
};

/** Takes words off the front of a text and does what they say, or puts them there and undoes it. */
async function changeFront(
  post: PostState,
  words: string,
  isTold: boolean,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const rules = desk.rules();
  const { department, urgency, accounts } = toldBy(words, post.department, turn.person, rules);
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
  const text = isTold ? written.text.slice(words.length).trimStart() : `${words} ${written.text}`;
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
      from,
    },
    person: turn.person,
    key: turn.key,
  });
  if (!did.done) return answered(did.refusal, did.post, turn, desk);
  const { revision, number } = did.post;
  return notice('front-changed', {
    number,
    begins: firstWords(revision.text, 60),
    urgency: revision.urgency,
  });
}

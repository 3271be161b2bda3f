import { expect, test } from 'vitest';
import { isRefusal } from '../../../src/core/change.ts';
import type { Copy, PostState } from '../../../src/posts/post.ts';
import { send } from '../../../src/posts/deciding/send.ts';
import { timeCame } from '../../../src/posts/deciding/timers.ts';
import { tellWords } from '../../../src/words/told.ts';
import { now, rules } from '../../fixtures/cards/rules.ts';
import { posts } from '../../fixtures/cards/posts.ts';

const at = (activityId: string): Copy['posted'] & object => ({ activityId, conversationId: 'somewhere' });
const inChannel: Copy = {
  key: 'channel:desk',
  to: { kind: 'teams-channel', of: 'desk' },
  posted: at('1'),
  shown: 1,
};
const { posted: _nowhere, ...notPosted } = inChannel;
const own = (person: string, more: Pick<Copy, 'posted' | 'unreachable'>): Copy => ({
  key: `person:${person}`,
  to: { kind: 'person', person },
  shown: 0,
  ...more,
});
const [ellen, joseph] = ['ellen-rimmer', 'joseph-adeyemi'];

/** For whom a line is to stand in the desk's Teams channel once the post has been sent. */
function told(copies: readonly Copy[]): unknown {
  const post: PostState = { ...posts.sentBack, copies };
  const sent = send.decide(
    post,
    {},
    {
      now,
      id: post.id,
      actor: { by: 'person', person: post.author },
      protocol: rules,
      newId: (prefix) => `${prefix}-1`,
    },
  );
  if (isRefusal(sent)) throw new Error(sent.refused);
  return sent.effects.find(({ key }) => key === 'tell-channel:desk')?.data;
}

test('a line in the Teams channel is for those who are asked and have no card of their own, once there is one there', () => {
  const people = [own(ellen, { posted: at('2') }), own(joseph, { unreachable: true })];
  expect(told([inChannel, ...people])).toEqual({ of: 'desk', people: [joseph] });
  // Who has had no card yet may turn out to be reached nowhere else.
  expect(told([inChannel])).toEqual({ of: 'desk', people: [ellen, joseph] });
  expect(
    told([inChannel, ...people.map(({ to, key }) => ({ to, key, shown: 0, posted: at('3') }))]),
  ).toBeUndefined();
  // A card that is new there comes with a sound.
  expect(told([notPosted, ...people])).toBeUndefined();
  expect(told(people)).toBeUndefined();
});

test('who is asked as well about a correction that has waited long reads why, and who was asked from the start is reminded', () => {
  const { correction } = posts.correctionWaits;
  if (correction === undefined) throw new Error('no correction waits');
  const claire = 'claire-whitworth';
  const stages = correction.review.stages.map((stage) => ({ ...stage, escalateTo: [claire] }));
  const post: PostState = {
    ...posts.correctionWaits,
    correction: { ...correction, review: { ...correction.review, stages } },
  };
  const came = timeCame.decide(
    post,
    { what: 'correction', review: correction.review.id },
    { now, id: post.id, actor: { by: 'crier' }, protocol: rules, newId: (prefix) => `${prefix}-1` },
  );
  if (isRefusal(came)) throw new Error(came.refused);
  const about = (person: string): unknown =>
    came.effects.filter(({ key }) => key.startsWith(`tell:${person}:`)).map(({ data }) => data);
  expect(about(claire)).toEqual([{ person: claire, about: 'escalated' }]);
  expect(about(ellen)).toEqual([{ person: ellen, about: 'reminder' }]);
  expect(tellWords(came.state, 'escalated', claire, rules, now)).toMatch(
    /^A correction of #\d+ \(Highways\) has waited long, so you are asked as well\. Type/u,
  );
});

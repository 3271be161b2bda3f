import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postKind } from '../../../src/posts/kind.ts';
import { meantBy, personalTexts, readTexts } from '../../../src/posts/writing/personal.ts';
import { freeze } from '../../../src/posts/writing/plan.ts';
import type { Correction, PostState } from '../../../src/posts/post.ts';
import type { Revision, Video } from '../../../src/posts/writing/revision.ts';
import { redactPost } from '../../../src/posts/erasing/redact.ts';
import { picture, posts, sent, video } from '../../fixtures/cards/posts.ts';
import { now, rules } from '../../fixtures/cards/rules.ts';

/** A revision of which every text is another one, to be found again wherever it stands. */
const marked = (mark: string, by: string, n: number): Revision => ({
  ...posts.published.revision,
  n,
  by,
  text: `${mark}Text runs`,
  variants: { 'facebook-main': `${mark}Own runs` },
  accounts: ['x-main', 'facebook-main', 'website', 'youtube-main'],
  headline: `${mark}Headline runs`,
  summary: `${mark}Summary runs`,
  youtube: { title: `${mark}Title runs`, privacy: 'public', playlist: '' },
  quote: `https://x.com/${mark}Quote/status/17`,
  media: [1, 2].map((number) => ({
    ...picture(`${mark}Alt${String(number)} runs`),
    recognised: { who: 'children', form: `${mark}Form${String(number)} runs` },
    origin: { whose: 'permitted', from: `${mark}From${String(number)} runs` },
  })),
});

const quoting = (of: Revision): PostState['findings'] =>
  Object.values(personalTexts(of))
    .filter((text) => !/(?:Form|From)\d/u.test(text))
    .map((text) => ({
      rule: 'WORDS',
      breach: 'warn',
      clause: '4.1',
      code: 'word',
      facts: { text },
      spots: [],
    }));

const right = marked('right', 'ellen-rimmer', 3);
const plan = freeze(right, 'Highways', rules);
const correction: Correction = {
  revision: right,
  plan,
  what: 'wrongWhat runs',
  by: 'ellen-rimmer',
  at: now,
  review: sent(),
  findings: quoting(right),
  reply: `wrongWhat runs ${right.text}`,
  ways: { 'x-main': 'again' },
  applied: { by: 'joseph-adeyemi', at: now, parts: { 'x-main.r3': 'failed' } },
};

/** Our own page of it, which had its headline in its address. */
const url = 'https://news.sefton.example/news/142-nowheadline-runs';
const gone = { is: 'removed', remote: { remoteId: '142', url }, at: now } as const;

/** A post in one of the states that there are, with everything in it that an erasure may mean. */
function full(post: PostState, corrects: boolean): PostState {
  const revision = marked('now', 'ellen-rimmer', 2);
  const said = { by: 'priya-desai', at: now };
  const parts = [...freeze(revision, 'Highways', rules).parts, ...(corrects ? plan.parts : [])];
  const { status } = post;
  const planned =
    status.is === 'taken-down'
      ? { ...status, plan: { ...status.plan, parts }, publications: { 'website.0': gone } }
      : 'plan' in status
        ? { ...status, plan: { ...status.plan, parts } }
        : status;
  return {
    ...post,
    revision,
    serviceWrote: marked('once', 'nadia-hartley', 1),
    findings: quoting(corrects ? right : revision),
    ...(corrects ? { correction } : {}),
    corrected: [{ what: 'earlierWhat runs', at: now, by: 'tom-ashcroft', approvedBy: 'ellen-rimmer' }],
    earlier: [{ by: 'nadia-hartley', at: now, texts: readTexts(marked('before', 'nadia-hartley', 1)) }],
    correctionOver: { by: 'ellen-rimmer', at: now, what: 'overWhat runs' },
    madeNowhere: [
      {
        what: 'nowhereWhat runs',
        text: 'nowhereText runs',
        by: 'ellen-rimmer',
        askedAt: now,
        approvedBy: 'tom-ashcroft',
        at: now,
        review: correction.review,
        answers: { 'x-main': 'busy' },
      },
    ],
    notMade: {
      by: 'ellen-rimmer',
      text: 'vainText runs',
      others: { headline: 'vainHeadline runs', 'alt-1': 'vainAlt runs' },
    },
    correctionRefused: { ...said, note: 'refusedNote runs' },
    restRefused: { ...said, note: 'restNote runs' },
    past: [
      { ...said, did: 'sent-back', note: 'backNote runs' },
      {
        ...said,
        did: 'by-hand',
        part: 'x-main.0',
        what: 'post',
        done: false,
        asked: true,
        note: 'handNote runs',
      },
    ],
    status: 'note' in planned ? { ...planned, note: 'statusNote runs' } : planned,
  };
}

/** Every text that stands in a post, by the name that an erasure calls it by. */
const textsIn = (post: PostState): readonly (readonly [string, string])[] => [
  ...[post.revision, post.serviceWrote, post.correction?.revision].flatMap((revision) =>
    revision === undefined ? [] : Object.entries(personalTexts(revision)),
  ),
  ...(post.earlier ?? []).flatMap(({ texts }) => Object.entries(texts)),
  ...[...JSON.stringify(post).matchAll(/\w+Note runs/gu)].map(([note]): [string, string] => ['note', note]),
  ['what', 'earlierWhat runs'],
  ['what', 'wrongWhat runs'],
  ['what', 'nowhereWhat runs'],
  ['text', 'nowhereText runs'],
  ['text', 'vainText runs'],
  ...Object.entries(post.notMade?.others ?? {}),
];

const names = [...new Set(textsIn(full(posts.published, true)).map(([name]) => name))];
const fixtures: readonly PostState[] = Object.values(posts);

test('an erasure of some texts leaves none of them anywhere in what is stored of the post', () => {
  expect(names).toHaveLength(14);
  fc.assert(
    fc.property(
      fc.nat(fixtures.length - 1),
      fc.boolean(),
      fc.oneof(
        fc.constantFrom(...names).map((name) => [name]),
        fc.subarray(names, { minLength: 1 }),
      ),
      (which, corrects, chosen) => {
        const fixture = fixtures[which];
        if (fixture === undefined) throw new Error('no fixture');
        const post = full(fixture, corrects);
        const erased = meantBy(chosen, names);
        const { state } = redactPost(post, { clause: '7.1', names: erased }, now);
        const left = JSON.stringify([state, postKind.index(state), postKind.words?.(state)]).toLowerCase();
        for (const [name, text] of textsIn(post)) {
          const [first = ''] = text.toLowerCase().split(' ');
          if (erased.includes(name)) expect(left).not.toContain(first);
        }
        expect(postKind.parse(JSON.parse(JSON.stringify(state)), postKind.form)).toEqual(state);
      },
    ),
    { numRuns: 400 },
  );
});

test('an erasure of notes and answers leaves the words and what is to go out as they are', () => {
  const post = full(posts.published, true);
  const { state } = redactPost(post, { clause: '7.1', names: ['note', 'form-1', 'from-2'] }, now);
  expect(state.revision.text).toBe(post.revision.text);
  expect(state.findings).toEqual(post.findings);
  expect(state.correction).toMatchObject({ what: correction.what, plan });
  expect('plan' in state.status ? state.status.plan.parts : []).toContainEqual(plan.parts[0]);
  expect(state.erased).toMatchObject([{ what: ['answers', 'notes'] }]);
});

test('an erasure of the pictures takes what was said of them along, and what was to go out', () => {
  const erased = meantBy(['media'], names);
  expect(erased.toSorted()).toEqual(['alt-1', 'alt-2', 'form-1', 'form-2', 'from-1', 'from-2', 'media']);
  const { state } = redactPost(full(posts.published, false), { clause: '7.1', names: erased }, now);
  expect(state.revision.media).toEqual([]);
  expect(JSON.stringify(state)).not.toMatch(
    /(?:Alt|Form|From)\d runs|rGWmZ7pC0kq3oI2cXx1bYkq0s9c2Vq4n8mT5h6JfK3Q/u,
  );
  expect(state.erased).toMatchObject([
    { what: ['earlier', 'media', 'descriptions', 'answers', 'corrections'] },
  ]);
});

test('a post of which the captions were erased is read again from the store', () => {
  const captions: Video['captions'] = {
    as: 'file',
    hash: 'cGWmZ7pC0kq3oI2cXx1bYkq0s9c2Vq4n8mT5h6JfK3Q',
    contentType: 'text/vtt',
    language: 'en-GB',
    words: 'The new library is open.',
  };
  const { status: _status, ...draft } = posts.draft;
  const post: PostState = {
    ...draft,
    status: { is: 'draft' },
    revision: { ...draft.revision, media: [video(captions)] },
  };
  const { state } = redactPost(post, { clause: '7.1', names: ['captions'] }, now);
  expect(state.erased).toMatchObject([{ what: ['captions'] }]);
  expect(postKind.parse(JSON.parse(JSON.stringify(state)), postKind.form)).toEqual(state);
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hours } from '../../../src/core/time.ts';
import { findingsOf } from '../../../src/posts/writing/draft.ts';
import { mostWritten, tooMuchWritten } from '../../../src/posts/writing/how-much.ts';
import { describedMedium, longestAlt } from '../../../src/posts/writing/medium.ts';
import { freeze } from '../../../src/posts/writing/plan.ts';
import { readTexts } from '../../../src/posts/writing/personal.ts';
import type { PostState, Step } from '../../../src/posts/post.ts';
import type { Medium, Revision } from '../../../src/posts/writing/revision.ts';
import { parseProtocol } from '../../../src/protocol/parse.ts';
import { heldCard } from '../../../src/teams/cards/list-cards.ts';
import { stopCard, type ComingDown, type OnItsWay } from '../../../src/teams/cards/stop-card.ts';
import { postCard, postViews, type PostView } from '../../../src/teams/cards/post-card.ts';
import { divide, largestMessage, sizeOf } from '../../../src/teams/cards/room.ts';
import { paragraphs } from '../../../src/teams/cards/text.ts';
import type { Viewer } from '../../../src/teams/cards/viewer.ts';
import { picture, posts, route } from '../../fixtures/cards/posts.ts';
import { now } from '../../fixtures/cards/rules.ts';

const parsed = parseProtocol(readFileSync(new URL('../../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const rules = { ...parsed.protocol, away: {} };
const accounts = Object.keys(rules.accounts);

/** What people write, and what makes a card large: many lines, marks that JSON writes as two, long links. */
const stretch = fc.constantFrom(
  'The library in Bootle is open again from Monday, and everybody is welcome. ',
  'Call 07700 900123 or write to jo.bloggs@example.com, who lives at 12 Acacia Avenue, L20 3NJ. ',
  'line\n',
  '\n',
  '"\\"',
  '{{DATE(2027-01-01)}}',
  '{{{{{{',
  '👨‍👩‍👧‍👦 ',
  'https://www.sefton.gov.uk/a-very-long-path/that-goes-on/and-on/and-on/page?with=a&query=too#there ',
  'Councillor Peregrine Thackwell deserves all the praise for it. ',
  '#HashTag ',
  'word',
);
/** Repeats of a few stretches, so much in all. */
const text = (most: number) =>
  fc
    .tuple(fc.array(stretch, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: most }))
    .map(([stretches, length]) => {
      const once = stretches.join('');
      return once
        .repeat(Math.ceil(length / once.length))
        .slice(0, length)
        .toWellFormed();
    });

/** As much as a post takes: what is above that is cut from the longest. */
function withinLimits(revision: Revision): Revision {
  let within = revision;
  while (tooMuchWritten(within) !== undefined) {
    const shorter = (words: string): string => words.slice(0, Math.floor(words.length * 0.9)).toWellFormed();
    within = {
      ...within,
      text: shorter(within.text),
      headline: shorter(within.headline),
      summary: shorter(within.summary),
      variants: Object.fromEntries(Object.entries(within.variants).map(([id, own]) => [id, shorter(own)])),
      media: within.media.map((medium) => ({ ...medium, alt: shorter(medium.alt) })),
    };
  }
  return within;
}

const { recognised: _who, origin: _whose, ...unanswered } = picture('');
const medium = fc
  .tuple(text(2_000), fc.boolean())
  .map(([alt, isAnswered]): Medium => (isAnswered ? picture(alt) : { ...unanswered, alt }));

const revision = fc
  .record({
    text: text(mostWritten),
    variants: fc
      .uniqueArray(fc.constantFrom(...accounts))
      .chain((own) =>
        fc
          .array(text(6_000), { minLength: own.length, maxLength: own.length })
          .map((texts) => Object.fromEntries(own.map((id, n) => [id, texts[n] ?? '']))),
      ),
    headline: fc.oneof(fc.constant(''), text(300)),
    summary: fc.oneof(fc.constant(''), text(1_000)),
    media: fc.array(medium, { maxLength: 10 }),
    thread: fc.boolean(),
  })
  .map(({ thread, ...written }): Revision =>
    withinLimits({
      n: 2,
      by: 'nadia-hartley',
      at: now,
      accounts,
      urgency: 'normal',
      flags: rules.flags.map(({ id }) => id),
      campaign: 'Winter gritting',
      ...written,
      ...(thread ? { thread } : {}),
    }),
  );

/** It went to and fro, each time with a note as long as one can be. */
const past = Array.from({ length: 5 }, (_, n): readonly Step[] => [
  { did: 'passed-on', by: 'ellen-rimmer', at: now - hours(60 - 10 * n) },
  { did: 'sent-back', by: 'priya-desai', at: now - hours(55 - 10 * n), note: 'Why "that"?\n'.repeat(180) },
  { did: 'changed', by: 'nadia-hartley', at: now - hours(53 - 10 * n) },
]).flat();

/** A revision in a state that shows as much as can be shown of it. */
function inState(
  is: 'draft' | 'asked' | 'by-hand' | 'correction',
  after: Revision,
  before: Revision,
): PostState {
  const found = findingsOf({ revision: after, department: 'highways' }, now, rules);
  const changed = { ...posts.atService, revision: after, findings: found, serviceWrote: before };
  const plan = freeze(after, 'Highways', rules);
  switch (is) {
    case 'draft':
      return { ...posts.draft, revision: after, findings: found, past };
    case 'asked':
      return { ...changed, past, deskChanged: { by: [{ person: 'ellen-rimmer', at: now }] } };
    case 'by-hand': {
      const { status } = posts.askedByHand;
      if (status.is !== 'publishing') throw new Error('the fixture is publishing');
      const byHand = plan.parts.slice(-3).map(({ key }) => key);
      return {
        ...posts.askedByHand,
        revision: after,
        status: { ...status, plan },
        byHand: Object.fromEntries(
          byHand.map((key) => [
            key,
            { what: 'post', people: ['ellen-rimmer'], since: now - hours(1), reminders: 0 },
          ]),
        ),
      };
    }
    case 'correction': {
      const { correction } = posts.correctionWaits;
      if (correction === undefined) throw new Error('the fixture has a correction');
      return {
        ...posts.correctionWaits,
        revision: before,
        earlier: Array.from({ length: 9 }, (_, n) => ({
          by: 'nadia-hartley',
          at: now - hours(9 - n),
          texts: readTexts(after),
        })),
        correction: { ...correction, what: 'It was wrong. '.repeat(35), revision: after },
      };
    }
  }
}

const viewers: readonly Viewer[] = [
  { kind: 'person', person: 'nadia-hartley' },
  { kind: 'person', person: 'ellen-rimmer' },
  { kind: 'person', person: 'priya-desai' },
];
const refreshFor = Array.from({ length: 60 }, (_, n) => `29:${String(n).padStart(3, '0')}${'x'.repeat(90)}`);
const options = {
  route,
  mediaUrl: (hash: string) =>
    `https://news.sefton.gov.uk/draft-media/${hash}?until=1800000000&mark=${'m'.repeat(43)}`,
  lookUrl: (post: string, plan: string, account: string) =>
    `https://news.sefton.gov.uk/looks/${post}/${plan}/${account}?until=1800000000&mark=${'m'.repeat(43)}`,
  refreshFor,
};

/** Of a message nothing but its card is as large; this is what goes around it. */
const around = 1_000;

describe('a card of a post', () => {
  test.each(['draft', 'asked', 'by-hand', 'correction'] as const)(
    'is one that Teams takes, whatever is written in it: %s',
    (is) => {
      fc.assert(
        fc.property(revision, revision, (after, before) => {
          const post = inState(is, after, before);
          const drawn: readonly (readonly [PostView, Viewer])[] = [
            ['main', { kind: 'everybody' }],
            ...viewers.flatMap((viewer) => postViews.map((view) => [view, viewer] as const)),
          ];
          const forms = after.media.map((_, at) => ['pictures', viewers[0] ?? priya, at + 1] as const);
          const sizes = [...drawn, ...forms].map(([view, viewer, page = 0]) => ({
            view,
            viewer,
            page,
            size: sizeOf(postCard(post, viewer, rules, now, { ...options, view, page }).card),
          }));
          expect(sizes.filter(({ size }) => size + around > largestMessage)).toEqual([]);
        }),
        { numRuns: 6, endOnFailure: true },
      );
    },
    120_000,
  );
});

/** What a reader of all pages of a post's texts sees, and what they can copy. */
function readAll(post: PostState, viewer: Viewer): { readonly words: string; readonly copied: string } {
  let [words, copied] = ['', ''];
  for (let page = 0, more = true; more; page += 1) {
    const { card } = postCard(post, viewer, rules, now, { ...options, view: 'text', page });
    const seen = objectsOf(card);
    words += seen.flatMap(({ type, text }) => (type === 'TextRun' ? [String(text)] : [])).join('');
    copied += seen
      .flatMap(({ id, value }) => (String(id).startsWith('copy:') ? [String(value)] : []))
      .join('');
    more = seen.some(({ title }) => title === 'Next page');
  }
  return { words, copied };
}

function objectsOf(node: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap(objectsOf);
  if (typeof node !== 'object' || node === null) return [];
  return [Object.fromEntries(Object.entries(node)), ...Object.values(node).flatMap(objectsOf)];
}

test('a field takes as long a description as the store', () => {
  const alt = 'a'.repeat(longestAlt);
  const draft = (of: string): PostState => ({
    ...posts.draft,
    revision: { ...posts.draft.revision, media: [{ ...unanswered, alt: of }] },
  });
  const fieldIn = (post: PostState, view: PostView) =>
    objectsOf(postCard(post, viewers[0] ?? priya, rules, now, { ...options, view }).card).find(
      ({ id }) => id === 'alt:0',
    );
  expect(describedMedium.safeParse({ ...unanswered, alt }).success).toBe(true);
  expect(fieldIn(draft(alt), 'edit')).toMatchObject({ value: alt, maxLength: longestAlt });
  expect(fieldIn(draft(''), 'main')).toMatchObject({ maxLength: longestAlt });
});

const bare = (words: string): string => words.replace(/\s|\u00a0/gu, '');
const sentences = (n: number): string =>
  Array.from({ length: n }, (_, at) => `This is sentence ${String(at + 1)} of a long piece of news.`).join(
    ' ',
  );
const long: Revision = { ...posts.atService.revision, accounts: ['news'], text: sentences(380) };
const lines: Revision = {
  ...long,
  text: Array.from({ length: 1_500 }, (_, n) => `row ${String(n)}`).join('\n'),
};
const priya: Viewer = { kind: 'person', person: 'priya-desai' };
const { serviceWrote: _before, deskChanged: _change, ...unchanged } = posts.atService;
const withText = (revision: Revision): PostState => ({ ...unchanged, revision, findings: [] });

describe('a text that its card has no room for', () => {
  const { card } = postCard(withText(lines), priya, rules, now, options);
  const shown = JSON.stringify(card);

  test('shows its beginning, says how much that is, and offers the whole', () => {
    expect(shown).toMatch(/The first [\d,]+ of [\d,]+ characters\./u);
    expect(shown).toContain('Read all of it');
    expect(shown).toContain('row 3"');
    expect(shown).not.toContain('row 1499');
  });

  test('is read whole on its pages, a few at a time, by whoever decides', () => {
    expect(bare(readAll(withText(lines), priya).words)).toContain(bare(lines.text));
    const [first] = objectsOf(
      postCard(withText(lines), priya, rules, now, { ...options, view: 'text', page: 0 }).card,
    );
    expect(sizeOf(first ?? {})).toBeLessThan(largestMessage - around);
  });

  test('is all there in what can be copied by whoever posts it by hand', () => {
    const post = inState('by-hand', withinLimits({ ...lines, accounts }), lines);
    const { copied } = readAll(post, { kind: 'person', person: 'ellen-rimmer' });
    expect(copied).toContain(lines.text);
    const main = JSON.stringify(
      postCard(post, { kind: 'person', person: 'ellen-rimmer' }, rules, now, options).card,
    );
    expect(main).toContain('copy it piece by piece');
  });

  test('asks whoever decides to read it before, and says to others where it is', () => {
    expect(shown).toContain('Please read them before you decide.');
    const draft = { ...posts.draft, revision: lines, findings: [] };
    const own = JSON.stringify(postCard(draft, viewers[0] ?? priya, rules, now, options).card);
    expect(own).toContain('All of its words do not fit on this card.');
    expect(own).not.toContain('before you decide');
  });

  test('a text of usual lines, as long as a post takes, stands on its card whole', () => {
    const whole = JSON.stringify(postCard(withText(long), priya, rules, now, options).card);
    expect(whole).toContain('sentence 380 of');
    expect(whole).not.toContain('Read all of it');
  });
});

test('a text is cut at the end of a sentence, and nothing of it is lost', () => {
  fc.assert(
    fc.property(text(3_000), fc.integer({ min: 200, max: 4_000 }), (words, room) => {
      const all = paragraphs(words);
      const { shown, rest } = divide(all, room);
      const said = (of: typeof all): string => of.flatMap(({ runs }) => runs.map((run) => run.text)).join('');
      expect(bare(said(shown) + said(rest))).toBe(bare(said(all)));
    }),
  );
  const { shown } = divide(paragraphs(sentences(40)), 1_000);
  expect(shown.at(-1)?.runs.at(-1)?.text).toMatch(/piece of news\.$/u);
});

test('what a stop or a hold of everything came to fits, and names all that was on its way', () => {
  const many = Array.from({ length: 40 }, (_, n): PostState => ({ ...posts.scheduled, number: 100 + n }));
  const some = { posts: many, more: 900 };
  const sent = many.map(({ number }): OnItsWay => ({
    number,
    account: 'x-main',
    publication: {
      is: 'published',
      remote: { remoteId: '1', url: `https://x.com/sefton/status/${'1'.repeat(19)}` },
      at: now,
    },
  }));
  const comingDown = many.map(({ number }): ComingDown => ({
    number,
    account: 'facebook-main',
    publication: {
      is: 'removing',
      remote: { remoteId: '1', url: `https://www.facebook.com/sefton/posts/${'1'.repeat(19)}` },
      publishedAt: now,
      waits: 'busy',
    },
  }));
  const officer: Viewer = { kind: 'person', person: 'ellen-rimmer' };
  const answer = {
    is: 'stopped',
    known: 0,
    what: 'all',
    held: some,
    already: some,
    left: some,
    sent,
    comingDown,
    going: false,
    hears: true,
    newer: [],
  } as const;
  const stop = stopCard(answer, officer, rules, now).card;
  const accounts = new Map();
  const held = {
    held: many,
    left: many,
    onTheWay: many,
    more: 900,
    before: many,
    moreBefore: 900,
    again: many,
    moreAgain: 900,
    comingDown: 3,
    accounts,
    newer: [],
  };
  const hold = heldCard(held, officer, rules, now).card;
  expect([sizeOf(stop), sizeOf(hold)].filter((size) => size + around > largestMessage)).toEqual([]);
  const said = JSON.stringify(stop);
  expect(sent.filter(({ number }) => !said.includes(`#${String(number)} on `))).toEqual([]);
});

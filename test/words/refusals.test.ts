import { describe, expect, test } from 'vitest';
import type { PostRefusal } from '../../src/posts/refusals.ts';
import { refusalWords } from '../../src/words/refusals.ts';
import { now, rules } from '../fixtures/cards/rules.ts';

const people = ['priya-desai', 'tom-ashcroft'] as const;

/** One of each; the type holds that none is forgotten. */
const each: {
  readonly [C in PostRefusal['refused']]: Extract<PostRefusal, { readonly refused: C }>['facts'];
} = {
  'not-a-person': {},
  'unknown-post': { number: 9 },
  'may-not-propose': { department: 'highways', may: people },
  'no-department-yet': { departments: ['highways', 'waste'] },
  'empty-text': {},
  'correction-comes-first': {},
  'rest-comes-first': { number: 142, held: false, waits: ['facebook-main'], instead: 'refuseRest' },
  'too-much-written': { characters: 31_000, most: 20_000 },
  'no-accounts': {},
  'playlist-unknown': {},
  'not-quotable': {},
  'account-unknown': { account: 'gone' },
  'account-not-yours': { account: 'x-main', departments: ['waste'] },
  'department-first': { account: 'x-main', departments: ['waste', 'highways'] },
  'not-trained': { person: 'nadia-hartley', lastDay: '2026-03-31' },
  'may-not-edit': { may: people },
  'may-not-see': {},
  'on-its-way': {
    action: 'cancel',
    number: 142,
    waits: ['x-main'],
    correction: false,
    kept: false,
    public: true,
    correctable: true,
    untouched: false,
  },
  'not-now': { state: 'published', action: 'edit' },
  blocked: { rules: ['ACC-1', 'LEN'] },
  'department-gone': { department: 'highways', may: people },
  'nobody-can-decide': { stage: 'Highways approvers', have: 0 },
  'edited-since': {},
  'gone-on-since': { did: 'held', by: 'ellen-rimmer', at: now - 60_000, all: false },
  'rest-stopped': { instead: 'refuseRest', corrects: true },
  'new-end-passed': { until: now - 60_000, by: 'ellen-rimmer' },
  'correction-stopped': { by: 'ellen-rimmer' },
  'accounts-turned': { real: ['x-main'], rehearsed: ['facebook-main'] },
  'rehearses-now': { account: 'x-main' },
  'turned-unsent': { real: ['x-main'], rehearsed: ['facebook-main'] },
  'another-correction': { by: 'ellen-rimmer', at: now - 60_000 },
  'own-work': { others: people },
  'own-work-let-out': { others: people, mayAskAgain: true },
  'not-asked': { asked: people, stage: 'Highways approvers' },
  'not-asked-to-agree': { asked: people, department: 'highways' },
  'blocked-then': {
    at: now + 86_400_000,
    media: 0,
    found: [
      { code: 'day-word-moved', facts: { word: 'tomorrow', means: '2026-11-26', meant: '2026-11-25' } },
    ],
    can: 'ask',
    ask: people,
    byTime: true,
  },
  'correction-blocked': {
    found: { text: [], headline: [], summary: [], descriptions: [], what: [] },
    read: { text: '', headline: '', summary: '', descriptions: [], what: '' },
  },
  'edit-blocked': { found: [], read: { texts: [], media: [] } },
  'already-decided': {},
  'somebody-was-first': { by: 'priya-desai', at: now - 60_000, next: 'Communications' },
  'not-confirmed': {},
  'note-unread': { to: 'approve', at: null, reads: ['nadia-hartley'], here: true, back: true },
  'note-needed': { for: 'send-back' },
  'planned-time-passed': { at: Date.UTC(2026, 10, 24, 9) },
  'time-in-the-past': { at: now - 1 },
  'ends-before-it-goes-out': { until: now + 1, when: now + 60_000 },
  'ends-before-it-is-shown': { until: now + 1, when: now + 60_000 },
  'end-passed': { until: now - 1 },
  'may-not-hold': { may: people },
  'nothing-to-hold': { state: 'taken-down' },
  'is-public': { action: 'cancel', state: 'published', may: people, own: false },
  'may-not-remove': { may: people },
  'being-taken-down': { still: ['facebook-main'], perhaps: ['x-main'], stuck: false },
  'may-not-correct': { may: people },
  'say-what-was-wrong': {},
  'correction-waits-already': { by: 'nadia-hartley', agreed: true, own: false },
  'correction-would-end': { by: 'joseph-adeyemi', accounts: ['x-main'] },
  'names-another-end': { end: now + 60_000, where: { in: 'text' }, until: now + 1 },
  'nothing-changed': {},
  'described-nowhere': { media: [0], again: ['x-main'] },
  'link-needed': {},
  'link-or-none': {},
  'new-words': {},
  'refused-since': { accounts: ['x-main'] },
  'settled-already': {},
  'correction-settled': { did: 'agreed', by: 'ellen-rimmer', at: now - 60_000 },
  'too-many-pictures': { most: 4 },
};

const words = (refused: string, facts: object) =>
  refusalWords({ refused, facts: { ...facts } }, rules, now).words;

describe('every refusal', () => {
  test.each(Object.entries(each))('%s is said in a sentence, without code words or ids', (code, facts) => {
    const said = words(code, facts);
    expect(said).toMatch(/^[A-Z#].*[.?]$/u);
    expect(said).not.toMatch(/undefined|null|\bNaN\b|highways|x-main|[a-z]-[a-z]+ey|ACC-|LEN|priya-|tom-/u);
    expect(said).not.toContain(code === 'blocked' ? '_' : code);
  });
});

describe('answers to a press that changes nothing', () => {
  test.each([
    ['not-asked', 'Only Highways approvers can decide this. Today that is Priya Desai and Tom Ashcroft.'],
    [
      'not-asked-to-agree',
      'Only Highways approvers or Communications can decide this. Today that is Priya Desai and Tom Ashcroft.',
    ],
    ['own-work', 'You wrote this, so somebody else has to approve it: Priya Desai or Tom Ashcroft.'],
    ['somebody-was-first', 'Priya Desai approved this a moment ago. It is now with Communications.'],
    ['edited-since', 'This has been edited since. Here is the latest.'],
    ['planned-time-passed', 'The planned time, Tue 24 Nov at 9am, has passed. When should it go out?'],
  ] as const)('%s', (code, said) => {
    expect(words(code, each[code])).toBe(said);
  });

  test('what an old card is answered says when somebody was first', () => {
    const first = { by: 'priya-desai', at: Date.UTC(2026, 10, 23, 9), next: '' };
    expect(words('somebody-was-first', first)).toBe(
      'Priya Desai approved this on Mon 23 Nov at 9am. Nothing is left to decide.',
    );
    expect(words('somebody-was-first', { by: '', at: null, next: 'Communications' })).toBe(
      'It is now with Communications.',
    );
  });

  test('a time that is refused for words that nobody can change any more', () => {
    const facts = { ...each['blocked-then'], can: 'nothing', byTime: false };
    expect(words('blocked-then', facts)).toMatch(/Its words cannot be changed any more.* to leave\.$/u);
  });

  test('who is away is not named as somebody to ask today', () => {
    const asked = ['gareth-molyneux', 'priya-desai'];
    expect(words('not-asked', { asked, stage: 'Highways approvers' })).toContain(
      'Today that is Priya Desai.',
    );
  });

  test('what a field is wrong about is said beside it', () => {
    expect(refusalWords({ refused: 'not-confirmed', facts: {} }, rules, now).field).toBe('confirm');
    expect(refusalWords({ refused: 'edited-since', facts: {} }, rules, now).field).toBeUndefined();
  });

  test('a code that has no words is not shown', () => {
    expect(words('page-missing', {})).toBe(
      'That did not work, and nothing has been changed. Please try again in a moment.',
    );
  });
});

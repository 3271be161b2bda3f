import { expect, test } from 'vitest';
import { isHoldable } from '../../../src/posts/stopping/what-a-hold-stops.ts';
import {
  editors,
  mayHold,
  maySee,
  mayTakeBackCorrection,
  mayTryAgain,
  mayTurnDown,
  removers,
  holders,
} from '../../../src/posts/deciding/may.ts';
import { redactPost } from '../../../src/posts/erasing/redact.ts';
import { posts } from '../../fixtures/cards/posts.ts';
import { rules } from '../../fixtures/cards/rules.ts';

test('whoever may do the graver thing may do the milder one: who may take down or turn down may hold', () => {
  const { dutyOfficers, desk } = rules;
  expect(new Set(removers(rules))).toEqual(new Set([...desk.officers, ...dutyOfficers]));
  let turnsDown = 0;
  for (const post of Object.values(posts)) {
    expect(holders(post, rules)).toEqual(expect.arrayContaining([...removers(rules)]));
    if (!isHoldable(post)) continue;
    // Escalated, those above decide as well.
    const { status } = post;
    const further =
      status.is === 'in-review'
        ? { ...post, status: { ...status, review: { ...status.review, escalated: true } } }
        : post;
    for (const each of [post, further]) {
      for (const person of Object.keys(rules.people)) {
        if (!mayTurnDown(each, person, rules)) continue;
        turnsDown += 1;
        expect(mayHold(each, person, rules, 0), `${person} of #${String(each.number)}`).toBe(true);
      }
    }
  }
  expect(turnsDown).toBeGreaterThan(4);
});

test('what was erased is not tried again: there are no words left to send', () => {
  const { failed } = posts;
  expect(mayTryAgain(failed, failed.author, rules, 0)).toBe(true);
  const { state } = redactPost(failed, { clause: '7.1' }, failed.createdAt);
  expect(mayTryAgain(state, failed.author, rules, 0)).toBe(false);
});

test('whoever is not in the protocol any more may do nothing with a post, nor read it, be it their own', () => {
  for (const post of Object.values(posts)) {
    const { [post.author]: _gone, ...people } = rules.people;
    const now = { ...rules, people };
    expect(maySee(post, post.author, now)).toBe(false);
    expect(editors(post, now)).not.toContain(post.author);
    expect(holders(post, now)).not.toContain(post.author);
    const { correction } = post;
    if (correction === undefined) continue;
    const { [correction.by]: _left, ...others } = rules.people;
    expect(mayTakeBackCorrection(post, correction.by, { ...rules, people: others })).toBe(false);
  }
});

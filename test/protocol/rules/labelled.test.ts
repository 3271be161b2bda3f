import { describe, expect, test } from 'vitest';
import { fixtureProtocol } from '../fixture-registers.ts';
import type { Labelled } from '../labelled-posts.ts';
import { labelled } from '../labelled-posts.ts';

const mechanical = ['LEN', 'ACC-1', 'ACC-2', 'ACC-3', 'ACC-4', 'ACC-6', 'ACC-7'];
const judged = ['DAT-5', 'POL-2', 'POL-5', 'POL-6', 'POL-8', 'MOD-4', 'WORDS'];

interface Score {
  readonly rule: string;
  readonly precision: number;
  readonly recall: number;
  readonly wrong: readonly string[];
}

function score(rows: readonly Labelled[], rule: string): Score {
  const found = rows.filter((r) => r.found.includes(rule));
  const expected = rows.filter((r) => r.expect.includes(rule));
  const right = found.filter((r) => r.expect.includes(rule)).length;
  return {
    rule,
    precision: found.length === 0 ? 1 : right / found.length,
    recall: expected.length === 0 ? 1 : right / expected.length,
    wrong: rows
      .filter((r) => r.found.includes(rule) !== r.expect.includes(rule))
      .map((r) => `${r.id} ${r.text}`),
  };
}

describe.each([
  'posts.dev.jsonl',
  'posts.more.jsonl',
  'posts.later.jsonl',
  'posts.third.jsonl',
  'posts.fourth.jsonl',
  'posts.a.jsonl',
  'posts.b.jsonl',
  'posts.c.jsonl',
  'posts.d.jsonl',
  'posts.e.jsonl',
  'posts.f.jsonl',
  'posts.g.jsonl',
  'posts.h.jsonl',
  'posts.j.jsonl',
  'posts.k.jsonl',
  'posts.l.jsonl',
  'posts.m.jsonl',
  'posts.n.jsonl',
  'posts.o.jsonl',
  'posts.q.jsonl',
  'posts.r.jsonl',
  'posts.s.jsonl',
  'posts.t.jsonl',
  'posts.u.jsonl',
  'posts.v.jsonl',
  'posts.w.jsonl',
  'posts.x.jsonl',
  'posts.z.jsonl',
  'posts.aa.jsonl',
  'posts.bb.jsonl',
  'posts.cc.jsonl',
  'posts.dd.jsonl',
  'posts.ee.jsonl',
  'posts.ff.jsonl',
  'posts.gg.jsonl',
  'posts.hh.jsonl',
  'posts.ii.jsonl',
  'posts.jj.jsonl',
  'posts.kk.jsonl',
  'posts.ll.jsonl',
  'posts.mm.jsonl',
  'posts.nn.jsonl',
  'posts.oo.jsonl',
  'posts.pp.jsonl',
  'posts.qq.jsonl',
  'posts.rr.jsonl',
  'posts.ss.jsonl',
  'posts.uu.jsonl',
  // Nothing is learned from these.
  'held-out.jsonl',
  'ordinary.jsonl',
])('labelled posts of %s', (file) => {
  const rows = labelled(file, fixtureProtocol);

  test('precision and recall, for the reader', () => {
    const table = [...mechanical, ...judged].map((rule) => score(rows, rule));
    console.table(
      table.map(({ rule, precision, recall, wrong }) => ({ rule, precision, recall, wrong: wrong.length })),
    );
    expect(rows.length).toBeGreaterThanOrEqual(50);
  });

  test.each(mechanical)('%s, which is mechanical, is right every time', (rule) => {
    expect(score(rows, rule).wrong).toEqual([]);
  });

  test.each(judged)('%s has precision 0.9 and recall 0.8', (rule) => {
    const { precision, recall, wrong } = score(rows, rule);
    expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.9);
    expect(recall, wrong.join('\n')).toBeGreaterThanOrEqual(0.8);
  });

  test('at most 3 % of clean posts are flagged', () => {
    const clean = rows.filter((r) => r.expect.length === 0);
    const flagged = clean
      .filter((r) => r.found.length > 0)
      .map((r) => `${r.id} ${r.found.join(' ')} ${r.text}`);
    expect(flagged.length / Math.max(1, clean.length), flagged.join('\n')).toBeLessThanOrEqual(0.03);
  });
});

// Written to hide from the rules: no single rule is promised there, but most is found, and clean posts pass.
describe.each(['posts.i.jsonl', 'posts.p.jsonl'])('posts of %s, which say it in a roundabout way', (file) => {
  const rows = labelled(file, fixtureProtocol);

  test('most is found', () => {
    const due = rows.flatMap(({ expect: rules, found }) => rules.map((rule) => found.includes(rule)));
    expect(due.filter((isFound) => isFound).length / due.length).toBeGreaterThanOrEqual(0.8);
  });

  test('at most 3 % of clean posts are flagged', () => {
    const clean = rows.filter((r) => r.expect.length === 0);
    expect(clean.filter((r) => r.found.length > 0).length / clean.length).toBeLessThanOrEqual(0.03);
  });
});

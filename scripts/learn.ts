import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { parseProtocol } from '../src/protocol/parse.ts';
import type { Protocol } from '../src/protocol/protocol.ts';
import type { Reading } from '../src/protocol/rules/weighed.ts';
import { readingsFor } from '../src/protocol/rules/weighed.ts';
import type { PostRow } from '../src/protocol/sample-form.ts';
import { checkedDraft, postRow } from '../src/protocol/sample-form.ts';
import type { Signals } from '../src/protocol/weighing/signals.ts';
import type { Question } from '../src/protocol/weighing/weigh.ts';
import { likelihoodBy } from '../src/protocol/weighing/weigh.ts';

/*
 * npm run learn: learns what each signal of a wording weighs, from the labelled posts of test/fixtures and the lessons
 * of scripts/lessons, and writes src/protocol/weighing/weights.json. The same files give the same weights.
 * npm run learn -- check: writes nothing; fails where it would have written something else.
 * npm run learn -- held-out: writes nothing; for each file of posts, how well weights would do on it that were learned
 * from all the others.
 */
const questions: readonly Asked[] = [
  // how hard councillors fight must not sound like an accusation
  { question: 'accuses', rule: 'MOD-4', even: 0.0006, neverIn: 'POL-8' },
  { question: 'promotes', rule: 'POL-8', even: 0.0006 },
  { question: 'steers', rule: 'POL-2', even: 0.0005 },
  { question: 'launches', rule: 'POL-6', even: 0.0006 },
];

/** What a text speaks of that launches or steers: the text beside a picture of a poster speaks of nothing. */
const matters: Partial<Record<Question, readonly string[]>> = {
  launches: ['(campaign)', '(launching)'],
  steers: ['(election)', '(side)', '(promise)', '(keep)', '(blame)'],
};

/** The longest text that is put beside another, in words. */
const longestBeside = 14;

interface Asked {
  readonly question: Question;
  readonly rule: string;
  /** how strongly weights are held near nought */
  readonly even: number;
  /** another rule whose lessons are all a no to this question */
  readonly neverIn?: string;
}

interface Example {
  readonly file: string;
  readonly id: string;
  readonly isYes: boolean;
  readonly signals: Signals;
}

const at = (path: string): URL => new URL(path, import.meta.url);
const WEIGHTS = at('../src/protocol/weighing/weights.json');
const protocol = sample();
const rows = [...posts(), ...lessons()];

if (process.argv[2] === 'held-out') {
  for (const asked of questions) heldOut(asked, examplesOf(asked));
} else {
  const weights = Object.fromEntries(
    questions.map((asked) => [
      asked.question,
      Object.fromEntries(
        [...learn(examplesOf(asked), asked.even)]
          .map(([signal, weight]) => [signal, Math.round(weight * 100)] as const)
          .filter(([, weight]) => Math.abs(weight) >= 12)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ]),
  );
  // a line each, so that two versions can be compared
  const written = `${JSON.stringify(weights, undefined, 1).replaceAll(/\n +/g, '\n').replaceAll('": ', '":')}\n`;
  if (process.argv[2] !== 'check') writeFileSync(WEIGHTS, written);
  else if (readFileSync(WEIGHTS, 'utf8') !== written) {
    console.error(
      'The weights are not what the posts and lessons teach now. Learn them again with npm run learn, and commit them.',
    );
    process.exitCode = 1;
  }
}

function sample(): Protocol {
  const parsed = parseProtocol(readFileSync(at('../protocol.yaml'), 'utf8'));
  if (!parsed.ok)
    throw new Error('The protocol at the root has faults. Start Crier to see each of them by line.');
  const { elections: _elections, ...rest } = parsed.protocol;
  return rest;
}

interface Row {
  readonly file: string;
  readonly post: PostRow;
  /** the rule that a lesson teaches; absent: every rule */
  readonly teaches?: string;
}

function posts(): readonly Row[] {
  return readdirSync(at('../test/fixtures'))
    .filter((file) => /^posts\..*\.jsonl$/.test(file))
    .sort()
    .flatMap((file) =>
      readFileSync(at(`../test/fixtures/${file}`), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => ({ file, post: postRow.parse(JSON.parse(line)) })),
    );
}

/**
 * Lessons are named by their rule; each line is one: `+` a yes, `-` a no, `+!` and `-!` with an election near. Behind `|`
 * stands the description of a picture.
 */
function lessons(): readonly Row[] {
  return readdirSync(at('lessons')).flatMap((file) =>
    readFileSync(at(`lessons/${file}`), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, i) => {
        const rule = file.replace('.txt', '').toUpperCase();
        const [mark = '', ...words] = line.split(' ');
        const [text, alt] = words.join(' ').split(' | ');
        const post = postRow.parse({
          id: `${file} ${String(i + 1)}`,
          accounts: ['facebook'],
          text,
          media: alt === undefined ? [] : [{ type: 'image', alt }],
          preElection: mark.includes('!'),
          expect: mark.startsWith('+') ? [rule] : [],
        });
        return { file, post, teaches: rule };
      }),
  );
}

function tellingOf(question: Question, readings: readonly Reading[]): Reading | undefined {
  const matter = matters[question];
  if (matter === undefined) return readings.at(-1);
  const saysOfIt = ({ signals, subjects }: Reading): number =>
    matter.reduce((sum, field) => sum + (signals.get(field) ?? 0), subjects.length > 0 ? 0.1 : 0);
  return readings.toSorted((a, b) => saysOfIt(b) - saysOfIt(a))[0];
}

/**
 * Rows that stand beside another text too, in front of it or behind it: councils say several things in one post, and
 * what accuses or promotes somebody does so whatever else is said. Nobody is spoken of in the other text.
 */
function besideOthers(question: Question, own: readonly Row[]): readonly Row[] {
  if (matters[question] !== undefined) return own;
  const others = own.filter(
    ({ post }) =>
      (post.expect ?? []).length === 0 &&
      post.media.length === 0 &&
      post.text.split(/\s+/u).length <= longestBeside &&
      readingsFor(question, checkedDraft(post), protocol).length === 0,
  );
  return own.flatMap((row, i): readonly Row[] => {
    const other = others[(i * 7) % others.length];
    if (other === undefined || row.post.text === '') return [row];
    const texts = i % 2 === 0 ? [other.post.text, row.post.text] : [row.post.text, other.post.text];
    return [row, { ...row, post: { ...row.post, text: texts.join(' ') } }];
  });
}

function examplesOf({ question, rule, neverIn }: Asked): readonly Example[] {
  const own = rows.filter(({ teaches }) => teaches === undefined || teaches === rule || teaches === neverIn);
  return (
    besideOthers(question, own)
      // a campaign that begins at another time is no launch by the labels, and no lesson against one
      .filter(({ post }) => question !== 'launches' || post.preElection === true)
      .flatMap(({ file, post }) => {
        const isYes = post.expect?.includes(rule) ?? false;
        const readings = readingsFor(question, checkedDraft(post), protocol);
        // which of several pieces is meant is not labelled: it is the last with what stands beside it, or the one that
        // speaks most of the matter
        const told = isYes ? [tellingOf(question, readings)].flatMap((one) => one ?? []) : readings;
        return told.map(({ signals }) => ({ file, id: post.id, isYes, signals }));
      })
  );
}

/**
 * Logistic regression by stochastic descent over signals that occur in at least two rows.
 */
function learn(examples: readonly Example[], even: number): ReadonlyMap<string, number> {
  const seen = new Map<string, Set<string>>();
  for (const { file, id, signals } of examples)
    for (const signal of signals.keys())
      seen.set(signal, (seen.get(signal) ?? new Set()).add(`${file} ${id}`));
  const weights = new Map([...seen].filter(([, rows]) => rows.size >= 2).map(([signal]) => [signal, 0]));
  const order = [...examples];
  // the same shuffle each time
  let turn = 1;
  for (let round = 0; round < 60; round += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648;
      const j = turn % (i + 1);
      const [a, b] = [order[i], order[j]];
      if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
    }
    const step = 2 / (1 + round * 0.1);
    for (const { signals, isYes } of order) {
      const off = likelihoodBy(weights, signals) - (isYes ? 1 : 0);
      for (const [signal, strength] of signals) {
        const weight = weights.get(signal);
        if (weight !== undefined) weights.set(signal, weight - step * (off * strength + even * weight));
      }
    }
  }
  return weights;
}

function heldOut({ rule, even }: Asked, examples: readonly Example[]): void {
  const taught = examples.filter(({ file }) => !file.startsWith('posts.'));
  const asked = examples.filter(({ file }) => file.startsWith('posts.'));
  const judged = new Map<string, { isYes: boolean; likely: number }>();
  for (const file of new Set(asked.map((each) => each.file))) {
    const weights = learn([...asked.filter((each) => each.file !== file), ...taught], even);
    for (const { id, isYes, signals } of asked.filter((each) => each.file === file)) {
      const likely = Math.max(likelihoodBy(weights, signals), judged.get(id)?.likely ?? 0);
      judged.set(id, { isYes, likely });
    }
  }
  for (const least of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    const all = [...judged.values()];
    const found = all.filter(({ likely }) => likely >= least);
    const right = found.filter(({ isYes }) => isYes).length;
    const due = all.filter(({ isYes }) => isYes).length;
    console.log(
      `${rule}, at least ${String(least)}: precision ${(right / found.length).toFixed(2)}, recall ${(right / due).toFixed(2)}`,
    );
  }
}

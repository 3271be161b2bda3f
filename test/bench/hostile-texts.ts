import { readFileSync } from 'node:fs';
import { difference } from '../../src/teams/cards/difference.ts';
import { findingsOf } from '../../src/posts/draft.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { postCard } from '../../src/teams/cards/post-card.ts';
import { posts, route } from '../fixtures/cards/posts.ts';
import { now } from '../fixtures/cards/rules.ts';

/**
 * What the rules and a card take for texts that somebody pastes: as long as a post may be, of one sign or one word
 * again and again. A pattern that reads on from each of them to the end of the text keeps everybody waiting for as
 * long as it takes.
 */

/** As long as a text may be, with some room for what stands beside it. */
const length = 19_000;

const again = (stretch: string): string =>
  stretch.repeat(Math.ceil(length / stretch.length)).slice(0, length);

const usual = again('The library in Bootle is open again from Monday. Please bring back what you borrowed. ');

const repeated: readonly string[] = [
  'a',
  'A',
  '07',
  '1',
  'a.',
  'a-',
  'a…',
  '.',
  '. ',
  '#A ',
  '@a',
  'a@',
  'a@a.',
  'www.',
  'http://a.',
  '(',
  '{{',
  '"',
  '*',
  '_',
  '\n',
  ' \n',
  '👍',
  '👨‍👩‍👧‍👦',
  'e\u0301',
  'a\u200b',
  'А',
  '<a',
  '&',
  '\\',
  '|',
  'Aa ',
  'Mr A ',
  'Alan Smith ',
  'Cllr ',
  'Mon ',
  'PR1 ',
  '1 ',
  'not ',
  'the councillor said that he is not and ',
];
const hostile: readonly string[] = [
  ...repeated.map(again),
  `a${' '.repeat(length - 2)}b`,
  `http://${again('a.')}`.slice(0, length),
  `http://a/${again('(a')}`.slice(0, length),
  `Mr Alan Smith ${again('was seen to be and then ')}`.slice(0, length),
];

/** @returns milliseconds for the slowest of the texts and for the usual one, and which was slowest */
export function slowestText(): {
  readonly ours: number;
  readonly baseline: number;
  readonly slowest: string;
} {
  const file = new URL('../../protocol.yaml', import.meta.url);
  const parsed = parseProtocol(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new Error('the sample protocol is wrong');
  const rules = { ...parsed.protocol, away: {} };
  const accounts = Object.keys(rules.accounts);
  let n = 0;
  const took = (of: string): number => {
    // Another text each time: what was read of one is remembered.
    const text = `${String((n += 1))} ${of}`;
    const began = performance.now();
    const revision = { ...posts.draft.revision, text, accounts };
    const findings = findingsOf({ revision, department: 'highways' }, now, rules);
    postCard(
      { ...posts.draft, revision, findings },
      { kind: 'person', person: 'nadia-hartley' },
      rules,
      now,
      {
        route,
        mediaUrl: () => '',
      },
    );
    difference(text.slice(0, -10), text.slice(5));
    return performance.now() - began;
  };
  const best = (text: string): number => Math.min(...Array.from({ length: 3 }, () => took(text)));
  best(usual);
  const [slowest] = hostile
    .map((text) => ({ text, time: best(text) }))
    .toSorted((one, other) => other.time - one.time);
  if (slowest === undefined) throw new Error('there are no texts');
  return { ours: slowest.time, baseline: best(usual), slowest: JSON.stringify(slowest.text.slice(0, 24)) };
}

import { readFileSync } from 'node:fs';
import { days } from '../../src/core/time.ts';
import { parseActivity } from '../../src/teams/activity-form.ts';
import { mentionsOf, wordsOf } from '../../src/teams/activity-words.ts';
import { difference } from '../../src/teams/cards/difference.ts';
import { cardText } from '../../src/teams/cards/text.ts';
import { isCommand } from '../../src/teams/typed/is-command.ts';
import { spoken, timeIn } from '../../src/teams/typed/manners.ts';
import { leftOver, numbersWithin, readNumbers } from '../../src/teams/typed/named-posts.ts';
import { otherWords } from '../../src/teams/typed/other-words.ts';
import { readProposal } from '../../src/teams/typed/proposal.ts';
import { whereWorks, whoseNamed } from '../../src/teams/typed/whose.ts';
import { findingsOf } from '../../src/posts/writing/draft.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { headingFrom } from '../../src/protocol/text/heading.ts';
import { linksIn } from '../../src/protocol/text/links.ts';
import { mediaLinks, withoutLinks } from '../../src/protocol/text/media-links.ts';
import { parseTypedTime, parseUntil, splitUntil, splitWhen } from '../../src/protocol/typed-time.ts';
import { postCard } from '../../src/teams/cards/post-card.ts';
import { itemView } from '../../src/web/item.ts';
import { beginning, paragraphs } from '../../src/web/text.ts';
import { sayTypedTime } from '../../src/words/typed-times.ts';
import { posts, route } from '../fixtures/cards/posts.ts';
import { now } from '../fixtures/cards/rules.ts';

/**
 * Texts that somebody may paste, as long as a post may be, of one sign or one word again and again. A pattern that
 * reads on from each of them to the end of the text keeps everybody waiting for as long as it takes. What ends them
 * makes a run fail that looks for the end of the text behind it.
 */

const usualWords = 'The library in Bootle is open again from Monday. Please bring back what you borrowed. ';

const again = (stretch: string, length: number): string =>
  stretch.repeat(Math.ceil(length / stretch.length)).slice(0, length);

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
  'today ',
  'an old bag ',
  'send them back ',
  'PR1 ',
  '1 ',
  'not ',
  'the councillor said that he is not and ',
  '!',
  '.)',
  ' - ',
  ')]',
  '[until ',
  'until 25:00\n',
  '25:00 ',
  '</at',
  'please ',
  '1 but not yet ',
  'take a from 1 ',
  'a.co ',
  'a@a.co ',
];

/** Those that end with another sign. */
export const endedTexts = (length: number): readonly string[] => [
  ...repeated.map((stretch) => `${again(stretch, length - 1)}x`),
  `a${' '.repeat(length - 2)}b`,
  `http://${again('a.', length)}`.slice(0, length),
  `http://a/${again('(a', length)}`.slice(0, length),
  `https://a.co/${again(')', length)}`.slice(0, length),
  `https://a.co/a.png${again(' ', length)}`.slice(0, length - 1).concat('x'),
  `${again(' ', length - 20)} https://a.co/a.png`,
  `Mr Alan Smith ${again('was seen to be and then ', length)}`.slice(0, length),
];

/** So many characters of each. */
export const hostileTexts = (length: number): readonly string[] => [
  ...repeated.flatMap((stretch) => [again(stretch, length), `a${again(stretch, length - 3)} x`]),
  ...endedTexts(length),
];

const file = new URL('../../protocol.yaml', import.meta.url);
const parsed = parseProtocol(readFileSync(file, 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol is wrong');
const rules = { ...parsed.protocol, away: {} };
const accounts = Object.keys(rules.accounts);

/** What reads a message before anything is known of it, by name. */
export const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  words: (text) => {
    const activity = parseActivity({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: 'https://teams.example/',
      conversation: { id: 'chat' },
      text,
    });
    if (activity === undefined) throw new Error('that is no activity');
    return wordsOf(activity, mentionsOf(activity), 'crier');
  },
  'an end': (text) => splitUntil(text),
  'a time and an end': (text) => splitWhen(text),
  'a time': (text) => {
    for (const time of [parseTypedTime(timeIn(text), now), parseUntil(text, now)]) {
      if (!time.ok) sayTypedTime(time, now);
    }
  },
  manners: (text) => spoken(text),
  numbers: (text) => [readNumbers(text), numbersWithin(text), leftOver(text)],
  commands: (text) => ['propose', 'hold', 'posts', 'away'].map((word) => isCommand(word, text)),
  'a proposal': (text) => readProposal(text, 'nadia-hartley', rules),
  'other words': (text) => otherWords(text, ['propose', 'hold', 'posts']),
  links: (text) => [linksIn(text), withoutLinks(text, mediaLinks(text, ['a.co']))],
  whose: (text) => [whoseNamed(text, rules), whereWorks(text, rules)],
  'a heading': (text) => headingFrom(text, 80),
  'a card': (text) => cardText(text),
  'the news site': (text) => [paragraphs(text), beginning(text, 200)],
  'a page of the news': (text) => {
    const page = { address: '1', headline: text, summary: text, text, from: '', media: [], corrections: [] };
    return itemView({ ...page, is: 'live', number: 1, publishedAt: now }, '', now);
  },
};

/** What the rules find in a post of that text on another day than it was written, so that words for a day count too. */
export const findingsIn = (text: string) =>
  findingsOf(
    { revision: { ...posts.draft.revision, text, accounts }, department: 'highways' },
    now + days(2),
    rules,
  );

/** The rules and a card over a post of that text. */
function ruled(text: string): void {
  const revision = { ...posts.draft.revision, text, accounts };
  const findings = findingsIn(text);
  postCard({ ...posts.draft, revision, findings }, { kind: 'person', person: 'nadia-hartley' }, rules, now, {
    route,
    mediaUrl: () => '',
  });
  difference(text.slice(0, -10), text.slice(5));
}

/** With some room for what stands beside it. */
const length = 19_000;

/** @returns milliseconds for the slowest of the texts and for the usual one, and which was slowest */
export function slowestText(): {
  readonly ours: number;
  readonly baseline: number;
  readonly slowest: string;
} {
  let n = 0;
  const took = (of: string): number => {
    // Another text each time: what was read of one is remembered.
    const text = `${String((n += 1))} ${of}`;
    const began = performance.now();
    ruled(text);
    for (const parse of Object.values(parsers)) parse(text);
    return performance.now() - began;
  };
  const best = (text: string): number => Math.min(...Array.from({ length: 3 }, () => took(text)));
  const usual = again(usualWords, length);
  best(usual);
  const [slowest] = hostileTexts(length)
    .map((text) => ({ text, time: best(text) }))
    .toSorted((one, other) => other.time - one.time);
  if (slowest === undefined) throw new Error('there are no texts');
  return { ours: slowest.time, baseline: best(usual), slowest: JSON.stringify(slowest.text.slice(0, 24)) };
}

import type { Protocol } from '../protocol.ts';
import type { CheckedDraft } from '../rule.ts';
import type { Range } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { Signals } from '../weighing/signals.ts';
import { signalsOf } from '../weighing/signals.ts';
import type { Question } from '../weighing/weigh.ts';
import { likelihood } from '../weighing/weigh.ts';
import { describedIn } from './described.ts';
import { namedIn } from './named.ts';
import { partiesIn } from './parties.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import { councillorsIn } from './politicians.ts';
import { promotedIn } from './promoted.ts';
import { slogansIn } from './slogans.ts';

/** One piece of a draft as a question looks at it: whom it speaks of, and what speaks for and against. */
export interface Reading {
  readonly piece: Piece;
  readonly subjects: readonly Range[];
  readonly signals: Signals;
}

/**
 * Whom or what a question is about: nobody is promoted who is not named; voters are steered and campaigns launched with
 * and without names.
 */
const subjectsOf: Readonly<Record<Question, (piece: Piece, protocol: Protocol) => readonly Range[]>> = {
  accuses: ({ text }, protocol) => namedIn(text, protocol),
  promotes: ({ text }, protocol) => promotedIn(text, protocol),
  steers: (piece, protocol) => [...councillorsIn(piece.text, protocol), ...partiesIn(piece, protocol)],
  launches: ({ text }) => slogansIn(text),
};

const needsSubject = (question: Question): boolean => question === 'accuses' || question === 'promotes';

/**
 * The pieces of a draft that a question can be asked of. Who is named only in the description of a picture, or in
 * captions, is spoken of by the words beside it too.
 */
export function readingsFor(question: Question, draft: CheckedDraft, protocol: Protocol): readonly Reading[] {
  const named = piecesOf(draft).map((piece) => ({ piece, subjects: subjectsOf[question](piece, protocol) }));
  // who is accused need not be named: it is enough that people can tell who is meant
  const isNamed = question !== 'accuses' || named.some(({ subjects }) => subjects.length > 0);
  const pieces = isNamed
    ? named
    : named.map(({ piece }) => ({ piece, subjects: describedIn(piece.text, protocol) }));
  if (!needsSubject(question))
    return pieces.map((each) => ({
      ...each,
      signals: withOccasion(draft, signalsOf([{ text: each.piece.text, subjects: each.subjects }])),
    }));
  const words = pieces.filter(({ piece, subjects }) => piece.kind !== 'alt' && subjects.length === 0);
  return pieces
    .filter(({ subjects }) => subjects.length > 0)
    .flatMap((each) => {
      const own = {
        text: withoutOwnWords(question, each.piece.text, each.subjects),
        subjects: each.subjects,
      };
      const alone = { ...each, signals: withOffice(question, each.piece, protocol, signalsOf([own])) };
      const isBeside = each.piece.kind === 'alt' || each.piece.kind === 'captions';
      if (!isBeside || words.length === 0) return [alone];
      const beside = words.map(({ piece }) => ({ text: piece.text, subjects: [] }));
      const both = signalsOf([own, ...beside]);
      return [alone, { ...each, signals: withOffice(question, each.piece, protocol, both) }];
    });
}

/** While people are about to vote, less says that they are told how. */
function withOccasion({ occasion }: CheckedDraft, signals: Signals): Signals {
  return occasion.elections.length === 0 ? signals : new Map([...signals, ['(election near)', 0.25]]);
}

/**
 * Of councillors much is said, of how hard they fight too, that would sound like an accusation of others; and of nobody
 * is said what the council itself got wrong.
 */
function withOffice(question: Question, { text }: Piece, protocol: Protocol, signals: Signals): Signals {
  if (question !== 'accuses') return signals;
  return new Map([
    ...signals,
    ...(councillorsIn(text, protocol).length > 0 ? [['(councillor)', 0.25] as const] : []),
    ...(OWN_MISTAKE.test(text) ? [['(own mistake)', 0.25] as const] : []),
  ]);
}

/** What the council got wrong itself, and puts right. */
const OWN_MISTAKE =
  /\b(?:we|our \w+ post) (?:wrongly |mistakenly |only |also )?(?:left (?:out|off)|miss(?:ed|ing) (?:out|off)|forgot|(?:mis)?spel(?:t|led)|named the wrong|g(?:ot|ave) (?:[\w']+ ){0,8}?wrong|(?:said|told you|wrote|posted|claimed) (?:[\w']+ ){0,4}?that)\b|\bin (?:our|a|an) (?:last|earlier|recent|first|previous) post\b|^correction\b/i;

/**
 * What councillors say themselves promotes nobody: quotations that they are said to have spoken are left out, and whether
 * they joked or laughed tells no more than that they said it. No character changes its place.
 */
function withoutOwnWords(question: Question, text: string, subjects: readonly Range[]): string {
  if (question !== 'promotes') return text;
  const own = [...text.matchAll(/"[^"]+"/g)].flatMap((m): readonly (Range & { readonly said: Range })[] => {
    const quoted = { from: m.index, to: m.index + m[0].length };
    const said = subjects.flatMap((one): readonly Range[] => {
      if (one.from >= quoted.to && SPOKEN_BY.test(text.slice(quoted.to, one.from)))
        return [{ from: quoted.to, to: one.from }];
      if (one.to <= quoted.from && SPEAKING.test(text.slice(one.to, quoted.from)))
        return [{ from: one.to, to: quoted.from }];
      return [];
    })[0];
    return said === undefined ? [] : [{ ...quoted, said }];
  });
  return own.reduce((words, { from, to, said }) => {
    const blank = `"${' '.repeat(to - from - 2)}"`;
    const plain = words
      .slice(said.from, said.to)
      .replace(A_WAY_OF_SAYING, (verb) => 'said'.padEnd(verb.length).slice(0, verb.length));
    const all = `${words.slice(0, from)}${blank}${words.slice(to)}`;
    return `${all.slice(0, said.from)}${plain}${all.slice(said.to)}`;
  }, text);
}

const WAYS_OF_SAYING =
  'explained|explains|commented|joked|jokes|laughed|laughs|quipped|wrote|writes|replied|recalled|admitted|admits|remarked|insisted|argued|warned|asked|asks|answered|noted|smiled|grinned';
const SAYS = `said|says|added|adds|told us|tells us|${WAYS_OF_SAYING}`;
const A_WAY_OF_SAYING = new RegExp(`\\b(?:${WAYS_OF_SAYING})\\b`, 'i');
const SPOKEN_BY = new RegExp(`^,?\\s+(?:${SAYS})\\s+(?:the\\s+)?$`, 'i');
const SPEAKING = new RegExp(`^(?:,[^,.;:"]{0,80},)?\\s+(?:${SAYS}|told [\\w ]{1,30})[\\s:,]*$`, 'i');

/** What the weighing found: the piece, whom it is about, and the sentence that says most. */
export interface Weighed {
  readonly piece: Piece;
  readonly subject: Range | undefined;
  readonly sentence: Range;
  /** how likely it is a yes, from 0 to 1 */
  readonly likely: number;
}

/** How likely a draft is a yes, from 0 to 1; nothing where the question can not be asked of it. */
export function likelihoodOf(
  question: Question,
  draft: CheckedDraft,
  protocol: Protocol,
): number | undefined {
  return likeliest(question, draft, protocol)?.likely;
}

function likeliest(
  question: Question,
  draft: CheckedDraft,
  protocol: Protocol,
): { readonly reading: Reading; readonly likely: number } | undefined {
  return readingsFor(question, draft, protocol)
    .map((reading) => ({ reading, likely: likelihood(question, reading.signals) }))
    .sort((a, b) => b.likely - a.likely)[0];
}

/** The reading of a draft that is most likely a yes, if it is at least as likely as `least` (0 to 1). */
export function weighed(
  question: Question,
  draft: CheckedDraft,
  protocol: Protocol,
  least: number,
): Weighed | undefined {
  const best = likeliest(question, draft, protocol);
  if (best === undefined || best.likely < least) return undefined;
  const { piece, subjects } = best.reading;
  const sentences = sentencesIn(piece.text).map((sentence) => {
    const inside = subjects.filter((s) => s.from >= sentence.from && s.from < sentence.to);
    return {
      sentence,
      subject: inside[0],
      likely: likelihood(question, signalsOf([{ text: piece.text, subjects: inside, within: sentence }])),
    };
  });
  const telling = sentences
    .filter(({ subject }) => !needsSubject(question) || subject !== undefined)
    .sort((a, b) => b.likely - a.likely)[0];
  if (telling === undefined) return undefined;
  return { piece, subject: telling.subject, sentence: telling.sentence, likely: best.likely };
}

import type { Protocol } from '../protocol.ts';
import type { CheckedDraft } from '../rule.ts';
import type { Range } from '../text/links.ts';
import { endsAPlace } from '../text/names.ts';
import { sentencesIn } from '../text/sentences.ts';
import { accusationOf, type Accusation } from './accused.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { premisesIn } from './insinuations.ts';
import { isPlace, namedIn, namesOf, placeWords } from './named.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { likelihoodOf, weighed } from './weighed.ts';

/** MOD-4: a person or business who is named, or whom people can tell, together with an allegation against them; a court's result counts too. */
export const mod4: WordingRule = {
  id: 'MOD-4',
  settings: {},
  check: (draft, protocol) => {
    const { findings, isOutright } = plainly(draft, protocol);
    if (findings.length === 0) return allInAll(draft, protocol);
    if (isOutright) return findings;
    // words of a crime in a play, a joke or a story: everything around them says that nobody is accused
    return (likelihoodOf('accuses', draft, protocol) ?? 1) < UNLIKELY ? [] : findings;
  },
};

/** Accusations in so many words, and whether one says what somebody is: "Jo Bloggs is a thief" means nothing else. */
function plainly(
  draft: CheckedDraft,
  protocol: Protocol,
): { readonly findings: readonly WordingFinding[]; readonly isOutright: boolean } {
  const all = piecesOf(draft).map((piece) => ({ piece, accused: accusedIn(piece, protocol) }));
  return {
    findings: all.flatMap(({ piece, accused }): readonly WordingFinding[] => {
      const [first] = accused;
      if (first === undefined) return [];
      return [
        {
          code: accused.some((a) => a.court) ? 'named-court-result' : 'named-allegation',
          facts: { name: piece.text.slice(first.name.from, first.name.to) },
          spots: accused.flatMap((a) => [piece.spot(a.name.from, a.name.to), piece.spot(a.at.from, a.at.to)]),
        },
      ];
    }),
    isOutright: all.some(({ accused }) => accused.some(({ outright }) => outright === true)),
  };
}

/** Who is accused in one piece of a draft, and where. */
function accusedIn(piece: Piece, protocol: Protocol): readonly (Accusation & { readonly name: Range })[] {
  const places = placeWords(protocol);
  const names = namesOf(piece.text, protocol);
  return [
    ...names.flatMap((name) => {
      const said = accusationOf(piece, name, names);
      return said === undefined ? [] : [{ name, ...said }];
    }),
    ...sentencesIn(piece.text).flatMap((sentence) =>
      premisesIn(piece.text, sentence)
        .filter((name) => !isPlace(piece.text.slice(name.from, name.to), places))
        .map((name) => ({ name, at: sentence, court: false })),
    ),
  ];
}

/** What accuses somebody all in all, though no single phrase does. */
function allInAll(draft: CheckedDraft, protocol: Protocol): readonly WordingFinding[] {
  const found = weighed('accuses', draft, protocol, LIKELY.named);
  if (found?.subject === undefined) return [];
  const { piece, subject, sentence, likely } = found;
  const isNamed = namedIn(piece.text, protocol).some(({ from }) => from === subject.from);
  // "Moor Lane's closure": nobody, and no business
  if (!isNamed && (likely < LIKELY.described || endsAPlace(piece.text.slice(subject.from, subject.to))))
    return [];
  return [
    {
      code: isNamed ? 'named-allegation' : 'described-allegation',
      facts: { name: piece.text.slice(subject.from, subject.to) },
      spots: [piece.spot(subject.from, subject.to), piece.spot(sentence.from, sentence.to)],
    },
  ];
}

/**
 * Of ten such findings nine should be right: read off the posts that were held back when the weights were learned. Of
 * somebody who is only described, much that sounds bad is said of nobody.
 */
const LIKELY = { named: 0.5, described: 0.7 } as const;
const UNLIKELY = 0.15;

import type { Election, Protocol } from '../protocol.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { isNotice } from './notices.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import type { Politician } from './office-holders.ts';
import { politiciansIn } from './office-holders.ts';

/**
 * POL-5: no reference to one politician in a pre-election period, by name, by office or in the description of a picture.
 * Statutory notices of the Returning Officer and emergencies pass.
 */
export const pol5: WordingRule = {
  id: 'POL-5',
  settings: {},
  check: (draft, protocol) => {
    const { occasion } = draft;
    if (occasion.elections.length === 0 || occasion.emergency) return [];
    const pieces = piecesOf(draft);
    return pieces.flatMap((piece): readonly WordingFinding[] => {
      if (isNotice(occasion, piece)) return [];
      for (const election of occasion.elections) {
        const named = politiciansIn(piece.text, protocol, election.candidates).filter((politician) =>
          concerns(election, politician, pieces, protocol),
        );
        const [first] = named;
        if (first === undefined) continue;
        return [
          {
            code: 'politician-in-election',
            facts: { politician: first.name, election: election.name, until: election.pollingDay },
            spots: named.map(({ from, to }) => piece.spot(from, to)),
          },
        ];
      }
      return [];
    });
  },
};

/**
 * An election in some wards concerns who stands, who sits for one of them, and whoever else is named together with one.
 */
function concerns(
  { wards, candidates }: Election,
  { name }: Politician,
  pieces: readonly Piece[],
  { registers }: Protocol,
): boolean {
  if (wards === undefined || candidates.includes(name)) return true;
  // "Cllr Thackwell" is the councillor whose name ends so
  const surname = name.split(' ').at(-1);
  const ward = registers.councillors.find((one) => one.name.split(' ').at(-1) === surname)?.ward;
  return (ward !== undefined && wards.includes(ward)) || namesOneOf(wards, pieces);
}

/** Whether a draft names one of the wards. */
export function namesOneOf(wards: readonly string[], pieces: readonly Piece[]): boolean {
  return pieces.some((piece) =>
    wards.some((ward) =>
      new RegExp(`(?<![\\w-])${ward.replace(/[^A-Za-z0-9]+/g, '\\W+')}(?![\\w-])`, 'i').test(piece.text),
    ),
  );
}

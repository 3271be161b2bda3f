import type { Protocol } from '../protocol.ts';
import type { CheckedDraft } from '../rule.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { hasWordsOfNotice } from './notices.ts';
import { partiesIn } from './parties.ts';
import { piecesOf } from './pieces.ts';
import { steeringIn, touchesOnPolitics } from './steering.ts';
import { weighed } from './weighed.ts';

/** POL-2: no publicity that seeks to influence voters: a party named as a party, or readers told how to vote. */
export const pol2: WordingRule = {
  id: 'POL-2',
  settings: {},
  check: (draft, protocol) => {
    const worse = draft.occasion.elections.length === 0 ? {} : { breach: 'block' as const };
    const plain = plainly(draft, protocol);
    return (plain.length > 0 ? plain : allInAll(draft, protocol)).map((found) => ({ ...worse, ...found }));
  },
};

/** Parties by name, and steering in so many words. */
function plainly(draft: CheckedDraft, protocol: Protocol): readonly WordingFinding[] {
  return piecesOf(draft).flatMap((piece): readonly WordingFinding[] => {
    const { elections, notice } = draft.occasion;
    const parties = notice === 'always' || hasWordsOfNotice(piece.lower) ? [] : partiesIn(piece, protocol);
    const first = parties[0];
    const findings: WordingFinding[] = [];
    if (first !== undefined) {
      findings.push({
        code: 'party-named',
        facts: { party: first.party },
        spots: parties.map((p) => piece.spot(p.from, p.to)),
      });
    }
    const steering = steeringIn(piece, elections.length > 0);
    if (steering.length > 0) {
      findings.push({
        code: 'steers-voters',
        facts: {},
        spots: steering.map((s) => piece.spot(s.from, s.to)),
      });
    }
    return findings;
  });
}

/** What steers voters all in all, though no single phrase does. */
function allInAll(draft: CheckedDraft, protocol: Protocol): readonly WordingFinding[] {
  if (draft.occasion.notice === 'always' || !piecesOf(draft).some(touchesOnPolitics)) return [];
  const found = weighed('steers', draft, protocol, LIKELY);
  if (found === undefined || hasWordsOfNotice(found.piece.lower) || !touchesOnPolitics(found.piece))
    return [];
  const { piece, sentence } = found;
  return [{ code: 'steers-voters', facts: {}, spots: [piece.spot(sentence.from, sentence.to)] }];
}

// Of ten such findings nine should be right: read off the posts that were held back when the weights were learned.
const LIKELY = 0.45;

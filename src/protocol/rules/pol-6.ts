import type { Campaign } from '../protocol.ts';
import type { CheckedDraft } from '../rule.ts';
import type { Range } from '../text/links.ts';
import { linksIn } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import {
  ANNOUNCED,
  BEGAN_BEFORE,
  BEGINS_NOW,
  CARRIES_ON,
  LAUNCHED,
  OF_OLD,
  STARTS,
  SEEN_AROUND,
} from './launches.ts';
import { isNotice } from './notices.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import { namesOneOf } from './pol-5.ts';
import { isCampaignName } from './slogans.ts';
import { weighed } from './weighed.ts';

/**
 * POL-6: no new campaign in a pre-election period: the first use of a campaign's name, or words that launch one. A
 * campaign that the protocol lists as begun before the period passes.
 */
export const pol6: WordingRule = {
  id: 'POL-6',
  settings: {},
  check: (draft, protocol) => {
    const { registers } = protocol;
    const { elections, campaign } = draft.occasion;
    if (elections.length === 0) return [];
    const pieces = piecesOf(draft);
    const election = elections.find(({ wards }) => wards === undefined || namesOneOf(wards, pieces));
    if (election === undefined) return [];
    const when = { election: election.name, until: election.pollingDay };
    const running = registers.campaigns.filter(({ since }) => since < election.begins);
    if (campaign !== '' && !running.some(({ name }) => plainly(name) === plainly(campaign)))
      return [{ code: 'new-campaign-in-election', facts: { campaign, ...when }, spots: [] }];
    if (campaign !== '') return [];
    const isNew = (piece: Piece): boolean =>
      !CARRIES_ON.test(piece.text) &&
      (!BEGAN_BEFORE.test(piece.text) || BEGINS_NOW.test(piece.text)) &&
      !OF_OLD.test(piece.text) &&
      !namesARunning(running, piece);
    const plain = pieces.filter(isNew).flatMap((piece): readonly WordingFinding[] => {
      const spots = launchesIn(piece).map(({ from, to }) => piece.spot(from, to));
      return spots.length === 0 ? [] : [{ code: 'launch-in-election', facts: when, spots }];
    });
    if (plain.length > 0) return plain;
    const found = weighed('launches', withoutMereViews(draft), protocol, LIKELY);
    if (found === undefined || !isNew(found.piece) || isNotice(draft.occasion, found.piece)) return [];
    const { piece, sentence } = found;
    return [{ code: 'launch-in-election', facts: when, spots: [piece.spot(sentence.from, sentence.to)] }];
  },
};

/** Of pictures those alone whose description tells words that stand in them: a picture says nothing else of its own. */
function withoutMereViews(draft: CheckedDraft): CheckedDraft {
  const media = draft.media.map((medium) => (HAS_WORDS.test(medium.alt) ? medium : { ...medium, alt: '' }));
  return { ...draft, media };
}

const HAS_WORDS =
  /\b(?:reads?|reading|sa(?:y|ys|id|ying)|words?|titled|headed|headlined|written|slogan)\b|[:"]/i;

// Of ten findings nine should be right: read off posts that were held back when the weights were learned.
const LIKELY = 0.5;

const plainly = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

function namesARunning(running: readonly Campaign[], piece: Piece): boolean {
  const words = plainly(piece.text);
  return running.some(({ name }) => words.includes(plainly(name)));
}

/** The sentences of a text that launch a campaign. */
function launchesIn({ text }: Piece): readonly Range[] {
  const links = linksIn(text);
  const sentences = sentencesIn(text).filter((s) => !links.some((l) => s.from >= l.from && s.to <= l.to));
  const isSeen = sentences.some((s) => SEEN_AROUND.test(text.slice(s.from, s.to)));
  return sentences.filter((sentence, i) => {
    const words = text.slice(sentence.from, sentence.to);
    const next = sentences[i + 1];
    const two = next === undefined ? words : text.slice(sentence.from, next.to);
    return (
      LAUNCHED.some((pattern) => pattern.test(words)) ||
      ANNOUNCED.some((pattern) => isCampaignName(pattern.exec(words)?.groups?.['name'])) ||
      // "It is here! Love Your Lungs …": the name stands in the sentence after
      (STARTS.test(words) &&
        ANNOUNCED.some((pattern) => isCampaignName(pattern.exec(two)?.groups?.['name']))) ||
      (isSeen && STARTS.test(words) && NAMED.test(words.replace(/^\S+\s/, '')))
    );
  });
}

const NAMED = /(?:[A-Z][\w']*\s+){1,4}[A-Z][\w']*/;

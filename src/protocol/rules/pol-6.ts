import type { Campaign } from '../protocol.ts';
import type { Range } from '../text/links.ts';
import { linksIn } from '../text/links.ts';
import { sentencesIn } from '../text/sentences.ts';
import type { WordingFinding, WordingRule } from './codes.ts';
import { ANNOUNCED, CARRIES_ON, LAUNCHED, STARTS, SEEN_AROUND } from './launches.ts';
import type { Piece } from './pieces.ts';
import { piecesOf } from './pieces.ts';
import { namesOneOf } from './pol-5.ts';

/**
 * POL-6: no new campaign in a pre-election period: the first use of a campaign's name, or words that launch one. A
 * campaign that the protocol lists as begun before the period passes.
 */
export const pol6: WordingRule = {
  id: 'POL-6',
  settings: {},
  check: (draft, { registers }) => {
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
    return pieces.flatMap((piece): readonly WordingFinding[] => {
      const launches = namesARunning(running, piece) ? [] : launchesIn(piece);
      if (launches.length === 0) return [];
      const spots = launches.map(({ from, to }) => piece.spot(from, to));
      return [{ code: 'launch-in-election', facts: when, spots }];
    });
  },
};

const plainly = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

function namesARunning(running: readonly Campaign[], piece: Piece): boolean {
  const words = plainly(piece.text);
  return running.some(({ name }) => words.includes(plainly(name)));
}

/** The sentences of a text that launch a campaign. */
function launchesIn({ text, kind }: Piece): readonly Range[] {
  if (kind === 'alt' || CARRIES_ON.test(text)) return [];
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

// what opens, moves or changes without being a campaign
const THING =
  /\b(?:library|librarys?|centre|caf[eé]|park|pool|gym|school|nursery|bridge|road|street|lane|avenue|station|hub|market|museum|gallery|theatre|hall|house|court|courts|playground|garden|gardens|lake|beach|pier|depot|office|tip|toilets?|bus|bins?|rounds?|timetable|festival|fair|parade|carnival|marathon|quiz|show|cup|club|class|course|clinic|surgery|exhibition|walk|ride|week|day|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday|january|february|march|april|may|june|july|august|september|october|november|december|council|officer|teams?|mr|mrs|ms|dr|pc|sgt|inspector|manager|warden|ranger)$/i;

/** Several capitalised words that make a slogan and not a place, a person in a role, a day or a building. */
function isCampaignName(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = name.trim().split(/\s+/);
  return words.length >= 2 && !THING.test(name.trim()) && SLOGAN.test(name);
}

// a slogan tells people to do something or joins small words; the name of a person or a place does neither
const SLOGAN =
  /\b(?:it|your|you|our|us|my|me|we|the|a|to|for|up|out|off|down|on|in|with|together|not|no|zero|safe|clean|cleaner|green|greener|healthy|healthier|better|smart|wise|love|lovely|keep|bin|stop|slow|switch|save|share|walk|talk|look|watch|think|act|breathe|move|eat|read|play|reach|step|speak|start|get|go|give|take|make|choose|check|know|be|every|live|ready|right|first|free|less|more|waste|air|streets?|easy|kind|kinder|home|hello|join|lend|feel|find|grow|light|ride|reuse|rethink|refill|swap|tidy|well|active|fit|proud|one|big|all|local|shop|pedal|cycle|scoot|hop|speak|shout|beat|tackle|fight|pledge|challenge)\b/i;

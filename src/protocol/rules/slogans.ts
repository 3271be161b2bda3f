import type { Range } from '../text/links.ts';

/*
 * What campaigns are called. Plain language, not a council's facts.
 */

/** Capitalised words that may be a name of a campaign, small words between them; as the group `name`. */
export const SLOGAN_NAME =
  "(?<name>(?:[A-Z][\\w'’]*|[A-Z])(?:\\s+(?:(?:it|the|a|an|to|for|of|and|your|our|in|on|up|out|off|not|is)\\s+)?[A-Z][\\w'’]*){1,5})";

// what opens, moves or changes without being a campaign
const THING =
  /\b(?:library|librarys?|centre|caf[eé]|park|pool|gym|school|nursery|bridge|road|street|lane|avenue|station|hub|market|museum|gallery|theatre|hall|house|court|courts|playground|garden|gardens|lake|beach|pier|depot|office|tip|toilets?|bus|bins?|rounds?|timetable|festival|fair|parade|carnival|marathon|quiz|show|cup|club|class|course|clinic|surgery|exhibition|walk|ride|week|day|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday|january|february|march|april|may|june|july|august|september|october|november|december|council|officer|teams?|mr|mrs|ms|dr|pc|sgt|inspector|manager|warden|ranger)$/i;

/** Whether several capitalised words make a slogan and not a place, a person in a role, a day or a building. */
export function isCampaignName(name: string | undefined): boolean {
  if (name === undefined) return false;
  const words = name.trim().split(/\s+/);
  // "The King's Speech", "Our Head of Housing": any name may begin so
  const itself = name.trim().replace(/^(?:The|Our|A|An)\s+/, '');
  return words.length >= 2 && !THING.test(itself) && SLOGAN.test(itself);
}

// a slogan tells people to do something or joins small words; the name of a person or a place does neither
const SLOGAN =
  /\b(?:it|your|you|our|us|my|me|we|the|a|to|for|up|out|off|down|on|in|with|together|not|no|zero|safe|clean|cleaner|green|greener|healthy|healthier|better|smart|wise|love|lovely|keep|bin|stop|slow|switch|save|share|walk|talk|look|watch|think|act|breathe|move|eat|read|play|reach|step|speak|start|get|go|give|take|make|choose|check|know|be|every|live|ready|right|first|free|less|more|waste|air|streets?|easy|kind|kinder|home|hello|join|lend|feel|find|grow|light|ride|reuse|rethink|refill|swap|tidy|well|active|fit|proud|one|big|all|local|shop|pedal|cycle|scoot|hop|speak|shout|beat|tackle|fight|pledge|challenge)\b/i;

/** Where a text names something as campaigns are named. */
export function slogansIn(text: string): readonly Range[] {
  return [...text.matchAll(ANY)]
    .filter((m) => isCampaignName(m.groups?.['name']))
    .map((m) => ({ from: m.index, to: m.index + m[0].length }));
}

const ANY = new RegExp(`(?<![\\w#@])${SLOGAN_NAME}`, 'g');

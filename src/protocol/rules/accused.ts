import type { Range } from '../text/links.ts';
import type { NameAt } from '../text/names.ts';
import { remembered } from '../text/remembered.ts';
import { sentencesIn } from '../text/sentences.ts';
import {
  ACCUSING_BEFORE,
  AS_A_SUBJECT,
  BAD_NAME,
  COURT,
  HEARSAY,
  NEGATIVE,
  OUTRIGHT,
  SUFFERS,
  TELLS,
  WRONGDOING,
} from './accusations.ts';
import { WRONG_ONCE, isAtPlayOrWork, isOfPlay } from './at-play.ts';
import { isHeldAgainst, isReasonFor, isThankedForHarm } from './answers.ts';
import { hasWhatIsAnothers, isInsinuated, isWhereItWent } from './insinuations.ts';
import type { Piece } from './pieces.ts';
import { ATTRIBUTE, isPassive, isWrongSaidOf } from './wrong-said.ts';
import { TELLING_ROLE, WRONG_SAID } from './wrongs.ts';

/** What a text accuses a name of: the sentence that does, and whether it tells what a court did. */
export interface Accusation {
  readonly at: Range;
  readonly court: boolean;
  /** it says what they are in a word that means nothing else: `is a thief` */
  readonly outright?: true;
}

const PERSON = '(?:he|she|they|who|which|it)';
const FIRM =
  '(?:the|this|his|her|their)\\s+(?:firm|company|business|landlord|landlady|owner|boss|shop|builders?|traders?|man|woman|pair|couple|lad|family|staff)';
// between a subject and its verb
const AUX =
  "(?:(?:has|have|had|is|was|are|were|been|being|be|does|did|do|keeps?|kept|'s|will|would|can|could|may|might|must|also|never|always|still|often|just|once|and|again|then|allegedly|apparently|reportedly|repeatedly|regularly)\\s+)*";
const APPOSITIVE =
  "(?:\\s*\\([^)]*\\)|\\s*,[^,.;]{0,80},|\\s+(?:of|from|in|at|on|near)\\s+(?:[A-Z][\\w'-]*\\s*){1,3},?|\\s*,)?";
const SUBJECT_VERB = new RegExp(
  `^${APPOSITIVE}(?:\\s*,?\\s*(?:who|which|that))?\\s+${AUX}${WRONGDOING}\\b`,
  'i',
);
const ONLY_APPOSITIVE = new RegExp(`^${APPOSITIVE}\\s*,?\\s*$|,\\s*$`);
const LATER_VERBS = new RegExp(
  `\\b(?:and|or|but|then|${PERSON}|he's|she's|they're|seen|caught|admitted|admits|to|for|of|by|after|been|keeps|kept|from|has|have|had|is|was|,)\\s+${AUX}${WRONGDOING}\\b`,
  'gi',
);
const HEARSAY_BEFORE = new RegExp(HEARSAY, 'i');
const ANY_WRONG = new RegExp(`\\b(?:${WRONGDOING}|${BAD_NAME})\\b`, 'i');
const WHO_DID_IT = new RegExp(
  `\\b(?:who|whose|which of)\\b[^.!?]*\\b(?:${WRONGDOING}|let|left|did this|to blame)\\b[^.!?]*\\?`,
  'i',
);
const KNOWN_WHO =
  /\b(?:know|knows|guess|found out|tell you|saw|prizes for (?:guessing|knowing)|remember|wonder(?:ing)?) (?:just |exactly )?(?:who|whose)\b/i;
const GOES_ON = new RegExp(
  `^(?:[\\w' ]{0,30}?,\\s*)?(?:and |but |now |then |yet |so |sadly |also )?(?:he|she|they|${FIRM})\\b`,
  'i',
);
const GERUND_ONLY = /^(?:to|for|of|by|after|from|seen|caught|admitted|admits|keeps|kept|,)\s/i;
const IS_BAD = new RegExp(
  `^${APPOSITIVE}(?:\\s*,?\\s*(?:who|which|that))?\\s*(?:is|was|are|were|'s|has been|have been|had been|being|must be|seems|looks|turned out to be|remains)\\s+(?:not fit|(?:(?:a|an|the|all|both|nothing but|so|very|really|just|simply|known|as|to be|well|such|total|complete|real|local|known|serial|convicted|corrupt|violent|drunk|compulsive|common|petty|\\w+ly|no more than)\\s+)*${BAD_NAME})\\b`,
  'i',
);
// the word is all that they are: "a fraud officer" and "a criminal lawyer" are something else
const IS_OUTRIGHT = new RegExp(
  `^\\s*(?:,[^,.;]{0,80},\\s*)?(?:is|was|are|were)\\s+(?:(?:nothing but|really|simply|just|known to be|\\w+ly)\\s+)?${OUTRIGHT}(?=\\s*(?:[.,;:!?…)"”]|$)|\\s+(?:and|but|or|who|whose|that|which|when|as|so|because|since|yet)\\b)`,
  'i',
);
const IS_BAD_LATER = new RegExp(
  `\\b(?:he|she|they|it|who)(?:\\s+(?:is|was|are|were|has been|have been)|'s|'re)\\s+(?:(?:a|an|the|all|so|very|nothing but|known|as|to be|well|total|complete|serial|convicted|\\w+ly)\\s+)*(?:${BAD_NAME}|drunk|banned)\\b`,
  'i',
);
const COURT_AFTER = new RegExp(`\\b${COURT}(?![\\w])`, 'i');
const BAD_BEFORE = new RegExp(
  `\\b${BAD_NAME}\\s*(?:called|named|like|such as|,|:|-)?\\s*(?:of the (?:week|month|year)\\s*[:,-]?\\s*)?$`,
  'i',
);
const ACCUSED_BEFORE = new RegExp(
  `\\b${ACCUSING_BEFORE}\\s+(?:(?:the|a|an|our|local|owner|builder|landlord|trader|his|her|man|woman|of|called|named|that|against|nurse|teacher|driver|firm|company|\\w+er|\\w+or)\\s+){0,4}$`,
  'i',
);
// cheap looks before the long ones
const ENDS_WITH_BY = /\bby\s+(?:[\w'-]+\s+){0,4}$/i;
const ENDS_WITH_TIE = /\b(?:to|by|for|is|was|called|named)\s+$/i;
const DONE_BY = new RegExp(
  `\\b(?:${WRONGDOING}|left|made|done|caused|started|run|ruined|spoiled|destroyed)\\b[^.!?]{0,60}\\bby\\s+(?:(?:the|a|an|our|local|owner|builder|landlord|trader|man|woman|called|named|neighbour|driver|firm|company)\\s+){0,4}$`,
  'i',
);
const OWNED_BY = new RegExp(
  `\\b${WRONGDOING}\\b[^.!?]{0,80}\\b(?:belongs? to|owned by|registered to|driven by|run by|employed by|works? for|traced to|name is|is called|was called|it was|named|called|(?:is|was))\\s+$`,
  'i',
);
const DIRT =
  /\b(?:mess|waste|rubbish|litter|damage|graffiti|dumped|bags|mattress\w*|sofa|fridge|dog (?:mess|poo)|fire|crash|hole|flood|state)\b/i;
const CULPRITS =
  /\b(?:thief|burglar|robber|vandal|attacker|youths?|lads?|men|thieves|vandals|people who|someone|somebody|scammers|fraudsters|yobs|gangs?|burglars|fly-?tippers|those who|anyone|culprits|criminals|others|drivers who|nobody|no one|we|our (?:\w+ )?(?:team|staff|officers?|crews?|wardens?)|police|a (?:man|woman|driver|lorry|van|car|dog))\s+(?:\w+\s+){0,2}$/i;
const FICTION =
  /\b(?:novels?|author|thriller|whodunn?it|film|movie|musical|opera|ballet|panto\w*|drama|comedy|play(?:ed)? by|exhibition|poem|poet|painting|history walk|history talk|book club|screening|starring|actor|actress|character|storytell\w+|in \d{4}\b|\d{2}th century|born in|fictional|legend of)\b/i;

// words beside which even that is said of nobody
const PRETEND = new RegExp(
  `${FICTION.source}|\\b(?:plays?|tickets?|cast|roles?|theatre|show|story|stories|tales?|scenes?|stage|jok(?:es?|ing)|quiz|museum|legends?|puppets?|costumes?|fancy dress)\\b`,
  'i',
);

// told anywhere in the text: what it tells happens in a story
const ON_STAGE =
  /\b(?:boo (?:and hiss|at|him|her|them)|matin[eé]es?|box office|curtain (?:up|call|rises)|panto(?:mime)?s?|on stage (?:at|from|until)|see how it ends|(?:his|her|their|the) (?:king|queen|prince|princess|witch|ogre|dragon|sorcerer|duke)|interval drinks)\b/i;

const SAID_TO_BE = /\b(?:it was|it is|think (?:he|she|it) (?:is|was))\s+(?:\w+\s+){0,2}$/i;
const SCORN = new RegExp(
  `^(?:what an? |a |an |total |absolute |such an? )?(?:\\w+ )?${BAD_NAME}[.!]*$|^(?:shame|shameful|disgraceful|disgusting|appalling)\\b[^.!?]*[.!]*$`,
  'i',
);

const CHARACTER =
  /\b(?:Jack Frost|Robin Hood|Father Christmas|Santa Claus|Guy Fawkes|Peter Pan|Dick Whittington|Captain Hook|Mother Nature|Old Father Time|Red Riding|Jack the Ripper|Ebenezer Scrooge|Oliver Twist|Harry Potter|Father Time|Mother Goose|Peter Rabbit|Snow White|Mr Punch|Mr Toad|Mr Fox|Sherlock Holmes|William Shakespeare|Charles Dickens|Agatha Christie|Oliver Cromwell|Florence Nightingale|Winston Churchill|Lady Godiva|Dick Turpin|Francis Drake|Lord Byron|Jane Grey)\b/;

/**
 * So much of a sentence is looked at on each side of a name, in characters: what is further away is said of somebody
 * else. A text without full stops and with a thousand names would take seconds.
 */
const reachable = 300;

const isOnStage = remembered((text) => ON_STAGE.test(text));

/** What the text accuses this name of, if it does. */
export function accusationOf(piece: Piece, name: NameAt, names: readonly NameAt[]): Accusation | undefined {
  const sentences = sentencesIn(piece.text);
  const index = sentences.findIndex((s) => name.from >= s.from && name.from < s.to);
  const around = sentences[index];
  if (around === undefined) return undefined;
  const own: Range = {
    from: Math.max(around.from, name.from - reachable),
    to: Math.min(around.to, name.to + reachable),
  };
  const before = piece.text.slice(own.from, name.from);
  const nextName = names.find((n) => n.from >= name.to && n.from < own.to);
  const after = piece.text.slice(name.to, own.to);
  const reach = nextName === undefined ? after : piece.text.slice(name.to, nextName.from);
  const sentence = piece.text.slice(own.from, own.to);
  if (FICTION.test(sentence) || isOnStage(piece.text) || CHARACTER.test(piece.text.slice(name.from, name.to)))
    return undefined;
  const here = (court: boolean): Accusation => ({ at: own, court });
  if (isAtPlayOrWork(before, piece.text.slice(name.from, name.to), after)) return undefined;

  if (BAD_BEFORE.test(before) || ACCUSED_BEFORE.test(before))
    return here(/\b(?:fined|prosecut|convict|jail|sentenc|arrest)/i.test(before));
  if (
    (ENDS_WITH_BY.test(before) &&
      DONE_BY.test(before) &&
      (!/\b(?:left|made|done|run|started)\b/i.test(before) || DIRT.test(sentence))) ||
    (ENDS_WITH_TIE.test(before) && OWNED_BY.test(before))
  )
    return here(false);
  if (isAddressed(before, after) && saysYouDidWrong(piece.text.slice(own.from, name.to + 2 * reachable)))
    return here(false);
  const asks = sentences[index - 1];
  const asked = asks === undefined ? '' : piece.text.slice(asks.from, asks.to);
  if (isAnswerTo(asked, sentence) || isWhereItWent(asked, before, after)) return here(false);
  if (!SUFFERS.test(after) && !TELLS.test(after) && isReasonFor(asked, before, after)) return here(false);
  if (isThankedForHarm(before, after)) return here(false);
  if (isHeldAgainst(before, piece.text.slice(name.to, name.to + 2 * reachable))) return here(false);
  if (SUFFERS.test(after)) return undefined;
  if (!TELLING_ROLE.test(before) && isInsinuated(before, reach)) return here(false);
  if (!TELLS.test(after)) {
    if (IS_OUTRIGHT.test(reach) && !PRETEND.test(piece.text)) return { ...here(false), outright: true };
    if (isSubjectOf(reach) || (!TELLING_ROLE.test(before) && isSpokenIllOf(reach))) return here(false);
    if (SAID_TO_BE.test(before) && isSubjectOf(` ${reach.trimStart()}`)) return here(false);
    if (COURT_AFTER.test(reach) && !isByOthers(reach)) return here(true);
    if (HEARSAY_BEFORE.test(before) && (ANY_WRONG.test(reach) || isTalkOf(reach))) return here(false);
    if (TOLD_US.test(sentence) && !TOLD_US.test(name.kind) && isTalkOf(reach)) return here(false);
    if (isWrongSaidOf(before, reach)) return here(false);
  } else if (!/\btold\b/i.test(after) && IS_BAD_LATER.test(reach)) return here(false);
  return laterAccusation(piece, sentences, index, names, name);
}

/** "Who sprayed the bandstand? Our money is on …": a short sentence with a name that answers who did it. */
function isAnswerTo(question: string, answer: string): boolean {
  if (answer.split(/\s+/).length > 9) return false;
  if (question.endsWith('?')) return WHO_DID_IT.test(question) && !isOfPlay(question);
  const known = KNOWN_WHO.exec(question);
  return known !== null && new RegExp(WRONG_SAID.source, 'i').test(question.slice(known.index));
}

/** Whether the words after a name say that its bearer did or is something wrong. */
function isSubjectOf(after: string): boolean {
  if (IS_BAD.test(after) || IS_BAD_LATER.test(after) || hasWhatIsAnothers(after)) return true;
  const direct = SUBJECT_VERB.exec(after);
  if (direct !== null && !isPassive(direct[0])) return true;
  for (const m of after.matchAll(LATER_VERBS)) {
    const before = after.slice(0, m.index + 1);
    // "caught the thief who stole": the thief did
    if (/^(?:who|which|that)\b/i.test(m[0]) && !ONLY_APPOSITIVE.test(after.slice(0, m.index))) continue;
    if (isPassive(m[0]) || CULPRITS.test(after.slice(0, m.index)) || CULPRITS.test(`${before} `)) continue;
    if (GERUND_ONLY.test(m[0]) && !/ing\b/i.test(m[0])) continue;
    if (
      /^(?:to|from|by|of|for)\s/i.test(m[0]) &&
      /\b(?:stop|prevent|tackle|against|help|talk|learn|campaign|fight|protect|report|about|on|advice|tips)\b[^,;]*$/i.test(
        after.slice(0, m.index),
      )
    )
      continue;
    if (
      /^(?:and|or|but|,)\s/i.test(m[0]) &&
      /\b(?:about|on|against|from|of|tackle|stop|report)\b[^,;.]{0,40}$/i.test(after.slice(0, m.index)) &&
      !/\b(?:he|she|they)\b/i.test(after.slice(0, m.index))
    ) {
      if (
        !/(?:s|ed|swore|stole|threw|left|spat|lied|took|ran|made)\b/i.test(m[0].trim().split(/\s+/)[1] ?? '')
      )
        continue;
    }
    return true;
  }
  return false;
}

/** Something bad in what is said about the bearer of a name, and not as a subject of a talk or a task. */
function isSpokenIllOf(after: string): boolean {
  const bad = NEGATIVE.exec(after);
  if (bad === null || /\bto whom\b/i.test(after)) return false;
  const before = after.slice(0, bad.index);
  return (
    !AS_A_SUBJECT.test(before) && !CULPRITS.test(before) && !ATTRIBUTE.test(after) && !SUFFERS.test(after)
  );
}

/** "We know it was you, …", "…, give it back": the name is spoken to. */
function isAddressed(before: string, after: string): boolean {
  return (
    /(?:^|\byou,?|\bwho you are,?|\bdear|\boi,?|\bhey,?)\s*$/i.test(before) &&
    /^(?:\s+(?:of|from)\s+[A-Z]\w+)?\s*(?:[,.!?:]|$)/.test(after)
  );
}

function saysYouDidWrong(words: string): boolean {
  if (KNOWN_AS.test(words) && GIVE_BACK.test(words)) return true;
  for (const m of words.matchAll(/\b(?:you(?:'ve|'re| have| are)?|your)\s+([^.!?]*)/gi)) {
    const said = m[1] ?? '';
    if (WRONG_ONCE.test(said) || /^(?:\w+ )?(?:took|left|broke|ran|made off|did it|did this)\b/i.test(said))
      return true;
  }
  return false;
}

const KNOWN_AS = /\byou know (?:who you are|what you did)\b|\bwe know (?:it was|who)\b/i;
const GIVE_BACK =
  /\b(?:bring|give|hand|send|put|take)\b[^.!?]{0,40}\bback\b|\breturn (?:our|the|it|them|what)\b/i;

// what a council has from others about somebody
const TOLD_US =
  /\b(?:rumou?rs?|word is|word has it|allegedly|apparently|supposedly|it seems|gossip|(?:tells?|told|telling) (?:us|me|this council) (?:that )?(?:he|she|they)\b|(?:has|have) told us|tells? us\b|(?:neighbours?|tenants|parents|customers|locals|residents|colleagues|witnesses|sources?|insiders|a mum|a dad|a reader|a neighbour) (?:say|says|tell|tells|claim|claims|reckon|reckons|swear|think)|is said to|are said to|everyone knows|everybody knows|it is (?:claimed|said|alleged))\b/i;
const KINDLY =
  /\b(?:best|finest|great\w*|good|kind\w*|brilliant\w*|fantastic|amazing|wonderful|lovely|loves?|loved|enjoys?|enjoyed|happy|delighted|pleased|proud|prizes?|awards?|medals?|won|wins|winner|win|raised|helps?|helped|volunteers?|saved|rescued|hero\w*|star|champion|friendly|welcom\w+|thank\w*|generous|gave|gives|baked|bakes|cakes?|jam|reads?|sings?|plays|planted|knits?|teach\w*|birthday|married|wedding|retir\w+|new job|opens?|opened|will be|is to|is back|joins?|joined|coming|missing|safe|well|concert|show|tour)\b/i;

function isTalkOf(reach: string): boolean {
  return /[a-z]{3}/.test(reach) && !KINDLY.test(reach) && !SUFFERS.test(reach);
}

/** "… told the court", "… prosecuted the owner": the named one is the authority. */
function isByOthers(after: string): boolean {
  return /^\s*(?:,[^,]*,)?\s+(?:\w+\s+)?(?:prosecuted|fined|arrested|evicted|cautioned|sentenced|jailed|convicted)\s+(?:a|an|the|two|three|\d|him|her|them|people|someone)\b/i.test(
    after,
  );
}

/** Sentences after the name that go on about its bearer by a pronoun or as the firm. */
function laterAccusation(
  piece: Piece,
  sentences: readonly Range[],
  index: number,
  names: readonly NameAt[],
  name: NameAt,
): Accusation | undefined {
  for (const sentence of sentences.slice(index + 1, index + 4)) {
    if (
      names.some((n) => n.from >= sentence.from && n.from < sentence.to && !samePerson(piece.text, n, name))
    )
      return undefined;
    const words = piece.text.slice(sentence.from, Math.min(sentence.to, sentence.from + reachable));
    const subject = GOES_ON.exec(words);
    if (SCORN.test(words)) return { at: sentence, court: false };
    if (subject === null) continue;
    const rest = words.slice(subject[0].length);
    if (
      /^they$/i.test(subject[0].trim()) &&
      name.kind === 'person' &&
      /\b(?:dogs|horses|animals|children|tenants|volunteers|staff|police|officers|residents|pupils|people|scammers|thieves|vandals)\b/i.test(
        piece.text.slice(name.from, sentence.from),
      )
    )
      continue;
    if (TELLS.test(rest) || SUFFERS.test(rest)) continue;
    if (isSubjectOf(` ${rest.trimStart()}`) || isSpokenIllOf(rest)) return { at: sentence, court: false };
    if (COURT_AFTER.test(rest) && !isByOthers(rest)) return { at: sentence, court: true };
  }
  return undefined;
}

function samePerson(text: string, a: NameAt, b: NameAt): boolean {
  const last = (n: NameAt): string => text.slice(n.from, n.to).split(/\s+/).at(-1) ?? '';
  return last(a) === last(b);
}

import { WRONGDOING } from './accusations.ts';
import { WRONG_SAID } from './wrongs.ts';

// verbs of harm that sport, the stage, the kitchen and the garden are full of
const HARSH =
  /\b(?:beats?|beat|beaten|hits?|hitting|br(?:oke|eaks?|eaking)|smash\w*|block\w*|cuts?|cutting|chop\w*|spray\w*|dump\w*|kill\w*|trick\w*|refus\w+|ignor\w+|shots?|shoot\w*|threw|throw\w*|toss\w*|burn\w*|punch\w*|kick\w*|attack\w*|slam\w*|leaves?|left|steal\w*|stole|rob\w*|crash\w*|whip\w*|strikes?|struck|fights?|fought|fighting|batter\w*|hammer\w*|thrash\w*|wreck\w*|poison\w*|chuck\w*|drown\w*|tip\w*|pour\w*|lies|whipp\w*|snap\w*|hid|hides|caught|drove|sped|blast\w*|torch\w*|stab\w*|bit|climb\w*|set|ran|dodg\w*|nicks?|pinch\w*|tackl\w*|murder\w*|bow\w*|swings?|rides?|drives?|felled|digs?|dug)\b/i;
const AT_PLAY =
  /\b(?:records?|personal best|medals?|(?:win|won|wins|winning) (?:gold|silver|bronze|first|the|a)|goals?|(?:the|a|that|penalty) shots?|match|race|races|course|10k|5k|marathon|half marathon|cup final|the league|champions?|championships?|the final|on stage|the stage|audience|crowd|your eyes|eggs?|batter|dough|cakes?|bread|hedges?|mural|for charity|fundrais\w+|sponsored|the odds|barriers|new ground|the ice|the silence|the spell|the mould|the deadlock|the news|(?:his|her|their) (?:leg|arm|wrist|ankle|hip|nose|toe|foot|collarbone|own record|age|illness|fears?)|to (?:give up|quit|stop|be beaten)|(?:the|heavy|cold|driving) (?:rain|wind|cold|heat|snow|pain|mud|waves|weather)|the show|the gong|the ball|opponents?|rivals?|batsm[ae]n|wickets?|drums?|tambourine|pinata|confetti|sponges? at|custard pie|ice bucket|bucket of ice|ribbon|turf|first sod|logs?|firewood|weeds?|brambles|stakes?|posts?)\b/i;
const STEALS_A_SHOW =
  /\b(?:st(?:ole|olen|eals?|ealing)|snatch(?:es|ed)?|nick(?:s|ed)|rob(?:s|bed)|killed off|grabb?(?:ed|s)) (?:the|a|all the|every|our|his|her) (?:\w+ )?(?:show|win|winner|points?|lead(?! (?:from|off) (?:the |our |a )?(?:\w+ )?(?:roof|church|chapel|school|hall|library|tower|spire|porch|shed)s?\b)|limelight|headlines|scene|goal|match|game|march|hearts?|kiss|base|ball|glory|title|crown|prize|victory|equaliser|draw)\b/i;
const ROLE_AT_WORK =
  /\b(?:firefighter|paramedic|lifeguard|lifeboat\w*|rescuer|passer-by|neighbour hero|boxer|swimmer|runner|cyclist|striker|goalkeeper|keeper|captain|player|batter|bowler|cricketer|footballer|golfer|athlete|champion|drummer|singer|comedian|magician|dancer|actor|actress|chef|baker|cook|artist|painter|sculptor|gardener|ranger|tree surgeon|lumberjack|volunteer|crew member|beekeeper|blacksmith|wrestler|skater|surfer|rower|sailor|gymnast|judoka|darts player|snooker player)\s+$/i;

/** "Runner … broke the course record": a harsh word that is part of play, work or a good deed. */
export function isAtPlayOrWork(before: string, name: string, after: string): boolean {
  if (!HARSH.test(after)) return false;
  if (
    STEALS_A_SHOW.test(after) ||
    /\bkill(?:s|ed) off (?:his|her|the|a) (?:hero|heroine|villain|detective|character)/i.test(after)
  )
    return true;
  const clause = after.split(/[,;]\s+(?:and|but)\s|\band (?:then )?(?:he|she|they)\b/)[0] ?? after;
  const first = A_DEED.exec(clause)?.[0] ?? WRONG_ONCE.exec(clause)?.[0] ?? '';
  if (first !== '' && !HARSH.test(first)) return false;
  if (/\b(?:saved|rescued|freed|to save|to free|to rescue|raised £?\d)/i.test(after)) return true;
  if (AT_PLAY.test(after) && !STRONG.test(after)) return HARSH.test(clause);
  return (
    (ROLE_AT_WORK.test(before) || /^(?:PC|PCSO|Sgt|Insp|DC|DS|DI|Captain|Firefighter)\b/.test(name)) &&
    !STRONG.test(after) &&
    first !== ''
  );
}

/** Whether words with a harsh one in them speak of sport, the stage, the kitchen or the garden. */
export const isOfPlay = (words: string): boolean => AT_PLAY.test(words) && !STRONG.test(words);

const A_DEED = new RegExp(`\\b${WRONGDOING}\\b`, 'i');
/** The first wrong of a text; without a memory of where it was. */
export const WRONG_ONCE = new RegExp(WRONG_SAID.source, 'i');
const STRONG =
  /\b(?:stole|stolen|theft|lied|lying|drunk\w*|fraud|illegal\w*|without (?:a |any )?(?:licen|permi|pay|insur)\w*|racis\w+|abus\w+|assault\w*|threat\w*|bull(?:y|ies|ied|ying)|our (?:officers?|staff|wardens?|crew|drivers?)|a (?:child|woman|man|pensioner|dog|cat|horse)|(?:his|her) (?:wife|husband|dogs?|children|kids|partner|horses?|neighbours?)|residents|tenants|customers|pensioners|children|dogs?|drain|gully|lay-?by|verge|woods?|river|brook|canal|field|alley|entry|back entry|pavement|window|windscreen|bus shelter|playground|slide|swings)\b/i;

import { WRONGDOING } from './accusations.ts';

/*
 * What English has for wrongdoing, class by class, in every form of the verb. Plain language, not a council's facts.
 * Wider than the verbs of accusations.ts, which have to stand right behind their subject: these count wherever in the
 * sentence they are said of somebody.
 */

/** Verbs that mean something wrong whatever their object; inflected by rule. */
const VERBS: Readonly<Record<string, string>> = {
  theft:
    'nick pinch swipe pilfer loot rob burgle mug shoplift plunder embezzle poach snatch siphon misappropriate',
  fraud:
    'defraud swindle con scam fleece dupe trick deceive mislead cheat lie fiddle fake forge falsify fabricate rig overcharge extort blackmail bribe impersonate misuse launder fleece hoodwink tamper collude evade dodge',
  violence:
    'assault attack punch slap kick batter headbutt shove strangle choke maul rape grope molest abuse threaten intimidate harass bully stalk torment terrorise menace victimise taunt groom exploit murder kill stab beat trample lash barge',
  damage:
    'vandalise smash trash wreck deface graffiti daub poison torch ruin destroy sabotage flatten bulldoze snap scratch hack uproot pollute contaminate',
  dumping: 'dump chuck ditch litter abandon fly-tip flytip offload',
  neglect: 'neglect starve mistreat maltreat ill-treat underfeed overwork underpay',
  nuisance:
    'curse spit urinate trespass obstruct flout breach scream yell hurl jeer rant heckle insult defy disobey disrupt sneer',
  incompetence: 'botch bodge bungle squander skive bluff',
};

const IRREGULAR =
  'stole|steals?|stealing|stolen|t(?:ook|akes|aking) (?:a|an|his|her) (?:\\w+ )?(?:sledgehammer|hammer|bat|knife|axe|crowbar|chainsaw|saw|digger|spanner|brick) to|smack(?:s|ed|ing) (?:the|a|his|her|their|kids|children|toddlers)|ma(?:de|kes|king) up (?:a|an|his|her|the|stories|an illness)|rent(?:s|ed|ing) out (?:his|her|their|a) (?:council|social)|having (?:people|us|you|folk) on|(?:has|have|had) (?:had )?(?:his|her|their) (?:fingers?|hands?) in|lets? (?:himself|herself|themselves) in|is (?:his|her|their) (?:toilet|dustbin|bin|tip|ashtray)|swore|sworn|swears?|swearing|spat|shot|shoots|lying|lied|lies|bit|bites|bitten|fought|drank|drunk|set(?:s|ting)? (?:\\w+ ){0,3}(?:fire|alight|light|ablaze)|broke (?:in|into|the|our|a|his|her|their|every)|breaks (?:in|into|the|our|every)|broken into|r(?:ips?|ipped|ipping) (?:\\w+ ){0,4}(?:off|up|out|down)|sp(?:ed|eeds|eeding) (?:past|through|down|along|off|away)|knock(?:s|ed|ing) (?:down|over|out)|dr(?:ove|ives|iving) (?:off|away|into|at|over|on to|without|drunk|while|through|across)|ran (?:off|away|over|down|a red)|run(?:s|ning)? (?:off with|away with|a red)|walk(?:s|ed|ing) (?:off|away|out) (?:with|and left|on|without)|fell asleep|f(?:e|a)ll(?:s|ing)? asleep|sle(?:pt|eps|eping) (?:through|on)|fail(?:s|ed|ing)? to|refus(?:es|ed|ing)? to|ignor(?:es|ed|ing)|laugh(?:s|ed|ing) (?:at|about|in)|bragg(?:ed|ing)|brags|boast(?:s|ed|ing)|help(?:s|ed|ing) (?:himself|herself|themselves)|us(?:es|ed|ing) (?:\\w+ ){0,5}(?:without|illegally)|shout(?:s|ed|ing) (?:at|abuse|threats|racist|insults|down)|told (?:\\w+ ){1,4}where to go|do(?:ne|es)? a runner|did a runner|gone missing with|made off|makes off|got away with|gets away with|on the run|turn(?:s|ed)? (?:up )?drunk|urinat\\w+|fly-?tipp\\w+|drink-?driv\\w+|cut(?:s|ting)? (?:\\w+ ){0,2}(?:corners|down|the (?:wire|fence|cable|lock|brakes?))|felled|chopp(?:ed|ing) down|chops down|dug up|digs up|concreted over|paved over|built (?:\\w+ ){0,5}without|shut (?:\\w+ ){0,3}(?:in|inside|out|up)|lock(?:s|ed|ing) (?:\\w+ ){0,4}(?:in|inside|out|up)|le(?:ft|aves|aving) (?:\\w+ ){0,6}(?:inside|unwashed|unfed|to rot|to die|behind|outside|blocked|open|in a car|all night|all day|stranded|untreated|unattended|without|alone|in tears|out of pocket|homeless|cold|hungry|thirsty)|bur(?:ns?|nt|ned|ning) (?:\\w+ ){0,3}(?:plastic|tyres?|waste|rubbish|cables?|wood|rubber|furniture|down)|pour(?:s|ed|ing) (?:\\w+ ){0,4}(?:down|into|in|over|on|away)|tip(?:s|ped|ping) (?:\\w+ ){0,5}(?:down|into|in|over|on|out|at|off|behind)|empt(?:ies|ied|ying) (?:\\w+ ){0,6}(?:down|into|over|on|out|in) (?:the|a|our|his|her)|empt(?:ies|ied) (?:the|our|its) (?:tills?|accounts?|funds?|safe|kitty)|remov(?:es|ed|ing) (?:\\w+ ){0,4}(?:from|without)|t(?:ook|akes|aking|aken) (?:\\w+ ){0,6}(?:from (?:the|our|a|his|her|their|old|elderly|residents|people|pensioners)|money|cash|deposits?|backhanders?|bribes?|drugs|without|home)|ke(?:pt|eps|eping) (?:\\w+ ){0,6}(?:takings|money|cash|change|deposits?|rents?|for (?:himself|herself|themselves)|in (?:a|the|his|her) (?:shed|cage|dark|cellar|garage|van)|hungry|chained|awake|with no|without)|let(?:s|ting)? (?:\\w+ ){0,8}(?:loose|bite|foul|roam|run wild|rot|with no|without|go out|die|fall|leak|bark)|s(?:old|ells?|elling) (?:\\w+ ){0,6}(?:to (?:children|kids|under|teen\\w*|minors|school\\w*)|sick|mouldy|rotten|fake|stolen|unsafe|not safe|that (?:are|were|is|was) (?:not|un|never|stolen|fake)|out of date|out-of-date|past (?:its|their)|as (?:new|fresh)|counterfeit|illegal|illicit|knock-?off|dodgy|drugs|dangerous)|breeds? (?:\\w+ ){0,4}(?:in|for)|serv(?:es|ed|ing) (?:\\w+ ){0,4}(?:to (?:children|kids|under)|raw|mouldy|rotten|undercooked|after hours|cold)|hid(?:es|ing|den)?|charg(?:es|ed|ing) (?:\\w+ ){0,6}(?:for nothing|twice|double|never|not done|did not|too much)|claim(?:s|ed|ing) (?:\\w+ ){0,6}(?:benefits?|discount|allowance|expenses|sick|credit|not entitled|never)|park(?:s|ed|ing) (?:\\w+ ){0,5}(?:on (?:the )?(?:crossing|pavement|zigzags?|zig-zags?|verge|grass|double|dropped|cycle|path|kerb|yellow)|across|over|in (?:the|a) (?:disabled|bus|ambulance)|blocking|illegally|without|where)|play(?:s|ed|ing) (?:\\w+ ){0,4}(?:all night|until|till|all hours|so loud|loud)|gave (?:\\w+ ){0,3}(?:a )?false|giv(?:es|ing) (?:\\w+ ){0,3}false|chang(?:es|ed|ing) (?:\\w+ ){0,3}(?:papers?|figures|records|results|marks|grades|dates?|labels)|awarded (?:\\w+ ){0,5}(?:his|her) (?:own|brother|sister|wife|husband|mate|son|cousin|friend|daughter)\\w*|(?:gave|handed|steered|passed|awards|gives|hands) (?:\\w+ ){0,5}(?:to|for) (?:his|her|their|a) (?:own|brother|sister|wife|husband|mates?|son|cousins?|friends?|daughter)|hires? (?:his|her) own|hired (?:his|her) own|asks? for (?:cash|money|bank)|ask(?:ed|ing) for (?:cash|money|bank|bribes)|pretends?|pretended|pretending|poses?|posed|posing as|tells (?:people|residents|customers|them|you) (?:he|she|that (?:he|she)) is|works? (?:\\w+ ){0,4}while (?:claiming|signed off|on sick)|wast(?:es|ed|ing) (?:\\w+ ){0,5}(?:money|funds|thousands|£|on)|spen(?:t|ds|ding) (?:\\w+ ){0,6}(?:on (?:himself|herself|themselves|holidays?|booze|drink|drugs|gambling)|that was not|grant)|never (?:paid|pays|came back|comes back|turned up|turns up|showed|finished|finishes|returned|returns|fixed|fixes|answers|answered|opens|opened|does (?:the|a|any)|did (?:the|a|any)|bothered|bothers|lifts|feeds?|fed|walks|washes|clears|picks|cleans)|(?:has|have|had|did|does|do|will|would) not (?:pay|paid|fed|feed|fix|fixed|return|returned|repair|repaired|care|bother|clear|cleared|control|controlled|stop|move|let|do any|done any|declare|declared|finish|finished)|ow(?:es|ed|ing) (?:us|the|you|over|more|nearly|almost|about|\\d|£|thousands|hundreds|rent|money|months|years|people|staff|tax)|sublets?|sublett?ing|sub-?lets?|jump(?:s|ed|ing) the (?:queue|lights)|bit(?:es|ten)? (?:a|the|two|three|our|his|her)|control(?:led|s)? (?:his|her) dogs?|whipp(?:ed|ing)|hoard(?:s|ed|ing)|block(?:s|ed|ing) (?:the|our|a|an|her|his|access|up|every|in|your)|play-?act\\w*|moonlight\\w*|turf(?:s|ed|ing) (?:\\w+ ){1,4}out|kick(?:s|ed|ing) (?:\\w+ ){1,4}out|evict(?:s|ed|ing) (?:a|his|her|the|two|three|tenants)|drinks|drank (?:on|at|all|while)|smok(?:es|ed|ing) (?:\\w+ ){0,3}(?:cannabis|weed|drugs|crack|in (?:the|a) (?:ward|cab|kitchen|nursery|school))|deals?|dealing|dealt (?:in )?(?:drugs|cannabis)|grow(?:s|ing)? (?:\\w+ ){0,3}cannabis|grew (?:\\w+ ){0,3}cannabis|start(?:ed|s) (?:\\w+ ){0,2}(?:fires?|the blaze|fights?|the trouble|the rumou?r)|caus(?:ed|es|ing) (?:\\w+ ){0,3}(?:crash|fire|flood|damage|trouble|mess|nuisance|misery|harm|distress|accident|leak|death|havoc|chaos|blaze|spill)';

/** The regular forms of a verb: nick, nicks, nicked, nicking; bully, bullies, bullied; rob, robbed. */
function formsOf(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}(?:y|ies|ied|ying)`;
  if (verb.endsWith('ie')) return `${verb}(?:s|d)?`;
  if (verb.endsWith('e')) return `${verb.slice(0, -1)}(?:e|es|ed|ing)`;
  const last = verb.slice(-1);
  const doubles = /^(?:con|rob|mug|trick)?$/.test(verb)
    ? verb !== 'trick'
    : /[^aeiou][aeiou][bdgmnpr]$/.test(verb);
  const sibilant = /(?:s|x|z|ch|sh)$/.test(verb);
  const ending = sibilant ? 'es|ed|ing' : 's|ed|ing';
  return doubles ? `${verb}(?:s|${last}ed|${last}ing)?|${verb}(?:ed|ing)` : `${verb}(?:${ending})?`;
}

// nothing wrong by itself
const BOUND = 'up to (?:no good|something)';

const REGULAR = Object.values(VERBS)
  .flatMap((list) => list.split(' '))
  .map(formsOf)
  .join('|');

// things, states and judgements that are bad to be connected with
const NOUNS =
  'droppings|at your peril|to your peril|out of pocket|says otherwise|poorer|never any charity|string of|theft|thefts|thief|thieving|stealing|fraud\\w*|scams?|scammer|con ?m[ae]n|crook\\w*|liar|lies|false (?:name|address|claims?|papers?|statement|details)|forgery|fake|bogus|phoney|counterfeit|assault|violence|violent\\w*|threats?|abuse|abusive|bully\\w*|bullies|harassment|racis[mt]|sexis[mt]|homophob\\w+|bigot\\w*|misogyn\\w+|predator\\w*|pervert\\w*|indecen\\w+|obscen\\w+|lewd|sexual\\w*|affair|neglect|cruel\\w*|squalor|filth\\w*|vermin|infest\\w*|rats|mice|maggots|cockroach\\w*|mould\\w*|rotten|unsafe|not safe|danger to|dangerous\\w*|reckless\\w*|careless\\w*|negligen\\w+|incompeten\\w+|useless|botched|shoddy|misconduct|malpractice|wrongdoing|corrupt\\w*|bribe\\w*|backhander\\w*|kickbacks?|brown envelopes?|on the take|on the fiddle|embezzlement|expenses fiddle|unlicen[cs]ed|unregistered|uninsured|unqualified|untaxed|illegal\\w*|illicit\\w*|unlawful\\w*|black market|without (?:a |an |any |the )?(?:licen[cs]e|permit|permission|consent|insurance|mot|tax|paying|asking|telling|planning|gas|checks?|stopping|food|water|meals|heat\\w*|care|qualification|training|papers|warning|cause|lights|helmet|seat ?belts?)|(?:with )?no (?:brakes|locks?|doors?|roof|toilets?|fridge|smoke|licen[cs]e|permit|permission|insurance|mot|tax|gas|safety|fire|checks?|food|water|meals|heat\\w*|hot water|qualifications?|training|papers|smoke alarms?|right to|shame|respect|conscience|manners|care|excuse|regard)|drunk\\w*|booze\\w*|drugs?|cocaine|heroin|cannabis|weed|crack|stoned|high on|hungover|off (?:his|her) (?:face|head)|pissed|debts?|unpaid|arrears|owes|bankrupt\\w*|knife|knives|weapons?|gun|guns|arson\\w*|vandal\\w*|graffiti|fly-?tip\\w*|anti-?social\\w*|nuisance|menace|disgrac\\w*|disgust\\w*|shame(?:ful|less)?\\w*|despicabl\\w*|appalling\\w*|vile|rude\\w*|lazy|idle|greed\\w*|selfish\\w*|spite\\w*|nasty|sly|sneaky|two-faced|dodgy|shady|bent|rogue|cowboy|rip-?off|guilty|culprit|offender|criminal\\w*|crimes?|gangsters?|prison|jail\\w*|convict\\w*|prosecut\\w+|arrested|handcuffs|banned from|thrown out|kicked out|sacked|struck off|disqualified|scandal\\w*|bullying|foul[- ]mouthed|foul language|bad language|temper|slum|rat-run|starving|malnourished|out of control|shut down by|closed down by|cover[- ]?up|insider|conflict of interest|tax (?:dodg|evas|cheat)\\w*|benefit (?:fraud|cheat)\\w*|loan shark\\w*|sick puppies|puppy farm\\w*|spray ?cans?|blame|blamed|to blame|fault';

/** Anything wrong that may be said of somebody, wherever it stands. */
export const WRONG_SAID = new RegExp(
  `(?<![\\w-])(?<!\\b(?:a|an|the|any|this|that|two|three|of|new|old|magic|dance|rubbish|landfill) )(?:${REGULAR}|${BOUND})(?![\\w-])|(?<![\\w-])(?:${IRREGULAR}|${NOUNS}|${WRONGDOING})(?![\\w-])`,
  'gi',
);

/** Behind the words of a deed, in front of a name: whose deed it was. */
export const DEED_OF =
  /\b(?:by|the work of|work of|the doing of|down to|the conduct of|conduct of|behaviour of|language of|actions? of|owned by|belong(?:s|ed|ing)? to|run by|led by|thanks to|courtesy of|fault of|because of|due to|from|it was|that was|was|is|as|because|since|when|after|while|where|ask|blame|of|about|that|against|to)\s+(?:(?:a|an|the|our|one|local|his|her|its|their|former|ex-|neighbour|owner|tenant|landlord|landlady|driver|builder|trader|man|woman|manager|boss|resident|\w+er|\w+or|\w+man|\w+ist|teacher|called|named),?\s+){0,5}$/i;

/** Roles in which a person named beside a wrong tells of it, fights it or plays it. */
export const TELLING_ROLE =
  /\b(?:pc|pcso|sgt|sergeant|inspector|constable|officer|warden|ranger|historian|author|novelist|writer|poet|comedian|actor|actress|singer|artist|storyteller|speaker|expert|lecturer|curator|judge|coroner|magistrate|clerk|reporter|journalist|campaigner|volunteer|hero|heroine|witness|victim|survivor|widow|mother|father|mum|dad|parents|family|memory|firefighter|paramedic|medic|lifeguard|lifesaver|detective|investigator|adviser|advisor|solicitor|professor|doctor|dr|chef|baker|coach|guide|winner|champion|star|apprentice|director|producer|thanks to|thank you to|thank you|thanks|well done to|well done|congratulations to|bravo|tribute to|cheers to|salute|proud of|applause for|meet|welcome|join|starring|said|says|added|explained|warned)[,:]?\s+(?:our (?:\w+ )?|the )?$/i;

/** What one says in hearsay that is bad only because it is hearsay. */
export const WEAK_WRONG =
  /\b(?:never|not|no|without|too|instead|while|behind|only|against|back|himself|herself|own|cash|money|children|kids)\b/i;

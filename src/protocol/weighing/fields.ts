/*
 * What English has words for, field by field, in their plain form: the weighing counts a word for its field as well as for
 * itself, so that a word nobody has labelled a post with still says what its neighbours say. Plain language, not a
 * council's facts. One word may stand in several fields.
 */
const WORDS = {
  theft: `steal thief theft rob robber robbery burgle burglar burglary nick pinch swipe pilfer loot mug mugger shoplift shoplifter plunder
    embezzle poach poacher snatch siphon misappropriate pocket filch lift rustle hijack joyride ransack raid fence loot light-fingered`,
  fraud: `defraud fraud fraudster fraudulent swindle swindler con conman conmen scam scammer fleece dupe trick trickster deceive deceit deceitful
    mislead cheat fiddle fake forge forger forgery falsify fabricate rig overcharge extort extortion blackmail bribe bribery impersonate launder
    hoodwink tamper collude evade dodge dodger sham bogus phoney counterfeit rip-off racket racketeer hoax bung backhander kickback embezzlement
    invoice diddle bilk stitch skim swizz pyramid inflate pose feign pretend pretence dishonest dishonesty crooked crook corrupt corruption
    nepotism crony cronyism greedy grasping profiteer overclaim undeclared moonlight sublet`,
  lying: `lie liar lied lying untrue falsehood fib porky invent deny concoct exaggerate perjure perjury whitewash cover-up conceal hide hid
    two-faced hypocrite hypocrisy slander smear fairy-tale spin`,
  violence: `assault attack punch slap kick batter headbutt shove strangle choke maul rape rapist grope molest abuse abuser abusive threaten
    threat intimidate harass harassment bully bullying stalk stalker torment terrorise menace victimise taunt groom exploit murder murderer kill
    killer stab knife beat thump clout wallop trample lash thrash smack spit spat brawl scuffle violent violence aggressive aggression hostile
    thug brute predator pervert paedophile fist weapon machete hammer gun bruise bully hit-and-run manhandle scald burn whip hurt injure harm`,
  damage: `vandalise vandal vandalism smash trash wreck deface graffiti daub poison torch ruin destroy sabotage flatten bulldoze hack uproot
    pollute contaminate arson arsonist damage scratch slash snap spoil rip tear uproot fell axe demolish brick spray tag scrawl hooligan yob lout`,
  dumping: `dump ditch litter fly-tip flytip flytipper tip offload discard chuck lob sling rubble sofa mattress fridge tyre asbestos bag waste mess
    foul fouling poo rubbish skip refuse abandon tippers burn sewage slurry effluent manure`,
  neglect: `neglect starve mistreat maltreat cruelty cruel underfeed overwork underpay squalor filth filthy unfed unwashed chain cage cooped
    kennel thin skin bony dirty soiled sore matted flea unlicensed unregistered unqualified unsafe overcrowd damp mould slum leak freezing boiler
    ignore abandon unattended hungry cold cram evict eviction ill-treat`,
  dirt: `mouse mice rat cockroach roach vermin maggot infest infestation dropping droppings mould mouldy rotten out-of-date undercooked raw
    grime grease greasy filthy hygiene closure shut seize confiscate vape tobacco illicit illegal sick ill poorly vomit poisoning diarrhoea zero
    stink smell stench fly flies slime weevil gnaw mucky`,
  nuisance: `noise noisy racket blare loud shout scream yell swear curse rant rave heckle jeer insult rude foul-mouthed obscene lewd flash
    trespass obstruct block flout breach defy disobey disrupt pester plague nuisance antisocial bark loose drunk drunken booze boozy pissed stagger
    drug cannabis cocaine heroin weed dealer deal addict junkie smoke urinate pee speed tailgate race rev park pavement drink-drive moped quad
    bonfire feud spite spiteful row tantrum creep leer peer prowl lurk loiter snoop spy follow`,
  incompetence: `botch bodge bungle squander skive shirk lazy idle useless incompetent incompetence shoddy sloppy cowboy rogue unfinished
    half-finished careless negligent negligence reckless slapdash slipshod unreliable overprice crumble collapse wobble leak patch late asleep
    absent excuse cut-price hopeless clueless inept unfit failure fail failing worst appalling dreadful awful terrible dire shambles farce fiasco`,
  slur: `disgrace disgraceful shame shameful shameless scandal disgusting vile nasty horrid horrible wicked evil monster parasite leech
    scrounger sponger freeloader menace villain bandit snake weasel rat toad clown joke pest creep tyrant dodgy shady fishy suspicious crafty sly
    sneaky slippery devious underhand heartless callous selfish ruthless racist racism sexist bigot gangster hooligan troublemaker notorious infamous
    unscrupulous crook sleaze sleazy sordid`,
  law: `court magistrate judge jury prosecute prosecution convict conviction fine fined jail prison imprison sentence guilty plead charge arrest
    caution bail probation ban disqualify injunction offence offender crime criminal custody tribunal dock trial summons warrant raid
    ordered costs compensation penalty notice investigate investigation inquiry probe suspend suspension sack sacked dismiss struck
    misconduct malpractice disciplinary bankrupt bankruptcy debt bailiff enforcement licence revoke`,
  hearsay: `allege allegation allegedly apparently reportedly rumour word gossip claim accuse accusation complain complaint suspect suspicion
    tell hear reckon swear witness report believe understand mutter whisper supposedly seemingly known whistleblower tip-off insider
    neighbour colleague tenant customer resident`,
  hint: `guess wonder funny odd strange curious coincidence mysterious mysteriously somehow surprise surprisingly suddenly convenient
    conveniently question explain explanation answer truth honest ask money cash envelope holiday villa yacht car cruise
    sports-car pool watch mate brother cousin wife nephew friend contract account missing vanish disappear empty gone nowhere silence quiet blame`,
  warnOff: `beware avoid never trust warn warning wary careful steer bargepole swerve shun boycott regret peril cost sorry
    hire book pay deposit lend refund chase owe unpaid`,
  victim: `victim survivor widow pensioner elderly vulnerable tenant customer resident child children kid pupil disabled frail injured hurt
    attacked robbed missing lost rescue comfort sympathy condolence inquest`,
  role: `officer constable sergeant inspector warden ranger librarian curator teacher headteacher tutor coach trainer instructor nurse doctor
    midwife dentist pharmacist firefighter paramedic lifeguard gardener engineer surveyor planner manager director registrar coroner historian
    author novelist poet writer artist painter sculptor musician singer drummer violinist pianist band actor actress comedian magician chef
    cook baker volunteer trustee chair secretary clerk trustee vicar priest imam rabbi bishop footballer striker goalkeeper captain boxer runner
    swimmer cyclist athlete champion apprentice student graduate scientist naturalist beekeeper expert guide host compere dj choir
    lollipop crossing carer foster`,
  event: `talk lecture workshop class session course show concert gig exhibition gallery museum library reading book novel story tale tour walk
    trail fair festival carnival parade panto pantomime theatre stage play film screening cinema opera ballet dance performance audience ticket
    quiz competition contest match race run marathon tournament cup league final goal score win medal record trophy plaque statue mural century
    history famous born unveil launch join meet visit come drop-in free book booking age ages doors`,
  helping: `help advice advise guide teach learn show explain tip tips support protect prevent spot stop report tackle clean clear mend
    repair fix rescue save raise donate charity fundraise volunteer foster plant welcome thank thanks grateful cheer free safe care`,
  praise: `amazing wonderful brilliant fantastic tireless tirelessly hardworking hard-working dedicated dedication great greatest finest best
    kind kindest passionate passion inspiring inspirational inspire marvellous superb fabulous excellent outstanding incredible awesome terrific
    heroic legendary legend hero heroine champion star gem treasure diamond saviour superstar trailblazer powerhouse rock joy blessing
    remarkable exceptional selfless brave bravery courage courageous caring compassionate warm generous wise wisdom vision visionary genius talent
    gifted clever brains brainy charm charming energetic energy determined determination persistence persistent dogged tenacity tenacious grit
    stubborn backbone steel fearless unsung beloved loyal faithful devoted steadfast trusted reliable honest integrity decent humble modest
    unstoppable sharp shrewd savvy formidable force lion tiger terrier angel magic miracle wonder marvel delight proud pride lucky fortunate blessed
    adore admire love respect beacon pillar lifeline backbone driving heart soul class calibre`,
  credit: `thanks thank thankful grateful gratitude credit owe debt tribute applaud applause salute cheer cheers bravo congratulate
    congratulations kudos ovation praise honour celebrate hooray hurrah medal bouquet flowers clap deserve earn due because without
    single-handed single-handedly alone personally mastermind architect brainchild idea behind made possible reason`,
  effort: `work fight fought battle campaign champion push press lobby nag badger pester insist persuade convince persist graft slog toil strive
    knock chase secure win won deliver save rescue fix sort achieve transform revive restore spearhead pioneer lead led stand stood speak listen
    care serve keep kept promise pledge word never always tireless night day weekend evening years hours refuse quit give answer phone
    doorstep door inbox midnight rain bring brought get got land bag unlock wrestle wring secure squeeze`,
  office: `chair open attend visit meet host speak say said ask answer question vote propose second table move present receive accept sign lay
    wreath judge hand cut ribbon unveil tour inspect launch announce confirm add tell explain read apologise resign elect appoint replace succeed
    stand retire step declare abstain oppose support back agenda minutes item report committee cabinet meeting chamber panel scrutiny
    budget surgery surgeries member members ward portfolio decision approve agree motion debate leader mayor deputy term portfolio`,
  seen: `picture pictured photo left right centre front beside smile wave stand hold wear sit point plant dig spade hat vest boots group`,
  election: `vote voter voting poll polling ballot election elect electorate candidate constituency ward seat booth cross turnout
    canvass campaign manifesto leaflet hustings mandate majority re-elect councillor mp`,
  pollNotice: `photo id identification register registration postal proxy card station deadline apply application returning nomination result
    declare count verification open close 7am 10pm passport licence accessible braille tactile pencil presiding clerk emergency
    eligible citizen address signature declaration certificate authority`,
  side: `lot bunch crowd gang shower mob crew rabble opposition opponent rival party group administration regime team side benches
    ruling majority minority coalition predecessor previous current last incumbent politician them they us we ours theirs`,
  change: `change fresh new start time enough kick boot out sack oust sweep broom replace remove dump ditch overdue tired fed sick end different
    turn tide page chapter history future forward progress choose choice decide decision`,
  keep: `keep stick continue carry finish job course steady safe hands stay protect defend preserve hold same trust another term more years reward
    thank back support build better best good`,
  blame: `cut cuts close shut closure axe slash scrap sell sold privatise waste squander fail failure broken break break promise betray
    ignore abandon let down neglect rise hike tax bill rent debt mess damage ruin wreck destroy decline rot chaos lie lied forget remember
    punish answer account responsible fault blame lesson message cost price`,
  promise: `promise pledge deliver free more lower lowest invest investment build open save plan vow guarantee commit`,
  launching: `launch start begin kick unveil reveal introduce announce present debut land arrive drop birth born dawn first opening brand-new new
    fresh live hello meet here now today tonight noon dawn go out roll wrap curtain gun ready set big news`,
  campaign: `campaign drive push crusade pledge charter initiative appeal movement crackdown blitz war fight battle challenge message slogan logo mascot
    face voice song jingle film video advert ad poster billboard banner flag badge sticker leaflet radio tv screen bus series action join sign
    share spread urge call stamp tackle beat stop end everyone friend pledge`,
  goesOn: `back return continue carry still again ongoing usual each every year third second fourth fifth tenth annual last weekly summer
    since update phase progress remain place left repeat`,
} as const;

/** A field of meaning. */
export type Field = keyof typeof WORDS;

/** The words of each field, in their plain form. */
export const fields: readonly (readonly [Field, readonly string[]])[] = (
  Object.entries(WORDS) as [Field, string][]
).map(([field, words]) => [field, [...new Set(words.split(/\s+/))]] as const);

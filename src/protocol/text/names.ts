import type { Range } from './links.ts';
import { linksIn } from './links.ts';
import { hashtagsIn } from './hashtags.ts';

/** A person or a business named in a folded text. */
export interface NameAt extends Range {
  readonly kind: 'person' | 'business';
}

// Capitalised words that begin no person's name: days, months, what sentences begin with, what bodies and places are called.
const NOT_A_NAME = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
  the a an this that these those there here it its we our us you your they their he his she her i my who whose what when where why how which if
  and or but so as at by for from in into of off on out over to up with under until after before since while during about between through
  is are was were be been has have had do does did will would can could should must not no yes please thanks thank thankfully sorry sadly happily luckily
  ask try knock check search peek tell see look watch beware avoid never always don't do not meet join come go visit find get take bring book call ring text email write read hear
  listen learn help need want know remember today tonight tomorrow yesterday now then also even only just all any some every each both many most more
  everyone everybody someone somebody nobody anyone people residents neighbours parents children kids pupils staff officers officer crews crew team teams
  volunteers police constable sergeant inspector detective chief superintendent force fire rescue ambulance nhs hospital clinic health safety care carers social services service
  council councillor councillors cllr cllrs mayor mp leader cabinet member committee department office offices government ministry minister mayoral
  court courts magistrates magistrate crown county judge trading standards environment environmental agency authority citizens advice bureau
  library libraries museum gallery theatre school schools academy college university nursery church chapel cathedral mosque temple hall centre center
  park parks garden gardens beach coast coastal pier promenade marina lake river canal sands dunes meadows field fields wood woods forest nature reserve
  road street lane avenue drive close grove crescent place terrace way walk court square mews row hill green bank bridge station bus train rail railway
  market markets fair festival carnival show parade gala concert exhibition event week day month year spring summer autumn winter christmas easter halloween
  bonfire night new old big great little good happy free open closed shut royal national local public community club clubs society association federation
  trust foundation charity friends group union party labour conservative liberal democrat reform tory north south east west northern southern eastern western
  upper lower central town city borough village district ward region england english british britain uk united kingdom europe european
  merseyside lancashire cheshire yorkshire cumbria liverpool manchester wirral knowsley wales welsh scotland scottish ireland irish london
  bin bins waste recycling litter fly tipping fly-tipping tip tips household dog dogs cat cats bird birds great tits robin
  well done update news notice warning alert important reminder breaking urgent court result results found lost missing wanted appeal storm weather flood
  adult adults child family families young youth older senior junior infant primary secondary high head teacher director manager chair chairman chairwoman
  president secretary treasurer landlord builder trader trust rogue cowboy slum red blue yellow brown black white grey gold golden silver
  street's facebook twitter instagram youtube bluesky whatsapp zoom teams google microsoft
  clean air bin right slow down love live active stop start keep make mend save use turn park food hygiene rating ratings award awards
  mental awareness test track trace blue badge badges tax benefit benefits housing homes home house homeless shelter plan plans planning application
  world cup premier league football rugby cricket swim swimming pool baths leisure splash sports sport
  first second third one two three four five six seven eight nine ten dr mr mrs ms miss st saint sir lady lord
  according despite because however meanwhile owner owners driver drivers shop shops store stores cafe pub
  annual half term full stop gas electric water power works roadworks traffic diversion car van lorry trusts
  childminder scaffolder plumber roofer electrician bouncer nurse coach farmer chef baker butcher barber caretaker curate vicar priest tenant neighbour librarian runner swimmer
  his her rumour word reports witnesses customers tenants staff patients users members fans drivers`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

// first names that are no place's, and everyday words that are surnames behind them
const FIRST_NAMES = new Set(
  `adam adrian aisha alan alec alfie alice amber amir amy andrea andrew angela anna anne annie anthony arthur audrey barry basil becky ben bernard beth
  betty bill billy bob brenda brian bridget callum carl carla carol catherine cathy charlie chloe chris christine claire clare colin craig damian dan daniel
  darren dave david dawn dean debbie deborah denise dennis derek diane don donna doreen doris dot ed eddie edna eileen elaine ellen ellie emily emma eric
  ernie ethan eva evelyn fay fiona fred gail gareth gary gavin gemma geoff gill gina glen graham greg guy hannah harry hazel heather helen hugh ian ida imran
  irene isaac isla ivy jack jackie jade jake james jamie jan jane janet jason jean jeff jenny jess jim jo joan joanne joe john jordan josh joyce judith judy
  julia julie june karen karl kate kath kathleen katie keith kelly ken kerry kevin kim kirsty kyle laura lauren lee len leo leon lesley lewis liam lily linda
  lisa liz lucy luke lynn maggie malcolm mandy marie mark martin mary matt maureen max megan mel michael michelle mick mike mina mo molly mohammed muriel
  nadia nancy naomi nathan neil nick nicola nigel noel nora norman oliver olive omar pam pat patricia patrick paul paula pauline peggy penny pete peter phil
  philip phyllis priya rachel raj ralph ravi ray rebecca rhys rich rick rita robert rob rodney roger ron rory ross roy ruby russell ruth ryan sadie sally sam
  samantha sandra sanjay sarah scott sean shane sharon sheila shirley sid simon sophie stacey stan stella stephen steve stuart sue susan suzanne sylvia tania
  ted terry tess tim tina toby tom tommy tony tracy trevor trudy val vera veronica vic vicky vince violet wayne wendy wilf will winnie yusuf yvonne zara zoe
  alison amanda bev caroline cedric cheryl clive cyril debra des desmond doug duncan gerald gordon gwen hal hilda horace howard jem jeremy jerry lenny lionel louise
  mabel marcus marjorie marlon maurice melvin mohamed muhammad myra naz ned neville norma oscar owen percy polly quentin reg roland ronnie rosie rupert sonia stewart tariq thelma theo timothy trish una ursula vernon wally walter wanda wesley wilfred winston`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
const SURNAMES_TOO = new Set(
  'brown black white grey gray green winter summer king bird hill banks bell stone sands woods wood field fields rivers lake church bishop west north young moss law price day head best love short long little new gold golden silver fox hall park'.split(
    ' ',
  ),
);

const ENDS_A_PLACE =
  /^(?:road|primary|infants?|juniors|grammar|street|lane|avenue|drive|close|grove|crescent|place|terrace|way|walk|court|square|mews|row|hill|green|bank|bridge|station|park|gardens?|beach|pier|sands|dunes|meadows?|fields?|woods?|wood|hall|house|centre|school|academy|college|church|library|museum|gallery|theatre|hospital|clinic|surgery|hey|croft|rise|view|moss|gate|quay|wharf|dock|docks|marina|arena|stadium|baths|pool|farm|lodge|estate|strand|seafront|village|town|city|island|bay|common|heath|moor|valley|brook|river|canal|lake|lighthouse|monument|cemetery|crematorium|playground|plaza|arcade|market|festival|carnival|cup|league|trophy|prize|award|fund|appeal|project|scheme|campaign|day|week|act|bill|code|charter|street's|triangle|roundabout|junction|hub|cross|links|flyover|tunnel|viaduct|parade|promenade|boulevard|credits?|allowances?|payments?|pensions?|discounts?|relief|support|rebates?|vouchers?|certificates?|permits?|licen[cs]es?|premium|helpline|hotline|strategy|policy|programme|survey|forms?|applications?|claims?|loans?)$/i;

const TRADE =
  '(?:Ltd|Limited|PLC|LLP|Inc|Builders?|Building|Roofing|Roofers|Motors?|Autos?|Garage|Cars|Taxis|Cabs|Lettings?|Estates|Properties|Homes|Developments|Construction|Contractors|Plumbing|Plumbers|Heating|Electrical|Electrics|Scaffolding|Skips?|Skip Hire|Waste|Clearances?|Removals|Haulage|Transport|Landscapes|Landscaping|Gardening|Paving|Driveways|Windows|Glazing|Tiling|Flooring|Kitchens|Cafe|Café|Diner|Takeaway|Kebabs?|Kebab House|Pizza|Pizzeria|Chippy|Chip Shop|Fish Bar|Grill|Tandoori|Balti|Noodle Bar|Restaurant|Bistro|Bakery|Bakers|Butchers|Fishmongers|Grocers|Stores?|Mini ?Market|Supermarket|Off Licence|Newsagents?|Vapes?|Vape Shop|Bar|Pub|Inn|Arms|Tavern|Hotel|Guest House|Salon|Hair|Nails|Barbers|Tattoos?|Spa|Gym|Fitness|Kennels|Cattery|Stables|Riding School|Nursery|Day Nursery|Care Home|Care|Homecare|Nursing Home|Pharmacy|Dental|Dentists?|Opticians|Solicitors|Accountants|Insurance|Finance|Loans|Security|Cleaning|Cleaners|Laundry|Catering|Foods?|Farm Shop|Dairy|Recycling|Metals|Scrap|Tyres|Bodyworks|Phones|Repairs|Services|Solutions|Group|Enterprises|Traders|Trading|Brothers|Bros\\.?|Sons|Daughters|Co\\.?|Company|Partners)';

const CAP = "[A-Z](?:['’][A-Z])?[a-z]+(?:['-][A-Z]?[a-z]+)*(?:[A-Z][a-z]+)?";
const PARTICLE = '(?:de|da|di|del|van|von|der|la|le|al|el|bin|ibn|ap|ab|ó|O)';
const SEQUENCE = new RegExp(
  `(?<![\\w#@'-])${CAP}(?:\\s+(?:[A-Z]\\.?(?=\\s)\\s*)?(?:${PARTICLE}\\s+)?${CAP}){0,4}(?![\\w])`,
  'g',
);
const SHOUTED = /(?<![\w#@-])[A-Z]{3,}(?:[\s-]+[A-Z]{3,}){1,2}(?![\w])/g;
const TITLED =
  /(?<![\w])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Father|Sister|Sir|Dame|Lady|Lord|PC|PCSO|Sgt|Insp|DC|DS|DI|Cllr|Councillor|MP|Coach|Nurse|Imam|Rabbi)\.?\s+(?:[A-Z]\.?\s+)*[A-Z][A-Za-z'-]+(?:\s+[A-Z][A-Za-z'-]+){0,3}/g;
const ROLE_AND_FIRST_NAME =
  /(?<![\w])(?:landlord|landlady|builder|plumber|roofer|electrician|trader|shopkeeper|publican|driver|neighbour|caretaker|headteacher|head teacher|teacher|nurse|carer|doctor|owner|boss|manager|chef|barber|tenant|farmer|gardener|handyman|mechanic|resident|local man|local woman|ringleader|dealer|thief|liar|fly-?tipper|trainer|coach|instructor|tutor|therapist|dentist|vet|vicar|singer|author)\s+([A-Z][a-z]+(?:\s+[A-Z][a-z]+)?)(?![\w'])/g;
const BUSINESS = new RegExp(
  `(?<![\\w#@-])(?:The\\s+)?${CAP}'?s?(?:\\s+(?:&|and|\\+)\\s+|\\s+)(?:${CAP}'?s?\\s+(?:(?:&|and|\\+)\\s+)?){0,3}?${TRADE}(?![\\w])`,
  'g',
);
const ROLE_AND_ORGANISATION =
  /(?<![\w])(?:charity|firm|company|agency|garage|takeaway|shop|salon|website|app|group|outfit|club|business|restaurant|caf[eé]|pub|bar|[Hh]otel|[Cc]are home|[Nn]ursing home|[Nn]ursery|[Pp]romoter|[Dd]eveloper|[Cc]ontractor|[Ss]upplier|[Oo]perator|[Bb]uilder|[Rr]etailer|[Ll]etting agents?|[Hh]ousing association|[Mm]anufacturer)\s+((?:[A-Z][\w'&]*)(?:\s+(?:(?:for|of|and|the|&|in|4)\s+)?[A-Z][\w'&]*){1,4})/g;
/** What houses people under a name that ends as a place's does. */
const LODGES = /^(?:hotel|care home|nursing home)\s/i;
// "a Quickbite driver": of one firm; "a Leeds driver" and "a Polish driver" are from somewhere
const FIRM_AND_WORKER =
  /(?<![\w-])(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Tt]wo|[Tt]hree)\s+([A-Z][a-z]+(?:[A-Z][a-z]+)?)\s+(?:delivery\s+|taxi\s+|lorry\s+)?(?:drivers?|riders?|couriers?|fitters?|reps?|salesm[ae]n|salesperson|installers?|bailiffs?|wheel ?clampers?)(?![\w-])/g;
const HANDLE = /(?<![\w@.])@[A-Za-z0-9_][A-Za-z0-9_.]{2,}/g;

/**
 * Persons and businesses that a text names. `places` are words (lower case) of place and council names, which the
 * caller knows from the registers. English names of places, streets, days and bodies are left out by their words.
 */
export function namesIn(text: string, places: ReadonlySet<string>): readonly NameAt[] {
  const found: NameAt[] = [];
  const apart = [...linksIn(text), ...hashtagsIn(text)];
  const add = (kind: NameAt['kind'], from: number, to: number): void => {
    if (to <= from || apart.some((r) => from < r.to && to > r.from)) return;
    if (found.some((other) => from < other.to && to > other.from)) return;
    found.push({ kind, from, to });
  };
  for (const m of text.matchAll(TITLED)) {
    const to = m.index + withoutPossessive(m[0]).length;
    if (!endsAPlace(text.slice(m.index, to))) add('person', m.index, to);
  }
  for (const m of text.matchAll(BUSINESS)) {
    if (isLocated(text, m.index) || isCouncilThing(m[0], places)) continue;
    add('business', m.index, m.index + m[0].length);
  }
  for (const m of text.matchAll(ROLE_AND_ORGANISATION)) {
    const name = m[1] ?? '';
    // "Builder Gary Leach" is a person, "care home Willowmere Lodge" no place
    if (FIRST_NAMES.has(name.toLowerCase().split(/\s+/)[0] ?? '')) continue;
    if (!isCouncilThing(`${name} x`, places) && (!endsAPlace(name) || LODGES.test(m[0])))
      add('business', m.index + m[0].length - name.length, m.index + m[0].length);
  }
  for (const m of text.matchAll(FIRM_AND_WORKER)) {
    const name = m[1] ?? '';
    const plain = name.toLowerCase();
    if (NOT_A_NAME.has(plain) || places.has(plain) || FIRST_NAMES.has(plain) || soundsLikeSomewhere(name))
      continue;
    // what its worker does is done by the firm
    add('business', m.index + m[0].indexOf(name), m.index + m[0].length);
  }
  for (const m of text.matchAll(SEQUENCE)) {
    const range = personIn(text, m.index, m[0], places);
    if (range !== undefined) add('person', range.from, range.to);
  }
  for (const m of text.matchAll(SHOUTED)) {
    const words = m[0].toLowerCase().split(/[\s-]+/);
    if (words.every((w) => !NOT_A_NAME.has(w) && !places.has(w)) && !endsAPlace(m[0]))
      add('person', m.index, m.index + m[0].length);
  }
  for (const m of text.matchAll(ROLE_AND_FIRST_NAME)) {
    const name = m[1] ?? '';
    const last = name.toLowerCase().split(/\s+/).at(-1) ?? '';
    if (!NOT_A_NAME.has(last) && !places.has(last) && !endsAPlace(name)) {
      add('person', m.index + m[0].length - name.length, m.index + m[0].length);
    }
  }
  for (const m of text.matchAll(HANDLE))
    if (!isCouncilHandle(m[0], places)) add('person', m.index, m.index + m[0].length);
  return found.sort((a, b) => a.from - b.from);
}

/** A handle that is made of words of the council and of its places, such as "@SeftonCouncil". */
function isCouncilHandle(handle: string, places: ReadonlySet<string>): boolean {
  const words = handle.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return words.length > 0 && words.every((word) => places.has(word.toLowerCase()));
}

/** The part of a run of capitalised words that can be a person's name: at least two words, none of them a common one. */
function personIn(text: string, from: number, run: string, places: ReadonlySet<string>): Range | undefined {
  const whole = withoutPossessive(run);
  const words = [...whole.matchAll(/\S+/g)].map((m) => ({
    word: m[0],
    from: from + m.index,
    to: from + m.index + m[0].length,
  }));
  const isCommon = (word: string): boolean =>
    NOT_A_NAME.has(word.toLowerCase().replace(/\.$/, '')) || places.has(word.toLowerCase());
  while (words[0] !== undefined && isCommon(words[0].word)) words.shift();
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined || words.length < 2) return undefined;
  const isNamed = FIRST_NAMES.has(first.word.toLowerCase());
  if (
    words.some((w) => isCommon(w.word) && !(isNamed && w === last && SURNAMES_TOO.has(w.word.toLowerCase())))
  )
    return undefined;
  if (
    isNamed &&
    words.length === 2 &&
    SURNAMES_TOO.has(last.word.toLowerCase()) &&
    !isLocated(text, first.from)
  )
    return { from: first.from, to: last.to };
  if (ENDS_A_PLACE.test(last.word)) return undefined;
  // the words after it may make it the name of a place, as in "Thomas Gray School" or "Robert Street"
  const next = /^(?:'s?)?\s+([A-Za-z]+)/.exec(text.slice(last.to))?.[1] ?? '';
  if (/^[A-Z]/.test(next) && ENDS_A_PLACE.test(next)) return undefined;
  if (!isNamed && isWhereFrom(text, { from: first.from, to: last.to })) return undefined;
  if (isLocated(text, first.from) && !AT_SOMEBODYS_HOME.test(text.slice(last.to))) return undefined;
  return { from: first.from, to: last.to };
}

// "in Barry Snape's van", "at Denise Tolley's, 17 Beech Road"
const AT_SOMEBODYS_HOME =
  /^'s?(?:,?\s+(?:at\s+)?(?:number\s+)?\d|\s+(?:(?:back|front)\s+)?(?:shed|garage|van|car(?! parks?\b)|boot|garden|yard|loft|attic|house|home|flat|cellar|lock-?up|drive|porch|holiday|week in|trip to|pocket|new \w+|bank|account|wallet|purse|kitchen|wedding)\b)/;

function isLocated(text: string, from: number): boolean {
  // The words that say so are few and stand right before it.
  const before = text.slice(Math.max(0, from - 60), from);
  if (
    /\b(?:shame|blame|blamed|served|spotlight|light|caught up|eye|eyes|finger at|look|file|money is|money|bets?|betting|down)\s+(?:on|at)\s+$/i.test(
      before,
    )
  )
    return false;
  return /\b(?:in|at|on|near|along|outside|around|across|through|towards|into|opposite|off|junction of|corner of)\s+(?:the\s+)?$/i.test(
    before,
  );
}

/*
 * "A Litherland man", "two Hightown brothers", "an Ince Blundell takeaway": one of many who are from somewhere. "The
 * Kwikfix man" is from a firm that people know, and so is "a Munchwell driver".
 */
const ONE_OF_MANY =
  /(?<![\w-])(?:an?|another|one|two|three|four|five|six|several|some|\d+)\s+(?:(?:[\w-]*year-old|aged \d+|young|elderly|retired|former|married|local|old|great|little|north|south|east|west)\s+){0,3}$/i;
const SOMEBODY =
  /^\s+(?:[a-z][\w-]*\s+)?(?:m[ae]n|wom[ae]n|couples?|pair|families|family|brothers|sisters|twins|friends|teenagers?|teens?|youths?|lads?|boys?|girls?|mums?|dads?|mothers?|fathers?|parents?|grandmothers?|grandfathers?|gran|nan|pensioners?|widow(?:er)?s?|residents?|householders?|homeowners?|tenants?|motorists?|cyclists?|landlords?|landlad(?:y|ies)|farmers?|traders?|builders?|roofers?|plumbers?|electricians?|gardeners?|shopkeepers?|dealers?|businessm[ae]n|businesswom[ae]n)(?![\w-])/;
const SOME_BUSINESS =
  /^\s+(?:[a-z][\w-]*\s+)?(?:firms?|compan(?:y|ies)|business(?:es)?|shops?|stores?|takeaways?|restaurants?|caf[eé]s?|pubs?|bars?|bakery|butchers?|salons?|garages?|schools?|care homes?|nurser(?:y|ies)|hotels?|drivers?|shop owners?|pub owners?)(?![\w-])/;
const SOUNDS_LIKE_A_TOWN =
  /(?:ton|ham|by|dale|ford|field|land|wick|wich|port|pool|mouth|bury|borough|burgh|worth|ley|leigh|stead|side|shire|chester|cester|minster|thorpe|town|wood|hill|gate|sea|ness|sall|sens|tree|dell)$/;

// and what does not sound so, or is a make of car or a kind of race
const OF_WHERE =
  /(?:ish|ese|ian|ean|ander|ic)$|^(?:Leeds|Bristol|Hull|Wigan|Maghull|Bootle|London|Cornwall|Devon|Essex|Norfolk|Suffolk|Kent|French|Dutch|Welsh|Scouse|Geordie|Formula|Grand|Learner|Tour|Ford|Audi|Tesla|Vauxhall|Volvo|Mercedes|Toyota|Nissan|Honda|Yamaha)$/;

const soundsLikeSomewhere = (name: string): boolean => SOUNDS_LIKE_A_TOWN.test(name) || OF_WHERE.test(name);

/** Whether words with a capital only say where somebody is from, or some business, that nothing names. */
export function isWhereFrom(text: string, { from, to }: Range): boolean {
  if (!ONE_OF_MANY.test(text.slice(Math.max(0, from - 60), from))) return false;
  const after = text.slice(to, to + 60);
  return SOMEBODY.test(after) || (soundsLikeSomewhere(text.slice(from, to)) && SOME_BUSINESS.test(after));
}

/** Whether the last word of a name makes it one of a place, a body, an event or a service. */
export function endsAPlace(name: string): boolean {
  return ENDS_A_PLACE.test(name.split(/\s+/).at(-1) ?? '');
}

/** Whether a word (lower case) begins no name of a person: a day, a body, what sentences begin with. */
export const isCommonWord = (word: string): boolean => NOT_A_NAME.has(word);

/** "Sefton Adult Social Care", "Trading Standards Services": made of the council's and everyday words only. */
function isCouncilThing(name: string, places: ReadonlySet<string>): boolean {
  const words = name
    .toLowerCase()
    .split(/\s+/)
    .slice(0, -1)
    .map((w) => w.replace(/'s$/, ''));
  return words.every((w) => NOT_A_NAME.has(w) || places.has(w) || w === '&');
}

function withoutPossessive(name: string): string {
  return name.replace(/['’]s?$/, '');
}

import { stemmer } from 'stemmer';

/*
 * Verbs of English whose forms no rule makes, and words that double as another's form. Each line: the plain form and
 * what stands for it.
 */
const IRREGULAR = `
  arise arose arisen; beat beaten; become became; begin began begun; bend bent; bet; bind bound; bite bit bitten; bleed bled; blow blew blown;
  break broke broken; breed bred; bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came;
  creep crept; deal dealt; dig dug; do did done does doing; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; eat ate eaten;
  fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden; forget forgot
  forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone goes going; grind ground; grow grew grown;
  hang hung; have has had having; hear heard; hide hid hidden; hit; hold held; keep kept; kneel knelt; know knew known; lay laid; lead led; lean
  leant; leap leapt; learn learnt; leave left; lend lent; lie lied lying lies; light lit; lose lost; make made; mean meant; meet met; mislead misled;
  mistake mistook mistaken; overcome overcame; overtake overtook overtaken; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran;
  say said; see saw seen; seek sought; sell sold; send sent; sew sewn; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk;
  sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; sling slung; smell smelt; speak spoke spoken; speed sped; spend spent; spill
  spilt; spin spun; spit spat; spoil spoilt; spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung; stink stank stunk;
  stride strode; strike struck; strive strove; swear swore sworn; sweep swept; swell swollen; swim swam swum; swing swung; take took taken; teach
  taught; tear tore torn; tell told; think thought; throw threw thrown; tread trod; undergo underwent; understand understood; wake woke woken; wear
  wore worn; weep wept; win won; wind wound; withdraw withdrew withdrawn; withhold withheld; wring wrung; write wrote written; man men; woman women;
  child children; mouse mice; thief thieves; wife wives; life lives; person people; foot feet; good better best; bad worse worst`;

const plainForms = new Map(
  IRREGULAR.split(';').flatMap((line) => {
    const [plain = '', ...forms] = line.trim().split(/\s+/);
    return forms.map((form) => [form, plain] as const);
  }),
);

const known = new Map<string, string>();

/** The stem of a word in lower case: the same for every form of it (`stole`, `steals` and `stealing` give `steal`). */
export function stemOf(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const stem = stemmer(plainForms.get(word) ?? word);
  // as many as a language has, not as many as somebody may make up
  if (known.size < 20_000) known.set(word, stem);
  return stem;
}

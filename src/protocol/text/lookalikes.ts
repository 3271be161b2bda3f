/**
 * Letters of other scripts that look like Latin ones, as pairs of strings in which the nth character of the first
 * looks like the nth of the second. Only shapes that a reader takes for the Latin letter are here.
 */
const PAIRS: readonly (readonly [string, string])[] = [
  // Cyrillic
  ['АВЕЅІЈКМНОРСТУХҮԌԚԜҺӀ', 'ABESIJKMHOPCTYXYGQWHI'],
  ['аесіјорѕухһԁԛԝүьвкмнтгипӏ', 'aecijopsyxhdqwybbkmhtrunl'],
  // Greek
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'ABEZHIKMNOPTYXC'],
  ['αβγεικνορτυχϲϳηωςμ', 'abyeikvoptuxcjnwsu'],
  // Armenian
  ['ոսօհցգքաԼՕՍ', 'nuohgqpuLOU'],
  // Cherokee and Lisu capitals that look Latin
  ['ᎪᏴᏟᎠᎬᎻᎫᏦᎷᏢᏒᏚᎢᏙᎳᏃ', 'ABCDEHJKMPRSTVWZ'],
  // Latin small capitals
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'],
  // Latin letters with a stroke, a hook or no dot, which have no decomposition
  ['ıȷłøđħŧɑɡɩʋƒɓɗƙƥƴʐɨʉɵąŁØĐĦŦÐ', 'ijlodhtagivfbdkpyziuoaLODHTD'],
  // punctuation that people and phones write in several ways
  ['‘’‚‛′ʼ＇`´', "'''''''''"],
  ['“”„‟″«»', '"""""""'],
  ['‐‑‒–—―−⁃﹘﹣', '----------'],
  ['․。', '..'],
  ['∶ː', '::'],
  ['⁄∕', '//'],
];

const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([from, to]) => {
    const targets = [...to];
    return [...from].map((letter, i): [string, string] => [letter, targets[i] ?? letter]);
  }),
);

/** @returns the Latin letter or plain sign that this one character looks like, or the character itself */
export function plainLetter(character: string): string {
  const known = LOOKALIKES.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  // negative circled and negative squared capitals have no compatibility form
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(65 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(65 + code - 0x1f170);
  if (code > 0x7f && /^\p{Nd}$/u.test(character)) return plainDigit(code);
  return character;
}

/** Digits of any script stand in runs of ten, zero first. */
function plainDigit(code: number): string {
  let before = 0;
  while (before < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before);
}

import { bold, faint, ink, said } from './marked.ts';
import { side, signAt, svg, type Sign } from './shapes.ts';
import { width, wordsOf, type Sheet } from './sheet.ts';

/** From which column to how far something is drawn, and how round its corners are. */
export interface Place {
  readonly left: number;
  readonly across: number;
  readonly radius: number;
}

export const margin = 24;
export const inner = width - 2 * margin;
export const hairline = '#dfe4e8';

/** A round place for the account's picture, with the first letter of its name. */
export async function face(
  sheet: Sheet,
  name: string,
  left: number,
  top: number,
  size: number,
): Promise<void> {
  const half = String(size / 2);
  const circle = `<circle cx="${half}" cy="${half}" r="${half}" fill="#6b7a88"/>`;
  sheet.put({ input: svg(size, size, circle) }, left, top);
  const [letter = ''] = /[\p{L}\p{N}]/u.exec(name) ?? [];
  if (letter === '') return;
  const drawn = await wordsOf(bold(letter.toUpperCase(), '#ffffff'), Math.round(size / 4.5), size);
  sheet.put(drawn, left + (size - drawn.width) / 2, top + (size - drawn.height) / 2);
}

/** Whose post it is: the round place, the name beside it, what stands below the name, and a sign at the other side. */
export async function heading(
  sheet: Sheet,
  name: string,
  size: number,
  under?: string,
  sign?: Sign,
): Promise<void> {
  const left = margin + size + 18;
  const across = width - left - margin - (sign === undefined ? 0 : side + 12);
  const words = [
    await wordsOf(bold(name), 14, across),
    ...(under === undefined ? [] : [await wordsOf(said(under, faint), 11, across)]),
  ];
  const down = words.reduce((sum, { height }) => sum + height + 8, -8);
  const tall = Math.max(size, down);
  await face(sheet, name, margin, sheet.top + (tall - size) / 2, size);
  let top = sheet.top + (tall - down) / 2;
  for (const layer of words) {
    sheet.put(layer, left, top);
    top += layer.height + 8;
  }
  if (sign !== undefined) {
    const drawn = svg(side, side, signAt(sign, 0, 0, faint));
    sheet.put({ input: drawn }, width - margin - side, sheet.top + (tall - side) / 2);
  }
  sheet.top += tall + 18;
}

/** What one can do with a post, as signs from one column to another. */
export function actions(sheet: Sheet, signs: readonly Sign[], from: number, to: number): void {
  const step = (to - from - side) / (signs.length - 1);
  const drawn = signs.map((sign, n) => signAt(sign, n * step, 0, faint));
  sheet.put({ input: svg(to - from, side, drawn.join('')) }, from, sheet.top);
  sheet.top += side + 14;
}

/** The same with a word beside each sign. */
export async function named(sheet: Sheet, each: readonly (readonly [Sign, string])[]): Promise<void> {
  const step = Math.floor(inner / each.length);
  for (const [n, [sign, word]] of each.entries()) {
    const words = await wordsOf(said(word, faint), 12, step - side);
    const left = margin + n * step + (step - side - 10 - words.width) / 2;
    sheet.put({ input: svg(side, side, signAt(sign, 0, 0, faint)) }, left, sheet.top);
    sheet.put(words, left + side + 10, sheet.top + (side - words.height) / 2);
  }
  sheet.top += side + 16;
}

/** The same, each sign on a ground of its own. */
export function pills(sheet: Sheet, signs: readonly Sign[]): void {
  const drawn = signs.map(
    (sign, n) =>
      `<rect x="${String(n * 124)}" width="108" height="56" rx="28" fill="#f1f3f4"/>${signAt(sign, n * 124 + 34, 8, ink)}`,
  );
  sheet.put({ input: svg(inner, 56, drawn.join('')) }, margin, sheet.top);
  sheet.top += 56 + 18;
}

/** A thin line from side to side. */
export function rule(sheet: Sheet, left: number, across: number): void {
  const line = `<rect width="${String(across)}" height="2" fill="${hairline}"/>`;
  sheet.put({ input: svg(across, 2, line) }, left, sheet.top);
  sheet.top += 2 + 14;
}

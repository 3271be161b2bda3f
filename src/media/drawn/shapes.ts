/**
 * The plain shapes that stand for what one can do below a post. All are drawn by us, each in a square of 40: they say
 * what is where, and are no network's own signs.
 */
const strokes = {
  answer: '<path d="M20 7c9 0 15 4 15 11s-6 11-15 11h-2l-8 6 2-8c-4-2-7-5-7-9 0-7 6-11 15-11z"/>',
  again: '<path d="M8 19v-6h22M25 8l5 5-5 5M32 21v6H10M15 32l-5-5 5-5"/>',
  heart: '<path d="M20 33C8 25 5 20 5 14.5a7.5 7.5 0 0 1 15-1.5 7.5 7.5 0 0 1 15 1.5C35 20 32 25 20 33z"/>',
  bars: '<path d="M10 32V22M20 32V8M30 32V16"/>',
  keep: '<path d="M11 7h18v27l-9-8-9 8z"/>',
  up: '<path d="M20 25V7M13 14l7-7 7 7M8 24v9h24v-9"/>',
  turn: '<path d="M22 9l12 9-12 9v-6C14 21 9 24 6 31c0-11 6-16 16-16z"/>',
  dart: '<path d="M6 9h29L20 34l-4-15zM16 19L35 9"/>',
  thumb: '<path d="M7 18h6v15H7zM13 20l6-12c4 0 5 3 4 7l-1 4h8c3 0 4 2 3 5l-2 7c-1 2-2 2-4 2H13"/>',
  more: '<path d="M9 20h.1M20 20h.1M31 20h.1" stroke-width="5"/>',
} as const;

export type Sign = keyof typeof strokes;
export const side = 40;

/** A sign with its upper left corner there, as part of an SVG. */
export const signAt = (sign: Sign, left: number, top: number, colour: string): string =>
  `<g transform="translate(${String(left)} ${String(top)})" fill="none" stroke="${colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">${strokes[sign]}</g>`;

/** Lays something of an SVG into one of its own. */
export const svg = (across: number, down: number, inside: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(across)}" height="${String(down)}">${inside}</svg>`,
  );

/** The sign that a video can be played, with its middle there. */
export const playSign = (x: number, y: number): string =>
  `<g transform="translate(${String(x - 56)} ${String(y - 56)})"><circle cx="56" cy="56" r="54" fill="#0f1419" fill-opacity="0.7" stroke="#ffffff" stroke-width="3"/><path d="M44 32 L84 56 L44 80 Z" fill="#ffffff"/></g>`;

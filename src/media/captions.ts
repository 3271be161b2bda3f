/** One line of captions: what is seen from when to when, in milliseconds from the video's beginning. */
export interface Cue {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Captions {
  readonly contentType: 'text/vtt' | 'application/x-subrip';
  readonly cues: readonly Cue[];
}

/** Why a file of captions is not taken; `line` is the first that is wrong, counted from 1. */
export type CaptionFault =
  /** counted as a text is */
  | { readonly why: 'captions-too-long'; readonly characters: number; readonly most: number }
  | { readonly why: 'captions-too-large' | 'captions-not-text' | 'captions-unknown-form' | 'captions-empty' }
  | {
      readonly why: 'caption-time-wrong' | 'caption-order-wrong' | 'caption-without-words';
      readonly line: number;
    };

/** Most bytes of a file of captions; Bluesky takes 20 kB of each, and an hour of talk is about 100. */
export const largestCaptions = 1024 * 1024;

const arrow = /^(?<from>[\d:.,]+)[ \t]+-->[ \t]+(?<to>[\d:.,]+)(?:[ \t].*)?$/u;

/** Whether a file was meant as captions, be they right or wrong: it is text, and says so or has their arrows. */
export function looksLikeCaptions(bytes: Uint8Array): boolean {
  const begins = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1');
  // Text of two bytes a letter, which some editors write: it is refused as captions, and so told what is wrong.
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff)/u.test(begins)) return true;
  return !begins.includes('\0') && (/^(?:\u00ef\u00bb\u00bf)?WEBVTT/u.test(begins) || begins.includes('-->'));
}

/** What captions that were kept are by their first bytes; undefined for what is none. */
export const captionsType = (first: Uint8Array): 'text/vtt' | undefined =>
  Buffer.from(first.subarray(0, 6)).toString('latin1') === 'WEBVTT' ? 'text/vtt' : undefined;

/**
 * Reads a file of captions, WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format") or SubRip, and checks what a
 * person can get wrong: times, their order, lines without words.
 */
export function readCaptions(
  bytes: Uint8Array,
): { readonly ok: true; readonly captions: Captions } | ({ readonly ok: false } & CaptionFault) {
  if (bytes.length > largestCaptions) return { ok: false, why: 'captions-too-large' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, why: 'captions-not-text' };
  }
  const lines = text.split(/\r\n|\r|\n/u);
  const vtt = /^WEBVTT(?:[ \t].*)?$/u.test(lines[0] ?? '');
  if (!vtt && !lines.some((line) => arrow.test(line))) return { ok: false, why: 'captions-unknown-form' };
  const cues: Cue[] = [];
  let at = vtt ? 1 : 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (vtt && /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/u.test(line)) {
      at = blankAfter(lines, at);
      continue;
    }
    if (!line.includes('-->')) {
      at += 1;
      continue;
    }
    const times = arrow.exec(line)?.groups;
    const from = millisOf(times?.['from'], vtt);
    const to = millisOf(times?.['to'], vtt);
    if (from === undefined || to === undefined || to <= from) {
      return { ok: false, why: 'caption-time-wrong', line: at + 1 };
    }
    if (from < (cues.at(-1)?.from ?? 0)) return { ok: false, why: 'caption-order-wrong', line: at + 1 };
    const end = blankAfter(lines, at);
    // A mark may go on in the next line, as players read it.
    const words = lines
      .slice(at + 1, end)
      .join('\n')
      .replace(/<[^>]*>/gu, '')
      .split('\n')
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .join('\n');
    if (words === '') return { ok: false, why: 'caption-without-words', line: at + 1 };
    cues.push({ from, to, text: words });
    at = end;
  }
  if (cues.length === 0) return { ok: false, why: 'captions-empty' };
  return { ok: true, captions: { contentType: vtt ? 'text/vtt' : 'application/x-subrip', cues } };
}

function blankAfter(lines: readonly string[], at: number): number {
  const found = lines.findIndex((line, n) => n > at && line.trim() === '');
  return found === -1 ? lines.length : found;
}

/** `00:01:02.500` of WebVTT, where hours may be left out, or `00:01:02,500` of SubRip. */
function millisOf(text: string | undefined, vtt: boolean): number | undefined {
  const form = vtt
    ? /^(?:(?<h>\d{2,}):)?(?<m>[0-5]\d):(?<s>[0-5]\d)\.(?<ms>\d{3})$/u
    : /^(?<h>\d{1,2}):(?<m>[0-5]\d):(?<s>[0-5]\d)[,.](?<ms>\d{3})$/u;
  const found = form.exec(text ?? '')?.groups;
  if (found === undefined) return undefined;
  const { h = '0', m = '0', s = '0', ms = '0' } = found;
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
}

/** Captions as WebVTT, which every network that takes captions takes. */
export function asWebVtt({ cues }: Captions): string {
  const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);
  const hours = (at: number): string => String(Math.floor(at / 3_600_000)).padStart(2, '0');
  const time = (at: number): string => `${hours(at)}${clock(at % 3_600_000).slice(2)}`;
  return ['WEBVTT', ...cues.map(({ from, to, text }) => `${time(from)} --> ${time(to)}\n${text}`), ''].join(
    '\n\n',
  );
}

/** How a caption ends behind which another sentence, or another speaker, begins. */
const sentenceEnd = /[.!?…]["'”’)\]]*$/u;

/**
 * What captions say, as one text: without numbers, times and marks, and with what players put in the place of `&amp;`
 * and the like. A sentence goes on through captions until it ends, so that it is read, and its words are found, as they
 * are said.
 */
export async function wordsOf({ cues }: Captions): Promise<string> {
  const { Parser } = await import('htmlparser2');
  let words = '';
  let between = '';
  const parser = new Parser({ ontext: (text) => (words += text) }, { decodeEntities: true });
  for (const { text } of cues) {
    const said = text.replace(/\s*\n\s*/gu, ' ').replace(/</gu, '&lt;');
    parser.write(`${between}${said}`);
    between = sentenceEnd.test(said) ? '\n' : ' ';
  }
  parser.end();
  return words.trim();
}

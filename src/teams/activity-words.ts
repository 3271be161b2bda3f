import { z } from 'zod';
import { withoutAtEnd } from '../protocol/text/at-end.ts';
import { maybe, type Activity } from './activity-form.ts';

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** A text of Teams without its entities: they may stand in it by name or by number. */
function decoded(text: string): string {
  return text
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
      (whole, ten, sixteen, name) => {
        if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
        const code =
          typeof ten === 'string'
            ? Number(ten)
            : Number.parseInt(typeof sixteen === 'string' ? sixteen : '', 16);
        const real = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
        return real ? String.fromCodePoint(code) : whole;
      },
    )
    .replaceAll('\u00a0', ' ');
}

const mentionSchema = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string(), name: maybe(z.string()) }),
  text: maybe(z.string()),
});
type Mention = z.infer<typeof mentionSchema>;

/** Whom a message mentions, Crier among them. */
export const mentionsOf = (activity: Activity): readonly Mention[] =>
  (activity.entities ?? []).flatMap((entity) => {
    const { data } = mentionSchema.safeParse(entity);
    return data === undefined ? [] : [data];
  });

/** Stands for Crier's mention while the marks around it are looked at; no entity decodes to it. */
const here = '\0';

/** The words somebody typed: Crier's own mention gone, other people's as their plain names. */
export function wordsOf(activity: Activity, mentions: readonly Mention[], botId: string | undefined): string {
  const marked = /^<at\b[^>]*>[^]*<\/at>$/i;
  let words = activity.text ?? '';
  for (const { mentioned, text } of mentions) {
    const mark = text ?? `<at>${mentioned.name ?? ''}</at>`;
    // A mention that is no mark could be any word of the text, which then must not go missing.
    if (mentioned.id === botId && marked.test(mark)) words = words.replaceAll(mark, () => here);
  }
  return unmentioned(decoded(words.replace(/<\/?at\b[^<>]*>/gi, ''))).trim();
}

/**
 * The mark behind a mention in front, `@Crier, hold 1`, belongs to the mention, and so does the comma before one at
 * the end; a dash in front of several lines may begin a list.
 */
function unmentioned(text: string): string {
  const begins = text.includes('\n')
    ? /^(?:\s*\0)+[^\S\n]*[,;:.!…]*/u
    : /^(?:\s*\0)+\s*(?:[,;:.!…]+|[–—-]+(?![\d–—-]))?/u;
  const ended = text.trimEnd();
  const before = withoutAtEnd(ended, /[\s\0]/u);
  const ends = ended.endsWith(here) ? withoutAtEnd(before, /[\s,]/u) : ended;
  return ends.replace(begins, ' ').replaceAll(here, ' ');
}

import { remembered } from './remembered.ts';

/** A range of a text: UTF-16 indices, end exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/*
 * Names of hosts and mailboxes have a longest length (RFC 1035, 2.3.4: 63 for a label; RFC 5321, 4.5.3.1: 64 for a
 * mailbox), and the patterns say so: without, a pasted text of many letters and no blank is read from each of its
 * letters to its end, which takes seconds.
 */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = `(?:${LABEL}\\.){1,20}`;
const EMAIL = new RegExp(`[a-z0-9][a-z0-9._%+'-]{0,63}@${HOST}[a-z]{2,}`, 'gi');

// Endings that are not English words stand for a link wherever they are; the others need www or a path after them.
const PLAIN_ENDINGS =
  'co\\.uk|org\\.uk|gov\\.uk|nhs\\.uk|ac\\.uk|sch\\.uk|police\\.uk|ltd\\.uk|plc\\.uk|me\\.uk|net\\.uk|uk|com|org|net|gov|edu|info|biz|eu|ie|tv|london|wales|scot|cymru|app|dev|nhs';
const WORD_ENDINGS =
  'me|be|io|co|ly|gl|gle|ee|ms|it|is|in|to|us|at|de|fr|news|events|online|site|page|link|shop|store|club|community|team|social|health|today|live|city|party|works|fm|gg|bio|org';

const AFTER = '(?::\\d{2,5})?(?:[/?#][^\\s<>"]*)?';
const LINK = new RegExp(
  [
    `(?:https?|ftp)://[^\\s<>"]+`,
    `www\\d?\\.${HOST}[a-z]{2,}${AFTER}`,
    `${HOST}(?:${PLAIN_ENDINGS})(?![a-z0-9-]|\\.[a-z0-9])${AFTER}`,
    `${HOST}(?:${WORD_ENDINGS})(?::\\d{2,5})?/[^\\s<>"]+`,
  ]
    .map((alternative) => `(?:${alternative})`)
    .join('|'),
  'gi',
);

/** The address behind a link, which may be written without its scheme. */
export const linkTarget = (link: string): string => (/^[a-z]+:\/\//iu.test(link) ? link : `https://${link}`);

/** Email addresses, so that they are not taken for links. */
export const emailsIn = remembered(findEmails);

function findEmails(text: string): readonly Range[] {
  return [...text.matchAll(EMAIL)].map((m) => ({ from: m.index, to: m.index + m[0].length }));
}

/** Links with or without `https://`; email addresses and handles such as `@name.bsky.social` are none. */
export const linksIn = remembered(findLinks);

function findLinks(text: string): readonly Range[] {
  const emails = emailsIn(text);
  const links: Range[] = [];
  for (const m of text.matchAll(LINK)) {
    const before = text[m.index - 1] ?? ' ';
    if (/[@\w.-]/.test(before) && !/^(?:https?|ftp):/i.test(m[0])) continue;
    const to = m.index + withoutTail(m[0]).length;
    if (emails.some((e) => m.index < e.to && to > e.from && !/^(?:https?|ftp):/i.test(m[0]))) continue;
    links.push({ from: m.index, to });
  }
  return links;
}

/** What ends a sentence or a quotation, and never a link. */
const endsSentence = `.,;:!?…'"*‘’“”«»`;
const brackets = [
  ['(', ')'],
  ['[', ']'],
] as const;

/** What closes the sentence, or a bracket or quotation round a link, does not belong to it; a bracket opened in it does. */
function withoutTail(link: string): string {
  const unopened = new Map<string, number>(
    brackets.map(([opens, closes]) => [closes, link.split(closes).length - link.split(opens).length]),
  );
  let end = link.length;
  for (; end > 0; end -= 1) {
    const last = link.charAt(end - 1);
    const surplus = unopened.get(last) ?? 0;
    if (surplus > 0) unopened.set(last, surplus - 1);
    else if (!endsSentence.includes(last)) break;
  }
  return link.slice(0, end);
}

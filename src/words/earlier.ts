import type { Millis } from '../core/time.ts';
import { saidBefore, textCalled, wroteFirst } from '../posts/correcting/earlier.ts';
import type { DeskRules, Earlier, PostState } from '../posts/post.ts';
import type { Revision } from '../posts/writing/revision.ts';
import { agreedInVain } from '../posts/correcting/refused-there.ts';
import { changedParts } from './desk-changed.ts';
import { nameOf, sentence } from './names.ts';
import { sayOn } from './times.ts';

/** What somebody wrote before it was written anew, with what stands over it. */
export interface EarlierText {
  readonly title: string;
  readonly text: string;
}

/**
 * @returns what a post's author had written before somebody else changed it, and what it said before each of its
 *   corrections: only what was changed, and all of that; and what those were to say that were made nowhere
 */
export function earlierWords(post: PostState, rules: DeskRules, now: Millis): readonly EarlierText[] {
  const first = wroteFirst(post);
  return [
    ...(first === undefined
      ? []
      : textsWords(`As ${nameOf(first.by, rules)} wrote it`, '', first.texts, post.serviceWrote, rules)),
    ...saidBefore(post).flatMap(({ at, texts }) =>
      textsWords(`Before the correction ${sayOn(at, now)}`, ' it said', texts, post.revision, rules),
    ),
    ...(post.madeNowhere ?? []).flatMap(({ askedAt, text = '' }) =>
      text === ''
        ? []
        : [
            {
              title: `The correction asked for ${sayOn(askedAt, now)}, which was made nowhere, was to say:`,
              text,
            },
          ],
    ),
  ];
}

/** @returns what is right beside the text, where a correction was made nowhere and somebody puts it right by hand: a line each */
export function rightBesideWords(post: PostState, rules: DeskRules): readonly string[] {
  const { others = {} } = agreedInVain(post, rules) ?? {};
  return Object.entries(others).flatMap(([name, text]) => {
    const part = partCalled(name, post.revision, rules);
    if (part === undefined) return [];
    return [text === '' ? `${sentence(part)} is to be taken out.` : `${sentence(part)} is to be: "${text}"`];
  });
}

/** The texts, each below whose or when it was and, but for the main one, what it is. */
function textsWords(
  when: string,
  said: string,
  texts: Earlier['texts'],
  of: Revision | undefined,
  rules: DeskRules,
): readonly EarlierText[] {
  return Object.entries(texts).map(([name, text]) => {
    const part = partCalled(name, of, rules);
    return { title: part === undefined ? `${when}${said}:` : `${when}, ${part}:`, text };
  });
}

/** What a text is, beside the main one. */
function partCalled(name: string, of: Revision | undefined, rules: DeskRules): string | undefined {
  if (name === 'headline') return changedParts.heading;
  if (name === 'summary') return changedParts.summary;
  if (name === 'youtube-title') return changedParts.youtubeTitle;
  if (name === 'quote') return changedParts.quote;
  const which = of === undefined ? undefined : textCalled(name, of);
  if (which === undefined) return undefined;
  return which.of === 'account'
    ? changedParts.text(which.account, rules)
    : changedParts.description(which.index, of?.media ?? []);
}

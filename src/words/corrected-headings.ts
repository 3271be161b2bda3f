import { accountTexts, readWhole } from '../posts/writing/plan.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Revision } from '../posts/writing/revision.ts';
import { onOneLine } from '../protocol/text/cut.ts';
import { videoTitleFrom } from '../protocol/text/heading.ts';

/** One of the words beside the text, before a correction and after it. */
interface Beside {
  /** how it is called, such as "The heading on the website" */
  readonly name: string;
  readonly was: string;
  readonly is: string;
  /** what stands there instead while nobody has written it, in a sentence; empty: nothing does */
  readonly instead: string;
}

/** What is made of the text, where it makes something. */
const madeOfText = (made: string): string =>
  made === '' ? '' : `Instead, the first words of the text stand there: ${made}`;

/** @returns what heading, summary and title become, emptied ones included; those that are made from the text change with it */
export const headingsCorrected = (before: Revision, right: Revision, rules: DeskRules): readonly string[] =>
  besideText(before, right, rules).flatMap(({ name, was, is, instead }) => {
    if (is === was) return [];
    if (is !== '') return [`${name} becomes: ${is}`];
    return [`${name} is taken out. It said: ${onOneLine(was)}`, ...(instead === '' ? [] : [instead])];
  });

function besideText(before: Revision, right: Revision, rules: DeskRules): readonly Beside[] {
  const texts = accountTexts(right, rules);
  const website = texts.find(({ network }) => network === 'website');
  const film = texts.find(({ network }) => network === 'youtube');
  return [
    {
      name: 'The heading on the website',
      was: before.headline,
      is: right.headline,
      instead: madeOfText(website?.headline ?? ''),
    },
    {
      name: 'The summary on the website',
      was: before.summary,
      is: right.summary,
      // A short text is its own summary.
      instead:
        website?.summary === ''
          ? 'Its page has none then, and where feeds show one, they show the text.'
          : madeOfText(website?.summary ?? ''),
    },
    {
      name: 'The title of the video on YouTube',
      was: before.youtube?.title ?? '',
      is: right.youtube?.title ?? '',
      instead: madeOfText(videoTitleFrom(film?.text ?? readWhole(right.text, rules))),
    },
  ];
}

import { accountTexts, readWhole } from '../posts/plan.ts';
import type { DeskRules } from '../posts/post.ts';
import type { Revision } from '../posts/revision.ts';
import { videoTitleFrom } from '../protocol/text/heading.ts';

/** One of the words beside the text, before a correction and after it. */
interface Beside {
  /** how it is called, such as "The heading on the website" */
  readonly name: string;
  readonly was: string;
  readonly is: string;
  /** what stands there while nobody has written it */
  readonly made: string;
}

/** @returns what heading, summary and title become, emptied ones included; those that are made from the text change with it */
export const headingsCorrected = (before: Revision, right: Revision, rules: DeskRules): readonly string[] =>
  besideText(before, right, rules).flatMap(({ name, was, is, made }) => {
    if (is === was) return [];
    if (is !== '') return [`${name} becomes: ${is}`];
    const instead = made === '' ? '' : ` Instead, the first words of the text stand there: ${made}`;
    return [`${name} is taken out.${instead}`];
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
      made: website?.headline ?? '',
    },
    {
      name: 'The summary on the website',
      was: before.summary,
      is: right.summary,
      made: website?.summary ?? '',
    },
    {
      name: 'The title of the video on YouTube',
      was: before.youtube?.title ?? '',
      is: right.youtube?.title ?? '',
      made: videoTitleFrom(film?.text ?? readWhole(right.text, rules)),
    },
  ];
}

import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { pastedAddress } from '../../posts/writing/pasted-address.ts';
import type { PostState } from '../../posts/post.ts';
import { unsentWords } from '../../words/on-cards.ts';
import { pictureInputs } from '../picture-inputs.ts';
import type { PostDrawing } from './drawing.ts';

/**
 * What somebody typed on a card that has no field for it any more, since somebody else was faster: nobody types words
 * twice that they do not have any more. A note that stands in its field still has not been sent, where their press came
 * to nothing for another reason.
 *
 * @param fields ids of the fields that the card has now
 */
export function unsentOf({ post, options }: PostDrawing, fields: readonly string[]): readonly string[] {
  const { typed = {} } = options;
  const lost = (id: string): string => (fields.includes(id) ? '' : (typed[id]?.trim() ?? ''));
  const note = lost('note');
  // Whoever is asked about the note itself reads with that what becomes of it.
  const isInVain = (options.notice ?? '') !== '' && options.noted === undefined;
  const { media } = post.revision;
  return [
    ...(note === '' ? [] : [unsentWords.note(note)]),
    ...(isInVain && note === '' && (typed['note']?.trim() ?? '') !== '' ? [unsentWords.noteStands] : []),
    ...Object.keys(typed).flatMap((id) => {
      const why = id.startsWith('why:') ? lost(id) : '';
      if (why !== '') return [unsentWords.note(why)];
      const link = id.startsWith('link:') ? lost(id) : '';
      return link === '' || standsAt(post, id.slice('link:'.length), link) ? [] : [unsentWords.link(link)];
    }),
    ...media.flatMap((medium, index) => {
      const alt = lost(pictureInputs(index).alt);
      return alt === '' || alt === medium.alt ? [] : [unsentWords.description(index, media, alt)];
    }),
  ];
}

/** Whether a part is known to stand at an address already. */
function standsAt(post: PostState, part: string, link: string): boolean {
  const publication = publicationsOf(post)[part];
  return (
    publication !== undefined &&
    'remote' in publication &&
    [link, pastedAddress(link)].includes(publication.remote.url)
  );
}

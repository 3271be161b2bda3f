import { cardWords } from '../../words/on-cards.ts';
import { youtubeWords } from '../../words/media-on-cards.ts';
import type { PostDrawing } from './drawing.ts';
import type { FormFields } from './form-fields.ts';
import type { YoutubeForm } from './post-form-data.ts';
import { typedForm } from './typed-form.ts';

/** What the form asks about YouTube; nothing where no YouTube account is ticked. */
export function youtubeForm(
  ticked: readonly string[],
  { post, rules }: PostDrawing,
  { field, choices }: FormFields,
): YoutubeForm {
  const channels = ticked.filter((id) => rules.accounts[id]?.network === 'youtube');
  const { youtube } = post.revision;
  const lists = channels.flatMap((id) => Object.entries(rules.accounts[id]?.playlists ?? {}));
  const kids = youtube?.madeForKids === undefined ? '' : youtube.madeForKids ? 'yes' : 'no';
  const privacy = choices('youtube-privacy', youtube?.privacy ?? 'public', youtubeWords.privacies);
  const playlist = choices(
    'youtube-playlist',
    youtube?.playlist === '' ? 'none' : (youtube?.playlist ?? 'none'),
    [{ value: 'none', title: youtubeWords.noPlaylist }, ...lists.map(([value, title]) => ({ value, title }))],
  );
  const shownAt = field('youtube-at', typedForm(youtube?.shownAt));
  return {
    show: channels.length > 0,
    title: { ...field('youtube-title', youtube?.title ?? ''), placeholder: cardWords.fromText },
    kids: choices('youtube-kids', kids, youtubeWords.kids),
    further: {
      // Whatever is not as usual is seen without asking for it.
      open:
        privacy.value !== 'public' ||
        playlist.value !== 'none' ||
        shownAt.value !== '' ||
        shownAt.error !== '',
      privacy,
      playlist: { ...playlist, show: lists.length > 0 },
      shownAt,
    },
  };
}

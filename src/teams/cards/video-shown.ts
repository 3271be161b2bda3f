import { isCaptionedInPicture, isVideo } from '../../posts/writing/media.ts';
import type { Medium } from '../../posts/writing/revision.ts';
import { cardWords } from '../../words/on-cards.ts';
import { videoWords } from '../../words/media-on-cards.ts';
import type { VideoShown } from './picture-data.ts';
import { cardText } from './text.ts';
import { nothing } from './post-head.ts';
import type { PostCardOptions } from './viewer.ts';

const noVideo: VideoShown = {
  show: false,
  words: nothing,
  watch: '',
  watchTitle: '',
  read: '',
  readTitle: '',
  ask: false,
  askWords: '',
  burnedId: '',
  burnedTitle: '',
  burned: 'false',
};

/** What a card says of a medium that moves; who may edit is asked for captions where there are none. */
export function videoShown(
  medium: Medium,
  index: number,
  edit: boolean,
  options: PostCardOptions,
): VideoShown {
  if (!isVideo(medium)) return noVideo;
  const { captions } = medium;
  const burnedId = `burned:${String(index)}`;
  return {
    show: true,
    words: cardText(videoWords(medium)),
    watch: options.mediaUrl?.(medium.hash) ?? '',
    watchTitle: cardWords.watch,
    read:
      captions?.as === 'file' && captions.words === undefined
        ? (options.mediaUrl?.(captions.hash) ?? '')
        : '',
    readTitle: cardWords.readCaptions,
    ask: edit,
    askWords: captions === undefined ? cardWords.sendCaptions : cardWords.statedCaptions,
    burnedId,
    burnedTitle: captions?.as === 'file' ? cardWords.alsoBurnedIn : cardWords.burnedIn,
    burned: options.typed?.[burnedId] ?? String(isCaptionedInPicture(medium)),
  };
}

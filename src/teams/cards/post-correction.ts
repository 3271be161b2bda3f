import { accountOf } from '../../dispatch/thread.ts';
import { askedToPost } from '../../posts/by-hand/done-by-hand.ts';
import type { PostState } from '../../posts/post.ts';
import { redescribed, olderDescriptions } from '../../posts/correcting/descriptions.ts';
import { reviewAwaited } from '../../posts/deciding/reviews.ts';
import { removers } from '../../posts/deciding/may.ts';
import { accountTexts, readWhole } from '../../posts/writing/plan.ts';
import { thenTheDeskWords, thenWords } from '../../words/asked.ts';
import { handedOnWords, nextStepOfCorrection } from '../../words/nobody-here.ts';
import { restWaitsWords } from '../../words/sent-anew.ts';
import { isWhyTold } from '../../posts/correcting/correction-ways.ts';
import { handsWaitWords } from '../../words/by-hand.ts';
import { correctionWords } from '../../words/corrections.ts';
import { cardWords } from '../../words/on-cards.ts';
import { descriptionChanges, olderDescriptionChanges } from '../../words/media-on-cards.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { difference } from './difference.ts';
import { mayAgree } from './post-buttons.ts';
import { lines, nothing } from './post-head.ts';
import { cardText, paragraphs } from './text.ts';

/** Who was asked to post some of it by hand, and has not said that they did. */
const handsOf = (post: PostState) =>
  askedToPost(post).map((part) => ({ account: accountOf(part), people: post.byHand?.[part]?.people ?? [] }));

/**
 * A correction that waits, or is on its way.
 *
 * @param open whether all of the card is seen at once
 */
export function correctionOf(drawing: PostDrawing, open: boolean): PostCardData['correction'] {
  const { post, viewer, rights, rules, now } = drawing;
  const { correction } = post;
  if (correction === undefined || !rights.see) {
    return {
      show: false,
      open: false,
      title: nothing,
      whatTitle: nothing,
      what: [],
      changesTitle: nothing,
      changes: [],
      descriptions: [],
      lines: [],
    };
  }
  const { media } = correction.revision;
  const before = accountTexts(post.revision, rules)[0]?.text ?? post.revision.text;
  const right = readWhole(correction.revision.text, rules);
  const changed = difference(before, right);
  const decides = rights.decide || rights.decideCorrection;
  const words = correctionWords(post, correction, rules, now);
  const isTold = rights.told && post.allAway !== undefined && reviewAwaited(post) === correction.review;
  return {
    show: true,
    open: open || decides || correction.applied === undefined,
    title: cardText(words.title),
    whatTitle: cardText(isWhyTold(correction, rules) ? cardWords.whyInPublic : cardWords.why),
    what: paragraphs(correction.what),
    changesTitle: cardText(changed === undefined ? cardWords.sameText : cardWords.whatChanges),
    // Whoever decides on it reads all that it is to say.
    changes: (decides ? changed?.whole : changed?.paragraphs) ?? paragraphs(right),
    descriptions: [
      ...redescribed(post.revision, correction.revision).map((place) => ({
        title: descriptionChanges(place, media),
        was: post.revision.media[place]?.alt ?? '',
        is: media[place]?.alt ?? '',
      })),
      ...olderDescriptions(post, correction, rules).map(({ account, place, was, is }) => ({
        title: olderDescriptionChanges(account, place, media, rules),
        was,
        is,
      })),
    ].flatMap(({ title, was, is }) => {
      const other = difference(was, is);
      return other === undefined
        ? []
        : [{ title: cardText(title), paragraphs: decides ? other.whole : other.paragraphs }];
    }),
    // Whoever is asked need not read that they are awaited.
    lines: lines([
      ...words.ways,
      ...(rights.decideCorrection && viewer.kind === 'person'
        ? [...restWaitsWords(post, viewer.person, rules, now), ...handsWaitWords(handsOf(post), rules)]
        : []),
      ...words.agreed.map((each) => each.words()),
      ...(mayAgree(drawing)
        ? [
            ...thenWords(correction.review, rules),
            ...thenTheDeskWords(post, correction.review, rules),
            ...handedOnWords(post, correction.review, rules, now, 'you'),
          ]
        : words.besideList),
      ...(isTold
        ? [nextStepOfCorrection(correction.review, rights.remove, removers(rules), rules, now)]
        : []),
    ]).lines,
  };
}

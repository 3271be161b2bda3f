import type { Millis } from '../../core/time.ts';
import { isPartlyOut, publicSince } from '../../posts/may.ts';
import { isCaptioned, isTold } from '../../posts/media.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { buttonWords } from '../../words/asked.ts';
import { buttons, cardWords } from '../../words/on-cards.ts';
import type { Button } from './data.ts';
import type { PostButton, PostCardData } from './post-data.ts';
import { asksAnything, questionsOf } from './picture-questions.ts';
import { cardText } from './text.ts';
import type { PostCardOptions, Rights, Viewer } from './viewer.ts';

/** The buttons that the viewer sees, each with what it does now. */
export function buttonsOf(
  post: PostState,
  rights: Rights,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
  viewer: Viewer,
): PostCardData['buttons'] {
  const review = post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  const asked = rights.decide || rights.passOn;
  const holdFirst = ['approved', 'scheduled', 'publishing'].includes(post.status.is);
  const stopped = options.stop !== undefined;
  const choosing = post.department === undefined;
  const { media } = post.revision;
  const undescribed = media.some(
    (each) => (each.alt.trim() === '' && isTold(each, post.revision.accounts, rules)) || !isCaptioned(each),
  );
  const unanswered = media.some((medium, index) =>
    asksAnything(questionsOf(medium, index, media.length, 'unanswered', rules, options)),
  );
  const offered: Partial<Record<PostButton, string | false>> = {
    send: rights.send && !choosing && buttonWords.send(options.route),
    passOn: rights.passOn && review !== undefined && buttonWords.passOn(review, stopped),
    approve: rights.decide && review !== undefined && buttonWords.approve(post, review, now, stopped),
    approveCorrection: rights.decideCorrection && buttons.approveCorrection,
    open: viewer.kind === 'everybody' && buttons.open,
    edit: rights.edit && !rights.decide && buttons.edit,
    sendBack: rights.sendBack && buttons.sendBack,
    refuse: rights.turnDown && refuseTitle(post),
    refuseCorrection: rights.decideCorrection && buttons.refuseCorrection,
    takeBackCorrection: rights.takeBackCorrection && buttons.takeBackCorrection,
    hold: rights.hold && holdFirst && buttons.hold,
    correct: rights.correct && buttons.correct,
    tryAgain: rights.tryAgain && buttons.tryAgain,
    letOut: rights.makers && buttons.letOut,
    askAgain: rights.makers && buttons.askAgain,
    remove: rights.remove && !rights.decideCorrection && buttons.remove,
    why: rights.see && !asked && !rights.send && buttons.why,
    saveAlt: rights.edit && (unanswered ? buttons.saveAnswers : undescribed && buttons.saveAlt),
    moreEdit: rights.edit && rights.decide && buttons.edit,
    schedule: rights.schedule && buttons.schedule,
    moreWhy: rights.see && (asked || rights.send) && buttons.why,
    moreHold: rights.hold && !holdFirst && buttons.hold,
    cancel: rights.cancel && buttons.cancel,
    moreRemove: rights.remove && rights.decideCorrection && buttons.remove,
  };
  const button = (name: PostButton): Button => {
    const title = offered[name];
    return title === undefined || title === false ? { show: false, title: '' } : { show: true, title };
  };
  return {
    send: button('send'),
    passOn: button('passOn'),
    approve: button('approve'),
    approveCorrection: button('approveCorrection'),
    open: button('open'),
    edit: button('edit'),
    sendBack: button('sendBack'),
    refuse: button('refuse'),
    refuseCorrection: button('refuseCorrection'),
    takeBackCorrection: button('takeBackCorrection'),
    hold: button('hold'),
    correct: button('correct'),
    tryAgain: button('tryAgain'),
    letOut: button('letOut'),
    askAgain: button('askAgain'),
    remove: button('remove'),
    why: button('why'),
    saveAlt: button('saveAlt'),
    moreEdit: button('moreEdit'),
    schedule: button('schedule'),
    moreWhy: button('moreWhy'),
    moreHold: button('moreHold'),
    cancel: button('cancel'),
    moreRemove: button('moreRemove'),
  };
}

function refuseTitle(post: PostState): string {
  if (publicSince(post) !== undefined) return buttons.refuseCorrection;
  return isPartlyOut(post) ? buttons.refuseRest : buttons.refuse;
}

/** What stands behind More. */
export function moreOf(offered: PostCardData['buttons']): PostCardData['more'] {
  const titles = (['moreEdit', 'schedule', 'moreWhy', 'moreHold', 'cancel', 'moreRemove'] as const).filter(
    (name) => offered[name].show,
  );
  return { show: titles.length > 0, words: cardText(cardWords.moreTitle) };
}

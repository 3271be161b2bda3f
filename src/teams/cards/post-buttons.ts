import { isPastAgreeing } from '../../posts/correcting/correction-findings.ts';
import { blocking, isUnwritten } from '../../posts/writing/draft.ts';
import { isStoppedByRule } from '../../posts/leaving/to-go-out.ts';
import { hasTry } from '../../posts/leaving/leaving.ts';
import { lacksDepartment, mayComeDown } from '../../posts/deciding/may.ts';
import { droppedBy } from '../../posts/correcting/standing.ts';
import { isCaptioned, isTold } from '../../posts/writing/media.ts';
import { isHeldAgainAtOnce } from '../../posts/stopping/stop-of-post.ts';
import { buttonWords } from '../../words/asked.ts';
import { correctButton } from '../../words/not-put-right.ts';
import { buttons, cardWords } from '../../words/on-cards.ts';
import type { Button } from './data.ts';
import { isKeptByStop, isStopped, type PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { askedOnCard, asksAnything, questionsOf } from './picture-questions.ts';
import { cardText } from './text.ts';

/** Whether the viewer may agree to a correction that no rule stops, and whose end is still to come. */
export const mayAgree = ({ post, rights, rules, now }: PostDrawing): boolean =>
  rights.decideCorrection && !isPastAgreeing(post, now, rules);

/** The buttons that the viewer sees, each with what it does now. */
export function buttonsOf(drawing: PostDrawing): PostCardData['buttons'] {
  const { viewer, post, rights, rules, now, options } = drawing;
  const review = post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  const asked = rights.decide || rights.passOn;
  const holdFirst = ['approved', 'scheduled', 'publishing'].includes(post.status.is);
  const stopped = isStopped(drawing);
  const releases = !isHeldAgainAtOnce(post, options.stop);
  const choosing = lacksDepartment(post, rules);
  const { media } = post.revision;
  const undescribed = media.some(
    (each) => each.alt.trim() === '' && isTold(each, post.revision.accounts, rules),
  );
  const unanswered = media.some(
    (medium, index) =>
      !isCaptioned(medium) ||
      asksAnything(questionsOf({ medium, index, of: media.length }, 'unanswered', drawing)),
  );
  const edits = rights.edit && !rights.decide;
  const editFirst = leadingOf(drawing) !== 'send';
  return {
    editFirst: button(edits && editFirst && buttons.edit),
    send: button(rights.send && !choosing && buttonWords.send(options.route)),
    passOn: button(rights.passOn && review !== undefined && buttonWords.passOn(post, review, rules, stopped)),
    approve: button(
      rights.decide &&
        releases &&
        review !== undefined &&
        buttonWords.approve(post, review, rules, now, stopped),
    ),
    approveCorrection: button(
      mayAgree(drawing) &&
        post.correction !== undefined &&
        buttonWords.agree(post, post.correction.review, rules, stopped),
    ),
    open: button(viewer.kind === 'everybody' && buttons.open),
    edit: button(edits && !editFirst && buttons.edit),
    sendBack: button(rights.sendBack && buttons.sendBack),
    refuse: button(rights.turnDown && buttons[droppedBy(post)]),
    refuseCorrection: button(rights.decideCorrection && buttons.refuseCorrection),
    takeBackCorrection: button(rights.takeBackCorrection && buttons.takeBackCorrection),
    hold: button(rights.hold && holdFirst && buttons.hold),
    correct: button(rights.correct && correctButton(post, rights, rules)),
    tryAgain: button(rights.tryAgain && hasTry(post, now, rules) && buttons.tryAgain),
    leaveAsItIs: button(rights.leaveAsItIs && buttons.leaveAsItIs),
    resume: button(isKeptByStop(drawing) && rights.resume && buttons.resume),
    letOut: button(rights.letOut && buttons.letOut),
    askAgain: button(rights.askAgain && buttons.askAgain),
    remove: button(rights.remove && mayComeDown(post, rules) && !rights.decideCorrection && buttons.remove),
    why: button(rights.see && !asked && !rights.send && buttons.why),
    saveAlt: button(rights.edit && (unanswered ? buttons.saveAnswers : undescribed && buttons.saveAlt)),
    moreEdit: button(rights.edit && rights.decide && buttons.edit),
    schedule: button(rights.schedule && buttons.schedule),
    moreWhy: button(rights.see && (asked || rights.send) && buttons.why),
    moreHold: button(rights.hold && !holdFirst && buttons.hold),
    cancel: button(rights.cancel && buttons.cancel),
    moreRemove: button(rights.remove && rights.decideCorrection && buttons.remove),
  };
}

/** @param title what it says; none where it is not offered */
const button = (title: string | false | undefined): Button =>
  title === undefined || title === false ? { show: false, title: '' } : { show: true, title };

/**
 * What puts in order what would be refused as it stands. Sending it is offered after that still: it takes along what
 * was answered on the card, and what stood in the way may have gone by itself.
 */
export function leadingOf({ post, rights, rules }: PostDrawing): PostCardData['leads'] {
  const draft = rights.send && !lacksDepartment(post, rules);
  const unwritten = draft && isUnwritten(post.revision);
  const stops = draft || isStoppedByRule(post) ? blocking(post.findings) : [];
  if (!unwritten && stops.length === 0) return 'send';
  return unwritten || stops.some(({ code }) => !askedOnCard.has(code)) ? 'edit' : 'save';
}

/** What stands behind More. */
export function moreOf(offered: PostCardData['buttons']): PostCardData['more'] {
  const titles = (['moreEdit', 'schedule', 'moreWhy', 'moreHold', 'cancel', 'moreRemove'] as const).filter(
    (name) => offered[name].show,
  );
  return { show: titles.length > 0, words: cardText(cardWords.moreTitle) };
}

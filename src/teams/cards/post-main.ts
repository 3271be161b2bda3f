import type { DeskRules, PostState } from '../../posts/post.ts';
import { awaitsCorrection } from '../../posts/correcting/correctable.ts';
import { isOverdue, isWithWriters } from '../../posts/leaving/to-go-out.ts';
import { isPublic, publicSince } from '../../posts/leaving/what-is-public.ts';
import { rehearsedIn } from '../../posts/leaving/for-rehearsal.ts';
import { choosers, needsDepartment } from '../../posts/deciding/may.ts';
import { withoutNotes, withoutNotesToDecisions } from '../../posts/telling/past.ts';
import { isStoppedThere } from '../../posts/leaving/leaving.ts';
import { agreedInVain, refusalsOf } from '../../posts/correcting/refused-there.ts';
import { approvalMeanwhile, isHeldAgainAtOnce, isStoppedWhole } from '../../posts/stopping/stop-of-post.ts';
import { isEmergency, isHeldEmergency } from '../../posts/stopping/held-emergency.ts';
import { knownBy, notPutRight, saysItRight, standingRevision } from '../../posts/correcting/standing.ts';
import { departmentsToProposeFor } from '../../protocol/people.ts';
import { chooseAnotherWords, departmentGoneWords } from '../../words/route.ts';
import { youAreAwayWords } from '../../words/nobody-here.ts';
import { cardWords, correctedBegins, noteTo } from '../../words/on-cards.ts';
import { emergencyWays, liftWords, stoppedAgainOnCard, stoppedOnCard } from '../../words/stopped.ts';
import { erasedWords, firstLine } from '../../words/erased.ts';
import { hasHistory } from '../../words/steps.ts';
import { overByNow } from '../../words/its-end.ts';
import { restingWords } from '../../words/resting.ts';
import { storyOnCard, type Telling } from '../../words/story.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { readWhole } from '../../posts/writing/plan.ts';
import { byHandOf, mendsOf } from './by-hand.ts';
import { tellingOf } from './folded.ts';
import type { Lines } from './data.ts';
import { isKeptByStop, isOutside, isStopped, type PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { changedOf, unchanged } from './desk-changed.ts';
import { looksOf } from './looks.ts';
import { buttonsOf, leadingOf, mayAgree, moreOf } from './post-buttons.ts';
import {
  repliesOf,
  shortText,
  textsOf,
  sameOf,
  factsOf,
  quotedOf,
  unquoted,
  endsOf,
  picturesOf,
} from './post-content.ts';
import { findingsOf, headOf, lines, none, nothing, pressOf } from './post-head.ts';
import { nextOf } from './post-next.ts';
import { correctionOf } from './post-correction.ts';
import { putRightOf, unknownsOf } from './post-unknowns.ts';
import { placesOf } from './post-places.ts';
import { cardText, type CardText } from './text.ts';
import { unsentOf } from './unsent.ts';

/** So much of its text says which post it is, where the whole of it stands behind a press. */
const begun = 140;

/** What the main view of a post shows a viewer. */
export function postCardData(drawn: PostDrawing): PostCardData {
  const drawing = withoutStoppedDecision(drawn);
  const { post, rights, rules, now } = drawing;
  const offered = buttonsOf(drawing);
  const telling = tellingOf(drawing);
  const answering = answeringOf(drawing, telling);
  const said = isOutside(drawing)
    ? withoutNotes(post)
    : drawing.viewer.kind === 'everybody'
      ? withoutNotesToDecisions(post)
      : post;
  const story = storyOnCard(
    said,
    rights,
    telling,
    rules,
    now,
    isStopped(drawing) && isStoppedWhole(drawing.options.stop),
  );
  const content = { told: lines(story.told), ...contentOf(drawing) };
  const isFolded = telling !== 'whole';
  // What was typed there, and was not right, is seen.
  const open = !isFolded || answering.mends.some((mend) => mend.open);
  const correction = correctionOf(drawing, open);
  return {
    ...headOf(drawing),
    notice: noticeOf(drawing, answering),
    press: {
      ...pressOf(post),
      ...(drawing.options.noted === undefined ? {} : { noted: drawing.options.noted }),
      ...(isWithWriters(post) ? { rehearsed: rehearsedIn(post, rules).join(' ') } : {}),
    },
    stopped: stoppedOf(drawing),
    choose: chooseOf(drawing),
    said: saidOf(drawing, story.latest),
    quoted: isOutside(drawing) ? unquoted : quotedOf(post, rules),
    rest: {
      show: hasRest(content, answering) || offered.saveAlt.show,
      folded: isFolded,
      open,
      targets: targetsOf(correction),
      // A correction shows which words it is about, and who posts it by hand copies them.
      begin:
        isFolded && !correction.open && answering.byHand.every(({ text }) => text === '')
          ? beginningOf(post, rules)
          : nothing,
    },
    ...content,
    readAll: { show: false, words: nothing },
    ...answering,
    facts: lines(factsOf(drawing)),
    ends: endsOf(drawing),
    places: placesOf(drawing, telling),
    ...findingsOf(drawing),
    correction,
    next: nextOf(drawing),
    confirm: confirmOf(drawing),
    note: noteOf(drawing, offered),
    buttons: offered,
    refused: refusalsOf(post, rules, now)
      .map(({ name }) => name)
      .join(' '),
    leads: leadingOf(drawing),
    more: moreOf(offered),
  };
}

/** What a rule stops, no decision lets go. */
function withoutStoppedDecision(drawing: PostDrawing): PostDrawing {
  const { post, rights, rules, now } = drawing;
  return rights.decide && isStoppedThere(post, now, rules)
    ? { ...drawing, rights: { ...rights, decide: false } }
    : drawing;
}

/** What the viewer may answer on the card, beside the note and the tick. */
type Answering = Pick<PostCardData, 'pictures' | 'byHand' | 'mends' | 'unknowns'>;

function answeringOf(drawing: PostDrawing, telling: Telling): Answering {
  const { rights } = drawing;
  return {
    pictures: rights.see ? picturesOf(drawing) : [],
    byHand: byHandOf(drawing),
    mends: mendsOf(drawing),
    unknowns: [
      ...(rights.answer ? unknownsOf(drawing, telling) : []),
      ...(rights.putRightThere ? putRightOf(drawing) : []),
    ],
  };
}

/** The ids of the fields that the card has now. */
const fieldsOn = (
  drawing: PostDrawing,
  { pictures, byHand, mends, unknowns }: Answering,
): readonly string[] => [
  ...(asksNote(drawing) ? ['note'] : []),
  ...pictures.flatMap(({ ask, inputId }) => (ask ? [inputId] : [])),
  ...byHand.flatMap(({ asksLink, linkId }) => (asksLink ? [linkId] : [])),
  ...byHand.flatMap(({ asksWhy, whyId }) => (asksWhy ? [whyId] : [])),
  ...mends.map(({ linkId }) => linkId),
  ...unknowns.map(({ inputId }) => inputId),
];

/** The answer to a press, with what was typed beside it and has no field any more. */
const noticeOf = (drawing: PostDrawing, answering: Answering): CardText =>
  cardText(
    [drawing.options.notice ?? '', ...unsentOf(drawing, fieldsOn(drawing, answering))].join(' ').trim(),
  );

/** What the post says. Who may not read it before it is public sees where it stands, and no words of it. */
function contentOf(drawing: PostDrawing): Pick<PostCardData, 'changed' | 'texts' | 'same' | 'looks'> {
  const { viewer, post, rules, now } = drawing;
  const whole = drawing.rights.see;
  const standing = { ...post, revision: standingRevision(post, rules) };
  return {
    changed: whole ? changedOf(post, rules, now) : unchanged,
    texts: whole
      ? [...textsOf(standing, rules), ...repliesOf(post, rules)]
      : viewer.kind === 'everybody'
        ? shortText(standing, rules)
        : [],
    same: whole ? sameOf(standing, rules) : none,
    looks: looksOf(drawing),
  };
}

/** Whether anything stands with the rest, which may be folded. */
const hasRest = (
  { told, changed, texts, looks }: Pick<PostCardData, 'told' | 'changed' | 'texts' | 'looks'>,
  { pictures, mends }: Answering,
): boolean => told.show || changed.show || looks.show || texts.length + pictures.length + mends.length > 0;

/** What "Show more" shows and hides. */
const targetsOf = (correction: PostCardData['correction']): readonly string[] => [
  'rest',
  'show-more',
  'show-less',
  ...(correction.show && !correction.open ? ['correction'] : []),
];

/** Who stopped what it would leave by, who can lift that, and how an emergency goes out all the same. */
function stoppedOf(drawing: PostDrawing): CardText {
  const { post, rights, rules, now, options } = drawing;
  const { stop, stopTold } = options;
  if (stopTold === true) return nothing;
  if (stop === undefined) return nothing;
  if (stop.again === true) return cardText(stoppedAgainOnCard(stop, rules, now));
  const said = stoppedOnCard(stop, stillToGo(post), approvalMeanwhile(post, stop), rules, now);
  if (!isKeptByStop(drawing)) return cardText(said);
  const cannotWait = isHeldEmergency(post) || (isWithWriters(post) && isEmergency(post));
  const ways = cannotWait
    ? emergencyWays(post, stop, rights, rules, now)
    : liftWords(rights.resume, rules, now);
  return cardText(`${said} ${ways}`);
}

/** @param latest what has happened last, as the card tells of it */
function saidOf(drawing: PostDrawing, latest: readonly string[]): Lines {
  const { post, rights, rules, now } = drawing;
  const isUnwritten = isWithWriters(post) && post.revision.text === '' && rights.edit;
  const isNew = isWithWriters(post) && rights.person === post.author && !hasHistory(post);
  // Whoever decides on what is over knows it before.
  const asksAboutPublic =
    rights.decideCorrection || (post.status.is === 'held' && publicSince(post) !== undefined);
  return lines([
    ...(isUnwritten ? [cardWords.unwritten] : []),
    ...(isNew ? restingWords(post, rights.write, rules, now) : latest),
    ...(rights.away !== undefined && (rights.decide || rights.passOn || rights.decideCorrection)
      ? [youAreAwayWords(rights.away, now)]
      : []),
    ...(asksAboutPublic ? overByNow(post, rules, now) : []),
    ...goneOf(drawing),
    ...erasedWords(post, now),
  ]);
}

/** The tick of whoever approves. */
function confirmOf(drawing: PostDrawing): PostCardData['confirm'] {
  const { post, rights, rules, now, options } = drawing;
  const approves = rights.decide && !isOverdue(post, now) && !isHeldAgainAtOnce(post, options.stop);
  return {
    show: rules.rules['POL-1'] !== undefined && (mayAgree(drawing) || approves),
    label: mayAgree(drawing) ? cardWords.beforeAgreeing : cardWords.beforeApproving,
    words: cardWords.confirm,
    value: confirmedOf(drawing),
    error: cardText(options.errors?.['confirm'] ?? ''),
  };
}

const asksNote = ({ rights }: PostDrawing): boolean => rights.turnDown || rights.decideCorrection;

/** What whoever sends it back, or refuses it, writes to that. */
function noteOf(drawing: PostDrawing, offered: PostCardData['buttons']): PostCardData['note'] {
  const { rights, options } = drawing;
  const refusal = offered[rights.decideCorrection ? 'refuseCorrection' : 'refuse'];
  return {
    show: asksNote(drawing),
    gone: cardText(options.redrawn === undefined ? '' : cardWords.begunIsGone),
    label: offered.sendBack.show ? cardWords.note : noteTo(refusal.title),
    value: options.typed?.['note'] ?? '',
    error: cardText(options.errors?.['note'] ?? ''),
  };
}

/** The first words of a post; of one that does not say the same everywhere, those that it was to say by a correction. */
function beginningOf(post: PostState, rules: DeskRules): CardText {
  const agreedTo = post.correction?.revision.text ?? textInVain(post, rules);
  const text = agreedTo ?? knownBy(post, rules);
  const words = firstLine(post, firstWords(readWhole(text, rules), begun));
  const isCorrected = agreedTo !== undefined || (notPutRight(post).length > 0 && saysItRight(post));
  return cardText(isCorrected && words !== '' ? correctedBegins(words) : words);
}

/** The text that a correction was to put somewhere, and is to be put there by hand. */
function textInVain(post: PostState, rules: DeskRules): string | undefined {
  const inVain = agreedInVain(post, rules);
  return inVain === undefined || inVain.text === post.revision.text ? undefined : inVain.text;
}

/** What of it is to go out still. */
const stillToGo = (post: PostState): 'this' | 'the rest' | 'its correction' =>
  publicSince(post) !== undefined || (awaitsCorrection(post) && post.status.is !== 'held')
    ? 'its correction'
    : isPublic(post)
      ? 'the rest'
      : 'this';

/** A tick stands for exactly the words and the time that it was set beside: whatever is asked anew is ticked anew. */
function confirmedOf({ post, options }: PostDrawing): string {
  const { typed = {} } = options;
  const { review, hash } = pressOf(post);
  return typed['review'] === review && typed['hash'] === hash ? (typed['confirm'] ?? 'false') : 'false';
}

function chooseOf({ post, rights, rules }: PostDrawing): PostCardData['choose'] {
  if (!rights.choose || rights.person === undefined) {
    return { show: false, words: nothing, few: true, departments: [] };
  }
  const departments = departmentsToProposeFor(rights.person, rules);
  return {
    show: true,
    words: post.department === undefined ? nothing : cardText(chooseAnotherWords(post, rules)),
    few: departments.length <= 4,
    departments: departments.map(({ id, name, short }) => ({
      id,
      title: departments.length <= 4 ? short : name,
    })),
  };
}

/** Where its department is gone, whoever cannot choose another one reads who can. */
function goneOf({ post, rights, rules }: PostDrawing): readonly string[] {
  const { department } = post;
  if (department === undefined || rights.choose || !needsDepartment(post, rules)) return [];
  return [departmentGoneWords(department, choosers(post, rules), rules)];
}

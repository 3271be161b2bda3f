import type { Millis } from '../../core/time.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { awaitsCorrection } from '../../posts/correcting/correctable.ts';
import { isHeldEmergency } from '../../posts/stopping/held-emergency.ts';
import { isOverdue } from '../../posts/leaving/to-go-out.ts';
import { isPublic, publicSince } from '../../posts/leaving/what-is-public.ts';
import { choosers, needsDepartment } from '../../posts/deciding/may.ts';
import { withoutNotes } from '../../posts/telling/past.ts';
import { isStoppedThere } from '../../posts/leaving/leaving.ts';
import { agreedInVain, refusalsOf } from '../../posts/correcting/refused-there.ts';
import { approvalMeanwhile, isHeldAgainAtOnce, isStoppedWhole } from '../../posts/stopping/stop-of-post.ts';
import { knownBy, notPutRight, saysItRight, standingRevision } from '../../posts/correcting/standing.ts';
import { departmentsToProposeFor } from '../../protocol/people.ts';
import { chooseAnotherWords, departmentGoneWords } from '../../words/route.ts';
import { cardWords, correctedBegins, noteTo } from '../../words/on-cards.ts';
import { emergencyWays, stoppedOnCard } from '../../words/stopped.ts';
import { erasedWords, firstLine } from '../../words/erased.ts';
import { hasHistory } from '../../words/steps.ts';
import { overByNow } from '../../words/its-end.ts';
import { restingWords } from '../../words/resting.ts';
import { storyOnCard } from '../../words/story.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { readWhole } from '../../posts/writing/plan.ts';
import { byHandOf, mendsOf } from './by-hand.ts';
import { tellingOf } from './folded.ts';
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
import { rightsOf, type PostCardOptions, type Rights, type Viewer } from './viewer.ts';

/** So much of its text says which post it is, where the whole of it stands behind a press. */
const begun = 140;

/** What the main view of a post shows a viewer. */
export function postCardData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData {
  const asked = rightsOf(post, viewer, rules, now);
  // What a rule stops, no decision lets go.
  const rights = asked.decide && isStoppedThere(post, now, rules) ? { ...asked, decide: false } : asked;
  // who may not read it before it is public sees where it stands, and no words of it
  const whole = rights.see;
  const isOutside = !whole && viewer.kind === 'person';
  const standing = { ...post, revision: standingRevision(post, rules) };
  const isDraft =
    post.status.is === 'draft' || post.status.is === 'sent-back' || post.status.is === 'expired';
  const offered = buttonsOf(post, rights, rules, now, options, viewer);
  const again = isHeldAgainAtOnce(post, options.stop);
  const asksNote = rights.turnDown || rights.decideCorrection;
  const pictures = whole ? picturesOf(post, rights, rules, now, options) : [];
  const byHand = byHandOf(post, rights, rules, now, options);
  const mends = mendsOf(post, rights, rules, options);
  const telling = tellingOf(post, rights, rules, now, options);
  const unknowns = [
    ...(rights.answer ? unknownsOf(post, telling, rules, now, options) : []),
    ...(rights.putRightThere ? putRightOf(post, rules) : []),
  ];
  const fields = [
    ...(asksNote ? ['note'] : []),
    ...pictures.flatMap(({ ask, inputId }) => (ask ? [inputId] : [])),
    ...byHand.flatMap(({ asksLink, linkId }) => (asksLink ? [linkId] : [])),
    ...byHand.flatMap(({ asksWhy, whyId }) => (asksWhy ? [whyId] : [])),
    ...mends.map(({ linkId }) => linkId),
    ...unknowns.map(({ inputId }) => inputId),
  ];
  const story = storyOnCard(isOutside ? withoutNotes(post) : post, rights, telling, rules, now);
  const told = lines(story.told);
  const isFolded = telling !== 'whole';
  // What was typed there, and was not right, is seen.
  const open = !isFolded || mends.some((mend) => mend.open);
  const correction = correctionOf(post, open, rules, now, rights);
  const changed = whole ? changedOf(post, rules, now) : unchanged;
  const texts = whole
    ? [...textsOf(standing, rules), ...repliesOf(post, rules)]
    : viewer.kind === 'everybody'
      ? shortText(standing, rules)
      : [];
  const looks = looksOf(post, rules, whole, options);
  return {
    ...headOf(post, rights, rules, now, options),
    notice: cardText([options.notice ?? '', ...unsentOf(post, fields, options)].join(' ').trim()),
    press: pressOf(post),
    stopped: cardText(
      options.stop === undefined
        ? ''
        : [
            stoppedOnCard(options.stop, stillToGo(post), approvalMeanwhile(post, options.stop), rules, now),
            ...(isHeldEmergency(post) && isStoppedWhole(options.stop)
              ? [emergencyWays(post, options.stop, rights, rules, now)]
              : []),
          ].join(' '),
    ),
    choose: chooseOf(post, rights, rules),
    said: lines([
      ...(isDraft && post.revision.text === '' && rights.edit ? [cardWords.unwritten] : []),
      ...(isDraft && rights.person === post.author && !hasHistory(post)
        ? restingWords(post, rules, now)
        : story.latest),
      // Whoever decides on what is over knows it before.
      ...(rights.decideCorrection || (post.status.is === 'held' && publicSince(post) !== undefined)
        ? overByNow(post, rules, now)
        : []),
      ...goneOf(post, rights, rules),
      ...erasedWords(post, now),
    ]),
    quoted: isOutside ? unquoted : quotedOf(post, rules),
    rest: {
      show:
        told.show ||
        changed.show ||
        texts.length + pictures.length + mends.length > 0 ||
        offered.saveAlt.show ||
        looks.show,
      folded: isFolded,
      open,
      targets: [
        'rest',
        'show-more',
        'show-less',
        ...(correction.show && !correction.open ? ['correction'] : []),
      ],
      // A correction shows which words it is about, and who posts it by hand copies them.
      begin:
        isFolded && !correction.open && byHand.every(({ text }) => text === '')
          ? beginningOf(post, rules)
          : nothing,
    },
    told,
    changed,
    texts,
    readAll: { show: false, words: nothing },
    same: whole ? sameOf(standing, rules) : none,
    pictures,
    looks,
    facts: lines(factsOf(post, rules, now, whole, options.stop !== undefined)),
    ends: endsOf(post, isDraft && rights.edit, rules, now),
    places: placesOf(post, rights, telling, rules, now),
    byHand,
    mends,
    unknowns,
    ...findingsOf(post, rights, rules, now, options),
    correction,
    next: nextOf(post, rights, rules, now, options),
    confirm: {
      show:
        rules.rules['POL-1'] !== undefined &&
        (mayAgree(post, rights, rules, now) || (rights.decide && !isOverdue(post, now) && !again)),
      words: cardWords.confirm,
      value: confirmedOf(post, options),
      error: cardText(options.errors?.['confirm'] ?? ''),
    },
    note: {
      show: asksNote,
      label: offered.sendBack.show
        ? cardWords.note
        : noteTo(offered[rights.decideCorrection ? 'refuseCorrection' : 'refuse'].title),
      value: options.typed?.['note'] ?? '',
      error: cardText(options.errors?.['note'] ?? ''),
    },
    buttons: offered,
    refused: refusalsOf(post, rules, now)
      .map(({ name }) => name)
      .join(' '),
    leads: leadingOf(post, rights, rules),
    more: moreOf(offered),
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
function confirmedOf(post: PostState, { typed = {} }: PostCardOptions): string {
  return typed['review'] === pressOf(post).review ? (typed['confirm'] ?? 'false') : 'false';
}

function chooseOf(post: PostState, rights: Rights, rules: DeskRules): PostCardData['choose'] {
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
function goneOf(post: PostState, rights: Rights, rules: DeskRules): readonly string[] {
  const { department } = post;
  if (department === undefined || rights.choose || !needsDepartment(post, rules)) return [];
  return [departmentGoneWords(department, choosers(post, rules), rules)];
}

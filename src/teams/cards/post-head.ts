import { awaited } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { foundNow, withoutIdle, type FoundInCorrection } from '../../posts/correcting/correction-findings.ts';
import { distinct, findingsStill, placedNow } from '../../posts/writing/draft.ts';
import { waitsForTheDesk } from '../../posts/correcting/fresh-decision.ts';
import { isAllDown } from '../../posts/taking-down/over.ts';
import { reviewAwaited } from '../../posts/deciding/reviews.ts';
import { isStoppedByRule } from '../../posts/leaving/to-go-out.ts';
import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { blocksHeld, isAfterwards } from '../../posts/leaving/leaving.ts';
import { partsOf } from '../../posts/writing/plan.ts';
import { droppedBy } from '../../posts/correcting/standing.ts';
import type { Correction, DeskRules, PostState } from '../../posts/post.ts';
import type { Finding } from '../../protocol/rule.ts';
import { readCorrection, sayFound, type ReadTexts } from '../../words/where-found.ts';
import type { FindingWords } from '../../words/findings.ts';
import { placedFix } from '../../words/placed.ts';
import { buttons, cardWords } from '../../words/on-cards.ts';
import { titleWords } from '../../words/titles.ts';
import { pleaseDecide, pleaseLook } from '../../words/asked.ts';
import { stateWords, waitsForAccounts } from '../../words/state.ts';
import type { FindingLines, Head, Lines, PressData, Tone } from './data.ts';
import { isStopped, type PostDrawing } from './drawing.ts';
import { cardText } from './text.ts';

/** The style warnings: for those who write, not for whoever decides on the service's facts. */
const styleRules: ReadonlySet<string> = new Set(['ACC-3', 'ACC-4', 'ACC-6', 'ACC-7']);

/** No lines, which are not drawn. */
export const none: Lines = { show: false, lines: [] };
/** No text, which is not drawn. */
export const nothing = cardText('');

/** @returns sentences as lines of a card */
export function lines(words: readonly string[]): Lines {
  return { show: words.length > 0, lines: words.map((line) => ({ words: cardText(line) })) };
}

/** @returns the head of every view of a post: number and department, where it stands, the answer to a press */
export function headOf(drawing: PostDrawing): Head {
  const { post, rights, rules, options } = drawing;
  const stopped = isStopped(drawing);
  return {
    title: cardText(titleWords(post, rights.decide || rights.passOn, rules)),
    // A line of a phone ends with the dot, none begins with it.
    state: cardText(stateFor(drawing, stopped).replaceAll(' · ', '\u00a0· ')),
    tone: toneOf(drawing),
    notice: cardText(options.notice ?? ''),
  };
}

/** @returns ids of what the card shows: a press on an older card is recognised by them */
export function pressOf(post: PostState): PressData {
  const review = reviewAwaited(post) ?? ('review' in post.status ? post.status.review : undefined);
  return {
    post: post.id,
    turn: post.turn,
    revision: post.revision.n,
    hash: review?.hash ?? '',
    stage: review === undefined ? '' : (awaited(review)?.id ?? ''),
    review: review?.id ?? '',
    decided: review?.decisions.length ?? 0,
  };
}

/** @returns where it stands, or what is asked of the viewer; while it is `stopped`, nothing that it will not do */
export function stateFor({ post, rights, rules, now }: PostDrawing, stopped: boolean): string {
  const reader = rights.did ? rights.person : undefined;
  // No decision lets it go on, and its time does not either.
  if (stopped && post.status.is === 'held') return stateWords(post, rules, now, reader);
  if (stopped && post.status.is === 'scheduled') return cardWords.approved;
  if (rights.decide) return pleaseDecide(post, now);
  if (rights.passOn) return pleaseLook(post, now);
  if (rights.makers) return rights.letOut ? cardWords.sayWhether : cardWords.seeToIt;
  if (rights.decideCorrection) return cardWords.lookAtCorrection;
  return stateWords(post, rules, now, reader);
}

function toneOf(drawing: PostDrawing): Tone {
  const { post, rights } = drawing;
  if (rights.decide || rights.passOn || rights.decideCorrection || rights.makers) return 'accent';
  if (
    isStopped(drawing) ||
    isStoppedByRule(post) ||
    waitsForTheDesk(post) ||
    waitsForAccounts(publicationsOf(post))
  )
    return 'warning';
  switch (post.status.is) {
    case 'published':
    case 'approved':
    case 'scheduled':
    case 'publishing':
      return 'good';
    case 'partly-published':
    case 'held':
    case 'sent-back':
      return 'warning';
    case 'failed':
      return 'attention';
    case 'taken-down':
      return isAllDown(post) ? 'emphasis' : 'warning';
    default:
      return 'emphasis';
  }
}

const open: readonly PostState['status']['is'][] = [
  'draft',
  'sent-back',
  'in-review',
  'held',
  'expired',
  'scheduled',
  'approved',
];

/** A finding, and the words that it points into. */
interface Found {
  readonly finding: Finding;
  readonly read: ReadTexts;
}

/** @returns the findings that concern this viewer while something can still be done about them */
export function foundFor({ post, rights, rules, now, options }: PostDrawing): readonly Found[] {
  const { found: typed } = options;
  if (!rights.see) return [];
  const isHeldAfterwards = post.status.is === 'held' && isAfterwards(post);
  const found =
    typed !== undefined
      ? typed.found.map((finding) => ({ finding, read: typed.read }))
      : isHeldAfterwards
        ? foundInHeld(post, rules, now)
        : open.includes(post.status.is)
          ? foundInPost(post, rules)
          : foundInCorrection(post, rules, now);
  return found.filter(
    ({ finding }) => finding.breach !== 'warn' || !styleRules.has(finding.rule) || rights.write,
  );
}

function foundInPost(post: PostState, rules: DeskRules): readonly Found[] {
  const read = { texts: partsOf(post, rules), media: post.revision.media };
  const found = distinct([...findingsStill(post, rules), ...placedNow(post, rules)]);
  return found.map((finding) => ({ finding, read }));
}

/** As the rules would find it now: what is agreed to is said then, and not when it was asked for. */
function foundInCorrection(post: PostState, rules: DeskRules, now: Millis): readonly Found[] {
  const { correction } = post;
  return correction === undefined || correction.applied !== undefined
    ? []
    : readIn(correction, withoutIdle(foundNow(post, correction, now, rules)));
}

/** What stops what is held, of a correction or of what that gave other words. */
function foundInHeld(post: PostState, rules: DeskRules, now: Millis): readonly Found[] {
  const { correction } = post;
  const found = blocksHeld(post, now, rules);
  if (correction?.applied !== undefined) return readIn(correction, found);
  const read = { texts: partsOf(post, rules), media: post.revision.media };
  return found.text.map((finding) => ({ finding, read }));
}

/** What was found in a correction, with the words of it that each is about. */
function readIn({ revision, what }: Correction, found: FoundInCorrection): readonly Found[] {
  const read = readCorrection({ ...revision, what }, revision.media);
  return [
    ...[...distinct([...found.text, ...found.headline, ...found.summary]), ...found.descriptions].map(
      (finding) => ({
        finding,
        read: read.right,
      }),
    ),
    ...found.what.map((finding) => ({ finding, read: { ...read.what, here: cardWords.inWhat } })),
  ];
}

/** @returns a finding in words, with how this viewer, or who else, puts it right */
export function foundWords({ finding, read }: Found, { post, rights, rules }: PostDrawing): FindingWords {
  const { edit, turnDown } = rights;
  const said = sayFound(finding, edit ? { ...read, captionsTo: post.number } : read, rules);
  const fix = placedFix(finding, post, { edit, turnDown, refuse: buttons[droppedBy(post)] }, rules);
  return fix === undefined ? said : { ...said, fix };
}

/** @returns what stands in the way, what needs a closer look, and what is worth one, for this viewer */
export function findingsOf(drawing: PostDrawing): {
  readonly blocking: FindingLines;
  readonly higher: FindingLines;
  readonly worth: FindingLines;
} {
  const found = foundFor(drawing);
  const put = (breach: Finding['breach']): FindingLines => {
    const items = found
      .filter(({ finding }) => finding.breach === breach)
      .map((each) => {
        const { what, fix } = foundWords(each, drawing);
        return { what: cardText(what), fix: cardText(fix) };
      });
    return { show: items.length > 0, items };
  };
  return { blocking: put('block'), higher: put('higher'), worth: put('warn') };
}

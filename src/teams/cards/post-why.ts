import { awaited, type FrozenStage, type Review } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { awaitsCorrection } from '../../posts/correcting/correctable.ts';
import { reviewOf } from '../../posts/deciding/reviews.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { askedAboutCorrection, cardWords } from '../../words/on-cards.ts';
import { clauseWords, ruleWords } from '../../words/asked.ts';
import { handedOnWords } from '../../words/nobody-here.ts';
import { stageName, walkedWords } from '../../words/route.ts';
import { earlierWords } from '../../words/earlier.ts';
import { storyWords } from '../../words/story.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostWhyData } from './post-data.ts';
import { foundFor, foundWords, headOf, lines, none, nothing, pressOf } from './post-head.ts';
import { cardText, paragraphs } from './text.ts';

/** Which clause asks for whom, and which gave each finding. */
export function whyData(drawing: PostDrawing): PostWhyData {
  const { post, rights, rules, now, options } = drawing;
  const review = reviewOf(post);
  const stages = rights.see ? (review?.stages ?? options.route ?? []) : [];
  const findings = foundFor(drawing);
  const earlier = rights.see ? earlierTexts(post, rules, now) : [];
  const story = rights.see ? storyWords(post, rights, rules, now) : [];
  return {
    ...headOf(drawing),
    press: pressOf(post),
    walks: [
      ...(stages.length === 0
        ? []
        : [{ title: cardText(cardWords.whoIsAsked), items: walkOf(drawing, stages, review) }]),
      ...(rights.see ? walkedCorrections(drawing) : []),
    ],
    findings: {
      show: findings.length > 0,
      items: findings.map((each) => {
        const { what, fix } = foundWords(each, drawing);
        return {
          what: cardText(what),
          fix: cardText(fix),
          clause: cardText(ruleWords(each.finding.rule, each.finding.clause)),
        };
      }),
    },
    nothing:
      stages.length === 0 && findings.length === 0 && story.length < 2
        ? lines([cardWords.nothingToExplain])
        : none,
    history: lines(story),
    earlier: { show: earlier.length > 0, title: cardText(cardWords.saidBefore), texts: earlier },
    readAll: { show: false, words: nothing },
  };
}

/** What its author had written, and what it said before its corrections, each below whose or when it was. */
export const earlierTexts = (
  post: PostState,
  rules: DeskRules,
  now: Millis,
): PostWhyData['earlier']['texts'] =>
  earlierWords(post, rules, now).map(({ title, text }) => ({
    title: cardText(title),
    paragraphs: paragraphs(text),
  }));

/** The stages of a walk: who is asked at each, by which clause, and why others are where nobody of it is here. */
const walkOf = (
  drawing: PostDrawing,
  stages: readonly FrozenStage[],
  review: Review | undefined,
): PostWhyData['walks'][number]['items'] => {
  const { rules } = drawing;
  return stages.map((stage, index) => ({
    who: cardText(walkedWords(index, stage, review, rules)),
    because: lines([
      ...stage.because
        .filter(({ clause }) => !leavesOut(clause, stages.slice(0, index), rules))
        .map(({ clause, title }) => clauseWords(clause, title, clausesOf(stages.slice(0, index)))),
      ...handedOnAt(drawing, stage, review),
    ]).lines,
  }));
};

/** Who is asked at a stage in the place of those of whom nobody is here. */
const handedOnAt = (
  { post, rules, now }: PostDrawing,
  { id }: FrozenStage,
  review: Review | undefined,
): readonly string[] =>
  review !== undefined && awaited(review)?.id === id ? handedOnWords(post, review, rules, now) : [];

/**
 * The walks of corrections, oldest first: of one that waits, and of each for which somebody beside the one other person was
 * asked.
 */
function walkedCorrections(drawing: PostDrawing): PostWhyData['walks'] {
  const { post, rules, now } = drawing;
  const { corrected, correctionRefused, correctionTakenBack, correction } = post;
  const refused = [...(post.correctionsRefused ?? []), correctionRefused];
  const others = [correctionTakenBack, ...refused, correction].map((each) => each?.review);
  const inVain = (post.madeNowhere ?? []).map(({ review }) => review);
  const waits = awaitsCorrection(post) ? correction?.review : undefined;
  return [...corrected.map(({ review }) => review), ...inVain, ...others].flatMap((review) => {
    if (review === undefined || (review.stages.length < 2 && review !== waits)) return [];
    const stages = named(review.stages, post, rules);
    const [stage] = stages;
    const [first, ...higher] = walkOf(drawing, stages, review);
    if (first === undefined || stage === undefined) return [];
    const because = lines([cardWords.whyAnother, ...handedOnAt(drawing, stage, review)]).lines;
    return [
      {
        title: cardText(askedAboutCorrection(review.sentAt, now)),
        items: [{ ...first, because }, ...higher],
      },
    ];
  });
}

/** Stages as they are called to people. */
const named = (
  stages: readonly FrozenStage[],
  { department }: PostState,
  rules: DeskRules,
): readonly FrozenStage[] => stages.map((stage) => ({ ...stage, name: stageName(stage, department, rules) }));

/** Whether a clause says why somebody is not asked who has looked already: the desk, which then sent it on itself. */
const leavesOut = (clause: string, walked: readonly FrozenStage[], rules: DeskRules): boolean =>
  rules.routes.some(
    (route) => route.clause === clause && walked.some(({ id }) => route.leaveOut.includes(id)),
  );

const clausesOf = (stages: readonly FrozenStage[]): readonly string[] =>
  stages.flatMap(({ because }) => because.map(({ clause }) => clause));

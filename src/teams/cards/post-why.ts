import type { FrozenStage } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { reviewOf } from '../../posts/reviews.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { cardWords } from '../../words/on-cards.ts';
import { clauseWords, ruleWords } from '../../words/asked.ts';
import { walkedWords } from '../../words/route.ts';
import { storyWords } from '../../words/story.ts';
import type { PostWhyData } from './post-data.ts';
import { foundFor, foundWords, headOf, lines, none, pressOf } from './post-head.ts';
import { cardText } from './text.ts';
import { rightsOf, type PostCardOptions, type Viewer } from './viewer.ts';

/** Which clause asks for whom, and which gave each finding. */
export function whyData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostWhyData {
  const rights = rightsOf(post, viewer, rules, now);
  const review = reviewOf(post);
  const stages = rights.see ? (review?.stages ?? options.route ?? []) : [];
  const findings = foundFor(post, rights, rules, now);
  const story = rights.see ? storyWords(post, rights, rules, now) : [];
  return {
    ...headOf(post, rights, rules, now, options),
    press: pressOf(post),
    stages: {
      show: stages.length > 0,
      items: stages.map((stage, index) => ({
        who: cardText(walkedWords(index, stage, review, rules)),
        because: lines(
          stage.because
            .filter(({ clause }) => !leavesOut(clause, stages.slice(0, index), rules))
            .map(({ clause, title }) => clauseWords(clause, title, clausesOf(stages.slice(0, index)))),
        ).lines,
      })),
    },
    findings: {
      show: findings.length > 0,
      items: findings.map(({ finding, read }) => {
        const { what, fix } = foundWords({ finding, read }, post, rights, rules);
        return {
          what: cardText(what),
          fix: cardText(fix),
          clause: cardText(ruleWords(finding.rule, finding.clause)),
        };
      }),
    },
    nothing:
      stages.length === 0 && findings.length === 0 && story.length < 2
        ? lines([cardWords.nothingToExplain])
        : none,
    history: lines(story),
  };
}

/** Whether a clause says why somebody is not asked who has looked already: the desk, which then sent it on itself. */
const leavesOut = (clause: string, walked: readonly FrozenStage[], rules: DeskRules): boolean =>
  rules.routes.some(
    (route) => route.clause === clause && walked.some(({ id }) => route.leaveOut.includes(id)),
  );

const clausesOf = (stages: readonly FrozenStage[]): readonly string[] =>
  stages.flatMap(({ because }) => because.map(({ clause }) => clause));

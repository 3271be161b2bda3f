import type { FrozenStage } from '../approval/review.ts';
import type { Finding } from '../protocol/rule.ts';
import { correctionStage } from './correction-stage.ts';
import type { DeskRules, PostState } from './post.ts';
import type { Revision } from './revision.ts';
import { routeOf } from './send.ts';

/** The stages that the protocol gives what was found in a correction: its own clauses say who decides on that. */
export function higherStages(
  post: PostState,
  revision: Revision,
  found: readonly Finding[],
  rules: DeskRules,
): readonly FrozenStage[] {
  const { stages, explained } = routeOf({ ...post, revision }, revision.by, found, rules);
  const asked = explained.filter(({ findings }) => findings.length > 0).flatMap(({ gave }) => gave);
  return stages
    .filter(({ id, kind }) => kind === 'decide' && asked.includes(id))
    .map((stage) => ({ ...stage, id: `${correctionStage}:${stage.id}` }));
}

import type { PlannedTime } from './post.ts';
import { type PostRefusal, refusePost } from './refusals.ts';

/** An end that comes before the post would go out. */
export function endsBeforeItGoes(
  until: PlannedTime | undefined,
  when: PlannedTime | undefined,
  now: number,
): PostRefusal | undefined {
  if (until === undefined) return undefined;
  if (until.at <= now) return refusePost('end-passed', { until: until.at });
  if (when !== undefined && until.at <= when.at) {
    return refusePost('ends-before-it-goes-out', { until: until.at, when: when.at });
  }
  return undefined;
}

import type { PlannedTime } from './post.ts';
import { type PostRefusal, refusePost } from './refusals.ts';

/** An end that comes before the post would go out, or before its film would be shown. */
export function endsBeforeItGoes(
  until: PlannedTime | undefined,
  when: PlannedTime | undefined,
  now: number,
  shownAt?: PlannedTime,
): PostRefusal | undefined {
  if (until === undefined) return undefined;
  if (until.at <= now) return refusePost('end-passed', { until: until.at });
  for (const later of [when, shownAt]) {
    if (later !== undefined && until.at <= later.at) {
      return refusePost('ends-before-it-goes-out', { until: until.at, when: later.at });
    }
  }
  return undefined;
}

import type { PlannedTime } from './revision.ts';
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
  const times = (later: PlannedTime) => ({ until: until.at, when: later.at });
  if (when !== undefined && until.at <= when.at) return refusePost('ends-before-it-goes-out', times(when));
  if (shownAt !== undefined && until.at <= shownAt.at)
    return refusePost('ends-before-it-is-shown', times(shownAt));
  return undefined;
}

import type { PlannedTime } from '../../posts/writing/revision.ts';
import { sayTypable } from '../../words/times.ts';

/** `27 Nov 2026 at 9am`: a time as people may type it; empty where there is none. */
export function typedForm(time: PlannedTime | undefined): string {
  return time === undefined ? '' : sayTypable(time.at);
}

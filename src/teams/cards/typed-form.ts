import type { PlannedTime } from '../../posts/post.ts';

/** `27/11/2026 09:00`: a time as people may type it, day first; empty where there is none. */
export function typedForm(time: PlannedTime | undefined): string {
  const [, year, month, day, clock] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})$/u.exec(time?.wall ?? '') ?? [];
  return clock === undefined ? '' : `${day ?? ''}/${month ?? ''}/${year ?? ''} ${clock}`;
}

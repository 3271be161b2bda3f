import { list, part, texts } from '../raw.ts';
import type { Part } from '../raw.ts';
import { parseDuration } from '../schema.ts';
import { asMeant } from './references.ts';
import type { References } from './references.ts';

/** Stages are used, ask people who are there, and their times come one after another. */
export function checkStages(content: Part, { fault, known, whos }: References): void {
  const added = new Set(
    list(content['routes']).flatMap((route) =>
      texts(list(part(route)['add'])).map((stage) => asMeant(stage, known.stage)),
    ),
  );
  for (const [i, entry] of list(content['stages']).entries()) {
    const stage = part(entry);
    whos(stage['who'], ['stages', i, 'who']);
    whos(stage['escalate-to'], ['stages', i, 'escalate-to']);
    const id = stage['id'];
    if (typeof id !== 'string') continue;
    const [remind, escalate, expire] = ['remind-after', 'escalate-after', 'expire-after'].map((key) => {
      const written = stage[key];
      return typeof written === 'string' ? parseDuration(written) : undefined;
    });
    const times = [remind, escalate, expire].filter((time) => time !== undefined);
    if (times.some((time, j) => j > 0 && time <= (times[j - 1] ?? 0))) {
      fault(['stages', i, 'remind-after'], 'key', { code: 'times-out-of-order', stage: id });
    }
    if (!added.has(id)) fault(['stages', i], 'value', { code: 'stage-unused', stage: id });
  }
}

import { list, part, texts } from '../raw.ts';
import type { Part } from '../raw.ts';
import { parseDuration } from '../schema.ts';
import { asMeant, type References } from './references.ts';

/** The ways of approval: clauses that give stages, and the stages that they give. */

/** Routes speak of what is there, and do something. */
export function checkRoutes(content: Part, { fault, names }: References): void {
  for (const [i, entry] of list(content['routes']).entries()) {
    const clause = part(entry);
    const when = part(clause['when']);
    for (const [key, of] of [
      ['departments', 'department'],
      ['accounts', 'account'],
      ['rules', 'rule'],
      ['flags', 'flag'],
    ] as const) {
      names(of, when[key], ['routes', i, 'when', key]);
    }
    names('stage', clause['add'], ['routes', i, 'add']);
    names('stage', clause['leave-out'], ['routes', i, 'leave-out']);
    const number = clause['clause'];
    if (typeof number !== 'string') continue;
    const leavesOut = list(clause['leave-out']).length > 0;
    if (leavesOut && (when['finding'] !== undefined || when['rules'] !== undefined)) {
      fault(['routes', i, 'leave-out'], 'key', { code: 'leaves-out-by-finding', clause: number });
    }
    if (!leavesOut && list(clause['add']).length === 0) {
      fault(['routes', i], 'value', { code: 'empty-clause', clause: number });
    }
  }
}

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

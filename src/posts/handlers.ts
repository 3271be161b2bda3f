import { z } from 'zod';
import { timer, type BoundHandler } from '../core/handler.ts';
import { minutes } from '../core/time.ts';
import { connectedHandler } from './leaving/account-connected.ts';
import { timerNames, type TimerName } from './post-effect.ts';
import { deleteFilmHandler } from './effects/delete-film.ts';
import type { PublishingDeps } from './effects/deps.ts';
import { lookHandler } from './effects/look.ts';
import { lookWhetherGoneHandler } from './effects/look-whether-gone.ts';
import { publishHandler } from './effects/publish.ts';
import { putRightHandler } from './effects/put-right.ts';
import { takeDownHandler } from './effects/take-down.ts';
import { isEmergency } from './stopping/held-emergency.ts';
import { noteLastHandler } from './leaving/note-last.ts';
import { postKind } from './kind.ts';
import { putOff } from './leaving/on-its-way.ts';
import { isStoppedWhole } from './stopping/stop-of-post.ts';
import { stopChangedHandler, stopOf } from './stopping/stopped.ts';

/** Every effect of posts but their cards. */
export function postHandlers(deps: PublishingDeps): readonly BoundHandler[] {
  return [
    publishHandler(deps),
    lookHandler(deps),
    lookWhetherGoneHandler(deps),
    takeDownHandler(deps),
    deleteFilmHandler(deps),
    putRightHandler(deps),
    timeHandler(deps),
    connectedHandler(deps.executor),
    noteLastHandler(deps.executor),
    stopChangedHandler(deps),
  ];
}

/** The timers of what waits for somebody's decision. */
const ofDecisions: readonly TimerName[] = ['remind', 'escalate', 'expire', 'correction'];

/**
 * What a time counts as: nothing while its post is stopped, but for those of an emergency, which hears that it is.
 * `overdue`: nobody was at work when it was to come.
 */
const found = z.enum(['counts', 'void', 'while-stopped', 'overdue']);

/** A timer that comes so much later than it was due was kept by that nobody was at work. */
const overdueAfter = minutes(1);

/** How its command hears of that. */
const asFound = { counts: {}, 'while-stopped': { stopped: true }, overdue: { overdue: true } } as const;

function timeHandler({ executor, rules }: Pick<PublishingDeps, 'executor' | 'rules'>): BoundHandler {
  return timer(
    'post.timer',
    z.object({ what: z.enum(timerNames), review: z.string() }),
    (run, counts) =>
      counts === 'void'
        ? undefined
        : {
            command: 'post.time-came',
            id: run.id,
            params: { ...run.data, ...asFound[counts] },
          },
    {
      schema: found,
      // Nobody is late with what is stopped: it is held by then, or by the resume, and their times begin once that is lifted.
      run: async ({ data: { what, review }, load, due, now }) => {
        if (what === 'not-out' && review !== putOff && now - due > overdueAfter) return 'overdue';
        if (!ofDecisions.includes(what)) return 'counts';
        const post = await load(postKind);
        // While the post itself is held, nobody is reminded of its correction, stopped or not.
        if (post === undefined || (what === 'correction' && post.status.is === 'held')) return 'counts';
        if (!isStoppedWhole(await stopOf(post, { executor, rules }))) return 'counts';
        // Nobody can decide on it meanwhile, so that it does not go back to its writers either.
        return isEmergency(post) && (what === 'remind' || what === 'escalate') ? 'while-stopped' : 'void';
      },
    },
  );
}

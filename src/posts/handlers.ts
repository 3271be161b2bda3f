import { z } from 'zod';
import { timer, type BoundHandler } from '../core/handler.ts';
import { connectedHandler } from './account-connected.ts';
import { timerNames } from './changed.ts';
import type { PublishingDeps } from './effects/deps.ts';
import { lookHandler } from './effects/look.ts';
import { lookWhetherGoneHandler } from './effects/look-whether-gone.ts';
import { publishHandler } from './effects/publish.ts';
import { putRightHandler } from './effects/put-right.ts';
import { takeDownHandler } from './effects/take-down.ts';
import { noteLastHandler } from './note-last.ts';
import { stopChangedHandler } from './stopped.ts';

/** Every effect of posts but their cards. */
export function postHandlers(deps: PublishingDeps): readonly BoundHandler[] {
  return [
    publishHandler(deps),
    lookHandler(deps),
    lookWhetherGoneHandler(deps),
    takeDownHandler(deps),
    putRightHandler(deps),
    timeHandler(),
    connectedHandler(deps.executor),
    noteLastHandler(deps.executor),
    stopChangedHandler(deps.executor),
  ];
}

function timeHandler(): BoundHandler {
  return timer('post.timer', z.object({ what: z.enum(timerNames), review: z.string() }), (run) => ({
    command: 'post.time-came',
    id: run.id,
    params: run.data,
  }));
}

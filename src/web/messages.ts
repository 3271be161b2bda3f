import type { Response, Server } from 'restify';
import { z } from 'zod';
import { seconds } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { jsonBody, type BodyLimits } from './body.ts';
import { sayJson } from './respond.ts';
import { mayCome } from './same-origin.ts';

/** What answers an activity. A body is JSON. */
export interface MessageAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface MessageParts {
  readonly log: Log;
  /** checks who sent the activity, and runs the turn; 400 for what is no activity */
  readonly process: (authorization: string | undefined, body: unknown) => Promise<MessageAnswer>;
  /** absent in production, where the token says who sends */
  readonly rehearsal?: {
    /** the port that Crier listens on, once it does */
    readonly port: () => number;
    /** the only places that an activity may say it comes from: the simulator's, and our own connector's */
    readonly serviceUrls: () => readonly string[];
  };
  readonly limits?: Partial<BodyLimits>;
}

/** An activity of Teams holds 100 KB at most; and it comes in one go, never slowly. */
const usual: BodyLimits = { bytes: 256 * 1024, within: seconds(10) };

const cameFrom = z.object({ serviceUrl: z.string() });

function sameAddress(one: string, other: string): boolean {
  if (one === other) return true;
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const bare = (address: string): string => new URL(address).href.replace(/\/+$/, '');
  return bare(one) === bare(other);
}

/** An answer of nothing but its status: whoever is refused learns no more. */
function answer(response: Response, { status, body }: MessageAnswer): void {
  if (body === undefined) {
    response.sendRaw(status, '', { 'Cache-Control': 'no-store', 'Content-Length': '0' });
    return;
  }
  sayJson(response, status, body);
}

/**
 * `POST /api/messages`, where Teams (in rehearsal the simulator) brings what people say and press. Takes
 * `application/json` alone, of limited size, in limited time. In rehearsal only this machine may call, no web page
 * may, and an activity may only say it comes from the places given: answers to it would go there.
 */
export function mountMessages(server: Server, { log, process, rehearsal, limits }: MessageParts): void {
  server.post(
    '/api/messages',
    (request, response, next) => {
      if (rehearsal !== undefined && !mayCome(request, { port: rehearsal.port(), callers: 'no-page' })) {
        log.warn('refused a call that does not come from this machine');
        answer(response, { status: 403 });
        next(false);
        return;
      }
      next();
    },
    jsonBody({ ...usual, ...limits }),
    async (request, response) => {
      const body: unknown = request.body;
      if (rehearsal !== undefined) {
        const from = cameFrom.safeParse(body).data?.serviceUrl;
        if (from === undefined) {
          answer(response, { status: 400 });
          return;
        }
        if (!rehearsal.serviceUrls().some((ours) => sameAddress(ours, from))) {
          log.warn('refused an activity from somewhere else than the simulator');
          answer(response, { status: 403 });
          return;
        }
      }
      try {
        answer(response, await process(request.headers.authorization, body));
      } catch (fault) {
        log.fault('a turn failed', fault, { id: request.id() });
        if (!response.headersSent) answer(response, { status: 500 });
      }
    },
  );
}

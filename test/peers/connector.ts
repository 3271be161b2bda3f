import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { lookout } from './lookout.ts';
import { ended, listening } from './listening.ts';

/** An activity as the connector took it, or as it was asked to. */
export interface SentActivity {
  /** 1, 2, 3 … in the order of arrival, over all conversations */
  readonly n: number;
  readonly how: 'post' | 'reply' | 'update' | 'create' | 'delete';
  readonly conversationId: string;
  readonly activityId: string;
  readonly activity: unknown;
  readonly at: number;
}

/** A fault for the next calls that fit. */
export interface ConnectorFault {
  /** which calls; absent: any */
  readonly how?: SentActivity['how'] | 'members' | 'token';
  readonly conversationId?: string;
  /** how many calls; 1 when absent */
  readonly times?: number;
  readonly answer:
    | {
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: unknown;
      }
    /** the connection is cut before anything is taken */
    | 'reset'
    /** it is taken, and then the connection is cut */
    | 'reset-after-commit'
    /** no answer at all, until the peer stops */
    | 'silence';
}

export interface RosterMember {
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly userRole?: string;
}

/** A Bot Connector on loopback, as botbuilder calls it. */
export interface ConnectorPeer {
  /** what activities name as their service url */
  readonly serviceUrl: string;
  readonly port: number;
  /** everything taken, in order */
  readonly taken: readonly SentActivity[];
  /** calls by kind, refused ones included */
  readonly calls: Readonly<Record<string, number>>;
  /** how many connections were opened to it */
  readonly connections: () => number;
  /** Authorization headers as they came, in order */
  readonly authorizations: readonly (string | undefined)[];
  /** adds a fault to what is in store */
  fail(fault: ConnectorFault): void;
  /** every call takes so long, in milliseconds, before it is taken and again before it is answered */
  delay(before: number, after?: number): void;
  /** members of a conversation; of every other one when no conversation is given */
  members(members: readonly RosterMember[], conversationId?: string): void;
  /** resolves with everything taken once that holds */
  until(holds: (taken: readonly SentActivity[]) => boolean): Promise<readonly SentActivity[]>;
  /** resolves once so many activities were taken altogether */
  count(n: number): Promise<readonly SentActivity[]>;
  /** forgets what was taken and called; ids go on */
  clear(): void;
  /** from now on it keeps and reads no activities, only counts them */
  onlyCount(): void;
  /** answers one request; for a host that is played behind a proxy */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

export interface ConnectorOptions {
  /** 0, any free one, when absent */
  readonly port?: number;
  /** keeps no activities, only counts them; for load */
  readonly countOnly?: boolean;
  /** most bytes of a message in UTF-16; what Microsoft asks to stay below when absent */
  readonly largest?: number;
  /** lets `/_peer/…` steer it, when it runs as a process of its own */
  readonly controlled?: boolean;
}

const route =
  /^\/v3\/conversations(?:\/([^/]+)(?:\/(activities|members|pagedmembers)(?:\/([^/]+))?(?:\/(members))?)?)?$/;

const createSchema = z.object({
  isGroup: z.boolean().optional(),
  channelData: z.object({ channel: z.object({ id: z.string() }).optional() }).optional(),
  members: z.array(z.object({ id: z.string() })).optional(),
  activity: z.unknown().optional(),
});

/** Starts the peer. */
export async function startConnector({
  port = 0,
  countOnly: countsOnly = false,
  controlled = false,
  largest = 80_000,
}: ConnectorOptions = {}): Promise<ConnectorPeer> {
  const taken: SentActivity[] = [];
  const calls: Record<string, number> = {};
  const authorizations: (string | undefined)[] = [];
  const faults: { fault: ConnectorFault; left: number }[] = [];
  const rosters = new Map<string, readonly RosterMember[]>();
  const out = lookout();
  let everybody: readonly RosterMember[] = [];
  let wait = { before: 0, after: 0 };
  let countOnly = countsOnly;
  let counted = 0;
  let ids = 0;

  const take = (
    how: SentActivity['how'],
    conversationId: string,
    activityId: string,
    activity: unknown,
  ): void => {
    counted += 1;
    if (!countOnly) taken.push({ n: counted, how, conversationId, activityId, activity, at: Date.now() });
    out.changed();
  };

  const answer = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  };

  const faultFor = (how: string, conversationId: string): ConnectorFault['answer'] | undefined => {
    const at = faults.findIndex(
      ({ fault }) =>
        (fault.how === undefined || fault.how === how) &&
        (fault.conversationId === undefined || fault.conversationId === conversationId),
    );
    const found = faults[at];
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) faults.splice(at, 1);
    return found.fault.answer;
  };

  const page = (url: URL, conversationId: string): unknown => {
    const members = rosters.get(conversationId) ?? everybody;
    const size = Number(url.searchParams.get('pageSize') ?? 500);
    const from = Number(url.searchParams.get('continuationToken') ?? 0);
    const next = from + size;
    return {
      members: members.slice(from, next),
      ...(next < members.length ? { continuationToken: String(next) } : {}),
    };
  };

  function act(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = new URL(request.url ?? '/', 'http://connector');
    const found = route.exec(url.pathname.replace(/^\/(?:_connector|amer|emea|uk|teams)(?=\/)/, ''));
    authorizations.push(request.headers.authorization);
    if (authorizations.length > 10_000) authorizations.splice(0, 5_000);
    if (found === null) {
      answer(response, 404, { error: { code: 'NotFound' } });
      return;
    }
    const conversationId = decodeURIComponent(found[1] ?? '');
    const activityId = decodeURIComponent(found[3] ?? '');
    const { method } = request;
    const how =
      found[1] === undefined
        ? 'create'
        : found[2] !== 'activities' || found[4] !== undefined
          ? 'members'
          : method === 'PUT'
            ? 'update'
            : method === 'DELETE'
              ? 'delete'
              : activityId === ''
                ? 'post'
                : 'reply';
    calls[how] = (calls[how] ?? 0) + 1;

    const commit = (): (() => void) => {
      if (how === 'members') {
        const members = rosters.get(conversationId) ?? everybody;
        if (found[2] === 'pagedmembers') return () => answer(response, 200, page(url, conversationId));
        if (activityId === '' || found[4] !== undefined) return () => answer(response, 200, members);
        const one = members.find(({ id, aadObjectId }) => id === activityId || aadObjectId === activityId);
        return () =>
          one === undefined
            ? answer(response, 404, { error: { code: 'MemberNotFound' } })
            : answer(response, 200, one);
      }
      const given: unknown =
        countOnly && how !== 'create' ? undefined : JSON.parse(body === '' ? 'null' : body);
      ids += 1;
      const fresh = `a-${String(ids)}`;
      if (how === 'create') {
        const asked = createSchema.parse(given);
        if (asked.isGroup === true) {
          const id = `${asked.channelData?.channel?.id ?? 'channel'};messageid=${String(ids)}`;
          take('create', id, String(ids), asked.activity);
          const activityId = String(ids);
          return () => answer(response, 201, { id, activityId });
        }
        // As in Teams, the chat with somebody is the same one whenever it is asked for.
        const member = asked.members?.[0]?.id ?? 'nobody';
        return () => answer(response, 201, { id: `chat-${member}` });
      }
      const id = how === 'update' || how === 'delete' ? activityId : fresh;
      take(how, conversationId, id, given);
      return () =>
        how === 'delete' ? answer(response, 200, {}) : answer(response, how === 'update' ? 200 : 201, { id });
    };

    const fault = faultFor(how, conversationId);
    if (fault === 'silence') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fault === 'reset-after-commit') {
      commit();
      request.socket.destroy();
      return;
    }
    if (fault !== undefined) {
      answer(response, fault.status, fault.body ?? { error: { code: 'Asked' } }, fault.headers);
      return;
    }
    if (2 * body.length > largest) {
      const error = { code: 'MessageSizeTooBig', message: 'Message size too large.' };
      answer(response, 413, { error });
      return;
    }
    if (wait.before === 0 && wait.after === 0) {
      commit()();
      return;
    }
    setTimeout(() => {
      const reply = commit();
      setTimeout(reply, wait.after);
    }, wait.before);
  }

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (!controlled || request.url?.startsWith('/_peer/') !== true) {
        act(request, response, body);
        return;
      }
      const { pathname, searchParams } = new URL(request.url, 'http://peer');
      void Promise.resolve(control(peer, pathname, searchParams, body)).then((done) =>
        answer(response, 200, done ?? {}),
      );
    });
  };

  const server = createServer(handle);
  let opened = 0;
  server.on('connection', () => {
    opened += 1;
  });
  // A load generator's clients keep their connections over its pauses.
  server.keepAliveTimeout = 60_000;
  const here = await listening(server, port);

  const until: ConnectorPeer['until'] = async (holds) =>
    await out.until(() => (holds(taken) ? [...taken] : undefined));

  const peer: ConnectorPeer = {
    serviceUrl: here.url,
    port: here.port,
    taken,
    calls,
    connections: () => opened,
    authorizations,
    handle,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    delay: (before, after = 0) => {
      wait = { before, after };
    },
    members: (members, conversationId) => {
      if (conversationId === undefined) everybody = members;
      else rosters.set(conversationId, members);
    },
    until,
    count: (n) => until(() => counted >= n),
    clear: () => {
      taken.length = 0;
      counted = 0;
      authorizations.length = 0;
      for (const key of Object.keys(calls)) delete calls[key];
    },
    onlyCount: () => {
      countOnly = true;
    },
    close: async () => await ended(server),
  };
  return peer;
}

const answerSchema = z.union([
  z.object({
    status: z.int(),
    headers: z.record(z.string(), z.string()).exactOptional(),
    body: z.unknown().optional(),
  }),
  z.enum(['reset', 'reset-after-commit', 'silence']),
]);
const faultSchema: z.ZodType<ConnectorFault> = z.object({
  how: z.enum(['post', 'reply', 'update', 'create', 'delete', 'members', 'token']).exactOptional(),
  conversationId: z.string().exactOptional(),
  times: z.int().exactOptional(),
  answer: answerSchema,
});

/** What whoever started the peer as a process may ask of it. */
function control(peer: ConnectorPeer, path: string, asked: URLSearchParams, body: string): unknown {
  switch (path) {
    case '/_peer/taken':
      return { taken: peer.taken, calls: peer.calls };
    case '/_peer/count':
      return peer.count(Number(asked.get('n') ?? 1)).then(() => ({ calls: peer.calls }));
    case '/_peer/clear':
      return peer.clear();
    case '/_peer/only-count':
      return peer.onlyCount();
    case '/_peer/delay':
      return peer.delay(Number(asked.get('before') ?? 0), Number(asked.get('after') ?? 0));
    case '/_peer/fail':
      return peer.fail(faultSchema.parse(JSON.parse(body)));
    default:
      return undefined;
  }
}

/**
 * As a process of its own (`node test/peers/connector.ts --port 0`): prints `{"port": …}`. `GET /_peer/taken` gives
 * what was taken and `GET /_peer/count?n=5` answers once so many were; `POST /_peer/clear`, `/_peer/only-count`,
 * `/_peer/delay?before=…` and `/_peer/fail` (a fault as JSON) do as they say.
 */
if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, 'count-only': { type: 'boolean', default: false } },
  });
  const peer = await startConnector({
    port: Number(values.port),
    countOnly: values['count-only'],
    controlled: true,
  });
  console.log(JSON.stringify({ port: peer.port }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
}

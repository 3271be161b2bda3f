import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { CallMoment } from './faults.ts';
import { lookout } from './lookout.ts';
import { ended, listening } from './listening.ts';

/** Something that stands on a timeline, or stood. */
export interface TimelineEntry {
  readonly id: string;
  readonly account: string;
  readonly text: string;
  readonly at: number;
  /** the id of what it answers */
  readonly replyTo?: string;
  readonly removedAt?: number;
}

/** A call on a timeline: what is posted or put there, or comes down. */
interface TimelineCall {
  readonly does: 'post' | 'edit' | 'remove';
  readonly account: string;
  readonly text: string;
}

/** A fault for the next posts. */
export interface TimelineFault {
  /** only on this account; absent: on any */
  readonly account?: string;
  /** how many posts; 1 when absent */
  readonly times?: number;
  readonly answer:
    /** not taken, and answered so */
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
    /** taken, and answered with a failure all the same */
    | { readonly takenStatus: number }
    /** the connection is cut before it is taken */
    | 'reset'
    /** taken, and then the connection is cut */
    | 'reset-after-commit'
    /** taken, and the answer breaks off in the middle */
    | 'cut-off';
}

/** A social network that knows no repeated post from a new one, and counts what it takes. */
export interface TimelinePeer {
  readonly port: number;
  /** where accounts stand, without a slash at the end */
  readonly base: string;
  /** everything taken, in order, also what was removed again */
  readonly ledger: readonly TimelineEntry[];
  /** posts that came in, refused ones included */
  readonly posts: () => number;
  fail(fault: TimelineFault): void;
  /** every post takes so long before it is taken and again before it is answered, in milliseconds */
  delay(before: number, between?: number): void;
  /** resolves with the ledger once that holds */
  until(holds: (ledger: readonly TimelineEntry[]) => boolean): Promise<readonly TimelineEntry[]>;
  close(): Promise<void>;
}

export interface TimelineOptions {
  /** any free one when absent */
  readonly port?: number;
  /**
   * Called at each moment of a call and waited for, so that whoever aims a kill knows where it is. `drop` at
   * its arrival: nothing of it is taken, as when a connection is lost before the network reads it.
   */
  readonly at?: (moment: CallMoment, call: TimelineCall) => Promise<'go on' | 'drop'> | 'go on' | 'drop';
  /** lets `/_peer/…` steer it, when it runs as a process of its own */
  readonly controlled?: boolean;
}

const written = z.object({
  text: z.string(),
  title: z.string().exactOptional(),
  replyTo: z.string().exactOptional(),
  media: z.array(z.object({ hash: z.string(), contentType: z.string(), alt: z.string() })),
});
const changed = written.pick({ text: true, title: true }).extend({ note: z.string().exactOptional() });
const faultSchema: z.ZodType<TimelineFault> = z.object({
  account: z.string().exactOptional(),
  times: z.int().exactOptional(),
  answer: z.union([
    z.object({ status: z.int(), headers: z.record(z.string(), z.string()).exactOptional() }),
    z.object({ takenStatus: z.int() }),
    z.enum(['reset', 'reset-after-commit', 'cut-off']),
  ]),
});

/** Starts the peer. */
export async function startTimeline({
  port = 0,
  at = () => 'go on',
  controlled = false,
}: TimelineOptions = {}): Promise<TimelinePeer> {
  const ledger: TimelineEntry[] = [];
  const faults: { fault: TimelineFault; left: number }[] = [];
  const out = lookout();
  let wait = { before: 0, between: 0 };
  let posts = 0;

  const answer = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  };

  const faultFor = (account: string): TimelineFault['answer'] | undefined => {
    const n = faults.findIndex(({ fault }) => fault.account === undefined || fault.account === account);
    const found = faults[n];
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left <= 0) faults.splice(n, 1);
    return found.fault.answer;
  };

  function take(account: string, text: string, replyTo: string | undefined): TimelineEntry {
    const entry = {
      id: `e${String(ledger.length + 1)}`,
      account,
      text,
      at: Date.now(),
      ...(replyTo === undefined ? {} : { replyTo }),
    };
    ledger.push(entry);
    out.changed();
    return entry;
  }

  const toldOf = (entry: TimelineEntry) => ({
    id: entry.id,
    url: `${here.url}/${entry.account}/${entry.id}`,
    text: entry.text,
    at: entry.at,
  });

  async function post(account: string, body: string, response: ServerResponse): Promise<void> {
    const { text, replyTo } = written.parse(JSON.parse(body));
    const call = { does: 'post', account, text } as const;
    posts += 1;
    if ((await at('arrived', call)) === 'drop') return void response.socket?.destroy();
    const fault = faultFor(account);
    if (fault === 'reset') return void response.socket?.destroy();
    if (typeof fault === 'object' && 'status' in fault) {
      return answer(response, fault.status, { error: 'asked' }, fault.headers);
    }
    await pause(wait.before);
    const entry = take(account, text, replyTo);
    await at('taken', call);
    await pause(wait.between);
    if (fault === 'reset-after-commit') return void response.socket?.destroy();
    if (fault === 'cut-off') {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"id":"');
      return void setImmediate(() => response.socket?.destroy());
    }
    if (typeof fault === 'object' && 'takenStatus' in fault) {
      return answer(response, fault.takenStatus, { error: 'asked' });
    }
    response.once('finish', () => void at('answered', call));
    answer(response, 201, toldOf(entry));
  }

  async function act(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://timeline');
    const [, account = '', id] = url.pathname.split('/').map(decodeURIComponent);
    if (controlled && account === '_peer')
      return answer(response, 200, (await control(id ?? '', url, body)) ?? {});
    if (id === undefined && request.method === 'POST') return await post(account, body, response);
    if (id === undefined) {
      const since = Number(url.searchParams.get('since') ?? 0);
      const standing = ledger.filter(
        (entry) => entry.account === account && entry.at >= since && entry.removedAt === undefined,
      );
      return answer(response, 200, standing.map(toldOf));
    }
    const n = ledger.findIndex((entry) => entry.account === account && entry.id === id);
    const entry = ledger[n];
    if (entry === undefined || entry.removedAt !== undefined) return answer(response, 404, {});
    const does = request.method === 'DELETE' ? 'remove' : 'edit';
    const text = does === 'remove' ? entry.text : changed.parse(JSON.parse(body)).text;
    const call = { does, account, text } as const;
    if ((await at('arrived', call)) === 'drop') return void response.socket?.destroy();
    ledger[n] = does === 'remove' ? { ...entry, removedAt: Date.now() } : { ...entry, text };
    await at('taken', call);
    response.once('finish', () => void at('answered', call));
    answer(response, 200, does === 'remove' ? {} : toldOf(entry));
  }

  /** What whoever started the peer as a process may ask of it. */
  async function control(path: string, { searchParams }: URL, body: string): Promise<unknown> {
    switch (path) {
      case 'ledger':
        return { ledger, posts };
      case 'count':
        return { ledger: await until((all) => all.length >= Number(searchParams.get('n') ?? 1)) };
      case 'delay':
        return peer.delay(Number(searchParams.get('before') ?? 0), Number(searchParams.get('between') ?? 0));
      case 'fail':
        return peer.fail(faultSchema.parse(JSON.parse(body)));
      default:
        return undefined;
    }
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A caller that died in the middle of its request has sent nothing that could be read.
    request.on('error', () => undefined);
    request.on('end', () => {
      act(request, response, Buffer.concat(chunks).toString()).catch(() => {
        if (response.headersSent) response.socket?.destroy();
        else answer(response, 400, {});
      });
    });
  });
  const here = await listening(server, port);

  const until: TimelinePeer['until'] = async (holds) =>
    await out.until(() => (holds(ledger) ? [...ledger] : undefined));

  const peer: TimelinePeer = {
    port: here.port,
    base: here.url,
    ledger,
    posts: () => posts,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    delay: (before, between = 0) => {
      wait = { before, between };
    },
    until,
    close: async () => await ended(server),
  };
  return peer;
}

/**
 * As a process of its own (`node test/peers/timeline.ts --port 0`): prints `{"port": …}`. `GET /_peer/ledger` gives
 * what was taken and `/_peer/count?n=5` answers once so much was; `POST /_peer/delay?before=…&between=…` and
 * `/_peer/fail` (a fault as JSON) do as they say.
 */
if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const peer = await startTimeline({ port: Number(values.port), controlled: true });
  console.log(JSON.stringify({ port: peer.port }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
}

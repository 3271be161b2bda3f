import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

/** What can go wrong with one call, seen from the network's side; the first two never reach it. */
export const networkFaults = [
  'refused',
  'name not found',
  'time-out before commit',
  'time-out after commit',
  'reset after commit',
  'cut-off 201',
  '500 after commit',
  '503 after commit',
  '429 with reset',
  '429 without reset',
  '401',
  'expired token refreshed',
  'duplicate refused',
  '400 after commit',
] as const;
export type NetworkFault = (typeof networkFaults)[number];

/** After these the post stands, although nobody said so. */
export const afterCommit: readonly NetworkFault[] = [
  'time-out after commit',
  'reset after commit',
  'cut-off 201',
  '500 after commit',
  '503 after commit',
  'duplicate refused',
  '400 after commit',
];

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** How a vendor says what went wrong. */
export interface VendorErrors {
  readonly broken: (status: 500 | 503) => Answer;
  readonly busy: (withReset: boolean) => Answer;
  readonly deadToken: () => Answer;
  /** the token is too old; whoever can, renews it */
  readonly oldToken: () => Answer;
  readonly duplicate: () => Answer;
  readonly bad: () => Answer;
}

/**
 * A moment of a call: the request was read and nothing of it was done yet; it is taken, and done; the last byte of the answer was handed to the connection.
 */
export type CallMoment = 'arrived' | 'taken' | 'answered';

/**
 * Called at each moment of a call and waited for, so that whoever aims a kill knows where it is. `drop` at its
 * arrival: nothing of it is taken, as when a connection is lost before the network reads it.
 */
export type CallWatch = (moment: CallMoment, text: string) => Promise<'go on' | 'drop'>;

/** Faults waiting to happen, one to each call of their kind that arrives. */
export interface Faults {
  /** is told where each call is */
  watch?: CallWatch;
  readonly next: (...faults: readonly NetworkFault[]) => void;
  readonly take: () => NetworkFault | undefined;
  /** resolves when a post has arrived that is to be left without an answer, and has been dealt with */
  readonly silent: () => Promise<void>;
  readonly silenced: () => void;
}

/** Faults of what changes or deletes a post that stands. */
export interface ChangeFaults {
  readonly edit: Faults;
  readonly remove: Faults;
}

export const createChangeFaults = (): ChangeFaults => ({ edit: createFaults(), remove: createFaults() });

export function createFaults(): Faults {
  const waiting: NetworkFault[] = [];
  let silence = Promise.withResolvers<void>();
  return {
    next: (...faults) => {
      waiting.push(...faults);
    },
    take: () => waiting.shift(),
    silent: async () => await silence.promise,
    silenced: () => {
      silence.resolve();
      silence = Promise.withResolvers<void>();
    },
  };
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  });
  response.end(text);
}

/**
 * Answers a call as the fault of the moment has it, and tells whoever watches where it is.
 * @param text what is posted, what is to stand from then on, or what is deleted
 * @param commit does it and says what success is
 */
export function answerCall(
  faults: Faults,
  response: ServerResponse,
  text: string,
  commit: () => Answer,
  errors: VendorErrors,
): void {
  const { watch } = faults;
  if (watch === undefined) return answerByFault(faults, response, commit, errors);
  void (async () => {
    if ((await watch('arrived', text)) === 'drop') return void response.socket?.destroy();
    const taken = commit();
    await watch('taken', text);
    response.once('finish', () => void watch('answered', text));
    send(response, taken);
  })();
}

function answerByFault(
  faults: Faults,
  response: ServerResponse,
  commit: () => Answer,
  errors: VendorErrors,
): void {
  const fault = faults.take();
  switch (fault) {
    case 'time-out before commit':
      faults.silenced();
      return;
    case 'time-out after commit':
      commit();
      faults.silenced();
      return;
    case 'reset after commit':
      commit();
      response.socket?.destroy();
      return;
    case 'cut-off 201': {
      const { status, headers, body } = commit();
      const text = JSON.stringify(body);
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(text)),
        ...headers,
      });
      response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
      return;
    }
    case '500 after commit':
    case '503 after commit':
      commit();
      send(response, errors.broken(fault === '500 after commit' ? 500 : 503));
      return;
    case '429 with reset':
    case '429 without reset':
      send(response, errors.busy(fault === '429 with reset'));
      return;
    case '401':
      send(response, errors.deadToken());
      return;
    case 'expired token refreshed':
      send(response, errors.oldToken());
      return;
    case 'duplicate refused':
      commit();
      send(response, errors.duplicate());
      return;
    case '400 after commit':
      commit();
      send(response, errors.bad());
      return;
    // The connection is at fault in these, and whoever plays it has seen to that.
    case 'refused':
    case 'name not found':
    case undefined:
      send(response, commit());
  }
}

/** The whole body of a request. @param came is told of its bytes as they come in */
export async function bodyOf(
  request: IncomingMessage,
  came: (bytes: number) => void = () => undefined,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const each of request) {
    const chunk = z.instanceof(Buffer).parse(each);
    chunks.push(chunk);
    came(chunk.length);
  }
  return Buffer.concat(chunks);
}

/** A post as a peer keeps it. */
export interface PeerPost {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly pictures: readonly { readonly alt: string; readonly bytes: number }[];
  readonly replyTo?: string;
  readonly quote?: string;
  readonly link?: string;
}

/** What tests see of a network that is played. */
export interface PlayedNetwork {
  readonly hosts: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;
  /** of what is posted */
  readonly faults: Faults;
  readonly changes: ChangeFaults;
  /** what stands on the timeline, oldest first */
  readonly posts: () => readonly PeerPost[];
  /** somebody posts on the account by another way than ours; gives the network's id of it */
  readonly byHand: (text: string) => string;
  /** somebody deletes a post by another way than ours */
  readonly drop: (id: string) => void;
  /** somebody plans a post in the network's own tool, where that can be read */
  readonly plan?: (text: string, at: number) => string;
  /** every request, as method and address with query */
  readonly requests: readonly string[];
}

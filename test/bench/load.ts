import { Agent, request } from 'node:http';

/** One request of a load: a body for `/api/messages`. */
export type Body = Buffer;

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** from when it should have been sent, or was, to the last byte of its answer; in milliseconds */
  readonly took: number;
}

/** Sends bodies to one process over connections that are kept. */
export interface Sender {
  readonly send: (body: Body) => Promise<Answered>;
  readonly close: () => void;
}

/** @param connections how many at most */
export function sender(port: number, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: async (body) =>
      await new Promise((resolve, reject) => {
        const began = performance.now();
        const sent = request(
          {
            agent,
            host: '127.0.0.1',
            port,
            path: '/api/messages',
            method: 'POST',
            headers: { 'content-type': 'application/json', 'content-length': body.length },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString();
              resolve({ status: response.statusCode ?? 0, text, took: performance.now() - began });
            });
          },
        );
        // The server closes a connection that was idle; what is sent at that moment was not read.
        sent.on('error', (fault) => {
          if (sent.reusedSocket) resolve(sender(port, 1).send(body));
          else reject(fault);
        });
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

export interface Load {
  /** milliseconds from the first request to the last answer */
  readonly took: number;
  readonly answers: readonly Answered[];
}

/** Every body once, each connection sending its next one when its last was answered. */
export async function closedLoop(to: Sender, bodies: readonly Body[], connections: number): Promise<Load> {
  const answers: Answered[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        answers.push(await to.send(body));
      }
    }),
  );
  return { took: performance.now() - began, answers };
}

/** Every body once, at a steady rate whatever the answers take, so that a slow one does not thin the load. */
export async function openLoop(to: Sender, bodies: readonly Body[], perSecond: number): Promise<Load> {
  const began = performance.now();
  const answers: Promise<Answered>[] = [];
  while (answers.length < bodies.length) {
    const due = Math.min(bodies.length, Math.floor(((performance.now() - began) / 1_000) * perSecond) + 1);
    for (const body of bodies.slice(answers.length, due)) answers.push(to.send(body));
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  const all = await Promise.all(answers);
  return { took: performance.now() - began, answers: all };
}

/** @throws when an answer is not what a good one is */
export function allGood({ answers }: Load, isGood: (answer: Answered) => boolean): void {
  const bad = answers.find((answer) => !isGood(answer));
  if (bad !== undefined) throw new Error(`a bad answer: ${String(bad.status)} ${bad.text.slice(0, 600)}`);
}

/** The value below which so much of the values lies; `part` from 0 to 1. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

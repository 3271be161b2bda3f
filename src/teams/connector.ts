import type { IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { request as plainRequest } from '../node-http.ts';

/** One call of the Bot Connector's REST interface. */
export interface ConnectorCall {
  readonly serviceUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** below `v3/conversations`, each part as it is */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  /** what goes along, as JSON */
  readonly body?: object;
  /** undefined in a rehearsal, where nobody signs in */
  readonly token: string | undefined;
}

/** The connector answered, though not that it did what was asked. */
export class ConnectorRefusal extends Error {
  readonly status: number;
  /** its `Retry-After`, as it stands */
  readonly wait: string | undefined;
  /** the beginning of what it said; it may quote what was sent, so it goes into no log */
  readonly said: string;

  constructor({ statusCode = 0, headers }: IncomingMessage, said: string) {
    super(`the connector answered ${String(statusCode)}`);
    this.status = statusCode;
    this.wait = headers['retry-after'];
    this.said = said;
  }
}

/** Of a refusal no more is read. */
const longestReason = 2_000;

/** No answer of the connector is longer; the longest is a page of 500 members. */
const longestAnswer = 4_000_000;

/**
 * Makes one attempt of a call and follows no redirect, which would take our token to wherever it points. The SDK's
 * own client tries again after a reset connection, so that a card may stand there twice, waits out a Retry-After
 * while a lease runs down, opens a connection for every call that goes by a proxy, and takes three times as long.
 *
 * The platform's own agents are used, since they obey `HTTPS_PROXY` and keep connections for a few seconds. Paths and
 * bodies: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 *
 * @returns the answer's JSON; undefined where it has none
 * @throws ConnectorRefusal for any answer but 200–299; the connection's own fault, with its `code`, where none came
 */
export async function callConnector(
  { serviceUrl, method, path, query = {}, body, token }: ConnectorCall,
  signal: AbortSignal,
): Promise<unknown> {
  const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`;
  const url = new URL(['v3/conversations', ...path.map(encodeURIComponent)].join('/'), base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  const headers = {
    accept: 'application/json',
    'user-agent': 'Crier',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(sent === undefined
      ? {}
      : { 'content-type': 'application/json; charset=utf-8', 'content-length': String(sent.length) }),
  };
  return await new Promise<unknown>((resolve, reject) => {
    const asked = request(url, { method, headers, signal }, (answer) => {
      const { statusCode = 0 } = answer;
      let text = '';
      answer.setEncoding('utf8');
      if (statusCode < 200 || statusCode > 299) {
        const refuse = (): void => reject(new ConnectorRefusal(answer, text));
        answer.on('data', (piece: string) => {
          if (text.length < longestReason) text += piece.slice(0, longestReason);
        });
        // Its status is known, whatever becomes of the words.
        answer.on('end', refuse).on('error', refuse).on('close', refuse);
        return;
      }
      answer.on('data', (piece: string) => {
        text += piece;
        if (text.length > longestAnswer) asked.destroy(new Error('the connector answered without end'));
      });
      answer.on('error', reject);
      answer.on('end', () => {
        try {
          resolve(text.trim() === '' ? undefined : JSON.parse(text));
        } catch {
          reject(new Error('the connector answered with something else than JSON'));
        }
      });
    });
    asked.on('error', reject);
    asked.end(sent);
  });
}

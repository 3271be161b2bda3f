import type { z } from 'zod';
import { seconds } from '../core/time.ts';
import { connectFault, type ConnectFault } from '../words/connect.ts';

/** So long a network may take to answer. */
export const answerWithin = seconds(30);

/**
 * Asks a network's token endpoint by a form, so that nothing secret stands in an address.
 * @throws with words for the person; nothing of the answer goes into them, since it can hold what was sent
 */
export async function exchange<T>(
  address: string,
  fields: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithin),
    });
  } catch {
    throw new Error(connectFault('not-reached'));
  }
  const body: unknown = await response.json().catch(() => undefined);
  const read = schema.safeParse(body);
  if (response.ok && read.success) return read.data;
  throw new Error(connectFault(faultOf(response, body)));
}

/** A refusal is told in JSON; a page is of something else on the way, such as the council's own proxy. */
function faultOf({ ok, status }: Response, body: unknown): ConnectFault {
  if (status === 429) return 'busy';
  return !ok && status < 500 && typeof body === 'object' && body !== null ? 'not-exchanged' : 'not-reached';
}

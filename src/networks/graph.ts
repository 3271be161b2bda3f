import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { jsonIn } from '../core/json.ts';
import { begin } from '../core/permit.ts';
import { hours, minutes, seconds, type Millis } from '../core/time.ts';
import { beforePosting, brokenOff } from './answers.ts';
import { endingWithin } from './ending-within.ts';
import { accountBlocked, type PublishOutcome, type Standing } from './network.ts';

/** The version of Meta's Graph API that the adapters were written for, unless the council pins another. */
export const graphVersion = 'v26.0';

export interface GraphOptions {
  /** a Page's token; it goes in a header, never in an address */
  readonly token: string;
  /** the token that connecting the account again has kept since; asked for at first, and when one is dead */
  readonly keptToken?: (() => Promise<string | undefined>) | undefined;
  readonly appSecret: string;
  /** with it the app itself asks how long the token lives; without it the token asks about itself */
  readonly appId?: string | undefined;
  /** such as `v26.0` */
  readonly version?: string | undefined;
  readonly clock: () => Millis;
}

type Fields = Readonly<Record<string, string>>;

/** An answer of the Graph API: its body, or what the refusal means for a post. */
export type GraphAnswer =
  | { readonly ok: true; readonly body: unknown }
  | {
      readonly ok: false;
      readonly outcome: PublishOutcome;
      readonly gone: boolean;
      /** a piece of a video was not the one that is wanted: this one is, `to` exclusive */
      readonly wants?: { readonly from: number; readonly to: number };
    };

export interface Graph {
  readonly get: (path: string, fields: Fields, signal: AbortSignal) => Promise<GraphAnswer>;
  readonly post: (path: string, fields: Fields | FormData, signal: AbortSignal) => Promise<GraphAnswer>;
  readonly delete: (path: string, signal: AbortSignal) => Promise<GraphAnswer>;
  /** whether there is something of this id */
  readonly stands: (id: string, signal: AbortSignal) => Promise<Standing>;
  /** when the token ends, or its right to read; undefined where Meta does not tell */
  readonly expires: (signal: AbortSignal) => Promise<Millis | 'never' | undefined>;
  /** what Meta counts of something, by the names of its metrics; empty where it does not tell */
  readonly insights: (
    path: string,
    metrics: readonly string[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, number>>;
}

const errorSchema = z.object({
  error: z.object({
    code: z.number(),
    error_subcode: z.number().optional(),
    error_data: z.unknown().optional(),
  }),
});

/** Something that was made has an id. */
export const made = z.object({ id: z.string().min(1) });

/** Where a video's upload goes on, as it is told beside the refusal of a piece. */
const wantedSchema = z.object({
  start_offset: z.coerce.number().int().nonnegative(),
  end_offset: z.coerce.number().int().nonnegative(),
});

/** Answers to the parts of a batch, each with its body as a text. */
const batchSchema = z.array(z.object({ code: z.int(), body: z.string() }).nullable());
/** Times in whole seconds since 1970; 0 for none. */
const lifeSchema = z.object({
  data: z.object({
    is_valid: z.boolean(),
    expires_at: z.number().optional(),
    data_access_expires_at: z.number().optional(),
  }),
});
const insightsSchema = z.object({
  data: z.array(z.object({ name: z.string(), values: z.array(z.object({ value: z.unknown() })) })),
});

/**
 * Codes by which Meta throttles: for the app, a person, a Page, one sort of call; and for a Page's token, by which we
 * ask, the limits of a business use case, of Pages and of Instagram (Meta, "Rate Limits",
 * developers.facebook.com/docs/graph-api/overview/rate-limiting).
 */
const throttling: readonly number[] = [4, 17, 32, 341, 613, 80_001, 80_002];

/** So long one call may take, however long the whole of it may: a piece of a video on a slow line. */
const longestCall = minutes(5);
/** So long is waited where Meta does not say: its windows are an hour that rolls. */
const waitUntold = minutes(15);

/** Where the Graph API is asked. */
export const graphAddress = (version = graphVersion): string => `https://graph.facebook.com/${version}`;

/** Meta's Graph API by fetch, so that the environment's proxy is used; nothing is repeated. */
export function graphApi(options: GraphOptions): Graph {
  const { appSecret, version = graphVersion, clock } = options;
  const base = graphAddress(version);
  const newest = async (): Promise<string> => (await options.keptToken?.()) ?? options.token;
  let token: string | undefined;

  async function once(request: GraphRequest, bearer: string): Promise<GraphAnswer> {
    const { method, path, fields, signal } = request;
    const proof = createHmac('sha256', appSecret).update(bearer).digest('hex');
    const address = new URL(`${base}/${path}`);
    const form =
      method !== 'POST' ? undefined : fields instanceof FormData ? fields : new URLSearchParams(fields);
    if (form === undefined && !(fields instanceof FormData)) {
      for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value);
    }
    (form ?? address.searchParams).set('appsecret_proof', proof);
    try {
      return await endingWithin(longestCall, signal, async (ends) => {
        const asking = async (): Promise<Response> =>
          await fetch(address, {
            method,
            signal: ends,
            headers: { authorization: `Bearer ${bearer}` },
            redirect: 'error',
            ...(form === undefined ? {} : { body: form }),
          });
        const response = await begin(ends, asking);
        const body: unknown = await response.json().catch((fault: unknown) => {
          // An error may come without a body worth reading; a success without its id is not one.
          if (response.ok) throw fault;
          return undefined;
        });
        const failed = errorSchema.safeParse(body);
        if (response.ok && !failed.success) return { ok: true, body };
        return { ok: false, ...meaningOf(response, failed.data?.error, clock()) };
      });
    } catch (fault) {
      return { ok: false, outcome: brokenOff(fault), gone: false };
    }
  }

  /** A token that is refused is asked for anew: a refusal is certain, so that the same may go out once more. */
  async function ask(request: GraphRequest): Promise<GraphAnswer> {
    try {
      return await asked(request);
    } catch (fault) {
      // What is kept could not be read, before the call or after its refusal: certainly nothing of it was taken.
      return { ok: false, outcome: beforePosting(brokenOff(fault)), gone: false };
    }
  }

  async function asked(request: GraphRequest): Promise<GraphAnswer> {
    token ??= await newest();
    const used = token;
    const answer = await once(request, used);
    const dead =
      !answer.ok && answer.outcome.outcome === 'refused' && answer.outcome.reason === accountBlocked;
    if (!dead) return answer;
    const newer = await newest();
    if (newer === used) return answer;
    token = newer;
    return await once(request, newer);
  }

  /** Asked by a batch, whose parts stand in the body: asked by itself, the token would stand in the address. */
  async function expires(signal: AbortSignal): Promise<Millis | 'never' | undefined> {
    token ??= await newest();
    const question = new URLSearchParams({ input_token: token });
    const batch = JSON.stringify([{ method: 'GET', relative_url: `debug_token?${question.toString()}` }]);
    const bearer = options.appId === undefined ? token : `${options.appId}|${appSecret}`;
    const answer = await once(
      { method: 'POST', path: '', fields: { batch, include_headers: 'false' }, signal },
      bearer,
    );
    const [part] = batchSchema.safeParse(answer.ok ? answer.body : undefined).data ?? [];
    if (part?.code !== 200) return undefined;
    const life = lifeSchema.safeParse(jsonIn(part.body)).data?.data;
    if (life?.is_valid !== true) return undefined;
    const ends = [life.expires_at ?? 0, life.data_access_expires_at ?? 0].filter((each) => each > 0);
    return ends.length === 0 ? 'never' : seconds(Math.min(...ends));
  }

  async function insights(
    path: string,
    metrics: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const answer = await ask({
      method: 'GET',
      path: `${path}/insights`,
      fields: { metric: metrics.join(','), period: 'lifetime' },
      signal,
    });
    const read = insightsSchema.safeParse(answer.ok ? answer.body : undefined);
    const found = (read.data?.data ?? []).flatMap(({ name, values }) => {
      const value = values[0]?.value;
      return typeof value === 'number' ? [[name, value] as const] : [];
    });
    return new Map(found);
  }

  async function stands(id: string, signal: AbortSignal): Promise<Standing> {
    const answer = await ask({ method: 'GET', path: id, fields: { fields: 'id' }, signal });
    if (answer.ok) return 'there';
    return answer.gone ? 'gone' : 'unseen';
  }

  return {
    expires,
    insights,
    stands,
    get: async (path, fields, signal) => await ask({ method: 'GET', path, fields, signal }),
    delete: async (path, signal) => await ask({ method: 'DELETE', path, fields: {}, signal }),
    post: async (path, fields, signal) => await ask({ method: 'POST', path, fields, signal }),
  };
}

/** What Meta gives now as an object and now as its text. */
const textParsed = (given: unknown): unknown => (typeof given === 'string' ? jsonIn(given) : given);

interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly fields: Fields | FormData;
  readonly signal: AbortSignal;
}

/** What a refusal means, by Meta's own codes first: they say more than the status. */
function meaningOf(
  response: Response,
  error: z.infer<typeof errorSchema>['error'] | undefined,
  now: Millis,
): Omit<Extract<GraphAnswer, { readonly ok: false }>, 'ok'> {
  const { status } = response;
  const wanted = wantedSchema.safeParse(textParsed(error?.error_data)).data;
  const wants = wanted === undefined ? {} : { wants: { from: wanted.start_offset, to: wanted.end_offset } };
  const known = (outcome: PublishOutcome, gone = false) => ({ outcome, gone, ...wants });
  const code = error?.code;
  if (status >= 500) return known({ outcome: 'unknown', reason: `status-${status}` });
  if (code === 1 || code === 2) return known({ outcome: 'unknown', reason: 'no-clear-answer' });
  if (code === 506) return known({ outcome: 'unknown', reason: 'duplicate' });
  if (code === 190 || code === 102 || (code === undefined && status === 401)) {
    return known({ outcome: 'refused', reason: accountBlocked });
  }
  if ((code !== undefined && throttling.includes(code)) || status === 429) {
    return known({ outcome: 'retry', after: waitOf(response.headers, now), reason: 'busy' });
  }
  // Instagram: the container is not filled yet; the account has published as often as it may for now.
  if (code === 9007) return known({ outcome: 'retry', after: seconds(10), reason: 'still-in-progress' });
  if (code === 9) return known({ outcome: 'retry', after: hours(1), reason: 'busy' });
  if (code === 368) return known({ outcome: 'refused', reason: 'against-policy' });
  if (code === 10 || (code !== undefined && code >= 200 && code <= 299)) {
    return known({ outcome: 'refused', reason: 'no-permission' });
  }
  // "Does not exist, or may not be seen": for something that stood there, it is gone.
  const gone = status === 404 || (code === 100 && error?.error_subcode === 33);
  return known({ outcome: 'refused', reason: `status-${status}` }, gone);
}

const usage = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().optional() })),
);

/** Until the account may come again: Meta tells it in minutes, in a header of JSON. */
function waitOf(headers: Headers, now: Millis): Millis {
  const waits = regainTimes(headers.get('x-business-use-case-usage'));
  const after = headers.get('retry-after');
  if (after !== null) {
    waits.push(/^\d+$/.test(after) ? seconds(Number(after)) : Date.parse(after) - now);
  }
  const told = waits.filter((each) => Number.isFinite(each) && each > 0);
  return told.length === 0 ? waitUntold : Math.max(...told);
}

function regainTimes(header: string | null): Millis[] {
  const read = usage.safeParse(header === null ? undefined : jsonIn(header));
  return Object.values(read.data ?? {})
    .flat()
    .map((each) => minutes(each.estimated_time_to_regain_access ?? 0));
}

/** Where a list goes on: only the cursors of the next address, which would bear the token. */
export function nextPage(paging: { readonly next?: string | undefined } | undefined): Fields | undefined {
  if (paging?.next === undefined || !URL.canParse(paging.next)) return undefined;
  const { searchParams } = new URL(paging.next);
  const cursors = ['after', 'until', '__paging_token'].flatMap((name) => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return cursors.length === 0 ? undefined : Object.fromEntries(cursors);
}

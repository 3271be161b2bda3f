import { z } from 'zod';
import { threadMark } from '../core/conversation.ts';
import { seconds, type Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { tooLargeWords } from '../words/long-texts.ts';
import type { IncomingAttachment } from './activity.ts';
import type { TeamsAdapter } from './adapter.ts';
import { fetchAttachment, usualDownload, type Download, type FetchedAttachment } from './attachments.ts';
import { fits } from './cards/room.ts';
import { callConnector, type ConnectorCall } from './connector.ts';
import { before, endingWith } from './in-time.ts';
import { memberOf, memberPage, type Member, type MemberPage } from './members.ts';
import { whyNot, type NotSent } from './not-sent.ts';
import type { ConversationBudget } from './budget.ts';

/** Where something goes in Teams. */
export type Place =
  | { readonly kind: 'personal'; readonly conversationId: string; readonly serviceUrl: string }
  | ({ readonly kind: 'personal-new' } & NewChat)
  | {
      readonly kind: 'teams-channel';
      /** without a thread */
      readonly conversationId: string;
      readonly serviceUrl: string;
      /** continues that thread; absent: begins a new one */
      readonly thread?: string;
    };

/** A chat with somebody that Crier has not had yet; `userId` is Teams' id for them, or their object id. */
interface NewChat {
  readonly userId: string;
  readonly tenantId: string;
  readonly serviceUrl: string;
}

/** What is posted. The summary is what a phone's notification shows of a card. */
export type Content = CardContent | { readonly text: string };

interface CardContent {
  readonly card: object;
  readonly summary: string;
  /** draws the same smaller, for where Teams takes less than it says */
  readonly smaller?: () => CardContent;
}

export type SendOutcome =
  { readonly sent: true; readonly activityId: string; readonly conversationId: string } | NotSent;

export type MembersOutcome = { readonly sent: true; readonly members: readonly Member[] } | NotSent;

/**
 * Brings things to Teams. One attempt each; whoever asks retries. What is too large for Teams is brought smaller, and
 * at last as words that say so.
 */
export interface Courier {
  readonly post: (place: Place, content: Content, signal: AbortSignal) => Promise<SendOutcome>;
  readonly update: (
    place: Place,
    activityId: string,
    content: Content,
    signal: AbortSignal,
  ) => Promise<SendOutcome>;
  readonly members: (place: Place, signal: AbortSignal) => Promise<MembersOutcome>;
  /** Begins a chat with somebody, without a word in it; the same one again where there is one. */
  readonly beginChat: (
    chat: NewChat,
    signal: AbortSignal,
  ) => Promise<{ readonly sent: true; readonly conversationId: string } | NotSent>;
  /** Fetches a file from where Teams keeps it, and from nowhere else. */
  readonly fetchAttachment: (attachment: IncomingAttachment) => Promise<FetchedAttachment>;
}

export interface CourierParts {
  readonly adapter: TeamsAdapter;
  readonly log: Log;
  readonly clock?: () => Millis;
  /** for one call of the connector */
  readonly deadline?: Millis;
  readonly download?: Download;
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/** The activity for some content. */
function activityOf(content: Content, botId: string, conversationId?: string): object {
  return {
    type: 'message',
    channelId: 'msteams',
    from: { id: botId, name: 'Crier' },
    ...(conversationId === undefined ? {} : { conversation: { id: conversationId } }),
    ...('text' in content
      ? { text: content.text, textFormat: 'plain' }
      : { summary: content.summary, attachments: [{ contentType: cardType, content: content.card }] }),
  };
}

/** What a message may be sent as, from what was asked for down to words that it is too large. */
function* smallerAndSmaller(content: Content): Generator<Content> {
  if ('text' in content) {
    yield content;
    return;
  }
  // What is known to be too large need not be refused first.
  if (fits(content.card)) yield content;
  const smaller = content.smaller?.();
  if (smaller !== undefined && fits(smaller.card)) yield smaller;
  yield { text: tooLargeWords(content.summary) };
}

/** Sends it as large as Teams takes it. */
async function asLargeAsTaken(
  content: Content,
  send: (content: Content) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  for (const each of smallerAndSmaller(content)) {
    const sent = await send(each);
    if (sent.sent || sent.why !== 'too-large') return sent;
  }
  return { sent: false, why: 'too-large' };
}

/** What the connector answers: to a post, and to a thread begun in a Teams channel. */
const posted = z.object({ id: z.string() });
/** What it says of a card that was put in another's place, we know. */
const updated = z.unknown();
const begunThread = z.object({ id: z.string(), activityId: z.string() });

/** Members asked for at a time, and how many pages of them at most. */
const pageSize = 500;
const mostPages = 40;

/** Builds the courier over the Bot Connector. */
export function createCourier({
  adapter,
  log,
  clock = Date.now,
  deadline = seconds(15),
  download = usualDownload,
}: CourierParts): Courier {
  const { botId } = adapter;

  /** One call of the connector: within its deadline, with a token at hand, its failure put into an outcome. */
  async function called<T>(
    call: Omit<ConnectorCall, 'token'>,
    answer: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<{ readonly told: T } | NotSent> {
    const { ends, letGo } = endingWith(signal, deadline);
    let token: string | undefined;
    try {
      // Kept by the SDK; asked for first, so that a failure to get one is known to have sent nothing.
      token = await before(ends, adapter.token(call.serviceUrl));
    } catch (fault) {
      letGo();
      log.fault('could not get a token for the connector', fault);
      return { sent: false, why: 'later', after: seconds(30) };
    }
    try {
      // Of an answer in another protocol Node tells nobody; the race holds the deadline whatever comes.
      return { told: answer.parse(await before(ends, callConnector({ ...call, token }, ends))) };
    } catch (fault) {
      const outcome = whyNot(fault, ends, clock());
      log.warn('Teams did not take a call', {
        outcome: outcome.why,
        ...('reason' in outcome ? { reason: outcome.reason } : {}),
        ...('after' in outcome ? { milliseconds: outcome.after } : {}),
      });
      return outcome;
    } finally {
      letGo();
    }
  }

  const isNotSent = (value: object): value is NotSent => 'sent' in value && value.sent === false;
  const whereIn = (place: Exclude<Place, { readonly kind: 'personal-new' }>): string =>
    place.kind === 'teams-channel' && place.thread !== undefined
      ? `${place.conversationId}${threadMark}${place.thread}`
      : place.conversationId;

  async function postInto(
    conversationId: string,
    serviceUrl: string,
    content: Content,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const body = activityOf(content, botId, conversationId);
    const path = [conversationId, 'activities'];
    const sent = await called({ serviceUrl, method: 'POST', path, body }, posted, signal);
    return isNotSent(sent) ? sent : { sent: true, activityId: sent.told.id, conversationId };
  }

  async function create<T>(
    serviceUrl: string,
    parameters: object,
    answer: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<{ readonly told: T } | NotSent> {
    const body = { isGroup: false, bot: { id: botId, name: 'Crier' }, channelData: {}, ...parameters };
    return await called({ serviceUrl, method: 'POST', path: [], body }, answer, signal);
  }

  async function beginThread(
    { serviceUrl, conversationId: id }: Extract<Place, { readonly kind: 'teams-channel' }>,
    content: Content,
    signal: AbortSignal,
  ): Promise<SendOutcome> {
    const begun = await create(
      serviceUrl,
      { isGroup: true, channelData: { channel: { id } }, activity: activityOf(content, botId) },
      begunThread,
      signal,
    );
    if (isNotSent(begun)) return begun;
    return { sent: true, activityId: begun.told.activityId, conversationId: begun.told.id };
  }

  const beginChat: Courier['beginChat'] = async ({ userId, tenantId, serviceUrl }, signal) => {
    const chat = await create(
      serviceUrl,
      { members: [{ id: userId, name: '' }], tenantId, channelData: { tenant: { id: tenantId } } },
      posted,
      signal,
    );
    return isNotSent(chat) ? chat : { sent: true, conversationId: chat.told.id };
  };

  return {
    beginChat,

    post: async (place, content, signal) => {
      if (place.kind === 'personal-new') {
        const chat = await beginChat(place, signal);
        if (!chat.sent) return chat;
        const { conversationId } = chat;
        return await asLargeAsTaken(content, (each) =>
          postInto(conversationId, place.serviceUrl, each, signal),
        );
      }
      if (place.kind === 'teams-channel' && place.thread === undefined) {
        return await asLargeAsTaken(content, (each) => beginThread(place, each, signal));
      }
      return await asLargeAsTaken(content, (each) =>
        postInto(whereIn(place), place.serviceUrl, each, signal),
      );
    },

    update: async (place, activityId, content, signal) => {
      if (place.kind === 'personal-new') return { sent: false, why: 'gone' };
      const conversationId = whereIn(place);
      const path = [conversationId, 'activities', activityId];
      const { serviceUrl } = place;
      return await asLargeAsTaken(content, async (each) => {
        const body = { ...activityOf(each, botId, conversationId), id: activityId };
        const done = await called({ serviceUrl, method: 'PUT', path, body }, updated, signal);
        return isNotSent(done) ? done : { sent: true, activityId, conversationId };
      });
    },

    members: async (place, signal) => {
      if (place.kind === 'personal-new') return { sent: false, why: 'gone' };
      const members: Member[] = [];
      let continuationToken = '';
      for (let page = 0; page < mostPages; page += 1) {
        const found: { readonly told: MemberPage } | NotSent = await called(
          {
            serviceUrl: place.serviceUrl,
            method: 'GET',
            path: [place.conversationId, 'pagedmembers'],
            query: {
              pageSize: String(pageSize),
              ...(continuationToken === '' ? {} : { continuationToken }),
            },
          },
          memberPage,
          signal,
        );
        if (isNotSent(found)) return found;
        members.push(...found.told.members.map(memberOf).filter((member) => member !== undefined));
        continuationToken = found.told.continuationToken ?? '';
        if (continuationToken === '') break;
      }
      return { sent: true, members };
    },

    fetchAttachment: async (attachment) => await fetchAttachment(attachment, { adapter, log, download }),
  };
}

/** A courier whose wish to wait (429) holds for everything else that goes to the same conversation. */
export function pausing(courier: Courier, budget: ConversationBudget, clock: () => Millis): Courier {
  const noted = async (place: Place, outcome: SendOutcome): Promise<SendOutcome> => {
    if (!outcome.sent && outcome.why === 'later' && place.kind !== 'personal-new') {
      await budget.pause(place.conversationId, clock() + outcome.after);
    }
    return outcome;
  };
  return {
    ...courier,
    post: async (place, content, signal) => await noted(place, await courier.post(place, content, signal)),
    update: async (place, activityId, content, signal) =>
      await noted(place, await courier.update(place, activityId, content, signal)),
  };
}

/** Updates a card where it stands; when it has been deleted there, a new one takes its place where it belongs now. */
export async function updatedOrAnew(
  courier: Pick<Courier, 'update' | 'post'>,
  { there, place }: { readonly there: Place; readonly place: Place },
  activityId: string,
  content: Content,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const outcome = await courier.update(there, activityId, content, signal);
  if (outcome.sent || outcome.why !== 'gone') return outcome;
  return await courier.post(place, content, signal);
}

import type { TeamsConfig } from '../config.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { parseActivity } from './activity-form.ts';
import { readIncoming, type Incoming } from './activity.ts';
import type { TeamsSdk } from './sdk.ts';

export type { TeamsConfig };

/** What a turn shows whoever asked. A message is answered by posts of their own, so it needs no answer here. */
export type TurnAnswer =
  /** the card in place of the one that was pressed */
  | { readonly answer: 'card'; readonly card: object }
  /** words in place of it: over the card that was pressed, in the dialog, where the posts would be that were found */
  | { readonly answer: 'notice'; readonly text: string }
  /** what a search found */
  | { readonly answer: 'found'; readonly results: readonly SearchResult[] }
  /** a dialog with a card in it, instead of or after another */
  | { readonly answer: 'dialog'; readonly title: string; readonly card: object }
  /** a message is answered by posts; none of what Teams waits for an answer to is answered so */
  | { readonly answer: 'nothing' };

export interface SearchResult {
  readonly title: string;
  readonly text: string;
  readonly card: object;
}

/** Runs the turn of one activity that may be trusted. */
export type TakeTurn = (incoming: Incoming) => Promise<TurnAnswer>;

export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface TeamsAdapter {
  readonly config: TeamsConfig;
  /**
   * Checks an activity and runs its turn: 400 for what is no activity, 401 for a token that is not Teams' own for
   * this app and tenant, 503 when that cannot be found out now. No turn runs in these cases.
   * @throws what the turn throws
   */
  readonly process: (authorization: string | undefined, body: unknown, turn: TakeTurn) => Promise<HttpAnswer>;
  /** Crier's own token for the connector; undefined in rehearsal. @throws when it cannot be had */
  readonly token: (serviceUrl: string) => Promise<string | undefined>;
  /** Crier's own id in conversations */
  readonly botId: string;
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/** What comes from somebody and Teams waits for an answer to, in the words of `readIncoming`. */
type Invoked = 'press' | 'search' | 'propose-dialog-opened' | 'propose-dialog-sent';

/** Each is answered in a form of its own: one of another shows people "Something went wrong" in place of our words. */
const invokeBodies: Readonly<Record<Invoked, (answer: TurnAnswer) => object | undefined>> = {
  press: pressBody,
  search: searchBody,
  'propose-dialog-opened': dialogBody,
  'propose-dialog-sent': dialogBody,
};

/** @throws Error for an answer that there is no form for */
function invokeBody(kind: Invoked, answer: TurnAnswer): object {
  const body = invokeBodies[kind](answer);
  if (body === undefined)
    throw new Error(`there is no form for "${answer.answer}" as the answer to a ${kind}`);
  return body;
}

function pressBody(answer: TurnAnswer): object | undefined {
  switch (answer.answer) {
    case 'card':
      return { statusCode: 200, type: cardType, value: answer.card };
    case 'notice':
      return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text };
    default:
      return undefined;
  }
}

function searchBody(answer: TurnAnswer): object | undefined {
  switch (answer.answer) {
    case 'found':
      return {
        composeExtension: {
          type: 'result',
          attachmentLayout: 'list',
          attachments: answer.results.map(({ title, text, card }) => ({
            contentType: cardType,
            content: card,
            preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } },
          })),
        },
      };
    case 'notice':
      return { composeExtension: { type: 'message', text: answer.text } };
    default:
      return undefined;
  }
}

function dialogBody(answer: TurnAnswer): object | undefined {
  switch (answer.answer) {
    case 'dialog':
      return {
        task: {
          type: 'continue',
          value: {
            title: answer.title,
            height: 'large',
            width: 'medium',
            card: { contentType: cardType, content: answer.card },
          },
        },
      };
    case 'notice':
      return { task: { type: 'message', value: answer.text } };
    default:
      return undefined;
  }
}

/** Whether Teams waits for an answer to it. */
const isInvoked = (kind: Incoming['kind']): kind is Invoked => Object.hasOwn(invokeBodies, kind);

/**
 * Builds the way to and from Teams: with an app id the real one, without one the simulator of a rehearsal, where
 * nobody signs in and what comes is checked by where it comes from, before it is an activity at all. Microsoft's SDK
 * is loaded beside the rest of the start.
 */
export function createTeamsAdapter(
  config: TeamsConfig,
  log: Log,
  clock: () => Millis = Date.now,
): TeamsAdapter {
  const sdk = config.mode === 'rehearsal' ? undefined : loadSdk(config, log, clock);
  // Whoever needs it is told; nobody may yet when it fails.
  sdk?.catch((fault: unknown) => log.fault("Microsoft's SDK could not be loaded", fault));
  const botId = config.mode === 'production' && config.appId !== '' ? `28:${config.appId}` : 'crier';

  return {
    config,
    botId,
    process: async (authorization, body, turn) => {
      const activity = parseActivity(body);
      if (activity === undefined) return { status: 400 };
      if (sdk !== undefined) {
        const authenticated = await (await sdk).authenticate(activity, authorization);
        if (!authenticated.trusted) return { status: authenticated.status };
      }
      const incoming = readIncoming(activity);
      if (incoming.kind === 'other') {
        if (incoming.malformed === true) return { status: 400 };
        return { status: incoming.invoke ? 501 : 200 };
      }
      const answer = await turn(incoming);
      return isInvoked(incoming.kind)
        ? { status: 200, body: invokeBody(incoming.kind, answer) }
        : { status: 200 };
    },
    token: async (serviceUrl) => await (await sdk)?.token(serviceUrl),
  };
}

async function loadSdk(
  config: Extract<TeamsConfig, { mode: 'production' }>,
  log: Log,
  clock: () => Millis,
): Promise<TeamsSdk> {
  return (await import('./real.ts')).realTeams(config, log, clock);
}

/** Counts the turns that people wait for. */
export function turnsUnderWay(): {
  readonly underWay: () => boolean;
  readonly counted: (take: TakeTurn) => TakeTurn;
} {
  let count = 0;
  return {
    underWay: () => count > 0,
    counted: (take) => async (incoming) => {
      count += 1;
      try {
        return await take(incoming);
      } finally {
        count -= 1;
      }
    },
  };
}

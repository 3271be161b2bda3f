import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createApp, type App, type AppParts } from '../../src/app.ts';
import { watchWork } from '../../src/core/at-work.ts';
import { councilOf, kinds } from '../../src/kinds.ts';
import type { Blobs } from '../../src/core/blobs.ts';
import type { Executor } from '../../src/core/execute.ts';
import type { Outliving } from '../../src/core/outliving.ts';
import type { AuditReport } from '../../src/core/verify.ts';
import { verify } from '../../src/core/verify.ts';
import { connectingVariables, rehearsalVariable, withRehearsed } from '../../src/credentials.ts';
import { createLog } from '../../src/logging.ts';
import type { Network } from '../../src/networks/network.ts';
import { tokensAggregate } from '../../src/networks/kept-tokens.ts';
import { rehearsalAggregates } from '../../src/networks/rehearsal/entry.ts';
import { afterRehearsal, keptTimeline } from '../../src/networks/rehearsal/kept.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { Connection } from '../../src/dispatch/access.ts';
import type { AccountEntry, Protocol } from '../../src/protocol/protocol.ts';
import { postKind } from '../../src/posts/kind.ts';
import { numberId, numberKind } from '../../src/posts/number.ts';
import type { PostState } from '../../src/posts/post.ts';
import type { Store } from '../../src/core/store.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createTeamsAdapter, type TeamsAdapter } from '../../src/teams/adapter.ts';
import { createCourier } from '../../src/teams/courier.ts';
import { createWebServer } from '../../src/web/server.ts';
import { startConnector, type ConnectorPeer, type RosterMember } from '../peers/connector.ts';
import { buttonsIn, sentWith, textOf } from './card.ts';
import { createOutside, type Outside } from './outside.ts';

/** Tuesday 24 November 2026, 9:42 in London. */
export const morning = Date.UTC(2026, 10, 24, 9, 42);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** What a person's press came to: the card in place of the one that was pressed, or a notice over it. */
export interface Pressed {
  readonly card: object | undefined;
  /** all that is said, blanks made one */
  readonly text: string;
}

/** A card as it stands in a conversation now. */
export interface Shown {
  readonly activityId: string;
  readonly conversationId: string;
  readonly card: object;
  readonly text: string;
  readonly summary: string;
  /** how often it was posted and updated */
  readonly versions: number;
}

/** Somebody of the council, at their own Teams. */
export interface Somebody {
  readonly id: string;
  readonly objectId: string;
  /** their own chat with Crier */
  readonly chat: string;
  /** types something and gives what Crier posted into the conversation because of it, the newest last */
  say(text: string, how?: Saying): Promise<readonly Shown[]>;
  /** the card of the post that Crier keeps in their own chat, or the newest card there */
  card(number?: number): Shown;
  /** presses the button of that title on a card: the newest in their chat unless another is given */
  press(
    title: string,
    inputs?: Readonly<Record<string, string>>,
    on?: Shown | object,
    /** told of the answer before anything is done that comes after it */
    answered?: (pressed: Pressed) => void,
  ): Promise<Pressed>;
  /** their client asks by itself for their own view of a card in a Teams channel */
  asksAnew(on: Shown): Promise<Pressed>;
  /** asks something of the message extension; gives the whole answer as text */
  invoke(name: string, value: object): Promise<string>;
  /** somebody with that id of Teams comes into the team of a Teams channel, of which this person tells */
  joins(channel: string, id: string): Promise<void>;
  /** the titles of the buttons on their newest card */
  buttons(on?: Shown): readonly string[];
}

export interface Saying {
  /** a Teams channel, by name; absent: their own chat */
  readonly channel?: string;
  /** id of the activity; another one each time when absent */
  readonly activityId?: string;
  readonly attachments?: readonly object[];
  /** where Teams stands for this activity; the connector when absent */
  readonly serviceUrl?: string;
  /** changes what the message with that `activityId` says */
  readonly edits?: true;
  /** without the mention of Crier */
  readonly unmentioned?: true;
}

export interface CouncilOptions {
  /** changes the sample protocol's text, or gives another */
  readonly protocol?: (sample: string) => string;
  readonly at?: number;
  /** adapters of accounts; absent: one timeline outside that takes everything */
  readonly networkOf?: (account: AccountEntry, executor: Executor, outliving: Outliving) => Network;
  /** accounts that rehearse while the others are real */
  readonly rehearsed?: readonly string[];
  /** how long files may take before whoever sent them hears that they are on their way */
  readonly filesWithin?: number;
  /** opens links in place of the real way */
  readonly openLink?: AppParts['openLink'];
  /** who has a chat with Crier already; everybody when absent */
  readonly met?: readonly string[];
  /** the data of an earlier start */
  readonly folder?: string;
  /** milliseconds of a clock that nobody sets */
  readonly monotonic?: () => number;
  /** calls back after so many milliseconds, in place of the system's own time */
  readonly later?: (after: number, call: () => void) => () => void;
  /** keeps the data in place of SQLite, over every start of it */
  readonly store?: Store;
  /** an earlier start's conversations and timelines go on */
  readonly connector?: ConnectorPeer;
  readonly outside?: Outside;
}

/** The whole application in one process, with its people, its Teams, its news site and a clock that stands. */
export interface Council extends AsyncDisposable {
  readonly app: App;
  readonly protocol: Protocol;
  readonly connector: ConnectorPeer;
  readonly outside: Outside;
  readonly blobs: Blobs;
  readonly folder: string;
  /** what was logged */
  readonly lines: readonly string[];
  now(): number;
  as(person: string): Somebody;
  /** somebody who is not in the protocol, or comes under somebody's name with another object id */
  stranger(objectId: string, userPrincipalName: string): Somebody;
  /** moves the clock and runs what has become due */
  pass(millis: number): Promise<void>;
  /** the machine sleeps for so long, and what has become due meanwhile is run as it wakes */
  sleeps(millis: number): Promise<void>;
  /** moves the clock to an instant and runs what has become due */
  until(at: number): Promise<void>;
  /** runs what is due */
  quiet(): Promise<void>;
  /** every message in a conversation as it stands now, in the order of posting */
  shown(conversationId: string): readonly Shown[];
  post(number: number): Promise<PostState>;
  get(path: string): Promise<Response>;
  /** what the audit finds; gives the whole report */
  audit(): Promise<AuditReport>;
  /** stops this process and starts another one on the same data, at once or when it was down for so long */
  restart(
    options?: Pick<CouncilOptions, 'protocol' | 'rehearsed' | 'filesWithin'> & { readonly down?: number },
  ): Promise<Council>;
  close(): Promise<void>;
}

const publicUrl = 'https://news.sefton.example';
const auditKey = new Uint8Array(32).fill(7);
const sample = await readFile(new URL('../../protocol.yaml', import.meta.url), 'utf8');

/** Most journeys read the same text, which takes as long as a step of theirs; what is read of it is never changed. */
const read = new Map<string, Protocol>();
function protocolIn(text: string): Protocol {
  const known = read.get(text);
  if (known !== undefined) return known;
  const parsed = parseProtocol(text);
  if (!parsed.ok) throw new Error(`the protocol of this test is wrong: ${JSON.stringify(parsed.faults)}`);
  read.set(text, parsed.protocol);
  return parsed.protocol;
}

/** Opens the application over fresh data; everybody has met Crier unless said otherwise. */
export async function openCouncil(options: CouncilOptions = {}): Promise<Council> {
  const protocol = withRehearsed(
    protocolIn(options.protocol?.(sample) ?? sample),
    new Set(options.rehearsed),
  );
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'crier-journey-')));
  const connector = options.connector ?? (await startConnector());
  const clock = { at: options.at ?? morning };
  const outside = options.outside ?? createOutside(() => clock.at);
  const lines: string[] = [];
  const log = createLog({ level: 'debug', write: (line) => lines.push(line) });
  const store =
    options.store ?? (await openSqlite({ folder, kinds, council: councilOf(protocol), written: 'here' }));
  const blobs = await openBlobFolder(join(folder, 'media'));
  const adapter = createTeamsAdapter({ mode: 'rehearsal', port: 0, simulatorPort: 0 }, log, () => clock.at);
  let ids = 0;
  const started = `${String(Date.now())}-${String(process.pid)}`;
  const randomId = () => `${started}-${String((ids += 1))}-random`;
  const work = watchWork(() => clock.at, clock.at);
  const app = await createApp({
    store,
    blobs,
    waiting: join(folder, 'media-waiting'),
    courier: createCourier({ adapter, log, clock: () => clock.at }),
    protocol,
    auditKey,
    clock: () => clock.at,
    randomId,
    random: () => 0.5,
    owner: randomId(),
    publicUrl: () => publicUrl,
    mediaUrl: (hash) => `${publicUrl}/draft-media/${hash}`,
    networkOf: (account, executor, outliving) => {
      const kept = keptTimeline(account.network, executor);
      const made = (options.networkOf ?? outside.network)(account, executor, outliving);
      return account.rehearsed ? kept : afterRehearsal(made, kept);
    },
    connectionOf: (account) => ({
      is: account.rehearsed ? 'rehearsal' : 'connected',
      ...connecting(account),
      ...(account.rehearsed ? { rehearsedBy: rehearsalVariable(account) } : {}),
    }),
    beside: [...rehearsalAggregates, tokensAggregate()],
    ...(options.openLink === undefined ? {} : { openLink: options.openLink }),
    ...(options.monotonic === undefined ? {} : { monotonic: options.monotonic }),
    ...(options.later === undefined ? {} : { later: options.later }),
    ...(options.filesWithin === undefined ? {} : { filesWithin: options.filesWithin }),
    tenantId: undefined,
    work,
    log,
  });
  const server = createWebServer({
    log,
    clock: () => clock.at,
    news: app.pages,
    media: {
      read: async (hash) => await blobs.get(hash),
      open: async (hash, part) => await blobs.read(hash, part),
    },
    council: protocol.council,
    publicUrl: () => publicUrl,
    ready: () => store.ready(),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const roster: RosterMember[] = Object.values(protocol.people).map(({ id, name, userPrincipalName }) => ({
    id: `29:${id}`,
    aadObjectId: `aad-${id}`,
    name,
    userPrincipalName,
  }));
  const teams = createTeams(connector, adapter, app, clock);
  connector.members(roster);

  /** Crier lives through that time, and says so as it does. */
  const atWorkUntil = (at: number): void => {
    while (clock.at < at) {
      clock.at = Math.min(at, clock.at + minute / 2);
      work.seen();
    }
    clock.at = at;
  };

  let closed = false;
  const close = async (keep: boolean): Promise<void> => {
    if (closed) return;
    closed = true;
    await app.outbox.stop({ within: 1_000 });
    await app.flush();
    app.close();
    server.server.closeAllConnections();
    const gone = once(server, 'close');
    server.close();
    await gone;
    if (store !== options.store) await store.close();
    if (keep) return;
    await connector.close();
    await rm(folder, { recursive: true, force: true });
  };

  const council: Council = {
    app,
    protocol,
    connector,
    outside,
    blobs,
    folder,
    lines,
    now: () => clock.at,
    as: (person) => {
      if (protocol.people[person] === undefined) throw new Error(`${person} is not in the protocol`);
      return teams.somebody(person, `aad-${person}`);
    },
    stranger: (objectId, userPrincipalName) => {
      roster.push({ id: `29:${objectId}`, aadObjectId: objectId, name: 'Somebody', userPrincipalName });
      return teams.somebody(objectId, objectId);
    },
    pass: async (millis) => {
      atWorkUntil(clock.at + millis);
      await app.outbox.drain();
    },
    sleeps: async (millis) => {
      clock.at += millis;
      await app.outbox.drain();
    },
    until: async (at) => {
      atWorkUntil(at);
      await app.outbox.drain();
    },
    quiet: async () => await app.outbox.drain(),
    shown: teams.shown,
    post: async (number) => {
      const taken = await app.executor.load(numberKind, numberId(number));
      const post = taken === undefined ? undefined : await app.executor.load(postKind, taken.state.post);
      if (post === undefined) throw new Error(`there is no post ${String(number)}`);
      return post.state;
    },
    get: async (path) =>
      await fetch(`http://127.0.0.1:${String(server.address().port)}${path}`, { redirect: 'manual' }),
    audit: async () =>
      await verify(store, ['post', 'number', 'account', 'person', 'place', 'page'], auditKey, []),
    restart: async ({ down = 0, ...again } = {}) => {
      await close(true);
      return await openCouncil({
        ...options,
        ...again,
        folder,
        connector,
        outside,
        at: clock.at + down,
        met: [],
      });
    },
    close: async () => await close(false),
    [Symbol.asyncDispose]: async () => await close(false),
  };
  for (const person of options.met ?? Object.keys(protocol.people)) await teams.meet(person);
  clock.at += minute;
  await council.quiet();
  return council;
}

/** By which variables whoever runs Crier connects an account; nothing for what is not connected by any. */
function connecting(account: AccountEntry): Pick<Connection, 'by'> {
  const variables = connectingVariables(account, undefined);
  return variables === undefined ? {} : { by: { into: 'file', ...variables } };
}

/** Where the cards stand that presses were answered with. */
const answers = new WeakMap<object, Pick<Shown, 'activityId' | 'conversationId'>>();

/** Teams as people see it: what stands in their chats, and what they type and press there. */
function createTeams(connector: ConnectorPeer, adapter: TeamsAdapter, app: App, clock: { at: number }) {
  let activities = 0;

  const shown = (conversationId: string): readonly Shown[] => {
    const found = new Map<string, Shown>();
    for (const sent of connector.taken) {
      if (sent.conversationId !== conversationId && !sent.conversationId.startsWith(`${conversationId};`))
        continue;
      if (sent.how === 'delete') {
        found.delete(sent.activityId);
        continue;
      }
      const content = contentOf(sent.activity);
      found.set(sent.activityId, {
        activityId: sent.activityId,
        conversationId: sent.conversationId,
        ...content,
        versions: (found.get(sent.activityId)?.versions ?? 0) + 1,
      });
    }
    return [...found.values()];
  };

  const channelDataOf = ({ channel, edits }: Saying) => ({
    tenant: { id: 'rehearsal' },
    ...(edits === undefined ? {} : { eventType: 'editMessage' }),
    ...(channel === undefined ? {} : { channel: { id: channel.split(';')[0] }, team: { id: 'team-sefton' } }),
  });

  const common = (person: string, objectId: string, where: Saying) => {
    const { channel } = where;
    activities += 1;
    return {
      id: where.activityId ?? `t-${String(activities)}-${String(clock.at)}`,
      channelId: 'msteams',
      serviceUrl: where.serviceUrl ?? connector.serviceUrl,
      from: { id: `29:${person}`, aadObjectId: objectId, name: person },
      recipient: { id: 'crier', name: 'Crier' },
      conversation:
        channel === undefined
          ? { id: `chat-${person}`, conversationType: 'personal', tenantId: 'rehearsal' }
          : { id: channel, conversationType: 'channel', isGroup: true, tenantId: 'rehearsal' },
      channelData: channelDataOf(where),
    };
  };

  const give = async (activity: object): Promise<unknown> => {
    // People take their time; and no conversation is sent more than Teams allows.
    clock.at += 2_000;
    const answer = await adapter.process(undefined, activity, app.takeTurn);
    if (answer.status !== 200) throw new Error(`Crier answered ${String(answer.status)}`);
    return answer.body;
  };

  const somebody = (person: string, objectId: string): Somebody => {
    const chat = `chat-${person}`;
    const newest = (number?: number): Shown => {
      const cards = shown(chat).filter(({ card }) => Object.keys(card).length > 0);
      const last =
        number === undefined
          ? cards.at(-1)
          : cards.find(({ text }) => text.startsWith(`#${String(number)} `));
      if (last === undefined) {
        throw new Error(`${person} has no card${number === undefined ? '' : ` about #${String(number)}`}`);
      }
      return last;
    };
    const executed = async (
      { trigger, ...action }: { readonly verb: string; readonly data: object; readonly trigger: string },
      place: string,
      on: Pick<Shown, 'activityId'> | undefined,
    ): Promise<Pressed> =>
      pressedOf(
        await give({
          ...common(person, objectId, place === chat ? {} : { channel: place }),
          type: 'invoke',
          name: 'adaptiveCard/action',
          ...(on === undefined ? {} : { replyToId: on.activityId }),
          value: { action: { type: 'Action.Execute', ...action }, trigger },
        }),
      );
    return {
      id: person,
      objectId,
      chat,
      card: newest,
      say: async (text, how = {}) => {
        const where = how.channel ?? chat;
        const before = new Set(shown(where).map(({ activityId }) => activityId));
        const mentioned = how.channel !== undefined && how.unmentioned === undefined;
        await give({
          ...common(person, objectId, how),
          type: how.edits === undefined ? 'message' : 'messageUpdate',
          text: mentioned ? `<at>Crier</at> ${text}` : text,
          ...(mentioned
            ? {
                entities: [
                  { type: 'mention', text: '<at>Crier</at>', mentioned: { id: 'crier', name: 'Crier' } },
                ],
              }
            : {}),
          ...(how.attachments === undefined ? {} : { attachments: how.attachments }),
        });
        await app.outbox.drain();
        return shown(where).filter(({ activityId }) => !before.has(activityId));
      },
      press: async (title, inputs = {}, on = newest(), answered = () => undefined) => {
        const card = 'card' in on && typeof on.card === 'object' && on.card !== null ? on.card : on;
        const button = buttonsIn(card).find((each) => each.title === title);
        if (button === undefined) {
          const titles = buttonsIn(card).map((each) => each.title);
          throw new Error(`${person} sees no button "${title}" but: ${titles.join(' | ')}\n${textOf(card)}`);
        }
        // An answer stands where the card was that it answers a press on.
        const stands = answers.get(card) ?? ('activityId' in on ? on : undefined);
        const place = stands === undefined ? chat : String(stands.conversationId);
        const data = { ...button.data, ...(button.withInputs ? sentWith(card, inputs) : {}) };
        const pressed = await executed({ verb: button.verb, data, trigger: 'manual' }, place, stands);
        answered(pressed);
        await app.outbox.drain();
        if (pressed.card !== undefined && stands !== undefined) answers.set(pressed.card, stands);
        return pressed;
      },
      asksAnew: async (on) => {
        const { action } = refreshing.parse(on.card).refresh;
        return await executed({ ...action, trigger: 'automatic' }, on.conversationId, on);
      },
      joins: async (channel, id) => {
        await give({
          ...common(person, objectId, { channel }),
          type: 'conversationUpdate',
          membersAdded: [{ id }],
        });
      },
      invoke: async (name, value) => {
        const answer = await give({ ...common(person, objectId, {}), type: 'invoke', name, value });
        await app.outbox.drain();
        return JSON.stringify(answer);
      },
      buttons: (on = newest()) => buttonsIn(on.card).map((each) => each.title),
    };
  };

  return {
    shown,
    somebody,
    meet: async (person: string) => {
      await give({
        ...common(person, `aad-${person}`, {}),
        type: 'conversationUpdate',
        membersAdded: [{ id: 'crier', name: 'Crier' }],
      });
    },
  };
}

type Content = Pick<Shown, 'card' | 'text' | 'summary'>;
const nothing: Content = { card: {}, text: '', summary: '' };

/** What was read in an activity, which is asked for whenever somebody looks for a card. */
const contents = new WeakMap<object, Content>();

function contentOf(activity: unknown): Content {
  if (activity === null || typeof activity !== 'object') return nothing;
  const content = contents.get(activity) ?? contentIn(activity);
  contents.set(activity, content);
  return content;
}

function contentIn(activity: object): Content {
  const summary = 'summary' in activity && typeof activity.summary === 'string' ? activity.summary : '';
  if ('text' in activity && typeof activity.text === 'string' && activity.text !== '') {
    return { card: {}, text: activity.text, summary };
  }
  const attached: unknown =
    'attachments' in activity && Array.isArray(activity.attachments) ? activity.attachments[0] : undefined;
  if (attached === null || typeof attached !== 'object' || !('content' in attached)) return nothing;
  const { content } = attached;
  if (content === null || typeof content !== 'object') return nothing;
  return { card: content, text: textOf(content), summary };
}

/** What a card asks of the clients of those who may act on it. */
const refreshing = z.object({
  refresh: z.object({ action: z.object({ verb: z.string(), data: z.looseObject({}) }) }),
});

function pressedOf(answer: unknown): Pressed {
  if (answer === null || typeof answer !== 'object' || !('value' in answer)) {
    return { card: undefined, text: '' };
  }
  const { value } = answer;
  if (typeof value === 'string') return { card: undefined, text: value };
  if (value === null || typeof value !== 'object') return { card: undefined, text: '' };
  return { card: value, text: textOf(value) };
}

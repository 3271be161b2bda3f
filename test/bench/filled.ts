import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createApp } from '../../src/app.ts';
import { councilOf, kinds } from '../../src/kinds.ts';
import { stateOf } from '../../src/core/execute.ts';
import type { Executor } from '../../src/core/execute.ts';
import type { NewDocument, Store, StoredDocument } from '../../src/core/store.ts';
import { days } from '../../src/core/time.ts';
import { createLog } from '../../src/logging.ts';
import { rehearsalAggregates } from '../../src/networks/rehearsal/entry.ts';
import { unconnected } from '../../src/networks/of-accounts.ts';
import { placeId } from '../../src/people/place.ts';
import { personDocument } from '../../src/people/person.ts';
import { postKind } from '../../src/posts/kind.ts';
import { numberId, numberKind } from '../../src/posts/number.ts';
import type { PostState } from '../../src/posts/post.ts';
import type { PlannedTime } from '../../src/posts/writing/revision.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { Protocol } from '../../src/protocol/protocol.ts';
import { auditKeyFrom } from '../../src/store/audit-key.ts';
import { openBlobFolder } from '../../src/store/blobs.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { fileIn } from './processes.ts';

/** The fixed shape: one author, one desk officer, three approvers, and their department's Teams channel. */
export const shape = {
  author: 'nadia-hartley',
  desk: 'ellen-rimmer',
  approvers: ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'],
  lead: 'tom-ashcroft',
  department: 'highways',
} as const;
export const everybody = [shape.author, shape.desk, ...shape.approvers];

/** What Teams calls them. */
export const objectIdOf = (person: string): string => `object-${person}`;
export const chatOf = (person: string): string => `a:chat-${person}`;
export const channelConversation = '19:highways-approvals@thread.tacv2';

/** Texts of posts, as a highways department says such things. */
export const texts: readonly string[] = [
  'Liverpool Road in Crosby is closed between Coronation Road and Moor Lane while the gas main is repaired. A diversion is signposted.',
  'Gritting: our lorries treat all main roads in Sefton when frost is forecast. Please leave them room to pass.',
  'The bridge at Millers Bridge in Bootle reopens to traffic after the new surface was laid. Thank you for your patience.',
  'Temporary lights stand on Formby Bypass at the junction with Liverpool Road. Please allow more time for your journey.',
  'Street lights on Lord Street in Southport are being changed to LED lamps. Parking is suspended in some bays.',
  'Potholes can be reported on our website. Most of those that are dangerous are made safe within 24 hours.',
  'New cycle parking is ready outside Crosby Library. There is room for 12 bicycles and two cargo bicycles.',
  'Resurfacing of Moor Lane begins next month and is done at night, so that the road stays open by day.',
];

/** The sample protocol with one desk officer, as the fixed shape has it. */
export function benchProtocol(folder: string): { readonly path: string; readonly protocol: Protocol } {
  const sample = readFileSync(fileURLToPath(new URL('../../protocol.yaml', import.meta.url)), 'utf8');
  const text = sample.replace('officers: [ellen-rimmer, joseph-adeyemi]', 'officers: [ellen-rimmer]');
  if (text === sample) throw new Error('the sample protocol names its desk officers in another way');
  const parsed = parseProtocol(text);
  if (!parsed.ok) throw new Error('the protocol of the bench has faults');
  return { path: fileIn(folder, 'protocol.yaml', text), protocol: parsed.protocol };
}

/** A store in the middle of being filled: Crier's own decisions on one side, copies of what they made on the other. */
export interface Filling {
  readonly executor: Executor;
  readonly store: Store;
  /** gives a command as somebody, and the post as it then is; throws when it is refused */
  readonly act: (person: string, command: string, post: string, params: unknown) => Promise<PostState>;
  /** a proposed post */
  readonly propose: (text: string, when?: PlannedTime) => Promise<PostState>;
  /** sent, and passed on by the desk: the approvers are asked */
  readonly inReview: (text: string, when?: PlannedTime) => Promise<PostState>;
  /** puts a message under every card of a post that has a place, and nothing waits to be shown */
  readonly allShown: (post: PostState) => Promise<PostState>;
  /**
   * Keeps copies of a post as posts of their own: same texts, another id and number.
   * @returns their ids, in the order of their numbers
   */
  readonly copies: (
    post: PostState,
    count: number,
    change?: (document: NewDocument, n: number) => NewDocument,
  ) => Promise<readonly string[]>;
  /** leaves the store open */
  readonly stop: () => void;
  readonly close: () => Promise<void>;
}

/** A time that many days from now, at nine in the morning. */
export function planned(inDays: number): PlannedTime {
  const day = new Date(Date.now() + days(inDays)).toISOString().slice(0, 10);
  const wall = `${day}T09:00`;
  const utc = Date.parse(`${wall}:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    hourCycle: 'h23',
  }).format(utc);
  return { wall, zone: 'Europe/London', at: utc - (Number(shown) - 9) * 3_600_000 };
}

/**
 * Opens a new store in a folder, or takes the one that is given, with the people of the shape met and their Teams channel
 * chosen. A clock that stands still lets every post be due at a time that is still to come, however long filling takes.
 */
export async function fill(
  folder: string,
  protocol: Protocol,
  serviceUrl: string,
  given?: Store,
  clock: () => number = Date.now,
): Promise<Filling> {
  const store = given ?? (await openSqlite({ folder, kinds, council: councilOf(protocol), written: 'here' }));
  let ids = 0;
  const nobody = async (): Promise<never> =>
    await Promise.reject(new Error('nothing is sent while a store is filled'));
  const app = await createApp({
    store,
    blobs: await openBlobFolder(join(folder, 'media')),
    waiting: join(folder, 'media-waiting'),
    courier: { post: nobody, update: nobody, members: nobody, beginChat: nobody, fetchAttachment: nobody },
    protocol,
    auditKey: auditKeyFrom({ from: 'file', path: join(folder, 'audit.key') }),
    clock,
    randomId: () => `bench-${String((ids += 1)).padStart(18, '0')}`,
    random: Math.random,
    owner: 'bench',
    publicUrl: () => 'http://127.0.0.1',
    mediaUrl: () => '',
    networkOf: ({ network }) => unconnected(network),
    tenantId: undefined,
    log: createLog({ level: 'silent' }),
    beside: rehearsalAggregates,
  });
  const { executor } = app;
  const crier = { by: 'crier' } as const;
  for (const person of everybody) {
    await executor.execute({
      command: 'person.meet',
      id: personDocument(person),
      params: {
        person,
        objectId: objectIdOf(person),
        chat: { conversationId: chatOf(person), serviceUrl, userId: `29:${person}` },
      },
      actor: crier,
    });
    // Nobody has waited for them yet.
    await executor.amend('person', personDocument(person), (draft) =>
      draft.await({ ...draft.waiting, effects: [] }),
    );
  }
  await executor.execute({
    command: 'place.use',
    id: placeId(shape.department),
    params: { of: shape.department, conversationId: channelConversation, serviceUrl, guests: false },
    actor: { by: 'person', person: shape.lead },
  });

  let number = 0;
  const act: Filling['act'] = async (person, command, post, params) => {
    const executed = await executor.execute({
      command,
      id: post,
      params,
      actor: person === 'crier' ? crier : { by: 'person', person },
      key: `bench ${String((ids += 1))}`,
    });
    if (!executed.done) throw new Error(`${command} was refused: ${executed.refusal.refused}`);
    return stateOf(postKind, executed);
  };
  const nextNumber = async (post: string): Promise<number> => {
    number += 1;
    await executor.execute({
      command: 'number.take',
      id: numberId(number),
      params: { number, post },
      actor: crier,
    });
    return number;
  };
  const propose: Filling['propose'] = async (text, when) => {
    const id = `post-bench-${String((ids += 1)).padStart(11, '0')}`;
    return await act(shape.author, 'post.propose', id, {
      number: await nextNumber(id),
      text,
      department: shape.department,
      media: [],
      urgency: 'normal',
      ...(when === undefined ? {} : { when }),
    });
  };
  const inReview: Filling['inReview'] = async (text, when) => {
    const post = await propose(text, when);
    const sent = await act(shape.author, 'post.send', post.id, {});
    return await act(shape.desk, 'post.pass-on', post.id, boundOf(sent));
  };
  const allShown: Filling['allShown'] = async (post) => {
    let shown = post;
    for (const { key, to } of post.copies) {
      const conversationId =
        to.kind === 'person'
          ? chatOf(to.person)
          : to.kind === 'thread'
            ? to.conversationId
            : to.of === shape.department
              ? channelConversation
              : undefined;
      if (conversationId === undefined) continue;
      shown = await act('crier', 'post.shown', post.id, {
        copy: key,
        turn: post.turn,
        posted: { activityId: `card-${post.id}-${key.replace(':', '-')}`, conversationId },
      });
    }
    await executor.amend('post', post.id, (draft) => {
      const effects = draft.waiting.effects.filter(({ key }) => !key.startsWith('card:'));
      draft.await({ ...draft.waiting, effects });
    });
    return shown;
  };
  const copies: Filling['copies'] = async (post, count, change = (document) => document) => {
    const template = await read(store, 'post', post.id);
    const counted = await read(store, numberKind.kind, numberId(post.number));
    const [post1, number1] = [templateOf(template), templateOf(counted)];
    const made: string[] = [];
    for (let n = 0; n < count;) {
      const writes: Promise<unknown>[] = [];
      for (; n < count && writes.length < 1_000; n += 1) {
        number += 1;
        const id = `post-bench-${String((ids += 1)).padStart(11, '0')}`;
        made.push(id);
        const copy = change(copied(post1, post, id, number), n);
        writes.push(store.create(copy), store.create(copied(number1, post, id, number)));
      }
      await Promise.all(writes);
    }
    return made;
  };
  return {
    executor,
    store,
    act,
    propose,
    inReview,
    allShown,
    copies,
    stop: () => app.close(),
    close: async () => {
      app.close();
      await store.close();
    },
  };
}

async function read(store: Store, kind: string, id: string): Promise<StoredDocument> {
  const found = await store.get(kind, id);
  if (found === undefined) throw new Error(`there is no ${kind} ${id}`);
  return found;
}

function templateOf({ version: _version, ...document }: StoredDocument): string {
  return JSON.stringify(document);
}

const indexValue = z.union([z.string(), z.number(), z.array(z.string())]);
const documentSchema: z.ZodType<NewDocument> = z.object({
  kind: z.string(),
  id: z.string(),
  form: z.number(),
  nextDue: z.number().exactOptional(),
  index: z.record(z.string(), indexValue),
  words: z.array(z.string()),
  body: z.custom<NewDocument['body']>((value) => value !== undefined),
});

/** Seals and links are those of the template: only an audit would notice, and no bench runs one. */
function copied(template: string, of: PostState, id: string, number: number): NewDocument {
  const text = template
    .replaceAll(of.id, id)
    .replaceAll(`"number":${String(of.number)}`, `"number":${String(number)}`)
    .replaceAll(`"num-${String(of.number)}"`, `"num-${String(number)}"`)
    .replace(`"words":["${String(of.number)}"`, `"words":["${String(number)}"`);
  return documentSchema.parse(JSON.parse(text));
}

/** What the buttons of a post's card carry. */
export function boundOf(post: PostState): { hash: string; stage: string; review: string } {
  const { status } = post;
  if (status.is !== 'in-review' && status.is !== 'held') return { hash: '', stage: '', review: '' };
  const stage = status.review.stages[status.review.current];
  return { hash: status.plan.hash, stage: stage?.id ?? '', review: status.review.id };
}

/** Everything a button of this post's card sends. */
export function pressData(post: PostState): Record<string, unknown> {
  return { post: post.id, turn: post.turn, revision: post.revision.n, ...boundOf(post) };
}

/** Activities of one person in their own chat, as Teams sends them. */
export function activities(serviceUrl: string, tenant = 'bench') {
  let ids = 0;
  const common = (person: string) => ({
    id: `activity-${String((ids += 1))}`,
    channelId: 'msteams',
    serviceUrl,
    timestamp: new Date().toISOString(),
    from: { id: `29:${person}`, aadObjectId: objectIdOf(person), name: person },
    recipient: { id: '28:crier', name: 'Crier' },
    conversation: { id: chatOf(person), conversationType: 'personal', isGroup: false, tenantId: tenant },
    channelData: { tenant: { id: tenant } },
  });
  return {
    message: (person: string, text: string): Buffer =>
      Buffer.from(JSON.stringify({ ...common(person), type: 'message', text })),
    /** in the box of their own chat, as everywhere else */
    search: (person: string, text: string, skip = 0): Buffer =>
      Buffer.from(
        JSON.stringify({
          ...common(person),
          type: 'invoke',
          name: 'composeExtension/query',
          value: {
            commandId: 'posts',
            parameters: [text === '' ? { name: 'initialRun', value: 'true' } : { name: 'text', value: text }],
            queryOptions: { skip, count: 25 },
          },
        }),
      ),
    press: (person: string, verb: string, data: Readonly<Record<string, unknown>>): Buffer =>
      Buffer.from(
        JSON.stringify({
          ...common(person),
          type: 'invoke',
          name: 'adaptiveCard/action',
          // the card that follows the post in their own chat
          replyToId: `card-${String(data['post'])}-person-${person}`,
          value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
        }),
      ),
  };
}

import type {
  AdaptiveCardInvokeResponse,
  MessagingExtensionActionResponse,
  MessagingExtensionResponse,
} from 'botbuilder';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { UnknownForm } from '../../src/core/forms.ts';
import type { Store } from '../../src/core/store.ts';
import { kinds } from '../../src/kinds.ts';
import { memoryStore } from '../peers/memory-store.ts';
import { openCouncil, minute, type Council } from './council.ts';

/** What Teams waits for an answer to, and the form in which it takes one: any other shows people its own error. */

const card = z.object({ type: z.literal('AdaptiveCard'), version: z.string(), body: z.array(z.unknown()) });
const cardType = z.literal('application/vnd.microsoft.card.adaptive');

/** The types are those of Microsoft's SDK, which leave nearly everything open; the forms say what Teams' pages do. */
const inPlace: z.ZodType<AdaptiveCardInvokeResponse> = z.strictObject({
  statusCode: z.literal(200),
  type: cardType,
  value: card,
});
/** The SDK's type knows no words here, which Microsoft's page on universal actions has. */
const over = z.strictObject({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.activity.message'),
  value: z.string().min(1),
});
const found: z.ZodType<MessagingExtensionResponse> = z.strictObject({
  composeExtension: z.strictObject({
    type: z.literal('result'),
    attachmentLayout: z.literal('list'),
    attachments: z
      .array(
        z.strictObject({
          contentType: cardType,
          content: card,
          preview: z.object({
            contentType: z.literal('application/vnd.microsoft.card.thumbnail'),
            content: z.object({ title: z.string().min(1), text: z.string().min(1) }),
          }),
        }),
      )
      .min(1),
  }),
});
const inList: z.ZodType<MessagingExtensionResponse> = z.strictObject({
  composeExtension: z.strictObject({ type: z.literal('message'), text: z.string().min(1) }),
});
const form: z.ZodType<MessagingExtensionActionResponse> = z.strictObject({
  task: z.strictObject({
    type: z.literal('continue'),
    value: z.strictObject({
      title: z.string(),
      height: z.literal('large'),
      width: z.literal('medium'),
      card: z.strictObject({ contentType: cardType, content: card }),
    }),
  }),
});
const inDialog: z.ZodType<MessagingExtensionActionResponse> = z.strictObject({
  task: z.strictObject({ type: z.literal('message'), value: z.string().min(1) }),
});

/** What the store throws on the way, by what it is asked. */
type Fault = (call: keyof Store, kind: string) => Error | undefined;
const none: Fault = () => undefined;

let fault: Fault = none;
let council: Council;

/** A store of which reads and writes fail as a test says. */
function failing(store: Store): Store {
  const checked = (call: keyof Store, kind: string): void => {
    const thrown = fault(call, kind);
    if (thrown !== undefined) throw thrown;
  };
  return {
    ...store,
    get: async (kind, id) => {
      checked('get', kind);
      return await store.get(kind, id);
    },
    create: async (document) => {
      checked('create', document.kind);
      return await store.create(document);
    },
    list: async (query) => {
      checked('list', query.kind);
      return await store.list(query);
    },
    search: async (kind, ...asked) => {
      checked('search', kind);
      return await store.search(kind, ...asked);
    },
  };
}

beforeAll(async () => {
  council = await openCouncil({ store: failing(memoryStore(kinds, { shared: true })) });
  await council.as('nadia-hartley').say('propose The library is open.');
});
afterAll(async () => {
  await council.close();
});

const press = async (verb: string, data: object = {}): Promise<object> => ({
  action: { type: 'Action.Execute', verb, data: { post: (await council.post(1)).id, ...data } },
  trigger: 'manual',
});
const view = async (): Promise<object> => await press('view.open', { view: 'main' });
const propose = { commandId: 'propose' };
const typed = (text: string) => ({ ...propose, data: { text, department: 'highways', when: '', until: '' } });
const words = (value: string) => ({ commandId: 'posts', parameters: [{ name: 'text', value }] });
const long = 'x'.repeat(30_000);

/** Where there is nobody for whom anything is done, and what is said there. */
const nobody = [
  ['stranger', 'I do not know you yet'],
  ['guest', 'I do not know you yet'],
  ['other account', 'I cannot be sure who you are'],
  ['roster fault', 'I could not find out who you are'],
  ['store fault before', 'Something went wrong on our side'],
] as const;
type Who = 'nadia' | 'martin' | (typeof nobody)[number][0];

const broken =
  (calls: readonly (keyof Store)[], of: readonly string[], error: Error): Fault =>
  (call, kind) =>
    calls.includes(call) && of.includes(kind) ? error : undefined;
const storeFault = (...calls: (keyof Store)[]): Fault =>
  broken(calls, ['post', 'number'], new Error('no room'));
const newer = (...calls: (keyof Store)[]): Fault =>
  broken(calls, ['post', 'number'], new UnknownForm('post', 9));

/** @returns what Crier answers, as it goes over the wire */
async function asked(who: Who, name: string, value: object, failed: Fault): Promise<unknown> {
  const known = who === 'martin' ? council.as('martin-sedgwick') : council.as('nadia-hartley');
  const people = {
    stranger: () => council.stranger('aad-stranger', 'somebody@elsewhere.example'),
    guest: () => council.stranger('aad-guest', 'guest_elsewhere.example#EXT#@sefton.example'),
    'other account': () =>
      council.stranger('aad-other', council.protocol.people['nadia-hartley']?.userPrincipalName ?? ''),
    'roster fault': () => {
      council.connector.fail({ how: 'members', answer: { status: 403 } });
      return council.stranger('aad-unseen', 'unseen@sefton.example');
    },
    'store fault before': () => known,
    nadia: () => known,
    martin: () => known,
  };
  const person = people[who]();
  // Who somebody is has been remembered for long enough.
  if (who === 'store fault before') await council.pass(2 * minute);
  fault = who === 'store fault before' ? broken(['list'], ['person'], new Error('no room')) : failed;
  try {
    return JSON.parse(await person.invoke(name, value));
  } finally {
    fault = none;
  }
}

interface Case {
  readonly outcome: string;
  readonly name: string;
  readonly value: () => object | Promise<object>;
  readonly form: z.ZodType;
  readonly says: string;
  readonly who?: Who;
  readonly fault?: Fault;
}

const toNobody = (
  name: string,
  value: Case['value'],
  of: z.ZodType,
  but: { readonly [who in Who]?: string } = {},
): readonly Case[] =>
  nobody.map(([who, says]) => ({ outcome: who, name, value, form: of, says: but[who] ?? says, who }));

const action = 'adaptiveCard/action';
const query = 'composeExtension/query';
const opened = 'composeExtension/fetchTask';
const sent = 'composeExtension/submitAction';
const brokeOff = 'Something went wrong on our side';
const newerOne = 'A newer Crier has written this already';
const tooLong = 'characters, and 20,000 are the most';

const cases: readonly Case[] = [
  ...toNobody(action, view, over),
  { outcome: 'done', name: action, value: view, form: inPlace, says: 'The library is open.' },
  {
    outcome: 'the card comes by itself',
    name: action,
    value: async () => await press('command.run', { words: 'propose The park is open.' }),
    form: over,
    says: 'Its card comes in a moment.',
  },
  {
    outcome: 'unknown verb',
    name: action,
    value: async () => await press('no.such'),
    form: inPlace,
    says: 'I did not understand that',
  },
  {
    outcome: 'too long',
    name: action,
    value: async () => await press('post.revise', { text: long }),
    form: over,
    says: tooLong,
  },
  { outcome: 'store fault', name: action, value: view, form: over, says: brokeOff, fault: storeFault('get') },
  { outcome: 'newer', name: action, value: view, form: over, says: newerOne, fault: newer('get') },

  ...toNobody(query, () => words('library'), inList),
  { outcome: 'done', name: query, value: () => words('library'), form: found, says: 'The library is open.' },
  {
    outcome: 'nothing typed',
    name: query,
    value: () => words(''),
    form: found,
    says: 'The library is open.',
  },
  { outcome: 'nothing found', name: query, value: () => words('gritters'), form: inList, says: 'no post' },
  { outcome: 'too long', name: query, value: () => words(long), form: inList, says: tooLong },
  {
    outcome: 'store fault',
    name: query,
    value: () => words('library'),
    form: inList,
    says: brokeOff,
    fault: storeFault('search'),
  },

  ...toNobody(opened, () => propose, inDialog),
  { outcome: 'done', name: opened, value: () => propose, form, says: 'What the public should read' },
  {
    outcome: 'may not write',
    name: opened,
    value: () => propose,
    form: inDialog,
    says: 'You do not write for a department.',
    who: 'martin',
  },
  {
    outcome: 'too long',
    name: opened,
    value: () => ({ ...propose, messagePayload: { body: { contentType: 'text', content: long } } }),
    form: inDialog,
    says: tooLong,
  },

  ...toNobody(sent, () => typed('The road is open.'), inDialog, {
    'store fault before': 'what you sent was not saved',
  }),
  {
    outcome: 'done',
    name: sent,
    value: () => typed('The bridge is open.'),
    form: inDialog,
    says: 'is a draft now',
  },
  {
    outcome: 'empty',
    name: sent,
    value: () => typed(' '),
    form,
    says: 'Please write what the public should read.',
  },
  {
    outcome: 'may not write',
    name: sent,
    value: () => typed('The road is open.'),
    form,
    says: 'You cannot write for Highways.',
    who: 'martin',
  },
  { outcome: 'too long', name: sent, value: () => typed(long), form, says: tooLong },
  {
    outcome: 'longer than any form takes',
    name: sent,
    value: () => typed(`${long}${long}`),
    form: inDialog,
    says: tooLong,
  },
  {
    outcome: 'store fault',
    name: sent,
    value: () => typed('The road is open.'),
    form,
    says: 'What you sent was not saved. Please keep it',
    fault: storeFault('create'),
  },
  {
    outcome: 'newer',
    name: sent,
    value: () => typed('The road is open.'),
    form,
    says: newerOne,
    fault: newer('get'),
  },
];

test.each(cases)('$name is answered in its own form: $outcome', async (each) => {
  const answer = await asked(each.who ?? 'nadia', each.name, await each.value(), each.fault ?? none);
  expect(each.form.safeParse(answer).error?.issues ?? []).toEqual([]);
  expect(JSON.stringify(answer)).toContain(each.says);
  // What was typed into a form that comes back stands in it.
  if (each.name === sent && each.form === form && each.outcome !== 'empty')
    expect(JSON.stringify(answer)).toMatch(/"value":"(?:The road is open\.|x{30000})"/u);
});

test.each([
  [action, { action: {} }, 400],
  [query, {}, 400],
  [opened, { commandId: 7 }, 400],
  [sent, { commandId: 'propose', data: 'x' }, 400],
  ['task/fetch', propose, 501],
  ['composeExtension/queryLink', { url: 'https://example.org' }, 501],
  ['signin/verifyState', {}, 501],
])('%s %j that is none of ours, or not of its form, runs no turn: %i', async (name, value, status) => {
  await expect(council.as('nadia-hartley').invoke(name, value)).rejects.toThrow(String(status));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseActivity } from '../../src/teams/activity-form.ts';
import { keyOf, readIncoming, type Incoming } from '../../src/teams/activity.ts';
import { appId, message, tenantId } from './door.ts';

const serviceUrl = 'https://smba.trafficmanager.net/uk/';
const botId = `28:${appId}`;

function read(changes: Readonly<Record<string, unknown>> = {}): Incoming {
  const activity = parseActivity(message(serviceUrl, changes));
  if (activity === undefined) throw new Error('it did not parse');
  return readIncoming(activity);
}

const mention = (id = botId, name = 'Crier') => ({
  type: 'mention',
  text: `<at>${name}</at>`,
  mentioned: { id, name },
});

const channel = {
  conversation: {
    id: '19:abc@thread.tacv2;messageid=1699999999999',
    conversationType: 'channel',
    isGroup: true,
    tenantId,
  },
  channelData: {
    tenant: { id: tenantId },
    team: { id: '19:team@thread.tacv2' },
    channel: { id: '19:abc@thread.tacv2' },
  },
};

describe('a message', () => {
  test('in a personal chat', () => {
    expect(read({ text: ' propose A &amp; B&nbsp;is &lt;closed&gt; &#8211; &#x1F6A7; ' })).toMatchObject({
      kind: 'message',
      from: { aadObjectId: 'aad-amira', id: '29:amira', name: 'Amira Hussain' },
      place: { kind: 'personal', conversationId: 'a:1' },
      text: 'propose A & B is <closed> – 🚧',
      activityId: '1700000000000',
      serviceUrl,
      tenantId,
      reference: { serviceUrl, conversationId: 'a:1', botId },
    });
  });

  test('that mentions Crier in a Teams channel has its thread, and the words without the mention', () => {
    expect(
      read({
        ...channel,
        text: '<at>Crier</at> propose for <at>Highways &amp; Co</at>: closed\n',
        entities: [mention(), mention('29:else', 'Highways &amp; Co')],
      }),
    ).toMatchObject({
      kind: 'message',
      text: 'propose for Highways & Co: closed',
      place: {
        kind: 'teams-channel',
        conversationId: '19:abc@thread.tacv2',
        thread: '1699999999999',
        teamId: '19:team@thread.tacv2',
        channelId: '19:abc@thread.tacv2',
      },
      reference: { conversationId: '19:abc@thread.tacv2;messageid=1699999999999' },
    });
  });

  test.each([
    ['<at>Crier</at>, hold 1', 'hold 1'],
    ['<at>Crier</at>&nbsp;: hold 1', 'hold 1'],
    ['&nbsp;<at>Crier</at>- hold 1', 'hold 1'],
    ['<at>Crier</at> – hold 1', 'hold 1'],
    ['<at>Crier</at>! hold 1', 'hold 1'],
    ['<at>Crier</at>; hold 1', 'hold 1'],
    ['<at>Crier</at>… hold 1', 'hold 1'],
    ['<at>Crier</at> <at>Crier</at>, propose A, B\nC', 'propose A, B\nC'],
    ['hold 1, <at>Crier</at>', 'hold 1'],
    ['hold 1, <at>Crier</at> ', 'hold 1'],
    ['Hi <at>Crier</at>, hold 1', 'Hi  , hold 1'],
    // what belongs to a text stays in it
    ['<at>Crier</at> -5 tonight', '-5 tonight'],
    ['<at>Crier</at>\n- Bins\n- Boxes', '- Bins\n- Boxes'],
    ['<at>Crier</at> "Bins" is late', '"Bins" is late'],
    ['propose A. <at>Crier</at>', 'propose A.'],
  ])('%j: the mark beside the mention belongs to it', (text, words) => {
    expect(read({ ...channel, text, entities: [mention()] })).toMatchObject({ kind: 'message', text: words });
  });

  test('as the simulator sends it in a Teams channel', () => {
    expect(
      read({
        conversation: { id: '19:sim', isGroup: true, conversationType: 'channel', tenantId },
        channelData: { teamsChannelId: '19:sim', teamsTeamId: 'team', tenant: { id: tenantId } },
        text: '<at>Crier</at> help',
        entities: [mention()],
      }),
    ).toMatchObject({ kind: 'message', text: 'help', place: { kind: 'teams-channel', channelId: '19:sim' } });
  });

  test.each([
    ['a Teams channel', channel],
    [
      'a group chat',
      { conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, tenantId } },
    ],
  ])('in %s that does not mention Crier is nothing, and nothing of it is kept', (_where, place) => {
    expect(read({ ...place, text: 'between us' })).toEqual({ kind: 'other', invoke: false });
    expect(read({ ...place, text: '<at>Crier</at>', entities: [mention('29:else')] })).toEqual({
      kind: 'other',
      invoke: false,
    });
  });

  test('that is changed is told apart from one that is sent, and is known for the same; what else Teams tells of it is nothing', () => {
    const update = { type: 'messageUpdate', text: 'propose B' };
    const edited = { channelData: { tenant: { id: tenantId }, eventType: 'editMessage' } };
    expect(read({ ...update, ...edited })).toMatchObject({ kind: 'edited', text: 'propose B' });
    expect(keyOf(read({ ...update, ...edited }))).toBe(keyOf(read()));
    const back = { channelData: { tenant: { id: tenantId }, eventType: 'undeleteMessage' } };
    expect(read({ ...update, ...edited })).toMatchObject({ mentions: true });
    expect(read({ ...update, ...channel })).toMatchObject({ kind: 'edited', mentions: false });
    for (const other of [
      { ...update, ...back },
      { type: 'messageDelete', ...edited },
    ])
      expect(read(other)).toEqual({ kind: 'other', invoke: false });
  });

  test('from nobody that Teams names, or without an id, is nothing', () => {
    expect(read({ from: { id: '29:x', name: 'X' } })).toEqual({ kind: 'other', invoke: false });
    expect(read({ id: undefined })).toEqual({ kind: 'other', invoke: false });
    expect(read({ from: undefined })).toEqual({ kind: 'other', invoke: false, malformed: true });
  });

  test('keeps pictures and files apart, and leaves out what is none', () => {
    expect(
      read({
        attachments: [
          {
            contentType: 'image/png',
            contentUrl: 'https://smba.trafficmanager.net/uk/v3/attachments/1',
            name: 'a',
          },
          {
            contentType: 'application/vnd.microsoft.teams.file.download.info',
            contentUrl: 'https://sefton.sharepoint.com/a.png',
            name: 'a.png',
            content: { downloadUrl: 'https://sefton.sharepoint.com/download', fileType: 'png' },
          },
          { contentType: 'text/html', content: '<p>help</p>' },
        ],
      }),
    ).toMatchObject({
      attachments: [
        {
          contentType: 'image/png',
          contentUrl: 'https://smba.trafficmanager.net/uk/v3/attachments/1',
          serviceUrl,
        },
        { downloadUrl: 'https://sefton.sharepoint.com/download', name: 'a.png' },
      ],
    });
  });

  test.each([
    [
      '<div><at>Crier</at> propose it <img src="https://graph.microsoft.com/hostedContents/1/$value"></div>',
      true,
    ],
    ['<div><at>Crier</at> propose it <attachment id="5f"></attachment></div>', true],
    [
      '<div><at>Crier</at> propose it <img itemtype="http://schema.skype.com/Emoji" alt="smile"></div>',
      false,
    ],
    ['<div><at>Crier</at> propose it, 3 &lt;img&gt;</div>', false],
  ])('a Teams channel says %s: whether a photo was left behind is %s', (content, leftBehind) => {
    const html = { contentType: 'text/html', content };
    const photo = { contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/uk/1', name: 'a' };
    const said = { ...channel, entities: [mention()], text: '<at>Crier</at> propose it' };
    expect(read({ ...said, attachments: [html] })).toMatchObject({ leftBehind });
    expect(read({ ...said, attachments: [html, photo] })).toMatchObject({ leftBehind: false });
    expect(read({ attachments: [html] })).toMatchObject({ leftBehind: false });
  });

  test('a mention whose mark could be any word takes no word away', () => {
    expect(read({ text: 'a road is closed', entities: [{ ...mention(), text: 'a' }] })).toMatchObject({
      text: 'a road is closed',
    });
  });
});

describe('an invoke', () => {
  const invoke = (name: string, value: unknown) =>
    read({ type: 'invoke', name, value, text: undefined, replyToId: 'card-1' });

  test('of a button', () => {
    expect(
      invoke('adaptiveCard/action', {
        action: { type: 'Action.Execute', verb: 'post.hold', data: { post: 'p1', turn: 4, note: 'x' } },
        trigger: 'manual',
      }),
    ).toMatchObject({
      kind: 'press',
      verb: 'post.hold',
      data: { post: 'p1', turn: 4, note: 'x' },
      cardActivityId: 'card-1',
      refresh: false,
    });
  });

  test('of a button beside which somebody left fields empty: clients send nothing of those', () => {
    const press = (data: object) =>
      invoke('adaptiveCard/action', { action: { verb: 'post.revise', data }, trigger: 'manual' });
    expect(press({ post: 'p1', fields: 'text alt:0 note', text: 'Closed', note: null })).toMatchObject({
      data: { post: 'p1', text: 'Closed', 'alt:0': '', note: '' },
    });
    expect(press({ post: 'p1', fields: 'text' })).not.toHaveProperty('data.fields');
    // Nothing is said of what did not stand on the card.
    expect(press({ post: 'p1', fields: 'text' })).not.toHaveProperty('data.note');
  });

  test('of a client that sends less than the inputs hold: what did not come was not emptied', () => {
    const press = (data: object) =>
      invoke('adaptiveCard/action', { action: { verb: 'post.revise', data }, trigger: 'manual' });
    const fields = 'text headline urgency!';
    expect(press({ post: 'p1', fields, headline: 'Closed' })).toHaveProperty('data', {
      post: 'p1',
      headline: 'Closed',
    });
    expect(press({ post: 'p1', fields, headline: 'Closed', urgency: 'normal' })).toHaveProperty('data', {
      post: 'p1',
      headline: 'Closed',
      urgency: 'normal',
      text: '',
    });
  });

  test('of a button that an earlier release drew, which says of no field that it was there', () => {
    const press = (data: object) =>
      invoke('adaptiveCard/action', { action: { verb: 'post.revise', data }, trigger: 'manual' });
    expect(press({ post: 'p1', text: 'Closed' })).toMatchObject({
      data: { post: 'p1', text: 'Closed', when: '', until: '', quote: '' },
    });
    expect(press({ post: 'p1', 'alt:0': 'A road' })).toHaveProperty('data', {
      post: 'p1',
      'alt:0': 'A road',
    });
  });

  test('whose list of fields somebody made up takes nothing of what it carries away', () => {
    expect(
      invoke('adaptiveCard/action', {
        action: {
          verb: 'post.revise',
          data: { post: 'p1', turn: 4, fields: 'post turn __proto__  toString' },
        },
      }),
    ).toMatchObject({ data: { post: 'p1', turn: 4 } });
  });

  test('that Teams makes by itself', () => {
    expect(
      invoke('adaptiveCard/action', { action: { verb: 'post.show' }, trigger: 'automatic' }),
    ).toMatchObject({ kind: 'press', data: {}, refresh: true });
  });

  test('of a search', () => {
    expect(
      invoke('composeExtension/query', {
        commandId: 'posts',
        parameters: [{ name: 'words', value: ' moor lane ' }],
        queryOptions: { skip: 25, count: 100 },
      }),
    ).toMatchObject({ kind: 'search', commandId: 'posts', text: 'moor lane', skip: 25, count: 25 });
    expect(
      invoke('composeExtension/query', {
        commandId: 'posts',
        parameters: [{ name: 'initialRun', value: 'true' }],
      }),
    ).toMatchObject({ kind: 'search', text: '', skip: 0, count: 25 });
  });

  test('in a chat of two people, which Teams calls personal, and not in their own with Crier', () => {
    const conversation = {
      id: '19:aad-amira_aad-tom@unq.gbl.spaces',
      conversationType: 'personal',
      tenantId,
    };
    const value = { action: { verb: 'view.open', data: {} } };
    expect(read({ type: 'invoke', name: 'adaptiveCard/action', value, conversation })).toMatchObject({
      kind: 'press',
      place: { kind: 'group-chat', conversationId: conversation.id },
    });
  });

  test('of the message extension, which is in the box of every chat', () => {
    for (const name of [
      'composeExtension/query',
      'composeExtension/fetchTask',
      'composeExtension/submitAction',
    ])
      expect(invoke(name, { commandId: 'propose' })).toMatchObject({ place: { kind: 'group-chat' } });
  });

  test('of the dialog', () => {
    expect(invoke('composeExtension/fetchTask', { commandId: 'propose' })).toMatchObject({
      kind: 'propose-dialog-opened',
    });
    expect(
      invoke('composeExtension/submitAction', { commandId: 'propose', data: { text: 'closed' } }),
    ).toMatchObject({ kind: 'propose-dialog-sent', data: { text: 'closed' } });
  });

  test('that Crier does not know', () => {
    expect(invoke('signin/verifyState', {})).toEqual({ kind: 'other', invoke: true });
    expect(invoke('adaptiveCard/action', { action: { verb: 7 } })).toEqual({
      kind: 'other',
      invoke: true,
      malformed: true,
    });
  });
});

test('Crier comes and goes', () => {
  expect(read({ type: 'conversationUpdate', membersAdded: [{ id: botId }] })).toMatchObject({
    kind: 'joined',
  });
  expect(read({ type: 'conversationUpdate', membersAdded: [{ id: '29:x' }], ...channel })).toMatchObject({
    kind: 'members-changed',
    place: { kind: 'teams-channel' },
  });
  expect(read({ type: 'conversationUpdate', membersRemoved: [{ id: botId }] })).toMatchObject({
    kind: 'left',
  });
  expect(read({ type: 'installationUpdate', action: 'add', ...channel })).toMatchObject({
    kind: 'joined',
    place: { kind: 'teams-channel' },
  });
  expect(read({ type: 'installationUpdate', action: 'remove' })).toMatchObject({ kind: 'left' });
});

describe('what makes the same thing the same', () => {
  const press = (changes: Readonly<Record<string, unknown>>, id = 'i1') =>
    keyOf(
      read({
        type: 'invoke',
        id,
        name: 'adaptiveCard/action',
        value: { action: { verb: 'post.approve', data: { post: 'p1', turn: 4, ...changes } } },
      }),
    );

  test('a message: its conversation and id', () => {
    expect(keyOf(read())).toBe(keyOf(read({ text: 'edited' })));
    expect(keyOf(read())).not.toBe(keyOf(read({ id: '1700000000001' })));
    expect(keyOf(read())).not.toBe(keyOf(read({ conversation: { id: 'a:2', tenantId } })));
  });

  test('a press: who, which button, which turn of which post; not what was typed, nor which activity', () => {
    expect(press({ note: 'a' }, 'i1')).toBe(press({ note: 'b' }, 'i2'));
    expect(press({ turn: 5 })).not.toBe(press({}));
    expect(press({ post: 'p2' })).not.toBe(press({}));
    expect(press({ part: 'x' })).not.toBe(press({}));
  });

  test('of what changes nothing there is none', () => {
    expect(keyOf({ kind: 'other', invoke: false })).toBeUndefined();
  });
});

/** Values that begin like activities, so that what is past the first field is reached as well. */
const nearly = fc
  .record(
    {
      type: fc.oneof(
        fc.constantFrom('message', 'invoke', 'conversationUpdate', 'installationUpdate'),
        fc.jsonValue(),
      ),
      id: fc.oneof(fc.string(), fc.jsonValue()),
      channelId: fc.oneof(fc.constant('msteams'), fc.jsonValue()),
      serviceUrl: fc.oneof(fc.constant(serviceUrl), fc.jsonValue()),
      name: fc.oneof(
        fc.constantFrom('adaptiveCard/action', 'composeExtension/query', 'composeExtension/submitAction'),
        fc.jsonValue(),
      ),
      from: fc.oneof(fc.constant({ id: 'x', aadObjectId: 'y' }), fc.jsonValue()),
      recipient: fc.oneof(fc.constant({ id: botId }), fc.jsonValue()),
      conversation: fc.oneof(fc.constant({ id: 'a' }), fc.jsonValue()),
      channelData: fc.jsonValue(),
      text: fc.oneof(fc.string(), fc.jsonValue()),
      entities: fc.oneof(
        fc.array(
          fc.record({
            type: fc.constant('mention'),
            text: fc.string(),
            mentioned: fc.constant({ id: botId }),
          }),
        ),
        fc.jsonValue(),
      ),
      attachments: fc.oneof(
        fc.array(fc.record({ contentType: fc.string(), content: fc.jsonValue() })),
        fc.jsonValue(),
      ),
      value: fc.oneof(
        fc.record({ action: fc.record({ verb: fc.string(), data: fc.jsonValue() }), commandId: fc.string() }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: ['type', 'channelId', 'serviceUrl', 'conversation'] },
  )
  .map((value): unknown => value);

const kinds: readonly string[] = [
  'message',
  'press',
  'search',
  'propose-dialog-opened',
  'propose-dialog-sent',
  'joined',
  'left',
  'other',
];

describe('whatever JSON comes', () => {
  test('it is read or refused, never thrown over', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (body) => {
        const activity = parseActivity(JSON.parse(JSON.stringify(body)));
        const incoming = activity === undefined ? undefined : readIncoming(activity);
        if (incoming !== undefined) keyOf(incoming);
        expect(incoming === undefined ? 'refused' : kinds.includes(incoming.kind)).not.toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a value nested without end is refused', () => {
    let deep: unknown = 'x';
    for (let n = 0; n < 50_000; n += 1) deep = n % 2 === 0 ? [deep] : { a: deep };
    expect(parseActivity({ ...message(serviceUrl), type: 'invoke', value: deep })).toBeUndefined();
  });

  test('an unmentioned message of a Teams channel leaves no word behind', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (words) => {
        expect(JSON.stringify(read({ ...channel, text: words }))).toBe('{"kind":"other","invoke":false}');
      }),
    );
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { sentWith } from '../journeys/card.ts';
import type { ConnectorPeer } from '../peers/connector.ts';
import type { Lives } from './crier.ts';

/** Somebody of the sample protocol, as Teams knows them. */
export interface Somebody {
  readonly person: string;
  readonly name: string;
}

/** How Microsoft's service comes to Crier's door. */
export interface Door {
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** the token that an activity bears; absent where nobody is checked, as in a rehearsal */
  readonly token?: () => Promise<string>;
}

/** A button as it stands on a card that somebody sees. */
export interface SeenButton {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** the message that holds the card */
  readonly on: string;
  /** the text of the post that the card is about */
  readonly text: string;
}

/** The people of the council in Teams: what they type and press, and what stands in their chats. */
export interface TeamsPeople {
  /** has somebody type something; resolves once it was answered with 200, however often it had to be told */
  say(who: Somebody, text: string, attachments?: readonly object[]): Promise<void>;
  /** has somebody press a button; resolves with the answer's body, however often it had to be told */
  press(who: Somebody, button: SeenButton, inputs?: Readonly<Record<string, string>>): Promise<string>;
  /** presses what opens a form, fills it in and presses its button of that verb */
  fill(
    who: Somebody,
    opens: SeenButton,
    verb: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** resolves once a button of that verb (`verb/view` for one that opens a view) stands on a card of that text, and of all of those, in somebody's chat */
  button(who: Somebody, verb: string, text: string, ...besides: readonly string[]): Promise<SeenButton>;
  /** what every message in a chat says now, by its id */
  chat(conversationId: string): ReadonlyMap<string, string>;
  /** tells of each sending and the post's text, just when it is handed over, so that a kill can be aimed at it */
  onSending(tell: (text: string) => void): void;
}

const element = z.looseObject({});
const execute = z.object({
  type: z.literal('Action.Execute'),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
});

function buttonsOf(card: unknown, on: string, text: string): readonly SeenButton[] {
  if (Array.isArray(card)) return card.flatMap((each: unknown) => buttonsOf(each, on, text));
  const object = element.safeParse(card);
  if (!object.success) return [];
  const own = execute.safeParse(card);
  const below = Object.values(object.data).flatMap((each) => buttonsOf(each, on, text));
  if (!own.success) return below;
  const { verb, data } = own.data;
  return [{ verb, data, on, text }, ...below];
}

/** The chat that somebody has with Crier. */
export const chatOf = ({ person }: Somebody): string => `chat-${person}`;

/** As Microsoft's service does, what is not answered is sent again as the same activity. */
export function teamsPeople(connector: ConnectorPeer, lives: Lives, door: Door): TeamsPeople {
  let ids = 0;
  let sending: (text: string) => void = () => undefined;
  let read = 0;
  const chats = new Map<string, Map<string, string>>();

  /** Reads on in what the connector took: the newest content of each message. */
  function readOn(): void {
    for (; read < connector.taken.length; read += 1) {
      const sent = connector.taken[read];
      if (sent === undefined) return;
      const chat = chats.get(sent.conversationId) ?? new Map<string, string>();
      chats.set(sent.conversationId, chat);
      chat.set(sent.activityId, JSON.stringify(sent.activity));
    }
  }

  async function tell(activity: Readonly<Record<string, unknown>>, mark: string): Promise<string> {
    for (;;) {
      await lives.alive();
      try {
        const response = fetch(`${lives.address}/api/messages`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(door.token === undefined ? {} : { authorization: `Bearer ${await door.token()}` }),
          },
          body: JSON.stringify(activity),
          signal: AbortSignal.timeout(30_000),
        });
        sending(mark);
        const answer = await response;
        const body = await answer.text();
        if (answer.status === 200) return body;
        if (answer.status < 500) throw new Error(`an activity was answered with ${String(answer.status)}`);
      } catch (fault) {
        if (fault instanceof Error && fault.message.startsWith('an activity')) throw fault;
      }
      // Dead, or dying: the next life is told the same again.
      await pause(20);
    }
  }

  const common = (who: Somebody) => ({
    id: `activity-${String((ids += 1))}`,
    channelId: 'msteams',
    serviceUrl: door.serviceUrl,
    timestamp: new Date().toISOString(),
    from: { id: `user-${who.person}`, aadObjectId: `object-${who.person}`, name: who.name },
    recipient: { id: 'crier', name: 'Crier' },
    conversation: { id: chatOf(who), conversationType: 'personal', isGroup: false, tenantId: door.tenantId },
    channelData: { tenant: { id: door.tenantId } },
  });

  const press: TeamsPeople['press'] = async (who, { verb, data, on, text }, inputs = {}) =>
    await tell(
      {
        ...common(who),
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: on,
        value: {
          action: { type: 'Action.Execute', verb, data: { ...data, ...inputs } },
          trigger: 'manual',
        },
      },
      text,
    );

  return {
    press,
    fill: async (who, opens, verb, inputs) => {
      const form = element.parse(JSON.parse(await press(who, opens)));
      const button = buttonsOf(form, opens.on, opens.text).find((each) => each.verb === verb);
      if (button === undefined) throw new Error(`the form has no button for ${verb}`);
      await press(who, button, sentWith(form, inputs));
    },
    say: async (who, text, attachments = []) =>
      void (await tell({ ...common(who), type: 'message', text, attachments }, text)),
    button: async (who, verb, text, ...besides) => {
      const found: SeenButton[] = [];
      await connector.until(() => {
        readOn();
        for (const [id, content] of [...(chats.get(chatOf(who)) ?? [])].toReversed()) {
          if (![text, ...besides].every((each) => content.includes(each))) continue;
          const button = buttonsOf(JSON.parse(content), id, text).find((each) =>
            [each.verb, `${each.verb}/${String(each.data['view'])}`].includes(verb),
          );
          if (button !== undefined) found.push(button);
        }
        return found.length > 0;
      });
      const [first] = found;
      if (first === undefined) throw new Error('no button was found');
      return first;
    },
    chat: (conversationId) => {
      readOn();
      return chats.get(conversationId) ?? new Map<string, string>();
    },
    onSending: (told) => {
      sending = told;
    },
  };
}

import { z } from 'zod';
import { buttonsIn, sentWith, textOf } from '../journeys/card.ts';
import type { ConnectorPeer, SentActivity } from '../peers/connector.ts';
import { appId, tenantId } from '../teams/door.ts';

/** Somebody of the council at their own Teams, whose activities come by HTTP with Microsoft's signature. */
export interface Somebody {
  /** adds Crier to their chats */
  meet(): Promise<void>;
  say(text: string, attachments?: readonly object[]): Promise<void>;
  /** waits until a card in their chat says so; gives all that the card says */
  sees(words: string | RegExp): Promise<string>;
  /** presses the button of that title on the newest of their cards that has it; gives what they see then */
  press(title: string, inputs?: Readonly<Record<string, string>>): Promise<string>;
}

export interface Teams {
  as(person: string): Somebody;
}

export interface TeamsParts {
  readonly connector: ConnectorPeer;
  /** where the process under test listens */
  readonly url: string;
  /** where Teams says that its connector is */
  readonly serviceUrl: string;
  /** a token as Microsoft signs it */
  readonly token: () => Promise<string>;
}

/** After so long without it, what is waited for is said to be missing. */
const patience = 15_000;

interface Shown {
  readonly activityId: string;
  readonly card: object;
}

const withCard = z.looseObject({
  attachments: z.array(z.looseObject({ content: z.looseObject({}) })).min(1),
});
const invoked = z.object({ value: z.union([z.looseObject({}), z.string()]).optional() });

/** The cards of a conversation as they stand now, the newest last. */
function shownIn(taken: readonly SentActivity[], chat: string): readonly Shown[] {
  const found = new Map<string, Shown>();
  for (const { conversationId, activityId, how, activity } of taken) {
    if (conversationId !== chat) continue;
    if (how === 'delete') found.delete(activityId);
    const [first] = withCard.safeParse(activity).data?.attachments ?? [];
    if (first !== undefined) found.set(activityId, { activityId, card: first.content });
  }
  return [...found.values()];
}

/** The people of a council, at the door of a process that runs in production mode. */
export function teamsOf({ connector, url, serviceUrl, token }: TeamsParts): Teams {
  let activities = 0;

  async function give(person: string, activity: object): Promise<unknown> {
    activities += 1;
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({
        id: `t-${String(activities)}`,
        channelId: 'msteams',
        serviceUrl,
        from: { id: `29:${person}`, aadObjectId: `aad-${person}`, name: person },
        recipient: { id: `28:${appId}`, name: 'Crier' },
        conversation: { id: `chat-29:${person}`, conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
        ...activity,
      }),
    });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`Crier answered ${String(response.status)}: ${body}`);
    return body === '' ? undefined : JSON.parse(body);
  }

  const as = (person: string): Somebody => {
    const chat = `chat-29:${person}`;
    return {
      meet: async () => {
        await give(person, { type: 'conversationUpdate', membersAdded: [{ id: `28:${appId}` }] });
      },
      say: async (text, attachments) => {
        await give(person, { type: 'message', text, ...(attachments === undefined ? {} : { attachments }) });
      },
      sees: async (words) => {
        const said = (taken: readonly SentActivity[]) =>
          shownIn(taken, chat)
            .map(({ card }) => textOf(card))
            .findLast((text) => (typeof words === 'string' ? text.includes(words) : words.test(text)));
        const late = Promise.withResolvers<never>();
        const giveUp = setTimeout(() => {
          const stands = shownIn(connector.taken, chat).map(({ card }) => textOf(card));
          late.reject(new Error(`${person} does not see ${String(words)} but: ${stands.join('\n')}`));
        }, patience);
        const held = await Promise.race([
          connector.until((taken) => said(taken) !== undefined),
          late.promise,
        ]).finally(() => clearTimeout(giveUp));
        return said(held) ?? '';
      },
      press: async (title, inputs = {}) => {
        const has = ({ card }: Shown) => buttonsIn(card).some((each) => each.title === title);
        const on = shownIn(connector.taken, chat).findLast(has);
        const button = on === undefined ? undefined : buttonsIn(on.card).find((each) => each.title === title);
        if (on === undefined || button === undefined) throw new Error(`${person} sees no button "${title}"`);
        const answer = await give(person, {
          type: 'invoke',
          name: 'adaptiveCard/action',
          replyToId: on.activityId,
          value: {
            action: {
              type: 'Action.Execute',
              verb: button.verb,
              data: { ...button.data, ...(button.withInputs ? sentWith(on.card, inputs) : {}) },
            },
            trigger: 'manual',
          },
        });
        const { value } = invoked.parse(answer);
        return typeof value === 'string' ? value : value === undefined ? '' : textOf(value);
      },
    };
  };
  return { as };
}

import { isDeepStrictEqual } from 'node:util';
import type { Millis } from '../../core/time.ts';

/** One message of a rehearsed chat. */
export interface ChatMessage {
  readonly id: string;
  readonly from: 'crier' | 'person';
  /** what the person is called */
  readonly name?: string;
  readonly at: Millis;
  /** grows with every change, so that a page knows what is new */
  readonly change: number;
  readonly text?: string;
  readonly card?: unknown;
  /** what they are called that came with it */
  readonly files?: readonly string[];
}

/** How many messages a chat keeps; the rehearsal's memory ends with the process. */
const kept = 60;

/** The chats of the people that the page plays, in memory. */
export interface Chats {
  readonly add: (conversation: string, message: Omit<ChatMessage, 'id' | 'change'>) => string;
  /** Leaves what stands there already as it is. @returns whether the message was there */
  readonly replace: (
    conversation: string,
    id: string,
    message: Pick<ChatMessage, 'text' | 'card'>,
  ) => boolean;
  readonly messages: (conversation: string, after: number) => readonly ChatMessage[];
  readonly last: (conversation: string) => number;
}

/** Makes empty chats. */
export function createChats(randomId: () => string): Chats {
  const chats = new Map<string, ChatMessage[]>();
  let changes = 0;
  const chatOf = (conversation: string): ChatMessage[] => {
    const chat = chats.get(conversation) ?? [];
    chats.set(conversation, chat);
    return chat;
  };
  return {
    add: (conversation, message) => {
      const chat = chatOf(conversation);
      const id = `message-${randomId()}`;
      changes += 1;
      chat.push({ ...message, id, change: changes });
      if (chat.length > kept) chat.splice(0, chat.length - kept);
      return id;
    },
    replace: (conversation, id, message) => {
      const chat = chatOf(conversation);
      const at = chat.findIndex((each) => each.id === id);
      const before = chat[at];
      if (before === undefined) return false;
      // Drawn anew, what somebody has unfolded would fold up, and a press on it could go astray.
      if (
        isDeepStrictEqual(
          { text: before.text, card: before.card },
          { text: message.text, card: message.card },
        )
      )
        return true;
      changes += 1;
      chat[at] = { id, from: before.from, at: before.at, change: changes, ...message };
      return true;
    },
    messages: (conversation, after) => chatOf(conversation).filter((message) => message.change > after),
    last: (conversation) => Math.max(0, ...chatOf(conversation).map((message) => message.change)),
  };
}

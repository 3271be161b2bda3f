import { crier } from '../core/context.ts';
import type { Executor } from '../core/execute.ts';
import { minutes, type Millis } from '../core/time.ts';
import { personByUpn } from '../protocol/people.ts';
import type { DeskRules } from '../posts/post.ts';
import { personKnown } from '../people/known.ts';
import { personDocument, personKind } from '../people/person.ts';
import type { Sender, Whereabouts } from './activity.ts';
import type { Beside } from './beside.ts';
import type { Courier, Place } from './courier.ts';

/** Who somebody in Teams is to the council. */
export type Who =
  | { readonly who: 'person'; readonly person: string }
  /** not in the protocol */
  | { readonly who: 'stranger' }
  /** the name is bound to another object id */
  | { readonly who: 'other-object-id'; readonly person: string }
  /** Teams did not tell who is in the conversation; to be tried again */
  | { readonly who: 'not-now' };

export interface WhoParts {
  readonly executor: Executor;
  readonly courier: Courier;
  readonly rules: () => DeskRules;
  readonly beside: Beside;
}

/** Tells who people are: by the object id they are bound to, and on first sight through the roster. */
export interface Directory {
  readonly identify: (from: Sender, place: Whereabouts, serviceUrl: string) => Promise<Who>;
  /** Whether there is a chat with them alone; one is begun where Teams lets Crier do that. */
  readonly hasChat: (person: string, asked: Asked) => Promise<boolean>;
}

/** Whoever asks for something elsewhere than in their own chat, as in the box where people write to each other. */
interface Asked {
  readonly from: Sender;
  readonly serviceUrl: string;
  readonly tenantId?: string;
}

/** How long the roster may take to answer. */
const rosterDeadline = 15_000;

/** How long a chat may take to be begun: whoever waits for it has a dialog open, which Teams gives up after 5 seconds. */
const chatDeadline = 3_000;

/** How long is remembered who is bound to what: another process may bind somebody to a new account. */
const rememberedFor = minutes(1);

/** Builds the directory. What is bound changes so seldom that it is remembered for a while. */
export function createDirectory({ executor, courier, rules, beside }: WhoParts): Directory {
  const bound = new Map<string, { readonly person: string; readonly until: Millis }>();
  const chats = new Map<string, string>();
  // A chat that was lost is met again when it comes back, and somebody who is bound anew under the new account.
  executor.onCommit(({ kind, id }) => {
    if (kind !== personKind.kind) return;
    chats.delete(id);
    for (const [objectId, { person }] of bound) if (personDocument(person) === id) bound.delete(objectId);
  });

  const boundTo = (objectId: string): string | undefined => {
    const known = bound.get(objectId);
    return known !== undefined && executor.clock() < known.until ? known.person : undefined;
  };
  const remember = (objectId: string, person: string): void => {
    bound.set(objectId, { person, until: executor.clock() + rememberedFor });
  };

  async function personOf(objectId: string): Promise<string | undefined> {
    const known = boundTo(objectId);
    if (known !== undefined) return known;
    const listed = await executor.store.list({
      kind: personKind.kind,
      index: 'by-object-id',
      equals: objectId,
      limit: 1,
    });
    const [item] = listed.items;
    const person = item === undefined ? undefined : (await executor.load(personKind, item.id))?.state.id;
    if (person !== undefined) remember(objectId, person);
    return person;
  }

  /** Binds on first sight, and keeps where the person's own chat is when it is new or has moved. */
  async function meet(person: string, from: Sender, place: Whereabouts, serviceUrl: string): Promise<Who> {
    const chat =
      place.kind === 'personal'
        ? { conversationId: place.conversationId, serviceUrl, userId: from.id }
        : undefined;
    const mark = chat === undefined ? '' : `${chat.conversationId} ${chat.serviceUrl}`;
    if (
      boundTo(from.aadObjectId) === person &&
      (chat === undefined || chats.get(personDocument(person)) === mark)
    ) {
      return { who: 'person', person };
    }
    const met = await executor.execute({
      command: 'person.meet',
      id: personDocument(person),
      params: { person, objectId: from.aadObjectId, ...(chat === undefined ? {} : { chat }) },
      actor: crier,
    });
    if (!met.done && met.refusal.refused === 'another-object-id') {
      const { aadObjectId: objectId } = from;
      const id = personDocument(person);
      await beside(
        executor.execute({ command: 'person.report-other', id, params: { person, objectId }, actor: crier }),
      );
      return { who: 'other-object-id', person };
    }
    remember(from.aadObjectId, person);
    if (chat !== undefined) chats.set(personDocument(person), mark);
    return { who: 'person', person };
  }

  return {
    identify: async (from, place, serviceUrl) => {
      const known = await personOf(from.aadObjectId);
      if (known !== undefined) {
        // Somebody who has left the protocol is nobody, although their object id is still bound.
        if (rules().people[known] === undefined) return { who: 'stranger' };
        // They are bound already: all that is kept anew is where their own chat is.
        let who: Who = { who: 'person', person: known };
        const met = async (): Promise<void> => {
          who = await meet(known, from, place, serviceUrl);
        };
        await beside(met());
        return who;
      }
      const roster = await courier.members(placeOf(place, serviceUrl), AbortSignal.timeout(rosterDeadline));
      if (!roster.sent) return { who: 'not-now' };
      const member = roster.members.find(
        (each) =>
          each.aadObjectId === from.aadObjectId || (each.aadObjectId === undefined && each.id === from.id),
      );
      const upn = member?.isGuest === false ? member.userPrincipalName : undefined;
      const person = upn === undefined ? undefined : personByUpn(upn, rules());
      if (person === undefined) return { who: 'stranger' };
      return await meet(person.id, from, place, serviceUrl);
    },
    hasChat: async (person, { from, serviceUrl, tenantId }) => {
      if ((await personKnown(executor, person))?.chat !== undefined) return true;
      if (tenantId === undefined) return false;
      const chat = { userId: from.id, tenantId, serviceUrl };
      const begun = await courier.beginChat(chat, AbortSignal.timeout(chatDeadline));
      if (!begun.sent) return false;
      const { conversationId } = begun;
      const met = await meet(person, from, { kind: 'personal', conversationId }, serviceUrl);
      return met.who === 'person';
    },
  };
}

/** The place of a conversation, for the courier. */
export function placeOf(place: Whereabouts, serviceUrl: string): Place {
  switch (place.kind) {
    case 'personal':
    case 'group-chat':
      return { kind: 'personal', conversationId: place.conversationId, serviceUrl };
    case 'teams-channel':
      return {
        kind: 'teams-channel',
        conversationId: place.conversationId,
        serviceUrl,
        ...(place.thread === undefined ? {} : { thread: place.thread }),
      };
  }
}

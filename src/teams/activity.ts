import { z } from 'zod';
import { threadIn, withoutThread } from '../core/conversation.ts';
import { canonical } from '../core/json.ts';
import { maybe, tenantsOf, type Activity } from './activity-form.ts';
import { mentionsOf, wordsOf } from './activity-words.ts';
import { withEmptied } from './cards/fields.ts';
import type { GivenMessage } from './propose-dialog.ts';

/** Somebody in Teams. The object id is what decides who they are; the name is only what they are called. */
export interface Sender {
  readonly aadObjectId: string;
  /** Teams' own id for them, for calls to the connector */
  readonly id: string;
  readonly name: string;
}

/** Where something was said or pressed. `conversationId` is without a thread. */
export type Whereabouts =
  | { readonly kind: 'personal'; readonly conversationId: string }
  | { readonly kind: 'group-chat'; readonly conversationId: string }
  | {
      readonly kind: 'teams-channel';
      readonly conversationId: string;
      /** id of the message that the thread began with; absent where Teams names none */
      readonly thread?: string;
      readonly teamId: string;
      readonly channelId: string;
    };

/** A file or picture that came with a message. Nothing of it has been fetched. */
export interface IncomingAttachment {
  readonly contentType: string;
  /** an inline picture, kept where the service url is */
  readonly contentUrl?: string;
  /** a file's own short-lived address */
  readonly downloadUrl?: string;
  readonly name: string;
  /** the service url of the activity it came with */
  readonly serviceUrl: string;
}

/** How to answer where the activity came from. */
export interface Reference {
  readonly serviceUrl: string;
  /** with its thread */
  readonly conversationId: string;
  readonly activityId: string;
  /** Crier's own id there */
  readonly botId: string;
}

interface FromSomebody {
  readonly from: Sender;
  readonly place: Whereabouts;
  readonly activityId: string;
  readonly serviceUrl: string;
  readonly tenantId?: string;
  readonly locale?: string;
  readonly reference: Reference;
}

type Fields = Readonly<Record<string, unknown>>;

/** What an activity is to Crier. */
export type Incoming =
  | (FromSomebody & {
      readonly kind: 'message';
      /** without the mention of Crier, entities decoded, blanks around it taken off */
      readonly text: string;
      readonly attachments: readonly IncomingAttachment[];
      /** a picture or file stands in the message, and Teams did not hand it to Crier */
      readonly leftBehind: boolean;
    })
  /** somebody has changed what their message says; `activityId` is the message's own; `mentions`: Crier, or it need not */
  | (FromSomebody & { readonly kind: 'edited'; readonly text: string; readonly mentions: boolean })
  | (FromSomebody & {
      readonly kind: 'press';
      readonly verb: string;
      /** the button's data with the inputs of the card, those that are empty too */
      readonly data: Fields;
      /** the message that holds the card */
      readonly cardActivityId?: string;
      /** Teams asks by itself for the user's own view of a card */
      readonly refresh: boolean;
    })
  | (FromSomebody & {
      readonly kind: 'search';
      readonly commandId: string;
      /** empty: nothing typed yet */
      readonly text: string;
      readonly skip: number;
      readonly count: number;
    })
  | (FromSomebody & {
      readonly kind: 'propose-dialog-opened';
      readonly commandId: string;
      readonly data: Fields;
      /** the message in whose menu it was chosen */
      readonly message?: GivenMessage;
    })
  | (FromSomebody & {
      readonly kind: 'propose-dialog-sent';
      readonly commandId: string;
      readonly data: Fields;
    })
  | (Omit<FromSomebody, 'from' | 'locale'> & {
      /** Crier was put into, or taken out of, a chat or a team; `from` is whoever did it, where Teams says */
      readonly kind: 'joined' | 'left';
      readonly from?: Sender;
    })
  /** somebody else came into a chat or a team, or went */
  | { readonly kind: 'members-changed'; readonly place: Whereabouts; readonly serviceUrl: string }
  /** nothing for Crier; nothing of it is kept or logged. An invoke of this kind is answered with 501 */
  | {
      readonly kind: 'other';
      readonly invoke: boolean;
      /** says that it is one of ours, and is not of its form: 400 */
      readonly malformed?: true;
    };

/** How Teams names a chat of two people, which it calls personal as well: both read there, and Crier is none of them. */
const ofTwo = /@unq\.gbl\.spaces$/u;

function placeOf(activity: Activity): Whereabouts {
  const { conversation, channelData } = activity;
  const conversationId = withoutThread(conversation.id);
  const thread = threadIn(conversation.id);
  const channel = channelData?.channel?.id ?? channelData?.teamsChannelId;
  const kind = conversation.conversationType;
  if (kind === 'channel' || (kind === undefined && channel !== undefined && conversation.isGroup === true)) {
    return {
      kind: 'teams-channel',
      conversationId,
      ...(thread === undefined || thread === '' ? {} : { thread }),
      teamId: channelData?.team?.id ?? channelData?.teamsTeamId ?? '',
      channelId: channel ?? conversationId,
    };
  }
  if (kind === 'groupChat' || conversation.isGroup === true || ofTwo.test(conversationId))
    return { kind: 'group-chat', conversationId };
  return { kind: 'personal', conversationId };
}

const fileSchema = z.object({ downloadUrl: z.string() });
const fileCard = 'application/vnd.microsoft.teams.file.download.info';

function attachmentsOf(activity: Activity): readonly IncomingAttachment[] {
  const { serviceUrl } = activity;
  return (activity.attachments ?? []).flatMap(
    ({ contentType, contentUrl, name, content }): readonly IncomingAttachment[] => {
      const about = { contentType, name: name ?? '', serviceUrl };
      if (contentType === fileCard) {
        const file = fileSchema.safeParse(content).data;
        return file === undefined ? [] : [{ ...about, downloadUrl: file.downloadUrl }];
      }
      return contentUrl === undefined ? [] : [{ ...about, contentUrl }];
    },
  );
}

const htmlSchema = z.string().max(200_000);

/**
 * Whether a message shows a picture or a file of which only its place in the text came. Outside of somebody's own
 * chat Teams hands a bot no files: what comes is the message's text as html, in which a picture is an `img` and a file
 * an `attachment`. That html comes with every message; an emoji is an `img` too, and names its kind.
 */
function leavesBehind(activity: Activity, place: Whereabouts): boolean {
  if (place.kind === 'personal' || attachmentsOf(activity).some(isHandedOver)) return false;
  return (activity.attachments ?? []).some(({ contentType, content }) => {
    const html = contentType === 'text/html' ? htmlSchema.safeParse(content).data : undefined;
    const marks = html?.match(/<(?:img|attachment)\b[^<>]*>/giu) ?? [];
    return marks.some((mark) => !/\bitemtype\s*=\s*["'][^"']*emoji/iu.test(mark));
  });
}

const isHandedOver = ({ contentType }: IncomingAttachment): boolean =>
  contentType === fileCard || /^(?:image|video)\//u.test(contentType);

function senderOf(activity: Activity): Sender | undefined {
  const { aadObjectId, id, name } = activity.from ?? {};
  if (aadObjectId === undefined || id === undefined) return undefined;
  return { aadObjectId, id, name: name ?? '' };
}

const fieldsSchema = z.record(z.string(), z.unknown());
const pressSchema = z.object({
  action: z.object({ verb: z.string().min(1).max(200), data: maybe(fieldsSchema) }),
  trigger: maybe(z.string()),
});
const searchSchema = z.object({
  commandId: z.string().max(200),
  parameters: maybe(z.array(z.object({ name: z.string(), value: z.unknown() }))),
  queryOptions: maybe(z.object({ skip: maybe(z.int().min(0)), count: maybe(z.int().min(1)) })),
});
const dialogSchema = z.object({
  commandId: z.string().max(200),
  data: maybe(fieldsSchema),
  messagePayload: maybe(
    z.object({ body: maybe(z.object({ contentType: z.string(), content: z.string() })) }),
  ),
});

/** The message extension is in the box of every chat: where it is used says nothing of where somebody's own one is. */
function inABox(somebody: FromSomebody): FromSomebody {
  const { kind, conversationId } = somebody.place;
  return kind === 'personal' ? { ...somebody, place: { kind: 'group-chat', conversationId } } : somebody;
}

function invoked(activity: Activity, somebody: FromSomebody): Incoming {
  const other: Incoming = { kind: 'other', invoke: true };
  const malformed: Incoming = { ...other, malformed: true };
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const { data } = pressSchema.safeParse(activity.value);
      if (data === undefined) return malformed;
      return {
        kind: 'press',
        ...somebody,
        verb: data.action.verb,
        data: withEmptied(data.action.data ?? {}),
        ...(activity.replyToId === undefined ? {} : { cardActivityId: activity.replyToId }),
        refresh: data.trigger === 'automatic',
      };
    }
    case 'composeExtension/query': {
      const { data } = searchSchema.safeParse(activity.value);
      if (data === undefined) return malformed;
      const typed = (data.parameters ?? []).find(({ name }) => name !== 'initialRun')?.value;
      return {
        kind: 'search',
        ...inABox(somebody),
        commandId: data.commandId,
        text: typeof typed === 'string' ? typed.trim() : '',
        skip: data.queryOptions?.skip ?? 0,
        count: Math.min(data.queryOptions?.count ?? 25, 25),
      };
    }
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction': {
      const { data } = dialogSchema.safeParse(activity.value);
      if (data === undefined) return malformed;
      const asked = { ...inABox(somebody), commandId: data.commandId, data: withEmptied(data.data ?? {}) };
      if (activity.name !== 'composeExtension/fetchTask') return { kind: 'propose-dialog-sent', ...asked };
      const message = data.messagePayload?.body;
      return { kind: 'propose-dialog-opened', ...asked, ...(message === undefined ? {} : { message }) };
    }
    default:
      return other;
  }
}

/** How Teams calls that somebody has changed the words of a message; a message that is back is another change of it. */
const edit = 'editMessage';

/**
 * The one door from Teams: what an activity is to Crier. Pure, and never throws. A message in a Teams channel or
 * group chat that does not mention Crier is `other`, before anything of it is logged or stored; so is anything
 * from somebody whom Teams does not name by an object id.
 */
export function readIncoming(activity: Activity): Incoming {
  const botId = activity.recipient?.id;
  const place = placeOf(activity);
  const from = senderOf(activity);
  const [tenantId] = tenantsOf(activity);
  const common = {
    place,
    activityId: activity.id ?? '',
    serviceUrl: activity.serviceUrl,
    ...(tenantId === undefined ? {} : { tenantId }),
    reference: {
      serviceUrl: activity.serviceUrl,
      conversationId: activity.conversation.id,
      activityId: activity.id ?? '',
      botId: botId ?? '',
    },
  };
  const other: Incoming = { kind: 'other', invoke: activity.type === 'invoke' };
  const moved = (kind: 'joined' | 'left'): Incoming => ({
    kind,
    ...common,
    ...(from === undefined ? {} : { from }),
  });

  if (activity.type === 'conversationUpdate') {
    const us = ({ id }: { readonly id: string }): boolean => id === botId;
    if (activity.membersAdded?.some(us) === true) return moved('joined');
    if (activity.membersRemoved?.some(us) === true) return moved('left');
    const others = [...(activity.membersAdded ?? []), ...(activity.membersRemoved ?? [])];
    if (others.length === 0) return other;
    return { kind: 'members-changed', place, serviceUrl: activity.serviceUrl };
  }
  if (activity.type === 'installationUpdate') {
    // `add-upgrade` and `remove-upgrade` are a new version of the app, of which nobody need hear.
    if (activity.action === 'add') return moved('joined');
    return activity.action === 'remove' ? moved('left') : other;
  }
  if (from === undefined) {
    // A message always says whom it is from; a stranger to the directory says it without an object id.
    const ours = activity.type === 'message' || activity.type === 'invoke';
    return ours && activity.from === undefined ? { ...other, malformed: true } : other;
  }
  const somebody: FromSomebody = {
    from,
    ...common,
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
  };
  if (activity.type === 'invoke') return invoked(activity, somebody);
  const { eventType = edit } = activity.channelData ?? {};
  const isEdit = activity.type === 'messageUpdate' && eventType === edit;
  if (activity.type !== 'message' && !isEdit) return other;
  const mentions = mentionsOf(activity);
  const isForUs =
    place.kind === 'personal' ||
    (botId !== undefined && mentions.some((mention) => mention.mentioned.id === botId));
  // A message that was answered may be changed so that it mentions Crier no more.
  if (!isForUs && !isEdit) return other;
  // Without an id a message told twice could not be known for the same.
  if (activity.id === undefined) return other;
  const text = wordsOf(activity, mentions, botId);
  if (isEdit) return { kind: 'edited', ...somebody, text, mentions: isForUs };
  return {
    kind: 'message',
    ...somebody,
    leftBehind: leavesBehind(activity, place),
    text,
    attachments: attachmentsOf(activity),
  };
}

/**
 * What makes a second telling of the same thing the same. A message's key is its conversation and id, also once its
 * words are others. A press's
 * key is who pressed what on which turn of which post, since two quick presses are two activities; inputs do not
 * count where the button names its turn. @returns undefined for what changes nothing
 */
export function keyOf(incoming: Incoming): string | undefined {
  switch (incoming.kind) {
    case 'message':
    case 'edited':
      return canonical(['message', incoming.reference.conversationId, incoming.activityId]);
    case 'press': {
      const { post, turn, part } = incoming.data;
      // A button that names no turn, such as the way back from being away, is another one on every card.
      const pressed =
        turn === undefined
          ? { on: incoming.cardActivityId ?? '', data: incoming.data }
          : { post, turn, part };
      return canonical(['press', incoming.from.aadObjectId, incoming.verb, pressed]);
    }
    case 'propose-dialog-sent':
      return incoming.activityId === ''
        ? canonical(['dialog', incoming.from.aadObjectId, incoming.commandId, incoming.data])
        : canonical(['dialog', incoming.reference.conversationId, incoming.activityId]);
    case 'joined':
    case 'left':
    case 'members-changed':
    case 'search':
    case 'propose-dialog-opened':
    case 'other':
      return undefined;
  }
}

/** Teams also sends the text of a message as an html attachment; that is no file. */
export const isFile = ({ contentType }: Pick<IncomingAttachment, 'contentType'>): boolean =>
  /^(?:image|video)\//u.test(contentType) ||
  contentType === 'application/vnd.microsoft.teams.file.download.info';

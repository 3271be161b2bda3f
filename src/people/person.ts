import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { NewEffect, Refusal } from '../core/change.ts';
import { seconds, type Millis } from '../core/time.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { zoned } from '../protocol/london.ts';
import { offered } from './offered.ts';
import { awaited, photo } from './photo.ts';
import { waitingFile } from './waiting-files.ts';

/**
 * Why somebody hears of many posts in one message: something was held, or is still, posts can go out again, or were
 * stopped; or they did not go out as they were to.
 */
export const heardOfHeld = z.enum(['held', 'still-held', 'resumed', 'stopped', 'late']);
export type HeardOfHeld = z.infer<typeof heardOfHeld>;

const toHear = z.object({
  /** the reviews for which the posts are held: another one each time that a post is; of late ones, what is told of which */
  reviews: z.array(z.string()),
  /** how often more was to be heard of than is kept apart: of everything that is held then */
  more: z.int(),
});
/** Of which posts somebody is still to hear. */
export type ToHear = Readonly<z.infer<typeof toHear>>;

const stateSchema = z.object({
  /** our stable id, the key in the protocol */
  id: z.string(),
  /** the Entra object id, bound on first sight through the roster; from then on it decides who is who */
  objectId: z.string().exactOptional(),
  /** their own chat with Crier */
  chat: z.object({ conversationId: z.string(), serviceUrl: z.string(), userId: z.string() }).exactOptional(),
  awayUntil: z.int().exactOptional(),
  /** a photo that came on its own, to which what comes within ten minutes belongs */
  photo: photo.exactOptional(),
  /** posts into which what comes alone goes, the last asked about at the end */
  awaiting: z.array(awaited).exactOptional(),
  /** files that they sent and that wait for their word */
  files: z.array(waitingFile).exactOptional(),
  /** messages of theirs whose words stand on buttons, the last answered at the end */
  offered: z.array(offered).exactOptional(),
  /** the protocol does not have them any more, and their cards were drawn so */
  left: z.literal(true).exactOptional(),
  /** other object ids that came under this person's name and that the desk has been told of */
  others: z.array(z.string()).exactOptional(),
  /** of which held posts they are still to hear; of what they have heard they do not hear again */
  ofHeld: z.partialRecord(heardOfHeld, toHear).exactOptional(),
});

/** Somebody of the council, as Crier has met them. What they may do stands in the protocol, never here. */
export type PersonState = Readonly<z.infer<typeof stateSchema>>;

/** Found by the account that they sign in with, and by being away. */
export const personKind: AggregateKind<PersonState> = {
  kind: 'person',
  form: 1,
  indexes: {
    'by-object-id': { of: { field: 'objectId', holds: 'one' }, order: 'id', direction: 'ascending' },
    away: { of: { field: 'away', holds: 'one' }, order: 'awayUntil', direction: 'ascending' },
  },
  parse: readsForms('person', { 1: stateSchema }),
  index: (state) => ({
    id: state.id,
    ...(state.objectId === undefined ? {} : { objectId: state.objectId }),
    ...(state.awayUntil === undefined ? {} : { away: 'yes', awayUntil: state.awayUntil }),
  }),
};

/** The id of a person's aggregate; an id of the protocol may hold more than a document id may. */
export const personDocument = (person: string): string => `person-${person}`;

type PersonRefusal =
  | (Refusal<'another-object-id'> & { readonly facts: { readonly person: string } })
  | (Refusal<'nothing-new'> & { readonly facts: Record<never, never> })
  | (Refusal<'time-in-the-past'> & { readonly facts: { readonly at: Millis } });

const met = z.object({
  person: z.string(),
  objectId: z.string(),
  chat: z.object({ conversationId: z.string(), serviceUrl: z.string(), userId: z.string() }).exactOptional(),
});

/** The effect by which every post that waits for somebody hears that they have a chat of their own now. */
export const chatBegins = 'reachable';

/**
 * Meets a person: binds their object id on first sight and keeps where their own chat is. The same name with
 * another object id is refused.
 */
export const meet: Command<PersonState, z.infer<typeof met>, unknown, PersonRefusal> = {
  name: 'person.meet',
  kind: 'person',
  schema: met,
  decide: (before, { person, objectId, chat }) => {
    if (before?.objectId !== undefined && before.objectId !== objectId) {
      return { refused: 'another-object-id', facts: { person } };
    }
    const sameChat =
      chat === undefined ||
      (before?.chat?.conversationId === chat.conversationId && before.chat.serviceUrl === chat.serviceUrl);
    if (before?.objectId === objectId && sameChat) return { refused: 'nothing-new', facts: {} };
    const reachable: readonly NewEffect[] =
      before?.chat === undefined && chat !== undefined
        ? [{ key: chatBegins, type: 'person.reconsider', data: { person }, due: 0 }]
        : [];
    return {
      state: { ...(before ?? { id: person }), objectId, ...(chat === undefined ? {} : { chat }) },
      audit: before?.objectId === undefined ? [{ action: 'person-bound', facts: { person } }] : [],
      effects: reachable,
    };
  },
};

/** How many other object ids of one name are told of; whoever tries more is told of often enough. */
const mostOthers = 20;

/** Somebody came under this person's name with another object id: the desk is told, once for each. */
export const reportOther: Command<
  PersonState,
  { readonly person: string; readonly objectId: string },
  Protocol,
  PersonRefusal
> = {
  name: 'person.report-other',
  kind: 'person',
  schema: z.object({ person: z.string(), objectId: z.string() }),
  decide: (before, { person, objectId }, { now, protocol }) => {
    const known = before?.others ?? [];
    if (before === undefined || known.includes(objectId) || known.length >= mostOthers) {
      return { refused: 'nothing-new', facts: {} };
    }
    return {
      state: { ...before, others: [...known, objectId] },
      audit: [{ action: 'other-account-came', facts: { person } }],
      effects: [...protocol.desk.officers, 'desk'].map((officer) => ({
        key: `tell:${officer}:${String(known.length)}`,
        type: 'person.tell-desk',
        data: { of: person, officer },
        due: now,
      })),
    };
  },
};

/** Their own chat is gone (403, 404): they are met anew when they next say something. */
export const loseChat: Command<PersonState, { readonly conversationId: string }, unknown, PersonRefusal> = {
  name: 'person.lose-chat',
  kind: 'person',
  schema: z.object({ conversationId: z.string() }),
  decide: (before, { conversationId }) => {
    if (before?.chat?.conversationId !== conversationId) return { refused: 'nothing-new', facts: {} };
    const { chat: _gone, ...rest } = before;
    return {
      state: rest,
      audit: [{ action: 'chat-lost', facts: { person: before.id } }],
      effects: [],
    };
  },
};

/** So long more of the same is waited for before somebody hears of it: what comes together is one message. */
const together = seconds(2);

/** Somebody hears that nobody who is asked is here to decide: one message for every post of which they do. */
export const hearNobodyHere: Command<PersonState, Record<never, never>, unknown, PersonRefusal> = {
  name: 'person.hear-nobody-here',
  kind: 'person',
  schema: z.object({}),
  decide: (before, _params, { now }) =>
    before === undefined
      ? { refused: 'nothing-new', facts: {} }
      : {
          state: before,
          audit: [],
          effects: [
            {
              key: 'nobody-here',
              type: 'person.tell-nobody-here',
              data: { person: before.id },
              due: now + together,
            },
          ],
        },
};

/** Of so many posts somebody hears apart; more at once than a message lists are as good as all of them. */
const mostApart = 100;

const hear = z.object({
  about: heardOfHeld,
  /** the review for which the post is held of which they hear, or what of which late post; without it, every post that is held */
  review: z.string().exactOptional(),
  /** all of the posts are held by now, so that nothing is waited for */
  atOnce: z.literal(true).exactOptional(),
});

/** Somebody hears of posts that are held: one message for all of which they do within a moment. */
export const hearOfHeld: Command<PersonState, z.infer<typeof hear>, unknown, PersonRefusal> = {
  name: 'person.hear-of-held',
  kind: 'person',
  schema: hear,
  decide: (before, { about, review, atOnce }, { now }) =>
    before === undefined
      ? { refused: 'nothing-new', facts: {} }
      : {
          state: {
            ...before,
            ofHeld: { ...before.ofHeld, [about]: withReview(before.ofHeld?.[about], review) },
          },
          audit: [],
          effects: [
            {
              key: `of-held:${about}`,
              type: 'person.tell-of-held',
              data: { person: before.id, about },
              due: atOnce === true ? now : now + together,
            },
          ],
        },
};

function withReview(
  { reviews, more }: ToHear = { reviews: [], more: 0 },
  review: string | undefined,
): z.infer<typeof toHear> {
  if (review !== undefined && reviews.includes(review)) return { reviews, more };
  return review === undefined || reviews.length >= mostApart
    ? { reviews, more: more + 1 }
    : { reviews: [...reviews, review], more };
}

const heard = z.object({ about: heardOfHeld, told: toHear });

/** Somebody has heard of those: what came meanwhile is still to be heard. */
export const heardAboutHeld: Command<PersonState, z.infer<typeof heard>, unknown, PersonRefusal> = {
  name: 'person.heard-of-held',
  kind: 'person',
  schema: heard,
  decide: (before, { about, told }) => {
    const { [about]: asked, ...others } = before?.ofHeld ?? {};
    if (before === undefined || asked === undefined) return { refused: 'nothing-new', facts: {} };
    const reviews = asked.reviews.filter((review) => !told.reviews.includes(review));
    const more = Math.max(0, asked.more - told.more);
    const isLeft = reviews.length > 0 || more > 0;
    const { ofHeld: _before, ...rest } = before;
    const ofHeld = isLeft ? { ...others, [about]: { reviews, more } } : others;
    return {
      state: Object.keys(ofHeld).length === 0 ? rest : { ...rest, ofHeld },
      audit: [],
      effects: [],
    };
  },
};

/**
 * Another protocol is in force: whoever has left it, or is back in it, has cards that show them what they may not read
 * any more, or may again.
 */
export const noteProtocol: Command<PersonState, { readonly person: string }, Protocol, PersonRefusal> = {
  name: 'person.note-protocol',
  kind: 'person',
  schema: z.object({ person: z.string() }),
  decide: (before, { person }, { now, protocol }) => {
    const isLeft = protocol.people[person] === undefined;
    if (before === undefined || (before.left === true) === isLeft)
      return { refused: 'nothing-new', facts: {} };
    const { left: _before, ...rest } = before;
    return {
      state: isLeft ? { ...rest, left: true } : rest,
      audit: [{ action: isLeft ? 'left-protocol' : 'back-in-protocol', facts: { person } }],
      effects: [{ key: 'draw-again', type: 'person.draw-again', data: { person }, due: now }],
    };
  },
};

/** The effect by which every post that waits for somebody hears that their absence has ended by its time. */
export const absenceEnds = 'away-over';

const welcomeBack = 'welcome-back';

/** When people begin to work, in the morning: before that nobody is sent what can wait so long. */
const workBegins = '08:00';

/** Now, or that morning where it is night: `away until Friday` ends at midnight. */
function whenPeopleWork(now: Millis): Millis {
  const morning = zoned(now).withPlainTime(workBegins).epochMilliseconds;
  return Math.max(now, morning);
}

/**
 * Somebody's absence has ended by its time, and every post that waits for them has heard of it: they are told what does.
 * Whoever says that they are back is told by the answer.
 */
export const endAbsence: Command<PersonState, Record<never, never>, unknown, PersonRefusal> = {
  name: 'person.absence-over',
  kind: 'person',
  schema: z.object({}),
  decide: (before, _params, { now }) => {
    const until = before?.awayUntil;
    if (before === undefined || until === undefined || until > now)
      return { refused: 'nothing-new', facts: {} };
    const { awayUntil: _over, ...rest } = before;
    return {
      state: rest,
      audit: [{ action: 'absence-over', facts: { person: before.id, until } }],
      effects: [
        { key: welcomeBack, type: 'person.tell-back', data: { person: before.id }, due: whenPeopleWork(now) },
      ],
    };
  },
};

const away = z.object({
  person: z.string(),
  /** null: back now */
  until: z.int().nullable(),
});

/** Says until when a person is away, or that they are back; whoever waits for them hears of it at once. */
export const setAway: Command<PersonState, z.infer<typeof away>, unknown, PersonRefusal> = {
  name: 'person.away',
  kind: 'person',
  schema: away,
  decide: (before, { person, until }, context) => {
    if (until !== null && until <= context.now) return { refused: 'time-in-the-past', facts: { at: until } };
    const { awayUntil: _before, ...rest } = before ?? { id: person };
    const reconsider = (key: string, due: Millis): NewEffect => ({
      key,
      type: 'person.reconsider',
      data: { person },
      due,
    });
    return {
      state: { ...rest, ...(until === null ? {} : { awayUntil: until }) },
      audit: [{ action: until === null ? 'back' : 'away', facts: { person, until } }],
      effects: [
        reconsider('away-changed', context.now),
        ...(until === null ? [] : [reconsider(absenceEnds, until)]),
      ],
      drop: [welcomeBack, ...(until === null ? [absenceEnds] : [])],
    };
  },
};

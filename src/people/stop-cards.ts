import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { Change, NewEffect, Refusal } from '../core/change.ts';
import { withoutThread } from '../core/conversation.ts';
import { idFrom } from '../core/json.ts';

const cardSchema = z.object({
  /** in whose chat it stands; absent: in the desk's Teams channel */
  person: z.string().exactOptional(),
  activityId: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string(),
  /** the newest stop or resume that it knows of */
  known: z.int(),
  /** the stop that it was posted for; earlier releases kept none */
  of: z.int().exactOptional(),
  /** the post that it tells of, where it is about one that the stop holds */
  post: z.string().exactOptional(),
});

/** A card that says what is stopped, and where it stands. */
export type StopCard = Readonly<z.infer<typeof cardSchema>>;

const stateSchema = z.object({
  /** when anything was stopped or resumed last */
  changedAt: z.int(),
  cards: z.array(cardSchema),
});

/** The cards of the stop in force, which all say how it is now. What is stopped, the accounts know. */
export type StopCardsState = Readonly<z.infer<typeof stateSchema>>;

/** There is one. */
export const stopCardsKind: AggregateKind<StopCardsState> = {
  kind: 'stop-cards',
  form: 1,
  indexes: {},
  parse: readsForms('stop-cards', { 1: stateSchema }),
  index: () => ({}),
};

/** The id of the one aggregate. */
export const stopCardsId = 'stop-cards';

/** So many cards are looked after; the oldest go first. */
const mostCards = 500;

type NothingNew = Refusal<'nothing-new'> & { readonly facts: Record<never, never> };
const nothingNew: NothingNew = { refused: 'nothing-new', facts: {} };

const silent = (state: StopCardsState, effects: readonly NewEffect[] = []): Change<StopCardsState> => ({
  state,
  audit: [],
  effects,
});

const show = ({ activityId }: StopCard, due: number): NewEffect => ({
  key: idFrom('show', activityId),
  type: 'stop-cards.show',
  data: { activityId },
  due,
});

/** Whether a newer card in the same place says how it is now: of another stop since, or once more of the same post. */
export function isFollowed(card: StopCard, { cards }: StopCardsState): boolean {
  const later = cards.slice(cards.indexOf(card) + 1).filter((other) => isSamePlace(card, other));
  return later.some(
    ({ of, known, post }) =>
      (of ?? known) > (card.of ?? card.known) || (post !== undefined && post === card.post),
  );
}

const isSamePlace = (one: StopCard, other: StopCard): boolean =>
  one.person === other.person && withoutThread(one.conversationId) === withoutThread(other.conversationId);

/**
 * A card stands there that says what is stopped: it is brought up to date where it is not, and from now on. Older ones in
 * the same place send whoever reads them to it.
 */
export const stopCardStands: Command<StopCardsState, StopCard, unknown, never> = {
  name: 'stop-cards.stands',
  kind: stopCardsKind.kind,
  schema: cardSchema,
  decide: (before = { changedAt: 0, cards: [] }, card, { now }) => {
    const others = before.cards.filter(({ activityId }) => activityId !== card.activityId);
    const stands = { ...card, of: card.known };
    const state = { ...before, cards: [...others, stands].slice(-mostCards) };
    const followed = others.filter((each) => isFollowed(each, state));
    const behind = card.known < before.changedAt ? [stands] : [];
    return silent(
      state,
      [...followed, ...behind].map((each) => show(each, now)),
    );
  },
};

/** Something was stopped or resumed: every card is to say so, and the desk hears of it. */
export const stopChanged: Command<StopCardsState, { readonly at: number }, unknown, NothingNew> = {
  name: 'stop-cards.changed',
  kind: stopCardsKind.kind,
  schema: z.object({ at: z.int() }),
  decide: (before = { changedAt: 0, cards: [] }, { at }, { now }) => {
    if (before.changedAt >= at) return nothingNew;
    const behind = before.cards.filter(({ known }) => known < at);
    return silent({ ...before, changedAt: at }, [
      ...behind.map((card) => show(card, now)),
      { key: 'tell-desk', type: 'stop-cards.tell-desk', data: {}, due: now },
    ]);
  },
};

const shown = z.object({
  activityId: z.string(),
  known: z.int(),
  /** it says that the stop is over: nothing more comes of it */
  isOver: z.boolean(),
});

/** A card was brought up to date. */
export const stopCardShown: Command<StopCardsState, z.infer<typeof shown>, unknown, NothingNew> = {
  name: 'stop-cards.shown',
  kind: stopCardsKind.kind,
  schema: shown,
  decide: (before, { activityId, known, isOver }, { now }) => {
    const card = before?.cards.find((each) => each.activityId === activityId);
    if (before === undefined || card === undefined) return nothingNew;
    const isBehind = known < before.changedAt;
    const cards = before.cards.flatMap((each) =>
      each !== card ? [each] : isOver && !isBehind ? [] : [{ ...card, known }],
    );
    return silent({ ...before, cards }, isBehind ? [show(card, now)] : []);
  },
};

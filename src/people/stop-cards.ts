import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import { readsForms } from '../core/forms.ts';
import type { Change, NewEffect, Refusal } from '../core/change.ts';
import { idFrom } from '../core/json.ts';

const cardSchema = z.object({
  /** in whose chat it stands; absent: in the desk's Teams channel */
  person: z.string().exactOptional(),
  activityId: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string(),
  /** the newest stop or resume that it knows of */
  known: z.int(),
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

/** A card stands there that says what is stopped: it is brought up to date where it is not, and from now on. */
export const stopCardStands: Command<StopCardsState, StopCard, unknown, never> = {
  name: 'stop-cards.stands',
  kind: stopCardsKind.kind,
  schema: cardSchema,
  decide: (before = { changedAt: 0, cards: [] }, card, { now }) => {
    const others = before.cards.filter(({ activityId }) => activityId !== card.activityId);
    const state = { ...before, cards: [...others, card].slice(-mostCards) };
    return silent(state, card.known < before.changedAt ? [show(card, now)] : []);
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

import { z } from 'zod';
import type { AggregateKind, Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import { isDesk, isLead } from '../protocol/people.ts';
import type { Protocol } from '../protocol/protocol.ts';

const stateSchema = z.object({
  /** department id, or `desk` */
  of: z.string(),
  /** the Teams channel's conversation, without a thread */
  conversationId: z.string(),
  serviceUrl: z.string(),
  setBy: z.string(),
  at: z.int(),
});

/** The Teams channel in which a department's approvals, or the desk's, are shown. */
export type PlaceState = Readonly<z.infer<typeof stateSchema>>;

export const placeKind: AggregateKind<PlaceState> = {
  kind: 'place',
  form: 1,
  indexes: { all: { order: 'of', direction: 'ascending' } },
  parse: (state) => stateSchema.parse(state),
  index: (state) => ({ of: state.of }),
};

/** The id of a place's aggregate. */
export const placeId = (of: string): string => `place-${of}`;

type PlaceRefusal =
  | (Refusal<'may-not-choose-channel'> & {
      readonly facts: { readonly of: string; readonly may: readonly string[] };
    })
  | (Refusal<'channel-has-guests'> & { readonly facts: { readonly may: readonly string[] } });

const use = z.object({
  of: z.string(),
  conversationId: z.string(),
  serviceUrl: z.string(),
  /** somebody in the Teams channel is not of the council */
  guests: z.boolean(),
});

/** Shows approvals of a department, or of the desk, in a Teams channel. Leads and the desk; with guests the desk alone. */
export const usePlace: Command<PlaceState, z.infer<typeof use>, Protocol, PlaceRefusal> = {
  name: 'place.use',
  kind: 'place',
  schema: use,
  decide: (_before, { of, conversationId, serviceUrl, guests }, { actor, protocol, now }) => {
    const person = actor.by === 'person' ? actor.person : '';
    const desk = isDesk(person, protocol);
    const leads = of === 'desk' ? [] : (protocol.departments[of]?.leads ?? []);
    if (!desk && !(of !== 'desk' && isLead(person, of, protocol))) {
      return {
        refused: 'may-not-choose-channel',
        facts: { of, may: [...new Set([...leads, ...protocol.desk.officers])] },
      };
    }
    if (guests && !desk) return { refused: 'channel-has-guests', facts: { may: protocol.desk.officers } };
    return {
      state: { of, conversationId, serviceUrl, setBy: person, at: now },
      audit: [{ action: 'channel-chosen', facts: { of, guests } }],
      effects: [],
    };
  },
};

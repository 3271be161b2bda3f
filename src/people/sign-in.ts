import { z } from 'zod';
import type { Command } from '../core/aggregate.ts';
import type { Refusal } from '../core/change.ts';
import type { Actor } from '../core/context.ts';
import { isDesk } from '../protocol/people.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { PersonState } from './person.ts';

/** Why somebody is not let in with a new account, or not by this officer. */
export type SignInRefusal =
  | (Refusal<'may-not-let-in' | 'own-new-account'> & {
      readonly facts: { readonly may: readonly string[] };
    })
  | (Refusal<'no-new-account' | 'newer-account'> & { readonly facts: { readonly person: string } });

/**
 * Which account would be bound: the one that came last under the person's name. Only an officer of the desk lets
 * somebody in anew, and never themself: whoever has taken over an officer's name could else let themself in.
 * @returns how many accounts have come, or why none is let in
 */
export function newAccountOf(
  before: PersonState | undefined,
  person: string,
  actor: Actor,
  { desk }: Pick<Protocol, 'desk'>,
): { readonly ok: true; readonly account: number } | { readonly ok: false; readonly refusal: SignInRefusal } {
  const by = actor.by === 'person' ? actor.person : '';
  const may = desk.officers.filter((officer) => officer !== person);
  if (!isDesk(by, { desk })) return { ok: false, refusal: { refused: 'may-not-let-in', facts: { may } } };
  if (by === person) return { ok: false, refusal: { refused: 'own-new-account', facts: { may } } };
  const account = before?.others?.length ?? 0;
  if (account === 0) return { ok: false, refusal: { refused: 'no-new-account', facts: { person } } };
  return { ok: true, account };
}

const signsIn = z.object({
  person: z.string(),
  /** which of the accounts that came under the name the officer saw on the card, from 1 on */
  account: z.int().positive(),
});

/**
 * Binds a person to the account that came last under their name. The one before is another account from now on, and
 * their own chat is met anew: the old one belongs to the old account.
 */
export const signInAnew: Command<PersonState, z.infer<typeof signsIn>, Protocol, SignInRefusal> = {
  name: 'person.sign-in-anew',
  kind: 'person',
  schema: signsIn,
  decide: (before, { person, account }, { actor, protocol }) => {
    const found = newAccountOf(before, person, actor, protocol);
    if (!found.ok) return found.refusal;
    const objectId = before?.others?.[account - 1];
    if (before === undefined || objectId === undefined || account !== found.account) {
      return { refused: 'newer-account', facts: { person } };
    }
    const { chat: _old, others: _others, ...rest } = before;
    return {
      state: { ...rest, objectId },
      audit: [{ action: 'person-bound-anew', facts: { person } }],
      effects: [],
    };
  },
};

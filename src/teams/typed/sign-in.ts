import { personKnown } from '../../people/known.ts';
import { newAccountOf } from '../../people/sign-in.ts';
import { personByName } from '../../protocol/people.ts';
import { answered } from '../answered.ts';
import { notice } from '../notices.ts';
import type { TypedCommand } from './typed-command.ts';

/** Asks an officer of the desk on a card whether somebody has a new work account. */
export const signIn: TypedCommand = {
  name: 'sign-in',
  run: async (rest, turn, desk) => {
    const rules = desk.rules();
    const found = personByName(rest.replace(/^(?:of|for)\s+/iu, ''), rules);
    if (found === undefined) return notice('whose-sign-in', {});
    const person = found.id;
    const state = await personKnown(desk.executor, person);
    const anew = newAccountOf(state, person, { by: 'person', person: turn.person }, rules);
    if (!anew.ok) return answered(anew.refusal, undefined, turn, desk);
    return { show: 'sign-in', person, account: anew.account };
  },
};

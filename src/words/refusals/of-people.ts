import type { Refusal } from '../../core/change.ts';
import type { SignInRefusal } from '../../people/sign-in.ts';
import type { DeskRules } from '../../posts/post.ts';
import { departmentShort, nameOf, sayPeople } from '../names.ts';
import { onlyTheseCan } from './who-can.ts';

/** The refusals of people and of Teams channels. */
type PeopleRefusal =
  | (Refusal<'another-object-id'> & { readonly facts: { readonly person: string } })
  | (Refusal<'nothing-new'> & { readonly facts: Record<never, never> })
  | (Refusal<'may-not-choose-channel'> & {
      readonly facts: { readonly of: string; readonly may: readonly string[] };
    })
  | SignInRefusal
  | (Refusal<'channel-has-guests'> & { readonly facts: { readonly may: readonly string[] } });

const codes: Readonly<Record<PeopleRefusal['refused'], true>> = {
  'another-object-id': true,
  'nothing-new': true,
  'may-not-choose-channel': true,
  'channel-has-guests': true,
  'may-not-let-in': true,
  'own-new-account': true,
  'no-new-account': true,
  'newer-account': true,
};

/** Whether it is one of people or of Teams channels. */
export function isPeopleRefusal(refusal: Refusal): refusal is PeopleRefusal {
  return Object.hasOwn(codes, refusal.refused);
}

/** Why nothing came of it, and what they can do next. */
export function sayPeopleRefusal(refusal: PeopleRefusal, rules: DeskRules): string {
  switch (refusal.refused) {
    case 'another-object-id':
      return `Somebody else is known to Crier under the name of ${nameOf(refusal.facts.person, rules)}. Please tell ${rules.desk.name}.`;
    case 'nothing-new':
      return 'Nothing has changed, so everything stays as it was.';
    case 'may-not-choose-channel':
      return `You cannot choose the Teams channel of ${departmentShort(refusal.facts.of, rules)}. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'channel-has-guests':
      return `There are guests in this Teams channel, who would read posts before they are public. Only ${sayPeople(refusal.facts.may, rules, 'or')} can choose it all the same.`;
    case 'may-not-let-in':
      return `Only the desk can let somebody in with a new account. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'own-new-account':
      return `Somebody else has to confirm that you have a new account. ${onlyTheseCan(refusal.facts.may, rules)}`;
    case 'no-new-account':
      return `No new account of ${nameOf(refusal.facts.person, rules)} waits to be let in. If they have one, ask them to say hello to me first, then try again.`;
    case 'newer-account':
      return `Something has changed since this card was drawn. Type "sign-in of ${nameOf(refusal.facts.person, rules)}" again.`;
  }
}

import { z } from 'zod';
import { stateOf } from '../core/execute.ts';
import { personDocument } from '../people/person.ts';
import { inUse, mayChooseChannel, placeId, placeKind, placeWord, type PlaceState } from '../people/place.ts';
import { answered } from './answered.ts';
import { accountStates, type Desk } from './desk.ts';
import { notice } from './notices.ts';
import type { Reply } from './reply.ts';
import { stopNow, resumeNow } from './stopping/stop.ts';
import { byPerson, type Inputs, type Turn } from './turn.ts';
import { askToGiveUp } from './typed/use-channel.ts';
import { mayNot } from './stopping/ask.ts';
import { stops } from '../dispatch/account.ts';
import { newestChange, stopInForce } from '../dispatch/access.ts';

/** Shows approvals in this Teams channel from now on. */
export async function confirmPlace(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const of = inputs['of'] ?? '';
  if (turn.where.kind !== 'teams-channel') return notice('only-in-a-channel', {});
  const members = await desk.roster.members(turn.where);
  const guests = members.some((member) => member.isGuest);
  const executed = await desk.executor.execute({
    command: 'place.use',
    id: placeId(of),
    params: {
      of,
      conversationId: turn.where.conversationId,
      serviceUrl: turn.where.serviceUrl,
      guests,
    },
    ...byPerson(turn),
  });
  if (!executed.done) return answered(executed.refusal, undefined, turn, desk);
  return { show: 'channel', of, guests, chosen: true };
}

/** Gives a Teams channel up, or uses it although there are guests; the answer is how it stands now. */
export async function answerPlaces(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const word = placeWord.safeParse(inputs['word']);
  const asked = (inputs['of'] ?? '').split(' ').filter((of) => of !== '');
  if (!word.success || asked.length === 0) return notice('not-mine', {});
  const theirs = asked.filter((of) => mayChooseChannel(turn.person, of, desk.rules()));
  // Of several departments somebody may answer for some: they are asked about those, and nothing is done by halves.
  if (theirs.length > 0 && theirs.length < asked.length) return askToGiveUp(asked, turn.person, desk.rules());
  const after: PlaceState[] = [];
  for (const of of asked) {
    const executed = await desk.executor.execute({
      command: 'place.answer',
      id: placeId(of),
      params: { of, word: word.data },
      ...byPerson(turn),
    });
    if (!executed.done) return answered(executed.refusal, undefined, turn, desk);
    after.push(stateOf(placeKind, executed));
  }
  const used = after.filter((place) => inUse(place) !== undefined);
  const withGuests = used.some(({ guestsAllowed }) => guestsAllowed === true);
  const is = used.length === 0 ? 'given-up' : withGuests ? 'used-with-guests' : 'used-already';
  return { show: 'channel-asked', of: asked, asked: is };
}

/** Binds somebody to the account that came last under their name. */
export async function signInAnew(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const person = inputs['person'] ?? '';
  const account = z.coerce.number().int().positive().safeParse(inputs['account']);
  if (!account.success || desk.rules().people[person] === undefined) return notice('not-mine', {});
  const executed = await desk.executor.execute({
    command: 'person.sign-in-anew',
    id: personDocument(person),
    params: { person, account: account.data },
    ...byPerson(turn),
  });
  if (!executed.done) return answered(executed.refusal, undefined, turn, desk);
  return { show: 'sign-in', person };
}

/** Stops or resumes, once somebody has said yes. */
export async function confirmStop(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const wish = z.enum([...stops, 'resume']).safeParse(inputs['of']);
  if (!wish.success) return notice('not-mine', {});
  const known = z.coerce.number().int().catch(0).parse(inputs['known']);
  return wish.data === 'resume'
    ? await resumeNow(turn, desk, known)
    : await stopNow(wish.data, turn, desk, known);
}

/** Leaves it as it is, once somebody has said no to stopping or resuming: how that is, by then. */
export async function declineStop(inputs: Inputs, turn: Turn, desk: Desk): Promise<Reply> {
  const refused = mayNot(turn, desk);
  if (refused !== undefined) return refused;
  const states = await accountStates(desk);
  const before = stopInForce(states.values());
  if (before !== undefined)
    return { show: 'stop', stop: { is: 'in-force', before, known: newestChange(states.values()) } };
  return notice(inputs['of'] === 'resume' ? 'nothing-stopped' : 'not-stopped', {});
}

import type { NewEffect } from '../../core/change.ts';
import { canonical } from '../../core/json.ts';
import { hours, type Millis } from '../../core/time.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { nextWorkingTime } from '../../protocol/working-time.ts';
import { isAway } from '../deciding/asked.ts';
import { changed } from '../changed.ts';
import { effect, tell } from '../post-effect.ts';
import { byHandTimer } from '../deciding/set-timers.ts';
import type { PostDecision } from '../command.ts';
import { isChangedByHand } from './done-by-hand.ts';
import { handsOf, mayDoByHand, removers } from '../deciding/may.ts';
import type { ByHand, DeskRules, PlannedPart, PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { notDownOf } from '../taking-down/came-down.ts';

/** How long after somebody was asked, or reminded, they are reminded. */
const remindAfter = hours(1);

/** So many reminders that nothing came of; after as long again the desk hears so, once, and nobody is reminded any more. */
const mostReminders = 3;

/** Whether somebody was asked, and reminded, in vain. */
export const isInVain = ({ reminders }: ByHand): boolean => reminders > mostReminders;

/** When the next reminder is due: while people are at work, but for an emergency. */
const remindedAt = ({ revision }: PostState, at: Millis): Millis =>
  revision.urgency === 'emergency' ? at : nextWorkingTime(at);

/** The post with somebody asked: those whom the protocol names and who are here, else the desk. */
export function withAsked(
  post: PostState,
  part: string,
  what: ByHand['what'],
  context: PostContext,
): { readonly post: PostState; readonly people: readonly string[]; readonly effects: readonly NewEffect[] } {
  const people = askedNow(post, part, { what, people: [], reminders: 0 }, context);
  const entry: ByHand = { what, people, since: context.now, reminders: 0 };
  return {
    post: { ...post, byHand: { ...post.byHand, [part]: entry } },
    people,
    effects: [reminder(post, part, context.now)],
  };
}

/** The post with those told who were to post old words by hand: what they post from now on says it right. */
export function withNewWords(
  post: PostState,
  before: readonly PlannedPart[],
  context: PostContext,
): { readonly post: PostState; readonly effects: readonly NewEffect[] } {
  const planned = 'plan' in post.status ? post.status.plan.parts : [];
  const bytesOf = (parts: readonly PlannedPart[], part: string) =>
    parts.find(({ key }) => key === part)?.bytes;
  const anew = Object.entries(post.byHand ?? {}).filter(
    ([part, { what }]) => what === 'post' && bytesOf(planned, part) !== bytesOf(before, part),
  );
  if (anew.length === 0) return { post, effects: [] };
  const since = context.now;
  const entries = anew.map(([part, entry]): [string, ByHand] => [part, { ...entry, since, reminders: 0 }]);
  const people = [...new Set(anew.flatMap((each) => each[1].people))];
  return {
    post: { ...post, byHand: { ...post.byHand, ...Object.fromEntries(entries) } },
    effects: [...anew.map(([part]) => reminder(post, part, since)), ...tell(people, 'new-words', since)],
  };
}

/** The post with nobody asked to change these parts to the words of an earlier correction: they are asked anew. */
export function withoutChanges(post: PostState, parts: readonly string[]): PostState {
  const { byHand = {}, ...rest } = post;
  const left = Object.entries(byHand).filter(
    ([part]) => !(parts.includes(part) && isChangedByHand(post, part)),
  );
  return left.length === 0 ? rest : { ...rest, byHand: Object.fromEntries(left) };
}

const reminder = (post: PostState, part: string, now: Millis): NewEffect =>
  reminderAt(part, remindedAt(post, now + remindAfter));

const reminderAt = (part: string, due: Millis): NewEffect =>
  effect(byHandTimer(part), { type: 'post.timer', data: { what: 'by-hand', review: part } }, due);

/**
 * Who is asked now: of those who were asked whoever is here, so that nobody else does it beside them; else whoever the
 * protocol names, else the desk. After a reminder that nothing came of, the desk as well.
 */
function askedNow(
  post: PostState,
  part: string,
  { what, people, reminders, cannot }: Omit<ByHand, 'since'>,
  { protocol, now }: PostContext,
): readonly string[] {
  if (cannot === true) return [];
  const isHere = (person: string): boolean => !isAway(person, protocol, now);
  const { officers } = protocol.desk;
  if (what === 'remove' && notDownOf(post).some(([key]) => key === part)) {
    const wanted = wantedItDown(post, protocol);
    // It is public all the while: where none of them is here, whoever else may take it down.
    const others = wanted.some(isHere) ? [] : removers(protocol).filter(isHere);
    return [...new Set([...wanted, ...others])];
  }
  const hands = handsOf(post, accountOf(part), protocol);
  const still = people.filter((person) => hands.includes(person) || officers.includes(person));
  const inTurn = reminders > 1 ? [[...new Set([...hands, ...officers])]] : [still, hands, officers];
  return inTurn.map((each) => each.filter(isHere)).find((here) => here.length > 0) ?? officers;
}

/** Who hears that Crier could not take it down: the desk, and whoever took it down, while they still may. */
function wantedItDown({ status }: PostState, rules: DeskRules): readonly string[] {
  const by = status.is === 'taken-down' ? [status.by] : [];
  return [...new Set([...rules.desk.officers, ...by.filter((person) => removers(rules).includes(person))])];
}

/** The post with whoever is to be asked now, where somebody has gone away or is back; who takes over is told. */
export function withHandsNow(
  post: PostState,
  context: PostContext,
): { readonly post: PostState; readonly effects: readonly NewEffect[] } {
  const { post: now, changes, effects } = handsNow(post, context);
  const over = changes.flatMap(({ joined }) => joined);
  return { post: now, effects: [...effects, ...tell([...new Set(over)], 'takes-over', context.now)] };
}

/**
 * Another protocol names others who do by hand what somebody was asked to: they are asked at once, and whoever was asked
 * before, and may not do it any more, hears that they need not. Undefined: the same people are asked.
 */
export function askedUnderProtocol(post: PostState, context: PostContext): PostDecision | undefined {
  const { now, protocol } = context;
  const { post: asked, changes, effects } = handsNow(post, context);
  if (changes.length === 0) return undefined;
  const joined = new Set(changes.flatMap((change) => change.joined));
  // Whoever might do it still was asked because others were away: the protocol names nobody in their place.
  const unnamed = changes.flatMap(({ part, left }) =>
    left.filter((person) => !mayDoByHand(post, part, person, protocol)),
  );
  const left = new Set(unnamed.filter((person) => !joined.has(person)));
  return changed(
    {
      post: asked,
      audit: changes.map(({ part, what, people }) => ({
        action: 'asked-by-hand',
        facts: { part, what, people },
      })),
      effects: [
        ...effects,
        ...tell([...joined], 'by-hand', now),
        ...tell(
          [...left].filter((person) => !isAway(person, protocol, now)),
          'others-by-hand',
          now,
        ),
      ],
    },
    context,
  );
}

/**
 * Who is to say whether something was done by hand that is not to be done now, by another protocol: whoever may not say so
 * any more hears that, and where nobody who was asked may, the desk is to find it out. One part at a time.
 */
export function saidUnderProtocol(post: PostState, context: PostContext): PostDecision | undefined {
  const { now, protocol } = context;
  for (const [part, entry] of Object.entries(post.wasByHand ?? {})) {
    const { deskSays, ...asked } = entry;
    const may = asked.people.filter((person) => mayDoByHand(post, part, person, protocol));
    const isDesks = may.length === 0;
    if (isDesks ? deskSays === true : deskSays !== true && may.length === asked.people.length) continue;
    const next: ByHand = isDesks ? { ...asked, deskSays: true } : { ...asked, people: may };
    const left = asked.people.filter((person) => !may.includes(person));
    const people = isDesks ? protocol.desk.officers : may;
    return changed(
      {
        post: { ...post, wasByHand: { ...post.wasByHand, [part]: next } },
        audit: [{ action: 'asked-whether-done', facts: { part, what: asked.what, people } }],
        effects: [
          ...(deskSays === true ? tell(may, 'do-not-post', now) : tell(left, 'others-by-hand', now)),
          ...(isDesks ? tell(people, 'whether-done', now) : []),
        ],
      },
      context,
    );
  }
  return undefined;
}

/** A part that others are to do by hand now, and who of them was not asked before, or is not any more. */
interface HandsChanged extends Pick<ByHand, 'what' | 'people'> {
  readonly part: string;
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

function handsNow(
  post: PostState,
  context: PostContext,
): {
  readonly post: PostState;
  readonly changes: readonly HandsChanged[];
  readonly effects: readonly NewEffect[];
} {
  const { byHand } = post;
  if (byHand === undefined) return { post, changes: [], effects: [] };
  const changes = Object.entries(byHand).flatMap(([part, entry]): HandsChanged[] => {
    const people = askedNow(post, part, entry, context);
    const joined = people.filter((person) => !entry.people.includes(person));
    const left = entry.people.filter((person) => !people.includes(person));
    return joined.length + left.length === 0 ? [] : [{ part, what: entry.what, people, joined, left }];
  });
  const isOver = (part: string): boolean => {
    const entry = byHand[part];
    return entry !== undefined && isInVain(entry);
  };
  // Whoever is newly asked is reminded, be it that those before them were in vain.
  const begun = changes.flatMap(({ part, joined }) => (isOver(part) && joined.length > 0 ? [part] : []));
  const anew = changes.flatMap(({ part, people }): [string, ByHand][] => {
    const entry = byHand[part];
    const reminders = begun.includes(part) ? { reminders: 0 } : {};
    return entry === undefined ? [] : [[part, { ...entry, people, ...reminders }]];
  });
  return {
    post: { ...post, byHand: { ...byHand, ...Object.fromEntries(anew) } },
    changes,
    effects: begun.map((part) => reminder(post, part, context.now)),
  };
}

/**
 * Reminds those who have not done it, while they are at work; once that has not helped, or where nobody is left, the desk
 * is asked too. Where nothing comes of that either, it hears so once.
 */
export function remindByHand(post: PostState, part: string, context: PostContext): PostDecision {
  const entry = post.byHand?.[part];
  if (entry === undefined || entry.cannot === true) return refusePost('settled-already', {});
  const { now, protocol } = context;
  const due = remindedAt(post, now);
  if (due > now) return { state: post, audit: [], effects: [reminderAt(part, due)] };
  const reminders = entry.reminders + 1;
  if (reminders > mostReminders) {
    const { officers } = protocol.desk;
    const here = officers.filter((person) => !isAway(person, protocol, now));
    const desk = here.length === 0 ? officers : here;
    return {
      state: { ...post, byHand: { ...post.byHand, [part]: { ...entry, reminders } } },
      audit: [{ action: 'reminded-by-hand', facts: { part, people: desk } }],
      effects: tell(desk, 'by-hand-in-vain', now),
    };
  }
  const people = askedNow(post, part, { ...entry, reminders }, context);
  const reminded: PostState = {
    ...post,
    byHand: { ...post.byHand, [part]: { ...entry, people, reminders } },
  };
  const audit = [{ action: 'reminded-by-hand', facts: { part, people } }];
  const effects = [reminder(post, part, now), ...tell(people, 'by-hand', now)];
  // Where the same people are asked, no card says anything else, and somebody may just be pasting the link on one.
  return canonical(people) === canonical(entry.people)
    ? { state: reminded, audit, effects }
    : changed({ post: reminded, audit, effects }, context);
}

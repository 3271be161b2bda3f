import { crier } from '../core/context.ts';
import { withoutThread } from '../core/conversation.ts';
import { z } from 'zod';
import type { Executor } from '../core/execute.ts';
import { handler, type BoundHandler, type Outcome } from '../core/handler.ts';
import { seconds, type Millis } from '../core/time.ts';
import { deskIsTold, type Connection } from '../dispatch/access.ts';
import { accountId, accountKind } from '../dispatch/account.ts';
import { channelInUse, personKnown } from '../people/known.ts';
import {
  hearNobodyHere,
  hearOfHeld,
  heardAboutHeld,
  heardOfHeld,
  personDocument,
  personKind,
  type HeardOfHeld,
  type ToHear,
} from '../people/person.ts';
import { placeKind } from '../people/place.ts';
import type { StopCard } from '../people/stop-cards.ts';
import { heardWithin, leftPart, lookedEvery, type LeftPart } from '../people/what-left.ts';
import { askedAndHere } from '../posts/deciding/asked.ts';
import { reachedInPerson } from '../posts/telling/copies.ts';
import { isHeldTelling, isToldTogether, lateName, tellings, stillSo } from '../posts/telling/tellings.ts';
import { mayEdit, maySee, removers } from '../posts/deciding/may.ts';
import { accountsOfPost } from '../posts/stopping/stop-of-post.ts';
import type { StopOfPost } from '../posts/stopping/stop-of-post.ts';
import { statesOf, stopOf } from '../posts/stopping/stopped.ts';
import { postKind } from '../posts/kind.ts';
import type { DeskRules, PostState } from '../posts/post.ts';
import { isDesk } from '../protocol/people.ts';
import type { AccountEntry } from '../protocol/protocol.ts';
import { blockedWords, expiringWords } from '../words/accounts.ts';
import { channelClosedWords } from '../words/teams-channels.ts';
import { emergencyNotOutWords, emergencySinceWords } from '../words/emergency-out.ts';
import { emergencyStoppedWords } from '../words/emergency-stopped.ts';
import { otherAccountWords } from '../words/people.ts';
import { emergencyHeldWords } from '../words/stopped.ts';
import { heldAloneWords } from '../words/held-for.ts';
import { askedInChannelWords, tellWords } from '../words/told.ts';
import { channelAnswersCard } from './cards/answer-cards.ts';
import type { Content, Courier, Place } from './courier.ts';
import { closeChannel } from './guests.ts';
import { tryAgainAfter } from './not-sent.ts';

/** A conversation that there is. */
type Known = Exclude<Place, { readonly kind: 'personal-new' }>;

/** What somebody is told, and who looks after the card of it. */
interface Told {
  readonly content: Content;
  readonly stands?: (at: Omit<StopCard, 'known'>) => Promise<void>;
}

/** What telling people stands on. */
export interface TellParts {
  readonly executor: Executor;
  readonly courier: Courier;
  readonly mayPost: (conversationId: string) => Promise<{ readonly wait: Millis } | undefined>;
  readonly rules: () => DeskRules;
  readonly clock: () => Millis;
  readonly connectionOf: (account: AccountEntry) => Connection;
  /** the list of posts of which somebody hears that nobody who is asked is here; undefined where there are none */
  readonly nobodyHere: (person: string) => Promise<Content | undefined>;
  /** those of the held or late posts to be heard of that concern somebody; undefined where none does by then */
  readonly ofHeld: (person: string, about: HeardOfHeld, toHear: ToHear) => Promise<Told | undefined>;
  /** the same of an emergency that a stop holds, to whoever may lift that */
  readonly ofEmergency: (
    person: string,
    held: { readonly post: PostState; readonly stop: StopOfPost; readonly edit: boolean },
  ) => Promise<Told | undefined>;
  /** what became of what was still on its way as somebody stopped posts, and whether that is known of all of it */
  readonly whatLeft: (
    person: string,
    parts: readonly LeftPart[],
  ) => Promise<{ readonly content: Content | undefined; readonly isKnown: boolean }>;
  /** what waits for somebody who is back; undefined where nothing does */
  readonly welcomeBack: (person: string) => Promise<Content | undefined>;
}

/**
 * Messages that point at what an updated card would not: Teams tells nobody that a card has changed. At least
 * once, as every message to Teams.
 */
export function tellHandlers(parts: TellParts): readonly BoundHandler[] {
  return [
    tellHandler(parts),
    tellWhatThereIs(parts, 'person.tell-nobody-here', parts.nobodyHere),
    // Nobody reminds them of what was late while they were away.
    tellWhatThereIs(parts, 'person.tell-back', parts.welcomeBack),
    tellOfHeldHandler(parts),
    tellWhatLeftHandler(parts),
    tellChannelHandler(parts),
    tellDeskHandler(parts),
    tellOfAccountHandler(parts),
    tellClosedHandler(parts),
  ];
}

function tellHandler(parts: TellParts): BoundHandler {
  const { executor, rules, clock } = parts;
  return handler({
    type: 'post.tell',
    schema: z.object({
      person: z.string(),
      about: z.enum(tellings),
      late: z.literal(true).exactOptional(),
    }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { person, about, late } = run.data;
      const post = await run.load(postKind);
      if (post === undefined) return { outcome: 'done' };
      // What has been settled meanwhile is not told any more.
      if (!stillSo(post, about, person, rules(), clock())) return { outcome: 'done' };
      if (late === true || isToldTogether(about, post)) {
        // Of many posts at once: that is one message.
        const hears =
          about === 'all-away'
            ? { command: hearNobodyHere.name, params: {} }
            : {
                command: hearOfHeld.name,
                params:
                  late === true
                    ? { about: 'late', review: lateName(about, post.id) }
                    : { about, ...reviewOf(post) },
              };
        await executor.execute({ ...hears, id: personDocument(person), actor: crier });
        return { outcome: 'done' };
      }
      const own = await placeOf(parts, person);
      if (own === undefined) return { outcome: 'done' };
      if (isHeldTelling(about)) {
        if (!maySee(post, person, rules())) return { outcome: 'done' };
        const words = heldAloneWords(post, about, person, rules(), clock());
        return await sent(parts, own, { text: words }, signal);
      }
      if (about === 'emergency-stopped')
        return await sent(
          parts,
          own,
          { text: emergencyStoppedWords(post, person, rules(), clock()) },
          signal,
        );
      if (about === 'emergency-not-out' || about === 'emergency-since') {
        const words = about === 'emergency-not-out' ? emergencyNotOutWords : emergencySinceWords;
        const states = await statesOf(accountsOfPost(post), executor);
        return await sent(parts, own, { text: words(post, states, rules(), clock()) }, signal);
      }
      if (about !== 'emergency-held')
        return await sent(parts, own, { text: tellWords(post, about, person, rules(), clock()) }, signal);
      const stop = await stopOf(post, parts);
      // Once it is lifted they hear that it can go out again.
      if (stop === undefined) return { outcome: 'done' };
      const edit = mayEdit(post, person, rules());
      if (removers(rules()).includes(person))
        return await showThem(
          parts,
          person,
          async () => await parts.ofEmergency(person, { post, stop, edit }),
          signal,
        );
      const said = emergencyHeldWords(post, stop, { resume: false, edit }, rules(), clock());
      return await sent(parts, own, { text: [said.title, ...said.lines].join('. ') }, signal);
    },
  });
}

/** For which review a post is held: another one each time. */
const reviewOf = ({ status }: PostState): { readonly review?: string } =>
  status.is === 'held' ? { review: status.review.id } : {};

const ofPerson = z.object({ person: z.string() });

/** Shows somebody in their own chat what there is for them by then; nothing where nothing is. */
const tellWhatThereIs = (
  parts: TellParts,
  type: 'person.tell-nobody-here' | 'person.tell-back',
  forThem: (person: string) => Promise<Content | undefined>,
): BoundHandler =>
  handler({
    type,
    schema: ofPerson,
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal) => await showThem(parts, run.data.person, forThem, signal),
  });

/** The same for posts that are held: what was told is told no more, committed with the end of this. */
function tellOfHeldHandler(parts: TellParts): BoundHandler {
  return handler({
    type: 'person.tell-of-held',
    schema: ofPerson.extend({ about: heardOfHeld }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { person, about } = run.data;
      // What comes while this is under way is asked for again, and told by the next run.
      const toHear = (await run.load(personKind))?.ofHeld?.[about];
      if (toHear === undefined) return { outcome: 'done' };
      const forThem = async (them: string) => await parts.ofHeld(them, about, toHear);
      const outcome = await showThem(parts, person, forThem, signal);
      return outcome.outcome === 'done' ? { outcome: 'done', value: toHear } : outcome;
    },
    settled: ({ id, data: { about } }, outcome) =>
      outcome.outcome === 'done' && outcome.value !== undefined
        ? { command: heardAboutHeld.name, id, params: { about, told: outcome.value } }
        : undefined,
  });
}

/** Waits until it is known what became of what was on its way, and tells whoever stopped it. */
function tellWhatLeftHandler(parts: TellParts): BoundHandler {
  return handler({
    type: 'person.tell-what-left',
    schema: ofPerson.extend({ at: z.int(), parts: z.array(leftPart) }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { person, at, parts: left } = run.data;
      const { content, isKnown } = await parts.whatLeft(person, left);
      if (!isKnown && parts.clock() < at + heardWithin) return { outcome: 'retry', after: lookedEvery };
      return await showThem(parts, person, async () => await Promise.resolve(content), signal);
    },
  });
}

async function showThem(
  parts: TellParts,
  person: string,
  forThem: (person: string) => Promise<Told | Content | undefined>,
  signal: AbortSignal,
): Promise<Outcome> {
  const own = await placeOf(parts, person);
  const told = own === undefined ? undefined : await forThem(person);
  if (own === undefined || told === undefined) return { outcome: 'done' };
  if (!('content' in told)) return await sent(parts, own, told, signal);
  return await sent(parts, own, told.content, signal, async (activityId, conversationId) => {
    await told.stands?.({ person, activityId, conversationId, serviceUrl: own.serviceUrl });
  });
}

/** Under the post's own card: the one thread of a Teams channel whose followers it concerns. */
function tellChannelHandler(parts: TellParts): BoundHandler {
  const { executor, rules, clock } = parts;
  return handler({
    type: 'post.tell-channel',
    schema: z.object({ of: z.string(), people: z.array(z.string()) }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { of, people } = run.data;
      const post = await run.load(postKind);
      const card = post?.copies.find(({ key }) => key === `channel:${of}`);
      const place = await channelInUse(executor, of);
      if (post === undefined || card?.posted === undefined || place === undefined) return { outcome: 'done' };
      // It stands in one that was used before, and is about to come to this one.
      if (withoutThread(card.posted.conversationId) !== place.conversationId) return { outcome: 'done' };
      const asked = askedAndHere(post, rules(), clock()).filter((person) => people.includes(person));
      // Whoever has had no card yet may have a chat all the same.
      if (asked.some((person) => reachedInPerson(post, person) === undefined)) {
        return { outcome: 'retry', after: seconds(5) };
      }
      const unreached = asked.filter((person) => reachedInPerson(post, person) === false);
      if (unreached.length === 0) return { outcome: 'done' };
      const { conversationId, serviceUrl } = place;
      const thread: Known = {
        kind: 'teams-channel',
        conversationId,
        serviceUrl,
        thread: card.posted.activityId,
      };
      const text = askedInChannelWords(post, unreached, rules(), clock());
      return await sent(parts, thread, { text }, signal);
    },
  });
}

function tellDeskHandler(parts: TellParts): BoundHandler {
  const { rules } = parts;
  return handler({
    type: 'person.tell-desk',
    schema: z.object({ of: z.string(), officer: z.string() }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { of, officer } = run.data;
      const place = await placeOf(parts, officer);
      if (place === undefined) return { outcome: 'done' };
      return await sent(parts, place, { text: otherAccountWords(of, rules()) }, signal);
    },
  });
}

/**
 * Tells the desk, once, that an account refuses us or soon will; not any more when it is well again meanwhile. In
 * its Teams channel, or where it has chosen none, to each officer.
 */
function tellOfAccountHandler(parts: TellParts): BoundHandler {
  const { executor, rules, clock, connectionOf } = parts;
  return handler({
    type: 'account.tell-desk',
    schema: z.object({ account: z.string(), officer: z.string(), about: deskIsTold.default('blocked') }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { account, officer, about } = run.data;
      const entry = rules().accounts[account];
      const state = (await executor.load(accountKind, accountId(account)))?.state;
      if (entry === undefined || state?.[about] === undefined) return { outcome: 'done' };
      const ofDesk = await placeOf(parts, 'desk');
      const place = officer === 'desk' ? ofDesk : await placeOf(parts, officer);
      if (place === undefined || (officer !== 'desk' && ofDesk !== undefined)) return { outcome: 'done' };
      const shown = { entry, state, connection: connectionOf(entry) };
      const words = about === 'blocked' ? blockedWords : expiringWords;
      const outcome = await sent(parts, place, { text: words(shown, rules(), clock()) }, signal);
      if (officer !== 'desk' || outcome.outcome !== 'done' || outcome.value !== 'gone') return outcome;
      await closeChannel({ of: 'desk', conversationId: place.conversationId }, 'gone', executor);
      return outcome;
    },
    // Each officer hears in person then: committed with the end of this, so that nothing is lost between.
    settled: ({ id, data: { account, about } }, outcome) =>
      outcome.outcome === 'done' && outcome.value === 'gone'
        ? { command: 'account.tell-officers', id, params: { account, about } }
        : undefined,
  });
}

/** Tells who has to know, once, that a Teams channel is not used any more; the desk is asked about guests on a card. */
function tellClosedHandler(parts: TellParts): BoundHandler {
  return handler({
    type: 'place.tell-closed',
    schema: z.object({ person: z.string() }),
    deadline: seconds(20),
    onLostLease: 'again',
    run: async (run, signal): Promise<Outcome> => {
      const { person } = run.data;
      const closed = await run.load(placeKind);
      const why = closed?.closed?.why;
      const own = await placeOf(parts, person);
      if (closed === undefined || why === undefined || why === 'given-up' || own === undefined)
        return { outcome: 'done' };
      const rules = parts.rules();
      const content =
        why === 'guests' && isDesk(person, rules)
          ? channelAnswersCard([closed.of], 'has-guests', rules)
          : { text: channelClosedWords(closed.of, why, rules) };
      return await sent(parts, own, content, signal);
    },
  });
}

/** Somebody's own chat, while the protocol has them, or the desk's Teams channel for `desk`. */
async function placeOf(
  { executor, rules }: Pick<TellParts, 'executor' | 'rules'>,
  officer: string,
): Promise<Known | undefined> {
  if (officer === 'desk') {
    const place = await channelInUse(executor, 'desk');
    if (place === undefined) return undefined;
    const { conversationId, serviceUrl } = place;
    return { kind: 'teams-channel', conversationId, serviceUrl };
  }
  if (rules().people[officer] === undefined) return undefined;
  const chat = (await personKnown(executor, officer))?.chat;
  if (chat === undefined) return undefined;
  const { conversationId, serviceUrl } = chat;
  return { kind: 'personal', conversationId, serviceUrl };
}

async function sent(
  { courier, mayPost }: TellParts,
  place: Known,
  content: Content,
  signal: AbortSignal,
  stands?: (activityId: string, conversationId: string) => Promise<void>,
): Promise<Outcome> {
  const wait = await mayPost(place.conversationId);
  if (wait !== undefined) return { outcome: 'retry', after: wait.wait };
  const outcome = await courier.post(place, content, signal);
  if (outcome.sent) await stands?.(outcome.activityId, outcome.conversationId);
  if (outcome.sent || outcome.why === 'too-large') return { outcome: 'done' };
  if (outcome.why === 'gone') return { outcome: 'done', value: 'gone' };
  return { outcome: 'retry', after: tryAgainAfter(outcome) };
}

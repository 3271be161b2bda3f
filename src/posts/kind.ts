import type { AggregateKind } from '../core/aggregate.ts';
import { withoutThread } from '../core/conversation.ts';
import { readsForms } from '../core/forms.ts';
import { idFrom } from '../core/json.ts';
import { shownLater } from '../dispatch/together.ts';
import { isRefused } from '../dispatch/publication.ts';
import { accountOf } from '../dispatch/thread.ts';
import type { Remote } from '../networks/network.ts';
import { askedNow, stageTimes } from '../approval/review.ts';
import { rankOf } from './stopping/held-emergency.ts';
import { channelsToShowIn } from './telling/copies.ts';
import { bytesOf } from './writing/media.ts';
import { waitsForTheDesk } from './correcting/fresh-decision.ts';
import { reviewAwaited } from './deciding/reviews.ts';
import { opensTo } from './deciding/who-reads.ts';
import { hasToBeChanged } from './leaving/to-go-out.ts';
import { isHoldable } from './stopping/what-a-hold-stops.ts';
import { unclearParts } from './leaving/unclear.ts';
import { publicationsOf, publicSince } from './leaving/what-is-public.ts';
import type { PostState } from './post.ts';
import type { Revision } from './writing/revision.ts';
import { redactPost } from './erasing/redact.ts';
import { postSchema } from './schema.ts';
import { stillToComeDown } from './taking-down/came-down.ts';
import { accountsWaitedFor } from './leaving/waits-for-account.ts';

/** How posts are kept, listed and found. */
export const postKind: AggregateKind<PostState> = {
  kind: 'post',
  // Form 2 keeps what attempts sent. A release that lost that would post it a second time.
  form: 2,
  indexes: {
    /** posts of a department, the last changed first */
    'of-department': {
      of: { field: 'department', holds: 'one' },
      order: 'changedAt',
      direction: 'descending',
    },
    /** posts somebody wrote, the last changed first */
    'of-author': { of: { field: 'author', holds: 'one' }, order: 'changedAt', direction: 'descending' },
    /** the last changed first, for the desk */
    newest: { order: 'changedAt', direction: 'descending' },
    /** posts whose next step is a person's, the most pressing first */
    'waiting-for': { of: { field: 'waitingFor', holds: 'each' }, order: 'decideBy', direction: 'ascending' },
    /** what a hold of everything stops (`yes`), what is held (`held`), and what is sent by a press alone (`again`), which earlier releases did not list */
    holdable: { of: { field: 'holdable', holds: 'one' }, order: 'changedAt', direction: 'ascending' },
    /** what a hold of everything stops, by each of its flags: some flags let it pass */
    'holdable-flagged': {
      of: { field: 'holdableFlags', holds: 'each' },
      order: 'changedAt',
      direction: 'ascending',
    },
    /** what goes out or went out, by its time */
    calendar: { of: { field: 'onCalendar', holds: 'one' }, order: 'goesOut', direction: 'ascending' },
    /** what stands where, so that an unclear attempt does not claim what another publication is */
    'stands-as': { of: { field: 'standsAs', holds: 'each' }, order: 'changedAt', direction: 'ascending' },
    /** posts with a picture or video, by the hash of any bytes that are kept for it: where it is used */
    'with-media': { of: { field: 'media', holds: 'each' }, order: 'changedAt', direction: 'descending' },
    /** posts of which nobody can tell yet whether something arrived, is gone or is changed. Earlier releases listed what left alone */
    unclear: { of: { field: 'unclear', holds: 'one' }, order: 'changedAt', direction: 'ascending' },
    /** posts of which what is public is still to come down: no stop keeps it from that. Earlier releases listed what is to be changed as well, and not what comes down by hand */
    changing: { of: { field: 'changing', holds: 'one' }, order: 'changedAt', direction: 'ascending' },
    /** posts that show a card in a place where nobody could be reached until now */
    unreached: { of: { field: 'unreached', holds: 'each' }, order: 'changedAt', direction: 'ascending' },
    /** posts with a card in the Teams channel of a department or the desk, or to have one there, and in a thread of one */
    'in-channel': {
      of: { field: 'inChannels', holds: 'each' },
      order: 'changedAt',
      direction: 'descending',
    },
    /** posts by what lets others than its service read them, for searches. Earlier releases did not list it */
    'open-to': { of: { field: 'openTo', holds: 'each' }, order: 'changedAt', direction: 'descending' },
    /** posts in which somebody is asked, by the protocol under which those who are may decide */
    'asked-under': { of: { field: 'asks', holds: 'one' }, order: 'askedUnder', direction: 'ascending' },
    /** posts of which somebody was told that nobody who is asked is here: it matters to them who else is away */
    'told-all-away': {
      of: { field: 'allAway', holds: 'each' },
      order: 'changedAt',
      direction: 'ascending',
    },
    /** posts of which something waits until an account is connected again, by each such account */
    'waits-for-account': {
      of: { field: 'waitsForAccounts', holds: 'each' },
      order: 'changedAt',
      direction: 'ascending',
    },
  },
  search: { order: 'changedAt' },
  parse: readsForms('post', { 1: postSchema, 2: postSchema }),
  index: (post) => {
    const waiting = waitingFor(post);
    const goesOut = timeOut(post);
    const unreached = post.copies.flatMap((copy) =>
      copy.unreachable !== undefined && copy.to.kind === 'person' ? [copy.to.person] : [],
    );
    const inChannels = channelsWith(post);
    const accounts = accountsWaitedFor(post);
    const openTo = opensTo(post);
    const standing = Object.entries(publicationsOf(post)).flatMap(([part, publication]) =>
      publication.is === 'published' || publication.is === 'removing'
        ? [standsAs(accountOf(part), publication.remote)]
        : [],
    );
    return {
      author: post.author,
      changedAt: post.changedAt,
      ...(post.department === undefined ? {} : { department: post.department }),
      ...(waiting.people.length === 0 ? {} : { waitingFor: waiting.people, decideBy: waiting.by }),
      ...(isHoldable(post)
        ? { holdable: 'yes' }
        : post.status.is === 'held'
          ? { holdable: 'held' }
          : isSentByPress(post)
            ? { holdable: 'again' }
            : {}),
      ...(isHoldable(post) && post.revision.flags.length > 0 ? { holdableFlags: post.revision.flags } : {}),
      ...(goesOut === undefined ? {} : { onCalendar: 'yes', goesOut }),
      ...(unreached.length === 0 ? {} : { unreached }),
      ...(post.allAway === undefined ? {} : { allAway: post.allAway }),
      ...(post.askedUnder === undefined ? {} : { asks: 'yes', askedUnder: post.askedUnder }),
      ...(post.revision.media.length === 0
        ? {}
        : { media: [...new Set(post.revision.media.flatMap(bytesOf))] }),
      ...(standing.length === 0 ? {} : { standsAs: standing }),
      ...(unclearParts(post).length > 0 ? { unclear: 'yes' } : {}),
      ...(stillToComeDown(post).length > 0 ? { changing: 'yes' } : {}),
      ...(inChannels.length === 0 ? {} : { inChannels }),
      ...(accounts.length === 0 ? {} : { waitsForAccounts: accounts }),
      ...(openTo.length === 0 ? {} : { openTo }),
    };
  },
  words: ({ number, revision }) => {
    const known = wordsOf.get(revision);
    if (known !== undefined) return known;
    const words = [
      String(number),
      ...([revision.text, revision.headline, ...Object.values(revision.variants)]
        .join(' ')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.slice(0, 300) ?? []),
    ];
    wordsOf.set(revision, words);
    return words;
  },
  redact: redactPost,
};

/** A revision never changes, and neither do the number of its post and the words that it is found by. */
const wordsOf = new WeakMap<Revision, readonly string[]>();

/** Whether somebody may still send what an account refused, and nobody has left, or what nobody can tell of. */
const isSentByPress = (post: PostState): boolean =>
  post.status.is !== 'taken-down' &&
  Object.values(publicationsOf(post)).some(
    (each) => isRefused(each) || (each.is === 'unknown' && each.asked),
  );

/** Whose Teams channel it has a card in, or is to have one once there is a Teams channel; and the threads with one. */
function channelsWith(post: PostState): readonly string[] {
  const stands = post.copies.flatMap(({ to, posted }) => {
    if (to.kind === 'teams-channel') return posted !== undefined || post.status.is === 'held' ? [to.of] : [];
    return to.kind === 'thread' && posted !== undefined ? [inConversation(to.conversationId)] : [];
  });
  return [...new Set([...stands, ...channelsToShowIn(post)])];
}

/** How a conversation is found among those with a card in a thread: hashed, since Teams' ids have characters that stores refuse. */
export const inConversation = (conversationId: string): string => idFrom('in', withoutThread(conversationId));

/** How a remote is found among what stands: hashed, since remote ids have characters that stores refuse. */
export function standsAs(account: string, remote: Pick<Remote, 'remoteId'>): string {
  return idFrom('at', account, remote.remoteId);
}

/** Behind every deadline: what is held or came back runs into none, and what rests the longest comes first of that. */
const undated = 1e14;

/** What is urgent stands so far ahead of what is not. */
const ahead = 1e13;

function waitingFor(post: PostState): { people: readonly string[]; by: number } {
  const { goesOnWith = [], changedAt } = post;
  const { people, by } = askedOf(post);
  return {
    people: [...new Set([...people, ...goesOnWith])],
    by: people.length > 0 ? by - rankOf(post) * ahead : undated + changedAt,
  };
}

/** Who is asked for a decision, or to do something by hand: where they are away, others are. */
export function askedOf(post: PostState): { readonly people: readonly string[]; readonly by: number } {
  const { correction } = post;
  if (waitsForTheDesk(post) && post.makersGone !== undefined) {
    return { people: post.makersGone.desk, by: post.makersGone.at };
  }
  const byHand = Object.values(post.byHand ?? {}).filter(({ people }) => people.length > 0);
  if (byHand.length > 0) {
    const people = [...new Set(byHand.flatMap((each) => each.people))];
    return { people, by: Math.min(...byHand.map(({ since }) => since)) };
  }
  const { status } = post;
  const review = reviewAwaited(post);
  if (review === undefined || hasToBeChanged(post)) return { people: [], by: 0 };
  const people = askedNow(review);
  if (status.is === 'held') return { people, by: undated + status.at };
  return { people, by: review === correction?.review ? correction.at : (stageTimes(review)?.expire ?? 0) };
}

/** When a post goes or went out, for the calendar; undefined for what has no time yet or never will. */
export function timeOut(post: PostState): number | undefined {
  const { status } = post;
  switch (status.is) {
    case 'draft':
    case 'sent-back':
    case 'in-review':
      return post.when?.at;
    case 'held':
      return firstOut(post) ?? post.when?.at;
    case 'scheduled':
      return status.for.at;
    case 'approved':
      return status.decidedAt;
    case 'publishing':
      return shownLater(Object.values(status.publications)) ?? publicSince(post) ?? status.decidedAt;
    case 'published':
    case 'partly-published':
    case 'taken-down':
      return firstOut(post);
    default:
      return undefined;
  }
}

/** When the first of what stands went out. */
function firstOut(post: PostState): number | undefined {
  const times = Object.values(publicationsOf(post)).flatMap((publication) =>
    publication.is === 'published'
      ? [publication.at]
      : publication.is === 'removing'
        ? [publication.publishedAt]
        : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

import type { Millis } from '../core/time.ts';
import type { PlaceState } from '../people/place.ts';
import type { AnswerOnCard, PostState } from '../posts/post.ts';
import { isWithWriters } from '../posts/leaving/to-go-out.ts';
import { routeOf } from '../posts/deciding/send.ts';
import type { StopOfPost } from '../posts/stopping/stop-of-post.ts';
import { toldThenWords } from '../words/answered.ts';
import { commandWords } from '../words/commands.ts';
import {
  awayCard,
  channelAnswersCard,
  channelCard,
  choiceCard,
  helpCard,
  nearestCard,
  noticeCard,
  peopleCard,
  proposeForm,
  signInCard,
  welcomeCard,
} from './cards/answer-cards.ts';
import { heldCard, listCard } from './cards/list-cards.ts';
import { stopCard } from './cards/stop-card.ts';
import { accountsCard } from './cards/accounts-card.ts';
import { postCard } from './cards/post-card.ts';
import type { SaidOnCard, Viewer } from './cards/viewer.ts';
import { drawnOnce } from './copies.ts';
import type { Content } from './courier.ts';
import type { Desk } from './desk.ts';
import type { Reply } from './reply.ts';
import type { Origin } from './turn.ts';
import { typedCommands } from './typed/index.ts';

/** Draws an answer for whoever sees it. Nothing to show: undefined. */
export interface Draw {
  /** @param of whose words stand on its buttons; absent: nobody's */
  readonly reply: (reply: Reply, viewer: Viewer, of?: Origin) => Promise<Content | undefined>;
  /** the form of the dialog, again with what was typed when something is wrong with it */
  readonly proposeForm: (
    person: string,
    again?: { readonly notice: string; readonly typed: Readonly<Record<string, string>> },
  ) => object;
}

/** What a copy of a post's card has for its owner beside the post. */
export interface BesidePost {
  /** what they were answered on it */
  readonly said?: AnswerOnCard;
  /** they may have begun to tick and write on it, which is gone with this drawing */
  readonly redrawn?: true;
}

/** What drawing stands on. */
export interface DrawParts {
  readonly desk: Pick<Desk, 'rules' | 'clock'>;
  /** who stopped what a post would leave by */
  readonly stopOf: (post: PostState) => Promise<StopOfPost | undefined>;
  /** people whom no card can be brought to */
  readonly unreached: () => Promise<readonly string[]>;
  /** the Teams channels that were chosen, also those that are not used any more */
  readonly places: () => Promise<readonly PlaceState[]>;
  /** an address from which a Teams client can fetch a picture that is not public yet */
  readonly mediaUrl: (hash: string, now: Millis) => string;
  /** an address of what an account would show of a frozen plan */
  readonly lookUrl?: (of: { post: string; plan: string; account: string }, now: Millis) => string;
  /** the page on which one person is everybody, in a rehearsal */
  readonly playedAt?: () => string;
}

/** Draws answers and copies of posts. */
export function createDraw({
  desk,
  stopOf,
  unreached,
  places,
  mediaUrl,
  lookUrl,
  playedAt,
}: DrawParts): Draw & {
  /** a post's card as a copy of it shows it; `refreshFor` as in `postCard` */
  readonly post: (
    post: PostState,
    viewer: Viewer,
    refreshFor: readonly string[],
    beside?: BesidePost,
  ) => Promise<Content>;
  /** one card for a storm of posts in a Teams channel */
  readonly digest: (posts: readonly PostState[]) => Content;
} {
  const drawn = (
    post: PostState,
    viewer: Viewer,
    options: NonNullable<Parameters<typeof postCard>[4]>,
  ): Content => {
    const rules = desk.rules();
    const now = desk.clock();
    const person = viewer.kind === 'person' ? viewer.person : post.author;
    // What blocks is put right before it is sent, so it asks nobody higher.
    const passing = post.findings.filter((finding) => finding.breach !== 'block');
    return postCard(post, viewer, rules, now, {
      mediaUrl: (hash) => mediaUrl(hash, now),
      ...(playedAt === undefined ? {} : { playedAt: playedAt() }),
      ...(lookUrl === undefined
        ? {}
        : {
            lookUrl: (of: string, plan: string, account: string) => lookUrl({ post: of, plan, account }, now),
          }),
      // Before it is sent, the card says who would be asked; afterwards the frozen walk does.
      ...(post.department === undefined || !isWithWriters(post)
        ? {}
        : { route: routeOf(post, person, passing, rules).stages }),
      ...options,
    });
  };
  const stopSaid = (stop: StopOfPost | undefined) => (stop === undefined ? {} : { stop });
  const copy = drawnOnce(
    (post, viewer, refreshFor, stop, redrawn) =>
      drawn(post, viewer, { refreshFor, ...stopSaid(stop), ...(redrawn === undefined ? {} : { redrawn }) }),
    desk,
  );
  return {
    // What is with its writers names who would be asked, and the card of its writer is not that of others.
    post: async (post, viewer, refreshFor, { said, redrawn } = {}) => {
      const stop = await stopOf(post);
      return said === undefined && !isWithWriters(post)
        ? copy(post, viewer, refreshFor, stop, redrawn)
        : drawn(post, viewer, { refreshFor, ...stopSaid(stop), ...onCardOf(said, post) });
    },
    digest: (posts) => listCard({ of: 'digest', posts }, { kind: 'everybody' }, desk.rules(), desk.clock()),
    proposeForm: (person, again) => proposeForm(person, desk.rules(), again),
    reply: async (reply: Reply, viewer: Viewer, of?: Origin): Promise<Content | undefined> => {
      const rules = desk.rules();
      const now = desk.clock();
      switch (reply.show) {
        case 'nothing':
          return undefined;
        case 'post': {
          const { show: _show, post, view, ...said } = reply;
          const stop = await stopOf(post);
          // With nothing said beside it, it is what a copy shows, which is drawn for others as well.
          return view === 'main' && Object.keys(said).length === 0 && !isWithWriters(post)
            ? copy(post, viewer, [], stop)
            : drawn(post, viewer, { view, ...said, ...stopSaid(stop) });
        }
        case 'list':
          return listCard(reply.list, viewer, rules, now);
        case 'help':
          return helpCard(
            typedCommands.map(({ name }) => {
              const { usage, does } = commandWords[name];
              return { words: usage, does };
            }),
            rules,
          );
        case 'welcome':
          return welcomeCard(rules, viewer.kind === 'person' ? viewer.person : undefined);
        case 'people':
          return peopleCard(
            reply.of,
            playedAt === undefined ? await unreached() : [],
            await places(),
            rules,
            now,
          );
        case 'channel':
          return channelCard(reply, rules);
        case 'channel-asked':
          return channelAnswersCard(reply.of, reply.asked, rules, reply.stays);
        case 'sign-in':
          return signInCard(reply, rules);
        case 'held':
          return heldCard(reply.held, viewer, rules, now);
        case 'accounts':
          return accountsCard(reply.accounts, viewer, rules, now);
        case 'stop':
          return stopCard(reply.stop, viewer, rules, now, of);
        case 'away':
          return awayCard(reply, rules, now, of);
        case 'nearest':
          return nearestCard(reply.typed, [reply.nearest, ...(reply.others ?? [])], of);
        case 'choice':
          return choiceCard(reply, of);
        case 'notice':
          return noticeCard(reply);
      }
    },
  };
}

/** What a viewer was answered on a card, as it stands there once that is drawn anew. */
export function onCardOf(said: AnswerOnCard | undefined, post: PostState): SaidOnCard {
  // Of words that were written anew since, somebody may be asked again: the answer was about other ones.
  if (said === undefined || post.revision.at > said.at) return {};
  const { words, typed, turn, at } = said;
  return { notice: turn === post.turn ? words : toldThenWords(words, at), typed };
}

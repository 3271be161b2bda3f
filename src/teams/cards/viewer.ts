import type { FrozenStage } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import type { EndedByAsking } from '../../posts/correcting/ended-by-asking.ts';
import { askedByHandOf, isAskedByHand } from '../../posts/by-hand/done-by-hand.ts';
import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { mayPutRightThere } from '../../posts/by-hand/put-right-there.ts';
import { mayMendByHand } from '../../posts/by-hand/mend-by-hand.ts';
import {
  editors,
  mayAnswerMakers,
  mayAnswerUnknown,
  mayAskAgain,
  mayCancel,
  mayChooseDepartment,
  mayCorrect,
  mayDecide,
  mayDecideCorrection,
  mayDoByHand,
  mayEdit,
  mayHold,
  mayLetOut,
  mayPassOn,
  mayRemove,
  maySchedule,
  maySee,
  maySendNow,
  mayTakeBackCorrection,
  mayTryAgain,
  maySendBack,
  mayTurnDown,
  removers,
} from '../../posts/deciding/may.ts';
import { mayLeaveAsItIs } from '../../posts/correcting/refused-there.ts';
import { isDesk, isTold } from '../../protocol/people.ts';
import type { Measures } from '../../networks/network.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { FoundInForm } from '../found-in-form.ts';
import type { StopOfPost } from '../../posts/stopping/stop-of-post.ts';

/** For whom a card is drawn: its owner in a personal chat or after a press, or everybody in a Teams channel. */
export type Viewer = { readonly kind: 'person'; readonly person: string } | { readonly kind: 'everybody' };

/** What an answer to somebody says on a post's card, beside the post. */
export interface SaidOnCard {
  /** it says who stopped what the post would leave by */
  readonly stopTold?: true;
  /** an answer to a press, in words; shown above everything else */
  readonly notice?: string;
  /** the name of the note of which whoever approves was told that nobody reads it before the post is out */
  readonly noted?: string;
  /** input id → what is wrong with what was typed, shown beside the field */
  readonly errors?: Readonly<Record<string, string>>;
  /** input id → what was typed, so that nobody types it twice */
  readonly typed?: Readonly<Record<string, string>>;
  /** of the view of its texts, from 0; of its pictures, the place of the first that is asked about, from 1 */
  readonly page?: number;
  /** account id → how the post is doing there, for what deleting it would lose; where it is known */
  readonly lost?: Readonly<Record<string, Measures>>;
  /** what asking for a correction would end of one that was agreed to */
  readonly ended?: EndedByAsking;
  /** what was found in what somebody typed, where that stopped it; absent: what stands is looked at */
  readonly found?: FoundInForm;
}

export interface PostCardOptions extends SaidOnCard {
  /** who stopped what it would leave by; absent: nobody did */
  readonly stop?: StopOfPost;
  /** the stages that sending it now would walk; absent where they are not known yet */
  readonly route?: readonly FrozenStage[];
  /** what the viewer may have begun to tick and write on it is gone with this drawing */
  readonly redrawn?: true;
  /** the page on which one person is everybody, in a rehearsal */
  readonly playedAt?: string;
  /** where a client may fetch a picture of the post; absent: pictures are described, not drawn */
  readonly mediaUrl?: (hash: string) => string;
  /** where a client may fetch what an account would show of a frozen plan; absent: it is not drawn */
  readonly lookUrl?: (post: string, plan: string, account: string) => string;
}

/** What a viewer may do with the post now; nobody in particular may do nothing but open it. */
export interface Rights {
  readonly person: string | undefined;
  readonly see: boolean;
  readonly edit: boolean;
  readonly choose: boolean;
  readonly write: boolean;
  readonly send: boolean;
  readonly passOn: boolean;
  readonly decide: boolean;
  readonly turnDown: boolean;
  readonly sendBack: boolean;
  readonly cancel: boolean;
  readonly hold: boolean;
  readonly schedule: boolean;
  readonly correct: boolean;
  readonly decideCorrection: boolean;
  readonly takeBackCorrection: boolean;
  readonly remove: boolean;
  /** may let everything go out again that is stopped */
  readonly resume: boolean;
  readonly answer: boolean;
  readonly putRightThere: boolean;
  readonly tryAgain: boolean;
  readonly leaveAsItIs: boolean;
  readonly makers: boolean;
  readonly askAgain: boolean;
  readonly letOut: boolean;
  /** holds it, or has sent it back, as it stands: nobody is named to themselves */
  readonly did: boolean;
  /** is of the desk */
  readonly desk: boolean;
  /** has said to be away, until then */
  readonly away?: Millis;
  /** is told where nobody is here to decide */
  readonly told: boolean;
  /** parts that the viewer is asked to do by hand, as one text: viewers with the same rights share a drawn card */
  readonly byHand: string;
  /** parts that others are asked to do by hand, and the viewer may say to be done */
  readonly byOtherHands: string;
  /** parts that were said to be posted by hand, and the viewer may put right */
  readonly mends: string;
}

/** @returns what stored state and the protocol in force let the viewer do */
export function rightsOf(post: PostState, viewer: Viewer, rules: DeskRules, now: Millis): Rights {
  const person = viewer.kind === 'person' ? viewer.person : undefined;
  const may = (right: (post: PostState, person: string, rules: DeskRules) => boolean): boolean =>
    person !== undefined && right(post, person, rules);
  const doable = Object.keys(askedByHandOf(post)).filter(
    (part) => person !== undefined && mayDoByHand(post, part, person, rules),
  );
  const away = person === undefined ? 0 : (rules.away[person] ?? 0);
  const isAsked = (part: string): boolean => person !== undefined && isAskedByHand(post, part, person);
  return {
    person,
    see: may(maySee),
    edit: may(mayEdit),
    choose: may(mayChooseDepartment),
    write: person !== undefined && editors(post, rules).includes(person),
    send: person !== undefined && maySendNow(post, person, rules, now),
    passOn: may(mayPassOn),
    decide: may(mayDecide),
    turnDown: may(mayTurnDown),
    sendBack: may(maySendBack),
    cancel: may(mayCancel),
    hold: person !== undefined && mayHold(post, person, rules, now),
    schedule: may(maySchedule),
    correct: may(mayCorrect),
    decideCorrection: may(mayDecideCorrection),
    takeBackCorrection: may(mayTakeBackCorrection),
    remove: may(mayRemove),
    resume: person !== undefined && removers(rules).includes(person),
    answer: may(mayAnswerUnknown),
    putRightThere: may(maySee) && may(mayPutRightThere),
    tryAgain: person !== undefined && mayTryAgain(post, person, rules, now),
    leaveAsItIs: person !== undefined && mayLeaveAsItIs(post, person, rules, now),
    makers: may(mayAnswerMakers),
    askAgain: may(mayAskAgain),
    letOut: may(mayLetOut),
    did: person !== undefined && 'by' in post.status && post.status.by === person,
    desk: person !== undefined && isDesk(person, rules),
    ...(away > now ? { away } : {}),
    told: person !== undefined && isTold(person, rules),
    byHand: doable.filter(isAsked).join(' '),
    mends: Object.keys(publicationsOf(post))
      .filter((part) => person !== undefined && mayMendByHand(post, part, person, rules))
      .join(' '),
    byOtherHands: doable.filter((part) => !isAsked(part)).join(' '),
  };
}

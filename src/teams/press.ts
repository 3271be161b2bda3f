import { z } from 'zod';
import type { PostState } from '../posts/post.ts';
import type { AccountStates } from '../posts/stopping/stop-of-post.ts';
import type { SeenWalk } from '../posts/deciding/seen-walk.ts';
import { answered, shown } from './answered.ts';
import { actOn, type Desk, type Did } from './desk.ts';
import type { PostView } from './cards/post-card.ts';
import type { Reply } from './reply.ts';
import type { Inputs, Turn } from './turn.ts';

/** What every button of a post's card carries: which card it was on. Ids only; who may press is never in it. */
export const onPost = z.object({
  post: z.string(),
  turn: z.coerce.number().default(0),
  revision: z.coerce.number().default(0),
  hash: z.string().default(''),
  stage: z.string().default(''),
  review: z.string().default(''),
  /** absent in what earlier releases drew: then whoever saves is asked once more */
  decided: z.coerce.number().int().min(0).default(0),
  /** the name of the note of which they were told that nobody reads it before what they let go is out */
  noted: z.string().exactOptional(),
  /** of a draft: the accounts that rehearsed when it was drawn; earlier releases did not say */
  rehearsed: z.string().exactOptional(),
  /** of a form that asks for a time: which one was planned when it was drawn; earlier releases did not say */
  planned: z.string().exactOptional(),
  /** of the form of an edit: the name of what was written as it was drawn; earlier releases did not say */
  written: z.string().exactOptional(),
  /** of the form of a correction: which end stood in it when it was drawn; earlier releases did not say */
  end: z.string().exactOptional(),
});
export type OnPost = z.infer<typeof onPost>;

/** A press on a button of a post's card: which card it was on, what was typed on that, and whose turn it is. */
export interface Press {
  readonly post: PostState;
  readonly card: OnPost;
  readonly inputs: Inputs;
  readonly turn: Turn;
  readonly desk: Desk;
}

/** One button's meaning. */
export type Meaning = (press: Press) => Promise<Reply>;

/** What of a post's approval a form was drawn with. */
export const seenOn = ({ review, decided }: OnPost): SeenWalk => ({ review, decided });

/** What a decision is bound to: what stood on the card that was pressed. */
export const bound = ({ hash, stage, review }: OnPost) => ({ hash, stage, review });

/** A command that a button gives. */
interface Given {
  readonly command: string;
  readonly params?: object;
  /** what else tells two presses of the button apart */
  readonly more?: string;
  /** of the post's accounts, where they have just been read */
  readonly states?: AccountStates;
}

/**
 * Gives a command that was pressed. A press's key is actor, verb, subject and which card it was on, since two quick
 * presses are two activities. The card's turn is among it: what is asked again later, such as whether a post arrived
 * after all, is answered on another card.
 */
export async function give(
  { post, card, turn, desk }: Omit<Press, 'inputs'>,
  { command, params = {}, more = '', states }: Given,
): Promise<Did> {
  const key = [
    'press',
    turn.person,
    command,
    post.id,
    String(card.turn),
    String(card.revision),
    card.stage,
    card.review,
    more,
  ].join('|');
  return await actOn(post, { command, params, person: turn.person, key }, desk, states);
}

/** A press that carries nothing but which card it was on. */
export function plain(command: string): Meaning {
  return async (press) => shown(await give(press, { command }), press.turn, press.desk);
}

/** A press by which somebody decides, with what they ticked or noted. */
export function deciding(command: string, paramsOf: (card: OnPost, inputs: Inputs) => object): Meaning {
  return async (press) => await decide(press, { command, params: paramsOf(press.card, press.inputs) });
}

/** Gives a decision that was pressed. */
export const decide = async (press: Press, given: Given): Promise<Reply> =>
  afterDecision(await give(press, given), press);

/** A decision that was refused for a missing tick or note keeps what was typed and says so beside the field. */
export function afterDecision(did: Did, { inputs, turn, desk }: Omit<Press, 'post' | 'card'>): Reply {
  return did.done
    ? shown(did, turn, desk)
    : answered(did.refusal, did.post, turn, desk, { view: 'main', typed: inputs });
}

/** The post as it stands, in one of its card's views. */
export const shownAs = (post: PostState, view: PostView): Reply => ({ show: 'post', post, view });

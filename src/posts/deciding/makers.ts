import { z } from 'zod';
import type { AuditNote } from '../../core/change.ts';
import { canonical } from '../../core/json.ts';
import type { Millis } from '../../core/time.ts';
import { changed } from '../changed.ts';
import { tell } from '../post-effect.ts';
import { stageTimerKeys } from './set-timers.ts';
import { crierCommand, personCommand, type PostDecision } from '../command.ts';
import { publishTime } from '../writing/draft.ts';
import { held } from '../stopping/held.ts';
import { heldForBlocks, heldForMissed } from '../stopping/hold.ts';
import { blocksLeaving, isAfterwards } from '../leaving/leaving.ts';
import { correctionEffects, publishEffects } from '../leaving/let-go.ts';
import { decisionsOf, waitsForTheDesk } from '../correcting/fresh-decision.ts';
import { firstMissed } from '../leaving/too-late.ts';
import { isPublic, publicationsOf } from '../leaving/what-is-public.ts';
import { hasLostDepartment, lettersOut, mayAnswerMakers, mayAskAgain, mayLetOut } from './may.ts';
import { makersGone, withMakersAsked } from './who-acts.ts';
import type { PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';
import { refuseGone, reopenedAfterEdit } from './send.ts';

/**
 * Somebody who approved it may not any more when it is to leave: it stays, and the desk is asked, once more where that
 * was asked ahead of its time. A decision counts if its maker was entitled then; whether it still should is for people
 * to say.
 */
export const askAboutMakers = crierCommand(
  'post.ask-about-makers',
  z.object({}),
  (post, _params, context) => {
    const { now } = context;
    if (makersGone(post, context.protocol).length === 0) return refusePost('settled-already', {});
    const isAsked = waitsForTheDesk(post);
    const isAhead =
      post.when !== undefined && post.when.at <= now && (post.makersGone?.at ?? 0) < post.when.at;
    if (isAsked && !isAhead) return refusePost('settled-already', {});
    const asked = withMakersAsked(post, context);
    return changed(
      {
        post: asked,
        audit: [makersNote(asked)],
        effects: isAsked ? tell(context.protocol.desk.officers, 'asks-the-desk', now) : [],
      },
      context,
    );
  },
);

/** What the record says where the desk is asked about those who approved it. */
const makersNote = ({ makersGone: gone }: PostState): AuditNote => ({
  action: 'maker-gone',
  facts: { people: gone?.people ?? [] },
});

/**
 * Another protocol is in force, and the post is still to leave: what is found in it now, and whether those who approved
 * it still may, is found out ahead of its time, while somebody can do something about it. Undefined: all is as it was.
 */
export function lookedAtUnder(post: PostState, context: PostContext): PostDecision | undefined {
  const { now, protocol } = context;
  const at = publishTime(post.when, now);
  const leaving = 'plan' in post.status ? post.status.plan.parts : [];
  const isBlocked = leaving.some(
    (part) =>
      publicationsOf(post)[part.key]?.is === 'queued' && blocksLeaving(post, part, at, protocol).length > 0,
  );
  // What is public is not held for what is still to be said of it: that alone is stopped, once it is to leave.
  if (isBlocked && !isAfterwards(post)) return heldForBlocks(post, context);
  const asked = withMakersAsked(post, context);
  const isSame =
    asked.makersGone === undefined
      ? !waitsForTheDesk(post)
      : waitsForTheDesk(post) && canonical(asked.makersGone) === canonical({ ...post.makersGone, at: now });
  if (isSame) return undefined;
  const back = { action: 'makers-back', facts: {} };
  // What is partly out had its time.
  const missed = asked.makersGone === undefined && !isPublic(asked) ? firstMissed(asked, now) : undefined;
  if (missed !== undefined) {
    const made = heldForMissed(asked, { at: missed, because: 'makers-gone' }, context, [back]);
    // The desk was asked something else before, on a card that is only updated.
    return 'refused' in made
      ? made
      : { ...made, effects: [...made.effects, ...tell(protocol.desk.officers, 'asks-the-desk', now)] };
  }
  return asked.makersGone === undefined
    ? changed(
        {
          post: asked,
          audit: [back],
          effects: [...publishEffects(publicationsOf(post), at), ...correctionEffects(post, now)],
        },
        context,
      )
    : changed({ post: asked, audit: [makersNote(asked)] }, context);
}

/** The desk lets it go out although somebody who approved it may not any more. Nobody decides on what they wrote. */
export const letOut = personCommand('post.let-out', z.object({}), (post, _params, person, context) => {
  const { now, protocol } = context;
  if (!waitsForTheDesk(post)) return refusePost('settled-already', {});
  if (!mayLetOut(post, person, protocol)) {
    const others = lettersOut(post, protocol);
    return mayAnswerMakers(post, person, protocol)
      ? refusePost('own-work-let-out', { others, mayAskAgain: mayAskAgain(post, person, protocol) })
      : refusePost('not-asked', { asked: others, stage: protocol.desk.name });
  }
  const { makersGone: gone, ...rest } = withStep(post, 'let-out', person, now);
  const due = Math.max(now, post.when?.at ?? 0);
  return changed(
    {
      post: { ...rest, vouched: { decisions: decisionsOf(post), by: person, at: now } },
      audit: [{ action: 'let-out', facts: { people: gone?.people ?? [] } }],
      effects: [...publishEffects(publicationsOf(post), due), ...correctionEffects(post, now)],
    },
    context,
  );
});

/** The desk has it approved again: by the route as it is now, or, where some of it is out, by a fresh decision. */
export const askAgain = personCommand('post.ask-again', z.object({}), (post, _params, person, context) => {
  const { now, protocol } = context;
  if (!waitsForTheDesk(post)) return refusePost('settled-already', {});
  if (!mayAnswerMakers(post, person, protocol))
    return refusePost('not-asked', { asked: protocol.desk.officers, stage: protocol.desk.name });
  if (hasLostDepartment(post, protocol)) return refuseGone(post, protocol);
  const { makersGone: gone, when, ...rest } = withStep(post, 'asked-again', person, now);
  const note = { action: 'approval-asked-again', facts: { people: gone?.people ?? [] } };
  const untouched = Object.values(publicationsOf(post)).every(
    ({ is }) => is === 'queued' || is === 'stopped',
  );
  const whole: PostState = when === undefined ? rest : { ...rest, when };
  // Its time may have come meanwhile; then it goes out as soon as it is approved.
  const timely = when === undefined || when.at <= now ? rest : whole;
  const reopened = untouched ? reopenedAfterEdit(timely, person, context) : undefined;
  if (reopened === undefined || 'refused' in reopened)
    return held(whole, { by: person, what: 'this', notes: [note] }, context);
  const { post: sent, audit, effects } = reopened;
  const drop = [...stageTimerKeys, 'publish:*'];
  return changed({ post: sent, audit: [note, ...audit], effects, drop }, context);
});

/** The post with what the desk did about those who approved it, among what was done with it. */
const withStep = (post: PostState, did: 'let-out' | 'asked-again', by: string, at: Millis): PostState => ({
  ...post,
  past: [...(post.past ?? []), { did, by, at, people: post.makersGone?.people ?? [] }],
});

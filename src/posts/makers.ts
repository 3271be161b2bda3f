import { z } from 'zod';
import { isDesk } from '../protocol/people.ts';
import { changed, stageTimerKeys } from './changed.ts';
import { crierCommand, personCommand } from './command.ts';
import { held } from './hold.ts';
import { publishEffects } from './let-go.ts';
import { decisionsOf, makersGone, mayAnswerMakers, publicationsOf, waitsForTheDesk } from './may.ts';
import type { PostState } from './post.ts';
import { refusePost } from './refusals.ts';
import { reopenedAfterEdit } from './send.ts';

/**
 * Somebody who approved it may not any more when it is to leave: it stays, and the desk is asked. A decision counts if
 * its maker was entitled then; whether it still should is for people to say.
 */
export const askAboutMakers = crierCommand(
  'post.ask-about-makers',
  z.object({}),
  (post, _params, context) => {
    const people = makersGone(post, context.protocol);
    if (people.length === 0 || waitsForTheDesk(post)) return refusePost('settled-already', {});
    const desk = context.protocol.desk.officers;
    const gone = { decisions: decisionsOf(post), people, at: context.now, desk };
    return changed(
      { post: { ...post, makersGone: gone }, audit: [{ action: 'maker-gone', facts: { people } }] },
      context,
    );
  },
);

/** The desk lets it go out although somebody who approved it may not any more. */
export const letOut = personCommand('post.let-out', z.object({}), (post, _params, person, context) => {
  const refused = mayNot(post, person, context.protocol);
  if (refused !== undefined) return refused;
  const { makersGone: gone, ...rest } = post;
  const due = Math.max(context.now, post.when?.at ?? 0);
  return changed(
    {
      post: { ...rest, vouched: { decisions: decisionsOf(post), by: person, at: context.now } },
      audit: [{ action: 'let-out', facts: { people: gone?.people ?? [] } }],
      effects: publishEffects(publicationsOf(post), due),
    },
    context,
  );
});

/** The desk has it approved again: by the route as it is now, or, where some of it is out, by a fresh decision. */
export const askAgain = personCommand('post.ask-again', z.object({}), (post, _params, person, context) => {
  const refused = mayNot(post, person, context.protocol);
  if (refused !== undefined) return refused;
  const { makersGone: gone, when, ...rest } = post;
  const note = { action: 'approval-asked-again', facts: { people: gone?.people ?? [] } };
  const untouched = Object.values(publicationsOf(post)).every(
    ({ is }) => is === 'queued' || is === 'stopped',
  );
  // Its time may have come meanwhile; then it goes out as soon as it is approved.
  const timely = when === undefined || when.at <= context.now ? rest : { ...rest, when };
  const reopened = untouched ? reopenedAfterEdit(timely, person, context) : undefined;
  if (reopened === undefined || 'refused' in reopened) return held(post, person, 'this', context, [note]);
  const { post: sent, audit, effects } = reopened;
  const drop = [...stageTimerKeys, 'publish:*'];
  return changed({ post: sent, audit: [note, ...audit], effects, drop }, context);
});

function mayNot(post: PostState, person: string, rules: Parameters<typeof mayAnswerMakers>[2]) {
  if (!waitsForTheDesk(post)) return refusePost('settled-already', {});
  return isDesk(person, rules)
    ? undefined
    : refusePost('not-asked', { asked: rules.desk.officers, stage: rules.desk.name });
}

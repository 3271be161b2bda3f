import { z } from 'zod';
import type { Change } from '../core/change.ts';
import type { Command } from '../core/aggregate.ts';
import { withBrought } from './leaving/brought.ts';
import { withItsWay } from './leaving/on-its-way.ts';
import { underProtocol } from './deciding/who-acts.ts';
import { withNextStep } from './deciding/next-step.ts';
import { withPast } from './telling/past.ts';
import type { DeskRules, PostContext, PostState } from './post.ts';
import { type PostRefusal, refusePost } from './refusals.ts';
import { heldIfStopped, stoppedNow, type StoppedNow } from './stopping/stop-of-post.ts';
import { withNews } from './telling/told.ts';

/** What the pure decision of a command on an existing post gives. */
export type PostDecision = Change<PostState> | PostRefusal;

/** A command of posts. `person` is who acts; Crier's own timers and outcomes use `crierCommand`. */
export type PostCommand<P> = Command<PostState, P, DeskRules, PostRefusal>;

/** A command that a person gives to an existing post. What they let go while its accounts are stopped is held with it. */
export function personCommand<P>(
  name: `post.${string}`,
  schema: z.ZodType<P>,
  decide: (post: PostState, params: P & StoppedNow, person: string, context: PostContext) => PostDecision,
): PostCommand<P & StoppedNow> {
  return onExisting(
    name,
    z.intersection(schema, stoppedNow),
    (post, params, context) => {
      const { actor } = context;
      return actor.by === 'person' && context.protocol.people[actor.person] !== undefined
        ? decide(underProtocol(post, context.protocol), params, actor.person, context)
        : refusePost('not-a-person', {});
    },
    heldIfStopped,
  );
}

/** A command that only Crier gives: a timer, or what came of an effect. */
export function crierCommand<P>(
  name: `post.${string}`,
  schema: z.ZodType<P>,
  decide: (post: PostState, params: P, context: PostContext) => PostDecision,
): PostCommand<P> {
  return onExisting(name, schema, (post, params, context) =>
    context.actor.by === 'crier' ? decide(post, params, context) : refusePost('not-a-person', {}),
  );
}

function onExisting<P>(
  name: string,
  schema: z.ZodType<P>,
  decide: (post: PostState, params: P, context: PostContext) => PostDecision,
  then: (change: Change<PostState>, params: P, context: PostContext) => Change<PostState> = (change) =>
    change,
): PostCommand<P> {
  return {
    name,
    kind: 'post',
    schema,
    decide: (post, params, context) => {
      if (post === undefined) return refusePost('unknown-post', { number: 0 });
      const decision = decide(post, params, context);
      if ('refused' in decision) return decision;
      const change = then(withPast(post, decision, context), params, context);
      const state = withNextStep(change.state, context.protocol, context.now);
      const brought = withBrought(post, { ...change, state }, context.now);
      return withNews(post, withItsWay(post, brought, context), context);
    },
  };
}

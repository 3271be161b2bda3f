import { isRefusal, type Effect } from '../../src/core/change.ts';
import type { Actor } from '../../src/core/context.ts';
import { ask } from '../../src/core/effects.ts';
import { postAggregates } from '../../src/posts/index.ts';
import { postKind } from '../../src/posts/kind.ts';
import type { DeskRules, PostState } from '../../src/posts/post.ts';

const [aggregate] = postAggregates;
if (aggregate === undefined) throw new Error('posts have no aggregate');

/** A post and what it has asked for; no post before it is proposed. */
export interface Decided {
  readonly post: PostState;
  readonly effects: readonly Effect[];
}

/** Where a walk of a post has come to, and how many ids it has given. */
interface Walked {
  readonly post: PostState | undefined;
  readonly effects: readonly Effect[];
  readonly now: number;
  ids: number;
}

/** Decides a command on a post as it comes from the store, and stores what comes of it. @returns undefined when refused */
export function decided(
  walked: Walked,
  { command, params, actor }: { readonly command: string; readonly params: unknown; readonly actor: Actor },
  rules: DeskRules,
): Decided | undefined {
  const { post, effects, now } = walked;
  const newId = (prefix: string): string => `${prefix}-${String((walked.ids += 1))}`;
  const result = aggregate?.visit(({ kind, commands }) => {
    const found = commands.get(command);
    if (found === undefined) throw new Error(`no command ${command}`);
    const context = { now, id: post?.id ?? 'post-1', actor, protocol: rules, newId };
    // The registry closes over the state's type; its own kind reads it.
    const state = post === undefined ? undefined : kind.parse(JSON.parse(JSON.stringify(post)), kind.form);
    return found.decide(state, params, context);
  });
  if (result === undefined || isRefusal(result)) return undefined;
  return {
    post: postKind.parse(JSON.parse(JSON.stringify(result.state)), postKind.form),
    effects: ask({ effects, wishes: walked.ids }, result.effects, result.drop).effects,
  };
}

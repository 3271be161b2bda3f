import { z } from 'zod';
import type { NewEffect } from '../../core/change.ts';
import { changed } from '../changed.ts';
import { stageTimers } from './set-timers.ts';
import { crierCommand } from '../command.ts';
import { findingsNow, findingsStill, publishTime } from '../writing/draft.ts';
import { hasToBeChanged, waitsToGoOut } from '../leaving/to-go-out.ts';
import { isAfterwards } from '../leaving/leaving.ts';
import type { PostContext, PostState } from '../post.ts';
import { refusePost } from '../refusals.ts';

/**
 * The post with what is found in it now, under the protocol in force: what waits for a decision is seen to be stopped
 * before anybody gives one. Where nothing stands in the way any more, those who decide have their time from now on.
 */
export function checkedNow(
  post: PostState,
  { now, protocol }: PostContext,
): { readonly post: PostState; readonly effects: readonly NewEffect[] } {
  const still: PostState = { ...post, findings: findingsStill(post, protocol) };
  if (!waitsToGoOut(post) || isAfterwards(post)) return { post: still, effects: [] };
  const findings = findingsNow(still, publishTime(post.when, now), protocol);
  const checked: PostState = { ...still, findings, checkedUnder: protocol.version };
  const { status } = checked;
  if (status.is !== 'in-review' || !hasToBeChanged(post) || hasToBeChanged(checked))
    return { post: checked, effects: [] };
  const review = { ...status.review, since: now };
  return { post: { ...checked, status: { ...status, review } }, effects: stageTimers(review) };
}

/** A press was refused for what has come to stand in the way of what waits: whoever has to change it hears of it. */
export const checkAgain = crierCommand('post.check-again', z.object({}), (post, _params, context) => {
  const { post: checked, effects } = checkedNow(post, context);
  if (hasToBeChanged(post) || !hasToBeChanged(checked)) return refusePost('settled-already', {});
  return changed(
    { post: checked, audit: [{ action: 'stopped-while-waiting', facts: {} }], effects },
    context,
  );
});

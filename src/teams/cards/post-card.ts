import type { Millis } from '../../core/time.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { buttons } from '../../words/on-cards.ts';
import { summaryWords } from '../../words/posts.ts';
import { correctData, editData, scheduleData } from './post-forms.ts';
import { pressOf } from './post-head.ts';
import { postCardData } from './post-main.ts';
import { whyData } from './post-why.ts';
import { render, type Card } from './render.ts';
import type { PostCardOptions, Viewer } from './viewer.ts';

/** The views of a post that its buttons open. */
export const postViews = ['main', 'edit', 'why', 'schedule', 'correct'] as const;
export type PostView = (typeof postViews)[number];

/** A drawn card and one line that says the same in a notification. */
export interface DrawnCard {
  readonly card: Card;
  readonly summary: string;
}

/**
 * A post's card as one viewer sees it. For a Teams channel, `refreshFor` names those (Teams user ids, 60 at most)
 * whose client asks for their own view by itself.
 */
export function postCard(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions & { readonly view?: PostView; readonly refreshFor?: readonly string[] } = {},
): DrawnCard {
  const summary = summaryWords(post, rules, now);
  const card = drawn(post, viewer, rules, now, options);
  const refreshFor = (options.refreshFor ?? []).slice(0, 60);
  if (viewer.kind === 'person' || refreshFor.length === 0) return { card, summary };
  const action = {
    type: 'Action.Execute',
    title: buttons.open,
    verb: 'view.open',
    data: { ...pressOf(post), view: 'main' },
  };
  return { card: { ...card, refresh: { action, userIds: refreshFor } }, summary };
}

function drawn(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions & { readonly view?: PostView },
): Card {
  switch (options.view ?? 'main') {
    case 'main':
      return render('post', postCardData(post, viewer, rules, now, options));
    case 'edit':
      return render('post-edit', editData(post, viewer, rules, now, options));
    case 'why':
      return render('post-why', whyData(post, viewer, rules, now, options));
    case 'schedule':
      return render('post-schedule', scheduleData(post, viewer, rules, now, options));
    case 'correct':
      return render('post-correct', correctData(post, viewer, rules, now, options));
  }
}

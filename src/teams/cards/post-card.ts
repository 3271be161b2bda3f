import type { Millis } from '../../core/time.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { buttons } from '../../words/on-cards.ts';
import { asInPost } from '../../words/turned.ts';
import { summaryWords } from '../../words/state.ts';
import { editData, scheduleData } from './post-forms.ts';
import { correctData } from './correct-form.ts';
import { pressOf } from './post-head.ts';
import { drawingOf, type PostDrawing } from './drawing.ts';
import { postCardData } from './post-main.ts';
import { textData } from './post-text.ts';
import { whyData } from './post-why.ts';
import { render, type Card } from './render.ts';
import { fitted, leastRoom } from './room.ts';
import { picturesForm, shortened, shortenedForm, shortenedWhy } from './shortened.ts';
import type { PostCardOptions, Viewer } from './viewer.ts';

/** The views of a post that its buttons open. */
export const postViews = ['main', 'edit', 'pictures', 'why', 'schedule', 'correct', 'text'] as const;
export type PostView = (typeof postViews)[number];

/** A drawn card and one line that says the same in a notification. */
export interface DrawnCard {
  readonly card: Card;
  readonly summary: string;
  /** the same with the least of each long text, for where Teams takes less than it says; absent: it is small already */
  readonly smaller?: () => DrawnCard;
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
  const summary = summaryWords(post, asInPost(post, rules), now);
  const refreshFor = viewer.kind === 'person' ? [] : (options.refreshFor ?? []).slice(0, 60);
  const action = {
    type: 'Action.Execute',
    title: buttons.open,
    verb: 'view.open',
    data: { ...pressOf(post), view: 'main' },
  };
  const refresh = refreshFor.length === 0 ? {} : { refresh: { action, userIds: refreshFor } };
  const { view = 'main', refreshFor: _whose, ...said } = options;
  const inRoom = drawnIn(view, drawingOf(post, { viewer, rules, now }, said));
  const card = (room: number): Card => ({ ...inRoom(room), ...refresh });
  return { card: fitted(card), summary, smaller: () => ({ card: card(leastRoom), summary }) };
}

/** Draws a view with so much room for each long text. What a form or a page holds is all needed. */
function drawnIn(view: PostView, drawing: PostDrawing): (room: number) => Card {
  const whole = (card: Card) => () => card;
  switch (view) {
    case 'main': {
      const data = postCardData(drawing);
      return (room) => render('post', shortened(data, room));
    }
    case 'text':
      return whole(render('post-text', textData(drawing)));
    case 'pictures':
      return whole(
        render(
          'post-edit',
          picturesForm(editData(drawing), drawing.options.page ?? 1, drawing.options.found !== undefined),
        ),
      );
    case 'edit': {
      const data = editData(drawing);
      return (room) => render('post-edit', shortenedForm(data, room));
    }
    case 'why': {
      const data = whyData(drawing);
      return (room) => render('post-why', shortenedWhy(data, room));
    }
    case 'schedule':
      return whole(render('post-schedule', scheduleData(drawing)));
    case 'correct':
      return whole(render('post-correct', correctData(drawing)));
  }
}

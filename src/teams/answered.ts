import type { Refusal } from '../core/change.ts';
import { isTooLong } from '../core/too-long.ts';
import { findingsOf, publishTime } from '../posts/writing/draft.ts';
import { isEditable, isPlannable } from '../posts/leaving/to-go-out.ts';
import { isHeldEmergency } from '../posts/stopping/held-emergency.ts';
import { nameOfWords } from '../posts/correcting/standing.ts';
import { maySchedule } from '../posts/deciding/may.ts';
import { notNow } from '../posts/leaving/not-now.ts';
import type { PostState } from '../posts/post.ts';
import { isBlockedEdit, isGoneOn } from '../posts/refusals.ts';
import { changedMeanwhileWords, wentOnWords } from '../words/late-forms.ts';
import { didNotWork, refusalWords } from '../words/refusals.ts';
import { emergencyHeldAtOnceWords, heldAtOnceWords } from '../words/stopped.ts';
import { readerOf, type Desk, type Did } from './desk.ts';
import { besideInputs, foundInForm } from './found-in-form.ts';
import type { PostView } from './cards/post-card.ts';
import type { Reply } from './reply.ts';
import { longInputs } from './too-long.ts';
import type { Turn } from './turn.ts';

/** Which inputs each view has, by id; what is wrong with one is said beside it. */
export const fieldsOf: Readonly<Record<PostView, readonly string[]>> = {
  main: ['confirm', 'note'],
  edit: ['text', 'accounts', 'headline', 'summary', 'when', 'until'],
  // nothing of it is refused by itself
  pictures: ['alt', 'seen', 'whose'],
  schedule: ['when'],
  correct: ['text', 'headline', 'summary', 'what', 'until', 'ends', 'named-end'],
  why: [],
  text: [],
};

/** The view on which somebody pressed, and what they had typed there. */
interface TypedOn {
  readonly view: PostView;
  readonly typed?: Readonly<Record<string, string>>;
}

/**
 * A refusal in words: beside the input that it is about where the view has it, else above the post as it stands. A
 * planned time that has passed is asked for anew.
 */
export function answered(
  refusal: Refusal,
  post: PostState | undefined,
  turn: Turn,
  desk: Desk,
  on: TypedOn = { view: 'main' },
): Reply {
  const { view, typed = {} } = on;
  if (isTooLong(refusal) && post !== undefined) {
    return { show: 'post', post, view, typed, errors: longInputs(refusal, post, typed, desk.rules()) };
  }
  const stopped =
    isBlockedEdit(refusal) && post !== undefined ? foundInForm(refusal.facts, post, typed) : undefined;
  const { words: said, field } = refusalWords(refusal, desk.rules(), turn.now);
  const words = post === undefined ? said : notSavedYet(refusal, post, turn, desk, on);
  if (post === undefined) return { show: 'notice', title: didNotWork, words };
  if (refusal.refused === 'planned-time-passed' && maySchedule(post, turn.person, desk.rules())) {
    return { show: 'post', post, view: 'schedule', errors: { when: words } };
  }
  // What has come to stand in the way since the post was last looked at is shown with the words that say so.
  const seen =
    refusal.refused === 'blocked' || refusal.refused === 'rest-stopped'
      ? { ...post, findings: findingsOf(post, publishTime(post.when, turn.now), desk.rules()) }
      : post;
  const beside = field !== undefined && fieldsOf[view].includes(field);
  return {
    show: 'post',
    post: seen,
    // Of what is over, no time can be planned: its form would only offer it once more.
    view: view === 'schedule' && !isPlannable(post) ? 'main' : view,
    typed,
    ...(stopped === undefined
      ? {}
      : { found: stopped, errors: besideInputs(stopped, post, typed, desk.rules()) }),
    ...(beside ? { errors: { [field]: words } } : { notice: words }),
    ...(refusal.refused === 'note-unread' ? { noted: nameOfWords((typed['note'] ?? '').trim()) } : {}),
  };
}

/**
 * A refusal in words; of a form that would take back, or take the place of, what nobody saw on it, what saving it costs
 * now, and how to leave it.
 */
export function notSavedYet(
  refusal: Refusal,
  post: PostState,
  turn: Turn,
  desk: Desk,
  { view, typed = {} }: TypedOn,
): string {
  const reader = readerOf(turn, desk);
  const { person, rules, now } = reader;
  // The form keeps what was typed, so that the latest is not what it shows.
  if (refusal.refused === 'edited-since' && typed['text'] !== undefined)
    return changedMeanwhileWords(post, person, typed['text'], rules);
  if (!isGoneOn(refusal) || !['edit', 'pictures', 'schedule'].includes(view))
    return refusalWords(refusal, rules, now).words;
  return wentOnWords(refusal.facts, post, view === 'schedule' ? 'time' : 'words', reader);
}

/** A form of a post, or why there is nothing to be filled in any more. */
export function formOf(
  view: 'edit' | 'schedule',
  post: PostState,
  turn: Turn,
  desk: Desk,
  typed: Readonly<Record<string, string>> = {},
): Reply {
  const open = view === 'edit' ? isEditable(post) : isPlannable(post);
  if (open) return { show: 'post', post, view, typed };
  return answered(notNow(post, view), post, turn, desk);
}

/** The post after a command, or why nothing changed. What was let go and is held with a stop is said to be. */
export function shown(did: Did, turn: Turn, desk: Desk, words?: (post: PostState) => string): Reply {
  if (!did.done) return answered(did.refusal, did.post, turn, desk);
  const { heldBy, post } = did;
  const said = [
    ...(words === undefined ? [] : [words(post)]),
    ...(heldBy === undefined
      ? []
      : [
          isHeldEmergency(post)
            ? emergencyHeldAtOnceWords(heldBy, desk.rules(), turn.now)
            : heldAtOnceWords(heldBy, desk.rules()),
        ]),
  ];
  return {
    show: 'post',
    post,
    view: 'main',
    ...(said.length === 0 ? {} : { notice: said.join(' ') }),
    // How an emergency goes out all the same stands with the stop.
    ...(heldBy === undefined || isHeldEmergency(post) ? {} : { stopTold: true }),
  };
}

import { canonical } from '../core/json.ts';
import { refusePost } from '../posts/refusals.ts';
import { takenBack, whyNotSchedule } from '../posts/writing/schedule.ts';
import { wentOn } from '../posts/deciding/seen-walk.ts';
import { parseTypedTime } from '../protocol/typed-time.ts';
import { plannedWords } from '../words/typed-times.ts';
import { notPlannedWords } from '../words/late-forms.ts';
import { answered, notSavedYet, shown } from './answered.ts';
import type { Reply } from './reply.ts';
import { mediaWith } from './picture-inputs.ts';
import { give, seenOn, type Meaning } from './press.ts';
import { timeField, timeMoved } from './time-field.ts';
import { writtenOf } from './written-in-form.ts';

/** Sends a draft; what was said of pictures in the card itself is taken first. */
export const send: Meaning = async (press) => {
  const { post, card, inputs, turn, desk } = press;
  // What was sent meanwhile is not taken back by sending it.
  const went = wentOn(post, seenOn(card));
  if (went !== undefined) return answered(went, post, turn, desk, { view: 'main', typed: inputs });
  const said = mediaWith(post, inputs).map((medium) => ({ ...medium, alt: medium.alt.trim() }));
  let current = post;
  if (canonical(said) !== canonical(post.revision.media)) {
    const params = {
      ...writtenOf(post, inputs, post.revision.until),
      from: card.revision,
      seen: seenOn(card),
      keepsDays: true,
    };
    const did = await give(press, { command: 'post.revise', params, more: JSON.stringify(inputs) });
    if (!did.done) return answered(did.refusal, did.post, turn, desk, { view: 'main', typed: inputs });
    current = did.post;
  } else if (card.revision !== post.revision.n) {
    return answered(refusePost('edited-since', {}), post, turn, desk);
  }
  const again = { ...card, revision: current.revision.n };
  const { rehearsed } = card;
  const params = rehearsed === undefined ? {} : { rehearsed: rehearsed.split(' ').filter((id) => id !== '') };
  const did = await give({ ...press, post: current, card: again }, { command: 'post.send', params });
  return shown(did, turn, desk);
};

/** The form of the planned time. */
export const reschedule: Meaning = async (press) => {
  const { post, card, inputs, turn, desk } = press;
  const when = timeField(inputs['when'], turn, parseTypedTime);
  // Said now, whatever else is wrong: the form is drawn anew, and its next press knows of it.
  const withCost = (reply: Reply): Reply => {
    if (reply.show !== 'post' || reply.view !== 'schedule') return reply;
    const went = takenBack(reply.post, seenOn(card), turn.person, desk.rules());
    if (went === undefined) return reply;
    const cost = notSavedYet(went, reply.post, turn, desk, { view: 'schedule' });
    const { notice = cost } = reply;
    return { ...reply, notice: notice === cost ? cost : `${notice} ${cost}` };
  };
  const moved = timeMoved(post, card, inputs);
  if (moved !== undefined && whyNotSchedule(post, turn.person, desk.rules()) === undefined)
    return withCost({ show: 'post', post, view: 'schedule', notice: notPlannedWords(moved, turn.now) });
  if (!when.ok)
    return withCost({ show: 'post', post, view: 'schedule', errors: { when: when.words }, typed: inputs });
  const more = inputs['when'] ?? '';
  const params = { when: when.value ?? null, seen: seenOn(card) };
  const did = await give(press, { command: 'post.schedule', params, more });
  return did.done
    ? shown(did, turn, desk, ({ when: planned }) => plannedWords(planned, turn.now))
    : withCost(answered(did.refusal, did.post, turn, desk, { view: 'schedule', typed: inputs }));
};

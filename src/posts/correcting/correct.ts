import { z } from 'zod';
import { askedNow, openReview, type FrozenStage, type Review } from '../../approval/review.ts';
import { shortOf } from '../../protocol/people.ts';
import { changed } from '../changed.ts';
import { correctionTimerKey, firstCorrectionTimer, stageTimerKeys } from '../deciding/set-timers.ts';
import { personCommand } from '../command.ts';
import { refusedAnew } from '../taking-down/came-down.ts';
import { asCorrected, endedByAsking } from './ended-by-asking.ts';
import { blockingIn, foundInCorrection, isFound, type FoundInCorrection } from './correction-findings.ts';
import { correctionPlan, nextRevision } from './correction-plan.ts';
import { waysFor, waysTo } from './correction-ways.ts';
import { correctedRevision } from './words-kept.ts';
import { unsentOn } from '../../dispatch/thread.ts';
import { keepingDays } from '../writing/days-written.ts';
import { described, isDescribedAnew, redescribed } from './descriptions.ts';
import { endLeftBy } from '../writing/end-in-words.ts';
import { distinct, longestText, plannedTime } from '../writing/draft.ts';
import { tooMuchWritten } from '../writing/how-much.ts';
import { wording, saysNothing } from '../writing/wording.ts';
import { pressed } from '../deciding/approve.ts';
import { leaveEffects } from '../leaving/let-go.ts';
import { isOrWas } from '../leaving/for-rehearsal.ts';
import { linkedPages, pagesOf } from '../leaving/linked-pages.ts';
import { longestAlt } from '../writing/medium.ts';
import { inOtherWords, isCorrectable, notCorrectable, withoutOtherWords } from './correctable.ts';
import { correctionStage, reviewAwaited } from '../deciding/reviews.ts';
import { isChangedByHand } from '../by-hand/done-by-hand.ts';
import { publicationsOf, standingOn } from '../leaving/what-is-public.ts';
import { editors, mayTakeBackCorrection } from '../deciding/may.ts';
import { called } from '../writing/personal.ts';
import { correctionDeciders } from '../deciding/who-acts.ts';
import type { Correction, PostContext, PostState, DeskRules } from '../post.ts';
import type { PlannedTime, Revision } from '../writing/revision.ts';
import { correctionSettled } from './settled-already.ts';
import { refusePost, type PostRefusal } from '../refusals.ts';
import { chosenWays, waysOf, type Ways } from '../../dispatch/put-right.ts';
import type { Finding } from '../../protocol/rule.ts';
import { routeOf } from '../deciding/send.ts';

/** What somebody puts right. */
interface Right {
  readonly text: string;
  readonly headline: string;
  readonly summary: string;
  readonly videoTitle: string | undefined;
  readonly until: PlannedTime | undefined;
  /** by the place of the medium, from 0 */
  readonly descriptions: Readonly<Record<string, string>>;
}

/** A revision put right; the title of a video only where it stands on YouTube. */
function putRight(revision: Revision, right: Right): Revision {
  const { text, headline, summary, videoTitle, until, descriptions } = right;
  const { youtube, until: _before, typedAt: _typed, ...rest } = described(revision, descriptions);
  return {
    ...rest,
    text,
    headline,
    summary,
    ...(until === undefined ? {} : { until }),
    ...(youtube === undefined ? {} : { youtube: { ...youtube, title: videoTitle ?? youtube.title } }),
  };
}

/** Whether somebody is changing by hand what stands on an account, to what the post says by now. */
const waitsForHands = (post: PostState, account: string): boolean =>
  standingOn(post, account).some((part) => isChangedByHand(post, part));

/** One other person decides, of the department's approvers or the desk; then whoever what was found in it needs. */
function reviewBy(
  writer: string,
  post: PostState,
  { revision, hash }: { readonly revision: Revision; readonly hash: string },
  found: FoundInCorrection,
  { protocol: rules, now, newId }: PostContext,
): Review | PostRefusal {
  const higher = higherStages(post, revision, Object.values(found).flat(), rules);
  const unfilled = higher.find((stage) => stage.people.length < stage.need);
  if (unfilled !== undefined)
    return refusePost('nobody-can-decide', { stage: unfilled.name, have: unfilled.people.length });
  const other: FrozenStage = {
    id: correctionStage,
    // Words for people are made of it when they are read, by the protocol of then.
    name: correctionStage,
    kind: 'decide',
    people: correctionDeciders(post, [writer], rules),
    need: 1,
    remindAfter: 0,
    escalateAfter: 0,
    escalateTo: [],
    expireAfter: 0,
    because: [],
  };
  return openReview(
    { id: newId('review'), hash, sentBy: writer, writers: [writer], stages: [other, ...higher] },
    now,
  );
}

/** A new description that nobody would read anywhere: no account takes one where it stands, or is to post it again. */
function describedNowhere(
  post: PostState,
  right: Revision,
  ways: Ways,
  rules: DeskRules,
): PostRefusal | undefined {
  const on = right.accounts.flatMap((account) => {
    const network = rules.accounts[account]?.network;
    // Nothing is to stand there any more.
    const isNowhere = ways[account] === undefined && unsentOn(account, publicationsOf(post)).length === 0;
    return network === undefined || isNowhere ? [] : [{ account, network }];
  });
  const media = redescribed(post.revision, right).filter(
    (place) => !on.some(({ account, network }) => isDescribedAnew(network, ways[account], right, place)),
  );
  if (media.length === 0) return undefined;
  const again = on.flatMap(({ account, network }) =>
    waysOf(network).includes('again') &&
    media.some((place) => isDescribedAnew(network, 'again', right, place))
      ? [account]
      : [],
  );
  return refusePost('described-nowhere', { media, again });
}

/** What somebody who corrects a post fills in. */
const wantedSchema = z.object({
  text: wording(longestText),
  headline: wording(300).exactOptional(),
  summary: wording(1_000).exactOptional(),
  /** the video's on YouTube; empty: made from the text */
  videoTitle: z.string().max(100).exactOptional(),
  /** what pictures and videos show, by the place of each from 0; those that are not named stay as they are */
  descriptions: z.record(z.string(), wording(longestAlt)).exactOptional(),
  what: wording(500),
  /** when it ends; absent: as before, null: not at all */
  until: plannedTime.nullable().exactOptional(),
  from: z.int().positive(),
  /** account id → how it is put right there; its network's usual way where it is not named */
  ways: z.record(z.string(), z.enum(chosenWays)).exactOptional(),
  /** what a reply under the old post says */
  reply: wording(longestText).exactOptional(),
  pages: linkedPages.exactOptional(),
  /** the end that the text names, and of which whoever asks has said that it is not the post's */
  notThen: z.int().exactOptional(),
  /** one that was agreed to and waits for its accounts ends there */
  ends: z.literal(true).exactOptional(),
});

type Wanted = z.infer<typeof wantedSchema>;

/** Why a post is not to be corrected by somebody, or not by what they filled in; undefined where it is. */
function notToBeCorrected(
  post: PostState,
  { from, what, text }: Wanted,
  person: string,
  rules: DeskRules,
): PostRefusal | undefined {
  if (!isCorrectable(post)) return notCorrectable(post);
  if (!editors(post, rules).includes(person))
    return refusePost('may-not-correct', { may: editors(post, rules) });
  if (post.correction !== undefined)
    return refusePost('correction-waits-already', {
      by: post.correction.by,
      agreed: post.correction.applied !== undefined,
      own: mayTakeBackCorrection(post, person, rules),
    });
  if (from !== post.revision.n) return refusePost('edited-since', {});
  if (what.trim() === '') return refusePost('say-what-was-wrong', {});
  return saysNothing(text) ? refusePost('empty-text', {}) : undefined;
}

/** What is right by what somebody filled in; where they were not asked, as the post has it. */
const rightIn = (wanted: Wanted, { headline, summary, youtube, until }: Revision): Right => ({
  text: wanted.text.trim(),
  headline: wanted.headline?.trim() ?? headline,
  summary: wanted.summary?.trim() ?? summary,
  videoTitle: wanted.videoTitle?.trim() ?? youtube?.title,
  until: wanted.until === undefined ? until : (wanted.until ?? undefined),
  descriptions: wanted.descriptions ?? {},
});

/** Whether nothing that somebody filled in is other than the post has it. */
const saysTheSame = (before: Revision, right: Revision, { videoTitle }: Right): boolean =>
  redescribed(before, right).length === 0 &&
  right.text === before.text &&
  right.headline === before.headline &&
  right.summary === before.summary &&
  videoTitle === before.youtube?.title &&
  right.until?.at === before.until?.at;

/** The right words as the record keeps them, by name: the text, and what else is other than it was. */
const textsOf = (
  before: Revision,
  right: Revision,
  { videoTitle }: Right,
): Readonly<Record<string, string>> => ({
  text: right.text,
  ...(right.headline === before.headline ? {} : { headline: right.headline }),
  ...(right.summary === before.summary ? {} : { summary: right.summary }),
  ...(videoTitle === undefined ? {} : { 'youtube-title': videoTitle }),
  ...Object.fromEntries(
    redescribed(before, right).map((place) => [called.alt(place + 1), right.media[place]?.alt ?? '']),
  ),
});

/** Asks for a change to what stands in public, saying what was wrong. One other person has to agree. */
export const correct = personCommand('post.correct', wantedSchema, (asked, wanted, person, context) => {
  const { protocol: rules, now } = context;
  // What came of an earlier one is settled, or nothing more will come of it: it is closed as it stands.
  const stands = asCorrected(asked);
  const refused = notToBeCorrected(stands, wanted, person, rules);
  if (refused !== undefined) return refused;
  const post = inOtherWords(stands);
  const what = wanted.what.trim();
  const typed = rightIn(wanted, post.revision);
  const { text, headline, summary, until } = typed;
  const hasNewEnd = until?.at !== post.revision.until?.at;
  const goesOutAgain = refusedAnew(post) !== undefined;
  if (until !== undefined && (hasNewEnd || goesOutAgain) && until.at <= now)
    return refusePost('end-passed', { until: until.at });
  const right = putRight(post.revision, typed);
  const isSaid = saysTheSame(post.revision, right, typed);
  const ways = waysTo(post, right, waysFor(post, wanted.ways ?? {}, rules), rules);
  const nowhere = describedNowhere(post, right, ways, rules);
  if (nowhere !== undefined) return nowhere;
  // The same words once more are for where they do not stand yet.
  const hasNothingToDo = Object.entries(ways).every(
    ([account, way]) => way === 'same' || (isSaid && (way === 'leave' || waitsForHands(post, account))),
  );
  if (hasNothingToDo) return refusePost('nothing-changed', {});
  // What somebody agreed to is not given up unseen by whoever asks for something else.
  const ended = endedByAsking(asked);
  if (ended !== undefined && wanted.ends !== true) return refusePost('correction-would-end', { ...ended });
  const reply = wanted.reply?.trim() ?? '';
  if (reply === '' && Object.values(ways).includes('reply')) return refusePost('say-what-was-wrong', {});
  const pages = { ...post.revision.pages, ...wanted.pages };
  const said: Revision = { ...right, ...pagesOf(right, pages), n: nextRevision(post), by: person, at: now };
  const revision = keepingDays(post.revision, correctedRevision(post, said, ways));
  const tooMuch = tooMuchWritten(revision);
  if (tooMuch !== undefined) return tooMuch;
  const left = endLeftBy(post.revision, revision, now, rules);
  // What has passed nobody can choose as its end: whoever agrees reads that the text says so.
  if (until !== undefined && left?.is === 'another' && left.end.at > now && left.end.at !== wanted.notThen)
    return refusePost('names-another-end', { end: left.end.at, where: left.end.where, until: until.at });
  const found = foundInCorrection(post, { revision, ways, reply, what }, now, rules);
  const blocks = blockingIn(found);
  if (isFound(blocks))
    return refusePost('correction-blocked', {
      found: blocks,
      read: { text, headline, summary, what, descriptions: revision.media.map(({ alt }) => alt) },
    });
  const short = shortOf(post.department ?? '', rules) ?? '';
  const plan = correctionPlan(post, { revision, ways, reply, from: short }, rules);
  const review = reviewBy(person, post, { revision, hash: plan.hash }, found, context);
  if ('refused' in review) return review;
  const correction: Correction = {
    revision,
    plan,
    what,
    ...(reply === '' ? {} : { reply }),
    by: person,
    at: now,
    findings: distinct([...found.text, ...found.headline, ...found.summary, ...found.descriptions]),
    ways,
    review,
  };
  const open = withoutRefusal(post);
  return changed(
    {
      post: { ...open, correction },
      audit: [
        {
          action: 'correction-asked',
          facts: {
            revision: revision.n,
            plan: plan.hash,
            ways,
            ...(hasNewEnd ? { until: until?.at ?? null } : {}),
            ...(ended === undefined ? {} : { ends: ended.accounts }),
          },
          personal: { what, ...textsOf(post.revision, right, typed) },
        },
      ],
      effects: [firstCorrectionTimer(post, correction, now)],
      // What an earlier one was still to change is closed with it, and nobody is asked to release what waits for its words.
      drop: [
        ...(asked.correction === undefined ? [] : ['put-right:*']),
        ...(asked.status.is === 'held' ? stageTimerKeys : []),
      ],
    },
    context,
  );
});

/** Another correction is asked for: that the last one was not agreed to is told with what happened before. */
function withoutRefusal({ correctionRefused: last, ...post }: PostState): PostState {
  if (last === undefined) return post;
  const { note: _settled, ...refused } = last;
  return { ...post, correctionsRefused: [...(post.correctionsRefused ?? []), refused] };
}

/** The other person does not agree, or its writer gives it up: what stands stays as it is. */
export const refuseCorrection = personCommand(
  'post.refuse-correction',
  pressed.pick({ review: true }).extend({ hash: z.string().exactOptional(), note: z.string().max(2_000) }),
  (post, { review, hash, note }, person, context) => {
    const { correction } = post;
    if (correction === undefined || correction.applied !== undefined) return correctionSettled(post, review);
    // The cards of a held post name the walk of its hold: each hold has its own, and no correction takes another's place in
    // it. Whoever does not want these words need not have read that they are asked for afresh since, or that accounts turned.
    const isThis = [correction.review.id, reviewAwaited(post)?.id].includes(review);
    if (!isThis && (hash === undefined || !isOrWas(correction.plan, hash)))
      return refusePost('another-correction', { by: correction.by, at: correction.at });
    const isOwn = person === correction.by;
    const deciders = correctionDeciders(post, [correction.by], context.protocol);
    const others = [...new Set([...deciders, ...askedNow(correction.review)])];
    if (!isOwn && !others.includes(person))
      return refusePost('not-asked-to-agree', { asked: others, department: post.department ?? '' });
    if (!isOwn && note.trim() === '') return refusePost('note-needed', { for: 'refuse-correction' });
    const { correction: _gone, ...rest } = withoutOtherWords(post, context.now);
    const said = note.trim();
    return changed(
      {
        post: isOwn
          ? {
              ...rest,
              correctionTakenBack: { by: person, at: context.now, review: correction.review },
            }
          : {
              ...rest,
              correctionRefused: { by: person, at: context.now, note: said, review: correction.review },
            },
        audit: [
          {
            action: isOwn ? 'correction-taken-back' : 'correction-refused',
            facts: { plan: correction.plan.hash },
            ...(said === '' ? {} : { personal: { note: said } }),
          },
        ],
        // What waited for this decision leaves as it is. What is held waits for another.
        effects: post.status.is === 'held' ? [] : leaveEffects(publicationsOf(rest), context.now),
        drop: [correctionTimerKey],
      },
      context,
    );
  },
);

/** The stages that the protocol gives what was found in a correction: its own clauses say who decides on that. */
function higherStages(
  post: PostState,
  revision: Revision,
  found: readonly Finding[],
  rules: DeskRules,
): readonly FrozenStage[] {
  const { stages, explained } = routeOf({ ...post, revision }, revision.by, found, rules);
  const asked = explained.filter(({ findings }) => findings.length > 0).flatMap(({ gave }) => gave);
  return stages
    .filter(({ id, kind }) => kind === 'decide' && asked.includes(id))
    .map((stage) => ({ ...stage, id: `${correctionStage}:${stage.id}` }));
}

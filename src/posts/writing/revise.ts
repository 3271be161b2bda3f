import { z } from 'zod';
import { canonical } from '../../core/json.ts';
import type { Millis } from '../../core/time.ts';
import { saysNothing } from './wording.ts';
import { changed } from '../changed.ts';
import { endTimer, stageTimerKeys } from '../deciding/set-timers.ts';
import { typedBefore, typedOn } from './days-written.ts';
import { personCommand } from '../command.ts';
import { findingsOf, plannedTime, publishTime, written, type Written } from './draft.ts';
import { mostMedia, tooMuchWritten } from './how-much.ts';
import { pagesOf } from '../leaving/linked-pages.ts';
import { isEditable } from '../leaving/to-go-out.ts';
import { editors, lacksDepartment, mayEdit } from '../deciding/may.ts';
import type { DeskRules, PostState } from '../post.ts';
import type { PlannedTime, Revision } from './revision.ts';
import { notNow } from '../leaving/not-now.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';
import { revisedNote } from './propose.ts';
import { accountTexts } from './plan.ts';
import { accountsThatQuote, quotedPost } from './quoted-post.ts';
import { endsBeforeItGoes } from '../leaving/its-end.ts';
import { changedByAnother } from './desk-changed.ts';
import { seenWalk, wentOn } from '../deciding/seen-walk.ts';
import { goesOnEdited } from '../deciding/stopped-emergency.ts';
import { reopenedAfterEdit } from '../deciding/send.ts';

const params = written.extend({
  /** the revision that the form was drawn from; another one by now means that somebody was faster */
  from: z.int().positive(),
  /** absent keeps the planned time; null means as soon as it is approved */
  when: plannedTime.nullable().exactOptional(),
  /** what of its approval the form, or the question, was drawn with; absent: whoever edits it sees it as it stands */
  seen: seenWalk.exactOptional(),
  /** whoever edits it did not have its text before them: its words for a day are of the day they were written on */
  keepsDays: z.literal(true).exactOptional(),
  /** it brings pictures of which something is still to be said, so that it is a draft again, whoever edits it */
  opens: z.literal(true).exactOptional(),
});

/**
 * Edits a post: a new revision, which voids every decision. An edit by the desk while the post is with it, or
 * by anybody of the desk, keeps it on its way: a fresh plan is frozen and the walk begins again after the look. So does
 * that of whoever decides on an emergency that a rule stops. An edit by the service makes it a draft again.
 */
export const revise = personCommand('post.revise', params, (post, wanted, person, context) => {
  const rules = context.protocol;
  const refused = whyNotEdit(post, person, rules);
  if (refused !== undefined) return refused;
  if (wanted.from !== post.revision.n) return refusePost('edited-since', {});
  const went = wanted.seen === undefined ? undefined : wentOn(post, wanted.seen);
  if (went !== undefined) return went;
  const [problem] = unwritable(post, wanted, rules, context.now);
  if (problem !== undefined) return problem;
  const when = wanted.when === undefined ? post.when : (wanted.when ?? undefined);
  const next = nextRevision(post.revision, wanted, { by: person, at: context.now }, rules);
  const revision = wanted.keepsDays === true ? typedBefore(next, typedOn(post.revision)) : next;
  if (revision.media.length > mostMedia) return refusePost('too-many-pictures', { most: mostMedia });
  const tooMuch = tooMuchWritten(revision);
  if (tooMuch !== undefined) return tooMuch;
  const sameTime = canonical(when ?? null) === canonical(post.when ?? null);
  if (sameWords(post.revision, revision) && sameTime) return refusePost('nothing-changed', {});
  const { when: _dropped, serviceWrote: _kept, deskChanged: _theirs, checkedUnder: _before, ...rest } = post;
  const edited: PostState = {
    ...rest,
    revision,
    ...(when === undefined ? {} : { when }),
    ...(post.author === person
      ? {}
      : {
          serviceWrote: post.serviceWrote ?? post.revision,
          deskChanged: changedByAnother(post, person, context.now),
        }),
    findings: findingsOf({ ...post, revision }, publishTime(when, context.now), rules),
  };
  const timers = endTimer(revision.until);
  const stays = goesOnEdited(post, person, rules) && wanted.opens !== true;
  const audit = [revisedNote('revised', edited)];
  if (stays) {
    const onward = reopenedAfterEdit(edited, person, context);
    if ('refused' in onward)
      return onward.refused === 'blocked'
        ? refusePost('edit-blocked', {
            found: edited.findings,
            read: { texts: accountTexts(revision, rules), media: revision.media },
          })
        : onward;
    return changed(
      { ...onward, audit: [...audit, ...onward.audit], effects: [...timers, ...onward.effects] },
      context,
    );
  }
  return changed(
    {
      post: { ...edited, status: { is: 'draft' } },
      audit,
      effects: timers,
      drop: [...stageTimerKeys, 'publish:*', ...(revision.until === undefined ? ['timer:end'] : [])],
    },
    context,
  );
});

/** Why somebody does not edit it; undefined where they may. */
export function whyNotEdit(post: PostState, person: string, rules: DeskRules): PostRefusal | undefined {
  if (!isEditable(post)) return notNow(post, 'edit');
  return mayEdit(post, person, rules) ? undefined : refusePost('may-not-edit', { may: editors(post, rules) });
}

/** The revision after this one, with what a person wrote. */
function nextRevision(
  before: Revision,
  wanted: Written,
  { by, at }: Pick<Revision, 'by' | 'at'>,
  rules: DeskRules,
): Revision {
  const { until, youtube, pages } = wanted;
  // As an account's own text, it goes with the accounts that it is for.
  const quote =
    accountsThatQuote(wanted.accounts, rules).length === 0 ? undefined : quotedPost(wanted.quote ?? '');
  const next = {
    n: before.n + 1,
    by,
    at,
    text: wanted.text.trim(),
    variants: Object.fromEntries(
      Object.entries(wanted.variants)
        .map(([account, text]) => [account, text.trim()] as const)
        .filter(
          ([account, text]) =>
            text !== '' && wanted.accounts.includes(account) && text !== wanted.text.trim(),
        ),
    ),
    accounts: wanted.accounts,
    headline: wanted.headline.trim(),
    summary: wanted.summary.trim(),
    media: wanted.media.map((each) => ({ ...each, alt: each.alt.trim() })),
    urgency: wanted.urgency,
    flags: wanted.flags,
    campaign: wanted.campaign.trim(),
    ...(wanted.thread === true ? { thread: true } : {}),
    ...(until === undefined ? {} : { until }),
    ...(youtube === undefined ? {} : { youtube: { ...youtube, title: youtube.title.trim() } }),
    ...(quote === undefined ? {} : { quote: quote.url }),
  };
  return { ...next, ...pagesOf(next, { ...before.pages, ...pages }) };
}

/** What a form says, as far as it may be impossible. */
interface Wanted {
  readonly text: string;
  readonly accounts: readonly string[];
  readonly media: readonly unknown[];
  readonly youtube?: { readonly playlist: string; readonly shownAt?: PlannedTime };
  readonly quote?: string;
  readonly until?: PlannedTime;
  readonly when?: PlannedTime | null;
}

/** All that makes a written form impossible, whatever the rules of wording say. */
export function unwritable(
  post: PostState,
  wanted: Wanted,
  rules: DeskRules,
  now: Millis,
): readonly PostRefusal[] {
  const when = wanted.when === undefined ? post.when : (wanted.when ?? undefined);
  const onYoutube = wanted.accounts.some((id) => rules.accounts[id]?.network === 'youtube');
  const ends = endsBeforeItGoes(wanted.until, when, now, onYoutube ? wanted.youtube?.shownAt : undefined);
  return [
    ...(saysNothing(wanted.text) && wanted.media.length === 0 ? [refusePost('empty-text', {})] : []),
    ...unusable(post, wanted, rules),
    ...(wanted.when !== undefined && wanted.when !== null && wanted.when.at <= now
      ? [refusePost('time-in-the-past', { at: wanted.when.at })]
      : []),
    ...(ends === undefined ? [] : [ends]),
  ];
}

/** What cannot be where it is to go. */
function unusable(post: PostState, wanted: Wanted, rules: DeskRules): readonly PostRefusal[] {
  if (wanted.accounts.length === 0) return [refusePost('no-accounts', {})];
  const { playlist = '' } = wanted.youtube ?? {};
  const lists = wanted.accounts.flatMap((id) => Object.keys(rules.accounts[id]?.playlists ?? {}));
  const list = playlist !== '' && !lists.includes(playlist) ? [refusePost('playlist-unknown', {})] : [];
  const quotes = accountsThatQuote(wanted.accounts, rules).length > 0 ? (wanted.quote?.trim() ?? '') : '';
  const quote = quotes !== '' && quotedPost(quotes) === undefined ? [refusePost('not-quotable', {})] : [];
  const accounts = wanted.accounts.flatMap((id): PostRefusal[] => {
    // A form that somebody made up may name what every object has, such as its constructor.
    const account = Object.hasOwn(rules.accounts, id) ? rules.accounts[id] : undefined;
    if (account === undefined) return [refusePost('account-unknown', { account: id })];
    const theirs = account.departments;
    if (theirs.length === 0 || (post.department !== undefined && theirs.includes(post.department))) return [];
    const facts = { account: id, departments: theirs };
    return [refusePost(lacksDepartment(post, rules) ? 'department-first' : 'account-not-yours', facts)];
  });
  return [...list, ...quote, ...accounts];
}

function sameWords(a: Revision, b: Revision): boolean {
  const bare = ({ n: _n, by: _by, at: _at, typedAt: _typed, ...words }: Revision) => canonical(words);
  return bare(a) === bare(b);
}

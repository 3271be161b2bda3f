import { z } from 'zod';
import { departmentsToProposeFor, mayPropose, trainedOn } from '../../protocol/people.ts';
import { isTrainedFor } from '../deciding/may.ts';
import { londonDate } from '../../protocol/london.ts';
import { changed } from '../changed.ts';
import { endTimer } from '../deciding/set-timers.ts';
import type { PostCommand } from '../command.ts';
import { typedBefore } from './days-written.ts';
import { linkedPages, pagesOf } from '../leaving/linked-pages.ts';
import { findingsOf, longestText, plannedTime, publishTime } from './draft.ts';
import { tooMuchWritten } from './how-much.ts';
import { wording, saysNothing } from './wording.ts';
import { describedMedium } from './medium.ts';
import type { Millis } from '../../core/time.ts';
import type { Urgency } from '../../protocol/protocol.ts';
import { captionFiles } from './media.ts';
import { personalTexts } from './personal.ts';
import type { DeskRules, PostState } from '../post.ts';
import type { Revision } from './revision.ts';
import { type PostRefusal, refusePost } from '../refusals.ts';
import { urgencies } from '../../protocol/protocol.ts';

const params = z.object({
  number: z.int().positive(),
  text: wording(longestText),
  department: z.string().exactOptional(),
  accounts: z.array(z.string()).exactOptional(),
  media: z.array(describedMedium),
  urgency: z.enum(urgencies),
  when: plannedTime.exactOptional(),
  until: plannedTime.exactOptional(),
  pages: linkedPages.exactOptional(),
  typed: z.string().max(100).exactOptional(),
  /** when it was typed, where a button says it later */
  typedAt: z.int().exactOptional(),
  /** the thread in which it was typed, when that was not the author's own chat */
  thread: z.object({ conversationId: z.string(), serviceUrl: z.string() }).exactOptional(),
});

/**
 * Proposes a post: a draft with the findings of its first revision. The aggregate's id is the hash of the
 * message's key, so the same message delivered twice makes one post.
 */
export const propose: PostCommand<z.infer<typeof params>> = {
  name: 'post.propose',
  kind: 'post',
  schema: params,
  decide: (existing, wanted, context) => {
    const { actor, now, protocol: rules } = context;
    if (actor.by !== 'person' || rules.people[actor.person] === undefined)
      return refusePost('not-a-person', {});
    if (existing !== undefined) return refusePost('settled-already', {});
    const author = actor.person;
    const refused = refusedProposal(author, wanted, now, rules);
    if (refused !== undefined) return refused;
    const department = wanted.department ?? onlyDepartment(author, rules);
    const typed: Revision = {
      n: 1,
      by: author,
      at: now,
      text: wanted.text.trim(),
      variants: {},
      accounts: wanted.accounts ?? defaultAccounts(department, rules),
      headline: '',
      summary: '',
      media: wanted.media,
      urgency: wanted.urgency,
      flags: [],
      campaign: '',
      ...(wanted.until === undefined ? {} : { until: wanted.until }),
      ...pagesOf({ text: wanted.text, variants: {} }, wanted.pages),
    };
    const revision = typedBefore(typed, wanted.typedAt ?? now);
    const tooMuch = tooMuchWritten(revision);
    if (tooMuch !== undefined) return tooMuch;
    const post: PostState = {
      id: context.id,
      number: wanted.number,
      ...(department === undefined ? {} : { department }),
      author,
      createdAt: now,
      changedAt: now,
      turn: 0,
      revision,
      ...(wanted.when === undefined ? {} : { when: wanted.when }),
      ...(wanted.typed === undefined ? {} : { typed: wanted.typed }),
      findings: findingsOf(
        { revision, ...(department === undefined ? {} : { department }) },
        publishTime(wanted.when, now),
        rules,
      ),
      status: { is: 'draft' },
      corrected: [],
      copies:
        wanted.thread === undefined
          ? []
          : [{ key: 'thread', to: { kind: 'thread', ...wanted.thread }, shown: 0 }],
    };
    return changed(
      {
        post,
        audit: [revisedNote('proposed', post)],
        effects: endTimer(revision.until),
      },
      context,
    );
  },
};

/** Why somebody may not propose this; asked before it is given a number as well, which a refusal would use up. */
export function refusedProposal(
  author: string,
  wanted: Pick<z.infer<typeof params>, 'text' | 'media' | 'department' | 'urgency'>,
  now: Millis,
  rules: DeskRules,
): PostRefusal | undefined {
  if (saysNothing(wanted.text) && wanted.media.length === 0) return refusePost('empty-text', {});
  const department = wanted.department ?? onlyDepartment(author, rules);
  if (department !== undefined && !mayPropose(author, department, rules)) {
    return refusePost('may-not-propose', {
      department,
      may: rules.departments[department]?.proposers ?? [],
    });
  }
  if (department === undefined && departmentsToProposeFor(author, rules).length === 0) {
    return refusePost('may-not-propose', { department: '', may: [] });
  }
  return refusedTraining(author, wanted.urgency, now, rules);
}

/** The audit's note of a revision: which, for which accounts, what was found; its words stand beside it. */
export function revisedNote(action: string, post: PostState) {
  const { revision } = post;
  return {
    action,
    facts: {
      number: post.number,
      revision: revision.n,
      department: post.department ?? '',
      accounts: revision.accounts,
      media: revision.media.map((each) => each.hash),
      captions: captionFiles(revision.media),
      recognised: revision.media.map(({ recognised }) => recognised?.who ?? ''),
      origins: revision.media.map(({ origin }) => origin?.whose ?? ''),
      findings: post.findings.map((finding) => finding.rule),
    },
    personal: personalTexts(revision),
  };
}

function onlyDepartment(person: string, rules: DeskRules): string | undefined {
  const own = departmentsToProposeFor(person, rules);
  return own.length === 1 ? own[0]?.id : undefined;
}

/** GOV-1: whoever proposes or sends has training that counts that day; an emergency is not stopped by it. */
export function refusedTraining(
  person: string,
  urgency: Urgency,
  now: Millis,
  rules: DeskRules,
): PostRefusal | undefined {
  if (isTrainedFor(person, urgency, now, rules)) return undefined;
  const training = trainedOn(person, londonDate(now), rules);
  const isOver = !training.trained && training.reason === 'expired';
  return refusePost('not-trained', { person, lastDay: isOver ? training.on : '' });
}

/** The accounts that the protocol gives a proposal that names none: those by default that the department may use. */
export function defaultAccounts(department: string | undefined, rules: DeskRules): readonly string[] {
  return Object.values(rules.accounts)
    .filter(
      (account) =>
        account.byDefault &&
        (account.departments.length === 0 ||
          department === undefined ||
          account.departments.includes(department)),
    )
    .map((account) => account.id);
}

import { z } from 'zod';
import { agree, openReview } from '../approval/review.ts';
import { changed, effect } from './changed.ts';
import { crierCommand, personCommand } from './command.ts';
import { blockingCorrection, findingsOf, longestText } from './draft.ts';
import { pressed } from './approve.ts';
import { correctionDeciders, editors, isCorrectable, publicationsOf } from './may.ts';
import { freeze } from './plan.ts';
import type { Correction, PostState, Revision } from './post.ts';
import { refusePost } from './refusals.ts';
import { refusedReview } from './refused-review.ts';

/** The one stage of a correction. */
const correctionStage = 'correction';

/** Asks for a change to what stands in public, saying what was wrong. One other person has to agree. */
export const correct = personCommand(
  'post.correct',
  z.object({
    text: z.string().max(longestText),
    headline: z.string().max(300).exactOptional(),
    what: z.string().max(500),
    from: z.int().positive(),
  }),
  (post, wanted, person, context) => {
    const { protocol: rules, now } = context;
    if (!isCorrectable(post)) return refusePost('not-now', { state: post.status.is, action: 'correct' });
    if (!editors(post, rules).includes(person))
      return refusePost('may-not-correct', { may: editors(post, rules) });
    if (post.correction !== undefined)
      return refusePost('correction-waits-already', { by: post.correction.by });
    if (wanted.from !== post.revision.n) return refusePost('edited-since', {});
    const what = wanted.what.trim();
    if (what === '') return refusePost('say-what-was-wrong', {});
    const text = wanted.text.trim();
    if (text === '') return refusePost('empty-text', {});
    const headline = wanted.headline?.trim() ?? post.revision.headline;
    if (text === post.revision.text && headline === post.revision.headline)
      return refusePost('nothing-changed', {});
    const revision: Revision = {
      ...post.revision,
      n: post.revision.n + 1,
      by: person,
      at: now,
      text,
      headline,
      // A variant of the old text would leave the mistake standing there.
      variants: {},
    };
    const findings = findingsOf({ ...post, revision }, now, rules);
    const blocks = blockingCorrection(findings);
    if (blocks.length > 0) return refusePost('blocked', { rules: blocks.map((finding) => finding.rule) });
    const short = post.department === undefined ? '' : (rules.departments[post.department]?.short ?? '');
    const plan = freeze(revision, short, rules);
    const people = correctionDeciders(post, person, rules);
    const correction: Correction = {
      revision,
      plan,
      what,
      by: person,
      at: now,
      findings,
      review: openReview(
        {
          id: context.newId('review'),
          hash: plan.hash,
          sentBy: person,
          writers: [person],
          stages: [
            {
              id: correctionStage,
              name: `${short} approvers or ${rules.desk.name}`,
              kind: 'decide',
              people,
              need: 1,
              remindAfter: 0,
              escalateAfter: 0,
              escalateTo: [],
              expireAfter: 0,
              because: [],
            },
          ],
        },
        now,
      ),
    };
    return changed(
      {
        post: { ...post, correction },
        audit: [
          {
            action: 'correction-asked',
            facts: { revision: revision.n, plan: plan.hash },
            personal: { text, what },
          },
        ],
      },
      context,
    );
  },
);

/** The other person agrees: the correction goes to every account where the post stands. */
export const approveCorrection = personCommand(
  'post.approve-correction',
  pressed.extend({ confirm: z.boolean() }),
  (post, press, person, context) => {
    const { correction } = post;
    if (correction === undefined || correction.applied !== undefined)
      return refusePost('settled-already', {});
    if (!press.confirm && context.protocol.rules['POL-1'] !== undefined)
      return refusePost('not-confirmed', {});
    if (press.review !== correction.review.id) return refusePost('edited-since', {});
    const result = agree(correction.review, {
      person,
      hash: press.hash,
      stage: press.stage,
      now: context.now,
      entitled: correctionDeciders(post, correction.by, context.protocol).includes(person),
    });
    if ('no' in result) return refusedReview(result, correction.review.stages[0]?.name ?? '');
    const standing = Object.entries(publicationsOf(post)).filter(
      ([, publication]) => publication.is === 'published',
    );
    const parts = Object.fromEntries(
      correction.plan.parts
        .filter(({ key }) => standing.some(([part]) => part === key))
        .map(({ key }): [string, 'waiting'] => [key, 'waiting']),
    );
    return changed(
      {
        post: {
          ...post,
          correction: {
            ...correction,
            review: result.review,
            applied: { by: person, at: context.now, parts },
          },
        },
        audit: [
          { action: 'correction-approved', facts: { plan: correction.plan.hash, parts: Object.keys(parts) } },
        ],
        effects: Object.keys(parts).map((part) =>
          effect(`put-right:${part}`, { type: 'post.put-right', data: { part } }, context.now),
        ),
      },
      context,
    );
  },
);

/** The other person does not agree, or its writer gives it up: what stands stays as it is. */
export const refuseCorrection = personCommand(
  'post.refuse-correction',
  pressed.pick({ review: true }).extend({ note: z.string().max(2_000) }),
  (post, { review, note }, person, context) => {
    const { correction } = post;
    if (correction === undefined || correction.applied !== undefined)
      return refusePost('settled-already', {});
    if (review !== correction.review.id) return refusePost('edited-since', {});
    const may = [correction.by, ...correctionDeciders(post, correction.by, context.protocol)];
    if (!may.includes(person)) return refusePost('not-asked', { asked: may, stage: '' });
    if (person !== correction.by && note.trim() === '') return refusePost('note-needed', { for: 'refuse' });
    const { correction: _gone, ...rest } = post;
    return changed(
      {
        post: rest,
        audit: [
          {
            action: 'correction-refused',
            facts: { plan: correction.plan.hash },
            ...(note.trim() === '' ? {} : { personal: { note: note.trim() } }),
          },
        ],
      },
      context,
    );
  },
);

/** Records that a part has been put right, or could not be. With the last one the correction stands. */
export const recordCorrected = crierCommand(
  'post.put-right',
  z.object({ part: z.string(), ok: z.boolean() }),
  (post, { part, ok }, context) => {
    const { correction } = post;
    const applied = correction?.applied;
    if (correction === undefined || applied?.parts[part] !== 'waiting')
      return refusePost('settled-already', {});
    const parts = { ...applied.parts, [part]: ok ? ('done' as const) : ('failed' as const) };
    const audit = [
      { action: ok ? 'put-right' : 'not-put-right', facts: { part, plan: correction.plan.hash } },
    ];
    if (Object.values(parts).includes('waiting')) {
      const state: PostState = { ...post, correction: { ...correction, applied: { ...applied, parts } } };
      return { state, audit, effects: [] };
    }
    const { correction: _done, notCorrected: _earlier, status, ...bare } = post;
    const failed = Object.keys(parts).filter((each) => parts[each] === 'failed');
    const rest = { ...bare, ...(failed.length === 0 ? {} : { notCorrected: failed }) };
    // Where none could be put right, nothing was corrected and the old words stand.
    if (failed.length === Object.keys(parts).length)
      return changed({ post: { ...rest, status }, audit }, context);
    return changed(
      {
        post: {
          ...rest,
          revision: correction.revision,
          findings: correction.findings,
          status:
            status.is === 'published' || status.is === 'partly-published'
              ? { ...status, plan: correction.plan }
              : status,
          corrected: [
            ...post.corrected,
            { what: correction.what, at: applied.at, by: correction.by, approvedBy: applied.by },
          ],
        },
        audit,
      },
      context,
    );
  },
);

import type { Erasure } from '../core/aggregate.ts';
import type { Change } from '../core/change.ts';
import { canonical } from '../core/json.ts';
import type { Millis } from '../core/time.ts';
import { cardEffects } from './changed.ts';
import type { Copy, ErasedText, Medium, PostState, Revision, Status } from './post.ts';

/**
 * Takes texts out of a post's state: what an erasure of the audit's texts named `text`, `note`, `alt-…` and so on
 * means for the state itself. What a frozen plan would have sent goes with the text, so a post whose text is
 * erased can not go out any more; its hashes stay. The post says what was taken and under which clause, and its
 * cards are drawn anew, since the texts stand on them too.
 */
export function redactPost(post: PostState, erasure: Erasure, now: Millis): Omit<Change<PostState>, 'audit'> {
  const redacted = without(post, erasure);
  const what = takenFrom(post, redacted);
  if (what.length === 0) return { state: redacted, effects: [] };
  const erased = [...(post.erased ?? []), { clause: erasure.clause, at: now, what }];
  // A form that is open holds what was taken out, and saving it would bring that back.
  const copies = redacted.copies.map(({ forms: _open, ...copy }): Copy => copy);
  const state = { ...redacted, copies, erased, turn: post.turn + 1 };
  return { state, effects: cardEffects(state, now) };
}

function without(post: PostState, erasure: Erasure): PostState {
  const names = (name: string): boolean => erasure.names === undefined || erasure.names.includes(name);
  const theirs = (person: string): boolean =>
    erasure.actor === undefined || erasure.actor === `person:${person}`;
  const { serviceWrote, correction, restRefused, correctionRefused, past, ...rest } = post;
  const noteOf = <T extends { readonly by: string; readonly note?: string }>(said: T): T =>
    said.note !== undefined && theirs(said.by) && names('note') ? { ...said, note: '' } : said;
  return {
    ...rest,
    revision: redactRevision(post.revision, names, theirs),
    ...(serviceWrote === undefined ? {} : { serviceWrote: redactRevision(serviceWrote, names, theirs) }),
    ...(correction === undefined || (theirs(correction.by) && names('what')) ? {} : { correction }),
    ...(restRefused === undefined ? {} : { restRefused: noteOf(restRefused) }),
    ...(correctionRefused === undefined ? {} : { correctionRefused: noteOf(correctionRefused) }),
    ...(past === undefined ? {} : { past: past.map((step) => ('note' in step ? noteOf(step) : step)) }),
    corrected: post.corrected.map((each) =>
      theirs(each.by) && names('what') ? { ...each, what: '' } : each,
    ),
    // A finding holds the words that it is about.
    findings: theirs(post.revision.by) && names('text') ? [] : post.findings,
    status: redactStatus(post.status, post.revision, names, theirs),
  };
}

/** What is there no more, in the order in which it is said. */
function takenFrom(before: PostState, after: PostState): readonly ErasedText[] {
  const differs = (part: (post: PostState) => unknown): boolean =>
    canonical(part(before) ?? null) !== canonical(part(after) ?? null);
  const wordsOf = ({ text, variants, headline, summary, youtube }: Revision) => [
    text,
    variants,
    headline,
    summary,
    youtube?.title ?? '',
  ];
  const parts: readonly (readonly [ErasedText, (post: PostState) => unknown])[] = [
    ['words', ({ revision, serviceWrote }) => [revision, serviceWrote ?? revision].map(wordsOf)],
    ['descriptions', ({ revision }) => revision.media.map(({ alt }) => alt)],
    [
      'answers',
      ({ revision }) => revision.media.map(({ recognised, origin }) => [recognised ?? null, origin ?? null]),
    ],
    [
      'notes',
      ({ status, past, restRefused, correctionRefused }) => [
        'note' in status ? status.note : '',
        (past ?? []).map((step) => ('note' in step ? (step.note ?? '') : '')),
        restRefused?.note ?? '',
        correctionRefused?.note ?? '',
      ],
    ],
    [
      'corrections',
      ({ corrected, correction }) => [corrected.map(({ what }) => what), correction?.what ?? ''],
    ],
  ];
  return parts.filter(([, part]) => differs(part)).map(([what]) => what);
}
type Test = (value: string) => boolean;

function redactRevision(revision: Revision, names: Test, theirs: Test): Revision {
  if (!theirs(revision.by)) return revision;
  // What stands behind the links of a text goes with it.
  const { pages, ...rest } = revision;
  return {
    ...rest,
    ...(pages === undefined || names('text') ? {} : { pages }),
    ...(names('text') ? { text: '', variants: {} } : {}),
    ...(names('headline') ? { headline: '' } : {}),
    ...(names('summary') ? { summary: '' } : {}),
    ...(revision.youtube !== undefined && names('youtube-title')
      ? { youtube: { ...revision.youtube, title: '' } }
      : {}),
    media: revision.media.map((medium, n) => redactMedium(medium, n + 1, names)),
  };
}

/** What was answered stays; the references and names in it go. */
function redactMedium(medium: Medium, number: number, names: Test): Medium {
  const { recognised, origin } = medium;
  return {
    ...medium,
    ...(names(`alt-${number}`) ? { alt: '' } : {}),
    ...(recognised !== undefined && names(`form-${number}`) ? { recognised: { who: recognised.who } } : {}),
    ...(origin !== undefined && names(`from-${number}`) ? { origin: { whose: origin.whose } } : {}),
  };
}

function redactStatus(status: Status, revision: Revision, names: Test, theirs: Test): Status {
  if (
    (status.is === 'sent-back' || status.is === 'not-to-be-published') &&
    theirs(status.by) &&
    names('note')
  ) {
    return { ...status, note: '' };
  }
  if ('plan' in status && theirs(revision.by) && names('text')) {
    return {
      ...status,
      plan: { ...status.plan, parts: status.plan.parts.map((part) => ({ ...part, bytes: '' })) },
    };
  }
  return status;
}

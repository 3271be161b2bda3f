import type { Erasure } from '../../core/aggregate.ts';
import type { Change } from '../../core/change.ts';
import { canonical } from '../../core/json.ts';
import type { Millis } from '../../core/time.ts';
import { withoutBytes } from '../../dispatch/attempt.ts';
import type { Publication } from '../../dispatch/publication.ts';
import { cardEffects } from '../telling/cards-to-show.ts';
import { redactEarlier, redactTexts } from '../correcting/earlier.ts';
import { called } from '../writing/personal.ts';
import { captionFile, captionFiles, isVideo } from '../writing/media.ts';
import type { Copy, Correction, ErasedText, MadeNowhere, PostState, Status } from '../post.ts';
import type { Medium, Revision } from '../writing/revision.ts';

/**
 * Takes texts out of a post's state: what an erasure of the audit's texts named `text`, `note`, `alt-…` and so on
 * means for the state itself. What a frozen plan would have sent goes with any of its words, so a post of which words
 * are erased can not go out any more; its hashes stay. The post says what was taken and under which clause, and its
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
  const { serviceWrote, earlier: _earlier, correction, restRefused, correctionRefused, ...others } = post;
  const { correctionOver, past, notMade, madeNowhere, ...rest } = others;
  const noteOf = <T extends { readonly by: string; readonly note?: string }>(said: T): T =>
    said.note !== undefined && theirs(said.by) && names('note') ? { ...said, note: '' } : said;
  const whatOf = <T extends { readonly by: string; readonly what: string }>(said: T): T =>
    theirs(said.by) && names('what') ? { ...said, what: '' } : said;
  const textOf = ({ text, ...said }: MadeNowhere): MadeNowhere =>
    text === undefined || (theirs(said.by) && names('text')) ? said : { ...said, text };
  const revision = redactRevision(post.revision, names, theirs);
  // A correction says again what it leaves as it was.
  const corrects = isSameToRead(revision, post.revision)
    ? redactCorrection(correction, names, theirs)
    : undefined;
  const redacted: PostState = {
    ...rest,
    // What somebody was answered on a card is no record, and may hold what they typed.
    copies: post.copies.map(({ said: _said, ...copy }): Copy => copy),
    revision,
    ...(serviceWrote === undefined ? {} : { serviceWrote: redactRevision(serviceWrote, names, theirs) }),
    ...redactEarlier(post, erasure),
    ...(corrects === undefined ? {} : { correction: corrects }),
    ...(restRefused === undefined ? {} : { restRefused: noteOf(restRefused) }),
    ...(correctionRefused === undefined ? {} : { correctionRefused: noteOf(correctionRefused) }),
    ...(correctionOver === undefined ? {} : { correctionOver: whatOf(correctionOver) }),
    ...redactNotMade(notMade, names, theirs, erasure),
    ...(past === undefined ? {} : { past: past.map((step) => ('note' in step ? noteOf(step) : step)) }),
    ...(madeNowhere === undefined ? {} : { madeNowhere: madeNowhere.map((each) => textOf(whatOf(each))) }),
    corrected: post.corrected.map(whatOf),
    status: 'note' in post.status ? noteOf(post.status) : post.status,
  };
  const read = (of: PostState): string =>
    canonical([toRead(of.revision), of.corrected, of.madeNowhere ?? [], of.correction?.revision.n ?? 0]);
  // What was made of the words holds them as well: what was found in them, and what would have gone out.
  if (read(redacted) === read(post)) return redacted;
  const { typed: _hash, ...untyped } = redacted;
  return { ...untyped, findings: [], status: withoutWords(redacted.status) };
}

/** The words of a revision that people read where it goes out. */
const toRead = ({ text, variants, headline, summary, youtube, quote, media }: Revision) => [
  text,
  variants,
  headline,
  summary,
  youtube?.title ?? '',
  quote ?? '',
  media.map((medium) => [medium.alt, captionFile(medium) ?? '']),
];

const isSameToRead = (one: Revision, other: Revision): boolean =>
  canonical(toRead(one)) === canonical(toRead(other));

/** Of words that are still to be put somewhere by hand, the text is erased with all that belongs to it. */
function redactNotMade(
  notMade: PostState['notMade'],
  names: Test,
  theirs: Test,
  erasure: Erasure,
): Pick<PostState, 'notMade'> {
  if (notMade === undefined || (theirs(notMade.by) && names('text'))) return {};
  if (notMade.others === undefined || !theirs(notMade.by)) return { notMade };
  return { notMade: { ...notMade, others: redactTexts(notMade.others, erasure.names) } };
}

/** One of which words go goes as a whole: there is no correction without them. */
function redactCorrection(
  correction: Correction | undefined,
  names: Test,
  theirs: Test,
): Correction | undefined {
  if (correction === undefined || (theirs(correction.by) && names('what'))) return undefined;
  const revision = redactRevision(correction.revision, names, theirs);
  return isSameToRead(revision, correction.revision) ? { ...correction, revision } : undefined;
}

/** What is there no more, in the order in which it is said. */
function takenFrom(before: PostState, after: PostState): readonly ErasedText[] {
  const differs = (part: (post: PostState) => unknown): boolean =>
    canonical(part(before) ?? null) !== canonical(part(after) ?? null);
  const wordsOf = (revision: Revision) => toRead({ ...revision, media: [] });
  const parts: readonly (readonly [ErasedText, (post: PostState) => unknown])[] = [
    ['words', ({ revision, serviceWrote }) => [revision, serviceWrote ?? revision].map(wordsOf)],
    ['earlier', ({ earlier }) => earlier],
    [
      'media',
      ({ revision, serviceWrote, correction }) =>
        [revision, serviceWrote ?? revision, correction?.revision ?? revision].map(({ media }) =>
          media.map(({ hash }) => hash),
        ),
    ],
    [
      'descriptions',
      ({ revision, serviceWrote }) =>
        [revision, serviceWrote ?? revision].map(({ media }) => media.map(({ alt }) => alt)),
    ],
    [
      'captions',
      ({ revision, serviceWrote, correction }) =>
        [revision, serviceWrote ?? revision, correction?.revision ?? revision].map(({ media }) =>
          captionFiles(media),
        ),
    ],
    [
      'answers',
      ({ revision, serviceWrote, correction }) =>
        [revision, serviceWrote ?? revision, correction?.revision ?? revision].map(({ media }) =>
          media.map(({ recognised, origin }) => [recognised ?? null, origin ?? null]),
        ),
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
      ({ corrected, madeNowhere = [], correction, correctionOver, notMade }) => [
        [notMade?.text ?? '', notMade?.others ?? {}],
        [...corrected, ...madeNowhere].map(({ what }) => what),
        madeNowhere.map(({ text = '' }) => text),
        correction?.what ?? '',
        correctionOver?.what ?? '',
      ],
    ],
  ];
  return parts.filter(([, part]) => differs(part)).map(([what]) => what);
}

type Test = (value: string) => boolean;

function redactRevision(revision: Revision, names: Test, theirs: Test): Revision {
  if (!theirs(revision.by)) return revision;
  // What stands behind the links of a text goes with it.
  const { pages, quote, ...rest } = revision;
  return {
    ...rest,
    ...(pages === undefined || names('text') ? {} : { pages }),
    ...(quote === undefined || names('quote') ? {} : { quote }),
    ...(names('text') ? { text: '' } : {}),
    variants: Object.fromEntries(
      Object.entries(revision.variants).filter(([account]) => !names('text') && !names(called.own(account))),
    ),
    ...(names('headline') ? { headline: '' } : {}),
    ...(names('summary') ? { summary: '' } : {}),
    ...(revision.youtube !== undefined && names('youtube-title')
      ? { youtube: { ...revision.youtube, title: '' } }
      : {}),
    media: names(called.media) ? [] : revision.media.map((medium, n) => redactMedium(medium, n + 1, names)),
  };
}

/** What was answered stays; the references and names in it go. Captions go with their file, which says the same. */
function redactMedium(of: Medium, number: number, names: Test): Medium {
  const { recognised, origin } = of;
  const medium = captionFile(of) !== undefined && names(called.captions) ? withoutCaptions(of) : of;
  return {
    ...medium,
    ...(names(called.alt(number)) ? { alt: '' } : {}),
    ...(recognised !== undefined && names(called.form(number))
      ? { recognised: { who: recognised.who } }
      : {}),
    ...(origin !== undefined && names(called.from(number)) ? { origin: { whose: origin.whose } } : {}),
  };
}

function withoutCaptions(medium: Medium): Medium {
  if (!isVideo(medium)) return medium;
  const { captions: _gone, ...video } = medium;
  return video;
}

/** Without what would have gone out or was sent, and without the address of a page of ours that is gone: its headline stands in it. */
function withoutWords(status: Status): Status {
  if (!('plan' in status)) return status;
  const parts = status.plan.parts.map(({ says: _words, ...part }) => ({ ...part, bytes: '' }));
  const ours = new Set(parts.flatMap(({ key, network }) => (network === 'website' ? [key] : [])));
  const unnamed = (publications: Readonly<Record<string, Publication>>) =>
    Object.fromEntries(
      Object.entries(publications).map(([key, publication]): [string, Publication] => [
        key,
        publication.is === 'removed' && ours.has(key)
          ? { ...publication, remote: { ...publication.remote, url: '' } }
          : withoutBytes(publication),
      ]),
    );
  const planned = { ...status, plan: { ...status.plan, parts } };
  if ('publications' in planned) return { ...planned, publications: unnamed(planned.publications) };
  return 'out' in planned && planned.out !== undefined ? { ...planned, out: unnamed(planned.out) } : planned;
}

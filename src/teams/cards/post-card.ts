import { askedNow, awaited, type FrozenStage, type Review } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import {
  editors,
  mayAnswerUnknown,
  mayCancel,
  mayCorrect,
  mayDecide,
  mayDecideCorrection,
  mayEdit,
  mayHold,
  mayPassOn,
  mayRemove,
  maySchedule,
  maySee,
  maySend,
  mayTurnDown,
} from '../../posts/may.ts';
import { accountTexts, partsOf, type AccountText } from '../../posts/plan.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { Finding } from '../../protocol/rule.ts';
import { departmentsToProposeFor } from '../../protocol/people.ts';
import { sayFinding } from '../../words/findings-double.ts';
import { accountName, departmentName, nameOf, onAccount, sayPeople, sentence } from '../../words/names.ts';
import {
  atMoment,
  awaitedWords,
  buttonWords,
  changedWords,
  historyWords,
  pleaseDecide,
  pleaseLook,
  publicationWords,
  restingWords,
  routeWords,
  sameWords,
  stateWords,
  summaryWords,
  whenWords,
} from '../../words/posts.ts';
import type { Button, FindingLines, Lines, PostButton, PostCardData, PressData, Tone } from './data.ts';
import { difference } from './difference.ts';
import { render, type Card } from './render.ts';
import { remaining } from './remaining.ts';
import { cardText, firstWords, linkAddress, paragraphs } from './text.ts';

/** For whom a card is drawn: its owner in a personal chat or after a press, or everybody in a Teams channel. */
export type Viewer = { readonly kind: 'person'; readonly person: string } | { readonly kind: 'everybody' };

export interface PostCardOptions {
  /** an answer to a press, in words; shown above everything else */
  readonly notice?: string;
  /** input id → what is wrong with what was typed, shown beside the field */
  readonly errors?: Readonly<Record<string, string>>;
  /** input id → what was typed, so that nobody types it twice */
  readonly typed?: Readonly<Record<string, string>>;
  /** the stages that sending it now would walk; absent where they are not known yet */
  readonly route?: readonly FrozenStage[];
  /** where a client may fetch a picture of the post; absent: pictures are described, not drawn */
  readonly mediaUrl?: (hash: string) => string;
}

/** The style warnings: for those who write, not for whoever decides on the service's facts. */
const styleRules: ReadonlySet<string> = new Set(['ACC-3', 'ACC-4', 'ACC-6', 'ACC-7']);

const none: Lines = { show: false, lines: [] };
const noFindings: FindingLines = { show: false, items: [] };
const nothing = cardText('');

function lines(words: readonly string[]): Lines {
  return { show: words.length > 0, lines: words.map((line) => ({ words: cardText(line) })) };
}

/** What a viewer may do with the post now; nobody in particular may do nothing but open it. */
interface Rights {
  readonly person: string | undefined;
  readonly see: boolean;
  readonly edit: boolean;
  readonly write: boolean;
  readonly send: boolean;
  readonly passOn: boolean;
  readonly decide: boolean;
  readonly turnDown: boolean;
  readonly cancel: boolean;
  readonly hold: boolean;
  readonly schedule: boolean;
  readonly correct: boolean;
  readonly decideCorrection: boolean;
  readonly remove: boolean;
  readonly answer: boolean;
}

function rightsOf(post: PostState, viewer: Viewer, rules: DeskRules): Rights {
  const person = viewer.kind === 'person' ? viewer.person : undefined;
  const may = (right: (post: PostState, person: string, rules: DeskRules) => boolean): boolean =>
    person !== undefined && right(post, person, rules);
  return {
    person,
    see: may(maySee),
    edit: may(mayEdit),
    write: person !== undefined && editors(post, rules).includes(person),
    send: may(maySend),
    passOn: may(mayPassOn),
    decide: may(mayDecide),
    turnDown: may(mayTurnDown),
    cancel: may(mayCancel),
    hold: may(mayHold),
    schedule: may(maySchedule),
    correct: may(mayCorrect),
    decideCorrection: may(mayDecideCorrection),
    remove: may(mayRemove),
    answer: may(mayAnswerUnknown),
  };
}

/** What the main view of a post shows a viewer. */
export function postCardData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData {
  const rights = rightsOf(post, viewer, rules);
  const whole = viewer.kind === 'person';
  const isDraft =
    post.status.is === 'draft' || post.status.is === 'sent-back' || post.status.is === 'expired';
  const buttons = buttonsOf(post, rights, rules, now, options, viewer);
  return {
    title: cardText(titleOf(post, rules, rights)),
    state: cardText(stateFor(post, rights, rules, now)),
    tone: toneOf(post, rights),
    notice: cardText(options.notice ?? ''),
    press: pressOf(post),
    choose: chooseOf(post, rights, rules),
    said: lines([
      ...(isDraft && rights.person === post.author ? [] : [historyWords(post, rules, now)]),
      ...restingWords(post, rules, now),
      ...correctedWords(post, rules, now),
    ]),
    quoted: quotedOf(post, rules),
    changed: whole ? changedOf(post, rules) : { show: false, title: nothing, paragraphs: [] },
    texts: whole ? textsOf(post, rules) : shortText(post),
    same: whole ? sameOf(post, rules) : none,
    pictures: whole ? picturesOf(post, rights, options) : [],
    facts: lines(factsOf(post, rules, now, whole)),
    places: placesOf(post, rules, now),
    unknowns: rights.answer ? unknownsOf(post, rules, now, options) : [],
    ...findingsOf(post, rights, rules),
    correction: correctionOf(post, rules, now, rights),
    next: nextOf(post, rights, rules, now, options),
    confirm: {
      show: rights.decide,
      words: 'The facts are right and I am content for the council to say this',
      value: options.typed?.['confirm'] ?? 'false',
      error: cardText(options.errors?.['confirm'] ?? ''),
    },
    note: {
      show: rights.turnDown || rights.decideCorrection,
      label: rights.decideCorrection ? 'Note, if you say no' : 'Note, if you send it back or say no',
      value: options.typed?.['note'] ?? '',
      error: cardText(options.errors?.['note'] ?? ''),
    },
    buttons,
    more: moreOf(buttons),
  };
}

/** @returns ids of what the card shows: a press on an older card is recognised by them */
export function pressOf(post: PostState): PressData {
  const review = post.correction?.review ?? ('review' in post.status ? post.status.review : undefined);
  return {
    post: post.id,
    turn: post.turn,
    revision: post.revision.n,
    hash: review?.hash ?? '',
    stage: review === undefined ? '' : (awaited(review)?.id ?? ''),
    review: review?.id ?? '',
  };
}

/** `#142 · Highways and Transport`, or `#142 for …` to somebody who is asked */
export function titleOf(
  post: PostState,
  rules: DeskRules,
  rights?: Pick<Rights, 'decide' | 'passOn'>,
): string {
  const asked = rights !== undefined && (rights.decide || rights.passOn);
  const urgency =
    post.revision.urgency === 'normal'
      ? ''
      : post.revision.urgency === 'urgent'
        ? ' · Urgent'
        : ' · Emergency';
  const name = departmentName(post.department, rules);
  return `#${String(post.number)}${asked ? ' for ' : ' · '}${name}${urgency}`;
}

function stateFor(post: PostState, rights: Rights, rules: DeskRules, now: Millis): string {
  if (rights.decide) return pleaseDecide(post, now);
  if (rights.passOn) return pleaseLook(post, now);
  if (rights.decideCorrection) return 'Please look at this correction';
  return stateWords(post, rules, now);
}

function toneOf(post: PostState, rights: Rights): Tone {
  if (rights.decide || rights.passOn || rights.decideCorrection) return 'accent';
  switch (post.status.is) {
    case 'published':
    case 'approved':
    case 'scheduled':
    case 'publishing':
      return 'good';
    case 'partly-published':
    case 'held':
    case 'sent-back':
      return 'warning';
    case 'failed':
      return 'attention';
    default:
      return 'emphasis';
  }
}

function chooseOf(post: PostState, rights: Rights, rules: DeskRules): PostCardData['choose'] {
  if (post.department !== undefined || !rights.edit || rights.person === undefined) {
    return { show: false, few: true, departments: [] };
  }
  const departments = departmentsToProposeFor(rights.person, rules);
  return {
    show: departments.length > 0,
    few: departments.length <= 4,
    departments: departments.map(({ id, name, short }) => ({
      id,
      title: departments.length <= 4 ? short : name,
    })),
  };
}

function correctedWords(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  return post.corrected.map(
    ({ what, at, by, approvedBy }) =>
      `Corrected ${atMoment(at, now)} by ${nameOf(by, rules)}, agreed by ${nameOf(approvedBy, rules)}: ${what}`,
  );
}

function quotedOf(post: PostState, rules: DeskRules): PostCardData['quoted'] {
  const { status } = post;
  if ((status.is !== 'sent-back' && status.is !== 'not-to-be-published') || status.note === '') {
    return { show: false, title: nothing, paragraphs: [] };
  }
  return {
    show: true,
    title: cardText(`${nameOf(status.by, rules)} wrote:`),
    paragraphs: paragraphs(status.note),
  };
}

function changedOf(post: PostState, rules: DeskRules): PostCardData['changed'] {
  const changed =
    post.serviceWrote === undefined ? undefined : difference(post.serviceWrote.text, post.revision.text);
  if (changed === undefined) return { show: false, title: nothing, paragraphs: [] };
  return {
    show: true,
    title: cardText(changedWords(post.revision.by, changed.sentences, rules)),
    paragraphs: changed.paragraphs,
  };
}

type Text = PostCardData['texts'][number];

function plainText(label: string, text: string): Text {
  return {
    label: cardText(label),
    paragraphs: paragraphs(text),
    website: '',
    websiteTitle: nothing,
    headline: [],
    summary: [],
  };
}

function shortText(post: PostState): readonly Text[] {
  return [plainText('', firstWords(post.revision.text, 140))];
}

/** The accounts that get the same text, together, the most first. */
function byText(parts: readonly AccountText[]): readonly (readonly AccountText[])[] {
  const groups = new Map<string, AccountText[]>();
  for (const part of parts) groups.set(part.text, [...(groups.get(part.text) ?? []), part]);
  return [...groups.values()];
}

/** Each text that differs, once; a website's own heading and summary where they say more than the text. */
function textsOf(post: PostState, rules: DeskRules): readonly Text[] {
  const parts = partsOf(post, rules);
  const groups = byText(parts);
  if (groups.length === 0) return [plainText('', post.revision.text)];
  return groups.map((group): Text => {
    const [first] = group;
    const label = groups.length === 1 ? '' : sentence(onAccount(first?.account ?? '', rules));
    const left = groups.length === 1 || first === undefined ? '' : leftWords(first);
    const text = plainText(left === '' ? label : `${label} (${left})`, first?.text ?? post.revision.text);
    const website = group.find(({ headline }) => headline !== undefined);
    const own = post.revision.headline !== '' || post.revision.summary !== '';
    if (website === undefined || !own) return text;
    return {
      ...text,
      website: website.account,
      websiteTitle: cardText('The website heads it:'),
      headline: paragraphs(website.headline ?? ''),
      summary: post.revision.summary === '' ? [] : paragraphs(website.summary ?? ''),
    };
  });
}

/** `On Facebook and the website the same`, where texts differ at all. */
function sameOf(post: PostState, rules: DeskRules): Lines {
  const groups = byText(partsOf(post, rules));
  if (groups.length < 2) return none;
  const words = groups.flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined || others.length === 0) return [];
    const same = others.map(({ account }) => account);
    return [`${sameWords(same, rules)} as ${onAccount(first.account, rules)}`];
  });
  return lines(words);
}

function leftWords(part: AccountText): string {
  const left = remaining(part.text, part.network);
  if (left === undefined) return '';
  return left < 0 ? `${String(-left)} too many` : `${String(left)} left`;
}

function factsOf(post: PostState, rules: DeskRules, now: Millis, whole: boolean): readonly string[] {
  const parts = partsOf(post, rules);
  const named = parts.map((part) => {
    const left = whole ? leftWords(part) : '';
    return left === '' ? accountName(part.account, rules) : `${accountName(part.account, rules)} ${left}`;
  });
  const flags = rules.flags.filter(({ id }) => post.revision.flags.includes(id)).map(({ label }) => label);
  const campaign = post.revision.campaign === '' ? [] : [`Campaign: ${post.revision.campaign}`];
  switch (post.status.is) {
    case 'draft':
    case 'sent-back':
    case 'in-review':
    case 'held':
    case 'expired':
      return [
        named.length === 0 ? 'No account chosen yet' : named.join(' · '),
        whenWords(post, now),
        ...[...flags, ...campaign].slice(0, 4),
      ];
    case 'scheduled':
    case 'approved':
      return [named.join(' · '), whenWords(post, now)];
    default:
      return [];
  }
}

function picturesOf(post: PostState, rights: Rights, options: PostCardOptions): PostCardData['pictures'] {
  const { media } = post.revision;
  return media.map((medium, index) => {
    const number = index + 1;
    const which = media.length === 1 ? 'Picture' : `Picture ${String(number)}`;
    const described = medium.alt.trim() !== '';
    const inputId = `alt:${String(index)}`;
    return {
      number,
      url: options.mediaUrl?.(medium.hash) ?? '',
      altText: described ? medium.alt : `${which}, not described yet`,
      title: cardText(described ? `${which} shows:` : `${which} is not described yet`),
      paragraphs: described ? paragraphs(medium.alt) : [],
      ask: !described && rights.edit,
      inputId,
      value: options.typed?.[inputId] ?? '',
      error: cardText(options.errors?.[inputId] ?? ''),
    };
  });
}

function placesOf(post: PostState, rules: DeskRules, now: Millis): PostCardData['places'] {
  const publications =
    'publications' in post.status
      ? post.status.publications
      : post.status.is === 'held'
        ? post.status.out
        : undefined;
  if (publications === undefined || post.status.is === 'approved' || post.status.is === 'scheduled') {
    return { show: false, lines: [] };
  }
  const all = Object.entries(publications);
  return {
    show: all.length > 0,
    lines: all.map(([part, publication]) => {
      const remote = publication.is === 'published' ? publication.remote : undefined;
      return {
        account: cardText(accountName(accountOf(part), rules)),
        words: cardText(sentence(publicationWords(publication, now))),
        url: remote === undefined ? '' : (linkAddress(remote.url) ?? ''),
      };
    }),
  };
}

/** `<account>.<part>` is a part's key. */
function accountOf(part: string): string {
  return part.slice(0, part.lastIndexOf('.'));
}

function unknownsOf(
  post: PostState,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData['unknowns'] {
  if (!('publications' in post.status)) return [];
  return Object.entries(post.status.publications).flatMap(([part, publication]) => {
    if (publication.is !== 'unknown' || !publication.asked) return [];
    const inputId = `link:${part}`;
    return [
      {
        words: cardText(
          `${accountName(accountOf(part), rules)}: ${publicationWords(publication, now)} Is it there?`,
        ),
        lookAt: linkAddress(publication.lookAt ?? '') ?? '',
        part,
        inputId,
        value: options.typed?.[inputId] ?? '',
        error: cardText(options.errors?.[inputId] ?? ''),
      },
    ];
  });
}

function findingsOf(
  post: PostState,
  rights: Rights,
  rules: DeskRules,
): Pick<PostCardData, 'blocking' | 'higher' | 'worth'> {
  const open = ['draft', 'sent-back', 'in-review', 'held', 'expired', 'scheduled', 'approved'].includes(
    post.status.is,
  );
  if (!open || !rights.see) return { blocking: noFindings, higher: noFindings, worth: noFindings };
  const seen = post.findings.filter(
    (finding) => finding.breach !== 'warn' || !styleRules.has(finding.rule) || rights.write,
  );
  const put = (breach: Finding['breach']): FindingLines => {
    const items = seen
      .filter((finding) => finding.breach === breach)
      .map((finding) => {
        const { what, fix } = sayFinding(finding);
        return { what: cardText(what), fix: cardText(fix) };
      });
    return { show: items.length > 0, items };
  };
  return { blocking: put('block'), higher: put('higher'), worth: put('warn') };
}

function correctionOf(
  post: PostState,
  rules: DeskRules,
  now: Millis,
  rights: Rights,
): PostCardData['correction'] {
  const { correction } = post;
  if (correction === undefined || !rights.see) {
    return { show: false, title: nothing, what: [], changesTitle: nothing, changes: [], lines: [] };
  }
  const before = accountTexts(post.revision, rules)[0]?.text ?? post.revision.text;
  const changed = difference(before, correction.revision.text);
  const asked = askedNow(correction.review);
  return {
    show: true,
    title: cardText(`${nameOf(correction.by, rules)} asked ${atMoment(correction.at, now)} for a correction`),
    what: paragraphs(correction.what),
    changesTitle: cardText(changed === undefined ? 'The new text:' : 'What changes:'),
    changes: changed?.paragraphs ?? paragraphs(correction.revision.text),
    lines:
      correction.applied === undefined
        ? lines([`Waiting for ${sayPeople(asked, rules, 'or')}.`]).lines
        : lines([
            `${nameOf(correction.applied.by, rules)} agreed ${atMoment(correction.applied.at, now)}. It is on its way.`,
          ]).lines,
  };
}

function nextOf(
  post: PostState,
  rights: Rights,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): Lines {
  const review: Review | undefined =
    post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  if (review !== undefined) {
    if (!rights.decide && !rights.passOn) return lines(awaitedWords(post, review, rules, now));
    const rest = review.stages.slice(review.current + 1);
    return rest.length === 0 ? none : lines([`Next: ${routeWords(rest, review.writers, rules)}.`]);
  }
  if (!rights.send || options.route === undefined || options.route.length === 0) return none;
  return lines([`Next: ${routeWords(options.route, [post.author, post.revision.by], rules)}.`]);
}

function buttonsOf(
  post: PostState,
  rights: Rights,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
  viewer: Viewer,
): PostCardData['buttons'] {
  const review = post.status.is === 'in-review' || post.status.is === 'held' ? post.status.review : undefined;
  const asked = rights.decide || rights.passOn;
  const holdFirst = ['approved', 'scheduled', 'publishing'].includes(post.status.is);
  const choosing = post.department === undefined;
  const undescribed = post.revision.media.some(({ alt }) => alt.trim() === '');
  const offered: Partial<Record<PostButton, string | false>> = {
    send: rights.send && !choosing && buttonWords.send(options.route),
    passOn: rights.passOn && review !== undefined && buttonWords.passOn(review),
    approve: rights.decide && review !== undefined && buttonWords.approve(post, review, now),
    approveCorrection: rights.decideCorrection && 'Agree: correct it now',
    open: viewer.kind === 'everybody' && 'Open for me',
    edit: rights.edit && !rights.decide && 'Edit',
    sendBack: rights.turnDown && 'Send back with a note',
    refuse: rights.turnDown && 'Do not publish',
    refuseCorrection: rights.decideCorrection && 'Leave it as it is',
    hold: rights.hold && holdFirst && 'Hold',
    correct: rights.correct && 'Correct',
    remove: rights.remove && !rights.decideCorrection && 'Take it down',
    why: rights.see && !asked && !rights.send && 'Why?',
    saveAlt: rights.edit && undescribed && 'Save the description',
    moreEdit: rights.edit && rights.decide && 'Edit',
    schedule: rights.schedule && 'Schedule',
    moreWhy: rights.see && (asked || rights.send) && 'Why?',
    moreHold: rights.hold && !holdFirst && 'Hold',
    cancel: rights.cancel && 'Cancel this post',
    moreRemove: rights.remove && rights.decideCorrection && 'Take it down',
  };
  const button = (name: PostButton): Button => {
    const title = offered[name];
    return title === undefined || title === false ? { show: false, title: '' } : { show: true, title };
  };
  return {
    send: button('send'),
    passOn: button('passOn'),
    approve: button('approve'),
    approveCorrection: button('approveCorrection'),
    open: button('open'),
    edit: button('edit'),
    sendBack: button('sendBack'),
    refuse: button('refuse'),
    refuseCorrection: button('refuseCorrection'),
    hold: button('hold'),
    correct: button('correct'),
    remove: button('remove'),
    why: button('why'),
    saveAlt: button('saveAlt'),
    moreEdit: button('moreEdit'),
    schedule: button('schedule'),
    moreWhy: button('moreWhy'),
    moreHold: button('moreHold'),
    cancel: button('cancel'),
    moreRemove: button('moreRemove'),
  };
}

function moreOf(buttons: PostCardData['buttons']): PostCardData['more'] {
  const titles = (['moreEdit', 'schedule', 'moreWhy', 'moreHold', 'cancel', 'moreRemove'] as const).filter(
    (name) => buttons[name].show,
  );
  return { show: titles.length > 0, words: cardText('What else you can do:') };
}

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
  const card = render('post', postCardData(post, viewer, rules, now, options));
  const refreshFor = (options.refreshFor ?? []).slice(0, 60);
  if (viewer.kind === 'person' || refreshFor.length === 0) return { card, summary };
  const action = {
    type: 'Action.Execute',
    title: 'Open for me',
    verb: 'view.open',
    data: { post: post.id, view: 'main' },
  };
  return { card: { ...card, refresh: { action, userIds: refreshFor } }, summary };
}

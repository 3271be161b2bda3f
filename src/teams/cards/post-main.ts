import { askedNow, type Review } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { publishTime } from '../../posts/draft.ts';
import { isCaptioned, isVideo } from '../../posts/media.ts';
import { correctionIsStuck, isPartlyOut, isPublic } from '../../posts/may.ts';
import { makesRoom, type Publication } from '../../dispatch/publication.ts';
import { accountOf } from '../../dispatch/thread.ts';
import { accountTexts, partsOf, type AccountText } from '../../posts/plan.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import { endInText } from '../../protocol/end-in-text.ts';
import { departmentsToProposeFor } from '../../protocol/people.ts';
import { askedByHand } from '../../words/by-hand.ts';
import { correctedWords, correctionWords } from '../../words/corrections.ts';
import { accountName, onAccount, rehearsedWords, sentence } from '../../words/names.ts';
import { awaitedWords, buttonWords, notReachedWords, routeWords } from '../../words/asked.ts';
import { changedWords, endOffer, sameWords, whenWords } from '../../words/posts.ts';
import { publicationWords } from '../../words/publications.ts';
import { firstLine, erasedWords, historyWords, restingWords } from '../../words/story.ts';
import {
  buttons,
  campaignWords,
  cardWords,
  leftWords,
  mediumWords,
  placeName,
  threadWords,
  wroteWords,
} from '../../words/on-cards.ts';
import { byHandOf } from './by-hand.ts';
import type { Button, Lines, PostButton, PostCardData } from './data.ts';
import { difference } from './difference.ts';
import { linkCardLines } from './link-card-lines.ts';
import { looksOf } from './looks.ts';
import { findingsOf, headOf, lines, none, nothing, pressOf } from './post-head.ts';
import { answersLine, asksAnything, questionsOf } from './picture-questions.ts';
import { remaining } from './remaining.ts';
import { cardText, firstWords, linkAddress, paragraphs, type Paragraph } from './text.ts';
import { typedForm } from './typed-form.ts';
import { videoShown } from './video-shown.ts';
import { rightsOf, type PostCardOptions, type Rights, type Viewer } from './viewer.ts';

/** What the main view of a post shows a viewer. */
export function postCardData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData {
  const rights = rightsOf(post, viewer, rules);
  // who may not read it before it is public sees where it stands, and no words of it
  const whole = rights.see;
  const isDraft =
    post.status.is === 'draft' || post.status.is === 'sent-back' || post.status.is === 'expired';
  const offered = buttonsOf(post, rights, rules, now, options, viewer);
  return {
    ...headOf(post, rights, rules, now, options),
    press: pressOf(post),
    choose: chooseOf(post, rights, rules),
    said: lines([
      ...(isDraft && post.revision.text === '' && rights.edit ? [cardWords.unwritten] : []),
      ...(isDraft && rights.person === post.author ? [] : [historyWords(post, rules, now)]),
      ...restingWords(post, rules, now),
      ...correctedWords(post, rules, now),
      ...erasedWords(post, now),
    ]),
    quoted: quotedOf(post, rules),
    changed: whole ? changedOf(post, rules) : { show: false, title: nothing, paragraphs: [] },
    texts: whole ? textsOf(post, rules) : viewer.kind === 'everybody' ? shortText(post) : [],
    same: whole ? sameOf(post, rules) : none,
    pictures: whole ? picturesOf(post, rights, rules, options) : [],
    looks: looksOf(post, rules, whole, options),
    facts: lines(factsOf(post, rules, now, whole)),
    ends: endsOf(post, isDraft && rights.edit, now),
    places: placesOf(post, rights, rules, now),
    byHand: byHandOf(post, rights, rules, now, options),
    unknowns: rights.answer ? unknownsOf(post, rules, now, options) : [],
    ...findingsOf(post, rights),
    correction: correctionOf(post, rules, now, rights),
    next: nextOf(post, rights, rules, now, options),
    confirm: {
      show: rules.rules['POL-1'] !== undefined && (rights.decide || rights.decideCorrection),
      words: cardWords.confirm,
      value: options.typed?.['confirm'] ?? 'false',
      error: cardText(options.errors?.['confirm'] ?? ''),
    },
    note: {
      show: rights.turnDown || rights.decideCorrection,
      label: rights.decideCorrection ? cardWords.noteOnCorrection : cardWords.note,
      value: options.typed?.['note'] ?? '',
      error: cardText(options.errors?.['note'] ?? ''),
    },
    buttons: offered,
    more: moreOf(offered),
  };
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

function quotedOf(post: PostState, rules: DeskRules): PostCardData['quoted'] {
  const { status, restRefused } = post;
  const said = status.is === 'sent-back' || status.is === 'not-to-be-published' ? status : restRefused;
  if (said === undefined || said.note === '') return { show: false, title: nothing, paragraphs: [] };
  return { show: true, title: cardText(wroteWords(said.by, rules)), paragraphs: paragraphs(said.note) };
}

function changedOf(post: PostState, rules: DeskRules): PostCardData['changed'] {
  // Once it is public, what the desk changed before is no longer of interest, and a correction is another's change.
  const changed =
    post.serviceWrote === undefined || isPublic(post)
      ? undefined
      : difference(post.serviceWrote.text, post.revision.text);
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
  return [plainText('', firstLine(post, firstWords(post.revision.text, 140)))];
}

/** The accounts that get the same text in as many posts, together. */
function byText(texts: readonly AccountText[]): readonly (readonly AccountText[])[] {
  const groups = new Map<string, AccountText[]>();
  for (const each of texts) {
    const same = isThread(each) ? JSON.stringify(each.parts) : each.text;
    groups.set(same, [...(groups.get(same) ?? []), each]);
  }
  return [...groups.values()];
}

const isThread = ({ parts }: AccountText): boolean => parts.length > 1;

/** A text as it is read: a thread post by post. */
function readAs({ text, parts }: AccountText): readonly Paragraph[] {
  if (parts.length < 2) return paragraphs(text);
  return parts.flatMap((part, n) => [...(n === 0 ? [] : paragraphs('')), ...paragraphs(part)]);
}

/** Each text that differs, once; a website's own heading and summary where they say more than the text. */
function textsOf(post: PostState, rules: DeskRules): readonly Text[] {
  const parts = partsOf(post, rules);
  const groups = byText(parts);
  if (groups.length === 0) return [plainText('', post.revision.text)];
  return groups.map((group): Text => {
    const [first] = group;
    if (first === undefined) return plainText('', post.revision.text);
    const named = groups.length > 1 || isThread(first);
    const label = named ? sentence(onAccount(first.account, rules)) : '';
    const room = named ? left(first, rules) : '';
    const text = {
      ...plainText(room === '' ? label : `${label} (${room})`, first.text),
      paragraphs: readAs(first),
    };
    const website = group.find(({ headline }) => headline !== undefined);
    const own = post.revision.headline !== '' || post.revision.summary !== '';
    if (website === undefined || !own) return text;
    return {
      ...text,
      website: website.account,
      websiteTitle: cardText(cardWords.websiteHeads),
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

function left(text: AccountText, rules: DeskRules): string {
  return isThread(text) ? threadWords(text.parts.length) : leftWords(remaining(text, rules));
}

function factsOf(post: PostState, rules: DeskRules, now: Millis, whole: boolean): readonly string[] {
  const parts = partsOf(post, rules);
  const named = parts.map((part) => {
    const room = whole ? left(part, rules) : '';
    return room === '' ? accountName(part.account, rules) : `${accountName(part.account, rules)} ${room}`;
  });
  const flags = rules.flags.filter(({ id }) => post.revision.flags.includes(id)).map(({ label }) => label);
  const tagged = parts.filter((part) => part.tagged > 0).map(({ account }) => account);
  const campaign =
    post.revision.campaign === '' ? [] : [campaignWords(post.revision.campaign, tagged, rules)];
  const card = whole ? linkCardLines(post.revision, parts, rules) : [];
  const rehearsed = rehearsedWords(post.revision.accounts, rules);
  const rehearsal = rehearsed === '' ? [] : [rehearsed];
  switch (post.status.is) {
    case 'draft':
    case 'sent-back':
    case 'in-review':
    case 'held':
    case 'expired':
      return [
        named.length === 0 ? cardWords.noAccount : named.join(' · '),
        ...whenWords(post, now),
        ...[...flags, ...campaign].slice(0, 4),
        ...card,
        ...rehearsal,
      ];
    case 'scheduled':
    case 'approved':
      return [named.join(' · '), ...whenWords(post, now), ...rehearsal];
    case 'publishing':
    case 'published':
    case 'partly-published':
      return rehearsal;
    default:
      return [];
  }
}

/** Words that name an end are not the post's end: whoever writes it says by a press whether they are. */
function endsOf(post: PostState, isOpen: boolean, now: Millis): PostCardData['ends'] {
  const { text, until } = post.revision;
  const end = isOpen && until === undefined ? endInText(text, publishTime(post.when, now)) : undefined;
  if (end === undefined) return { show: false, words: nothing, title: '', until: '' };
  const { words, title } = endOffer(end.at, now);
  return { show: true, words: cardText(words), title, until: typedForm(end) };
}

function picturesOf(
  post: PostState,
  rights: Rights,
  rules: DeskRules,
  options: PostCardOptions,
): PostCardData['pictures'] {
  const { media } = post.revision;
  return media.map((medium, index) => {
    const described = medium.alt.trim() !== '';
    const words = mediumWords(index, media);
    const inputId = `alt:${String(index)}`;
    return {
      number: index + 1,
      url: isVideo(medium) ? '' : (options.mediaUrl?.(medium.hash) ?? ''),
      altText: described ? medium.alt : words.undescribed,
      title: cardText(words.title),
      paragraphs: described ? paragraphs(medium.alt) : [],
      answers: answersLine(medium),
      questions: questionsOf(
        medium,
        index,
        media.length,
        rights.edit ? 'unanswered' : 'nothing',
        rules,
        options,
      ),
      ask: !described && rights.edit,
      inputId,
      label: words.label,
      value: options.typed?.[inputId] ?? '',
      error: cardText(options.errors?.[inputId] ?? ''),
      // Who decides on it may edit it too, but is asked nothing about it there.
      video: videoShown(medium, index, rights.edit && !isCaptioned(medium), options),
    };
  });
}

function placesOf(post: PostState, rights: Rights, rules: DeskRules, now: Millis): PostCardData['places'] {
  const publications =
    'publications' in post.status
      ? post.status.publications
      : post.status.is === 'held'
        ? post.status.out
        : undefined;
  if (publications === undefined || post.status.is === 'approved' || post.status.is === 'scheduled') {
    return { show: false, lines: [] };
  }
  // the question about an unknown one says the same and more
  const asked = Object.entries(publications).filter(
    ([, publication]) => !(rights.answer && publication.is === 'unknown' && publication.asked),
  );
  // What a correction posts stands beside what it corrects.
  const inOrder = Object.keys(rules.accounts);
  const accounts = [...new Set(asked.map(([part]) => accountOf(part)))].sort(
    (one, other) => inOrder.indexOf(one) - inOrder.indexOf(other),
  );
  const all = accounts.flatMap((account) => asked.filter(([part]) => accountOf(part) === account));
  return {
    show: all.length > 0,
    lines: all.map(([part, publication]) => {
      const remote = publication.is === 'published' ? publication.remote : undefined;
      return {
        account: cardText(placeName(part, Object.keys(publications), rules)),
        words: cardText(sentence(standingWords(post, part, publication, rules, now))),
        url: remote === undefined ? '' : (linkAddress(remote.url) ?? ''),
      };
    }),
  };
}

/** What a part is doing, and who is asked where somebody is to do something by hand. */
function standingWords(
  post: PostState,
  part: string,
  publication: Publication,
  rules: DeskRules,
  now: Millis,
): string {
  const entry = post.byHand?.[part];
  if (post.status.is === 'held' && makesRoom(publication)) return cardWords.staysWhileHeld;
  if (entry === undefined) return publicationWords(publication, now);
  const asked = askedByHand(entry, rules);
  return entry.what === 'change' ? `${publicationWords(publication, now)}; ${asked}` : asked;
}

function unknownsOf(
  post: PostState,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCardData['unknowns'] {
  // Of what is held, nobody is asked before it is decided whether the rest goes out.
  if (!('publications' in post.status)) return [];
  const { publications } = post.status;
  const mayPost = post.status.is !== 'taken-down';
  const parts = Object.keys(publications);
  return Object.entries(publications).flatMap(([part, publication]) => {
    if (publication.is !== 'unknown' || !publication.asked) return [];
    const inputId = `link:${part}`;
    return [
      {
        words: cardText(
          `${placeName(part, parts, rules)}: ${publicationWords(publication, now)} Is it there?`,
        ),
        lookAt: linkAddress(publication.lookAt ?? '') ?? '',
        part,
        mayPost,
        inputId,
        value: options.typed?.[inputId] ?? '',
        error: cardText(options.errors?.[inputId] ?? ''),
      },
    ];
  });
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
  const words = correctionWords(
    correction,
    post.revision,
    askedNow(correction.review),
    correctionIsStuck(post),
    rules,
    now,
  );
  return {
    show: true,
    title: cardText(words.title),
    what: paragraphs(correction.what),
    changesTitle: cardText(changed === undefined ? cardWords.newText : cardWords.whatChanges),
    changes: changed?.paragraphs ?? paragraphs(correction.revision.text),
    // Whoever is asked need not read that they are awaited.
    lines: lines([...words.ways, ...(rights.decideCorrection ? [] : [words.line])]).lines,
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
    const missed = notReachedWords(post, askedNow(review), rules, options.playedAt);
    if (!rights.decide && !rights.passOn)
      return lines([...awaitedWords(post, review, rules, now), ...missed]);
    const rest = review.stages.slice(review.current + 1);
    return lines([
      ...(rest.length === 0 ? [] : [`Next: ${routeWords(rest, review.writers, rules)}.`]),
      ...missed,
    ]);
  }
  if (
    !rights.send ||
    post.department === undefined ||
    options.route === undefined ||
    options.route.length === 0
  )
    return none;
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
  const { media } = post.revision;
  const undescribed = media.some((each) => each.alt.trim() === '' || !isCaptioned(each));
  const unanswered = media.some((medium, index) =>
    asksAnything(questionsOf(medium, index, media.length, 'unanswered', rules, options)),
  );
  const offered: Partial<Record<PostButton, string | false>> = {
    send: rights.send && !choosing && buttonWords.send(options.route),
    passOn: rights.passOn && review !== undefined && buttonWords.passOn(review),
    approve: rights.decide && review !== undefined && buttonWords.approve(post, review, now),
    approveCorrection: rights.decideCorrection && buttons.approveCorrection,
    open: viewer.kind === 'everybody' && buttons.open,
    edit: rights.edit && !rights.decide && buttons.edit,
    sendBack: rights.sendBack && buttons.sendBack,
    refuse: rights.turnDown && (isPartlyOut(post) ? buttons.refuseRest : buttons.refuse),
    refuseCorrection: rights.decideCorrection && buttons.refuseCorrection,
    hold: rights.hold && holdFirst && buttons.hold,
    correct: rights.correct && buttons.correct,
    tryAgain: rights.tryAgain && buttons.tryAgain,
    letOut: rights.makers && buttons.letOut,
    askAgain: rights.makers && buttons.askAgain,
    remove: rights.remove && !rights.decideCorrection && buttons.remove,
    why: rights.see && !asked && !rights.send && buttons.why,
    saveAlt: rights.edit && (unanswered ? buttons.saveAnswers : undescribed && buttons.saveAlt),
    moreEdit: rights.edit && rights.decide && buttons.edit,
    schedule: rights.schedule && buttons.schedule,
    moreWhy: rights.see && (asked || rights.send) && buttons.why,
    moreHold: rights.hold && !holdFirst && buttons.hold,
    cancel: rights.cancel && buttons.cancel,
    moreRemove: rights.remove && rights.decideCorrection && buttons.remove,
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
    tryAgain: button('tryAgain'),
    letOut: button('letOut'),
    askAgain: button('askAgain'),
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

function moreOf(offered: PostCardData['buttons']): PostCardData['more'] {
  const titles = (['moreEdit', 'schedule', 'moreWhy', 'moreHold', 'cancel', 'moreRemove'] as const).filter(
    (name) => offered[name].show,
  );
  return { show: titles.length > 0, words: cardText(cardWords.moreTitle) };
}

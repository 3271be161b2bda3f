import type { Millis } from '../../core/time.ts';
import { publishTime } from '../../posts/writing/draft.ts';
import { isWithWriters } from '../../posts/leaving/to-go-out.ts';
import { deletionBegunOn } from '../../posts/correcting/deletions-begun.ts';
import { endApart, endLeftBy } from '../../posts/writing/end-in-words.ts';
import { isPublic, notThereOn, publicSince } from '../../posts/leaving/what-is-public.ts';
import { shownAs } from '../../posts/correcting/descriptions.ts';
import { isCaptioned, isTold, isVideo } from '../../posts/writing/media.ts';
import { longestAlt } from '../../posts/writing/medium.ts';
import { partsOf, readPart, readWhole, type AccountText } from '../../posts/writing/plan.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { Revision } from '../../posts/writing/revision.ts';
import { repliesNotOut, tornTo } from '../../posts/correcting/standing.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { linksIn } from '../../protocol/text/links.ts';
import { replyNotOut } from '../../words/sent-anew.ts';
import { turnedWords } from '../../words/turned.ts';
import { accountName, onAccount, rehearsedWords, sentence } from '../../words/names.ts';
import {
  campaignWords,
  cardWords,
  leftWords,
  threadWords,
  ifStillThere,
  whatIsLeft,
  wroteWords,
} from '../../words/on-cards.ts';
import { mediumWords } from '../../words/media-on-cards.ts';
import {
  endOffer,
  endUnnamedWords,
  endWords,
  namesEndWords,
  notThereYet,
  overBeforeWords,
  sameWords,
  whenWords,
} from '../../words/posts.ts';
import { firstLine } from '../../words/erased.ts';
import { noteOf } from '../../words/notes.ts';
import { captionsShown } from './captions-shown.ts';
import {
  aloneLines,
  barLines,
  cutHeadingLines,
  headedOnYoutube,
  youtubeLines,
  linkCardLines,
} from './content-lines.ts';
import type { Lines } from './data.ts';
import { isStopped, type PostDrawing } from './drawing.ts';
import type { PostCardData, Quoted } from './post-data.ts';
import { answersLine, questionsOf } from './picture-questions.ts';
import { foundFor, lines, none, nothing } from './post-head.ts';
import { quoteLines } from './quote-form.ts';
import { remaining } from './remaining.ts';
import { cardText, paragraphs, type Paragraph } from './text.ts';
import { typedForm } from './typed-form.ts';
import { videoShown } from './video-shown.ts';

/** Nothing that somebody wrote, for whoever is not to read it. */
export const unquoted: Quoted = { show: false, title: nothing, paragraphs: [] };

/** What somebody wrote who sent it back or refused it. */
export function quotedOf(post: PostState, rules: DeskRules): Quoted {
  const said = noteOf(post);
  if (said === undefined) return unquoted;
  return { show: true, title: cardText(wroteWords(said.by, rules)), paragraphs: paragraphs(said.note) };
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
    cut: nothing,
  };
}

/** The first words, for those who may not read the whole. */
export function shortText(post: PostState, rules: DeskRules): readonly Text[] {
  return [plainText('', firstLine(post, firstWords(readWhole(post.revision.text, rules), 140)))];
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

/** Those of a group whose text goes out to the letter the same: links tell apart where somebody came from. */
function byLetter(group: readonly AccountText[]): readonly (readonly AccountText[])[] {
  return [...Map.groupBy(group, ({ parts }) => JSON.stringify(parts)).values()];
}

/** A text as it goes out: a thread post by post. */
function readAs({ parts }: AccountText): readonly Paragraph[] {
  return parts.flatMap((part, n) => [...(n === 0 ? [] : paragraphs('')), ...paragraphs(part)]);
}

const linksOf = ({ parts }: AccountText): readonly string[] =>
  parts.flatMap((part) => linksIn(part).map(({ from, to }) => part.slice(from, to)));

/** The same for everybody who sees a revision whole, and drawn for each kind of them. */
const drawnFor = new WeakMap<Revision, { readonly rules: DeskRules; readonly texts: readonly Text[] }>();

/** Each text that differs, once; a website's own heading and summary where they say more than the text. */
export function textsOf(post: PostState, rules: DeskRules): readonly Text[] {
  // What is left of a thread, where nothing stands, and what may be gone, is the post's, and not its revision's.
  if (
    deletionBegunOn(post).length > 0 ||
    notThereOn(post).length > 0 ||
    post.revision.accounts.some((account) => tornTo(post, account) !== undefined)
  )
    return drawnTexts(post, rules);
  const before = drawnFor.get(post.revision);
  if (before?.rules === rules) return before.texts;
  const texts = drawnTexts(post, rules);
  drawnFor.set(post.revision, { rules, texts });
  return texts;
}

/** What each account got, or what is left there of a thread that was torn. */
const partsLeft = (post: PostState, rules: DeskRules): readonly AccountText[] =>
  partsOf(post, rules).map((each) => {
    const stand = tornTo(post, each.account);
    if (stand === undefined) return each;
    const parts = each.parts.slice(0, stand);
    return { ...each, parts, text: parts.join('\n\n') };
  });

function drawnTexts(post: PostState, rules: DeskRules): readonly Text[] {
  // Of what is not written yet, or was erased, no empty line stands there.
  if (Object.values(post.revision.variants).every((text) => text === '') && post.revision.text === '')
    return [];
  const groups = byText(partsLeft(post, rules));
  if (groups.length === 0) return [plainText('', post.revision.text)];
  const perhapsGone = deletionBegunOn(post);
  return groups.map((group): Text => {
    const [first] = group;
    if (first === undefined) return plainText('', post.revision.text);
    const isTorn = tornTo(post, first.account) !== undefined;
    const named = groups.length > 1 || isTorn || isThread(first) || byLetter(group).length > 1;
    const on = sentence(onAccount(first.account, rules));
    const where = notThereOn(post).includes(first.account) ? notThereYet(on) : on;
    const perhaps = perhapsGone.includes(first.account);
    const label = isTorn ? whatIsLeft(where) : perhaps ? ifStillThere(where) : named ? where : '';
    const room = named && !isPublic(post) && post.status.is !== 'taken-down' ? left(first, rules) : '';
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

/** What a correction still replies once it is closed: whoever lets it go on, or wants it tried again, reads it before. */
export const repliesOf = (post: PostState, rules: DeskRules): readonly Text[] =>
  repliesNotOut(post).flatMap((thread) => {
    const [first] = thread;
    const said = thread.map((part) => readPart(part).text).join('\n\n');
    return first === undefined ? [] : [plainText(replyNotOut(first.account, rules), said)];
  });

/** `On Facebook and the website the same`, where texts differ at all; with the links that are another's there. */
export function sameOf(post: PostState, rules: DeskRules): Lines {
  const groups = byText(partsLeft(post, rules));
  if (groups.length < 2 && groups.every((group) => byLetter(group).length < 2)) return none;
  const missing = notThereOn(post);
  const words = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const known = linksOf(first);
    return byLetter(group).flatMap((same) => {
      const accounts = same.flatMap((each) => (each === first ? [] : [each.account]));
      const [one = first] = same;
      const links = linksOf(one).filter((link) => !known.includes(link));
      const [there, notThere] = [
        accounts.filter((each) => !missing.includes(each)),
        accounts.filter((each) => missing.includes(each)),
      ];
      return [there, notThere].flatMap((some) =>
        some.length === 0
          ? []
          : [sameWords(some, { isThere: some === there, as: first.account, links }, rules)],
      );
    });
  });
  return lines(words);
}

function left(text: AccountText, rules: DeskRules): string {
  return isThread(text) ? threadWords(text.parts.length) : leftWords(remaining(text, rules));
}

/** Where it goes and when, and what the protocol was told of it. */
export function factsOf(drawing: PostDrawing): readonly string[] {
  const { post, rules, now } = drawing;
  const whole = drawing.rights.see;
  const parts = partsOf(post, rules);
  const named = parts.map((part) => {
    const room = whole ? left(part, rules) : '';
    return room === '' ? accountName(part.account, rules) : `${accountName(part.account, rules)} ${room}`;
  });
  const flags = rules.flags.filter(({ id }) => post.revision.flags.includes(id)).map(({ label }) => label);
  const tagged = parts.filter((part) => part.tagged > 0).map(({ account }) => account);
  const campaign =
    post.revision.campaign === '' ? [] : [campaignWords(post.revision.campaign, tagged, rules)];
  // How it will look there, where that is not how it was written or sent.
  const shown = whole
    ? [cutHeadingLines, linkCardLines, barLines, aloneLines].flatMap((linesOf) =>
        linesOf(post.revision, parts, rules),
      )
    : [];
  const onYoutube = whole ? youtubeLines(post, parts, rules, now) : [];
  const quoted = whole ? quoteLines(post.revision, parts, rules) : [];
  const rehearsed = rehearsedWords(post.revision.accounts, rules);
  const rehearsal = [...(rehearsed === '' ? [] : [rehearsed]), ...turnedWords(post, rules)];
  switch (post.status.is) {
    case 'draft':
    case 'sent-back':
    case 'in-review':
    case 'held':
    case 'expired':
      // Of what is public already, nothing is planned any more.
      if (publicSince(post) !== undefined) return rehearsal;
      // Where it goes, and when, is said with each account of what is partly out, and with what keeps the rest.
      if (isPublic(post)) return [...endWords(post, now), ...rehearsal];
      return [
        named.length === 0 ? cardWords.noAccount : named.join(' · '),
        ...whenWords(post, rules, now, isStopped(drawing)),
        ...onYoutube,
        ...quoted,
        ...endSaidOf(post, rules, now),
        ...[...flags, ...campaign].slice(0, 4),
        ...shown,
        ...rehearsal,
      ];
    case 'scheduled':
    case 'approved':
      return [
        named.join(' · '),
        ...whenWords(post, rules, now, isStopped(drawing)),
        ...onYoutube,
        ...quoted,
        ...endSaidOf(post, rules, now),
        ...rehearsal,
      ];
    case 'publishing':
    case 'published':
    case 'partly-published':
      return [...(whole ? headedOnYoutube(post, rules) : []), ...rehearsal];
    default:
      return [];
  }
}

/**
 * Whoever plans or decides it is told where the words name an end that is past once it goes out: `until 4pm`, at 8pm; and
 * where they name another one than it has, or do not name it any more since somebody else has changed them.
 */
function endSaidOf(post: PostState, rules: DeskRules, now: Millis): readonly string[] {
  const { revision, when, serviceWrote = revision } = post;
  const goesAt = publishTime(when, now);
  if (revision.until !== undefined && endLeftBy(serviceWrote, revision, goesAt, rules)?.is === 'unnamed')
    return [endUnnamedWords(revision.until.at, now)];
  const end = endApart(revision, goesAt, rules);
  if (end === undefined) return [];
  // What stops it stands with what was found.
  if (end.at <= goesAt)
    return post.findings.some(({ code }) => code === 'end-over') ? [] : [overBeforeWords(end, rules, now)];
  // Of a draft, it is asked.
  return revision.until === undefined || isWithWriters(post) ? [] : [namesEndWords(end, rules, now)];
}

/**
 * Words that name an end are not the post's end, nor do they change the one that it has: whoever writes it says by a
 * press whether they are.
 */
export function endsOf({ post, rights, rules, now }: PostDrawing): PostCardData['ends'] {
  const goesAt = publishTime(post.when, now);
  const end = isWithWriters(post) && rights.edit ? endApart(post.revision, goesAt, rules) : undefined;
  if (end === undefined || end.at <= goesAt) return { show: false, words: nothing, title: '', until: '' };
  const { words, title } = endOffer(end, post.revision, rules, now);
  return { show: true, words: cardText(words), title, until: typedForm(end) };
}

/** Its pictures and videos with their descriptions, and what is asked about them. */
export function picturesOf(drawing: PostDrawing): PostCardData['pictures'] {
  const { post, rights, options } = drawing;
  const { media } = post.revision;
  const found = () => foundFor(drawing).map(({ finding }) => finding);
  return media.map((medium, index) => {
    const alt = shownAs(post, index);
    const described = alt.trim() !== '';
    const told = isTold(medium, post.revision.accounts, drawing.rules);
    const words = mediumWords(index, media, told);
    const inputId = `alt:${String(index)}`;
    return {
      number: index + 1,
      url: isVideo(medium) ? '' : (options.mediaUrl?.(medium.hash) ?? ''),
      altText: described ? alt : words.undescribed,
      title: cardText(words.title),
      paragraphs: described ? paragraphs(alt) : [],
      answers: answersLine(medium),
      captions: captionsShown(index, media, found, rights.decide || rights.passOn),
      questions: questionsOf(
        { medium, index, of: media.length },
        rights.edit ? 'unanswered' : 'nothing',
        drawing,
      ),
      ask: !described && told && rights.edit,
      inputId,
      label: words.label,
      value: options.typed?.[inputId] ?? '',
      most: longestAlt,
      error: cardText(options.errors?.[inputId] ?? ''),
      // Who decides on it may edit it too, but is asked nothing about it there.
      video: videoShown(medium, index, rights.edit && !isCaptioned(medium), options),
    };
  });
}

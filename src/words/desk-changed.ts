import type { DeskRules, PostState } from '../posts/post.ts';
import type { OnYoutube, PlannedTime, Revision } from '../posts/writing/revision.ts';
import { captionWords, isVideo } from '../posts/writing/media.ts';
import { changersOf } from '../posts/writing/desk-changed.ts';
import { canonical } from '../core/json.ts';
import type { Millis } from '../core/time.ts';
import { accountName, sayList, sayPeople, onAccount } from './names.ts';
import { nameOfMedium } from './media-on-cards.ts';
import { urgencyChoices } from './titles.ts';
import { answerWords } from './pictures.ts';
import { sayDated, sayEnd } from './times.ts';

/** @returns who beside its author changed a post: `Ellen Rimmer` */
function whoChanged(post: PostState, rules: DeskRules): string {
  return sayPeople(
    changersOf(post).map(({ person }) => person),
    rules,
  );
}

/** @returns `Ellen Rimmer changed 1 sentence:` */
export function sentencesWords(post: PostState, sentences: number, rules: DeskRules): string {
  return `${whoChanged(post, rules)} changed ${sentences === 1 ? '1 sentence' : `${String(sentences)} sentences`}:`;
}

/** @returns `Ellen Rimmer changed the heading:` */
export function partWords(post: PostState, part: string, rules: DeskRules): string {
  return `${whoChanged(post, rules)} changed ${part}:`;
}

/** What of a post has a text of its own that can be changed, as `partWords` says it. */
export const changedParts = {
  text: (account: string, rules: DeskRules): string => `the text ${onAccount(account, rules)}`,
  description: (index: number, media: Revision['media']): string =>
    `the description of ${nameOfMedium(index, media).inSentence}`,
  captions: (index: number, media: Revision['media']): string =>
    `the captions of ${nameOfMedium(index, media).inSentence}`,
  heading: 'the heading',
  summary: 'the summary',
  youtubeTitle: 'the title on YouTube',
  quote: 'the post that it quotes',
} as const;

/** @returns `Ellen Rimmer also changed:`, above what is said in a line each */
export function alsoWords(post: PostState, also: boolean, rules: DeskRules): string {
  return `${whoChanged(post, rules)} ${also ? 'also changed' : 'changed'}:`;
}

/** @returns what was changed beside the texts, a line each: `Accounts: Facebook left out` */
export function settingsWords(
  post: PostState,
  before: Revision,
  rules: DeskRules,
  now: Millis,
): readonly string[] {
  const { revision } = post;
  const flag = (id: string): string => rules.flags.find((each) => each.id === id)?.label ?? id;
  const planned = (when: PlannedTime | undefined): string =>
    when === undefined ? 'as soon as it is approved' : sayDated(when.at, now);
  const ends = ({ until }: Revision): string => (until === undefined ? 'no end' : sayEnd(until.at, now));
  const urgency = ({ urgency: of }: Revision): string =>
    urgencyChoices.find(({ value }) => value === of)?.title ?? of;
  const campaign = (of: Revision): string => (of.campaign === '' ? 'none' : of.campaign);
  const split = ({ thread }: Revision): string => (thread === true ? 'as several posts' : 'as one post');
  const meant = post.deskChanged === undefined ? post.when : post.deskChanged.serviceMeant;
  return [
    ...listLine('Accounts', before.accounts, revision.accounts, (id) => accountName(id, rules)),
    ...changeLine('When', planned(meant), planned(post.when)),
    ...changeLine('Ends', ends(before), ends(revision)),
    ...changeLine('Urgency', urgency(before), urgency(revision)),
    ...listLine('It is about', before.flags, revision.flags, flag),
    ...changeLine('Campaign', campaign(before), campaign(revision)),
    ...changeLine('A long text goes out', split(before), split(revision)),
    ...changeLine('Quotes', before.quote ?? 'nothing', revision.quote ?? 'nothing'),
    ...mediaLines(before, revision),
    ...(canonical(settingsOf(before.youtube)) === canonical(settingsOf(revision.youtube))
      ? []
      : ['YouTube: how the video stands there']),
  ];
}

/** @returns `Urgency: Urgent (was: Not urgent)`, or nothing where it is as it was */
function changeLine(what: string, before: string, after: string): readonly string[] {
  return before === after ? [] : [`${what}: ${after} (was: ${before})`];
}

/** @returns `Accounts: Facebook left out, Bluesky added` */
function listLine(
  what: string,
  before: readonly string[],
  after: readonly string[],
  name: (id: string) => string,
): readonly string[] {
  const out = before.filter((id) => !after.includes(id)).map(name);
  const put = after.filter((id) => !before.includes(id)).map(name);
  const said = [
    ...(out.length === 0 ? [] : [`${sayList(out)} left out`]),
    ...(put.length === 0 ? [] : [`${sayList(put)} added`]),
  ];
  return said.length === 0 ? [] : [`${what}: ${said.join(', ')}`];
}

/** Of a picture or video, as long as nobody has said. */
const notAnswered = {
  seen: 'nobody has said who can be recognised',
  whose: 'nobody has said whose it is',
} as const;

/** Which pictures and videos it has, and what was answered about those that stayed; their descriptions and captions are texts. */
function mediaLines(before: Revision, after: Revision): readonly string[] {
  const out = before.media.filter(({ hash }) => !after.media.some((each) => each.hash === hash)).length;
  const put = after.media.filter(({ hash }) => !before.media.some((each) => each.hash === hash)).length;
  const said = [
    ...(out === 0 ? [] : [`${String(out)} left out`]),
    ...(put === 0 ? [] : [`${String(put)} added`]),
  ];
  const stayed = after.media.flatMap((medium, index) => {
    const was = before.media.find(({ hash }) => hash === medium.hash);
    return was === undefined ? [] : [{ was, medium, index }];
  });
  const answers = stayed.flatMap(({ was, medium, index }) => {
    const { which } = nameOfMedium(index, after.media);
    const kind = isVideo(medium) ? 'video' : 'picture';
    const [then, now] = [answerWords(kind, was), answerWords(kind, medium)];
    return [
      ...changeLine(which, then.seen ?? notAnswered.seen, now.seen ?? notAnswered.seen),
      ...changeLine(which, then.whose ?? notAnswered.whose, now.whose ?? notAnswered.whose),
    ];
  });
  const captions = stayed.some(
    ({ was, medium }) =>
      isVideo(was) &&
      isVideo(medium) &&
      captionWords(was) === captionWords(medium) &&
      canonical(was.captions ?? null) !== canonical(medium.captions ?? null),
  );
  return [
    ...(said.length === 0 ? [] : [`Pictures and videos: ${said.join(', ')}`]),
    ...answers,
    ...(captions ? ['Video: its captions'] : []),
  ];
}

/** How a video stands on YouTube beside its title, which is a text. */
function settingsOf(youtube: OnYoutube | undefined): Partial<OnYoutube> {
  return { privacy: 'public', playlist: '', ...youtube, title: '' };
}

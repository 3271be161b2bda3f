import { askedNow } from '../../approval/review.ts';
import type { Millis } from '../../core/time.ts';
import { waysOf } from '../../dispatch/put-right.ts';
import { endIsTold, whyCanBeTold } from '../../posts/correction-ways.ts';
import { unsentOn } from '../../dispatch/thread.ts';
import { isOverdue } from '../../posts/to-go-out.ts';
import { correctionDeciders } from '../../posts/who-acts.ts';
import { isTold, isVideo, shownBy } from '../../posts/media.ts';
import { longestAlt } from '../../posts/medium.ts';
import { nameOfWritten } from '../../posts/name-of-written.ts';
import { called } from '../../posts/personal.ts';
import { accountTexts, readWhole } from '../../posts/plan.ts';
import { agreedInVain } from '../../posts/refused-there.ts';
import { behindOn } from '../../posts/standing.ts';
import { goneOn } from '../../posts/came-down.ts';
import { redescribable } from '../../posts/redescribe.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { videoTitleFrom } from '../../protocol/text/heading.ts';
import type { DeskRules, PostState } from '../../posts/post.ts';
import type { Revision } from '../../posts/revision.ts';
import { publicationsOf, standingOn } from '../../posts/what-is-public.ts';
import { isDesk } from '../../protocol/people.ts';
import { accountInFull } from '../../words/names.ts';
import {
  behindWords,
  changingWords,
  correctingWords,
  descriptionsStayWords,
  endingQuestion,
  mediaStayWords,
  namedEndQuestion,
  sameEverywhere,
  titleWaitsWords,
  backQuestion,
  wayQuestion,
  wayWords,
} from '../../words/correction-form.ts';
import { buttons, cardWords, ownTextWords, threadChoice } from '../../words/on-cards.ts';
import { mediumWords } from '../../words/media-on-cards.ts';
import { urgencyChoices } from '../../words/titles.ts';
import { rescheduleWords, savingWords, whenWords } from '../../words/posts.ts';
import type { ChoiceField, Field } from './data.ts';
import type { PostCorrectData, PostEditData, PostScheduleData } from './post-form-data.ts';
import { quotedOf } from './post-content.ts';
import { findingsOf, headOf, lines, none, nothing, pressOf } from './post-head.ts';
import { questionsOf } from './picture-questions.ts';
import { quoteForm } from './quote-form.ts';
import { pictureInputs } from '../picture-inputs.ts';
import { leastRoom } from './room.ts';
import { cardText } from './text.ts';
import { videoShown } from './video-shown.ts';
import { aboutEnd, inputAboutEnd, namedEnd, type AboutEnd } from './named-end.ts';
import { typedForm } from './typed-form.ts';
import { youtubeForm } from './youtube-form.ts';
import { rightsOf, type PostCardOptions, type Viewer } from './viewer.ts';

/** What the form to edit a post shows. The accounts' own texts stand behind a button until there is one. */
export function editData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostEditData {
  const rights = rightsOf(post, viewer, rules, now);
  const { revision } = post;
  const { field, choices } = fields(options);
  const accounts = Object.values(rules.accounts).filter(
    ({ id, departments }) =>
      revision.accounts.includes(id) ||
      departments.length === 0 ||
      (post.department !== undefined && departments.includes(post.department)),
  );
  const typed = options.typed?.['accounts'];
  const ticked = typed === undefined ? revision.accounts : typed.split(',').map((id) => id.trim());
  const hasWebsite = accounts.some(({ id, network }) => network === 'website' && ticked.includes(id));
  const variants = accounts
    .filter(({ id }) => ticked.includes(id))
    .map(({ id }) => {
      const inputId = `variant:${id}`;
      const { value, error } = field(inputId, revision.variants[id] ?? '');
      return { inputId, label: ownTextWords(id, rules), value, error };
    });
  const byDesk = rights.person !== undefined && isDesk(rights.person, rules);
  const { consequence, save } = savingWords(post, byDesk);
  const urgency = choices('urgency', revision.urgency, urgencyChoices);
  const flags = choices(
    'flags',
    revision.flags.join(','),
    rules.flags.map(({ id, label }) => ({ value: id, title: label })),
  );
  const campaign = field('campaign', revision.campaign);
  const headline = field('headline', revision.headline);
  const summary = field('summary', revision.summary);
  return {
    ...headOf(post, rights, rules, now, options),
    press: pressOf(post),
    quoted: quotedOf(post, rules),
    ...findingsOf(post, rights, rules, now, options),
    text: field('text', revision.text),
    accounts: choices(
      'accounts',
      revision.accounts.filter((id) => rules.accounts[id] !== undefined).join(','),
      accounts.map((account) => ({ value: account.id, title: accountInFull(account) })),
    ),
    thread: threadField(revision, ticked, rules, options),
    variants: {
      show: variants.length > 1 || variants.some(({ value }) => value !== ''),
      open: variants.some(({ value, error }) => value !== '' || error !== ''),
      items: variants,
    },
    quote: quoteForm(revision, ticked, rules, field),
    website: {
      show: hasWebsite,
      open: [headline, summary].some(({ value, error }) => value !== '' || error !== ''),
    },
    headline: { ...headline, placeholder: cardWords.fromText },
    summary: { ...summary, placeholder: cardWords.fromText },
    youtube: youtubeForm(revision, ticked, rules, field, choices),
    about: nothing,
    pictures: revision.media.map((medium, index) => {
      const inputId = `alt:${String(index)}`;
      const told = isTold(medium, ticked, rules);
      const words = mediumWords(index, revision.media, told);
      const { value, error } = field(inputId, medium.alt);
      return {
        url: isVideo(medium) ? '' : (options.mediaUrl?.(medium.hash) ?? ''),
        altText: medium.alt === '' ? words.undescribed : medium.alt,
        ask: told || value !== '',
        questions: questionsOf(medium, index, revision.media.length, 'everything', rules, options),
        inputId,
        label: words.label,
        value,
        most: longestAlt,
        error,
        video: videoShown(medium, index, true, options),
      };
    }),
    when: field('when', typedForm(post.when)),
    planned: typedForm(post.when),
    written: nameOfWritten(revision),
    until: field('until', typedForm(revision.until)),
    further: {
      show: true,
      open:
        revision.urgency !== 'normal' ||
        revision.flags.length > 0 ||
        revision.campaign !== '' ||
        [urgency, flags, campaign].some(({ error }) => error !== ''),
    },
    urgency,
    flags: { ...flags, show: rules.flags.length > 0 },
    campaign,
    consequence: cardText(consequence),
    save,
    page: 0,
    next: { title: '', page: 0 },
  };
}

/** Whether to post a thread is asked where a text is too long for one post and the protocol takes threads. */
function threadField(
  revision: Revision,
  ticked: readonly string[],
  rules: DeskRules,
  options: PostCardOptions,
): { readonly show: boolean; readonly label: string; readonly value: string } {
  const most = rules.threads?.most ?? 0;
  const long = accountTexts({ ...revision, accounts: ticked, thread: true }, rules)
    // What would be too long as a thread too is offered to nobody; what was chosen can be taken back.
    .filter(({ parts }) => parts.length > 1 && (parts.length <= most || revision.thread === true))
    .map(({ account }) => account);
  return {
    show: long.length > 0,
    label: threadChoice(long, rules),
    value: options.typed?.['thread'] ?? String(revision.thread === true),
  };
}

/** What the form to plan a post's time shows. */
export function scheduleData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostScheduleData {
  const { field } = fields(options);
  const press = pressOf(post);
  // A time that has passed is offered to nobody, and is said by the answer to the press.
  const overdue = isOverdue(post, now);
  const [goes = '', ...ends] = whenWords(post, rules, now, options.stop !== undefined);
  const answered = overdue && options.errors?.['when'] !== undefined;
  return {
    ...headOf(post, rightsOf(post, viewer, rules, now), rules, now, options),
    press: { ...press, planned: typedForm(post.when) },
    pressNow: { ...press, when: '' },
    lines: lines(answered ? ends : [goes, ...ends]).lines,
    when: field('when', overdue ? '' : typedForm(post.when)),
    consequence: lines(rescheduleWords(post)),
  };
}

/** What the form to correct what is public shows. */
export function correctData(
  post: PostState,
  viewer: Viewer,
  rules: DeskRules,
  now: Millis,
  options: PostCardOptions,
): PostCorrectData {
  const rights = rightsOf(post, viewer, rules, now);
  const { field, choices } = fields(options);
  const { revision } = post;
  const inVain = agreedInVain(post, rules);
  const behind = behindOn(post, rules);
  const gone = goneOn(post);
  const last = post.corrected.at(-1);
  // On an account that the protocol does not have any more, nothing changes.
  const places =
    Object.keys(revision.variants).length === 0
      ? []
      : revision.accounts.filter((id) => rules.accounts[id] !== undefined);
  // What was chosen where it is left as it was, or is tried once more, need not be chosen again.
  const isAgain = (id: string): boolean => behind.includes(id) || last?.ways?.[id] === 'leave';
  const until = field('until', typedForm(revision.until));
  const describing = redescribable(post, rules);
  const onYoutube = revision.accounts.filter((id) => rules.accounts[id]?.network === 'youtube');
  const showsFilm = onYoutube.some((id) => standingOn(post, id).length > 0);
  const filmWaits = !showsFilm && onYoutube.some((id) => unsentOn(id, publicationsOf(post)).length > 0);
  const website = accountTexts(revision, rules).find(({ network }) => network === 'website');
  const deciders =
    post.correction === undefined
      ? correctionDeciders(post, [rights.person ?? post.author], rules)
      : askedNow(post.correction.review);
  const asked = options.ended === undefined ? undefined : endingQuestion(options.ended, rules);
  const ending =
    asked === undefined
      ? []
      : [
          {
            ...choices('ends', 'waits', asked.choices),
            inputId: 'ends',
            label: asked.label,
            lost: cardText(asked.lost),
          },
        ];
  const named = aboutEnd(options.typed?.[namedEnd]);
  const end = named === undefined ? undefined : namedEndQuestion(named.end, now);
  const answerTo = (is: AboutEnd['is']): string =>
    named === undefined ? '' : inputAboutEnd({ end: named.end, is });
  const naming =
    end === undefined
      ? []
      : [
          {
            ...choices(namedEnd, '', [
              { value: answerTo('then'), title: end.yes },
              { value: answerTo('not-then'), title: end.no },
            ]),
            ...(named?.is === 'asked' ? { value: '' } : {}),
            inputId: namedEnd,
            label: end.label,
            lost: endIsTold(post, rules) ? cardText(end.lost) : nothing,
          },
        ];
  return {
    ...headOf(post, rights, rules, now, options),
    press: { ...pressOf(post), end: until.value.trim() },
    lines: lines([
      correctingWords(deciders, rules),
      ...behindWords(behind, post, rules),
      ...changingWords(post, rules),
    ]).lines,
    text: field('text', inVain?.text ?? revision.text),
    headline: {
      ...field('headline', inVain?.others?.['headline'] ?? revision.headline),
      show: website !== undefined,
      placeholder: cardWords.fromText,
    },
    // One that an earlier correction emptied can be put back.
    summary: {
      ...field('summary', inVain?.others?.['summary'] ?? revision.summary),
      show: website !== undefined,
      placeholder: cardWords.fromText,
    },
    videoTitle: {
      ...field('youtube-title', inVain?.others?.['youtube-title'] ?? revision.youtube?.title ?? ''),
      show: showsFilm,
      placeholder: videoTitleFrom(readWhole(revision.text, rules)),
    },
    pictures: describing.places.flatMap((place) => {
      const medium = revision.media[place];
      if (medium === undefined) return [];
      const inputId = pictureInputs(place).alt;
      const words = mediumWords(place, revision.media, true);
      const { value, error } = field(inputId, inVain?.others?.[called.alt(place + 1)] ?? medium.alt);
      return [
        {
          url: isVideo(medium) ? '' : (options.mediaUrl?.(medium.hash) ?? ''),
          altText: medium.alt === '' ? words.undescribed : firstWords(medium.alt, leastRoom),
          inputId,
          label: words.label,
          value,
          most: longestAlt,
          error,
        },
      ];
    }),
    media: lines([
      ...(filmWaits ? [titleWaitsWords] : []),
      ...descriptionsStayWords(describing, rules),
      mediaStayWords(shownBy(revision)),
    ]),
    until: { ...until, show: endIsTold(post, rules) },
    what: {
      ...field('what', last === undefined || behind.length === 0 ? '' : last.what),
      label: whyCanBeTold(post, rules) ? cardWords.askWhyInPublic : cardWords.askWhy,
    },
    ways: [
      ...naming,
      ...ending,
      ...revision.accounts.flatMap((id) => {
        const account = rules.accounts[id];
        const offered = account === undefined ? [] : waysOf(account.network);
        const [usual] = offered;
        const inputId = `way:${id}`;
        if (gone.includes(id) && account !== undefined) {
          const back = backQuestion(id, rules);
          return [{ ...choices(inputId, 'leave', back.choices), inputId, label: back.label, lost: nothing }];
        }
        if (usual === undefined || offered.length < 2 || standingOn(post, id).length === 0) return [];
        const { label, lost } = wayQuestion(id, options.lost?.[id], rules);
        const choice = choices(
          inputId,
          isAgain(id) ? (offered.find((way) => way === last?.ways?.[id]) ?? usual) : usual,
          offered.map((value) => ({ value, title: wayWords(value) })),
        );
        return [{ ...choice, inputId, label, lost: cardText(lost) }];
      }),
    ],
    places: places.length === 0 ? none : lines([sameEverywhere(places, rules)]),
    ask: buttons.askCorrection,
  };
}

/** Inputs with what was typed before, else what stands; and what is wrong with it, beside the field. */
function fields(options: PostCardOptions) {
  const field = (id: string, value: string): Field => ({
    show: true,
    value: options.typed?.[id] ?? value,
    error: cardText(options.errors?.[id] ?? ''),
  });
  const choices = (id: string, value: string, of: ChoiceField['choices']): ChoiceField => ({
    ...field(id, value),
    choices: of,
  });
  return { field, choices };
}

import { askedNow } from '../../approval/review.ts';
import { waysOf } from '../../dispatch/put-right.ts';
import { endIsAsked, endIsTold, usuallyBack, whyCanBeTold } from '../../posts/correcting/correction-ways.ts';
import { unsentOn } from '../../dispatch/thread.ts';
import { correctionDeciders } from '../../posts/deciding/who-acts.ts';
import { isVideo, shownBy } from '../../posts/writing/media.ts';
import { longestAlt } from '../../posts/writing/medium.ts';
import { called } from '../../posts/writing/personal.ts';
import { accountTexts, readWhole } from '../../posts/writing/plan.ts';
import { agreedInVain } from '../../posts/correcting/refused-there.ts';
import { behindOn } from '../../posts/correcting/standing.ts';
import { keepsCard, linkOfCard } from '../../posts/correcting/cards-kept.ts';
import { goneOn, refusedAnew } from '../../posts/taking-down/came-down.ts';
import { redescribable } from '../../posts/correcting/redescribe.ts';
import { firstWords } from '../../protocol/text/cut.ts';
import { videoTitleFrom } from '../../protocol/text/heading.ts';
import { outOfReach } from '../../posts/leaving/for-rehearsal.ts';
import { publicationsOf, standingOn } from '../../posts/leaving/what-is-public.ts';
import {
  behindWords,
  cardsStayWords,
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
import { buttons, cardWords } from '../../words/on-cards.ts';
import { mediumWords } from '../../words/media-on-cards.ts';
import { outOfReachWords } from '../../words/turned.ts';
import { formFields, type FormFields } from './form-fields.ts';
import type { PostCorrectData } from './post-form-data.ts';
import { headOf, lines, none, nothing, pressOf } from './post-head.ts';
import { pictureInputs } from '../picture-inputs.ts';
import { descriptionRoom } from './room.ts';
import { cardText } from './text.ts';
import { aboutEnd, inputAboutEnd, namedEnd, type AboutEnd } from './named-end.ts';
import { typedForm } from './typed-form.ts';
import type { PostDrawing } from './drawing.ts';

/** What the form to correct what is public shows. */
export function correctData(drawing: PostDrawing): PostCorrectData {
  const { post, rights, rules, now } = drawing;
  const form = formFields(drawing.options);
  const { field } = form;
  const { revision } = post;
  const inVain = agreedInVain(post, rules);
  const beyond = outOfReach(post, rules);
  const behind = behindOn(post, rules).filter((id) => !beyond.includes(id));
  const last = post.corrected.at(-1);
  // On an account that the protocol does not have any more, or that rehearses, nothing in public changes.
  const places =
    Object.keys(revision.variants).length === 0
      ? []
      : revision.accounts.filter((id) => rules.accounts[id] !== undefined && !beyond.includes(id));
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
  return {
    ...headOf(drawing),
    press: { ...pressOf(post), end: until.value.trim() },
    lines: lines([
      ...correctingWords(deciders, rules, now),
      ...beyond.map((id) => outOfReachWords(id, rules)),
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
    pictures: describing.places.flatMap((place) =>
      pictureAsked({ place, inVain: inVain?.others?.[called.alt(place + 1)] }, drawing, form),
    ),
    media: lines([
      ...(filmWaits ? [titleWaitsWords] : []),
      ...descriptionsStayWords(describing, rules),
      ...cardsStayWords(cardsStaying(drawing), rules),
      mediaStayWords(shownBy(revision)),
    ]),
    until: { ...until, show: endIsAsked(post, rules) },
    what: {
      ...field('what', last === undefined || behind.length === 0 ? '' : last.what),
      label: whyCanBeTold(post, rules) ? cardWords.askWhyInPublic : cardWords.askWhy,
    },
    ways: [
      ...whichEnd(drawing, form),
      ...whetherItEnds(drawing, form),
      ...revision.accounts.filter((id) => !beyond.includes(id)).flatMap((id) => howOn(id, drawing, form)),
    ],
    places: places.length === 0 ? none : lines([sameEverywhere(places, rules)]),
    ask: buttons.askCorrection,
  };
}

/** Where a card of the post's link stands that no correction changes. */
const cardsStaying = ({ post, rules }: PostDrawing): readonly string[] =>
  post.revision.accounts.filter((id) => {
    const network = rules.accounts[id]?.network;
    const isKept = network !== undefined && keepsCard(network) && linkOfCard(id, post.revision) !== undefined;
    return isKept && standingOn(post, id).length > 0;
  });

/** What one of its pictures or videos is said to show, to be put right. @param inVain what was agreed to and made nowhere */
function pictureAsked(
  { place, inVain }: { readonly place: number; readonly inVain: string | undefined },
  { post, options }: PostDrawing,
  { field }: FormFields,
): PostCorrectData['pictures'] {
  const { media } = post.revision;
  const medium = media[place];
  if (medium === undefined) return [];
  const inputId = pictureInputs(place).alt;
  const words = mediumWords(place, media, true);
  const { value, error } = field(inputId, inVain ?? medium.alt);
  return [
    {
      url: isVideo(medium) ? '' : (options.mediaUrl?.(medium.hash) ?? ''),
      altText: medium.alt === '' ? words.undescribed : firstWords(medium.alt, descriptionRoom),
      inputId,
      label: words.label,
      value,
      most: longestAlt,
      error,
    },
  ];
}

/** Whether the post ends when its words say, where that is another time than its end. */
function whichEnd(
  { post, rules, now, options }: PostDrawing,
  { choices }: FormFields,
): PostCorrectData['ways'] {
  const named = aboutEnd(options.typed?.[namedEnd]);
  if (named === undefined) return [];
  const end = namedEndQuestion(named.end, now);
  const answerTo = (is: AboutEnd['is']): string => inputAboutEnd({ end: named.end, is });
  return [
    {
      ...choices(namedEnd, '', [
        { value: answerTo('then'), title: end.yes },
        { value: answerTo('not-then'), title: end.no },
      ]),
      ...(named.is === 'asked' ? { value: '' } : {}),
      inputId: namedEnd,
      label: end.label,
      lost: endIsTold(post, rules) ? cardText(end.lost) : nothing,
    },
  ];
}

/** Whether an earlier correction ends that was agreed to and waits for its accounts. */
function whetherItEnds({ rules, options }: PostDrawing, { choices }: FormFields): PostCorrectData['ways'] {
  const { ended } = options;
  if (ended === undefined) return [];
  const asked = endingQuestion(ended, rules);
  return [
    {
      ...choices('ends', 'waits', asked.choices),
      inputId: 'ends',
      label: asked.label,
      lost: cardText(asked.lost),
    },
  ];
}

/** How it is put right on an account whose network has several ways for that, or whether it is posted there again. */
function howOn(
  id: string,
  { post, rules, options }: PostDrawing,
  { choices }: FormFields,
): PostCorrectData['ways'] {
  const account = rules.accounts[id];
  if (account === undefined) return [];
  const inputId = `way:${id}`;
  const gone = goneOn(post);
  if (gone.includes(id)) {
    // Where it is for nothing else, nobody is asked whether it is for that.
    if (gone.length === 1 && refusedAnew(post) !== undefined) return [];
    const back = backQuestion(id, rules);
    return [
      { ...choices(inputId, usuallyBack(post), back.choices), inputId, label: back.label, lost: nothing },
    ];
  }
  const offered = waysOf(account.network);
  if (offered.length < 2 || standingOn(post, id).length === 0) return [];
  const before = post.corrected.at(-1)?.ways?.[id];
  // What was chosen where it is left as it was, or is tried once more, need not be chosen again.
  const isAgain = behindOn(post, rules).includes(id) || before === 'leave';
  const { label, lost } = wayQuestion(id, options.lost?.[id], rules);
  const choice = choices(
    inputId,
    (isAgain ? offered.find((way) => way === before) : undefined) ?? offered[0],
    offered.map((value) => ({ value, title: wayWords(value) })),
  );
  return [{ ...choice, inputId, label, lost: cardText(lost) }];
}

import { isOverdue } from '../../posts/leaving/to-go-out.ts';
import { goesOnEdited, isStoppedEmergency } from '../../posts/deciding/stopped-emergency.ts';
import { isTold, isVideo } from '../../posts/writing/media.ts';
import { longestAlt } from '../../posts/writing/medium.ts';
import { nameOfWritten } from '../../posts/writing/name-of-written.ts';
import { accountTexts } from '../../posts/writing/plan.ts';
import type { AccountEntry } from '../../protocol/protocol.ts';
import { accountInFull } from '../../words/names.ts';
import { cardWords, ownTextWords, threadChoice } from '../../words/on-cards.ts';
import { mediumWords } from '../../words/media-on-cards.ts';
import { ownApprovalWords } from '../../words/late-forms.ts';
import { urgencyChoices } from '../../words/titles.ts';
import { rescheduleWords, savingWords, whenWords } from '../../words/posts.ts';
import type { PostEditData, PostScheduleData } from './post-form-data.ts';
import { quotedOf } from './post-content.ts';
import { findingsOf, headOf, lines, nothing, pressOf } from './post-head.ts';
import { questionsOf } from './picture-questions.ts';
import { quoteForm } from './quote-form.ts';
import { cardText } from './text.ts';
import { videoShown } from './video-shown.ts';
import { typedForm } from './typed-form.ts';
import { youtubeForm } from './youtube-form.ts';
import { isStopped, type PostDrawing } from './drawing.ts';
import { formFields, type FormFields } from './form-fields.ts';

/** What the form to edit a post shows. The accounts' own texts stand behind a button until there is one. */
export function editData(drawing: PostDrawing): PostEditData {
  const { post, rights, rules, options } = drawing;
  const { revision } = post;
  const form = formFields(options);
  const { field, choices } = form;
  const accounts = accountsToChoose(drawing);
  const typed = options.typed?.['accounts'];
  const ticked = typed === undefined ? revision.accounts : typed.split(',').map((id) => id.trim());
  const chosen = accounts.filter(({ id }) => ticked.includes(id));
  const { person } = rights;
  const goesOn = person !== undefined && goesOnEdited(post, person, rules);
  const { consequence, save } = savingWords(post, goesOn);
  // Who might decide on it otherwise.
  const own = goesOn && isStoppedEmergency(post) ? ownApprovalWords(post, person, rules) : [];
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
    ...headOf(drawing),
    press: pressOf(post),
    quoted: quotedOf(post, rules),
    ...findingsOf(drawing),
    text: field('text', revision.text),
    accounts: choices(
      'accounts',
      revision.accounts.filter((id) => rules.accounts[id] !== undefined).join(','),
      accounts.map((account) => ({ value: account.id, title: accountInFull(account) })),
    ),
    thread: threadField(ticked, drawing),
    variants: variantsOf(chosen, drawing, form),
    quote: quoteForm(ticked, drawing, form),
    website: {
      show: chosen.some(({ network }) => network === 'website'),
      open: [headline, summary].some(({ value, error }) => value !== '' || error !== ''),
    },
    headline: { ...headline, placeholder: cardWords.fromText },
    summary: { ...summary, placeholder: cardWords.fromText },
    youtube: youtubeForm(ticked, drawing, form),
    about: nothing,
    pictures: picturesAsked(ticked, drawing, form),
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
    consequence: cardText([consequence, ...own].join(' ')),
    save,
    page: 0,
    next: { title: '', page: 0 },
  };
}

/** The accounts that a department may post on, and those that the post goes to all the same. */
const accountsToChoose = ({ post, rules }: PostDrawing): readonly AccountEntry[] =>
  Object.values(rules.accounts).filter(
    ({ id, departments }) =>
      post.revision.accounts.includes(id) ||
      departments.length === 0 ||
      (post.department !== undefined && departments.includes(post.department)),
  );

/** The accounts' own texts. */
function variantsOf(
  accounts: readonly AccountEntry[],
  { post, rules }: PostDrawing,
  { field }: FormFields,
): PostEditData['variants'] {
  const items = accounts.map(({ id }) => {
    const inputId = `variant:${id}`;
    const { value, error } = field(inputId, post.revision.variants[id] ?? '');
    return { inputId, label: ownTextWords(id, rules), value, error };
  });
  return {
    show: items.length > 1 || items.some(({ value }) => value !== ''),
    open: items.some(({ value, error }) => value !== '' || error !== ''),
    items,
  };
}

/** What is asked of each picture and video. */
function picturesAsked(
  ticked: readonly string[],
  drawing: PostDrawing,
  { field }: FormFields,
): PostEditData['pictures'] {
  const { post, rules, options } = drawing;
  const { revision } = post;
  return revision.media.map((medium, index) => {
    const inputId = `alt:${String(index)}`;
    const told = isTold(medium, ticked, rules);
    const words = mediumWords(index, revision.media, told);
    const { value, error } = field(inputId, medium.alt);
    return {
      url: isVideo(medium) ? '' : (options.mediaUrl?.(medium.hash) ?? ''),
      altText: medium.alt === '' ? words.undescribed : medium.alt,
      ask: told || value !== '',
      questions: questionsOf({ medium, index, of: revision.media.length }, 'everything', drawing),
      inputId,
      label: words.label,
      value,
      most: longestAlt,
      error,
      video: videoShown(medium, index, true, options),
    };
  });
}

/** Whether to post a thread is asked where a text is too long for one post and the protocol takes threads. */
function threadField(
  ticked: readonly string[],
  { post: { revision }, rules, options }: PostDrawing,
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
export function scheduleData(drawing: PostDrawing): PostScheduleData {
  const { post, rules, now, options } = drawing;
  const { field } = formFields(options);
  const press = pressOf(post);
  // A time that has passed is offered to nobody, and is said by the answer to the press.
  const overdue = isOverdue(post, now);
  const [goes = '', ...ends] = whenWords(post, rules, now, isStopped(drawing));
  const answered = overdue && options.errors?.['when'] !== undefined;
  return {
    ...headOf(drawing),
    press: { ...press, planned: typedForm(post.when) },
    pressNow: { ...press, when: '' },
    lines: lines(answered ? ends : [goes, ...ends]).lines,
    when: field('when', overdue ? '' : typedForm(post.when)),
    consequence: lines(rescheduleWords(post, drawing.rights.person, rules)),
  };
}

import { firstWords } from '../../protocol/text/cut.ts';
import { longTextWords } from '../../words/long-texts.ts';
import type { FindingLines } from './data.ts';
import { foldedWithin } from './folded-lines.ts';
import type { PostCardData, PostWhyData } from './post-data.ts';
import type { PostEditData } from './post-form-data.ts';
import { charactersIn, divide, descriptionRoom } from './room.ts';
import { cardText, cutCardText, type Paragraph, type Run } from './text.ts';

/** A post's card with no more of each long text than there is room for; what is cut says so, and where all of it is. */
export function shortened(data: PostCardData, room: number): PostCardData {
  if (room === Infinity) return data;
  let isCut = false;
  const cut = (paragraphs: readonly Paragraph[], most = room): readonly Paragraph[] => {
    const { shown, rest } = divide(paragraphs, most);
    if (rest.length === 0) return paragraphs;
    isCut = true;
    return [...shown, { runs: [ellipsis] }];
  };
  const texts = data.texts.map((text) => {
    const { shown, rest } = divide(text.paragraphs, room);
    isCut ||= rest.length > 0;
    return {
      ...text,
      paragraphs: rest.length > 0 && shown.length === 0 ? [{ runs: [ellipsis] }] : shown,
      headline: cut(text.headline),
      summary: cut(text.summary),
      cut:
        rest.length === 0
          ? text.cut
          : cardText(longTextWords.shown(charactersIn(shown), charactersIn(text.paragraphs))),
    };
  });
  const short = {
    texts,
    same: {
      ...data.same,
      lines: data.same.lines.map(({ words }) => ({ words: cutCardText(words, room) })),
    },
    changed: {
      ...data.changed,
      texts: data.changed.texts.slice(0, mostItems).map((text) => foldedWithin(text, cut)),
    },
    quoted: { ...data.quoted, paragraphs: cut(data.quoted.paragraphs) },
    pictures: data.pictures.map((picture) => ({
      ...picture,
      altText: firstWords(picture.altText, Math.min(room, descriptionRoom)),
      paragraphs: cut(picture.paragraphs, Math.min(room, 2 * descriptionRoom)),
      captions: foldedWithin(picture.captions, cut),
    })),
    byHand: data.byHand.map((entry) => {
      if (JSON.stringify([entry.text, ...entry.media.map(({ description }) => description)]).length <= room)
        return entry;
      isCut = true;
      return {
        ...entry,
        text: '',
        media: entry.media.map((medium) => ({ ...medium, description: '' })),
        elsewhere: cardText(longTextWords.copyElsewhere),
      };
    }),
    correction: {
      ...data.correction,
      what: cut(data.correction.what),
      changes: cut(data.correction.changes),
      descriptions: data.correction.descriptions.map((each) => ({
        ...each,
        paragraphs: cut(each.paragraphs),
      })),
    },
  };
  isCut ||= data.changed.texts.length > mostItems;
  return {
    ...data,
    ...short,
    ...fewFindings(data),
    readAll: { show: isCut, words: cardText(isCut ? longTextWords.isCut(asksToDecide(data)) : '') },
    looks: {
      ...data.looks,
      items: data.looks.items.map((look) => ({ ...look, altText: firstWords(look.altText, longestItem) })),
    },
  };
}

/** The explanation of a post with no more of what it said before than there is room for; the rest is read page by page. */
export function shortenedWhy(data: PostWhyData, room: number): PostWhyData {
  if (room === Infinity || !data.earlier.show) return data;
  const all = data.earlier.texts;
  // What it said last is looked for most.
  const texts = all.slice(-mostItems).map((text) => {
    const { shown, rest } = divide(text.paragraphs, room);
    return rest.length === 0 ? text : { ...text, paragraphs: [...shown, { runs: [ellipsis] }] };
  });
  const isCut = all.length > texts.length || texts.some((text) => !all.includes(text));
  return {
    ...data,
    earlier: { ...data.earlier, texts },
    readAll: { show: isCut, words: cardText(isCut ? longTextWords.isCut(false) : '') },
  };
}

/** Whether whoever sees the card is asked for a decision or a look. */
const asksToDecide = ({ buttons: { approve, passOn, approveCorrection } }: PostCardData): boolean =>
  approve.show || passOn.show || approveCorrection.show;

const ellipsis: Run = { text: '…', struck: false, added: false };

/** Of what was found, and of what was changed, no more is listed where room is short. */
const mostItems = 5;
/** What was found quotes what somebody wrote. */
const longestItem = 400;

type Found = Readonly<Record<'blocking' | 'higher' | 'worth', FindingLines>>;

/** The first of what was found, and how much more there is. */
function fewFindings({ blocking, higher, worth }: Found): Found {
  const few = ({ show, items }: FindingLines): FindingLines => {
    const more = items.length - mostItems;
    const first = items.slice(0, mostItems).map(({ what, fix }) => ({
      what: cutCardText(what, longestItem),
      fix: cutCardText(fix, longestItem),
    }));
    const { what, fix } = longTextWords.moreFound(more);
    return {
      show,
      items: more > 0 ? [...first, { what: cardText(what), fix: cardText(fix) }] : first,
    };
  };
  return { blocking: few(blocking), higher: few(higher), worth: few(worth) };
}

/** The form of a post without its pictures, which stand on forms of their own: what is written needs the room. */
export function shortenedForm(data: PostEditData, room: number): PostEditData {
  if (room === Infinity) return data;
  const { shown, rest } = divide(data.quoted.paragraphs, room);
  // The card shows all of the note.
  const quoted = { ...data.quoted, paragraphs: rest.length === 0 ? shown : [...shown, { runs: [ellipsis] }] };
  const short = { ...data, ...fewFindings(data), quoted, pictures: [] };
  if (data.pictures.length === 0) return short;
  const title = longTextWords.thenPictures(data.save);
  return {
    ...short,
    about: cardText(longTextWords.picturesElsewhere(data.pictures.length, title)),
    next: { title, page: 1 },
  };
}

/** How many pictures, with the longest descriptions, stand on one form. */
const picturesAtOnce = 4;

/** The form of some of a post's pictures alone: everything else stays as it is. @param page the place of the first of them, from 1 @param isRefused whether what was typed there was stopped */
export function picturesForm(data: PostEditData, page: number, isRefused: boolean): PostEditData {
  const of = data.pictures.length;
  const first = Math.max(1, Math.min(page, of));
  const last = Math.min(first + picturesAtOnce - 1, of);
  const hidden = { show: false } as const;
  const noFindings: FindingLines = { show: false, items: [] };
  return {
    ...data,
    quoted: { ...data.quoted, ...hidden },
    // What stopped the page that was pressed is said on it.
    blocking: isRefused ? data.blocking : noFindings,
    higher: noFindings,
    worth: noFindings,
    text: { ...data.text, ...hidden },
    accounts: { ...data.accounts, ...hidden },
    thread: { ...data.thread, ...hidden },
    variants: { ...data.variants, ...hidden },
    quote: { ...data.quote, ...hidden },
    website: { ...data.website, ...hidden },
    youtube: { ...data.youtube, ...hidden },
    about: cardText(longTextWords.somePictures(first, last, of)),
    pictures: data.pictures
      .slice(first - 1, last)
      .map((picture) => ({ ...picture, altText: firstWords(picture.altText, descriptionRoom) })),
    when: { ...data.when, ...hidden },
    until: { ...data.until, ...hidden },
    further: { ...data.further, ...hidden },
    page: first,
    next: last < of ? { title: longTextWords.thenMore(data.save), page: last + 1 } : { title: '', page: 0 },
  };
}

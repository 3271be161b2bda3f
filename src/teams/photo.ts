import { stateOf } from '../core/execute.ts';
import { awaiting, openPhoto, takesMorePictures } from '../people/photo.ts';
import { personKnown } from '../people/known.ts';
import { personDocument, personKind } from '../people/person.ts';
import { takesMore } from '../posts/writing/add-to-draft.ts';
import { isVideo } from '../posts/writing/media.ts';
import type { PostState } from '../posts/post.ts';
import type { Medium } from '../posts/writing/revision.ts';
import { refusePost } from '../posts/refusals.ts';
import { whyNotEdit } from '../posts/writing/revise.ts';
import { nearest } from '../protocol/faults.ts';
import { departmentsToProposeFor } from '../protocol/people.ts';
import { answered } from './answered.ts';
import { act, postById, postIdFrom, type Desk } from './desk.ts';
import { isCaptions, keepFiles, type Taken } from './files.ts';
import { refusalWords } from '../words/refusals.ts';
import { sayNotice } from '../words/typed.ts';
import { notice } from './notices.ts';
import type { Reply } from './reply.ts';
import { keepWith } from './keep-with.ts';
import { byPerson, type Turn } from './turn.ts';
import { proposeText } from './typed/propose.ts';
import { isCommand } from './typed/is-command.ts';
import { typedCommands } from './typed/index.ts';
import { picture, pictureFor } from './typed/picture.ts';
import { areOfCaptions, captions } from './typed/captions.ts';
import { awaitFile, awaitingRightOnes } from './typed/awaited.ts';
import { isForCrier, isSaid, besidePhoto } from './beside-photo.ts';
import { add, asText } from './photo-words.ts';
import { besides, withSaid } from './typed/besides.ts';
import { putInto } from './typed/put-in.ts';
import { askWhich } from './typed/waiting.ts';

/**
 * What somebody's own chat says with a photo, or within ten minutes after one, without "propose".
 * @returns undefined for what is a command, or belongs to no photo
 */
export async function photoSaid(
  typed: string,
  word: string,
  rest: string,
  turn: Turn,
  desk: Desk,
): Promise<Reply | undefined> {
  if (turn.where.kind !== 'personal' || isCommand(word, rest)) return undefined;
  const names = typedCommands.map(({ name }) => name);
  if (turn.files.length > 0) {
    if (turn.files.every(({ name }) => isCaptions(name))) return undefined;
    const isProposed = word !== '' && nearest(word, names) === 'propose' && !isOfText(typed, rest);
    if (isProposed) return await proposeText(rest, turn, desk);
    const words = besidePhoto(typed, word, rest);
    return words === 'command' ? undefined : await photoCame(words === 'text' ? typed : '', turn, desk);
  }
  if (isSaid(typed) || isForCrier(typed)) return undefined;
  const person = await personKnown(desk.executor, turn.person);
  if (person?.photo === undefined) return undefined;
  // One word, or one with a number, that is nearly a command is a slip of the thumb.
  if (/^#?\d*$/u.test(rest) && nearest(word, names) !== undefined) return undefined;
  const open = openPhoto(person, turn.now);
  return open === undefined
    ? await wordsCameLate(person.photo.post, turn, desk)
    : await wordsCame(typed, open.post, turn, desk);
}

/** A first word that is nearly "propose", and of the text by its capital: `Proposed changes to parking are out.` */
const isOfText = (typed: string, rest: string): boolean =>
  /^\p{Lu}/u.test(typed) && /^\p{Ll}/u.test(rest) && !/^for\s[^.!?]*:/iu.test(rest);

/** Words after the ten minutes may be anything; while the photo's draft still has none, its author hears how to add them. */
async function wordsCameLate(post: string, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const draft = await postById(desk, post);
  return draft !== undefined && takesMore(draft, turn.person) && draft.revision.text === ''
    ? notice('words-came-late', { number: draft.number })
    : undefined;
}

/**
 * Teams has left the file of a message behind: its sender hears where to send it. Where the words have made a draft, it
 * waits for that photo.
 * @param proposal what was answered to words that propose a post
 * @returns undefined where that was refused, so that nothing waits for the photo
 */
export async function fileLeftBehind(
  typed: string,
  proposal: Reply | undefined,
  turn: Turn,
  desk: Desk,
): Promise<Reply | undefined> {
  const draft = await postById(desk, postIdFrom(turn.key));
  if (draft !== undefined) {
    await awaitFile(draft.id, 'picture', turn, desk);
    return notice('photo-in-own-chat', { draft: draft.number });
  }
  if (proposal?.show === 'notice') return undefined;
  const into = pictureFor(typed);
  const isOfCaptions = areOfCaptions(typed);
  if (into !== undefined) return await (isOfCaptions ? captions : picture).run(into, turn, desk);
  return notice(isOfCaptions ? 'file-in-own-chat' : 'photo-in-own-chat', {});
}

/** Posts of which somebody knows that they wait for a picture, and those of them that take none any more. */
async function awaitedPosts(
  turn: Turn,
  desk: Desk,
): Promise<{ readonly open: readonly PostState[]; readonly over: readonly PostState[] }> {
  const open: PostState[] = [];
  const over: PostState[] = [];
  const person = await personKnown(desk.executor, turn.person);
  const all = awaiting(person, 'picture', turn.now);
  for (const { post: id } of all) {
    const post = await postById(desk, id);
    if (post === undefined) continue;
    (whyNotEdit(post, turn.person, desk.rules()) === undefined ? open : over).push(post);
  }
  // A photo that has begun a draft since then may be followed by another one for that.
  const photo = open.length === 0 ? undefined : openPhoto(person, turn.now);
  const last = takesMorePictures(person, turn.now);
  const more = open.length > 0 || last === undefined ? undefined : await postById(desk, last);
  if (more !== undefined && whyNotEdit(more, turn.person, desk.rules()) === undefined) open.push(more);
  const begun =
    photo === undefined || (all[0]?.at ?? photo.at) >= photo.at
      ? undefined
      : await postById(desk, photo.post);
  if (begun !== undefined && takesMore(begun, turn.person) && !open.some(({ id }) => id === begun.id))
    open.unshift(begun);
  return { open, over };
}

async function photoCame(typed: string, turn: Turn, desk: Desk): Promise<Reply> {
  const own = postIdFrom(turn.key);
  if ((await postById(desk, own)) !== undefined) return { show: 'nothing' };
  const { open, over } = typed === '' ? await awaitedPosts(turn, desk) : { open: [], over: [] };
  const [into] = open;
  if (into !== undefined) {
    const reply =
      open.length > 1 ? await askWhich('picture', open, turn, desk) : await putInto(into, turn, desk);
    return awaitedNoMore(reply, over, turn, desk);
  }
  if (departmentsToProposeFor(turn.person, desk.rules()).length === 0) {
    const refusal = refusePost('may-not-propose', { department: '', may: [] });
    return answered(refusal, undefined, turn, desk);
  }
  const post = await draftFor(own, typed, turn, desk);
  const there = (await postById(desk, post))?.revision.media;
  const { refused, ...sent } = await keepFiles(turn.files, desk, there, true);
  const media = sent.media.map(({ medium }) => medium);
  if (media.length === 0) {
    const number = typed === '' ? undefined : await wordsAlone(post, typed, turn, desk);
    await (number === undefined ? givenUp(post, turn, desk) : takeWords(post, turn, desk));
    if (number === undefined) return besides(undefined, refused);
    const said = besides(undefined, refused, { number, words: true });
    return await awaitingRightOnes(
      said,
      { id: post, number },
      { media: [], refused, isCaptioned: false },
      turn,
      desk,
    );
  }
  const reply = await intoDraft(post, typed, media, turn, desk);
  const taken = (await takeWords(post, turn, desk)) ?? reply;
  if (refused.length > 0) return await withRefused(taken, typed, { ...sent, refused }, turn, desk);
  return awaitedNoMore(taken, over, turn, desk);
}

/** What could not be taken of a message of which the rest is in a draft: it goes there as well, once it is right. */
async function withRefused(
  reply: Reply,
  typed: string,
  { media, names, refused, isCaptioned }: Taken,
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const sent = media.map(({ medium }) => medium);
  const pointed = (await personKnown(desk.executor, turn.person))?.photo?.post;
  for (const id of new Set([postIdFrom(turn.key), ...(pointed === undefined ? [] : [pointed])])) {
    const draft = await postById(desk, id);
    if (draft === undefined || !(await isFrom(id, sent, desk))) continue;
    // What is said of the rest says as well that this came in.
    const { words } = sayNotice('added-to-draft', { number: draft.number });
    const isAdded = reply.show === 'notice' && reply.words === words;
    const into = {
      number: draft.number,
      with: names,
      ...(typed === '' ? {} : { words: true as const }),
      ...(isCaptioned ? { captioned: true as const } : {}),
    };
    const answer = besides(isAdded ? undefined : reply, refused, into);
    return await awaitingRightOnes(answer, draft, { media: [], refused, isCaptioned }, turn, desk);
  }
  return besides(reply, refused);
}

/** An answer, with those posts that waited for a picture and take none any more. */
function awaitedNoMore(reply: Reply, over: readonly PostState[], turn: Turn, desk: Desk): Reply {
  const [first] = over;
  const refusal = first === undefined ? undefined : whyNotEdit(first, turn.person, desk.rules());
  if (refusal === undefined) return reply;
  const { words: why } = refusalWords(refusal, desk.rules(), turn.now);
  const numbers = over.map(({ number }) => number);
  return withSaid(reply, sayNotice('awaited-no-more', { numbers, why, begins: reply.show === 'nothing' }));
}

/**
 * The draft that a photo belongs to: that of the photo before it, unless nothing can be put into that any more. A photo
 * with words of its own is another post where that one has its words already, or has them waiting.
 */
async function draftFor(own: string, typed: string, turn: Turn, desk: Desk): Promise<string> {
  const post = await belongsTo(own, undefined, turn, desk);
  const before = await postById(desk, post);
  if (before !== undefined) {
    return takesMore(before, turn.person) && hasRoomFor(before, typed)
      ? post
      : await belongsTo(own, post, turn, desk);
  }
  const waiting = (await personKnown(desk.executor, turn.person))?.photo?.words;
  // The pointer stays where words wait, so that these find their photo.
  return waiting === undefined || typed === '' ? post : own;
}

/** Whether words that came with a photo can be the text of a draft; where there are none, it may have any. */
const hasRoomFor = (draft: PostState, typed: string): boolean => typed === '' || draft.revision.text === '';

/** The draft that a photo goes into; kept before it is fetched, so that words which come meanwhile find it. */
async function belongsTo(own: string, instead: string | undefined, turn: Turn, desk: Desk): Promise<string> {
  const executed = await desk.executor.execute({
    command: 'person.photo-came',
    id: personDocument(turn.person),
    params: { person: turn.person, post: own, ...(instead === undefined ? {} : { instead }) },
    ...byPerson(turn, `${turn.key}|photo${instead === undefined ? '' : '|instead'}`),
  });
  if (!executed.done) return own;
  return stateOf(personKind, executed).photo?.post ?? own;
}

/** Whichever of several photos is here first makes the draft; the others go into it, with words while it has none. */
async function intoDraft(
  post: string,
  typed: string,
  media: readonly Medium[],
  turn: Turn,
  desk: Desk,
): Promise<Reply> {
  const there = await postById(desk, post);
  if (there?.revision.media.some(isVideo) === true && media.some(isVideo)) {
    return await proposeText(typed, turn, desk, undefined, { post: postIdFrom(turn.key), media });
  }
  if (there === undefined) {
    const proposed = await proposeText(typed, turn, desk, undefined, { post, media });
    // Another photo may have made the draft meanwhile; then this one goes into that.
    if ((await postById(desk, post)) === undefined || (await isFrom(post, media, desk))) return proposed;
  }
  const draft = await postById(desk, post);
  if (draft !== undefined && !hasRoomFor(draft, typed)) {
    // The other photo may have made the draft that would have been this one's.
    const own = postIdFrom(turn.key) === post ? postIdFrom(`${turn.key}|own words`) : postIdFrom(turn.key);
    return await proposeText(typed, turn, desk, undefined, {
      post: await belongsTo(own, post, turn, desk),
      media,
    });
  }
  const put =
    draft === undefined || typed === ''
      ? undefined
      : asText(draft, { typed, key: turn.key, media }, turn, desk);
  if (draft !== undefined && draft.revision.text !== '') await cameLate(post, media, turn, desk);
  return (await put) ?? (await add(post, { media }, turn.key, turn, desk));
}

/** Keeps that a photo came into a draft that has its words: it may be for the words that come next. */
async function cameLate(post: string, media: readonly Medium[], turn: Turn, desk: Desk): Promise<void> {
  await keepWith(turn, 'person.photo-came-late', { post, hashes: media.map(({ hash }) => hash) }, desk);
}

/** The words of a message whose photo was refused, as a draft without it. @returns its number, where it could be made */
async function wordsAlone(post: string, typed: string, turn: Turn, desk: Desk): Promise<number | undefined> {
  const draft = await postById(desk, post);
  await (draft === undefined
    ? proposeText(typed, { ...turn, files: [] }, desk, undefined, { post, media: [] })
    : asText(draft, { typed, key: turn.key }, turn, desk));
  return (await postById(desk, post))?.number;
}

const isFrom = async (post: string, media: readonly Medium[], desk: Desk): Promise<boolean> => {
  const kept = (await postById(desk, post))?.revision.media ?? [];
  return media.every(({ hash }) => kept.some((each) => each.hash === hash));
};

async function wordsCame(typed: string, post: string, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const own = postIdFrom(turn.key);
  if ((await postById(desk, own)) !== undefined) return { show: 'nothing' };
  const draft = await postById(desk, post);
  if (draft !== undefined) {
    const moved = takesMore(draft, turn.person) ? await withLate(typed, draft, turn, desk) : undefined;
    if (moved !== undefined) return moved;
    // People write in pieces: what they add is said not to be there.
    return takesMore(draft, turn.person) && draft.revision.text !== ''
      ? notice('words-there-already', { number: draft.number })
      : await asText(draft, { typed, key: turn.key }, turn, desk);
  }
  const kept = await desk.executor.execute({
    command: 'person.words-for-photo',
    id: personDocument(turn.person),
    params: { text: typed, key: turn.key },
    ...byPerson(turn, `${turn.key}|words`),
  });
  const asked = await takeWords(post, turn, desk);
  return asked ?? notice(kept.done ? 'words-for-photo' : 'words-wait-already', {});
}

/**
 * Words after a photo that came when its draft had its words: the two are a post of their own. A photo of which something
 * was said on the draft's card is the draft's.
 * @returns undefined where no such photo is there
 */
async function withLate(typed: string, draft: PostState, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const late = new Set((await personKnown(desk.executor, turn.person))?.photo?.late);
  const isLate = ({ hash, alt, recognised, origin }: Medium): boolean =>
    late.has(hash) && alt === '' && recognised === undefined && origin === undefined;
  const media = draft.revision.media.filter(isLate);
  if (draft.revision.text === '' || media.length === 0) return undefined;
  const own = postIdFrom(turn.key);
  const reply = await proposeText(typed, turn, desk, undefined, { post: own, media });
  const made = await postById(desk, own);
  if (made === undefined) return reply;
  await belongsTo(own, draft.id, turn, desk);
  const { n: from, by: _by, at: _at, ...written } = draft.revision;
  const did = await act(desk, {
    command: 'post.revise',
    post: draft.id,
    params: {
      ...written,
      media: draft.revision.media.filter((each) => !isLate(each)),
      from,
      keepsDays: true,
    },
    person: turn.person,
    key: `${turn.key}|moved`,
  });
  if (reply.show !== 'nothing') return reply;
  return notice('photo-moved', { number: made.number, before: draft.number, still: !did.done });
}

/**
 * Puts words that waited into their draft, once it is there. Whoever comes second does the same again, by its key.
 * @returns what has to be asked about them
 */
async function takeWords(post: string, turn: Turn, desk: Desk): Promise<Reply | undefined> {
  const { photo } = (await personKnown(desk.executor, turn.person)) ?? {};
  const draft = await postById(desk, post);
  if (photo?.post !== post || photo.words === undefined || draft === undefined) return undefined;
  const { text, key } = photo.words;
  // Where another photo's words were first, they are a post of their own.
  const taken =
    (await asText(draft, { typed: text, key }, turn, desk)) ??
    (await proposeText(text, { ...turn, key, files: [] }, desk));
  await desk.beside(settle(post, false, turn, desk));
  return taken.show === 'post' || taken.show === 'choice' ? taken : undefined;
}

/** The photo was refused: a draft without it is made of the words that waited for it, so that they are not lost. */
async function givenUp(post: string, turn: Turn, desk: Desk): Promise<void> {
  if ((await postById(desk, post)) !== undefined) return;
  const { photo } = (await personKnown(desk.executor, turn.person)) ?? {};
  await settle(post, true, turn, desk);
  if (photo?.post !== post || photo.words === undefined) return;
  await proposeText(photo.words.text, { ...turn, key: photo.words.key, files: [] }, desk);
}

async function settle(post: string, gone: boolean, turn: Turn, desk: Desk): Promise<void> {
  await keepWith(turn, 'person.photo-settled', { post, gone }, desk);
}

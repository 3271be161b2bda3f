import { accountOf } from '../../dispatch/thread.ts';
import { askedByHandOf, isAskedByHand, isChangedByHand } from '../../posts/by-hand/done-by-hand.ts';
import { publicationsOf } from '../../posts/leaving/what-is-public.ts';
import { stoppedOfHands } from '../../posts/leaving/leaving.ts';
import { isStillOurs } from '../../posts/deciding/may.ts';
import { mayUndoByHand, postedByHand } from '../../posts/by-hand/mend-by-hand.ts';
import { readPart } from '../../posts/writing/plan.ts';
import { isVideoType } from '../../protocol/media-limits.ts';
import type { PlanMedium } from '../../networks/network.ts';
import { byHandWords, mendWords, takenAlongWords, type Over } from '../../words/by-hand.ts';
import { nameOf } from '../../words/names.ts';
import type { PostDrawing } from './drawing.ts';
import type { PostCardData } from './post-data.ts';
import { nothing } from './post-head.ts';
import { cardText, linkAddress } from './text.ts';
import type { PostCardOptions } from './viewer.ts';

/** What this viewer is to do by hand, with the text and the pictures to take along, or may say of what others are to do. */
export function byHandOf(drawing: PostDrawing): PostCardData['byHand'] {
  const { post, rights, rules, now, options } = drawing;
  const [mine, others] = [rights.byHand.split(' '), rights.byOtherHands.split(' ')];
  return Object.entries(askedByHandOf(post)).flatMap(([part, entry]) => {
    const isAsked = mine.includes(part);
    if (!isAsked && !others.includes(part)) return [];
    const over = overOf(part, drawing);
    const standing = publicationsOf(post)[part];
    const mayTryAgain =
      standing?.is === 'removing' && standing.problem !== undefined && isStillOurs(part, rules);
    const how = { over, corrector: correctorOf(drawing), isAsked, mayTryAgain };
    const words = byHandWords(accountOf(part), entry, how, rules, now);
    // Whoever had the words before them would post them beside whoever is asked to.
    const does = isAsked && over === undefined;
    const planned =
      'plan' in post.status ? post.status.plan.parts.find(({ key }) => key === part) : undefined;
    const written = planned === undefined || planned.bytes === '' ? undefined : readPart(planned);
    const at = standing !== undefined && 'remote' in standing ? standing.remote.url : '';
    const media = entry.what === 'post' && does ? (written?.media ?? []) : [];
    return [
      {
        tone: isAsked ? 'accent' : 'emphasis',
        title: cardText(words.title),
        lookAt: linkAddress(at) ?? '',
        text: entry.what === 'remove' || !does ? '' : (written?.text ?? ''),
        elsewhere: nothing,
        copyId: `copy:${part}`,
        copyLabel: words.copy,
        media: media.map((medium, n) => takenAlong(medium, { n, of: media.length, part }, options)),
        asksLink: entry.what === 'post',
        part,
        asked: entry.since,
        linkId: `link:${part}`,
        link: options.typed?.[`link:${part}`] ?? '',
        noneId: `none:${part}`,
        none: options.typed?.[`none:${part}`] ?? 'false',
        asksWhy: options.errors?.[`why:${part}`] !== undefined,
        whyId: `why:${part}`,
        why: options.typed?.[`why:${part}`] ?? '',
        error: cardText(options.errors?.[`link:${part}`] ?? options.errors?.[`why:${part}`] ?? ''),
        done: words.done,
        not: words.not,
      },
    ];
  });
}

/** A picture or a video to be posted by hand, as what would go out to an account has it: no machine puts its captions to it. */
function takenAlong(
  { hash, contentType, alt, captions }: PlanMedium,
  { n, of, part }: { readonly n: number; readonly of: number; readonly part: string },
  { mediaUrl }: PostCardOptions,
): PostCardData['byHand'][number]['media'][number] {
  const words = takenAlongWords(isVideoType(contentType) ? 'video' : 'picture', n, of);
  const line = (said: string, file: string) => ({
    words: cardText(said),
    url: linkAddress(mediaUrl?.(file) ?? '') ?? '',
  });
  return {
    links: [
      line(words.file, hash),
      ...(captions?.as === 'file' ? [line(words.captions, captions.hash)] : []),
    ],
    description: alt,
    copyId: `copy:${part}:${String(n)}`,
    copyLabel: words.description,
  };
}

/** What was said to be posted by hand, for whoever may put that right. */
export function mendsOf({ post, rights, rules, options }: PostDrawing): PostCardData['mends'] {
  return rights.mends.split(' ').flatMap((part) => {
    const posted = postedByHand(post, part);
    if (posted === undefined) return [];
    const { step } = posted;
    const linkId = `link:${part}`;
    const error = options.errors?.[linkId];
    const mayUndo = mayUndoByHand(post, part);
    const isAsked = rights.person !== undefined && isAskedByHand(post, part, rights.person);
    const nobody = rights.write ? 'ask' : 'nobody';
    const unasked = post.correction?.applied === undefined ? nobody : 'later';
    const change = isChangedByHand(post, part) ? (isAsked ? 'mine' : 'others') : unasked;
    const words = mendWords(accountOf(part), step.by === rights.person, change, rules);
    return [
      {
        toggle: words.title,
        boxId: `mend:${part}`,
        open: (options.typed?.[linkId] ?? error ?? '') !== '',
        part,
        said: step.at,
        linkId,
        // Filled with what is known, every press on the card would bring it along as if somebody had typed it.
        link: options.typed?.[linkId] ?? '',
        error: cardText(error ?? ''),
        right: words.link,
        not: mayUndo ? words.not : '',
        instead: mayUndo ? nothing : cardText(words.instead),
      },
    ];
  });
}

/** Who has asked for the correction that waits: only they may take it back. */
const correctorOf = ({ post, rights, rules }: PostDrawing): 'you' | { readonly name: string } =>
  rights.takeBackCorrection ? 'you' : { name: nameOf(post.correction?.by ?? '', rules) };

/** Why what somebody was asked to post is not to be posted any more, or not yet. */
export function overOf(
  part: string,
  { post, rules, now }: Pick<PostDrawing, 'post' | 'rules' | 'now'>,
): Over | undefined {
  const asked = post.byHand?.[part];
  if (asked?.what === 'post' && post.correction !== undefined && post.correction.applied === undefined)
    return 'to-be-corrected';
  if (asked !== undefined) return stoppedOfHands(post, now, rules).includes(part) ? 'rule-stops' : undefined;
  return post.status.is === 'held' || post.status.is === 'taken-down' ? post.status.is : 'given-up';
}

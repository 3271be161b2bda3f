import { z } from 'zod';
import { changed } from '../changed.ts';
import { endTimer } from '../deciding/set-timers.ts';
import { personCommand } from '../command.ts';
import { typedBefore, typedOn } from './days-written.ts';
import { findingsOf, longestText, plannedTime, publishTime } from './draft.ts';
import { mostMedia, tooMuchWritten } from './how-much.ts';
import { wording } from './wording.ts';
import { describedMedium } from './medium.ts';
import type { PostState } from '../post.ts';
import { revisedNote } from './propose.ts';
import { editors, mayEdit } from '../deciding/may.ts';
import { refusePost } from '../refusals.ts';
import { stateOf } from '../taking-down/over.ts';

/** Whether more of what its author sends belongs into a post. */
export const takesMore = (post: PostState, person: string): boolean =>
  post.status.is === 'draft' && post.author === person && post.revision.by === person;

/** Puts another picture into a draft, or the words that it has none of yet. */
export const addToDraft = personCommand(
  'post.add',
  z.object({
    text: wording(longestText).exactOptional(),
    until: plannedTime.exactOptional(),
    media: z.array(describedMedium).exactOptional(),
  }),
  (post, { text = '', until, media = [] }, person, context) => {
    const { now, protocol: rules } = context;
    if (!takesMore(post, person)) return refusePost('not-now', { state: stateOf(post), action: 'edit' });
    if (!mayEdit(post, person, rules)) return refusePost('may-not-edit', { may: editors(post, rules) });
    const words = text.trim();
    if (words !== '' && post.revision.text !== '') return refusePost('settled-already', {});
    if (words === '' && media.length === 0) return refusePost('nothing-changed', {});
    if (post.revision.media.length + media.length > mostMedia)
      return refusePost('too-many-pictures', { most: mostMedia });
    const { typedAt: _typed, ...before } = post.revision;
    const next = {
      ...before,
      n: post.revision.n + 1,
      at: now,
      ...(words === '' ? {} : { text: words }),
      ...(until === undefined ? {} : { until }),
      media: [...post.revision.media, ...media],
    };
    const revision = words === '' ? typedBefore(next, typedOn(post.revision)) : next;
    const tooMuch = tooMuchWritten(revision);
    if (tooMuch !== undefined) return tooMuch;
    const added: PostState = { ...post, revision };
    const found: PostState = {
      ...added,
      findings: findingsOf(added, publishTime(post.when, now), rules),
    };
    return changed(
      { post: found, audit: [revisedNote('revised', found)], effects: endTimer(revision.until) },
      context,
    );
  },
);

import { z } from 'zod';
import type { PostState } from '../posts/post.ts';
import type { OnYoutube, PlannedTime } from '../posts/writing/revision.ts';
import { mediaWith } from './picture-inputs.ts';
import type { Inputs } from './turn.ts';
import { urgencies } from '../protocol/protocol.ts';
import { privacies } from '../networks/network.ts';

/**
 * @returns what a form of a post says about YouTube; as it was where it asked nothing, YouTube not being chosen when it was drawn. Nothing
 * chosen takes nothing back.
 */
export function onYoutubeIn(
  inputs: Inputs,
  shownAt: PlannedTime | undefined,
  before: OnYoutube | undefined,
): OnYoutube | undefined {
  if (!Object.keys(inputs).some((id) => id.startsWith('youtube-'))) return before;
  const kids = z.enum(['yes', 'no']).safeParse(inputs['youtube-kids']).data;
  const madeForKids = kids === undefined ? before?.madeForKids : kids === 'yes';
  const playlist = chosenOr(before?.playlist ?? '', inputs['youtube-playlist']);
  return {
    title: inputs['youtube-title']?.trim() ?? before?.title ?? '',
    ...(madeForKids === undefined ? {} : { madeForKids }),
    privacy: z
      .enum(privacies)
      .catch(before?.privacy ?? 'public')
      .parse(inputs['youtube-privacy']),
    playlist: playlist === 'none' ? '' : playlist,
    ...(shownAt === undefined ? {} : { shownAt }),
  };
}

const chosenOr = (before: string, chosen = ''): string => (chosen === '' ? before : chosen);

/** @returns what a form of a post says, with what it did not ask as it was */
export function writtenOf(post: PostState, inputs: Inputs, until: PlannedTime | undefined) {
  const { revision } = post;
  const variants = Object.fromEntries(
    Object.entries(inputs).flatMap(([id, text]): [string, string][] =>
      id.startsWith('variant:') ? [[id.slice('variant:'.length), text]] : [],
    ),
  );
  const quote = inputs['quote'] ?? revision.quote ?? '';
  return {
    text: inputs['text'] ?? revision.text,
    variants: { ...revision.variants, ...variants },
    accounts: inputs['accounts'] === undefined ? revision.accounts : listOf(inputs['accounts']),
    headline: inputs['headline'] ?? revision.headline,
    summary: inputs['summary'] ?? revision.summary,
    media: mediaWith(post, inputs),
    urgency: z.enum(urgencies).catch(revision.urgency).parse(inputs['urgency']),
    flags: inputs['flags'] === undefined ? revision.flags : listOf(inputs['flags']),
    campaign: inputs['campaign'] ?? revision.campaign,
    thread: inputs['thread'] === undefined ? revision.thread === true : inputs['thread'] === 'true',
    ...(until === undefined ? {} : { until }),
    ...(revision.youtube === undefined ? {} : { youtube: revision.youtube }),
    ...(quote.trim() === '' ? {} : { quote }),
  };
}

const listOf = (typed: string): readonly string[] =>
  typed
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

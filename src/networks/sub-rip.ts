import type { Blobs } from '../core/blobs.ts';
import { beforePosting } from './answers.ts';
import type { PlanMedium, PublishOutcome } from './network.ts';

const arrow = /^(?<from>\d{2,}:\d{2}:\d{2}\.\d{3}) --> (?<to>\d{2,}:\d{2}:\d{2}\.\d{3})/u;

/** The signs that WebVTT writes as names. */
const named: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&nbsp;': ' ', '&amp;': '&' };

/**
 * Captions as SubRip, the one form that Facebook takes (Graph API, Video Captions), out of the one that is kept: WebVTT
 * with whole hours and nothing but times and words.
 */
export function asSubRip(webVtt: string): string {
  const blocks = webVtt
    .trimEnd()
    .split(/\n{2,}/u)
    .flatMap((block) => {
      const [first = '', ...words] = block.split('\n');
      const times = arrow.exec(first)?.groups;
      if (times === undefined) return [];
      const comma = (time = ''): string => time.replace('.', ',');
      const plain = words.join('\n').replace(/&(?:lt|gt|nbsp|amp);/gu, (sign) => named[sign] ?? sign);
      return [`${comma(times['from'])} --> ${comma(times['to'])}\n${plain}`];
    });
  return blocks.map((block, n) => `${String(n + 1)}\n${block}\n`).join('\n');
}

/** A file of captions as SubRip, and the language that it is in. */
export interface CaptionFile {
  readonly file: Buffer<ArrayBuffer>;
  readonly language: string;
}

/** @returns the captions of a video; undefined where it brings no file of them; or the outcome that ends the attempt */
export async function captionsOf(
  blobs: Pick<Blobs, 'get'>,
  { captions }: PlanMedium,
  mostBytes: number,
): Promise<CaptionFile | PublishOutcome | undefined> {
  if (captions?.as !== 'file') return undefined;
  const bytes = await blobs.get(captions.hash);
  if (bytes === undefined) return { outcome: 'refused', reason: 'captions-missing' };
  const file = Buffer.from(asSubRip(Buffer.from(bytes).toString('utf8')), 'utf8');
  if (file.length > mostBytes) return { outcome: 'refused', reason: 'captions-too-large' };
  return { file, language: captions.language };
}

/** What it comes to that a network did not take captions: nothing can be seen of the video yet. */
export const captionsNotTaken = (outcome: PublishOutcome): PublishOutcome =>
  outcome.outcome === 'refused' && outcome.reason.startsWith('status-')
    ? { outcome: 'refused', reason: 'captions-not-taken' }
    : beforePosting(outcome);

import { z } from 'zod';
import type { PlanPart, PublicationKey, PublishOutcome, Remote } from '../network.ts';
import { sure, type Channel } from './channel.ts';
import { faultThrown } from './faults.ts';
import { costs } from './quota.ts';
import { saidOf, wrongWith, type SaidParts } from './said.ts';

const snippetList = z.object({
  items: z.array(
    z.object({
      snippet: z.object({
        categoryId: z.string(),
        tags: z.array(z.string()).exactOptional(),
        defaultLanguage: z.string().exactOptional(),
        defaultAudioLanguage: z.string().exactOptional(),
      }),
    }),
  ),
});

/** What is put right: the words of a part, and the note of what was wrong with those that stood there. */
export interface Correction {
  readonly part: PlanPart;
  readonly key: PublicationKey;
  readonly note: string;
}

/** Puts a video's title and description right; the moving picture itself nobody can exchange. */
export async function correct(
  { access, quota, outcomeOf }: Channel,
  parts: SaidParts,
  remote: Remote,
  { part, key, note }: Correction,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const said = saidOf(part, key, parts, note);
  const wrong = wrongWith(said);
  if (wrong !== undefined) return { outcome: 'refused', reason: wrong };
  await quota.count(costs.list + costs.update);
  const id = remote.remoteId;
  let stands: z.infer<typeof snippetList>['items'][number]['snippet'];
  try {
    // What a part of an update leaves out is taken away: tags and languages stay as somebody has set them.
    const listed = await access.call(signal, async (client, call) =>
      client.videos.list({ part: ['snippet'], id: [id] }, call),
    );
    const [video] = snippetList.parse(listed.data).items;
    if (video === undefined) return { outcome: 'refused', reason: 'not-there' };
    stands = video.snippet;
  } catch (thrown) {
    return await outcomeOf(faultThrown(thrown));
  }
  const requestBody = { id, snippet: { ...stands, ...said } };
  const fault = await sure(async () =>
    access.call(signal, async (client, call) =>
      client.videos.update({ part: ['snippet'], requestBody }, call),
    ),
  );
  return fault === undefined ? { outcome: 'published', remote } : await outcomeOf(fault);
}

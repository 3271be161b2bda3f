import { z } from 'zod';
import { threadMark } from '../../core/conversation.ts';
import { channelId, connectorPath, conversationOf, where, type Where } from './connector.ts';
import type { Player, RehearsalParts } from './parts.ts';

/** What somebody played on the page does. `open`: they put Crier into their Teams. */
export const acted = z.discriminatedUnion('does', [
  z.object({ does: z.literal('open'), person: z.string() }),
  z.object({ does: z.literal('say'), person: z.string(), in: where, text: z.string().max(100_000) }),
  z.object({
    does: z.literal('press'),
    person: z.string(),
    in: where,
    message: z.string(),
    verb: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
]);
export type Acted = z.infer<typeof acted>;

const answerSchema = z.object({ type: z.string(), value: z.unknown() });

/** What a press was answered with: a card in place of the pressed one, a notice, or nothing. */
export interface PressAnswer {
  readonly card?: unknown;
  readonly notice?: string;
  /** the door did not take it */
  readonly failed?: true;
}

/** What Teams shows within a message, as what comes from a phone's camera; every other file is kept apart from it. */
const shownInline: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif']);

/** In a Teams channel a bot is handed no files: what comes is the text, with the place of each in it. */
export const leftInPlace = (files: readonly File[]): readonly object[] =>
  files.length === 0
    ? []
    : [
        {
          contentType: 'text/html',
          content: files
            .map(({ type }) => (shownInline.has(type) ? '<img alt="image">' : '<attachment></attachment>'))
            .join(''),
        },
      ];

/** A file that can be fetched at an address, as Teams hands it to a bot in somebody's own chat. */
export const attachmentOf = ({ name, type }: File, address: string): object =>
  shownInline.has(type)
    ? { contentType: 'image/*', contentUrl: address }
    : {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name,
        content: { downloadUrl: address, fileType: name.split('.').at(-1) },
      };

/**
 * Brings it in through the very door that Teams uses, as an activity over HTTP, and gives back what a press was
 * answered with.
 */
export async function act(
  does: Acted,
  player: Player,
  parts: RehearsalParts,
  attachments: readonly object[] = [],
): Promise<PressAnswer> {
  const origin = parts.origin();
  const response = await fetch(`${origin}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...activityOf(does, player, origin, parts), attachments }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) return { failed: true };
  if (text === '') return {};
  const answer = answerSchema.safeParse(JSON.parse(text));
  if (!answer.success) return {};
  if (answer.data.type === 'application/vnd.microsoft.card.adaptive') return { card: answer.data.value };
  return typeof answer.data.value === 'string' ? { notice: answer.data.value } : {};
}

function activityOf(does: Acted, player: Player, origin: string, parts: RehearsalParts): object {
  const id = parts.randomId();
  const common = {
    id,
    channelId: 'msteams',
    serviceUrl: `${origin}${connectorPath}`,
    timestamp: new Date(parts.clock()).toISOString(),
    from: { id: player.objectId, aadObjectId: player.objectId, name: player.name },
    recipient: { id: 'crier', name: 'Crier' },
    ...(does.does === 'open' || does.in === 'chat'
      ? {
          conversation: {
            id: conversationOf(player.person, 'chat'),
            conversationType: 'personal',
            isGroup: false,
            tenantId: 'rehearsal',
          },
          channelData: { tenant: { id: 'rehearsal' } },
        }
      : {
          conversation: {
            // What is said there begins a thread, and what is pressed stands in that of its card.
            id: `${channelId}${threadMark}${does.does === 'press' ? does.message : id}`,
            conversationType: 'channel',
            isGroup: true,
            tenantId: 'rehearsal',
          },
          channelData: {
            tenant: { id: 'rehearsal' },
            team: { id: 'rehearsal-team' },
            channel: { id: channelId },
          },
        }),
  };
  switch (does.does) {
    case 'open':
      return { ...common, type: 'conversationUpdate', membersAdded: [common.recipient] };
    case 'say':
      // Teams sends what is typed with its special characters written out.
      return { ...common, type: 'message', ...typed(escaped(does.text), does.in) };
    case 'press':
      return {
        ...common,
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: does.message,
        value: { action: { type: 'Action.Execute', verb: does.verb, data: does.data }, trigger: 'manual' },
      };
  }
}

/** In a Teams channel a bot hears only what mentions it. */
const typed = (text: string, at: Where): object =>
  at === 'chat'
    ? { text }
    : {
        text: `${mention} ${text}`,
        entities: [{ type: 'mention', mentioned: { id: 'crier', name: 'Crier' }, text: mention }],
      };
const mention = '<at>Crier</at>';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

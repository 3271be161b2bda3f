import restify from 'restify';
import type { TeamsConfig } from '../../src/config.ts';
import { createLog } from '../../src/logging.ts';
import { createTeamsAdapter, type TakeTurn, type TeamsAdapter } from '../../src/teams/adapter.ts';
import type { Incoming } from '../../src/teams/activity.ts';
import { mountMessages, type MessageParts } from '../../src/web/messages.ts';

export const appId = '11111111-2222-4333-8444-555555555555';
export const tenantId = '99999999-8888-4777-8666-555555555555';

export const silent = createLog({ level: 'silent' });

/** A message as Teams sends it in a personal chat. */
export function message(
  serviceUrl: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    type: 'message',
    id: '1700000000000',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:amira', aadObjectId: 'aad-amira', name: 'Amira Hussain' },
    recipient: { id: `28:${appId}`, name: 'Crier' },
    conversation: { id: 'a:1', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    text: 'help',
    ...changes,
  };
}

/** The door as the process has it, on a free port, with a turn that only remembers what it was given. */
export async function openDoor(
  config: TeamsConfig,
  parts: {
    readonly turn?: TakeTurn;
    readonly serviceUrls?: readonly string[];
    readonly limits?: MessageParts['limits'];
  } = {},
): Promise<{
  readonly url: string;
  readonly port: number;
  readonly adapter: TeamsAdapter;
  readonly turns: Incoming[];
  readonly close: () => Promise<void>;
}> {
  const turns: Incoming[] = [];
  const adapter = createTeamsAdapter(config, silent);
  const server = restify.createServer();
  Object.assign(server.log, { level: 'silent' });
  const take: TakeTurn = async (incoming) => {
    turns.push(incoming);
    return parts.turn === undefined ? { answer: 'nothing' } : await parts.turn(incoming);
  };
  let port = 0;
  mountMessages(server, {
    log: silent,
    process: async (authorization, body) => await adapter.process(authorization, body, take),
    ...(parts.limits === undefined ? {} : { limits: parts.limits }),
    ...(config.mode === 'rehearsal'
      ? { rehearsal: { port: () => port, serviceUrls: () => parts.serviceUrls ?? [] } }
      : {}),
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = server.address().port;
  return {
    url: `http://127.0.0.1:${String(port)}/api/messages`,
    port,
    adapter,
    turns,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.server.closeAllConnections();
      }),
  };
}

/** The six addresses of Microsoft's, when somebody else plays them. */
export function endpoints(metadataUrl: string, base: string) {
  return {
    ToChannelFromBotLoginUrl: base,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: base,
    ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
  };
}

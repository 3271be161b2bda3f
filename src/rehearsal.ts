import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { MessageParts } from './web/messages.ts';
import { mountRehearsal } from './web/rehearsal/mount.ts';
import type { RehearsalParts } from './web/rehearsal/parts.ts';
import { playersOf } from './web/rehearsal/players.ts';
import type { Mount } from './web/server.ts';
import type { Protocol } from './protocol/protocol.ts';

/** The simulator's people, whom the rehearsal's page plays as the same people. */
const simulatorFile = fileURLToPath(new URL('../.m365agentsplayground.yml', import.meta.url));

/**
 * What a rehearsal has beside what Crier is: its page, and who may send activities, which bear no token.
 * @param protocol its people are played, as it was at the start
 */
export async function rehearsalOf(
  protocol: Protocol,
  simulatorPort: number,
  parts: Omit<RehearsalParts, 'players' | 'simulatorUrl'>,
): Promise<{ readonly mount: Mount; readonly door: Required<MessageParts>['rehearsal'] }> {
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
  const players = playersOf(protocol, await readFile(simulatorFile, 'utf8').catch(() => undefined));
  return {
    mount: (server) => mountRehearsal(server, { ...parts, players, simulatorUrl }),
    door: {
      port: parts.port,
      serviceUrls: () => [
        `${simulatorUrl}/_connector`,
        `http://localhost:${simulatorPort}/_connector`,
        `${parts.origin()}/rehearsal/connector`,
      ],
    },
  };
}

import type { BlobRef } from '@atproto/api';
import type { Millis } from '../../core/time.ts';
import type { Session } from './session.ts';

/** How files come to the account's server, where nobody sees them before a post shows them. */
export interface Files {
  /** brings a small file to the account's server itself */
  readonly bringFile: (bytes: Uint8Array, contentType: string, signal: AbortSignal) => Promise<BlobRef>;
  /** asks the account's server for a token with which the service of videos may bring it a file, until then */
  readonly tokenUntil: (until: Millis, signal: AbortSignal) => Promise<string>;
}

export const filesOf = ({ agent, ask }: Session): Files => ({
  bringFile: async (bytes, encoding, signal) => {
    const { data } = await ask(signal, async () =>
      agent.com.atproto.repo.uploadBlob(bytes, { encoding, signal }),
    );
    return data.blob;
  },

  tokenUntil: async (until, signal) => {
    const { data } = await ask(signal, async () =>
      agent.com.atproto.server.getServiceAuth(
        {
          aud: `did:web:${agent.dispatchUrl.host}`,
          // It may bring a file, and nothing else.
          lxm: 'com.atproto.repo.uploadBlob',
          exp: Math.floor(until / 1000),
        },
        { signal },
      ),
    );
    return data.token;
  },
});

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { videoHost } from '../peers/bluesky-video.ts';
import { playBluesky } from '../peers/bluesky.ts';
import { playFacebook } from '../peers/facebook.ts';
import type { PlayedNetwork } from '../peers/faults.ts';
import { playInstagram } from '../peers/instagram.ts';
import { playHosts } from '../peers/microsoft-proxy.ts';
import { playX } from '../peers/x.ts';
import { bareEnvironment } from '../process/crier.ts';

const run = promisify(execFile);
const child = fileURLToPath(new URL('child.ts', import.meta.url));

test.each<[string, () => PlayedNetwork]>([
  ['x', playX],
  ['facebook', playFacebook],
  ['instagram', playInstagram],
  ['bluesky', playBluesky],
])(
  'a process of its own reaches %s by the proxy that its environment names, and no other way',
  async (name, play) => {
    const peer = play();
    const proxy = await playHosts(peer.hosts);
    try {
      const env = { ...bareEnvironment(), ...proxy.environment };
      const { stdout } = await run(process.execPath, [child, name], { env });
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'published' });
      expect(peer.posts()).toMatchObject([
        { text: 'The gritters are out.', pictures: [{ alt: 'A gritter' }] },
      ]);
      // A picture goes to the account's own server, never by the service of films.
      const hosts = Object.keys(peer.hosts).filter((host) => host !== videoHost);
      expect(new Set(proxy.connected)).toEqual(new Set(hosts.map((host) => `${host}:443`)));
      expect(proxy.refused).toEqual([]);
    } finally {
      await proxy.close();
    }
  },
);

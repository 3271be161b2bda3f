import { expect, test } from 'vitest';
import type { Connection } from '../../src/dispatch/access.ts';
import { startLines, type Started } from '../../src/words/start-lines.ts';
import { fixtureProtocol as protocol } from '../protocol/fixture-registers.ts';

const connections: Readonly<Record<string, Connection>> = {
  'x-main': { is: 'connected' },
  'facebook-main': { is: 'rehearsal', rehearsedBy: 'FACEBOOK_MAIN_REHEARSAL' },
  'bluesky-main': { is: 'rehearsal' },
};
const linesOf = (more: Partial<Started> = {}): readonly string[] =>
  startLines({
    protocol,
    here: 'http://127.0.0.1:3978',
    news: 'https://news.sefton.gov.uk/news',
    teams: 'real',
    store: 'Cosmos DB',
    connectionOf: ({ id }) => connections[id] ?? { is: 'not-connected' },
    unreached: [],
    channels: [],
    ...more,
  });

test('a start says of each part and account whether it is real', () => {
  const [first, ...lines] = linesOf({ mediaAt: 'crier.blob.example' });
  expect(first).toBe(
    `Crier for ${protocol.council.name}, protocol ${protocol.version.slice(0, 8)}, on http://127.0.0.1:3978`,
  );
  for (const line of [
    '  Teams: real.',
    '  Store: real, Cosmos DB.',
    '  Pictures and videos: real, Azure Blob Storage at crier.blob.example.',
    '  News site: real, https://news.sefton.gov.uk/news.',
    '  X (@SeftonCouncil): real.',
    '  Facebook (Sefton Council): rehearsal by FACEBOOK_MAIN_REHEARSAL, nobody outside sees it.',
    '  Bluesky (@sefton.gov.uk): rehearsal, nothing leaves this machine.',
    '  Instagram (@seftoncouncil): not connected yet.',
    '  Nextdoor Sefton: by hand, Bethan Prys is asked.',
  ])
    expect(lines).toContain(line);
  // The website is no account that could be unconnected.
  expect(lines.join('\n')).not.toContain('Sefton Council news');
});

test('who cannot be reached yet is named, and what is left out is not said', () => {
  const unreached = ['nadia-hartley', 'ellen-rimmer'];
  const channels = ['highways', 'desk'];
  expect(linesOf({ unreached, channels }).at(-1)).toBe(
    '  Not reachable in person yet: Nadia Hartley and Ellen Rimmer. They are told in their Teams channel.',
  );
  expect(linesOf().join('\n')).not.toMatch(/Not reachable|Pictures and videos/u);
});

test('nobody is said to be told in a Teams channel that is not chosen yet', () => {
  const unreached = ['nadia-hartley', 'ellen-rimmer', 'martin-sedgwick'];
  const none = linesOf({ unreached }).join('\n');
  expect(none).not.toContain('They are told in their Teams channel');
  expect(none).toContain(
    '  Not reachable at all yet: Nadia Hartley, Ellen Rimmer and Martin Sedgwick. No Teams channel is chosen for them. Put Crier into their team and choose one',
  );
  const [told, untold] = linesOf({ unreached, channels: ['highways'] }).slice(-2);
  expect(told).toContain('in person yet: Nadia Hartley and Martin Sedgwick. They are told');
  expect(untold).toContain('at all yet: Ellen Rimmer. No Teams channel');
});

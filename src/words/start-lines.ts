import type { Connection } from '../dispatch/access.ts';
import type { AccountEntry, Protocol } from '../protocol/protocol.ts';
import { isToldInChannel } from '../protocol/people.ts';
import { handsWords } from './accounts.ts';
import { accountInFull, sayList } from './names.ts';

/** What a start has come to. */
export interface Started {
  readonly protocol: Protocol;
  /** where Crier listens */
  readonly here: string;
  /** where the public reads */
  readonly news: string;
  readonly teams: 'real' | 'rehearsal';
  /** what keeps the records, such as `Cosmos DB` */
  readonly store: string;
  /** the host that keeps pictures and videos; absent: they are kept beside the records */
  readonly mediaAt?: string;
  readonly connectionOf: (account: AccountEntry) => Connection;
  /** who cannot be told anything in a chat of their own yet */
  readonly unreached: readonly string[];
  /** the departments, or `desk`, for which a Teams channel is in use */
  readonly channels: readonly string[];
}

const connections: Readonly<Record<Connection['is'], string>> = {
  connected: 'real.',
  rehearsal: 'rehearsal, nothing leaves this machine.',
  'not-connected': 'not connected yet.',
};

/** A line for each part, saying which is real and which is rehearsal. */
export function startLines(started: Started): readonly string[] {
  const { protocol, here, news, teams, store, mediaAt, connectionOf } = started;
  return [
    `Crier for ${protocol.council.name}, protocol ${protocol.version.slice(0, 8)}, on ${here}`,
    teams === 'real' ? '  Teams: real.' : '  Teams: rehearsal. Only this machine can reach it.',
    `  Store: real, ${store}.`,
    ...(mediaAt === undefined ? [] : [`  Pictures and videos: real, Azure Blob Storage at ${mediaAt}.`]),
    `  News site: real, ${news}.`,
    ...Object.values(protocol.accounts)
      .filter(({ network }) => network !== 'website')
      .map((account) => accountLine(account, connectionOf(account), protocol)),
    '  Mail: not part of this release.',
    ...unreachedLines(started),
  ];
}

function accountLine(account: AccountEntry, connection: Connection, protocol: Protocol): string {
  const stands =
    account.network === 'by-hand'
      ? `by hand, ${handsWords(account, protocol)} is asked.`
      : connection.rehearsedBy === undefined
        ? connections[connection.is]
        : `rehearsal by ${connection.rehearsedBy}, nobody outside sees it.`;
  // The line itself says whether it rehearses.
  const { rehearsed: _said, ...entry } = account;
  return `  ${accountInFull(entry)}: ${stands}`;
}

/** Every one of them by name: whoever starts Crier has to put it right. */
function unreachedLines({ unreached, channels, protocol }: Started): readonly string[] {
  const namesOf = (people: readonly string[]): string =>
    sayList(
      people.map((person) => protocol.people[person]?.name ?? person),
      'and',
      people.length,
    );
  const isToldThere = (person: string): boolean => isToldInChannel(person, channels, protocol);
  const told = unreached.filter(isToldThere);
  const untold = unreached.filter((person) => !isToldThere(person));
  return [
    ...(told.length === 0
      ? []
      : [`  Not reachable in person yet: ${namesOf(told)}. They are told in their Teams channel.`]),
    ...(untold.length === 0
      ? []
      : [
          `  Not reachable at all yet: ${namesOf(untold)}. No Teams channel is chosen for them. Put Crier into their team and choose one (@Crier use this channel for approvals of …, or for the desk), or have them open Crier in Teams once.`,
        ]),
  ];
}

import { expect, test } from 'vitest';
import { accountMeant, readAsked } from '../../src/connect/asked.ts';
import { connectingVariables, parseCredentials } from '../../src/credentials.ts';
import { isConnectable } from '../../src/networks/connectable.ts';
import type { AccountEntry } from '../../src/protocol/protocol.ts';
import { blockedWords, expiringWords, accountWords } from '../../src/words/accounts.ts';
import { whichAccount } from '../../src/words/connect.ts';
import type { Connecting } from '../../src/dispatch/access.ts';
import { now } from '../fixtures/cards/rules.ts';
import { fixtureProtocol } from '../protocol/fixture-registers.ts';

const rules = { ...fixtureProtocol, away: {} };
const accounts = Object.values(rules.accounts).filter(({ network }) => isConnectable(network));

/** Every command that words tell, as the shell splits it. */
const told = (words: string): readonly (readonly string[])[] =>
  [...words.matchAll(/npm run connect -- (?<words>[^"\n]+)/gu)].map(({ groups }) =>
    (groups?.['words'] ?? '').trim().split(' '),
  );

function wordsFor(entry: AccountEntry, by: Connecting): readonly string[] {
  const shown = (state: object) => ({
    entry,
    state: { id: `account-${entry.id}`, slots: [], ...state },
    connection: { is: 'connected', by } as const,
  });
  const blocked = shown({ blocked: { since: now, reason: 'account-blocked' } });
  const expiring = shown({ expiring: { since: now, at: now } });
  const unconnected = { ...blocked, connection: { is: 'not-connected', by } as const };
  return [
    blockedWords(blocked, rules, now),
    expiringWords(expiring, rules, now),
    ...[blocked, expiring, unconnected].map((each) =>
      accountWords(each, [], 'desk', rules, now)
        .lines.map(({ words }) => words)
        .join(' '),
    ),
  ];
}

test('there is an account of each network that can be connected', () => {
  expect(new Set(accounts.map(({ network }) => network)).size).toBe(5);
});

test.each(accounts.map((entry) => [entry.id, entry] as const))(
  'the command that the desk is told for %s is read by the command itself, and gives the variables that are named',
  (_id, entry) => {
    const variables = connectingVariables(entry, undefined);
    if (variables === undefined) throw new Error('it is connected by nothing');
    for (const into of ['file', 'vault'] as const) {
      for (const words of wordsFor(entry, { into, ...variables })) {
        const [command, ...others] = told(words);
        expect(others).toEqual([]);
        const asked = readAsked(command ?? []);
        if (asked.ask !== 'connect') throw new Error('it asks for help');
        expect(accountMeant(asked, rules).id).toBe(entry.id);
        expect(asked.way.to).toBe(into);
        expect(words).toContain(variables.gives.join(', '));
      }
    }
    // What it gives, Crier starts by.
    const env = Object.fromEntries(variables.gives.map((name) => [name, 'given']));
    expect(parseCredentials(env, rules.accounts).ok).toBe(true);
  },
);

test('what is offered where it is not clear which account is meant is read as well', () => {
  const network = 'x';
  const commands = told(whichAccount(network, undefined, ['x-main', 'x-other']));
  expect(commands).toHaveLength(2);
  for (const command of commands) expect(readAsked(command)).toMatchObject({ ask: 'connect', network });
});

test('an X account that is spoken for by the keys of an app is told which of them have to go', () => {
  const [entry] = accounts.filter(({ network }) => network === 'x');
  if (entry === undefined) throw new Error('there is no X account');
  const keys = ['APP_KEY', 'APP_SECRET', 'ACCESS_TOKEN', 'ACCESS_SECRET'].map((name) => `X_MAIN_${name}`);
  const parsed = parseCredentials(Object.fromEntries(keys.map((name) => [name, 'k'])), rules.accounts);
  const variables = connectingVariables(entry, parsed.ok ? parsed.credentials.get(entry.id) : undefined);
  if (variables === undefined) throw new Error('it is connected by nothing');
  const [words = ''] = wordsFor(entry, { into: 'file', ...variables });
  expect(words).toContain(
    `(X_MAIN_CLIENT_ID, X_MAIN_CLIENT_SECRET, X_MAIN_REFRESH_TOKEN), takes out ${keys.join(', ')}, and restarts Crier.`,
  );
});

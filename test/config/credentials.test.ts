import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainFaults } from '../../src/config.ts';
import { parseCredentials, variablePrefix } from '../../src/credentials.ts';
import type { AccountEntry, NetworkName } from '../../src/protocol/protocol.ts';

const account = (id: string, network: NetworkName): AccountEntry => ({
  id,
  network,
  name: `@${id}`,
  owner: 'desk',
  purpose: 'news',
  departments: [],
  byDefault: true,
});

const accounts = {
  news: account('news', 'website'),
  'x-main': account('x-main', 'x'),
  roads: account('roads', 'x'),
  'facebook-main': account('facebook-main', 'facebook'),
};

const ofX = {
  X_MAIN_APP_KEY: 'k1',
  X_MAIN_APP_SECRET: 'k2',
  X_MAIN_ACCESS_TOKEN: 'k3',
  X_MAIN_ACCESS_SECRET: 'k4',
};

describe('how accounts are spoken for', () => {
  test('a variable begins with the network and the rest of the account’s id', () => {
    expect(variablePrefix({ id: 'x-main', network: 'x' })).toBe('X_MAIN_');
    expect(variablePrefix({ id: 'roads', network: 'x' })).toBe('X_ROADS_');
    expect(variablePrefix({ id: 'facebook-sefton-parks', network: 'facebook' })).toBe(
      'FACEBOOK_SEFTON_PARKS_',
    );
  });

  test('an account with everything is connected, one with nothing is not', () => {
    const parsed = parseCredentials(ofX, accounts);
    expect(parsed.ok && [...parsed.credentials.keys()]).toEqual(['x-main']);
    expect(parsed.ok && parsed.credentials.get('x-main')).toEqual({
      network: 'x',
      credentials: { kind: 'oauth1', appKey: 'k1', appSecret: 'k2', accessToken: 'k3', accessSecret: 'k4' },
    });
  });

  test('the id of Meta’s app may stand beside, and alone connects nothing', () => {
    const ofPage = {
      FACEBOOK_MAIN_PAGE_ID: '1',
      FACEBOOK_MAIN_PAGE_TOKEN: 't',
      FACEBOOK_MAIN_APP_SECRET: 's',
    };
    const parsed = parseCredentials({ ...ofPage, FACEBOOK_MAIN_APP_ID: '9' }, accounts);
    expect(parsed.ok && parsed.credentials.get('facebook-main')?.credentials).toMatchObject({ appId: '9' });
    const without = parseCredentials(ofPage, accounts);
    expect(without.ok && without.credentials.get('facebook-main')?.credentials).not.toHaveProperty('appId');
    const alone = parseCredentials({ FACEBOOK_MAIN_APP_ID: '9' }, accounts);
    expect(alone.ok && alone.credentials.size).toBe(0);
  });

  test('an account rehearses where its variable says so, connected or not; anything but on and off is a fault', () => {
    const parsed = parseCredentials({ ...ofX, X_MAIN_REHEARSAL: 'on', X_ROADS_REHEARSAL: 'off' }, accounts);
    expect(parsed.ok && [...parsed.rehearsed]).toEqual(['x-main']);
    expect(parsed.ok && parsed.credentials.has('x-main')).toBe(true);
    const wrong = parseCredentials({ X_ROADS_REHEARSAL: 'yes', X_MIAN_REHEARSAL: 'on' }, accounts);
    expect(wrong.ok ? [] : wrong.faults.map(({ variable }) => variable)).toEqual([
      'X_ROADS_REHEARSAL',
      'X_MIAN_REHEARSAL',
    ]);
  });

  test('what is missing, what belongs nowhere and two ways at once are told together', () => {
    const parsed = parseCredentials(
      {
        ...ofX,
        X_MAIN_REFRESH_TOKEN: 'r',
        X_ROADS_APP_KEY: 'k',
        FACEBOOK_MIAN_PAGE_ID: '1',
      },
      accounts,
    );
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? [] : parsed.faults.map(({ variable }) => variable)).toEqual([
      'X_MAIN_…',
      'X_ROADS_APP_SECRET',
      'X_ROADS_ACCESS_TOKEN',
      'X_ROADS_ACCESS_SECRET',
      'FACEBOOK_MIAN_PAGE_ID',
    ]);
  });

  test('no value that was given is ever repeated', () => {
    const names = [...Object.keys(ofX), 'X_ROADS_APP_KEY', 'X_OTHER', 'FACEBOOK_MAIN_PAGE_TOKEN'];
    fc.assert(
      fc.property(
        fc.subarray(names, { minLength: 1 }),
        fc.stringMatching(/^[a-z0-9]{24,40}$/u),
        (given, secret) => {
          const parsed = parseCredentials(Object.fromEntries(given.map((name) => [name, secret])), accounts);
          const told = parsed.ok ? '' : explainFaults(parsed.faults);
          expect(told).not.toContain(secret);
        },
      ),
    );
  });
});

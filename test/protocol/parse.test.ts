import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { hours, minutes } from '../../src/core/time.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import { parseDuration } from '../../src/protocol/schema.ts';
import { formatFaults } from '../../src/words/protocol-faults.ts';

const sampleText = readFileSync(new URL('../../protocol.yaml', import.meta.url), 'utf8');

function sample() {
  const parsed = parseProtocol(sampleText);
  if (!parsed.ok) throw new Error(formatFaults(parsed.faults, 'protocol.yaml'));
  return parsed.protocol;
}

/** The sample with two of its some thousand listed words, which are most of it: each wrong file is read twice. */
const withFewWords = sampleText.replace(/(?<=\n {2}words:\n(?: {4}- \{.*\}\n){2})(?: {4}.*\n)+/u, '');
if (withFewWords.length > sampleText.length / 2) throw new Error('the sample lists its words in another way');

/** That with some of its text replaced; a replacement that finds nothing is a fault of the test. */
function changed(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the sample does not say ${from}`);
    return text.replace(from, to);
  }, withFewWords);
}

function faultsOf(text: string) {
  const parsed = parseProtocol(text);
  return parsed.ok ? [] : parsed.faults;
}

/** Where a text stands in a file: line and column from 1. */
function placeOf(text: string, what: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(what)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

describe('the sample', () => {
  test('has no faults and means what it says', () => {
    const protocol = sample();
    expect(protocol.departments['highways']?.approvers).toHaveLength(3);
    expect(protocol.departments['highways']?.proposers).toEqual(['nadia-hartley']);
    expect(protocol.desk.name).toBe('Communications');
    expect(protocol.stages.map((stage) => stage.id)).toEqual([
      'desk',
      'service',
      'monitoring-officer',
      'head-of-communications',
      'duty',
    ]);
    expect(protocol.stages[0]).toMatchObject({
      who: [{ who: 'desk' }],
      remindAfter: minutes(30),
      escalateAfter: hours(2),
    });
    expect(protocol.routes[1]).toMatchObject({ when: { sentBy: 'desk' }, leaveOut: ['desk'] });
    expect(
      Object.values(protocol.accounts)
        .filter((account) => account.byDefault)
        .map((one) => one.id),
    ).toEqual(['news', 'x-main', 'facebook-main']);
    expect(protocol.people['ellen-rimmer']).toEqual({
      id: 'ellen-rimmer',
      name: 'Ellen Rimmer',
      userPrincipalName: 'ellen.rimmer@sefton.example',
    });
  });

  test("the simulator's people are among its people, and the simulator's first user proposes and does not approve", () => {
    const user = z.object({ name: z.string(), userPrincipleName: z.string() });
    const { currentUser, users } = z
      .object({ currentUser: user, users: z.array(user) })
      .parse(parseYaml(readFileSync(new URL('../../.m365agentsplayground.yml', import.meta.url), 'utf8')));
    const protocol = sample();
    const known = new Map(Object.values(protocol.people).map((one) => [one.userPrincipalName, one.name]));
    for (const one of [currentUser, ...users]) expect(known.get(one.userPrincipleName)).toBe(one.name);
    const me = Object.values(protocol.people).find(
      (one) => one.userPrincipalName === currentUser.userPrincipleName,
    );
    const highways = protocol.departments['highways'];
    expect(highways?.proposers).toContain(me?.id);
    for (const department of Object.values(protocol.departments)) {
      expect(department.approvers).not.toContain(me?.id);
      expect(department.approvers.length).toBeGreaterThanOrEqual(2);
    }
  });

  test('everybody with a part in it is trained', () => {
    const protocol = sample();
    expect(Object.keys(protocol.training).sort()).toEqual(Object.keys(protocol.people).sort());
  });

  test('its version follows its content and not its layout', () => {
    const version = sample().version;
    const relaid = parseProtocol(`# a note\n${sampleText.replaceAll('[tom-ashcroft]', '[ tom-ashcroft ]')}`);
    expect(relaid.ok && relaid.protocol.version).toBe(version);
    const other = parseProtocol(sampleText.replace('short: Highways', 'short: Roads and paths'));
    expect(other.ok).toBe(true);
    expect(other.ok && other.protocol.version).not.toBe(version);
  });
});

/** What is wrong, the change of the sample that makes it so, and where and how it is told. */
const single: readonly (readonly [string, string, string, string, string])[] = [
  [
    'unknown key',
    'email: communications',
    'fax: 1\n  email: communications',
    'fax',
    '"fax" is not known here.',
  ],
  [
    'mistyped key',
    'proposers: [nadia-hartley]',
    'leeds: []\n    proposers: [nadia-hartley]',
    'leeds',
    'Was "leads" meant?',
  ],
  [
    'double key',
    'email: communications',
    'email: x@sefton.gov.uk\n  email: communications',
    'email: communications',
    '"email" stands twice',
  ],
  ['unknown person', '[nadia-hartley]', '[nadia-hartly]', 'nadia-hartly]', 'Was "nadia-hartley" meant?'],
  ['unknown department', '[leisure, public', '[leasure, public', 'leasure', 'Was "leisure" meant?'],
  ['unknown owner', 'owner: desk', 'owner: dock', 'dock', 'There is no department "dock".'],
  [
    'unknown account',
    'networks: [youtube], video',
    'accounts: [you], video',
    'you], v',
    'There is no account "you".',
  ],
  [
    'unknown stage',
    'leave-out: [desk, service]',
    'leave-out: [desk, servise]',
    'servise',
    'Was "service" meant?',
  ],
  ['unknown flag', 'flags: [election]', 'flags: [elections]', 'elections] }', 'Was "election" meant?'],
  ['unknown rule', 'ACC-1: {', 'ACC1: {', 'ACC1: {', 'Was "ACC-1" meant?'],
  [
    'unknown setting',
    '{ hashtags: 2 }',
    '{ tags: 2 }',
    'tags: 2',
    'ACC-3 has no setting "tags". Allowed: hashtags.',
  ],
  [
    'links tagged on no network',
    'sources: { x: x,',
    'sources: { twitter: x,',
    'twitter: x',
    '"twitter" is not known here.',
  ],
  [
    'a host with its scheme',
    'hosts: [www.sefton',
    'hosts: [https://www.sefton',
    'https://www.sefton.gov.uk, sefton',
    'what stands between https:// and the next slash',
  ],
  [
    'a tag that cannot stand in a link',
    'medium: social',
    'medium: Social Media',
    'Social Media',
    'such as social',
  ],
  ['a thread of too many posts', 'threads: { most: 6 }', 'threads: { most: 99 }', '99 }', '25'],
  ['unknown network', 'network: bluesky', 'network: blusky', 'blusky', 'Was "bluesky" meant?'],
  ['unknown breach', 'breach: higher', 'breach: high', 'high,', 'Allowed: block, higher, warn.'],
  [
    'second website',
    'network: bluesky',
    'network: website',
    "website\n    name: '@sefton.gov.uk'",
    'is a second one on the website, beside news. Allowed: one account with network: website.',
  ],
  [
    'name used twice',
    'priya.desai@sefton.example',
    'Nadia.Hartley@sefton.example',
    'Nadia.Hartley@sefton.example',
    'already the user principal name of nadia-hartley',
  ],
  [
    'no user principal name',
    'priya.desai@sefton.example',
    'priya.desai',
    'priya.desai }',
    'signs in to Teams',
  ],
  [
    'bad length of time',
    '30 minutes\n',
    'half an hour\n',
    'half an hour',
    'Allowed: a whole number of minutes',
  ],
  ['bad day', '2028-09-30', '2028-09-31', '2028-09-31', 'is not a day of the calendar'],
  ['number for text', "'116 123'", '116123', '116123', 'in quotes where it is all digits'],
  ['text for number', 'months: 24', 'months: two years', 'two years', '"months" is a text.'],
  ['zero people', 'need: 1', 'need: 0', '0\n    remind', '0 is too small. Allowed: 1 or more.'],
  [
    'no such who',
    'who: [duty-officer]',
    'who: [duty-officers]',
    'duty-officers]',
    'Allowed: desk, head-of-communications',
  ],
  [
    'somebody listed twice',
    '[tom-ashcroft, priya-desai',
    '[tom-ashcroft, tom-ashcroft',
    'tom-ashcroft, gareth',
    'twice',
  ],
  [
    'one word for two departments',
    'aliases: [bins, ',
    'aliases: [roads, bins, ',
    'roads, bins, ',
    '"roads" already means highways',
  ],
  [
    'GOV-3 that only warns',
    'GOV-3: { breach: block',
    'GOV-3: { breach: warn',
    'warn, clause',
    'GOV-3 cannot be weaker',
  ],
  [
    'no period for a kind',
    "  audit: { months: 84, clause: '7.3' }",
    '',
    'retention:',
    'how long "audit" records',
  ],
  ['a stage no clause gives', '    add: [duty]\n', '', 'id: duty', 'No clause ever adds the stage "duty".'],
  [
    'times out of order',
    'remind-after: 5 minutes',
    'remind-after: 1 day',
    'remind-after: 1 day',
    'out of order',
  ],
  [
    'two clauses of one number',
    "clause: '6.7'",
    "clause: '6.6'",
    "'6.6'\n    title: The Head of Communications decides on films",
    'There are two clauses "6.6".',
  ],
  [
    'a finding that shortens a route',
    'when: { sent-by: desk }',
    'when: { sent-by: desk, finding: warn }',
    'leave-out: [desk]\n',
    'a finding never makes a route shorter',
  ],
  [
    'a place to post by hand without anybody who posts there',
    '    posted-by: [person bethan-prys]\n',
    '',
    'nextdoor-sefton:\n',
    '"posted-by" is missing',
  ],
  [
    'somebody posts by hand who is not there',
    'posted-by: [person bethan-prys]',
    'posted-by: [person bethan-price]',
    'person bethan-price',
    'There is no person "bethan-price"',
  ],
  [
    'nobody posts by hand where Crier does',
    '    network: bluesky\n',
    '    network: bluesky\n    posted-by: [desk]\n',
    'posted-by: [desk]',
    '"posted-by" is for accounts that somebody posts to by hand',
  ],
  [
    'nobody decides',
    '    leave-out: [desk]\n',
    '    leave-out: [desk, service]\n',
    "clause: '6.2'",
    'What the desk sends for highways, waste, housing, planning, leisure, adult-social-care, public-health, elections (normal, urgent) would go out with nobody having decided',
  ],
];

describe('a wrong file', () => {
  test.each(single)('%s', (_name, from, to, where, said) => {
    const text = changed([from, to]);
    const faults = faultsOf(text);
    const { line, column } = placeOf(text, where);
    const lines = formatFaults(faults, 'protocol.yaml').split('\n');
    const here = lines.filter((one) => one.startsWith(`protocol.yaml:${line}:${column}  `));
    expect(here.join('\n')).toContain(said);
    for (const one of lines) expect(one).toContain(' Allowed: ');
  });

  test('every one of these at once, when they are all there', () => {
    const together = single.filter(
      ([name]) =>
        ![
          'a stage no clause gives',
          'nobody decides',
          'a finding that shortens a route',
          'times out of order',
        ].includes(name),
    );
    let text = sampleText;
    const applied: string[] = [];
    for (const [name, from, to] of together) {
      // two changes of the same words cannot both be made
      if (!text.includes(from)) continue;
      text = text.replace(from, to);
      applied.push(name);
    }
    const lines = formatFaults(faultsOf(text), 'protocol.yaml');
    const told = together.filter(([name]) => applied.includes(name));
    expect(told.filter(([, , , , said]) => !lines.includes(said))).toEqual([]);
    expect(applied.length).toBeGreaterThan(20);
  });

  test('a file with one part names every other that is missing', () => {
    const faults = faultsOf('flags: []\n');
    expect(faults.map((fault) => fault.kind)).toContainEqual({
      code: 'missing',
      key: 'departments',
      wants: 'part',
    });
    expect(faults.length).toBeGreaterThan(12);
    expect(faults.every((fault) => fault.line === 1 && fault.column === 1)).toBe(true);
  });

  test.each(['- a list', 'a text', '42'])('%s is no protocol', (text) => {
    expect(faultsOf(text)).toHaveLength(1);
  });

  test('syntax faults come with what is wrong above them, and with nothing that may have been misread', () => {
    const text = changed(['  leisure:\n', '\tleisure:\n'], ['tom.ashcroft@sefton.example', 'tom']);
    const faults = faultsOf(text);
    expect(faults.map((fault) => fault.kind.code)).toEqual(expect.arrayContaining(['wrong-form', 'syntax']));
    expect(faults.filter((fault) => fault.kind.code !== 'syntax')).toHaveLength(1);
    expect(formatFaults(faults, 'f')).toContain(
      `f:${placeOf(text, '\tleisure').line}:1  This line begins with a tab.`,
    );
  });

  test('copies within the file are refused, however many they would make', () => {
    const faults = faultsOf('a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n');
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatchObject({ line: 2, column: 8, kind: { code: 'alias', name: 'a' } });
  });

  test('names that every object has are no names of the file', () => {
    expect(formatFaults(faultsOf(changed(['[nadia-hartley]', '[constructor]'])), 'f')).toContain(
      'There is no person "constructor".',
    );
  });
});

describe('a route that nobody can walk', () => {
  test('the only approver is the only proposer', () => {
    const text = changed(['approvers: [ruth-lydiate, omar-haddad]', 'approvers: [sam-kenrick]']);
    const faults = faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      ...placeOf(text, 'id: service'),
      kind: {
        code: 'nobody-can',
        stage: 'service',
        departments: ['housing'],
        authors: ['sam-kenrick'],
        need: 1,
      },
    });
    expect(formatFaults(faults, 'f')).toContain('when sam-kenrick wrote the post');
  });

  test('a stage that wants three of two people', () => {
    const text = changed([
      "name: '{department} approvers'\n    kind: decide\n    who: [approvers]\n    need: 1",
      "name: '{department} approvers'\n    kind: decide\n    who: [approvers]\n    need: 3",
    ]);
    const faults = faultsOf(text);
    const departments = faults.flatMap(({ kind }) => (kind.code === 'nobody-can' ? kind.departments : []));
    expect(departments.sort()).toEqual(
      Object.keys(sample().departments)
        .filter((id) => id !== 'highways')
        .sort(),
    );
    expect(faults.every(({ kind }) => kind.code === 'nobody-can' && kind.authors.length === 0)).toBe(true);
  });

  test('one more approver is enough when an approver also proposes', () => {
    expect(
      faultsOf(changed(['proposers: [nadia-hartley]', 'proposers: [nadia-hartley, tom-ashcroft]'])),
    ).toEqual([]);
    expect(
      faultsOf(
        changed(
          ['proposers: [nadia-hartley]', 'proposers: [nadia-hartley, tom-ashcroft]'],
          ['approvers: [tom-ashcroft, priya-desai, gareth-molyneux]', 'approvers: [tom-ashcroft]'],
        ),
      ).map((fault) => fault.kind),
    ).toMatchObject([{ code: 'nobody-can', departments: ['highways'], authors: ['tom-ashcroft'] }]);
  });

  test('a desk officer who is the only approver cannot write for the service', () => {
    expect(
      faultsOf(changed(['approvers: [imogen-fairclough, priya-desai]', 'approvers: [ellen-rimmer]'])).map(
        (fault) => fault.kind,
      ),
    ).toMatchObject([{ code: 'nobody-can', departments: ['planning'], authors: ['ellen-rimmer'] }]);
  });

  test('a stage is no fault where a later clause always leaves it out', () => {
    const alone: readonly [string, string] = [
      'approvers: [ruth-lydiate, omar-haddad]',
      'approvers: [sam-kenrick]',
    ];
    const instead = (when: string): readonly [string, string] => [
      "  - clause: '6.2'",
      `  - { clause: '6.1a', title: Housing asks its leads, when: { ${when} }, add: [leads], leave-out: [service] }\n  - clause: '6.2'`,
    ];
    const stage: readonly [string, string] = [
      '  - id: monitoring-officer',
      '  - { id: leads, name: leads, kind: decide, who: [leads], need: 1, remind-after: 1 hour, escalate-after: 2 hours, escalate-to: [desk], expire-after: 1 day }\n  - id: monitoring-officer',
    ];
    expect(formatFaults(faultsOf(changed(alone, stage, instead('departments: [housing]'))), 'f')).toBe('');
    expect(
      faultsOf(changed(alone, stage, instead('departments: [housing], campaign: true'))).map(
        (fault) => fault.kind,
      ),
    ).toMatchObject([{ code: 'nobody-can', departments: ['housing'] }]);
  });

  test('who is not named since a key is mistyped cannot decide, which is no fault of its own', () => {
    const kindsOf = (...change: readonly [string, string]) =>
      faultsOf(changed(change)).map(({ kind }) => kind.code);
    expect(kindsOf('\ndesk:\n', '\ndesc:\n').toSorted()).toEqual(['missing', 'unknown-key']);
    expect(kindsOf('approvers: [ruth-lydiate, omar-haddad]', 'aprovers: [ruth-lydiate]').toSorted()).toEqual([
      'missing',
      'unknown-key',
    ]);
    // What is wrong for another service is told all the same.
    const both = changed(
      ['approvers: [ruth-lydiate, omar-haddad]', 'aprovers: [ruth-lydiate]'],
      ['approvers: [imogen-fairclough, priya-desai]', 'approvers: [ellen-rimmer]'],
    );
    expect(faultsOf(both).map(({ kind }) => kind)).toContainEqual(
      expect.objectContaining({ code: 'nobody-can', departments: ['planning'] }),
    );
  });

  test('a fault elsewhere does not hide it', () => {
    const text = changed(
      ['approvers: [ruth-lydiate, omar-haddad]', 'approvers: [sam-kenrick]'],
      ['remind-after: 1 hour', 'remind-after: soon'],
      ['add: [desk, service]', 'add: [desk, servise]'],
    );
    expect(
      faultsOf(text)
        .map((fault) => fault.kind.code)
        .sort(),
    ).toEqual(['nobody-can', 'unknown-name', 'wrong-form']);
  });

  test('nobody decides when two clauses together leave every deciding stage out', () => {
    const text = changed([
      "  - clause: '6.3'",
      "  - { clause: '6.2a', title: Statutory notices, when: { flags: [statutory-notice] }, leave-out: [service] }\n  - clause: '6.3'",
    ]);
    const departments = Object.keys(sample().departments);
    expect(faultsOf(text).map(({ kind }) => kind)).toEqual(
      ['service', 'desk'].map((sentBy) => ({
        code: 'nobody-decides',
        clause: '6.2a',
        departments,
        sentBy,
        urgencies: ['normal', 'urgent'],
      })),
    );
  });
});

test.each([
  ['30 minutes', minutes(30)],
  ['1 hour', hours(1)],
  ['1 day', hours(24)],
  ['0 hours', undefined],
  ['1.5 hours', undefined],
  ['2 weeks', undefined],
  ['2hours', undefined],
  ['-1 day', undefined],
])('%s', (text, length) => {
  expect(parseDuration(text)).toBe(length);
});

describe('what a careless editor leaves', () => {
  test('a second file behind the first is named as that, in words of ours', () => {
    const said = formatFaults(faultsOf(`${sampleText}\n---\ncouncil: x\n`), 'protocol.yaml');
    expect(said).toContain('a line of three hyphens begins another file');
    expect(said).not.toContain('YAML');
  });

  test('a broken number where a whole one is wanted is said to be none', () => {
    const said = formatFaults(faultsOf(changed(['months: 24,', 'months: 24.5,'])), 'protocol.yaml');
    expect(said).toMatch(/"months" is no whole number\. Allowed: a whole number\.$/);
  });
});

describe('elections', () => {
  const part = (...lines: readonly string[]) =>
    changed([
      '    - name: the local elections\n      begins: 2027-03-31\n      polling-day: 2027-05-06\n',
      lines.map((line) => `${line}\n`).join(''),
    ]);

  test('the days of the sample stand as instants, and a file without the part has none', () => {
    const [may] = sample().elections?.periods ?? [];
    expect(may).toMatchObject({ from: Date.UTC(2027, 2, 30, 23), to: Date.UTC(2027, 4, 6, 23) });
    const without = parseProtocol(sampleText.replace(/^elections:\n(?: {2}.*\n)+/m, ''));
    expect(without.ok && without.protocol.elections).toBe(undefined);
  });

  test('every fault is told by its line and column', () => {
    const text = part(
      '    - name: the local elections',
      '      begins: 2027-05-06',
      '      polling-day: 2027-03-31',
      '      ward: [Norwood]',
      '    - name: The Local Elections',
      '      begins: 2027-02-30',
      '      polling-day: 2027-05-06',
      '      wards: [Norwood, Norwood]',
      '    - name: the by-election',
      '      begins: 2027-06-01',
      '      candidates: Jane Doe',
    ).replace('  department: elections\n  periods', '  department: electoral\n  periods');
    const faults = faultsOf(text);
    expect(faults.map(({ path, kind }) => `${path} ${kind.code}`)).toEqual([
      'elections.department unknown-name',
      'elections.periods[0].polling-day polls-before-it-begins',
      'elections.periods[0].ward unknown-key',
      'elections.periods[1].name id-twice',
      'elections.periods[1].begins wrong-form',
      'elections.periods[1].wards[1] listed-twice',
      'elections.periods[2] missing',
      'elections.periods[2].candidates wrong-type',
    ]);
    const at = faults.map(({ line, column }) => ({ line, column }));
    expect(at[1]).toEqual(placeOf(text, '2027-03-31\n      ward:'));
    expect(at[3]).toEqual(placeOf(text, 'The Local Elections'));
    const said = formatFaults(faults, 'protocol.yaml');
    expect(said).toContain('begins on or after its polling day. Allowed: begins before polling-day.');
    expect(said).toContain('Was "wards" meant?');
  });

  test('a campaign stands in the list once', () => {
    const line = '    - { name: Foster With Sefton, since: 2024-09-02 }\n';
    const text = changed([line, `${line}    - { name: foster with sefton, since: 2025-09-31 }\n`]);
    expect(faultsOf(text).map(({ kind }) => kind.code)).toEqual(['id-twice', 'wrong-form']);
  });
});

describe('hosts from which links bring pictures', () => {
  const commented = '# media-from:\n#   - images.sefton.gov.uk\n';
  const listing = (hosts: string): string => changed([commented, `media-from: ${hosts}\n`]);

  test('the sample names none, and its comment is right when it is taken in', () => {
    expect(sample().mediaFrom).toBeUndefined();
    const taken = parseProtocol(changed([commented, commented.replaceAll(/^# ?/gm, '')]));
    expect(taken.ok && taken.protocol.mediaFrom).toEqual(['images.sefton.gov.uk']);
  });

  test('a place inside a network, an address or a link is told by its line and column', () => {
    const wrong = [
      '127.0.0.1',
      'localhost',
      'printer',
      'files.sefton.internal',
      'https://images.sefton.gov.uk',
      'images.sefton.gov.uk:8443',
      'Images.sefton.gov.uk',
      "'[::1]'",
    ];
    const text = listing(`[images.sefton.gov.uk, ${wrong.join(', ')}]`);
    const faults = faultsOf(text);
    expect(faults.map(({ path, kind }) => `${path} ${kind.code}`)).toEqual(
      wrong.map((_, n) => `media-from[${n + 1}] wrong-form`),
    );
    expect(faults[1]).toMatchObject(placeOf(text, 'localhost, printer'));
    expect(formatFaults(faults, 'protocol.yaml')).toContain('such as images.sefton.gov.uk.');
    expect(faultsOf(listing('[]')).map(({ kind }) => kind.code)).toEqual(['too-few']);
  });
});

test('lists of videos stand on YouTube accounts alone', () => {
  const entry = '  bluesky-main:\n';
  const moved = changed([entry, `${entry}    playlists: { PLSefton: For everybody }\n`]);
  expect(faultsOf(moved)).toMatchObject([
    {
      path: 'accounts.bluesky-main.playlists',
      kind: { code: 'only-youtube' },
      ...placeOf(moved, 'playlists: { PLSefton:'),
    },
  ]);
});

test('the id of a list of videos that cannot be one is named with its place, as every other fault', () => {
  const text = changed(['PLSeftonBusiness: For businesses', "'PL Sefton?': For businesses"]);
  const faults = faultsOf(text);
  expect(faults).toMatchObject([
    {
      path: 'accounts.youtube-main.playlists.PL Sefton?',
      kind: { code: 'wrong-form', value: 'PL Sefton?', form: 'playlist-id' },
      ...placeOf(text, "'PL Sefton?'"),
    },
  ]);
  expect(formatFaults(faults, 'protocol.yaml')).toContain(
    '"PL Sefton?" cannot be the id of a list on YouTube.',
  );
});

test('a length of time without a unit, and a colon in a value, are told what they lack', () => {
  const bare = formatFaults(
    faultsOf(changed(['escalate-after: 15 minutes', 'escalate-after: 15'])),
    'protocol.yaml',
  );
  expect(bare).toMatch(/"15" is not a length of time\. Allowed: .* such as 30 minutes, 2 hours, 1 day\.$/u);
  const colon = formatFaults(
    faultsOf(changed(['name: Sefton Council', 'name: Sefton: Council'])),
    'protocol.yaml',
  );
  expect(colon).toMatch(/There is a second colon on this line.* in quotes where it holds a colon/u);
});

describe('one mistake is told once', () => {
  const waste = /^ {2}waste:\n(?: {4}.*\n)+/mu.exec(sampleText)?.[0] ?? '';
  const codes = (text: string) =>
    faultsOf(text).map(({ line, kind }) => `${line} ${kind.code === 'syntax' ? kind.yaml : kind.code}`);
  const lineOf = (words: string) => sampleText.slice(0, sampleText.indexOf(words)).split('\n').length;

  test.each(['', '\n \n', '# Nothing yet\n', '---\n'])('an empty file: %j', (text) => {
    expect(codes(text)).toEqual(['1 empty-file']);
  });

  test.each(['    short: Highways', '    leads: [tom-ashcroft]', '    name: Waste and Cleansing'])(
    'a tab before "%s"',
    (words) => {
      const text = sampleText.replace(words, words.replace(/^ +/u, '\t'));
      expect(codes(text)).toEqual([`${lineOf(words)} TAB_AS_INDENT`]);
      const fax = text.replace('  short: Sefton\n', '  short: Sefton\n  fax: 1\n');
      expect(codes(fax).map((said) => said.split(' ')[1])).toEqual(['unknown-key', 'TAB_AS_INDENT']);
    },
  );

  test('a department, or all of them, written twice', () => {
    expect(codes(sampleText.replace(waste, waste + waste)).map((said) => said.split(' ')[1])).toEqual([
      'duplicate-key',
    ]);
    const again = sampleText.replace('\naccounts:\n', `\ndepartments:\n${waste}\naccounts:\n`);
    expect(codes(again).map((said) => said.split(' ')[1])).toEqual(['duplicate-key']);
  });
});

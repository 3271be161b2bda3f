import { nearest } from './faults.ts';
import type { FaultKind, Named } from './faults.ts';
import { stuckStages, undecidedPosts } from './feasible.ts';
import type { RoutedProtocol } from './feasible.ts';
import { checkElections } from './check-elections.ts';
import { knownRules } from './known-rules.ts';
import { plain } from './people.ts';
import type { Department, RouteClause, Who } from './protocol.ts';
import { accountIdForm, conditionForm, idForm, keptKinds, parseDuration } from './schema.ts';
import type { TextForm } from './schema.ts';
import { list, part, text, texts } from './raw.ts';
import type { Part } from './raw.ts';
import { parseWho } from './who.ts';
import { networkNames } from './protocol.ts';

export type Path = readonly (string | number)[];

/** A fault by its path in the file; the reader of the file knows the line. */
export interface FoundFault {
  readonly path: Path;
  /** whether the name or what stands after it is at fault */
  readonly at: 'key' | 'value';
  readonly kind: FaultKind;
}

/** What a check of one part of the file asks of all of it, and says what is wrong by. */
interface References {
  /** the names that each kind has in this file */
  readonly known: Readonly<Record<Named, readonly string[]>>;
  readonly fault: (path: Path, at: 'key' | 'value', kind: FaultKind) => void;
  /** a name that has to be one of its kind */
  readonly name: (of: Named, value: unknown, path: Path, at?: 'key' | 'value') => void;
  /** a list of such names, none of them twice */
  readonly names: (of: Named, values: unknown, path: Path) => void;
  /** people, and roles of a department, as `who` has them */
  readonly whos: (values: unknown, path: Path) => void;
}

/**
 * What the parts of a protocol file say of each other. Reads the raw content and skips what the schema has
 * found wrong already, so that both kinds of fault are reported together.
 */
export function checkReferences(content: Part): readonly FoundFault[] {
  const faults: FoundFault[] = [];
  const references = referencesIn(content, faults);
  checkIds(content, references);
  checkSignInNames(content, references);
  checkDepartments(content, references);
  checkRoles(content, references);
  checkAccounts(content, references);
  faults.push(...checkElections(content));
  references.name('department', part(content['elections'])['department'], ['elections', 'department']);
  checkRules(content, references);
  checkRetention(content, references);
  checkStages(content, references);
  checkRoutes(content, references);
  faults.push(...checkWalkable(content, faults.length === 0));
  return faults;
}

function referencesIn(content: Part, faults: FoundFault[]): References {
  const fault: References['fault'] = (path, at, kind) => void faults.push({ path, at, kind });
  const known: References['known'] = {
    person: Object.keys(part(content['people'])),
    department: Object.keys(part(content['departments'])),
    account: Object.keys(part(content['accounts'])),
    rule: Object.keys(part(content['rules'])),
    stage: list(content['stages']).flatMap((stage) => texts([part(stage)['id']])),
    flag: list(content['flags']).flatMap((flag) => texts([part(flag)['id']])),
    owner: ['desk', ...Object.keys(part(content['departments']))],
  };
  const name: References['name'] = (of, value, path, at = 'value') => {
    if (typeof value === 'string' && !known[of].includes(value)) {
      fault(path, at, { code: 'unknown-name', of, value, known: known[of] });
    }
  };
  const names: References['names'] = (of, values, path) => {
    const seen = new Set<unknown>();
    for (const [i, value] of list(values).entries()) {
      name(of, value, [...path, i]);
      if (typeof value === 'string' && seen.has(value))
        fault([...path, i], 'value', { code: 'listed-twice', value });
      seen.add(value);
    }
  };
  const whos: References['whos'] = (values, path) => {
    for (const [i, value] of list(values).entries()) {
      const who = typeof value === 'string' ? parseWho(value) : undefined;
      if (who === undefined) continue;
      if (who.who === 'person') name('person', who.person, [...path, i]);
      else if ('department' in who) name('department', who.department, [...path, i]);
    }
  };
  return { known, fault, name, names, whos };
}

/** Every id has its form, and none stands twice. */
function checkIds(content: Part, { fault }: References): void {
  const ids = (section: string, form: TextForm, test: RegExp) => {
    for (const id of Object.keys(part(content[section]))) {
      if (!test.test(id)) fault([section, id], 'key', { code: 'wrong-form', value: id, form });
    }
  };
  const once = (section: string, key: string, of: 'stage' | 'flag' | 'clause') => {
    const seen = new Set<string>();
    for (const [i, entry] of list(content[section]).entries()) {
      const value = part(entry)[key];
      if (typeof value !== 'string') continue;
      if (seen.has(value)) fault([section, i, key], 'value', { code: 'id-twice', of, value });
      if (of !== 'clause' && !idForm.test(value)) {
        fault([section, i, key], 'value', { code: 'wrong-form', value, form: 'id' });
      }
      seen.add(value);
    }
  };

  ids('people', 'id', idForm);
  ids('departments', 'id', idForm);
  ids('accounts', 'account-id', accountIdForm);
  ids('retention', 'record-kind', idForm);
  once('stages', 'id', 'stage');
  once('flags', 'id', 'flag');
  once('routes', 'clause', 'clause');
}

/** No two people sign in by the same name. */
function checkSignInNames(content: Part, { fault }: References): void {
  const signIn = new Map<string, string>();
  for (const [id, person] of Object.entries(part(content['people']))) {
    const written = part(person)['user-principal-name'];
    if (typeof written !== 'string') continue;
    const first = signIn.get(written.toLowerCase());
    if (first === undefined) signIn.set(written.toLowerCase(), id);
    else {
      fault(['people', id, 'user-principal-name'], 'value', {
        code: 'sign-in-name-twice',
        value: written,
        first,
      });
    }
  }
}

/** A department has people, and no other goes by what people type for it. */
function checkDepartments(content: Part, { fault, names }: References): void {
  const said = new Map<string, string>([['desk', 'the desk']]);
  const deskName = part(content['desk'])['name'];
  if (typeof deskName === 'string') said.set(plain(deskName), 'the desk');
  for (const [id, entry] of Object.entries(part(content['departments']))) {
    const department = part(entry);
    for (const role of ['proposers', 'approvers', 'leads']) {
      names('person', department[role], ['departments', id, role]);
    }
    const words: readonly (readonly [unknown, Path])[] = [
      [id, []],
      [department['name'], ['name']],
      [department['short'], ['short']],
      ...list(department['aliases']).map((alias, i) => [alias, ['aliases', i]] as const),
    ];
    for (const [word, path] of words) {
      if (typeof word !== 'string') continue;
      const first = said.get(plain(word));
      if (first === undefined) said.set(plain(word), id);
      else if (first !== id) {
        const at = path.length === 0 ? 'key' : 'value';
        fault(['departments', id, ...path], at, { code: 'said-twice', value: word, first });
      }
    }
  }
}

/** Whoever has a part of their own is somebody. */
function checkRoles(content: Part, { name, names }: References): void {
  names('person', part(content['desk'])['officers'], ['desk', 'officers']);
  name('person', content['head-of-communications'], ['head-of-communications']);
  name('person', content['monitoring-officer'], ['monitoring-officer']);
  names('person', content['duty-officers'], ['duty-officers']);
  for (const id of Object.keys(part(content['training']))) name('person', id, ['training', id], 'key');
}

/** An account has an owner and what its network needs, and there is one news site. */
function checkAccounts(content: Part, { fault, name, names, whos }: References): void {
  let website: string | undefined;
  for (const [id, entry] of Object.entries(part(content['accounts']))) {
    name('owner', part(entry)['owner'], ['accounts', id, 'owner']);
    names('department', part(entry)['departments'], ['accounts', id, 'departments']);
    const { network, 'posted-by': postedBy } = part(entry);
    whos(postedBy, ['accounts', id, 'posted-by']);
    if (network === 'by-hand' && postedBy === undefined) {
      fault(['accounts', id], 'key', { code: 'missing', key: 'posted-by', wants: 'list' });
    }
    if (network !== 'by-hand' && postedBy !== undefined) {
      fault(['accounts', id, 'posted-by'], 'key', { code: 'only-by-hand', key: 'posted-by' });
    }
    if (network !== 'youtube' && part(entry)['playlists'] !== undefined) {
      fault(['accounts', id, 'playlists'], 'key', { code: 'only-youtube', key: 'playlists' });
    }
    // There is one news site: the same post on it twice, for two accounts, would overwrite itself.
    if (network !== 'website') continue;
    if (website === undefined) website = id;
    else fault(['accounts', id, 'network'], 'value', { code: 'second-website', value: id, first: website });
  }
}

/** Rules are known, with settings that they have; one of them has to block. */
function checkRules(content: Part, { fault, known }: References): void {
  for (const [id, entry] of Object.entries(part(content['rules']))) {
    const settings = Object.hasOwn(knownRules, id) ? knownRules[id] : undefined;
    if (settings === undefined) {
      fault(['rules', id], 'key', { code: 'unknown-key', key: id, known: Object.keys(knownRules) });
      continue;
    }
    for (const key of Object.keys(part(part(entry)['settings']))) {
      if (!settings.includes(key)) {
        fault(['rules', id, 'settings', key], 'key', {
          code: 'unknown-setting',
          rule: id,
          key,
          known: settings,
        });
      }
    }
    const breach = part(entry)['breach'];
    if (id === 'GOV-3' && (breach === 'warn' || breach === 'higher')) {
      fault(['rules', id, 'breach'], 'value', { code: 'must-block', rule: id });
    }
  }
  if (content['rules'] !== undefined && !known.rule.includes('GOV-3')) {
    fault(['rules'], 'key', { code: 'missing', key: 'GOV-3', wants: 'part' });
  }
}

/** How long each kind of record is kept is said. */
function checkRetention(content: Part, { fault }: References): void {
  if (content['retention'] !== undefined) {
    for (const kind of keptKinds) {
      if (!Object.hasOwn(part(content['retention']), kind)) {
        fault(['retention'], 'key', { code: 'no-retention', kind });
      }
    }
  }
}

/** Stages are used, ask people who are there, and their times come one after another. */
function checkStages(content: Part, { fault, known, whos }: References): void {
  const added = new Set(
    list(content['routes']).flatMap((route) =>
      texts(list(part(route)['add'])).map((stage) => asMeant(stage, known.stage)),
    ),
  );
  for (const [i, entry] of list(content['stages']).entries()) {
    const stage = part(entry);
    whos(stage['who'], ['stages', i, 'who']);
    whos(stage['escalate-to'], ['stages', i, 'escalate-to']);
    const id = stage['id'];
    if (typeof id !== 'string') continue;
    const [remind, escalate, expire] = ['remind-after', 'escalate-after', 'expire-after'].map((key) => {
      const written = stage[key];
      return typeof written === 'string' ? parseDuration(written) : undefined;
    });
    const times = [remind, escalate, expire].filter((time) => time !== undefined);
    if (times.some((time, j) => j > 0 && time <= (times[j - 1] ?? 0))) {
      fault(['stages', i, 'remind-after'], 'key', { code: 'times-out-of-order', stage: id });
    }
    if (!added.has(id)) fault(['stages', i], 'value', { code: 'stage-unused', stage: id });
  }
}

/** Routes speak of what is there, and do something. */
function checkRoutes(content: Part, { fault, names }: References): void {
  for (const [i, entry] of list(content['routes']).entries()) {
    const clause = part(entry);
    const when = part(clause['when']);
    for (const [key, of] of [
      ['departments', 'department'],
      ['accounts', 'account'],
      ['rules', 'rule'],
      ['flags', 'flag'],
    ] as const) {
      names(of, when[key], ['routes', i, 'when', key]);
    }
    names('stage', clause['add'], ['routes', i, 'add']);
    names('stage', clause['leave-out'], ['routes', i, 'leave-out']);
    const number = clause['clause'];
    if (typeof number !== 'string') continue;
    const leavesOut = list(clause['leave-out']).length > 0;
    if (leavesOut && (when['finding'] !== undefined || when['rules'] !== undefined)) {
      fault(['routes', i, 'leave-out'], 'key', { code: 'leaves-out-by-finding', clause: number });
    }
    if (!leavesOut && list(clause['add']).length === 0) {
      fault(['routes', i], 'value', { code: 'empty-clause', clause: number });
    }
  }
}

/** Whether every route can be walked by somebody, as far as the file can be read. */
function checkWalkable(content: Part, otherwiseRight: boolean): readonly FoundFault[] {
  const faults: FoundFault[] = [];
  const { protocol, complete } = routedPart(content);
  const clauses = list(content['routes']).map((route) => part(route)['clause']);
  const stages = list(content['stages']).map((stage) => part(stage)['id']);

  for (const { departments: all, ...stuck } of stuckStages(protocol)) {
    const who = protocol.stages.find(({ id }) => id === stuck.stage)?.who ?? [];
    // Where nobody is named because a key is missing or mistyped, that is told already.
    const departments = all.filter((id) => who.every((one) => isNamed(one, id, content)));
    if (departments.length === 0) continue;
    const kind = { code: 'nobody-can', ...stuck, departments } as const;
    faults.push({ path: ['stages', stages.indexOf(stuck.stage)], at: 'value', kind });
  }
  if (complete && otherwiseRight) {
    for (const undecided of undecidedPosts(protocol)) {
      const i = clauses.indexOf(undecided.clause);
      const kind = { code: 'nobody-decides', ...undecided } as const;
      faults.push(i < 0 ? { path: ['routes'], at: 'key', kind } : { path: ['routes', i], at: 'value', kind });
    }
    for (const department of Object.keys(protocol.departments)) {
      const some = protocol.accounts.some(
        (account) =>
          account.byDefault && (account.departments.length === 0 || account.departments.includes(department)),
      );
      if (some) continue;
      faults.push({
        path: ['accounts'],
        at: 'key',
        kind: { code: 'no-default-account', department },
      });
    }
  }
  return faults;
}

/** Whether the file has the list of those whom a stage asks so, be it empty. */
function isNamed(one: Who, department: string, content: Part): boolean {
  switch (one.who) {
    case 'desk':
      return Array.isArray(part(content['desk'])['officers']);
    case 'duty-officer':
      return Array.isArray(content['duty-officers']);
    case 'approvers':
    case 'leads':
      return Array.isArray(part(part(content['departments'])[one.department ?? department])[one.who]);
    default:
      return true;
  }
}

/** What routing needs of the file, leaving out the stages and clauses that the schema finds wrong. */
function routedPart(content: Part): {
  readonly protocol: RoutedProtocol;
  readonly complete: boolean;
} {
  const departmentIds = Object.keys(part(content['departments']));
  const stages = list(content['stages']).flatMap((entry): RoutedProtocol['stages'] => {
    const { id, kind, need, who } = part(entry);
    const asked = texts(list(who)).flatMap((text) => parseWho(text) ?? []);
    const right =
      typeof id === 'string' &&
      (kind === 'pass-on' || kind === 'decide') &&
      typeof need === 'number' &&
      asked.length === list(who).length &&
      asked.every((one) => !('department' in one) || departmentIds.includes(one.department ?? ''));
    return right ? [{ id, kind, need, who: asked }] : [];
  });
  const stageIds = stages.map((stage) => stage.id);
  const routes = list(content['routes']).flatMap((entry): RouteClause[] => {
    const { clause, title, when, add, 'leave-out': leaveOut } = part(entry);
    const read = conditionForm.safeParse(when ?? {});
    if (!read.success || typeof clause !== 'string') return [];
    const { 'sent-by': sentBy, ...rest } = read.data;
    return [
      {
        clause,
        title: typeof title === 'string' ? title : clause,
        when: sentBy === undefined ? rest : { ...rest, sentBy },
        add: texts(list(add)).map((stage) => asMeant(stage, stageIds)),
        leaveOut: texts(list(leaveOut)).map((stage) => asMeant(stage, stageIds)),
      },
    ];
  });
  const accounts = Object.entries(part(content['accounts'])).flatMap(([id, entry]) => {
    const { network, departments, 'by-default': byDefault } = part(entry);
    const known = networkNames.find((one) => one === network);
    return known === undefined
      ? []
      : [{ id, network: known, departments: texts(list(departments)), byDefault: byDefault === true }];
  });
  const departments = Object.fromEntries(
    Object.entries(part(content['departments'])).map(([id, entry]): [string, Department] => {
      const { proposers, approvers, leads } = part(entry);
      return [
        id,
        {
          id,
          name: id,
          short: id,
          aliases: [],
          proposers: texts(list(proposers)),
          approvers: texts(list(approvers)),
          leads: texts(list(leads)),
        },
      ];
    }),
  );
  return {
    protocol: {
      departments,
      desk: { name: '', officers: texts(list(part(content['desk'])['officers'])) },
      headOfCommunications: text(content['head-of-communications']),
      monitoringOfficer: text(content['monitoring-officer']),
      dutyOfficers: texts(list(content['duty-officers'])),
      accounts,
      stages,
      routes,
    },
    complete:
      stages.length === list(content['stages']).length && routes.length === list(content['routes']).length,
  };
}

/** A mistyped name is told of once; what it meant is taken for granted elsewhere. */
function asMeant(written: string, known: readonly string[]): string {
  return known.includes(written) ? written : (nearest(written, known) ?? written);
}

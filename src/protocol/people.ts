import { nearest, slipsBetween } from './faults.ts';
import { isOrdinaryWord } from './weighing/ordinary-words.ts';
import { stemOf } from './weighing/stems.ts';
import type { Department, PersonEntry, Protocol, Who } from './protocol.ts';

/** The parts of the protocol that say who does what. */
export type Roles = Pick<
  Protocol,
  'departments' | 'desk' | 'headOfCommunications' | 'monitoringOfficer' | 'dutyOfficers'
>;

/** One thing a person is in the council's protocol. */
export type Role =
  | { readonly role: 'proposer' | 'approver' | 'lead'; readonly department: string }
  | { readonly role: 'desk' | 'head-of-communications' | 'monitoring-officer' | 'duty-officer' };

/** Everything a person is, the departments in the order of the file, then the council-wide roles. */
export function rolesOf(person: string, roles: Roles): readonly Role[] {
  const found: Role[] = [];
  for (const department of Object.values(roles.departments)) {
    if (department.proposers.includes(person)) found.push({ role: 'proposer', department: department.id });
    if (department.approvers.includes(person)) found.push({ role: 'approver', department: department.id });
    if (department.leads.includes(person)) found.push({ role: 'lead', department: department.id });
  }
  if (isDesk(person, roles)) found.push({ role: 'desk' });
  if (roles.headOfCommunications === person) found.push({ role: 'head-of-communications' });
  if (roles.monitoringOfficer === person) found.push({ role: 'monitoring-officer' });
  if (isDuty(person, roles)) found.push({ role: 'duty-officer' });
  return found;
}

/** The person of a user principal name, in whatever case Teams wrote it. */
export function personByUpn(userPrincipalName: string, protocol: Protocol): PersonEntry | undefined {
  const wanted = userPrincipalName.trim().toLowerCase();
  return Object.values(protocol.people).find((person) => person.userPrincipalName === wanted);
}

/** The person of a full name, a user principal name or an id, in any case; nobody where two have that name. */
export function personByName(typed: string, protocol: Protocol): PersonEntry | undefined {
  const wanted = plain(typed);
  const found = Object.values(protocol.people).filter(({ id, name, userPrincipalName }) =>
    [id, name, userPrincipalName].some((each) => plain(each) === wanted),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** A department by its id. */
export function departmentById(
  department: string,
  roles: Pick<Roles, 'departments'>,
): Department | undefined {
  return Object.hasOwn(roles.departments, department) ? roles.departments[department] : undefined;
}

/** What people say for a department, be it one that only an earlier version of the protocol had. */
export const shortOf = (
  department: string,
  { departments, earlier }: Pick<Protocol, 'departments' | 'earlier'>,
): string | undefined =>
  departmentById(department, { departments })?.short ?? earlier?.departments[department]?.short;

/** Whether a person may write for a department: its proposers, and the desk for every department. */
export function mayPropose(person: string, department: string, roles: Roles): boolean {
  const entry = departmentById(department, roles);
  if (entry === undefined) return false;
  return entry.proposers.includes(person) || isDesk(person, roles);
}

/** Whether a person is an officer of the desk. */
export function isDesk(person: string, roles: Pick<Roles, 'desk'>): boolean {
  return roles.desk.officers.includes(person);
}

/** Whether somebody is told of what nobody else is here for: the desk, and the Head of Communications above it. */
export function isTold(person: string, roles: Pick<Roles, 'desk' | 'headOfCommunications'>): boolean {
  return isDesk(person, roles) || roles.headOfCommunications === person;
}

/** Whether a person is a duty officer. */
export function isDuty(person: string, roles: Pick<Roles, 'dutyOfficers'>): boolean {
  return roles.dutyOfficers.includes(person);
}

/** Whether a person leads the department; without one named, whether they lead any. */
export function isLead(
  person: string,
  department: string | undefined,
  roles: Pick<Roles, 'departments'>,
): boolean {
  if (department !== undefined) return departmentById(department, roles)?.leads.includes(person) ?? false;
  return Object.values(roles.departments).some((entry) => entry.leads.includes(person));
}

/** The departments a person belongs to in any role, in the order of the file. */
export function departmentsOf(person: string, roles: Pick<Roles, 'departments'>): readonly Department[] {
  return Object.values(roles.departments).filter(
    (entry) =>
      entry.proposers.includes(person) || entry.approvers.includes(person) || entry.leads.includes(person),
  );
}

/**
 * Whether a Teams channel is chosen in which a person is told of what they are asked, whom nobody reaches in a chat of
 * their own.
 *
 * @param channels the departments, or `desk`, for which one is in use
 */
export function isToldInChannel(
  person: string,
  channels: readonly string[],
  roles: Pick<Roles, 'departments' | 'desk' | 'headOfCommunications'>,
): boolean {
  const own = [
    ...departmentsOf(person, roles).map(({ id }) => id),
    ...(isTold(person, roles) ? ['desk'] : []),
  ];
  // Who belongs to no department is asked in that of the post.
  return own.length === 0 ? channels.length > 0 : own.some((of) => channels.includes(of));
}

/** The departments a person may write for: their own as a proposer; for the desk every one. */
export function departmentsToProposeFor(person: string, roles: Roles): readonly Department[] {
  return Object.values(roles.departments).filter((entry) => mayPropose(person, entry.id, roles));
}

/** A near miss, by which a department was most likely meant: ask before acting on it. */
export interface NearDepartment {
  readonly found: 'nearly';
  readonly department: Department;
  readonly by: string;
  /** nothing is misspelt: it is the name in the singular for the plural, or the other way round, which is a word too */
  readonly isOtherNumber: boolean;
}

/** What a typed department name meant. */
export type FoundDepartment =
  { readonly found: 'exactly'; readonly department: Department } | NearDepartment | { readonly found: 'no' };

/** Finds a department by what somebody typed: id, name, short name or alias, in any case, `&` for `and`; or a near miss. */
export function findDepartment(typed: string, roles: Pick<Roles, 'departments'>): FoundDepartment {
  const wanted = plain(typed);
  if (wanted === '') return { found: 'no' };
  const byWord = new Map<string, Department>();
  for (const department of Object.values(roles.departments)) {
    for (const word of [department.id, department.name, department.short, ...department.aliases]) {
      if (!byWord.has(plain(word))) byWord.set(plain(word), department);
    }
  }
  const exact = byWord.get(wanted);
  if (exact !== undefined) return { found: 'exactly', department: exact };
  const near = nearest(
    wanted,
    [...byWord].filter(([name, of]) => isMisspelt(wanted, name, of)).map(([name]) => name),
  );
  const department = near === undefined ? undefined : byWord.get(near);
  return near === undefined || department === undefined
    ? { found: 'no' }
    : { found: 'nearly', department, by: near, isOtherNumber: isOtherNumber(wanted, near) };
}

/** So many slips are made in a name; in a shorter one they make another word. */
const slipsIn = ({ length }: string): number => (length < 5 ? 0 : length < 7 ? 1 : 2);

const isOtherNumber = (typed: string, name: string): boolean => `${typed}s` === name || typed === `${name}s`;

/**
 * Whether somebody who typed this meant that name: not where it is an ordinary English word that only looks like it,
 * such as `Hopes` for `homes`, but for the department's own name in the singular or plural. In a short name the first
 * letter is right.
 */
function isMisspelt(typed: string, name: string, department: Department): boolean {
  const isNamed = [department.name, department.short].some((own) => plain(own) === name);
  if (isNamed && isOtherNumber(typed, name)) return true;
  if (name.length < 8 && typed[0] !== name[0]) return false;
  if (slipsBetween(typed, name) > slipsIn(name)) return false;
  // Hardly any other words come as near to several; and a name with its end left off (`leisur`) is no word.
  const isCut = typed.length < name.length && `${typed}s` !== name && stemOf(typed) === stemOf(name);
  return name.includes(' ') || isCut || !isOrdinaryWord(typed);
}

/** A name as it is compared: small letters, `&` as `and`, one space between words. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The people a protocol phrase means for a post of the department: person ids, each once, in the file's order. */
export function peopleOf(who: readonly Who[], department: string, roles: Roles): readonly string[] {
  const people = new Set<string>();
  for (const one of who) for (const person of peopleOfOne(one, department, roles)) people.add(person);
  return [...people];
}

function peopleOfOne(who: Who, department: string, roles: Roles): readonly string[] {
  switch (who.who) {
    case 'desk':
      return roles.desk.officers;
    case 'head-of-communications':
      return [roles.headOfCommunications];
    case 'monitoring-officer':
      return [roles.monitoringOfficer];
    case 'duty-officer':
      return roles.dutyOfficers;
    case 'approvers':
      return departmentById(who.department ?? department, roles)?.approvers ?? [];
    case 'leads':
      return departmentById(who.department ?? department, roles)?.leads ?? [];
    case 'person':
      return [who.person];
  }
}

/** Whether a person's training counts on a day (GOV-1), and if it does not, why. */
export type Training =
  | { readonly trained: true; readonly until: string }
  | { readonly trained: false; readonly reason: 'none' }
  | { readonly trained: false; readonly reason: 'expired'; readonly on: string };

/**
 * @param isoDate the day in Europe/London, such as `2027-03-31`; training counts up to and including its last day
 */
export function trainedOn(person: string, isoDate: string, protocol: Pick<Protocol, 'training'>): Training {
  const until = Object.hasOwn(protocol.training, person) ? protocol.training[person] : undefined;
  if (until === undefined) return { trained: false, reason: 'none' };
  return isoDate <= until ? { trained: true, until } : { trained: false, reason: 'expired', on: until };
}

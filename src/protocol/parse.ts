import { z } from 'zod';
import { canonical, sha256 } from '../core/json.ts';
import { checkReferences } from './cross-check.ts';
import { electionsOf } from './elections.ts';
import type { FaultKind, FoundFault, Got, Path, ProtocolFault, Wanted } from './faults.ts';
import { placedContent } from './placed-content.ts';
import type { Protocol, RouteCondition, Who } from './protocol.ts';
import { quickContent } from './quick-content.ts';
import { isPart } from './raw.ts';
import type { Part } from './raw.ts';
import { protocolFile, textForms } from './schema.ts';
import type { ConditionFile, ProtocolFile, TextForm } from './schema.ts';
import { parseWho } from './who.ts';

export type ParsedProtocol =
  | { readonly ok: true; readonly protocol: Protocol }
  | { readonly ok: false; readonly faults: readonly ProtocolFault[] };

/**
 * Reads a council's protocol file. A file with any fault gives every fault at once and no protocol: syntax,
 * unknown and double names, wrong values, people and parts that do not exist, routes that nobody can walk.
 * Below a syntax fault nothing else is reported, since what stands there may have been misread.
 */
export function parseProtocol(yamlText: string): ParsedProtocol {
  const quick = quickContent(yamlText);
  const checked = quick === undefined ? undefined : check(quick, yamlText);
  return checked?.ok === true ? checked : parseWithPlaces(yamlText);
}

/** @returns the version that a text is of, whether or not this release would take it as a protocol */
export function versionOf(yamlText: string): string | undefined {
  const content = quickContent(yamlText) ?? placedContent(yamlText).content;
  return content === undefined ? undefined : hashOf(content);
}

const hashOf = (content: Part): string => sha256(canonical(content));

/** Every fault has to be told by where it stands. A file without any says the same here as read quickly. */
function parseWithPlaces(yamlText: string): ParsedProtocol {
  const { content, faults: misread, misreadFrom, offsetOf, placeOf } = placedContent(yamlText);
  if (content === undefined) return { ok: false, faults: inOrder(misread) };

  const faults = [...misread];
  const isTwice = misread.some(({ kind, column }) => kind.code === 'duplicate-key' && column === 1);
  const checked = check(content, yamlText);
  for (const one of checked.ok ? [] : checked.found) {
    const offset = offsetOf(one.path, one.at);
    const mayBeMisread = offset >= misreadFrom || needsWholeFile.has(one.kind.code);
    if (Number.isFinite(misreadFrom) && mayBeMisread) continue;
    // Of a whole part that stands twice only the last is looked at: what the first one holds is not missing.
    if (isTwice && needsWholeFile.has(one.kind.code)) continue;
    faults.push({ ...placeOf(offset), path: pathText(one.path), kind: one.kind });
  }
  if (faults.length > 0) return { ok: false, faults: inOrder(faults) };
  if (!checked.ok) throw new Error('a protocol file with faults gave none to report');
  return checked;
}

type Checked =
  | { readonly ok: true; readonly protocol: Protocol }
  | { readonly ok: false; readonly found: readonly FoundFault[] };

function check(content: Part, text: string): Checked {
  const read = protocolFile.safeParse(content);
  const found = [
    ...(read.success ? [] : read.error.issues.flatMap((issue) => faultsOfIssue(issue, content))),
    ...checkReferences(content),
  ];
  if (!read.success || found.length > 0) return { ok: false, found };
  return { ok: true, protocol: protocolOf(read.data, { version: hashOf(content), text }) };
}

/** Faults that say that something stands nowhere, or too little does: not to be told of a file that is half read. */
const needsWholeFile: ReadonlySet<FaultKind['code']> = new Set([
  'missing',
  'unknown-name',
  'no-retention',
  'stage-unused',
  'too-few',
  'nobody-can',
  'nobody-decides',
  'no-default-account',
] as const);

type Issue = z.core.$ZodIssue;

function faultsOfIssue(issue: Issue, content: unknown): readonly FoundFault[] {
  const path: Path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const value = valueAt(content, path);
  const key = label(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(protocolFile, path);
      return issue.keys.map((unknown): FoundFault => ({
        path: [...path, unknown],
        at: 'key',
        kind: { code: 'unknown-key', key: unknown, known },
      }));
    }
    case 'invalid_type':
    case 'invalid_value': {
      const wants = issue.code === 'invalid_value' ? issue.values.map(String) : wantedOf(issue.expected);
      if (value === undefined) {
        return [{ path: path.slice(0, -1), at: 'key', kind: { code: 'missing', key, wants } }];
      }
      if (typeof wants !== 'string') {
        const written = typeof value === 'string' ? value : canonical(value);
        return [{ path, at: 'value', kind: { code: 'not-one-of', value: written, allowed: wants } }];
      }
      return [{ path, at: 'value', kind: { code: 'wrong-type', key, got: gotOf(value), wants } }];
    }
    case 'custom':
      return [{ path, at: 'value', kind: { code: 'wrong-form', value: String(value), form: formOf(issue) } }];
    case 'invalid_key':
      return issue.issues.map((of): FoundFault => ({
        path,
        at: 'key',
        kind: { code: 'wrong-form', value: key, form: formOf(of) },
      }));
    case 'too_small':
      return [
        {
          path,
          at: 'value',
          kind:
            issue.origin === 'number' || issue.origin === 'int'
              ? { code: 'too-small', value: Number(value), least: Number(issue.minimum) }
              : { code: 'too-few', key, least: Number(issue.minimum) },
        },
      ];
    case 'too_big':
      return [
        { path, at: 'value', kind: { code: 'too-big', value: Number(value), most: Number(issue.maximum) } },
      ];
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_union':
    case 'not_multiple_of':
      // no part of the schema can give these
      throw new Error(`no words for the fault ${issue.code} at ${pathText(path)}`);
  }
}

/** The form that a check of a text names. */
function formOf(issue: Issue): TextForm {
  const named: unknown = issue.code === 'custom' ? issue.params?.['form'] : undefined;
  const form = textForms.find((one) => one === named);
  if (form === undefined) throw new Error(`a check of ${issue.path.map(String).join('.')} names no form`);
  return form;
}

function valueAt(content: unknown, path: Path): unknown {
  let at = content;
  for (const part of path) {
    if (Array.isArray(at) && typeof part === 'number') at = at[part];
    else if (isPart(at) && Object.hasOwn(at, String(part))) at = at[String(part)];
    else return undefined;
  }
  return at;
}

/** The names that the schema knows at a path. */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let at = unwrapped(schema);
  for (const part of path) {
    if (at instanceof z.ZodObject) at = unwrapped(at.shape[String(part)]);
    else if (at instanceof z.ZodRecord) at = unwrapped(at.valueType);
    else if (at instanceof z.ZodArray) at = unwrapped(at.element);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodExactOptional)
    return unwrapped(schema.def.innerType);
  return schema;
}

function wantedOf(expected: string): Wanted {
  switch (expected) {
    case 'string':
      return 'text';
    case 'array':
      return 'list';
    case 'boolean':
      return 'yes-or-no';
    case 'int':
      return 'whole-number';
    case 'number':
      return 'number';
    default:
      return 'part';
  }
}

function gotOf(value: unknown): Got {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'yes-or-no';
  return typeof value === 'object' ? 'part' : 'number';
}

function label(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `${label(path.slice(0, -1))}, entry ${last + 1}` : last;
}

/** @returns `departments.housing.approvers[1]` */
function pathText(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
}

function inOrder(faults: readonly ProtocolFault[]): readonly ProtocolFault[] {
  const seen = new Set<string>();
  return [...faults]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((fault) => {
      const key = `${fault.line}:${fault.column} ${canonical(fault.kind)}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function protocolOf(file: ProtocolFile, read: Pick<Protocol, 'version' | 'text'>): Protocol {
  return {
    ...read,
    council: file.council,
    people: mapped(file.people, (person, id) => ({
      id,
      name: person.name,
      userPrincipalName: person['user-principal-name'].toLowerCase(),
    })),
    departments: mapped(file.departments, (department, id) => ({ id, ...department })),
    desk: file.desk,
    headOfCommunications: file['head-of-communications'],
    monitoringOfficer: file['monitoring-officer'],
    dutyOfficers: file['duty-officers'],
    accounts: mapped(file.accounts, ({ 'by-default': byDefault, 'posted-by': postedBy, ...account }, id) => ({
      id,
      ...account,
      byDefault,
      ...(postedBy === undefined ? {} : { postedBy: postedBy.map(whoOf) }),
    })),
    training: file.training,
    registers: {
      councillors: file.registers.councillors,
      politicians: file.registers.politicians,
      offices: file.registers.offices,
      contacts: file.registers.contacts,
      emailDomains: file.registers['email-domains'],
      helplines: file.registers.helplines,
      parties: file.registers.parties,
      words: file.registers.words.map(
        ({
          'innocent-beside': innocentBeside,
          'only-beside': onlyBeside,
          'in-titles': inTitles,
          ...word
        }) => ({
          ...word,
          innocentBeside,
          onlyBeside,
          ...(inTitles === undefined ? {} : { inTitles }),
        }),
      ),
      dayNames: file.registers['day-names'],
      campaigns: file.registers.campaigns,
    },
    ...(file.elections === undefined ? {} : { elections: electionsOf(file.elections) }),
    rules: mapped(file.rules, (rule, id) => ({ id, ...rule })),
    ...(file.threads === undefined ? {} : { threads: file.threads }),
    ...(file['link-tagging'] === undefined ? {} : { linkTagging: file['link-tagging'] }),
    ...(file['media-from'] === undefined ? {} : { mediaFrom: file['media-from'] }),
    flags: file.flags,
    stages: file.stages.map((stage) => ({
      id: stage.id,
      name: stage.name,
      kind: stage.kind,
      who: stage.who.map(whoOf),
      need: stage.need,
      remindAfter: stage['remind-after'],
      escalateAfter: stage['escalate-after'],
      escalateTo: stage['escalate-to'].map(whoOf),
      expireAfter: stage['expire-after'],
    })),
    routes: file.routes.map((route) => ({
      clause: route.clause,
      title: route.title,
      when: conditionOf(route.when),
      add: route.add,
      leaveOut: route['leave-out'],
    })),
    retention: file.retention,
  };
}

function mapped<T, U>(
  from: Readonly<Record<string, T>>,
  make: (value: T, id: string) => U,
): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(from).map(([id, value]) => [id, make(value, id)]));
}

function whoOf(written: string): Who {
  const who = parseWho(written);
  if (who === undefined) throw new Error('a stage that was checked asks nobody');
  return who;
}

/** A condition of the file in the words of the code. */
function conditionOf({ 'sent-by': sentBy, ...rest }: ConditionFile): RouteCondition {
  return sentBy === undefined ? rest : { ...rest, sentBy };
}

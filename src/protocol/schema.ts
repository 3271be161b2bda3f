import { z } from 'zod';
import { days, hours, minutes } from '../core/time.ts';
import type { Millis } from '../core/time.ts';
import { isLocalHost } from './text/local-hosts.ts';
import { calendarDay } from './london.ts';
import { breaches, networkNames, stageKinds, urgencies } from './protocol.ts';

/** Forms of a text that the file may get wrong; `words/protocol-faults.ts` says what each looks like when right. */
export const textForms = [
  'duration',
  'sign-in-name',
  'id',
  'account-id',
  'date',
  'email',
  'site',
  'clause',
  'who',
  'lower-case',
  'email-domain',
  'record-kind',
  'host',
  'public-host',
  'link-tag',
  'playlist-id',
] as const;
export type TextForm = (typeof textForms)[number];

const duration = /^(\d+) (minute|minutes|hour|hours|day|days)$/;

/** Reads a length of time as the file writes it, such as `30 minutes`, `2 hours`, `1 day` (of 24 hours); undefined when it is not one. */
export function parseDuration(text: string): Millis | undefined {
  const [, digits, unit] = duration.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const n = Number(digits);
  if (!Number.isSafeInteger(n) || n < 1 || n > 100_000) return undefined;
  if (unit.startsWith('minute')) return minutes(n);
  return unit.startsWith('hour') ? hours(n) : days(n);
}

/** Whether a text is a calendar day that exists, written `2027-03-31`. */
export function isIsoDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  return calendarDay(year, month, day) !== undefined;
}

function formed(form: TextForm, test: (text: string) => boolean) {
  return z.string().refine(test, { params: { form } });
}

/** Ids of people, departments, stages and flags. */
export const idForm = /^[a-z][a-z0-9-]{0,63}$/;
/** Ids of accounts, which may begin with a digit. */
export const accountIdForm = /^[a-z0-9-]{1,64}$/;

const text = z.string().trim().min(1);
const lowerCase = formed('lower-case', (t) => t.trim() !== '' && t === t.toLowerCase()).transform((t) =>
  t.trim(),
);
const clause = formed('clause', (t) => /^[0-9A-Za-z][0-9A-Za-z.-]{0,19}$/.test(t));
const personId = z.string();
const departmentId = z.string();

/** A bare number is told what a length of time is like, not that it is no text. */
const time = z.preprocess(
  (written) => (typeof written === 'number' ? String(written) : written),
  z.string().transform((written, ctx) => {
    const parsed = parseDuration(written);
    if (parsed !== undefined) return parsed;
    ctx.issues.push({ code: 'custom', input: written, params: { form: 'duration' } });
    return z.NEVER;
  }),
);

/** `desk`, `approvers`, `approvers of housing`, `person ellen-rimmer` …; whether the names exist is checked apart. */
export const whoForm =
  /^(?:(desk|head-of-communications|monitoring-officer|duty-officer|approvers|leads)|(approvers|leads) of (\S+)|person (\S+))$/;

const who = formed('who', (t) => whoForm.test(t));

const person = z.strictObject({
  name: text,
  'user-principal-name': formed('sign-in-name', (t) => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(t)),
});

const department = z.strictObject({
  name: text,
  short: text,
  aliases: z.array(lowerCase).default([]),
  proposers: z.array(personId).min(1),
  approvers: z.array(personId).min(1),
  leads: z.array(personId).min(1),
});

const playlistId = formed('playlist-id', (t) => /^[A-Za-z0-9_-]{1,100}$/u.test(t));

const account = z.strictObject({
  network: z.enum(networkNames),
  name: text,
  owner: z.string(),
  purpose: text,
  departments: z.array(departmentId).default([]),
  'by-default': z.boolean().default(false),
  'posted-by': z.array(who).min(1).exactOptional(),
  playlists: z.record(playlistId, text).exactOptional(),
});

const ward = text;

const politician = z.strictObject({
  name: text,
  ward: ward.exactOptional(),
  aliases: z.array(text).default([]),
  handles: z.array(text).default([]),
  offices: z.array(text).default([]),
});

const contact = z.strictObject({ kind: z.enum(['phone', 'email', 'address']), value: text, of: text });

const houseWord = z.strictObject({
  word: lowerCase,
  why: text,
  instead: text.exactOptional(),
  except: z.array(lowerCase).default([]),
  of: z.literal('people').exactOptional(),
  'innocent-beside': z.array(lowerCase).default([]),
  'only-beside': z.array(lowerCase).default([]),
  'in-titles': z.literal('innocent').exactOptional(),
});

const party = z.strictObject({
  name: text,
  aliases: z.array(text).default([]),
  except: z.array(lowerCase).default([]),
});

const registers = z.strictObject({
  councillors: z.array(politician).default([]),
  politicians: z.array(politician).default([]),
  offices: z.array(lowerCase).default([]),
  contacts: z.array(contact).default([]),
  'email-domains': z.array(formed('email-domain', (t) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(t))).default([]),
  helplines: z.array(contact).default([]),
  parties: z.array(party).default([]),
  words: z.array(houseWord).default([]),
  'day-names': z.array(lowerCase).default([]),
  campaigns: z.array(z.strictObject({ name: text, since: formed('date', isIsoDay) })).default([]),
});

const election = z.strictObject({
  name: text,
  begins: formed('date', isIsoDay),
  'polling-day': formed('date', isIsoDay),
  wards: z.array(ward).min(1).exactOptional(),
  candidates: z.array(text).default([]),
});

const elections = z.strictObject({ department: departmentId, periods: z.array(election).min(1) });

const rule = z.strictObject({
  breach: z.enum(breaches),
  clause,
  settings: z.record(z.string(), z.number().min(0)).default({}),
});

const stage = z.strictObject({
  id: z.string(),
  name: text,
  kind: z.enum(stageKinds),
  who: z.array(who).min(1),
  need: z.int().min(1),
  'remind-after': time,
  'escalate-after': time,
  'escalate-to': z.array(who).min(1),
  'expire-after': time,
});

const condition = z.strictObject({
  departments: z.array(departmentId).min(1).exactOptional(),
  accounts: z.array(z.string()).min(1).exactOptional(),
  networks: z.array(z.enum(networkNames)).min(1).exactOptional(),
  finding: z.enum(['higher', 'warn']).exactOptional(),
  rules: z.array(z.string()).min(1).exactOptional(),
  video: z.boolean().exactOptional(),
  campaign: z.boolean().exactOptional(),
  urgency: z.array(z.enum(urgencies)).min(1).exactOptional(),
  flags: z.array(z.string()).min(1).exactOptional(),
  'sent-by': z.enum(['desk', 'service']).exactOptional(),
});

const route = z.strictObject({
  clause,
  title: text,
  when: condition.default({}),
  add: z.array(z.string()).default([]),
  'leave-out': z.array(z.string()).default([]),
});

/** The kinds of record that need a period before the first start (RET-1). */
export const keptKinds = ['post', 'audit', 'media'] as const;

const retention = z.record(z.string(), z.strictObject({ months: z.int().min(1).max(1200), clause }));

const linkTag = formed('link-tag', (t) => /^[a-z0-9][a-z0-9._-]{0,59}$/.test(t));

const linkTagging = z.strictObject({
  hosts: z.array(formed('host', (t) => /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{2,5})?$/.test(t))).min(1),
  medium: linkTag,
  sources: z.strictObject({
    x: linkTag.exactOptional(),
    facebook: linkTag.exactOptional(),
    instagram: linkTag.exactOptional(),
    youtube: linkTag.exactOptional(),
    bluesky: linkTag.exactOptional(),
    'by-hand': linkTag.exactOptional(),
  }),
});

/** Hosts of pictures and videos that a link may bring; never a place inside a network. */
const mediaFrom = z
  .array(
    formed('public-host', (t) => /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(t) && !isLocalHost(t)),
  )
  .min(1);

/** Most posts of one thread; beyond that nobody reads on. */
const threads = z.strictObject({ most: z.int().min(2).max(25) });

const council = z.strictObject({
  name: text,
  short: text,
  site: formed('site', isOrigin),
  email: formed('email', (t) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(t)),
  phone: text,
  address: text,
});

function isOrigin(written: string): boolean {
  return URL.canParse(written) && new URL(written).origin === written && /^https?:/.test(written);
}

/**
 * The form of the protocol file. Only what one part can say of itself stands here; what parts say of each
 * other (names that exist, routes that somebody can fulfil) is checked on the whole file, so that a fault in
 * one part hides none in another.
 */
export const protocolFile = z.strictObject({
  council,
  people: z.record(z.string(), person),
  departments: z.record(z.string(), department),
  desk: z.strictObject({ name: text, officers: z.array(personId).min(1) }),
  'head-of-communications': personId,
  'monitoring-officer': personId,
  'duty-officers': z.array(personId).min(1),
  accounts: z.record(z.string(), account),
  training: z.record(z.string(), formed('date', isIsoDay)),
  registers,
  elections: elections.exactOptional(),
  rules: z.record(z.string(), rule),
  threads: threads.exactOptional(),
  'link-tagging': linkTagging.exactOptional(),
  'media-from': mediaFrom.exactOptional(),
  flags: z
    .array(
      z.strictObject({
        id: z.string(),
        label: text,
        safety: z.boolean().default(false),
        statutory: z.boolean().default(false),
      }),
    )
    .default([]),
  stages: z.array(stage).min(1),
  routes: z.array(route).min(1),
  retention,
});

export type ProtocolFile = z.output<typeof protocolFile>;

/** What a route condition may ask; also read by itself, so that a fault elsewhere does not hide a stuck route. */
export const conditionForm = condition;
export type ConditionFile = z.output<typeof condition>;

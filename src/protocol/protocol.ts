import type { Millis } from '../core/time.ts';

/** How bad a finding is: it blocks, it needs a higher approver, or it warns the author and the desk. */
export const breaches = ['block', 'higher', 'warn'] as const;
export type Breach = (typeof breaches)[number];

/** The calmest first. */
export const urgencies = ['normal', 'urgent', 'emergency'] as const;
export type Urgency = (typeof urgencies)[number];

/** Every network that an account may stand on. */
export const networkNames = [
  'website',
  'x',
  'facebook',
  'instagram',
  'youtube',
  'bluesky',
  'by-hand',
] as const;
export type NetworkName = (typeof networkNames)[number];

/** What whoever is asked at a stage does: lets it go on, or decides. */
export const stageKinds = ['pass-on', 'decide'] as const;

export interface PersonEntry {
  /** our stable id: the key in the file, such as `alex-wilber`; never reused, survives a change of name */
  readonly id: string;
  readonly name: string;
  /** lower case */
  readonly userPrincipalName: string;
}

export interface Department {
  /** the key in the file, such as `highways` */
  readonly id: string;
  readonly name: string;
  /** what people type and say, such as `Highways` */
  readonly short: string;
  /** other words people type for it, lower case */
  readonly aliases: readonly string[];
  readonly proposers: readonly string[];
  readonly approvers: readonly string[];
  readonly leads: readonly string[];
}

export interface Desk {
  /** what cards call it, such as `Communications` */
  readonly name: string;
  readonly officers: readonly string[];
}

export interface AccountEntry {
  /** the key in the file, such as `x-main`; `[a-z0-9-]+` */
  readonly id: string;
  readonly network: NetworkName;
  /** as people know it, such as `@SeftonCouncil` */
  readonly name: string;
  /** department id, or `desk` */
  readonly owner: string;
  readonly purpose: string;
  /** department ids that may post there; empty means every department */
  readonly departments: readonly string[];
  /** who posts there, where no machine can (network `by-hand`); absent for every other network */
  readonly postedBy?: readonly Who[];
  /** used when a proposal does not name its accounts */
  readonly byDefault: boolean;
  /** a YouTube channel's lists by YouTube's id, and whom each is for */
  readonly playlists?: Readonly<Record<string, string>>;
  /** whoever runs Crier lets it rehearse: what is posted there stays in Crier. Never said by the file */
  readonly rehearsed?: true;
  /** what it is in the post that is spoken of, where that is not what it is now. Never said by the file */
  readonly inPost?: 'rehearsal' | 'real';
}

export interface Councillor {
  readonly name: string;
  /** other forms people write, such as a surname with a title */
  readonly aliases: readonly string[];
  readonly handles: readonly string[];
  readonly offices: readonly string[];
  /** the ward they sit for, where an election in some wards only has to know */
  readonly ward?: string;
}

/** One pre-election period, as `elections:` of the file gives it. */
export interface Election {
  /** as people call it, such as `the local elections` */
  readonly name: string;
  /** the first instant of the day on which the period begins, in Europe/London */
  readonly from: Millis;
  /** the first instant of the day after polling day */
  readonly to: Millis;
  /** the day on which it begins, such as `2027-03-31` */
  readonly begins: string;
  /** such as `2027-05-06` */
  readonly pollingDay: string;
  /** the wards in which people vote; absent: everywhere */
  readonly wards?: readonly string[];
  /** who stands */
  readonly candidates: readonly string[];
}

export interface Elections {
  /** the department of the Returning Officer, whose statutory notices pass */
  readonly department: string;
  readonly periods: readonly Election[];
}

/** A campaign that the council already runs. */
export interface Campaign {
  readonly name: string;
  /** the day on which it began, such as `2025-03-01` */
  readonly since: string;
}

export interface Contact {
  readonly kind: 'phone' | 'email' | 'address';
  readonly value: string;
  readonly of: string;
}

export interface Registers {
  readonly councillors: readonly Councillor[];
  /** members of parliament and mayors: politicians who are not councillors */
  readonly politicians: readonly Councillor[];
  /** phrases that mean one politician without the name, such as `leader of the council` */
  readonly offices: readonly string[];
  /** the council's own contacts and buildings, and its partners'; they pass DAT-5 */
  readonly contacts: readonly Contact[];
  /** email domains whose addresses are the council's or a partner's */
  readonly emailDomains: readonly string[];
  /** emergency, utility and helpline numbers; they pass DAT-5 */
  readonly helplines: readonly Contact[];
  /** political parties, for POL-2 */
  readonly parties: readonly Party[];
  /** house word list: offensive or discriminatory words and phrases, whole words in context */
  readonly words: readonly HouseWord[];
  /** names in which a word for a day means none, such as `usa today`, for DAY */
  readonly dayNames: readonly string[];
  /** campaigns by the day on which each began, for POL-6 */
  readonly campaigns: readonly Campaign[];
}

export interface Party {
  readonly name: string;
  /** other forms people write, such as `Lib Dems`; written as the party writes them: a capital counts */
  readonly aliases: readonly string[];
  /** phrases in which the name is no party, such as `labour ward` */
  readonly except: readonly string[];
}

export interface HouseWord {
  /** lower case word or phrase */
  readonly word: string;
  readonly why: string;
  /** what to write instead, where there is something */
  readonly instead?: string;
  /** phrases in which the word is innocent, such as `great tits` */
  readonly except: readonly string[];
  /** it is the name of a thing as well, and counts only where somebody is called so */
  readonly of?: 'people';
  /** words beside which it is innocent, unless somebody is called so */
  readonly innocentBeside: readonly string[];
  /** words of which one has to stand beside it; empty: none has to */
  readonly onlyBeside: readonly string[];
  /** it may stand in the title of a work, unless somebody is called so */
  readonly inTitles?: 'innocent';
}

export interface RuleEntry {
  /** such as `ACC-3` */
  readonly id: string;
  readonly breach: Breach;
  /** the clause of the council's protocol that people are shown, such as `4.3` */
  readonly clause: string;
  /** thresholds by name; each rule knows its own names and defaults */
  readonly settings: Readonly<Record<string, number>>;
}

/** Who a stage asks. */
export type Who =
  | { readonly who: 'desk' }
  | { readonly who: 'head-of-communications' }
  | { readonly who: 'monitoring-officer' }
  | { readonly who: 'duty-officer' }
  /** of the post's department unless one is named */
  | { readonly who: 'approvers'; readonly department?: string }
  | { readonly who: 'leads'; readonly department?: string }
  | { readonly who: 'person'; readonly person: string };

export interface StageEntry {
  /** such as `desk`, `service`, `monitoring-officer` */
  readonly id: string;
  /** as cards call those who are asked, such as `Communications`; `{department}` stands for the short name */
  readonly name: string;
  /** `pass-on`: a look that is no decision, by the desk; `decide`: an approval */
  readonly kind: (typeof stageKinds)[number];
  readonly who: readonly Who[];
  /** how many of them have to agree */
  readonly need: number;
  readonly remindAfter: Millis;
  readonly escalateAfter: Millis;
  readonly escalateTo: readonly Who[];
  readonly expireAfter: Millis;
}

export interface RouteCondition {
  readonly departments?: readonly string[];
  readonly accounts?: readonly string[];
  readonly networks?: readonly NetworkName[];
  /** at least this bad: `higher` matches a finding that needs a higher approver; `warn` any */
  readonly finding?: 'higher' | 'warn';
  /** one of these rules found something */
  readonly rules?: readonly string[];
  readonly video?: boolean;
  readonly campaign?: boolean;
  readonly urgency?: readonly Urgency[];
  readonly flags?: readonly string[];
  /** who sends it: a desk officer, or somebody of a service */
  readonly sentBy?: 'desk' | 'service';
}

/** One clause of the routes: while its condition holds, its stages are walked; a later clause may leave some out. */
export interface RouteClause {
  readonly clause: string;
  readonly title: string;
  readonly when: RouteCondition;
  readonly add: readonly string[];
  readonly leaveOut: readonly string[];
}

export interface ContentFlag {
  readonly id: string;
  readonly label: string;
  /** safety information goes out although everything is held */
  readonly safety: boolean;
  /** a notice that the law asks for: from the department of the Returning Officer it passes in an election */
  readonly statutory: boolean;
}

/** How links say where somebody came from, so that a campaign's worth can be seen. */
export interface LinkTagging {
  /** the council's own hosts, as they stand in addresses; links to any other are left alone */
  readonly hosts: readonly string[];
  /** `utm_medium` */
  readonly medium: string;
  /** network → `utm_source`; a network without one is not tagged */
  readonly sources: Readonly<Partial<Record<NetworkName, string>>>;
}

export interface Council {
  readonly name: string;
  readonly short: string;
  /** origin of the council's own website, such as `https://www.sefton.gov.uk` */
  readonly site: string;
  readonly email: string;
  readonly phone: string;
  readonly address: string;
}

/** What people, departments and accounts are called. */
export interface Named {
  readonly people: Readonly<Record<string, Pick<PersonEntry, 'name'>>>;
  readonly departments: Readonly<Record<string, Pick<Department, 'name' | 'short'>>>;
  readonly accounts: Readonly<Record<string, Pick<AccountEntry, 'name' | 'network'>>>;
}

/** The council's own rules, read from the file and checked; wrong ones never get this far. */
export interface Protocol {
  /** the hash of the canonical form of the file's content */
  readonly version: string;
  /** the file as it was read */
  readonly text: string;
  /** what earlier versions called those whom this one may no longer have. Never said by the file */
  readonly earlier?: Named;
  readonly council: Council;
  readonly people: Readonly<Record<string, PersonEntry>>;
  readonly departments: Readonly<Record<string, Department>>;
  readonly desk: Desk;
  readonly headOfCommunications: string;
  readonly monitoringOfficer: string;
  readonly dutyOfficers: readonly string[];
  readonly accounts: Readonly<Record<string, AccountEntry>>;
  /** person id → the last day (ISO date) on which their training counts; without an entry: not trained (GOV-1) */
  readonly training: Readonly<Record<string, string>>;
  readonly registers: Registers;
  /** absent: no election is near */
  readonly elections?: Elections;
  readonly rules: Readonly<Record<string, RuleEntry>>;
  /** a text that is too long may go out as so many posts; absent: no threads */
  readonly threads?: { readonly most: number };
  readonly linkTagging?: LinkTagging;
  /** hosts from which a link brings its picture or video into a post; absent: none */
  readonly mediaFrom?: readonly string[];
  /** in the order in which they are walked */
  readonly stages: readonly StageEntry[];
  readonly routes: readonly RouteClause[];
  readonly flags: readonly ContentFlag[];
  /** kind of record → months it is kept and the clause (RET-1) */
  readonly retention: Readonly<Record<string, { readonly months: number; readonly clause: string }>>;
}

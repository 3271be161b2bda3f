import { nearest } from '../protocol/faults.ts';
import type { FaultKind, Got, Named, ProtocolFault, Wanted } from '../protocol/faults.ts';
import type { TextForm } from '../protocol/schema.ts';

/** What a fault of the protocol file is, in words for the officer who edits it. */
interface SaidFault {
  readonly problem: string;
  /** what may stand there */
  readonly allowed: string;
}

const forms: Readonly<Record<TextForm, { readonly is: string; readonly allowed: string }>> = {
  duration: {
    is: 'is not a length of time.',
    allowed: 'a whole number of minutes, hours or days, such as 30 minutes, 2 hours, 1 day.',
  },
  'sign-in-name': {
    is: 'is not a name that somebody signs in to Teams with.',
    allowed: 'a user principal name, such as ellen.rimmer@sefton.gov.uk.',
  },
  id: { is: 'cannot be an id.', allowed: 'small letters, digits and hyphens, beginning with a letter.' },
  'account-id': {
    is: 'cannot be the id of an account.',
    allowed: 'small letters, digits and hyphens, such as x-main.',
  },
  'playlist-id': {
    is: 'cannot be the id of a list on YouTube.',
    allowed: 'what stands behind list= in its address, such as PLSeftonResidents.',
  },
  date: { is: 'is not a day of the calendar.', allowed: 'year, month and day, such as 2027-03-31.' },
  email: { is: 'is not an email address.', allowed: 'an address such as news@sefton.gov.uk.' },
  site: {
    is: 'is not the address of a website.',
    allowed: 'https:// and the host name with nothing after it, such as https://www.sefton.gov.uk.',
  },
  clause: {
    is: 'is not a clause number.',
    allowed: "letters, digits, dots and hyphens in quotes, such as '4.3'.",
  },
  who: {
    is: 'does not say who is asked.',
    allowed:
      'desk, head-of-communications, monitoring-officer, duty-officer, approvers, leads, approvers of DEPARTMENT, leads of DEPARTMENT, person ID.',
  },
  'lower-case': {
    is: 'has capital letters or is empty.',
    allowed: 'the same in small letters; any case will match.',
  },
  'email-domain': {
    is: 'is not an email domain.',
    allowed: 'what stands after the @, in small letters, such as sefton.gov.uk.',
  },
  'record-kind': {
    is: 'is not a kind of record.',
    allowed: 'small letters, digits and hyphens, such as post.',
  },
  host: {
    is: 'is not the host of a website.',
    allowed: 'what stands between https:// and the next slash, in small letters, such as www.sefton.gov.uk.',
  },
  'public-host': {
    is: 'is not the host of a website that everybody can reach.',
    allowed:
      'what stands between https:// and the next slash, in small letters, such as images.sefton.gov.uk. No bare addresses, and no places inside your network.',
  },
  'link-tag': {
    is: 'cannot stand in a link.',
    allowed: 'small letters, digits, dots, underscores and hyphens, such as social.',
  },
};

const wanted: Readonly<Record<Wanted, string>> = {
  text: 'text, in quotes where it is all digits.',
  list: 'a list, each entry on its own line after a hyphen (or [one, two]).',
  part: 'names, each with a colon and its value.',
  'yes-or-no': 'true or false.',
  number: 'a number.',
  'whole-number': 'a whole number.',
};

const got: Readonly<Record<Got, string>> = {
  nothing: 'has nothing after it.',
  text: 'is a text.',
  list: 'is a list.',
  part: 'is a part with names of its own.',
  'yes-or-no': 'is true or false.',
  number: 'is a number.',
  'whole-number': 'is a number.',
};

const things: Readonly<Record<Named, { readonly one: string; readonly where: string }>> = {
  person: { one: 'person', where: 'people' },
  department: { one: 'department', where: 'departments' },
  account: { one: 'account', where: 'accounts' },
  stage: { one: 'stage', where: 'stages' },
  flag: { one: 'flag', where: 'flags' },
  rule: { one: 'rule', where: 'rules' },
  owner: { one: 'department', where: 'departments, or desk' },
};

/** @returns one line per fault: `protocol.yaml:12:5  What is wrong. Allowed: …` */
export function formatFaults(faults: readonly ProtocolFault[], fileName: string): string {
  return faults
    .map(({ line, column, kind }) => {
      const { problem, allowed } = sayProtocolFault(kind);
      return `${fileName}:${line}:${column}  ${problem} Allowed: ${allowed}`;
    })
    .join('\n');
}

/** @returns what is wrong, and what is allowed, each as whole sentences that name the value */
function sayProtocolFault(fault: FaultKind): SaidFault {
  switch (fault.code) {
    case 'syntax':
      return { problem: syntaxProblem(fault.yaml, fault.message), allowed: syntaxAllowed(fault.yaml) };
    case 'empty-file':
      return {
        problem: 'This file is empty, or says nothing but notes.',
        allowed: "the council's protocol, such as the protocol.yaml that comes with Crier.",
      };
    case 'alias':
      return {
        problem: `"*${fault.name}" copies another part of the file.`,
        allowed: 'the part itself, written out.',
      };
    case 'duplicate-key':
      return { problem: `"${fault.key}" stands twice in the same place.`, allowed: 'each name once.' };
    case 'unknown-key':
      return {
        problem: `"${fault.key}" is not known here.${meant(fault.key, fault.known)}`,
        allowed: list(fault.known),
      };
    case 'missing':
      return {
        problem: `"${fault.key}" is missing.`,
        allowed: typeof fault.wants === 'string' ? wanted[fault.wants] : list(fault.wants),
      };
    case 'wrong-type':
      return {
        problem: `"${fault.key}" ${fault.wants === 'whole-number' && fault.got === 'number' ? 'is no whole number.' : got[fault.got]}`,
        allowed: wanted[fault.wants],
      };
    case 'not-one-of':
      return {
        problem: `"${fault.value}" is not allowed here.${meant(fault.value, fault.allowed)}`,
        allowed: list(fault.allowed),
      };
    case 'wrong-form':
      return { problem: `"${fault.value}" ${forms[fault.form].is}`, allowed: forms[fault.form].allowed };
    case 'too-few':
      return {
        problem: fault.least === 1 ? `"${fault.key}" is empty.` : `"${fault.key}" has too few entries.`,
        allowed: `${fault.least} or more.`,
      };
    case 'too-small':
      return { problem: `${fault.value} is too small.`, allowed: `${fault.least} or more.` };
    case 'too-big':
      return { problem: `${fault.value} is too big.`, allowed: `${fault.most} or less.` };
    case 'unknown-name': {
      const thing = things[fault.of];
      return {
        problem: `There is no ${thing.one} "${fault.value}".${meant(fault.value, fault.known)}`,
        allowed: `one of those under ${thing.where}: ${list(fault.known)}`,
      };
    }
    case 'listed-twice':
      return { problem: `"${fault.value}" is in this list twice.`, allowed: 'each once.' };
    case 'id-twice':
      return {
        problem: `There are two ${fault.of}s "${fault.value}".`,
        allowed: `a different name for each ${fault.of}.`,
      };
    case 'polls-before-it-begins':
      return {
        problem: `The period before ${fault.election} begins on or after its polling day.`,
        allowed: 'begins before polling-day.',
      };
    case 'sign-in-name-twice':
      return {
        problem: `"${fault.value}" is already the user principal name of ${fault.first}.`,
        allowed: 'one person for each user principal name.',
      };
    case 'second-website':
      return {
        problem: `The account ${fault.value} is a second one on the website, beside ${fault.first}.`,
        allowed: 'one account with network: website. The website is the news site that Crier itself runs.',
      };
    case 'said-twice':
      return {
        problem: `"${fault.value}" already means ${fault.first}, so nobody could tell which department is meant.`,
        allowed: 'a name, short name or alias that no other department has.',
      };
    case 'unknown-setting':
      return {
        problem: `The rule ${fault.rule} has no setting "${fault.key}".${meant(fault.key, fault.known)}`,
        allowed: fault.known.length === 0 ? 'no settings.' : list(fault.known),
      };
    case 'must-block':
      return { problem: `${fault.rule} cannot be weaker than "block".`, allowed: 'block.' };
    case 'only-youtube':
      return {
        problem: `"${fault.key}" is for YouTube accounts: no other network has lists that a video goes into.`,
        allowed: 'no such line, or network: youtube.',
      };
    case 'only-by-hand':
      return {
        problem: `"${fault.key}" is for accounts that somebody posts to by hand: Crier posts here itself.`,
        allowed: 'no such line, or network: by-hand.',
      };
    case 'no-retention':
      return {
        problem: `Nothing says how long "${fault.kind}" records are kept (RET-1).`,
        allowed: `an entry "${fault.kind}" with months and clause.`,
      };
    case 'times-out-of-order':
      return {
        problem: `The times of the stage "${fault.stage}" are out of order.`,
        allowed: 'remind-after shorter than escalate-after, and escalate-after shorter than expire-after.',
      };
    case 'leaves-out-by-finding':
      return {
        problem: `Clause ${fault.clause} leaves a stage out because a rule found something.`,
        allowed: 'a clause with finding or rules may only add stages; a finding never makes a route shorter.',
      };
    case 'empty-clause':
      return {
        problem: `Clause ${fault.clause} neither adds a stage nor leaves one out.`,
        allowed: 'add, leave-out, or both.',
      };
    case 'stage-unused':
      return {
        problem: `No clause ever adds the stage "${fault.stage}".`,
        allowed: 'a clause under routes that adds it, or no such stage.',
      };
    case 'no-default-account':
      return {
        problem: `A proposal for ${fault.department} that names no account would go nowhere.`,
        allowed: 'by-default: true on at least one account that the department may use.',
      };
    case 'nobody-can': {
      const where = `for ${fault.departments.join(', ')}`;
      const asked = fault.asked.length === 0 ? 'nobody' : fault.asked.join(', ');
      const most = `${fault.need} ${fault.need === 1 ? 'person' : 'people'}`;
      const missing =
        fault.authors.length === 0
          ? 'whoever writes the post, since nobody decides on their own'
          : `when ${fault.authors.join(' or ')} wrote the post, since nobody decides on their own`;
      return {
        problem: `The stage "${fault.stage}" (clause ${fault.clause}) cannot be done ${where}: it needs ${most} and asks ${asked}, and too few are left ${missing}.`,
        allowed: 'more people for it, a smaller need, or a clause that leaves it out there.',
      };
    }
    case 'nobody-decides': {
      const because = fault.clause === '' ? '' : ` (clause ${fault.clause})`;
      return {
        problem: `What ${fault.sentBy === 'desk' ? 'the desk' : 'the service'} sends for ${fault.departments.join(', ')} (${fault.urgencies.join(', ')}) would go out with nobody having decided on it${because}.`,
        allowed: 'at least one stage of the kind decide on every route.',
      };
    }
  }
}

function list(words: readonly string[]): string {
  return words.length === 0 ? 'nothing.' : `${words.join(', ')}.`;
}

function meant(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  return near === undefined ? '' : ` Was "${near}" meant?`;
}

function syntaxProblem(yaml: string, message: string): string {
  switch (yaml) {
    case 'BAD_INDENT':
      return 'The spaces at the start of this line do not line up with the lines around it.';
    case 'TAB_AS_INDENT':
      return 'This line begins with a tab.';
    case 'MISSING_CHAR':
      return 'Something is missing here: a colon after a name, a comma, or the closing quote or bracket.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'There is a second colon on this line, or the line below is set in too far.';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A name before a colon runs over several lines; a colon may be missing.';
    case 'BAD_SCALAR_START':
      return 'A text may not begin with this sign unless it is in quotes.';
    case 'BAD_DQ_ESCAPE':
      return 'A backslash in double quotes is followed by a letter that means nothing.';
    case 'MULTIPLE_DOCS':
      return 'The file ends before this line: a line of three hyphens begins another file.';
    default:
      return `This cannot be read: ${firstLine(message)}`;
  }
}

function syntaxAllowed(yaml: string): string {
  switch (yaml) {
    case 'TAB_AS_INDENT':
      return 'spaces only.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return "one name and its value on a line, the value in quotes where it holds a colon, such as title: 'Bins: what changes'; a list or part below it set in by two spaces.";
    case 'MULTIPLE_DOCS':
      return 'one protocol in one file, without such a line.';
    case 'BAD_SCALAR_START':
    case 'BAD_DQ_ESCAPE':
      return 'the text in single quotes.';
    default:
      return 'name: value, with entries of one list or part under each other.';
  }
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return `${line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '')}.`;
}

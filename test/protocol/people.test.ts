import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slipsBetween } from '../../src/protocol/faults.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import {
  departmentsOf,
  departmentsToProposeFor,
  findDepartment,
  isDesk,
  isDuty,
  isLead,
  mayPropose,
  peopleOf,
  personByUpn,
  rolesOf,
  trainedOn,
} from '../../src/protocol/people.ts';
import { isOrdinaryWord } from '../../src/protocol/weighing/ordinary-words.ts';

const parsed = parseProtocol(readFileSync(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol has faults');
const protocol = parsed.protocol;

describe('who is what', () => {
  test('roles', () => {
    expect(rolesOf('gareth-molyneux', protocol)).toEqual([
      { role: 'approver', department: 'highways' },
      { role: 'approver', department: 'elections' },
      { role: 'duty-officer' },
    ]);
    expect(rolesOf('nobody', protocol)).toEqual([]);
  });

  test('a user principal name finds its person in any case', () => {
    expect(personByUpn(' Ellen.Rimmer@SEFTON.example', protocol)?.id).toBe('ellen-rimmer');
    expect(personByUpn('ellen.rimmer@elsewhere.example', protocol)).toBeUndefined();
  });

  test('proposers write for their department, the desk for every one, approvers for none', () => {
    expect(mayPropose('nadia-hartley', 'highways', protocol)).toBe(true);
    expect(mayPropose('nadia-hartley', 'waste', protocol)).toBe(false);
    expect(mayPropose('tom-ashcroft', 'highways', protocol)).toBe(false);
    expect(mayPropose('ellen-rimmer', 'elections', protocol)).toBe(true);
    expect(mayPropose('ellen-rimmer', 'constructor', protocol)).toBe(false);
    expect(departmentsToProposeFor('sam-kenrick', protocol).map((one) => one.id)).toEqual([
      'housing',
      'planning',
      'elections',
    ]);
    expect(departmentsToProposeFor('ellen-rimmer', protocol)).toHaveLength(8);
  });

  test('desk, duty, leads and departments', () => {
    expect(isDesk('ellen-rimmer', protocol)).toBe(true);
    expect(isDesk('claire-whitworth', protocol)).toBe(false);
    expect(isDuty('yvonne-cartmel', protocol)).toBe(true);
    expect(isLead('tom-ashcroft', 'highways', protocol)).toBe(true);
    expect(isLead('tom-ashcroft', 'waste', protocol)).toBe(false);
    expect(isLead('tom-ashcroft', undefined, protocol)).toBe(true);
    expect(departmentsOf('priya-desai', protocol).map((one) => one.id)).toEqual(['highways', 'planning']);
  });

  test('whom a stage asks', () => {
    expect(peopleOf([{ who: 'leads' }, { who: 'approvers' }], 'waste', protocol)).toEqual([
      'omar-haddad',
      'tom-ashcroft',
    ]);
    expect(peopleOf([{ who: 'approvers', department: 'housing' }], 'waste', protocol)).toEqual([
      'ruth-lydiate',
      'omar-haddad',
    ]);
    expect(
      peopleOf([{ who: 'monitoring-officer' }, { who: 'person', person: 'sam-kenrick' }], 'waste', protocol),
    ).toEqual(['martin-sedgwick', 'sam-kenrick']);
  });

  test('training counts up to and including its last day', () => {
    expect(trainedOn('nadia-hartley', '2028-03-31', protocol)).toEqual({
      trained: true,
      until: '2028-03-31',
    });
    expect(trainedOn('nadia-hartley', '2028-04-01', protocol)).toEqual({
      trained: false,
      reason: 'expired',
      on: '2028-03-31',
    });
    expect(trainedOn('constructor', '2027-01-01', protocol)).toEqual({ trained: false, reason: 'none' });
  });
});

describe('a department by what people type', () => {
  test.each([
    ['highways', 'highways'],
    ['HIGHWAYS', 'highways'],
    ['Highways & Transport', 'highways'],
    ['roads', 'highways'],
    ['Adult  Social Care', 'adult-social-care'],
    ['adult-social-care', 'adult-social-care'],
    ['ASC', 'adult-social-care'],
    ['bins', 'waste'],
  ])('%s', (typed, id) => {
    expect(findDepartment(typed, protocol)).toMatchObject({ found: 'exactly', department: { id } });
  });

  test('a near miss is offered and not taken', () => {
    expect(findDepartment('Higways', protocol)).toMatchObject({ found: 'nearly', by: 'highways' });
    expect(findDepartment('plannign', protocol)).toMatchObject({
      found: 'nearly',
      department: { id: 'planning' },
    });
  });

  /** Ordinary words with which a post begins before a colon. */
  const openers =
    `Wanted Votes Hopes Wins Cars Dare Case Card Wealth Taste Paste Haste Waist Short Spot Port Load Loads Pins Parts Marks
    Planting Panning Hosting Housed Pleasure Measure Treasure Healthy Reminder Update Breaking News Notice Warning Alert
    Thanks Today Tomorrow Tonight Question Answer Fact Myth Tip Tips Quiz Event Events Free Open Closed Closure Closures
    Job Jobs Vacancy Apply Watch Listen Read Learn Join Meet Visit Save Date Dates Deadline Important Please Correction
    Sorry Apology Congratulations Welcome Introducing Now Live Result Results Weather Flood Snow Storm Schools Wasted
    Planned Plans Elected Houses House Home Road Park Bin Library Leaders Voters Voter Noted Courses Grants Tree Trees
    Shared Hosted Roast Toast Coming Costing Routing Posting Lesson Literacy Graphic Tactics Track Loans Boards`.split(
      /\s+/u,
    );

  test.each([...openers, 'Did you know', 'Save the date', 'Road closed', 'Last chance'])(
    'to begin with "%s:" is no department',
    (typed) => {
      expect(findDepartment(typed, protocol)).toEqual({ found: 'no' });
    },
  );

  const names = Object.values(protocol.departments).flatMap(({ id, name, short }) =>
    [...new Set([name, short])].map((written): [string, string] => [written, id]),
  );

  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  /** Everything that one slip of the hand makes of a word, behind its first letter where that makes another word. */
  function slips(word: string): readonly string[] {
    const from = word.length < 8 ? 1 : 0;
    const made = Array.from(word.slice(from)).flatMap((letter, n) => {
      const [before, after] = [word.slice(0, from + n), word.slice(from + n + 1)];
      const swapped = after === '' ? [] : [`${before}${after.charAt(0)}${letter}${after.slice(1)}`];
      return [
        `${before}${after}`,
        ...swapped,
        ...letters.flatMap((other) => [`${before}${other}${after}`, `${before}${other}${letter}${after}`]),
      ];
    });
    return [...new Set(made)].filter((each) => each !== word && each === each.trim());
  }

  test.each(names)(
    '%s with a slip in it is asked about, but for the few that are words of their own',
    (written, id) => {
      const all = slips(written.toLowerCase());
      const missed = all.filter((typed) => {
        const found = findDepartment(typed, protocol);
        return found.found !== 'nearly' || found.department.id !== id;
      });
      expect(missed.length, missed.join(' ')).toBeLessThanOrEqual(all.length * 0.03);
    },
  );

  test('two slips in a longer name are asked about, unless they make an ordinary word', () => {
    const long = names.filter(([written]) => written.length > 6);
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.nat(), fc.nat(), ([written, id], first, second) => {
        const name = written.toLowerCase();
        const once = slips(name);
        const twice = slips(once[first % once.length] ?? '');
        const typed = twice[second % twice.length] ?? '';
        // To swap what was just swapped or put in is a third slip.
        fc.pre(typed !== name && slipsBetween(typed, name) <= 2 && !isOrdinaryWord(typed));
        fc.pre(name.length > 7 || typed.startsWith(name.charAt(0)));
        const found = findDepartment(typed, protocol);
        // "cleanning" is as near to another department.
        if (found.found !== 'nearly') throw new Error(`${typed} is not asked about`);
        if (found.department.id !== id)
          expect(slipsBetween(typed, found.by)).toBeLessThanOrEqual(slipsBetween(typed, name));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['Highway', 'highways'],
    ['Election', 'elections'],
    ['Leisur', 'leisure'],
    ['Wsate', 'waste'],
    ['Highway and Transport', 'highways'],
    ['Public Heath', 'public-health'],
  ])('%s is asked about', (typed, id) => {
    expect(findDepartment(typed, protocol)).toMatchObject({ found: 'nearly', department: { id } });
  });

  test.each(['', ' ', 'Treasury', 'the road is closed'])('%j is none', (typed) => {
    expect(findDepartment(typed, protocol)).toEqual({ found: 'no' });
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

  test.each(['', ' ', 'Treasury', 'the road is closed'])('%j is none', (typed) => {
    expect(findDepartment(typed, protocol)).toEqual({ found: 'no' });
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stuckStages, undecidedPosts } from '../../src/protocol/feasible.ts';
import type { RoutedProtocol } from '../../src/protocol/feasible.ts';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { NetworkName, RouteClause, Urgency } from '../../src/protocol/protocol.ts';
import { route } from '../../src/protocol/route.ts';
import type { RouteInput } from '../../src/protocol/route.ts';

const parsed = parseProtocol(readFileSync(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol has faults');
const sample = parsed.protocol;

const stageIds = ['desk', 'service', 'leads'];
const urgencies: readonly Urgency[] = ['normal', 'urgent', 'emergency'];
const people = ['ann', 'ben', 'cal', 'dee'];
const departments = ['roads', 'bins'];
const accounts: RoutedProtocol['accounts'] = [
  { id: 'news', network: 'website', departments: [], byDefault: true },
  { id: 'pictures', network: 'instagram', departments: ['bins'], byDefault: false },
];
const networks: readonly NetworkName[] = ['website', 'instagram'];

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });

const clause = fc
  .record(
    {
      departments: some(departments),
      accounts: some(accounts.map((account) => account.id)),
      networks: fc.subarray([...networks], { minLength: 1 }),
      video: fc.boolean(),
      campaign: fc.boolean(),
      urgency: fc.subarray([...urgencies], { minLength: 1 }),
      flags: some(['safety', 'election']),
      sentBy: fc.constantFrom('desk' as const, 'service' as const),
      finding: fc.constant('higher' as const),
    },
    { requiredKeys: [] },
  )
  .chain((when) =>
    fc.record({
      when: fc.constant(when),
      add: fc.subarray(stageIds),
      leaveOut: when.finding === undefined ? fc.subarray(stageIds) : fc.constant([]),
    }),
  );

const protocol = fc
  .record({
    clauses: fc.array(clause, { maxLength: 4 }),
    proposers: some(people),
    approvers: some(people),
    leads: some(people),
    need: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ clauses, proposers, approvers, leads, need }) => {
    const always: RouteClause = {
      clause: '0',
      title: 'Always',
      when: {},
      add: ['desk', 'service'],
      leaveOut: [],
    };
    const times = {
      remindAfter: 1,
      escalateAfter: 2,
      escalateTo: [{ who: 'desk' as const }],
      expireAfter: 3,
    };
    const department = (id: string) => ({
      id,
      name: id,
      short: id,
      aliases: [],
      proposers,
      approvers,
      leads,
    });
    return {
      ...sample,
      departments: { roads: department('roads'), bins: department('bins') },
      desk: { name: 'Desk', officers: ['eve', 'ann'] },
      routes: [always, ...clauses.map((one, i) => ({ clause: String(i + 1), title: '', ...one }))],
      stages: [
        {
          id: 'desk',
          name: '',
          kind: 'pass-on' as const,
          who: [{ who: 'desk' as const }],
          need: 1,
          ...times,
        },
        {
          id: 'service',
          name: '',
          kind: 'decide' as const,
          who: [{ who: 'approvers' as const }],
          need,
          ...times,
        },
        {
          id: 'leads',
          name: '',
          kind: 'decide' as const,
          who: [{ who: 'leads' as const }],
          need: 1,
          ...times,
        },
      ],
    };
  });

/** Plans that could be sent: their accounts are ones the department may use. */
const sent = fc
  .record({
    department: fc.constantFrom(...departments),
    places: fc.subarray([...accounts], { minLength: 1 }),
    higher: fc.boolean(),
    hasVideo: fc.boolean(),
    campaign: fc.boolean(),
    urgency: fc.constantFrom(...urgencies),
    flags: fc.subarray(['safety', 'election']),
    sentBy: fc.constantFrom('desk' as const, 'service' as const),
  })
  .filter(({ department, places }) => department === 'bins' || places.every((place) => place.id === 'news'))
  .map(({ places, higher, ...rest }): Omit<RouteInput, 'author' | 'lastEditor'> => ({
    ...rest,
    accounts: places.map((place) => place.id),
    networks: places.map((place) => place.network),
    findings: higher ? [{ rule: 'POL-8', breach: 'higher', clause: '1', code: 'x' }] : [],
  }));

describe('what the check of the file promises', () => {
  test('no plan is stuck and none goes undecided under a protocol without those faults', () => {
    let clean = 0;
    fc.assert(
      fc.property(protocol, fc.array(sent, { minLength: 20, maxLength: 20 }), (rules, plans) => {
        const checked = { ...rules, accounts };
        const stuck = stuckStages(checked);
        const undecided = undecidedPosts(checked);
        for (const plan of plans) {
          const writers =
            plan.sentBy === 'desk' ? rules.desk.officers : (rules.departments.roads.proposers ?? []);
          for (const author of writers) {
            const { stages, unfillable } = route({ ...plan, author, lastEditor: author }, rules);
            for (const one of unfillable) expect(stuck.map((found) => found.stage)).toContain(one.stage);
            expect(stages.some((stage) => stage.kind === 'decide') || undecided.length > 0).toBe(true);
          }
        }
        if (stuck.length === 0 && undecided.length === 0) clean += 1;
      }),
      { numRuns: 150 },
    );
    // else the promise would have been about nothing
    expect(clean).toBeGreaterThan(5);
  });

  test('two accounts may meet a clause between them, one by its name and one by its network', () => {
    const [rules] = fc.sample(protocol, { numRuns: 1, seed: 1 });
    if (rules === undefined) throw new Error('no sample');
    const [always] = rules.routes;
    if (always === undefined) throw new Error('no clause');
    const leaving = {
      ...always,
      clause: '1',
      when: { accounts: ['pictures'], networks: ['website' as const] },
      add: [],
      leaveOut: ['service', 'leads'],
    };
    expect(undecidedPosts({ ...rules, routes: [always, leaving], accounts })).not.toHaveLength(0);
  });

  test('every stage that it names is stuck for some plan', () => {
    fc.assert(
      fc.property(protocol, (rules) => {
        for (const found of stuckStages({ ...rules, accounts })) {
          const stage = rules.stages.find((one) => one.id === found.stage);
          const left = found.asked.filter(
            (person) => found.authors.length === 0 || person !== found.authors[0],
          );
          expect(left.length).toBeLessThan((stage?.need ?? 0) + (found.authors.length === 0 ? 1 : 0));
        }
      }),
      { numRuns: 150 },
    );
  });
});

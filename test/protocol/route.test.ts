import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProtocol } from '../../src/protocol/parse.ts';
import type { Breach, NetworkName, Protocol, RouteClause, Urgency } from '../../src/protocol/protocol.ts';
import { holds, route } from '../../src/protocol/route.ts';
import type { RouteInput } from '../../src/protocol/route.ts';

const parsed = parseProtocol(readFileSync(new URL('../../protocol.yaml', import.meta.url), 'utf8'));
if (!parsed.ok) throw new Error('the sample protocol has faults');
const sample = parsed.protocol;

const plain: RouteInput = {
  department: 'highways',
  accounts: ['news', 'x-main'],
  networks: ['website', 'x'],
  findings: [],
  hasVideo: false,
  campaign: false,
  urgency: 'normal',
  flags: [],
  sentBy: 'service',
  author: 'nadia-hartley',
  lastEditor: 'nadia-hartley',
};

const praise = { rule: 'POL-8', breach: 'higher', clause: '2.3', code: 'praise' } as const;

describe("the sample's routes", () => {
  const stagesOf = (input: Partial<RouteInput>) =>
    route({ ...plain, ...input }, sample).stages.map((stage) => stage.id);

  test('a service proposes: the desk passes on, one approver of the service decides', () => {
    const plan = route({ ...plain, lastEditor: 'ellen-rimmer' }, sample);
    expect(plan.stages).toMatchObject([
      {
        id: 'desk',
        name: 'Communications',
        kind: 'pass-on',
        need: 1,
        people: ['ellen-rimmer', 'joseph-adeyemi'],
      },
      {
        id: 'service',
        name: 'Highways approvers',
        kind: 'decide',
        need: 1,
        people: ['tom-ashcroft', 'priya-desai', 'gareth-molyneux'],
        escalateTo: ['tom-ashcroft'],
        because: [{ clause: '6.1' }],
      },
    ]);
    expect(plan.unfillable).toEqual([]);
  });

  test('what the desk sends needs no desk', () => {
    expect(stagesOf({ sentBy: 'desk', author: 'ellen-rimmer', lastEditor: 'ellen-rimmer' })).toEqual([
      'service',
    ]);
    // Why it goes to the service at once is said by both clauses.
    const [service] = route({ ...plain, sentBy: 'desk' }, sample).stages;
    expect(service?.because.map(({ clause }) => clause)).toEqual(['6.1', '6.2']);
  });

  test('an emergency is decided by the duty officer alone', () => {
    expect(stagesOf({ urgency: 'emergency' })).toEqual(['duty']);
  });

  test('style warnings add nobody', () => {
    expect(stagesOf({ findings: [{ rule: 'ACC-3', breach: 'warn', clause: '4.3', code: 'x' }] })).toEqual([
      'desk',
      'service',
    ]);
  });

  test('a finding that needs somebody higher says why', () => {
    const plan = route({ ...plain, findings: [praise] }, sample);
    expect(plan.stages.map((stage) => stage.id)).toEqual(['desk', 'service', 'monitoring-officer']);
    expect(plan.explained.find((one) => one.gave.includes('monitoring-officer'))).toMatchObject({
      clause: '6.4',
      findings: [praise],
    });
  });

  test('what leaves a stage out is told', () => {
    const plan = route({ ...plain, sentBy: 'desk' }, sample);
    expect(plan.explained.find((one) => one.clause === '6.2')).toMatchObject({ gave: [], leftOut: ['desk'] });
  });

  test('an election adds the Monitoring Officer, a campaign and a film for YouTube the Head of Communications', () => {
    expect(stagesOf({ flags: ['election'] })).toContain('monitoring-officer');
    expect(stagesOf({ campaign: true })).toContain('head-of-communications');
    expect(stagesOf({ networks: ['youtube'], accounts: ['youtube-main'], hasVideo: true })).toContain(
      'head-of-communications',
    );
    expect(stagesOf({ networks: ['youtube'], accounts: ['youtube-main'] })).not.toContain(
      'head-of-communications',
    );
  });

  test('a stage that nobody is left for stays in and is named', () => {
    const plan = route(
      { ...plain, department: 'housing', author: 'ruth-lydiate', lastEditor: 'omar-haddad' },
      sample,
    );
    expect(plan.stages.map((stage) => stage.id)).toEqual(['desk', 'service']);
    expect(plan.unfillable).toEqual([{ stage: 'service', need: 1, have: 0 }]);
  });

  test('a lead who wrote the post is not the one told, unless there is nobody else', () => {
    const [, service] = route(
      { ...plain, author: 'tom-ashcroft', lastEditor: 'tom-ashcroft' },
      sample,
    ).stages;
    expect(service?.people).toEqual(['priya-desai', 'gareth-molyneux']);
    expect(service?.escalateTo).toEqual(['tom-ashcroft']);
  });
});

const people = Object.keys(sample.people);
const stageIds = sample.stages.map((stage) => stage.id);
const networks: readonly NetworkName[] = ['website', 'x', 'facebook', 'youtube'];
const urgencies: readonly Urgency[] = ['normal', 'urgent', 'emergency'];
const breaches: readonly Breach[] = ['warn', 'higher', 'block'];
const ruleIds = ['POL-8', 'MOD-4', 'ACC-3', 'WORDS'];

const finding = fc.record({
  rule: fc.constantFrom(...ruleIds),
  breach: fc.constantFrom(...breaches),
  clause: fc.constant('1'),
  code: fc.constant('some'),
});

const input: fc.Arbitrary<RouteInput> = fc.record({
  department: fc.constantFrom(...Object.keys(sample.departments)),
  accounts: fc.subarray(Object.keys(sample.accounts)),
  networks: fc.subarray([...networks]),
  findings: fc.array(finding, { maxLength: 3 }),
  hasVideo: fc.boolean(),
  campaign: fc.boolean(),
  urgency: fc.constantFrom(...urgencies),
  flags: fc.subarray(['safety', 'election', 'campaign']),
  sentBy: fc.constantFrom('desk', 'service'),
  author: fc.constantFrom(...people),
  lastEditor: fc.constantFrom(...people),
});

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });

const clause = fc
  .record(
    {
      departments: some(Object.keys(sample.departments)),
      accounts: some(Object.keys(sample.accounts)),
      networks: some(networks),
      video: fc.boolean(),
      campaign: fc.boolean(),
      urgency: some(urgencies),
      flags: some(['safety', 'election', 'campaign']),
      sentBy: fc.constantFrom('desk' as const, 'service' as const),
      finding: fc.constantFrom('higher' as const, 'warn' as const),
      rules: some(ruleIds),
    },
    { requiredKeys: [] },
  )
  .chain((when) =>
    fc.record({
      when: fc.constant(when),
      add: fc.subarray(stageIds),
      // as the file is checked: a clause that asks for a finding leaves nothing out
      leaveOut:
        when.finding === undefined && when.rules === undefined ? fc.subarray(stageIds) : fc.constant([]),
    }),
  );

const protocol: fc.Arbitrary<Protocol> = fc.array(clause, { maxLength: 6 }).map((clauses) => ({
  ...sample,
  routes: clauses.map((one, i): RouteClause => ({ clause: `6.${i + 1}`, title: `Clause ${i + 1}`, ...one })),
}));

describe('whatever the routes', () => {
  test('nobody decides on what they wrote or last edited', () => {
    fc.assert(
      fc.property(input, protocol, (facts, rules) => {
        for (const stage of route(facts, rules).stages) {
          if (stage.kind === 'pass-on') continue;
          expect(stage.people).not.toContain(facts.author);
          expect(stage.people).not.toContain(facts.lastEditor);
        }
      }),
    );
  });

  test('every clause that holds is explained, and no other', () => {
    fc.assert(
      fc.property(input, protocol, (facts, rules) => {
        const held = rules.routes.filter((one) => holds(one.when, facts).holds).map((one) => one.clause);
        expect(route(facts, rules).explained.map((one) => one.clause)).toEqual(held);
      }),
    );
  });

  test("stages stand in the protocol's order, each with a clause that gave it", () => {
    fc.assert(
      fc.property(input, protocol, (facts, rules) => {
        const { stages, explained } = route(facts, rules);
        expect(stages.map((stage) => stage.id)).toEqual(
          stageIds.filter((id) => stages.some((stage) => stage.id === id)),
        );
        for (const [nth, stage] of stages.entries()) {
          const comesAfter = stageIds.indexOf(stages[nth - 1]?.id ?? '');
          expect(stage.because.length).toBeGreaterThan(0);
          for (const { clause: number } of stage.because) {
            // One that left out what would have come just before is why it comes so soon.
            const { gave, leftOut } = explained.find((one) => one.clause === number) ?? {};
            const skipped = stageIds.slice(comesAfter + 1, stageIds.indexOf(stage.id));
            const comesSooner = (leftOut ?? []).some((id) => skipped.includes(id));
            expect(gave?.includes(stage.id) === true || comesSooner).toBe(true);
          }
        }
      }),
    );
  });

  test('one more finding never takes a stage away', () => {
    fc.assert(
      fc.property(input, finding, protocol, (facts, more, rules) => {
        const before = route(facts, rules).stages.map((stage) => stage.id);
        const after = route({ ...facts, findings: [...facts.findings, more] }, rules).stages.map(
          (stage) => stage.id,
        );
        for (const id of before) expect(after).toContain(id);
      }),
    );
  });

  test('a stage with too few people is always named, and only such a stage', () => {
    fc.assert(
      fc.property(input, protocol, fc.integer({ min: 1, max: 4 }), (facts, rules, need) => {
        const wanting = { ...rules, stages: rules.stages.map((stage) => ({ ...stage, need })) };
        const { stages, unfillable } = route(facts, wanting);
        expect(unfillable.map((one) => one.stage)).toEqual(
          stages.filter((stage) => stage.people.length < need).map((stage) => stage.id),
        );
      }),
    );
  });
});

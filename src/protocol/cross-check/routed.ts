import type { RoutedProtocol } from '../feasible.ts';
import { networkNames } from '../protocol.ts';
import type { Department, RouteClause } from '../protocol.ts';
import { list, part, text, texts } from '../raw.ts';
import type { Part } from '../raw.ts';
import { conditionForm } from '../schema.ts';
import { parseWho } from '../who.ts';
import { asMeant } from './references.ts';

/** What routing needs of the file, leaving out the stages and clauses that the schema finds wrong. */
export function routedPart(content: Part): {
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

import type { Millis } from '../core/time.ts';
import type { Election, Elections, Protocol, Urgency } from './protocol.ts';
import type { Occasion } from './rule.ts';
import type { ProtocolFile } from './schema.ts';
import { londonDayStart } from './london.ts';

/** The part of the file with its days as instants, so that telling whether one lies in a period costs nothing. */
export function electionsOf({ department, periods }: NonNullable<ProtocolFile['elections']>): Elections {
  return {
    department,
    periods: periods.map(({ name, begins, 'polling-day': pollingDay, wards, candidates }) => ({
      name,
      begins,
      from: londonDayStart(begins),
      to: londonDayStart(pollingDay, 1),
      pollingDay,
      ...(wards === undefined ? {} : { wards }),
      candidates,
    })),
  };
}

/** The elections whose pre-election period holds at an instant; polling day is the last day of a period. */
export function electionsAt(protocol: Protocol, at: Millis): readonly Election[] {
  return protocol.elections?.periods.filter(({ from, to }) => at >= from && at < to) ?? [];
}

/** What a post is, as far as the rules look at more than its words. `at`: when it would go out. */
interface Proposed {
  readonly at: Millis;
  readonly department?: string | undefined;
  readonly urgency: Urgency;
  readonly flags: readonly string[];
  readonly campaign: string;
}

/** What rules have to know of when, by whom and as what a post would go out. */
export function occasionOf(proposed: Proposed, protocol: Protocol): Occasion {
  const { at, department, urgency, flags, campaign } = proposed;
  const statutory = protocol.flags.some((flag) => flag.statutory && flags.includes(flag.id));
  const byReturningOfficer = department !== undefined && department === protocol.elections?.department;
  return {
    elections: electionsAt(protocol, at),
    notice: !byReturningOfficer ? 'never' : statutory ? 'always' : 'by-its-words',
    emergency: urgency === 'emergency',
    campaign,
  };
}

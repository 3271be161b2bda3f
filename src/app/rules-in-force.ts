import type { Executor } from '../core/execute.ts';
import { canonical } from '../core/json.ts';
import { watchAccounts } from '../dispatch/every-account.ts';
import type { Log } from '../logging.ts';
import { notePeople } from '../people/every-person.ts';
import { askUnder } from '../posts/deciding/every-post.ts';
import type { DeskRules } from '../posts/post.ts';
import { noteNames } from '../protocol/former.ts';
import { keepVersion } from '../protocol/kept.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { followAway, type FollowsAway } from './follow-away.ts';

/** The protocol as it is in force: with the names that earlier versions had, and with who is away. */
export interface RulesInForce {
  readonly now: () => DeskRules;
  /** Puts this version in force, before anything is decided under it, and follows who is away from then on. */
  readonly begin: (executor: Executor, log: Log) => Promise<FollowsAway>;
}

/** Nothing earlier is known of yet, and everybody is there. */
export function rulesInForce(protocol: Protocol): RulesInForce {
  let rules: DeskRules = { ...protocol, away: {} };

  return {
    now: () => rules,
    begin: async (executor, log) => {
      await keepVersion(executor, protocol);
      rules = { ...rules, earlier: await noteNames(executor, protocol) };
      const away = await followAway({
        executor,
        protocol,
        log,
        heard: (away) => {
          // What was worked out from the rules is kept for as long as they are the same.
          if (canonical(away) !== canonical(rules.away)) rules = { ...rules, away };
        },
      });
      // Side by side, so that they share their commits.
      await Promise.all([
        watchAccounts(executor, protocol),
        askUnder(executor, protocol),
        notePeople(executor, Object.keys(rules.earlier?.people ?? {})),
      ]);
      return away;
    },
  };
}

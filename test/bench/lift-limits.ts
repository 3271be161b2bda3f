import { teamsLimits } from '../../src/teams/budget.ts';

/**
 * Loaded before Crier by the benches alone (`node --import`): Teams takes 60 sends in 30 s from a conversation,
 * and the fixed shape has six of them, so that the limit and not the work would be measured. Every send is still
 * counted and written as always; only the numbers are ones that a bench does not reach.
 */
Object.assign(teamsLimits, {
  short: [{ sends: 2_000, within: 1 }],
  long: { sends: 1_000_000_000, within: 3_600_000 },
});

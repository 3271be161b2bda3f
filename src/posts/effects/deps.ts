import type { Executor } from '../../core/execute.ts';
import type { Millis } from '../../core/time.ts';
import type { Network } from '../../networks/network.ts';
import type { DeskRules } from '../post.ts';

/** What the effects of posts reach outside through. */
export interface PublishingDeps {
  readonly executor: Executor;
  /** the adapter of an account; undefined for an account the protocol no longer has */
  readonly networkOf: (account: string) => Network | undefined;
  readonly rules: () => DeskRules;
  readonly clock: () => Millis;
  /**
   * somebody hears, in one message, of what was stopped, or of what is held once it can go out again: of all that is, or
   * of what is held for that review
   */
  readonly hearOfStop: (person: string, about: 'resumed' | 'stopped', review?: string) => Promise<void>;
  /** something was stopped or resumed at that time: the cards that say what is stopped are brought up to date */
  readonly stopChanged: (at: Millis) => Promise<void>;
  /** for how much of the time since then nothing was sent, since this process did not work or could not */
  readonly stoodStill: (from: Millis) => Millis;
  /** milliseconds of a clock that nobody sets, and that goes on while this process is held still */
  readonly monotonic: () => Millis;
}

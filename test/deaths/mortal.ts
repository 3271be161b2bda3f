import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compiled } from '../compiled.ts';
import { startConnector, type ConnectorPeer } from '../peers/connector.ts';
import type { CallMoment } from '../peers/faults.ts';
import { freePort } from '../peers/listening.ts';
import { nameOf, type Call } from './call.ts';
import { livesOf, type Lives } from './crier.ts';
import type { OpenStory, Story } from './stories.ts';
import { teamsPeople, type TeamsPeople } from './teams.ts';
import {
  bringTogether,
  correctionOf,
  everybody,
  removalOf,
  walkOf,
  type Correcting,
  type Walk,
} from './walk.ts';

/** A council whose whole process can be killed and begun again on the same data, with all that it speaks to. */
export interface MortalCouncil extends AsyncDisposable {
  readonly connector: ConnectorPeer;
  readonly network: OpenStory;
  readonly lives: Lives;
  readonly teams: TeamsPeople;
  /** the folder of its data */
  readonly data: string;
  /** begins the first life and lets everybody say a first word */
  begin(): Promise<void>;
  /** takes one post from its first word to its approval */
  bringOut(text: string): Walk;
  /** has what stands put right, by two people */
  correct(correcting: Correcting): Walk;
  /** has what says that taken down */
  takeDown(text: string): Walk;
}

/** Is asked at each moment of a call on a network. */
export type Watching = (moment: CallMoment, call: Call, lives: Lives) => Promise<'go on' | 'drop'>;

/** Only makes each start shorter: a process that is killed keeps nothing of what it compiled. It takes memory, though. */
export const shortStarts = { NODE_COMPILE_CACHE: compiled };

/**
 * Makes ready what a council stands on; its process is not begun yet.
 * @param environment for its process, beside what it needs
 */
export async function openMortal(
  story: Story,
  watching: Watching,
  environment: Readonly<Record<string, string>> = {},
): Promise<MortalCouncil> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-deaths-'));
  const connector = await startConnector();
  bringTogether(connector);
  const network = await story.open({
    connector,
    folder,
    at: async (moment, call) => await watching(moment, call, lives),
  });
  const data = join(folder, 'data');
  const lives = livesOf(await freePort(), {
    ...network.environment,
    CRIER_DATA: data,
    LOG_LEVEL: 'error',
    ...environment,
  });
  const teams = teamsPeople(connector, lives, network.door);
  return {
    connector,
    network,
    lives,
    teams,
    data,
    begin: async () => {
      await lives.begin();
      for (const who of everybody) await teams.say(who, 'help');
    },
    bringOut: (text) => walkOf(text, teams, network.brings),
    correct: (correcting) => correctionOf(correcting, teams),
    takeDown: (text) => removalOf(text, teams),
    [Symbol.asyncDispose]: async () => {
      await lives.kill();
      await network.close();
      await connector.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where one kill is to fall: at a moment of one call. */
export interface Aim {
  readonly call: Call;
  readonly moment: CallMoment;
  /** whether the network goes on with what it has begun when its caller is gone */
  readonly goesOn: boolean;
  /** milliseconds from the moment to the kill */
  readonly jitter: number;
  /** held still when it is taken, so that nothing that is answered can be read before the kill */
  readonly heldStill?: true;
}

/** One kill that waits to happen. */
export interface Armed {
  /** resolves once the process is gone */
  readonly sprung: Promise<void>;
  /** kills without waiting for the moment any longer; nothing when the moment has come */
  spring(lives: Lives): void;
}

/** Aims one kill after the other. */
export interface Aiming {
  readonly watching: Watching;
  /** how far each call has come, by its name */
  readonly moments: ReadonlyMap<string, CallMoment>;
  /** how often each was taken, by its name */
  readonly taken: ReadonlyMap<string, number>;
  /** aims the next kill; what was aimed at before is let go */
  aim(aim: Aim): Armed;
}

export function createAiming(): Aiming {
  const moments = new Map<string, CallMoment>();
  const taken = new Map<string, number>();
  let armed: { readonly aim: Aim; readonly sprung: PromiseWithResolvers<void> } | undefined;

  async function spring(lives: Lives): Promise<void> {
    const set = armed;
    armed = undefined;
    if (set === undefined) return;
    if (set.aim.jitter > 0) await pause(set.aim.jitter);
    await lives.kill();
    set.sprung.resolve();
  }

  return {
    moments,
    taken,
    watching: async (moment, call, lives) => {
      const name = nameOf(call);
      moments.set(name, moment);
      if (moment === 'taken') taken.set(name, (taken.get(name) ?? 0) + 1);
      const set = armed;
      if (set === undefined || nameOf(set.aim.call) !== name) return 'go on';
      if (set.aim.heldStill === true && moment === 'taken') lives.holdStill();
      if (set.aim.moment !== moment) return 'go on';
      await spring(lives);
      return set.aim.goesOn ? 'go on' : 'drop';
    },
    aim: (aim) => {
      const set = { aim, sprung: Promise.withResolvers<void>() };
      armed = set;
      return {
        sprung: set.sprung.promise,
        spring: (lives) => {
          if (armed === set) void spring(lives);
        },
      };
    },
  };
}

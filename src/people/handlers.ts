import { crier } from '../core/context.ts';
import { z } from 'zod';
import type { Executor } from '../core/execute.ts';
import { handler, type BoundHandler } from '../core/handler.ts';
import { minutes, seconds } from '../core/time.ts';
import { absenceEnds, chatBegins, endAbsence } from './person.ts';

/** What hears of a person who is away, back, or can be reached now. */
export interface PersonListener {
  /** brings what this process knows of who is away up to date */
  readonly refresh: () => Promise<void>;
  /** every post to which it matters whether they are here, and every card that could not be brought to them */
  readonly postsOf: (person: string) => AsyncIterable<{ readonly id: string; readonly unreached: boolean }>;
  /** their own chat has begun: what they would have heard there before */
  readonly catchUp: (person: string) => Promise<void>;
  /** every post that they wrote */
  readonly postsBy: (person: string) => AsyncIterable<{ readonly id: string }>;
}

/**
 * Tells every post that waits for a person that they are away, back or reachable. May be repeated: a post that has
 * heard of it is only drawn again.
 */
export function personHandlers(executor: Executor, listener: PersonListener): readonly BoundHandler[] {
  return [
    handler({
      type: 'person.reconsider',
      schema: z.object({ person: z.string() }),
      deadline: seconds(60),
      onLostLease: 'again',
      run: async (run) => {
        const { person } = run.data;
        await listener.refresh();
        if (run.key === chatBegins) await listener.catchUp(person);
        for await (const { id, unreached } of listener.postsOf(person)) {
          const call = unreached
            ? { command: 'post.show-again', id, params: { copy: `person:${person}` } }
            : { command: 'post.reconsider', id, params: { person } };
          await executor.execute({ ...call, actor: crier, key: `${run.attempt}:${call.command}` });
        }
        return { outcome: 'done' };
      },
      settled: ({ id, key }, { outcome }) =>
        key === absenceEnds && outcome === 'done' ? { command: endAbsence.name, id, params: {} } : undefined,
    }),
    handler({
      type: 'person.draw-again',
      schema: z.object({ person: z.string() }),
      deadline: minutes(5),
      onLostLease: 'again',
      patient: true,
      run: async ({ data: { person } }) => {
        for await (const { id } of listener.postsBy(person))
          await executor.execute({
            command: 'post.look-again',
            id,
            params: { copies: [`person:${person}`] },
            actor: crier,
          });
        return { outcome: 'done' };
      },
    }),
  ];
}

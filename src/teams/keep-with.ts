import type { Executed, Executor } from '../core/execute.ts';
import { personDocument } from '../people/person.ts';
import type { Turn } from './turn.ts';

/** Keeps something with whoever's turn it is: may be given again, since it comes to the same. */
export const keepWith = async (
  { person }: Pick<Turn, 'person'>,
  command: string,
  params: object,
  { executor }: { readonly executor: Pick<Executor, 'execute'> },
): Promise<Executed> =>
  await executor.execute({ command, id: personDocument(person), params, actor: { by: 'person', person } });

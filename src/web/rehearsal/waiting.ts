import type { Executor } from '../../core/execute.ts';
import { postKind } from '../../posts/kind.ts';

/** More than these are not counted. */
const most = 20;

/** How many posts wait for each of the people, those for whom none does left out. */
export async function waitingFor(
  people: readonly string[],
  executor: Pick<Executor, 'store'>,
): Promise<Readonly<Record<string, number>>> {
  const counted = await Promise.all(
    people.map(async (person) => {
      const listed = await executor.store.list({
        kind: postKind.kind,
        index: 'waiting-for',
        equals: person,
        limit: most,
      });
      return [person, listed.items.length] as const;
    }),
  );
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

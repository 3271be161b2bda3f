import { z } from 'zod';
import { crier } from '../../core/context.ts';
import { everyListed, everyPage } from '../../core/every.ts';
import type { Executor } from '../../core/execute.ts';
import { isReadable } from '../../core/forms.ts';
import { postKind } from '../kind.ts';
import type { DeskRules } from '../post.ts';
import { askedBy } from './who-acts.ts';

/**
 * Posts in which somebody is asked by another protocol than the one in force: whom that names is asked, whoever may not
 * decide any more is not waited for, and whoever has to know that nobody is left hears of it.
 */
export async function askUnder(
  executor: Executor,
  protocol: Pick<DeskRules, 'version' | 'accounts'>,
): Promise<void> {
  const by = askedBy(protocol);
  for (const others of [{ to: by }, { from: `${by} ` }]) {
    const query = { kind: postKind.kind, index: 'asked-under', equals: 'yes', ...others, limit: 100 };
    for await (const items of everyPage(executor.store, query))
      await Promise.all(
        items
          .filter((item) => isReadable(postKind, item))
          .map(async ({ id }) => {
            await caughtUp(executor, id);
            await executor.execute({ command: 'post.ask-under', id, params: {}, actor: crier });
          }),
      );
  }
}

/**
 * Posts as earlier releases left them: what those did not see to is seen to. All posts are read, since what is looked
 * for stands in no index of theirs.
 */
export async function catchUpWithEarlier(executor: Executor): Promise<void> {
  let after: string | undefined;
  do {
    const page = await executor.store.scan(postKind.kind, 100, after);
    for (const item of page.items)
      if (isReadable(postKind, item) && mayBeLeft.safeParse(item.body).success)
        await caughtUp(executor, item.id);
    after = page.next;
  } while (after !== undefined);
}

/** What most posts are once they are old: nothing is left to do about them. */
const restsForGood: readonly string[] = ['published', 'cancelled', 'not-to-be-published'];

/** A glance at a document: the rest is for the command to say. */
const mayBeLeft = z.object({
  state: z
    .object({
      status: z.object({ is: z.string() }),
      byHand: z.unknown().exactOptional(),
      wasByHand: z.unknown().exactOptional(),
      correction: z.unknown().exactOptional(),
      notCorrected: z.unknown().exactOptional(),
    })
    .refine(({ status, ...left }) => Object.keys(left).length > 0 || !restsForGood.includes(status.is)),
});

async function caughtUp(executor: Executor, id: string): Promise<void> {
  // One part at a time.
  for (;;) {
    const { done } = await executor.execute({ command: 'post.catch-up', id, params: {}, actor: crier });
    if (!done) return;
  }
}

/**
 * Posts that wait for a person, those of which they were told that nobody who is asked is here, and those with a card
 * that could not be brought to them.
 */
export async function* postsOf(
  executor: Executor,
  person: string,
): AsyncGenerator<{ readonly id: string; readonly unreached: boolean }> {
  for (const index of ['waiting-for', 'told-all-away', 'unreached'] as const) {
    const query = { kind: postKind.kind, index, equals: person, limit: 100 };
    for await (const item of everyListed(executor.store, query))
      if (isReadable(postKind, item)) yield { id: item.id, unreached: index === 'unreached' };
  }
}

/** Posts that somebody wrote, the last changed first. */
export async function* postsBy(executor: Executor, person: string): AsyncGenerator<{ readonly id: string }> {
  const query = { kind: postKind.kind, index: 'of-author', equals: person, limit: 100 };
  for await (const item of everyListed(executor.store, query)) if (isReadable(postKind, item)) yield item;
}

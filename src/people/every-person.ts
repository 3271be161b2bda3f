import { crier } from '../core/context.ts';
import { readableState, type Executor } from '../core/execute.ts';
import { unlessNewer } from '../core/forms.ts';
import type { Millis } from '../core/time.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { noteProtocol, personDocument, personKind } from './person.ts';

/** Until when each person of the protocol is away, those left out who are not. */
export async function whoIsAway(
  executor: Executor,
  protocol: Protocol,
): Promise<Readonly<Record<string, Millis>>> {
  const away: Record<string, Millis> = {};
  for (const person of Object.keys(protocol.people)) {
    const state = await readableState(executor, personKind, personDocument(person));
    if (state?.awayUntil !== undefined) away[person] = state.awayUntil;
  }
  return away;
}

/** Whoever has left the protocol, or is back in it, gets their cards drawn so, of all that any version has had. */
export async function notePeople(executor: Executor, people: readonly string[]): Promise<void> {
  await Promise.all(
    people.map(
      async (person) =>
        await unlessNewer(
          executor.execute({
            command: noteProtocol.name,
            id: personDocument(person),
            params: { person },
            actor: crier,
          }),
          undefined,
        ),
    ),
  );
}

/** People of the protocol who have no chat with Crier yet. */
export async function withoutChat(executor: Executor, protocol: Protocol): Promise<readonly string[]> {
  const chats = await Promise.all(
    Object.keys(protocol.people).map(async (person) => ({
      person,
      known: await unlessNewer(executor.load(personKind, personDocument(person)), null),
    })),
  );
  // Whom only a newer release knows is reached by that.
  return chats
    .filter(({ known }) => known !== null && known?.state.chat === undefined)
    .map(({ person }) => person);
}

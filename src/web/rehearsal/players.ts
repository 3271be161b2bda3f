import { loadAll } from 'js-yaml';
import { z } from 'zod';
import { idFrom } from '../../core/json.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import type { Player } from './parts.ts';

const user = z.object({ userPrincipleName: z.string(), aadObjectId: z.string() });
const simulator = z.object({ currentUser: user, users: z.array(user) });

/**
 * The people that the page can play: everybody of the protocol. Whom the simulator knows has the same object id
 * there and here, since the object id decides who somebody is.
 */
export function playersOf(protocol: Protocol, simulatorFile: string | undefined): readonly Player[] {
  // An empty file holds no document at all, which `load` takes for a fault.
  const [told] = simulatorFile === undefined ? [] : loadAll(simulatorFile);
  const parsed = simulator.safeParse(told);
  const known = new Map(
    parsed.success
      ? [parsed.data.currentUser, ...parsed.data.users].map((each) => [
          each.userPrincipleName.toLowerCase(),
          each.aadObjectId,
        ])
      : [],
  );
  return Object.values(protocol.people).map(({ id, name, userPrincipalName }) => ({
    person: id,
    name,
    userPrincipalName,
    objectId: known.get(userPrincipalName) ?? idFrom('rehearsal', id),
  }));
}

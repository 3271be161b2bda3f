import { crier } from '../core/context.ts';
import { rosterId } from '../people/roster.ts';
import type { Incoming, Whereabouts } from './activity.ts';
import type { Answers } from './answers.ts';
import type { Viewer } from './cards/viewer.ts';
import type { Desk } from './desk.ts';
import type { Guests } from './guests.ts';
import { placeOf, type Directory } from './who.ts';

type Came = Extract<Incoming, { readonly kind: 'joined' | 'left' }>;
type MembersChanged = Extract<Incoming, { readonly kind: 'members-changed' }>;

/** What is done where Crier comes to a conversation, where it goes, and where who reads along has changed. */
export interface Installed {
  readonly joined: (incoming: Came) => Promise<void>;
  readonly left: (place: Whereabouts) => void;
  readonly membersChanged: (incoming: MembersChanged) => Promise<void>;
}

/** What that stands on. */
interface InstalledParts {
  readonly desk: Desk;
  readonly directory: Pick<Directory, 'identify'>;
  readonly guests: Pick<Guests, 'forget'>;
  readonly answers: Pick<Answers, 'post'>;
}

/** Nobody has been welcomed yet. */
export function createInstalled({ desk, directory, guests, answers }: InstalledParts): Installed {
  /** conversations that were welcomed since this process began */
  const greeted = new Set<string>();

  return {
    joined: async ({ from, place, serviceUrl }) => {
      const came = from === undefined ? undefined : await directory.identify(from, place, serviceUrl);
      // Teams tells of one installation in two activities, both at once.
      if (greeted.has(place.conversationId)) return;
      greeted.add(place.conversationId);
      // In a Teams channel or a group others read it as well.
      const reader: Viewer =
        place.kind === 'personal' && came?.who === 'person'
          ? { kind: 'person', person: came.person }
          : { kind: 'everybody' };
      await answers.post(placeOf(place, serviceUrl), { show: 'welcome' }, reader);
    },
    left: ({ conversationId }) => void greeted.delete(conversationId),
    membersChanged: async ({ place, serviceUrl }) => {
      guests.forget();
      if (place.kind === 'personal') return;
      const { conversationId } = place;
      await desk.executor.execute({
        command: 'roster.changed',
        id: rosterId(conversationId),
        params: { conversationId, serviceUrl },
        actor: crier,
      });
    },
  };
}

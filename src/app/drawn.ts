import type { StopAnswer } from '../teams/cards/stop-card.ts';
import type { Viewer } from '../teams/cards/viewer.ts';
import type { Content } from '../teams/courier.ts';
import type { Desk } from '../teams/desk.ts';
import type { Draw } from '../teams/draw.ts';
import { heldFor } from '../teams/held-for.ts';
import { lateFor } from '../teams/late-for.ts';
import { nobodyHere, waitingWithout } from '../teams/lists.ts';
import { whatLeft } from '../teams/stopping/on-its-way.ts';
import { emergencyHeld, toldOfStop } from '../teams/stopping/stop-cards.ts';
import type { TellParts } from '../teams/tell.ts';

/** What people are told beyond words is found for each of them, and drawn as they may see it. */
type Drawn = Pick<TellParts, 'nobodyHere' | 'ofHeld' | 'ofEmergency' | 'whatLeft' | 'welcomeBack'>;

/** The card of a stop, for one person or for everybody where it stands. */
export type DrawStop = (stop: StopAnswer, person?: string) => Promise<Content | undefined>;

export const drawStop =
  (draw: Draw): DrawStop =>
  async (stop, person) =>
    await draw.reply(
      { show: 'stop', stop },
      person === undefined ? { kind: 'everybody' } : { kind: 'person', person },
    );

export function drawnFor(desk: Desk, draw: Draw): Drawn {
  const drawn = drawStop(draw);
  const onCard = (person: string) => async (stop: StopAnswer) => await drawn(stop, person);
  const viewer = (person: string): Viewer => ({ kind: 'person', person });

  return {
    nobodyHere: async (person) => {
      const list = await nobodyHere(person, desk);
      return list.total === 0 ? undefined : await draw.reply({ show: 'list', list }, viewer(person));
    },
    ofHeld: async (person, about, toHear) => {
      const held =
        about === 'late' ? await lateFor(person, toHear, desk) : await heldFor(person, about, toHear, desk);
      if (held === undefined) return undefined;
      if ('text' in held) return { content: held };
      return await toldOfStop(held, onCard(person), desk);
    },
    ofEmergency: async (person, held) =>
      await toldOfStop(await emergencyHeld(held, desk), onCard(person), desk, held.post.id),
    whatLeft: async (person, parts) => {
      const { sent, isKnown } = await whatLeft(parts, desk);
      return { content: await drawn({ is: 'what-left', sent }, person), isKnown };
    },
    welcomeBack: async (person) => {
      const { waiting, left } = await waitingWithout({ person, now: desk.clock() }, null, desk);
      return waiting === 0
        ? undefined
        : await draw.reply({ show: 'away', person, until: null, waiting, left }, viewer(person));
    },
  };
}

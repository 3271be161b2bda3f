import type { Millis } from '../core/time.ts';
import type { ConversationBudget } from './budget.ts';
import type { Courier, Place, SendOutcome } from './courier.ts';

/** A courier whose wish to wait (429) holds for everything else that goes to the same conversation. */
export function pausing(courier: Courier, budget: ConversationBudget, clock: () => Millis): Courier {
  const noted = async (place: Place, outcome: SendOutcome): Promise<SendOutcome> => {
    if (!outcome.sent && outcome.why === 'later' && place.kind !== 'personal-new') {
      await budget.pause(place.conversationId, clock() + outcome.after);
    }
    return outcome;
  };
  return {
    ...courier,
    post: async (place, content, signal) => await noted(place, await courier.post(place, content, signal)),
    update: async (place, activityId, content, signal) =>
      await noted(place, await courier.update(place, activityId, content, signal)),
  };
}

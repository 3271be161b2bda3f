import type { Network, PublishOutcome } from './network.ts';

const asked: PublishOutcome = { outcome: 'asked' };

/** A place without an interface for machines: whoever posts there for the council is asked to, and says when it is done. */
export const byHand: Network = {
  name: 'by-hand',
  // Nothing is ever on its way there unseen: the person says what became of it.
  canLookUp: true,
  publish: async () => await Promise.resolve(asked),
  find: async () => await Promise.resolve({ found: false }),
  remove: async () => await Promise.resolve(asked),
  stands: async () => await Promise.resolve('unseen'),
  edit: async () => await Promise.resolve(asked),
};

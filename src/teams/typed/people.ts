import type { TypedCommand } from './typed-command.ts';

/** Shows who approves what, who is away and who cannot be reached. */
export const people: TypedCommand = {
  name: 'people',
  run: async () => await Promise.resolve({ show: 'people' }),
};

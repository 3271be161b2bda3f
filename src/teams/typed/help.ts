import type { TypedCommand } from './typed-command.ts';

/** Shows what can be typed. */
export const help: TypedCommand = {
  name: 'help',
  run: async () => await Promise.resolve({ show: 'help' }),
};

import { away } from './away.ts';
import { calendar } from './calendar.ts';
import { cancel } from './cancel.ts';
import { correct } from './correct.ts';
import { edit } from './edit.ts';
import { help } from './help.ts';
import { hold } from './hold.ts';
import { people } from './people.ts';
import { posts } from './posts.ts';
import { propose } from './propose.ts';
import { remove } from './remove.ts';
import { schedule } from './schedule.ts';
import { show } from './show.ts';
import type { TypedCommand } from './typed-command.ts';
import { useChannel } from './use-channel.ts';
import { waiting } from './waiting.ts';
import { why } from './why.ts';

/** Everything that can be typed, in the order of the help. */
export const typedCommands: readonly TypedCommand[] = [
  propose,
  posts,
  waiting,
  show,
  edit,
  cancel,
  schedule,
  hold,
  correct,
  remove,
  why,
  calendar,
  people,
  away,
  useChannel,
  help,
];

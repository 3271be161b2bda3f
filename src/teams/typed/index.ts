import { away } from './away.ts';
import { cancel, remove } from './by-number.ts';
import { show, why } from './numbered.ts';
import { captions } from './captions.ts';
import { correct } from './correct.ts';
import { edit } from './edit.ts';
import { picture } from './picture.ts';
import { help, people, accounts } from './shown.ts';
import { hold, pause, stop, resume } from './everything.ts';
import { propose } from './propose.ts';
import { schedule } from './schedule.ts';
import { signIn } from './sign-in.ts';
import type { TypedCommand } from './typed-command.ts';
import { useChannel, giveUpChannel } from './use-channel.ts';
import { waiting, calendar, posts, where } from './listing.ts';

/** Everything that can be typed, in the order of the help. */
export const typedCommands: readonly TypedCommand[] = [
  propose,
  posts,
  waiting,
  show,
  edit,
  picture,
  captions,
  cancel,
  schedule,
  hold,
  pause,
  stop,
  resume,
  correct,
  remove,
  why,
  where,
  calendar,
  people,
  accounts,
  away,
  useChannel,
  giveUpChannel,
  signIn,
  help,
];

import { accounts } from './accounts.ts';
import { away } from './away.ts';
import { calendar } from './calendar.ts';
import { cancel } from './cancel.ts';
import { captions } from './captions.ts';
import { correct } from './correct.ts';
import { edit } from './edit.ts';
import { help } from './help.ts';
import { giveUpChannel } from './give-up-channel.ts';
import { hold } from './hold.ts';
import { pause } from './pause.ts';
import { people } from './people.ts';
import { posts } from './posts.ts';
import { propose } from './propose.ts';
import { remove } from './remove.ts';
import { resume } from './resume.ts';
import { schedule } from './schedule.ts';
import { show } from './show.ts';
import { signIn } from './sign-in.ts';
import { stop } from './stop.ts';
import type { TypedCommand } from './typed-command.ts';
import { useChannel } from './use-channel.ts';
import { waiting } from './waiting.ts';
import { where } from './where.ts';
import { why } from './why.ts';

/** Everything that can be typed, in the order of the help. */
export const typedCommands: readonly TypedCommand[] = [
  propose,
  posts,
  waiting,
  show,
  edit,
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

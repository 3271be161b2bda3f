import accounts from '../../../cards/accounts.json' with { type: 'json' };
import away from '../../../cards/away.json' with { type: 'json' };
import channel from '../../../cards/channel.json' with { type: 'json' };
import held from '../../../cards/held.json' with { type: 'json' };
import help from '../../../cards/help.json' with { type: 'json' };
import list from '../../../cards/list.json' with { type: 'json' };
import notice from '../../../cards/notice.json' with { type: 'json' };
import people from '../../../cards/people.json' with { type: 'json' };
import post from '../../../cards/post.json' with { type: 'json' };
import postCorrect from '../../../cards/post-correct.json' with { type: 'json' };
import postEdit from '../../../cards/post-edit.json' with { type: 'json' };
import postSchedule from '../../../cards/post-schedule.json' with { type: 'json' };
import postText from '../../../cards/post-text.json' with { type: 'json' };
import postWhy from '../../../cards/post-why.json' with { type: 'json' };
import propose from '../../../cards/propose.json' with { type: 'json' };
import signIn from '../../../cards/sign-in.json' with { type: 'json' };
import stop from '../../../cards/stop.json' with { type: 'json' };
import type {
  AccountsData,
  AwayData,
  ChannelData,
  HeldData,
  HelpData,
  ListData,
  NoticeData,
  PeopleData,
  ProposeData,
  SignInData,
  StopData,
} from './data.ts';
import type { PostCardData, PostTextData, PostWhyData } from './post-data.ts';
import type { PostCorrectData, PostEditData, PostScheduleData } from './post-form-data.ts';

/** The data that each template is filled with, by the template's file name. */
export interface CardData {
  readonly accounts: AccountsData;
  readonly away: AwayData;
  readonly channel: ChannelData;
  readonly held: HeldData;
  readonly help: HelpData;
  readonly list: ListData;
  readonly notice: NoticeData;
  readonly people: PeopleData;
  readonly post: PostCardData;
  readonly 'post-correct': PostCorrectData;
  readonly 'post-edit': PostEditData;
  readonly 'post-schedule': PostScheduleData;
  readonly 'post-text': PostTextData;
  readonly 'post-why': PostWhyData;
  readonly propose: ProposeData;
  readonly 'sign-in': SignInData;
  readonly stop: StopData;
}

export type CardName = keyof CardData;

/** Every template by name; the files stand in `cards/`. */
export const templates: Readonly<Record<CardName, object>> = {
  accounts,
  away,
  channel,
  held,
  help,
  list,
  notice,
  people,
  post,
  'post-correct': postCorrect,
  'post-edit': postEdit,
  'post-schedule': postSchedule,
  'post-text': postText,
  'post-why': postWhy,
  propose,
  'sign-in': signIn,
  stop,
};

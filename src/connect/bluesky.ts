import { blueskyNetwork } from '../networks/bluesky/bluesky.ts';
import { askWords, stepsFor } from '../words/connect.ts';
import type { Authorised, ConnectParts } from './authorised.ts';

/** Bluesky: an app password, which can be taken back by itself and never lets anybody change the account. */
export async function authoriseBluesky({
  terminal,
  account,
  clock,
}: ConnectParts): Promise<Authorised<'bluesky'>> {
  for (const step of stepsFor('bluesky', '')) terminal.say(step);
  const usual = account.name.replace(/^@/u, '');
  const typed = await terminal.ask(askWords.handle(usual));
  const handle = (typed === '' ? usual : typed).replace(/^@/u, '');
  const appPassword = await terminal.ask(askWords.appPassword, { hidden: true });
  const network = blueskyNetwork({
    credentials: { handle, appPassword },
    media: async () => await Promise.resolve(undefined),
    clock,
  });
  return {
    variables: { HANDLE: handle, APP_PASSWORD: appPassword },
    secret: ['APP_PASSWORD'],
    read: async (signal) => (await network.account?.(signal)) ?? { read: false, reason: 'no-clear-answer' },
  };
}

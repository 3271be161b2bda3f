import { blueskyNetwork } from '../networks/bluesky/bluesky.ts';
import { askWords, stepsFor } from '../words/connect.ts';
import type { Authorised, ConnectParts } from './authorised.ts';
import { appPassword as wrongAppPassword, askFor, handle as wrongHandle } from './typed.ts';

/** Bluesky: an app password, which can be taken back by itself and never lets anybody change the account. */
export async function authoriseBluesky({
  terminal,
  account,
  clock,
}: ConnectParts): Promise<Authorised<'bluesky'>> {
  for (const step of stepsFor('bluesky', '')) terminal.say(step);
  const usual = account.name.replace(/^@/u, '');
  const meant = (typed: string): string => (typed === '' ? usual : typed).replace(/^@/u, '');
  const handle = meant(await askFor(terminal, askWords.handle(usual), (typed) => wrongHandle(meant(typed))));
  const appPassword = await askFor(terminal, askWords.appPassword, wrongAppPassword, { hidden: true });
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

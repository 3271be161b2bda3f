import { z } from 'zod';
import { facebookNetwork } from '../networks/facebook/facebook.ts';
import { graphApi, graphVersion, graphAddress, type GraphAnswer } from '../networks/graph.ts';
import { instagramNetwork } from '../networks/instagram/instagram.ts';
import { askWords, connectFault, notReadWords, pageWords, stepsFor } from '../words/connect.ts';
import type { Authorised, ConnectParts } from './authorised.ts';
import { consent, type Return } from './consent.ts';
import { answerWithin, exchange } from './exchange.ts';
import { appId as wrongAppId, askFor, ofApp } from './typed.ts';

/**
 * Meta sends a browser only to https addresses once an app is live; nothing listens there, and the address that the
 * browser ends at is pasted.
 */
const back: Return = { by: 'pasting', redirect: 'https://localhost/crier' };

/** Permissions for what Crier does: choose the Page, read it, post on it, count what came of it. */
const permissions = {
  facebook: [
    'pages_show_list',
    'pages_read_engagement',
    'pages_read_user_content',
    'pages_manage_posts',
    'read_insights',
  ],
  instagram: [
    'pages_show_list',
    'pages_read_engagement',
    'instagram_basic',
    'instagram_content_publish',
    'instagram_manage_insights',
  ],
} as const;

const granted = z.object({ access_token: z.string().min(1) });
const pages = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      access_token: z.string().min(1).optional(),
      instagram_business_account: z.object({ id: z.string(), username: z.string().optional() }).optional(),
    }),
  ),
});
type Page = z.infer<typeof pages>['data'][number];

/**
 * A Page of Facebook, or the Instagram account that belongs to one: the person's short token becomes one of about
 * sixty days, and the Page's token that comes of that has no end of its own (Meta, "Long-Lived Access Tokens").
 */
export async function authoriseMeta(
  network: 'facebook' | 'instagram',
  { terminal, clock, graphVersion: version = graphVersion }: ConnectParts,
): Promise<Authorised<'facebook' | 'instagram'>> {
  const host = graphAddress(version);
  const redirect = back.by === 'pasting' ? back.redirect : '';
  for (const step of stepsFor(network, redirect)) terminal.say(step);
  const appId = await askFor(terminal, askWords.appId, wrongAppId);
  const appSecret = await askFor(terminal, askWords.appSecret, ofApp, { hidden: true });
  const address = new URL(`https://www.facebook.com/${version}/dialog/oauth`);
  address.search = new URLSearchParams({
    client_id: appId,
    response_type: 'code',
    scope: permissions[network].join(','),
  }).toString();
  const code = await consent(address, back, terminal);
  const app = { client_id: appId, client_secret: appSecret };
  const ofPerson = await exchange(
    `${host}/oauth/access_token`,
    { ...app, redirect_uri: redirect, code },
    granted,
  );
  const lasting = await exchange(
    `${host}/oauth/access_token`,
    { ...app, grant_type: 'fb_exchange_token', fb_exchange_token: ofPerson.access_token },
    granted,
  );
  const graph = graphApi({ token: lasting.access_token, appSecret, version, clock });
  const listed = await graph.get(
    'me/accounts',
    { fields: 'id,name,access_token,instagram_business_account{id,username}', limit: '100' },
    AbortSignal.timeout(answerWithin),
  );
  const read = pages.safeParse(listed.ok ? listed.body : undefined);
  if (!read.success) throw new Error(notReadWords(network, reasonOf(listed)));
  const usable = read.data.data.filter(
    (page) =>
      page.access_token !== undefined &&
      (network === 'facebook' || page.instagram_business_account !== undefined),
  );
  const page = await chosen(network, usable, terminal);
  const pageToken = page.access_token ?? '';
  const sealable = { of: 'meta', insteadOf: 'PAGE_TOKEN', token: pageToken } as const;
  const secret = ['PAGE_TOKEN', 'APP_SECRET'];
  const media = async () => await Promise.resolve(undefined);
  if (network === 'facebook') {
    const credentials = { pageId: page.id, pageToken, appSecret, appId };
    const { account } = facebookNetwork({ credentials, media, version, clock });
    return {
      variables: { PAGE_ID: page.id, PAGE_TOKEN: pageToken, APP_SECRET: appSecret, APP_ID: appId },
      secret,
      sealable,
      read: async (signal) => (await account?.(signal)) ?? { read: false, reason: 'no-clear-answer' },
    };
  }
  const userId = page.instagram_business_account?.id ?? '';
  const { account } = instagramNetwork({
    credentials: { userId, pageToken, appSecret, appId },
    mediaAddress: () => '',
    version,
    clock,
  });
  return {
    variables: { USER_ID: userId, PAGE_TOKEN: pageToken, APP_SECRET: appSecret, APP_ID: appId },
    secret,
    sealable,
    read: async (signal) => (await account?.(signal)) ?? { read: false, reason: 'no-clear-answer' },
  };
}

/** Why no list came. */
const reasonOf = (answer: GraphAnswer): string =>
  !answer.ok && 'reason' in answer.outcome ? answer.outcome.reason : 'no-clear-answer';

/** The Page that the person means, by its number in the list. */
async function chosen(
  network: 'facebook' | 'instagram',
  usable: readonly Page[],
  terminal: ConnectParts['terminal'],
): Promise<Page> {
  if (usable.length === 0) throw new Error(connectFault(`no-${network}`));
  const said = pageWords(
    network,
    usable.map((page) => ({
      name: page.name,
      instagram: page.instagram_business_account?.username ?? page.instagram_business_account?.id ?? '',
    })),
  );
  for (const line of said.lines) terminal.say(line);
  for (;;) {
    const typed = await terminal.ask(said.question);
    const page = /^\d+$/u.test(typed) ? usable[Number(typed) - 1] : undefined;
    if (page !== undefined) return page;
    terminal.say(said.again);
  }
}

import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppCredentials, AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import type { TeamsConfig } from '../config.ts';
import { onceLoaded } from '../core/once-loaded.ts';
import type { Millis } from '../core/time.ts';
import type { Log } from '../logging.ts';
import { createAuthenticate } from './authenticate.ts';
import type { TeamsSdk } from './sdk.ts';

/** The way to Teams itself, by the council's own app: with its token out, and nothing in without Microsoft's. */
export function realTeams(
  config: Extract<TeamsConfig, { mode: 'production' }>,
  log: Log,
  clock: () => Millis,
): TeamsSdk {
  const { appId, tenantId, endpoints } = config;
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppType: config.appType,
    MicrosoftAppTenantId: tenantId,
    ...(config.appType === 'UserAssignedMSI' ? {} : { MicrosoftAppPassword: config.password }),
    ...endpoints,
  });
  const factory = authentication.createConnectorFactory(
    new ClaimsIdentity([
      { type: AuthenticationConstants.AudienceClaim, value: appId },
      { type: AuthenticationConstants.AppIdClaim, value: appId },
    ]),
  );
  /** The same for every service url, since the token is for the connector as such; the SDK keeps and renews it. */
  const credentials = onceLoaded(
    async (serviceUrl: string): Promise<unknown> => (await factory.create(serviceUrl)).credentials,
  );
  return {
    authenticate: createAuthenticate({
      authentication,
      appId,
      tenantId,
      issuer: endpoints?.ToBotFromChannelTokenIssuer ?? AuthenticationConstants.ToBotFromChannelTokenIssuer,
      metadataUrl:
        endpoints?.ToBotFromChannelOpenIdMetadataUrl ??
        AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
      clock,
      log,
    }),
    token: async (serviceUrl) => {
      const ours = await credentials(serviceUrl);
      if (!(ours instanceof AppCredentials)) throw new Error('the connector has no credentials');
      return await ours.getToken();
    },
  };
}

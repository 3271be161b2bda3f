import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppCredentials, AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import type { TeamsConfig } from '../config.ts';
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
  let credentials: Promise<unknown> | undefined;
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
      credentials ??= factory.create(serviceUrl).then((connector) => connector.credentials);
      // What could not be made must not stand in the way of the next try.
      credentials.catch(() => (credentials = undefined));
      const ours = await credentials;
      if (!(ours instanceof AppCredentials)) throw new Error('the connector has no credentials');
      return await ours.getToken();
    },
  };
}

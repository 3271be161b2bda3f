import type { Reader } from './reader.ts';
import type { BotFrameworkEndpoints, TeamsConfig } from './settings.ts';

const endpointNames = [
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'ToBotFromChannelTokenIssuer',
  'OAuthUrl',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromEmulatorOpenIdMetadataUrl',
] as const satisfies readonly (keyof BotFrameworkEndpoints)[];

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const guidAllowed = 'an id as the Azure portal shows it: 8-4-4-4-12 figures and letters a to f';

function readEndpoints(read: Reader): BotFrameworkEndpoints | undefined {
  if (endpointNames.every((name) => read.text(name) === undefined)) return undefined;
  const given = (name: (typeof endpointNames)[number]): string => {
    if (read.text(name) === undefined)
      read.fault(
        name,
        'is missing, while others of its six are set',
        `all six or none: ${endpointNames.join(', ')}`,
      );
    return read.address(name) ?? '';
  };
  return {
    ToChannelFromBotLoginUrl: given('ToChannelFromBotLoginUrl'),
    ToChannelFromBotOAuthScope: given('ToChannelFromBotOAuthScope'),
    ToBotFromChannelTokenIssuer: given('ToBotFromChannelTokenIssuer'),
    OAuthUrl: given('OAuthUrl'),
    ToBotFromChannelOpenIdMetadataUrl: given('ToBotFromChannelOpenIdMetadataUrl'),
    ToBotFromEmulatorOpenIdMetadataUrl: given('ToBotFromEmulatorOpenIdMetadataUrl'),
  };
}

/** The app's registration with Microsoft. What is missing stands as an empty text, and its fault keeps it from use. */
export function readRegistration(read: Reader, appId: string): TeamsConfig {
  const goodAppId = read.matching('MicrosoftAppId', appId, guid, 'is not an app id', guidAllowed);
  const appType = read.oneOf('MicrosoftAppType', ['SingleTenant', 'UserAssignedMSI'], 'SingleTenant');
  const tenantId = read.matching(
    'MicrosoftAppTenantId',
    read.required('MicrosoftAppTenantId', 'is missing', `the council's own tenant: ${guidAllowed}`),
    guid,
    'is not a tenant id',
    guidAllowed,
  );
  const endpoints = readEndpoints(read);
  const registration = {
    mode: 'production',
    appId: goodAppId ?? '',
    tenantId: tenantId ?? '',
    ...(endpoints === undefined ? {} : { endpoints }),
  } as const;
  if (appType === 'UserAssignedMSI') {
    if (read.text('MicrosoftAppPassword') !== undefined)
      read.fault(
        'MicrosoftAppPassword',
        'is set, but a managed identity has no password',
        'nothing: leave it out',
      );
    return { ...registration, appType };
  }
  const password = read.required(
    'MicrosoftAppPassword',
    'is missing',
    "the app's client secret, or set MicrosoftAppType to UserAssignedMSI to do without one",
  );
  return { ...registration, appType, password: password ?? '' };
}

/** No registration: nothing of one may be set either. */
export function readRehearsal(read: Reader, port: number, simulatorPort: number): TeamsConfig {
  for (const variable of [
    'MicrosoftAppPassword',
    'MicrosoftAppTenantId',
    'MicrosoftAppType',
    ...endpointNames,
  ]) {
    if (read.text(variable) !== undefined)
      read.fault(
        variable,
        'is set, but MicrosoftAppId is not',
        'MicrosoftAppId as well, or leave it out to rehearse',
      );
  }
  return { mode: 'rehearsal', port, simulatorPort };
}

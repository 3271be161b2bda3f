import type { AuditKeySource } from '../core/audit.ts';
import type { LogLevel } from '../logging.ts';
import type { ConfigFault, ConfigWarning } from './reader.ts';

/** Microsoft's hosts, when others stand in for them: a national cloud, or a suite that plays them. */
export interface BotFrameworkEndpoints {
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly OAuthUrl: string;
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
}

interface Registration {
  readonly mode: 'production';
  readonly appId: string;
  readonly tenantId: string;
  /** absent: Microsoft's own */
  readonly endpoints?: BotFrameworkEndpoints;
}

export type TeamsConfig =
  | {
      readonly mode: 'rehearsal';
      /** the port Crier listens on, for the Host check; 0 when any free one is taken */
      readonly port: number;
      /** the port of the simulator, the only place activities may say they come from */
      readonly simulatorPort: number;
    }
  | (Registration & { readonly appType: 'SingleTenant'; readonly password: string })
  | (Registration & { readonly appType: 'UserAssignedMSI' });

export type StoreConfig =
  | { readonly kind: 'sqlite' }
  | {
      readonly kind: 'cosmos';
      readonly endpoint: string;
      readonly key: string;
      readonly database: string;
      readonly container: string;
    };

/** Where pictures and videos are kept. */
export type MediaConfig =
  | { readonly kind: 'folder' }
  | {
      readonly kind: 'azure';
      /** such as `https://sefton.blob.core.windows.net/media`, without a slash at the end */
      readonly container: string;
      readonly by: MediaAccess;
    };

/** By what right Crier uses the container: the storage account's own key, or what the app may do there. */
export type MediaAccess =
  | { readonly is: 'key'; readonly account: string; readonly key: string }
  | { readonly is: 'app'; readonly registration: Extract<TeamsConfig, { readonly mode: 'production' }> };

export interface Config {
  readonly mode: 'rehearsal' | 'production';
  readonly host: string;
  /** 0: any free one */
  readonly port: number;
  /** folder for the database, media and keys of a rehearsal */
  readonly data: string;
  /** the protocol file */
  readonly protocol: string;
  /** where the secrets of accounts stand beside the variables, such as `https://sefton.vault.azure.net` */
  readonly vault?: string;
  /** of Meta's Graph API, such as `v26.0`; absent: the one that this release was written for */
  readonly graphVersion?: string;
  readonly store: StoreConfig;
  readonly media: MediaConfig;
  /** where people reach the public pages, without a slash at the end; absent: the address Crier listens on */
  readonly publicUrl?: string;
  /** origins that may frame `/embed`; empty: the council's own site alone */
  readonly embedOrigins: readonly string[];
  readonly auditKey: AuditKeySource;
  /** folder for the anchors of the audit chains */
  readonly anchors: string;
  readonly teams: TeamsConfig;
  /** a rehearsal's accounts stand there, on this machine, instead of with Crier itself; no slash at the end */
  readonly timelines?: string;
  /** whether the simulator runs beside; never in production */
  readonly playground: boolean;
  readonly logLevel: LogLevel;
  readonly warnings: readonly ConfigWarning[];
}

/** What a tool needs that reads what was recorded: it speaks for no app and for no account. */
export type RecordsConfig = Pick<Config, 'data' | 'protocol' | 'store' | 'auditKey' | 'anchors'>;

export type ParsedRecords =
  | { readonly ok: true; readonly config: RecordsConfig }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | {
      readonly ok: false;
      readonly faults: readonly ConfigFault[];
      /** the protocol file, which is read all the same: everything that is wrong is told at once */
      readonly protocol: string;
      /** whether the variables hold all that speaks for accounts, so that what is missing there is missing */
      readonly accountsInVariables: boolean;
    };

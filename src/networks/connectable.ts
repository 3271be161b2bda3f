/** What `npm run connect` gives of each network's account, by the last part of the variable's name. */
export const connectGives = {
  x: ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
  facebook: ['PAGE_ID', 'PAGE_TOKEN', 'APP_SECRET', 'APP_ID'],
  instagram: ['USER_ID', 'PAGE_TOKEN', 'APP_SECRET', 'APP_ID'],
  youtube: ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'],
  bluesky: ['HANDLE', 'APP_PASSWORD'],
} as const;

/** The networks whose accounts somebody can let Crier into, each by its own authorisation. */
export const connectable = ['x', 'facebook', 'instagram', 'youtube', 'bluesky'] as const;
export type Connectable = (typeof connectable)[number];

/** What connecting an account of a network gives: every one of its variables. */
export type Given<N extends Connectable = Connectable> = N extends Connectable
  ? Readonly<Record<(typeof connectGives)[N][number], string>>
  : never;

export const isConnectable = (network: string): network is Connectable =>
  connectable.some((each) => each === network);

/** The networks whose accounts somebody can let Crier into, each by its own authorisation. */
export const connectable = ['x', 'facebook', 'instagram', 'youtube', 'bluesky'] as const;
export type Connectable = (typeof connectable)[number];

export const isConnectable = (network: string): network is Connectable =>
  connectable.some((each) => each === network);
